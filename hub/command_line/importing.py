"""Bringing in records from elsewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from hub.changes.change import Changes
from hub.command_line.console import on_database, say

importing = typer.Typer(help="Bring in records from elsewhere. Safe to run again: a second run changes nothing.")

Directory = Annotated[Path, typer.Argument(help="The directory with the source's files.")]


def _import(act: Callable[[Changes, Any], Awaitable[Any]]) -> None:
    from hub.command_line.progress import Bar

    with Bar() as bar:
        summary = on_database(lambda changes: act(changes, bar))
    for row in summary.bad_rows:
        say(str(row))
    for line in summary.lines():
        typer.echo(line)


@importing.command(name="territories")
def import_territories(directory: Directory) -> None:
    """INEGI's states and municipalities: entidades.csv, municipios.csv, municipios_censo2020.json."""
    from hub.importing.territories import import_territories as act

    _import(lambda changes, bar: act(changes, directory, progress=bar))


@importing.command(name="organizations")
def import_organizations(directory: Directory) -> None:
    """The guarantor bodies of the states: organos_garantes.json. Import the territories first."""
    from hub.importing.organizations import import_organizations as act

    _import(lambda changes, bar: act(changes, directory, progress=bar))


@importing.command(name="ogp")
def import_ogp(directory: Directory) -> None:
    """The Open Government Partnership's working groups, countries and leading institutions: its two tables."""
    from hub.importing.ogp import import_ogp as act

    _import(lambda changes, bar: act(changes, directory, progress=bar))


@importing.command(name="study")
def import_study(directory: Directory) -> None:
    """The study of access to information of 2015: the five tables that the state commissions sent back."""
    from hub.files.store import Store
    from hub.importing.study import import_study as act
    from hub.settings import Settings

    _import(lambda changes, bar: act(changes, directory, Store(Settings().data), progress=bar))


@importing.command(name="polis")
def import_polis(
    directory: Directory,
    publisher: Annotated[
        str | None,
        typer.Option(help="An organisation that is there already: its acronym, folio or source key."),
    ] = None,
    language: Annotated[str | None, typer.Option(help="The language of the statements, such as `es`.")] = None,
) -> None:
    """A Polis conversation with every vote: comments.csv, votes.csv, participants-votes.csv, summary.csv."""
    from hub.importing.polis import import_polis as act

    _import(lambda changes, bar: act(changes, directory, publisher=publisher, language=language, progress=bar))
