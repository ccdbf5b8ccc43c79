"""A draft of a consultation: read whole, changed in one place by some page, and saved whole again.

The hub takes all of a draft at once. So that a page which shows one part of it loses no other, every page of the desk
reads the draft here as the input of an edit, changes what its own form is about, and saves it here.

::

    draft = await read_draft(request, id_)
    draft.input["title"] = said_in(given, "title", draft.input["title"])
    errors = await save_draft(request, draft, draft.input, based_on=given.get("basedOn"))
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

from frontend_stub.asking import ComeBack
from frontend_stub.forms import Filled
from frontend_stub.languages import LANGUAGES, Words, chosen
from frontend_stub.sending import is_too_long, sent
from frontend_stub.whoever import hub_of, token_of

Read = Mapping[str, Any]
Input = dict[str, Any]
Errors = list[dict[str, Any]]

UNPUBLISHED = ("DRAFT", "CHECKED")

PLAIN = (
    "sourceLanguage",
    "identityPolicy",
    "assurance",
    "anonymity",
    "resultsPolicy",
    "responsesEach",
    "networkLimit",
    "smallestCell",
    "graceSeconds",
    "lateDays",
    "opening",
    "closing",
)
"""What an edit takes as it was read."""

MOST_AT_FIRST, LARGEST_PAGE = 20, 100
"""How many questions are asked for at first and then: whoever asks pays for as many, whether they are there or not."""

TEXTS = ("title", "purpose", "scope", "privacyNotice", "attribution")
TEXTS_OF_QUESTIONS = ("title", "hint", "unit", "lowLabel", "highLabel")


@dataclass(frozen=True)
class Draft:
    """A draft as it was read: what an edit of it would send, and the edition that it is."""

    id: str
    state: str
    updated_at: str
    """The edition: a save that is based on it is refused once somebody else has saved another one."""
    input: Input
    """All that the draft says, as the input of an edit; a page changes its own part of it."""
    barred: str | None
    """Why whoever is here may not write it; None where they may."""
    territories: list[Input]
    """The territories that it is about, by id and name."""
    order: Read | None
    """The mandate that orders it; None where the body asks by its own initiative."""

    @property
    def name(self) -> str:
        """What it is called, in the language that it was written in."""
        title = self.input["title"]
        found: str = words_of(title)[title["source"]]
        return found

    @property
    def questions(self) -> list[Input]:
        """Its questions, of all sections, in their order."""
        return [question for section in self.sections for question in section["questions"]]

    @property
    def sections(self) -> list[Input]:
        """The sections of its questionnaire, with their questions."""
        found: list[Input] = self.input["questionnaire"]["sections"]
        return found


async def read_draft(request: Request, id_: str) -> Draft:
    """Return all of a draft; 404 where there is none, or none that whoever is here may see, 409 once it is published.

    A long questionnaire comes in pages. Where somebody saves it while they are read, they are read again.
    """
    for _ in range(3):
        pages = [await _page(request, id_, {"most": MOST_AT_FIRST})]
        onward = _onward(pages, {})
        while onward is not None:
            pages.append(await _page(request, id_, onward))
            onward = _onward(pages, onward)
        if len({page["updatedAt"] for page in pages}) == 1:
            return draft_of(pages)
    raise ComeBack("A draft changed again and again while it was read.", status=503, seconds=5)


async def save_draft(request: Request, draft: Draft, changed: Input, *, based_on: str | None = None) -> Errors:
    """Save all of a draft, finished or not; what is wrong is returned, and then nothing was saved.

    `based_on` is the edition that a form was shown with, which it carries as its field `basedOn`. Where `is_overtaken`
    says so of the answer, somebody else has saved the draft since then.
    """
    edition, questionnaire = based_on or draft.updated_at, sent(changed["questionnaire"])
    named = {"consultationId": draft.id, "basedOn": edition, "unfinished": True}
    edit = {**changed, "questionnaire": questionnaire, **named}
    if is_too_long(edit):
        return [too_long(request)]
    answer = await hub_of(request).ask("save_draft", {"input": edit}, language=chosen(request), token=token_of(request))
    errors: Errors = answer["editConsultation"]["errors"]
    return errors


def too_long(request: Request) -> dict[str, Any]:
    """Return the error that the hub would not even read what was written, since it is too much at once."""
    message = str(Words(chosen(request))("draft.too_long"))
    return {"__typename": "ValidationError", "code": "DRAFT_TOO_LONG", "message": message, "path": None}


def is_overtaken(errors: Iterable[Read]) -> bool:
    """Whether a draft was not saved because somebody else saved it in the meantime."""
    return any(error["code"] == "DRAFT_CHANGED" for error in errors)


def status_of(errors: Iterable[Read]) -> int:
    """Return the status of a page that tells these errors."""
    statuses = {"PermissionError": 403, "NotFoundError": 404, "ConflictError": 409, "StateError": 409}
    return max((statuses.get(error["__typename"], 422) for error in errors), default=200)


# ---- from what was read to what is sent ----------------------------------------------------------------------------


def draft_of(pages: list[Input]) -> Draft:
    """Return the draft that these pages of it make up."""
    first = pages[0]
    edit = next((act for act in first["availableTransitions"] if act["event"] == "edit"), None)
    territories = [territory for page in pages for territory in page["territories"]["nodes"]]
    return Draft(
        id=first["id"],
        state=first["state"],
        updated_at=first["updatedAt"],
        input=input_of(first, territories, _questions(pages)),
        barred=None if edit is None or edit["allowed"] else edit["reason"]["message"],
        territories=territories,
        order=None if first["mandate"]["state"] == "PROPOSED" else first["mandate"],
    )


def input_of(read: Read, territories: Iterable[Read], questions: Iterable[Read]) -> Input:
    """Return what was read of a draft as the input that an edit takes, without which and of what edition."""
    mandate, (revision,) = read["mandate"], read["revisions"]["nodes"]
    return {
        **{name: read[name] for name in PLAIN},
        **{name: text_input(read[name]) for name in TEXTS},
        **_order(mandate),
        "territoryIds": [territory["id"] for territory in territories],
        "questionnaire": questionnaire_input(revision["sections"], questions),
    }


def _order(mandate: Read) -> Input:
    """Return what a draft rests on: a mandate that was ordered before it, or the reason that is proposed with it."""
    if mandate["state"] != "PROPOSED":
        return {"mandateId": mandate["id"]}
    reason = {"reason": text_input(mandate["reason"]), "question": text_input(mandate["question"])}
    return {"ownInitiative": {**reason, "dueOn": mandate["dueOn"]}}


def questionnaire_input(sections: Iterable[Read], questions: Iterable[Read]) -> Input:
    """Return a questionnaire as it is sent: the questions of each section follow those of the one before."""
    waiting = iter(questions)
    return {
        "sections": [
            {
                "title": text_input(section["title"]),
                "introduction": text_input(section["introduction"]),
                "questions": [question_input(next(waiting)) for _ in range(section["questions"]["totalCount"])],
            }
            for section in sections
        ]
    }


def question_input(read: Read) -> Input:
    """Return a question as it is sent."""
    labelled = {
        name: [{**item, "label": text_input(item["label"])} for item in read[name]] for name in ("options", "rows")
    }
    return {**read, **{name: text_input(read[name]) for name in TEXTS_OF_QUESTIONS}, **labelled}


def text_input(read: Read | None) -> Input | None:
    """Return a text as it is sent, in every language that it has."""
    return None if read is None else {"source": read["sourceLanguage"], "translations": read["translations"]}


def _questions(pages: Iterable[Read]) -> list[Read]:
    return [question for page in pages for question in page["revisions"]["nodes"][0]["questions"]["nodes"]]


# ---- texts between inputs and forms --------------------------------------------------------------------------------


def words_of(text: Read | None) -> dict[str, str]:
    """Return the words of a text by language, as the fields of a form show them."""
    return (
        {} if text is None else {translation["language"]: translation["text"] for translation in text["translations"]}
    )


def given_words(given: Filled, name: str, *, languages: Sequence[str] = LANGUAGES) -> dict[str, str]:
    """Return what somebody wrote into the fields of a text, by language, also where they wrote nothing."""
    return {language: given.words(f"{name}.{language}") or "" for language in languages}


def said_in(
    given: Filled, name: str, before: Read | None, *, source: str = LANGUAGES[0], languages: Sequence[str] = LANGUAGES
) -> Input:
    """Return a text with what a form says of it; where it says nothing in any language, the hub will ask for it.

    Languages that the form does not show stay as they were, and so does whatever else a translation has. Words that
    were changed are somebody's own from then on, and no machine's.
    """
    written = given_words(given, name, languages=languages)
    former = {} if before is None else {one["language"]: one for one in before["translations"]}
    found = [one for language, one in former.items() if language not in written]
    for language, words in written.items():
        if not words:
            continue
        known = former.get(language)
        kept = known if known is not None and known["text"] == words else None
        found.append(kept or {**(known or {"easyRead": None}), "language": language, "text": words, "origin": "HUMAN"})
    spoken = [one["language"] for one in found]
    wanted = source if before is None else before["source"]
    order = {language: place for place, language in enumerate(former)}
    found.sort(key=lambda one: order.get(one["language"], len(order)))
    return {"source": wanted if wanted in spoken or not spoken else spoken[0], "translations": found}


def said_if_any(
    given: Filled, name: str, before: Read | None, *, source: str = LANGUAGES[0], languages: Sequence[str] = LANGUAGES
) -> Input | None:
    """Return the same of a text that may be left out; None where it is."""
    text = said_in(given, name, before, source=source, languages=languages)
    return text if text["translations"] else None


async def _page(request: Request, id_: str, onward: Read) -> Input:
    variables = {"id": id_, **onward}
    found = await hub_of(request).ask("desk_draft", variables, language=chosen(request), token=token_of(request))
    node: Input | None = found["node"]
    if node is None or node["__typename"] != "Consultation":
        raise HTTPException(404)
    if node["state"] not in UNPUBLISHED:
        raise HTTPException(409)
    return node


def _onward(pages: list[Input], before: Read) -> dict[str, Any] | None:
    """Return where the next page of a draft begins, and how long it is; None after its last one."""
    lists = [page["revisions"]["nodes"][0]["questions"] for page in pages]
    ends = {"questionsAfter": lists[-1]["pageInfo"], "territoriesAfter": pages[-1]["territories"]["pageInfo"]}
    if not any(end["hasNextPage"] for end in ends.values()):
        return None
    left = lists[0]["totalCount"] - sum(len(found["nodes"]) for found in lists)
    # A list that has come to its end is empty from there on, and has no end of its own any more.
    cursors = {name: end["endCursor"] or before.get(name) for name, end in ends.items()}
    return {**cursors, "most": max(1, min(left, LARGEST_PAGE))}
