"""The way in for programs: two requests to paste, and the contract."""

from __future__ import annotations

import json
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.asking import Hub, NoAnswer, document
from frontend_stub.languages import Words, chosen
from frontend_stub.showing import settings_of, shown

HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:]+\](:\d+)?")


async def page(request: Request) -> Response:
    """Show how to ask and how to answer; where a consultation is open, with its own ids and questions."""
    hub: Hub = request.app.state.hub
    words = Words(chosen(request))
    try:
        found = (await hub.ask("example", language=words.language))["consultations"]["nodes"]
    except NoAnswer:
        found = []  # The page tells how to ask, and can do so while nobody answers.
    example = next((consultation for consultation in found if consultation["revision"]), None)
    address = endpoint_of(request)
    return shown(
        request,
        "api.html",
        address=address,
        example=example,
        ask=pasted(address, "what_is_open", language=words.language),
        answer=pasted(address, "answer", language=words.language, token=True, variables=_answers(example, words)),
    )


def pasted(address: str, name: str, *, language: str, token: bool = False, variables: Any = None) -> str:
    """Return a command for a shell that sends the document of this name."""
    lines = [
        f"curl -s {address}",
        "-H 'content-type: application/json'",
        f"-H 'accept-language: {language}'",
        *(['-H "authorization: Bearer $TOKEN"'] if token else []),
        "--data-binary @- <<'JSON'",
    ]
    query = f'"query": {json.dumps(" ".join(document(name).split()))}'
    body = f"{{{query}}}" if variables is None else f'{{{query},\n "variables": {_laid_out(variables)}}}'
    return " \\\n  ".join(lines) + f"\n{body}\nJSON"


def _laid_out(value: Any, margin: str = " ") -> str:
    """Return variables as JSON for people: one thing a line, and an answer is one thing."""
    within = margin + "  "
    match value:
        case dict() if "question" not in value:
            inner = [f"{json.dumps(name)}: {_laid_out(part, within)}" for name, part in value.items()]
            begin, end = "{", "}"
        case list():
            inner = [_laid_out(part, within) for part in value]
            begin, end = "[", "]"
        case _:
            return json.dumps(value, ensure_ascii=False)
    return f"{begin}\n{within}" + f",\n{within}".join(inner) + f"\n{margin}{end}"


def _answers(example: dict[str, Any] | None, words: Words) -> dict[str, Any]:
    """Return a response to fill in: it chooses nothing, so that whoever pastes it as it is has answered nothing."""
    code = str(words("api.code"))
    questions = example["revision"]["questions"]["nodes"] if example else []
    answers = [{"question": q["code"], **_unchosen(q["kind"], code)} for q in questions if q["required"]]
    return {
        "input": {
            "consultationId": example["id"] if example else "…",
            "revisionId": example["revision"]["id"] if example else "…",
            "consent": "NOT_PUBLISHED",
            "noticeHash": example["noticeHash"] if example else "…",
            "answers": answers or [{"question": code, "option": code}],
        }
    }


def _unchosen(kind: str, code: str) -> dict[str, Any]:
    match kind:
        case "SHORT_TEXT" | "LONG_TEXT":
            return {"text": ""}
        case "MULTIPLE_CHOICE":
            return {"options": [code]}
        case "RANKING":
            return {"ranking": [code]}
        case "MATRIX":
            return {"rows": [{"row": code, "option": code}]}
        case "SCALE" | "NUMBER":
            return {"number": None}
        case "DATE":
            return {"date": None}
        case "PLACE":
            return {"territoryId": None}
        case "CONSENT":
            return {"agreed": None}
        case "FILE":
            return {"file": None}
        case _:
            return {"option": code}


def endpoint_of(request: Request) -> str:
    """Return where the endpoint is reached; a host that no host is called is not repeated into a shell's command."""
    if settings_of(request).public_address:
        return str(settings_of(request).public_address)
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host if HOST.fullmatch(host) else '127.0.0.1:8000'}/graphql"


routes = [Route("/api", page)]
