"""What the hub says to a caller, in Spanish and in English: sentences of refusals, labels of states.

The words stand in one file, `wording.toml`, so that whoever mends or translates them reads no code. A code
without a sentence in both languages is an error when this module is imported; a code that nobody wrote down
is a KeyError when it is used, and a test finds it before that.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hub.text import DEFAULT_LANGUAGE

LANGUAGES = ("es", "en")
"""The languages in which the hub itself speaks."""


def _read(file: Path) -> dict[str, Any]:
    catalogue = tomllib.loads(file.read_text(encoding="utf-8"))
    grouped = (*catalogue["labels"].values(), *catalogue["letters"].values())
    for group in (catalogue["sentences"], catalogue["notes"], *grouped):
        for code, words in group.items():
            if set(words) != set(LANGUAGES):
                raise KeyError(f"{code} must be worded in exactly these languages: {', '.join(LANGUAGES)}.")
    return catalogue


_catalogue = _read(Path(__file__).with_suffix(".toml"))

SENTENCES: Mapping[str, Mapping[str, str]] = _catalogue["sentences"]
"""The sentence of each code, by language."""

NOTES: Mapping[str, Mapping[str, str]] = _catalogue["notes"]
"""The sentences that say how results were made, by language."""

LABELS: Mapping[str, Mapping[str, Mapping[str, str]]] = _catalogue["labels"]
"""What is short and has no full stop: events, the states of each machine, roles, types."""

LETTERS: Mapping[str, Mapping[str, Mapping[str, str]]] = _catalogue["letters"]
"""The words of each kind of letter, part by part, by language."""

MONTHS: Mapping[str, Sequence[str]] = _catalogue["months"]


def spoken(languages: Iterable[str]) -> str:
    """Return the first of these languages that the hub speaks, else Spanish."""
    for tag in languages:
        language = tag.partition("-")[0].lower()
        if language in LANGUAGES:
            return language
    return DEFAULT_LANGUAGE


def sentence(code: str, facts: Mapping[str, object], languages: Iterable[str]) -> str:
    """Return the sentence of a refusal or a problem, with its facts written for the language."""
    language = spoken(languages)
    return SENTENCES[code][language].format_map({name: _fact(name, facts, language) for name in facts})


def note(code: str, facts: Mapping[str, object], languages: Iterable[str]) -> str:
    """Return a sentence about how results were made, with its facts written for the language."""
    language = spoken(languages)
    return NOTES[code][language].format_map({name: _fact(name, facts, language) for name in facts})


def letter_words(kind: str, facts: Mapping[str, object], language: str) -> dict[str, str]:
    """Return the words of a letter, part by part, with the facts that they name."""
    return {part: words[language].format_map(facts) for part, words in LETTERS[kind].items()}


def label(event: str, languages: Iterable[str]) -> str:
    """Return what an event of a life cycle is called, as something to do: `publicar`."""
    return LABELS["events"][event][spoken(languages)]


def state_label(machine: str, state: str, languages: Iterable[str]) -> str:
    """Return what a state of a life cycle is called: `abierta`."""
    return LABELS[machine][state][spoken(languages)]


def _fact(name: str, facts: Mapping[str, object], language: str) -> str:
    value = facts[name]
    if isinstance(value, dt.datetime):
        return moment(value, language, zone=str(facts.get("zone", "UTC")))
    if isinstance(value, dt.date):
        return day(value, language)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    known = LABELS.get(_group(name, facts), {})
    return known[str(value)][language] if str(value) in known else str(value)


def _group(name: str, facts: Mapping[str, object]) -> str:
    """Return the group of labels that words this fact, where one does."""
    if name == "state":
        return str(facts.get("machine"))
    return "events" if name == "event" else name


def day(date: dt.date, language: str) -> str:
    """Write a day: `20 de agosto de 2026`, `20 August 2026`."""
    month = MONTHS[language][date.month - 1]
    return f"{date.day} de {month} de {date.year}" if language == "es" else f"{date.day} {month} {date.year}"


def moment(at: dt.datetime, language: str, *, zone: str) -> str:
    """Write an instant as a clock in its zone shows it; a bare wall-clock time is written as it is."""
    shown = at if at.tzinfo is None else at.astimezone(ZoneInfo(zone))
    clock = f"{shown:%H:%M:%S}" if shown.second else f"{shown:%H:%M}"
    if language == "es":
        joined = f"{day(shown, language)} {'a la' if shown.hour == 1 else 'a las'} {clock}"
        return joined if at.tzinfo is None else f"{joined} ({clock_of(zone, language)})"
    joined = f"{day(shown, language)} at {clock}"
    return joined if at.tzinfo is None else f"{joined} ({clock_of(zone, language)})"


def clock_of(zone: str, language: str) -> str:
    """Say by whose clock a time is meant: `hora del centro de México`; a zone that nobody has worded, by its name."""
    if zone in LABELS["clock_of"]:
        return LABELS["clock_of"][zone][language]
    return f"hora de {zone}" if language == "es" else f"{zone} time"
