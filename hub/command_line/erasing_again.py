"""After a restore: whoever was erased since the backup was made is erased again, before anybody is served."""

from __future__ import annotations

import typer

from hub.changes.change import Changes
from hub.command_line.console import changes_on
from hub.database.address import ask
from hub.errors import SetupError
from hub.keys import load
from hub.settings import Settings

THERE = "SELECT to_regclass('public.erasure') IS NOT NULL AS found"
ERASURES = "SELECT digest, contributions, erased_on FROM erasure"


def keep_list(url: str, settings: Settings) -> None:
    """Write down who was erased according to the database that is about to be replaced, where there is one."""
    from hub.personal_data.models import Contributions
    from hub.personal_data.remembering import Entry, read_list, write_list

    if not settings.keys_file.exists() or not ask(url, THERE)[0]["found"]:
        return
    keys = load(settings.keys_file, make=False)
    known = {entry.digest: entry for entry in read_list(settings.erasures_file, keys)}
    for digest, contributions, on in ask(url, ERASURES):
        known.setdefault(digest, Entry(digest, Contributions(contributions), on))
    if known:
        write_list(settings.erasures_file, known.values(), keys)


def erase_again(url: str, settings: Settings) -> None:
    """Erase whoever is on the list and in the database all the same."""
    from hub.personal_data.forgetting import forget_all
    from hub.personal_data.remembering import remember

    if not settings.erasures_file.exists():
        typer.echo(
            f"There is no list of erasures at {settings.erasures_file}. If anybody was erased since the backup, put it "
            "there: whoever is on it is erased again as soon as the hub serves."
        )
        return

    async def act(changes: Changes) -> int:
        await remember(changes, settings.erasures_file)
        return await forget_all(changes)

    try:
        # Keys that are made now would know nobody again.
        load(settings.keys_file, make=False)
        with changes_on(url, settings) as run:
            again = run(act)
    except SetupError as error:
        # An older schema, or a key file that is still to be put back.
        typer.echo(f"Nobody was erased again so far: {error} It is done as soon as the hub serves.")
        return
    typer.echo(f"Erased again, since the backup was older than their erasure: {again}.")
