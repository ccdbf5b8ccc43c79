"""What was spent of allowances lately. Losing it in a crash costs nothing but a few points."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import LargeBinary

from hub.database.base import Base, Mapped, mapped_column


class Allowance(Base):
    """A caller who has spent points. The principal is a keyed digest; a network's is another one on each day."""

    __tablename__ = "allowance"

    principal: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    spent_at: Mapped[dt.datetime]
    full_at: Mapped[dt.datetime]
    """When everything that was spent will have come back: an allowance of which nothing is owed needs no row."""

    __table_args__ = ({"prefixes": ["UNLOGGED"]},)
