"""Whether a rule can come true, and that the search for the answers has an end."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType

import pytest

from hub.consultations.checking_rules import check_rules
from hub.consultations.display_rules import Ruled
from hub.errors import Problem
from tests.consultations.ruling import ask

SINGLE = ask("one", "single_choice", options="x y z")
MUST = ask("must", "single_choice", options="x y z", required=True)
TWO = ask("two", "multiple_choice", options="x y z", min_choices=2, max_choices=2)
SEVERAL = ask("several", "multiple_choice", options="x y z", required=True)
RANKED = ask("ranked", "ranking", options="x y z", max_choices=2)
SCALE = ask("scale", "scale", minimum=1, maximum=5)
AGE = ask("age", "number", minimum=0, maximum=120)
FREE = ask("free", "number", required=True)
DAY = ask("day", "date", minimum=dt.date(2026, 1, 1), maximum=dt.date(2026, 12, 31))
GRID = ask("grid", "matrix", rows="r s", options="x y", required=True)
AGREES = ask("agrees", "consent", required=True)
TEXT = ask("text", "long_text", required=True)
STAGE = [SINGLE, MUST, TWO, SEVERAL, RANKED, SCALE, AGE, FREE, DAY, GRID, AGREES, TEXT]


@pytest.mark.parametrize(
    ("rule", "reachable"),
    [
        ("one = x and one = y", False),
        ("one = x and one in (y, z)", False),
        ("one != x and one != y and one != z", False),
        ("one != x and one != y", True),
        ("one = x and not answered(one)", False),
        ("not (one = x or one = y or one = z)", True),
        ("not (must = x or must = y or must = z)", False),
        ("not answered(must)", False),
        ("not answered(one)", True),
        ("one = x and (must = y or not one = x)", True),
        ("two has all (x, y)", True),
        ("two has all (x, y, z)", False),
        ("two has x and not two has any (y, z)", False),
        ("answered(two) and not two has x and not two has y", False),
        ("not two has x and not two has y", True),
        ("not several has any (x, y, z)", False),
        ("several has all (x, y, z)", True),
        ("several has x and several has y", True),
        ("ranked = x and ranked has y", True),
        ("ranked = x and ranked = y", False),
        ("ranked = x and not ranked has x", False),
        ("ranked != x and ranked has x", True),
        ("ranked = z and ranked has x and ranked has y", False),
        ("scale > 5", False),
        ("scale >= 5", True),
        ("scale < 1", False),
        ("scale > 4 and scale < 5", False),
        ("scale = 2.5", False),
        ("age > 4 and age < 5", True),
        ("age > 120", False),
        ("age >= 120", True),
        ("age < 0", False),
        ("age > 18 and age < 18.000001", True),
        ("age >= 18 and age < 18", False),
        ("age = -1", False),
        ("free > 999999999999998 and free < 999999999999999", True),
        ("free < -999999999999999.999999", True),
        ("not (free <= 3 or free > 3)", False),
        ("day > 2026-12-31", False),
        ("day >= 2026-12-31", True),
        ("day > 2026-05-01 and day < 2026-05-02", False),
        ("day > 2026-05-01 and day < 2026-05-03", True),
        ("grid.r = x and grid.r = y", False),
        ("grid.r = x and grid.s = y", True),
        ("answered(grid) and not grid.r in (x, y)", True),
        ("answered(grid) and not grid.r in (x, y) and not grid.s in (x, y)", False),
        ("not answered(grid)", False),
        ("agrees = true and agrees = false", False),
        ("not agrees = true and not agrees = false", False),
        ("agrees = false", True),
        ("not answered(text)", False),
    ],
)
def test_whether_a_rule_can_come_true(rule: str, *, reachable: bool) -> None:
    problems = check_rules([*STAGE, ask("end", rule=rule)])
    assert [(problem.code, problem.path) for problem in problems] == (
        [] if reachable else [("RULE_UNREACHABLE", ("questions", "end", "displayRule"))]
    )


@pytest.mark.parametrize(
    ("chain", "unreachable"),
    [
        # A hidden question has no answer, required or not.
        ([("b", "must = x"), ("c", "must = y and answered(b)")], "c"),
        ([("b", "must = x"), ("c", "must = y and not answered(b)")], ""),
        ([("b", "must = x"), ("c", "must = x and not answered(b)")], "c"),
        ([("b", "must = x"), ("c", "b = x"), ("d", "c = x and must != x")], "d"),
        # An answer that only the rule of another question tells apart is tried as well.
        ([("b", "must = y"), ("c", "answered(b) and answered(must)")], ""),
        # What hangs on a question that nobody sees is not seen either.
        ([("b", "one = x and one = y"), ("c", "answered(b)"), ("d", "not answered(c)")], "b c"),
    ],
)
def test_the_rules_of_the_questions_before_count(chain: list[tuple[str, str]], unreachable: str) -> None:
    later = [ask(code, "single_choice", rule, options="x y", required=True) for code, rule in chain]
    problems = check_rules([SINGLE, MUST, *later])
    assert [(problem.code, problem.path[1]) for problem in problems] == [
        ("RULE_UNREACHABLE", code) for code in unreachable.split()
    ]


# ---- the end of the search ----


def counted(act: Callable[[], object]) -> int:
    """Return how many functions are called while something is done."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return calls


def sane(length: int) -> list[Ruled]:
    """Return a questionnaire as people make them, if long: each question behind a gate and behind the one before."""
    found = [ask("gate", "multiple_choice", options=names("o", 20), required=True)]
    for n in range(length):
        rule = f"gate has o{n % 20} and (age{n - 1} >= 18 or not answered(age{n - 1}))" if n else "gate has o1"
        found.append(ask(f"age{n}", "number", rule, minimum=0, maximum=120))
    return found


def names(letter: str, count: int, joint: str = " ") -> str:
    return joint.join(f"{letter}{n}" for n in range(count))


def test_twice_the_questionnaire_is_about_twice_the_work() -> None:
    assert check_rules(sane(100)) == []
    once, twice = (counted(partial(check_rules, sane(length))) for length in (50, 100))
    assert twice < 2.5 * once


def behind(rule: str, *questions: Ruled) -> list[Ruled]:
    """Return a questionnaire with as many questions as fit behind one rule."""
    return [*questions, *(ask(f"end{n}", rule=rule) for n in range(60))]


def every(rule: str, count: int, joint: str = " and ") -> str:
    return joint.join(rule.format(n) for n in range(count))


MANY = names("o", 300)
HALF = names("o", 150, ",")
BITS = [ask(f"q{n}", "single_choice", options="x y", required=True) for n in range(40)]
HOSTILE = {
    "subsets": behind(
        f"a has all ({HALF}) and a has any (o200) and not a has o5", ask("a", "multiple_choice", options=MANY)
    ),
    "half of the options": behind(
        f"a has any ({HALF}) and not a has o0 and a has all (o1, o2)",
        ask("a", "multiple_choice", options=names("o", 150), min_choices=75, max_choices=75),
    ),
    "rankings": behind(f"a in ({HALF}) and a has o200 and not a has o200", ask("a", "ranking", options=MANY)),
    "rows": behind(
        f"{every('a.r{} in (o1,o2)', 38)} and a.r0 = o3",
        ask("a", "matrix", rows=names("r", 50), options=MANY),
    ),
    "a contradiction at the end": behind(
        f"({every('q{} = x', 40, ' or ')}) and {every('(q{0} = x or q{0} = y)', 4)} and q39 = x and q39 = y", *BITS
    ),
    "everything hangs on everything": [
        ask(
            f"q{n}",
            "single_choice",
            " and ".join(f"not q{m} = x" for m in range(max(0, n - 40), n)) or None,
            options="x y",
        )
        for n in range(100)
    ],
    "a ring of all": [
        ask(f"q{n}", rule=" or ".join(f"answered(q{(n // 20 * 20 + 20 + m) % 100})" for m in range(20)))
        for n in range(100)
    ],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_questionnaire_is_given_up_in_time(name: str) -> None:
    """What is done grows with the steps that are allowed and with the length of the text, and with nothing else."""
    problems: list[Problem] = []
    calls = counted(lambda: problems.extend(check_rules(HOSTILE[name], most_steps=50_000)))
    written = sum(len(question.display_rule or "") for question in HOSTILE[name])
    assert calls < 10 * 50_000 + 10 * written
    assert {problem.code for problem in problems} <= {"RULE_CIRCULAR", "RULE_UNREACHABLE"}


def test_where_the_search_is_given_up_nothing_is_claimed() -> None:
    never = [
        ask("a", "single_choice", options="x y"),
        ask("b", rule="a = x and a = y"),
        ask("c", rule="a = x and a = y"),
    ]
    assert [problem.path[1] for problem in check_rules(never)] == ["b", "c"]
    assert [problem.path[1] for problem in check_rules(never, most_steps=25)] == ["b"]
    assert check_rules(never, most_steps=0) == []
    # What is spent on one rule is not there for the next.
    told = [len(check_rules(behind("a = x and a = y", never[0]), most_steps=steps)) for steps in (300, 600, 1200)]
    assert 0 < told[0] < told[1] < told[2] < 60


def test_the_same_questionnaire_is_told_the_same() -> None:
    first, again = (check_rules(HOSTILE["rankings"], most_steps=50_000) for _ in range(2))
    assert first == again
