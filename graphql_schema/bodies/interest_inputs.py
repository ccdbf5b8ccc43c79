"""What the acts on declared interests take."""

from __future__ import annotations

import datetime as dt

import strawberry

import graphql_schema.bodies.interest_types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.ids import decode
from graphql_schema.payloads import KEY
from hub.bodies.declaring import Interest
from hub.bodies.interest_models import InterestKind


@strawberry.input(description="An interest that a member of a body declares, or that they have none.")
class DeclareMemberInterestInput:
    """An interest that a member of a body declares."""

    membership_id: strawberry.ID = strawberry.field(
        description="One's own membership; for an officer also that of whoever has no account."
    )
    kind: InterestKind = strawberry.field(description="What ties them to somebody or something.")
    summary: str = strawberry.field(description="What everybody is told of it, in 500 characters at most.")
    organization_id: strawberry.ID | None = strawberry.field(
        default=None, description="The organisation; told to the members of the body."
    )
    matter: str | None = strawberry.field(
        default=None, description="What it is about, in 4,000 characters at most; told to the members of the body."
    )
    since: dt.date | None = strawberry.field(default=None, description="The day on which it began.")
    until: dt.date | None = strawberry.field(default=None, description="The first day without it.")
    replaces_id: strawberry.ID | None = strawberry.field(
        default=None, description="The declaration that this one takes the place of."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> Interest:
        """Return the interest."""
        named = self.organization_id
        return Interest(
            kind=self.kind,
            summary=self.summary,
            organization_id=decode(named, "Organization", path=("organizationId",)) if named else None,
            matter=self.matter,
            since=self.since,
            until=self.until,
        )


@strawberry.input(description="A declared interest that an officer of the body looked at.")
class ReviewMemberInterestInput:
    """A declared interest that an officer of the body looked at."""

    interest_declaration_id: strawberry.ID = strawberry.field(description="The declaration.")
    note: str | None = strawberry.field(
        default=None,
        description="What follows from it, in 4,000 characters at most; told to them and to the members of the body.",
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
