"""Tabulating: every kind of question is counted right, over all wordings, of the responses that count alone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hub.consultations.questionnaire_models import Sensitivity
from hub.consultations.validating import GivenAnswer
from hub.people.models import TerritoryKind
from tests.consultations.results_asked import answered, counted, every_kind, figures, option, rows, tables
from tests.making.bodies import a_body
from tests.making.consultations import a_question, a_section, an_open_consultation, some_responses
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
    sections = a_section(a_question("agua", every_kind()[0].questions[0].kind, "si", "no", "canario"))
    secret = a_section(
        *[
            a_question("agua", question.kind, "si", "no", "canario", sensitivity=Sensitivity.CONFIDENTIAL)
            for question in sections[0].questions
        ]
    )
    asked = await an_open_consultation(hub, await a_body(hub), sections=secret, smallest_cell=3)
    await some_responses(hub, asked, 8, option("agua", "si"))
    await some_responses(hub, asked, 7, option("agua", "no"))
    await some_responses(hub, asked, 2, option("agua", "canario"))
    found = await tables(hub, asked, await counted(hub, asked))
    shown = figures(found["agua", "TOTAL"])
    assert shown["canario"] is None
    # And it does not follow from the others: a second one is withheld beside it.
    assert list(shown.values()).count(None) == 2
    assert answered(found["agua", "TOTAL"]) == {"": 17}
