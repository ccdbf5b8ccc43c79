"""Results as files: a table for spreadsheets and a text for programs, written while the pages of the hub come in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for a formula, and runs, where a cell begins so."""

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""The mark by which spreadsheets know that a file is in UTF-8; without it they break every accent."""

COLUMNS = (
    "source",
    "release",
    "dimension",
    "category",
    "category_label",
    "question_number",
    "question",
    "question_title",
    "kind",
    "row",
    "row_label",
    "item",
    "item_label",
    "count",
    "share",
    "points",
    "median",
    "lower_quartile",
    "upper_quartile",
    "median_date",
)
MIDDLES = {
    "median": "median",
    "lower_quartile": "lowerQuartile",
    "upper_quartile": "upperQuartile",
    "median_date": "medianDate",
}
TEXTS = ("category_label", "question_title", "row_label", "item_label")
"""The columns with words of people; the others hold codes and numbers."""

Pages = AsyncIterator[tuple[str, list[dict[str, Any]]]]
"""What is written, a page at a time: its kind, `questions` or `tables`, and its parts as the hub gave them."""


async def as_table(pages: Pages) -> AsyncIterator[str]:
    """Give the lines of a CSV file (RFC 4180): one for each figure; what is not shown is empty."""
    yield MARK + _written([dict(zip(COLUMNS, COLUMNS, strict=True))])
    async for kind, parts in pages:
        lines = _of_question if kind == "questions" else _of_table
        yield _written(line for part in parts for line in lines(part))


async def as_text(head: dict[str, Any], pages: Pages) -> AsyncIterator[str]:
    """Give a JSON text with the consultation, its questions with their tallies, and the released tables."""
    yield f'{{"consultation":{_plain(head)}'
    current, follows = "", False
    async for kind, parts in pages:
        if kind != current:
            yield f'{"]" if current else ""},"{kind}":['
            current, follows = kind, False
        for part in parts:
            yield f"{',' if follows else ''}{_plain(part)}"
            follows = True
    yield "]}\n" if current else "}\n"


def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def _plain(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"))


def _written(lines: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> str:
    file = io.StringIO()
    table = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\r\n")
    for line in lines:
        table.writerow({name: defused(str(cell)) if name in TEXTS and cell else cell for name, cell in line.items()})
    return file.getvalue()


def _of_question(question: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the exact figures of a question: how many answered it, and then its parts."""
    tally = question["tally"]
    if tally is None:
        return
    own = {
        "source": "tally",
        "dimension": "TOTAL",
        "question_number": question["number"],
        "question": question["code"],
        "question_title": question["title"]["text"],
        "kind": question["kind"],
    }
    yield {**own, "count": tally["answered"], **{name: tally[field] for name, field in MIDDLES.items()}}
    for option in tally["options"]:
        yield {**own, **_item(option)}
    for point in tally["scale"]:
        yield {**own, "item": point["value"], "count": point["count"], "share": point["share"]}
    for row in tally["rows"]:
        in_row = {**own, "row": row["code"], "row_label": row["label"]["text"]}
        yield {**in_row, "count": row["answered"]}
        for option in row["options"]:
            yield {**in_row, **_item(option)}
    if tally["agreed"] is not None:
        yield {**own, "item": "agreed", "count": tally["agreed"]}


def _item(option: dict[str, Any]) -> dict[str, Any]:
    figures = {name: option[name] for name in ("count", "share", "points")}
    return {"item": option["code"], "item_label": option["label"]["text"], **figures}


def _of_table(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the protected figures of a released table."""
    question = table["question"]
    for category in table["categories"]:
        own = {
            "source": "release",
            "release": table["release"] and table["release"]["number"],
            "dimension": table["dimension"],
            "category": category["code"],
            "category_label": category["label"],
            "question": question and question["code"],
            "question_title": question and question["title"]["text"],
            "kind": question and question["kind"],
            "row": category["row"],
            "row_label": category["rowLabel"],
        }
        yield {**own, "count": category["answered"], **{name: category[field] for name, field in MIDDLES.items()}}
        for item in category["items"]:
            figures = {name: item[name] for name in ("count", "share", "points")}
            yield {**own, "item": item["code"], "item_label": item["label"], **figures}
