"""A wording of a study as a whole: what it says, the hash of that, and how it is fixed and published."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.changes.event import Code
from hub.hashing import content_hash
from hub.studies.revision_models import (
    REVISION_LIFE,
    Finding,
    StudyRevision,
    StudyRevisionState,
    StudySection,
)
from hub.studies.wording_events import RevisionPublished, RevisionSubmitted


async def draft_of(change: Change, study_id: UUID) -> StudyRevision | None:
    """Return the draft of a study's wording, if somebody has begun one."""
    found = select(StudyRevision).filter_by(study_id=study_id, state=StudyRevisionState.DRAFT)
    return (await change.session.execute(found)).scalars().first()


async def fix(change: Change, revision: StudyRevision, *, by: str) -> None:
    """Fix a draft by the hash of all that it says, and let it go on in its life."""
    revision.content_hash = content_hash(await content(change, revision))
    if by == "publish_revision":
        await publish_wording(change, revision)
    else:
        revision.handed_in_at = change.at
        submitted = RevisionSubmitted(study_id=revision.study_id, revision_id=revision.id, number=revision.number)
        await change.move(revision, REVISION_LIFE, by, submitted)


async def publish_wording(change: Change, revision: StudyRevision) -> None:
    """Let everybody read a wording whose hash is fixed."""
    revision.published_at = change.at
    published = RevisionPublished(
        study_id=revision.study_id,
        revision_id=revision.id,
        number=revision.number,
        content_hash=Code(revision.content_hash),
    )
    await change.move(revision, REVISION_LIFE, "publish_revision", published)


async def findings_said(change: Change, revision: StudyRevision) -> list[Finding]:
    """Return everything that a wording says was found: what it says first, and what it leaves as it stands."""
    mine = select(Finding).where(
        Finding.study_id == revision.study_id,
        Finding.since <= revision.number,
        Finding.until.is_(None) | (Finding.until > revision.number),
    )
    found = await change.session.scalars(mine.order_by(Finding.kind, Finding.number, Finding.since))
    all_ = list(found)
    gone = {*revision.strikes, *(one.replaces_id for one in all_ if one.since == revision.number)}
    return [one for one in all_ if one.id not in gone]


async def content(change: Change, revision: StudyRevision) -> dict[str, Any]:
    """Return all that a wording says in the form that is hashed."""
    parts = select(StudySection).filter_by(revision_id=revision.id).order_by(StudySection.position)
    sections = await change.session.scalars(parts)
    findings = await findings_said(change, revision)
    return {
        "study": str(revision.study_id),
        "number": revision.number,
        "abstract": revision.abstract.to_json(),
        "note": revision.note.to_json() if revision.note is not None else None,
        "sections": [
            {"code": part.code, "heading": part.heading.to_json(), "text": part.text.to_json()} for part in sections
        ],
        "findings": [
            {
                "kind": one.kind.value,
                "number": one.number,
                "text": one.text.to_json(),
                "strength": one.strength.value,
                "section": one.section,
                "body": str(one.body_id) if one.body_id is not None else None,
                "organization": str(one.organization_id) if one.organization_id is not None else None,
            }
            for one in findings
        ],
    }
