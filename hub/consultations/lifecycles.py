"""The life cycles of a consultation and of a response.

A consultation's stored state goes up to `scheduled` by people's acts. Whether it is open or closed follows from the
clock at each request, from the half-open interval opening ≤ t < closing; the timekeeper only records that it
happened, so a late job can neither accept a late response nor refuse a timely one.
"""

from __future__ import annotations

from hub.lifecycle import BORN, Lifecycle

CONSULTATION_LIFE = Lifecycle(
    "consultation",
    [
        (BORN, "create", "draft"),
        ("draft", "check", "checked"),
        ("checked", "rework", "draft"),
        ("checked", "schedule", "scheduled"),
        ("scheduled", "open", "open"),
        ("open", "close", "closed"),
    ],
)

RESPONSE_LIFE = Lifecycle(
    "response",
    [
        (BORN, "submit", "accepted"),
        ("accepted", "replace", "replaced"),
        ("accepted", "withdraw", "withdrawn"),
    ],
)
