"""Who is asking is made out anew while a stream lives: it ends with its token, and shows what may be seen now."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from graphql_schema import broadcasting, subscribing
from hub import clock
from hub.consultations.events import ConsultationEdited
from hub.identity import authenticating
from hub.identity.granting import revoke_token, token_id
from hub.settings import Settings
from hub.viewer import Role
from tests.cast import a_citizen, a_coordinator_of, a_secretary_of
from tests.identity.test_signing_in import NOON, Mailbox, signed_in
from tests.making.bodies import a_body
from tests.making.consultations import a_draft_consultation, an_open_consultation
from tests.talking import Talking, talking
from tests.transport.streaming import COUNT, connected, events, opened, serving
from tests.transport.test_following import heard

WRITTEN = "subscription ($id: ID!) { consultation(id: $id) { sourceLanguage } }"
DRAFT = {"data": {"consultation": {"sourceLanguage": "es"}}}
REWRITTEN = {"data": {"consultation": {"sourceLanguage": "en"}}}
END_OTHERS = "mutation { endAllSignIns(input: {othersOnly: true}) { ended errors { code } event } }"
REVOKE = "mutation ($input: RevokeTokenInput!) { revokeToken(input: $input) { errors { code } event } }"


async def test_a_revoked_token_ends_what_was_begun_with_it_in_every_process(
    hub: Talking, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once, though the token is believed for a while and the next regular look is far: the log tells of it."""
    monkeypatch.setattr(subscribing, "RECHECK", 3_600.0)
    monkeypatch.setattr(broadcasting, "REFRESH", 3_600.0)
    monkeypatch.setattr(authenticating, "BELIEVED", 3_600.0)
    body = await a_body(hub)
    draft = await a_draft_consultation(hub, body)
    julia, luis = await a_coordinator_of(hub, body), await a_secretary_of(hub, body)
    settings = Settings(data=data, database_url=None, keys=None)
    async with (
        talking(settings, hub.url) as other,
        serving(other) as port,
        connected(port, by=julia) as socket,
        events(port, WRITTEN, {"id": draft.node}, by=julia) as stream,
        events(port, WRITTEN, {"id": draft.node}, by=luis) as bystander,
    ):
        await socket.subscribe(WRITTEN, {"id": draft.node})
        assert (await socket.hear())["payload"] == await heard(stream) == await heard(bystander) == DRAFT
        async with hub.change() as change:
            await revoke_token(change, await token_id(change, str(julia.token)), shown=True)
        assert await socket.closed() == (4403, "TOKEN_REVOKED")
        last = await heard(stream)
        assert last["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert await stream.next() == ("complete", None)
        async with opened(port) as again:
            await again.say(type="connection_init", payload={"authorization": f"Bearer {julia.token}"})
            assert await again.closed() == (4403, "TOKEN_REVOKED")
        # Whoever else was asked for again has lost nothing.
        await rewritten(hub, draft.id)
        assert await heard(bystander) == REWRITTEN


async def rewritten(hub: Talking, consultation_id: UUID) -> None:
    """Say that a draft was first written in English."""
    await hub.run("UPDATE consultation SET source_language = 'en' WHERE id = :id", id=consultation_id)
    async with hub.change() as change:
        change.record(ConsultationEdited(consultation_id=consultation_id))


async def test_the_end_of_a_sign_in_ends_what_was_begun_by_it_and_nothing_else(
    hub: Talking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscribing, "RECHECK", 3_600.0)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    asked = await an_open_consultation(hub, await a_body(hub))
    mailbox = Mailbox(hub, tmp_path / "letters")
    phone, desk = await signed_in(hub, mailbox), await signed_in(hub, mailbox)
    async with serving(hub) as port, connected(port, by=phone) as lost, connected(port, by=desk) as kept:
        for socket in (lost, kept):
            await socket.subscribe(COUNT, {"id": asked.node})
            await socket.hear()
        asked_for: list[str] = []
        viewer = hub.hub.authenticator.viewer

        async def noted(token: str, *rest: Any) -> Any:
            asked_for.append(token)
            return await viewer(token, *rest)

        monkeypatch.setattr(hub.hub.authenticator, "viewer", noted)
        await hub.act(END_OTHERS, by=desk)
        assert await lost.closed() == (4403, "SIGN_IN_OVER")
        assert str(desk.token) not in asked_for, "Whoever did not sign out is not asked for again."
        await kept.say(type="ping")
        assert await kept.hear() == {"type": "pong"}


@pytest.mark.parametrize("way", ["mutation", "by hand"])
async def test_a_token_that_ends_unnoticed_is_found_out_at_the_next_look(
    hub: Talking, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(subscribing, "RECHECK", 0.2)
    monkeypatch.setattr(authenticating, "BELIEVED", 0.1)
    asked, ana = await an_open_consultation(hub, await a_body(hub)), await a_citizen(hub)
    async with serving(hub) as port, connected(port, by=ana) as socket:
        await socket.subscribe(COUNT, {"id": asked.node})
        await socket.hear()
        if way == "mutation":
            await hub.act(REVOKE, {"input": {"token": ana.token}}, by=ana)
        else:
            await hub.run("UPDATE token SET revoked_at = now()")
        assert await socket.closed() == (4403, "TOKEN_REVOKED")


async def test_a_role_that_ends_changes_what_is_told(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that begins: who may not see a draft any more follows nothing, and the stream ends."""
    monkeypatch.setattr(subscribing, "RECHECK", 0.2)
    monkeypatch.setattr(authenticating, "BELIEVED", 0.1)
    body = await a_body(hub)
    draft = await a_draft_consultation(hub, body)
    julia = await a_coordinator_of(hub, body)
    async with serving(hub) as port, events(port, WRITTEN, {"id": draft.node}, by=julia) as stream:
        assert await heard(stream) == DRAFT
        await hub.run(
            "UPDATE role_grant SET valid_until = now() WHERE role = :role AND body_id = :body",
            role=Role.COORDINATOR.value,
            body=body,
        )
        assert await heard(stream) == {"data": {"consultation": None}}
        assert await stream.next() == ("complete", None)


async def test_while_nobody_can_say_who_it_is_nothing_is_told(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is lost: when the database is back, the stream goes on."""
    monkeypatch.setattr(subscribing, "RECHECK", 0.05)
    monkeypatch.setattr(subscribing, "AGAIN", 0.05)
    body = await a_body(hub)
    draft, julia = await a_draft_consultation(hub, body), await a_coordinator_of(hub, body)
    viewer, asked = hub.hub.authenticator.viewer, asyncio.Event()

    async def away(*_: object) -> Any:
        asked.set()
        raise ConnectionRefusedError

    async with serving(hub) as port, events(port, WRITTEN, {"id": draft.node}, by=julia) as stream:
        assert await heard(stream) == DRAFT
        monkeypatch.setattr(hub.hub.authenticator, "viewer", away)
        await asyncio.wait_for(asked.wait(), 10)
        await rewritten(hub, draft.id)
        coming = asyncio.create_task(heard(stream))
        await asyncio.sleep(0.7)
        assert not coming.done()
        monkeypatch.setattr(hub.hub.authenticator, "viewer", viewer)
        assert await coming == REWRITTEN
