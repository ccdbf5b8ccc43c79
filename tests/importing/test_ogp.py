"""The Open Government Partnership's tables: working groups as bodies, countries as places, who leads commitments."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from hub.changes.change import Changes
from hub.errors import SetupError
from hub.importing.ogp import WORKING_GROUPS, import_ogp
from hub.importing.ogp_institutions import institutions_in
from hub.importing.rows import BadCell
from hub.importing.summary import BadRow, Unwatched
from hub.importing.territories import import_territories
from tests.importing.counting import Counting

GROUPS = """
    SELECT n.acronym, b.kind, b.state, e.title #>> '{translations,en,text}', p.imported_from
    FROM body b JOIN entry e USING (id) JOIN dated_name n ON n.entry_id = b.id LEFT JOIN entry p ON p.id = b.parent_id
    ORDER BY b.parent_id NULLS FIRST, n.acronym
"""
MEXICAN = """
    SELECT n.acronym, e.title #>> '{translations,es,text}'
    FROM organization o JOIN entry e USING (id) JOIN dated_name n ON n.entry_id = o.id
    JOIN territory t ON t.id = o.territory_id WHERE t.code = 'MX' AND n.acronym IS NOT NULL ORDER BY 1, 2
"""


async def test_the_partnership_its_groups_and_its_countries(
    changes: Changes, counting: Counting, real_data: Path
) -> None:
    summary = await import_ogp(changes, real_data / "ogp")
    # 1,927 and 558 commitments, as the README of the source says.
    assert (summary.read["commitments"], summary.added["bodies"]) == (1_927 + 558, 6)
    (partnership, *groups) = await counting.rows(GROUPS)
    assert partnership == ("OGP", "forum", "constituted", "Open Government Partnership", None)
    assert {acronym: name for acronym, _, _, name, _ in groups} == {
        acronym: english for acronym, (_, english) in WORKING_GROUPS.items()
    }
    assert {(kind, parent) for _, kind, _, _, parent in groups} == {("working_group", "ogp:partnership")}
    assert (
        summary.added["countries"]
        == await counting.value("SELECT count(*) FROM territory")
        == len(countries_of(real_data / "ogp"))
    )


def countries_of(directory: Path) -> set[str]:
    """Count the countries in another way: cities and states stand before theirs, and some have two names."""
    with (directory / "commitments_2016.csv").open(encoding="utf-8", newline="") as older:
        names = {row[0] for row in list(csv.reader(older))[2:]}
    with (directory / "open_parliament_2024.csv").open(encoding="utf-8", newline="") as newer:
        names |= {row["Country/Locality"].split(", ")[-1] for row in csv.DictReader(newer)}
    twice = {"Macedonia", "South Korea", "Slovakia", "UK", "USA"}
    return names - twice


async def test_mexico_is_the_country_that_was_there(changes: Changes, counting: Counting, real_data: Path) -> None:
    await import_territories(changes, real_data / "mexico-inegi")
    summary = await import_ogp(changes, real_data / "ogp")
    assert summary.unchanged["countries"] == 1
    assert await counting.value("SELECT count(*) FROM territory WHERE code = 'MX'") == 1
    assert ("INEGI", "Instituto Nacional de Estadística y Geografía") in await counting.rows(MEXICAN)


async def test_a_second_run_changes_nothing(changes: Changes, counting: Counting, real_data: Path) -> None:
    await import_ogp(changes, real_data / "ogp")
    before = await counting.everything()
    summary = await import_ogp(changes, real_data / "ogp")
    assert await counting.everything() == before
    assert not summary.changed_anything


class Stopping(Unwatched):
    """Ends the run after the first batch."""

    def advance(self, steps: int) -> None:
        raise KeyboardInterrupt


async def test_what_was_interrupted_is_gone_on_with(changes: Changes, counting: Counting, real_data: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        await import_ogp(changes, real_data / "ogp", progress=Stopping())
    assert await counting.value("SELECT count(*) FROM organization") == 100
    summary = await import_ogp(changes, real_data / "ogp")
    assert summary.unchanged["organizations"] == 100
    assert await counting.value("SELECT count(*) FROM organization") == 100 + summary.added["organizations"]
    assert not (await import_ogp(changes, real_data / "ogp")).changed_anything


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Secretaría de<br/>Hacienda y Crédito<br/>Público<br/>", [("Secretaría de Hacienda y Crédito Público", None)]),
        ("Secretaría de la Función Pública (SFP)", [("Secretaría de la Función Pública", "SFP")]),
        (
            "Ministry of Justice; High Council of Justice",
            [("Ministry of Justice", None), ("High Council of Justice", None)],
        ),
        ("Ministry of Labour, Health and Social Affairs", [("Ministry of Labour, Health and Social Affairs", None)]),
        ("Comisión Federal de EducaciÃ³n", [("Comisión Federal de Educación", None)]),
        ("None Specified", []),
    ],
)
def test_a_cell_is_read_as_it_was_meant(cell: str, names: list[tuple[str, str | None]]) -> None:
    assert [(one.name, one.acronym) for one in institutions_in(cell, "MX")] == names


@pytest.mark.parametrize(
    "cell",
    [
        "Secretaría de la Función Pública y Secretaría de Gobernación",
        "Artículo 19, Fundar",
        "Cabinet of Ministers, Chamber of Accounts",
        "Ministry " + "of everything " * 12,
    ],
)
def test_what_cannot_be_told_apart_is_refused(cell: str) -> None:
    with pytest.raises(BadCell):
        institutions_in(cell, "MX")


async def test_bad_rows_are_named(changes: Changes, counting: Counting, tmp_path: Path) -> None:
    groups = ",".join(WORKING_GROUPS)
    older = f"1,2,3,4,5,6,7\nCountry,Lead Institution,{groups}\nMexico,Uno,0,0,0,0,0\nAtlantis,Dos,0,0,0,0,0\nPeru,x\n"
    (tmp_path / "commitments_2016.csv").write_text(older, encoding="utf-8")
    newer = 'Country/Locality,Lead Institution\n"Jalisco, Mexico","Uno, Dos"\n'
    (tmp_path / "open_parliament_2024.csv").write_text(newer, encoding="utf-8")
    summary = await import_ogp(changes, tmp_path)
    assert summary.bad_rows == [
        BadRow("commitments_2016.csv", 4, "there is no country called 'Atlantis' in the catalogue"),
        BadRow("commitments_2016.csv", 5, "it has 2 cells where the first line names 7 columns"),
        BadRow(
            "open_parliament_2024.csv", 2, "the Lead Institution 'Uno, Dos' names several with no sign where one ends"
        ),
    ]
    assert await counting.value("SELECT count(*) FROM organization") == 1


async def test_another_directory_is_refused(changes: Changes, counting: Counting, real_data: Path) -> None:
    with pytest.raises(SetupError, match=r"lacks commitments_2016\.csv"):
        await import_ogp(changes, real_data / "polis")
    assert await counting.value("SELECT count(*) FROM event") == 0
