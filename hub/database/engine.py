"""The engine of writing. Reading has its own connections (`hub/reading/connections.py`)."""

from __future__ import annotations

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from hub.errors import SetupError

# A write that waits is undone by the database and said so, instead of holding a connection without end.
WRITE_SETTINGS = {
    "timezone": "UTC",
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "10s",
    "client_connection_check_interval": "500ms",
    "jit": "off",
    "application_name": "hub write",
}


def sqlalchemy_url(url: str) -> URL:
    """Return the address in the form that SQLAlchemy wants: the same, spoken by asyncpg."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        address = None
    if address is None or address.get_backend_name() not in {"postgresql", "postgres"}:
        # It is not repeated here: it may hold a password.
        raise SetupError(
            "HUB_DATABASE_URL is not the address of a PostgreSQL database: write it like postgresql://user@host/name."
        )
    return address.set(drivername="postgresql+asyncpg")


def write_engine(url: str, *, size: int, patient: bool = False) -> AsyncEngine:
    """Make the engine of writing; a patient one (imports, migrations) has no statement and lock time-outs."""
    limits = {"statement_timeout": "0", "lock_timeout": "60s", "idle_in_transaction_session_timeout": "0"}
    return create_async_engine(
        sqlalchemy_url(url),
        pool_size=size,
        max_overflow=0,
        pool_timeout=30,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        # What people wrote must not stand in an error, which may be logged.
        hide_parameters=True,
        connect_args={"server_settings": {**WRITE_SETTINGS, **(limits if patient else {})}},
    )
