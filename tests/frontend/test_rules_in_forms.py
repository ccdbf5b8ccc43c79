"""Display rules in the front end: read and written as the hub does it, and shown in a form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontend_stub.building import conditions, rules
from hub.consultations import display_rules, parsing_rules
from hub.errors import Problem
from tests.consultations.ruling import ANY_RULE, WORDS

PIECES = st.sampled_from(
    [
        *'(),. =<>"',
        "!=",
        "<=",
        " or ",
        " and ",
        "not ",
        " in ",
        " has ",
        "any",
        "all",
        "answered",
        "a",
        "luz",
        "1.5",
        "-5",
    ]
)


def reads(text: str) -> str | None:
    """The canonical text of a rule as the front end reads it; None where it is none."""
    try:
        return rules.rule_text(rules.read_rule(text))
    except rules.Unreadable:
        return None


@given(ANY_RULE)
def test_what_the_hub_writes_is_read_and_written_in_the_same_way(rule: display_rules.Rule) -> None:
    text = display_rules.text_of(rule)
    assert reads(text) == text
    assert rules.references(rules.read_rule(text)) == display_rules.references(rule)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_what_the_hub_cannot_read_is_not_read(text: str) -> None:
    found = parsing_rules.parse(text)
    assert reads(text) == (None if isinstance(found, Problem) else display_rules.text_of(found))


@given(ANY_RULE, WORDS)
def test_a_question_that_gets_another_code_is_still_meant(rule: display_rules.Rule, old: str) -> None:
    text = display_rules.text_of(rule)
    renamed = rules.with_question_renamed(rules.read_rule(text), old, "otro")
    assert old not in rules.references(renamed)
    assert rules.rule_text(rules.with_question_renamed(renamed, "otro", old)) == text


@given(ANY_RULE)
def test_a_rule_that_a_form_shows_is_not_changed_by_it(rule: display_rules.Rule) -> None:
    """Saving the form unchanged says the same again, though `in (a)` may become `= a`."""
    read = rules.read_rule(display_rules.text_of(rule))
    shown = conditions.conditions_of(read)
    if shown is None:
        return
    join, found = shown
    again = conditions.rule_of(join, found)
    assert again is not None
    assert conditions.conditions_of(again) == (join if len(found) > 1 else "all", found)
    assert isinstance(parsing_rules.parse(rules.rule_text(again)), display_rules.Rule)


@pytest.mark.parametrize(
    ("text", "join", "tests"),
    [
        ("agua = si", "all", ["is"]),
        ("agua != si and not answered(luz)", "all", ["is_not", "unanswered"]),
        ("servicios has any (luz, gas) or edad >= 18", "any", ["has_any", "at_least"]),
        ("cuartos.cocina in (bien, mal)", "all", ["is"]),
    ],
)
def test_most_rules_fit_into_the_form(text: str, join: str, tests: list[str]) -> None:
    found = conditions.conditions_of(rules.read_rule(text))
    assert found is not None
    assert (found[0], [condition.test for condition in found[1]]) == (join, tests)
    again = conditions.rule_of(*found)
    assert again is not None
    assert rules.rule_text(again) == text


@pytest.mark.parametrize("text", ["not agua = si", "a = b and (c = d or e = f)", "not (answered(a) or answered(b))"])
def test_others_are_written_by_hand(text: str) -> None:
    assert conditions.conditions_of(rules.read_rule(text)) is None
