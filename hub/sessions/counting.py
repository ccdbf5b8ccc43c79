"""Counting: what the votes that were cast come to, by the majority that the matter takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hub.sessions.terms import Majority, MajorityBase
from hub.sessions.vote_models import VoteOption, VoteResult


@dataclass(frozen=True)
class Counts:
    """How many voted what."""

    votes_for: int = 0
    votes_against: int = 0
    abstentions: int = 0

    @classmethod
    def of(cls, options: Iterable[VoteOption]) -> Counts:
        """Count votes."""
        cast = list(options)
        return cls(*(cast.count(option) for option in (VoteOption.FOR, VoteOption.AGAINST, VoteOption.ABSTAIN)))

    @property
    def cast(self) -> int:
        """How many voted."""
        return self.votes_for + self.votes_against + self.abstentions


@dataclass(frozen=True)
class Outcome:
    """How many votes in favour were needed, and what it came to."""

    needed: int
    result: VoteResult


def outcome(majority: Majority, counts: Counts, *, present: int, entitled: int) -> Outcome:
    """Say what a vote came to. It is tied where as many are for as against, and one more would have carried it."""
    needed = _needed(majority, counts, present=present, entitled=entitled)
    if counts.votes_for >= max(needed, 1):
        return Outcome(needed, VoteResult.CARRIED)
    one_more = Counts(counts.votes_for + 1, counts.votes_against, counts.abstentions)
    even = counts.votes_for == counts.votes_against > 0
    if even and one_more.votes_for >= _needed(majority, one_more, present=present, entitled=entitled):
        return Outcome(needed, VoteResult.TIED)
    return Outcome(needed, VoteResult.LOST)


def _needed(majority: Majority, counts: Counts, *, present: int, entitled: int) -> int:
    match majority.of:
        case MajorityBase.PRESENT:
            base = present
        case MajorityBase.ENTITLED:
            base = entitled
        case MajorityBase.CAST:
            base = counts.cast if majority.abstentions_count else counts.votes_for + counts.votes_against
    return majority.share.needed(of=base)
