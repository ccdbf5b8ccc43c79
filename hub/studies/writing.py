"""Writing a wording of a study: one draft at a time, written anew as a whole until it is handed in.

What is written after the publication is a correction: it says anew what it names and leaves everything else that was
found as it stands.
"""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from sqlalchemy import delete, func, select, update

from hub.bodies.models import Body
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Problem, require
from hub.people.models import Organization
from hub.register.rewriting import require_newest
from hub.studies.facts import facts_of
from hub.studies.models import Study
from hub.studies.passages import require_sound
from hub.studies.revision_models import (
    FINDING_LIFE,
    REVISION_LIFE,
    Finding,
    StudyRevision,
    StudySection,
)
from hub.studies.revisions import draft_of
from hub.studies.rules import OUT, may_write_study
from hub.studies.wording_events import FindingWritten, RevisionDrafted, RevisionRewritten
from hub.studies.wordings import FindingDraft, WordingDraft, wording_problems


async def write_study(
    change: Change, study_id: UUID, draft: WordingDraft, *, based_on: int | None = None
) -> StudyRevision:
    """Write the draft of a study's next wording, all of it. Its editions are counted over all wordings of the study."""
    study = await change.take(Study, study_id)
    require(may_write_study(change.viewer, await facts_of(change, study.id)))
    last = await change.session.scalar(select(func.max(StudyRevision.edition)).filter_by(study_id=study.id)) or 0
    require_newest(based_on, last)
    correcting = study.state in OUT
    found = [*wording_problems(draft), *await _unknown(change, study, draft)]
    if correcting and draft.note is None:
        found.append(Problem("CORRECTION_NEEDS_NOTE", ("note",)))
    require_sound(found, draft.faults)
    revision = await _draft(change, study, draft, edition=last + 1)
    await _write_sections(change, revision, draft)
    await _write_findings(change, revision, draft)
    change.results |= {"study": str(study.id), "revision": str(revision.id)}
    return revision


# ---- the draft -------------------------------------------------------------------------------------------------


async def _draft(change: Change, study: Study, draft: WordingDraft, *, edition: int) -> StudyRevision:
    strikes = [*dict.fromkeys(draft.strikes)]
    said = {"abstract": draft.abstract, "note": draft.note, "strikes": strikes, "edition": edition}
    known = await draft_of(change, study.id)
    if known is not None:
        for name, value in said.items():
            setattr(known, name, value)
        await change.session.flush()
        change.record(RevisionRewritten(study_id=study.id, revision_id=known.id, number=known.number))
        return known
    last = select(func.max(StudyRevision.number)).filter_by(study_id=study.id)
    number = (await change.session.scalar(last) or 0) + 1
    revision = StudyRevision(id=uuid7(), study_id=study.id, number=number, **said, created_at=change.at)
    drafted = RevisionDrafted(study_id=study.id, revision_id=revision.id, number=number)
    await change.bear(revision, REVISION_LIFE, "draft_revision", drafted)
    return revision


async def _write_sections(change: Change, revision: StudyRevision, draft: WordingDraft) -> None:
    await change.session.execute(delete(StudySection).filter_by(revision_id=revision.id))
    sections = [
        StudySection(revision_id=revision.id, position=n, code=part.code, heading=part.heading, text=part.text)
        for n, part in enumerate(draft.sections)
    ]
    await change.add(*sections)


async def _write_findings(change: Change, revision: StudyRevision, draft: WordingDraft) -> None:
    """Write what was found; what a returned wording found is said by that one alone."""
    unpublished = Finding.published_at.is_(None)
    own = (Finding.study_id == revision.study_id, unpublished)
    await change.session.execute(delete(Finding).where(*own, Finding.since == revision.number))
    former = update(Finding).where(*own, Finding.since < revision.number, Finding.until.is_(None))
    await change.session.execute(former.values(until=revision.number))
    numbers = await _last_numbers(change, revision.study_id)
    for given in draft.findings:
        numbers[given.kind] += 1
        finding = _finding(revision, given, number=numbers[given.kind])
        finding.created_at = change.at
        written = FindingWritten(study_id=revision.study_id, finding_id=finding.id)
        await change.bear(finding, FINDING_LIFE, "find", written)


async def _last_numbers(change: Change, study_id: UUID) -> Counter[str]:
    """Return the last number of each kind that was published: none of them is given again."""
    given = select(Finding.kind, func.max(Finding.number).label("number")).where(
        Finding.study_id == study_id, Finding.published_at.is_not(None)
    )
    found = await change.session.execute(given.group_by(Finding.kind))
    return Counter({last.kind: last.number for last in found})


def _finding(revision: StudyRevision, given: FindingDraft, *, number: int) -> Finding:
    return Finding(
        id=uuid7(),
        study_id=revision.study_id,
        kind=given.kind,
        number=number,
        text=given.text,
        strength=given.strength,
        section=given.section,
        body_id=given.body_id,
        organization_id=given.organization_id,
        replaces_id=given.replaces_id,
        since=revision.number,
    )


async def _unknown(change: Change, study: Study, draft: WordingDraft) -> list[Problem]:
    """Return which addressees there are not, and which findings are named that are not said at present."""
    problems = []
    said = select(Finding.id).where(
        Finding.study_id == study.id, Finding.published_at.is_not(None), Finding.until.is_(None)
    )
    standing = set(await change.session.scalars(said))
    bodies = {given.body_id for given in draft.findings if given.body_id is not None}
    organizations = {given.organization_id for given in draft.findings if given.organization_id is not None}
    known_bodies = set(await change.session.scalars(select(Body.id).where(Body.id.in_(bodies))))
    named = select(Organization.id).where(Organization.id.in_(organizations))
    known_organizations = set(await change.session.scalars(named))
    for n, given in enumerate(draft.findings):
        path = ("findings", str(n))
        if given.body_id is not None and given.body_id not in known_bodies:
            problems.append(Problem("UNKNOWN_ADDRESSEE", (*path, "bodyId")))
        if given.organization_id is not None and given.organization_id not in known_organizations:
            problems.append(Problem("UNKNOWN_ADDRESSEE", (*path, "organizationId")))
        if given.replaces_id is not None and given.replaces_id not in standing:
            problems.append(Problem("UNKNOWN_FINDING", (*path, "replacesId")))
    problems += [
        Problem("UNKNOWN_FINDING", ("strikes", str(n))) for n, id_ in enumerate(draft.strikes) if id_ not in standing
    ]
    return problems
