"""Looking after an installation: its schema, its backups, its keys, its log."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import orjson
import typer

from hub.command_line.console import say
from hub.command_line.erasing_again import erase_again, keep_list
from hub.database import backup as backups
from hub.database.engine import write_engine
from hub.database.revisions import require_current
from hub.database.server import database_at
from hub.keys import create
from hub.settings import Settings
from hub.viewer import SYSTEM

installing = typer.Typer()
keys = typer.Typer(help="The file of secret keys.")


@installing.command(name="migrate")
def migrate_command() -> None:
    """Bring the database to the schema of this release. Safe to run again."""
    from hub.database.migrating import migrate
    from hub.machines import MACHINES

    with database_at(Settings(), owner=False, say=say) as url:
        asyncio.run(migrate(url, MACHINES, say=typer.echo))


@installing.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
) -> None:
    """Write the database and the files into one file. Keys are kept apart and are not in it."""
    settings = Settings()
    with database_at(settings, owner=False, say=say) as url:
        backups.back_up(url, settings.data / "files", file, settings=settings, overwrite=overwrite, say=typer.echo)


@installing.command()
def restore(
    file: Annotated[Path, typer.Argument(help="The backup.")],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in place of what is there.")] = False,
) -> None:
    """Put a backup into an empty database. Keys are kept apart: put their file back as well, and the list of erasures.

    Whoever was erased since the backup was made is erased again.
    """
    settings = Settings()
    with database_at(settings, owner=False, say=say) as url:
        keep_list(url, settings)
        backups.restore(url, settings.data / "files", file, settings=settings, replace=replace, say=typer.echo)
        erase_again(url, settings)


@keys.command(name="create")
def keys_create() -> None:
    """Make the file of secret keys, if there is none."""
    settings = Settings()
    if settings.keys_file.exists():
        typer.echo(f"There is a key file already: {settings.keys_file}. Nothing was changed.")
        return
    create(settings.keys_file)
    typer.echo(f"Made {settings.keys_file}. Keep a copy apart from the backups: without it they cannot be used.")


@installing.command()
def schema() -> None:
    """Print the GraphQL contract of this release."""
    from graphql_schema.schema import printed

    sys.stdout.write(printed())


@installing.command(name="log")
def log_command(
    after: Annotated[int, typer.Option(min=0, help="Only what happened after this position.")] = 0,
    *,
    follow: Annotated[bool, typer.Option("--follow", help="Go on with what happens next, until interrupted.")] = False,
) -> None:
    """Print the event log in commit order, one JSON object a line. It holds ids, states and numbers, and no texts."""
    settings = Settings()
    with database_at(settings, owner=False, say=say) as url:
        try:
            asyncio.run(_print_log(url, after, follow=follow))
        except KeyboardInterrupt:
            return


async def _print_log(url: str, after: int, *, follow: bool) -> None:
    from hub.changes.feed import Feed

    await require_current(url)
    engine = write_engine(url, size=2)
    feed = Feed(engine, url)
    listening = asyncio.create_task(feed.listen())
    try:
        newest = await feed.newest()
        if newest <= after and not follow:
            return
        async for fact in feed.follow(after, viewer=SYSTEM):
            typer.echo(orjson.dumps(asdict(fact), default=str).decode())
            if fact.position >= newest and not follow:
                return
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await engine.dispose()
