"""Every column of every table is somebody's, or somebody has said why it is nobody's."""

from __future__ import annotations

import inspect

import hub.models
from hub.personal_data.collecting import IN_RESPONSES, field_of
from hub.personal_data.contents import KEPT, OF_NOBODY, PERSONAL
from hub.personal_data.printing import STATES, WORDED, WORDED_IN
from hub.personal_data.registry import Fate
from hub.wording import LABELS, LANGUAGES, NOTES

TABLES = {
    table.name: {column.name for column in table.columns}
    for table in hub.models.metadata.tables.values()
    if table.name != "alembic_version"
}


def test_every_column_is_registered() -> None:
    """A new column is classed in the commit that adds it (`hub/personal_data/of_*.py`)."""
    registered: dict[str, set[str]] = {}
    for held in PERSONAL:
        registered.setdefault(held.table.name, set()).update(held.columns)
    assert registered.keys() & OF_NOBODY.keys() == set()
    registered |= {name: nobodys.columns for name, nobodys in OF_NOBODY.items()}
    missing = {f"{name}.{column}" for name in TABLES for column in TABLES[name] - registered.get(name, set())}
    assert missing == set()
    unknown = {f"{name}.{column}" for name in registered for column in registered[name] - TABLES.get(name, set())}
    assert unknown == set()


def test_what_is_not_told_and_what_is_nobodys_has_a_reason() -> None:
    """Reasons for what a copy does not tell are read by people, and stand in the catalogue."""
    assert {why for held in PERSONAL for why in held.untold.values()} == LABELS["untold"].keys()
    reasons = [nobodys.reason for nobodys in OF_NOBODY.values()]
    assert [reason for reason in reasons if not (reason[0].isupper() and reason.endswith("."))] == []


def test_what_stays_has_a_reason_in_both_languages() -> None:
    """Whatever an erasure leaves of somebody's rows is told to them, before and after."""
    silent = [held.section for held in PERSONAL if held.fate is Fate.KEPT and held.kept is None]
    assert silent == []
    assert {code: set(NOTES[code]) for code in KEPT} == {code: set(LANGUAGES) for code in KEPT}


def test_a_copy_has_words_for_every_section_and_field() -> None:
    told = [held for held in PERSONAL if held.told or held.sealed]
    assert {held.section for held in told} == LABELS["personal_section"].keys()
    fields = {field_of(name) for held in told for name in held.told_columns}
    fields |= {name for held in told for name in held.sealed.values()}
    # What a choice reads like stands beside its codes.
    assert fields | {"option", "row"} == LABELS["personal_field"].keys()
    assert {*WORDED.values(), *STATES.values(), *WORDED_IN.values()} <= LABELS.keys()
    assert {*IN_RESPONSES} < {held.section for held in told}


def test_rows_are_found_by_the_person_alone() -> None:
    """Each condition is asked of one row and one subject, and by nothing else."""
    for held in PERSONAL:
        assert len(inspect.signature(held.whose).parameters) == 2, held.section
        assert held.emptied == "" or held.fate in (Fate.UNLINKED, Fate.SPOKEN_FOR), held.section
