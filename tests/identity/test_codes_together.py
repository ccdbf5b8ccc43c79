"""How many codes are sent to everybody together: a limit that all processes share, and that soon lets in again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from structlog.testing import capture_logs

from hub.settings import Settings
from tests.identity.test_signing_in import ASK, MINUTE, NOON, codes
from tests.talking import Talking, talking


@asynccontextmanager
async def a_limited_hub(url: str, data: Path, *, most: int) -> AsyncIterator[Talking]:
    async with talking(Settings(data=data, database_url=None, keys=None, codes=most), url) as hub:
        yield hub


async def asked(hub: Talking, number: int) -> list[dict[str, Any]]:
    """Ask for a code to one of many addresses; return what was wrong."""
    payload = (await hub.answer(ASK, {"email": f"person{number}@correo.example"}))["data"]["requestSignIn"]
    errors: list[dict[str, Any]] = payload["errors"]
    return errors


async def test_all_processes_together_send_so_many_codes_in_ten_minutes(database_url: str, data: Path) -> None:
    at = NOON + 4 * MINUTE
    async with a_limited_hub(database_url, data, most=5) as hub, a_limited_hub(database_url, data, most=5) as another:
        with hub.at(at), capture_logs() as logged:
            assert [codes(await asked((hub, another)[n % 2], n)) for n in range(5)] == [[]] * 5
            await hub.forget()
            told = [await asked((hub, another)[n % 2], n) for n in range(5, 8)]
            assert [codes(errors) for errors in told] == [["SIGN_INS_PAUSED"]] * 3
            assert "en 6 minutos" in told[0][0]["message"]
            # To an address that is known, and that was sent a code already, the same is said.
            assert await asked(hub, 1) == told[0]
            assert await hub.log() == []
            assert len(await hub.rows("SELECT id FROM letter")) == 5
        warnings = [line for line in logged if line["event"] == "sign_ins_paused"]
        assert warnings == [{"event": "sign_ins_paused", "log_level": "warning", "most": 5, "seconds": 360}]
        with hub.at(NOON + 10 * MINUTE):
            assert codes(await asked(hub, 9)) == []


async def test_who_is_stopped_at_their_own_limit_uses_up_nothing_of_the_others(database_url: str, data: Path) -> None:
    async with a_limited_hub(database_url, data, most=5) as hub:
        with hub.at(NOON):
            told = [codes(await asked(hub, 1)) for _ in range(8)]
            assert told == [[]] * 3 + [["CODES_TO_AN_ADDRESS"]] * 5
            assert [codes(await asked(hub, n)) for n in (2, 3, 4)] == [[], [], ["SIGN_INS_PAUSED"]]


async def test_there_may_be_no_limit(database_url: str, data: Path) -> None:
    async with a_limited_hub(database_url, data, most=0) as hub:
        with hub.at(NOON):
            assert [codes(await asked(hub, n)) for n in range(8)] == [[]] * 8
