"""Consultations in every state, and answers to them.

A published consultation of the tests opens an hour before noon of 1 September 2026 in the time of its zone and closes
thirty days later. `open_at` and its like say where a test must stop the clock to find it so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from hub import clock
from hub.consultations.answering import change_response, submit, withdraw
from hub.consultations.drafting import create
from hub.consultations.drafts import ConsultationDraft, OptionDraft, QuestionDraft, SectionDraft
from hub.consultations.entering import enter
from hub.consultations.models import ResultsPolicy
from hub.consultations.publishing import publish
from hub.consultations.questionnaire_models import Question, QuestionKind, QuestionnaireRevision
from hub.consultations.respondents import Claim
from hub.consultations.response_models import Channel, ConsentLevel, Receipt, Response
from hub.consultations.sheets import AnswerSheet
from hub.consultations.timekeeping import keep_time
from hub.consultations.validating import GivenAnswer
from hub.mandates.ordering import OwnInitiative
from hub.text import LocalizedText, written
from hub.timetables.zones import declared_at
from hub.viewer import Grant, Role, Scope, Viewer
from tests.making.people import in_spanish
from tests.talking import Somebody, Talking

ZONE = "America/Mexico_City"
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """A consultation of a test, with what the test wants to know of it."""

    id: UUID
    revision_id: UUID
    body_id: UUID
    opens_at: dt.datetime
    closes_at: dt.datetime
    questions: Mapping[str, UUID]
    notice_hash: str | None = None

    @property
    def node(self) -> str:
        """The opaque id of the consultation."""
        return f"Consultation_{self.id}"

    @property
    def revision(self) -> str:
        """The opaque id of its questionnaire."""
        return f"QuestionnaireRevision_{self.revision_id}"

    @property
    def open(self) -> dt.datetime:
        """An instant at which it takes responses."""
        return self.opens_at + (self.closes_at - self.opens_at) / 2

    @property
    def in_grace(self) -> dt.datetime:
        """An instant just after its closing, at which a response still counts."""
        return self.closes_at + dt.timedelta(seconds=30)

    @property
    def counted_until(self) -> dt.datetime:
        """The first instant at which nothing counts by itself any more, where nothing else was said."""
        return self.closes_at + dt.timedelta(minutes=1)

    @property
    def late_until(self) -> dt.datetime:
        """The first instant at which no response is taken any more, where nothing else was said."""
        return self.closes_at + 7 * DAY

    @property
    def closed(self) -> dt.datetime:
        """An instant after its closing and its grace, at which a response is held."""
        return self.closes_at + DAY

    @property
    def over(self) -> dt.datetime:
        """An instant after which nothing is taken any more, and nobody is linked to a response."""
        return self.closes_at + 30 * DAY


def options(*codes: str) -> tuple[OptionDraft, ...]:
    """Options whose labels are their codes."""
    return tuple(OptionDraft(code=code, label=written(es=code.capitalize())) for code in codes)


WATER = QuestionDraft(
    code="agua",
    kind=QuestionKind.SINGLE_CHOICE,
    title=written(es="¿Hay agua en tu casa?"),
    required=True,
    options=options("si", "no"),
)
SERVICES = QuestionDraft(
    code="servicios",
    kind=QuestionKind.MULTIPLE_CHOICE,
    title=written(es="¿Qué servicios usas?"),
    min_choices=1,
    max_choices=2,
    options=options("luz", "gas", "drenaje"),
)
WORDS = QuestionDraft(code="palabras", kind=QuestionKind.LONG_TEXT, title=written(es="¿Algo más?"), max_length=500)
SECTIONS = (SectionDraft(title=written(es="Servicios"), questions=(WATER, SERVICES, WORDS)),)


def a_draft(
    *,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    title: LocalizedText | str = "Agua para todas y todos",
    sections: Sequence[SectionDraft] = SECTIONS,
    results_policy: ResultsPolicy = ResultsPolicy.AFTER_CLOSING,
    zone: str = ZONE,
    **known: Any,
) -> ConsultationDraft:
    """A draft that is complete, of whole seconds."""
    return ConsultationDraft(
        **{
            "title": in_spanish(title),
            "purpose": written(es="Saber a quién le falta agua."),
            "privacy_notice": written(es="Tus respuestas se guardan bajo un seudónimo."),
            "own_initiative": OwnInitiative(reason=written(es="Faltó agua en abril.")),
            "opening": declared_at(opens_at, zone),
            "closing": declared_at(closes_at, zone),
            "sections": tuple(sections),
            "results_policy": results_policy,
            **known,
        }
    )


def staff_of(body_id: UUID) -> Viewer:
    """A coordinator of a body whom nobody needs to know further."""
    return Viewer(
        account_id=None,
        person_id=UUID(int=1),
        scopes=frozenset(Scope),
        grants=(Grant(Role.COORDINATOR, body_id),),
    )


async def a_draft_consultation(
    hub: Talking,
    body_id: UUID,
    *,
    opens_at: dt.datetime | None = None,
    closes_at: dt.datetime | None = None,
    at: dt.datetime | None = None,
    by: Somebody | None = None,
    **known: Any,
) -> Asked:
    """A consultation that is being written."""
    at = at or clock.now()
    opens_at = (opens_at or at + DAY).replace(microsecond=0)
    closes_at = (closes_at or opens_at + 30 * DAY).replace(microsecond=0)
    viewer = by.viewer if by else staff_of(body_id)
    async with hub.change(viewer, at=at) as change:
        drafted = a_draft(opens_at=opens_at, closes_at=closes_at, **known)
        consultation = await create(change, drafted, body_id=body_id)
        found = await change.session.scalar(select(QuestionnaireRevision.id).filter_by(consultation_id=consultation.id))
        assert found is not None
        rows = await change.session.execute(select(Question.code, Question.id).filter_by(revision_id=found))
        questions = {row.code: row.id for row in rows}
    return Asked(consultation.id, found, body_id, opens_at, closes_at, questions, consultation.notice_hash)


async def a_scheduled_consultation(
    hub: Talking, body_id: UUID, *, at: dt.datetime | None = None, by: Somebody | None = None, **known: Any
) -> Asked:
    """A consultation that is published and not yet open."""
    at = at or clock.now()
    asked = await a_draft_consultation(hub, body_id, at=at, by=by, **known)
    async with hub.change(by.viewer if by else staff_of(body_id), at=at) as change:
        await publish(change, asked.id)
    return asked


async def an_open_consultation(
    hub: Talking, body_id: UUID, *, at: dt.datetime | None = None, kept: bool = True, **known: Any
) -> Asked:
    """A consultation that opened an hour before `at` (now), and closes in thirty days."""
    at = at or clock.now()
    opens_at = at - dt.timedelta(hours=1)
    asked = await a_scheduled_consultation(hub, body_id, at=opens_at - DAY, opens_at=opens_at, **known)
    if kept:
        await keep_time(hub.hub.changes, at=at)
    return asked


async def a_closed_consultation(
    hub: Talking, body_id: UUID, *, at: dt.datetime | None = None, kept: bool = True, **known: Any
) -> Asked:
    """A consultation that closed an hour before `at` (now), after thirty days."""
    at = at or clock.now()
    closes_at = at - dt.timedelta(hours=1)
    known |= {"opens_at": closes_at - 30 * DAY, "closes_at": closes_at}
    asked = await a_scheduled_consultation(hub, body_id, at=closes_at - 31 * DAY, **known)
    if kept:
        await keep_time(hub.hub.changes, at=at)
    return asked


def answers(**given: str | Sequence[str]) -> list[GivenAnswer]:
    """Answers by the codes of the questions: `answers(agua="si", servicios=["luz"], palabras="…")`.

    A word is an option where the question is `agua` and a text elsewhere; a list is a multiple choice.
    """
    found = []
    for question, answer in given.items():
        if not isinstance(answer, str):
            found.append(GivenAnswer(question=question, options=tuple(answer)))
        elif question == "palabras":
            found.append(GivenAnswer(question=question, text=answer))
        else:
            found.append(GivenAnswer(question=question, option=answer))
    return found


@dataclass(frozen=True)
class Given:
    """A response of a test, with the code of its receipt."""

    id: UUID
    receipt: str


def a_sheet(
    asked: Asked,
    given: Sequence[GivenAnswer] | None = None,
    *,
    consent: ConsentLevel = ConsentLevel.WITHOUT_NAME,
    language: str | None = None,
) -> AnswerSheet:
    """What somebody hands in."""
    return AnswerSheet(
        consultation_id=asked.id,
        revision_id=asked.revision_id,
        answers=answers(agua="si") if given is None else given,
        consent=consent,
        notice_hash=asked.notice_hash,
        language=language,
    )


async def a_response(
    hub: Talking,
    asked: Asked,
    by: Somebody,
    given: Sequence[GivenAnswer] | None = None,
    *,
    at: dt.datetime | None = None,
    **known: Any,
) -> Given:
    """A response that was submitted, while the consultation was open."""
    async with hub.change(by.viewer, at=at or asked.open) as change:
        return await _given(change, await submit(change, a_sheet(asked, given, **known)))


async def a_changed_response(
    hub: Talking,
    asked: Asked,
    by: Somebody,
    given: Sequence[GivenAnswer] | None = None,
    *,
    at: dt.datetime | None = None,
    **known: Any,
) -> Given:
    """A response that replaces the one given before."""
    async with hub.change(by.viewer, at=at or asked.open) as change:
        return await _given(change, await change_response(change, a_sheet(asked, given, **known)))


async def a_withdrawn_response(hub: Talking, asked: Asked, by: Somebody, *, at: dt.datetime | None = None) -> Given:
    """The response given before, taken back."""
    async with hub.change(by.viewer, at=at or asked.open) as change:
        return await _given(change, await withdraw(change, asked.id))


async def _given(change: Any, response: Response) -> Given:
    code = await change.session.scalar(select(Receipt.code).filter_by(response_id=response.id))
    return Given(response.id, code)


def a_question(code: str, kind: QuestionKind, *codes: str, **known: Any) -> QuestionDraft:
    """A question of any kind, whose options are these."""
    title = written(es=f"¿{code.capitalize()}?")
    return QuestionDraft(code=code, kind=kind, title=title, options=options(*codes), **known)


def a_section(*questions: QuestionDraft) -> tuple[SectionDraft, ...]:
    """A questionnaire of one section."""
    return (SectionDraft(title=written(es="Preguntas"), questions=questions),)


async def some_responses(
    hub: Talking,
    asked: Asked,
    number: int,
    *given: GivenAnswer,
    at: dt.datetime | None = None,
    received: dt.datetime | None = None,
    consent: ConsentLevel = ConsentLevel.NOT_PUBLISHED,
    territory_id: UUID | None = None,
    organization_id: UUID | None = None,
    language: str = "es",
    channel: Channel = Channel.PAPER,
) -> list[UUID]:
    """So many responses that say the same, as the staff writes them down from paper; by default not published."""
    at = at or asked.open
    local = (received or at).astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)
    sheet = AnswerSheet(
        consultation_id=asked.id,
        revision_id=asked.revision_id,
        answers=given,
        consent=consent,
        notice_hash=asked.notice_hash,
        language=language,
        territory_id=territory_id,
        claim=Claim(organization_id=organization_id),
        channel=channel,
    )
    async with hub.change(staff_of(asked.body_id), at=at) as change:
        return [(await enter(change, sheet, received=local)).id for _ in range(number)]


async def a_revision(hub: Talking, asked: Asked) -> QuestionnaireRevision:
    """The row of the questionnaire in force."""
    async with hub.change() as change:
        return await change.session.get_one(QuestionnaireRevision, asked.revision_id)
