"""The field of an act in which a file is chosen. The hub has the file before the act is sent, which names it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from frontend_stub.acting.fields import Field, Told
from frontend_stub.acting.filling import Filling
from frontend_stub.handing_in import kept_in


@dataclass(frozen=True)
class File(Field):
    """A file; one that was handed in with a form that has to be sent again need not be chosen again."""

    asked: Callable[[Filling], Told] = lambda filling: {}
    """What the hub wants to know of it besides its name and its size, such as what it is for."""

    kind = "file"

    def shown(self, filling: Filling, at: str, before: Any) -> Told:
        """Return it with the file that the form already has; one that something is wrong with is not kept."""
        wrong = any(fault["field"] == at for fault in filling.faults)
        kept = None if wrong or filling.given is None else kept_in(filling.given, at)
        return {**super().shown(filling, at, None), "kept": kept}

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return the words by which the hub knows the file."""
        assert filling.given is not None  # noqa: S101 - only what was sent is read
        kept = kept_in(filling.given, at)
        if kept is None and not any(fault["field"] == at for fault in filling.faults):
            filling.wrong(at, "file")
        return kept and kept.upload
