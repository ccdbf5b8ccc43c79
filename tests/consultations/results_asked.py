"""Released results as a client asks for them, and the worlds that the tests of results stand on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hub.consultations.drafts import RowDraft, SectionDraft
from hub.consultations.questionnaire_models import QuestionKind, Sensitivity
from hub.consultations.timekeeping import keep_time
from hub.consultations.validating import GivenAnswer, RowAnswer
from hub.people.models import TerritoryKind
from hub.text import written
from tests.making.consultations import Asked, a_question, a_section
from tests.talking import Somebody, Talking

FIGURES = "code label row rowLabel answered median lowerQuartile upperQuartile medianDate"
ITEMS = "items { code label count share points }"
TABLES = f"""query ($id: ID!) {{ node(id: $id) {{ ... on Consultation {{ results {{
  release {{ number madeAt smallestCell responseCount }} method {{ code text }}
  releases {{ nodes {{ number }} }}
  tables(first: 100) {{ totalCount nodes {{ dimension position question {{ code }} release {{ number }}
    categories {{ {FIGURES} {ITEMS} }} }} }} }} }} }} }}"""
RELEASE = """mutation ($input: ReleaseResultsInput!) { releaseResults(input: $input) {
  consultation { id } release { number responseCount } errors { __typename code message path } event } }"""

SINGLE, MULTIPLE = QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE
TICK = dt.timedelta(microseconds=1)


def every_kind(sensitivity: Sensitivity = Sensitivity.PUBLIC) -> tuple[SectionDraft, ...]:
    """A question of each kind."""
    lines = tuple(RowDraft(code=code, label=written(es=code.upper())) for code in ("dia", "noche"))
    of: dict[str, Any] = {"sensitivity": sensitivity}
    scale = {"minimum": Decimal(1), "maximum": Decimal(3), **of}
    return a_section(
        a_question("agua", SINGLE, "si", "no", **of),
        a_question("servicios", MULTIPLE, "luz", "gas", "drenaje", **of),
        a_question("orden", QuestionKind.RANKING, "a", "b", "c", **of),
        a_question("nota", QuestionKind.SCALE, **scale),
        a_question("horario", QuestionKind.MATRIX, "bien", "mal", rows=lines, **of),
        a_question("edad", QuestionKind.NUMBER, **of),
        a_question("desde", QuestionKind.DATE, **of),
        a_question("lugar", QuestionKind.PLACE, place_kind=TerritoryKind.MUNICIPALITY, **of),
        a_question("acepta", QuestionKind.CONSENT, **of),
        a_question("palabras", QuestionKind.LONG_TEXT, **of),
    )


def rows(**given: str) -> tuple[RowAnswer, ...]:
    """What is said to the rows of a matrix."""
    return tuple(RowAnswer(row=row, option=option) for row, option in given.items())


def option(question: str, code: str) -> GivenAnswer:
    """One option of a single choice."""
    return GivenAnswer(question=question, option=code)


async def counted(hub: Talking, asked: Asked) -> dt.datetime:
    """Let counting be over and the timekeeper come round; return the instant just after."""
    at = asked.closes_at + dt.timedelta(minutes=2)
    await keep_time(hub.hub.changes, at=at)
    return at


async def tables(hub: Talking, asked: Asked, at: dt.datetime, by: Somebody | None = None) -> dict[tuple[str, str], Any]:
    """Return the tables by question (the responses themselves: an empty code) and dimension."""
    with hub.at(at):
        found = (await hub.ask(TABLES, {"id": asked.node}, by=by))["node"]["results"]
    return {((t["question"] or {"code": ""})["code"], t["dimension"]): t for t in found["tables"]["nodes"]}


def answered(table: Any) -> dict[str, int | None]:
    """Return how many answered in each category."""
    return {category["code"]: category["answered"] for category in table["categories"]}


def figures(table: Any, category: str = "", row: str | None = None) -> dict[str, int | None]:
    """Return the counts of the items of a category."""
    found = [c for c in table["categories"] if (c["code"], c["row"]) == (category, row)]
    assert len(found) == 1, (category, row, table)
    return {item["code"]: item["count"] for item in found[0]["items"]}


def known(table: Any) -> Sequence[int]:
    """Return every number that is shown of a table's items."""
    return [i["count"] for c in table["categories"] for i in c["items"] if i["count"] is not None]
