"""What the acts on everything about oneself take."""

from __future__ import annotations

import strawberry

from graphql_schema.enums import described
from graphql_schema.payloads import KEY
from hub.personal_data.models import Contributions

described(
    Contributions,
    "What becomes of what somebody said in consultations, when they have themself erased.",
    kept_without_name="It stays as it may be read and counted, without their name and with nothing that leads to them.",
    removed="It is taken back where it still can be; else its words go, and what was counted stays counted.",
)


@strawberry.input(description="The wish to show again who one is.")
class RequestReauthenticationInput:
    """The wish to show again who one is."""

    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="The code that came by mail, with the secret that was told to whoever asked for it.")
class ConfirmReauthenticationInput:
    """The code that came by mail, with the secret."""

    code: str = strawberry.field(description="The code, with or without spaces.")
    secret: str = strawberry.field(description="The secret that `requestReauthentication` answered.")


@strawberry.input(description="The wish to have everything about oneself.")
class RequestPersonalDataInput:
    """The wish to have everything about oneself."""

    language: str | None = strawberry.field(
        default=None, description="The language of the page in it, `es` or `en`; without it, that of the request."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="The wish to be erased.")
class EraseMeInput:
    """The wish to be erased."""

    contributions: Contributions = strawberry.field(description="What becomes of what one said in consultations.")
    confirm: bool = strawberry.field(description="That one means it: there is no way back.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
