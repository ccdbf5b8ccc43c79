"""Collecting: from the rows that are somebody's to what a copy tells, as plain values under the names of its sections.

Names are those of the columns, as GraphQL writes names. What a row points to comes with its id and what it is called.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, Uuid, select

from hub.changes.change import Change
from hub.consultations.questionnaire_models import MatrixRow, Option, Question, QuestionnaireRevision
from hub.files.models import StoredFile
from hub.files.purposes import ending
from hub.identity.models import Client
from hub.mail.models import Letter
from hub.mail.writing import letters_to
from hub.people.models import Territory
from hub.personal_data.contents import PERSONAL
from hub.personal_data.registry import Personal
from hub.personal_data.subjects import Subject
from hub.register.models import Entry
from hub.text import LocalizedText

CALLED: Mapping[str, tuple[str, Any, Any]] = {
    "body": ("Body", Entry.id, Entry.title),
    "organization": ("Organization", Entry.id, Entry.title),
    "session": ("Session", Entry.id, Entry.title),
    "instrument": ("Instrument", Entry.id, Entry.title),
    "consultation": ("Consultation", Entry.id, Entry.title),
    "questionnaire_revision": ("QuestionnaireRevision", QuestionnaireRevision.id, QuestionnaireRevision.number),
    "question": ("Question", Question.id, Question.title),
    "territory": ("Territory", Territory.id, Territory.name),
    "client": ("Client", Client.id, Client.name),
}
"""What is told of what a row points to: its type, and where what it is called is found."""

IN_RESPONSES = ("answers", "choices", "consents", "receipts")
"""The sections that are told with the response that they belong to."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Copy:
    """Everything about somebody: the rows of each section, and when and in which zone they were told.

    `files` are those by which questions were answered: what each is called in the copy, and the hash of its bytes.
    """

    sections: Mapping[str, list[Row]]
    made_at: dt.datetime
    zone: str
    files: Mapping[str, bytes]


async def collected(change: Change, subject: Subject, *, language: str) -> Copy:
    """Return everything that the hub keeps about somebody, as far as anything leads from it to them."""
    found = {held.section: await _rows(change, held, subject) for held in PERSONAL if held.told}
    files = await _name_files(change, found)
    called = await _called(change, found, language)
    sections = {name: [dict(_told(row, called, language)) for row in rows] for name, rows in found.items()}
    await _name_options(change, sections["choices"], language)
    _put_into_responses(sections)
    return Copy(sections, change.at, subject.zone, files)


# ---- rows --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pointer:
    """An identifier of something in a table, which may have a name."""

    table: str
    id: UUID


async def _rows(change: Change, held: Personal, subject: Subject) -> list[Row]:
    if held.model is Letter:
        return await _letters(change, held, subject)
    table = held.table
    columns = [table.c[name] for name in (*held.told_columns, *held.sealed)]
    order = [table.c[held.order]] if held.order else []
    about = [column.label(f"about_{column.name}") for column in table.primary_key]
    found = select(*columns, *about).where(held.whose(table.c, subject)).order_by(*order, *table.primary_key)
    rows = (await change.session.execute(found)).mappings().all()
    return [dict(_values(change, held, row)) for row in rows]


def _values(change: Change, held: Personal, row: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    for name in held.told_columns:
        pointed, value = _pointed(held.table, held.table.c[name]), row[name]
        yield field_of(name), value if pointed is None or value is None else Pointer(pointed, value)
    for name, told in held.sealed.items():
        (key,) = held.table.primary_key
        about: UUID = row[f"about_{key.name}"]
        yield told, None if row[name] is None else change.keys.unwrap(row[name], about=about.bytes).decode()


def _pointed(table: Table, column: Column[Any]) -> str | None:
    """Return the table that a column points into, its own for the identifier of a row."""
    if column.name == "id":
        return table.name
    # Some keys are codes, which say by themselves what they stand for.
    pointed = [key.column.table.name for key in column.foreign_keys if isinstance(column.type, Uuid)]
    # A key of several columns leads by another table to the one that it is named after.
    named = column.name.removesuffix("_id")
    return named if pointed and named in table.metadata.tables else next(iter(pointed), None)


async def _letters(change: Change, held: Personal, subject: Subject) -> list[Row]:
    """Return the letters that wait; what one says is sealed with whom it is for."""
    letters = [letter for digest in subject.address_digests for letter in await letters_to(change, digest)]
    return [
        {**{field_of(name): getattr(letter, name) for name in held.told_columns}, "facts": dict(facts)}
        for letter, facts in letters
    ]


# ---- values ------------------------------------------------------------------------------------------------------


async def _called(change: Change, sections: Mapping[str, list[Row]], language: str) -> dict[Pointer, str]:
    """Return what each thing is called that a row points to."""
    pointers: dict[str, set[UUID]] = defaultdict(set)
    for pointer in (v for rows in sections.values() for row in rows for v in row.values() if isinstance(v, Pointer)):
        pointers[pointer.table].add(pointer.id)
    called = {}
    for table in pointers.keys() & CALLED.keys():
        _, key, name = CALLED[table]
        for id_, words in await change.session.execute(select(key, name).where(key.in_(pointers[table]))):
            text = words.in_language(language) if isinstance(words, LocalizedText) else str(words)
            called[Pointer(table, id_)] = text
    return called


def _told(row: Row, called: Mapping[Pointer, str], language: str) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if isinstance(value, Pointer):
            type_ = CALLED[value.table][0] if value.table in CALLED else _type(value.table)
            id_ = f"{type_}_{value.id}"
            yield name, {"id": id_, "name": called[value]} if value in called else id_
        else:
            yield name, plain(value, language)


def plain(value: Any, language: str) -> Any:
    """Return a value in the form that JSON has for it."""
    match value:
        case LocalizedText():
            return value.in_language(language)
        case enum.Enum():
            return value.value
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
        case dt.date():
            return value.isoformat()
        case Decimal():
            return float(value) if value % 1 else int(value)
        case UUID():
            return str(value)
        case list() | tuple():
            return [plain(part, language) for part in value]
        case _:
            return value


def field_of(column: str) -> str:
    """Return the name of a column, or of what it points to, as a copy writes it."""
    first, *rest = (column if column == "id" else column.removesuffix("_id")).split("_")
    return first + "".join(word.capitalize() for word in rest)


def _type(table: str) -> str:
    return "".join(word.capitalize() for word in table.split("_"))


# ---- responses with all that they say ----------------------------------------------------------------------------


async def _name_options(change: Change, choices: list[Row], language: str) -> None:
    """Put beside the codes of what was chosen how they read."""
    questions = {UUID(choice["question"]["id"].rpartition("_")[2]) for choice in choices}
    labels = {}
    for model in (Option, MatrixRow):
        found = select(model.question_id, model.code, model.label).where(model.question_id.in_(questions))
        for question_id, code, label in await change.session.execute(found):
            labels[model, f"Question_{question_id}", code] = label.in_language(language)
    for choice in choices:
        id_ = choice["question"]["id"]
        choice["option"] = labels.get((Option, id_, choice["optionCode"]))
        choice["row"] = labels.get((MatrixRow, id_, choice["rowCode"]))


async def _name_files(change: Change, sections: Mapping[str, list[Row]]) -> dict[str, bytes]:
    """Put for each file of an answer, given or begun, what it is called in the copy; return their hashes by that."""
    begun = [answer for draft in sections["drafts"] for answer in (draft["answers"] or {}).get("given", [])]
    naming = [row for row in (*sections["answers"], *begun) if row.get("file") is not None]
    for row in naming:
        row["file"] = row["file"].id if isinstance(row["file"], Pointer) else UUID(row["file"])
    known = select(StoredFile).where(StoredFile.id.in_({row["file"] for row in naming}))
    called = {
        file.id: (f"files/{file.id}{ending(file.name)}", file.sha256) for file in await change.session.scalars(known)
    }
    for row in naming:
        row["file"] = called[row["file"]][0] if row["file"] in called else None
    return dict(called.values())


def _put_into_responses(sections: dict[str, list[Row]]) -> None:
    """Tell the answers, consents and the receipt of a response with it."""
    parts = {name: _by_response(sections.pop(name)) for name in IN_RESPONSES}
    for response in sections["responses"]:
        id_ = response["id"]
        choices = parts["choices"][id_]
        response["answers"] = [
            {**answer, "choices": [_without_question(c) for c in choices if c["question"] == answer["question"]]}
            for answer in parts["answers"][id_]
        ]
        response["consents"] = parts["consents"][id_]
        response["receipts"] = parts["receipts"][id_]


def _by_response(rows: list[Row]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.pop("response")].append(row)
    return found


def _without_question(choice: Row) -> Row:
    return {name: value for name, value in choice.items() if name != "question"}
