"""Invitations to a consultation that is for the invited: their codes are shown once, and taken along as a file."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.drafting import status_of
from frontend_stub.forms import Filled
from frontend_stub.languages import Words, chosen
from frontend_stub.pages.desk.filling import Fault
from frontend_stub.pages.desk.officers import carried_out, form_of, officer, read_consultation
from frontend_stub.showing import form_shown
from frontend_stub.whoever import UNSTORED

LONGEST_COUNT = 6


@officer
async def page(request: Request) -> Response:
    """Ask how many, and for whom."""
    return _shown(request, await read_consultation(request), Filled([]))


@officer
async def issue(request: Request) -> Response:
    """Issue invitations, and show their codes, which nobody can look up again."""
    given = await form_of(request)
    consultation, words = await read_consultation(request), Words(chosen(request))
    count = given.words("count") or ""
    if not (count.isascii() and count.isdigit() and len(count) <= LONGEST_COUNT):
        return _shown(request, consultation, given, faults=[{"field": "count", "message": words("desk_fault.number")}])
    sent = {
        "consultationId": consultation["id"],
        "count": int(count),
        "batch": given.words("batch") or "",
        "idempotencyKey": given.words("idempotencyKey"),
    }
    payload = await carried_out(request, "issue_invitations", sent)
    if payload["errors"]:
        faults = [{"field": _field(error["path"]), "message": error["message"]} for error in payload["errors"]]
        return _shown(request, consultation, given, faults=faults, status=status_of(payload["errors"]))
    values = {"consultation": consultation, "batch": sent["batch"], "codes": payload["codes"] or []}
    return form_shown(request, "desk/codes.html", at=f"/escritorio/consultas/{consultation['id']}", **values)


@officer
async def as_file(request: Request) -> Response:
    """Give the codes back that a page of ours has just shown, as a file; nothing of it is kept."""
    given = await form_of(request)
    codes = [line.strip() for line in given.get("codes", "").splitlines() if line.strip()]
    rows = "\r\n".join(["code", *(_cell(code) for code in codes), ""])
    headers = {**UNSTORED, "content-disposition": 'attachment; filename="invitations.csv"'}
    return Response(rows, media_type="text/csv; charset=utf-8", headers=headers)


def _field(path: list[str] | None) -> str | None:
    return path[0] if path and path[0] in ("count", "batch") else None


def _cell(code: str) -> str:
    # A sheet must not take what stands in a cell for a formula, whoever wrote it.
    plain = f"'{code}" if code[:1] in "=+-@\t" else code
    return '"{}"'.format(plain.replace('"', '""'))


def _shown(
    request: Request,
    consultation: dict[str, Any],
    given: Filled,
    *,
    faults: list[Fault] | None = None,
    status: int = 200,
) -> Response:
    return form_shown(
        request,
        "desk/invite.html",
        errors=faults,
        status=status,
        consultation=consultation,
        count=given.get("count", ""),
        batch=given.get("batch", ""),
        key=given.get("idempotencyKey") or str(uuid4()),
    )


routes = [
    Route("/escritorio/consultas/{id}/invitaciones", page, methods=["GET"]),
    Route("/escritorio/consultas/{id}/invitaciones", issue, methods=["POST"]),
    Route("/escritorio/consultas/{id}/invitaciones/archivo", as_file, methods=["POST"]),
]
