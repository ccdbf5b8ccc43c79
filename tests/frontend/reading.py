"""A hub with something to read in it: what is open, what was counted and released, who asked, and what was imported."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from hub.consultations.drafts import OptionDraft, QuestionDraft, SectionDraft
from hub.consultations.models import ResultsPolicy
from hub.consultations.questionnaire_models import QuestionKind, RevisionClass, Sensitivity
from hub.consultations.response_models import ConsentLevel
from hub.consultations.timekeeping import keep_time
from hub.consultations.validating import GivenAnswer
from hub.people.models import TerritoryKind
from hub.text import written
from hub.timetables.zones import declared_at
from tests.consultations.results_asked import every_kind, rows
from tests.frontend.answering import HOSTILE
from tests.making.bodies import a_body
from tests.making.consultations import (
    DAY,
    SECTIONS,
    WATER,
    WORDS,
    ZONE,
    Asked,
    a_closed_consultation,
    an_open_consultation,
    some_responses,
)
from tests.making.notices import a_corrected_consultation, an_extension
from tests.making.people import a_territory, an_organization
from tests.talking import Talking

AGE = QuestionDraft(
    code="ingreso",
    kind=QuestionKind.SINGLE_CHOICE,
    title=written(es="¿Cuánto ganas?"),
    sensitivity=Sensitivity.CONFIDENTIAL,
    options=(
        OptionDraft(code="poco", label=written(es="Poco")),
        OptionDraft(code="bastante", label=written(es="=HYPERLINK(1)")),
        OptionDraft(code="mucho", label=written(es="Mucho")),
    ),
)
SAID = "=SUM(A1) No alcanza el agua."


@dataclass(frozen=True)
class World:
    """What was made."""

    body: UUID
    organization: UUID
    open: Asked
    closed: Asked


async def a_world(hub: Talking, *, at: dt.datetime) -> World:
    """An open consultation that was extended and corrected, and a closed one of every kind whose results are out."""
    body = await a_body(hub)
    organization = await an_organization(hub, HOSTILE)
    opened = await an_open_consultation(hub, body, at=at, results_policy=ResultsPolicy.LIVE)
    later = (opened.closes_at + 7 * DAY).replace(microsecond=0)
    opened = await an_extension(hub, opened, declared_at(later, ZONE), at=at)
    clearer = QuestionDraft(
        code="agua",
        kind=QuestionKind.SINGLE_CHOICE,
        title=written(es="¿Llega agua a tu casa?"),
        hint=written(es=HOSTILE),
        required=True,
        options=WATER.options,
    )
    asks_now = (SectionDraft(title=SECTIONS[0].title, questions=(clearer, WORDS)),)
    opened = await a_corrected_consultation(hub, opened, asks_now, revision_class=RevisionClass.SUBSTANTIVE, at=at)
    closed = await a_counted_consultation(hub, body, organization, at=at)
    return World(body, organization, opened, closed)


async def a_counted_consultation(hub: Talking, body: UUID, organization: UUID, *, at: dt.datetime) -> Asked:
    """A consultation with a question of every kind and a confidential one, which many answered; its results are out."""
    (section,) = every_kind()
    asked = await a_closed_consultation(
        hub,
        body,
        at=at,
        kept=False,
        title=HOSTILE,
        sections=(section, SectionDraft(title=written(es="Sobre ti"), questions=(AGE,))),
    )
    town = await a_territory(hub, "Guadalajara", code="14039", kind=TerritoryKind.MUNICIPALITY)
    for number, answer in ((18, "si"), (13, "no")):
        given = [
            GivenAnswer(question="agua", option=answer),
            GivenAnswer(question="servicios", options=("luz", "gas")),
            GivenAnswer(question="orden", ranking=("b", "a")),
            GivenAnswer(question="nota", number=Decimal(2)),
            GivenAnswer(question="horario", rows=rows(dia="bien", noche="mal")),
            GivenAnswer(question="edad", number=Decimal(30 + number)),
            GivenAnswer(question="desde", date=dt.date(2020, 1, number)),
            GivenAnswer(question="lugar", territory_id=town),
            GivenAnswer(question="acepta", agreed=answer == "si"),
            GivenAnswer(question="palabras", text=SAID),
            GivenAnswer(question="ingreso", option="poco" if answer == "si" else "bastante"),
        ]
        await some_responses(hub, asked, number, *given)
    await some_responses(hub, asked, 2, GivenAnswer(question="ingreso", option="mucho"))
    said = GivenAnswer(question="palabras", text=HOSTILE)
    hidden = GivenAnswer(question="agua", option="si", consent=ConsentLevel.NOT_PUBLISHED)
    await some_responses(hub, asked, 1, said, hidden, consent=ConsentLevel.WITHOUT_NAME)
    by_name = ConsentLevel.ORGANIZATION_NAME
    await some_responses(hub, asked, 1, said, consent=by_name, organization_id=organization)
    await keep_time(hub.hub.changes, at=at)
    return asked
