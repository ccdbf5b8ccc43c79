"""What a correction changed: two wordings of a questionnaire, question by question and language by language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Question = Mapping[str, Any]
Text = Mapping[str, Any] | None

TEXTS = ("title", "hint", "unit", "lowLabel", "highLabel")
LISTS = ("options", "rows")
SETTINGS = (
    "kind",
    "required",
    "sensitivity",
    "displayRule",
    "maxLength",
    "minChoices",
    "maxChoices",
    "minimum",
    "maximum",
    "decimals",
    "earliest",
    "latest",
    "placeKind",
)


def changes(before: Sequence[Question], after: Sequence[Question], *, language: str) -> list[dict[str, Any]]:
    """Return each question that was added, taken away or changed, in the order of the newer wording.

    Of the texts that differ, those in the reader's language come first.
    """
    old = {question["lineageId"]: question for question in before}
    kept = {question["lineageId"] for question in after}
    found: list[dict[str, Any]] = []
    for number, question in enumerate(after, 1):
        earlier = old.get(question["lineageId"])
        texts, settings = _differing(earlier, question, language), _settings(earlier, question) if earlier else []
        if earlier is None or texts or settings:
            how = "added" if earlier is None else "changed"
            found.append({"how": how, "number": number, "question": question, "texts": texts, "settings": settings})
    for number, question in enumerate(before, 1):
        if question["lineageId"] not in kept:
            texts = _differing(question, None, language)
            found.append({"how": "removed", "number": number, "question": question, "texts": texts, "settings": []})
    return found


def is_reordered(before: Sequence[Question], after: Sequence[Question]) -> bool:
    """Return whether the questions that both wordings have stand in another order."""
    old, new = ([question["lineageId"] for question in questions] for questions in (before, after))
    return [one for one in old if one in set(new)] != [one for one in new if one in set(old)]


def sections(
    before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]], *, language: str
) -> list[dict[str, str]]:
    """Return how the headings and introductions of the parts differ, in each language where they do."""
    old, new = ([text for part in parts for text in (part["title"], part["introduction"])] for parts in (before, after))
    return _apart("sections", old, new, language)


def _differing(before: Question | None, after: Question | None, language: str) -> list[dict[str, str]]:
    """Return the texts of a question that differ, each in a language; all of them where there is only one wording."""
    found: list[dict[str, str]] = []
    for name in TEXTS:
        found += _apart(name, [before and before[name]], [after and after[name]], language)
    for name in LISTS:
        old, new = ([item["label"] for item in one[name]] if one else [] for one in (before, after))
        found += _apart(name, old, new, language)
    return found


def _apart(name: str, before: Sequence[Text], after: Sequence[Text], first: str) -> list[dict[str, str]]:
    old, new = _by_language(before), _by_language(after)
    return [
        {"name": name, "language": language, "before": old.get(language, ""), "after": new.get(language, "")}
        for language in sorted(old.keys() | new.keys(), key=lambda code: (code != first, code))
        if old.get(language, "") != new.get(language, "")
    ]


def _by_language(texts: Iterable[Text]) -> dict[str, str]:
    """Return the lines that some texts are in each language."""
    lines: dict[str, list[str]] = {}
    for text in texts:
        for translation in text["translations"] if text else []:
            lines.setdefault(translation["language"], []).append(translation["text"])
    return {language: "\n".join(found) for language, found in lines.items()}


def _settings(before: Question, after: Question) -> list[dict[str, Any]]:
    return [{"name": n, "before": before[n], "after": after[n]} for n in SETTINGS if before[n] != after[n]]
