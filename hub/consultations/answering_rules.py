"""Who may answer, change, take back, publish, admit: the rules about responses."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.consultations.models import REPORTED, Anonymity, ConsultationState, IdentityPolicy
from hub.consultations.response_models import ResponseState, Timeliness
from hub.consultations.rules import UNPUBLISHED, ConsultationFacts, not_in_course
from hub.errors import Conflict, Forbidden, Unauthenticated, Verdict, WrongState
from hub.lifecycle import Transition
from hub.mandates.rules import may_propose
from hub.viewer import Scope, Viewer


@dataclass(frozen=True, kw_only=True)
class ResponseFacts:
    """What the rules want to know of a response and of the consultation that it answers."""

    consultation: ConsultationFacts
    state: ResponseState
    own: bool
    """Whether the viewer gave it, or an organisation that the viewer speaks for."""
    organization_id: UUID | None = None
    """The organisation that gave it, where one did."""


def may_answer(viewer: Viewer, facts: ConsultationFacts, *, organization_id: UUID | None = None) -> Verdict:
    """Let whoever the consultation is meant for say something in it, on time or late."""
    known = _is_meant(viewer, facts, organization_id=organization_id)
    if known is not True:
        return known
    if facts.standing in (ConsultationState.SUSPENDED, ConsultationState.WITHDRAWN, ConsultationState.SCHEDULED):
        return not_in_course(facts)
    if facts.now >= facts.late_until:
        return WrongState("CONSULTATION_CLOSED", closes_at=facts.closes_at, zone=facts.zone)
    return True


def _is_meant(viewer: Viewer, facts: ConsultationFacts, *, organization_id: UUID | None) -> Verdict:
    policy = facts.identity_policy
    anybody = policy in (IdentityPolicy.OPEN, IdentityPolicy.INVITED) and organization_id is None
    if not viewer.signed_in and viewer.client_id is not None and not anybody:
        return Forbidden("CLIENTS_DO_NOT_ANSWER")
    if not viewer.signed_in and not anybody:
        return Unauthenticated("UNAUTHENTICATED")
    if (viewer.signed_in or viewer.client_id is not None) and Scope.RESPONSES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.RESPONSES_WRITE)
    if facts.state in UNPUBLISHED:
        return WrongState("CONSULTATION_NOT_PUBLISHED")
    if policy is IdentityPolicy.IMPORTED:
        return Forbidden("CONSULTATION_IMPORTED")
    if policy is IdentityPolicy.VERIFIED and organization_id is None and viewer.verification is None:
        return Forbidden("VERIFICATION_NEEDED")
    if policy is IdentityPolicy.ACCOUNT and not viewer.assurance.reaches(facts.assurance):
        return Forbidden("ASSURANCE_NEEDED", assurance=facts.assurance.value)
    if organization_id is not None and organization_id not in viewer.represents:
        return Forbidden("NOT_A_REPRESENTATIVE", path=("organizationId",))
    return True


def may_discard(viewer: Viewer, facts: ConsultationFacts, *, organization_id: UUID | None = None) -> Verdict:
    """Let whoever could begin a response throw away what they began, at any time."""
    return _is_meant(viewer, facts, organization_id=organization_id)


def timeliness_of(facts: ConsultationFacts) -> Timeliness:
    """Tell how a response of this instant came in: the closing itself is no longer on time."""
    if facts.now < facts.closes_at:
        return Timeliness.ON_TIME
    return Timeliness.GRACE if facts.now < facts.counted_until else Timeliness.LATE


def lateness(state: ResponseState, timeliness: Timeliness) -> str | None:
    """Return the code of what is told about a response that came in after the closing; None where it was on time."""
    if timeliness is Timeliness.ON_TIME:
        return None
    match state:
        case ResponseState.HELD:
            return "RESPONSE_HELD_LATE"
        case ResponseState.REFUSED:
            return "RESPONSE_REFUSED_LATE"
        case ResponseState.ACCEPTED:
            return "RESPONSE_IN_GRACE" if timeliness is Timeliness.GRACE else "RESPONSE_ADMITTED_LATE"
        case ResponseState.REPLACED | ResponseState.WITHDRAWN:
            return None


def may_submit(viewer: Viewer, facts: ConsultationFacts, *, organization_id: UUID | None = None) -> Verdict:
    """Let whoever may answer do so as often as the consultation takes responses of each."""
    allowed = may_answer(viewer, facts, organization_id=organization_id)
    if allowed is not True:
        return allowed
    if facts.responses >= facts.responses_each:
        if facts.anonymity is Anonymity.ANONYMOUS:
            return Conflict("ALREADY_RESPONDED_ANONYMOUSLY")
        if facts.responses_each > 1:
            return Conflict("RESPONDED_OFTEN_ENOUGH", most=facts.responses_each)
        return Conflict("ALREADY_RESPONDED")
    return True


def may_change(viewer: Viewer, facts: ConsultationFacts, *, organization_id: UUID | None = None) -> Verdict:
    """Let whoever answered say it otherwise, as long as what is said counts by itself."""
    allowed = may_answer(viewer, facts, organization_id=organization_id)
    if allowed is not True:
        return allowed
    if facts.now >= facts.counted_until:
        return WrongState("CHANGES_ENDED", counted_until=facts.counted_until, zone=facts.zone)
    nobody = facts.identity_policy is IdentityPolicy.OPEN and not viewer.signed_in
    if (facts.anonymity is Anonymity.ANONYMOUS or nobody) and organization_id is None:
        return Conflict("ANONYMOUS_IS_NOT_FOUND")
    if not facts.responded:
        return WrongState("NO_RESPONSE")
    return True


def may_withdraw(viewer: Viewer, facts: ConsultationFacts, *, organization_id: UUID | None = None) -> Verdict:
    """Let whoever answered take it back, as long as what is said counts by itself."""
    return may_change(viewer, facts, organization_id=organization_id)


def may_withdraw_by_receipt(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let whoever holds the receipt of an anonymous response take it back: nothing else can tell that it is theirs."""
    if facts.standing in (ConsultationState.SUSPENDED, ConsultationState.WITHDRAWN):
        return not_in_course(facts)
    if facts.now >= facts.counted_until:
        return WrongState("CHANGES_ENDED", counted_until=facts.counted_until, zone=facts.zone)
    return True


def may_change_consent(viewer: Viewer, facts: ResponseFacts) -> Verdict:
    """Let whoever gave a response say how it may be published, until what was published is fixed."""
    if facts.consultation.now >= facts.consultation.late_until:
        # And then nobody can tell any more whose it is.
        return WrongState("CONSENT_FROZEN", late_until=facts.consultation.late_until, zone=facts.consultation.zone)
    if not facts.own:
        return Forbidden("NOT_YOUR_RESPONSE")
    if (viewer.signed_in or viewer.client_id is not None) and Scope.RESPONSES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.RESPONSES_WRITE)
    if facts.state not in (ResponseState.ACCEPTED, ResponseState.HELD):
        return WrongState("RESPONSE_NOT_IN_FORCE")
    return True


def may_enter(viewer: Viewer, facts: ConsultationFacts) -> Verdict:
    """Let the staff of the body write down what came in on paper or by word of mouth, until late responses end."""
    allowed = may_propose(viewer, body_id=facts.body_id)
    if allowed is not True:
        return allowed
    if facts.identity_policy is IdentityPolicy.IMPORTED:
        return Forbidden("CONSULTATION_IMPORTED")
    if facts.standing not in (ConsultationState.OPEN, ConsultationState.CLOSED):
        return not_in_course(facts)
    if facts.now >= facts.late_until:
        return WrongState("CONSULTATION_CLOSED", closes_at=facts.closes_at, zone=facts.zone)
    return True


def may_decide(viewer: Viewer, facts: ResponseFacts) -> Verdict:
    """Let the staff of the body refuse a response that is held."""
    allowed = may_propose(viewer, body_id=facts.consultation.body_id)
    if allowed is not True:
        return allowed
    if facts.state is not ResponseState.HELD:
        return WrongState("RESPONSE_NOT_HELD")
    return True


def may_admit(viewer: Viewer, facts: ResponseFacts) -> Verdict:
    """Let the staff of the body admit a response that is held, until the findings are published without it."""
    allowed = may_decide(viewer, facts)
    if allowed is not True:
        return allowed
    return WrongState("RESULTS_IN_REPORT") if facts.consultation.state in REPORTED else True


def answering_transitions(viewer: Viewer, facts: ConsultationFacts) -> list[Transition]:
    """Say what a viewer may do with their own response in a consultation, given yet or not."""
    return [
        Transition("submit", may_submit(viewer, facts)),
        Transition("replace", may_change(viewer, facts)),
        Transition("withdraw", may_withdraw(viewer, facts)),
    ]


def response_transitions(viewer: Viewer, facts: ResponseFacts) -> list[Transition]:
    """Say what may come next for a response: the one who gave it changes it or takes it back, the staff decides."""
    organization_id = facts.organization_id
    match facts.state:
        case ResponseState.ACCEPTED:
            if not facts.own:
                refusal = Forbidden("NOT_YOUR_RESPONSE")
                return [Transition("replace", refusal), Transition("withdraw", refusal)]
            return [
                Transition("replace", may_change(viewer, facts.consultation, organization_id=organization_id)),
                Transition("withdraw", may_withdraw(viewer, facts.consultation, organization_id=organization_id)),
                Transition("change_consent", may_change_consent(viewer, facts)),
            ]
        case ResponseState.HELD:
            decided = [
                Transition("admit", may_admit(viewer, facts)),
                Transition("refuse", may_decide(viewer, facts)),
            ]
            consent = Transition("change_consent", may_change_consent(viewer, facts))
            return [*decided, consent] if facts.own else decided
        case _:
            return []
