"""Signing in by mail: a code to the address, a secret to whoever asked, and both of them together let somebody in."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import AsyncIterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from hub.identity.tidying import tidy
from hub.mail.carrying import Folder
from hub.mail.composing import Letterhead
from hub.mail.sending import send_due
from tests.canaries import a_canary
from tests.cast import a_citizen
from tests.talking import Somebody, Talking

ASK = """mutation ($email: String!) { requestSignIn(input: {email: $email}) {
  secret expiresAt event errors { __typename code message path } } }"""
CONFIRM = """mutation ($code: String!, $secret: String!) { confirmSignIn(input: {code: $code, secret: $secret}) {
  token expiresAt event errors { code message path } } }"""
WHO = "{ viewer { signedIn scopes person { id displayName } } }"

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
ANA = "ana@correo.example"


class Mailbox:
    """What the people of a test find in their mail."""

    def __init__(self, hub: Talking, folder: Path) -> None:
        self.hub, self.folder = hub, folder

    async def messages(self, at: dt.datetime = NOON) -> list[Any]:
        """Return every letter that came so far, the oldest first."""
        head = Letterhead("hub@hub.example", "https://hub.example")
        await send_due(self.hub.hub.changes, Folder(self.folder), head=head, at=at)
        return [message_from_bytes(f.read_bytes(), policy=policy.default) for f in sorted(self.folder.glob("*.eml"))]

    async def code(self, at: dt.datetime = NOON) -> str:
        """Return the code of the newest letter."""
        text = (await self.messages(at))[-1].get_body(("plain",)).get_content()
        (code,) = re.findall(r"^ {4}(\d{8})\r?$", text, flags=re.MULTILINE)
        assert f"https://hub.example/entrar?code={code}" in text
        return str(code)


@pytest.fixture
async def mailbox(hub: Talking, tmp_path: Path) -> AsyncIterator[Mailbox]:
    with hub.at(NOON):
        yield Mailbox(hub, tmp_path / "letters")


async def ask(hub: Talking, email: str = ANA) -> str:
    payload = await hub.act(ASK, {"email": email})
    return str(payload["secret"])


async def signed_in(hub: Talking, mailbox: Mailbox, email: str = ANA, at: dt.datetime = NOON) -> Somebody:
    """Return somebody who signed in with their address."""
    with hub.at(at):
        secret = await ask(hub, email)
        payload = await hub.act(CONFIRM, {"code": await mailbox.code(at), "secret": secret})
    return Somebody(email, payload["token"])


def codes(errors: list[dict[str, Any]]) -> list[str]:
    return [error["code"] for error in errors]


async def test_whoever_has_the_code_and_the_secret_is_signed_in(hub: Talking, mailbox: Mailbox) -> None:
    asked = await hub.act(ASK, {"email": ANA})
    assert (len(asked["secret"]), asked["expiresAt"]) == (43, "2026-11-20T12:15:00+00:00")
    code = await mailbox.code()
    payload = await hub.act(CONFIRM, {"code": f"{code[:4]} {code[4:]}", "secret": asked["secret"]})
    assert payload["token"].startswith("hub_sin_")
    assert payload["expiresAt"] == "2026-12-20T12:00:00+00:00"
    viewer = (await hub.ask(WHO, by=Somebody("Ana", payload["token"])))["viewer"]
    assert (viewer["signedIn"], viewer["person"]["displayName"]) == (True, "Participante")
    assert "responses:write" in viewer["scopes"]
    assert await hub.log() == ["SignInRequested", "AccountCreated", "SignedIn"]


async def test_the_same_address_is_the_same_person_and_another_is_another(hub: Talking, mailbox: Mailbox) -> None:
    people = []
    for hours, email in enumerate((ANA, "ANA@Correo.Example", "luis@correo.example")):
        somebody = await signed_in(hub, mailbox, email, NOON + hours * HOUR)
        with hub.at(NOON + hours * HOUR):
            people.append((await hub.ask(WHO, by=somebody))["viewer"]["person"]["id"])
    assert people[0] == people[1] != people[2]


async def test_two_who_confirm_one_new_address_at_once_get_one_account(hub: Talking, mailbox: Mailbox) -> None:
    given = []
    for _ in range(3):
        secret = await ask(hub)
        given.append({"secret": secret, "code": await mailbox.code()})
    payloads = await asyncio.gather(*(hub.act(CONFIRM, one) for one in given))
    assert len({payload["token"] for payload in payloads}) == 3
    assert await hub.rows("SELECT count(*) FROM account") == [{"count": 1}]


async def test_a_known_address_gets_the_same_answer_as_an_unknown_one(hub: Talking, mailbox: Mailbox) -> None:
    await signed_in(hub, mailbox, ANA)
    await hub.forget()
    answers = []
    for email in (ANA, "nobody@correo.example"):
        payload = await hub.act(ASK, {"email": email})
        answers.append({**payload, "secret": len(payload["secret"]), "event": payload["event"] is not None})
    assert answers[0] == answers[1]
    assert await hub.log() == ["SignInRequested", "SignInRequested"]
    first, second = (await mailbox.messages())[-2:]
    assert re.sub(r"\d{8}", "", first["Subject"]) == re.sub(r"\d{8}", "", second["Subject"])


async def test_asking_never_looks_at_the_addresses_of_accounts(hub: Talking, mailbox: Mailbox) -> None:
    """So it cannot take longer, or be answered otherwise, for a known one."""
    await hub.run("ALTER TABLE mail_address RENAME TO out_of_reach")
    try:
        assert await ask(hub)
    finally:
        await hub.run("ALTER TABLE out_of_reach RENAME TO mail_address")


async def test_the_code_alone_is_worth_nothing_and_so_is_the_secret(hub: Talking, mailbox: Mailbox) -> None:
    hers = await ask(hub)
    code = await mailbox.code()
    his = await ask(hub, "luis@correo.example")
    await hub.forget()
    assert codes(await hub.refuse(CONFIRM, {"code": code, "secret": "x" * 43})) == ["CODE_UNKNOWN"]
    assert codes(await hub.refuse(CONFIRM, {"code": code, "secret": his})) == ["WRONG_CODE"]
    assert codes(await hub.refuse(CONFIRM, {"code": "", "secret": hers})) == ["WRONG_CODE"]
    assert await hub.log() == ["SignInRefused", "SignInRefused"]
    assert await hub.rows("SELECT id FROM sign_in UNION SELECT id FROM account") == []


async def test_five_wrong_codes_end_it_even_for_the_right_one(hub: Talking, mailbox: Mailbox) -> None:
    secret = await ask(hub)
    code = await mailbox.code()
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    told = [await hub.refuse(CONFIRM, {"code": wrong, "secret": secret}) for _ in range(6)]
    assert [codes(errors) for errors in told] == [["WRONG_CODE"]] * 5 + [["CODE_OVER"]]
    assert [re.findall("quedan (.)", errors[0]["message"]) for errors in told[:5]] == [[n] for n in "43210"]
    assert codes(await hub.refuse(CONFIRM, {"code": code, "secret": secret})) == ["CODE_OVER"]


async def test_many_tries_at_once_are_five(hub: Talking, mailbox: Mailbox) -> None:
    secret = await ask(hub)
    code = await mailbox.code()
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    told = await asyncio.gather(*(hub.refuse(CONFIRM, {"code": wrong, "secret": secret}) for _ in range(12)))
    assert sorted(codes(errors)[0] for errors in told) == ["CODE_OVER"] * 7 + ["WRONG_CODE"] * 5


async def test_a_code_is_good_once_and_for_fifteen_minutes(hub: Talking, mailbox: Mailbox) -> None:
    secret = await ask(hub)
    code = await mailbox.code()
    with hub.at(NOON + 15 * MINUTE):
        assert codes(await hub.refuse(CONFIRM, {"code": code, "secret": secret})) == ["CODE_OVER"]
    with hub.at(NOON + 15 * MINUTE - dt.timedelta(seconds=1)):
        await hub.act(CONFIRM, {"code": code, "secret": secret})
        assert codes(await hub.refuse(CONFIRM, {"code": code, "secret": secret})) == ["CODE_OVER"]


async def test_one_code_used_twice_at_once_signs_in_once(hub: Talking, mailbox: Mailbox) -> None:
    secret = await ask(hub)
    given = {"code": await mailbox.code(), "secret": secret}
    answers = await asyncio.gather(*(hub.answer(CONFIRM, given) for _ in range(6)))
    tokens = [answer["data"]["confirmSignIn"]["token"] for answer in answers]
    assert len([token for token in tokens if token]) == 1


async def test_a_hundred_requests_are_three_letters(hub: Talking, mailbox: Mailbox) -> None:
    answers = [await hub.answer(ASK, {"email": ANA.replace("ana", "Ana")}) for _ in range(20)]
    errors = [answer["data"]["requestSignIn"]["errors"] for answer in answers]
    assert [codes(found) for found in errors] == [[]] * 3 + [["CODES_TO_AN_ADDRESS"]] * 17
    assert len(await mailbox.messages()) == 3
    with hub.at(NOON + HOUR):
        assert await ask(hub)


async def test_a_stranger_uses_up_only_their_own_share_of_the_codes_to_an_address(
    hub: Talking, mailbox: Mailbox
) -> None:
    """Whoever reads the address still signs in, and three strangers together send no more than nine letters."""
    async with hub.from_address("203.0.113.7") as stranger, hub.from_address("203.0.113.8") as owner:
        for _ in range(3):
            await ask(stranger)
        assert codes(await stranger.refuse(ASK, {"email": ANA})) == ["CODES_TO_AN_ADDRESS"]
        assert (await signed_in(owner, mailbox)).token
    for host, sent in ((9, 3), (10, 2), (11, 0)):
        async with hub.from_address(f"203.0.113.{host}") as another:
            answers = [await another.answer(ASK, {"email": ANA}) for _ in range(4)]
            assert [not answer["data"]["requestSignIn"]["errors"] for answer in answers].count(True) == sent
    assert len(await mailbox.messages()) == 9
    with hub.at(NOON + HOUR):
        assert await ask(hub)


async def test_one_network_asks_for_twenty_codes_an_hour(hub: Talking, mailbox: Mailbox) -> None:
    async with hub.from_address("203.0.113.7") as there:
        for number in range(20):
            await ask(there, f"person{number}@correo.example")
        refused = await there.refuse(ASK, {"email": "one-more@correo.example"})
        assert codes(refused) == ["CODES_FROM_A_NETWORK"]
    async with hub.from_address("203.0.113.8") as elsewhere:
        assert await ask(elsewhere, "one-more@correo.example")


@pytest.mark.parametrize("email", ["", "ana", "ana@correo.example\r\nBcc: luis@correo.example", "ana@b\nRCPT TO:<x@y>"])
async def test_what_is_no_address_is_refused_and_nothing_happens(hub: Talking, mailbox: Mailbox, email: str) -> None:
    (error,) = await hub.refuse(ASK, {"email": email})
    assert (error["__typename"], error["code"], error["path"]) == ("ValidationError", "BAD_ADDRESS", ["email"])
    assert await hub.log() == []
    assert await hub.rows("SELECT id FROM letter UNION SELECT id FROM sign_in_request") == []


async def test_whoever_is_signed_in_does_not_sign_in_again(hub: Talking, mailbox: Mailbox) -> None:
    secret = await ask(hub)
    code = await mailbox.code()
    luis = await a_citizen(hub, "Luis")
    assert codes(await hub.refuse(ASK, {"email": ANA}, by=luis)) == ["ALREADY_SIGNED_IN"]
    assert codes(await hub.refuse(CONFIRM, {"code": code, "secret": secret}, by=luis)) == ["ALREADY_SIGNED_IN"]


async def test_a_closed_account_stays_closed(hub: Talking, mailbox: Mailbox) -> None:
    await signed_in(hub, mailbox)
    await hub.run("UPDATE account SET state = 'suspended'")
    secret = await ask(hub)
    refused = await hub.refuse(CONFIRM, {"code": await mailbox.code(), "secret": secret})
    assert codes(refused) == ["ACCOUNT_NOT_ACTIVE"]


async def test_neither_addresses_nor_codes_nor_tokens_are_found_anywhere(hub: Talking, mailbox: Mailbox) -> None:
    """A dump of the database, and every line of the log, from asking to being signed in."""
    canary = a_canary("address", seen_by=())
    email = f"{canary[:50]}@correo.example"
    with capture_logs() as logged:
        secret = await ask(hub, email)
        before = await hub.dump()
        code = await mailbox.code()
        payload = await hub.act(CONFIRM, {"code": code, "secret": secret})
        await hub.ask(WHO, by=Somebody("Ana", payload["token"]))
    for place in (before, await hub.dump(), str(logged)):
        for word in (canary[:50], code, secret, payload["token"], payload["token"][8:30]):
            assert word not in place
            # Bytes stand in a dump by their hexadecimal digits.
            assert word.encode().hex() not in place
    (kept,) = await hub.rows("SELECT account_id, wrapped FROM mail_address")
    assert hub.hub.keys.unwrap(kept["wrapped"], about=kept["account_id"].bytes).decode() == email


async def test_what_is_over_is_dropped(hub: Talking, mailbox: Mailbox) -> None:
    await signed_in(hub, mailbox)
    async with hub.change(at=NOON + 61 * MINUTE) as change:
        await tidy(change)
    kept = "SELECT (SELECT count(*) FROM sign_in_request) AS r, (SELECT count(*) FROM sign_in_count) AS c"
    assert await hub.rows(kept) == [{"r": 1, "c": 0}]
    async with hub.change(at=NOON + 76 * MINUTE) as change:
        await tidy(change)
    assert await hub.rows(kept) == [{"r": 0, "c": 0}]
    async with hub.change(at=NOON + 61 * DAY) as change:
        await tidy(change)
    assert await hub.rows("SELECT id FROM sign_in") == []
