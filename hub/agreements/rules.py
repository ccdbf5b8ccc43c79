"""Who may draft an agreement, sign it, prolong it and end it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.agreements.models import Agreement, AgreementState
from hub.bodies.rules import acting_for
from hub.bodies.visibility import OFFICERS
from hub.errors import Conflict, Forbidden, Verdict, WrongState
from hub.viewer import Role, Scope, Viewer


@dataclass(frozen=True, kw_only=True)
class SigningFacts:
    """What the rules want to know of whoever signs: for which party, and what of that is there already."""

    state: AgreementState
    kept_by: UUID
    body_id: UUID | None
    signed: bool
    speaks: bool
    """Whether the viewer may publish in the name of the organisation that is the party."""


def may_draft_agreement(viewer: Viewer, *, body_id: UUID) -> Verdict:
    """Let the officers of a body draft what it is to agree with others."""
    return acting_for(viewer, *OFFICERS, body_id=body_id, otherwise="OFFICERS_ONLY")


def may_edit_agreement(viewer: Viewer, agreement: Agreement) -> Verdict:
    """Let them write it anew, until everybody has signed it."""
    allowed = may_draft_agreement(viewer, body_id=agreement.body_id)
    if allowed is not True:
        return allowed
    return True if agreement.state is AgreementState.DRAFT else WrongState("AGREEMENT_IS_NO_DRAFT")


def may_sign_agreement(viewer: Viewer, facts: SigningFacts) -> Verdict:
    """Let a body sign by its coordinator, and an organisation by whoever may publish for it.

    What an organisation signed on paper is written down by the officers of the body that keeps the agreement.
    """
    allowed = _signing_for(viewer, facts)
    if allowed is not True:
        return allowed
    if facts.state is not AgreementState.DRAFT:
        return WrongState("AGREEMENT_IS_NO_DRAFT")
    return Conflict("AGREEMENT_SIGNED_ALREADY", path=("partyId",)) if facts.signed else True


def may_renew_agreement(viewer: Viewer, agreement: Agreement, *, today: dt.date) -> Verdict:
    """Let the coordinator of the body that keeps it say that it was prolonged, while it is not over."""
    allowed = acting_for(viewer, Role.COORDINATOR, body_id=agreement.body_id, otherwise="COORDINATORS_ONLY")
    if allowed is not True:
        return allowed
    if agreement.state is not AgreementState.SIGNED:
        return WrongState("AGREEMENT_NOT_SIGNED")
    if agreement.in_force_until is None:
        return WrongState("AGREEMENT_WITHOUT_END")
    return True if agreement.in_force_until > today else WrongState("AGREEMENT_IS_OVER")


def may_end_agreement(viewer: Viewer, agreement: Agreement) -> Verdict:
    """Let the coordinator of the body that keeps it say that it is ended, and its officers give a draft up."""
    if agreement.state is AgreementState.DRAFT:
        return may_draft_agreement(viewer, body_id=agreement.body_id)
    allowed = acting_for(viewer, Role.COORDINATOR, body_id=agreement.body_id, otherwise="COORDINATORS_ONLY")
    if allowed is not True:
        return allowed
    return True if agreement.state is AgreementState.SIGNED else WrongState("AGREEMENT_IS_OVER")


def may_carry_out_obligation(viewer: Viewer, agreement: Agreement) -> Verdict:
    """Let the officers of the body that keeps it say which mandate carries out what was promised."""
    allowed = may_draft_agreement(viewer, body_id=agreement.body_id)
    if allowed is not True:
        return allowed
    return True if agreement.state is AgreementState.SIGNED else WrongState("AGREEMENT_NOT_SIGNED")


def _signing_for(viewer: Viewer, facts: SigningFacts) -> Verdict:
    if facts.body_id is not None:
        return acting_for(viewer, Role.COORDINATOR, body_id=facts.body_id, otherwise="COORDINATORS_ONLY")
    if facts.speaks:
        return True if Scope.BODIES_WRITE in viewer.scopes else Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    return acting_for(viewer, *OFFICERS, body_id=facts.kept_by, otherwise="NOT_SIGNING_FOR_IT")
