"""The study of 2015: ordered by the commission, with five datasets, their dictionaries, and the files themselves."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest

from hub.changes.change import Changes
from hub.errors import SetupError
from hub.files.store import Store
from hub.importing.study import import_study
from hub.importing.summary import Unwatched
from tests.importing.counting import Counting
from tests.talking import Talking

DATASETS = """
    SELECT d.title #>> '{translations,es,text}', d.row_count, d.sha256, encode(f.sha256, 'hex'), count(c.position)
    FROM study_dataset d JOIN document o ON o.part_id = d.id JOIN stored_file f ON f.id = o.file_id
    JOIN dataset_column c ON c.dataset_id = d.id
    GROUP BY d.id, f.sha256 ORDER BY d.position
"""
STUDY = """
    SELECT s.state, s.kind, m.state, m.origin, m.kind, b.title #>> '{translations,es,text}', e.folio IS NOT NULL
    FROM study s JOIN entry e USING (id) JOIN mandate m ON m.id = s.mandate_id JOIN entry b ON b.id = s.body_id
"""

TABLES = """{ studies(first: 2) { nodes { datasets(first: 9) { nodes {
  rowCount sha256 columns { name } documents(first: 2) { nodes { path } } } } } } }"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Where files lie."""
    return Store(tmp_path / "data")


async def test_it_is_what_it_was(changes: Changes, counting: Counting, real_data: Path, store: Store) -> None:
    summary = await import_study(changes, real_data / "mexico-inai-2015", store)
    assert (summary.added, summary.bad_rows) == ({"bodies": 1, "studies": 1, "datasets": 5}, [])
    (study,) = await counting.rows(STUDY)
    assert study[:5] == ("planned", "diagnosis", "in_progress", "own_initiative", "study")
    assert str(study[5]).startswith("Instituto Nacional de Transparencia")
    assert study[6]
    rows = await counting.rows(DATASETS)
    assert [count for _, count, *_ in rows] == [32, 1_500, 1_948, 1_336, 611]
    for _, count, said, kept, columns in rows:
        content = store.path(bytes.fromhex(str(kept))).read_bytes()
        assert said == kept == hashlib.sha256(content).hexdigest()
        table = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
        assert (len(table), len(table[0])) == (count, columns)


async def test_what_was_put_right_is_listed(
    changes: Changes, counting: Counting, real_data: Path, store: Store
) -> None:
    await import_study(changes, real_data / "mexico-inai-2015", store)
    (mended,) = await counting.rows(
        "SELECT mended #>> '{translations,en,text}' FROM study_dataset WHERE row_count = 1336"
    )
    assert "A day written as a spreadsheet's number. (1,311)" in str(mended[0]).splitlines()
    assert "Two outcomes in a cell: the common one is empty. (3)" in str(mended[0]).splitlines()


async def test_a_second_run_changes_nothing(
    changes: Changes, counting: Counting, real_data: Path, store: Store
) -> None:
    await import_study(changes, real_data / "mexico-inai-2015", store)
    before = await counting.everything()
    summary = await import_study(changes, real_data / "mexico-inai-2015", store)
    assert not summary.changed_anything
    assert await counting.everything() == before


class Stopping(Unwatched):
    """Ends the run after the second table."""

    def __init__(self) -> None:
        self.done = 0

    def advance(self, steps: int) -> None:
        self.done += steps
        if self.done == 2:
            raise KeyboardInterrupt


async def test_what_was_interrupted_is_gone_on_with(
    changes: Changes, counting: Counting, real_data: Path, store: Store
) -> None:
    with pytest.raises(KeyboardInterrupt):
        await import_study(changes, real_data / "mexico-inai-2015", store, progress=Stopping())
    assert await counting.value("SELECT count(*) FROM study_dataset") == 2
    summary = await import_study(changes, real_data / "mexico-inai-2015", store)
    assert (summary.unchanged["datasets"], summary.added["datasets"]) == (2, 3)


async def test_another_directory_is_refused(
    changes: Changes, counting: Counting, real_data: Path, store: Store
) -> None:
    with pytest.raises(SetupError, match=r"lacks organos_garantes\.json"):
        await import_study(changes, real_data / "polis", store)
    assert await counting.value("SELECT count(*) FROM event") == 0


async def test_everybody_reads_its_tables(hub: Talking, data: Path, real_data: Path) -> None:
    """They have been public since 2015; that nobody has published the study here hides none of them."""
    await import_study(hub.hub.changes, real_data / "mexico-inai-2015", Store(data))
    (study,) = (await hub.ask(TABLES, {}))["studies"]["nodes"]
    tables = study["datasets"]["nodes"]
    assert [table["rowCount"] for table in tables] == [32, 1_500, 1_948, 1_336, 611]
    assert all(table["columns"] for table in tables)
    (file,) = tables[0]["documents"]["nodes"]
    response = await hub.client.get(file["path"])
    assert (response.status_code, hashlib.sha256(response.content).hexdigest()) == (200, tables[0]["sha256"])
