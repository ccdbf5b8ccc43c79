"""Who may do what with the points of an agenda, who may come and go, and who may take no part in a point."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.bodies.rules import acting_for
from hub.bodies.visibility import INSIDERS, OFFICERS
from hub.errors import Conflict, Forbidden, Verdict, WrongState
from hub.lifecycle import Transition
from hub.sessions.models import AgendaItemState, AttendanceMode, SessionMode, SessionState
from hub.sessions.rules import ARRANGED, UNDER_WAY, SessionFacts, in_state
from hub.sessions.vote_rules import BEFORE_ITS_END, may_move
from hub.viewer import Role, Viewer

BEFORE_IT_BEGINS = dt.timedelta(hours=2)
"""How long before a session begins people may be there."""


@dataclass(frozen=True, kw_only=True)
class PointFacts:
    """What the rules want to know of a point."""

    session: SessionFacts
    state: AgendaItemState
    begun: bool = False
    """Whether the session has begun to deal with it."""
    motions: int = 0
    """How many motions there are about it."""
    votes: int = 0
    """How many votes on it were opened and not annulled."""
    open_parts: int = 0
    """How many of its own points were neither dealt with nor deferred."""


# ---- the agenda --------------------------------------------------------------------------------------------------


def may_arrange(viewer: Viewer, facts: SessionFacts) -> Verdict:
    """Let the officers of the body put points on the agenda, until the session has ended."""
    return _officers(viewer, facts, "edit_agenda", *ARRANGED)


def may_edit_point(viewer: Viewer, facts: PointFacts) -> Verdict:
    """Let the officers write a point anew or move it, until it is dealt with."""
    allowed = may_arrange(viewer, facts.session)
    return _in_state(facts, "edit_point", AgendaItemState.ACCEPTED) if allowed is True else allowed


def may_remove_point(viewer: Viewer, facts: PointFacts) -> Verdict:
    """Let the officers take a point off before the session is opened; from then on it is deferred instead."""
    allowed = _officers(viewer, facts.session, "remove_point", SessionState.PLANNED, SessionState.CONVENED)
    if allowed is not True:
        return allowed
    if facts.motions:
        return WrongState("POINT_HAS_MOTIONS")
    return _in_state(facts, "remove_point", AgendaItemState.ACCEPTED)


def may_request_point(viewer: Viewer, facts: SessionFacts) -> Verdict:
    """Let whoever sits in a body ask for a point of its session, until the rules say that it is too late."""
    allowed = _insiders(viewer, facts)
    if allowed is not True:
        return allowed
    standing = in_state(facts, "request_point", SessionState.PLANNED, SessionState.CONVENED)
    if standing is not True:
        return standing
    kind = None if facts.terms is None else facts.terms.of_kind(facts.kind)
    until = facts.starts_at - dt.timedelta(hours=kind.point_hours if kind is not None else 0)
    if facts.now > until:
        return WrongState("TOO_LATE_FOR_POINTS", until=until, zone=facts.zone)
    return True


def may_answer_request(viewer: Viewer, facts: PointFacts) -> Verdict:
    """Let the officers put a point on the agenda that was asked for, or say why not, once."""
    allowed = may_arrange(viewer, facts.session)
    return _in_state(facts, "accept_point", AgendaItemState.PROPOSED) if allowed is True else allowed


def may_start(viewer: Viewer, facts: PointFacts) -> Verdict:
    """Let the officers note that the session begins to deal with a point, once."""
    allowed = _dealt_with(viewer, facts, "start_point")
    if allowed is not True:
        return allowed
    return Conflict("POINT_BEGUN_ALREADY") if facts.begun else True


def may_deal_with(viewer: Viewer, facts: PointFacts) -> Verdict:
    """Let the officers note what came of a point, once all that it has under it is done."""
    return _ended(viewer, facts, "deal_with")


def may_defer(viewer: Viewer, facts: PointFacts) -> Verdict:
    """Let the officers leave a point for later, once all that it has under it is done."""
    return _ended(viewer, facts, "defer")


def _dealt_with(viewer: Viewer, facts: PointFacts, event: str) -> Verdict:
    allowed = _officers(viewer, facts.session, event, SessionState.IN_SESSION)
    return _in_state(facts, event, AgendaItemState.ACCEPTED) if allowed is True else allowed


def _ended(viewer: Viewer, facts: PointFacts, event: str) -> Verdict:
    allowed = _dealt_with(viewer, facts, event)
    if allowed is not True:
        return allowed
    if facts.open_parts:
        return WrongState("POINTS_ARE_OPEN", points=facts.open_parts)
    if facts.session.votes_open:
        return WrongState("VOTE_UNDER_WAY")
    return True


# ---- attendance --------------------------------------------------------------------------------------------------


def may_record_attendance(viewer: Viewer, facts: SessionFacts, *, person_id: UUID | None) -> Verdict:
    """Let the officers record who comes and who goes, and a member say so of themself who is there from afar."""
    allowed = _officers(viewer, facts, "record_attendance", *UNDER_WAY)
    own = person_id is not None and person_id == viewer.person_id
    if own and isinstance(allowed, Forbidden):
        allowed = _insiders(viewer, facts)
        allowed = in_state(facts, "record_attendance", *UNDER_WAY) if allowed is True else allowed
    if allowed is not True:
        return allowed
    earliest = facts.starts_at - BEFORE_IT_BEGINS
    if facts.now < earliest:
        return WrongState("TOO_EARLY_TO_BE_THERE", earliest=earliest, zone=facts.zone)
    return True


def may_be_there(viewer: Viewer, facts: SessionFacts, *, mode: AttendanceMode, alternate: bool) -> Verdict:
    """Say whether somebody may be there in this way: as the session is held, and as the rules of the body allow."""
    place, remote = facts.mode is not SessionMode.REMOTE, facts.mode is not SessionMode.IN_PERSON
    terms = facts.terms
    if mode is AttendanceMode.IN_PERSON and not place:
        return WrongState("SESSION_HAS_NO_PLACE")
    if mode is AttendanceMode.REMOTE and not (remote and terms is not None and terms.remote_voice):
        return WrongState("NOT_FROM_AFAR")
    if mode is AttendanceMode.IN_PERSON and not _is_officer(viewer, facts):
        # Only somebody in the room sees who is in the room.
        return Forbidden("OFFICERS_RECORD_THE_ROOM")
    if alternate and not (terms is not None and terms.alternates):
        return WrongState("NO_ALTERNATES")
    return True


def _is_officer(viewer: Viewer, facts: SessionFacts) -> bool:
    return viewer.system or viewer.holds(*OFFICERS, body_id=facts.body_id)


def may_recuse(viewer: Viewer, facts: PointFacts, *, person_id: UUID | None) -> Verdict:
    """Let a member take no part in a point, or an officer record it, before it is voted on."""
    allowed = _officers(viewer, facts.session, "recuse", *UNDER_WAY)
    own = person_id is not None and person_id == viewer.person_id
    if own and isinstance(allowed, Forbidden):
        allowed = _insiders(viewer, facts.session)
        allowed = in_state(facts.session, "recuse", *UNDER_WAY) if allowed is True else allowed
    if allowed is not True:
        return allowed
    if facts.votes:
        return WrongState("RECUSAL_TOO_LATE")
    return _in_state(facts, "recuse", AgendaItemState.ACCEPTED)


# ---- who, and in which state -------------------------------------------------------------------------------------


def _in_state(facts: PointFacts, event: str, state: AgendaItemState) -> Verdict:
    if facts.state is not state:
        return WrongState("WRONG_STATE", machine="agenda_item", state=facts.state, event=event)
    return True


def _officers(viewer: Viewer, facts: SessionFacts, event: str, *states: SessionState) -> Verdict:
    allowed = acting_for(viewer, *OFFICERS, body_id=facts.body_id, otherwise="OFFICERS_ONLY")
    return in_state(facts, event, *states) if allowed is True else allowed


def _insiders(viewer: Viewer, facts: SessionFacts) -> Verdict:
    verdicts = [acting_for(viewer, *INSIDERS, body_id=id_, otherwise="MEMBERS_ONLY") for id_ in facts.body_ids]
    return next((verdict for verdict in verdicts if verdict is True), verdicts[0])


def agenda_transitions(viewer: Viewer, facts: SessionFacts) -> list[Transition]:
    """Say what may come next for the agenda of a session, and for the viewer in it."""
    own = may_record_attendance(viewer, facts, person_id=viewer.person_id)
    if facts.state in (SessionState.PLANNED, SessionState.CONVENED):
        arrange = Transition("edit_agenda", may_arrange(viewer, facts))
        request = Transition("request_point", may_request_point(viewer, facts))
        attend = [Transition("record_attendance", own)] if facts.state is SessionState.CONVENED else []
        return [arrange, request, *attend]
    if facts.state is SessionState.IN_SESSION:
        return [Transition("edit_agenda", may_arrange(viewer, facts)), Transition("record_attendance", own)]
    if facts.state is SessionState.ADJOURNED:
        return [Transition("record_attendance", own)]
    return []


def point_transitions(viewer: Viewer, facts: PointFacts) -> list[Transition]:
    """Say what may come next for a point."""
    match facts.state:
        case AgendaItemState.PROPOSED:
            answer = may_answer_request(viewer, facts)
            return [Transition("accept_point", answer), Transition("reject_point", answer)]
        case AgendaItemState.ACCEPTED:
            edit = Transition("edit_point", may_edit_point(viewer, facts))
            recuse = Transition("recuse", may_recuse(viewer, facts, person_id=viewer.person_id))
            moving = [Transition("table_motion", _may_move(viewer, facts))] if _takes_motions(facts) else []
            if facts.session.state is not SessionState.IN_SESSION:
                return [edit, Transition("remove_point", may_remove_point(viewer, facts)), recuse, *moving]
            return [
                Transition("start_point", may_start(viewer, facts)),
                Transition("deal_with", may_deal_with(viewer, facts)),
                Transition("defer", may_defer(viewer, facts)),
                edit,
                recuse,
                *moving,
            ]
        case _:
            return []


def _takes_motions(facts: PointFacts) -> bool:
    return facts.session.state in BEFORE_ITS_END


def _may_move(viewer: Viewer, facts: PointFacts) -> Verdict:
    session = facts.session
    seated = any(viewer.holds(Role.MEMBER, body_id=body_id) for body_id in session.body_ids)
    return may_move(
        viewer, body_id=session.body_id, session_state=session.state, point_state=facts.state, seated=seated
    )
