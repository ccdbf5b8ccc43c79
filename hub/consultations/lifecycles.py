"""The life cycles of a consultation, of a response, and of what answers those who responded.

A consultation's stored state goes up to `scheduled` by people's acts. Whether it is open or closed follows from the
clock at each request, from the half-open interval opening ≤ t < closing; the timekeeper only records that it
happened, so a late job can neither accept a late response nor refuse a timely one. What comes after the closing is
people's work again: analysed, its findings published, answered, archived.
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
        ("closed", "start_analysis", "in_analysis"),
        ("in_analysis", "publish_findings", "findings_published"),
        ("findings_published", "answer", "answered"),
        ("answered", "archive", "archived"),
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

REPORT_LIFE = Lifecycle(
    "consultation_report",
    [
        (BORN, "draft_report", "draft"),
        ("draft", "approve_report", "approved"),
        ("approved", "rework_report", "draft"),
        ("approved", "publish_report", "published"),
        ("published", "correct_report", "corrected"),
    ],
)

STATEMENT_LIFE = Lifecycle(
    "statement",
    [
        (BORN, "draft_statement", "draft"),
        ("draft", "approve_statement", "approved"),
        ("draft", "discard_statement", "discarded"),
        ("approved", "rework_statement", "draft"),
        ("approved", "publish_statement", "published"),
        ("published", "correct_statement", "corrected"),
    ],
)
