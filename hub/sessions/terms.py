"""The terms on which a body sits: notice, quorum, majorities, as its rules of session say them.

They are data of the body and stand in a numbered version of its rules; this is the only place that knows their stored
form. What follows from them is computed here and nowhere else::

    terms = Terms.from_json(rules.terms)
    terms.quorum(call=1).needed(of=11)      how many of eleven voting seats have to be there
    terms.majority("simple")                what a motion of this matter takes, or None
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.sessions.models import SessionKind
from hub.text import LocalizedText
from hub.viewer import Role


@dataclass(frozen=True)
class Share:
    """A part of a number: half of it and one more is `Share(1, 2, more_than=True)`, two thirds `Share(2, 3)`."""

    numerator: int
    denominator: int
    more_than: bool = False

    def needed(self, *, of: int) -> int:
        """Return the smallest whole number that is at least this part, or more than it."""
        if self.more_than:
            return of * self.numerator // self.denominator + 1
        return -(-of * self.numerator // self.denominator)

    def to_json(self) -> dict[str, Any]:
        """Return the stored form."""
        return {"numerator": self.numerator, "denominator": self.denominator, "more_than": self.more_than}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Share:
        """Read the stored form."""
        return cls(stored["numerator"], stored["denominator"], stored["more_than"])


class SeatBase(enum.StrEnum):
    """Of which voting seats a quorum is a share."""

    FILLED = "filled"
    ALL = "all"


@dataclass(frozen=True)
class Quorum:
    """How many voting seats have to be there: a share, and never fewer than `least`."""

    share: Share
    of: SeatBase = SeatBase.FILLED
    least: int = 1

    def needed(self, *, of: int) -> int:
        """Return how many of so many seats have to be there."""
        return max(self.share.needed(of=of), self.least)

    def to_json(self) -> dict[str, Any]:
        """Return the stored form."""
        return {"share": self.share.to_json(), "of": self.of.value, "least": self.least}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Quorum:
        """Read the stored form."""
        return cls(Share.from_json(stored["share"]), SeatBase(stored["of"]), stored["least"])


class MajorityBase(enum.StrEnum):
    """Of what a majority is a share."""

    PRESENT = "present"
    CAST = "cast"
    ENTITLED = "entitled"


@dataclass(frozen=True, kw_only=True)
class Majority:
    """What a motion of one matter takes to be carried."""

    matter: str
    name: LocalizedText
    share: Share
    of: MajorityBase = MajorityBase.CAST
    abstentions_count: bool = False
    """Whether an abstention counts as a vote that was cast, where the majority is a share of those."""
    secret: bool = False
    """Whether it is voted in secret."""

    def to_json(self) -> dict[str, Any]:
        """Return the stored form."""
        return {
            "matter": self.matter,
            "name": self.name.to_json(),
            "share": self.share.to_json(),
            "of": self.of.value,
            "abstentions_count": self.abstentions_count,
            "secret": self.secret,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Majority:
        """Read the stored form."""
        return cls(
            matter=stored["matter"],
            name=LocalizedText.from_json(stored["name"]),
            share=Share.from_json(stored["share"]),
            of=MajorityBase(stored["of"]),
            abstentions_count=stored["abstentions_count"],
            secret=stored["secret"],
        )


@dataclass(frozen=True, kw_only=True)
class KindTerms:
    """What goes for one kind of session: its notice, until when points are asked for, and who convenes it."""

    kind: SessionKind
    notice_days: int
    working_days: bool = True
    """Whether only working days of the body count; all days of the calendar, otherwise."""
    point_hours: int = 0
    """Until how many hours before the beginning a member may ask for a point."""
    convened_by: tuple[Role, ...] = (Role.COORDINATOR, Role.SECRETARY)

    def to_json(self) -> dict[str, Any]:
        """Return the stored form."""
        return {
            "kind": self.kind.value,
            "notice_days": self.notice_days,
            "working_days": self.working_days,
            "point_hours": self.point_hours,
            "convened_by": [role.value for role in self.convened_by],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> KindTerms:
        """Read the stored form."""
        return cls(
            kind=SessionKind(stored["kind"]),
            notice_days=stored["notice_days"],
            working_days=stored["working_days"],
            point_hours=stored["point_hours"],
            convened_by=tuple(Role(role) for role in stored["convened_by"]),
        )


class DelayUnit(enum.StrEnum):
    """In what a delay is counted."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True)
class Delay:
    """How long after a call that failed the next one is."""

    amount: int
    unit: DelayUnit

    def to_json(self) -> dict[str, Any]:
        """Return the stored form."""
        return {"amount": self.amount, "unit": self.unit.value}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Delay:
        """Read the stored form."""
        return cls(stored["amount"], DelayUnit(stored["unit"]))


class MinutesMode(enum.StrEnum):
    """How the minutes of a session are approved."""

    LATER_SESSION = "later_session"
    """By a motion about them that a later session carries."""
    NO_OBJECTION = "no_objection"
    """By nobody's objecting for so many days after they were circulated."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The terms on which a body sits."""

    kinds: tuple[KindTerms, ...]
    quorums: tuple[Quorum, ...]
    """The quorum of the first call, of the second, and so on; the last one goes for every later call."""
    next_call: Delay
    majorities: tuple[Majority, ...]
    casting_vote: bool = False
    """Whether the coordinator breaks a tie."""
    remote_voice: bool = True
    """Whether whoever is linked by technology is there."""
    remote_vote: bool = True
    """Whether they also vote, and count for the quorum."""
    alternates: bool = True
    """Whether somebody may stand in for whoever holds a seat."""
    minutes_mode: MinutesMode = MinutesMode.LATER_SESSION
    minutes_days: int = 0
    holidays: tuple[dt.date, ...] = ()
    """Days from Monday to Friday on which the body does not work."""

    def of_kind(self, kind: SessionKind) -> KindTerms | None:
        """Return what goes for sessions of this kind; None where the body has none of them."""
        return next((terms for terms in self.kinds if terms.kind is kind), None)

    def quorum(self, *, call: int) -> Quorum:
        """Return the quorum of a call, counted from one."""
        return self.quorums[min(call, len(self.quorums)) - 1]

    def majority(self, matter: str) -> Majority | None:
        """Return what a motion of this matter takes; None where the rules know no such matter."""
        return next((majority for majority in self.majorities if majority.matter == matter), None)

    def is_working_day(self, day: dt.date) -> bool:
        """Whether the body works on this day."""
        return day.weekday() < 5 and day not in self.holidays

    def to_json(self) -> dict[str, Any]:
        """Return the stored form."""
        return {
            "kinds": _stored(self.kinds),
            "quorums": _stored(self.quorums),
            "next_call": self.next_call.to_json(),
            "majorities": _stored(self.majorities),
            "casting_vote": self.casting_vote,
            "remote_voice": self.remote_voice,
            "remote_vote": self.remote_vote,
            "alternates": self.alternates,
            "minutes_mode": self.minutes_mode.value,
            "minutes_days": self.minutes_days,
            "holidays": [day.isoformat() for day in self.holidays],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Terms:
        """Read the stored form."""
        return cls(
            kinds=tuple(KindTerms.from_json(given) for given in stored["kinds"]),
            quorums=tuple(Quorum.from_json(given) for given in stored["quorums"]),
            next_call=Delay.from_json(stored["next_call"]),
            majorities=tuple(Majority.from_json(given) for given in stored["majorities"]),
            casting_vote=stored["casting_vote"],
            remote_voice=stored["remote_voice"],
            remote_vote=stored["remote_vote"],
            alternates=stored["alternates"],
            minutes_mode=MinutesMode(stored["minutes_mode"]),
            minutes_days=stored["minutes_days"],
            holidays=tuple(dt.date.fromisoformat(day) for day in stored["holidays"]),
        )


def _stored(terms: Sequence[KindTerms | Quorum | Majority]) -> list[dict[str, Any]]:
    return [each.to_json() for each in terms]
