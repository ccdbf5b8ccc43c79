"""Letters: what waits in the outbox, sent by hand."""

from __future__ import annotations

import typer

from hub.changes.change import Changes
from hub.command_line.console import on_database
from hub.settings import Settings

letters = typer.Typer(help="Letters: what the hub owes to people by mail.")


@letters.callback()
def _letters() -> None:
    """Letters: what the hub owes to people by mail."""


@letters.command(name="send")
def letters_send() -> None:
    """Send every letter that is due, once. A hub that serves does this by itself."""
    from hub.mail.carrying import carrier_of
    from hub.mail.composing import Letterhead
    from hub.mail.sending import send_due

    settings = Settings()

    async def act(changes: Changes) -> int:
        return await send_due(changes, carrier_of(settings), head=Letterhead.of(settings))

    typer.echo(f"Letters tried: {on_database(act)}.")
