"""Vouching for people: that one speaks for an organisation, and that an account belongs to one natural person."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from hub.changes.change import Changes
from hub.command_line.console import on_database
from hub.errors import SetupError
from hub.viewer import SYSTEM

representations = typer.Typer(help="Representations: who speaks for an organisation.")


@representations.callback()
def _group() -> None:
    """Representations: who speaks for an organisation."""


@representations.command(name="grant")
def representation_grant(
    representation: Annotated[str, typer.Argument(help="Its id, as `askRepresentation` answers it.")],
) -> None:
    """Let somebody who asked for it speak for an organisation. Where a body has officers, they do this."""
    from hub.people import representing

    found = _identifier(representation)

    async def act(changes: Changes) -> None:
        async with changes.begin(SYSTEM) as change:
            await representing.grant(change, found)

    on_database(act)
    typer.echo("The representation is granted.")


def _identifier(given: str) -> UUID:
    """Return the identifier that somebody copied, with the name of its type before it or without."""
    try:
        return UUID(given.rpartition("_")[2])
    except ValueError:
        raise SetupError(f"{given} is no id: copy it whole, as the API or the log gives it.") from None
