"""What is done to a body so that it sits: its rules of session are adopted, and its sessions are planned."""

from __future__ import annotations

from frontend_stub.acting import Act, Box, Choice, Choices, Days, Group, Instant, Line, Number, Rows, Text
from frontend_stub.pages.desk.naming import Read, Told
from frontend_stub.pages.desk.sessions.sittings import OF_A_SESSION


def _last(body: Read) -> Told | None:
    """Return the terms that hold now. What a matter is called comes in one language; the others are written again."""
    for rules in body["sessionRules"]["nodes"]:
        majorities = [{**one, "name": _said(one["name"], body["language"])} for one in rules["terms"]["majorities"]]
        return {**rules["terms"], "majorities": majorities}
    return None


def _said(text: str, language: str) -> Told:
    translation = {"language": language, "text": text, "easyRead": None, "origin": "HUMAN"}
    return {"sourceLanguage": language, "translations": [translation]}


SHARE = Group(
    "share",
    fields=(Number("numerator"), Number("denominator"), Box("moreThan")),
)

TERMS = Group(
    "terms",
    before=_last,
    fields=(
        Rows(
            "kinds",
            spare=1,
            fields=(
                Choice(
                    "kind",
                    codes=("ORDINARY", "EXTRAORDINARY"),
                    group="session_kinds",
                    label="session_kind",
                    usual="ORDINARY",
                ),
                Number("noticeDays"),
                Box("workingDays", checked=True),
                Number("pointHours"),
                Choices(
                    "convenedBy",
                    codes=("COORDINATOR", "SECRETARY"),
                    group="posts",
                    usually=("COORDINATOR", "SECRETARY"),
                ),
            ),
        ),
        Rows(
            "quorums",
            fields=(
                SHARE,
                Choice("of", codes=("FILLED", "ALL"), group="seat_bases", label="seat_base", usual="FILLED"),
                Number("least"),
            ),
        ),
        Group(
            "nextCall",
            fields=(
                Number("amount"),
                Choice(
                    "unit",
                    codes=("MINUTES", "HOURS", "DAYS", "WORKING_DAYS"),
                    group="delay_units",
                    usual="WORKING_DAYS",
                ),
            ),
        ),
        Rows(
            "majorities",
            fields=(
                Line("matter", label="matter_code"),
                Text("name", label="matter_name", long=False),
                SHARE,
                Choice(
                    "of",
                    codes=("CAST", "PRESENT", "ENTITLED"),
                    group="majority_bases",
                    label="majority_base",
                    usual="CAST",
                ),
                Box("abstentionsCount"),
                Box("secret"),
            ),
        ),
        Box("castingVote"),
        Box("remoteVoice", checked=True),
        Box("remoteVote", checked=True),
        Box("alternates", checked=True),
        Choice("minutesMode", codes=("LATER_SESSION", "NO_OBJECTION"), group="minutes_modes", usual="LATER_SESSION"),
        Number("minutesDays"),
        Days("holidays", optional=True),
    ),
)
"""By which rules a body sits; nothing of them is in the program. A new version begins with what the last one says."""

ON_A_BODY = {
    "nueva-sesion": Act(
        "plan_session",
        names="bodyId",
        new=True,
        fields=OF_A_SESSION,
        leads=lambda payload: f"/escritorio/sesiones/{payload['session']['id']}",
    ),
    "reglas-de-sesion": Act(
        "adopt_session_rules",
        names="bodyId",
        fields=(TERMS, Text("source", label="rules_source"), Instant("validFrom", optional=True)),
        sure=True,
    ),
}
"""The acts of the desk of a body; what it is read with has `bodies` beside it, to sit with."""
