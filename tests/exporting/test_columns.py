"""Columns: no cell is a formula, and no file has a column that nobody explains."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from hub.exporting.columns import Column, File, Folder, Type, written
from hub.exporting.dictionary import FILES, write_dictionary

PEOPLE = File("people.csv", (Column("said", Type.TEXT, "Dicho.", "Said."), Column("n", Type.INTEGER, "N.", "N.")))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_what_people_wrote_is_no_formula(text: str) -> None:
    assert written(text, Type.TEXT) == f"'{text}"
    assert written(f"Yo digo {text}", Type.TEXT) == f"Yo digo {text}"


def test_other_cells_are_as_they_are() -> None:
    assert [written(value, Type.NUMBER) for value in (-1, 0, 2.5, None)] == ["-1", "0", "2.5", ""]
    assert [written(value, Type.BOOLEAN) for value in (True, False)] == ["true", "false"]


def test_a_file_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    said = 'Dijo "agua", y\nse fue; ñandú 🦤'
    with Folder(tmp_path) as folder:
        folder.start(PEOPLE)
        folder.write(PEOPLE, {"said": said, "n": 1})
        with pytest.raises(KeyError):
            folder.write(PEOPLE, {"said": said})
    text = (tmp_path / "people.csv").read_bytes()
    assert text.startswith(b"said,n\r\n")
    assert text.endswith(b",1\r\n")
    with (tmp_path / "people.csv").open(encoding="utf-8", newline="") as stream:
        assert list(csv.DictReader(stream)) == [{"said": said, "n": "1"}]


def test_the_dictionary_explains_every_column(tmp_path: Path) -> None:
    with Folder(tmp_path) as folder:
        write_dictionary(folder)
    with (tmp_path / "dictionary.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    explained = [(row["file"], row["column"]) for row in rows]
    assert explained == [(file.name, column.name) for file in FILES for column in file.columns]
    assert len(set(explained)) == len(explained)
    for row in rows:
        assert row["meaning_es"].endswith("."), row
        assert row["meaning_en"].endswith("."), row
        assert ("apóstrofo" in row["meaning_es"]) == (row["type"] == "text") == ("apostrophe" in row["meaning_en"])
