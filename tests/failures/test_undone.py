"""What the database undid, or may have done: whoever acted is told, and it happens once or not at all."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import text as sql

from hub.changes import change
from hub.changes.change import Changes, OutcomeUnknown
from tests.cast import a_citizen
from tests.failures.calling import SUBMIT, sheet
from tests.making.bodies import a_body
from tests.making.consultations import Asked, an_open_consultation
from tests.talking import Somebody, Talking


@pytest.fixture
async def ana(hub: Talking) -> Somebody:
    return await a_citizen(hub)


@pytest.fixture
async def asked(hub: Talking) -> Asked:
    return await an_open_consultation(hub, await a_body(hub))


async def test_a_lost_commit_says_so_and_repeating_decides(
    hub: Talking, ana: Somebody, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever hears nothing after COMMIT is told to repeat with the same key, and then gets the one receipt."""

    async def lost(session: Any) -> None:
        await session.commit()
        raise OutcomeUnknown

    answers = {"input": sheet(asked, key="una-sola-vez")}
    with monkeypatch.context() as patch:
        patch.setattr(Changes, "_commit", staticmethod(lost))
        answer = await hub.answer(SUBMIT, answers, by=ana)
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["OUTCOME_UNKNOWN"]
    assert answer["data"] is None
    again = await hub.act(SUBMIT, answers, by=ana)
    assert again["receipt"]["code"]
    assert len(await hub.rows("SELECT 1 FROM response")) == 1


async def test_a_lock_that_is_not_free_is_waited_for_again(hub: Talking, ana: Somebody, asked: Asked) -> None:
    """Longer than one wait for it takes, shorter than three."""
    async with hub.hub.engine.connect() as holder:
        await holder.execute(sql("SELECT 1 FROM consultation FOR UPDATE"))
        waiting = asyncio.create_task(hub.act(SUBMIT, {"input": sheet(asked)}, by=ana))
        await asyncio.sleep(2.5)
        assert not waiting.done()
        await holder.rollback()
    assert (await waiting)["receipt"]["code"]
    assert len(await hub.rows("SELECT 1 FROM response")) == 1


async def test_who_waited_in_vain_is_told_that_nothing_happened(
    hub: Talking, ana: Somebody, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change, "ATTEMPTS", 1)
    await hub.forget()
    async with hub.hub.engine.connect() as holder:
        await holder.execute(sql("SELECT 1 FROM consultation FOR UPDATE"))
        answer = await hub.answer(SUBMIT, {"input": sheet(asked)}, by=ana)
        await holder.rollback()
    (error,) = answer["errors"]
    assert (error["extensions"]["code"], error["path"]) == ("BUSY", ["act"])
    assert "no se guardó nada" in error["message"]
    assert await hub.log() == []
    assert await hub.rows("SELECT 1 FROM response") == await hub.rows("SELECT 1 FROM participation") == []
