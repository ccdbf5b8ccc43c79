"""The network of withheld cells: how far one of them could be another number while all that is shown stays as it is.

Rows and columns are nodes, and a withheld cell joins its row to its column. With all margins fixed, one cell can be
larger only if another of its row is smaller, for which another of that column is larger, and so on until the chain
comes back: an alternating cycle. So the largest value of a cell is a question of maximal flow from its row to its
column, in which a cell that may fall by `n` is an arc of capacity `n` from its row to its column, and a cell that may
rise an arc in the other direction; and the cells that must be withheld besides are found as the cheapest way for what
is lacking, at the price of the information that is lost, where what is withheld already costs nothing.

That exact disclosure and bounds in a table of two dimensions are such questions: D. Gusfield, "A Graph Theoretic
Approach to Statistical Data Security", SIAM Journal on Computing 17 (1988). Withholding along cheapest cycles: J. P.
Kelly, B. L. Golden and A. A. Assad, "Cell Suppression: Disclosure Protection for Sensitive Tabular Data", Networks 22
(1992). Exact solutions, of which this is a heuristic: M. Fischetti and J. J. Salazar-González, "Models and Algorithms
for the 2-Dimensional Cell Suppression Problem in Statistical Disclosure Control", Mathematical Programming 84 (1999).
A survey: J. Castro, "Recent Advances in Optimization Techniques for Statistical Tabular Data Protection", European
Journal of Operational Research 216 (2012).
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

ROW, COLUMN = 0, 1

WORK = 700_000
"""How many steps may be taken for one table (a second or so) before it is given up as too large."""


class TooMuchWork(Exception):
    """The table is too large for the cheapest cells to be looked for."""


class Arc(NamedTuple):
    """A step from a node to one of the other side."""

    side: int
    start: int
    end: int


class Network:
    """The cells of a table that are withheld, and those that might be, with the room that each of them has."""

    def __init__(
        self,
        *,
        fall: Sequence[Sequence[int]],
        rise: Sequence[Sequence[int]],
        price: Sequence[Sequence[int]],
        withheld: Iterable[tuple[int, int]],
        wide: int,
        work: int = WORK,
    ) -> None:
        """Take the table by rows; `wide` is the most that is ever asked for."""
        rows, columns = range(len(fall)), range(len(fall[0]) if fall else 0)
        self.room = ([list(row) for row in fall], [[rise[r][c] for r in rows] for c in columns])
        self.price = ([list(row) for row in price], [[price[r][c] for r in rows] for c in columns])
        self._leaving = [[sum(room) for room in side] for side in self.room]
        self._entering = [[sum(room) for room in zip(*side, strict=True)] for side in self.room]
        self.withheld: set[tuple[int, int]] = set()
        self._open = ([0] * len(rows), [0] * len(columns))
        self._wide = ([0] * len(rows), [0] * len(columns))
        self._amount = wide
        self._work = work
        self._pushed: list[tuple[Arc, int]] = []
        for row, column in withheld:
            self.withhold(row, column)

    def withhold(self, row: int, column: int) -> None:
        """Take a cell among the withheld ones."""
        if (row, column) not in self.withheld:
            self.withheld.add((row, column))
            self.price[ROW][row][column] = self.price[COLUMN][column][row] = 0
            self._reopen(row, column)

    def secure(self, start: int, end: int, *, side: int, amount: int, free: bool = False) -> int:
        """Withhold what it takes for a cell to change by this amount, or by as much as is possible; return how much.

        A cell rises by a flow from its row to its column, and falls by one from its column to its row. If it is to be
        free, nothing more is withheld.
        """
        amount = self._possible(start, end, side=side, at_most=amount)
        if amount == 0:
            return 0
        if self._way(start, end, side=side, masks=self._wide) is not None:
            return amount
        if self._around(start, end, side=side) >= amount:
            return amount
        reached = 0
        while reached < amount and (way := self._way(start, end, side=side, masks=self._open)) is not None:
            reached += self._push(way, at_most=amount - reached)
        while not free and reached < amount:
            lacking = amount - reached
            found = self._cheapest(start, end, side=side, least=lacking)
            if found is None and lacking > 1:
                found = self._cheapest(start, end, side=side, least=1)
            if found is None:
                break
            for arc in found:
                self.withhold(*_cell(arc))
            reached += self._push(found, at_most=lacking)
        self._take_back()
        return reached

    def _possible(self, start: int, end: int, *, side: int, at_most: int) -> int:
        """Return what leaves the start or enters the end if all cells are withheld: no more can flow."""
        itself = self.room[side][start][end]
        return int(min(at_most, self._leaving[side][start] - itself, self._entering[side][end] - itself))

    def _around(self, start: int, end: int, *, side: int) -> int:
        """Return what flows at least through withheld cells, by cycles of four cells that share none of their room."""
        forward, backward = self._open[side], self._open[1 - side]
        leaving = dict(enumerate(self.room[side][start]))
        first = forward[start] & ~(1 << end)
        flow = 0
        for node, marks in enumerate(forward):
            entering = self.room[side][node][end] if marks >> end & 1 and node != start else 0
            across = first
            while across and entering and flow < self._amount:
                bit = across & -across
                across ^= bit
                other = bit.bit_length() - 1
                if backward[other] >> node & 1:
                    amount = min(entering, leaving[other], self.room[1 - side][other][node])
                    entering -= amount
                    leaving[other] -= amount
                    flow += amount
                    if not leaving[other]:
                        first ^= bit
                self._spend(1)
        return flow

    def _way(self, start: int, end: int, *, side: int, masks: tuple[list[int], list[int]]) -> list[Arc] | None:
        """Return a shortest way through withheld cells. The nodes that a node leads to are the bits of a number."""
        forward, backward = masks[side], masks[1 - side]
        goal = 1 << end
        seen, seen_across = 1 << start, goal
        everybody = (1 << len(forward)) - 1
        before: dict[int, int] = {}
        before_across: dict[int, int] = {}
        queue = [start]
        for node in queue:
            self._spend(1)
            # The arc from the start to the end is the cell itself, which cannot make room for its own change.
            if forward[node] & goal and node != start:
                return _walked(node, end, side=side, before=before, before_across=before_across)
            reached = forward[node] & ~seen_across
            seen_across |= reached
            if seen == everybody:
                continue
            while reached:
                bit = reached & -reached
                reached ^= bit
                across = bit.bit_length() - 1
                before_across[across] = node
                back = backward[across] & ~seen
                self._spend(1)
                seen |= back
                while back:
                    bit = back & -back
                    back ^= bit
                    before[bit.bit_length() - 1] = across
                    queue.append(bit.bit_length() - 1)
        return None

    def _cheapest(self, start: int, end: int, *, side: int, least: int) -> list[Arc] | None:
        """Return the way with this much room that costs the least information; among equals, always the same."""
        sizes = (len(self.room[ROW]), len(self.room[COLUMN]))
        costs = ([math.inf] * sizes[ROW], [math.inf] * sizes[COLUMN])
        before: tuple[dict[int, int], dict[int, int]] = ({}, {})
        costs[side][start] = 0
        heap: list[tuple[float, int, int]] = [(0, side, start)]
        while heap:
            cost, here, node = heapq.heappop(heap)
            if cost > costs[here][node]:
                continue
            if here != side and node == end:
                return _walked(before[here][end], end, side=side, before=before[side], before_across=before[1 - side])
            across = 1 - here
            cheapest, came = costs[across], before[across]
            self._spend(sizes[across])
            direct = end if here == side and node == start else -1
            for other, (room, price) in enumerate(zip(self.room[here][node], self.price[here][node], strict=True)):
                if room >= least and cost + price < cheapest[other] and other != direct:
                    cheapest[other] = cost + price
                    came[other] = node
                    heapq.heappush(heap, (cost + price, across, other))
        return None

    def _push(self, way: list[Arc], *, at_most: int) -> int:
        """Send as much as there is room for along a way, and return how much; what is sent can be taken back."""
        amount = min(at_most, *(self.room[side][start][end] for side, start, end in way))
        self._spend(4 * len(way))
        for arc in way:
            self._move(arc, amount)
            self._pushed.append((arc, amount))
        return amount

    def _take_back(self) -> None:
        """Let the table hold its true counts again."""
        for arc, amount in reversed(self._pushed):
            self._move(arc, -amount)
        self._pushed.clear()

    def _move(self, arc: Arc, amount: int) -> None:
        self.room[arc.side][arc.start][arc.end] -= amount
        self.room[1 - arc.side][arc.end][arc.start] += amount
        self._reopen(*_cell(arc))

    def _reopen(self, row: int, column: int) -> None:
        """Mark in which directions a withheld cell may change."""
        if (row, column) in self.withheld:
            for side, start, end in ((ROW, row, column), (COLUMN, column, row)):
                room = self.room[side][start][end]
                for marks, enough in ((self._open, 1), (self._wide, self._amount)):
                    marks[side][start] = marks[side][start] & ~(1 << end) | (room >= enough) << end

    def _spend(self, work: int) -> None:
        self._work -= work
        if self._work < 0:
            raise TooMuchWork


def _cell(arc: Arc) -> tuple[int, int]:
    """Return the cell that an arc changes, by its row and its column."""
    return (arc.start, arc.end) if arc.side == ROW else (arc.end, arc.start)


def _walked(last: int, end: int, *, side: int, before: dict[int, int], before_across: dict[int, int]) -> list[Arc]:
    """Return the arcs that were walked to the last node and from it to the end."""
    arcs = [Arc(side, last, end)]
    node = last
    while node in before:
        across = before[node]
        arcs.append(Arc(1 - side, across, node))
        node = before_across[across]
        arcs.append(Arc(side, node, across))
    return arcs[::-1]
