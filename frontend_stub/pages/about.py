"""Help, in the same place on every page: accessibility, privacy, terms, and how to reach those who serve the site.

What these pages say is what the program does. Whoever serves it in another way says so in templates of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub import writing
from frontend_stub.forms import named
from frontend_stub.languages import chosen
from frontend_stub.showing import settings_of, shown

CHECKED = dt.date(2026, 11, 26)
"""When the pages were last looked at for accessibility."""

COOKIES = {
    "session": "month",
    "browser": "day",
    "asked": "quarter",
    "asked-again": "quarter",
    "onward": "quarter",
    "speaks": "quarter",
    "linking": "ten",
    "gone": "quarter",
    "draft": "month",
    "invitation": "month",
    "receipt": "hour",
}
"""Every cookie of these pages and how long it lasts; a name may go on with the consultation that it is about."""

OF_PROVIDERS = {"https": "__Host-hub-oidc", "http": "hub-oidc"}
"""The one cookie of the hub itself, by how it is reached."""


def page(name: str) -> Callable[[Request], Awaitable[Response]]:
    """Return what shows the page of this name."""

    async def told(request: Request) -> Response:
        contact = settings_of(request).contact
        values: dict[str, Any] = {
            "checked": writing.day(CHECKED, chosen(request)),
            "cookies": [(key, named(request, key), lasts) for key, lasts in COOKIES.items()],
            "of_providers": OF_PROVIDERS.get(request.url.scheme, OF_PROVIDERS["http"]),
            "reached_at": contact,
            "by_mail": contact is not None and "@" in contact and "://" not in contact,
        }
        return shown(request, f"{name}.html", **values)

    return told


routes = [
    Route("/accesibilidad", page("accessibility")),
    Route("/privacidad", page("privacy")),
    Route("/terminos", page("terms")),
    Route("/contacto", page("contact")),
]
