"""Tabulating: every kind of question is counted right, over all wordings, of the responses that count alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hub.consultations.correcting import correct
from hub.consultations.questionnaire_models import QuestionKind, RevisionClass, Sensitivity
from hub.consultations.validating import GivenAnswer
from hub.people.models import TerritoryKind
from hub.text import written
from tests.consultations.results_asked import answered, counted, every_kind, figures, option, rows, tables
from tests.making.bodies import a_body
from tests.making.consultations import (
    WATER,
    Asked,
    a_question,
    a_section,
    an_open_consultation,
    options,
    some_responses,
    staff_of,
)
from tests.making.people import a_territory
from tests.talking import Talking


async def test_every_kind_is_counted_in_the_totals(hub: Talking) -> None:
    jalisco, puebla = await a_territory(hub, "Jalisco", code="14"), await a_territory(hub, "Puebla", code="21")
    tala = await a_territory(hub, "Tala", code="14083", kind=TerritoryKind.MUNICIPALITY, parent_id=jalisco)
    atlixco = await a_territory(hub, "Atlixco", code="21019", kind=TerritoryKind.MUNICIPALITY, parent_id=puebla)
    asked = await an_open_consultation(hub, await a_body(hub), sections=every_kind(), smallest_cell=3)

    def sheet(place: object, *, agua: str, edad: int, nota: int, acepta: bool) -> list[GivenAnswer]:
        return [
            option("agua", agua),
            GivenAnswer(question="servicios", options=("luz", "gas")),
            GivenAnswer(question="orden", ranking=("b", "a") if agua == "si" else ("c", "b", "a")),
            GivenAnswer(question="nota", number=Decimal(nota)),
            GivenAnswer(question="horario", rows=rows(dia="bien", noche="mal")),
            GivenAnswer(question="edad", number=Decimal(edad)),
            GivenAnswer(question="desde", date=dt.date(2020, 1, edad)),
            GivenAnswer(question="lugar", territory_id=place),  # type: ignore[arg-type]
            GivenAnswer(question="acepta", agreed=acepta),
            GivenAnswer(question="palabras", text="Digo algo."),
        ]

    await some_responses(hub, asked, 3, *sheet(tala, agua="si", edad=10, nota=1, acepta=True))
    await some_responses(hub, asked, 1, *sheet(atlixco, agua="no", edad=20, nota=3, acepta=False))
    found = await tables(hub, asked, await counted(hub, asked))
    total = {code: figures(table) for (code, by), table in found.items() if by == "TOTAL" and code != "horario"}
    assert total == {
        "": {},
        "agua": {"si": 3, "no": 1},
        "servicios": {"luz": 4, "gas": 4, "drenaje": 0},
        "orden": {"a": 0, "b": 3, "c": 1},
        "nota": {"1": 3, "2": 0, "3": 1},
        "edad": {},
        "desde": {},
        "lugar": {"14": 3, "21": 1},
        "acepta": {"agreed": 3, "disagreed": 1},
        "palabras": {},
    }
    assert {**total, "horario": {}}.keys() == {code for (code, by) in found if by == "TOTAL"}
    assert [answered(table) for (_, by), table in found.items() if by == "TOTAL"] == [{"": 4}] * 11
    matrix = found["horario", "TOTAL"]
    assert figures(matrix, row="dia") == {"bien": 4, "mal": 0}
    assert figures(matrix, row="noche") == {"bien": 0, "mal": 4}
    points = {item["code"]: item["points"] for item in found["orden", "TOTAL"]["categories"][0]["items"]}
    # b before a three times (two points, one), then once c, b, a (two, one, none).
    assert points == {"a": 3, "b": 7, "c": 2}
    middles = {
        code: [found[code, "TOTAL"]["categories"][0][name] for name in ("lowerQuartile", "median", "upperQuartile")]
        for code in ("nota", "edad", "agua")
    }
    assert middles == {"nota": [1, 1, 1], "edad": [10, 10, 12.5], "agua": [None] * 3}
    assert found["desde", "TOTAL"]["categories"][0]["medianDate"] == "2020-01-10"
    assert found["desde", "TOTAL"]["categories"][0]["median"] is None


async def test_labels_are_in_the_callers_language(hub: Talking) -> None:
    jalisco = await a_territory(hub, "Jalisco", code="14")
    asked = await an_open_consultation(hub, await a_body(hub), sections=every_kind(), smallest_cell=3)
    await some_responses(hub, asked, 3, option("agua", "si"), territory_id=jalisco)
    await some_responses(hub, asked, 3, option("agua", "no"), language="en-GB")
    found = await tables(hub, asked, await counted(hub, asked))
    labels = {by: {c["code"]: c["label"] for c in found["agua", by]["categories"]} for _, by in found}
    assert labels == {
        "TOTAL": {"": "todas las respuestas"},
        "RESPONDENT_KIND": {"individual": "persona"},
        "STATE": {"14": "Jalisco", "unknown": "sin dato"},
        "LANGUAGE": {"es": "español", "en": "inglés"},
    }
    assert [item["label"] for item in found["agua", "STATE"]["categories"][0]["items"]] == ["Si", "No"]


async def test_breakdowns_count_the_same_answers(hub: Talking) -> None:
    jalisco, puebla = await a_territory(hub, "Jalisco", code="14"), await a_territory(hub, "Puebla", code="21")
    asked = await an_open_consultation(hub, await a_body(hub), sections=every_kind(), smallest_cell=3)
    for place, si, no in ((jalisco, 4, 5), (puebla, 6, 3)):
        await some_responses(hub, asked, si, option("agua", "si"), territory_id=place)
        await some_responses(hub, asked, no, option("agua", "no"), territory_id=place)
    found = await tables(hub, asked, await counted(hub, asked))
    table = found["agua", "STATE"]
    assert answered(table) == {"14": 9, "21": 9}
    assert (figures(table, "14"), figures(table, "21")) == ({"si": 4, "no": 5}, {"si": 6, "no": 3})
    assert answered(found["", "STATE"]) == {"14": 9, "21": 9}
    share = [item["share"] for item in table["categories"][0]["items"]]
    assert share == [round(4 / 9, 6), round(5 / 9, 6)]


async def test_what_counts_no_more_is_not_counted(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), sections=every_kind(), smallest_cell=3)
    await some_responses(hub, asked, 4, option("agua", "si"))
    late = asked.closes_at + dt.timedelta(hours=1)
    await some_responses(hub, asked, 2, option("agua", "no"), at=late)
    found = await tables(hub, asked, await counted(hub, asked))
    assert figures(found["agua", "TOTAL"]) == {"si": 4, "no": 0}
    assert answered(found["", "TOTAL"]) == {"": 4}


async def test_a_confidential_question_has_no_small_figure_anywhere(hub: Talking) -> None:
    kind, secret = QuestionKind.SINGLE_CHOICE, Sensitivity.CONFIDENTIAL
    sections = a_section(a_question("agua", kind, "si", "no", "canario", sensitivity=secret))
    asked = await an_open_consultation(hub, await a_body(hub), sections=sections, smallest_cell=3)
    await some_responses(hub, asked, 8, option("agua", "si"))
    await some_responses(hub, asked, 7, option("agua", "no"))
    await some_responses(hub, asked, 2, option("agua", "canario"))
    found = await tables(hub, asked, await counted(hub, asked))
    shown = figures(found["agua", "TOTAL"])
    assert shown["canario"] is None
    # And it does not follow from the others: a second one is withheld beside it.
    assert list(shown.values()).count(None) == 2
    assert answered(found["agua", "TOTAL"]) == {"": 17}


TALLY = """query ($id: ID!) { node(id: $id) { ... on Consultation { revision { questions { nodes { code tally {
  answered median lowerQuartile upperQuartile medianDate agreed options { code count share points }
  rows { code label { text } answered options { code count share } } scale { value count share }
  wordings { revision { number } answered } } } } } } } }"""


async def tallies(hub: Talking, asked: Asked, at: dt.datetime) -> dict[str, Any]:
    """Return the exact counts of the newest wording, by question."""
    with hub.at(at):
        found = (await hub.ask(TALLY, {"id": asked.node}))["node"]["revision"]["questions"]["nodes"]
    return {question["code"]: question["tally"] for question in found}


async def test_tallies_count_every_kind_exactly(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), sections=every_kind())
    for note, age, agreed in ((1, 10, True), (3, 21, False)):
        given = [
            GivenAnswer(question="orden", ranking=("b", "a")),
            GivenAnswer(question="nota", number=Decimal(note)),
            GivenAnswer(question="horario", rows=rows(dia="bien", noche="mal" if agreed else "bien")),
            GivenAnswer(question="edad", number=Decimal(age)),
            GivenAnswer(question="desde", date=dt.date(2020, 1, age)),
            GivenAnswer(question="acepta", agreed=agreed),
        ]
        await some_responses(hub, asked, 1, *given)
    found = await tallies(hub, asked, asked.closed)
    assert {o["code"]: (o["count"], o["points"]) for o in found["orden"]["options"]} == {
        "a": (0, 2),
        "b": (2, 4),
        "c": (0, 0),
    }
    points = [(point["value"], point["count"], point["share"]) for point in found["nota"]["scale"]]
    assert points == [(1, 1, 0.5), (2, 0, 0), (3, 1, 0.5)]
    day, night = found["horario"]["rows"]
    assert ({o["code"]: o["count"] for o in day["options"]}, day["answered"]) == ({"bien": 2, "mal": 0}, 2)
    assert ({o["code"]: o["count"] for o in night["options"]}, night["answered"]) == ({"bien": 1, "mal": 1}, 2)
    assert found["horario"]["options"] == []
    age = found["edad"]
    assert (age["lowerQuartile"], age["median"], age["upperQuartile"]) == (12.75, 15.5, 18.25)
    assert found["desde"]["medianDate"] == "2020-01-10"
    assert (found["acepta"]["agreed"], found["agua"]["agreed"]) == (1, None)
    assert found["nota"]["wordings"] == [{"revision": {"number": 1}, "answered": 2}]


async def test_wordings_are_counted_together_and_told_apart(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), sections=a_section(WATER), smallest_cell=3)
    await some_responses(hub, asked, 3, option("agua", "si"))
    wider = replace(WATER, options=options("si", "no", "a-veces"))
    async with hub.change(staff_of(asked.body_id), at=asked.open) as change:
        note = written(es="Faltaba una opción.")
        newer = await correct(change, asked.id, a_section(wider), revision_class=RevisionClass.SUBSTANTIVE, note=note)
    corrected = replace(asked, revision_id=newer.id)
    await some_responses(hub, corrected, 4, option("agua", "a-veces"))
    at = await counted(hub, asked)
    tally = (await tallies(hub, asked, at))["agua"]
    assert {o["code"]: o["count"] for o in tally["options"]} == {"si": 3, "no": 0, "a-veces": 4}
    assert [(w["revision"]["number"], w["answered"]) for w in tally["wordings"]] == [(1, 3), (2, 4)]
    found = await tables(hub, asked, at)
    assert figures(found["agua", "TOTAL"]) == {"si": 3, "no": 0, "a-veces": 4}


async def test_nothing_exact_is_told_of_what_was_once_confidential(hub: Talking) -> None:
    secret = replace(WATER, sensitivity=Sensitivity.CONFIDENTIAL)
    asked = await an_open_consultation(hub, await a_body(hub), sections=a_section(secret), smallest_cell=3)
    await some_responses(hub, asked, 2, option("agua", "si"))
    async with hub.change(staff_of(asked.body_id), at=asked.open) as change:
        note = written(es="Ahora es pública.")
        await correct(change, asked.id, a_section(WATER), revision_class=RevisionClass.SUBSTANTIVE, note=note)
    at = await counted(hub, asked)
    assert (await tallies(hub, asked, at))["agua"] is None
    found = await tables(hub, asked, at)
    assert figures(found["agua", "TOTAL"]) == {"si": None, "no": None}
