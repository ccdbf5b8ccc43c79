"""The rules by which bodies sit, in the schema."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING, Annotated

import strawberry

import graphql_schema.identity.types  # noqa: F401 - the roles get their descriptions there
from graphql_schema.enums import described
from graphql_schema.traits import LocalizedText, Node
from hub.sessions.models import SessionKind
from hub.sessions.terms import DelayUnit, MajorityBase, MinutesMode, SeatBase
from hub.viewer import Role

if TYPE_CHECKING:
    from graphql_schema.bodies.types import Body

described(
    SessionKind,
    "What sort of session it is; what that means for notice and agenda, the rules of the body say.",
    ordinary="One of those that the body holds by its calendar.",
    extraordinary="One that is held in between.",
)
described(
    SeatBase,
    "Of which voting seats a quorum is a share.",
    filled="Of those that somebody holds.",
    all="Of all that there are.",
)
described(
    MajorityBase,
    "Of what a majority is a share.",
    present="Of the voting seats that are there.",
    cast="Of the votes that are cast.",
    entitled="Of all seats that have a vote.",
)
described(
    DelayUnit,
    "In what a delay is counted.",
    minutes="In minutes.",
    hours="In hours.",
    days="In days of the calendar, at the same hour.",
    working_days="In working days of the body, at the same hour.",
)
described(
    MinutesMode,
    "How the minutes of a session are approved.",
    later_session="By a motion about them that a later session carries.",
    no_objection="By nobody's objecting for so many days after they were circulated.",
)

BodyOf = Annotated["Body", strawberry.lazy("graphql_schema.bodies.types")]


@strawberry.type(description="A part of a number.")
class Share:
    """A part of a number."""

    numerator: int = strawberry.field(description="How many parts.")
    denominator: int = strawberry.field(description="Of how many.")
    more_than: bool = strawberry.field(description="Whether it takes more than this part; at least, otherwise.")


@strawberry.type(description="What goes for one kind of session.")
class SessionKindTerms:
    """What goes for one kind of session."""

    kind: SessionKind = strawberry.field(description="The kind.")
    notice_days: int = strawberry.field(
        description="How many days before its own day the day of its convocation has to be at least."
    )
    working_days: bool = strawberry.field(
        description="Whether only working days of the body count; all days of the calendar, otherwise."
    )
    point_hours: int = strawberry.field(
        description="Until how many hours before the beginning a member may ask for a point."
    )
    convened_by: list[Role] = strawberry.field(description="Who convenes it.")


@strawberry.type(description="How many voting seats have to be there.")
class QuorumTerms:
    """How many voting seats have to be there."""

    share: Share = strawberry.field(description="Which part of them.")
    of: SeatBase = strawberry.field(description="Of which seats.")
    least: int = strawberry.field(description="Never fewer than these.")


@strawberry.type(description="How long after a call that failed the next one is.")
class DelayTerms:
    """How long after a call that failed the next one is."""

    amount: int = strawberry.field(description="How many.")
    unit: DelayUnit = strawberry.field(description="Of what.")


@strawberry.type(description="What a motion of one matter takes to be carried.")
class MajorityTerms:
    """What a motion of one matter takes to be carried."""

    matter: str = strawberry.field(description="The code by which a motion names it.")
    name: str = strawberry.field(description="What it is called, in the viewer's language.")
    share: Share = strawberry.field(description="Which part is needed.")
    of: MajorityBase = strawberry.field(description="Of what.")
    abstentions_count: bool = strawberry.field(
        description="Whether an abstention counts as a vote that was cast, where the majority is a share of those."
    )
    secret: bool = strawberry.field(description="Whether it is voted in secret.")


@strawberry.type(description="The terms on which a body sits.")
class SessionTerms:
    """The terms on which a body sits."""

    kinds: list[SessionKindTerms] = strawberry.field(description="Its kinds of sessions.")
    quorums: list[QuorumTerms] = strawberry.field(
        description="The quorum of the first call, of the second, and so on; the last one goes for every later call."
    )
    next_call: DelayTerms = strawberry.field(description="How long after a call that failed the next one is.")
    majorities: list[MajorityTerms] = strawberry.field(description="What motions take, by their matters.")
    casting_vote: bool = strawberry.field(description="Whether the coordinator breaks a tie.")
    remote_voice: bool = strawberry.field(description="Whether whoever is linked by technology is there.")
    remote_vote: bool = strawberry.field(description="Whether they also vote, and count for the quorum.")
    alternates: bool = strawberry.field(description="Whether somebody may stand in for whoever holds a seat.")
    minutes_mode: MinutesMode = strawberry.field(description="How the minutes are approved.")
    minutes_days: int = strawberry.field(
        description="Within how many days somebody may object to them; zero where a later session approves them."
    )
    holidays: list[dt.date] = strawberry.field(
        description="Days from Monday to Friday on which the body does not work."
    )


@strawberry.enum(description="The order of a list of rules.")
class SessionRulesOrder(enum.Enum):
    """The order of a list of rules."""

    VERSION_DESC = strawberry.enum_value("version_desc", description="The newest first.")
    VERSION_ASC = strawberry.enum_value("version_asc", description="The oldest first.")


@strawberry.type(description="One numbered version of the rules by which a body sits; it never changes.")
class SessionRules(Node):
    """One numbered version of the rules by which a body sits."""

    body: BodyOf | None = strawberry.field(description="The body.")
    version: int = strawberry.field(description="Its number, from 1; the newest that has begun is in force.")
    terms: SessionTerms = strawberry.field(description="What they say.")
    source: LocalizedText = strawberry.field(description="Where they come from, such as an agreement of the body.")
    valid_from: dt.datetime = strawberry.field(description="From when they are in force.")
    created_at: dt.datetime = strawberry.field(description="When they were published.")
