"""Who may hand files in, attach them, withdraw them and fetch them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hub.bodies.rules import acting_for
from hub.bodies.visibility import OFFICERS
from hub.errors import Forbidden, Invalid, NotFound, Problem, Unauthenticated, Verdict, WrongState
from hub.files.models import DocumentSight
from hub.files.purposes import TYPES, ending
from hub.files.tickets import Ticket
from hub.viewer import Role, Scope, Viewer

STAFF = (*OFFICERS, Role.ANALYST)
"""Who works for a body: they hand in what is to be attached."""


def may_upload(viewer: Viewer) -> Verdict:
    """Let whoever works for a body, whichever, hand in a document."""
    if viewer.system:
        return True
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if Scope.BODIES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    if not viewer.bodies(*STAFF):
        return Forbidden("STAFF_ONLY")
    return True


def may_begin(ticket: Ticket | None, *, at: dt.datetime, length: int | None) -> Verdict:
    """Let bytes in by a ticket that the hub has written, in time, and for as much as it was written for."""
    if ticket is None:
        return Forbidden("TICKET_UNKNOWN")
    if at >= ticket.expires_at:
        return WrongState("TICKET_OVER")
    if length is not None and length != ticket.size:
        return Invalid([Problem("FILE_SIZE_DIFFERS", (), {"size": ticket.size})])
    return True


def may_keep(ticket: Ticket, *, size: int, media_type: str | None) -> Verdict:
    """Let bytes stay that are as many as was said, and of the type that their name promises."""
    if size != ticket.size:
        return Invalid([Problem("FILE_SIZE_DIFFERS", (), {"size": ticket.size})])
    if media_type is None:
        promised = TYPES.get(ending(ticket.name), "")
        return Invalid([Problem("FILE_NOT_WHAT_IT_SAYS", (), {"promised": promised})])
    return True


def may_attach(
    viewer: Viewer, *roles: Role, body_id: UUID | None, closed: bool, sight: DocumentSight, withdrawn: bool
) -> Verdict:
    """Let those who keep the papers of a body attach one, and nothing public to what is not shown to everybody."""
    allowed = _keeping(viewer, *roles, body_id=body_id)
    if allowed is not True:
        return allowed
    if withdrawn:
        return WrongState("HOLDER_WITHDRAWN", path=("holderId",))
    if closed and sight is DocumentSight.PUBLIC:
        return Invalid([Problem("HOLDER_NOT_PUBLIC", ("sight",))])
    return True


def may_attach_kept(viewer: Viewer) -> Verdict:
    """Let the hub itself attach what it has kept without a ticket; everybody else hands in by one."""
    return True if viewer.system else Forbidden("ADMINISTRATORS_ONLY")


def may_use(viewer: Viewer, ticket: Ticket | None, *, uploaded_by: UUID | None, there: bool) -> Verdict:
    """Let whoever handed a file in attach it, as long as it is there."""
    if ticket is None or (not viewer.system and ticket.account_id != viewer.account_id):
        return Invalid([Problem("UPLOAD_UNKNOWN", ("upload",))])
    if not there or uploaded_by != ticket.account_id:
        return Invalid([Problem("UPLOAD_MISSING", ("upload",))])
    return True


def may_withdraw(viewer: Viewer, *roles: Role, body_id: UUID | None, withdrawn: bool) -> Verdict:
    """Let those who keep the papers of a body withdraw one, once."""
    allowed = _keeping(viewer, *roles, body_id=body_id)
    if allowed is not True:
        return allowed
    return WrongState("DOCUMENT_WITHDRAWN") if withdrawn else True


def may_fetch(*, seen: bool, withdrawn: bool, type_: str = "Document") -> Verdict:
    """Give a document, or the file of an answer, to whoever sees it, until it is withdrawn."""
    if not seen:
        return NotFound("NOT_FOUND", type=type_)
    return WrongState("DOCUMENT_WITHDRAWN") if withdrawn else True


def _keeping(viewer: Viewer, *roles: Role, body_id: UUID | None) -> Verdict:
    if body_id is None and not viewer.system:
        return Forbidden("NO_BODY_BEHIND_IT")
    otherwise = "STAFF_ONLY" if Role.ANALYST in roles else "OFFICERS_ONLY"
    return True if body_id is None else acting_for(viewer, *roles, body_id=body_id, otherwise=otherwise)
