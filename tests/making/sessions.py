"""Sessions of bodies, and the rules by which they sit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hub.sessions.models import SessionKind
from hub.sessions.terms import Delay, DelayUnit, KindTerms, Majority, MajorityBase, Quorum, SeatBase, Share, Terms
from hub.text import written

HALF_AND_ONE = Share(1, 2, more_than=True)

TERMS = Terms(
    kinds=(
        KindTerms(kind=SessionKind.ORDINARY, notice_days=5, point_hours=48),
        KindTerms(kind=SessionKind.EXTRAORDINARY, notice_days=1, working_days=False, point_hours=12),
    ),
    quorums=(Quorum(HALF_AND_ONE), Quorum(Share(0, 1), SeatBase.FILLED, least=2)),
    next_call=Delay(3, DelayUnit.WORKING_DAYS),
    majorities=(
        Majority(matter="simple", name=written(es="Mayoría simple", en="Simple majority"), share=HALF_AND_ONE),
        Majority(
            matter="rules",
            name=written(es="Reglas", en="Rules"),
            share=Share(2, 3),
            of=MajorityBase.ENTITLED,
        ),
        Majority(
            matter="persons",
            name=written(es="Personas", en="Persons"),
            share=HALF_AND_ONE,
            of=MajorityBase.PRESENT,
            secret=True,
        ),
    ),
    casting_vote=True,
)
"""Terms as a commission might have them: five working days of notice, half of the seats and one more."""


def terms(**known: Any) -> Terms:
    """Terms that differ from those."""
    return replace(TERMS, **known)
