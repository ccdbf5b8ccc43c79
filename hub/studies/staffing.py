"""Staffing a study: who works on it, and what they declare about their interests before the work begins."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Conflict, Problem, WrongState, require
from hub.people.models import Organization
from hub.studies.events import InterestsDeclared, StudyMemberJoined, StudyMemberLeft
from hub.studies.facts import facts_of
from hub.studies.models import Study, StudyMember, TeamRole
from hub.studies.passages import SHORT, require_sound
from hub.studies.records import require_person, touch
from hub.studies.review_models import PeerReview, ReviewState
from hub.studies.rules import may_arrange_study, may_declare, may_end_member
from hub.text import problems_with_words

MOST_MEMBERS = 50
LONGEST_DECLARATION = 4_000


@dataclass(frozen=True, kw_only=True)
class TeamMember:
    """Somebody who is to work on a study."""

    name: str
    role: TeamRole
    person_id: UUID | None = None
    organization_id: UUID | None = None


async def add_study_member(change: Change, study_id: UUID, member: TeamMember) -> StudyMember:
    """Take somebody into the team; whoever has no account hands in their declaration on paper."""
    study = await change.take(Study, study_id)
    require(may_arrange_study(change.viewer, await facts_of(change, study.id)))
    require_sound(problems_with_words(member.name, "name", longest=SHORT))
    await _require_fit(change, study, member)
    row = StudyMember(
        id=uuid7(),
        study_id=study.id,
        person_id=member.person_id,
        name=member.name,
        role=member.role,
        organization_id=member.organization_id,
        joined_at=change.at,
    )
    await change.add_once(row, Conflict("IN_TEAM_ALREADY"))
    await touch(change, study.id)
    change.record(StudyMemberJoined(study_id=study.id, member_id=row.id))
    return _told(change, row)


async def declare_interests(change: Change, member_id: UUID, *, declaration: str) -> StudyMember:
    """Say which interests somebody has in the matter: they do so themself, the officers where they have no account."""
    member = await change.take(StudyMember, member_id)
    facts = await facts_of(change, member.study_id)
    own = member.person_id is not None and member.person_id == change.viewer.person_id
    require(may_declare(change.viewer, facts, own=own, by_account=member.person_id is not None))
    if member.left_at is not None:
        raise WrongState("LEFT_THE_TEAM")
    require_sound(problems_with_words(declaration, "declaration", longest=LONGEST_DECLARATION))
    member.interests, member.declared_at = declaration, change.at
    await touch(change, member.study_id)
    change.record(InterestsDeclared(study_id=member.study_id, member_id=member.id))
    return _told(change, member)


async def end_study_member(change: Change, member_id: UUID) -> StudyMember:
    """Let somebody leave the team: by themself, or by the officers. What they wrote keeps their name."""
    member = await change.take(StudyMember, member_id)
    facts = await facts_of(change, member.study_id)
    own = member.person_id is not None and member.person_id == change.viewer.person_id
    require(may_end_member(change.viewer, facts, own=own))
    if member.left_at is not None:
        raise WrongState("LEFT_THE_TEAM")
    member.left_at = change.at
    await touch(change, member.study_id)
    change.record(StudyMemberLeft(study_id=member.study_id, member_id=member.id))
    return _told(change, member)


async def _require_fit(change: Change, study: Study, member: TeamMember) -> None:
    """Whoever reviews a study has no part in it."""
    if member.organization_id is not None:
        await change.find(Organization, member.organization_id)
    if member.person_id is not None:
        await require_person(change, member.person_id)
        reviewing = select(PeerReview.id).where(
            PeerReview.study_id == study.id,
            PeerReview.person_id == member.person_id,
            PeerReview.state.not_in([ReviewState.DECLINED, ReviewState.CANCELLED]),
        )
        if await change.session.scalar(reviewing.limit(1)) is not None:
            raise Conflict("REVIEWS_THE_STUDY", path=("personId",))
    there = select(func.count()).select_from(StudyMember).filter_by(study_id=study.id, left_at=None)
    if (await change.session.execute(there)).scalar_one() >= MOST_MEMBERS:
        require_sound([Problem("OUT_OF_RANGE", ("name",), {"least": 0, "most": MOST_MEMBERS})])


def _told(change: Change, member: StudyMember) -> StudyMember:
    change.results |= {"study": str(member.study_id), "member": str(member.id)}
    return member
