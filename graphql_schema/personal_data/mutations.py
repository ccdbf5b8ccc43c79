"""The acts on everything about oneself, each of whoever has just shown who they are."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graphql_schema.context import Info
from graphql_schema.personal_data.inputs import (
    ConfirmReauthenticationInput,
    EraseMeInput,
    RequestPersonalDataInput,
    RequestReauthenticationInput,
)
from graphql_schema.personal_data.payloads import (
    ConfirmReauthenticationPayload,
    EraseMePayload,
    RequestPersonalDataPayload,
    RequestReauthenticationPayload,
)
from hub.identity import reauthenticating
from hub.personal_data import erasing, requesting
from hub.personal_data.reading import kept_in

INPUT = strawberry.argument(description="What the act needs to know.")


@strawberry.type(description="The acts on everything about oneself.")
class PersonalDataMutations:
    """The acts on everything about oneself."""

    @strawberry.mutation(description="Send a code to the viewer's own address, to show again who they are.")
    async def request_reauthentication(
        self,
        info: Info,
        input: Annotated[RequestReauthenticationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RequestReauthenticationPayload:
        """Send a code to the viewer's own address."""
        context = info.context
        async with context.change(input) as change:
            await reauthenticating.request_reauthentication(
                change, languages=context.asking.languages, network=context.network, most=context.codes
            )
        return RequestReauthenticationPayload.of(change)

    @strawberry.mutation(description="Show again who one is, by the code that came by mail; it counts for ten minutes.")
    async def confirm_reauthentication(
        self,
        info: Info,
        input: Annotated[ConfirmReauthenticationInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> ConfirmReauthenticationPayload:
        """Show again who one is."""
        async with info.context.change_without_key() as change:
            refusal = await reauthenticating.reauthenticate(change, code=input.code, secret=input.secret)
        if refusal is not None:
            # Only now, so that the try that was counted stays counted.
            raise refusal
        return ConfirmReauthenticationPayload.of(change)

    @strawberry.mutation(
        description="Ask for everything that is kept about oneself, within ten minutes of showing who one is."
    )
    async def request_personal_data(
        self,
        info: Info,
        input: Annotated[RequestPersonalDataInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> RequestPersonalDataPayload:
        """Ask for everything that is kept about oneself."""
        languages = info.context.asking.languages
        wanted = languages if input.language is None else (input.language, *languages)
        async with info.context.change(input) as change:
            await requesting.request_personal_data(change, languages=wanted)
        return RequestPersonalDataPayload.of(change)

    @strawberry.mutation(
        description="Be erased, at once and for good, within ten minutes of showing who one is; what stays is told."
    )
    async def erase_me(
        self,
        info: Info,
        input: Annotated[EraseMeInput, INPUT],  # noqa: A002 - the argument's name in the schema
    ) -> EraseMePayload:
        """Be erased, at once and for good."""
        async with info.context.change(input) as change:
            await erasing.erase_me(change, contributions=input.contributions, confirmed=input.confirm)
            change.secrets["kept"] = kept_in(info.context.asking.languages)
        return EraseMePayload.of(change)
