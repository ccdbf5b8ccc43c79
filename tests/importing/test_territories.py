from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from hub.changes.change import Changes
from hub.errors import SetupError
from hub.importing.summary import BadRow
from hub.importing.territories import import_territories
from tests.importing.counting import Counting

STATES = 'cve_ent,nom_ent,nom_abr,ptot\n"01","Aguascalientes","Ags.","1"\n"09","Distrito Federal","DF","2"\n'
OLDER = (
    'cve_ent,nom_ent,cve_mun,nom_mun\n"01","Aguascalientes","001","Aguascalientes"\n'
    '"09","Distrito Federal","002","Azcapotzalco Viejo"\n"09","Distrito Federal","099","La que ya no está"\n'
)


def municipality(state: str, code: str, name: str, **other: object) -> dict[str, object]:
    names = {"01": ("Aguascalientes", "Ags."), "09": ("Ciudad de México", "CDMX")}.get(state, ("Otro", "Otro"))
    return {
        "cve_entidad": state,
        "nom_entidad": names[0],
        "nom_abr_entidad": names[1],
        "cve_municipio": code,
        "nom_municipio": name,
        "poblacion_total": 10,
    } | other


NEWER = [municipality("01", "001", "Aguascalientes"), municipality("09", "002", "Azcapotzalco")]


def small_source(directory: Path, *, older: str = OLDER, newer: object = NEWER) -> Path:
    (directory / "entidades.csv").write_text(STATES)
    (directory / "municipios.csv").write_text(older)
    (directory / "municipios_censo2020.json").write_text(json.dumps(newer, indent=1))
    return directory


async def test_every_state_and_municipality_of_mexico(changes: Changes, counting: Counting, real_data: Path) -> None:
    summary = await import_territories(changes, real_data / "mexico-inegi")
    assert summary.added == {"countries": 1, "states": 32, "municipalities": 2_478}
    assert summary.bad_rows == []
    assert await counting.rows(
        "SELECT kind, count(*)::int, sum(population)::int FROM territory GROUP BY kind ORDER BY 2"
    ) == [("country", 1, 126_014_024), ("state", 32, 126_014_024), ("municipality", 2_478, 126_014_024)]
    assert await counting.rows(
        "SELECT code, name, abbreviation, former_names FROM territory WHERE code IN ('09', '01001', '23008') ORDER BY 1"
    ) == [
        ("01001", "Aguascalientes", None, []),
        ("09", "Ciudad de México", "CDMX", ["Distrito Federal"]),
        ("23008", "Playa del Carmen", None, ["Solidaridad"]),
    ]
    assert (
        await counting.value(
            "SELECT count(*) FROM territory m JOIN territory s ON s.id = m.parent_id "
            "WHERE m.kind = 'municipality' AND left(m.code, 2) = s.code AND s.kind = 'state'"
        )
        == 2_478
    )
    assert await counting.value("SELECT count(*) FROM event") == 6


async def test_a_second_run_changes_nothing(changes: Changes, counting: Counting, real_data: Path) -> None:
    await import_territories(changes, real_data / "mexico-inegi")
    before = await counting.everything()
    summary = await import_territories(changes, real_data / "mexico-inegi")
    assert await counting.everything() == before
    assert summary.unchanged.total() == 2_511
    assert not summary.changed_anything


async def test_the_newer_catalogue_names_and_the_older_one_is_remembered(
    changes: Changes, counting: Counting, tmp_path: Path
) -> None:
    await import_territories(changes, small_source(tmp_path))
    assert await counting.rows(
        "SELECT code, name, former_names, population, catalogue FROM territory ORDER BY code"
    ) == [
        ("01", "Aguascalientes", [], 10, "INEGI, Censo de Población y Vivienda 2020"),
        ("01001", "Aguascalientes", [], 10, "INEGI, Censo de Población y Vivienda 2020"),
        ("09", "Ciudad de México", ["Distrito Federal"], 10, "INEGI, Censo de Población y Vivienda 2020"),
        ("09002", "Azcapotzalco", ["Azcapotzalco Viejo"], 10, "INEGI, Censo de Población y Vivienda 2020"),
        ("09099", "La que ya no está", [], None, "INEGI, catálogo de entidades y municipios, enero de 2014"),
        ("MX", "México", [], 20, "INEGI, Censo de Población y Vivienda 2020"),
    ]


async def test_a_corrected_source_changes_only_what_it_corrects(
    changes: Changes, counting: Counting, tmp_path: Path
) -> None:
    await import_territories(changes, small_source(tmp_path))
    corrected = [NEWER[0], municipality("09", "002", "Azcapotzalco", poblacion_total=15)]
    summary = await import_territories(changes, small_source(tmp_path, newer=corrected))
    assert summary.changed == {"countries": 1, "states": 1, "municipalities": 1}
    assert await counting.rows("SELECT type, facts - 'country_id' FROM event ORDER BY position") == [
        ("TerritoriesImported", '{"added": 6, "changed": 0}'),
        ("TerritoriesImported", '{"added": 0, "changed": 3}'),
    ]


async def test_bad_rows_are_named_and_the_rest_comes_in(changes: Changes, counting: Counting, tmp_path: Path) -> None:
    older = OLDER + '"1","Aguascalientes","003","Sin cero"\n"77","Nada","001","Nada"\n"01","A","004",""\n'
    newer = [
        *NEWER,
        municipality("09", "003", "Mala\u0007"),
        municipality("09", "004", "Sin gente", poblacion_total="x"),
    ]
    summary = await import_territories(changes, small_source(tmp_path, older=older, newer=newer))
    assert summary.bad_rows == [
        BadRow("municipios.csv", 5, "the cve_ent '1' is not 2 digits (its leading zeros must stay)"),
        BadRow("municipios.csv", 6, "there is no state 77 in entidades.csv"),
        BadRow("municipios.csv", 7, "the nom_mun is empty"),
        BadRow("municipios_censo2020.json", 18, "the nom_municipio holds a control character"),
        BadRow("municipios_censo2020.json", 26, "the poblacion_total 'x' is not a whole number"),
    ]
    assert await counting.value("SELECT count(*) FROM territory") == 6
    assert await counting.value("SELECT population FROM territory WHERE code = '09'") is None


async def test_a_directory_that_is_not_the_right_one_is_refused_with_words(changes: Changes, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"There is no directory .*nowhere: give the path"):
        await import_territories(changes, tmp_path / "nowhere")
    small_source(tmp_path)
    with pytest.raises(SetupError, match=r"entidades.csv is a file: give the directory"):
        await import_territories(changes, tmp_path / "entidades.csv")
    (tmp_path / "municipios.csv").unlink()
    with pytest.raises(SetupError, match=r"lacks municipios.csv\. An import needs entidades.csv, municipios.csv and"):
        await import_territories(changes, tmp_path)
    shutil.rmtree(tmp_path)
