"""Figures: what a release shows of what was counted. Every decision about what is withheld is made by hub.statistics.

The totals of a question are decided first, and shared by its breakdowns. Those of a public question are public to the
last answer, so all of them are shown; everything else is protected, with whatever can be read one by one taken into
account. A published answer counts as one whose category is known, also where only somebody's acquaintances know it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from hub.consultations.divisions import NONE, TOTAL, Count, Division
from hub.consultations.lineages import MEASURED, Lineage
from hub.consultations.questionnaire_models import QuestionKind
from hub.consultations.result_models import Dimension
from hub.consultations.tabulating import BROKEN_DOWN, Counts, Divisions
from hub.statistics.lines import Line, ProtectedLine, exact_line, protect_line
from hub.statistics.protecting import protect
from hub.statistics.tables import Counted, Table

ANSWERED = ""
"""The item under which it stands how many answered."""

WHOLE = Division()
"""The division of a total."""


@dataclass(frozen=True)
class Cell:
    """A figure as it is shown."""

    category: str
    row: str
    item: str
    count: int | None
    median: Decimal | None = None
    lower_quartile: Decimal | None = None
    upper_quartile: Decimal | None = None
    points: int | None = None

    @property
    def key(self) -> str:
        """What names it within its table."""
        return f"{self.category}/{self.row}/{self.item}"


@dataclass
class Figures:
    """One table of a release: what is shown of it, and what it was before."""

    lineage_id: UUID | None
    dimension: Dimension
    position: int
    division: Division
    exact: bool
    """Whether it is public to the last answer, so that it may follow any earlier state."""
    truth: dict[str, int] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)

    @property
    def place(self) -> tuple[UUID | None, Dimension]:
        """Which table it is, in every release."""
        return self.lineage_id, self.dimension


Withheld = Mapping[tuple[UUID | None, Dimension], frozenset[str]]
"""The keys of the cells that the last state withheld, by table."""


def figures_of(
    lineages: list[Lineage], counts: Counts, divisions: Divisions, *, k: int, withheld: Withheld
) -> Iterator[Figures]:
    """Give every table of a release, the totals of each question before its breakdowns."""
    yield _responses(counts, Dimension.TOTAL, WHOLE, k=k)
    for dimension in BROKEN_DOWN:
        if dimension in divisions:
            yield _responses(counts, dimension, divisions[dimension], k=k)
    for lineage in lineages:
        drawing = Drawing(lineage, counts, k)
        yield drawing.total()
        for dimension in BROKEN_DOWN:
            # Also where there is one category, which says what the total says: a later state may have another.
            if dimension in divisions:
                known = withheld.get((lineage.id, dimension), frozenset())
                yield drawing.breakdown(dimension, divisions[dimension], known)


def _responses(counts: Counts, dimension: Dimension, division: Division, *, k: int) -> Figures:
    found = [counts.responses.get((dimension, category), NONE) for category in division.categories]
    line = _line(division.categories, found)
    total = dimension is Dimension.TOTAL
    shown = exact_line(line) if total else protect_line(line, k=k, total_is_public=True)
    figures = Figures(None, dimension, _position(0, dimension), division, exact=total)
    _note(figures, "", Table(division.categories, ("responses",), _counted([found]), _counted([found], published=True)))
    for category, cell in zip(division.categories, shown.cells, strict=True):
        figures.cells.append(Cell(category, "", ANSWERED, cell.shown))
    return figures


class Drawing:
    """The tables of one question under construction: its totals are decided once."""

    def __init__(self, lineage: Lineage, counts: Counts, k: int) -> None:
        self.lineage, self.counts, self.k = _with_all_items(lineage, counts), counts, k
        self._totals: dict[str, ProtectedLine] = {}

    def total(self) -> Figures:
        """Return the totals of the question, which are exact where it is public."""
        figures = self._figures(Dimension.TOTAL, WHOLE)
        for row in self.lineage.rows:
            answered = self._answered(row, Dimension.TOTAL, TOTAL)
            items = [self._item(row, Dimension.TOTAL, TOTAL, item) for item in self.lineage.items]
            line = Line(
                names=self.lineage.items or ("answered",),
                counts=tuple(count.all for count in items) or (answered.all,),
                total=answered.all,
                published=tuple(count.published for count in items) or (answered.published,),
                published_total=answered.published,
                total_at_most=self.counts.responses.get((Dimension.TOTAL, TOTAL), NONE).all,
                choices=self.lineage.choices,
            )
            shown = exact_line(line) if self.lineage.is_public else protect_line(line, k=self.k)
            self._totals[row] = shown
            complete = not shown.withheld and shown.total.shown is not None
            figures.cells.append(self._middle(row, Dimension.TOTAL, TOTAL, shown.total.shown, complete=complete))
            for place, item in enumerate(self.lineage.items):
                points = self._points(item) if complete else None
                figures.cells.append(Cell(TOTAL, row, item, shown.cells[place].shown, points=points))
            _note(figures, row, self._table(row, Dimension.TOTAL, WHOLE))
        return figures

    def breakdown(self, dimension: Dimension, division: Division, withheld: frozenset[str]) -> Figures:
        """Return the question by the categories of a dimension."""
        figures = self._figures(dimension, division)
        for row in self.lineage.rows:
            if self.lineage.is_broken_down_by_items:
                self._by_items(figures, row, withheld)
            else:
                self._answers_only(figures, row)
        return figures

    def _by_items(self, figures: Figures, row: str, withheld: frozenset[str]) -> None:
        dimension, division = figures.dimension, figures.division
        before = frozenset(
            (category, item)
            for category in division.categories
            for item in self.lineage.items
            if f"{category}/{row}/{item}" in withheld
        )
        table = self._table(row, dimension, division, withheld=before)
        shown = protect(table, totals=self._totals[row], k=self.k)
        for category, cells, answered in zip(division.categories, shown.cells, shown.answered.cells, strict=True):
            complete = answered.shown is not None and all(cell.shown is not None for cell in cells)
            figures.cells.append(self._middle(row, dimension, category, answered.shown, complete=complete))
            for item, cell in zip(self.lineage.items, cells, strict=True):
                figures.cells.append(Cell(category, row, item, cell.shown))
        _note(figures, row, table)

    def _answers_only(self, figures: Figures, row: str) -> None:
        dimension, categories = figures.dimension, figures.division.categories
        found = [self._answered(row, dimension, category) for category in categories]
        line = _line(categories, found, at_most=self._responses(dimension, categories))
        is_shown = self._totals[row].total.shown is not None
        shown = protect_line(line, k=self.k, total_is_public=True) if is_shown else None
        for place, category in enumerate(categories):
            count = shown.cells[place].shown if shown else None
            figures.cells.append(self._middle(row, dimension, category, count, complete=count is not None))
        _note(figures, row, Table(categories, ("answered",), _counted([found]), _counted([found], published=True)))

    # ---- what is counted -----------------------------------------------------------------------------------------

    def _figures(self, dimension: Dimension, division: Division) -> Figures:
        exact = self.lineage.is_public and dimension is Dimension.TOTAL
        position = _position(self.lineage.position, dimension)
        return Figures(self.lineage.id, dimension, position, division, exact=exact)

    def _item(self, row: str, dimension: Dimension, category: str, item: str) -> Count:
        return self.counts.item(self.lineage.id, row, dimension, category, item)

    def _answered(self, row: str, dimension: Dimension, category: str) -> Count:
        if self.lineage.items and self.lineage.choices.is_single and self.lineage.kind is not QuestionKind.PLACE:
            # Everybody gave one item: of a matrix, each of its rows has its own people.
            found = [self._item(row, dimension, category, item) for item in self.lineage.items]
            return Count(sum(count.all for count in found), sum(count.published for count in found))
        return self.counts.answered.get((self.lineage.id, dimension, category), NONE)

    def _responses(self, dimension: Dimension, categories: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(self.counts.responses.get((dimension, category), NONE).all for category in categories)

    def _table(
        self, row: str, dimension: Dimension, division: Division, *, withheld: frozenset[tuple[str, str]] = frozenset()
    ) -> Table:
        categories = division.categories
        answered = [self._answered(row, dimension, category) for category in categories]
        items = [[self._item(row, dimension, category, item) for category in categories] for item in self.lineage.items]
        return Table(
            categories=categories,
            options=self.lineage.items or ("answered",),
            counts=_counted(items or [answered], answered),
            published=_counted(items or [answered], answered, published=True),
            responses=self._responses(dimension, categories),
            choices=self.lineage.choices,
            withheld=withheld,
        )

    # ---- middles and points --------------------------------------------------------------------------------------

    def _middle(self, row: str, dimension: Dimension, category: str, count: int | None, *, complete: bool) -> Cell:
        """Return how many answered, with the middles where so many did that none of them is somebody's own answer."""
        answered = self._answered(row, dimension, category)
        exact = self.lineage.is_public and dimension is Dimension.TOTAL
        middles = self.counts.middles.get((self.lineage.id, dimension, category))
        # The middle point of a scale tells nothing that its points do not, as long as all of them are shown.
        enough = count is not None and complete and (exact or not answered.is_small(self.k))
        if self.lineage.kind not in MEASURED or middles is None or not enough:
            return Cell(category, row, ANSWERED, count)
        lower, median, upper = middles
        if dimension is not Dimension.TOTAL:
            return Cell(category, row, ANSWERED, count, median)
        return Cell(category, row, ANSWERED, count, median, lower, upper)

    def _points(self, item: str) -> int | None:
        """Return the points of a ranking's option; asked for only where every first place is shown."""
        if self.lineage.kind is not QuestionKind.RANKING:
            return None
        return self.counts.points.get((self.lineage.id, item), 0)


def _with_all_items(lineage: Lineage, counts: Counts) -> Lineage:
    """Return a question with what was answered besides what it offers: a place outside the states."""
    found = {item for row in lineage.rows for item in counts.items.get((lineage.id, row, Dimension.TOTAL, TOTAL), {})}
    return replace(lineage, items=(*lineage.items, *sorted(found - set(lineage.items))))


def _position(question: int, dimension: Dimension) -> int:
    return question * len(Dimension) + list(Dimension).index(dimension)


def _line(names: tuple[str, ...], counts: list[Count], *, at_most: tuple[int, ...] = ()) -> Line:
    return Line(
        names=names,
        counts=tuple(count.all for count in counts),
        total=sum(count.all for count in counts),
        published=tuple(count.published for count in counts),
        at_most=at_most,
    )


def _counted(
    items: list[list[Count]], answered: list[Count] | None = None, *, published: bool = False
) -> tuple[Counted, ...]:
    """Return the rows of a table from its columns."""
    rows = zip(*items, strict=True)
    people = answered or items[0]
    return tuple(
        Counted(tuple(_of(count, published=published) for count in row), _of(people[n], published=published))
        for n, row in enumerate(rows)
    )


def _of(count: Count, *, published: bool) -> int:
    return count.published if published else count.all


def _note(figures: Figures, row: str, table: Table) -> None:
    """Keep what was counted, in the form in which a later state is compared with it."""
    for name, count in table.true_counts().items():
        if figures.exact and name[0] != "all":
            continue  # What is public to the last answer is compared by nothing else.
        figures.truth["/".join((row, *name))] = count
