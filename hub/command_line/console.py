"""What every command needs: words for the operator, and a database to work on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import typer

import hub.models  # noqa: F401 - the tables know each other only once all of them are there
from hub.changes.change import Changes
from hub.database.engine import write_engine
from hub.database.revisions import require_current
from hub.database.server import database_at
from hub.keys import load
from hub.settings import Settings

T = TypeVar("T")


def say(words: str) -> None:
    """Tell the operator something."""
    typer.echo(words, err=True)


@contextmanager
def changes_on(url: str, settings: Settings) -> Iterator[Callable[[Callable[[Changes], Awaitable[T]]], T]]:
    """Give a way to run one activity on the database: its schema is checked, its engine is patient and closed."""

    async def run(act: Callable[[Changes], Awaitable[T]]) -> T:
        await require_current(url)
        engine = write_engine(url, size=3, patient=True)
        try:
            return await act(Changes(engine, load(settings.keys_file, make=True)))
        finally:
            await engine.dispose()

    yield lambda act: asyncio.run(run(act))


def on_database(act: Callable[[Changes], Awaitable[T]]) -> T:
    """Run one activity on the database of this installation."""
    settings = Settings()
    with database_at(settings, owner=False, say=say) as url, changes_on(url, settings) as run:
        return run(act)
