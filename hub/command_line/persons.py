"""Persons: answering whoever asks by letter or in person for their data, or to be erased (the rights called ARCO)."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import IO, Annotated
from uuid import UUID

import typer

from hub.changes.change import Changes
from hub.command_line.console import on_database
from hub.errors import SetupError
from hub.personal_data.models import Contributions
from hub.settings import Settings
from hub.viewer import SYSTEM

persons = typer.Typer(help="Persons: their data, told and erased.")

AccountId = Annotated[UUID, typer.Argument(help="The account's id, as `hub person find` prints it.")]


class Language(StrEnum):
    """A language that the hub speaks."""

    ES = "es"
    EN = "en"


@persons.command(name="find")
def person_find(
    *,
    stdin: Annotated[
        bool, typer.Option("--stdin", help="Read the address from the standard input, for scripts.")
    ] = False,
) -> None:
    """Print the id of the account that a mail address opens. Asks for the address, which stays in no history."""
    from hub.personal_data.finding import account_of_address

    address = sys.stdin.readline() if stdin else typer.prompt("Mail address", err=True)

    async def act(changes: Changes) -> UUID:
        async with changes.begin(SYSTEM) as change:
            return await account_of_address(change, address.strip())

    typer.echo(on_database(act))


@persons.command(name="export")
def person_export(
    account: AccountId,
    file: Annotated[Path, typer.Argument(help="The ZIP file to write.")],
    language: Annotated[Language | None, typer.Option(help="The language of the page in it; the person's own.")] = None,
) -> None:
    """Write everything that is kept about somebody into a ZIP, which only you can read; the log says that you did."""
    from hub.files.store import Store
    from hub.personal_data.copying import copy_for
    from hub.personal_data.printing import printed

    if file.exists():
        raise SetupError(f"{file} exists already: name another file, or remove it first.")

    async def act(changes: Changes) -> None:
        async with changes.begin(SYSTEM) as change:
            fetched = await copy_for(change, account, language=language)
            with printed(fetched.copy, language=fetched.language, store=Store(Settings().data)) as content:
                _write(file, content)

    on_database(act)
    typer.echo(f"All about {account} is in {file}. Hand it over in person, or encrypted, and remove it.")


def _write(file: Path, content: IO[bytes]) -> None:
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            shutil.copyfileobj(content, out)
    except OSError as error:
        raise SetupError(f"{file} cannot be written ({error.strerror}); nothing was told.") from None


@persons.command(name="erase")
def person_erase(
    account: AccountId,
    contributions: Annotated[
        Contributions, typer.Option(help="What becomes of what they said in consultations.")
    ] = Contributions.KEPT_WITHOUT_NAME,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
) -> None:
    """Erase somebody for good, as they asked for. What stays, and why, is printed; a letter tells them."""
    from hub.personal_data.erasing import erase_person
    from hub.personal_data.forgetting import BELIEVED_NO_MORE, forget_all
    from hub.personal_data.reading import kept_in
    from hub.personal_data.remembering import remember

    if not yes:
        typer.confirm(f"Erase {account} for good?", abort=True, err=True)
    settings = Settings()

    async def act(changes: Changes) -> None:
        async with changes.begin(SYSTEM) as change:
            await erase_person(change, account, contributions=contributions)
        # A process that serves may believe a token of theirs for a moment.
        await asyncio.sleep(BELIEVED_NO_MORE)
        await forget_all(changes, {account})
        await remember(changes, settings.erasures_file)

    on_database(act)
    typer.echo(f"{account} is erased.")
    for reason in kept_in(["en"]):
        typer.echo(f"- {reason}")
    typer.echo(f"Keep a copy of {settings.erasures_file} apart from the backups, with the key file.")
