"""The acts of signing in, and on tokens."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graphql_schema.context import Info
from graphql_schema.identity.inputs import (
    ConfirmSignInInput,
    CreateTokenInput,
    EndAllSignInsInput,
    EndSignInInput,
    ExchangeSignInInput,
    LinkIdentityInput,
    RequestSignInInput,
    RevokeTokenInput,
    UnlinkIdentityInput,
)
from graphql_schema.identity.payloads import (
    ConfirmSignInPayload,
    CreateTokenPayload,
    EndAllSignInsPayload,
    EndSignInPayload,
    ExchangeSignInPayload,
    LinkIdentityPayload,
    RequestSignInPayload,
    RevokeTokenPayload,
    UnlinkIdentityPayload,
)
from graphql_schema.identity.scopes import read_scopes
from graphql_schema.ids import decode
from hub.errors import Invalid, Problem
from hub.identity import confirming, ending, exchanging, granting, requesting
from hub.identity.requesting import Wish

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts of signing in, and on tokens.")
class IdentityMutations:
    """The acts of signing in, and on tokens."""

    @strawberry.mutation(description="Send a code to a mail address, to sign in with here.")
    async def request_sign_in(
        self,
        info: Info,
        input: Annotated[RequestSignInInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RequestSignInPayload:
        """Send a code to a mail address, to sign in with here."""
        context = info.context
        async with context.change_without_key() as change:
            wish = Wish(
                address=input.email,
                languages=context.asking.languages,
                network=context.network,
                most=context.codes,
            )
            await requesting.request_sign_in(change, wish)
        return RequestSignInPayload.of(change)

    @strawberry.mutation(description="Sign in with the code that came by mail; the first time, this makes an account.")
    async def confirm_sign_in(
        self,
        info: Info,
        input: Annotated[ConfirmSignInInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ConfirmSignInPayload:
        """Sign in with the code that came by mail."""
        async with info.context.change_without_key() as change:
            refusal = await confirming.confirm_sign_in(change, code=input.code, secret=input.secret)
        if refusal is not None:
            # Only now, so that the try that was counted stays counted.
            raise refusal
        return ConfirmSignInPayload.of(change)

    @strawberry.mutation(
        description="Sign in by what an identity provider has said; the first time, this makes an account."
    )
    async def exchange_sign_in(
        self,
        info: Info,
        input: Annotated[ExchangeSignInInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ExchangeSignInPayload:
        """Sign in by what an identity provider has said."""
        async with info.context.change_without_key() as change:
            await exchanging.exchange_sign_in(change, code=input.code, secret=input.secret)
        return ExchangeSignInPayload.of(change)

    @strawberry.mutation(description="Let an identity provider open one's account from now on.")
    async def link_identity(
        self,
        info: Info,
        input: Annotated[LinkIdentityInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> LinkIdentityPayload:
        """Let an identity provider open one's account from now on."""
        async with info.context.change(input) as change:
            await exchanging.link_identity(change, code=input.code, secret=input.secret)
        return LinkIdentityPayload.of(change)

    @strawberry.mutation(description="Let an identity provider open one's account no more, where there is another way.")
    async def unlink_identity(
        self,
        info: Info,
        input: Annotated[UnlinkIdentityInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> UnlinkIdentityPayload:
        """Let an identity provider open one's account no more."""
        async with info.context.change(input) as change:
            identity_id = decode(input.identity_id, "LinkedIdentity", path=("identityId",))
            await exchanging.unlink_identity(change, identity_id)
        return UnlinkIdentityPayload.of(change)

    @strawberry.mutation(description="End a sign-in of one's own, here or elsewhere.")
    async def end_sign_in(
        self,
        info: Info,
        input: Annotated[EndSignInInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EndSignInPayload:
        """End a sign-in of one's own."""
        async with info.context.change(input) as change:
            named = input.sign_in_id
            await ending.end_sign_in(change, decode(named, "SignIn", path=("signInId",)) if named else None)
        return EndSignInPayload.of(change)

    @strawberry.mutation(description="End every sign-in of one's own, or all but this one.")
    async def end_all_sign_ins(
        self,
        info: Info,
        input: Annotated[EndAllSignInsInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EndAllSignInsPayload:
        """End every sign-in of one's own."""
        async with info.context.change(input) as change:
            await ending.end_all_sign_ins(change, others_only=input.others_only)
        return EndAllSignInsPayload.of(change)

    @strawberry.mutation(description="Make a token for a program of one's own, which may do no more than it is given.")
    async def create_token(
        self,
        info: Info,
        input: Annotated[CreateTokenInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> CreateTokenPayload:
        """Make a token for a program of one's own."""
        async with info.context.change(input) as change:
            scopes, unknown = read_scopes(input.scopes)
            await granting.create_token(
                change,
                account_id=change.viewer.account_id,
                name=input.name,
                scopes=scopes,
                life=input.expires_at - change.at,
                faults=unknown,
            )
        return CreateTokenPayload.of(change)

    @strawberry.mutation(
        description="Revoke a token: one's own, one of a program that one looks after, or whichever one has found."
    )
    async def revoke_token(
        self,
        info: Info,
        input: Annotated[RevokeTokenInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RevokeTokenPayload:
        """Revoke a token."""
        async with info.context.change(input) as change:
            if (input.token_id is None) == (input.token is None):
                raise Invalid([Problem("ONE_TOKEN", ("tokenId",))])
            if input.token is not None:
                await ending.end_shown(change, input.token, network=info.context.network)
            elif input.token_id is not None:
                await granting.revoke_own_token(change, decode(input.token_id, "Token", path=("tokenId",)))
        # Of a token that was shown nothing is told: not even whether it was one.
        return RevokeTokenPayload.telling() if input.token is not None else RevokeTokenPayload.of(change)
