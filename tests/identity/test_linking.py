"""Linking a provider to an account that one is signed in to, and how sure a consultation wants to be of who answers."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hub import clock
from hub.consultations.models import IdentityPolicy
from hub.errors import Conflict
from hub.identity.ending import end_by_provider
from hub.identity.provider_models import ProvenSignIn
from hub.identity.proving import prove
from hub.identity.tidying import tidy
from hub.providers.logout_tokens import LogoutToken
from hub.providers.provider import Proof
from hub.viewer import Assurance
from tests.cast import a_citizen, a_verified_citizen
from tests.consultations.asking import SUBMIT, a_sheet
from tests.identity.test_signing_in import NOON, Mailbox, codes, signed_in
from tests.making.bodies import a_body
from tests.making.consultations import an_open_consultation
from tests.talking import Somebody, Talking

EXCHANGE = """mutation ($code: String!, $secret: String!) { exchangeSignIn(input: {code: $code, secret: $secret}) {
  token errors { code } } }"""
LINK = """mutation ($code: String!, $secret: String!) { linkIdentity(input: {code: $code, secret: $secret}) {
  identity { id provider } errors { code } } }"""
UNLINK = "mutation ($id: ID!) { unlinkIdentity(input: {identityId: $id}) { event errors { code } } }"
MINE = "{ viewer { assurance person { id } linkedIdentities { nodes { id provider } } } }"
MAY = """query ($id: ID!) { node(id: $id) { ... on Consultation { assurance
  availableTransitions { event allowed reason { code message } } } } }"""
SECRET = "s" * 43


@pytest.fixture
async def mailbox(hub: Talking, tmp_path: Path) -> AsyncIterator[Mailbox]:
    with hub.at(NOON):
        yield Mailbox(hub, tmp_path / "letters")


async def proven(hub: Talking, subject: str, *, at: dt.datetime | None = None) -> dict[str, str]:
    """Return what a browser holds that comes back from a provider as this subject."""
    proof = Proof(provider="ejemplo", issuer="https://id.example", subject=subject, assurance=Assurance.SOCIAL)
    async with hub.change(at=at or clock.now()) as change:
        challenge = hashlib.sha256(SECRET.encode()).digest()
        code = await prove(change, proof, challenge=challenge, languages=["es"])
    return {"code": code, "secret": SECRET}


async def by_provider(hub: Talking, subject: str) -> Somebody:
    """Return somebody who signed in by a provider."""
    payload = await hub.act(EXCHANGE, await proven(hub, subject))
    return Somebody(subject, payload["token"])


async def mine(hub: Talking, who: Somebody) -> Any:
    return (await hub.ask(MINE, by=who))["viewer"]


async def test_whoever_is_signed_in_by_mail_links_a_provider_and_takes_it_away(hub: Talking, mailbox: Mailbox) -> None:
    ana = await signed_in(hub, mailbox)
    linked = await hub.act(LINK, await proven(hub, "ana"), by=ana)
    assert linked["identity"]["provider"] == "ejemplo"
    again = await by_provider(hub, "ana")
    assert (await mine(hub, again))["person"] == (await mine(hub, ana))["person"]
    assert codes(await hub.refuse(LINK, await proven(hub, "ana"), by=ana)) == ["IDENTITY_LINKED"]
    luis = await by_provider(hub, "luis")
    assert codes(await hub.refuse(LINK, await proven(hub, "ana"), by=luis)) == ["IDENTITY_LINKED_ELSEWHERE"]
    (only,) = (await mine(hub, luis))["linkedIdentities"]["nodes"]
    assert codes(await hub.refuse(UNLINK, {"id": only["id"]}, by=luis)) == ["LAST_WAY_IN"]
    assert codes(await hub.refuse(UNLINK, {"id": only["id"]}, by=ana)) == ["NOT_FOUND"]
    await hub.forget()
    await hub.act(UNLINK, {"id": linked["identity"]["id"]}, by=ana)
    assert (await mine(hub, ana))["linkedIdentities"]["nodes"] == []
    assert await hub.log() == ["IdentityUnlinked"]


async def test_a_program_links_nothing_and_who_is_here_does_not_sign_in_again(hub: Talking) -> None:
    ana = await a_citizen(hub)
    held = await proven(hub, "ana")
    await hub.forget()
    assert codes(await hub.refuse(LINK, held, by=ana)) == ["SIGN_IN_NEEDED"]
    assert codes(await hub.refuse(EXCHANGE, held, by=ana)) == ["ALREADY_SIGNED_IN"]
    assert codes(await hub.refuse(EXCHANGE, {**held, "secret": "x" * 43})) == ["PROOF_UNKNOWN"]
    assert await hub.log() == []
    assert await hub.rows("SELECT 1 FROM sign_in") == []


async def test_a_provider_ends_what_it_opened_for_somebody_and_nothing_else(hub: Talking) -> None:
    ana, luis = await by_provider(hub, "ana"), await by_provider(hub, "luis")
    await hub.forget()
    logout = LogoutToken(issuer="https://id.example", token="j1", session=None, subject="ana")
    async with hub.change() as change:
        assert await end_by_provider(change, logout) == 1
    with pytest.raises(Conflict):
        async with hub.change() as change:
            await end_by_provider(change, logout)
    assert await hub.log() == ["SignInEnded"]
    assert (await hub.post(MINE, by=ana)).status_code == 401
    assert (await mine(hub, luis))["assurance"] == "SOCIAL"


async def test_a_code_is_good_for_five_minutes_and_then_dropped(hub: Talking) -> None:
    with hub.at(NOON):
        held = await proven(hub, "ana")
    with hub.at(NOON + dt.timedelta(minutes=5)):
        assert codes(await hub.refuse(EXCHANGE, held)) == ["PROOF_OVER"]
    async with hub.change(at=NOON + dt.timedelta(minutes=6)) as change:
        await tidy(change)
    assert await hub.rows(f"SELECT 1 FROM {ProvenSignIn.__tablename__}") == []


@pytest.mark.parametrize("wanted", list(Assurance))
async def test_a_consultation_says_how_sure_it_has_to_be_who_answers(hub: Talking, wanted: Assurance) -> None:
    policy = {"identity_policy": IdentityPolicy.ACCOUNT, "assurance": wanted}
    asked = await an_open_consultation(hub, await a_body(hub), **policy)
    people = [await a_citizen(hub), await by_provider(hub, "ana"), await a_verified_citizen(hub)]
    for somebody, level in zip(people, Assurance, strict=True):
        assert (await mine(hub, somebody))["assurance"] == level.name
        shown = (await hub.ask(MAY, {"id": asked.node}, by=somebody))["node"]
        submit = next(found for found in shown["availableTransitions"] if found["event"].lower() == "submit")
        assert (shown["assurance"], submit["allowed"]) == (wanted.name, level.reaches(wanted))
        if level.reaches(wanted):
            await hub.act(SUBMIT, a_sheet(asked), by=somebody)
            continue
        assert submit["reason"]["code"] == "ASSURANCE_NEEDED"
        assert "{" not in submit["reason"]["message"]
        await hub.forget()
        assert codes(await hub.refuse(SUBMIT, a_sheet(asked), by=somebody)) == ["ASSURANCE_NEEDED"]
        assert await hub.log() == []
