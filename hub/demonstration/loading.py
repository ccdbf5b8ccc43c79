"""Loading the demonstration: in the order in which it would have happened, and only what is not there yet.

It can be stopped at any moment and run again at every start. When the open consultation has closed
meanwhile, a new one is opened; everything else that people did in it stays.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, text

from hub import clock
from hub.changes.change import Change, Changes
from hub.consultations.answering import submit
from hub.consultations.correcting import correct
from hub.consultations.drafting import create
from hub.consultations.drafts import ConsultationDraft
from hub.consultations.models import Consultation
from hub.consultations.noticing import extend
from hub.consultations.publishing import publish
from hub.consultations.questionnaire_models import QuestionnaireRevision, RevisionClass, RevisionState
from hub.consultations.questionnaires import read_questions
from hub.consultations.response_models import Channel, ConsentLevel, RespondentKind, Response
from hub.consultations.sheets import AnswerSheet
from hub.consultations.timekeeping import keep_time
from hub.demonstration import cast, texts, voices, work
from hub.demonstration.agreement import agree
from hub.demonstration.answered import ask_and_answer
from hub.demonstration.commission import constitute
from hub.demonstration.convened import convene_next
from hub.demonstration.group import gather
from hub.demonstration.programme import carry_out
from hub.demonstration.sources import unpacked
from hub.demonstration.study import study
from hub.demonstration.telling import ZONE, declared, instant
from hub.files.store import Store
from hub.importing.organizations import import_organizations
from hub.importing.polis import import_polis
from hub.importing.responses_in_bulk import ReceivedSheet, write_responses
from hub.importing.summary import Progress
from hub.importing.territories import COUNTRY, import_territories
from hub.instruments.effect_models import MandateKind
from hub.people.models import Territory, TerritoryKind
from hub.register.models import CreatedVia, Entry
from hub.timetables.zones import declared_at
from hub.viewer import SYSTEM, Viewer

CRITERIA = "demonstration:consultation:criteria"
SERVICES = "demonstration:consultation:services"

CRITERIA_RESPONSES = 384
SERVICES_RESPONSES = 48

# The story in days from today: the commission began, asked about criteria and closed that, and asks about
# services.
BEGAN = -100
CRITERIA_OPENED, CRITERIA_CLOSED = -75, -33
SERVICES_OPENED, SERVICES_CLOSE = -6, 22
EXTENDED_AFTER, EXTENDED_BY = dt.timedelta(days=3), 7
AFTER_THE_GRACE = dt.timedelta(minutes=2)
PUBLISHED_BEFORE = dt.timedelta(days=2)

OPENING_HOUR, CLOSING_HOUR = 9, 18


@dataclass(frozen=True)
class Demonstration:
    """What was loaded, and how to use it."""

    tokens: cast.Tokens
    folio: str
    title: str
    closes_at: dt.datetime

    def lines(self) -> Iterator[str]:
        """Return what to print."""
        closing = declared_at(self.closes_at, ZONE).local
        yield f"Open now: {self.folio} «{self.title}», until {closing:%Y-%m-%d %H:%M} ({ZONE})."
        yield f"Tokens, new at every start and valid for {cast.TOKEN_LIFE.days} days:"
        yield f"  a citizen, who may answer:           {self.tokens.citizen}"
        yield f"  the commission's coordinator:        {self.tokens.coordinator}"
        yield f"  a civic-tech program, which reads:   {self.tokens.program}"
        yield f"  an administrator, for eight hours:   {self.tokens.administrator}"
        yield "Persons and answers are made up. Places: INEGI. The imported conversation: CC BY 4.0,"
        yield "The Computational Democracy Project, compdemocracy.org/case-studies/2017-scoop-hivemind-ubi."


@dataclass(frozen=True)
class Asked:
    """A consultation of the demonstration with the one revision of its questionnaire."""

    id: UUID
    revision_id: UUID
    opens_at: dt.datetime
    closes_at: dt.datetime
    notice_hash: str | None


async def load(changes: Changes, store: Store, *, progress: Progress) -> Demonstration:
    """Load what is missing, and hand out tokens."""
    now = clock.now()
    began = now + dt.timedelta(days=BEGAN)
    await _import(changes, progress)
    progress.begin("the commission", None)
    async with changes.begin(SYSTEM, at=began) as change:
        commission = await constitute(change)
        coordinator = await cast.enter(change, commission)
        country = await change.session.scalar(select(Territory.id).filter_by(code=COUNTRY))
    territories = (country,) if country else ()
    progress.begin("a consultation that has closed", CRITERIA_RESPONSES)
    await _ask_about_criteria(changes, commission, coordinator, territories, now=now, progress=progress)
    progress.begin("sessions of the commission", None)
    seated = await work.set_out(changes, commission, began=began, progress=progress)
    progress.begin("a consultation that was answered", None)
    await ask_and_answer(changes, seated, progress=progress)
    progress.begin("a consultation that is open", SERVICES_RESPONSES)
    asked = await _ask_about_services(changes, commission, coordinator, territories, now=now, progress=progress)
    progress.begin("a working group", None)
    await gather(changes, seated, store, progress=progress)
    progress.begin("works of the commission", None)
    await carry_out(changes, seated, store, progress=progress)
    progress.begin("an agreement", None)
    await agree(changes, seated, store, progress=progress)
    progress.begin("a study that is in review", None)
    await study(changes, seated, store, progress=progress)
    progress.begin("a session that is convened", None)
    await convene_next(changes, seated, store, now=now, progress=progress)
    async with changes.begin(SYSTEM, at=now) as change:
        await change.session.execute(text("ANALYZE"))
        tokens = await cast.hand_out(change)
        entry = await change.session.get_one(Entry, asked.id)
    return Demonstration(tokens, entry.folio or "", entry.title.in_language("es"), asked.closes_at)


async def _import(changes: Changes, progress: Progress) -> None:
    with unpacked("inegi") as directory:
        await import_territories(changes, directory, progress=progress)
    with unpacked("guarantors") as directory:
        await import_organizations(changes, directory, progress=progress)
    with unpacked("scoop-hivemind.ubi") as directory:
        await import_polis(changes, directory, progress=progress)


async def _ask_about_criteria(
    changes: Changes,
    commission: UUID,
    coordinator: Viewer,
    territories: tuple[UUID, ...],
    *,
    now: dt.datetime,
    progress: Progress,
) -> None:
    """Ask, let people answer, and close; their answers are written in bulk, as from a paper file."""
    opening = declared(now, CRITERIA_OPENED, OPENING_HOUR)
    closing = declared(now, CRITERIA_CLOSED, CLOSING_HOUR)
    draft = texts.about_criteria(opening=opening, closing=closing, territories=territories)
    asked = await _found(changes, CRITERIA) or await _publish(changes, draft, CRITERIA, commission, coordinator)
    await keep_time(changes, at=asked.opens_at)
    async with changes.begin(SYSTEM, at=asked.closes_at) as change:
        if not await _responses(change, asked):
            found = select(Territory.id).filter_by(kind=TerritoryKind.STATE).order_by(Territory.code)
            states = (await change.session.scalars(found)).all()
            questionnaire = await read_questions(change.session, asked.revision_id)
            await write_responses(change, questionnaire, _received(asked, states))
    progress.advance(CRITERIA_RESPONSES)
    await keep_time(changes, at=asked.closes_at + AFTER_THE_GRACE)


def _received(asked: Asked, states: Sequence[UUID]) -> Iterator[ReceivedSheet]:
    chance = random.Random(CRITERIA)  # noqa: S311 - a story that is the same everywhere, not a secret
    length = (asked.closes_at - asked.opens_at).total_seconds()
    for moment in voices.moments(chance, CRITERIA_RESPONSES, within=length):
        yield ReceivedSheet(
            sheet=AnswerSheet(
                consultation_id=asked.id,
                revision_id=asked.revision_id,
                answers=voices.about_criteria(chance),
                consent=_consent(chance),
                notice_hash=asked.notice_hash,
                territory_id=chance.choice(states),
                channel=Channel.DEMONSTRATION,
            ),
            language="es" if chance.random() < 0.97 else "en",
            received_at=asked.opens_at + dt.timedelta(seconds=int(moment)),
            respondent_kind=RespondentKind.INDIVIDUAL,
        )


async def _ask_about_services(
    changes: Changes,
    commission: UUID,
    coordinator: Viewer,
    territories: tuple[UUID, ...],
    *,
    now: dt.datetime,
    progress: Progress,
) -> Asked:
    """See to it that a consultation is open, and that some people have answered it in the ordinary way."""
    asked = await _found(changes, SERVICES, closing_after=now)
    if asked is None:
        opening = declared(now, SERVICES_OPENED, OPENING_HOUR)
        closing = declared(now, SERVICES_CLOSE - EXTENDED_BY, CLOSING_HOUR)
        async with changes.begin(SYSTEM) as change:
            ordered = await work.ordered(change, commission, MandateKind.CONSULTATION)
        draft = texts.about_services(opening=opening, closing=closing, territories=territories, mandate_id=ordered)
        name = f"{SERVICES}:{opening.local.date()}"
        published = await _publish(changes, draft, name, commission, coordinator)
        await _correct(changes, published, draft, coordinator)
        await keep_time(changes, at=published.opens_at)
        later = declared(now, SERVICES_CLOSE, CLOSING_HOUR)
        async with changes.begin(coordinator, at=published.opens_at + EXTENDED_AFTER) as change:
            await extend(change, published.id, closing=later, reason=texts.MORE_TIME)
        asked = await _found(changes, SERVICES, closing_after=now) or published
    chance = random.Random(str(asked.opens_at))  # noqa: S311 - a story, not a secret
    async with changes.begin(SYSTEM, at=asked.opens_at) as change:
        missing = SERVICES_RESPONSES - await _responses(change, asked)
        people = await cast.invite(change, missing, chance=chance) if missing > 0 else []
    await _answer(changes, asked, people, now=now, chance=chance, progress=progress)
    return asked


async def _correct(changes: Changes, asked: Asked, draft: ConsultationDraft, coordinator: Viewer) -> None:
    """Put the questionnaire in clearer words the day before it opens."""
    async with changes.begin(coordinator, at=asked.opens_at - dt.timedelta(days=1)) as change:
        await correct(
            change,
            asked.id,
            texts.in_clearer_words(draft.sections),
            revision_class=RevisionClass.CLARIFICATION,
            note=texts.CLEARER,
        )


async def _answer(
    changes: Changes,
    asked: Asked,
    people: Sequence[Viewer],
    *,
    now: dt.datetime,
    chance: random.Random,
    progress: Progress,
) -> None:
    since = (now - asked.opens_at).total_seconds()
    for viewer, moment in zip(people, voices.moments(chance, len(people), within=since), strict=True):
        sheet = AnswerSheet(
            consultation_id=asked.id,
            revision_id=asked.revision_id,
            answers=voices.about_services(chance),
            consent=_consent(chance),
            notice_hash=asked.notice_hash,
            channel=Channel.DEMONSTRATION,
        )
        async with changes.begin(viewer, at=asked.opens_at + dt.timedelta(seconds=int(moment))) as change:
            await submit(change, sheet)
        progress.advance(1)


async def _publish(
    changes: Changes, draft: ConsultationDraft, name: str, commission: UUID, coordinator: Viewer
) -> Asked:
    """Draft a consultation and publish it, as the coordinator does, some days before it opens."""
    async with changes.begin(coordinator, at=instant(draft.opening) - PUBLISHED_BEFORE) as change:
        made = await create(change, draft, body_id=commission, via=CreatedVia.DEMONSTRATION)
        await publish(change, made.id)
        entry = await change.session.get_one(Entry, made.id)
        entry.imported_from = name
    found = await _found(changes, name)
    if found is None:
        raise LookupError(f"{name} was published and is not there.")
    return found


async def _found(changes: Changes, name: str, *, closing_after: dt.datetime | None = None) -> Asked | None:
    """Return the last consultation whose name begins so, if it closes after this instant."""
    statement = (
        select(
            Consultation.id,
            QuestionnaireRevision.id,
            Consultation.opens_at,
            Consultation.closes_at,
            Consultation.notice_hash,
        )
        .join(Entry, Entry.id == Consultation.id)
        .join(QuestionnaireRevision, QuestionnaireRevision.consultation_id == Consultation.id)
        .where(QuestionnaireRevision.state == RevisionState.PUBLISHED)
        .where(Entry.imported_from.startswith(name, autoescape=True))
        .order_by(Consultation.closes_at.desc())
        .limit(1)
    )
    if closing_after is not None:
        statement = statement.where(Consultation.closes_at > closing_after)
    async with changes.begin(SYSTEM) as change:
        row = (await change.session.execute(statement)).one_or_none()
    return Asked(*row) if row else None


async def _responses(change: Change, asked: Asked) -> int:
    """Return how many of the demonstration's own responses are there, of whatever became of them."""
    counted = select(func.count()).where(
        Response.consultation_id == asked.id, Response.channel == Channel.DEMONSTRATION
    )
    return await change.session.scalar(counted) or 0


def _consent(chance: random.Random) -> ConsentLevel:
    return ConsentLevel.WITHOUT_NAME if chance.random() < 0.88 else ConsentLevel.NOT_PUBLISHED
