"""The viewer in the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_schema.enums import described
from graphql_schema.paging import Connection, connected
from graphql_schema.people.types import NameOrder, Organization, Person, Representation, RepresentationOrder
from hub.viewer import (
    Role,
)

if TYPE_CHECKING:
    from graphql_schema.consultations.response_types import ResponseOrder, ResponsePage

described(
    Role,
    "What was granted to a person.",
    coordinator="Leads a body: publishes its consultations.",
    secretary="Keeps a body's papers: drafts its consultations.",
    analyst="Drafts consultations and reads what came in.",
    administrator="Runs the platform, without a say in its contents.",
)

ResponsesOf = Annotated["ResponsePage", strawberry.lazy("graphql_schema.consultations.response_types")]
OrderOfResponses = Annotated["ResponseOrder", strawberry.lazy("graphql_schema.consultations.response_types")]


@strawberry.type(description="A role in force.")
class RoleGrant:
    """A role in force."""

    role: Role = strawberry.field(description="The role.")
    body_id: strawberry.ID | None = strawberry.field(description="The body in which it holds; null for the platform.")


@strawberry.type(description="Who is asking.")
class Viewer:
    """Who is asking."""

    signed_in: bool = strawberry.field(description="Whether a person is asking, rather than a program or nobody.")
    person: Person | None = strawberry.field(description="The person; null for a program and for nobody.")
    scopes: list[str] = strawberry.field(description="What the token may be used for.")
    grants: list[RoleGrant] = strawberry.field(description="The roles in force.")
    verified: bool = strawberry.field(
        description="Whether it was made sure, for now, that the account belongs to one natural person."
    )
    represents: Connection[Organization] = connected(
        "The organisations in whose name the viewer may answer.", order=NameOrder
    )
    representations: Connection[Representation] = connected(
        "What the viewer asked for to speak for organisations, whatever became of it.", order=RepresentationOrder
    )
    responses: ResponsesOf = connected(
        "The viewer's own responses, replaced and withdrawn ones too.", order=OrderOfResponses
    )
