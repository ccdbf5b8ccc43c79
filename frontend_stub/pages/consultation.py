"""A consultation: why it is asked and by whom, until when, what came of it, and what it asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import Words, chosen
from frontend_stub.questionnaires.keeping import step_of
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of, token_if_any
from frontend_stub.writing import OVER, now

Section = dict[str, Any]
Question = dict[str, Any]

BEGUN = frozenset({"OPEN", "SUSPENDED", *OVER})


async def page(request: Request) -> Response:
    """Show a consultation with a page of its questions."""
    variables = {"id": request.path_params["id"], "after": request.query_params.get("desde")}
    language = chosen(request)
    data = await hub_of(request).ask("consultation", variables, language=language, token=token_if_any(request))
    consultation = data["node"]
    if consultation is None or consultation["__typename"] != "Consultation":
        raise HTTPException(404)
    revision = consultation["revision"]
    questions = revision["questions"]["nodes"] if revision else []
    sections = by_section(revision["sections"] if revision else [], questions)
    return shown(
        request,
        "consultation.html",
        consultation=consultation,
        stages=stages(consultation, now()),
        sections=sections,
        step=await step_of(request, consultation["id"]) if consultation["state"] == "OPEN" else None,
        begun=variables["after"] is not None,
        languages=_other_languages(questions, Words(language)),
    )


def stages(consultation: dict[str, Any], at: dt.datetime) -> list[dict[str, str]]:
    """Return the stages of a consultation in their order, each with whether it is done, now, or still to come.

    What the clock decides is told by the hub's own state; only the end of the counting has none.
    """
    state = consultation["state"]
    closed = state in OVER
    counted = closed and dt.datetime.fromisoformat(consultation["countedUntil"]) <= at
    reached = {
        "convened": consultation["publishedAt"] is not None,
        "opening": state in BEGUN,
        "closing": closed,
        "counting": counted,
        "results": counted and consultation["responseCount"] is not None,
    }
    if consultation["identityPolicy"] == "IMPORTED":
        # Nobody convened it here, and nothing was on its way when it closed.
        reached = {name: reached[name] for name in ("opening", "closing", "results")}
    elif state == "WITHDRAWN":
        reached = {"convened": reached["convened"], "withdrawal": True}
    latest = sum(reached.values()) - 1
    return [
        {"code": code, "state": "next" if not is_reached else "now" if n == latest < len(reached) - 1 else "done"}
        for n, (code, is_reached) in enumerate(reached.items())
    ]


def by_section(sections: Iterable[Section], questions: Iterable[Question]) -> list[dict[str, Any]]:
    """Return the questions under the sections that they stand in, each with its number in the questionnaire.

    A section reaches from its first question to the next section's; one without a question of this page is left out.
    """
    begins = [(s["questions"]["nodes"][0]["position"], s) for s in sections if s["questions"]["nodes"]]
    begins.sort(key=lambda pair: int(pair[0]))
    found: list[dict[str, Any]] = []
    for question in questions:
        at, section = [pair for pair in begins if pair[0] <= question["position"]][-1]
        if not found or found[-1]["section"] is not section:
            found.append({"section": section, "goes_on": question["position"] != at, "questions": []})
        number = question["position"] - begins[0][0] + 1
        found[-1]["questions"].append({"number": number, **question})
    return found


def _other_languages(questions: Iterable[Question], words: Words) -> list[str]:
    """Return the languages of these questions that are not the reader's, by name."""
    found = {question["title"]["language"] for question in questions}
    return sorted(words.named("languages", language) for language in found if not words.knows(language))


routes = [Route("/consultas/{id}", page)]
