"""Filling a form in: what was sent of it, the thing that it is about, and what is found wrong on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from frontend_stub.forms import Filled
from frontend_stub.languages import LANGUAGES, Words, catalogue

Read = Mapping[str, Any]
Fault = dict[str, Any]


@dataclass
class Filling:
    """A form of an act, before it was sent or after."""

    node: Read
    """The thing that the act is done to, as its document read it."""
    words: Words
    given: Filled | None = None
    """What was sent; None while the form is shown for the first time."""
    spoken: Sequence[str] = LANGUAGES
    """The languages in which its texts are asked for; the first is the one that they are written in."""
    faults: list[Fault] = field(default_factory=list)
    """What is no number, no day or no time at all: the hub could not even be asked."""
    languages: dict[str, list[str]] = field(default_factory=dict)
    """The languages in which each text was sent, in their order, by its field."""
    rows: dict[str, list[int]] = field(default_factory=dict)
    """Which rows of each list were sent, in their order, by its field: those that are empty are left out."""

    overtaken: bool = False
    """Whether somebody else has written on the thing since the form was shown."""

    def written(self, at: str, before: object = None) -> str:
        """Return what stands in a field: what was sent, or else what the thing says now."""
        if self.given is not None:
            return self.given.get(at, "")
        return "" if before is None else str(before)

    def words_at(self, at: str) -> str | None:
        """Return what somebody wrote into a field; None where they wrote nothing."""
        return None if self.given is None else self.given.words(at)

    def wrong(self, at: str, what: str) -> None:
        """Say that what stands in a field is no such thing: no number, no day, no days, no time."""
        self.faults.append({"field": at, "message": self.words.named("act_fault", what)})

    def label(self, name: str) -> str:
        """Return what a field is called."""
        return self.words.named("act_field", name)

    def hint(self, name: str) -> str | None:
        """Return what helps to fill a field in; None where it needs no help."""
        return self.words.named("act_hint", name) if f"act_hint.{name}" in catalogue() else None
