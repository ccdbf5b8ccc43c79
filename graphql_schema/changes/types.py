"""The change feed in the schema."""

from __future__ import annotations

import datetime as dt
import enum

import strawberry

from graphql_schema.scalars import BigInt
from graphql_schema.traits import PublicRecord


@strawberry.enum(description="The order of the change feed.")
class ChangeOrder(enum.Enum):
    """The order of the change feed."""

    POSITION_ASC = strawberry.enum_value("position_asc", description="As it happened.")
    POSITION_DESC = strawberry.enum_value("position_desc", description="The latest first.")


@strawberry.type(description="Something that happened and that everybody may know of.")
class Change:
    """A public event."""

    position: BigInt = strawberry.field(description="Its place in the log: commit order, with gaps.")
    at: dt.datetime = strawberry.field(description="When it happened.")
    type: str = strawberry.field(description="What happened, for example `ConsultationScheduled`.")
    record: PublicRecord | None = strawberry.field(description="The public thing that it happened to.")


@strawberry.input(description="Which changes a list holds.")
class ChangeFilter:
    """Which changes a list holds."""

    types: list[str] | None = strawberry.field(default=None, description="Only events of these types.")
