"""Giving out what everybody may read, as files."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from hub.command_line.console import say
from hub.database.server import database_at
from hub.settings import Settings

exporting = typer.Typer()


@exporting.command(name="export")
def export(
    consultation: Annotated[str, typer.Argument(help="The id of a public consultation, or its folio.")],
    directory: Annotated[Path, typer.Argument(help="The directory to write; it is made.")],
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an export that is there.")] = False,
) -> None:
    """Write what everybody may read of a consultation as CSV files, with a dictionary of their columns."""
    settings = Settings()
    with database_at(settings, owner=False, say=say) as url:
        lines = asyncio.run(_export(settings, url, consultation, directory, overwrite=overwrite))
    for name, count in lines.items():
        typer.echo(f"{name:15} {count}")
    typer.echo(f"Written to {directory}.")


async def _export(
    settings: Settings, url: str, consultation: str, directory: Path, *, overwrite: bool
) -> dict[str, int]:
    from hub import clock
    from hub.app import opened
    from hub.command_line.progress import Bar
    from hub.database.revisions import require_current
    from hub.exporting.asking import Visitor
    from hub.exporting.consultations import export_consultation

    await require_current(url)
    async with opened(settings, url) as hub:
        visitor = Visitor(hub.executor, hub.changes, at=clock.now())
        with Bar() as bar:
            return await export_consultation(visitor, consultation, directory, overwrite=overwrite, progress=bar)
