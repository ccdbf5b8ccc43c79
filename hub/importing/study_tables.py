"""The tables that the state commissions sent back in 2015, mended: what was wrong with a cell is put right and counted.

Nothing is guessed. What cannot be read for certain is left empty and listed, and what two commissions said in different
words keeps its words beside a column that says the same for both.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hub.errors import SetupError
from hub.importing.encodings import as_written
from hub.importing.rows import read_list, read_table, require_utf8
from hub.importing.summary import Summary

SPREADSHEET_EPOCH = dt.date(1899, 12, 30)
"""Day 0 of a spreadsheet's dates."""

Mends = Counter[str]
"""How often each thing was put right, by its code."""

Cell = Any
Mending = Callable[[str, Mends], Cell]


@dataclass(frozen=True)
class Column:
    """A column of a mended table: its name, the one in the source, its type, what it means, how it is mended."""

    name: str
    source: str
    type: str
    es: str
    en: str
    mend: Mending


@dataclass(frozen=True)
class Table:
    """A table as a commission sent it, and what becomes of it."""

    key: str
    file: str
    es: str
    en: str
    columns: tuple[Column, ...]
    derived: tuple[Column, ...] = ()
    """Columns that are made from another one's mended cell, whose name is their source."""


@dataclass
class Mended:
    """A table whose cells were put right."""

    table: Table
    rows: list[dict[str, Cell]] = field(default_factory=list)
    mends: Mends = field(default_factory=Counter)


def as_it_is(cell: str, mends: Mends) -> Cell:
    """Return the words without the space around them; nothing where there are none."""
    text = " ".join(cell.split())
    if text != cell and text:
        mends["space"] += 1
    if text == "NULL":
        mends["null_written_out"] += 1
        return None
    return text or None


LOST = {"SECRETARÃA": "SECRETARÍA", "PROCURADURÃA": "PROCURADURÍA"}
"""Words that lost a letter: the second byte of an Í has no letter in Windows-1252 and is gone from the source."""


def unmixed(cell: str, mends: Mends) -> Cell:
    """Return words whose UTF-8 was once read as Windows-1252 as they were before."""
    right = as_written(cell)
    for lost, found in LOST.items():
        right = right.replace(lost, found)
    if right != cell:
        mends["encoding"] += 1
    return as_it_is(right, mends)


def whole(cell: str, mends: Mends) -> Cell:
    """Return a whole number; a word where a number is missing is nothing."""
    return _number(cell, mends, int)


def decimal(cell: str, mends: Mends) -> Cell:
    """Return a number."""
    return _number(cell, mends, float)


def _number(cell: str, mends: Mends, kind: Callable[[str], Cell]) -> Cell:
    if not cell.strip():
        return None
    try:
        return kind(cell.strip())
    except ValueError:
        mends["word_for_a_number"] += 1
        return None


def day(cell: str, mends: Mends) -> Cell:
    """Return a day, from an instant at midnight or from a spreadsheet's number; what is neither is nothing."""
    text = cell.strip()
    if re.fullmatch(r"\d{5}", text):
        mends["spreadsheet_day"] += 1
        return (SPREADSHEET_EPOCH + dt.timedelta(days=int(text))).isoformat()
    if re.fullmatch(r"\d{4}-\d\d-\d\d( 00:00:00)?", text):
        return text[:10]
    if text and text != "EN PROCESO":
        mends["no_day"] += 1
    return None


def instant(cell: str, mends: Mends) -> Cell:
    """Return the time on the clock that the source gives, without a zone, as ISO 8601 has it."""
    return cell.strip().replace(" ", "T") or None


SLIPS = {"NO PRESENADO": "NO PRESENTADO"}

TO_THE_APPLICANT, TO_THE_AUTHORITY, NOT_JUDGED, PENDING = "solicitante", "autoridad", "sin fondo", "en proceso"

OUTCOMES = {
    "CONFIRMA": TO_THE_AUTHORITY,
    "INFUNDADO": TO_THE_AUTHORITY,
    "REVOCA": TO_THE_APPLICANT,
    "MODIFICA": TO_THE_APPLICANT,
    "ORDENA DAR RESPUESTA": TO_THE_APPLICANT,
    "FUNDADO": TO_THE_APPLICANT,
    "PARCIALMENTE FUNDADO": TO_THE_APPLICANT,
    "SOBRESEE": NOT_JUDGED,
    "SOBRESEÍDO": NOT_JUDGED,
    "DESECHA": NOT_JUDGED,
    "DESECHADO": NOT_JUDGED,
    "NO PRESENTADO": NOT_JUDGED,
    "NO INTERPUESTO": NOT_JUDGED,
    "EN PROCESO": PENDING,
}
"""What the two commissions call the outcome of an appeal, and whom it went to."""


def outcome(cell: str, mends: Mends) -> Cell:
    """Return the outcome in the commission's own word, without its slips."""
    text = as_it_is(cell, mends)
    if text in SLIPS:
        mends["slip"] += 1
        return SLIPS[text]
    return text


def in_common(cell: str, mends: Mends) -> Cell:
    """Return whom an outcome went to, in one vocabulary for both commissions; nothing where a cell says two things."""
    if not cell:
        return None
    if cell not in OUTCOMES:
        mends["two_outcomes"] += 1
        return None
    mends["vocabulary"] += 1
    return OUTCOMES[cell]


def coded(cell: str, mends: Mends) -> Cell:
    """Return a coded answer; one without its code keeps its words."""
    text = as_it_is(cell, mends)
    if text and text.startswith("- "):
        mends["code_missing"] += 1
        return text.removeprefix("- ")
    return text


MENDS = {
    "space": ("Espacios de más en una celda.", "Surplus space in a cell."),
    "null_written_out": ("«NULL» escrito donde no hay nada.", "`NULL` written out where there is nothing."),
    "encoding": ("UTF-8 leído como Windows-1252.", "UTF-8 that was read as Windows-1252."),
    "word_for_a_number": (
        "Una palabra donde falta un número: queda vacío.",
        "A word for a missing number: left empty.",
    ),
    "spreadsheet_day": ("Un día escrito como número de hoja de cálculo.", "A day written as a spreadsheet's number."),
    "no_day": ("Lo que no es un solo día queda vacío.", "What is not one single day is left empty."),
    "slip": ("Un error de dedo en una palabra conocida.", "A slip in a known word."),
    "two_outcomes": (
        "Dos sentidos en una celda: el común queda vacío.",
        "Two outcomes in a cell: the common one is empty.",
    ),
    "vocabulary": ("Dos vocabularios llevados a uno.", "Two vocabularies brought to one."),
    "code_missing": ("Una respuesta sin su clave.", "An answer without its code."),
}
"""What is put right, in Spanish and in English."""


def read_tables(directory: Path, tables: Sequence[Table], *, summary: Summary) -> list[Mended]:
    """Read and mend every table of the study."""
    return [mended(table, directory, summary=summary) for table in tables]


def mended(table: Table, directory: Path, *, summary: Summary) -> Mended:
    """Read one table and put its cells right."""
    found = Mended(table)
    for cells in _records(table, directory, summary=summary):
        row = {column.name: column.mend(cells[column.source], found.mends) for column in table.columns}
        row |= {column.name: column.mend(row[column.source] or "", found.mends) for column in table.derived}
        found.rows.append(row)
    summary.read[table.key] += len(found.rows)
    return found


def _records(table: Table, directory: Path, *, summary: Summary) -> Iterator[Mapping[str, str]]:
    file = directory / table.file
    if file.suffix == ".csv":
        columns = [column.source for column in table.columns]
        for row in read_table(file, columns=columns, summary=summary):
            yield row.cells
        return
    for member in _members(file, summary=summary):
        yield {key: "" if value is None else str(value) for key, value in member.items()}


def _members(file: Path, *, summary: Summary) -> Iterator[dict[str, Any]]:
    """Give the objects of a JSON list, which may stand under `data`."""
    require_utf8(file)
    whole_text = json.loads(file.read_text(encoding="utf-8-sig"))
    if isinstance(whole_text, dict):
        if not isinstance(whole_text.get("data"), list):
            raise SetupError(f"{file} must hold a list of objects, or one under `data`.")
        yield from whole_text["data"]
    else:
        for _, member in read_list(file, summary=summary):
            yield member
