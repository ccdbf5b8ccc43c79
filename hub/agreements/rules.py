"""Who may draft an agreement, sign it, prolong it and end it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from hub.agreements.models import AgreementState
from hub.bodies.rules import acting_for
from hub.bodies.visibility import OFFICERS
from hub.errors import Conflict, Forbidden, Verdict, WrongState
from hub.viewer import Role, Scope, Viewer


class Agreed(Protocol):
    """What the rules want to know of an agreement itself."""

    @property
    def state(self) -> AgreementState:
        """Where it stands."""

    @property
    def body_id(self) -> UUID:
        """The body that keeps it."""

    @property
    def in_force_until(self) -> dt.date | None:
        """The first day on which it is in force no longer."""


@dataclass(frozen=True, kw_only=True)
class AgreementFacts:
    """An agreement as far as the rules ask about it."""

    state: AgreementState
    body_id: UUID
    in_force_until: dt.date | None


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


def may_edit_agreement(viewer: Viewer, agreement: Agreed) -> Verdict:
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


def may_renew_agreement(viewer: Viewer, agreement: Agreed, *, today: dt.date) -> Verdict:
    """Let the coordinator of the body that keeps it say that it was prolonged, while it is not over."""
    allowed = acting_for(viewer, Role.COORDINATOR, body_id=agreement.body_id, otherwise="COORDINATORS_ONLY")
    if allowed is not True:
        return allowed
    if agreement.state is not AgreementState.SIGNED:
        return WrongState("AGREEMENT_NOT_SIGNED")
    if agreement.in_force_until is None:
        return WrongState("AGREEMENT_WITHOUT_END")
    return True if agreement.in_force_until > today else WrongState("AGREEMENT_IS_OVER")


def may_end_agreement(viewer: Viewer, agreement: Agreed) -> Verdict:
    """Let the coordinator of the body that keeps it say that it is ended, and its officers give a draft up."""
    if agreement.state is AgreementState.DRAFT:
        return may_draft_agreement(viewer, body_id=agreement.body_id)
    allowed = acting_for(viewer, Role.COORDINATOR, body_id=agreement.body_id, otherwise="COORDINATORS_ONLY")
    if allowed is not True:
        return allowed
    return True if agreement.state is AgreementState.SIGNED else WrongState("AGREEMENT_IS_OVER")


def may_carry_out_obligation(viewer: Viewer, agreement: Agreed) -> Verdict:
    """Let the officers of the body that keeps it say which mandate carries out what was promised."""
    allowed = may_draft_agreement(viewer, body_id=agreement.body_id)
    if allowed is not True:
        return allowed
    return True if agreement.state is AgreementState.SIGNED else WrongState("AGREEMENT_NOT_SIGNED")


def agreement_verdicts(
    viewer: Viewer, agreement: Agreed, *, unsigned: Iterable[SigningFacts], today: dt.date
) -> list[tuple[str, Verdict]]:
    """Say what may come next for an agreement, and whether this viewer may make it happen.

    It may be signed by whoever may sign for one of the parties that have not.
    """
    end = ("end_agreement", may_end_agreement(viewer, agreement))
    match agreement.state:
        case AgreementState.DRAFT:
            signing = [may_sign_agreement(viewer, facts) for facts in unsigned]
            sign = True if True in signing else next(iter(signing), WrongState("AGREEMENT_IS_NO_DRAFT"))
            return [("edit_agreement", may_edit_agreement(viewer, agreement)), ("sign_agreement", sign), end]
        case AgreementState.SIGNED:
            renew = ("renew_agreement", may_renew_agreement(viewer, agreement, today=today))
            return [renew, ("link_agreement_obligation", may_carry_out_obligation(viewer, agreement)), end]
        case AgreementState.ENDED:
            return []


def _signing_for(viewer: Viewer, facts: SigningFacts) -> Verdict:
    if facts.body_id is not None:
        return acting_for(viewer, Role.COORDINATOR, body_id=facts.body_id, otherwise="COORDINATORS_ONLY")
    if facts.speaks:
        return True if Scope.BODIES_WRITE in viewer.scopes else Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    return acting_for(viewer, *OFFICERS, body_id=facts.kept_by, otherwise="NOT_SIGNING_FOR_IT")
