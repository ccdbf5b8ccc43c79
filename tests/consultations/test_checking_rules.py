"""What can be wrong with display rules: each code, where it points, and everything at once."""

from __future__ import annotations

from typing import Any

import pytest

from hub.consultations.checking_rules import FITTING, ONLY_WHETHER, check_rules
from hub.consultations.display_rules import Ruled
from hub.errors import Problem
from hub.wording import LABELS, LANGUAGES, sentence
from tests.consultations.ruling import ask

ONE = ask("one", "single_choice", options="x y")
SEVERAL = ask("several", "multiple_choice", options="x y")
RANKED = ask("ranked", "ranking", options="x y")
SCALE = ask("scale", "scale", minimum=1, maximum=5)
AGE = ask("age", "number")
DAY = ask("day", "date")
GRID = ask("grid", "matrix", rows="r s", options="x y")
AGREES = ask("agrees", "consent")
SHORT = ask("short")
LONG = ask("long", "long_text")
PLACE = ask("place", "place")
NOTICE = ask("notice", "notice")
ALL = [ONE, SEVERAL, RANKED, SCALE, AGE, DAY, GRID, AGREES, SHORT, LONG, PLACE, NOTICE]


def told(*questions: Ruled) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the problems of a questionnaire as (code, question, facts), each of them worded."""
    problems = check_rules(questions)
    for problem in problems:
        assert problem.path[-1] == "displayRule"
        for language in LANGUAGES:
            said = sentence(problem.code, problem.facts, (language,))
            assert "{" not in said
            assert said.endswith(".")
    return [(problem.code, problem.path[-2], dict(problem.facts)) for problem in problems]


def wrong(rule: str, *before: Ruled) -> list[tuple[str, dict[str, Any]]]:
    return [(code, facts) for code, _, facts in told(*(before or ALL), ask("end", rule=rule), ask("after"))]


@pytest.mark.parametrize(
    ("rule", "code", "facts"),
    [
        ("one = ", "RULE_SYNTAX", {"at": 7, "expected": "value"}),
        ("", "RULE_SYNTAX", {"at": 1, "expected": "comparison"}),
        ("not " * 21 + "one = x", "RULE_TOO_LONG", {"characters": 1_000, "comparisons": 50, "levels": 20}),
        ("gone = x", "RULE_UNKNOWN_QUESTION", {"question": "gone"}),
        ("one = z", "RULE_UNKNOWN_OPTION", {"question": "one", "part": "option", "option": "z"}),
        ("several has any (x, z)", "RULE_UNKNOWN_OPTION", {"question": "several", "part": "option", "option": "z"}),
        ("ranked != z", "RULE_UNKNOWN_OPTION", {"question": "ranked", "part": "option", "option": "z"}),
        ("grid.r = z", "RULE_UNKNOWN_OPTION", {"question": "grid", "part": "option", "option": "z"}),
        ("grid.t = x", "RULE_UNKNOWN_OPTION", {"question": "grid", "part": "row", "option": "t"}),
        ("answered(after)", "RULE_LATER_QUESTION", {"question": "after"}),
        ("answered(end)", "RULE_CIRCULAR", {"ring": "end → end"}),
        ("scale > 5", "RULE_UNREACHABLE", {}),
        ("one = x and one = y", "RULE_UNREACHABLE", {}),
    ],
)
def test_each_thing_that_can_be_wrong(rule: str, code: str, facts: dict[str, Any]) -> None:
    assert wrong(rule) == [(code, facts)]


def test_a_problem_points_at_the_rule_of_its_question() -> None:
    question = Ruled(code="q", kind="short_text", path=("sections", "0", "questions", "3"), display_rule="gone = x")
    place = ("sections", "0", "questions", "3", "displayRule")
    assert check_rules([question]) == [Problem("RULE_UNKNOWN_QUESTION", place, {"question": "gone"})]


OPERATORS = ["= {}", "!= {}", "in ({})", "< {}", "<= {}", "> {}", ">= {}", "has {}", "has any ({})", "has all ({})"]
SAME, ORDERED, HOLDS = {"= {}", "!= {}", "in ({})"}, {"< {}", "<= {}", "> {}", ">= {}"}, {*OPERATORS[-3:]}


@pytest.mark.parametrize(
    ("asked", "value", "fitting"),
    [
        ("one", "x", SAME),
        ("several", "x", HOLDS),
        ("ranked", "x", SAME | HOLDS),
        ("scale", "3", SAME | ORDERED),
        ("age", "-1.5", SAME | ORDERED),
        ("day", "2026-12-01", SAME | ORDERED),
        ("grid.r", "x", SAME),
        ("grid", "x", set()),
        ("agrees", "true", {"= {}"}),
        ("short", "x", set()),
        ("long", "x", set()),
        ("place", "x", set()),
        ("notice", "x", set()),
        # A row of what is no matrix; and what is no value of the kind.
        ("one.r", "x", set()),
        ("age.r", "3", set()),
        ("age", "x", set()),
        ("age", "2026-12-01", set()),
        ("scale", "true", set()),
        ("day", "18", set()),
        ("day", "2026-02-30", set()),
        ("agrees", "yes", set()),
    ],
)
@pytest.mark.parametrize("operator", OPERATORS)
def test_which_operators_fit_which_kind(asked: str, value: str, operator: str, fitting: set[str]) -> None:
    rule = f"{asked} {operator.format(value)}"
    found = wrong(rule)
    if operator in fitting:
        assert found == []
    else:
        code = asked.partition(".")[0]
        kind = next(question.kind for question in ALL if question.code == code)
        name = FITTING.get(kind, ONLY_WHETHER).name
        assert found == [("RULE_WRONG_TYPE", {"question": code, "comparison": rule, "fitting": name})]


@pytest.mark.parametrize("code", [question.code for question in ALL])
def test_everything_but_a_notice_can_be_asked_whether_it_was_answered(code: str) -> None:
    expected = [] if code != "notice" else ["RULE_WRONG_TYPE"]
    assert [found for found, _ in wrong(f"answered({code})")] == expected


def test_what_can_be_asked_is_worded_for_every_kind() -> None:
    assert set(LABELS["fitting"]) == {fitting.name for fitting in (*FITTING.values(), ONLY_WHETHER)}


def test_six_faults_are_told_at_once() -> None:
    questionnaire = [
        ask("a", "single_choice", options="x y"),
        ask("b", rule="a = x and"),
        ask("c", rule="gone = x or a = z or a < 3 or answered(h)"),
        ask("d", rule="a = x and a = y"),
        ask("e", rule="answered(f)"),
        ask("f", rule="answered(e)"),
        ask("g", rule="not a = x"),
        ask("h"),
    ]
    assert told(*questionnaire) == [
        ("RULE_SYNTAX", "b", {"at": 10, "expected": "comparison"}),
        ("RULE_UNKNOWN_QUESTION", "c", {"question": "gone"}),
        ("RULE_UNKNOWN_OPTION", "c", {"question": "a", "part": "option", "option": "z"}),
        ("RULE_WRONG_TYPE", "c", {"question": "a", "comparison": "a < 3", "fitting": "single_choice"}),
        ("RULE_LATER_QUESTION", "c", {"question": "h"}),
        ("RULE_UNREACHABLE", "d", {}),
        ("RULE_CIRCULAR", "e", {"ring": "e → f → e"}),
        ("RULE_CIRCULAR", "f", {"ring": "f → e → f"}),
    ]


def test_the_same_thing_is_told_once_for_each_rule() -> None:
    rule = "gone = x or gone = y or answered(gone) or one = z or not one = z"
    assert [code for code, _ in wrong(rule)] == ["RULE_UNKNOWN_QUESTION", "RULE_UNKNOWN_OPTION"]


@pytest.mark.parametrize(
    ("refers", "expected"),
    [
        # Each member of a ring tells the ring from itself on.
        ("a:b b:c c:a", {"a": "a → b → c → a", "b": "b → c → a → b", "c": "c → a → b → c"}),
        ("a:b b:a c:a", {"a": "a → b → a", "b": "b → a → b"}),
        # Two rings that share a member.
        ("a:b b:a,c c:b", {"a": "a → b → a", "b": "b → a → b", "c": "c → b → c"}),
        # What lies between two rings is in neither.
        ("a:a b:a,c c:c", {"a": "a → a", "c": "c → c"}),
    ],
)
def test_rings(refers: str, expected: dict[str, str]) -> None:
    questionnaire = []
    for part in refers.split():
        code, _, others = part.partition(":")
        questionnaire.append(ask(code, rule=" or ".join(f"answered({other})" for other in others.split(","))))
    found = told(*questionnaire)
    assert {code: facts["ring"] for name, code, facts in found if name == "RULE_CIRCULAR"} == expected
    # A reference ahead that is part of the ring is told with it; one that is not is told apart.
    ahead = [(code, facts["question"]) for name, code, facts in found if name == "RULE_LATER_QUESTION"]
    assert ahead == ([("b", "c")] if refers.startswith("a:a") else [])
    assert {name for name, _, _ in found} <= {"RULE_CIRCULAR", "RULE_LATER_QUESTION"}


def test_a_long_ring_is_told_by_its_first_members() -> None:
    found = told(*(ask(f"q{n}", rule=f"answered(q{(n + 1) % 100})") for n in range(100)))
    assert found[98] == ("RULE_CIRCULAR", "q98", {"ring": "q98 → q99 → q0 → q1 → q2 → q3 → … → q98"})
    assert len(found) == 100


def test_nothing_is_claimed_of_what_hangs_on_a_wrong_rule() -> None:
    chain = [
        ask("b", rule="gone = x"),
        ask("c", rule="answered(b) and not answered(b)"),
        ask("d", rule="answered(c) and not answered(c)"),
    ]
    assert told(*chain) == [("RULE_UNKNOWN_QUESTION", "b", {"question": "gone"})]


def test_a_questionnaire_without_faults_passes() -> None:
    rule = (
        "one in (x, y) and several has x and ranked = y and scale >= 2 and age < 18.5 and day > 2026-01-01 "
        "and grid.s != x and agrees = true and answered(short) and not answered(place)"
    )
    assert wrong(rule) == []
    assert check_rules([]) == []
    assert check_rules(ALL) == []


def test_a_code_that_is_used_twice_means_the_first_question() -> None:
    twice = [ask("a", "single_choice", options="x y"), ask("a", rule="gone = x"), ask("b", rule="a = y and not a = y")]
    assert [(code, question) for code, question, _ in told(*twice)] == [
        ("RULE_UNKNOWN_QUESTION", "a"),
        ("RULE_UNREACHABLE", "b"),
    ]
    twice = [ask("a", "single_choice", rule="gone = x", options="x y"), ask("a"), ask("b", rule="a = y and not a = y")]
    assert [(code, question) for code, question, _ in told(*twice)] == [("RULE_UNKNOWN_QUESTION", "a")]


@pytest.mark.parametrize(
    "broken",
    [
        ask("a", "number", required=True, minimum=5, maximum=1),
        ask("a", "number", required=True, minimum="NaN", maximum="Infinity"),
        ask("a", "scale", required=True, minimum="1e1000000", maximum="-1e1000000"),
        ask("a", "multiple_choice", required=True, options="x y", min_choices=3),
        ask("a", "ranking", required=True, options="x y", max_choices=0),
        ask("a", "single_choice", required=True),
        ask("a", "matrix", required=True),
        ask("a", "date", required=True, minimum=1),
        ask("a", "of_another_kind", required=True),
    ],
)
def test_a_question_with_impossible_limits_stops_nothing(broken: Ruled) -> None:
    assert {code for code, _ in wrong("answered(a)", broken)} <= {"RULE_UNREACHABLE"}
    assert wrong("not answered(a) or answered(a)", broken) == []
