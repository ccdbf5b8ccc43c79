"""Life cycles are data: each state machine is a table of lawful moves, and a state changes only by one of them.

The same table is loaded into the database (`lawful_move`). There, the event of a change carries the move as a
foreign key, and a deferred trigger refuses any commit that changed a state without its event, whatever wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hub.errors import Verdict

BORN = ""
"""The state of what does not exist yet: the move out of it is the creation."""


@dataclass(frozen=True)
class Move:
    """One lawful move: in state `source`, the event `event` leads to `target`."""

    source: str
    event: str
    target: str


class Lifecycle:
    """The state machine of one type."""

    def __init__(self, machine: str, moves: Iterable[tuple[str, str, str]]) -> None:
        self.machine = machine
        self.moves = tuple(Move(*move) for move in moves)
        self._by_event = {(move.source, move.event): move for move in self.moves}
        if len(self._by_event) != len(self.moves):
            raise ValueError(f"The life cycle of {machine} is ambiguous: an event leads to two states.")

    def move(self, state: str, event: str) -> Move | None:
        """Return the move that this event makes from this state, or None if it may not happen."""
        return self._by_event.get((state, event))

    @property
    def states(self) -> tuple[str, ...]:
        """All states, in the order of the life."""
        return tuple(dict.fromkeys(move.target for move in self.moves))

    @property
    def events(self) -> tuple[str, ...]:
        """All events, in the order of the life."""
        return tuple(dict.fromkeys(move.event for move in self.moves))


@dataclass(frozen=True)
class Transition:
    """Something that may happen next, and whether this viewer may make it happen now."""

    event: str
    verdict: Verdict
