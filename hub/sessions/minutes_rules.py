"""Who may write, circulate, observe, approve, sign and publish minutes, and who may set and finish tasks; and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.bodies.rules import acting_for
from hub.bodies.visibility import OFFICERS
from hub.errors import Conflict, Forbidden, Unauthenticated, Verdict, WrongState
from hub.sessions.minutes_models import ActionItemState, MinutesState, ObservationState
from hub.sessions.models import SessionState
from hub.viewer import Role, Scope, Viewer

OBSERVED = frozenset({MinutesState.CIRCULATED, MinutesState.WITH_OBSERVATIONS})
WRITTEN = frozenset({MinutesState.DRAFT, MinutesState.WITH_OBSERVATIONS})
WITH_TASKS = frozenset({SessionState.IN_SESSION, SessionState.ADJOURNED, SessionState.CLOSED, SessionState.FINISHED})


@dataclass(frozen=True, kw_only=True)
class MinutesFacts:
    """What the rules want to know of minutes, at the instant `now`."""

    body_id: UUID
    state: MinutesState
    observations_until: dt.datetime | None
    unanswered: int
    """How many observations have no answer yet."""
    seated: bool
    """Whether the viewer sits in a body whose session it was."""
    signed: bool
    """Whether the viewer has signed them."""
    attended: bool
    """Whether the viewer leads the body, keeps its papers or was there."""
    by_silence: bool
    """Whether the rules of the body approve them where nobody objects in time."""
    zone: str
    now: dt.datetime


def may_draft_minutes(viewer: Viewer, *, body_id: UUID, session_state: SessionState) -> Verdict:
    """Let the secretary draft the minutes of a session that is over."""
    allowed = _keeps(viewer, body_id)
    if allowed is not True:
        return allowed
    if session_state is not SessionState.CLOSED:
        return WrongState("SESSION_NOT_CLOSED")
    return True


def may_write_minutes(viewer: Viewer, facts: MinutesFacts) -> Verdict:
    """Let the secretary word minutes anew, before they are circulated and once there are observations."""
    allowed = _keeps(viewer, facts.body_id)
    if allowed is not True:
        return allowed
    if facts.state not in WRITTEN:
        return WrongState("MINUTES_ARE_FIXED")
    return True


def may_circulate_minutes(viewer: Viewer, facts: MinutesFacts) -> Verdict:
    """Let the secretary give minutes to the members; again, once every observation is answered."""
    allowed = may_write_minutes(viewer, facts)
    if allowed is not True:
        return allowed
    return _all_answered(facts)


def may_observe(viewer: Viewer, facts: MinutesFacts) -> Verdict:
    """Let whoever sits in the body say what is wrong with circulated minutes, in time."""
    allowed = _seated(viewer, seated=facts.seated)
    if allowed is not True:
        return allowed
    if facts.state not in OBSERVED:
        return WrongState("MINUTES_NOT_CIRCULATED")
    if facts.observations_until is not None and facts.now >= facts.observations_until:
        return WrongState("OBSERVATIONS_ENDED", observations_until=facts.observations_until, zone=facts.zone)
    return True


def may_answer_observation(viewer: Viewer, *, body_id: UUID, state: ObservationState) -> Verdict:
    """Let the secretary answer an observation, once."""
    allowed = _keeps(viewer, body_id)
    if allowed is not True:
        return allowed
    if state is not ObservationState.MADE:
        return WrongState("OBSERVATION_ANSWERED")
    return True


def may_approve_minutes(viewer: Viewer, facts: MinutesFacts) -> Verdict:
    """Let the officers record that minutes are approved, once every observation is answered and the time for them over.

    Where the rules want the vote of a later session, that vote is looked for besides.
    """
    allowed = acting_for(viewer, *OFFICERS, body_id=facts.body_id, otherwise="OFFICERS_ONLY")
    if allowed is not True:
        return allowed
    if facts.state not in OBSERVED:
        return WrongState("MINUTES_NOT_CIRCULATED")
    answered = _all_answered(facts)
    if answered is not True:
        return answered
    if not facts.by_silence:
        return True
    if facts.state is not MinutesState.CIRCULATED:
        return WrongState("MINUTES_TO_CIRCULATE_AGAIN")
    if facts.observations_until is not None and facts.now < facts.observations_until:
        return WrongState("OBSERVATIONS_RUN", observations_until=facts.observations_until, zone=facts.zone)
    return True


def may_sign_minutes(viewer: Viewer, facts: MinutesFacts) -> Verdict:
    """Let whoever leads the body, keeps its papers or was there sign approved minutes, once."""
    allowed = _seated(viewer, seated=facts.seated)
    if allowed is not True:
        return allowed
    if not facts.attended:
        return Forbidden("WAS_NOT_THERE")
    if facts.signed:
        return Conflict("SIGNED_ALREADY")
    if facts.state not in (MinutesState.APPROVED, MinutesState.SIGNED):
        return WrongState("MINUTES_NOT_APPROVED")
    return True


def may_publish_minutes(viewer: Viewer, facts: MinutesFacts) -> Verdict:
    """Let the officers publish signed minutes."""
    allowed = acting_for(viewer, *OFFICERS, body_id=facts.body_id, otherwise="OFFICERS_ONLY")
    if allowed is not True:
        return allowed
    if facts.state is not MinutesState.SIGNED:
        return WrongState("MINUTES_NOT_SIGNED")
    return True


def may_add_to_minutes(viewer: Viewer, facts: MinutesFacts) -> Verdict:
    """Let the secretary add to published minutes."""
    allowed = _keeps(viewer, facts.body_id)
    if allowed is not True:
        return allowed
    if facts.state is not MinutesState.PUBLISHED:
        return WrongState("MINUTES_NOT_PUBLISHED")
    return True


def minutes_verdicts(viewer: Viewer, facts: MinutesFacts) -> list[tuple[str, Verdict]]:
    """Say what may come next for minutes, and whether this viewer may make it happen."""
    match facts.state:
        case MinutesState.DRAFT:
            return [
                ("write_minutes", may_write_minutes(viewer, facts)),
                ("circulate_minutes", may_circulate_minutes(viewer, facts)),
            ]
        case MinutesState.CIRCULATED:
            return [("observe", may_observe(viewer, facts)), ("approve_minutes", may_approve_minutes(viewer, facts))]
        case MinutesState.WITH_OBSERVATIONS:
            return [
                ("observe", may_observe(viewer, facts)),
                ("write_minutes", may_write_minutes(viewer, facts)),
                ("circulate_minutes", may_circulate_minutes(viewer, facts)),
                ("approve_minutes", may_approve_minutes(viewer, facts)),
            ]
        case MinutesState.APPROVED:
            return [("sign_minutes", may_sign_minutes(viewer, facts))]
        case MinutesState.SIGNED:
            return [
                ("sign_minutes", may_sign_minutes(viewer, facts)),
                ("publish_minutes", may_publish_minutes(viewer, facts)),
            ]
        case MinutesState.PUBLISHED:
            return [("add_to_minutes", may_add_to_minutes(viewer, facts))]


def afterwards(viewer: Viewer, *, body_id: UUID, session_state: SessionState) -> list[tuple[str, Verdict]]:
    """Say what may come of a session, and whether this viewer may write it down."""
    found = []
    if session_state is SessionState.CLOSED:
        found.append(("draft_minutes", may_draft_minutes(viewer, body_id=body_id, session_state=session_state)))
    if session_state in WITH_TASKS:
        found.append(("assign", may_assign(viewer, body_id=body_id, session_state=session_state)))
    return found


# ---- tasks -------------------------------------------------------------------------------------------------------


def may_assign(viewer: Viewer, *, body_id: UUID, session_state: SessionState) -> Verdict:
    """Let the officers write down what a session asked somebody to do."""
    allowed = acting_for(viewer, *OFFICERS, body_id=body_id, otherwise="OFFICERS_ONLY")
    if allowed is not True:
        return allowed
    if session_state not in WITH_TASKS:
        return WrongState("SESSION_HAS_NO_TASKS")
    return True


def may_finish(viewer: Viewer, *, body_id: UUID, state: ActionItemState, own: bool) -> Verdict:
    """Let whoever was asked, and the officers, say that it was done."""
    if own:
        allowed = _seated(viewer, seated=True)
    else:
        allowed = acting_for(viewer, *OFFICERS, body_id=body_id, otherwise="NOT_YOUR_TASK")
    if allowed is not True:
        return allowed
    return True if state is ActionItemState.OPEN else WrongState("TASK_IS_OVER")


def may_drop(viewer: Viewer, *, body_id: UUID, state: ActionItemState) -> Verdict:
    """Let the officers say that it is not to be done any more."""
    allowed = acting_for(viewer, *OFFICERS, body_id=body_id, otherwise="OFFICERS_ONLY")
    if allowed is not True:
        return allowed
    return True if state is ActionItemState.OPEN else WrongState("TASK_IS_OVER")


def task_verdicts(viewer: Viewer, *, body_id: UUID, state: ActionItemState, own: bool) -> list[tuple[str, Verdict]]:
    """Say what may come next for a task, and whether this viewer may make it happen."""
    if state is not ActionItemState.OPEN:
        return []
    finishing = may_finish(viewer, body_id=body_id, state=state, own=own)
    return [("finish", finishing), ("drop", may_drop(viewer, body_id=body_id, state=state))]


def _keeps(viewer: Viewer, body_id: UUID) -> Verdict:
    return acting_for(viewer, Role.SECRETARY, body_id=body_id, otherwise="SECRETARIES_ONLY")


def _seated(viewer: Viewer, *, seated: bool) -> Verdict:
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if Scope.BODIES_WRITE not in viewer.scopes:
        return Forbidden("SCOPE_MISSING", scope=Scope.BODIES_WRITE)
    return True if seated else Forbidden("NOT_SEATED")


def _all_answered(facts: MinutesFacts) -> Verdict:
    return WrongState("OBSERVATIONS_UNANSWERED", unanswered=facts.unanswered) if facts.unanswered else True
