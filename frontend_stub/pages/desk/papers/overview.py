"""The papers of a thing on the desk: each with its file, and those of its parts, in lists of their own."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import Words, chosen
from frontend_stub.narrowing import onward
from frontend_stub.pages.desk.officers import done_of, officer, read
from frontend_stub.pages.desk.papers.subjects import DOCUMENT, HOLDER, HOLDERS, above, dossier_of, title_of
from frontend_stub.showing import shown
from frontend_stub.whoever import UNSTORED

PARTS = ("agenda", "agreements", "revisions", "milestones", "datasets")
"""What has papers of its own within a thing, by the names of its lists."""


@officer
async def page(request: Request) -> Response:
    """Show the papers of a thing, the newest first; whoever keeps them adds and withdraws."""
    after = request.query_params.get("desde")
    holder = (await read(request, "desk_documents", tuple(HOLDERS), after=after))["node"]
    words = Words(chosen(request))
    documents = holder["documents" if "documents" in holder else "ofPart"]
    return shown(
        request,
        "desk/documents.html",
        headers=UNSTORED,
        title=title_of(holder, words),
        up=above(holder, words),
        offers=HOLDER.offers(holder, words),
        total=documents["totalCount"],
        documents=[DOCUMENT.with_offers(one, words) for one in documents["nodes"]],
        parts=_parts(holder, words),
        done=done_of(request),
        **onward(request, documents["pageInfo"]),
    )


def _parts(holder: dict[str, Any], words: Words) -> list[dict[str, Any]]:
    """Return the parts of a thing that have papers of their own, each with how many and where they are."""
    return [
        {"title": title_of(part, words), "count": part["documents"]["totalCount"], "address": dossier_of(part["id"])}
        for name in PARTS
        for part in holder.get(name, {"nodes": []})["nodes"]
    ]


routes = [Route("/escritorio/expedientes/{id}", page, methods=["GET"])]
