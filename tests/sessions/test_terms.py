"""The terms on which a body sits: what follows from them, how they are kept, what is wrong with them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from hub.sessions.checking_terms import problems_with_terms
from hub.sessions.models import SessionKind
from hub.sessions.terms import Delay, DelayUnit, MinutesMode, Quorum, SeatBase, Share, Terms
from hub.viewer import Role
from tests.making.sessions import TERMS, terms

ORDINARY, EXTRAORDINARY = TERMS.kinds
SIMPLE = TERMS.majorities[0]


@pytest.mark.parametrize(
    ("share", "of", "needed"),
    [
        (Share(1, 2, more_than=True), 10, 6),
        (Share(1, 2, more_than=True), 11, 6),
        (Share(1, 2), 11, 6),
        (Share(1, 2), 10, 5),
        (Share(2, 3), 9, 6),
        (Share(2, 3), 10, 7),
        (Share(1, 1), 7, 7),
        (Share(0, 1), 7, 0),
        (Share(1, 2, more_than=True), 0, 1),
    ],
)
def test_a_share_of_a_number(share: Share, of: int, needed: int) -> None:
    assert share.needed(of=of) == needed


def test_no_quorum_is_nobody() -> None:
    assert Quorum(Share(0, 1)).needed(of=9) == 1
    assert Quorum(Share(0, 1), least=3).needed(of=9) == 3
    assert Quorum(Share(1, 2)).needed(of=9) == 5


def test_the_last_quorum_goes_for_every_later_call() -> None:
    assert [TERMS.quorum(call=call) for call in (1, 2, 3)] == [TERMS.quorums[0], TERMS.quorums[1], TERMS.quorums[1]]


def test_the_terms_know_their_kinds_and_matters() -> None:
    assert TERMS.of_kind(SessionKind.ORDINARY) is ORDINARY
    assert terms(kinds=(ORDINARY,)).of_kind(SessionKind.EXTRAORDINARY) is None
    assert TERMS.majority("simple") is SIMPLE
    assert TERMS.majority("unheard-of") is None


def test_the_stored_form_says_the_same() -> None:
    rich = terms(
        holidays=(dt.date(2026, 9, 16), dt.date(2026, 11, 20)),
        minutes_mode=MinutesMode.NO_OBJECTION,
        minutes_days=10,
        quorums=(Quorum(Share(2, 3), SeatBase.ALL, least=4),),
    )
    assert Terms.from_json(json.loads(json.dumps(rich.to_json()))) == rich
    assert problems_with_terms(rich) == []


def test_working_days() -> None:
    with_holiday = terms(holidays=(dt.date(2026, 9, 16),))
    days = {dt.date(2026, 9, day): with_holiday.is_working_day(dt.date(2026, 9, day)) for day in range(14, 21)}
    assert [day.day for day, works in days.items() if works] == [14, 15, 17, 18]


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"kinds": ()}, [("NOTHING_GIVEN", "kinds")]),
        ({"kinds": (ORDINARY, ORDINARY)}, [("KIND_GIVEN_TWICE", "kinds")]),
        ({"kinds": (replace(ORDINARY, notice_days=-1),)}, [("OUT_OF_RANGE", "kinds.0.noticeDays")]),
        ({"kinds": (replace(ORDINARY, point_hours=9_999),)}, [("OUT_OF_RANGE", "kinds.0.pointHours")]),
        ({"kinds": (replace(ORDINARY, convened_by=()),)}, [("CANNOT_CONVENE", "kinds.0.convenedBy")]),
        ({"kinds": (replace(ORDINARY, convened_by=(Role.ANALYST,)),)}, [("CANNOT_CONVENE", "kinds.0.convenedBy")]),
        ({"holidays": (dt.date(2026, 1, 1),) * 501}, [("TOO_MANY_ITEMS", "holidays")]),
        ({"quorums": ()}, [("NOTHING_GIVEN", "quorums")]),
        ({"quorums": (Quorum(Share(1, 2)),) * 4}, [("TOO_MANY_ITEMS", "quorums")]),
        ({"quorums": (Quorum(Share(1, 0)),)}, [("OUT_OF_RANGE", "quorums.0.share.denominator"),
                                               ("OUT_OF_RANGE", "quorums.0.share.numerator")]),
        ({"quorums": (Quorum(Share(3, 2)),)}, [("OUT_OF_RANGE", "quorums.0.share.numerator")]),
        ({"quorums": (Quorum(Share(1, 1, more_than=True)),)}, [("OUT_OF_RANGE", "quorums.0.share.numerator")]),
        ({"quorums": (Quorum(Share(1, 2), least=0),)}, [("OUT_OF_RANGE", "quorums.0.least")]),
        ({"next_call": Delay(0, DelayUnit.MINUTES)}, [("OUT_OF_RANGE", "nextCall.amount")]),
        ({"majorities": ()}, [("NOTHING_GIVEN", "majorities")]),
        ({"majorities": (SIMPLE, SIMPLE)}, [("MATTER_GIVEN_TWICE", "majorities.0.matter"),
                                            ("MATTER_GIVEN_TWICE", "majorities.1.matter")]),
        ({"majorities": (replace(SIMPLE, matter="Simple!"),)}, [("BAD_CODE", "majorities.0.matter")]),
        ({"majorities": (replace(SIMPLE, share=Share(0, 1)),)}, [("OUT_OF_RANGE", "majorities.0.share.numerator")]),
        ({"minutes_mode": MinutesMode.NO_OBJECTION}, [("OUT_OF_RANGE", "minutesDays")]),
        ({"minutes_days": 3}, [("OUT_OF_RANGE", "minutesDays")]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_terms(wrong: dict[str, Any], found: list[tuple[str, str]]) -> None:
    problems = problems_with_terms(terms(**wrong))
    assert [(problem.code, ".".join(problem.path[1:])) for problem in problems] == found
