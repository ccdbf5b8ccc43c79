"""What is done to the points of an agenda, and with those who come and go."""

from __future__ import annotations

from frontend_stub.acting import EDITION, Act, Number, Option, Picked, Text
from frontend_stub.pages.desk.naming import Read, by_title
from frontend_stub.pages.desk.sessions.sittings import OF_A_POINT, points_of, sitting

NAMED = "agendaItemId"


def members(node: Read) -> list[Option]:
    """Return everybody who sits in the session of a point or a motion."""
    return sitting(node["session"])


def matters(node: Read) -> list[Option]:
    """Return the matters that the rules of the session know, each with the majority that it takes."""
    rules = node["session"]["rules"]
    return [{"code": one["matter"], "label": one["name"]} for one in rules["terms"]["majorities"]] if rules else []


def _above(node: Read) -> list[Option]:
    return points_of({**node["session"], "self": node["id"]})


def _tabled(node: Read) -> list[Option]:
    return by_title(node["session"]["body"]["instruments"]["nodes"])


def _minutes(node: Read) -> list[Option]:
    """Return the minutes that wait for their approval, by their sessions."""
    return [
        {"code": session["minutes"]["id"], "label": session["title"]["text"], "lang": session["title"]["language"]}
        for session in node["session"]["body"]["sessions"]["nodes"]
        if session["minutes"] and session["minutes"]["state"] in ("CIRCULATED", "WITH_OBSERVATIONS")
    ]


def _interests(node: Read) -> list[Option]:
    """Return the interests that members of the body declare, by who declared them."""
    return [
        {"code": one["id"], "label": f"{(one['membership'] or {}).get('name') or ''}: {one['summary']}"}
        for one in node["session"]["body"]["interestDeclarations"]["nodes"]
    ]


MOVED = (Picked("matter", of=matters), Text("text", label="motion"), Picked("moverId", of=members, optional=True))
"""What somebody moves."""

ACTS = {
    "aceptar": Act(
        "accept_agenda_item",
        names=NAMED,
        new=True,
        event="accept_point",
        fields=(Text("answer", optional=True), Number("position", optional=True)),
    ),
    "rechazar": Act(
        "reject_agenda_item",
        names=NAMED,
        new=True,
        event="reject_point",
        fields=(Text("answer"),),
    ),
    "comenzar": Act("start_agenda_item", names=NAMED, event="start_point"),
    "mocion": Act(
        "table_motion",
        names=NAMED,
        new=True,
        event="table_motion",
        fields=(
            *MOVED,
            Picked("instrumentId", of=_tabled, optional=True, label="moved_instrument"),
            Picked("minutesId", of=_minutes, optional=True),
        ),
    ),
    "tratado": Act("deal_with_agenda_item", names=NAMED, event="deal_with", fields=(Text("outcome", optional=True),)),
    "aplazar": Act("defer_agenda_item", names=NAMED, new=True, event="defer", fields=(Text("reason"),)),
    "excusa": Act(
        "declare_recusal",
        names=NAMED,
        new=True,
        event="recuse",
        fields=(
            Picked("membershipId", of=members),
            Text("reason", label="recusal_reason"),
            Picked("interestId", of=_interests, optional=True, label="recusal_interest"),
        ),
    ),
    "editar": Act("edit_agenda_item", names=NAMED, event="edit_point", fields=(*OF_A_POINT, EDITION)),
    "mover": Act(
        "move_agenda_item",
        names=NAMED,
        event="edit_point",
        fields=(Picked("parentId", of=_above, optional=True), Number("position")),
    ),
    "quitar": Act("remove_agenda_item", names=NAMED, event="remove_point", sure=True, grave=True),
}

PRESENCE = {
    "salida": Act("record_departure", names="attendanceId", offered=lambda node: node["leftAt"] is None),
}
