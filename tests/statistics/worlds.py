"""Small worlds: some people, what they answered to one question, and what of it they let be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from hub.statistics.counts import Choices, is_small
from hub.statistics.lines import Line, ProtectedLine, exact_line, protect_line
from hub.statistics.protecting import protect
from hub.statistics.tables import Counted, ProtectedTable, Table
from tests.statistics.attacking import Breakdown, Question, Seen

SECRET, WITHOUT_CATEGORY, READABLE = range(3)
"""What can be read of a person's answer: nothing, what they chose, or that and which categories they belong to."""


@dataclass(frozen=True)
class Person:
    """Somebody with their category in each dimension, what they chose if they answered, and what can be read of it."""

    categories: tuple[int, ...]
    chosen: frozenset[int] | None
    readable: int


@dataclass(frozen=True)
class World:
    """A question and the people who were asked it."""

    people: tuple[Person, ...]
    options: int
    sizes: tuple[int, ...]
    """How many categories each dimension has."""
    choices: Choices
    k: int
    totals_are_public: bool

    def counted(self, belongs: Callable[[Person], bool]) -> Counted:
        """Return what these people answered."""
        chosen = [person.chosen for person in self.people if person.chosen is not None and belongs(person)]
        return Counted(tuple(sum(j in one for one in chosen) for j in range(self.options)), len(chosen))

    @property
    def everybody(self) -> Counted:
        return self.counted(lambda person: True)

    @property
    def readable(self) -> Counted:
        return self.counted(lambda person: person.readable >= WITHOUT_CATEGORY)

    def line(self) -> Line:
        return Line(
            names=names("option", self.options),
            counts=self.everybody.options,
            total=self.everybody.answered,
            published=self.readable.options,
            published_total=self.readable.answered,
            total_at_most=len(self.people),
            choices=self.choices,
        )

    def totals(self) -> ProtectedLine:
        return exact_line(self.line()) if self.totals_are_public else protect_line(self.line(), k=self.k)

    def table(self, dimension: int) -> Table:
        categories = range(self.sizes[dimension])

        def of(category: int, *, least: int) -> Counted:
            return self.counted(lambda one: one.categories[dimension] == category and one.readable >= least)

        return Table(
            categories=names("category", self.sizes[dimension]),
            options=names("option", self.options),
            counts=tuple(of(category, least=SECRET) for category in categories),
            published=tuple(of(category, least=READABLE) for category in categories),
            responses=self.responses(dimension),
            choices=self.choices,
        )

    def responses(self, dimension: int) -> tuple[int, ...]:
        categories = range(self.sizes[dimension])
        return tuple(sum(one.categories[dimension] == category for one in self.people) for category in categories)

    def published(self) -> tuple[ProtectedLine, list[ProtectedTable]]:
        """Return the question as the hub would publish it."""
        totals = self.totals()
        return totals, [protect(self.table(d), totals=totals, k=self.k) for d in range(len(self.sizes))]

    def is_small(self, count: int, published: int) -> bool:
        return is_small(count, published, k=self.k)


def names(what: str, size: int) -> tuple[str, ...]:
    """Return as many names."""
    return tuple(f"{what} {number}" for number in range(size))


def seen(world: World, totals: ProtectedLine, tables: list[ProtectedTable]) -> Question:
    """Return what of a publication everybody sees."""
    everybody = (world.readable.answered, *world.readable.options)
    return Question(
        totals=Seen(totals.total.shown, tuple(one.shown for one in totals.cells), everybody, len(world.people)),
        breakdowns=tuple(
            Breakdown(
                tuple(
                    Seen(answered.shown, tuple(one.shown for one in row), (known.answered, *known.options), responses)
                    for answered, row, known, responses in zip(
                        table.answered.cells, table.cells, true.published, true.responses, strict=True
                    )
                )
            )
            for table, true in zip(tables, map(world.table, range(len(tables))), strict=True)
        ),
        least=world.choices.least,
        most=world.choices.most,
    )


def a_world(
    seed: int, *, sizes: tuple[int, ...], options: int, choices: Choices, k: int, people: int, totals_are_public: bool
) -> World:
    """Make a world by chance: in most cells as many people as k or a few more, in some hardly any."""
    chance = Random(seed)
    silent, secret = chance.choice([0, 0, 0.2]), chance.choice([1, 1, 0.6, 0.2])
    few = chance.choice([0.1, 0.3, 0.6])
    found = []
    for category in range(sizes[0]):
        for option in range(options):
            count = chance.randint(0, k - 1) if chance.random() < few else chance.randint(k, k + 2)
            for _ in range(min(count, people - len(found))):
                more = chance.randint(choices.least, choices.most) - 1
                others = chance.sample([j for j in range(options) if j != option], max(0, more))
                found.append(
                    Person(
                        (category, *(chance.randrange(size) for size in sizes[1:])),
                        None if chance.random() < silent else frozenset([option, *others][: more + 1]),
                        SECRET if chance.random() < secret else chance.choice([WITHOUT_CATEGORY, READABLE, READABLE]),
                    )
                )
    return World(tuple(found), options, sizes, choices, k, totals_are_public)


@st.composite
def worlds(
    draw: st.DrawFn, *, single: bool = True, people: int = 40, cells: int = 12, side: int = 4, dimensions: int = 1
) -> World:
    """Draw a small world, with counts around k."""
    options = draw(st.integers(1, side))
    sizes = tuple(draw(st.integers(1, max(1, min(side, cells // options)))) for _ in range(dimensions))
    least = 1 if single else draw(st.integers(0, min(2, options)))
    return a_world(
        draw(st.integers(0, 2**32)),
        sizes=sizes,
        options=options,
        choices=Choices(least, 1 if single else draw(st.integers(max(1, least), options))),
        k=draw(st.integers(2, 3)),
        people=people,
        totals_are_public=draw(st.booleans()),
    )
