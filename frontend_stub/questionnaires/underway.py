"""A response under way: the consultation as somebody is asked it, and what they have answered so far.

What was answered so far lies in the hub as a draft: under the account of whoever is signed in, or under a code and a
secret that this browser keeps for them.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from frontend_stub.asking import SignedOut
from frontend_stub.languages import chosen, to
from frontend_stub.pages.consultation import by_section
from frontend_stub.questionnaires.filling import ANSWERED_BY, as_sent, from_draft
from frontend_stub.questionnaires.keeping import holding_of, invitation_of, keep_holding
from frontend_stub.questionnaires.missing import missing
from frontend_stub.questionnaires.showing import Question, asked
from frontend_stub.whoever import hub_of, token_if_any

IN_FORCE = ("ACCEPTED", "HELD")
Payload = dict[str, Any]
Given = dict[str, dict[str, Any]]
"""Answers by the codes of their questions."""

FILE = {"id": str, "name": str, "size": int}
"""What is known of a file that answers a question."""


@dataclass
class Part:
    """A section with its questions, each with its number, and its own number among those that have questions."""

    number: int
    section: dict[str, Any]
    questions: list[Question]


@dataclass
class Underway:
    """A consultation and a response to it that may have been begun."""

    consultation: dict[str, Any]
    viewer: dict[str, Any]
    organization: str | None
    parts: list[Part]
    draft: dict[str, Any] | None
    holding: tuple[str, str] | None
    invitation: str | None

    @property
    def id(self) -> str:
        """The consultation's id."""
        return str(self.consultation["id"])

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its code, in order."""
        return {question["code"]: question for part in self.parts for question in part.questions}

    @cached_property
    def answers(self) -> Given:
        """What was answered so far, as far as it is still asked."""
        return self.fitting(from_draft(self.draft["answers"])) if self.draft else {}

    @property
    def represented(self) -> dict[str, Any] | None:
        """The organisation in whose name it is answered."""
        found = (one for one in self.viewer["represents"]["nodes"] if one["id"] == self.organization)
        return next(found, None)

    @property
    def former(self) -> str | None:
        """The response that counts already, in the name in which it is answered."""
        if self.organization is None:
            given = self.consultation["viewerResponse"]
            return given["id"] if given else None
        theirs = (
            one["id"]
            for one in self.consultation["responses"]["nodes"]
            if one["mine"] and one["state"] in IN_FORCE and (one["organization"] or {}).get("id") == self.organization
        )
        return next(theirs, None)

    @property
    def outdated(self) -> bool:
        """Whether the questions were corrected since the draft was saved."""
        return self.draft is not None and bool(self.draft["revision"]["id"] != self.consultation["revision"]["id"])

    def fitting(self, answers: Given) -> Given:
        """Return the answers that may still be given: to questions that are there, by options that are there."""
        return {
            code: answer
            for code, answer in answers.items()
            if code in self.questions and _fits(self.questions[code], answer)
        }

    def asked(self, answers: Given, *, open_: Iterable[Question] = ()) -> dict[str, bool | None]:
        """Return of each question whether it is asked, where these of them may still be answered either way."""
        codes = {question["code"] for question in open_}
        return asked(self.questions.values(), answers, open_=codes)

    def sent(self, answers: Given) -> list[dict[str, Any]]:
        """Return the answers that count: those to questions that are asked, in their order."""
        verdicts = self.asked(answers)
        return [as_sent(answers[code]) for code in self.questions if code in answers and verdicts[code]]

    def lacking(self, answers: Given) -> dict[str, str]:
        """Return what the questions that are asked still lack, by their codes."""
        verdicts = self.asked(answers)
        found = {
            code: missing(question, answers.get(code)) for code, question in self.questions.items() if verdicts[code]
        }
        return {code: lack for code, lack in found.items() if lack}

    def part(self, number: str | None) -> Part | None:
        """Return the section of this number."""
        return next((part for part in self.parts if str(part.number) == number), None)

    def part_of(self, code: str) -> Part | None:
        """Return the section that a question stands in."""
        return next((part for part in self.parts if any(one["code"] == code for one in part.questions)), None)

    def after(self, part: Part, answers: Given) -> Part | None:
        """Return the next section in which something is asked."""
        return next((one for one in self.parts[part.number :] if self.has_something(one, answers)), None)

    def has_something(self, part: Part, answers: Given) -> bool:
        """Whether something is asked in a section, or may be once its own questions are answered."""
        verdicts = self.asked(answers, open_=part.questions)
        return any(verdicts[question["code"]] is not False for question in part.questions)

    def move(self, event: str) -> dict[str, Any]:
        """Return whether the viewer may do something with their own response, and why not."""
        found = (one for one in self.consultation["availableTransitions"] if one["event"] == event)
        return next(found, {"allowed": False, "reason": None})

    def claim(self) -> dict[str, Any]:
        """Return in whose name it is answered, as an act takes it."""
        return {"organizationId": self.organization, "invitation": self.invitation}

    def held(self) -> dict[str, Any]:
        """Return by what a draft is found that no account holds."""
        code, secret = self.holding or (None, None)
        return {"draftCode": code, "draftSecret": secret}

    def key(self) -> str:
        """Return what the sending of this draft is called: two tabs send one response.

        Whoever knows the secret of a draft, or is signed in, is the only one who can make it.
        """
        if self.holding is not None:
            made = hmac.new(self.holding[1].encode(), f"send {self.id}".encode(), "sha256").digest()
        elif self.draft is not None:
            told = f"{self.id} {self.organization} {self.draft['savedAt']} {self.draft['edition']}"
            made = hashlib.sha256(told.encode()).digest()
        else:
            return str(uuid4())
        return str(UUID(bytes=made[:16], version=4))


def _fits(question: Question, answer: dict[str, Any]) -> bool:
    name = ANSWERED_BY.get(question["kind"])
    if name is None or answer.get(name) is None:
        return False
    if name == "file":
        return isinstance(answer[name], dict) and {key: type(part) for key, part in answer[name].items()} == FILE
    options = {option["code"] for option in question["options"]}
    rows = {row["code"] for row in question["rows"]}
    chosen_ones = [answer["option"]] if name == "option" else answer.get("options") or answer.get("ranking") or []
    lines = answer.get("rows") or []
    return options.issuperset(chosen_ones) and all(r["row"] in rows and r["option"] in options for r in lines)


async def underway(request: Request, *, organization: str | None) -> Underway:
    """Return the response under way of whoever asks, in the name of an organisation where one is given."""
    id_, token = request.path_params["id"], token_if_any(request)
    if organization is not None and token is None:
        raise SignedOut("Whoever speaks for an organisation is signed in.")
    holding = None if organization else holding_of(request, id_)
    code, secret = holding or ("", "")
    variables = {"id": id_, "organization": organization, "code": code, "secret": secret}
    found = await hub_of(request).ask("respond", variables, language=chosen(request), token=token)
    consultation = found["node"]
    if consultation is None or consultation["__typename"] != "Consultation" or consultation["revision"] is None:
        raise HTTPException(404)
    if organization and all(one["id"] != organization for one in found["viewer"]["represents"]["nodes"]):
        raise HTTPException(404)
    draft, kept_here = consultation["viewerDraft"], found["responseDraft"]
    if draft is not None:
        holding = None
    elif kept_here is not None and kept_here["consultation"]["id"] == id_:
        draft = kept_here
    else:
        holding = None
    return Underway(
        consultation,
        found["viewer"],
        organization,
        await _parts(request, consultation["revision"]),
        draft,
        holding,
        None if organization else invitation_of(request, id_),
    )


async def _parts(request: Request, revision: dict[str, Any]) -> list[Part]:
    page = revision["questions"]
    questions = list(page["nodes"])
    while page["pageInfo"]["hasNextPage"]:
        variables = {"revision": revision["id"], "after": page["pageInfo"]["endCursor"]}
        answer = await hub_of(request).ask(
            "more_questions", variables, language=chosen(request), token=token_if_any(request)
        )
        page = answer["node"]["questions"]
        questions += page["nodes"]
    found = by_section(revision["sections"], questions)
    return [Part(n, part["section"], part["questions"]) for n, part in enumerate(found, 1)]


# ---- saving --------------------------------------------------------------------------------------------------------


async def saved(
    request: Request,
    response: Underway,
    answers: Given,
    *,
    edition: int | None,
    section: int | None = None,
    invitation: str | None = None,
) -> Payload:
    """Keep answers in the hub as a draft, and return what it said to that."""
    given = {
        "consultationId": response.id,
        "revisionId": response.consultation["revision"]["id"],
        "answers": [as_sent(answer) for answer in answers.values()],
        "edition": edition,
        "lastSection": section,
        "language": chosen(request),
        **response.claim(),
        **response.held(),
    }
    if invitation is not None:
        given["invitation"] = invitation
    answer = await hub_of(request).ask(
        "save_response_draft", {"input": given}, language=chosen(request), token=token_if_any(request)
    )
    payload: Payload = answer["saveResponseDraft"]
    return payload


def keep_saved(request: Request, onward: Response, response: Underway, payload: Payload) -> None:
    """Let this browser keep what finds the draft again, where no account does."""
    if payload["code"] is not None:
        keep_holding(request, onward, response.id, (payload["code"], payload["secret"]))
    elif response.holding is not None:
        keep_holding(request, onward, response.id, response.holding)


def here(request: Request, response: Underway, page: str = "", **query: Any) -> str:
    """Return the address of a page of this response, in the name in which it is answered."""
    given = {name: value for name, value in {**query, "por": response.organization}.items() if value is not None}
    told = "&".join(f"{name}={quote(str(value))}" for name, value in given.items())
    path = to(request, f"/consultas/{quote(response.id)}/responder{page}")
    return f"{path}?{told}" if told else path
