"""What is done to a body itself: its name, its charter, its standing, its seats and what parity they keep."""

from __future__ import annotations

from frontend_stub.acting import WRITTEN_AT, Act, Choice, Day, Line, Number, Text
from frontend_stub.pages.desk.bodies.seating import OF_A_SEAT

NAMED = "bodyId"
REASON = Text("reason")

ACTS = {
    "nuevo-asiento": Act("create_seat", names=NAMED, new=True, fields=OF_A_SEAT),
    "paridad": Act(
        "adopt_parity_rule",
        names=NAMED,
        new=True,
        fields=(
            Choice("dimension", codes=("SECTOR", "GENDER", "TERRITORY"), group="parity_dimensions"),
            Number("tolerance"),
            Choice(
                "consequence",
                codes=("WARN", "BLOCK_CONSTITUTION", "BLOCK_VOTE"),
                group="parity_consequences",
                usual="WARN",
            ),
            Text("reason", optional=True),
        ),
    ),
    "constituir": Act("constitute_body", names=NAMED, event="constitute", sure=True),
    "estatuto": Act(
        "edit_body",
        names=NAMED,
        fields=(
            Text("remit", optional=True, rows=6),
            Text("legalBasis", optional=True),
            Text("reason", optional=True, label="charter_reason", before=lambda node: None),
            WRITTEN_AT,
        ),
    ),
    "nombre": Act(
        "rename_body",
        names=NAMED,
        new=True,
        fields=(Text("name", long=False, label="body_name"), Line("acronym", optional=True), Day("since")),
    ),
    "suspender": Act("suspend_body", names=NAMED, new=True, event="suspend_body", fields=(REASON,), sure=True),
    "reanudar": Act("resume_body", names=NAMED, event="resume_body"),
    "disolver": Act("dissolve_body", names=NAMED, new=True, event="dissolve", fields=(REASON,), sure=True, grave=True),
}
