"""What documents are attached to. Each concept says of its own things how they are found and who keeps their papers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from hub.bodies.models import Body
from hub.bodies.visibility import OFFICERS
from hub.changes.change import Change
from hub.errors import BadRequest
from hub.viewer import Role


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A thing of the register, or a part of one, and the body whose it is."""

    entry_id: UUID
    body_id: UUID | None
    part_id: UUID | None = None
    closed: bool = False
    """Whether it is a part that only those who sit in the body are shown."""


Find = Callable[[Change, UUID], Awaitable[Holder]]
"""Finds a thing that the viewer may see, locked against its going; NotFound where there is none."""


@dataclass(frozen=True)
class Holding:
    """How the things of a type hold documents."""

    find: Find
    roles: tuple[Role, ...]


holdings: dict[str, Holding] = {}
"""What holds documents, by the name of its type."""


def holds_documents(type_: str, *roles: Role) -> Callable[[Find], Find]:
    """Let the things of a type hold documents, which these roles of their body attach and withdraw."""

    def register(find: Find) -> Find:
        holdings[type_] = Holding(find, roles)
        return find

    return register


def holding_of(type_: str) -> Holding:
    """Return how a type holds documents; BadRequest where it holds none."""
    if type_ not in holdings:
        raise BadRequest("BAD_ID", path=("holderId",), type=" / ".join(sorted(holdings)))
    return holdings[type_]


@holds_documents("Body", *OFFICERS)
async def _body_as_holder(change: Change, id_: UUID) -> Holder:
    """A body holds its own papers."""
    body = await change.find(Body, id_)
    return Holder(entry_id=body.id, body_id=body.id)
