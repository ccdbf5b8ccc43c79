"""What is kept of whoever took part in sessions: where they were there, and where they took no part. It is public."""

from __future__ import annotations

from hub.personal_data.registry import Fate, Personal, any_id
from hub.sessions.models import Attendance, Recusal

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
)
