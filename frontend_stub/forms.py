"""Forms: only what a page of our own sent from this very browser is taken, and cookies that no program can read.

A form holds a keyed digest of a random cookie. Another site can make a browser send a form, and the cookie with it, but
it knows neither; and a browser says itself from where a form comes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

BROWSER = "browser"
"""The cookie that stands for this browser in its forms."""

FIELD = "form"
LARGEST_FORM = 64 * 1024
"""The most bytes of a form, unless a page takes more: percent-encoded, so up to six for a letter."""

MOST_FIELDS = 500
LONGEST_PATH = 500
A_DAY = 24 * 60 * 60


def kept(request: Request, name: str) -> str | None:
    """Return what this browser keeps for us under a name."""
    return request.cookies.get(named(request, name)) or None


def keep(request: Request, response: Response, name: str, value: str | None, *, seconds: int = 0) -> None:
    """Let the browser keep something for us, for pages of our own alone; None makes it forget."""
    response.set_cookie(
        named(request, name),
        value or "",
        max_age=seconds if value is not None else 0,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def named(request: Request, name: str) -> str:
    """Return what a cookie of ours is called."""
    # By its prefix a browser takes a cookie only from this very host, and only encrypted: not on a developer's machine.
    return f"__Host-{name}" if request.url.scheme == "https" else f"hub-{name}"


def formed(request: Request, show: Callable[[str, str], Response]) -> Response:
    """Return a page with a form, which is given what shows that it is ours, and this browser's challenge."""
    browser = kept(request, BROWSER) or secrets.token_urlsafe(32)
    response = show(_digest(browser), challenge_of(browser))
    keep(request, response, BROWSER, browser, seconds=A_DAY)
    return response


def own_secret(request: Request) -> str | None:
    """Return the secret by which this browser alone gets what comes back for it from elsewhere."""
    browser = kept(request, BROWSER)
    return None if browser is None else hmac.new(browser.encode(), b"exchange", "sha256").hexdigest()


def challenge_of(browser: str) -> str:
    """Return what may be told of that secret beforehand: its SHA-256, in base64url."""
    secret = hmac.new(browser.encode(), b"exchange", "sha256").hexdigest()
    return base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest()).decode().rstrip("=")


def own_path(given: str | None) -> str | None:
    """Return a path of this very site, to go on to; None where it could lead anywhere else."""
    if given is None or not given.isprintable() or not given.startswith("/") or given[1:2] in ("/", "\\"):
        return None
    return given if len(given) <= LONGEST_PATH and "\\" not in given else None


class Filled(dict[str, str]):
    """The fields of a form that was sent; of one that was sent several times the last value, and `all` has each."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs

    def all(self, name: str) -> list[str]:
        """Return every value that was sent for a field, such as those of the boxes that were ticked."""
        return [value for field, value in self.pairs if field == name]

    def words(self, name: str) -> str | None:
        """Return what somebody wrote into a field, each line ended as everywhere; None where they wrote nothing."""
        return self.get(name, "").replace("\r\n", "\n").strip() or None


async def filled_in(request: Request, *, largest: int = LARGEST_FORM, most_fields: int = MOST_FIELDS) -> Filled:
    """Return the fields of a form that was sent."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > largest:
            raise HTTPException(413)
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=most_fields)
    except ValueError:
        raise HTTPException(400) from None
    return Filled(fields)


async def own_form(request: Request, *, largest: int = LARGEST_FORM, most_fields: int = MOST_FIELDS) -> Filled:
    """Return the fields of a form that a page of our own sent; whatever else was sent is refused."""
    given = await filled_in(request, largest=largest, most_fields=most_fields)
    require_own_form(request, given)
    return given


def require_own_form(request: Request, given: Mapping[str, str]) -> None:
    """Refuse a form that did not come from a page of our own, shown to this browser."""
    require_from_here(request)
    browser = kept(request, BROWSER)
    ours = browser is not None and hmac.compare_digest(_digest(browser).encode(), given.get(FIELD, "").encode())
    if not ours:
        raise HTTPException(403)


def require_from_here(request: Request) -> None:
    """Refuse what another site let a browser send; by this alone, before anything of it has come in."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    own = f"{request.url.scheme}://{request.url.netloc}"
    if not (site == "same-origin" if site is not None else origin == own):
        raise HTTPException(403)


def _digest(browser: str) -> str:
    return hmac.new(browser.encode(), b"form", "sha256").hexdigest()
