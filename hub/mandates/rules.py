"""Who may propose and order a work, who answers for it, and when. The same functions explain a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.bodies.rules import acting_for
from hub.bodies.visibility import OFFICERS
from hub.errors import Conflict, Forbidden, Unauthenticated, Verdict, WrongState
from hub.instruments.drafts import NOBODY_ELSE, Responsible
from hub.lifecycle import Transition
from hub.mandates.duty_models import WorkProgrammeState
from hub.mandates.models import Mandate, MandateKind, MandateState
from hub.viewer import Role, Scope, Viewer

OPEN = (MandateState.ORDERED, MandateState.ACCEPTED, MandateState.IN_PROGRESS)
"""The states in which the work is still owed."""


@dataclass(frozen=True, kw_only=True)
class MandateFacts:
    """What the rules want to know of a mandate."""

    state: MandateState
    body_id: UUID | None
    responsible: Responsible = NOBODY_ELSE
    responsible_person_id: UUID | None = None
    """Who sits in the seat that is responsible, where one is."""

    @classmethod
    def of(cls, mandate: Mandate, *, person_id: UUID | None = None) -> MandateFacts:
        """Gather the facts of a row that was read."""
        return cls(
            state=mandate.state,
            body_id=mandate.body_id,
            responsible=responsible_for(mandate),
            responsible_person_id=person_id,
        )


def responsible_for(mandate: Mandate) -> Responsible:
    """Return who is charged with a mandate, as it is stored."""
    return Responsible(
        body_id=mandate.responsible_body_id,
        organization_id=mandate.responsible_organization_id,
        membership_id=mandate.responsible_membership_id,
    )


def may_propose(viewer: Viewer, *, body_id: UUID | None) -> Verdict:
    """Let the coordinator, the secretaries and the analysts of a body propose a work of it."""
    return _staff(viewer, body_id, Role.COORDINATOR, Role.SECRETARY, Role.ANALYST, otherwise="STAFF_ONLY")


def may_order(viewer: Viewer, *, body_id: UUID | None) -> Verdict:
    """Let the coordinator of a body order a work of it, by own initiative and with a published reason."""
    return _staff(viewer, body_id, Role.COORDINATOR, otherwise="COORDINATORS_ONLY")


def may_order_mandate(viewer: Viewer, facts: MandateFacts) -> Verdict:
    """Let the coordinator order what was proposed, once."""
    allowed = may_order(viewer, body_id=facts.body_id)
    return _in(facts, MandateState.PROPOSED) if allowed is True else allowed


def may_edit_mandate(viewer: Viewer, facts: MandateFacts) -> Verdict:
    """Let the staff of the body write anew what was proposed, until it is ordered."""
    allowed = may_propose(viewer, body_id=facts.body_id)
    return _in(facts, MandateState.PROPOSED) if allowed is True else allowed


def may_accept(viewer: Viewer, facts: MandateFacts) -> Verdict:
    """Let whoever is responsible take the work on."""
    return _responsible(viewer, facts, MandateState.ORDERED)


def may_start(viewer: Viewer, facts: MandateFacts) -> Verdict:
    """Let whoever is responsible say that the work is under way."""
    return _responsible(viewer, facts, MandateState.ACCEPTED)


def may_deliver(viewer: Viewer, facts: MandateFacts) -> Verdict:
    """Let whoever is responsible deliver what they began."""
    return _responsible(viewer, facts, MandateState.IN_PROGRESS)


def may_reassign(viewer: Viewer, facts: MandateFacts) -> Verdict:
    """Let the coordinator of the body that ordered it charge somebody else, while the work is owed."""
    allowed = may_order(viewer, body_id=facts.body_id)
    return _in(facts, *OPEN) if allowed is True else allowed


def may_reschedule(viewer: Viewer, facts: MandateFacts) -> Verdict:
    """Let the coordinator of the body that ordered it name another day, while the work is owed."""
    return may_reassign(viewer, facts)


def may_discharge(viewer: Viewer, facts: MandateFacts) -> Verdict:
    """Let the coordinator of the body that ordered it close it: without a delivery, or having accepted one."""
    allowed = may_order(viewer, body_id=facts.body_id)
    return _in(facts, *OPEN, MandateState.DELIVERED) if allowed is True else allowed


def may_cancel(viewer: Viewer, facts: MandateFacts) -> Verdict:
    """Let the coordinator of the body that ordered it cancel what is owed."""
    allowed = may_order(viewer, body_id=facts.body_id)
    return _in(facts, *OPEN, MandateState.PROPOSED) if allowed is True else allowed


def may_carry_out(mandate: Mandate, *, body_id: UUID | None, kind: MandateKind | None = None) -> Verdict:
    """Let a work of a body rest on a mandate that it is charged with, as long as that is not over."""
    if kind is not None and mandate.kind is not kind:
        return Conflict("MANDATE_OF_ANOTHER_KIND", path=("mandateId",))
    responsible = responsible_for(mandate)
    elsewhere = responsible.organization_id is not None or responsible.membership_id is not None
    ordering = mandate.body_id == body_id
    if not ordering and (elsewhere or responsible.body_id != body_id):
        return Conflict("MANDATE_OF_ANOTHER_BODY", path=("mandateId",))
    if mandate.state not in (*OPEN, MandateState.PROPOSED):
        return WrongState("MANDATE_OVER", path=("mandateId",))
    return True


def _responsible(viewer: Viewer, facts: MandateFacts, *states: MandateState) -> Verdict:
    allowed = _answers_for(viewer, facts)
    return _in(facts, *states) if allowed is True else allowed


def _answers_for(viewer: Viewer, facts: MandateFacts) -> Verdict:
    """Whether the viewer acts for whoever is responsible: an officer, a representative, or the person themself."""
    if viewer.system:
        return True
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if Scope.BODIES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    responsible = facts.responsible
    if responsible.organization_id is not None:
        speaks = responsible.organization_id in viewer.represents
        return True if speaks else Forbidden("RESPONSIBLE_ONLY")
    if responsible.membership_id is not None:
        own = facts.responsible_person_id is not None and facts.responsible_person_id == viewer.person_id
        return True if own else Forbidden("RESPONSIBLE_ONLY")
    body_id = responsible.body_id or facts.body_id
    return True if viewer.holds(*OFFICERS, body_id=body_id) else Forbidden("RESPONSIBLE_ONLY")


def _in(facts: MandateFacts, *states: MandateState) -> Verdict:
    if facts.state in states:
        return True
    match facts.state:
        case MandateState.PROPOSED:
            return WrongState("MANDATE_NOT_ORDERED")
        case MandateState.ORDERED:
            return WrongState("MANDATE_NOT_ACCEPTED" if MandateState.PROPOSED not in states else "MANDATE_ORDERED")
        case MandateState.ACCEPTED:
            return WrongState("MANDATE_NOT_STARTED" if MandateState.IN_PROGRESS in states else "MANDATE_ORDERED")
        case MandateState.IN_PROGRESS:
            return WrongState("MANDATE_UNDER_WAY")
        case MandateState.DELIVERED | MandateState.DISCHARGED | MandateState.CANCELLED:
            return WrongState("MANDATE_OVER")


def mandate_verdicts(viewer: Viewer, facts: MandateFacts) -> list[tuple[str, Verdict]]:
    """Say what may come next for a mandate, and whether this viewer may make it happen."""
    discharge, cancel = ("discharge", may_discharge(viewer, facts)), ("cancel", may_cancel(viewer, facts))
    owed = [("reassign", may_reassign(viewer, facts)), ("reschedule", may_reschedule(viewer, facts)), discharge, cancel]
    match facts.state:
        case MandateState.PROPOSED:
            editing = ("edit_mandate", may_edit_mandate(viewer, facts))
            return [editing, ("order", may_order_mandate(viewer, facts)), cancel]
        case MandateState.ORDERED:
            return [("accept", may_accept(viewer, facts)), *owed]
        case MandateState.ACCEPTED:
            return [("start", may_start(viewer, facts)), *owed]
        case MandateState.IN_PROGRESS:
            return [("deliver", may_deliver(viewer, facts)), *owed]
        case MandateState.DELIVERED:
            return [discharge]
        case MandateState.DISCHARGED | MandateState.CANCELLED:
            return []


# ---- work programmes -------------------------------------------------------------------------------------------


def may_plan_work(viewer: Viewer, *, body_id: UUID) -> Verdict:
    """Let the officers of a body draft its work programme."""
    return acting_for(viewer, *OFFICERS, body_id=body_id, otherwise="OFFICERS_ONLY")


def may_change_programme(
    viewer: Viewer, *, body_id: UUID, state: WorkProgrammeState, of: WorkProgrammeState
) -> Verdict:
    """Let the officers of a body go on with its work programme, while it stands where this is done."""
    allowed = may_plan_work(viewer, body_id=body_id)
    if allowed is not True:
        return allowed
    if state is of:
        return True
    return WrongState("PROGRAMME_NOT_APPROVED" if state is WorkProgrammeState.DRAFT else "PROGRAMME_APPROVED")


def programme_transitions(viewer: Viewer, *, body_id: UUID, state: WorkProgrammeState) -> list[Transition]:
    """Say what may come next for a work programme, and whether this viewer may make it happen."""
    allowed = may_plan_work(viewer, body_id=body_id)
    match state:
        case WorkProgrammeState.DRAFT:
            return [Transition("edit_programme", allowed), Transition("approve_programme", allowed)]
        case WorkProgrammeState.APPROVED:
            return [Transition("carry_out_line", allowed), Transition("close_programme", allowed)]
        case WorkProgrammeState.CLOSED:
            return []


def _staff(viewer: Viewer, body_id: UUID | None, *roles: Role, otherwise: str) -> Verdict:
    if viewer.system:
        return True
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if Scope.BODIES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    if body_id is None or not viewer.holds(*roles, body_id=body_id):
        return Forbidden(otherwise)
    return True
