"""The life cycles of a consultation, of a response and of a response that was begun.

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
        ("open", "suspend", "suspended"),
        ("suspended", "resume", "open"),
        ("open", "close", "closed"),
        ("suspended", "close", "closed"),
        ("scheduled", "withdraw_consultation", "withdrawn"),
        ("open", "withdraw_consultation", "withdrawn"),
        ("suspended", "withdraw_consultation", "withdrawn"),
    ],
)

RESPONSE_LIFE = Lifecycle(
    "response",
    [
        (BORN, "submit", "accepted"),
        (BORN, "hold", "held"),
        ("held", "admit", "accepted"),
        ("held", "refuse", "refused"),
        ("accepted", "replace", "replaced"),
        ("accepted", "withdraw", "withdrawn"),
    ],
)
