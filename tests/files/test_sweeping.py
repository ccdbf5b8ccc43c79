"""Sweeping: what nothing names is gone a day later, what something names stays, whoever else goes."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import os
import time
from pathlib import Path

import pytest

from hub import clock
from hub.files.store import Store
from hub.files.sweeping import naming_columns, sweep
from hub.settings import Settings
from tests.cast import a_secretary_of
from tests.consultations.asking import es
from tests.making.bodies import a_body
from tests.making.files import ATTACH, PDF, WITHDRAW, a_document, an_upload, attaching, fetch
from tests.talking import Talking

DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)
SHA256 = hashlib.sha256(PDF).hexdigest()


@pytest.fixture(autouse=True)
def store(hub: Talking) -> Store:
    """The store of the run, with nothing in it."""
    store = Store(hub.hub.settings.data)
    for folder in (store.kept, store.unfinished):
        for path in folder.rglob("*"):
            if path.is_file():
                path.unlink()
    return store


def lying(store: Store) -> list[str]:
    """Return what lies on the disk."""
    return sorted(
        path.name for folder in (store.kept, store.unfinished) for path in folder.rglob("*") if path.is_file()
    )


def aged(folder: Path, *, seconds: float = 7_200) -> None:
    """Let everything in a folder be as old as this."""
    then = time.time() - seconds
    for path in folder.rglob("*"):
        os.utime(path, (then, then))


async def swept(hub: Talking, store: Store, *, at: dt.datetime) -> int:
    """Sweep as if what lies there had lain for as long as the clock says."""
    aged(store.kept)
    return await sweep(hub.hub.changes, store, at=at)


async def test_what_was_never_attached_is_gone_after_a_day(hub: Talking, store: Store) -> None:
    luis, now = await a_secretary_of(hub, await a_body(hub)), clock.now()
    await an_upload(hub, luis)
    assert (await swept(hub, store, at=now + DAY - MINUTE), lying(store)) == (0, [SHA256])
    assert (await swept(hub, store, at=now + DAY + MINUTE), lying(store)) == (1, [])
    assert await hub.rows("SELECT * FROM stored_file") == []


async def test_what_is_attached_stays(hub: Talking, store: Store) -> None:
    body = await a_body(hub)
    document = await a_document(hub, await a_secretary_of(hub, body), f"Body_{body}")
    assert await swept(hub, store, at=clock.now() + 1_000 * DAY) == 0
    assert (await fetch(hub, document["path"])).content == PDF


async def test_the_last_document_takes_the_bytes_along_and_leaves_its_trace(hub: Talking, store: Store) -> None:
    body, now = await a_body(hub), clock.now()
    luis = await a_secretary_of(hub, body)
    first, second = [await a_document(hub, luis, f"Body_{body}") for _ in range(2)]
    reason = es("Tenía datos de una persona.")
    await hub.act(WITHDRAW, {"input": {"documentId": first["id"], "reason": reason}}, by=luis)
    assert (await swept(hub, store, at=now + 3 * DAY), lying(store)) == (0, [SHA256])
    assert (await fetch(hub, second["path"])).content == PDF
    await hub.act(WITHDRAW, {"input": {"documentId": second["id"], "reason": reason}}, by=luis)
    assert (await swept(hub, store, at=now + DAY - MINUTE), lying(store)) == (0, [SHA256])
    assert (await swept(hub, store, at=now + DAY + MINUTE), lying(store)) == (1, [])
    found = await hub.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Document { sha256 path } } }",
                          {"ids": [first["id"], second["id"]]})  # fmt: skip
    assert found["nodes"] == [{"sha256": SHA256, "path": None}] * 2


async def test_the_same_bytes_of_somebody_else_stay(hub: Talking, store: Store) -> None:
    """One hands them in and forgets them, another attaches them a day later: they lie once, and stay."""
    body, now = await a_body(hub), clock.now()
    luis = await a_secretary_of(hub, body)
    await an_upload(hub, luis)
    with hub.at(now + DAY - 2 * MINUTE):
        document = await a_document(hub, luis, f"Body_{body}")
    assert (await swept(hub, store, at=now + DAY + MINUTE), lying(store)) == (0, [SHA256])
    assert await hub.rows("SELECT count(*) AS n FROM stored_file") == [{"n": 1}]
    assert (await fetch(hub, document["path"])).content == PDF


async def test_what_was_broken_off_is_gone_within_the_hour(hub: Talking, store: Store) -> None:
    incoming = store.begin()
    incoming.write(PDF)
    assert await sweep(hub.hub.changes, store) == 0
    assert lying(store) == [incoming.path.name]
    aged(store.unfinished)
    await sweep(hub.hub.changes, store)
    assert lying(store) == []
    incoming.close()


async def test_bytes_without_a_row_are_gone(hub: Talking, store: Store) -> None:
    """What is left where a process ended between the two steps."""
    incoming = store.begin()
    incoming.write(PDF)
    incoming.finish()
    store.place(incoming)
    incoming.close()
    assert await sweep(hub.hub.changes, store) == 0
    assert await swept(hub, store, at=clock.now()) == 1
    assert lying(store) == []


async def test_what_was_counted_is_forgotten(hub: Talking, store: Store) -> None:
    luis = await a_secretary_of(hub, await a_body(hub))
    await an_upload(hub, luis)
    await sweep(hub.hub.changes, store, at=clock.now() + DAY)
    assert await hub.rows("SELECT count(*) AS n FROM upload_allowance") == [{"n": 1}]
    await sweep(hub.hub.changes, store, at=clock.now() + 2 * DAY)
    assert await hub.rows("SELECT * FROM upload_allowance") == []


async def test_many_sweepers_and_many_who_hand_in_the_same(hub: Talking, store: Store) -> None:
    """Whatever the order: each file that has a row has its bytes, and nobody hears of the others."""
    body = await a_body(hub)
    luis = await a_secretary_of(hub, body)

    async def hand_in() -> None:
        for _ in range(5):
            await a_document(hub, luis, f"Body_{body}")

    async def sweep_all() -> None:
        for _ in range(20):
            await swept(hub, store, at=clock.now())

    await asyncio.gather(hand_in(), hand_in(), sweep_all(), sweep_all(), sweep_all())
    assert lying(store) == [SHA256]
    assert await hub.rows("SELECT count(*) AS n FROM document") == [{"n": 10}]


async def test_who_attaches_in_the_last_moment_keeps_it(hub: Talking, store: Store) -> None:
    body, now = await a_body(hub), clock.now()
    luis = await a_secretary_of(hub, body)
    upload = await an_upload(hub, luis)
    with hub.at(now + DAY - MINUTE):
        acts = hub.act(ATTACH, attaching(f"Body_{body}", upload), by=luis)
        await asyncio.gather(acts, *[swept(hub, store, at=now + DAY - MINUTE) for _ in range(3)])
    await swept(hub, store, at=now + 2 * DAY)
    assert lying(store) == [SHA256]


def test_whatever_names_files_is_known() -> None:
    """A concept that names a file by a key keeps it, and has nothing to say here."""
    assert {str(column) for column in naming_columns()} >= {"document.file_id"}


def test_a_file_gets_its_name_once_and_whole(tmp_path: Path) -> None:
    store = Store(Settings(data=tmp_path).data)
    for _ in range(2):
        incoming = store.begin()
        incoming.write(PDF[:10])
        incoming.write(PDF[10:])
        assert lying(store) in ([incoming.path.name], sorted([SHA256, incoming.path.name]))
        incoming.finish()
        store.place(incoming)
        store.place(incoming)
        incoming.close()
        assert lying(store) == [SHA256]
    assert store.path(bytes.fromhex(SHA256)).read_bytes() == PDF
    assert oct(store.path(bytes.fromhex(SHA256)).stat().st_mode & 0o777) == "0o600"
