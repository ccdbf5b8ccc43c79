"""The files by which somebody answered are in their copy, and go when they are erased."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.files.store import Store
from hub.files.sweeping import sweep
from hub.identity import authenticating
from hub.personal_data.forgetting import forget_all
from tests.consultations.asking import SAVE, SUBMIT, a_sheet
from tests.consultations.drafts_asked import a_draft
from tests.consultations.files_asked import an_upload, asking_for_files, filed
from tests.identity.test_signing_in import NOON
from tests.making.files import PDF, fetch
from tests.personal_data.acting import ERASE, a_copy
from tests.personal_data.everywhere import two_people
from tests.talking import Talking


@pytest.fixture(autouse=True)
def _nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authenticating, "BELIEVED", 0.0)


@pytest.mark.parametrize("contributions", ["REMOVED", "KEPT_WITHOUT_NAME"])
async def test_files_are_in_the_copy_and_go_with_whoever_gave_them(
    hub: Talking, tmp_path: Path, contributions: str
) -> None:
    world, ana, beto = await two_people(hub, tmp_path / "letters")
    with hub.at(NOON):
        asked, begun = [await asking_for_files(hub, world.body, at=NOON) for _ in range(2)]
        for somebody, content in ((ana.who, PDF), (beto.who, PDF + b"% de Beto\n")):
            upload = await an_upload(hub, asked, somebody, content=content)
            await hub.act(SUBMIT, a_sheet(asked, filed(upload)), by=somebody)
        upload = await an_upload(hub, begun, ana.who, content=PDF + b"% empezado\n")
        await hub.act(SAVE, a_draft(begun, filed(upload)), by=ana.who)
        archive = await a_copy(hub, ana.who)
        files = {name: text for name, text in archive.files.items() if name.startswith("files/")}
        assert sorted(files.values()) == sorted([PDF.decode(), PDF.decode() + "% empezado\n"])
        (given,) = [
            answer["file"]
            for response in archive.data["sections"]["responses"]
            for answer in response["answers"]
            if answer["file"] is not None
        ]
        (draft,) = [
            answer["file"]
            for one in archive.data["sections"]["drafts"]
            for answer in (one["answers"] or {"given": []})["given"]
            if "file" in answer
        ]
        assert (files[given], files[draft]) == (PDF.decode(), PDF.decode() + "% empezado\n")
        assert given in archive.page
        id_ = given.removeprefix("files/").removesuffix(".pdf")
        assert (await fetch(hub, f"/files/answers/{id_}", ana.who)).content == PDF
        await hub.act(ERASE, {"contributions": contributions, "confirm": True}, by=ana.who)
        assert await forget_all(hub.hub.changes) == 1
        await sweep(hub.hub.changes, Store(hub.hub.settings.data), at=NOON)
        (left,) = await hub.rows("SELECT a.file_id FROM answer a WHERE a.file_id IS NOT NULL")
        kept = [row["id"] for row in await hub.rows("SELECT id FROM stored_file WHERE uploaded_by IS NULL")]
        assert left["file_id"] in kept
        assert not {given, draft} & {f"files/{kept_id}.pdf" for kept_id in kept}
