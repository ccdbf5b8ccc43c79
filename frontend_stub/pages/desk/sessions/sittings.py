"""What is done to a session: from its plan to its close, and what its officers note while it lasts."""

from __future__ import annotations

from frontend_stub.acting import (
    WRITTEN_AT,
    Act,
    Box,
    Choice,
    Day,
    Declared,
    Line,
    Number,
    Option,
    Picked,
    PickedSome,
    Text,
)
from frontend_stub.pages.desk.naming import Read, by_title, seated

NAMED = "sessionId"

MODE = Choice("mode", codes=("IN_PERSON", "REMOTE", "HYBRID"), group="session_modes", usual="IN_PERSON")
STARTS = Declared("starts")
MINUTES = Number("plannedMinutes")
PLACE = Text("place", long=False, optional=True)
LINK = Line("link", optional=True)
REASON = Text("reason")


def others(node: Read) -> list[Option]:
    """Return the bodies that could sit along: all but the one whose session it is."""
    own = (node.get("body") or node)["id"]
    return by_title(body for body in node["bodies"]["nodes"] if body["id"] != own)


OF_A_SESSION = (
    Text("title", long=False),
    Choice("kind", codes=("ORDINARY", "EXTRAORDINARY"), group="session_kinds", label="session_kind", usual="ORDINARY"),
    MODE,
    STARTS,
    MINUTES,
    PLACE,
    LINK,
    Box("openToPublic", checked=True),
    Text("closedReason", optional=True),
    PickedSome(
        "jointBodyIds",
        of=others,
        optional=True,
        before=lambda node: [body["id"] for body in (node.get("jointBodies") or {"nodes": []})["nodes"]],
    ),
)
"""What the plan of a session says."""

OF_A_POINT = (
    Text("title", long=False),
    Choice(
        "kind",
        codes=(
            "ROLL_CALL",
            "AGENDA_APPROVAL",
            "MINUTES_APPROVAL",
            "INFORMATION",
            "DISCUSSION",
            "DECISION",
            "GENERAL_MATTERS",
        ),
        group="agenda_kinds",
        label="agenda_kind",
        usual="DISCUSSION",
    ),
    Text("explanation", optional=True),
    Line("presenter", optional=True),
    Box("public", checked=True),
    Number("plannedMinutes", optional=True, label="point_minutes"),
)
"""What a point of an agenda says."""


def points_of(node: Read) -> list[Option]:
    """Return the points of the agenda."""
    return [
        {
            "code": point["id"],
            "label": f"{point['number'] or ''} {point['title']['text']}".strip(),
            "lang": point["title"]["language"],
        }
        for point in node["agenda"]["nodes"]
        if point["id"] != node.get("self")
    ]


def sitting(node: Read) -> list[Option]:
    """Return everybody who sits in one of the bodies that meet."""
    bodies = [node["body"], *node["jointBodies"]["nodes"]]
    return seated(one for body in bodies for one in body["memberships"]["nodes"])


ACTS = {
    "editar": Act("edit_session", names=NAMED, event="edit_session", fields=(*OF_A_SESSION, WRITTEN_AT)),
    "convocar": Act(
        "convene_session", names=NAMED, event="convene", fields=(Text("shortNoticeReason", optional=True),)
    ),
    "cambiar-convocatoria": Act(
        "amend_convocation",
        names=NAMED,
        event="amend_convocation",
        fields=(STARTS, MODE, MINUTES, PLACE, LINK, REASON),
    ),
    "abrir": Act("open_session", names=NAMED, event="open"),
    "sin-quorum": Act("fail_session", names=NAMED, event="no_quorum", sure=True),
    "receso": Act("adjourn_session", names=NAMED, event="adjourn", fields=(Declared("resumes", optional=True),)),
    "reanudar": Act("resume_session", names=NAMED, event="resume"),
    "cerrar": Act("close_session", names=NAMED, event="close", sure=True),
    "cancelar": Act("cancel_session", names=NAMED, new=True, event="cancel", fields=(REASON,), sure=True, grave=True),
    "nuevo-punto": Act(
        "add_agenda_item",
        names=NAMED,
        new=True,
        event="edit_agenda",
        fields=(*OF_A_POINT, Picked("parentId", of=points_of, optional=True), Number("position", optional=True)),
    ),
    "pedir-punto": Act("request_agenda_item", names=NAMED, new=True, event="request_point", fields=OF_A_POINT),
    "asistencia": Act(
        "record_arrival",
        names=NAMED,
        new=True,
        event="record_attendance",
        fields=(
            Picked("membershipId", of=sitting),
            Choice(
                "mode", codes=("IN_PERSON", "REMOTE"), group="attendance_modes", label="presence", usual="IN_PERSON"
            ),
        ),
    ),
    "acta": Act(
        "draft_minutes",
        names=NAMED,
        event="draft_minutes",
        offered=lambda node: node["minutes"] is None,
    ),
    "nueva-tarea": Act(
        "assign_action_item",
        names=NAMED,
        new=True,
        event="assign",
        fields=(
            Text("task"),
            Picked("agendaItemId", of=points_of, optional=True),
            Picked("ownerId", of=sitting, optional=True),
            Day("dueOn", optional=True),
        ),
    ),
}
