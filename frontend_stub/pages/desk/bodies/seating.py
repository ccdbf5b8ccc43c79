"""What is done to the seats of a body, to those who sit there, and to those who ask to."""

from __future__ import annotations

from frontend_stub.acting import EDITION, Act, Area, Box, Choice, Instant, Line, Number, Option, Picked, Text
from frontend_stub.languages import Words
from frontend_stub.pages.desk.bodies.declaring import DECLARE
from frontend_stub.pages.desk.naming import Read, Told, by_folio, by_title


def _organizations(node: Read) -> list[Option]:
    return by_title(node["organizations"]["nodes"])


def _territories(node: Read) -> list[Option]:
    return [{"code": one["id"], "label": one["name"]} for one in node["territories"]["nodes"]]


def _instruments(node: Read) -> list[Option]:
    return by_folio(node["body"]["instruments"]["nodes"])


def _free(node: Read) -> list[Option]:
    """Return the seats of the body in which nobody sits, by their places."""
    return [
        {
            "code": seat["id"],
            "label": f"{seat['ordinal']}. {seat['title']['text']}" if seat["title"] else seat["ordinal"],
        }
        for seat in node["body"]["seats"]["nodes"]
    ]


ORGANIZATION = Picked("organizationId", of=_organizations, optional=True, label="for_organization")

OF_A_SEAT = (
    Text("title", long=False, optional=True, label="seat_title"),
    Choice("post", codes=("COORDINATOR", "SECRETARY", "MEMBER", "GUEST"), group="posts", usual="MEMBER"),
    Choice(
        "sector",
        codes=("GOVERNMENT", "CIVIL_SOCIETY", "ACADEMIA", "PRIVATE", "CITIZENS"),
        group="sectors",
        usual="GOVERNMENT",
    ),
    Box("voting", checked=True),
    Number("ordinal"),
    Picked("organizationId", of=_organizations, optional=True, label="seat_organization"),
    Picked("territoryId", of=_territories, optional=True),
)
"""What a seat says: for whom it is, and whether whoever sits there votes."""

OF_A_MEMBER = (
    ORGANIZATION,
    Box("alternate"),
    Instant("validFrom", optional=True, label="term_from"),
    Instant("validUntil", optional=True, label="term_until"),
    Picked("instrumentId", of=_instruments, optional=True, label="appointing_instrument"),
    Line("voteEventId", optional=True),
)
"""For whom somebody sits, since and until when, and what appoints them."""

SEAT = {
    "sentar": Act(
        "seat_member",
        names="seatId",
        new=True,
        event="seat_member",
        fields=(Line("name", label="person_name"), Line("personId", optional=True), *OF_A_MEMBER),
    ),
    "proponer": Act(
        "propose_member",
        names="seatId",
        new=True,
        event="propose_member",
        fields=(Line("name", label="person_name"), Line("personId", label="person_with_account"), *OF_A_MEMBER),
    ),
    "invitar": Act(
        "invite_member",
        names="seatId",
        new=True,
        event="invite_member",
        fields=(
            Line("personId", optional=True),
            Picked("organizationId", of=_organizations, optional=True, label="invited_organization"),
            Area("statement", label="invitation"),
            Number("days", before=lambda node: 30),
        ),
    ),
    "editar": Act("edit_seat", names="seatId", event="edit_seat", fields=(*OF_A_SEAT, EDITION)),
    "suprimir": Act(
        "abolish_seat",
        names="seatId",
        event="abolish_seat",
        sure=True,
        grave=True,
    ),
}

MEMBERSHIP = {
    "terminar": Act(
        "end_membership",
        names="membershipId",
        new=True,
        event="end_membership",
        fields=(Area("reason", label="removal_reason"),),
        sure=True,
        grave=True,
    ),
    "ausencia": Act(
        "leave_seat",
        names="membershipId",
        new=True,
        event="leave",
        fields=(Area("reason", label="absence_reason"),),
    ),
    "regreso": Act("return_to_seat", names="membershipId", event="return"),
    "intereses": DECLARE,
}

REQUEST = {
    "aceptar": Act(
        "accept_join_request",
        names="joinRequestId",
        new=True,
        event="accept",
        offered=lambda node: node["kind"] == "REQUEST",
        fields=(Picked("seatId", of=_free), Area("answer", label="joining_answer")),
    ),
    "rechazar": Act(
        "decline_join_request",
        names="joinRequestId",
        new=True,
        event="decline",
        offered=lambda node: node["kind"] == "REQUEST",
        fields=(Area("answer", label="joining_answer"),),
    ),
}

PARITY = {
    "terminar": Act("end_parity_rule", names="parityRuleId", offered=lambda node: node["endedAt"] is None, sure=True),
}


def seat_title(node: Read, words: Words) -> Told:
    """Return what a seat is called: its title, or its post and its place."""
    if node["title"]:
        return {"text": node["title"]["text"], "language": node["title"]["language"]}
    return {"text": f"{words.named('posts', node['post'])} {node['ordinal']}", "language": words.language}


def asking(node: Read, words: Words) -> Told:
    """Return who asks to join, or is invited to."""
    if node["organization"]:
        return {**node["organization"]["title"]}
    return {"text": node["personName"] or "", "language": words.language}
