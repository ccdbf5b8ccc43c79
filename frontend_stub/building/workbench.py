"""The workbench: the questionnaire that a page changes, and where it lies until it is changed again.

A draft lies in the hub, and every change of it is saved at once. A questionnaire that is in force changes for
everybody or not at all, so its correction is carried from page to page in the forms (carrying.py) until it is sent as
a whole; whoever closes the page gives it up. The same pages work on both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Route

from frontend_stub.building.arranging import Input, Place, codes_of
from frontend_stub.building.carrying import LARGEST_FIELD, Spoilt, packed, unpacked
from frontend_stub.building.kinds import blank
from frontend_stub.drafting import Draft, Errors, questionnaire_input, read_draft, save_draft, text_input, too_long
from frontend_stub.forms import LARGEST_FORM, Filled, own_form
from frontend_stub.holding import Handler, held
from frontend_stub.languages import chosen
from frontend_stub.sending import is_too_long, sent
from frontend_stub.whoever import hub_of, token_of

MOST_FIELDS = 2_000
"""An option has four fields, and a question may have three hundred of them."""

UNWRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters other than tabs and the ends of lines."""

CORRECTING = "corregir"
WRITING = "preguntas"


@dataclass(frozen=True)
class Work:
    """A questionnaire that somebody is writing, and what their pages have to know of its consultation."""

    id: str
    title: Input
    source: str
    questionnaire: Input
    edition: str
    """Of a draft the edition that was read, of a correction the revision that it corrects."""
    draft: Draft | None = None
    """The draft that it is a part of; None where it is a correction."""
    former: tuple[str, ...] = ()
    """The codes of the questions in force, which a correction gives to no other question."""
    responses: int | None = None
    """How many responses there are to what is in force, where that was read and is told."""

    @property
    def address(self) -> str:
        """Where its pages lie."""
        return f"/escritorio/consultas/{self.id}/{CORRECTING if self.draft is None else WRITING}"

    @property
    def carried(self) -> str | None:
        """What its forms carry to the next page; a draft is in the hub."""
        if self.draft is not None:
            return None
        return packed([self.id, self.title, self.source, self.edition, list(self.former), self.questionnaire])

    def taken(self, *, but: str | None = None) -> set[str]:
        """Return the codes that no other question may have."""
        return {*codes_of(self.questionnaire), *self.former} - {but}

    def with_questionnaire(self, questionnaire: Input) -> Work:
        """Return the same work with another wording of the questionnaire."""
        return replace(self, questionnaire=questionnaire)


def benches(rest: str, *, show: Handler | None = None, act: Handler | None = None) -> list[Route]:
    """Return the routes of a page of the workbench: of a draft, and of a correction, whose pages are all sent forms."""
    drafts, corrections = (f"/escritorio/consultas/{{id}}/{base}{rest}" for base in (WRITING, CORRECTING))
    shown = [Route(drafts, show, methods=["GET"])] if show else []
    acted = [Route(path, held(act), methods=["POST"]) for path in (drafts, corrections)] if act else []
    return [*shown, *acted]


def is_correction(request: Request) -> bool:
    """Whether a page is one of a correction."""
    return str(request.scope["path"]).split("/")[4:5] == [CORRECTING]


async def form_of(request: Request) -> Filled:
    """Return a form that a page of the workbench sent; it may be as large as a questionnaire.

    What no key writes may come in with what was pasted, such as the form feeds of a printed text. The hub takes none of
    it, and would not take the rest either.
    """
    given = await own_form(request, largest=LARGEST_FIELD + 4 * LARGEST_FORM, most_fields=MOST_FIELDS)
    request.state.given = given = Filled([(name, UNWRITTEN.sub("", value)) for name, value in given.pairs])
    return given


async def draft_opened(request: Request) -> Work:
    """Return the draft of the address, to be written."""
    draft = await read_draft(request, request.path_params["id"])
    if draft.barred is not None:
        raise HTTPException(403)
    return Work(
        id=draft.id,
        title=draft.input["title"],
        source=draft.input["sourceLanguage"],
        questionnaire=draft.input["questionnaire"],
        edition=draft.updated_at,
        draft=draft,
    )


async def work_given(request: Request, given: Filled) -> Work:
    """Return the work that a form is about: the draft as it is now, or the correction that the form carries."""
    return work_carried(request, given) if is_correction(request) else await draft_opened(request)


def work_carried(request: Request, given: Filled) -> Work:
    """Return the correction that a form carries, which only whoever is signed in writes."""
    token_of(request)
    try:
        id_, title, source, edition, former, questionnaire = unpacked(given.get("carried", ""))
        work = Work(id_, title, source, questionnaire_like(questionnaire), edition, former=tuple(former))
    except (Spoilt, LookupError, TypeError, ValueError, AttributeError):
        raise HTTPException(400) from None
    if work.id != request.path_params["id"]:
        raise HTTPException(400)
    return work


def questionnaire_like(thing: Any) -> Input:
    """Return a questionnaire that was carried, made of what one has and of nothing else."""
    return {"sections": [section_like(section) for section in thing["sections"]]}


def section_like(thing: Any) -> Input:
    """Return a section that was carried, in the same way."""
    return {
        "title": _text_like(thing["title"]),
        "introduction": _text_like(thing["introduction"]),
        "questions": [question_like(question) for question in thing["questions"]],
    }


def question_like(thing: Any) -> Input:
    """Return a question that was carried, in the same way."""
    question: Input = {name: thing[name] for name in blank(thing["kind"])}
    labelled = {
        name: [{**item, "label": _text_like(item["label"])} for item in thing[name]] for name in ("options", "rows")
    }
    texts = {name: _text_like(thing[name]) for name in ("title", "hint", "unit", "lowLabel", "highLabel")}
    return {**question, **texts, **labelled, "continues": thing.get("continues")}


def _text_like(thing: Any) -> Input | None:
    if thing is None:
        return None
    return {
        "source": thing["source"],
        "translations": [
            {name: one[name] for name in ("language", "text", "origin", "easyRead")} for one in thing["translations"]
        ],
    }


async def kept(request: Request, work: Work, questionnaire: Input, *, based_on: str | None = None) -> Errors:
    """Keep another wording of the questionnaire where it lies; what is wrong is returned, and then it was not kept."""
    if work.draft is not None:
        return await save_draft(
            request, work.draft, {**work.draft.input, "questionnaire": questionnaire}, based_on=based_on
        )
    return [too_long(request)] if is_too_long(sent(questionnaire)) else []


# ---- what is in force ----------------------------------------------------------------------------------------------


async def correction_begun(request: Request) -> Work:
    """Return the questionnaire that is in force, to be corrected; 404 where there is none, 403 where one may not."""
    pages = [await _in_force(request)]
    while (ends := pages[-1]["revision"]["questions"]["pageInfo"])["hasNextPage"]:
        pages.append(await _in_force(request, ends["endCursor"]))
    first, revision = pages[0], pages[0]["revision"]
    correct = next((act for act in first["availableTransitions"] if act["event"] == "correct"), None)
    if correct is None or not correct["allowed"]:
        raise HTTPException(403)
    if {page["revision"]["id"] for page in pages} != {revision["id"]}:
        raise HTTPException(409)
    asked = [question for page in pages for question in page["revision"]["questions"]["nodes"]]
    # Whatever code a question gets, it goes on the one that was asked until now.
    questionnaire = questionnaire_input(revision["sections"], [{**one, "continues": one["code"]} for one in asked])
    title = text_input(first["title"])
    assert title is not None  # noqa: S101 - the contract promises it
    return Work(
        id=first["id"],
        title=title,
        source=first["sourceLanguage"],
        questionnaire=questionnaire,
        edition=revision["id"],
        former=tuple(codes_of(questionnaire)),
        responses=first["responseCount"],
    )


async def _in_force(request: Request, after: str | None = None) -> Input:
    variables = {"id": request.path_params["id"], "after": after}
    token = token_of(request)
    found = await hub_of(request).ask("questionnaire_in_force", variables, language=chosen(request), token=token)
    node: Input | None = found["node"]
    if node is None or node["__typename"] != "Consultation" or node["revision"] is None:
        raise HTTPException(404)
    return node


# ---- what is wrong -------------------------------------------------------------------------------------------------


async def faults_in(request: Request, work: Work) -> Errors:
    """Return everything that the hub finds wrong with the questionnaire as it is."""
    if work.draft is None:
        given = {"questionnaire": sent(work.questionnaire), "sourceLanguage": work.source}
        if is_too_long(given):
            return [too_long(request)]
        document = "check_questionnaire"
    else:
        given, document = {"consultationId": work.id}, "check_draft"
    answer = await hub_of(request).ask(document, {"input": given}, language=chosen(request), token=token_of(request))
    (payload,) = answer.values()
    return [error for error in payload["errors"] if list(error["path"] or ())[:1] == ["questionnaire"]]


def faults_at(errors: Iterable[Mapping[str, Any]], place: Place) -> list[tuple[list[str], str]]:
    """Return what is wrong with the question at a place: where in it, and what."""
    at = ["questionnaire", "sections", str(place.section), "questions", str(place.number)]
    return [
        (list(error["path"] or ())[len(at) :], error["message"])
        for error in errors
        if list(error["path"] or ())[:5] == at
    ]


def faults_of_section(errors: Iterable[Mapping[str, Any]], section: int) -> list[tuple[list[str], str]]:
    """Return what is wrong with a section apart from its questions."""
    at = ["questionnaire", "sections", str(section)]
    found = [
        (list(error["path"] or ())[3:], error["message"]) for error in errors if list(error["path"] or ())[:3] == at
    ]
    return [(where, message) for where, message in found if not (where[:1] == ["questions"] and len(where) > 1)]
