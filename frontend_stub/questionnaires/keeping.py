"""What this browser keeps for somebody who answers: what finds their draft again, and their invitation.

No program in the browser can read it, and nothing of it says what was answered.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from frontend_stub.forms import keep, kept
from frontend_stub.languages import chosen
from frontend_stub.whoever import hub_of, token_if_any

A_MONTH = 30 * 24 * 60 * 60


def plain_id(id_: str) -> str:
    """Return the part of an id that may stand in the name of a cookie."""
    return "".join(letter for letter in id_.rpartition("_")[2] if letter.isalnum() or letter == "-")


def _draft(id_: str) -> str:
    return f"draft-{plain_id(id_)}"


def _invitation(id_: str) -> str:
    return f"invitation-{plain_id(id_)}"


def holding_of(request: Request, id_: str) -> tuple[str, str] | None:
    """Return code and secret of the draft that this browser keeps of a consultation."""
    code, _, secret = (kept(request, _draft(id_)) or "").partition(":")
    return (unquote(code), secret) if secret else None


def keep_holding(request: Request, response: Response, id_: str, holding: tuple[str, str] | None) -> None:
    """Let this browser keep code and secret of a draft, or forget them."""
    value = None if holding is None else f"{quote(holding[0], safe='')}:{quote(holding[1], safe='')}"
    keep(request, response, _draft(id_), value, seconds=A_MONTH)


def invitation_of(request: Request, id_: str) -> str | None:
    """Return the invitation that somebody answers by."""
    code = kept(request, _invitation(id_))
    return None if code is None else unquote(code)


def keep_invitation(request: Request, response: Response, id_: str, code: str, *, seconds: int = A_MONTH) -> None:
    """Let this browser keep the invitation that somebody answers by."""
    keep(request, response, _invitation(id_), quote(code, safe=""), seconds=seconds)


async def step_of(request: Request, id_: str) -> str:
    """Return how somebody goes on with a consultation: by beginning, by going on, or by seeing what they sent."""
    token = token_if_any(request)
    if token is not None:
        node = (await hub_of(request).ask("begun", {"id": id_}, language=chosen(request), token=token))["node"]
        if node and node["viewerDraft"]:
            return "go_on"
        if node and node["viewerHasResponded"]:
            return "see"
    return "go_on" if holding_of(request, id_) else "begin"
