"""The fields of an act: texts, lines, numbers, days and boxes, as they are shown, and as they are sent.

Each knows three things: what its part of the form is made of (`shown`), what the hub is sent of it (`read`), and at
which part something stands that the hub finds wrong (`found_at`). `at` is what a field is called in the form; it is
longer than its name where it stands in a row of others. `before` is what the thing says of it now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from frontend_stub.acting.filling import Filling, Read
from frontend_stub.drafting import said_if_any, said_in, text_input, words_of
from frontend_stub.forms import Filled

Told = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """What an act asks for: its name in the input of the hub, and how the form asks."""

    name: str
    _: KW_ONLY
    label: str | None = None
    """Under which name it is found in the words, where its own would say too little."""
    optional: bool = False
    before: Callable[[Read], Any] | None = None
    """How what it holds now is found in the thing; else it is found there under its name."""

    kind: ClassVar[str]

    def now(self, node: Read) -> Any:
        """Return what a thing says of it now; None where it says nothing."""
        return self.before(node) if self.before is not None else node.get(self.name)

    def shown(self, filling: Filling, at: str, before: Any) -> Told:
        """Return what the template makes its part of the form of."""
        called = self.label or self.name
        return {
            "kind": self.kind,
            "at": at,
            "label": filling.label(called),
            "hint": filling.hint(called),
            "optional": self.optional,
            "value": filling.written(at, before),
        }

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return what the hub is sent of it; what may not be left out and was, the hub says itself."""
        written = filling.words_at(at)
        return written if written is not None or self.optional else ""

    def is_blank(self, filling: Filling, at: str) -> bool:
        """Whether nothing was written into it: a row of nothing but such fields was not meant."""
        return filling.words_at(at) is None

    def found_at(self, filling: Filling, at: str, path: Sequence[str]) -> str:
        """Return the part of the form that the rest of the path of an error is about."""
        return at


@dataclass(frozen=True)
class Text(Field):
    """A text in the languages that the thing is in; what it says in other languages stays."""

    rows: int = 4
    long: bool = True

    kind = "text"

    def shown(self, filling: Filling, at: str, before: Any) -> Told:
        """Return its words in each language."""
        former = words_of(text_input(before))
        texts = {language: filling.written(f"{at}.{language}", former.get(language)) for language in filling.spoken}
        return {**super().shown(filling, at, None), "texts": texts, "rows": self.rows, "long": self.long}

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return it with what was written; a machine's words that were changed are somebody's own."""
        assert filling.given is not None  # noqa: S101 - only what was sent is read
        say, spoken = said_if_any if self.optional else said_in, filling.spoken
        said = say(filling.given, at, text_input(before), source=spoken[0], languages=spoken)
        filling.languages[at] = [one["language"] for one in said["translations"]] if said else []
        return said

    def is_blank(self, filling: Filling, at: str) -> bool:
        """Whether nothing was written in any language."""
        return all(filling.words_at(f"{at}.{language}") is None for language in filling.spoken)

    def found_at(self, filling: Filling, at: str, path: Sequence[str]) -> str:
        """Return the field of the language that is meant; of one that is missing, the first that is empty."""
        sent = filling.languages.get(at, [])
        if path[:1] == ["translations"] and len(path) > 1 and int(path[1]) < len(sent):
            language = sent[int(path[1])]
        else:
            language = next((one for one in filling.spoken if one not in sent), filling.spoken[0])
        return f"{at}.{language if language in filling.spoken else filling.spoken[0]}"


@dataclass(frozen=True)
class Line(Field):
    """One line, such as a name."""

    kind = "line"


@dataclass(frozen=True)
class Area(Field):
    """Several lines in whatever language they are written."""

    rows: int = 4

    kind = "area"

    def shown(self, filling: Filling, at: str, before: Any) -> Told:
        """Return it with how many lines it shows."""
        return {**super().shown(filling, at, before), "rows": self.rows}


@dataclass(frozen=True)
class Number(Field):
    """A whole number."""

    kind = "number"

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return the number; what is none is wrong before the hub is asked."""
        written = filling.words_at(at)
        if written is None and self.optional:
            return None
        try:
            return int((written or "").replace(",", ""))
        except ValueError:
            return filling.wrong(at, "number")


@dataclass(frozen=True)
class Day(Field):
    """A day of the calendar."""

    kind = "day"

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return the day; what is none is wrong before the hub is asked."""
        written = filling.words_at(at)
        if written is None and self.optional:
            return None
        try:
            return dt.date.fromisoformat(written or "").isoformat()
        except ValueError:
            return filling.wrong(at, "day")


@dataclass(frozen=True)
class Days(Field):
    """Some days of the calendar, each in a line of its own."""

    kind = "days"

    def shown(self, filling: Filling, at: str, before: Any) -> Told:
        """Return the days as lines."""
        return {**super().shown(filling, at, "\n".join(before or [])), "rows": 6}

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return the days; a line that is none is wrong before the hub is asked."""
        lines = [line.strip() for line in (filling.words_at(at) or "").split("\n") if line.strip()]
        try:
            return [dt.date.fromisoformat(line).isoformat() for line in lines]
        except ValueError:
            return filling.wrong(at, "days")


@dataclass(frozen=True)
class Box(Field):
    """Something that is so, or is not."""

    checked: bool = False
    """Whether it is so where nobody says otherwise."""

    kind = "box"

    def shown(self, filling: Filling, at: str, before: Any) -> Told:
        """Return it with whether it is ticked."""
        ticked = (self.checked if before is None else bool(before)) if filling.given is None else self._is(filling, at)
        return {**super().shown(filling, at, None), "checked": ticked}

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return whether it was ticked."""
        return self._is(filling, at)

    def is_blank(self, filling: Filling, at: str) -> bool:
        """Return True: a box alone means no row."""
        return True

    @staticmethod
    def _is(filling: Filling, at: str) -> bool:
        given: Filled | None = filling.given
        return given is not None and given.get(at) == "yes"


@dataclass(frozen=True)
class Shown(Field):
    """What is sent exactly as it was shown, such as the hash of what somebody signs."""

    number: bool = False

    kind = "shown"

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return what the form was shown with, whatever has become of the thing meanwhile."""
        written = filling.words_at(at) or ""
        return int(written) if self.number and written.isascii() and written.isdigit() else written
