"""The tables of the study of 2015: as many rows as their README says, and every quirk that it names put right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from hub.errors import SetupError
from hub.importing.study_columns import BY_MONTH, TABLES
from hub.importing.study_tables import MENDS, Mended, mended, read_tables
from hub.importing.summary import Summary


@pytest.fixture(scope="module")
def tables(test_data: Path) -> dict[str, Mended]:
    """The tables, by their key."""
    found = read_tables(test_data / "mexico-inai-2015", TABLES, summary=Summary("test"))
    return {one.table.key: one for one in found}


def test_no_row_is_lost(tables: dict[str, Mended]) -> None:
    assert {key: len(table.rows) for key, table in tables.items()} == {
        "organos_garantes": 32,
        "solicitudes_por_dependencia_y_mes": 1_500,
        "solicitudes_inegi": 1_948,
        "recursos_chihuahua": 1_336,
        "recursos_michoacan": 611,
    }


def test_every_row_has_every_column(tables: dict[str, Mended]) -> None:
    for found in tables.values():
        names = [column.name for column in (*found.table.columns, *found.table.derived)]
        assert len(set(names)) == len(names)
        assert {tuple(row) for row in found.rows} == {tuple(names)}


def test_letters_are_as_they_were_written(tables: dict[str, Mended]) -> None:
    bodies = Counter(row["dependencia"] for row in tables["solicitudes_por_dependencia_y_mes"].rows)
    assert set(bodies.values()) == {150}
    assert "SECRETARÍA DE EDUCACIÓN PÚBLICA" in bodies
    assert not any("Ã" in name for name in bodies)


def test_days_of_a_spreadsheet_are_days(tables: dict[str, Mended]) -> None:
    # 41689 days after 30 December 1899.
    first = tables["recursos_chihuahua"].rows[0]
    assert (first["folio"], first["cumplido"], first["resuelto"]) == ("RR001202013", "2014-02-19", "2014-02-19")
    assert tables["recursos_chihuahua"].mends["spreadsheet_day"] == 1_311


def test_two_vocabularies_have_one_in_common(tables: dict[str, Mended]) -> None:
    """By the counts of its README: CONFIRMA 586; REVOCA 348, MODIFICA 239, ORDENA DAR RESPUESTA 64."""
    north, south = (
        Counter(row["a_favor_de"] for row in tables[key].rows) for key in ("recursos_chihuahua", "recursos_michoacan")
    )
    assert north == {"autoridad": 586, "solicitante": 348 + 239 + 64, "sin fondo": 77, "en proceso": 19, None: 3}
    assert south == {"solicitante": 192 + 14 + 4, "autoridad": 63, "sin fondo": 55 + 49 + 33, None: 201}


def test_what_is_missing_is_empty(tables: dict[str, Mended]) -> None:
    assert tables["solicitudes_inegi"].mends["null_written_out"] == 1_934 + 5
    leon = next(row for row in tables["organos_garantes"].rows if str(row["entidad"]).startswith("Nuevo Le"))
    assert leon["solicitudes_2014"] is None


def test_everything_that_was_put_right_has_its_words(tables: dict[str, Mended]) -> None:
    assert {code for found in tables.values() for code in found.mends} == set(MENDS)


def test_another_shape_is_refused(tmp_path: Path) -> None:
    (tmp_path / BY_MONTH.file).write_text('{"rows": []}', encoding="utf-8")
    with pytest.raises(SetupError, match="a list of objects, or one under `data`"):
        mended(BY_MONTH, tmp_path, summary=Summary("test"))
