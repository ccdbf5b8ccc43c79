"""Tokens and roles: how persons and programs come to act."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

import typer

from hub.changes.change import Changes
from hub.command_line.console import on_database, say
from hub.errors import SetupError
from hub.viewer import OF_A_PERSON, SYSTEM, Role, Scope

tokens = typer.Typer(help="Tokens: how persons and programs act.")
roles = typer.Typer(help="Roles: what a person may do in a body.")

ALL_SCOPES = ", ".join(scope.value for scope in Scope)


@tokens.command(name="create")
def token_create(
    person: Annotated[str | None, typer.Option(help="A new person's name, or an account's id.")] = None,
    client: Annotated[str | None, typer.Option(help="A new program's name, or a client's id.")] = None,
    purpose: Annotated[str, typer.Option(help="What a program is for.")] = "",
    contact: Annotated[str | None, typer.Option(help="A mail address for letters about a new program.")] = None,
    scope: Annotated[list[Scope] | None, typer.Option(help=f"What the token may be used for: {ALL_SCOPES}.")] = None,
    days: Annotated[int, typer.Option(min=1, max=365, help="How long it is good for.")] = 90,
) -> None:
    """Make a token of a person or of a program. It is printed once and kept nowhere."""
    from hub.identity import creating, enrolling, granting

    if (person is None) == (client is None):
        raise SetupError("A token belongs to a person or to a program: give either --person or --client.")
    scopes = scope or (sorted(OF_A_PERSON) if person else [Scope.PUBLIC_READ])
    life = dt.timedelta(days=days)

    async def act(changes: Changes) -> tuple[UUID, str]:
        async with changes.begin(SYSTEM) as change:
            if person is not None:
                known = _identifier(person)
                account = known or (await creating.create_account(change, creating.PersonDraft(display_name=person))).id
                _, secret = await granting.create_token(
                    change, account_id=account, name=person, scopes=scopes, life=life
                )
                return account, secret
            known = _identifier(client or "")
            draft = enrolling.ClientDraft(
                name=client or "", purpose=purpose or "-", contact=contact, scopes=frozenset(scopes)
            )
            program = known or (await enrolling.register_client(change, draft, organization_id=None)).id
            _, secret = await granting.create_token(
                change, client_id=program, name=client or "", scopes=scopes, life=life
            )
            return program, secret

    bearer, secret = on_database(act)
    say(f"{'Account' if person else 'Client'} {bearer}; the token is good for {days} days and is shown only now:")
    typer.echo(secret)


def _identifier(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None


@tokens.command(name="revoke")
def token_revoke(token: Annotated[str, typer.Argument(help="The token.")]) -> None:
    """End a token. It is refused everywhere within two seconds."""
    from hub.identity import granting

    async def act(changes: Changes) -> None:
        async with changes.begin(SYSTEM) as change:
            await granting.revoke_token(change, await granting.token_id(change, token))

    on_database(act)
    typer.echo("The token is revoked.")


@roles.command(name="grant")
def role_grant(
    account: Annotated[UUID, typer.Argument(help="The account's id, as `hub token create` prints it.")],
    role: Annotated[Role, typer.Argument(help="The role.")],
    body: Annotated[str | None, typer.Option(help="The body's acronym; none for an administrator.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why, kept with the grant.")] = None,
) -> None:
    """Give a person a role: in a body, or, to begin with, that of an administrator."""
    from hub.bodies.finding import body_of_acronym
    from hub.identity import appointing

    async def act(changes: Changes) -> None:
        async with changes.begin(SYSTEM) as change:
            body_id = None if body is None else await body_of_acronym(change, body)
            await appointing.grant_role(change, account_id=account, role=role, body_id=body_id, reason=reason)

    on_database(act)
    typer.echo(f"{account} is {role.value} of {body or 'the platform'}.")


@roles.command(name="end")
def role_end(
    grant: Annotated[str, typer.Argument(help="The grant's id, as `roleGrants` answers it.")],
    reason: Annotated[str, typer.Option(help="Why, kept with the grant.")],
) -> None:
    """End a role. It holds nowhere any more within two seconds; the last administrator stays."""
    from hub.identity import appointing

    found = _identifier(grant.rpartition("_")[2])
    if found is None:
        raise SetupError(f"{grant} is no id: copy it whole, as the API gives it.")

    async def act(changes: Changes) -> None:
        async with changes.begin(SYSTEM) as change:
            await appointing.end_role(change, found, reason=reason)

    on_database(act)
    typer.echo("The role has ended.")
