"""What was counted of a question, from its exact tally or from a released table, in the one form that pages show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Question = Mapping[str, Any]
Table = dict[str, Any]
Figures = dict[str, Any]

MIDDLES = ("median", "lowerQuartile", "upperQuartile", "medianDate")
TEXTS = frozenset({"SHORT_TEXT", "LONG_TEXT"})
ITEMIZED = frozenset({"PLACE"})
"""The kinds whose exact tally has no parts, while a released table has them."""


def totals(tables: Iterable[Table]) -> dict[str, Table]:
    """Return the tables of questions by what their wordings share."""
    return {table["lineageId"]: table for table in tables if table["lineageId"] is not None}


def figures(question: Question, table: Table | None) -> Figures | None:
    """Return what may be told of a question: exact where that is public, else protected; None where nothing is."""
    tally = question["tally"]
    if tally is not None and not (question["kind"] in ITEMIZED and table is not None):
        return _exact(tally)
    return _protected(question, table) if table is not None else None


def _exact(tally: Mapping[str, Any]) -> Figures:
    points = [{**point, "label": _plain(f"{point['value']}")} for point in tally["scale"]]
    return {
        "protected": False,
        "answered": tally["answered"],
        "agreed": tally["agreed"],
        "bars": [*tally["options"], *points],
        "rows": [{"label": row["label"], "answered": row["answered"], "bars": row["options"]} for row in tally["rows"]],
        **{name: tally[name] for name in MIDDLES},
    }


def _protected(question: Question, table: Table) -> Figures:
    options = {option["code"]: option["label"] for option in question["options"]}
    rows = {row["code"]: row["label"] for row in question["rows"]}
    first = table["categories"][0] if table["categories"] else {}
    parts = [
        {
            "label": rows.get(category["row"], _plain(category["rowLabel"] or category["label"])),
            "answered": category["answered"],
            "bars": [{**item, "label": options.get(item["code"], _plain(item["label"]))} for item in category["items"]],
        }
        for category in table["categories"]
    ]
    by_rows = bool(question["rows"])
    return {
        "protected": question["sensitivity"] != "PUBLIC",
        "answered": None if by_rows else first.get("answered"),
        "agreed": None,
        "bars": [] if by_rows or not parts else parts[0]["bars"],
        "rows": parts if by_rows else [],
        **{name: first.get(name) for name in MIDDLES},
    }


def _plain(text: str) -> dict[str, str | None]:
    """Return words of the hub, or a number, which are in the reader's own language."""
    return {"text": text, "language": None}
