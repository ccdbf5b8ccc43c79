"""Letters get there: once each, whatever the mail server does, and nobody reads them on the way."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from hub.mail import carrying
from hub.mail.carrying import Carrier, Folder, MailServer, carrier_of
from hub.mail.composing import Letterhead
from hub.mail.models import LetterKind
from hub.mail.sending import PAUSE_OF_DOUBT, PAUSES, forget_letters, send_due
from hub.mail.writing import LetterDraft, write_letter
from hub.settings import Settings, SmtpSecurity
from tests.mail.post_office import PostOffice, a_post_office, settings_of
from tests.talking import Talking

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
ANA = "Ana.Robles@correo.example"
FACTS = {"code": "12345678", "page": "/entrar?code=12345678", "minutes": "15"}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[tuple[PostOffice, dict[str, Any]]]:
    async with a_post_office(tmp_path) as opened:
        yield opened


async def write(hub: Talking, cause: str = "sign_in:1", *, address: str = ANA, **others: Any) -> None:
    async with hub.change(at=NOON) as change:
        draft = {"kind": LetterKind.SIGN_IN, "cause": cause, "address": address, "languages": ("es",), "facts": FACTS}
        await write_letter(change, LetterDraft(**{**draft, **others}))


async def send(hub: Talking, carrier: Carrier, at: dt.datetime = NOON) -> int:
    return await send_due(hub.hub.changes, carrier, head=Letterhead("hub@hub.example", "https://hub.example"), at=at)


async def letters(hub: Talking) -> list[dict[str, Any]]:
    columns = "state, attempts, unsure, last_reply, content IS NULL AS emptied"
    return await hub.rows(f"SELECT {columns} FROM letter ORDER BY id")


def one(state: str, attempts: int, reply: int | None = None, *, unsure: bool = False) -> list[dict[str, Any]]:
    emptied = state != "waiting"
    return [{"state": state, "attempts": attempts, "unsure": unsure, "last_reply": reply, "emptied": emptied}]


def at_the(found: tuple[PostOffice, dict[str, Any]], data: Path, **others: Any) -> tuple[PostOffice, Carrier]:
    return found[0], carrier_of(settings_of(found[1], data, **others))


async def test_a_letter_is_sent_once_over_an_encrypted_connection(hub: Talking, office: Any, data: Path) -> None:
    post, carrier = at_the(office, data)
    await write(hub)
    assert await letters(hub) == one("waiting", 0)
    assert await send(hub, carrier) == 1
    assert await send(hub, carrier, NOON + DAY) == 0
    assert await letters(hub) == one("sent", 1, 250)
    (message,) = post.seen
    assert post.recipients == [ANA]
    assert post.encrypted == [True]
    assert message["To"] == ANA
    assert message["From"] == '"Participación ciudadana" <hub@hub.example>'.replace('"', "")
    assert message["Subject"] == "Su código para entrar: 12345678"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@hub.example>")
    assert message["Date"].datetime == NOON
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert page is not None
    for part in (text, page):
        assert "12345678" in part.get_content()
        assert "https://hub.example/entrar?code=12345678" in part.get_content()
        assert "15 minutos" in part.get_content()


async def test_it_is_in_the_language_of_whoever_asked(hub: Talking, office: Any, data: Path) -> None:
    post, carrier = at_the(office, data)
    await write(hub, languages=("en", "es"))
    await send(hub, carrier)
    assert post.seen[0]["Subject"] == "Your code to sign in: 12345678"
    assert post.seen[0]["Content-Language"] == "en"


async def test_what_stands_in_a_page_is_escaped(hub: Talking, office: Any, data: Path) -> None:
    post, carrier = at_the(office, data)
    await write(hub, facts={**FACTS, "code": "<script>&"})
    await send(hub, carrier)
    page = post.seen[0].get_body(("html",))
    assert page is not None
    assert "<script>" not in page.get_content()
    assert "&lt;script&gt;&amp;" in page.get_content()


async def test_of_one_cause_there_is_one_letter(hub: Talking, office: Any, data: Path) -> None:
    post, carrier = at_the(office, data)
    for _ in range(3):
        await write(hub, "the same")
    assert await send(hub, carrier) == 1
    await write(hub, "the same")
    assert await send(hub, carrier, NOON + DAY) == 0
    assert len(post.seen) == 1


async def test_what_was_undone_writes_no_letter(hub: Talking) -> None:
    async def undone() -> None:
        async with hub.change() as change:
            draft = LetterDraft(kind=LetterKind.SIGN_IN, cause="x", address=ANA, languages=("es",), facts=FACTS)
            await write_letter(change, draft)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await undone()
    assert await letters(hub) == []


async def test_several_processes_send_each_letter_once(hub: Talking, office: Any, data: Path) -> None:
    post, carrier = at_the(office, data)
    for number in range(20):
        await write(hub, f"sign_in:{number}", address=f"person{number}@correo.example")
    tried = await asyncio.gather(*(send(hub, carrier) for _ in range(4)))
    assert sum(tried) == 20
    assert sorted(post.recipients) == sorted(f"person{number}@correo.example" for number in range(20))
    assert len({message["Message-ID"] for message in post.seen}) == 20


@pytest.mark.parametrize(("manner", "reply"), [("not now", 450), ("not now, after all", 451)])
async def test_not_now_is_tried_again_with_growing_pauses(
    hub: Talking, office: Any, data: Path, manner: str, reply: int
) -> None:
    post, carrier = at_the(office, data)
    post.manner = manner
    await write(hub)
    at, pauses = NOON, []
    for attempt in range(1, len(PAUSES) + 1):
        assert await send(hub, carrier, at) == 1
        assert await letters(hub) == one("waiting", attempt, reply)
        due = (await hub.rows("SELECT due_at FROM letter"))[0]["due_at"]
        pauses.append(due - at)
        assert await send(hub, carrier, due - dt.timedelta(seconds=1)) == 0
        at = due
    assert all(least <= pause <= least * 1.2 for least, pause in zip(PAUSES, pauses, strict=True))
    post.manner = "takes"
    assert await send(hub, carrier, at) == 1
    assert await letters(hub) == one("sent", len(PAUSES) + 1, 250)
    assert len(post.seen) == 1


async def test_it_is_given_up_in_the_end(hub: Talking, office: Any, data: Path) -> None:
    post, carrier = at_the(office, data)
    post.manner = "not now"
    await write(hub)
    for attempt in range(len(PAUSES) + 3):
        await send(hub, carrier, NOON + attempt * 2 * DAY)
    assert await letters(hub) == one("given_up", len(PAUSES) + 1, 450)


@pytest.mark.parametrize(("manner", "reply"), [("never", 550), ("spam", 554)])
async def test_no_is_no(hub: Talking, office: Any, data: Path, manner: str, reply: int) -> None:
    post, carrier = at_the(office, data)
    post.manner = manner
    await write(hub)
    assert await send(hub, carrier) == 1
    assert await send(hub, carrier, NOON + DAY) == 0
    assert await letters(hub) == one("given_up", 1, reply)


@pytest.mark.parametrize("manner", ["hangs up before", "sleeps before"])
async def test_lost_before_it_was_handed_over_is_tried_again(
    hub: Talking, office: Any, data: Path, manner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "PATIENCE", 0.3)
    post, carrier = at_the(office, data)
    post.manner = manner
    await write(hub)
    await send(hub, carrier)
    assert await letters(hub) == one("waiting", 1)
    post.manner = "takes"
    await send(hub, carrier, NOON + 2 * MINUTE)
    assert await letters(hub) == one("sent", 2, 250)
    assert len(post.seen) == 1


@pytest.mark.parametrize("manner", ["hangs up after", "sleeps after"])
async def test_what_may_have_arrived_is_sent_once_more_only_and_bears_the_same_name(
    hub: Talking, office: Any, data: Path, manner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "PATIENCE", 0.3)
    post, carrier = at_the(office, data)
    post.manner = manner
    await write(hub)
    await send(hub, carrier)
    assert await letters(hub) == one("waiting", 1, unsure=True)
    assert await send(hub, carrier, NOON + PAUSE_OF_DOUBT - MINUTE) == 0
    await send(hub, carrier, NOON + PAUSE_OF_DOUBT)
    assert await letters(hub) == one("given_up", 2, unsure=True)
    assert await send(hub, carrier, NOON + 9 * DAY) == 0
    first, second = post.seen
    assert first["Message-ID"] == second["Message-ID"]


async def test_a_process_that_died_with_a_letter_leaves_it_to_the_others(hub: Talking, office: Any, data: Path) -> None:
    post, carrier = at_the(office, data)

    class Dying:
        async def carry(self, message: Any, *, address: str, name: str) -> Any:
            raise SystemExit

    await write(hub)
    with pytest.raises(SystemExit):
        await send(hub, Dying())
    assert await send(hub, carrier, NOON + MINUTE) == 0
    assert await send(hub, carrier, NOON + 5 * MINUTE) == 1
    assert await letters(hub) == one("sent", 2, 250)
    assert len(post.seen) == 1


async def test_a_letter_of_no_use_any_more_is_not_sent(hub: Talking, office: Any, data: Path) -> None:
    post, carrier = at_the(office, data)
    await write(hub, good_until=NOON + 15 * MINUTE)
    assert await send(hub, carrier, NOON + 15 * MINUTE) == 0
    assert await letters(hub) == one("given_up", 0)
    assert post.seen == []


async def test_nothing_is_sent_in_clear_unless_somebody_set_that(hub: Talking, tmp_path: Path, data: Path) -> None:
    async with a_post_office(tmp_path, encrypted=False) as office:
        post, carrier = at_the(office, data)
        await write(hub)
        await send(hub, carrier)
        assert (post.talked_to, await letters(hub)) == (0, one("waiting", 1))
        post, carrier = at_the(office, data, smtp_security=SmtpSecurity.PLAIN)
        await send(hub, carrier, NOON + 2 * MINUTE)
        assert post.encrypted == [False]


async def test_a_stranger_s_certificate_is_not_trusted(hub: Talking, office: Any, data: Path) -> None:
    post, found = office
    await write(hub)
    await send(hub, carrier_of(settings_of({**found, "smtp_ca": None}, data)))
    assert (post.talked_to, await letters(hub)) == (0, one("waiting", 1))


async def test_a_server_that_is_not_there_keeps_the_letter_waiting(hub: Talking, data: Path) -> None:
    await write(hub)
    await send(hub, MailServer(settings_of({"smtp_host": "127.0.0.1", "smtp_port": 1}, data)))
    assert await letters(hub) == one("waiting", 1)


async def test_without_a_mail_server_a_letter_is_a_file_and_the_log_says_where(hub: Talking, tmp_path: Path) -> None:
    carrier = carrier_of(Settings(data=tmp_path, database_url=None, keys=None))
    assert isinstance(carrier, Folder)
    await write(hub)
    with capture_logs() as logged:
        await send(hub, carrier)
    (file,) = (tmp_path / "letters").iterdir()
    assert [line["file"] for line in logged if line["event"] == "letter_in_a_file"] == [str(file)]
    assert "12345678" in file.read_text()
    assert (file.stat().st_mode & 0o077, file.parent.stat().st_mode & 0o077) == (0, 0)
    assert await letters(hub) == one("sent", 1)


@pytest.mark.parametrize("manner", ["takes", "not now", "never", "spam", "hangs up before", "hangs up after"])
async def test_neither_the_database_nor_the_log_knows_whom_it_is_for(
    hub: Talking, office: Any, data: Path, manner: str
) -> None:
    post, carrier = at_the(office, data)
    post.manner = manner
    await write(hub)
    before = await hub.dump()
    with capture_logs() as logged:
        await send(hub, carrier)
    assert logged != []
    for place in (before, await hub.dump(), str(logged)):
        for secret in ("robles", "correo.example", "12345678"):
            assert secret not in place.lower()
            # Bytes stand in a dump by their hexadecimal digits.
            assert secret.encode().hex() not in place.lower()


async def test_what_was_finished_long_ago_is_forgotten(hub: Talking, office: Any, data: Path) -> None:
    _, carrier = at_the(office, data)
    await write(hub, "one")
    await send(hub, carrier)
    await write(hub, "two")
    await forget_letters(hub.hub.changes, at=NOON + 31 * DAY)
    assert await letters(hub) == one("waiting", 0)
