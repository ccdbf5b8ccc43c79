"""What an import did: what it read, what it added, what was there already, and which rows were bad."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

NAMED = 1_000
"""How many bad rows a summary keeps by name; the rest is only counted, however bad a file is."""


@dataclass(frozen=True)
class BadRow:
    """A row that was left out: where it stands and why."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        """Return it as a compiler would print it."""
        return f"{self.file}:{self.line}: {self.reason}"


class Progress(Protocol):
    """Who watches an import: a progress bar, or a test."""

    def begin(self, what: str, total: int | None) -> None:
        """Show that a stage begins that has so many steps, or nobody knows how many."""

    def advance(self, steps: int) -> None:
        """Show that so many steps of the stage are done."""

    def bad_row(self, row: BadRow) -> None:
        """Show that a row was left out."""


class Unwatched:
    """Nobody watches."""

    def begin(self, what: str, total: int | None) -> None:
        """Go on."""

    def advance(self, steps: int) -> None:
        """Go on."""

    def bad_row(self, row: BadRow) -> None:
        """Go on."""


@dataclass
class Summary:
    """What an import did, in numbers by the name of the thing."""

    source: str
    progress: Progress = field(default_factory=Unwatched, repr=False)
    read: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    bad: Counter[str] = field(default_factory=Counter)
    bad_rows: list[BadRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, file: str, line: int, reason: str) -> None:
        """Leave a row out, and say which and why."""
        row = BadRow(file, line, reason)
        self.bad[file] += 1
        if len(self.bad_rows) < NAMED:
            self.bad_rows.append(row)
        self.progress.bad_row(row)

    @property
    def changed_anything(self) -> bool:
        """Whether this run wrote a row."""
        return self.added.total() + self.changed.total() > 0

    def lines(self) -> Iterator[str]:
        """Return the lines to print at the end."""
        yield f"Imported from {self.source}:"
        for name in dict.fromkeys((*self.read, *self.added, *self.changed, *self.unchanged)):
            parts = [
                f"{counts[name]:,} {word}"
                for word, counts in (
                    ("read", self.read),
                    ("added", self.added),
                    ("changed", self.changed),
                    ("unchanged", self.unchanged),
                )
                if counts[name]
            ]
            if parts:
                yield f"  {name}: {', '.join(parts)}"
        for file, count in self.bad.items():
            yield f"  {file}: {count:,} bad {'row' if count == 1 else 'rows'} left out"
        yield from (f"  {note}" for note in self.notes)
        if not self.changed_anything:
            yield "  Nothing changed."
