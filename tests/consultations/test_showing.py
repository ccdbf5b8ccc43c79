"""What a display rule means: tables of rule × answers → shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.consultations.display_rules import Not, Rule, references
from hub.consultations.showing import Said, judge, shown, visible_questions
from tests.consultations.ruling import ANY_RULE, ask, chose, date, number, read

NOTHING: dict[str, Said] = {}


@pytest.mark.parametrize(
    ("rule", "answers", "expected"),
    [
        # One value of several.
        ("a = x", {"a": chose("x")}, True),
        ("a = x", {"a": chose("y")}, False),
        ("a = x", NOTHING, False),
        ("a != x", {"a": chose("y")}, True),
        ("a != x", {"a": chose("x")}, False),
        ("a != x", NOTHING, False),
        ("not a = x", NOTHING, True),
        ("not a != x", NOTHING, True),
        ("a in (x, y)", {"a": chose("y")}, True),
        ("a in (x, y)", {"a": chose("z")}, False),
        ("a in (x, y)", NOTHING, False),
        ("a = 18", {"a": chose("18")}, True),
        ("a = 018", {"a": chose("18")}, False),
        # Several values.
        ("a has x", {"a": chose("y", "x")}, True),
        ("a has x", {"a": chose("y")}, False),
        ("a has x", NOTHING, False),
        ("not a has x", NOTHING, True),
        ("a has any (x, y)", {"a": chose("y", "z")}, True),
        ("a has any (x, y)", {"a": chose("z")}, False),
        ("a has all (x, y)", {"a": chose("y", "z", "x")}, True),
        ("a has all (x, y)", {"a": chose("x", "z")}, False),
        ("a has all (x, y)", NOTHING, False),
        # The first place of a ranking, and what was ranked.
        ("a = x", {"a": chose("x", "y")}, True),
        ("a = y", {"a": chose("x", "y")}, False),
        ("a != y", {"a": chose("x", "y")}, True),
        ("a in (y, z)", {"a": chose("x", "y")}, False),
        ("a has y", {"a": chose("x", "y")}, True),
        # Numbers are compared as numbers.
        ("a = 18", {"a": number("18.0")}, True),
        ("a = 18.5", {"a": number("18.50")}, True),
        ("a != 18", {"a": number("18.00")}, False),
        ("a < 18", {"a": number("17.9")}, True),
        ("a < 18", {"a": number("18")}, False),
        ("a <= 18", {"a": number("18")}, True),
        ("a > 9", {"a": number("10")}, True),
        ("a > -2", {"a": number("-10")}, False),
        ("a >= -2", {"a": number("-2")}, True),
        ("a in (1, 2.0)", {"a": number("2")}, True),
        ("a < 18", NOTHING, False),
        ("not a < 18", NOTHING, True),
        ("a = 0", {"a": number("0")}, True),
        # Dates are compared as dates.
        ("a = 2026-12-01", {"a": date("2026-12-01")}, True),
        ("a < 2026-12-01", {"a": date("2026-11-30")}, True),
        ("a < 2026-12-01", {"a": date("2026-12-01")}, False),
        ("a >= 2026-12-01", {"a": date("2027-01-01")}, True),
        ("a != 2026-12-01", {"a": date("2026-12-02")}, True),
        ("a in (2026-12-01, 2026-12-02)", {"a": date("2026-12-02")}, True),
        # Rows of a matrix.
        ("a.r = x", {"a": Said(rows={"r": "x", "s": "y"})}, True),
        ("a.r = x", {"a": Said(rows={"s": "x"})}, False),
        ("a.r != x", {"a": Said(rows={"s": "x"})}, False),
        ("a.r != x", {"a": Said(rows={"r": "y"})}, True),
        ("a.r in (x, y)", {"a": Said(rows={"r": "y"})}, True),
        ("a.r = x", NOTHING, False),
        # Consent.
        ("a = true", {"a": Said(agreed=True)}, True),
        ("a = true", {"a": Said(agreed=False)}, False),
        ("a = false", {"a": Said(agreed=False)}, True),
        ("a = false", NOTHING, False),
        # Whether there is an answer, of whatever kind.
        ("answered(a)", {"a": Said()}, True),
        ("answered(a)", {"a": Said(agreed=False)}, True),
        ("answered(a)", {"b": Said()}, False),
        ("not answered(a)", NOTHING, True),
        # A word that is nothing of the kind compares with nothing.
        ("a = x", {"a": number("1")}, False),
        ("a != x", {"a": number("1")}, False),
        ("a < x", {"a": number("1")}, False),
        ("a != 2026-13-01", {"a": date("2026-12-01")}, False),
        ("a = true", {"a": Said()}, False),
        ("a != x", {"a": Said()}, False),
        ("a < x", {"a": chose("a")}, False),
        # Put together.
        ("a = x and b = y", {"a": chose("x"), "b": chose("y")}, True),
        ("a = x and b = y", {"a": chose("x")}, False),
        ("a = x or b = y", {"b": chose("y")}, True),
        ("a = x or b = y", NOTHING, False),
        ("a = x and b = y or c = z", {"c": chose("z")}, True),
        ("a = x and (b = y or c = z)", {"c": chose("z")}, False),
        ("not (a = x and b = y)", {"a": chose("x")}, True),
        ("not (a = x or b = y)", {"a": chose("x")}, False),
        ("not not a = x", {"a": chose("x")}, True),
    ],
)
def test_when_a_question_is_shown(rule: str, answers: dict[str, Said], *, expected: bool) -> None:
    assert shown(read(rule), answers) is expected
    assert shown(Not(read(rule)), answers) is not expected


def test_a_question_without_a_rule_is_always_shown() -> None:
    assert shown(None, NOTHING)


CHAIN = [
    ask("a"),
    ask("b", rule="a = x"),
    ask("c", rule="b = x"),
    ask("d", rule="not answered(b)"),
    ask("e", rule="later = x"),
    ask("later"),
]


@pytest.mark.parametrize(
    ("answers", "visible"),
    [
        (NOTHING, "a d later"),
        ({"a": chose("x")}, "a b d later"),
        ({"a": chose("x"), "b": chose("x")}, "a b c later"),
        # What was said to a hidden question does not count.
        ({"a": chose("y"), "b": chose("x")}, "a d later"),
        ({"b": chose("x"), "c": chose("x")}, "a d later"),
        # Nor does what is said only later, or to a question that is not there.
        ({"later": chose("x"), "gone": chose("x")}, "a d later"),
    ],
)
def test_which_questions_somebody_sees(answers: dict[str, Said], visible: str) -> None:
    assert visible_questions(CHAIN, answers) == set(visible.split())


SOME = st.dictionaries(
    st.sampled_from(["a", "luz", "edad", "or"]),
    st.sampled_from([chose("a"), chose("luz", "0"), number("1.5"), date("2026-12-01"), Said(), Said(rows={"a": "or"})]),
)


@settings(max_examples=80, deadline=None)
@given(rule=ANY_RULE, answers=SOME, later=SOME)
def test_what_is_settled_by_some_answers_stays_so_whatever_is_said_to_the_others(
    rule: Rule, answers: dict[str, Said], later: dict[str, Said]
) -> None:
    whole = {**later, **answers}
    assert judge(rule, answers, partly=True) in (None, shown(rule, whole))
    everything = dict.fromkeys(references(rule)) | whole
    assert judge(rule, everything, partly=True) is shown(rule, whole)
