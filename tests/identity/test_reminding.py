"""Letters before a token ends: two weeks and a day before, once each, to whoever can make another."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from hub.identity import reminding, tidying
from hub.identity.creating import open_account
from hub.identity.enrolling import ClientDraft, end_client, register_client
from hub.identity.granting import create_token, revoke_token
from hub.identity.reminding import remind
from hub.mail.addresses import address_digest
from hub.mail.carrying import carrier_of
from hub.mail.composing import Letterhead
from hub.mail.sending import forget_letters, send_due
from hub.people.models import Power
from hub.viewer import OF_A_PERSON, Scope, Viewer
from tests.cast import a_citizen
from tests.identity.test_appointing import waiting_or_done
from tests.mail.post_office import a_post_office, settings_of
from tests.making.people import a_valid_representation, an_organization
from tests.talking import Somebody, Talking

NOON = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
DAY, SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)
END = NOON + 90 * DAY
ANA = "ana@correo.example"


class Enough(Exception):
    """One round was enough."""


async def with_address(hub: Talking, address: str = ANA, *, language: str = "es") -> Somebody:
    """Somebody with an account that a mail address belongs to."""
    async with hub.change(at=NOON) as change:
        digest = address_digest(change.keys, address)
        account = await open_account(change, known_by=(address, digest), language=language)
    return Somebody(address, None, Viewer(account_id=account.id, person_id=account.person_id, scopes=OF_A_PERSON))


async def a_token(hub: Talking, name: str = "mapa", *, life: dt.timedelta = 90 * DAY, **bearer: UUID) -> UUID:
    async with hub.change(at=NOON) as change:
        token, _ = await create_token(change, name=name, scopes={Scope.PUBLIC_READ}, life=life, **bearer)
    return token.id


async def a_program(hub: Talking, organization: UUID, **known: Any) -> UUID:
    async with hub.change(at=NOON) as change:
        draft = ClientDraft(name="Mapa <b>", purpose="Mirar", **known)
        return (await register_client(change, draft, organization_id=organization)).id


async def reminded(hub: Talking, at: dt.datetime) -> list[str]:
    """Let the hub look at an instant; return the causes of all letters so far, by the ends of their names."""
    async with hub.change(at=at) as change:
        await remind(change)
    rows = await hub.rows("SELECT cause FROM letter WHERE kind = 'expiry' ORDER BY id")
    return [row["cause"].split(":", 2)[2].partition(":")[0] for row in rows]


async def sent(hub: Talking, office: Any, data: Path, at: dt.datetime) -> list[Any]:
    """Send what waits to the mail server; return all that came there."""
    seen, found = office
    head = Letterhead("hub@hub.example", "https://hub.example")
    await send_due(hub.hub.changes, carrier_of(settings_of(found, data)), head=head, at=at)
    return list(zip(seen.recipients, seen.seen, strict=True))


async def test_a_token_is_spoken_of_two_weeks_and_a_day_before_its_end(hub: Talking) -> None:
    ana = await with_address(hub)
    await a_token(hub, account_id=ana.account_id)
    await hub.forget()
    for at, written in [
        (NOON, []),
        (END - 14 * DAY - SECOND, []),
        (END - 14 * DAY, ["14"]),
        (END - 14 * DAY, ["14"]),
        (END - 2 * DAY, ["14"]),
        (END - DAY - SECOND, ["14"]),
        (END - DAY, ["14", "1"]),
        (END - SECOND, ["14", "1"]),
        (END + DAY, ["14", "1"]),
    ]:
        assert await reminded(hub, at) == written, at
    assert await hub.log() == []


async def test_a_letter_that_was_sent_is_not_written_again(hub: Talking, data: Path, tmp_path: Path) -> None:
    ana = await with_address(hub)
    await a_token(hub, account_id=ana.account_id)
    async with a_post_office(tmp_path) as office:
        await reminded(hub, END - 14 * DAY)
        assert len(await sent(hub, office, data, END - 14 * DAY)) == 1
        for at in (END - 13 * DAY, END - 2 * DAY):
            await forget_letters(hub.hub.changes, at=at)
            await reminded(hub, at)
            assert len(await sent(hub, office, data, at)) == 1


async def test_two_processes_write_one_letter(hub: Talking) -> None:
    """The second waits for what the first is writing, and then writes nothing."""
    ana = await with_address(hub)
    await a_token(hub, account_id=ana.account_id)
    async with hub.change(at=END - DAY) as change:
        await remind(change)
        other = asyncio.create_task(reminded(hub, END - DAY))
        await waiting_or_done(hub, other)
    assert await other == ["1"]


async def test_a_round_goes_on_where_the_last_one_ended(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminding, "MOST", 1)
    ana = await with_address(hub)
    for _ in range(3):
        await a_token(hub, account_id=ana.account_id)
    assert [len(await reminded(hub, END - DAY)) for _ in range(4)] == [1, 2, 3, 3]


async def test_a_late_letter_is_left_out_for_the_next_one(hub: Talking) -> None:
    """Where the hub did not run for two weeks, nobody gets two letters at once."""
    ana = await with_address(hub)
    await a_token(hub, account_id=ana.account_id)
    assert await reminded(hub, END - DAY / 2) == ["1"]


async def test_who_makes_a_token_for_some_days_knows_that_it_ends_in_some_days(hub: Talking) -> None:
    ana = await with_address(hub)
    await a_token(hub, account_id=ana.account_id, life=14 * DAY)
    await a_token(hub, account_id=ana.account_id, life=DAY)
    assert await reminded(hub, NOON) == []
    assert await reminded(hub, NOON + 13 * DAY) == ["1"]


async def test_nobody_is_reminded_of_what_has_ended(hub: Talking) -> None:
    """Nor of a token that is revoked after the letter was written and before it was sent."""
    ana = await with_address(hub)
    token = await a_token(hub, account_id=ana.account_id)
    late = await a_token(hub, account_id=ana.account_id)
    client = await a_program(hub, await an_organization(hub), contact="mapa@colectivo.example")
    await a_token(hub, client_id=client)
    gone = await with_address(hub, "gone@correo.example")
    await a_token(hub, account_id=gone.account_id)
    await hub.run("UPDATE account SET state = 'suspended' WHERE id = :id", id=gone.account_id)
    async with hub.change(at=NOON) as change:
        await revoke_token(change, token)
        await end_client(change, client, reason="Ya no existe")
    assert await reminded(hub, END - 14 * DAY) == ["14"]
    async with hub.change(at=END - 14 * DAY) as change:
        await revoke_token(change, late)
    assert await hub.rows("SELECT state, content IS NULL AS emptied FROM letter") == [
        {"state": "given_up", "emptied": True}
    ]
    assert await reminded(hub, END - DAY) == ["14"]


async def test_letters_are_in_the_language_of_whom_they_are_for(hub: Talking, data: Path, tmp_path: Path) -> None:
    ana, sue = await with_address(hub), await with_address(hub, "sue@mail.example", language="en")
    for who in (ana, sue):
        await a_token(hub, "lector <i>", account_id=who.account_id)
    async with a_post_office(tmp_path) as office:
        await reminded(hub, END - 14 * DAY)
        letters = dict(await sent(hub, office, data, END - 14 * DAY))
    spanish, english = letters[ANA], letters["sue@mail.example"]
    assert spanish["Subject"] == "Su token de acceso termina el 30 de mayo de 2027"
    assert english["Subject"] == "Your access token ends on 30 May 2027"
    assert (spanish["Content-Language"], english["Content-Language"]) == ("es", "en")
    text = spanish.get_body(("plain",)).get_content()
    assert "El token «lector <i>», hecho para un programa de usted, termina el 30 de mayo de 2027" in text
    assert "https://hub.example/cuenta" in text
    page = english.get_body(("html",)).get_content()
    assert "lector &lt;i&gt;" in page
    assert "<i>" not in page
    assert "06:00" in text


async def test_a_program_s_letter_goes_to_its_contact_else_to_who_speaks_for_it(
    hub: Talking, data: Path, tmp_path: Path
) -> None:
    organization, silent = await an_organization(hub), await an_organization(hub, "Sin contacto")
    with_contact = await a_program(hub, organization, contact="mapa@colectivo.example")
    without = await a_program(hub, silent, expires_at=NOON + 60 * DAY)
    rosa, luis = await with_address(hub, "rosa@correo.example"), await with_address(hub, "luis@correo.example")
    for who, of in ((rosa, silent), (luis, silent), (rosa, organization)):
        await a_valid_representation(hub, who, of, at=NOON)
    await a_citizen(hub, "Sin dirección")
    for client in (with_contact, without):
        await a_token(hub, client_id=client)
    async with a_post_office(tmp_path) as office:
        # The program without a contact ends before its token does.
        for _ in range(2):
            await reminded(hub, NOON + 46 * DAY)
            first = await sent(hub, office, data, NOON + 46 * DAY)
        assert sorted(address for address, _ in first) == ["luis@correo.example", "rosa@correo.example"]
        assert "30 de abril de 2027" in first[0][1]["Subject"]
        await reminded(hub, END - 14 * DAY)
        (_, letter) = (await sent(hub, office, data, END - 14 * DAY))[-1]
    assert letter["To"] == "mapa@colectivo.example"
    assert "del programa «Mapa <b>» de su organización" in letter.get_body(("plain",)).get_content()


async def test_who_speaks_for_it_no_more_or_not_yet_is_not_reminded(hub: Talking) -> None:
    """Of a program without a contact those hear who speak for its organisation on the day of the letter."""
    organization = await an_organization(hub)
    await a_token(hub, client_id=await a_program(hub, organization))
    names = {}
    for name, since, until in [
        ("rosa", NOON, None),
        ("luis", NOON, END - 15 * DAY),
        ("ana", END - 13 * DAY, None),
        ("julio", END - 14 * DAY, END - 13 * DAY),
    ]:
        who = await with_address(hub, f"{name}@correo.example")
        names[str(who.account_id)] = name
        id_ = await a_valid_representation(hub, who, organization, at=NOON)
        await hub.run(
            "UPDATE representation SET valid_from = :since, valid_until = :until WHERE id = :id",
            since=since,
            until=until,
            id=id_,
        )
    voting = await with_address(hub, "vota@correo.example")
    await a_valid_representation(hub, voting, organization, powers=[Power.VOTE], at=NOON)
    assert await reminded(hub, END - 14 * DAY) == ["14", "14"]
    written = await hub.rows("SELECT cause FROM letter WHERE kind = 'expiry'")
    assert sorted(names[row["cause"].rpartition(":")[2]] for row in written) == ["julio", "rosa"]


async def test_the_hub_reminds_by_itself(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it does once a minute, done once."""
    ana = await with_address(hub)
    await a_token(hub, account_id=ana.account_id)

    async def end(seconds: float) -> None:
        raise Enough

    monkeypatch.setattr(tidying.asyncio, "sleep", end)
    with hub.at(END - DAY), pytest.raises(Enough):
        await tidying.watch(hub.hub.changes)
    assert len(await hub.rows("SELECT id FROM letter WHERE kind = 'expiry'")) == 1
