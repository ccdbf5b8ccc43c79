"""The event log, the lawful moves, the keys of idempotent requests, and the marks of tables."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Identity, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB

from hub.database.base import Base, Mapped, mapped_column


class LawfulMove(Base):
    """One row for each move of each state machine; filled from the machines when the schema is migrated."""

    __tablename__ = "lawful_move"

    machine: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    event: Mapped[str] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(primary_key=True)


class LoggedEvent(Base):
    """One committed fact. `position` is commit order; rows are only ever added (a trigger refuses the rest)."""

    __tablename__ = "event"

    position: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    at: Mapped[dt.datetime]
    type: Mapped[str]
    entity_id: Mapped[UUID]
    entry_id: Mapped[UUID | None]
    actor_account_id: Mapped[UUID | None]
    actor_client_id: Mapped[UUID | None]
    request_id: Mapped[str | None]
    machine: Mapped[str | None]
    source: Mapped[str | None]
    move: Mapped[str | None]
    target: Mapped[str | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    public: Mapped[bool]
    transaction: Mapped[int] = mapped_column(server_default=text("(pg_current_xact_id()::text::bigint)"))

    __table_args__ = (
        ForeignKeyConstraint(
            ["machine", "source", "move", "target"],
            ["lawful_move.machine", "lawful_move.source", "lawful_move.event", "lawful_move.target"],
        ),
        Index(None, "entity_id", "position"),
        Index("event_public_index", "position", postgresql_where=text("public")),
        # What somebody did, and what was done to their account, is looked for when they ask for all about them.
        Index(
            "event_actor_index", "actor_account_id", "position", postgresql_where=text("actor_account_id IS NOT NULL")
        ),
        Index(
            "event_account_index",
            text("(facts ->> 'account_id')"),
            "position",
            postgresql_where=text("(facts ->> 'account_id') IS NOT NULL"),
        ),
    )


class IdempotentRequest(Base):
    """A request that was made with a key. The principal is a keyed digest, so that the row joins nobody to anything."""

    __tablename__ = "idempotent_request"

    principal: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    operation: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    result: Mapped[dict[str, Any] | None]
    made_on: Mapped[dt.date]


class TableMark(Base):
    """A table that answers may be kept of: its mark is another one after each commit that wrote it, by whichever way.

    Triggers of the table itself see to that, so that nobody who writes can forget it.
    """

    __tablename__ = "table_mark"

    name: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[UUID] = mapped_column(server_default=text("gen_random_uuid()"))

    __table_args__ = ({"postgresql_with": {"fillfactor": 25}},)


class WriteUnderWay(Base):
    """A transaction that has written such a table: the row calls the marking at the commit, and goes with it."""

    __tablename__ = "write_under_way"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)

    __table_args__ = ({"prefixes": ["UNLOGGED"]},)
