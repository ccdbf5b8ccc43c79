"""The explorer: a place to write a query and see what the hub answers, and the contract, type by type.

What is written runs as anybody's, unless the visitor says that it is to run with their account; and it changes nothing,
unless they say that it may.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.asking import NoAnswer, document
from frontend_stub.forms import Filled, own_form
from frontend_stub.languages import Words, chosen
from frontend_stub.pages.api import endpoint_of
from frontend_stub.showing import form_shown
from frontend_stub.whoever import hub_of, token_if_any, viewer_of

HERE = "/explorador"
EXAMPLES = ("what_is_open", "explore_results", "explore_organizations", "explore_changes", "explore_limits")
"""Documents to begin with; the first is there when somebody comes."""

MOST_LETTERS, MOST_VARIABLES = 20_000, 10_000
MOST_SHOWN = 60_000
"""How many letters of an answer a page shows: it is for reading, and programs ask the hub itself."""

MOST_FOUND = 100
ROOTS = ("Query", "Mutation", "Subscription")
PARTS = ("fields", "inputFields", "enumValues")
"""What the parts of a type are called by its kind."""


async def page(request: Request) -> Response:
    """Show an example to run, and of the contract what is asked for."""
    name = request.query_params.get("ejemplo", EXAMPLES[0])
    if name not in EXAMPLES:
        raise HTTPException(404)
    return await _shown(request, Filled([("query", document(name).rstrip("\n"))]), example=name)


async def run(request: Request) -> Response:
    """Run what was written, and show what the hub answered beside it."""
    given = await own_form(request)
    words = Words(chosen(request))
    variables, errors = _checked(request, given, words)
    if errors:
        return await _shown(request, given, errors=errors)
    try:
        response = await hub_of(request).explore(
            (given.words("query") or "") + "\n",
            variables,
            language=words.language,
            token=token_if_any(request) if "account" in given else None,
            writing="writes" in given,
        )
        answer = response.json()
    except (NoAnswer, ValueError):
        answer = None
    if not isinstance(answer, dict):
        return await _shown(request, given, errors=[{"message": words("explorer.no_answer"), "field": None}])
    if "data" not in answer:
        return await _shown(request, given, errors=_refused(answer, words), result=_result(answer))
    return await _shown(request, given, result=_result(answer))


def _checked(request: Request, given: Filled, words: Words) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the variables, and what is wrong with the form before it goes anywhere."""
    errors: list[dict[str, Any]] = []
    if given.words("query") is None:
        errors.append({"message": words("explorer.nothing"), "field": "query"})
    if len(given.get("query", "")) > MOST_LETTERS:
        errors.append({"message": words("explorer.too_long", most=f"{MOST_LETTERS:,}"), "field": "query"})
    variables: Any = {}
    text = given.words("variables") or "{}"
    try:
        variables = json.loads(text) if len(text) <= MOST_VARIABLES else None
    except json.JSONDecodeError as error:
        place = words("explorer.at", line=error.lineno, column=error.colno)
        errors.append({"message": words("explorer.no_json", place=place), "field": "variables"})
    except RecursionError:
        variables = None
    if not isinstance(variables, dict):
        errors.append({"message": words("explorer.no_object", most=f"{MOST_VARIABLES:,}"), "field": "variables"})
    if "account" in given and token_if_any(request) is None:
        errors.append({"message": words("explorer.signed_out"), "field": "account"})
    return variables, errors


def _refused(answer: dict[str, Any], words: Words) -> list[dict[str, Any]]:
    """Return why the hub did not run it; where it only wants to be told that it may write, in words of this page."""
    errors = _errors(answer)
    if any(error["reason"] == "MUTATION_OVER_GET" for error in errors):
        return [{"message": words("explorer.unconfirmed"), "field": "writes"}]
    return [
        {"message": " ".join((error["message"], *(f"({place})" for place in _places(error, words)))), "field": "query"}
        for error in errors
    ]


def _places(error: dict[str, Any], words: Words) -> list[str]:
    return [str(words("explorer.at", line=line, column=column)) for line, column in error["places"]]


def _errors(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "message": str(error.get("message", "")),
            "places": [(place.get("line"), place.get("column")) for place in error.get("locations") or []],
            "path": " › ".join(str(part) for part in error.get("path") or []),
            "code": (error.get("extensions") or {}).get("code"),
            "reason": (error.get("extensions") or {}).get("reason"),
        }
        for error in answer.get("errors") or []
        if isinstance(error, dict)
    ]


def _result(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer for a page: the text laid out and cut where it is too long, what went wrong, what it cost."""
    told = {name: answer[name] for name in ("data", "errors") if name in answer}
    text = json.dumps(told, indent=2, ensure_ascii=False)
    shown = text if len(text) <= MOST_SHOWN else text[: text.rindex("\n", 0, MOST_SHOWN)]
    return {
        "text": shown,
        "left_out": len(text) - len(shown),
        "errors": _errors(answer) if "data" in answer else [],
        "cost": (answer.get("extensions") or {}).get("cost"),
    }


# ---- the contract ---------------------------------------------------------------------------------------------------


async def _reference(request: Request) -> dict[str, Any]:
    """Return of the contract the type that is asked for, or what is found by a word."""
    name, wanted = request.query_params.get("tipo"), request.query_params.get("buscar", "").strip()[:80]
    hub, language = hub_of(request), chosen(request)
    type_, found = None, None
    if name:
        type_ = (await hub.ask("schema_type", {"name": name[:200]}, language=language))["__type"]
        if type_ is None:
            raise HTTPException(404)
        type_ = _laid_out(type_)
    elif wanted:
        types = (await hub.ask("schema_search", language=language))["__schema"]["types"]
        found = _found(types, wanted.lower())
    return {"type": type_, "wanted": wanted, "found": found, "roots": ROOTS, "most_found": MOST_FOUND}


def _laid_out(type_: dict[str, Any]) -> dict[str, Any]:
    """Return a type with its parts under one name, whatever its kind calls them, and each with its own type's text."""
    parts = type_["fields"] or type_["inputFields"] or type_["enumValues"] or []
    return {
        **type_,
        "parts": [
            {
                **part,
                "type": _reference_to(part["type"]) if "type" in part else None,
                "args": [{**arg, "type": _reference_to(arg["type"])} for arg in part.get("args") or []],
                "default": part.get("defaultValue"),
                "gone": part.get("deprecationReason"),
            }
            for part in parts
        ],
        "others": [other["name"] for other in type_["possibleTypes"] or []],
        "is_a": [other["name"] for other in type_["interfaces"] or []],
    }


def _reference_to(type_: dict[str, Any]) -> dict[str, str]:
    """Return what a type reference is written like: what stands before the name, the name, and what stands after."""
    before, after = "", ""
    while type_.get("ofType") is not None:
        if type_["kind"] == "LIST":
            before, after = before + "[", "]" + after
        else:
            after = "!" + after
        type_ = type_["ofType"]
    return {"before": before, "name": type_["name"], "after": after}


def _found(types: list[dict[str, Any]], wanted: str) -> list[dict[str, Any]]:
    """Return the types and their parts that are called so, or say so; those that are called so come first."""
    found = []
    for type_ in types:
        if type_["name"].startswith("__"):
            continue
        parts = [("", type_), *((part["name"], part) for name in PARTS for part in type_[name] or [])]
        for name, thing in parts:
            called = name or type_["name"]
            if wanted in called.lower() or wanted in (thing["description"] or "").lower():
                rank = (wanted not in called.lower(), bool(name), called.lower() != wanted)
                found.append((rank, {"type": type_["name"], "part": name, "description": thing["description"]}))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


# ---- the page -------------------------------------------------------------------------------------------------------


async def _shown(
    request: Request,
    given: Filled,
    *,
    errors: list[dict[str, Any]] | None = None,
    result: dict[str, Any] | None = None,
    example: str | None = None,
) -> Response:
    reads = request.method in ("GET", "HEAD")
    nothing = {"type": None, "wanted": "", "found": None, "roots": ROOTS, "most_found": MOST_FOUND}
    return form_shown(
        request,
        "explorer.html",
        at=HERE if not reads else None,
        errors=errors,
        endpoint=endpoint_of(request),
        examples=EXAMPLES,
        example=example,
        query=given.get("query", ""),
        variables=given.get("variables", ""),
        with_account="account" in given,
        writes="writes" in given,
        may_use_account=viewer_of(request) is not None,
        result=result,
        reference=await _reference(request) if reads else nothing,
    )


routes = [
    Route(HERE, page, methods=["GET"]),
    Route(HERE, run, methods=["POST"]),
]
