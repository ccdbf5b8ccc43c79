"""Columns: what each one of a file is called, what it holds, and how a cell is written so that nothing is set off.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula and runs it. What people wrote is
therefore led by an apostrophe where it begins so; numbers, codes and dates are written as they are.
"""

from __future__ import annotations

import csv
import enum
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Type(enum.StrEnum):
    """What a column holds."""

    CODE = "code"
    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    INSTANT = "instant"


@dataclass(frozen=True)
class Column:
    """One column of a file, with its meaning in Spanish and in English."""

    name: str
    type: Type
    es: str
    en: str


@dataclass(frozen=True)
class File:
    """One file of an export: a line for each of what it lists."""

    name: str
    columns: tuple[Column, ...]


def written(value: Any, type_: Type) -> str:
    """Return the text of a cell; what is not there is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if type_ is Type.TEXT:
        return defused(str(value))
    return str(value)


def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


class Folder:
    """The files of an export while they are written, in UTF-8 and as RFC 4180 has it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open = ExitStack()
        self._writers: dict[str, Any] = {}
        self.lines: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open.close()

    def start(self, file: File) -> None:
        """Make a file with its heading, also where no line will follow."""
        stream = self._open.enter_context((self.path / file.name).open("x", encoding="utf-8", newline=""))
        self._writers[file.name] = csv.writer(stream, lineterminator="\r\n")
        self._writers[file.name].writerow([column.name for column in file.columns])
        self.lines[file.name] = 0

    def write(self, file: File, row: Mapping[str, Any]) -> None:
        """Write a line, which has exactly the columns of its file."""
        if row.keys() != {column.name for column in file.columns}:
            raise KeyError(f"{file.name}: {sorted(row.keys() ^ {column.name for column in file.columns})}")
        self._writers[file.name].writerow([written(row[column.name], column.type) for column in file.columns])
        self.lines[file.name] += 1
