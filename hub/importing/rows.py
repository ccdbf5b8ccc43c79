"""Reading what others wrote: tables by the names of their columns, and lists of objects.

What is wrong with the source as a whole (no such file, a missing column, another encoding) is a
`SetupError` and nothing is imported. What is wrong with one row is that row's matter: it is refused by name
and the rest goes on.
"""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO, TypeVar

from hub.errors import SetupError
from hub.importing.summary import Summary
from hub.text import FORBIDDEN

BETWEEN = re.compile(r"[\s,]*")
"""What may stand between the members of a JSON array that is known to be sound."""

K = TypeVar("K")
V = TypeVar("V")

PIECE = 1 << 20
"""How much of a file is looked at in one go; a longer line is cut there, and is a bad row."""


@dataclass(frozen=True)
class Row:
    """One record of a table: the line that it begins on, and its cells by the name of their column."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the cell under this column."""
        return self.cells[column]


class BadCell(ValueError):
    """A cell that cannot be what its column says; the message is the reason that is shown."""


def directory_with(directory: Path, *files: str) -> None:
    """Refuse a directory that is none, or that lacks one of these files."""
    if not directory.exists():
        raise SetupError(f"There is no directory {directory}: give the path of the one that holds {_listed(files)}.")
    if not directory.is_dir():
        raise SetupError(f"{directory} is a file: give the directory that holds {_listed(files)}.")
    missing = [name for name in files if not (directory / name).is_file()]
    if missing:
        raise SetupError(
            f"{directory} lacks {_listed(missing)}. An import needs {_listed(files)} together in one "
            "directory, with these names."
        )


def read_table(file: Path, *, columns: Sequence[str], summary: Summary, above: int = 0) -> Iterator[Row]:
    """Read a comma-separated table record by record; other columns may stand before, between and behind.

    `above` is the number of records that stand above the header and say nothing.
    """
    require_utf8(file)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        records = _Records(lines)
        for _ in range(above):
            next(iter(records.take_header()), None)
        header = next(iter(records.take_header()), None)
        if header is None:
            raise SetupError(f"{file} is empty: its first line must name the columns {_listed(columns)}.")
        places = _places(file, header, columns)
        for line, cells, trouble in records.take(width=len(header)):
            if trouble is not None:
                summary.refuse(file.name, line, trouble)
            else:
                yield Row(line, {column: cells[place] for column, place in places.items()})


def read_pairs(file: Path, *, summary: Summary) -> dict[str, tuple[int, str]]:
    """Read a table of keys and values without a header, each with its line; of a key the first counts."""
    require_utf8(file)
    pairs: dict[str, tuple[int, str]] = {}
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for line, cells, trouble in _Records(lines).take(width=2):
            if trouble is None:
                pairs.setdefault(cells[0].strip(), (line, cells[1]))
            else:
                summary.refuse(file.name, line, trouble)
    return pairs


def read_list(file: Path, *, summary: Summary) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read a JSON array of objects, each with the line that it begins on."""
    require_utf8(file)
    written = file.read_text(encoding="utf-8-sig")
    try:
        whole = json.loads(written)
    except json.JSONDecodeError as error:
        raise SetupError(f"{file} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from None
    except RecursionError:
        raise SetupError(f"{file} is nested too deeply to be a list of objects.") from None
    if not isinstance(whole, list):
        raise SetupError(f"{file} must hold a list of objects, and it holds something else.")
    decoder, line, at = json.JSONDecoder(), 1, written.index("[") + 1
    for _ in whole:
        between = BETWEEN.match(written, at)
        begins = between.end() if between else at
        line += written.count("\n", at, begins)
        member, ends = decoder.raw_decode(written, begins)
        if isinstance(member, dict):
            yield line, member
        else:
            summary.refuse(file.name, line, "it is not an object with named values")
        line += written.count("\n", begins, ends)
        at = ends


def require_utf8(file: Path) -> None:
    """Refuse a file in another encoding before a row of it is used; a megabyte at a time."""
    decoder, line = codecs.getincrementaldecoder("utf-8")(), 1
    with file.open("rb") as content:
        while True:
            piece = content.read(PIECE)
            try:
                decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                line += error.object.count(b"\n", 0, error.start)
                raise SetupError(
                    f"{file} is not UTF-8 (line {line}, {error.reason}): save it again as UTF-8, "
                    "or ask its publisher for the original."
                ) from None
            if not piece:
                return
            # The bytes of a cut character that wait in the decoder hold no line end, so they are counted
            # right.
            line += piece.count(b"\n")


def once(found: dict[K, V], key: K, value: V, *, what: str) -> None:
    """Keep what was found under its key; BadCell if something else has that key already."""
    if key in found:
        raise BadCell(f"the {what} {key} stands there twice")
    found[key] = value


def whole_number(cell: object, *, what: str, least: int, most: int) -> int:
    """Return the number that a cell holds; BadCell if it holds none, or one out of the bounds."""
    written = str(cell).strip()
    digits = written.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 18 or isinstance(cell, bool | float):
        raise BadCell(f"the {what} {shown(written)} is not a whole number")
    number = int(written)
    if not least <= number <= most:
        raise BadCell(f"the {what} {number} is not between {least} and {most}")
    return number


def plain_text(cell: object, *, what: str, longest: int) -> str:
    """Return the text of a cell without the space around it; BadCell if there is none that can be kept."""
    if not isinstance(cell, str):
        raise BadCell(f"the {what} is missing")
    if FORBIDDEN.search(cell):
        raise BadCell(f"the {what} holds a control character")
    text = cell.strip()
    if not text:
        raise BadCell(f"the {what} is empty")
    if len(text) > longest:
        raise BadCell(f"the {what} has {len(text):,} characters, and {longest:,} are allowed")
    return text


def shown(written: str) -> str:
    """Return what stands in a cell as it can be printed: short, in quotes, without control characters."""
    cut = written if len(written) <= 40 else f"{written[:40]}…"
    return repr(cut)


def _places(file: Path, header: Sequence[str], columns: Sequence[str]) -> dict[str, int]:
    names = [name.strip() for name in header]
    missing = [column for column in columns if column not in names]
    if missing:
        raise SetupError(
            f"{file} lacks the {'column' if len(missing) == 1 else 'columns'} {_listed(missing)}. "
            f"Its first line must name {_listed(columns)}; others may stand between."
        )
    twice = [column for column in columns if names.count(column) > 1]
    if twice:
        raise SetupError(f"{file} has two columns named {_listed(twice)}: take one away.")
    return {column: names.index(column) for column in columns}


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


class _Records:
    """The records of a table, each with the line it begins on.

    A quote that is opened and never closed would swallow the rows behind it. So a record that spans lines
    and does not come out right is blamed on its first line alone, and reading goes on at its second.
    """

    def __init__(self, lines: TextIO) -> None:
        self._lines = lines
        self._again: list[str] = []
        self._taken: list[str] = []
        self._line = 0

    def __iter__(self) -> _Records:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else self._lines.readline(PIECE)
        if not line:
            raise StopIteration
        self._taken.append(line)
        return line

    def take_header(self) -> Iterator[list[str]]:
        """Return the cells of the first record that is not blank."""
        for _line, cells, _trouble in self.take(width=None):
            yield cells
            return

    def take(self, *, width: int | None) -> Iterator[tuple[int, list[str], str | None]]:
        """Return each record: its line, its cells, and what is wrong with it, if anything is."""
        while True:
            self._taken.clear()
            trouble, cells = None, []
            try:
                cells = next(csv.reader(self, strict=True))
            except StopIteration:
                return
            except csv.Error as error:
                trouble = f"the quotes or the length of a cell are wrong ({error})"
            if trouble is None and width is not None and cells and len(cells) != width:
                trouble = f"it has {len(cells)} cells where the first line names {width} columns"
            begins = self._line + 1
            if trouble is not None and len(self._taken) > 1:
                self._again.extend(reversed(self._taken[1:]))
                self._line += 1
            else:
                self._line += len(self._taken)
            if cells or trouble:
                yield begins, cells, trouble
