"""Showing: a template, filled for one reader in their language."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.requests import Request
from starlette.responses import HTMLResponse

from frontend_stub import writing
from frontend_stub.forms import kept
from frontend_stub.languages import A_YEAR, COOKIE, LANGUAGES, Words, chosen
from frontend_stub.whoever import SESSION

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


def shown(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    at: str = "",
    **values: Any,
) -> HTMLResponse:
    """Return the page of a template, in the language of the request; a language asked for by name is kept.

    `at` is where the page is read, for one that answers a form which is sent elsewhere.
    """
    words = Words(chosen(request))
    page = _environment().get_template(template)
    html = page.render(
        values,
        words=words,
        others=_in_other_languages(request, words.language, at),
        signed_in=kept(request, SESSION) is not None,
        contract=f"{request.app.state.public_address or '/graphql'}/schema.graphql",
    )
    response = HTMLResponse(html, status, {"cache-control": "no-cache", **(headers or {})})
    response.headers["content-language"] = words.language
    response.headers["vary"] = "Accept-Language, Cookie"
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(
            COOKIE, words.language, A_YEAR, httponly=True, samesite="lax", secure=request.url.scheme == "https"
        )
    return response


def _in_other_languages(request: Request, language: str, at: str) -> list[dict[str, str]]:
    """Return this same page in every other language: its name in itself, and its address."""
    return [
        {
            "language": other,
            "name": Words(other)("site.language"),
            "address": f"{at}?" + request.url.include_query_params(lang=other).query,
        }
        for other in LANGUAGES
        if other != language
    ]


@cache
def _environment() -> Environment:
    """Return the templates and what they write with; a name that nobody gave is an error and not a blank."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static"] = _static
    environment.filters |= {
        "breakable": writing.breakable,
        "day_in": _worded(writing.published),
        "instant": _worded(writing.instant),
        "lang": _worded(writing.lang),
        "moment": _worded(writing.moment),
        "number": "{:,}".format,
        "paragraphs": writing.paragraphs,
        "plain": "{:g}".format,
        "share": _worded(lambda part, words: writing.share(part, words.language)),
        "website": writing.website,
        "width": writing.width,
    }
    return environment


def _worded(write: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that knows the words of the page that it is used on."""

    @pass_context
    def filtered(context: Context, *values: Any) -> Any:
        return write(*values, context["words"])

    return filtered


@cache
def _static(name: str) -> str:
    """Return the address of a file; it changes with the file, so it may be kept for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"
