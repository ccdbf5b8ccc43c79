"""Protecting a breakdown: which cells of a table by category are shown, so that no withheld one can be made out.

The margins come first. The totals of the question are fixed before, since all its breakdowns share them; who answered
in each category is decided here, as a line of its own. Then every small cell is secured in the network of withheld
cells (`grid`, `network`): it could also hold k, while all that is shown stays as it is. Where what is public leaves no
room for that (three people in the whole country chose an option), it gets the room that it would have if the whole
inside of the table were withheld.

Each cell that is withheld besides takes part in such an alternative table, so none of them follows from what is shown.
And an alternative never needs other totals than those that every breakdown of the question could go with: that is why
breakdowns are protected one by one, and still cannot be read against each other.

Everything is reckoned without the answers that can be read one by one: whoever attacks has taken them away as well.
"""

from __future__ import annotations

from hub.statistics.counts import SMALLEST, require_possible
from hub.statistics.grid import Demand, Grid, Place
from hub.statistics.lines import Line, ProtectedLine, protect_line, withheld_line
from hub.statistics.network import COLUMN, ROW, Network, TooMuchWork
from hub.statistics.tables import ProtectedTable, Table
from hub.statistics.whole_rows import whole_rows


def protect(table: Table, *, totals: ProtectedLine, k: int = SMALLEST) -> ProtectedTable:
    """Return what may be shown of a breakdown of a question whose totals are shown as given."""
    require_possible(k)
    _require_totals_of(table, totals)
    answered = protect_line(_answered(table), k=k, total_is_public=totals.total.shown is not None)
    if totals.total.shown is None:
        # How many answered in all is withheld, and every category would say something of it.
        answered = withheld_line(answered)
    grid = Grid(table, totals=totals, hidden_rows=answered.withheld, k=k)
    return ProtectedTable(cells=grid.cells(_withheld(grid)), answered=answered, totals=totals)


def _withheld(grid: Grid) -> set[Place]:
    """Return the cells of the grid that must be withheld."""
    # Withheld totals of options that do not add up: the network knows of less room than there is (`grid`), and what it
    # cannot find is no proof that there is none. Then nothing inside is shown.
    must_meet_all = bool(grid.totals.withheld) and not grid.table.choices.is_single
    if must_meet_all and grid.has_thin_row:
        return grid.inside
    network = grid.network()
    try:
        are_met = [_secure(network, demand) for demand in grid.demands()]
    except TooMuchWork:
        return whole_rows(grid)
    return grid.inside if must_meet_all and not all(are_met) else network.withheld


def _secure(network: Network, demand: Demand) -> bool:
    """Withhold what it takes to meet a demand as far as it can be met; whether it was met."""
    row, column = demand.row, demand.column
    fall, rise = network.room[ROW][row][column], network.room[COLUMN][column][row]
    risen = network.secure(row, column, side=ROW, amount=min(demand.rise, rise))
    fallen = network.secure(column, row, side=COLUMN, amount=min(demand.fall, fall))
    if risen == fallen == 0:
        for free in (True, False):
            if network.secure(row, column, side=ROW, amount=min(1, rise), free=free) or network.secure(
                column, row, side=COLUMN, amount=min(1, fall), free=free
            ):
                break
    return risen >= demand.rise and fallen >= demand.fall


def _answered(table: Table) -> Line:
    """Return the line of those who answered in each category."""
    return Line(
        names=table.categories,
        counts=tuple(row.answered for row in table.counts),
        total=sum(row.answered for row in table.counts),
        published=tuple(row.answered for row in table.published),
        at_most=table.responses,
    )


def _require_totals_of(table: Table, totals: ProtectedLine) -> None:
    """Refuse totals that this table does not add up to."""
    sums = [sum(column) for column in zip(*(row.options for row in table.counts), strict=True)]
    shown = [found.shown for found in (*totals.cells, totals.total)]
    true = [*sums, sum(row.answered for row in table.counts)]
    if totals.names != table.options or any(a not in (None, b) for a, b in zip(shown, true, strict=True)):
        raise ValueError("These are not the totals of this table.")
