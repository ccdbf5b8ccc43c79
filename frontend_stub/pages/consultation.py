"""A consultation: why it is asked, until when, what it asks, and what was answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.asking import Hub
from frontend_stub.languages import Words, chosen
from frontend_stub.questionnaires.keeping import step_of
from frontend_stub.showing import shown

Section = dict[str, Any]
Question = dict[str, Any]


async def page(request: Request) -> Response:
    """Show a consultation with a page of its questions, each with what was counted where that is public."""
    hub: Hub = request.app.state.hub
    variables = {"id": request.path_params["id"], "after": request.query_params.get("desde")}
    language = chosen(request)
    consultation = (await hub.ask("consultation", variables, language=language))["node"]
    if consultation is None or consultation["__typename"] != "Consultation":
        raise HTTPException(404)
    revision = consultation["revision"]
    questions = revision["questions"]["nodes"] if revision else []
    sections = by_section(revision["sections"] if revision else [], questions)
    return shown(
        request,
        "consultation.html",
        consultation=consultation,
        sections=sections,
        step=await step_of(request, consultation["id"]) if consultation["state"] == "OPEN" else None,
        counted=any(question["tally"] for question in questions),
        begun=variables["after"] is not None,
        languages=_other_languages(questions, Words(language)),
    )


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
