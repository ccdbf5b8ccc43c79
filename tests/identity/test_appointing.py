"""Roles by mutation: who gives them, who ends them, who reads of it, and that nobody rises by their own hand."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from hub import clock
from hub.identity import authenticating
from hub.identity.appointing import grant_role
from hub.settings import Settings
from hub.viewer import Role
from tests.cast import (
    a_citizen,
    a_coordinator_of,
    a_secretary_of,
    a_visitor,
    an_administrator,
    an_analyst_of,
    here_in_person,
)
from tests.making.bodies import a_body
from tests.talking import Somebody, Talking, talking

GRANT = """mutation ($person: ID!, $role: Role!, $body: ID, $from: DateTime, $until: DateTime, $reason: String!) {
  grantRole(input: {personId: $person, role: $role, bodyId: $body, validFrom: $from, validUntil: $until,
    reason: $reason}) { roleGrant { id role personName reason validUntil body { id } } event
    errors { __typename code path } } }"""
END = """mutation ($id: ID!, $reason: String!) { endRole(input: {roleGrantId: $id, reason: $reason}) {
  roleGrant { id validUntil endedAt endReason } event errors { code path } } }"""
HELD = "{ viewer { grants { role bodyId } } }"
LISTED = """query ($body: ID, $roles: [Role!]) { roleGrants(filter: {body: $body, role: $roles}) {
  nodes { id role personName reason endReason } } }"""
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read tokens again each time: that they are believed for less than two seconds has its own test."""
    monkeypatch.setattr(authenticating, "BELIEVED", 0.0)


def given(to: Somebody, role: str, body: UUID | None = None, **others: Any) -> dict[str, Any]:
    named = {"body": f"Body_{body}"} if body else {}
    return {"person": f"Person_{to.person_id}", "role": role, "reason": "Acuerdo 3", **named, **others}


def codes(errors: list[dict[str, Any]]) -> list[str]:
    return [error["code"] for error in errors]


async def held(hub: Talking, who: Somebody) -> list[str]:
    return [grant["role"] for grant in (await hub.ask(HELD, by=who))["viewer"]["grants"]]


async def grant_of(hub: Talking, who: Somebody) -> str:
    (row,) = await hub.rows("SELECT id FROM role_grant WHERE account_id = :id", id=who.account_id)
    return f"RoleGrant_{row['id']}"


async def test_an_administrator_gives_any_role_and_ends_it(hub: Talking) -> None:
    body = await a_body(hub)
    ines = await here_in_person(hub, await an_administrator(hub))
    ana = await here_in_person(hub, await a_citizen(hub))
    assert await held(hub, ines) == ["ADMINISTRATOR"]
    await hub.forget()
    granted = await hub.act(GRANT, given(ana, "COORDINATOR", body), by=ines)
    grant = granted["roleGrant"]
    assert {**grant, "id": None} == {
        "id": None,
        "role": "COORDINATOR",
        "personName": "Ana Robles",
        "reason": "Acuerdo 3",
        "validUntil": None,
        "body": {"id": f"Body_{body}"},
    }
    assert await held(hub, ana) == ["COORDINATOR"]
    ended = await hub.act(END, {"id": grant["id"], "reason": "Renunció"}, by=ines)
    assert (ended["roleGrant"]["endReason"], ended["roleGrant"]["endedAt"]) == (
        "Renunció",
        ended["roleGrant"]["validUntil"],
    )
    assert await held(hub, ana) == []
    assert codes(await hub.refuse(END, {"id": grant["id"], "reason": "x"}, by=ines)) == ["ROLE_OVER"]
    assert await hub.log() == ["RoleGranted", "RoleEnded"]
    first, _ = await hub.events()
    assert (first["actor_account_id"], first["public"], first["entry_id"]) == (ines.account_id, True, body)
    assert "Acuerdo" not in str(await hub.events())


async def test_everybody_reads_in_the_feed_that_a_role_was_given_and_not_to_whom(hub: Talking) -> None:
    body = await a_body(hub)
    await a_coordinator_of(hub, body)
    facts = await hub.hub.feed.read(0, viewer=a_visitor().viewer, types=["RoleGranted"])
    (fact,) = facts
    assert set(fact.facts) == {"grant_id", "role", "body_id", "valid_from", "valid_until"}


async def test_who_gives_which_role_to_whom(hub: Talking) -> None:
    """Each refusal leaves nothing behind."""
    body, other = await a_body(hub), await a_body(hub, "Otra", acronym="OTRA")
    ana = await a_citizen(hub, "Ana")
    julia, luis = await a_coordinator_of(hub, body), await a_secretary_of(hub, body)
    noe, ines = await an_analyst_of(hub, body), await an_administrator(hub)
    here = {who.name: await here_in_person(hub, who) for who in (ana, julia, luis, noe, ines)}
    signed, secretary, analyst = here[julia.name], here[luis.name], here[noe.name]
    table = [
        (a_visitor(), given(ana, "ANALYST", body), "UNAUTHENTICATED"),
        (julia, given(ana, "ANALYST", body), "SIGN_IN_NEEDED"),
        (ines, given(ana, "ANALYST", body), "SIGN_IN_NEEDED"),
        (here[ana.name], given(luis, "ANALYST", body), "ADMINISTRATORS_ONLY"),
        (secretary, given(ana, "ANALYST", body), "ADMINISTRATORS_ONLY"),
        (analyst, given(ana, "ANALYST", body), "ADMINISTRATORS_ONLY"),
        (signed, given(ana, "ANALYST", other), "ADMINISTRATORS_ONLY"),
        (signed, given(ana, "COORDINATOR", body), "ADMINISTRATORS_ONLY"),
        (signed, given(ana, "ADMINISTRATOR"), "ADMINISTRATORS_ONLY"),
        (signed, given(ana, "ADMINISTRATOR", body), "ADMINISTRATORS_ONLY"),
        (signed, given(julia, "SECRETARY", body), "NOT_TO_ONESELF"),
        (here[ines.name], given(ines, "COORDINATOR", body), "NOT_TO_ONESELF"),
        (here[ines.name], given(julia, "ADMINISTRATOR"), "ADMINISTRATORS_HOLD_NOTHING_ELSE"),
        (here[ines.name], given(julia, "COORDINATOR", body), "ROLE_HELD_ALREADY"),
        (here[ines.name], given(ana, "ADMINISTRATOR", body), "ROLE_NEEDS_BODY"),
        (here[ines.name], given(ana, "ANALYST"), "ROLE_NEEDS_BODY"),
        (here[ines.name], given(ana, "ANALYST", ana.person_id), "NOT_FOUND"),
        (here[ines.name], {**given(ana, "ANALYST", body), "person": f"Person_{body}"}, "NOT_FOUND"),
        (here[ines.name], given(ana, "ANALYST", body, reason=" "), "WORDS_MISSING"),
    ]
    before = await hub.rows("SELECT count(*) FROM role_grant")
    await hub.forget()
    for who, what, code in table:
        assert codes(await hub.refuse(GRANT, what, by=who)) == [code], (who.name, what)
    assert await hub.log() == []
    assert await hub.rows("SELECT count(*) FROM role_grant") == before
    for role in ("SECRETARY", "ANALYST"):
        await hub.act(GRANT, given(ana, role, body), by=signed)
    assert await held(hub, ana) == ["ANALYST", "SECRETARY"]


async def test_a_member_is_seated_and_not_appointed(hub: Talking) -> None:
    body = await a_body(hub)
    ana, ines = await a_citizen(hub), await here_in_person(hub, await an_administrator(hub))
    await hub.forget()
    for by in (ines, await a_coordinator_of(hub, body)):
        before = await hub.log()
        errors = await hub.refuse(GRANT, given(ana, "MEMBER", body), by=by)
        assert codes(errors) == ["MEMBERS_ARE_SEATED"]
        assert await hub.log() == before
    assert await held(hub, ana) == []


async def test_an_administrator_is_given_no_role_in_a_body_and_not_at_the_same_moment_either(hub: Talking) -> None:
    body = await a_body(hub)
    ines, olga = [await here_in_person(hub, await an_administrator(hub, name)) for name in ("Inés", "Olga")]
    ana = await a_citizen(hub)
    assert codes(await hub.refuse(GRANT, given(olga, "ANALYST", body), by=ines)) == ["ADMINISTRATORS_HOLD_NOTHING_ELSE"]
    async with hub.change() as change:
        await grant_role(change, account_id=ana.account_id, role=Role.ADMINISTRATOR)
        other = asyncio.create_task(hub.refuse(GRANT, given(ana, "ANALYST", body), by=ines))
        await waiting_or_done(hub, other)
    assert codes(await other) == ["ADMINISTRATORS_HOLD_NOTHING_ELSE"]


async def waiting_or_done(hub: Talking, task: asyncio.Task[Any]) -> None:
    """Wait until an act waits for a lock, or is over without having waited."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    while not task.done() and not await hub.rows(waiting):  # noqa: ASYNC110 - PostgreSQL tells nobody that it waits
        await asyncio.sleep(0.01)


async def test_a_role_holds_from_its_first_instant_until_before_its_last(hub: Talking) -> None:
    body = await a_body(hub)
    ines = await here_in_person(hub, await an_administrator(hub))
    ana = await a_citizen(hub)
    now = clock.now().replace(microsecond=0) + dt.timedelta(seconds=1)
    term = {"from": (now + DAY).isoformat(), "until": (now + 2 * DAY).isoformat()}
    with hub.at(now):
        wrong = {"from": (now - DAY).isoformat(), "until": (now - 2 * DAY).isoformat()}
        refused = await hub.refuse(GRANT, given(ana, "ANALYST", body, **wrong), by=ines)
        assert codes(refused) == ["ROLE_IN_THE_PAST", "ROLE_ENDS_BEFORE"]
        await hub.act(GRANT, given(ana, "ANALYST", body, **term), by=ines)
    for at, roles in ((now, 0), (now + DAY, 1), (now + 2 * DAY - dt.timedelta(microseconds=1), 1), (now + 2 * DAY, 0)):
        with hub.at(at):
            assert len(await held(hub, ana)) == roles
    with hub.at(now + DAY / 2):
        # Before it has begun it can be ended, and then it never begins; another in its place can.
        ended = await hub.act(END, {"id": await grant_of(hub, ana), "reason": "Error"}, by=await fresh(hub, ines))
        assert ended["roleGrant"]["endedAt"] < ended["roleGrant"]["validUntil"]
    with hub.at(now + DAY):
        assert await held(hub, ana) == []
        await hub.act(GRANT, given(ana, "ANALYST", body), by=await fresh(hub, ines))


async def fresh(hub: Talking, who: Somebody) -> Somebody:
    """Let somebody sign in again: whoever holds a role does every eight hours."""
    return await here_in_person(hub, who)


async def test_who_ends_a_role(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra", acronym="OTRA")
    julia, second = await a_coordinator_of(hub, body), await a_coordinator_of(hub, body, "Segunda")
    noe, elsewhere = await an_analyst_of(hub, body), await a_coordinator_of(hub, other, "Otra")
    signed, away = await here_in_person(hub, julia), await here_in_person(hub, elsewhere)
    grant, lead = await grant_of(hub, noe), await grant_of(hub, second)
    await hub.forget()
    for who, what, code in [
        (a_visitor(), grant, "NOT_FOUND"),
        (away, grant, "NOT_FOUND"),
        (julia, grant, "SIGN_IN_NEEDED"),
        (noe, grant, "SIGN_IN_NEEDED"),
        (signed, lead, "ADMINISTRATORS_ONLY"),
        (away, lead, "ADMINISTRATORS_ONLY"),
    ]:
        assert codes(await hub.refuse(END, {"id": what, "reason": "x"}, by=who)) == [code], (who.name, what)
    assert codes(await hub.refuse(END, {"id": grant, "reason": ""}, by=signed)) == ["WORDS_MISSING"]
    assert await hub.log() == []
    await hub.act(END, {"id": grant, "reason": "Terminó su encargo"}, by=signed)
    await hub.act(END, {"id": await grant_of(hub, julia), "reason": "Renuncio"}, by=signed)
    assert [await held(hub, who) for who in (noe, julia, second)] == [[], [], ["COORDINATOR"]]


async def test_nobody_ends_the_last_administrator_and_two_cannot_end_each_other(hub: Talking) -> None:
    people = [await here_in_person(hub, await an_administrator(hub, name)) for name in ("Inés", "Olga")]
    grants = [await grant_of(hub, who) for who in people]
    answers = await asyncio.gather(
        hub.answer(END, {"id": grants[1], "reason": "x"}, by=people[0]),
        hub.answer(END, {"id": grants[0], "reason": "x"}, by=people[1]),
    )
    told = sorted(codes(answer["data"]["endRole"]["errors"]) for answer in answers)
    assert told[0] == []
    assert told[1] in (["LAST_ADMINISTRATOR"], ["NOT_FOUND"])
    (left,) = await hub.rows("SELECT id, account_id FROM role_grant WHERE valid_until IS NULL")
    last = next(who for who in people if who.account_id == left["account_id"])
    refused = await hub.refuse(END, {"id": f"RoleGrant_{left['id']}", "reason": "Me voy"}, by=last)
    assert codes(refused) == ["LAST_ADMINISTRATOR"]


async def test_who_acts_for_a_body_is_public_and_the_rest_is_for_those_concerned(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra", acronym="OTRA")
    julia, noe = await a_coordinator_of(hub, body), await an_analyst_of(hub, body)
    ines, away = await here_in_person(hub, await an_administrator(hub)), await a_secretary_of(hub, other)
    await hub.run("UPDATE role_grant SET reason = 'Se dijo de ' || role")
    every = {"COORDINATOR", "ANALYST"}
    for who, seen, told in [
        (a_visitor(), {"COORDINATOR"}, set()),
        (away, {"COORDINATOR"}, set()),
        (noe, every, {"ANALYST"}),
        (julia, every, every),
        (ines, every, every),
    ]:
        nodes = (await hub.ask(LISTED, {"body": f"Body_{body}"}, by=who))["roleGrants"]["nodes"]
        assert {node["role"] for node in nodes} == seen, who.name
        assert {node["role"] for node in nodes if node["reason"]} == told, who.name
    administrators = {"roles": ["ADMINISTRATOR"]}
    assert (await hub.ask(LISTED, administrators, by=julia))["roleGrants"]["nodes"] == []
    assert len((await hub.ask(LISTED, administrators, by=ines))["roleGrants"]["nodes"]) == 1
    assert {node["personName"] for node in (await hub.ask(LISTED))["roleGrants"]["nodes"]} == {julia.name, away.name}


async def test_a_role_that_was_ended_holds_in_no_process_after_two_seconds(
    hub: Talking, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    body = await a_body(hub)
    noe, ines = await an_analyst_of(hub, body), await here_in_person(hub, await an_administrator(hub))
    async with talking(Settings(data=data, database_url=None, keys=None), hub.url) as another:
        assert [await held(process, noe) for process in (hub, another)] == [[Role.ANALYST.name]] * 2
        await hub.act(END, {"id": await grant_of(hub, noe), "reason": "x"}, by=ines)
        await asyncio.sleep(2)
        assert [await held(process, noe) for process in (hub, another)] == [[], []]
