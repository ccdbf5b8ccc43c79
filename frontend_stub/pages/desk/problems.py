"""Where in the pages of the desk something is put right that the hub finds wrong with a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from starlette.requests import Request

from frontend_stub.drafting import Draft, Input
from frontend_stub.languages import LANGUAGES, Words, chosen
from frontend_stub.pages.desk.filling import TEXTS, Fault, is_usual, text_of
from frontend_stub.pages.desk.officers import carried_out

Read = Mapping[str, Any]

PARTS = ("textos", "plazos", "reglas", "preguntas")
"""The pages on which a draft is written, in the order in which it usually is."""

TIMES = {"opening": "opens_date", "closing": "closes_date"}
MISSING = ("WORDING_MISSING", "WORDING_EMPTY", "NO_PRIVACY_NOTICE")


def field_of(error: Read, draft: Read, languages: Sequence[str] = LANGUAGES) -> str | None:
    """Return the field of a form in these languages that an error is about; None where it is about the whole."""
    path = [part for part in error.get("path") or [] if part != "ownInitiative"]
    if not path:
        return None
    name = str(path[0])
    if name in TEXTS:
        return f"{name}.{_language(error, path, text_of(draft, name), languages)}"
    if path[-1] == "zone":
        return "zone"
    return TIMES.get(name, name)


def _language(error: Read, path: Sequence[str], text: Read | None, languages: Sequence[str]) -> str:
    """Return the language of the field that a problem of a text is about."""
    translations = text["translations"] if text else []
    found = languages[0]
    if path[1:2] == ["translations"] and int(path[2]) < len(translations):
        found = translations[int(path[2])]["language"]
    elif error["code"] == "MISSING_LANGUAGE":
        there = {one["language"] for one in translations}
        found = next((language for language in languages if language not in there), found)
    return found if found in languages else languages[0]


def faults_of(
    errors: Iterable[Read], draft: Read, words: Words, *, languages: Sequence[str] = LANGUAGES
) -> list[Fault]:
    """Return what the hub found wrong with a form, each with its field; of what is missing in plain words."""
    found = []
    for error in errors:
        field = field_of(error, draft, languages)
        message = error["message"]
        if error["code"] in MISSING and field and field.partition(".")[0] in TEXTS:
            name, _, language = field.partition(".")
            said = {"name": words.named("desk_text", name), "language": words.named("languages", language)}
            message = words("desk_fault.missing", **said)
        found.append({"field": field, "message": message})
    return found


def part_of(error: Read) -> str:
    """Return the page on which a problem of a draft is put right."""
    path = [part for part in error.get("path") or [] if part != "ownInitiative"]
    name = path[0] if path else ""
    if name in TEXTS or name == "sourceLanguage":
        return "textos"
    if name in TIMES:
        return "plazos"
    return "preguntas" if name == "questionnaire" else "reglas"


async def problems_of(request: Request, draft: Draft) -> list[dict[str, Any]]:
    """Return all that keeps a draft from being published, by the places where it is put right."""
    errors: list[dict[str, Any]] = (await carried_out(request, "check_draft", {"consultationId": draft.id}))["errors"]
    words = Words(chosen(request))
    return placed(errors, draft.input, words, home=words.to(f"/escritorio/consultas/{draft.id}"))


def placed(errors: Iterable[Read], draft: Input, words: Words, *, home: str) -> list[dict[str, Any]]:
    """Return the problems of a draft in order, each place once: what it is called, where it is mended, what is wrong.

    A question has many texts, and what is wrong with several of them in the same way is said once.
    """
    found: dict[str, dict[str, Any]] = {}
    for error in [*errors, *_unchecked(draft, words)]:
        part = part_of(error)
        name, address = _question(error, draft, words) if part == "preguntas" else _field(error, draft, words)
        at = [int(step) for step in error["path"] or [] if step.isdigit()][:2] if part == "preguntas" else []
        new = {"part": part, "at": at, "name": name, "address": f"{home}/{address}", "messages": []}
        place = found.setdefault(address, new)
        (fault,) = faults_of([error], draft, words)
        if fault["message"] not in place["messages"]:
            place["messages"].append(fault["message"])
    return sorted(found.values(), key=lambda place: (PARTS.index(place["part"]), place["at"]))


def _unchecked(draft: Read, words: Words) -> list[dict[str, Any]]:
    """Return that nobody has checked the privacy notice, where it still says so itself; the hub cannot know that."""
    notice = draft["privacyNotice"]
    if notice is None or not any(is_usual(one["text"]) for one in notice["translations"]):
        return []
    return [{"code": None, "message": words("desk_fault.unchecked"), "path": ["privacyNotice"]}]


def _field(error: Read, draft: Read, words: Words) -> tuple[str, str]:
    field = field_of(error, draft)
    if field is None:
        return words.named("desk_part", part_of(error)), part_of(error)
    return words.named("desk_text", field.partition(".")[0]), f"{part_of(error)}#{field}"


def _question(error: Read, draft: Input, words: Words) -> tuple[str, str]:
    """Return what of a questionnaire a problem is about: a question by its words, a section, or all."""
    path = list(error["path"][1:])
    sections = draft["questionnaire"]["sections"]
    if path[:1] != ["sections"] or len(path) < 2:
        return words.named("desk_part", "preguntas"), "preguntas"
    number = int(path[1])
    section = sections[number] if number < len(sections) else None
    if section is None:
        return words.named("desk_part", "preguntas"), "preguntas"
    if path[2:3] == ["questions"] and len(path) > 3 and int(path[3]) < len(section["questions"]):
        question = section["questions"][int(path[3])]
        address = f"preguntas/pregunta/{quote(question['code'])}"
        return str(words("desk.question", title=_said(question["title"], words))), address
    name = words("desk.section", number=number + 1, title=_said(section["title"], words))
    return str(name), f"preguntas/parte/{number}"


def _said(text: Read, words: Words) -> str:
    translations = {one["language"]: one["text"] for one in text["translations"]}
    found = translations.get(words.language) or translations.get(text["source"]) or ""
    return found if len(found) <= 80 else f"{found[:79]}…"
