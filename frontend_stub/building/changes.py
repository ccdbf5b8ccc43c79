"""Changes: what a correction makes another of a questionnaire, for whoever is about to put it in force.

A question is the same as before where it goes on the one that had its code, whatever its code is now and wherever it
stands. A correction that changes words alone may be called a clarification; whether it is one, the hub decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from frontend_stub.building.arranging import Input, placed, question_of
from frontend_stub.building.kinds import DAYS, NUMBERS, TEXTS, WHOLE
from frontend_stub.building.telling import Telling
from frontend_stub.drafting import words_of
from frontend_stub.languages import LANGUAGES, Words
from frontend_stub.writing import size

COUNTED = (*WHOLE, *NUMBERS)


@dataclass(frozen=True)
class Difference:
    """Two wordings of one thing: in a language, or of what is not words."""

    language: str | None
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What became of a question, or of the headings."""

    what: Literal["added", "removed", "changed", "moved", "headings"]
    number: int
    """The number of the question: in the new wording, or in the former one where it was removed."""
    differences: tuple[Difference, ...] = ()
    former: int = 0
    """Of a question that was moved, the number that it had."""
    part: int = 0
    """Of a question that was moved, the part that it is in now."""


def changes(former: Input, corrected: Input, words: Words) -> list[Change]:
    """Return everything that is not as before, in the order of the new wording; what was removed comes last."""
    before, after = Telling(former, words), Telling(corrected, words)
    headings = tuple(_differences(_headings(former), _headings(corrected)))
    found = [Change("headings", 0, headings)] if headings else []
    follows = {goes_on(question): question["code"] for _, question in placed(corrected)}
    shifted = _shifted(former, corrected, follows)
    for _, question in placed(corrected):
        told = after.questions[question["code"]]
        old = before.questions.get(goes_on(question))
        if old is None:
            found.append(Change("added", told.number, tuple(_between(None, question, before, after))))
            continue
        differences = tuple(_between(question_of(former, old.code), question, before, after))
        if question["code"] in shifted:
            found.append(Change("moved", told.number, differences, old.number, told.place.section + 1))
        elif differences:
            found.append(Change("changed", told.number, differences))
    for _, question in placed(former):
        if question["code"] not in follows:
            number = before.questions[question["code"]].number
            found.append(Change("removed", number, tuple(_between(question, None, before, after))))
    return found


def goes_on(question: Input) -> str:
    """Return the code that a question had until now; for a new one its own, which none had."""
    return str(question.get("continues") or question["code"])


def words_alone(found: list[Change]) -> bool:
    """Whether nothing but words is changed, so that it may be a clarification."""
    return all(
        change.what in ("changed", "headings") and all(one.language for one in change.differences) for change in found
    )


def _shifted(former: Input, corrected: Input, follows: dict[str, str]) -> set[str]:
    """Return the codes of questions that stand in another section, or elsewhere among those that stayed in theirs."""
    before = [(follows[q["code"]], place.section) for place, q in placed(former) if q["code"] in follows]
    order = {code: (at, section) for at, (code, section) in enumerate(before)}
    kept = [(q["code"], place.section) for place, q in placed(corrected) if q["code"] in order]
    # A section has no name: it is the one that most of its questions stood in.
    came: dict[int, Counter[int]] = defaultdict(Counter)
    for code, section in kept:
        came[section][order[code][1]] += 1
    found = {code for code, section in kept if order[code][1] != came[section].most_common(1)[0][0]}
    rest = [code for code, _ in kept if code not in found]
    steady = _longest_rising([order[code][0] for code in rest])
    return found | {code for code in rest if order[code][0] not in steady}


def _longest_rising(numbers: list[int]) -> set[int]:
    """Return the most numbers that are in order as they stand: those are not moved, whatever was moved past them."""
    rows: list[list[int]] = []
    for number in numbers:
        before = [row for row in rows if row[-1] < number]
        rows.append([*_longest(before), number])
    return set(_longest(rows))


def _longest(rows: list[list[int]]) -> list[int]:
    return max(rows, key=lambda row: len(row), default=[])


def _between(old: Input | None, new: Input | None, before: Telling, after: Telling) -> Iterator[Difference]:
    yield from _differences(_wordings(old), _wordings(new))
    # A rule names questions by their numbers and titles, which may have changed around it.
    both = old is not None and new is not None
    rule = not (old and new and old["displayRule"] == new["displayRule"])
    lines = [
        [] if one is None else [*_plain(one, telling, rule=rule), *(_codes(one, telling) if both else [])]
        for one, telling in ((old, before), (new, after))
    ]
    if lines[0] != lines[1]:
        yield Difference(None, *("\n".join(found) for found in lines))


def _differences(old: dict[str, str], new: dict[str, str]) -> Iterator[Difference]:
    for language in dict.fromkeys((*LANGUAGES, *old, *new)):
        if old.get(language, "") != new.get(language, ""):
            yield Difference(language, old.get(language, ""), new.get(language, ""))


def _wordings(question: Input | None) -> dict[str, str]:
    """Return all that is read of a question, by language, a line for each text."""
    if question is None:
        return {}
    labels = [item["label"] for name in ("rows", "options") for item in question[name]]
    return _lines([question[name] for name in ("title", "hint", *TEXTS)] + labels)


def _headings(questionnaire: Input) -> dict[str, str]:
    return _lines([section[name] for section in questionnaire["sections"] for name in ("title", "introduction")])


def _lines(texts: list[Input | None]) -> dict[str, str]:
    spoken = [words_of(text) for text in texts]
    languages = dict.fromkeys(language for words in spoken for language in words)
    return {language: "\n".join(words[language] for words in spoken if language in words) for language in languages}


def _plain(question: Input, telling: Telling, *, rule: bool) -> list[str]:
    """Return all else that a question is, a line for each thing."""
    words = telling.words
    limits = [(words.named("traits", name), question[name]) for name in (*COUNTED, *DAYS) if question[name] is not None]
    return [
        words.named("kinds_offered", question["kind"]),
        str(words("builder.required") if question["required"] else words("builder.voluntary")),
        words.named("sensitivity_offered", question["sensitivity"]),
        *(f"{name}: {limit if isinstance(limit, str) else format(limit, ',.15g')}" for name, limit in limits),
        *([words.named("places_offered", question["placeKind"])] if question["placeKind"] else []),
        *([", ".join(question["fileTypes"])] if question["fileTypes"] else []),
        *([f"{words.named('traits', 'maxSize')}: {size(question['maxSize'])}"] if question["maxSize"] else []),
        *([_condition(question, telling)] if rule and question["displayRule"] else []),
    ]


def _condition(question: Input, telling: Telling) -> str:
    words = telling.words
    return words("rule.shown_if", condition=telling.rule(question["displayRule"])).striptags()


def _codes(question: Input, telling: Telling) -> list[str]:
    """Return what the data calls a question and its parts, a line for each; an option for one's own words is marked."""
    words = telling.words
    options = [f"{option['code']} …" if option["other"] else option["code"] for option in question["options"]]
    return [
        f"{words('builder_question.code')}: {question['code']}",
        *(row["code"] for row in question["rows"]),
        *options,
    ]
