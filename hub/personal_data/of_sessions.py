"""What is kept of whoever took part in sessions: where they were there, and what they said there. It is public."""

from __future__ import annotations

from hub.personal_data.registry import Fate, Personal, any_id
from hub.sessions.minutes_models import Observation
from hub.sessions.models import AgendaItem, Attendance, Recusal
from hub.sessions.vote_models import Motion, Vote

OF_THE_SESSION = "of_the_session"
"""What the session made of it is told with the session."""

OF_SESSIONS = (
    Personal(
        model=Attendance,
        section="attendance",
        whose=lambda row, who: row.membership_id == any_id(who.memberships),
        told="id session_id seat_id membership_id mode came_at left_at",
        fate=Fate.KEPT,
        kept="KEPT_SEATS",
        order="came_at",
    ),
    Personal(
        model=Recusal,
        section="recusals",
        whose=lambda row, who: row.membership_id == any_id(who.memberships),
        told="id agenda_item_id seat_id membership_id interest_id reason declared_at",
        fate=Fate.KEPT,
        kept="KEPT_SEATS",
        order="declared_at",
    ),
    Personal(
        model=AgendaItem,
        section="requested_points",
        whose=lambda row, who: row.requested_by_id == any_id(who.memberships),
        told="id session_id requested_by_id kind state title explanation presenter public requested_at answer",
        untold=dict.fromkeys(
            ("parent_id", "position", "planned_minutes", "started_at", "ended_at", "outcome", "edition"), OF_THE_SESSION
        ),
        fate=Fate.KEPT,
        kept="KEPT_SEATS",
        order="requested_at",
    ),
    Personal(
        model=Motion,
        section="motions",
        whose=lambda row, who: row.mover_id == any_id(who.memberships),
        told="id session_id agenda_item_id mover_id number matter text state amends_id instrument_id minutes_id"
        " tabled_at decided_at",
        untold={"subject_hash": OF_THE_SESSION},
        fate=Fate.KEPT,
        kept="KEPT_SEATS",
        order="tabled_at",
    ),
    Personal(
        model=Vote,
        section="votes",
        whose=lambda row, who: row.membership_id == any_id(who.memberships),
        told="id vote_event_id seat_id membership_id option reason recorded cast_at",
        fate=Fate.KEPT,
        kept="KEPT_SEATS",
        order="cast_at",
    ),
    Personal(
        model=Observation,
        section="observations",
        whose=lambda row, who: row.membership_id == any_id(who.memberships),
        told="id minutes_id membership_id revision_number text state answer made_at answered_at",
        fate=Fate.KEPT,
        kept="KEPT_SEATS",
        order="made_at",
    ),
)
