"""Whole rows: how a table is protected that is too large for its cheapest cells to be looked for.

Where the inside of some rows is withheld as a whole, a cell of theirs can be anything up to the smaller one of what its
row and its column have in these rows together; no search is needed to know it. This withholds more than is necessary,
and never less.
"""

from __future__ import annotations

from hub.statistics.grid import Grid, Place


def whole_rows(grid: Grid) -> set[Place]:
    """Return the cells to withhold: all of the rows that hold a withheld cell, and of as many others as it takes."""
    if grid.totals.withheld or not grid.table.choices.is_single:
        return grid.inside
    within = {row for row, _ in grid.withheld} | set(range(len(grid.shown_rows), len(grid.rows)))
    by_size = sorted(range(len(grid.rows)), key=lambda row: (grid.rows[row].answered, row))
    for demand in grid.demands():
        of_column = [row.options[demand.column] for row in grid.rows]
        wanted = min(grid.k, sum(of_column))
        for row in by_size:
            if sum(of_column[one] for one in within) >= wanted:
                break
            if of_column[row] > 0:
                within.add(row)
    if len(within) == 1:
        # A row alone has the columns' sums.
        within |= {next((row for row in by_size if row not in within and grid.rows[row].answered > 0), by_size[0])}
    return {(row, column) for row, column in grid.inside if row in within}
