"""The fields of an act in which one chooses: among the words of the contract, or among things that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from frontend_stub.acting.fields import Field, Told
from frontend_stub.acting.filling import Filling, Read

Option = dict[str, Any]
"""One of several: `code` is sent, `label` is read, `lang` is the language that it is in, where that matters."""

FEW = 7
"""Up to how many are all shown at once; of more, one is chosen in a list that folds out."""


@dataclass(frozen=True)
class Choice(Field):
    """One of the values of an enum of the contract, called as a group of the words says."""

    codes: tuple[str, ...] = ()
    group: str = ""
    usual: str | None = None
    """Which one is chosen where nobody has chosen yet."""

    kind = "choice"

    def shown(self, filling: Filling, at: str, before: Any) -> Told:
        """Return the values by their names."""
        names = [{"code": code, "label": filling.words.named(self.group, code)} for code in self.codes]
        return {**super().shown(filling, at, before or self.usual), "choices": names, "few": len(names) <= FEW}

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return what was chosen; nothing, where something has to be, is wrong before the hub is asked."""
        return chosen_at(filling, at, optional=self.optional)

    def is_blank(self, filling: Filling, at: str) -> bool:
        """Return True: what was chosen alone means no row."""
        return True


@dataclass(frozen=True)
class Choices(Choice):
    """Any number of the values of an enum."""

    usually: tuple[str, ...] = ()

    kind = "choices"

    def shown(self, filling: Filling, at: str, before: Any) -> Told:
        """Return the values, and which are ticked."""
        chosen = filling.given.all(at) if filling.given is not None else (before or list(self.usually))
        return {**super().shown(filling, at, None), "ticked": chosen}

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return those that were ticked."""
        assert filling.given is not None  # noqa: S101 - only what was sent is read
        return [code for code in filling.given.all(at) if code in self.codes]


@dataclass(frozen=True)
class Picked(Field):
    """One of the things that are there, by its id."""

    of: Callable[[Read], Iterable[Option]] = lambda node: ()

    kind = "picked"

    def now(self, node: Read) -> Any:
        """Return the id of the thing that is chosen now."""
        if self.before is not None:
            return self.before(node)
        return (node.get(self.name.removesuffix("Id")) or {}).get("id")

    def shown(self, filling: Filling, at: str, before: Any) -> Told:
        """Return the things by their names."""
        choices = _with_present(list(self.of(filling.node)), [before] if before else [], filling)
        return {**super().shown(filling, at, before), "choices": choices, "few": 0 < len(choices) <= FEW}

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return the id of the thing that was chosen; none, where one has to be, is wrong before the hub is asked."""
        return chosen_at(filling, at, optional=self.optional)

    def is_blank(self, filling: Filling, at: str) -> bool:
        """Whether none was chosen."""
        return filling.words_at(at) is None


@dataclass(frozen=True)
class PickedSome(Picked):
    """Any number of the things that are there."""

    kind = "picked_some"

    def now(self, node: Read) -> Any:
        """Return the ids of those that are chosen now."""
        return self.before(node) if self.before is not None else []

    def shown(self, filling: Filling, at: str, before: Any) -> Told:
        """Return the things, and which are ticked."""
        return {
            **super().shown(filling, at, None),
            "choices": _with_present(list(self.of(filling.node)), before or [], filling),
            "ticked": filling.given.all(at) if filling.given is not None else (before or []),
        }

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return the ids of those that were ticked."""
        return filling.given.all(at) if filling.given is not None else []


def chosen_at(filling: Filling, at: str, *, optional: bool) -> str | None:
    """Return what was chosen in a field; that nothing was is a fault, unless it may be left out."""
    chosen = filling.words_at(at)
    if chosen is None and not optional:
        filling.wrong(at, "choice")
    return chosen


def _with_present(choices: list[Option], present: Iterable[str], filling: Filling) -> list[Option]:
    """Return the choices with what is chosen now: a list that ends before it would let a save take it away."""
    known = {choice["code"] for choice in choices}
    missing = [{"code": code, "label": filling.words.named("act", "as_it_is")} for code in present if code not in known]
    return [*choices, *missing]
