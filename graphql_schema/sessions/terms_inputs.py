"""The rules by which a body is to sit, as an input."""

from __future__ import annotations

import datetime as dt

import strawberry

import graphql_schema.sessions.terms_types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.payloads import KEY
from graphql_schema.wording_inputs import Faults, LocalizedTextInput, Path
from hub.sessions.models import SessionKind
from hub.sessions.terms import (
    Delay,
    DelayUnit,
    KindTerms,
    Majority,
    MajorityBase,
    MinutesMode,
    Quorum,
    SeatBase,
    Share,
    Terms,
)
from hub.viewer import Role


@strawberry.input(description="A part of a number: half and one more is 1 of 2, more than that.")
class ShareInput:
    """A part of a number."""

    numerator: int = strawberry.field(description="How many parts.")
    denominator: int = strawberry.field(description="Of how many.")
    more_than: bool = strawberry.field(
        default=False, description="Whether it takes more than this part; at least, otherwise."
    )

    def read(self) -> Share:
        """Return the share."""
        return Share(self.numerator, self.denominator, self.more_than)


@strawberry.input(description="What goes for one kind of session.")
class SessionKindTermsInput:
    """What goes for one kind of session."""

    kind: SessionKind = strawberry.field(description="The kind.")
    notice_days: int = strawberry.field(
        description="How many days before its own day the day of its convocation has to be at least."
    )
    working_days: bool = strawberry.field(
        default=True, description="Whether only working days of the body count; all days of the calendar, otherwise."
    )
    point_hours: int = strawberry.field(
        default=0, description="Until how many hours before the beginning a member may ask for a point."
    )
    convened_by: list[Role] = strawberry.field(
        default_factory=lambda: [Role.COORDINATOR, Role.SECRETARY],
        description="Who convenes it: the coordinator, the secretary, or both.",
    )

    def read(self) -> KindTerms:
        """Return the terms."""
        return KindTerms(
            kind=self.kind,
            notice_days=self.notice_days,
            working_days=self.working_days,
            point_hours=self.point_hours,
            convened_by=tuple(self.convened_by),
        )


@strawberry.input(description="How many voting seats have to be there.")
class QuorumTermsInput:
    """How many voting seats have to be there."""

    share: ShareInput = strawberry.field(
        description="Which part of them; 0 of 1 for a call that sits with those who are there."
    )
    of: SeatBase = strawberry.field(default=SeatBase.FILLED, description="Of which seats.")
    least: int = strawberry.field(default=1, description="Never fewer than these.")

    def read(self) -> Quorum:
        """Return the quorum."""
        return Quorum(self.share.read(), self.of, self.least)


@strawberry.input(description="How long after a call that failed the next one is.")
class DelayTermsInput:
    """How long after a call that failed the next one is."""

    amount: int = strawberry.field(description="How many.")
    unit: DelayUnit = strawberry.field(description="Of what.")

    def read(self) -> Delay:
        """Return the delay."""
        return Delay(self.amount, self.unit)


@strawberry.input(description="What a motion of one matter takes to be carried.")
class MajorityTermsInput:
    """What a motion of one matter takes to be carried."""

    matter: str = strawberry.field(description="The code by which a motion names it.")
    name: LocalizedTextInput = strawberry.field(description="What it is called.")
    share: ShareInput = strawberry.field(description="Which part is needed.")
    of: MajorityBase = strawberry.field(default=MajorityBase.CAST, description="Of what.")
    abstentions_count: bool = strawberry.field(
        default=False,
        description="Whether an abstention counts as a vote that was cast, where the majority is a share of those.",
    )
    secret: bool = strawberry.field(default=False, description="Whether it is voted in secret.")

    def read(self, path: Path, faults: Faults) -> Majority:
        """Return the majority."""
        return Majority(
            matter=self.matter,
            name=self.name.read((*path, "name"), faults),
            share=self.share.read(),
            of=self.of,
            abstentions_count=self.abstentions_count,
            secret=self.secret,
        )


@strawberry.input(description="The terms on which a body is to sit.")
class SessionTermsInput:
    """The terms on which a body is to sit."""

    kinds: list[SessionKindTermsInput] = strawberry.field(description="Its kinds of sessions.")
    quorums: list[QuorumTermsInput] = strawberry.field(
        description="The quorum of the first call, of the second, and so on; the last one goes for every later call."
    )
    next_call: DelayTermsInput = strawberry.field(description="How long after a call that failed the next one is.")
    majorities: list[MajorityTermsInput] = strawberry.field(description="What motions take, by their matters.")
    casting_vote: bool = strawberry.field(default=False, description="Whether the coordinator breaks a tie.")
    remote_voice: bool = strawberry.field(default=True, description="Whether whoever is linked by technology is there.")
    remote_vote: bool = strawberry.field(default=True, description="Whether they also vote, and count for the quorum.")
    alternates: bool = strawberry.field(
        default=True, description="Whether somebody may stand in for whoever holds a seat."
    )
    minutes_mode: MinutesMode = strawberry.field(
        default=MinutesMode.LATER_SESSION, description="How the minutes are approved."
    )
    minutes_days: int = strawberry.field(
        default=0,
        description="Within how many days somebody may object to them; zero where a later session approves them.",
    )
    holidays: list[dt.date] = strawberry.field(
        default_factory=list, description="Days from Monday to Friday on which the body does not work."
    )

    def read(self, path: Path, faults: Faults) -> Terms:
        """Return the terms, with the faults of what could not be read."""
        return Terms(
            kinds=tuple(given.read() for given in self.kinds),
            quorums=tuple(given.read() for given in self.quorums),
            next_call=self.next_call.read(),
            majorities=tuple(
                given.read((*path, "majorities", str(n)), faults) for n, given in enumerate(self.majorities)
            ),
            casting_vote=self.casting_vote,
            remote_voice=self.remote_voice,
            remote_vote=self.remote_vote,
            alternates=self.alternates,
            minutes_mode=self.minutes_mode,
            minutes_days=self.minutes_days,
            holidays=tuple(self.holidays),
        )


@strawberry.input(description="The rules by which a body is to sit from now or from a later instant on.")
class AdoptSessionRulesInput:
    """The rules by which a body is to sit."""

    body_id: strawberry.ID = strawberry.field(description="The body.")
    terms: SessionTermsInput = strawberry.field(description="What they say.")
    source: LocalizedTextInput = strawberry.field(
        description="Where they come from, such as an agreement of the body; it is published."
    )
    valid_from: dt.datetime | None = strawberry.field(
        default=None, description="From when they are in force; left out, from now on."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
