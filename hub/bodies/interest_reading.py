"""What of declared interests can be read: everybody is told a summary, and those who sit in the body the rest."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Text, and_, case, cast, false, null, or_, select
from sqlalchemy.types import Boolean

from hub.bodies.interest_models import STANDING, InterestDeclaration, InterestState
from hub.bodies.interest_rules import may_review_interest
from hub.bodies.leaving import SITTING
from hub.bodies.reading import body
from hub.bodies.seat_models import Membership
from hub.bodies.seat_reading import MEMBERSHIP_FILTERS, membership
from hub.bodies.visibility import INSIDERS
from hub.people.reading import one_of_codes
from hub.reading import shared
from hub.reading.asking import Asking
from hub.reading.readable import Answered, Call, Connected, Expression, Filter, One, Order, Readable, Row
from hub.register.reading import among

BY_DECLARING = {
    "declared_desc": Order(lambda d: d.declared_at, descending=True),
    "declared_asc": Order(lambda d: d.declared_at),
}
FILTERS = {"state": one_of_codes("state"), "kind": one_of_codes("kind")}


def _concerned(row: Row, call: Call) -> ColumnElement[bool]:
    """Whoever declared it, and those who sit in the body with them."""
    if not call.sight.signed_in:
        return false()
    own = Membership.__table__.alias()
    found = select(own.c.id).where(own.c.id == row.membership_id, own.c.person_id == call.sight.person_id)
    return or_(
        row.body_id == call.sight.bodies(*INSIDERS).any_(), among(row.membership_id, found.correlate_except(own))
    )


def _told(column: str, sql_type: Any) -> Expression:
    def of(row: Row, call: Call) -> ColumnElement[Any]:
        if not call.sight.signed_in:
            return cast(null(), sql_type)
        return case((_concerned(row, call), getattr(row, column)))

    return Expression(of)


def _with(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    return and_(target.id == row.organization_id, _concerned(row, call))


def _transition_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    of = Membership.__table__.alias()
    person = select(of.c.person_id).where(of.c.id == row.membership_id).correlate_except(of).scalar_subquery()
    return [row.body_id, person, row.state]


def _transitions(asking: Asking, body_id: str, person_id: str | None, state: str) -> list[dict[str, Any]]:
    """A declaration is reviewed; what else may become of it is that its member declares something in its place."""
    standing = InterestState(state)
    if standing is not InterestState.DECLARED:
        return []
    person = None if person_id is None else UUID(person_id)
    verdict = may_review_interest(asking.viewer, body_id=UUID(body_id), person_id=person, state=standing)
    return [shared.transition(asking, "review_interest", verdict)]


interest_declaration = Readable(
    "InterestDeclaration",
    InterestDeclaration,
    fields={
        "organization": One("Organization", _with),
        "matter": _told("matter", Text()),
        "since": _told("since", Date()),
        "until": _told("until", Date()),
        "review_note": _told("review_note", Text()),
        "available_transitions": Answered(_transition_facts, _transitions),
    },
)

body.fields["interest_declarations"] = Connected(
    "InterestDeclaration", BY_DECLARING, on=lambda row, target, call: target.body_id == row.id, filters=FILTERS
)
membership.fields["interest_declarations"] = Connected(
    "InterestDeclaration", BY_DECLARING, on=lambda row, target, call: target.membership_id == row.id, filters=FILTERS
)


def _interests_due(row: Row, call: Call) -> ColumnElement[bool]:
    """Whether somebody sits in the body who has not said which interests they have, or that they have none."""
    said = InterestDeclaration.__table__.alias()
    found = select(said.c.id).where(
        said.c.membership_id == row.id, said.c.state.in_([state.value for state in STANDING])
    )
    return and_(row.state.in_([state.value for state in SITTING]), ~found.correlate_except(said).exists())


membership.fields["interests_due"] = Expression(_interests_due)
MEMBERSHIP_FILTERS["interests_due"] = Filter(lambda row, due, call: _interests_due(row, call) == due, Boolean())
