"""Handing in: a file that somebody chose goes on to the hub, and the form keeps the words by which it is named there.

A form that has to be sent once more, since something else was wrong with it, has the file already: its words, its name
and its size stand in hidden fields beside the field in which another one may be chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from frontend_stub.forms import Filled
from frontend_stub.languages import Words, chosen
from frontend_stub.taking_in import Chosen
from frontend_stub.whoever import hub_of, token_if_any

MOST_DIGITS = 15


@dataclass(frozen=True)
class Kept:
    """A file that the hub has, and that belongs to nothing yet."""

    upload: str
    name: str
    size: int


def kept_in(given: Filled, at: str) -> Kept | None:
    """Return the file that a form already has in a field; None where it has none."""
    upload, size = given.words(f"{at}.upload"), given.get(f"{at}.size", "")
    if upload is None or not (size.isascii() and size.isdigit() and len(size) <= MOST_DIGITS):
        return None
    return Kept(upload, given.get(f"{at}.name", ""), int(size))


def keep_in(given: Filled, at: str, file: Kept) -> None:
    """Let a form have a file in a field."""
    given |= {f"{at}.upload": file.upload, f"{at}.name": file.name, f"{at}.size": str(file.size)}


async def handed_in(
    request: Request, file: Chosen, asked: dict[str, Any], *, document: str = "request_upload"
) -> Kept | str:
    """Hand a file in; what is wrong with it is returned in words.

    `document` asks for the ticket, and `asked` is what the hub wants to know besides the name and the size.
    """
    words = Words(chosen(request))
    if file.fault is None and not file.size:
        file.fault = "empty"
    if file.fault is not None:
        return words.named("file_fault", file.fault)
    wanted = {"name": file.name, "size": file.size, **asked}
    answer = await hub_of(request).ask(
        document, {"input": wanted}, language=words.language, token=token_if_any(request)
    )
    (ticket,) = answer.values()
    if ticket["errors"]:
        return str(ticket["errors"][0]["message"])
    kept, told = await hub_of(request).hand_in(ticket["path"], file.pieces(), size=file.size, language=words.language)
    return Kept(ticket["upload"], file.name, file.size) if kept else str(told["message"])
