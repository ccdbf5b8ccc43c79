"""Correcting a questionnaire while it is in force: a new revision, and everybody who answered is asked to look at it.

A clarification changes words only. Anything else is substantive: who has answered may answer anew, and who is
answering just now is shown the new questions. Old responses stay valid under the wording that they answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import func, select

from hub.changes.change import Change
from hub.consultations.checking import check_questionnaire
from hub.consultations.checking_questions import anonymity_problems, field_of
from hub.consultations.drafts import QUESTIONNAIRE, Path, QuestionDraft, SectionDraft, placed, questions
from hub.consultations.events import QuestionnaireCorrected
from hub.consultations.models import Anonymity, Consultation
from hub.consultations.noticing import languages_of, reason_problems
from hub.consultations.questionnaire_models import QuestionnaireRevision, RevisionClass, RevisionState
from hub.consultations.questionnaires import PLAIN, publish_revision, read_revision, sections_of, write_revision
from hub.consultations.response_models import Response, ResponseState
from hub.consultations.rules import ConsultationFacts, may_correct
from hub.errors import Invalid, Problem, read_only, require
from hub.register.models import Entry
from hub.text import LocalizedText

WORDS = frozenset({"title", "hint", "unit", "low_label", "high_label"})
"""What of a question a clarification may change; labels of options and rows besides."""


async def correct(
    change: Change,
    consultation_id: UUID,
    sections: tuple[SectionDraft, ...],
    *,
    revision_class: RevisionClass,
    note: LocalizedText,
    faults: tuple[Problem, ...] = (),
) -> QuestionnaireRevision:
    """Put another wording in force at once; everything that is wrong with it is told at once."""
    consultation = await change.take(Consultation, consultation_id)
    require(may_correct(change.viewer, ConsultationFacts.of(consultation, now=change.at)))
    found = select(QuestionnaireRevision.id).filter_by(consultation_id=consultation_id, state=RevisionState.PUBLISHED)
    former = await read_revision(change.session, (await change.session.execute(found)).scalar_one())
    languages = languages_of(consultation)
    wrong = [*reason_problems(note, ("note",), languages=languages), *_continuations(sections, former)]
    if revision_class is RevisionClass.CLARIFICATION:
        wrong += _changes_of_substance(sections_of(former), sections)
    if consultation.anonymity is Anonymity.ANONYMOUS:
        wrong += anonymity_problems(sections)
    of_itself = await asyncio.to_thread(check_questionnaire, sections, languages=languages, faults=faults)
    problems = [*of_itself, *read_only(wrong, faults)]
    if problems:
        raise Invalid(problems)
    lineages = {question.code: question.lineage_id for question in former.questions}
    revision = await write_revision(
        change,
        consultation_id,
        sections,
        number=former.number + 1,
        revision_class=revision_class,
        note=note,
        lineages=lineages,
    )
    former.state = RevisionState.SUPERSEDED
    await publish_revision(change, revision)
    entry = await change.session.get_one(Entry, consultation_id)
    entry.updated_at = change.at
    answered = (
        select(func.count())
        .select_from(Response)
        .filter_by(consultation_id=consultation_id, state=ResponseState.ACCEPTED)
    )
    corrected = QuestionnaireCorrected(
        revision_id=revision.id,
        consultation_id=consultation_id,
        supersedes_id=former.id,
        answered_before=await change.session.scalar(answered) or 0,
    )
    change.record(corrected)
    change.results |= {"consultation": str(consultation_id), "revision": str(revision.id)}
    return revision


def _continuations(sections: tuple[SectionDraft, ...], former: QuestionnaireRevision) -> Iterator[Problem]:
    """Walk through the questions that go on a lineage that is not there, not of their kind, or another one's."""
    known = {question.code: question for question in former.questions}
    gone_on: dict[str, str] = {}
    for path, question in questions(sections):
        before = known.get(question.continues or question.code)
        if before is None:
            if question.continues is not None:
                facts = {"question": question.code, "continues": question.continues[:64]}
                yield Problem("CONTINUES_NOTHING", (*path, "continues"), facts)
            continue
        if before.code in gone_on:
            facts = {"question": question.code, "continues": before.code, "other": gone_on[before.code]}
            yield Problem("CONTINUED_TWICE", (*path, "continues"), facts)
        gone_on[before.code] = question.code
        if question.kind is not before.kind:
            facts = {"question": question.code, "question_kind": before.kind.value}
            yield Problem("KIND_CHANGED", (*path, "kind"), facts)


def _changes_of_substance(former: tuple[SectionDraft, ...], sections: tuple[SectionDraft, ...]) -> Iterator[Problem]:
    """Walk through what a clarification changes besides words."""
    before, after = _codes(former), _codes(sections)
    if len(before) != len(after):
        yield Problem("NOT_A_CLARIFICATION", QUESTIONNAIRE, {"field": "sections"})
        return
    known = {question.code: question for _, question in questions(former)}
    for n, (at, section) in enumerate(placed(QUESTIONNAIRE, sections)):
        if before[n] != after[n]:
            yield Problem("NOT_A_CLARIFICATION", (*at, "questions"), {"field": "questions"})
            continue
        for path, new in placed((*at, "questions"), section.questions):
            yield from _changed(known[new.code], new, path)


def _codes(sections: tuple[SectionDraft, ...]) -> list[list[str]]:
    return [[question.code for question in section.questions] for section in sections]


def _changed(old: QuestionDraft, new: QuestionDraft, path: Path) -> Iterator[Problem]:
    for name in PLAIN:
        if name not in WORDS | {"source_moderation"} and getattr(old, name) != getattr(new, name):
            yield Problem("NOT_A_CLARIFICATION", (*path, field_of(name)), {"field": field_of(name)})
    codes = {
        "options": ([(o.code, o.other) for o in old.options], [(o.code, o.other) for o in new.options]),
        "rows": ([row.code for row in old.rows], [row.code for row in new.rows]),
    }
    for name, (earlier, later) in codes.items():
        if earlier != later:
            yield Problem("NOT_A_CLARIFICATION", (*path, name), {"field": name})
