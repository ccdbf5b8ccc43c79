"""The migrations make the tables that the models say, to the width of a number."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from hub.database.base import Base
from hub.database.engine import write_engine
from tests.conftest import fresh_database


def differences(connection: Connection) -> list[Any]:
    """Return what would have to be done to the tables so that they are as the models say."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Base.metadata))


async def test_the_migrations_make_what_the_models_say(template: str) -> None:
    async with fresh_database(template) as url:
        engine = write_engine(url, size=1)
        try:
            async with engine.connect() as connection:
                assert await connection.run_sync(differences) == []
        finally:
            await engine.dispose()
