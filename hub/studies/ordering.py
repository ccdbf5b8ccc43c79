"""Ordering a study: on an ordered mandate or by own initiative, on terms that are public from that day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from hub.bodies.models import Body
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Conflict, Invalid, Problem, require
from hub.mandates.models import Mandate, MandateKind
from hub.mandates.ordering import OwnInitiative, begin_work, propose
from hub.mandates.rules import may_carry_out
from hub.register.models import CreatedVia, Entry, EntryKind, EntryVisibility
from hub.register.registering import register, searchable
from hub.register.rewriting import entry_as_read, renew
from hub.studies.events import StudyEdited, StudyOrdered
from hub.studies.facts import facts_of
from hub.studies.models import STUDY_LIFE, Study, StudyKind
from hub.studies.passages import HEADING, Passage, number_problems, passage, require_sound, text_problems
from hub.studies.records import enter
from hub.studies.rules import may_edit_study, may_order_study
from hub.text import LocalizedText

STUDY_SERIES = "ESTUDIO"
MANDATE_SERIES = "MANDATO"

ORDERING = frozenset({MandateKind.STUDY, MandateKind.RESEARCH, MandateKind.EVALUATION, MandateKind.OPINION})
"""The mandates that a study carries out."""

ANSWER_DAYS = 90
MOST_ANSWER_DAYS = 730


@dataclass(frozen=True, kw_only=True)
class StudyTerms:
    """What a study is to find out, on which terms, by when, and how long its addressees have to answer."""

    kind: StudyKind
    title: LocalizedText
    questions: LocalizedText
    terms: LocalizedText
    ethics_note: LocalizedText | None = None
    due_on: dt.date | None = None
    answer_days: int = ANSWER_DAYS
    faults: tuple[Problem, ...] = ()
    """What was wrong with the input already where it was read."""


async def order_study(
    change: Change,
    terms: StudyTerms,
    *,
    body_id: UUID,
    mandate_id: UUID | None = None,
    own_initiative: OwnInitiative | None = None,
    via: CreatedVia = CreatedVia.API,
    imported_from: str | None = None,
) -> Study:
    """Order a study; it rests on a mandate that was ordered before, or on a reason that is published with it."""
    require(may_order_study(change.viewer, body_id=body_id))
    require_sound([*_problems(terms), *_origin(mandate_id, own_initiative)], terms.faults)
    if own_initiative is not None:
        mandate = await _own_mandate(change, terms, own_initiative, body_id=body_id, via=via)
    else:
        mandate = await _ordered_mandate(change, mandate_id, body_id=body_id)
    study = Study(id=uuid7(), mandate_id=mandate.id, body_id=body_id, created_at=change.at)
    _put(study, terms)
    entry = await register(
        change,
        study.id,
        EntryKind.STUDY,
        title=terms.title,
        texts=[terms.questions, terms.terms],
        visibility=EntryVisibility.PUBLIC,
        body_id=body_id,
        via=via,
        imported_from=imported_from,
    )
    ordered = StudyOrdered(study_id=study.id, mandate_id=mandate.id)
    await change.bear(study, STUDY_LIFE, "order_study", ordered, once=Conflict("MANDATE_HAS_STUDY"))
    await enter(change, entry, STUDY_SERIES)
    change.results["study"] = str(study.id)
    return study


async def edit_study(
    change: Change, study_id: UUID, terms: StudyTerms, *, based_on: dt.datetime | None = None
) -> Study:
    """Write the terms of a study anew, until it is contracted or planned."""
    study = await change.take(Study, study_id)
    require(may_edit_study(change.viewer, await facts_of(change, study.id)))
    entry = await entry_as_read(change, study.id, based_on)
    require_sound(_problems(terms), terms.faults)
    _put(study, terms)
    renew(change, entry)
    entry.title, entry.search = terms.title, searchable([terms.title, terms.questions, terms.terms])
    change.record(StudyEdited(study_id=study.id))
    change.results["study"] = str(study.id)
    return study


def _problems(terms: StudyTerms) -> Iterator[Problem]:
    yield from text_problems(
        Passage(("title",), terms.title, HEADING),
        passage("questions", terms.questions),
        passage("terms", terms.terms),
        passage("ethicsNote", terms.ethics_note),
    )
    yield from number_problems("answerDays", terms.answer_days, 1, MOST_ANSWER_DAYS)


def _origin(mandate_id: UUID | None, own_initiative: OwnInitiative | None) -> Iterator[Problem]:
    if (mandate_id is None) is (own_initiative is None):
        yield Problem("ONE_ORIGIN", ("mandateId",))
    if own_initiative is not None:
        question = own_initiative.question
        yield from text_problems(
            Passage(("ownInitiative", "reason"), own_initiative.reason),
            None if question is None else Passage(("ownInitiative", "question"), question),
        )


def _put(study: Study, terms: StudyTerms) -> None:
    for name in ("kind", "title", "questions", "terms", "ethics_note", "due_on", "answer_days"):
        setattr(study, name, getattr(terms, name))


async def _own_mandate(
    change: Change, terms: StudyTerms, initiative: OwnInitiative, *, body_id: UUID, via: CreatedVia
) -> Mandate:
    await change.find(Body, body_id)
    mandate = await propose(change, initiative, kind=MandateKind.STUDY, title=terms.title, body_id=body_id, via=via)
    await begin_work(change, mandate, body_id=body_id)
    await enter(change, await change.session.get_one(Entry, mandate.id), MANDATE_SERIES)
    return mandate


async def _ordered_mandate(change: Change, mandate_id: UUID | None, *, body_id: UUID) -> Mandate:
    if mandate_id is None:
        raise Invalid([Problem("ONE_ORIGIN", ("mandateId",))])
    mandate = await change.take(Mandate, mandate_id)
    require(may_carry_out(mandate, body_id=body_id))
    if mandate.kind not in ORDERING:
        raise Conflict("MANDATE_OF_ANOTHER_KIND", path=("mandateId",))
    await begin_work(change, mandate, body_id=body_id)
    return mandate
