"""Payloads: what a mutation answers. Its objects are read after the commit, so it is what everybody else will see."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Self

import strawberry

from graphql_schema.errors import UserError
from graphql_schema.scalars import BigInt
from hub.changes.change import Change

KEY = "Names the request: the same key with the same input has one effect and one answer, for seven days."
"""What every input says of its idempotency key."""

BASED_ON = "`updatedAt` of what was read; where somebody has written it since, nothing is written."
"""What an input says by which something in the register is written anew."""

BASED_ON_EDITION = "`edition` of what was read; where somebody has written it since, nothing is written."
"""What an input says by which a part of something is written anew."""


@dataclasses.dataclass(frozen=True)
class Written:
    """What a mutation did: the names of what its payload reads back, and its last place in the log."""

    results: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    event: int | None = None
    errors: tuple[UserError, ...] = ()
    told: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """What the payload says by itself, without reading it back: what is told once and kept nowhere."""


@strawberry.type(description="What every mutation answers.")
class Payload:
    """What every mutation answers."""

    errors: list[UserError] = strawberry.field(
        description="All that was wrong; where there is something, nothing was done."
    )
    event: BigInt | None = strawberry.field(
        description="The position in the change log from which the effect can be seen; null where nothing was done."
    )

    @classmethod
    def of(cls, change: Change) -> Self:
        """Say what this change did. The planner reads the objects back."""
        return Written(dict(change.results), change.position, told=dict(change.secrets))  # type: ignore[return-value]

    @classmethod
    def telling(cls, **told: Any) -> Self:
        """Answer by these values alone, where nothing was changed."""
        return Written(told=told)  # type: ignore[return-value]
