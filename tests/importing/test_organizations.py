from __future__ import annotations

import json
from pathlib import Path

import pytest

from hub.changes.change import Changes
from hub.errors import SetupError
from hub.importing.organizations import import_organizations
from hub.importing.summary import BadRow
from hub.importing.territories import import_territories
from tests.importing.counting import Counting

BODIES = """
    SELECT t.code, n.acronym, o.website, e.title #>> '{translations,es,text}'
    FROM organization o JOIN entry e USING (id) JOIN dated_name n ON n.entry_id = o.id
    JOIN territory t ON t.id = o.territory_id ORDER BY t.code
"""


@pytest.fixture
async def states(changes: Changes, real_data: Path) -> Path:
    await import_territories(changes, real_data / "mexico-inegi")
    return real_data / "mexico-inai-2015"


async def test_each_state_has_its_guarantor_body(changes: Changes, counting: Counting, states: Path) -> None:
    summary = await import_organizations(changes, states)
    assert (summary.added, summary.bad_rows) == ({"organizations": 32}, [])
    bodies = await counting.rows(BODIES)
    assert [code for code, *_ in bodies] == [f"{number:02}" for number in range(1, 33)]
    assert bodies[14] == (
        "15",
        "INFOEM",
        "http://www.infoem.org.mx",
        (
            "Instituto de Transparencia, Acceso a la Información Pública y Protección de Datos Personales "
            "del Estado de México y Municipios"
        ),
    )
    assert await counting.rows("SELECT DISTINCT kind, level, branch, state FROM organization") == [
        ("guarantor", "state", "autonomous", "verified")
    ]


async def test_a_second_run_changes_nothing(changes: Changes, counting: Counting, states: Path) -> None:
    await import_organizations(changes, states)
    before = await counting.everything()
    summary = await import_organizations(changes, states / "organos_garantes.json")
    assert await counting.everything() == before
    assert summary.unchanged == {"organizations": 32}


async def test_bad_rows_are_named(changes: Changes, counting: Counting, states: Path, tmp_path: Path) -> None:
    good = {
        "id": 1,
        "entidad": "Michoacan",
        "organo_siglas": "a",
        "organo_nombre": " Uno ",
        "organo_url": "www.a.mx",
    }
    rows = [
        good,
        good | {"id": "x"},
        good | {"id": 2, "organo_nombre": "  "},
        good | {"id": 3, "entidad": "Atlántida"},
        good | {"id": 4, "organo_url": "no es"},
        good,
        good | {"id": 5, "entidad": "Estado de México "},
    ]
    file = tmp_path / "organos_garantes.json"
    file.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")
    summary = await import_organizations(changes, tmp_path)
    assert summary.bad_rows == [
        BadRow(file.name, 3, "the id 'x' is not a whole number"),
        BadRow(file.name, 4, "the organo_nombre is empty"),
        BadRow(file.name, 6, "the organo_url 'no es' is no address of a website"),
        BadRow(file.name, 7, "the id 1 stands there twice"),
        BadRow(file.name, 5, "there is no state called 'Atlántida'"),
    ]
    assert [code for code, *_ in await counting.rows(BODIES)] == ["15", "16"]


async def test_the_states_come_first(changes: Changes, real_data: Path, counting: Counting) -> None:
    with pytest.raises(SetupError, match="run `hub import territories DIR` first"):
        await import_organizations(changes, real_data / "mexico-inai-2015")
    with pytest.raises(SetupError, match=r"There is no file .*organos_garantes\.json"):
        await import_organizations(changes, real_data / "polis")
    assert await counting.value("SELECT count(*) FROM event") == 0
