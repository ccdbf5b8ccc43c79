"""Every code that the hub may answer with is worded in both languages, and no wording is left over."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.agreements.models import AGREEMENT_LIFE
from hub.bodies.interest_models import INTEREST_LIFE
from hub.bodies.joining_models import JOIN_LIFE
from hub.bodies.models import BODY_LIFE
from hub.bodies.seat_models import MEMBERSHIP_LIFE
from hub.consultations.lifecycles import CONSULTATION_LIFE, REPORT_LIFE, RESPONSE_LIFE, STATEMENT_LIFE
from hub.instruments.models import INSTRUMENT_LIFE
from hub.lifecycle import Lifecycle
from hub.mandates.duty_models import WORK_PROGRAMME_LIFE
from hub.mandates.models import MANDATE_LIFE
from hub.people.models import REPRESENTATION_LIFE
from hub.sessions.minutes_models import ACTION_ITEM_LIFE, MINUTES_LIFE, OBSERVATION_LIFE
from hub.sessions.models import AGENDA_ITEM_LIFE, SESSION_LIFE
from hub.sessions.vote_models import MOTION_LIFE, VOTE_LIFE
from hub.studies.models import MILESTONE_LIFE, STUDY_LIFE
from hub.studies.review_models import REVIEW_LIFE
from hub.studies.revision_models import FINDING_LIFE, REVISION_LIFE
from hub.viewer import Role
from hub.wording import LABELS, LANGUAGES, NOTES, SENTENCES, label, sentence, spoken, state_label

ROOT = Path(__file__).parents[2]
REFUSALS = {
    "Refusal",
    "Unauthenticated",
    "Forbidden",
    "NotFound",
    "Conflict",
    "WrongState",
    "BadRequest",
    "Problem",
    "Rejected",
    "sentence",
}
LIVES = (
    BODY_LIFE,
    MEMBERSHIP_LIFE,
    JOIN_LIFE,
    INTEREST_LIFE,
    INSTRUMENT_LIFE,
    MANDATE_LIFE,
    WORK_PROGRAMME_LIFE,
    AGREEMENT_LIFE,
    CONSULTATION_LIFE,
    RESPONSE_LIFE,
    REPORT_LIFE,
    STATEMENT_LIFE,
    REPRESENTATION_LIFE,
    SESSION_LIFE,
    AGENDA_ITEM_LIFE,
    STUDY_LIFE,
    MILESTONE_LIFE,
    REVISION_LIFE,
    FINDING_LIFE,
    REVIEW_LIFE,
    MOTION_LIFE,
    VOTE_LIFE,
    MINUTES_LIFE,
    OBSERVATION_LIFE,
    ACTION_ITEM_LIFE,
)
CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")


def modules() -> Iterator[ast.Module]:
    """Return the parsed modules of the hub and of its schema."""
    for package in ("hub", "graphql_schema"):
        for file in (ROOT / package).rglob("*.py"):
            if file != ROOT / "hub" / "wording.py":
                yield ast.parse(file.read_text(encoding="utf-8"))


def constants(node: ast.AST) -> set[str]:
    """Return the texts in a piece of code that look like codes."""
    texts = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
    return {text for text in texts if isinstance(text, str) and CODE.fullmatch(text)}


def raised() -> set[str]:
    """Return the codes that refusals and problems are made with."""
    found: set[str] = set()
    for module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in REFUSALS:
                # `Rejected` is given its status first, so the code is the first text of the leading two.
                first = [set(constants(argument)) for argument in node.args[:2] if isinstance(argument, ast.Constant)]
                found.update(*first[:2])
    return found


def test_every_code_that_is_raised_has_its_sentence() -> None:
    codes = raised()
    assert len(codes) > 50, "The search for codes no longer finds them."
    assert codes - SENTENCES.keys() == set()


@pytest.mark.parametrize("code", sorted(NOTES))
def test_every_note_about_results_is_used_and_names_the_same_facts(code: str) -> None:
    facts = [
        {name for _, name, _, _ in string.Formatter().parse(NOTES[code][language]) if name} for language in LANGUAGES
    ]
    assert facts[0] == facts[1]
    assert all(text.endswith(".") for text in NOTES[code].values())
    assert code in set().union(*(constants(module) for module in modules()))


def test_no_sentence_is_left_over() -> None:
    mentioned = set().union(*(constants(module) for module in modules()))
    assert SENTENCES.keys() - mentioned == set()


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_both_languages_name_the_same_facts_in_one_sentence(code: str) -> None:
    words = SENTENCES[code]
    assert set(words) == set(LANGUAGES)
    facts = [{name for _, name, _, _ in string.Formatter().parse(words[language]) if name} for language in LANGUAGES]
    assert facts[0] == facts[1]
    for text in words.values():
        assert text.endswith(".")
        assert text[0].isupper() or text[0] in "{`"
        assert ". " not in text


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.machine)
def test_every_event_and_every_state_has_its_label(life: Lifecycle) -> None:
    assert all(label(event, ("es",)) and label(event, ("en",)) for event in life.events)
    assert [*LABELS[life.machine]] == [*life.states]
    assert all(state_label(life.machine, state, ("en",)) for state in life.states)


def test_every_role_has_its_label() -> None:
    assert set(LABELS["role"]) == set(Role)


def acts() -> set[str]:
    """What may come next besides the moves of a life cycle: the names of the transitions that a rule tells of."""
    called = [node for module in modules() for node in ast.walk(module) if isinstance(node, ast.Call)]
    told = [call.args[0] for call in called if ast.unparse(call.func).rpartition(".")[2] == "Transition" and call.args]
    return {str(name.value) for name in told if isinstance(name, ast.Constant)}


TOLD = {
    "edit_instrument", "edit_mandate", "reschedule", "write_minutes", "add_to_minutes",
    "edit_agreement", "renew_agreement", "link_agreement_obligation",
}  # fmt: skip
"""Acts that are told beside the moves of a life cycle, by their names alone."""


def test_no_event_label_is_left_over() -> None:
    events = {event for life in LIVES for event in life.events}
    assert set(LABELS["events"]) == events | acts() | TOLD


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (("es",), "es"),
        (("en-GB",), "en"),
        (("nah", "en"), "en"),
        (("de",), "es"),
        ((), "es"),
        (("EN",), "en"),
    ],
)
def test_the_first_language_that_the_hub_speaks_is_taken(asked: tuple[str, ...], answered: str) -> None:
    assert spoken(asked) == answered


def test_a_code_that_nobody_worded_is_an_error() -> None:
    with pytest.raises(KeyError):
        sentence("NEVER_WRITTEN", {}, ("es",))
