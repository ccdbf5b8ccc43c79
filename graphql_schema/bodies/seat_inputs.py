"""What the acts on seats take."""

from __future__ import annotations

import datetime as dt

import strawberry

import graphql_schema.bodies.seat_types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.bodies.wordings import checked
from graphql_schema.payloads import BASED_ON_EDITION, KEY
from graphql_schema.wording_inputs import Faults, LocalizedTextInput, identified, read
from hub.bodies.grounds import Ground
from hub.bodies.seat_models import Post, Sector
from hub.bodies.seating import SeatDraft, Sitter, Term
from hub.errors import Invalid


@strawberry.input(description="A seat that a body is to have.")
class CreateSeatInput:
    """A seat that a body is to have."""

    body_id: strawberry.ID = strawberry.field(description="The body.")
    post: Post = strawberry.field(description="What whoever sits there does in the body.")
    sector: Sector = strawberry.field(description="For which part of society it is there.")
    voting: bool = strawberry.field(description="Whether its holder votes; a guest never does.")
    ordinal: int = strawberry.field(description="Its place in the body, from 1 to 1,000.")
    title: LocalizedTextInput | None = strawberry.field(
        default=None, description="What it is called; left out where its post says it."
    )
    organization_id: strawberry.ID | None = strawberry.field(
        default=None, description="The organisation that is entitled to it."
    )
    territory_id: strawberry.ID | None = strawberry.field(default=None, description="The place that it stands for.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What a seat is to be there for.")
class EditSeatInput:
    """What a seat is to be there for."""

    seat_id: strawberry.ID = strawberry.field(description="The seat.")
    post: Post = strawberry.field(description="What whoever sits there does in the body.")
    sector: Sector = strawberry.field(description="For which part of society it is there.")
    voting: bool = strawberry.field(description="Whether its holder votes; a guest never does.")
    ordinal: int = strawberry.field(description="Its place in the body, from 1 to 1,000.")
    title: LocalizedTextInput | None = strawberry.field(
        default=None, description="What it is called; left out where its post says it."
    )
    organization_id: strawberry.ID | None = strawberry.field(
        default=None, description="The organisation that is entitled to it."
    )
    territory_id: strawberry.ID | None = strawberry.field(default=None, description="The place that it stands for.")
    based_on: int | None = strawberry.field(default=None, description=BASED_ON_EDITION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A seat that is to go.")
class AbolishSeatInput:
    """A seat that is to go."""

    seat_id: strawberry.ID = strawberry.field(description="The seat.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Who is to sit in a seat.")
class SeatMemberInput:
    """Who is to sit in a seat."""

    seat_id: strawberry.ID = strawberry.field(description="The seat.")
    name: str = strawberry.field(description="What they are called in the acts of the body, in 200 characters at most.")
    person_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Who they are, by the id that `viewer { person { id } }` tells them; none without an account.",
    )
    organization_id: strawberry.ID | None = strawberry.field(
        default=None, description="In whose name they sit there; left out, the organisation that is entitled."
    )
    alternate: bool = strawberry.field(default=False, description="Whether they stand in for the holder of the seat.")
    valid_from: dt.datetime | None = strawberry.field(default=None, description="From when; left out, from now on.")
    valid_until: dt.datetime | None = strawberry.field(
        default=None, description="Until when; left out, until it is ended."
    )
    vote_event_id: strawberry.ID | None = strawberry.field(
        default=None, description="The vote by which they were elected, which carried."
    )
    instrument_id: strawberry.ID | None = strawberry.field(
        default=None, description="The published instrument that appoints them."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Who is proposed for a seat.")
class ProposeMemberInput:
    """Who is proposed for a seat."""

    seat_id: strawberry.ID = strawberry.field(description="The seat.")
    name: str = strawberry.field(description="What they are called in the acts of the body, in 200 characters at most.")
    person_id: strawberry.ID = strawberry.field(
        description="Who they are, by the id that `viewer { person { id } }` tells them."
    )
    organization_id: strawberry.ID | None = strawberry.field(
        default=None, description="In whose name they sit there; left out, the organisation that is entitled."
    )
    alternate: bool = strawberry.field(default=False, description="Whether they stand in for the holder of the seat.")
    valid_from: dt.datetime | None = strawberry.field(default=None, description="From when; left out, from now on.")
    valid_until: dt.datetime | None = strawberry.field(
        default=None, description="Until when; left out, until it is ended."
    )
    vote_event_id: strawberry.ID | None = strawberry.field(
        default=None, description="The vote by which they were elected, which carried."
    )
    instrument_id: strawberry.ID | None = strawberry.field(
        default=None, description="The published instrument that appoints them."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A seat that is to be taken on.")
class AcceptMembershipInput:
    """A seat that is to be taken on."""

    membership_id: strawberry.ID = strawberry.field(description="The membership.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A seat that is not to be taken on.")
class DeclineMembershipInput:
    """A seat that is not to be taken on."""

    membership_id: strawberry.ID = strawberry.field(description="The membership.")
    reason: str = strawberry.field(
        description="Why, in 4,000 characters at most; for whoever it concerns and the members of the body."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Who is to be away.")
class LeaveSeatInput:
    """Who is to be away."""

    membership_id: strawberry.ID = strawberry.field(description="The membership.")
    reason: str = strawberry.field(
        description="Why, in 4,000 characters at most; for whoever it concerns and the members of the body."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Who is back.")
class ReturnToSeatInput:
    """Who is back."""

    membership_id: strawberry.ID = strawberry.field(description="The membership.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A membership that is to end.")
class EndMembershipInput:
    """A membership that is to end."""

    membership_id: strawberry.ID = strawberry.field(description="The membership.")
    reason: str = strawberry.field(
        description="Why, in 4,000 characters at most; for whoever it concerns and the members of the body."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


def read_seat(given: CreateSeatInput | EditSeatInput) -> SeatDraft:
    """Return what a seat is there for; Invalid with all that is wrong."""
    faults: Faults = []
    title = read(given.title, ("title",), faults)
    organization = given.organization_id and identified(
        given.organization_id, "Organization", ("organizationId",), faults
    )
    territory = given.territory_id and identified(given.territory_id, "Territory", ("territoryId",), faults)
    checked({"title": title}, faults)
    return SeatDraft(
        post=given.post,
        sector=given.sector,
        voting=given.voting,
        ordinal=given.ordinal,
        title=title,
        organization_id=organization or None,
        territory_id=territory or None,
    )


def read_sitter(given: SeatMemberInput | ProposeMemberInput, at: dt.datetime) -> Sitter:
    """Return who is to sit in a seat, from now on where nothing else is said; Invalid with all that is wrong."""
    faults: Faults = []
    person = given.person_id and identified(given.person_id, "Person", ("personId",), faults)
    organization = given.organization_id and identified(
        given.organization_id, "Organization", ("organizationId",), faults
    )
    vote = given.vote_event_id and identified(given.vote_event_id, "VoteEvent", ("voteEventId",), faults)
    instrument = given.instrument_id and identified(given.instrument_id, "Instrument", ("instrumentId",), faults)
    if faults:
        raise Invalid(faults)
    return Sitter(
        name=given.name,
        term=Term(since=given.valid_from or at, until=given.valid_until),
        person_id=person or None,
        organization_id=organization or None,
        alternate=given.alternate,
        ground=Ground(vote_id=vote or None, instrument_id=instrument or None),
    )
