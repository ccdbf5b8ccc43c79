"""What of minutes and of tasks can be read."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, any_, exists, func, or_, select

from hub.bodies.seat_models import Membership, MembershipState, Post, Seat
from hub.people.reading import one_of_codes
from hub.reading import shared
from hub.reading.asking import Asking
from hub.reading.readable import Answered, Call, Connected, Expression, Listed, One, Order, Readable, Row, Rows
from hub.sessions.minutes_models import (
    ActionItem,
    ActionItemState,
    Minutes,
    MinutesAddendum,
    MinutesRevision,
    MinutesSignature,
    MinutesState,
    Observation,
    ObservationState,
)
from hub.sessions.minutes_rules import (
    MinutesFacts,
    may_answer_observation,
    minutes_verdicts,
    task_verdicts,
)
from hub.sessions.models import Attendance, Session, SessionRules
from hub.sessions.reading import session as session_readable
from hub.sessions.terms import MinutesMode
from hub.sessions.vote_reading import of_session

OBSERVATION_ORDERS = {"made_asc": Order(lambda o: o.made_at)}
ACTION_ITEM_ORDERS = {"number_asc": Order(lambda a: a.number)}
ACTION_ITEM_FILTERS = {"state": one_of_codes("state")}


# ---- minutes -----------------------------------------------------------------------------------------------------


def _newest(column: str) -> Expression:
    def of(row: Row, call: Call) -> ColumnElement[Any]:
        wording = MinutesRevision.__table__.alias()
        found = select(wording.c[column]).where(wording.c.minutes_id == row.id)
        found = found.order_by(wording.c.number.desc()).limit(1)
        return found.correlate_except(wording).scalar_subquery()

    return Expression(of)


def _revisions(row: Row, call: Call) -> Rows:
    wording = MinutesRevision.__table__.alias()
    return Rows(wording.c, wording, [wording.c.minutes_id == row.id], [wording.c.number])


def _signatures(row: Row, call: Call) -> Rows:
    signature = MinutesSignature.__table__.alias()
    return Rows(signature.c, signature, [signature.c.minutes_id == row.id], [signature.c.signed_at, signature.c.id])


def _addenda(row: Row, call: Call) -> Rows:
    addendum = MinutesAddendum.__table__.alias()
    return Rows(addendum.c, addendum, [addendum.c.minutes_id == row.id], [addendum.c.number])


def _facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    observation, signature, there = (
        Observation.__table__.alias(),
        MinutesSignature.__table__.alias(),
        Attendance.__table__.alias(),
    )
    held, seat, session, rules = (
        Membership.__table__.alias(),
        Seat.__table__.alias(),
        Session.__table__.alias(),
        SessionRules.__table__.alias(),
    )
    own = (
        session.c.id == row.session_id,
        held.c.person_id == call.sight.person_id,
        held.c.state == MembershipState.ACTIVE.value,
        held.c.valid_from <= call.sight.now,
        or_(held.c.valid_until.is_(None), held.c.valid_until > call.sight.now),
        or_(held.c.body_id == session.c.body_id, held.c.body_id == any_(session.c.joint_body_ids)),
    )
    sits = (held, session)
    unanswered = select(func.count()).where(
        observation.c.minutes_id == row.id, observation.c.state == ObservationState.MADE.value
    )
    signed = exists().where(*own, signature.c.minutes_id == row.id, signature.c.membership_id == held.c.id)
    was_there = exists().where(*own, there.c.session_id == row.session_id, there.c.membership_id == held.c.id)
    leads = exists().where(
        *own,
        seat.c.id == held.c.seat_id,
        seat.c.body_id == session.c.body_id,
        seat.c.post.in_([Post.COORDINATOR.value, Post.SECRETARY.value]),
        ~held.c.alternate,
    )
    mode = select(rules.c.terms["minutes_mode"].astext).where(
        session.c.id == row.session_id, rules.c.id == session.c.rules_id
    )
    return [
        of_session(row, "body_id"),
        row.state,
        row.observations_until,
        unanswered.correlate_except(observation).scalar_subquery(),
        exists().where(*own).correlate_except(*sits),
        signed.correlate_except(*sits, signature),
        or_(was_there.correlate_except(*sits, there), leads.correlate_except(*sits, seat)),
        mode.correlate_except(session, rules).scalar_subquery(),
        of_session(row, "zone"),
    ]


def _transitions(
    asking: Asking,
    body_id: str,
    state: str,
    until: str | None,
    unanswered: int,
    seated: bool,  # noqa: FBT001 - facts come as a statement wrote them
    signed: bool,  # noqa: FBT001 - the same
    attended: bool,  # noqa: FBT001 - the same
    mode: str | None,
    zone: str,
) -> list[dict[str, Any]]:
    facts = MinutesFacts(
        body_id=UUID(body_id),
        state=MinutesState(state),
        observations_until=dt.datetime.fromisoformat(until) if until else None,
        unanswered=unanswered,
        seated=bool(seated),
        signed=bool(signed),
        attended=bool(attended),
        by_silence=mode == MinutesMode.NO_OBJECTION,
        zone=zone,
        now=asking.at,
    )
    return [shared.transition(asking, event, verdict) for event, verdict in minutes_verdicts(asking.viewer, facts)]


minutes = Readable(
    "Minutes",
    Minutes,
    fields={
        "number": _newest("number"),
        "text": _newest("text"),
        "text_hash": _newest("content_hash"),
        "revisions": Listed("MinutesRevision", _revisions),
        "observations": Connected(
            "Observation", OBSERVATION_ORDERS, on=lambda row, target, call: target.minutes_id == row.id
        ),
        "signatures": Listed("MinutesSignature", _signatures),
        "addenda": Listed("MinutesAddendum", _addenda),
        "available_transitions": Answered(_facts, _transitions),
    },
)

minutes_revision = Readable("MinutesRevision", MinutesRevision)
minutes_signature = Readable("MinutesSignature", MinutesSignature)
minutes_addendum = Readable("MinutesAddendum", MinutesAddendum)


# ---- observations ------------------------------------------------------------------------------------------------


def _observation_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    of_minutes, session = Minutes.__table__.alias(), Session.__table__.alias()
    body = select(session.c.body_id).where(of_minutes.c.id == row.minutes_id, session.c.id == of_minutes.c.session_id)
    return [body.correlate_except(of_minutes, session).scalar_subquery(), row.state]


def _observation_transitions(asking: Asking, body_id: str, state: str) -> list[dict[str, Any]]:
    standing = ObservationState(state)
    if standing is not ObservationState.MADE:
        return []
    verdict = may_answer_observation(asking.viewer, body_id=UUID(body_id), state=standing)
    return [shared.transition(asking, event, verdict) for event in ("take_up", "set_aside")]


observation = Readable(
    "Observation",
    Observation,
    fields={"available_transitions": Answered(_observation_facts, _observation_transitions)},
)


# ---- tasks -------------------------------------------------------------------------------------------------------


def _late(row: Row, call: Call) -> ColumnElement[bool]:
    late = and_(row.state == ActionItemState.OPEN, row.due_on < call.sight.today)
    return func.coalesce(late, False)


def _task_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    held = Membership.__table__.alias()
    person = select(held.c.person_id).where(held.c.id == row.owner_id).correlate_except(held)
    return [of_session(row, "body_id"), row.state, person.scalar_subquery(), row.organization_id]


def _task_transitions(
    asking: Asking, body_id: str, state: str, person_id: str | None, organization_id: str | None
) -> list[dict[str, Any]]:
    viewer = asking.viewer
    asked = person_id is not None and UUID(person_id) == viewer.person_id
    spoken_for = organization_id is not None and UUID(organization_id) in viewer.represents
    found = task_verdicts(viewer, body_id=UUID(body_id), state=ActionItemState(state), own=asked or spoken_for)
    return [shared.transition(asking, event, verdict) for event, verdict in found]


action_item = Readable(
    "ActionItem",
    ActionItem,
    fields={
        "late": Expression(_late),
        "available_transitions": Answered(_task_facts, _task_transitions),
    },
)

session_readable.fields["minutes"] = One("Minutes", lambda row, target, call: target.session_id == row.id)
session_readable.fields["action_items"] = Connected(
    "ActionItem",
    ACTION_ITEM_ORDERS,
    on=lambda row, target, call: target.session_id == row.id,
    filters=ACTION_ITEM_FILTERS,
)
