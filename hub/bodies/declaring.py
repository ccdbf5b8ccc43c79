"""Declaring interests: a member says which ones they have, the officers look at it, and nothing said is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.bodies.events import MemberInterestDeclared, MemberInterestReviewed, MemberInterestSuperseded
from hub.bodies.interest_models import INTEREST_LIFE, STANDING, InterestDeclaration, InterestKind
from hub.bodies.interest_rules import may_declare_interest, may_review_interest
from hub.bodies.seat_models import Membership
from hub.changes.change import Change
from hub.clock import day_of
from hub.database.base import uuid7
from hub.errors import Conflict, Invalid, NotFound, Problem, WrongState, require
from hub.people.models import Organization
from hub.text import problems_with_words

LONGEST_SUMMARY = 500
LONGEST_NOTE = 4_000


@dataclass(frozen=True, kw_only=True)
class Interest:
    """What a member says of an interest: the summary is for everybody, the rest for those who sit in the body."""

    kind: InterestKind
    summary: str
    organization_id: UUID | None = None
    matter: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


async def declare_interest(
    change: Change, membership_id: UUID, interest: Interest, *, replaces_id: UUID | None = None
) -> InterestDeclaration:
    """Declare an interest, or that there is none; in place of what was declared before, where that is named."""
    membership = await change.take(Membership, membership_id)
    require(
        may_declare_interest(
            change.viewer,
            body_id=membership.body_id,
            person_id=membership.person_id,
            state=membership.state,
            erased=membership.name is None,
        )
    )
    problems = _problems(interest)
    if problems:
        raise Invalid(problems)
    if interest.organization_id is not None:
        await change.find(Organization, interest.organization_id)
    await _make_way(change, membership, interest.kind, replaces_id)
    declaration = InterestDeclaration(
        id=uuid7(),
        body_id=membership.body_id,
        membership_id=membership.id,
        replaces_id=replaces_id,
        declared_at=change.at,
        **vars(interest),
    )
    declared = MemberInterestDeclared(
        interest_declaration_id=declaration.id, body_id=membership.body_id, membership_id=membership.id
    )
    await change.bear(declaration, INTEREST_LIFE, "declare_interest", declared)
    change.results |= {"interest_declaration": str(declaration.id), "membership": str(membership.id)}
    return declaration


async def review_interest(change: Change, declaration_id: UUID, *, note: str | None = None) -> InterestDeclaration:
    """Say that an officer has looked at a declaration, and what follows from it for the work of the body."""
    declaration = await change.take(InterestDeclaration, declaration_id)
    membership = await change.session.get_one(Membership, declaration.membership_id)
    require(
        may_review_interest(
            change.viewer, body_id=declaration.body_id, person_id=membership.person_id, state=declaration.state
        )
    )
    if note is not None and (problems := problems_with_words(note, "note", longest=LONGEST_NOTE)):
        raise Invalid(problems)
    declaration.review_note, declaration.reviewed_at = note, change.at
    reviewed = MemberInterestReviewed(
        interest_declaration_id=declaration.id, body_id=declaration.body_id, membership_id=membership.id
    )
    await change.move(declaration, INTEREST_LIFE, "review_interest", reviewed)
    change.results["interest_declaration"] = str(declaration.id)
    return declaration


async def _make_way(change: Change, membership: Membership, kind: InterestKind, replaces_id: UUID | None) -> None:
    """Let what was said before be superseded: what is named, and that there was no interest once there is one.

    The membership is locked, so that one and the same member does not say two things at once.
    """
    found = select(InterestDeclaration).filter_by(membership_id=membership.id).order_by(InterestDeclaration.id)
    said = (await change.session.scalars(found.with_for_update())).all()
    if replaces_id is not None:
        replaced = next((one for one in said if one.id == replaces_id), None)
        if replaced is None:
            raise NotFound("NOT_FOUND", type="InterestDeclaration", path=("replacesId",))
        if replaced.state not in STANDING:
            raise WrongState("INTEREST_SUPERSEDED", path=("replacesId",))
    standing = [one for one in said if one.state in STANDING and one.id != replaces_id]
    if kind is InterestKind.NONE and any(not _is_over(one, day_of(change.at)) for one in standing):
        raise Conflict("INTERESTS_STAND", path=("kind",))
    for one in said:
        if one.id == replaces_id or (one in standing and one.kind is InterestKind.NONE):
            superseded = MemberInterestSuperseded(
                interest_declaration_id=one.id, body_id=membership.body_id, membership_id=membership.id
            )
            await change.move(one, INTEREST_LIFE, "supersede_interest", superseded)


def _is_over(declaration: InterestDeclaration, today: dt.date) -> bool:
    """Whether an interest has ended; that there was none stands in nobody's way."""
    ended = declaration.until is not None and declaration.until <= today
    return ended or declaration.kind is InterestKind.NONE


def _problems(interest: Interest) -> Sequence[Problem]:
    found = problems_with_words(interest.summary, "summary", longest=LONGEST_SUMMARY)
    if interest.matter is not None:
        found += problems_with_words(interest.matter, "matter", longest=LONGEST_NOTE)
    if interest.since is not None and interest.until is not None and interest.until < interest.since:
        found.append(Problem("INTEREST_ENDS_BEFORE", ("until",)))
    details = (interest.organization_id, interest.matter, interest.since, interest.until)
    if interest.kind is InterestKind.NONE and details != (None, None, None, None):
        found.append(Problem("NO_INTEREST_HAS_NO_DETAILS", ("kind",)))
    if interest.kind is not InterestKind.NONE and interest.organization_id is None and interest.matter is None:
        found.append(Problem("INTEREST_IN_WHAT", ("matter",)))
    return found
