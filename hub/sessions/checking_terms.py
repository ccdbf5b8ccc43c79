"""Checking the terms on which a body is to sit: everything that is wrong with them at once, each with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from hub.errors import Problem
from hub.sessions.terms import DelayUnit, Majority, MinutesMode, Quorum, Share, Terms
from hub.text import problems_with_text
from hub.viewer import Role

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
CONVENING = frozenset({Role.COORDINATOR, Role.SECRETARY})
"""Who may convene a session at all."""

MOST_CALLS = 3
MOST_MATTERS = 20
MOST_HOLIDAYS = 500
LONGEST_NAME = 200
NOTICE_DAYS = range(366)
POINT_HOURS = range(24 * 60 + 1)
PARTS = range(1, 1_001)
SEATS = range(1, 1_001)
MINUTES_DAYS = range(1, 366)
DELAYS = {
    DelayUnit.MINUTES: range(1, 24 * 60 + 1),
    DelayUnit.HOURS: range(1, 24 * 30 + 1),
    DelayUnit.DAYS: range(1, 91),
    DelayUnit.WORKING_DAYS: range(1, 91),
}

Path = tuple[str, ...]


def problems_with_terms(terms: Terms, path: Path = ("terms",)) -> list[Problem]:
    """Return everything that is wrong with the terms; an empty list is a pass."""
    return [*_kinds(terms, path), *_quorums(terms, path), *_majorities(terms, path), *_minutes(terms, path)]


def _kinds(terms: Terms, path: Path) -> Iterator[Problem]:
    if not terms.kinds:
        yield Problem("NOTHING_GIVEN", (*path, "kinds"))
    for kind, times in Counter(given.kind for given in terms.kinds).items():
        if times > 1:
            yield Problem("KIND_GIVEN_TWICE", (*path, "kinds"), {"session_kind": kind})
    for n, given in enumerate(terms.kinds):
        at = (*path, "kinds", str(n))
        yield from _within(given.notice_days, NOTICE_DAYS, (*at, "noticeDays"))
        yield from _within(given.point_hours, POINT_HOURS, (*at, "pointHours"))
        if not given.convened_by or not CONVENING.issuperset(given.convened_by):
            yield Problem("CANNOT_CONVENE", (*at, "convenedBy"))
    if len(terms.holidays) > MOST_HOLIDAYS:
        yield Problem("TOO_MANY_ITEMS", (*path, "holidays"), {"limit": MOST_HOLIDAYS})


def _quorums(terms: Terms, path: Path) -> Iterator[Problem]:
    yield from _some(len(terms.quorums), MOST_CALLS, (*path, "quorums"))
    for n, quorum in enumerate(terms.quorums):
        yield from _quorum(quorum, (*path, "quorums", str(n)))
    yield from _within(terms.next_call.amount, DELAYS[terms.next_call.unit], (*path, "nextCall", "amount"))


def _quorum(quorum: Quorum, path: Path) -> Iterator[Problem]:
    # A later call may sit with those who are there: none of the seats is a share, too.
    yield from _share(quorum.share, (*path, "share"), least=0)
    yield from _within(quorum.least, SEATS, (*path, "least"))


def _majorities(terms: Terms, path: Path) -> Iterator[Problem]:
    yield from _some(len(terms.majorities), MOST_MATTERS, (*path, "majorities"))
    known = Counter(majority.matter for majority in terms.majorities)
    for n, majority in enumerate(terms.majorities):
        at = (*path, "majorities", str(n))
        if not CODE.fullmatch(majority.matter):
            yield Problem("BAD_CODE", (*at, "matter"), {"code": majority.matter[:64]})
        elif known[majority.matter] > 1:
            yield Problem("MATTER_GIVEN_TWICE", (*at, "matter"), {"code": majority.matter})
        yield from _majority(majority, at)


def _majority(majority: Majority, path: Path) -> Iterator[Problem]:
    yield from problems_with_text(majority.name, (*path, "name"), longest=LONGEST_NAME)
    yield from _share(majority.share, (*path, "share"), least=1)


def _share(share: Share, path: Path, *, least: int) -> Iterator[Problem]:
    yield from _within(share.denominator, PARTS, (*path, "denominator"))
    # More than the whole is never there: nothing could ever be decided.
    most = share.denominator - 1 if share.more_than else share.denominator
    yield from _within(share.numerator, range(least, max(most, least) + 1), (*path, "numerator"))


def _minutes(terms: Terms, path: Path) -> Iterator[Problem]:
    if terms.minutes_mode is MinutesMode.NO_OBJECTION:
        yield from _within(terms.minutes_days, MINUTES_DAYS, (*path, "minutesDays"))
    elif terms.minutes_days:
        yield Problem("OUT_OF_RANGE", (*path, "minutesDays"), {"least": 0, "most": 0})


def _some(number: int, most: int, path: Path) -> Iterator[Problem]:
    if not number:
        yield Problem("NOTHING_GIVEN", path)
    elif number > most:
        yield Problem("TOO_MANY_ITEMS", path, {"limit": most})


def _within(number: int, allowed: range, path: Path) -> Iterator[Problem]:
    if number not in allowed:
        yield Problem("OUT_OF_RANGE", path, {"least": allowed[0], "most": allowed[-1]})
