"""Showing: a template, filled for one reader in their language."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from frontend_stub import writing
from frontend_stub.diffing import compared
from frontend_stub.forms import formed, kept
from frontend_stub.languages import Words, chosen, elsewhere
from frontend_stub.settings import Settings
from frontend_stub.whoever import SESSION, UNSTORED, offices_of, viewer_of

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"

SHARED = {"cache-control": "public, max-age=0, s-maxage=30, stale-while-revalidate=60"}
"""How long a cache that many read through may keep a page that is the same for everybody."""

OWN = {"cache-control": "private, no-store"}


def shown(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    at: str | None = None,
    **values: Any,
) -> Response:
    """Return the page of a template, in the language of the request.

    `at` is where the page is read, for one that answers a form which is sent elsewhere. A page that is the same for
    everybody may be kept by caches; one that is made for somebody, or goes wrong, is kept by nobody.
    """
    html = rendered(request, template, at=at, **values)
    everybody = status == 200 and kept(request, SESSION) is None and request.method in ("GET", "HEAD")
    given = {**(SHARED if everybody else OWN), **(headers or {})}
    response = HTMLResponse(html, status, given)
    response.headers["content-language"] = chosen(request)
    response.headers["vary"] = "Cookie"
    if everybody and given["cache-control"] == SHARED["cache-control"]:
        response.headers["etag"] = tag = f'W/"{hashlib.sha256(response.body).hexdigest()[:24]}"'
        if tag in request.headers.get("if-none-match", ""):
            kept_headers = {name: value for name, value in response.headers.items() if name != "content-length"}
            return Response(status_code=304, headers=kept_headers)
    return response


def rendered(request: Request, template: str, *, at: str | None = None, **values: Any) -> str:
    """Return what a template makes of some values, in the language of the request."""
    words, settings = Words(chosen(request)), settings_of(request)
    return (
        environment_of(settings)
        .get_template(template)
        .render(
            values,
            words=words,
            to=words.to,
            others=elsewhere(request, at),
            site=settings.name or words("site.name"),
            theme=settings.theme is not None,
            viewer=viewer_of(request),
            on_the_desk=bool(offices_of(request)),
            contract=f"{settings.public_address or '/graphql'}/schema.graphql",
            at_hub=lambda path: at_hub(request, path),
        )
    )


def form_shown(
    request: Request, template: str, *, errors: list[dict[str, Any]] | None = None, status: int = 200, **values: Any
) -> Response:
    """Return a page with forms of our own, and with what was wrong with the one that was sent.

    The template finds what shows that a form is ours as `form`, this browser's challenge as `challenge`, and what was
    wrong as `errors`; with errors the status is 422, unless another one was given.
    """
    status = 422 if errors and status == 200 else status
    given = {"headers": UNSTORED, **values, "errors": errors or []}

    def show(form: str, challenge: str) -> Response:
        return shown(request, template, status=status, **{"form": form, "challenge": challenge, **given})

    return formed(request, show)


def at_hub(request: Request, path: str) -> str:
    """Return where readers reach what the hub itself gives out at a path, such as a file or a calendar."""
    return urljoin(settings_of(request).public_address or "/graphql", path)


def settings_of(request: Request) -> Settings:
    """Return what whoever serves the pages has set."""
    settings: Settings = request.app.state.settings
    return settings


@cache
def environment_of(settings: Settings) -> Environment:
    """Return the templates and what they write with; a name that nobody gave is an error and not a blank."""
    folders = [settings.templates] if settings.templates else []
    environment = Environment(
        loader=FileSystemLoader([*folders, FOLDER / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"static": _static, "over": writing.OVER, "today": _today}
    environment.filters |= {
        "breakable": writing.breakable,
        "clock_in": _worded(writing.clock_in),
        "compared": compared,
        "date": _worded(writing.date),
        "day_and_zone": _worded(writing.day_and_zone),
        "due": _worded(lambda declared, words: writing.due(declared, writing.today(), words)),
        "day_in": _worded(writing.published),
        "hour_in": _worded(writing.hour_in),
        "instant": _worded(writing.instant),
        "lang": _worded(writing.lang),
        "left": _worded(lambda until, words: writing.left(until, writing.now(), words)),
        "moment": _worded(writing.moment),
        "number": "{:,}".format,
        "paragraphs": writing.paragraphs,
        "plain": "{:g}".format,
        "quantity": writing.quantity,
        "received": _worded(writing.received),
        "share": _worded(lambda part, words: writing.share(part, words.language)),
        "size": writing.size,
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


def _today() -> str:
    """Return the day by which what is in force is told; the hub's days are those of universal time."""
    return writing.today().isoformat()


@cache
def _static(name: str) -> str:
    """Return the address of a file; it changes with the file, so it may be kept for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"
