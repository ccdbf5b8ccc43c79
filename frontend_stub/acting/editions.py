"""Which edition of a thing a form was shown with, so that nobody undoes what they have not read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from frontend_stub.acting.fields import Shown, Told
from frontend_stub.acting.filling import Filling, Read

OVERTAKEN = ("DRAFT_CHANGED", "MINUTES_CHANGED_MEANWHILE")
"""The codes by which the hub says that somebody else has written in the meantime."""


@dataclass(frozen=True)
class Kept(Shown):
    """What is sent as the form was shown with it, and what nobody needs to see."""

    kind = "kept"

    def shown(self, filling: Filling, at: str, before: Any) -> Told:
        """Return what stands in the form; once somebody else was faster, what there is now."""
        newest = filling.overtaken or filling.given is None
        return {"kind": self.kind, "at": at, "value": str(before) if newest else filling.written(at)}


WRITTEN_AT = Kept("basedOn", before=lambda node: node["updatedAt"])
"""When what is in the register was written."""
EDITION = Kept("basedOn", number=True, before=lambda node: node["edition"])
"""How often a part of something was written."""


def is_overtaken(errors: Iterable[Read]) -> bool:
    """Whether nothing was written because somebody else has written in the meantime."""
    return any(error["code"] in OVERTAKEN for error in errors)
