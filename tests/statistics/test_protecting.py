"""Breakdowns: whoever tries all numbers that could be learns nothing small, and nothing that is withheld."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings

from hub.statistics.counts import Cell
from hub.statistics.lines import withheld_line
from hub.statistics.tables import Counted
from tests.statistics.attacking import Row, attack
from tests.statistics.worlds import World, seen, worlds

QUICK = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))

NOTHING = Cell(None)


def require_protected(world: World) -> None:
    """Attack a question with all its breakdowns, and assert that nothing came of it that was not public anyway."""
    totals, tables = world.published()
    insides = [replace(table, cells=tuple((NOTHING,) * len(row) for row in table.cells)) for table in tables]
    margins = [replace(table, answered=withheld_line(table.answered)) for table in insides]
    bare = replace(totals, cells=(NOTHING,) * len(totals.cells))

    found, found_totals = attack(seen(world, totals, tables))
    # What would be known if only the margins were shown, only the totals, or only how many answered. Seldom needed.
    without_insides = cache(lambda: attack(seen(world, totals, insides))[0])
    without_rows = cache(lambda: attack(seen(world, totals, margins))[0])
    without_totals = cache(lambda: attack(seen(world, bare, margins))[1])

    if world.totals_are_public:
        assert found_totals == {(world.everybody.answered, *world.everybody.options)}
    else:
        require_safe_row(world, totals.cells, world.everybody, world.readable, found_totals, without_totals)
    for dimension, table in enumerate(tables):
        true = world.table(dimension)
        for row, cells in enumerate(table.cells):
            counts, known, rows = true.counts[row], true.published[row], found[dimension][row]
            require_safe_row(world, cells, counts, known, rows, lambda d=dimension, r=row: without_insides()[d][r])
            require_safe(
                world,
                table.answered.cells[row],
                true=counts.answered,
                published=known.answered,
                found={one[0] for one in rows},
                anyway=lambda d=dimension, r=row: {one[0] for one in without_rows()[d][r]},
            )


def require_safe_row(
    world: World,
    cells: Sequence[Cell],
    true: Counted,
    published: Counted,
    found: set[Row],
    anyway: Callable[[], set[Row]],
) -> None:
    """Assert that the options of some people are protected: who chose one and, of several choices, who did not."""
    chosen, others = (lambda answered, count: count), (lambda answered, count: answered - count)
    for column, cell in enumerate(cells):
        for side in [chosen] if world.choices.is_single else [chosen, others]:
            require_safe(
                world,
                cell,
                true=side(true.answered, true.options[column]),
                published=side(published.answered, published.options[column]),
                found={side(one[0], one[column + 1]) for one in found},
                anyway=lambda of=side, n=column: {of(one[0], one[n + 1]) for one in anyway()},
            )


def require_safe(
    world: World, cell: Cell, *, true: int, published: int, found: set[int], anyway: Callable[[], set[int]]
) -> None:
    """Assert that a count is shown only if it is large, and that else no more is known of it than is known anyway."""
    assert true in found
    if cell.shown is not None:
        assert found == {true}
        assert not world.is_small(true, published)
    elif len(found) == 1:
        assert anyway() == found
    if world.is_small(true, published) and max(found) - published < world.k:
        assert max(found) == max(anyway())


@QUICK
@given(worlds())
def test_no_table_gives_a_cell_away(world: World) -> None:
    require_protected(world)


@QUICK
@given(worlds(single=False, people=12, side=3))
def test_no_table_of_several_choices_gives_a_cell_away(world: World) -> None:
    require_protected(world)


@QUICK
@given(worlds(dimensions=2, people=16, side=3))
def test_breakdowns_side_by_side_give_no_cell_away(world: World) -> None:
    require_protected(world)


@pytest.mark.nightly
@LONG
@given(worlds(people=40, cells=16))
def test_no_table_gives_a_cell_away_in_a_long_run(world: World) -> None:
    require_protected(world)


@pytest.mark.nightly
@LONG
@given(worlds(single=False, people=18, side=3, dimensions=2))
def test_no_table_of_several_choices_gives_a_cell_away_in_a_long_run(world: World) -> None:
    require_protected(world)
