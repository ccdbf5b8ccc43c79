"""Seating: whoever sits in a body is a member of it, and what the seat's post says, for as long as they sit there."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from hub import clock
from hub.bodies.seat_models import Post
from hub.errors import Conflict
from tests.cast import a_citizen, a_client
from tests.making.bodies import a_body, a_membership, a_seat
from tests.talking import Talking

GRANTS = "{ viewer { grants { role bodyId } } }"


def held(data: dict[str, Any], body: UUID) -> set[str]:
    """Return the roles in a body that an answer names."""
    return {grant["role"] for grant in data["viewer"]["grants"] if grant["bodyId"] == f"Body_{body}"}


async def test_a_seat_gives_its_roles_for_its_term(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_citizen(hub, "Julia Ordaz")
    now = clock.now()
    seat = await a_seat(hub, body, post=Post.COORDINATOR)
    await a_membership(hub, seat, "Julia Ordaz", by=julia, since=now, until=now + dt.timedelta(days=30))
    assert held(await hub.ask(GRANTS, by=julia), body) == {"MEMBER", "COORDINATOR"}
    with hub.at(now + dt.timedelta(days=30)):
        assert held(await hub.ask(GRANTS, by=julia), body) == set()


async def test_who_stands_in_is_a_member_and_no_coordinator(hub: Talking) -> None:
    body = await a_body(hub)
    luis = await a_citizen(hub, "Luis Pech")
    seat = await a_seat(hub, body, post=Post.COORDINATOR)
    await a_membership(hub, seat, "Luis Pech", by=luis, alternate=True)
    assert held(await hub.ask(GRANTS, by=luis), body) == {"MEMBER"}


async def test_a_program_sits_nowhere(hub: Talking) -> None:
    body = await a_body(hub)
    # Somebody without an account sits there, who is nobody that a token could stand for.
    await a_membership(hub, await a_seat(hub, body, post=Post.COORDINATOR), "Sin cuenta")
    assert held(await hub.ask(GRANTS, by=await a_client(hub)), body) == set()
    assert held(await hub.ask(GRANTS), body) == set()


async def test_a_seat_is_taken_once(hub: Talking) -> None:
    seat = await a_seat(hub, await a_body(hub))
    await a_membership(hub, seat, "Ana Robles")
    before = await hub.log()
    with pytest.raises(Conflict, match="SEAT_IS_TAKEN"):
        await a_membership(hub, seat, "Juana Dzul")
    assert await hub.log() == before
