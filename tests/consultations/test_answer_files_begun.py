"""Files of what is only begun: kept as long as the draft that names them, and no longer."""

from __future__ import annotations

import hashlib
from uuid import UUID

import pytest

from hub import clock
from hub.consultations.timekeeping import keep_time
from hub.files.store import Store
from tests.cast import a_citizen
from tests.consultations.asking import DISCARD, SAVE, SUBMIT, a_sheet
from tests.consultations.drafts_asked import a_draft, mine
from tests.consultations.files_asked import an_empty_store, an_upload, asking_for_files, filed, swept, the_file
from tests.making.bodies import a_body
from tests.making.consultations import DAY
from tests.making.files import PDF, fetch
from tests.talking import Talking

SHA256 = hashlib.sha256(PDF).hexdigest()


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """A body that asks."""
    return await a_body(hub)


@pytest.fixture
def store(hub: Talking) -> Store:
    """The store of the run, with nothing in it."""
    return an_empty_store(hub)


async def test_a_draft_keeps_its_file_as_long_as_itself(hub: Talking, body: UUID, store: Store) -> None:
    asked, ana = await asking_for_files(hub, body), await a_citizen(hub)
    upload = await an_upload(hub, asked, ana)
    saved = await hub.act(SAVE, a_draft(asked, filed(upload)), by=ana)
    file = saved["draft"]["answers"][0]["file"]
    assert (file["sha256"], file["path"]) == (SHA256, None)
    assert (await fetch(hub, f"/files/answers/{file['id'].removeprefix('AnswerFile_')}", ana)).status_code == 404
    assert await swept(hub, store, after=20 * DAY) == [SHA256]
    # It is saved again, and sent, by its id: the ticket is told once.
    saved = await hub.act(SAVE, a_draft(asked, filed(file["id"]), edition=1), by=ana)
    assert saved["draft"]["answers"][0]["file"] == file
    sent = await hub.act(SUBMIT, a_sheet(asked, filed(file["id"])), by=ana)
    assert (await the_file(hub, sent["response"]["id"], ana))["id"] == file["id"]
    # What replaces it in the next draft, and what is thrown away, is gone.
    other = await an_upload(hub, asked, ana, content=PDF + b"%")
    await hub.act(SAVE, a_draft(asked, filed(other)), by=ana)
    assert len(await swept(hub, store, after=3 * DAY)) == 2
    await hub.act(SAVE, a_draft(asked, filed(file["id"]), edition=1), by=ana)
    assert await swept(hub, store) == [SHA256]
    await hub.act(DISCARD, {"input": {"consultationId": asked.node}}, by=ana)
    assert await swept(hub, store) == [SHA256]
    assert (await fetch(hub, (await the_file(hub, sent["response"]["id"], ana))["path"], ana)).content == PDF


async def test_a_draft_that_is_over_lets_its_file_go(hub: Talking, body: UUID, store: Store) -> None:
    # The consultation is over long before the thirty days that a draft is kept.
    asked = await asking_for_files(hub, body, closes_at=clock.now() + DAY)
    ana, berta = await a_citizen(hub), await a_citizen(hub)
    await hub.act(SAVE, a_draft(asked, filed(await an_upload(hub, asked, ana))), by=ana)
    await hub.act(SAVE, a_draft(asked, filed(await an_upload(hub, asked, berta, content=PDF + b"%"))), by=berta)
    await hub.act(DISCARD, {"input": {"consultationId": asked.node}}, by=berta)
    assert await swept(hub, store) == [SHA256]
    assert await mine(hub, asked, ana) is not None
    with hub.at(asked.late_until):
        await keep_time(hub.hub.changes, at=asked.late_until)
        assert await swept(hub, store) == []
