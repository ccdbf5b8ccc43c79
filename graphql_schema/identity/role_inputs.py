"""What the acts on roles, and on what people are called, take."""

from __future__ import annotations

import datetime as dt

import strawberry

import graphql_schema.identity.types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.payloads import KEY
from hub.viewer import Role


@strawberry.input(description="A role that is to be given to somebody.")
class GrantRoleInput:
    """A role that is to be given to somebody."""

    person_id: strawberry.ID = strawberry.field(
        description="Who is to hold it, by the id that `viewer { person { id } }` tells them."
    )
    role: Role = strawberry.field(description="The role.")
    body_id: strawberry.ID | None = strawberry.field(
        default=None, description="The body in which it is to hold; none for an administrator of the platform."
    )
    valid_from: dt.datetime | None = strawberry.field(default=None, description="From when; left out, from now on.")
    valid_until: dt.datetime | None = strawberry.field(
        default=None, description="Until when; left out, until it is ended."
    )
    reason: str = strawberry.field(description="Why, in 4,000 characters at most, such as the election.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A role that is to end.")
class EndRoleInput:
    """A role that is to end."""

    role_grant_id: strawberry.ID = strawberry.field(description="The grant.")
    reason: str = strawberry.field(description="Why, in 4,000 characters at most.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="The name that somebody wants to be shown by.")
class ChangeDisplayNameInput:
    """The name that somebody wants to be shown by."""

    display_name: str = strawberry.field(
        description="The name, in 80 characters at most, that no body, organisation or officer is called by."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
