"""The allowance of whoever asks."""

from __future__ import annotations

import datetime as dt

import strawberry


@strawberry.type(description="What this operation costs, and how the one who asks stands after it.")
class RateLimit:
    """What this operation costs, and how the one who asks stands after it."""

    limit: int | None = strawberry.field(description="How many points may be spent at once; null for no limit.")
    cost: int = strawberry.field(description="How many points this operation costs.")
    remaining: int | None = strawberry.field(description="How many points are left; null for no limit.")
    used: int | None = strawberry.field(description="How many points have not come back; null for no limit.")
    reset_at: dt.datetime | None = strawberry.field(
        description="When all points will have come back; null for no limit."
    )
    node_count: int = strawberry.field(description="How many nodes this operation may read at most.")
