"""The language of display rules: what can be read, how it is written back, and where reading stops."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.consultations.display_rules import (
    MOST_CHARACTERS,
    Comparison,
    Either,
    Every,
    Not,
    Operator,
    Rule,
    comparisons,
    references,
    text_of,
)
from hub.consultations.parsing_rules import Expected, parse, rule_of
from hub.errors import Problem
from hub.wording import LABELS
from tests.consultations.ruling import ANY_RULE

A = Comparison("a", Operator.ANSWERED)
B = Comparison("b", Operator.IS, ("x",))
C = Comparison("c", Operator.HAS, ("y",))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("answered(a)", A),
        (" answered ( a ) ", A),
        ("b = x", B),
        ("b=x", B),
        ("\n b\t=\r\nx", B),
        ('"b" = "x"', B),
        ("c has y", C),
        ("edad >= 18", Comparison("edad", Operator.AT_LEAST, ("18",))),
        ("edad<=-1.5", Comparison("edad", Operator.AT_MOST, ("-1.5",))),
        ("edad<0", Comparison("edad", Operator.LESS, ("0",))),
        ("edad > 0.000001", Comparison("edad", Operator.MORE, ("0.000001",))),
        ("b != x", Comparison("b", Operator.IS_NOT, ("x",))),
        ("b in (x)", Comparison("b", Operator.IN, ("x",))),
        ("b in(x,y , 3)", Comparison("b", Operator.IN, ("x", "y", "3"))),
        ("c has any (x, y)", Comparison("c", Operator.HAS_ANY, ("x", "y"))),
        ("c has  all(x, y)", Comparison("c", Operator.HAS_ALL, ("x", "y"))),
        ('c has "any"', Comparison("c", Operator.HAS, ("any",))),
        ("m.agua = mala", Comparison("m", Operator.IS, ("mala",), "agua")),
        ("1.5 = 1.5", Comparison("1", Operator.IS, ("1.5",), "5")),
        ('"in"."or" in ("not", "and")', Comparison("in", Operator.IN, ("not", "and"), "or")),
        ("fecha < 2026-12-01", Comparison("fecha", Operator.LESS, ("2026-12-01",))),
        ("2026-12-01 = 2", Comparison("2026-12-01", Operator.IS, ("2",))),
        ("acepta = true", Comparison("acepta", Operator.IS, ("true",))),
        ("nota = android", Comparison("nota", Operator.IS, ("android",))),
        ("not answered(a)", Not(A)),
        ("not not answered(a)", Not(Not(A))),
        ("not(answered(a))", Not(A)),
        ("answered(a) and b = x or c has y", Either((Every((A, B)), C))),
        ("answered(a) or b = x and c has y", Either((A, Every((B, C))))),
        ("(answered(a) or b = x) and c has y", Every((Either((A, B)), C))),
        ("not answered(a) and b = x", Every((Not(A), B))),
        ("not (answered(a) and b = x)", Not(Every((A, B)))),
        ("answered(a) and (b = x and c has y)", Every((A, B, C))),
        ("((answered(a)) or (b = x)) or c has y", Either((A, B, C))),
    ],
)
def test_what_a_text_says(text: str, rule: Rule) -> None:
    assert parse(text) == rule
    assert parse(text_of(rule)) == rule


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (
            "servicios has luz and(edad>=18 or not answered( agua ))",
            "servicios has luz and (edad >= 18 or not answered(agua))",
        ),
        ('(("a" = "x"))', "a = x"),
        ("not((a = x))", "not a = x"),
        ("(a = x and b = y) or c = z", "a = x and b = y or c = z"),
        ("(a = x or b = y) and not (c = z or d = w)", "(a = x or b = y) and not (c = z or d = w)"),
        ('a."all" in (x,"in",-2)', 'a."all" in (x, "in", -2)'),
        ("a has all(x,y)", "a has all (x, y)"),
    ],
)
def test_a_rule_is_written_in_one_way(text: str, canonical: str) -> None:
    assert text_of(rule_of(text)) == canonical


@settings(max_examples=80, deadline=None)
@given(rule=ANY_RULE)
def test_what_is_written_is_read_as_the_same_rule(rule: Rule) -> None:
    assert parse(text_of(rule)) == rule


@settings(max_examples=80, deadline=None)
@given(
    text=st.text("abn019 or()=!<>.,-_\"'\nñA\x00", max_size=40)
    | st.lists(
        st.sampled_from(["a", "b", "not", "and", "or", "(", ")", "=", "has", "any", "in", "answered", ",", "-1", "."])
    ).map(" ".join)
)
def test_every_text_is_a_rule_or_has_one_problem(text: str) -> None:
    found = parse(text, path=("here",))
    if isinstance(found, Problem):
        assert (found.code, found.path) == ("RULE_SYNTAX", ("here",))
        assert 1 <= found.facts["at"] <= len(text) + 1  # type: ignore[operator]
    else:
        assert parse(text_of(found)) == found


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("", 1, "comparison"),
        ("   ", 4, "comparison"),
        ("a", 2, "operator"),
        ("a = ", 5, "value"),
        ("a == x", 4, "value"),
        ("a = x and", 10, "comparison"),
        ("a = x b = y", 7, "end"),
        ("a = x)", 6, "end"),
        ("(a = x", 7, "end_of_group"),
        ("(a = x]", 7, "end_of_group"),
        ("a in x", 6, "opening"),
        ("a in ()", 7, "value"),
        ("a in (x", 8, "end_of_list"),
        ("a in (x, )", 10, "value"),
        ("a in (x y)", 9, "end_of_list"),
        ("a has any x", 11, "opening"),
        ("a has and", 7, "value"),
        ("and = x", 1, "comparison"),
        ("any = x", 1, "comparison"),
        ("a = not", 5, "value"),
        ("answered a", 10, "opening"),
        ("answered()", 10, "question"),
        ("answered(a", 11, "closing"),
        ("answered(a.b)", 11, "closing"),
        ("a. b = x", 3, "row"),
        ("a .b = x", 3, "operator"),
        ("a.b.c = x", 4, "operator"),
        ("a.or = x", 3, "row"),
        ("AND = x", 1, "comparison"),
        ("a = X", 5, "value"),
        ("a = ñ", 5, "value"),
        ("año = 1", 2, "operator"),
        ("a = 'x'", 5, "value"),
        ('a = "x', 5, "value"),
        ('a = "x y"', 5, "value"),
        ('a = "-5"', 5, "value"),
        ("-5 = a", 1, "comparison"),
        ("a = --5", 5, "value"),
        ("a = 1.5x", 6, "end"),
        ("a = 1.2.3", 8, "end"),
        ("a = -1234567890123456", 5, "value"),
        ("a = 0.1234567", 6, "end"),
        ("a = x\x00", 6, "end"),
        ("a\u00a0= x", 2, "operator"),
        ("a = " + "x" * 65, 5, "value"),
        ("a" * 65 + " = x", 1, "comparison"),
        ("a && b", 3, "operator"),
        ("not", 4, "comparison"),
    ],
)
def test_where_a_text_cannot_be_read_and_what_belongs_there(text: str, at: int, expected: str) -> None:
    assert parse(text) == Problem("RULE_SYNTAX", (), {"at": at, "expected": expected})


def test_everything_that_can_be_expected_has_its_words() -> None:
    assert set(LABELS["expected"]) == set(Expected)


TOO_LONG = Problem("RULE_TOO_LONG", ("q",), {"characters": 1_000, "comparisons": 50, "levels": 20})
FIFTY = " or ".join(["a = x"] * 50)


@pytest.mark.parametrize(
    ("fits", "too_long"),
    [
        (FIFTY, f"{FIFTY} or a = x"),
        ("not " * 20 + "a = x", "not " * 21 + "a = x"),
        ("(" * 20 + "a = x" + ")" * 20, "(" * 21 + "a = x" + ")" * 21),
        ("not (" * 10 + "a = x" + ")" * 10, "not (" * 10 + "not a = x" + ")" * 10),
        # Levels are counted where they are open at once, not in all.
        (" and ".join(["(not (a = x))"] * 30), "(" * 999),
        # What is read from a text has to fit when it is written with its spaces, too.
        (f"a in ({','.join(['x'] * 330)})", f"a in ({','.join(['x'] * 340)})"),
    ],
)
def test_a_rule_has_its_limits(fits: str, too_long: str) -> None:
    rule = parse(fits)
    assert not isinstance(rule, Problem)
    assert parse(text_of(rule)) == rule
    assert parse(too_long, path=("q",)) == TOO_LONG


def test_a_rule_is_no_longer_than_a_text_may_be() -> None:
    assert not isinstance(parse("a = x".ljust(1_000)), Problem)
    told = Problem("WORDING_TOO_LONG", ("q",), {"limit": 1_000, "length": 1_001})
    assert parse("a = x".ljust(1_001), path=("q",)) == told


@pytest.mark.parametrize(
    "text",
    [
        "(" * MOST_CHARACTERS,
        "not " * 250,
        "a" * MOST_CHARACTERS,
        '"' * MOST_CHARACTERS,
        "a." * 500,
        "answered(" * 111,
        "a in (" + "," * 900,
        "-" * MOST_CHARACTERS,
        "9" * MOST_CHARACTERS,
        "a = " + "0." * 400,
        "((" * 9 + "a = x" + " or (b = y" * 40,
        "\ud800",
        "a = x; DROP TABLE question",
        "(" * 100_000,
        "x" * 10_000_000,
    ],
    ids=range(15),
)
def test_a_hostile_text_is_refused(text: str) -> None:
    found = parse(text)
    assert isinstance(found, Problem)
    assert found.code in ("RULE_SYNTAX", "RULE_TOO_LONG", "WORDING_TOO_LONG")


def test_a_stored_text_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(ValueError, match="RULE_SYNTAX"):
        rule_of("a =")


def test_a_rule_knows_the_questions_that_it_refers_to() -> None:
    rule = rule_of("b = x and (answered(a) or not b != y) and c.r = z")
    assert references(rule) == ("b", "a", "c")
    assert [text_of(comparison) for comparison in comparisons(rule)] == ["b = x", "answered(a)", "b != y", "c.r = z"]
