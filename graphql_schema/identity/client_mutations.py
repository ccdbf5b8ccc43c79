"""The acts on programs of organisations."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import strawberry

from graphql_schema.context import Info
from graphql_schema.identity.client_inputs import (
    ChangeClientInput,
    CreateClientInput,
    CreateClientTokenInput,
    EndClientInput,
    RevokeClientTokensInput,
)
from graphql_schema.identity.payloads import (
    ChangeClientPayload,
    CreateClientPayload,
    CreateClientTokenPayload,
    EndClientPayload,
    RevokeClientTokensPayload,
)
from graphql_schema.identity.scopes import read_scopes
from graphql_schema.ids import decode
from hub.errors import Problem
from hub.identity import enrolling, granting
from hub.identity.enrolling import ClientDraft

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on programs of organisations.")
class ClientMutations:
    """The acts on programs of organisations."""

    @strawberry.mutation(description="Register a program of an organisation in whose name the viewer may answer.")
    async def create_client(
        self,
        info: Info,
        input: Annotated[CreateClientInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CreateClientPayload:
        """Register a program of an organisation."""
        async with info.context.change(input) as change:
            scopes, unknown = read_scopes(input.scopes)
            draft = ClientDraft(
                name=input.name,
                purpose=input.purpose,
                contact=input.contact,
                redirect_uris=tuple(input.redirect_uris),
                scopes=frozenset(scopes),
                expires_at=input.expires_at,
            )
            owner = decode(input.organization_id, "Organization", path=("organizationId",))
            await enrolling.register_client(change, draft, organization_id=owner, faults=unknown)
        return CreateClientPayload.of(change)

    @strawberry.mutation(description="Change what is kept about a program; its tokens follow at once.")
    async def change_client(
        self,
        info: Info,
        input: Annotated[ChangeClientInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ChangeClientPayload:
        """Change what is kept about a program."""
        async with info.context.change(input) as change:
            given, faults = _changes(input)
            await enrolling.change_client(change, _identified(input.client_id), given, faults=faults)
        return ChangeClientPayload.of(change)

    @strawberry.mutation(description="End a program for good, with all its tokens.")
    async def end_client(
        self,
        info: Info,
        input: Annotated[EndClientInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EndClientPayload:
        """End a program for good, with all its tokens."""
        async with info.context.change(input) as change:
            await enrolling.end_client(change, _identified(input.client_id), reason=input.reason)
        return EndClientPayload.of(change)

    @strawberry.mutation(description="Make a token for a program, which is told once.")
    async def create_client_token(
        self,
        info: Info,
        input: Annotated[CreateClientTokenInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CreateClientTokenPayload:
        """Make a token for a program."""
        async with info.context.change(input) as change:
            scopes, unknown = read_scopes(input.scopes)
            await granting.create_client_token(
                change,
                _identified(input.client_id),
                name=input.name,
                scopes=scopes,
                life=input.expires_at - change.at,
                faults=unknown,
            )
        return CreateClientTokenPayload.of(change)

    @strawberry.mutation(description="Revoke every token of a program at once; it can get new ones.")
    async def revoke_client_tokens(
        self,
        info: Info,
        input: Annotated[RevokeClientTokensInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RevokeClientTokensPayload:
        """Revoke every token of a program at once."""
        async with info.context.change(input) as change:
            await granting.revoke_client_tokens(change, _identified(input.client_id))
        return RevokeClientTokensPayload.of(change)


def _changes(given: ChangeClientInput) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return what was given, and what is wrong where something must have a value and got none."""
    named = {name: getattr(given, name) for name in ("name", "purpose", "contact", "redirect_uris", "expires_at")}
    found = {name: value for name, value in named.items() if value is not strawberry.UNSET}
    for name, empty in (("name", ""), ("purpose", ""), ("redirect_uris", ())):
        if name in found and found[name] is None:
            found[name] = empty
    if "redirect_uris" in found:
        found["redirect_uris"] = tuple(found["redirect_uris"])
    if given.scopes is strawberry.UNSET:
        return found, ()
    scopes, unknown = read_scopes(given.scopes or [])
    return {**found, "scopes": frozenset(scopes)}, unknown


def _identified(given: str) -> UUID:
    return decode(given, "Client", path=("clientId",))
