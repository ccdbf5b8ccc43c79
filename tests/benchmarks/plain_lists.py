"""The lists of the plain peer that all bodies share: their sessions, and the board of what is due."""

from __future__ import annotations

import enum

import strawberry
from sqlalchemy import func, select

from hub.mandates import models as duties
from hub.mandates.models import MandateState
from hub.sessions import models as sittings
from hub.sessions.models import SessionState
from tests.benchmarks.plain_commission import Mandate, MandateConnection, Session, SessionConnection
from tests.benchmarks.plain_types import Info, loaders_of


@strawberry.input
class SessionFilter:
    state: list[SessionState] | None = None


@strawberry.input
class MandateFilter:
    state: list[MandateState] | None = None


@strawberry.enum
class MandateOrder(enum.Enum):
    DUE_ASC = "due_asc"


async def newest_sessions(info: Info, first: int, wanted: SessionFilter | None) -> SessionConnection:
    """Return the newest sessions."""
    loaders, table = loaders_of(info), sittings.Session
    statement = select(table).where(loaders.visible(table)).order_by(table.starts_at.desc(), table.id.desc())
    if wanted is not None and wanted.state is not None:
        statement = statement.where(table.state.in_(wanted.state))
    return SessionConnection(nodes=[Session.of(row) for row in await loaders.all(statement.limit(first))])


async def board(
    info: Info, first: int, wanted: MandateFilter | None, order_by: MandateOrder | None
) -> MandateConnection:
    """Return mandates, the newest or those that are due soonest."""
    loaders, table = loaders_of(info), duties.Mandate
    statement = select(table).where(loaders.visible(table))
    if wanted is not None and wanted.state is not None:
        statement = statement.where(table.state.in_(wanted.state))
    soonest = order_by is MandateOrder.DUE_ASC
    order = (func.coalesce(table.due_on, duties.NEVER), table.id) if soonest else (table.created_at.desc(),)
    rows = await loaders.all(statement.order_by(*order).limit(first))
    return MandateConnection(nodes=[Mandate.of(row) for row in rows])
