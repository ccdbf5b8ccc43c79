"""What of consultations and of the notices about their time can be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, any_, case, cast, exists, func, literal, null, or_, select
from sqlalchemy.types import DateTime, Text, Uuid

from hub.bodies.reading import body
from hub.consultations import rules
from hub.consultations.models import (
    AFTERWARDS,
    Anonymity,
    Consultation,
    ConsultationState,
    IdentityPolicy,
    ResultsPolicy,
    TimetableNotice,
    consultation_territory,
)
from hub.consultations.questionnaire_models import QuestionnaireRevision, RevisionClass, RevisionState
from hub.consultations.response_models import IN_FORCE_STATES, Participation, Response, ResponseState
from hub.lifecycle import Transition
from hub.mandates.reading import PUBLISHER, mandate
from hub.people.reading import organization, same, territories
from hub.reading import shared
from hub.reading.asking import Asking
from hub.reading.readable import (
    Call,
    Connected,
    Expression,
    Filter,
    One,
    Order,
    Readable,
    Row,
    roots,
)
from hub.reading.shared import moment_of
from hub.register.reading import among, by_folio, found_in_text, register_fields, updated_since
from hub.viewer import Assurance

STATE = Consultation.__table__.c.state.type
BY_THE_CLOCK = (
    ConsultationState.SCHEDULED,
    ConsultationState.OPEN,
    ConsultationState.SUSPENDED,
    ConsultationState.CLOSED,
)
"""The stored states that the clock goes on from."""

NO = literal(False)  # noqa: FBT003 - an SQL value


def state_now(row: Row, call: Call) -> ColumnElement[Any]:
    """The state that follows from the clock: the stored one only says how far people's acts have gone."""
    return case(
        (row.state.not_in(BY_THE_CLOCK), row.state),
        (call.sight.now >= row.closes_at, literal(ConsultationState.CLOSED, STATE)),
        (row.state == ConsultationState.SUSPENDED, row.state),
        (call.sight.now < row.opens_at, literal(ConsultationState.SCHEDULED, STATE)),
        else_=literal(ConsultationState.OPEN, STATE),
    )


def _in_state(row: Row, codes: list[str], call: Call) -> ColumnElement[bool]:
    """The same as a condition on the instants themselves, so that their indexes serve it."""
    running = and_(row.state.in_(BY_THE_CLOCK), row.state != ConsultationState.SUSPENDED)
    parts: dict[str, ColumnElement[bool]] = {
        "draft": row.state == ConsultationState.DRAFT,
        "checked": row.state == ConsultationState.CHECKED,
        "scheduled": and_(running, row.opens_at > call.sight.now),
        "open": and_(running, row.opens_at <= call.sight.now, row.closes_at > call.sight.now),
        "suspended": and_(row.state == ConsultationState.SUSPENDED, row.closes_at > call.sight.now),
        "closed": and_(row.state.in_(BY_THE_CLOCK), row.closes_at <= call.sight.now),
        "withdrawn": row.state == ConsultationState.WITHDRAWN,
        **{state.value: row.state == state for state in AFTERWARDS},
    }
    return or_(*[parts[code] for code in codes]) if codes else NO


def results_public(row: Row, call: Call) -> ColumnElement[bool]:
    """Whether the counts of public questions may be seen: live, or once no more responses are counted."""
    live = and_(row.results_policy == ResultsPolicy.LIVE, row.opens_at <= call.sight.now)
    return and_(row.state.in_((*BY_THE_CLOCK, *AFTERWARDS)), or_(live, row.counted_until <= call.sight.now))


def _counted_responses(row: Row, call: Call) -> ColumnElement[Any]:
    response = Response.__table__.alias()
    counted = select(func.count()).where(
        response.c.consultation_id == row.id, response.c.state == ResponseState.ACCEPTED.value
    )
    return case((results_public(row, call), counted.correlate_except(response).scalar_subquery()), else_=null())


def mine(response: Row, call: Call) -> ColumnElement[bool]:
    """Whether a response is the viewer's own, under whichever pseudonym."""
    if not call.sight.signed_in:
        return literal(False)  # noqa: FBT003 - an SQL value
    taking_part = Participation.__table__.alias()
    own = select(taking_part.c.id).where(taking_part.c.pseudonym == any_(call.sight.pseudonyms))
    return among(response.participation_id, own.correlate_except(taking_part))


def is_mine(response: Row, call: Call) -> ColumnElement[bool]:
    """The same as a value: an imported response belongs to nobody, and so it is not the viewer's."""
    return func.coalesce(mine(response, call), literal(False))  # noqa: FBT003 - an SQL value


def _in_force(response: Row, row: Row, call: Call) -> ColumnElement[bool]:
    """The viewer's own responses that take a place in a consultation; an organisation's are not theirs alone."""
    states = [state.value for state in IN_FORCE_STATES]
    own = (response.state.in_(states), response.organization_id.is_(None), mine(response, call))
    return and_(response.consultation_id == row.id, *own)


def _my_current_response(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    response = Response.__table__.alias()
    newest = select(response.c.id).where(_in_force(response.c, row, call))
    newest = newest.order_by(response.c.received_at.desc(), response.c.id.desc()).limit(1)
    return among(target.id, newest.correlate_except(response))


def places_taken(row: Row, call: Call) -> ColumnElement[Any]:
    """How many places the viewer has taken: where responses lead to nobody, that they took part is all there is."""
    if not call.sight.signed_in:
        return literal(0)
    response, part = Response.__table__.alias(), Participation.__table__.alias()
    given = select(func.count()).where(_in_force(response.c, row, call)).correlate_except(response)
    linked, known = Response.__table__.alias(), Participation.__table__.alias()
    leads_on = exists().where(
        known.c.consultation_id == part.c.consultation_id,
        known.c.pseudonym == part.c.pseudonym,
        linked.c.participation_id == known.c.id,
    )
    # What an organisation said is linked in any case, and takes no place of whoever said it for them.
    parts = select(func.count()).where(
        part.c.consultation_id == row.id,
        part.c.pseudonym == any_(call.sight.pseudonyms),
        ~leads_on.correlate_except(linked, known),
    )
    unlinked = row.anonymity == Anonymity.ANONYMOUS
    return case((unlinked, parts.correlate_except(part).scalar_subquery()), else_=given.scalar_subquery())


def _responded(row: Row, call: Call) -> ColumnElement[bool]:
    return places_taken(row, call) > 0


def _asked_again(row: Row, call: Call) -> ColumnElement[bool]:
    """Whether the questions have changed in substance since the viewer answered them."""
    if not call.sight.signed_in:
        return NO
    response = Response.__table__.alias()
    seen, newer = QuestionnaireRevision.__table__.alias(), QuestionnaireRevision.__table__.alias()
    since = exists().where(
        newer.c.consultation_id == row.id,
        newer.c.number > seen.c.number,
        newer.c.revision_class == RevisionClass.SUBSTANTIVE.value,
        newer.c.state != RevisionState.DRAFT.value,
    )
    since = since.correlate_except(newer)
    found = exists().where(_in_force(response.c, row, call), seen.c.id == response.c.revision_id, since)
    return found.correlate_except(response, seen)


def shown(asking: Asking, transition: Transition) -> dict[str, Any]:
    """Return a transition in the viewer's language."""
    return shared.transition(asking, transition.event, transition.verdict)


# ---- consultations ---------------------------------------------------------------------------------------------


def facts_of(row: Row) -> list[ColumnElement[Any]]:
    """Return the facts of a consultation's row that the rules are asked with."""
    return [getattr(row, name) for name in rules.PLAIN]


READ = {
    "state": ConsultationState,
    "body_id": lambda given: UUID(given) if given else None,
    "identity_policy": IdentityPolicy,
    "assurance": Assurance,
    "anonymity": Anonymity,
    "opens_at": dt.datetime.fromisoformat,
    "closes_at": dt.datetime.fromisoformat,
    "counted_until": dt.datetime.fromisoformat,
    "late_until": dt.datetime.fromisoformat,
}
"""How each fact is read that JSON has no form for."""


def read_facts(now: dt.datetime, facts: Sequence[Any], *, responses: int) -> rules.ConsultationFacts:
    """Return the facts, as a statement wrote them, in the form that the rules take."""
    named = dict(zip(rules.PLAIN, facts, strict=True))
    known: dict[str, Any] = {name: READ[name](given) if name in READ else given for name, given in named.items()}
    return rules.ConsultationFacts(**known, now=now, responses=responses)


ORDERS = {
    "closes_desc": Order(lambda c: c.closes_at, descending=True),
    "closes_asc": Order(lambda c: c.closes_at),
    "opens_desc": Order(lambda c: c.opens_at, descending=True),
    "opens_asc": Order(lambda c: c.opens_at),
}


def _in_territory(row: Row, territory: Any, call: Call) -> ColumnElement[bool]:
    link = consultation_territory.alias()
    found = exists().where(link.c.consultation_id == row.id, link.c.territory_id == territory)
    return found.correlate_except(link)


FILTERS = {
    "state": Filter(_in_state),
    "body": same("body_id", "Body"),
    "organization": same("organization_id", "Organization"),
    "territory": Filter(_in_territory, Uuid(), ids="Territory"),
    "text": found_in_text(),
    "updated_since": updated_since(DateTime(timezone=True)),
}


def _territories(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    link = consultation_territory.alias()
    # Two rows of statements around this one: what is not its own must be said, it is not found out by itself.
    found = exists().where(link.c.consultation_id == row.id, link.c.territory_id == target.id)
    return found.correlate_except(link)


def _current_revision(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    revision = QuestionnaireRevision.__table__.alias()
    newest = (
        select(revision.c.id)
        .where(revision.c.consultation_id == row.id, revision.c.state == RevisionState.PUBLISHED.value)
        .order_by(revision.c.number.desc())
        .limit(1)
        .correlate_except(revision)
    )
    return among(target.id, newest)


def _my_draft(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    if not call.sight.signed_in:
        return NO
    # Visibility lets it be found by the viewer's pseudonyms; what a code opens is not found here.
    own = and_(target.consultation_id == row.id, target.pseudonym.is_not(None))
    organization = call.argument("organization", Text())
    if organization is None:
        return and_(own, target.organization_id.is_(None))
    return and_(own, literal("Organization_") + cast(target.organization_id, Text) == organization)


NOTICE_ORDERS = {
    "number_asc": Order(lambda n: n.number),
    "number_desc": Order(lambda n: n.number, descending=True),
}

RESPONSE_ORDERS = {
    "received_desc": Order(lambda r: r.received_at, descending=True),
    "received_asc": Order(lambda r: r.received_at),
}

consultation = Readable(
    "Consultation",
    Consultation,
    fields={
        **register_fields("title"),
        "state": Expression(state_now),
        "opening": moment_of("opens_at", "opens_local"),
        "closing": moment_of("closes_at", "closes_local"),
        "publisher": PUBLISHER,
        "territories": Connected("Territory", territories.orders, on=_territories),
        "revision": One("QuestionnaireRevision", _current_revision),
        "revisions": Connected(
            "QuestionnaireRevision",
            {"number_asc": Order(lambda r: r.number)},
            on=lambda row, target, call: target.consultation_id == row.id,
        ),
        "notices": Connected(
            "TimetableNotice", NOTICE_ORDERS, on=lambda row, target, call: target.consultation_id == row.id
        ),
        "response_count": Expression(_counted_responses),
        "responses": Connected(
            "Response",
            RESPONSE_ORDERS,
            on=lambda row, target, call: target.consultation_id == row.id,
            facets="ResponseFacets",
        ),
        "viewer_has_responded": Expression(_responded),
        "viewer_is_asked_again": Expression(_asked_again),
        "viewer_draft": One("ResponseDraft", _my_draft),
        "viewer_response": One("Response", _my_current_response),
    },
)

notice = Readable(
    "TimetableNotice",
    TimetableNotice,
    fields={
        "opening": moment_of("opens_at", "opens_local"),
        "closing": moment_of("closes_at", "closes_local"),
    },
)

consultations = Connected("Consultation", ORDERS, filters=FILTERS)


def consultations_of(column: str) -> Connected:
    """Return the consultations that name their owner in this column."""

    def on(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
        return and_(getattr(target, column) == row.id)

    return Connected("Consultation", ORDERS, on=on, filters={"state": FILTERS["state"]})


body.fields["consultations"] = consultations_of("body_id")
organization.fields["consultations"] = consultations_of("organization_id")
mandate.fields["consultations"] = consultations_of("mandate_id")

roots |= {
    "consultations": consultations,
    "consultation_by_folio": One("Consultation", by_folio(lambda c: c.id)),
}
