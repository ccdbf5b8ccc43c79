"""The form of a question: its fields as they are shown, as they were filled in, and the question that they say.

Options and rows are lists of fields. A button of the form adds, moves or removes one and shows the page again, so that
nothing has to be saved for it; what stays empty is left out when the question is saved.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from frontend_stub.building.arranging import Input
from frontend_stub.building.codes import CODE, fresh_code
from frontend_stub.building.kinds import (
    DAYS,
    FILE_TYPES,
    LISTS,
    MEGABYTE,
    NUMBERS,
    OWN_WORDS,
    PLACE_KINDS,
    SENSITIVITIES,
    TEXTS,
    TRAITS,
    WHOLE,
    kinds_like,
)
from frontend_stub.drafting import given_words, said_if_any, said_in, words_of
from frontend_stub.forms import Filled

WORDED = ("title", "hint", *TEXTS)
PLAIN = (*WHOLE, *NUMBERS, *DAYS, "placeKind", "maxSize")
NAMELESS = {"options": "opcion", "rows": "renglon"}
EMPTY_AT_FIRST = 3
"""How many empty fields a list has that has none yet."""

WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,9})?")

Fault = tuple[str, str]
"""A field, and the code of what is wrong with what was written into it."""


@dataclass(frozen=True)
class Item:
    """An option or a row, as the form shows it."""

    code: str = ""
    words: dict[str, str] = field(default_factory=dict)
    other: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(self.words.values())


@dataclass(frozen=True)
class Fields:
    """All fields of the form, with what stands in them."""

    code: str
    kind: str
    required: bool
    sensitivity: str
    words: dict[str, dict[str, str]]
    plain: dict[str, str]
    file_types: list[str]
    lists: dict[str, list[Item]]

    def with_something_to_fill(self) -> Fields:
        """Return the fields with a few empty ones in lists that have none yet."""
        wanted = [name for name in TRAITS[self.kind] if name in LISTS and not self.lists[name]]
        return replace(self, lists={**self.lists, **{name: [Item()] * EMPTY_AT_FIRST for name in wanted}})

    def without_blanks(self) -> Fields:
        """Return the fields without the items that nothing is written in."""
        return replace(
            self, lists={name: [item for item in items if not item.blank] for name, items in self.lists.items()}
        )

    def after(self, act: str) -> tuple[Fields, str]:
        """Return the fields after a button of a list was pressed, and the field to look at then."""
        verb, name, number = [*act.split(" "), "", ""][:3]
        items = list(self.lists.get(name, []))
        at = int(number) if WHOLE_NUMBER.fullmatch(number) else len(items)
        match verb:
            case "add":
                items, at = [*items, Item()], len(items)
            case "remove" if at < len(items):
                del items[at]
                at = min(at, len(items) - 1)
            case "up" if 0 < at < len(items):
                items[at - 1 : at + 1] = items[at], items[at - 1]
                at -= 1
            case "down" if at < len(items) - 1:
                items[at : at + 2] = items[at + 1], items[at]
                at += 1
        return replace(self, lists={**self.lists, name: items} if name in LISTS else self.lists), f"{name}.{at}"


def fields_of(question: Input) -> Fields:
    """Return the fields that show a question as it is."""
    return Fields(
        code=question["code"],
        kind=question["kind"],
        required=question["required"],
        sensitivity=question["sensitivity"],
        words={name: words_of(question[name]) for name in WORDED},
        plain={name: _plain(_in_megabytes(question[name]) if name == "maxSize" else question[name]) for name in PLAIN},
        file_types=list(question["fileTypes"] or []),
        lists={
            name: [Item(item["code"], words_of(item["label"]), item.get("other", False)) for item in question[name]]
            for name in LISTS
        },
    )


def fields_given(given: Filled, before: Input) -> Fields:
    """Return the fields as somebody filled them in."""
    kind = given.get("kind", "")
    sensitivity = given.get("sensitivity", "")
    return Fields(
        code=given.words(name="code") or before["code"],
        kind=kind if kind in kinds_like(before["kind"]) else before["kind"],
        required="required" in given,
        sensitivity=sensitivity if sensitivity in SENSITIVITIES else before["sensitivity"],
        words={name: given_words(given, name) for name in WORDED},
        plain={name: given.words(name) or "" for name in PLAIN},
        file_types=_file_types(given),
        lists={name: [_item(given, f"{name}.{n}") for n in range(_count(given, name))] for name in LISTS},
    )


def question_given(given: Filled, before: Input, *, taken: Collection[str], source: str) -> tuple[Input, list[Fault]]:
    """Return the question that the form says, and what could not be read of it.

    `taken` are the codes of the other questions. What the kind does not have is left out, also where the kind changed.
    """
    fields = fields_given(given, before)
    faults: list[Fault] = []
    traits = TRAITS[fields.kind]
    question: Input = {
        **before,
        "kind": fields.kind,
        "required": fields.required and fields.kind != "NOTICE",
        "sensitivity": fields.sensitivity,
        "title": said_in(given, "title", before["title"], source=source),
        "hint": said_if_any(given, "hint", before["hint"], source=source),
        **{name: said_if_any(given, name, before[name], source=source) if name in traits else None for name in TEXTS},
        **{name: _read(name, fields.plain[name], faults) if name in traits else None for name in PLAIN},
        "fileTypes": (fields.file_types or None) if "fileTypes" in traits else None,
        **{name: list(_items(given, name, before, source)) if name in traits else [] for name in LISTS},
    }
    if fields.kind not in OWN_WORDS:
        question["options"] = [{**option, "other": False} for option in question["options"]]
    question["code"] = _code(fields, before, question["title"], taken, faults)
    return question, faults


def _file_types(given: Filled) -> list[str]:
    """Return the types of files that were chosen, in the order in which they are offered."""
    return [ending for ending in FILE_TYPES if ending in given.all("fileTypes")]


def _in_megabytes(size: int | None) -> float | None:
    return None if size is None else size / MEGABYTE


def _code(fields: Fields, before: Input, title: Input, taken: Collection[str], faults: list[Fault]) -> str:
    """Return the code: the one that was asked for or that there is, for a new question one that says what it asks."""
    if not fields.code:
        return fresh_code(_own_words(title), taken, nameless="pregunta")
    if not CODE.fullmatch(fields.code):
        faults.append(("code", "code"))
    elif fields.code in taken:
        faults.append(("code", "taken"))
    else:
        return fields.code
    return str(before["code"])


def _items(given: Filled, name: str, before: Input, source: str) -> Iterator[Input]:
    """Walk through the options or rows that the form says, in its order; codes stay with what they were given to."""
    known = {item["code"]: item for item in before[name]}
    items = [_item(given, f"{name}.{n}") for n in range(_count(given, name))]
    taken = {item.code for item in items if item.code in known} | set(known)
    for n, item in enumerate(items):
        if item.blank:
            continue
        former = known.pop(item.code, None)
        label = said_in(given, f"{name}.{n}.label", former and former["label"], source=source)
        code = item.code if former else fresh_code(_own_words(label), taken, nameless=NAMELESS[name])
        taken.add(code)
        yield {"code": code, "label": label, **({"other": item.other} if name == "options" else {})}


def _item(given: Filled, at: str) -> Item:
    return Item(given.words(f"{at}.code") or "", given_words(given, f"{at}.label"), f"{at}.other" in given)


def _count(given: Filled, name: str) -> int:
    """Return how many items a form has: each carries its code, also where that is still empty."""
    count = 0
    while f"{name}.{count}.code" in given:
        count += 1
    return count


def _own_words(text: Input) -> str:
    """Return a text in the language that it was written in."""
    return words_of(text).get(text["source"], "")


def _plain(value: Any) -> str:
    """Return a value as it is written into a field: 5.0 as 5."""
    if value is None:
        return ""
    return f"{value:.9f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _read(name: str, text: str, faults: list[Fault]) -> Any:
    if not text:
        return None
    if name == "placeKind":
        return text if text in PLACE_KINDS else None
    if name in WHOLE and WHOLE_NUMBER.fullmatch(text):
        return int(text)
    if name in NUMBERS and NUMBER.fullmatch(text):
        return float(text)
    if name == "maxSize" and NUMBER.fullmatch(text):
        return round(float(text) * MEGABYTE)
    if name in DAYS:
        try:
            return dt.date.fromisoformat(text).isoformat()
        except ValueError:
            faults.append((name, "day"))
            return None
    faults.append((name, "whole" if name in WHOLE else "number"))
    return None
