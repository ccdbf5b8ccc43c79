"""Vouching for people: that one speaks for an organisation, and that an account belongs to one natural person."""

from __future__ import annotations

import sys
from typing import Annotated
from uuid import UUID

import typer

from hub.changes.change import Changes
from hub.command_line.console import on_database
from hub.errors import SetupError
from hub.viewer import SYSTEM

representations = typer.Typer(help="Representations: who speaks for an organisation.")
verifications = typer.Typer(help="Verifications: that an account belongs to one natural person.")

AccountId = Annotated[UUID, typer.Argument(help="The account's id, as `hub token create` prints it.")]


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


@verifications.command(name="grant")
def verification_grant(
    account: AccountId,
    days: Annotated[int, typer.Option(help="For how many days it is believed.")] = 365,
    *,
    stdin: Annotated[bool, typer.Option("--stdin", help="Read the CURP from the standard input, for scripts.")] = False,
) -> None:
    """Note that a person showed who they are. Asks for the CURP, which is kept nowhere."""
    from hub.identity import verifying
    from hub.identity.models import VerificationMethod

    # Not an argument: that would stay in the history of the shell and show in the list of processes.
    document = sys.stdin.readline() if stdin else typer.prompt("CURP", hide_input=True, err=True)

    async def act(changes: Changes) -> str:
        async with changes.begin(SYSTEM) as change:
            claim = await verifying.grant_verification(
                change, account, method=VerificationMethod.IN_PERSON, document=document, days=days
            )
        return f"{claim.expires_at:%Y-%m-%d}"

    typer.echo(f"{account} is verified until {on_database(act)}.")


@verifications.command(name="revoke")
def verification_revoke(account: AccountId) -> None:
    """Believe no more that an account belongs to the person who was verified. Holds everywhere within two seconds."""
    from hub.identity import verifying

    async def act(changes: Changes) -> None:
        async with changes.begin(SYSTEM) as change:
            await verifying.revoke_verification(change, account)

    on_database(act)
    typer.echo(f"{account} is not verified any more.")
