"""What of sessions, of their rules and of their convocations can be read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, any_, case, cast, extract, func, null, or_
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.types import DateTime, Integer, Uuid

from hub.bodies.reading import body
from hub.people.reading import BY_NAME, one_of_codes
from hub.reading import shared
from hub.reading.asking import Asking
from hub.reading.readable import (
    Answered,
    Call,
    Connected,
    Embedded,
    Expression,
    Filter,
    One,
    Order,
    Readable,
    Row,
    roots,
)
from hub.reading.shared import MomentRow, moment_of
from hub.register.reading import by_folio, found_in_text, register_fields, updated_since
from hub.sessions.agenda_rules import agenda_transitions
from hub.sessions.convocation_models import Convocation, QuorumCount
from hub.sessions.facts_reading import quorum_now, read_session, session_columns
from hub.sessions.minutes_rules import afterwards
from hub.sessions.models import Session, SessionRules
from hub.sessions.rules import BodyQuorum, session_transitions
from hub.sessions.terms import Terms
from hub.sessions.visibility import sits_there


def of_body(row: Row, body_id: Any) -> ColumnElement[bool]:
    """A session is one of this body: it convened it, or sits with the one that did."""
    return or_(row.body_id == body_id, row.joint_body_ids.op("@>")(array([body_id])))


ORDERS = {
    "starts_desc": Order(lambda s: s.starts_at, descending=True),
    "starts_asc": Order(lambda s: s.starts_at),
}

FILTERS = {
    "state": one_of_codes("state"),
    "kind": one_of_codes("kind"),
    "starts_from": Filter(lambda row, at, call: row.starts_at >= at, DateTime(timezone=True)),
    "starts_before": Filter(lambda row, at, call: row.starts_at < at, DateTime(timezone=True)),
}

sessions = Connected(
    "Session",
    ORDERS,
    filters={
        **FILTERS,
        "body": Filter(lambda row, id_, call: of_body(row, id_), Uuid(), ids="Body"),
        "text": found_in_text(),
        "updated_since": updated_since(DateTime(timezone=True)),
    },
)


# ---- sessions ----------------------------------------------------------------------------------------------------


def _link(row: Row, call: Call) -> ColumnElement[Any]:
    """Where the members meet from afar is told to them alone."""
    if not call.sight.signed_in:
        return cast(null(), Text)
    return case((sits_there(row, call.sight), row.link), else_=null())


def minutes_between(begun: ColumnElement[Any], ended: ColumnElement[Any]) -> ColumnElement[Any]:
    """How many whole minutes something took; null while it lasts."""
    return cast(func.floor(extract("epoch", ended - begun) / 60), Integer)


def _transitions(asking: Asking, *facts: Any) -> list[dict[str, Any]]:
    known = read_session(asking.at, facts)
    found = [*session_transitions(asking.viewer, known), *agenda_transitions(asking.viewer, known)]
    verdicts = [(transition.event, transition.verdict) for transition in found]
    verdicts += afterwards(asking.viewer, body_id=known.body_id, session_state=known.state)
    return [shared.transition(asking, event, verdict) for event, verdict in verdicts]


def _quorum(asking: Asking, *facts: Any) -> list[dict[str, Any]]:
    return [_shown(quorum) for quorum in quorum_now(read_session(asking.at, facts))]


def _shown(quorum: BodyQuorum) -> dict[str, Any]:
    return {
        "body_id": f"Body_{quorum.body_id}",
        "seats": quorum.seats,
        "needed": quorum.needed,
        "present": quorum.present,
        "met": quorum.met,
    }


session = Readable(
    "Session",
    Session,
    fields={
        **register_fields("title"),
        "starts": moment_of("starts_at", "starts_local"),
        "resumes": Embedded(
            "Moment",
            lambda row, call: MomentRow(row.resumes_at, row.resumes_local, row.zone),
            present=lambda row, call: row.resumes_at.is_not(None),
        ),
        "link": Expression(_link),
        "used_minutes": Expression(lambda row, call: minutes_between(row.opened_at, row.ended_at)),
        "joint_bodies": Connected("Body", BY_NAME, on=lambda row, target, call: target.id == any_(row.joint_body_ids)),
        "next_call": One("Session", lambda row, target, call: target.previous_call_id == row.id),
        "convocations": Connected(
            "Convocation",
            {"number_asc": Order(lambda c: c.number)},
            on=lambda row, target, call: target.session_id == row.id,
        ),
        "quorum_counts": Connected(
            "QuorumCount",
            {"counted_asc": Order(lambda c: c.counted_at)},
            on=lambda row, target, call: target.session_id == row.id,
        ),
        "quorum": Answered(session_columns, _quorum),
        "available_transitions": Answered(session_columns, _transitions),
    },
)

convocation = Readable("Convocation", Convocation, fields={"starts": moment_of("starts_at", "starts_local")})

quorum_count = Readable("QuorumCount", QuorumCount)


# ---- rules -------------------------------------------------------------------------------------------------------


def shown_terms(terms: Terms, languages: tuple[str, ...]) -> dict[str, Any]:
    """Return the terms as a query shows them; what is called something, in one of these languages."""
    return {
        "kinds": [vars(kind) for kind in terms.kinds],
        "quorums": [{"share": vars(given.share), "of": given.of, "least": given.least} for given in terms.quorums],
        "next_call": vars(terms.next_call),
        "majorities": [
            {**vars(majority), "share": vars(majority.share), "name": majority.name.in_language(*languages)}
            for majority in terms.majorities
        ],
        "casting_vote": terms.casting_vote,
        "remote_voice": terms.remote_voice,
        "remote_vote": terms.remote_vote,
        "alternates": terms.alternates,
        "minutes_mode": terms.minutes_mode,
        "minutes_days": terms.minutes_days,
        "holidays": list(terms.holidays),
    }


session_rules = Readable(
    "SessionRules",
    SessionRules,
    fields={
        "terms": Answered(
            lambda row, call: [row.terms],
            lambda asking, stored: shown_terms(Terms.from_json(stored), asking.languages[:2]),
        )
    },
)

body.fields["sessions"] = Connected(
    "Session", ORDERS, on=lambda row, target, call: of_body(target, row.id), filters=FILTERS
)
body.fields["session_rules"] = Connected(
    "SessionRules",
    {
        "version_desc": Order(lambda r: r.version, descending=True),
        "version_asc": Order(lambda r: r.version),
    },
    on=lambda row, target, call: target.body_id == row.id,
)

roots |= {
    "sessions": sessions,
    "session_by_folio": One("Session", by_folio(lambda s: s.id)),
}
