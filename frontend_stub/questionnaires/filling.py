"""Filling in: what stands in the fields of a question, as it was typed or as it was kept, and the answer that it makes.

What was typed is kept as it is, right or wrong, so that a page can show it again. The names of fields begin with the
code of their question; since no code has a full stop, no two questions share a name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from frontend_stub.forms import Filled
from frontend_stub.handing_in import Kept, kept_in
from frontend_stub.questionnaires.showing import Answer, Question

ANSWERED_BY = {
    "SHORT_TEXT": "text",
    "LONG_TEXT": "text",
    "SINGLE_CHOICE": "option",
    "MULTIPLE_CHOICE": "options",
    "RANKING": "ranking",
    "SCALE": "number",
    "NUMBER": "number",
    "MATRIX": "rows",
    "DATE": "date",
    "PLACE": "territoryId",
    "CONSENT": "agreed",
    "FILE": "file",
}
"""The field of an answer that each kind is answered by; a notice is read and not answered."""

NUMBER = re.compile(r"[-+]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,15})?")
DAY = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})")


class Unreadable(Exception):
    """What was typed makes no answer; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What stands in the fields of one question."""

    value: str = ""
    values: tuple[str, ...] = ()
    other: str = ""
    rows: Mapping[str, str] = field(default_factory=dict)
    """By the codes of the rows of a matrix, or of the options of a ranking."""
    state: str = ""
    """The state that was chosen, to choose one of its municipalities."""
    listed: str = ""
    """The state whose municipalities were offered."""
    file: Kept | None = None
    """The file that the hub has already, kept with the draft or since the form was sent before."""


def field_of(question: Question, part: str = "q") -> str:
    """Return the name of a field of a question."""
    return f"{question['code']}.{part}"


def typed(question: Question, given: Filled) -> Typed:
    """Return what a form brought for a question."""
    lines = {"MATRIX": ("row", question["rows"]), "RANKING": ("place", question["options"])}
    prefix, named = lines.get(question["kind"], ("", []))
    part = "town" if question["placeKind"] == "MUNICIPALITY" else "q"
    return Typed(
        value=_lines(given.get(field_of(question, part), "")),
        values=tuple(map(_lines, given.all(field_of(question)))),
        other=given.get(field_of(question, "other"), ""),
        rows={one["code"]: given.get(field_of(question, f"{prefix}.{one['code']}"), "") for one in named},
        state=given.get(field_of(question, "state"), ""),
        listed=given.get(field_of(question, "listed"), ""),
        file=None if field_of(question, "remove") in given else kept_in(given, field_of(question)),
    )


def _lines(text: str) -> str:
    """Return what was typed with its lines ended as everywhere."""
    return text.replace("\r\n", "\n")


def kept(question: Question, answer: Answer | None) -> Typed:
    """Return what stands in the fields of a question that was answered before."""
    if answer is None:
        return Typed()
    other = answer.get("other") or ""
    match question["kind"]:
        case "SHORT_TEXT" | "LONG_TEXT":
            return Typed(value=answer.get("text") or "")
        case "SINGLE_CHOICE":
            return Typed(value=answer.get("option") or "", other=other)
        case "MULTIPLE_CHOICE":
            return Typed(values=tuple(answer.get("options") or ()), other=other)
        case "RANKING":
            return Typed(rows={code: str(n) for n, code in enumerate(answer.get("ranking") or (), 1)})
        case "MATRIX":
            return Typed(rows={row["row"]: row["option"] for row in answer.get("rows") or ()})
        case "SCALE" | "NUMBER":
            return Typed(value="" if answer.get("number") is None else plain(answer["number"]))
        case "DATE":
            return Typed(value=answer.get("date") or "")
        case "PLACE":
            return Typed(value=answer.get("territoryId") or "")
        case "CONSENT":
            return Typed(value="" if answer.get("agreed") is None else str(answer["agreed"]).lower())
        case "FILE":
            file = answer.get("file")
            return Typed(file=file and Kept(file["id"], file["name"], file["size"]))
    return Typed()


def plain(number: float) -> str:
    """Return a number as somebody would type it."""
    return format(Decimal(str(number)).normalize(), "f")


def answered(question: Question, fields: Typed) -> dict[str, Any] | None:
    """Return the answer that was typed; None where nothing was, and Unreadable where it makes none."""
    said = _said(question, fields)
    other = _words(fields.other)
    if said is None and other is None:
        return None
    answer: dict[str, Any] = {"question": question["code"]}
    if said is not None:
        answer[ANSWERED_BY[question["kind"]]] = said
    if other is not None:
        if not any(option["other"] for option in question["options"] if option["code"] in _chosen(fields)):
            raise Unreadable("OTHER_NOT_CHOSEN")
        answer["other"] = other
    return answer


def _chosen(fields: Typed) -> tuple[str, ...]:
    return (*fields.values, fields.value)


def _said(question: Question, fields: Typed) -> Any:
    match question["kind"]:
        case "SHORT_TEXT" | "LONG_TEXT":
            return _words(fields.value)
        case "SINGLE_CHOICE":
            return fields.value or None
        case "PLACE":
            return _place(question, fields)
        case "MULTIPLE_CHOICE":
            return [value for value in fields.values if value] or None
        case "RANKING":
            return _ranking(fields.rows)
        case "MATRIX":
            return [{"row": row, "option": option} for row, option in fields.rows.items() if option] or None
        case "SCALE" | "NUMBER":
            return _number(fields.value)
        case "DATE":
            return _day(fields.value)
        case "CONSENT":
            return {"true": True, "false": False}.get(fields.value)
        case "FILE":
            file = fields.file
            return file and {"id": file.upload, "name": file.name, "size": file.size}
    return None


def _words(text: str) -> str | None:
    return text.strip() or None


def _place(question: Question, fields: Typed) -> str | None:
    if question["placeKind"] != "MUNICIPALITY":
        return fields.value or None
    if not fields.state:
        return None
    if not fields.value or fields.state != fields.listed:
        # Whoever chose a state has begun to answer, and would not see that nothing is kept of it.
        raise Unreadable("TOWN_MISSING")
    return fields.value


def _ranking(places: Mapping[str, str]) -> list[str] | None:
    given = {code: int(place) for code, place in places.items() if place.isascii() and place.isdigit()}
    if not given:
        return None
    if sorted(given.values()) != list(range(1, len(given) + 1)):
        raise Unreadable("PLACES_UNCLEAR")
    return sorted(given, key=lambda code: given[code])


def _number(text: str) -> float | None:
    bare = text.strip().replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if not bare:
        return None
    if not NUMBER.fullmatch(bare):
        raise Unreadable("NO_NUMBER")
    return float(Decimal(bare.replace(",", "")))


def _day(text: str) -> str | None:
    bare = text.strip()
    if not bare:
        return None
    written = DAY.fullmatch(bare)
    try:
        if written:
            return str(dt.date(*(int(written[part]) for part in ("year", "month", "day"))))
        return str(dt.date.fromisoformat(bare))
    except ValueError:
        raise Unreadable("NO_DAY") from None


def as_sent(answer: Answer) -> dict[str, Any]:
    """Return an answer as the hub takes it: of a file it wants the words by which it knows it, and nothing besides."""
    file = answer.get("file")
    return {**answer, "file": file["id"]} if file else dict(answer)


def from_draft(answers: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the answers of a draft as they are sent: only the fields that say something."""
    return {
        answer["question"]: {name: value for name, value in answer.items() if value is not None and value != []}
        for answer in answers
    }


def from_response(answers: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the answers of a response as they are sent again."""
    found: dict[str, dict[str, Any]] = {}
    for answer in answers:
        question = answer["question"]
        if question is None or question["kind"] not in ANSWERED_BY:
            continue
        kind, options = question["kind"], answer["options"]
        name = ANSWERED_BY[kind]
        value = {
            "option": options[0] if options else None,
            "options": options,
            "ranking": options,
            "territoryId": answer["territory"] and answer["territory"]["id"],
        }.get(name, answer.get(name))
        if value is None or value == []:
            continue
        given = {"question": question["code"], name: value}
        if name in ("option", "options") and answer["text"] is not None:
            given["other"] = answer["text"]
        found[question["code"]] = given
    return found
