"""The viewer in the schema."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_schema.bodies.joining_types import JoinRequest, JoinRequestFilter, JoinRequestOrder
from graphql_schema.bodies.seat_types import Membership, MembershipFilter, MembershipOrder
from graphql_schema.bodies.types import Body
from graphql_schema.enums import described
from graphql_schema.identity.levels import Assurance
from graphql_schema.paging import Connection, connected
from graphql_schema.people.types import NameOrder, Organization, Person, Representation, RepresentationOrder
from graphql_schema.traits import Node
from hub.identity.sign_in_models import SignInMethod
from hub.viewer import Role

if TYPE_CHECKING:
    from graphql_schema.consultations.response_types import ResponseOrder, ResponsePage
    from graphql_schema.studies.review_types import PeerReview, PeerReviewOrder

described(
    Role,
    "What somebody is, on the platform or in a body: by a grant, or by the seat that they sit in.",
    coordinator="Leads a body: publishes its consultations.",
    secretary="Keeps a body's papers: drafts its consultations.",
    analyst="Drafts consultations and reads what came in.",
    administrator="Runs the platform, without a say in its contents.",
    member="Sits in a body, by a seat and never by a grant: reads its papers and takes part in its sessions.",
)

described(
    SignInMethod,
    "How somebody showed that they are who they were before.",
    mail="By a code that was sent to their mail address.",
    provider="By an identity provider, such as a ministry's or a company's.",
)

ResponsesOf = Annotated["ResponsePage", strawberry.lazy("graphql_schema.consultations.response_types")]
ReviewsOf = Annotated["PeerReview", strawberry.lazy("graphql_schema.studies.review_types")]
OrderOfReviews = Annotated["PeerReviewOrder", strawberry.lazy("graphql_schema.studies.review_types")]
OrderOfResponses = Annotated["ResponseOrder", strawberry.lazy("graphql_schema.consultations.response_types")]


@strawberry.type(description="A role that the viewer holds now.")
class HeldRole:
    """A role that the viewer holds now."""

    role: Role = strawberry.field(description="The role.")
    body_id: strawberry.ID | None = strawberry.field(description="The body in which it holds; null for the platform.")


@strawberry.input(description="Which grants of roles a list holds.")
class RoleGrantFilter:
    """Which grants of roles a list holds."""

    body: strawberry.ID | None = strawberry.field(default=None, description="Only in this body.")
    role: list[Role] | None = strawberry.field(default=None, description="Only of these roles.")


@strawberry.type(
    description="That somebody holds a role for a time: of coordinators and secretaries everybody may know it."
)
class RoleGrant(Node):
    """That somebody holds a role for a time."""

    role: Role = strawberry.field(description="The role.")
    body: Body | None = strawberry.field(description="The body in which it holds; null for the whole platform.")
    person: Person | None = strawberry.field(description="Who holds it, where their profile may be seen.")
    person_name: str | None = strawberry.field(description="The name of whoever holds it.")
    valid_from: dt.datetime = strawberry.field(description="From when it holds.")
    valid_until: dt.datetime | None = strawberry.field(description="Until when it holds; null while nobody has said.")
    reason: str | None = strawberry.field(
        description="Why it was given, for the holder, the officers of the body and the administrators."
    )
    ended_at: dt.datetime | None = strawberry.field(description="When somebody ended it; null while nobody has.")
    end_reason: str | None = strawberry.field(
        description="Why it was ended, for the holder, the officers of the body and the administrators."
    )


@strawberry.type(description="An identity provider by which one may sign in.")
class SignInProvider:
    """An identity provider by which one may sign in."""

    key: str = strawberry.field(description="What the installation calls it.")
    name: str = strawberry.field(description="What it is called, in the viewer's language.")
    assurance: Assurance = strawberry.field(description="How sure it is who signs in by it.")
    address: str = strawberry.field(
        description="Where on this host it begins; with `challenge`, the SHA-256 of the secret that `exchangeSignIn` "
        "or `linkIdentity` takes, in base64url without padding."
    )
    sign_out_address: str | None = strawberry.field(
        description="Where on this host one is led to sign out there too; null where nobody stays signed in there."
    )


@strawberry.type(description="How one may sign in here.")
class SignInOptions:
    """How one may sign in here."""

    providers: list[SignInProvider] = strawberry.field(
        description="The identity providers, as many as the installation has; a mail address is always enough."
    )


@strawberry.type(description="That an identity provider opens the viewer's account.")
class LinkedIdentity(Node):
    """That an identity provider opens the viewer's account."""

    provider: str = strawberry.field(description="The key of the provider.")
    linked_at: dt.datetime = strawberry.field(description="Since when.")


@strawberry.type(description="That the viewer is signed in, in one browser or program.")
class SignIn(Node):
    """That the viewer is signed in."""

    method: SignInMethod = strawberry.field(description="How they showed who they are.")
    assurance: Assurance = strawberry.field(description="How sure it is who signed in.")
    provider: str | None = strawberry.field(description="The key of the identity provider; null for a mail code.")
    signed_in_at: dt.datetime = strawberry.field(description="When they signed in.")
    last_used_at: dt.datetime = strawberry.field(description="The hour in which it was used last.")
    expires_at: dt.datetime = strawberry.field(description="When it ends at the latest.")
    ended_at: dt.datetime | None = strawberry.field(description="When it was ended before that; null while it is not.")
    current: bool = strawberry.field(description="Whether it is the one by which the viewer is asking.")
    good: bool = strawberry.field(
        description="Whether it still lets the viewer in: it was not ended, and lies within its time, used and unused."
    )
    fresh: bool = strawberry.field(
        description="Whether they showed who they are within ten minutes, as acts on all of one's data need."
    )


@strawberry.type(description="A token that was made for a program; what it is made of is told once.")
class Token(Node):
    """A token that was made for a program."""

    name: str = strawberry.field(description="What it is called.")
    scopes: list[str] = strawberry.field(description="What it may be used for.")
    created_at: dt.datetime = strawberry.field(description="When it was made.")
    expires_at: dt.datetime = strawberry.field(description="When it ends at the latest.")
    last_used_at: dt.datetime | None = strawberry.field(description="The hour in which it was used last.")
    revoked_at: dt.datetime | None = strawberry.field(description="When it was revoked; null while it is not.")


@strawberry.input(description="Which programs a list holds.")
class ClientFilter:
    """Which programs a list holds."""

    organization: strawberry.ID | None = strawberry.field(default=None, description="Only of this organisation.")


@strawberry.type(description="A program of an organisation; seen by itself and by those who look after it.")
class Client(Node):
    """A program of an organisation."""

    name: str = strawberry.field(description="What it is called.")
    purpose: str = strawberry.field(description="What it is for.")
    organization: Organization | None = strawberry.field(description="The organisation that answers for it.")
    contact: str | None = strawberry.field(description="The mail address for letters about it.")
    language: str = strawberry.field(description="The language of these letters.")
    redirect_uris: list[str] = strawberry.field(
        description="The addresses that a browser may be sent back to, letter by letter."
    )
    scopes: list[str] = strawberry.field(description="What it may do at most; a token of it may do less.")
    created_at: dt.datetime = strawberry.field(description="When it was registered.")
    expires_at: dt.datetime | None = strawberry.field(description="When it ends by itself; null for not at all.")
    ended_at: dt.datetime | None = strawberry.field(description="When it was ended; null while it is not.")
    end_reason: str | None = strawberry.field(description="Why it was ended.")
    tokens: Connection[Token] = connected("Its tokens, the newest first, for those who look after it.")


@strawberry.type(description="Who is asking.")
class Viewer:
    """Who is asking."""

    signed_in: bool = strawberry.field(description="Whether a person is asking, rather than a program or nobody.")
    person: Person | None = strawberry.field(
        description="The person; null for a program, for nobody, and by a token that reads only what is public."
    )
    client: Client | None = strawberry.field(description="The program of an organisation; null for everybody else.")
    scopes: list[str] = strawberry.field(description="What the token may be used for.")
    grants: list[HeldRole] = strawberry.field(description="The roles in force.")
    verified: bool = strawberry.field(
        description="Whether it was made sure, for now, that the account belongs to one natural person."
    )
    sign_ins: Connection[SignIn] = connected("Where the viewer is or was signed in, the newest first.")
    assurance: Assurance = strawberry.field(
        description="How sure it is who is asking: by this sign-in, or by a verification that is in force."
    )
    linked_identities: Connection[LinkedIdentity] = connected(
        "The identity providers that open the viewer's account, the newest first."
    )
    tokens: Connection[Token] = connected("The tokens that the viewer made for programs, the newest first.")
    represents: Connection[Organization] = connected(
        "The organisations in whose name the viewer may answer.", order=NameOrder
    )
    representations: Connection[Representation] = connected(
        "What the viewer asked for to speak for organisations, whatever became of it.", order=RepresentationOrder
    )
    memberships: Connection[Membership] = connected(
        "The seats in which the viewer sits or sat, and those that are proposed to them.",
        filter=MembershipFilter,
        order=MembershipOrder,
    )
    join_requests: Connection[JoinRequest] = connected(
        "What the viewer asked of bodies, and the invitations to them and to the organisations for which they speak.",
        filter=JoinRequestFilter,
        order=JoinRequestOrder,
    )
    kept_after_erasure: list[str] = strawberry.field(
        description="What would stay if the viewer had themself erased, and why, in their language."
    )
    reviews: Connection[ReviewsOf] = connected("The reviews that the viewer was asked for.", order=OrderOfReviews)
    responses: ResponsesOf = connected(
        "The viewer's own responses, replaced and withdrawn ones too.", order=OrderOfResponses
    )
