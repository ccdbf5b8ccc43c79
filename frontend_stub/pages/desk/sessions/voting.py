"""What is done to motions and votes."""

from __future__ import annotations

from frontend_stub.acting import Act, Choice, Each, Option, Text
from frontend_stub.pages.desk.naming import Read
from frontend_stub.pages.desk.sessions.points import MOVED

OPTION = Choice("option", codes=("FOR", "AGAINST", "ABSTAIN"), group="vote_options", label="vote_option")


def _seats(node: Read) -> list[Option]:
    """Return the seats whose votes are still missing."""
    return [
        {"code": one["seat"]["id"], "label": seat_name(one["seat"])} for one in node["seats"] if not one["hasVoted"]
    ]


def seat_name(seat: Read) -> str:
    """Return what a seat is called: who sits there, and which it is."""
    named = [seat["holder"]["name"] if seat["holder"] else None, seat["title"]["text"] if seat["title"] else None]
    return ", ".join(name for name in named if name) or str(seat["id"])


MOTION = {
    "votar": Act(
        "open_vote",
        names="motionId",
        event="open_vote",
        fields=(
            Choice("method", codes=("ROLL_CALL", "SHOW_OF_HANDS", "SECRET"), group="vote_methods", usual="ROLL_CALL"),
        ),
    ),
    "enmienda": Act(
        "table_amendment",
        names="motionId",
        new=True,
        offered=lambda node: node["state"] == "TABLED" and node["amends"] is None and node["subjectHash"] is None,
        fields=MOVED,
    ),
    "retirar": Act("withdraw_motion", names="motionId", event="withdraw_motion", sure=True, grave=True),
}

VOTE = {
    "votar": Act(
        "cast_vote",
        names="voteEventId",
        event="cast_vote",
        fields=(OPTION, Text("reason", label="vote_reason", optional=True)),
        sure=True,
    ),
    "registrar": Act(
        "record_votes",
        names="voteEventId",
        event="record_votes",
        fields=(
            Each(
                "votes",
                of=_seats,
                key="seatId",
                fields=(
                    Choice("option", codes=OPTION.codes, group="vote_options", label="vote_option", optional=True),
                    Text("reason", label="vote_reason", optional=True, rows=2),
                ),
            ),
        ),
    ),
    "cerrar": Act("close_vote", names="voteEventId", event="close_vote", sure=True),
    "desempatar": Act("break_tie", names="voteEventId", event="break_tie", fields=(OPTION,), sure=True),
    "anular": Act(
        "annul_vote", names="voteEventId", new=True, event="annul_vote", fields=(Text("reason"),), sure=True, grave=True
    ),
}
