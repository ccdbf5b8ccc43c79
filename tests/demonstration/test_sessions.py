"""What a visitor sees of the demonstration's commission: who sits there, the session behind it and the one ahead."""

from __future__ import annotations

import hashlib
from typing import Any

from tests.demonstration.visiting import known, seen
from tests.talking import Talking

COMMISSION = """
query ($id: ID!) { node(id: $id) { ... on Body {
  seats { nodes { post sector voting state organization { acronym }
    memberships(orderBy: SINCE_ASC) { nodes { name alternate state } } } }
  sessions(orderBy: STARTS_ASC) { nodes { id folio kind state starts { declaredLocal } } }
  instruments { nodes { folio state inForce signatures { nodes { membership { name } } }
    mandates(orderBy: CREATED_ASC) { nodes { kind state paragraph study { title { text } }
      consultations { nodes { folio state } } } } } }
} } }
"""

AGENDA = """
query ($id: ID!) { node(id: $id) { ... on Session {
  convocations { nodes { number noticeMet } } documents { nodes { name mediaType path sha256 } }
  requestedPoints { nodes { state } }
  attendance { nodes { mode membership { name } } }
  agenda { nodes { number state items { nodes { number state } } documents { nodes { name } }
    requestedBy { name } recusals { nodes { membership { name } } }
    motions { nodes { state amends { number } vote { method result votesFor votesAgainst abstentions
      votes { option reason { text } membership { name } } } } } } }
  actionItems { nodes { state late } }
  minutes { state number contentHash text { text } approvedBy { result } signatures { post }
    observations { nodes { state } } }
} } }
"""


async def commission(hub: Talking) -> Any:
    """The commission, as anybody reads it."""
    return await seen(hub, COMMISSION, await known(hub, "demonstration:body:cgatp", "Body"))


async def session(hub: Talking, state: str) -> Any:
    """The last of its sessions in this state, as anybody reads it."""
    found = [one for one in (await commission(hub))["sessions"]["nodes"] if one["state"] == state]
    return await seen(hub, AGENDA, found[-1]["id"])


async def test_seats_by_sector_one_with_an_alternate_and_one_vacant(visited: Talking) -> None:
    seats = (await commission(visited))["seats"]["nodes"]
    assert [(seat["post"], seat["sector"], seat["voting"], seat["state"]) for seat in seats] == [
        ("COORDINATOR", "GOVERNMENT", True, "FILLED"),
        ("SECRETARY", "GOVERNMENT", False, "FILLED"),
        ("MEMBER", "GOVERNMENT", True, "FILLED"),
        ("MEMBER", "CIVIL_SOCIETY", True, "FILLED"),
        ("MEMBER", "ACADEMIA", True, "FILLED"),
        ("MEMBER", "CITIZENS", True, "FILLED"),
        ("MEMBER", "PRIVATE", True, "VACANT"),
        ("GUEST", "ACADEMIA", False, "FILLED"),
    ]
    assert [(one["name"], one["alternate"]) for one in seats[2]["memberships"]["nodes"]] == [
        ("Rosa Canul Dzib", False),
        ("Andrés Mukul Ek", True),
    ]
    assert seats[3]["organization"] == {"acronym": "LCE"}
    assert [one["state"] for one in seats[6]["memberships"]["nodes"]] == ["ENDED"]


async def test_its_sessions_one_convened_for_next_week(visited: Talking) -> None:
    sessions = (await commission(visited))["sessions"]["nodes"]
    assert [(one["folio"], one["kind"], one["state"], one["starts"]["declaredLocal"]) for one in sessions] == [
        ("CGATP/SESION/2026/001", "ORDINARY", "FINISHED", "2026-10-27T11:00:00"),
        ("CGATP/SESION/2026/002", "EXTRAORDINARY", "CLOSED", "2026-11-12T17:00:00"),
        ("CGATP/SESION/2026/003", "ORDINARY", "CONVENED", "2026-12-03T10:00:00"),
    ]
    ahead = await session(visited, "CONVENED")
    assert ahead["convocations"]["nodes"] == [{"number": 1, "noticeMet": True}]
    agenda = ahead["agenda"]["nodes"]
    assert [point["number"] for point in agenda] == ["1", "2", "3", "4", "5", "6"]
    assert [part["number"] for part in agenda[1]["items"]["nodes"]] == ["2.1"]
    assert agenda[4]["requestedBy"] == {"name": "Noé Ku Balam"}
    assert agenda[2]["documents"]["nodes"] == [{"name": "calendario-de-sesiones.pdf"}]
    (paper,) = ahead["documents"]["nodes"]
    assert (paper["name"], paper["mediaType"]) == ("orden-del-dia.pdf", "application/pdf")
    given_out = await visited.client.get(paper["path"])
    assert given_out.content.startswith(b"%PDF-")
    assert hashlib.sha256(given_out.content).hexdigest() == paper["sha256"]


async def test_the_session_that_was_held(visited: Talking) -> None:
    held = await session(visited, "FINISHED")
    assert [(there["membership"]["name"], there["mode"]) for there in held["attendance"]["nodes"]] == [
        ("Julia Ordaz Tello", "IN_PERSON"),
        ("Luis Pech Xool", "IN_PERSON"),
        ("Andrés Mukul Ek", "REMOTE"),
        ("Ana Robles Quintal", "IN_PERSON"),
        ("Noé Ku Balam", "REMOTE"),
        ("Teresa Villarreal Osorno", "IN_PERSON"),
        ("Marta Sosa Lira", "REMOTE"),
    ]
    agenda = held["agenda"]["nodes"]
    assert [point["state"] for point in agenda] == ["DEALT_WITH"] * 7
    assert [part["state"] for point in agenda for part in point["items"]["nodes"]] == [
        "DEALT_WITH",
        "DEALT_WITH",
        "DEFERRED",
    ]
    assert [[recusal["membership"]["name"] for recusal in point["recusals"]["nodes"]] for point in agenda] == [
        [], [], [], [], ["Ana Robles Quintal"], [], [],
    ]  # fmt: skip
    votes = [(motion["vote"], motion["amends"]) for point in agenda for motion in point["motions"]["nodes"]]
    assert [
        (vote["method"], vote["result"], vote["votesFor"], vote["votesAgainst"], vote["abstentions"], amends)
        for vote, amends in votes
    ] == [
        ("SHOW_OF_HANDS", "CARRIED", 5, 0, 0, None),
        ("ROLL_CALL", "CARRIED", 4, 1, 0, None),
        ("SHOW_OF_HANDS", "CARRIED", 4, 0, 0, None),
        ("SHOW_OF_HANDS", "CARRIED", 3, 0, 1, {"number": 3}),
        ("SECRET", "CARRIED", 4, 0, 1, None),
    ]
    (against,) = [vote for vote in votes[1][0]["votes"] if vote["option"] == "AGAINST"]
    assert against["membership"] == {"name": "Noé Ku Balam"}
    assert against["reason"]["text"].startswith("Estoy de acuerdo con preguntar")
    assert votes[4][0]["votes"] == []
    tasks = held["actionItems"]["nodes"]
    assert [(task["state"], task["late"]) for task in tasks] == [("DONE", False), ("OPEN", True), ("OPEN", False)]


async def test_its_minutes_were_observed_approved_and_signed(visited: Talking) -> None:
    minutes = (await session(visited, "FINISHED"))["minutes"]
    assert (minutes["state"], minutes["number"], minutes["approvedBy"]) == ("PUBLISHED", 2, {"result": "CARRIED"})
    assert "pidió que los avisos de cortes de agua" in minutes["text"]["text"]
    assert [signature["post"] for signature in minutes["signatures"]] == ["COORDINATOR", "SECRETARY", "MEMBER"]
    assert [one["state"] for one in minutes["observations"]["nodes"]] == ["TAKEN_UP", "NOT_TAKEN_UP"]
    (later,) = (await session(visited, "CLOSED"))["agenda"]["nodes"][1]["motions"]["nodes"]
    assert (later["state"], later["vote"]["votesFor"]) == ("CARRIED", 4)


async def test_the_acuerdo_ordered_what_is_asked_now(visited: Talking) -> None:
    (act,) = (await commission(visited))["instruments"]["nodes"]
    assert (act["folio"], act["state"], act["inForce"]) == ("CGATP/ACUERDO/2026/001", "PUBLISHED", True)
    assert [one["membership"]["name"] for one in act["signatures"]["nodes"]] == ["Julia Ordaz Tello", "Luis Pech Xool"]
    study, consultation = act["mandates"]["nodes"]
    assert (study["kind"], study["paragraph"]) == ("STUDY", "primero")
    assert (consultation["kind"], consultation["paragraph"]) == ("CONSULTATION", "segundo")
    assert consultation["consultations"]["nodes"] == [{"folio": "CGATP/CONSULTA/2026/003", "state": "OPEN"}]
