"""Does the planner answer as the reference executor does? Random operations, random worlds, random viewers.

Both routes get the same document, variables, viewer, languages and instant. One is the hub's own endpoint over HTTP,
the other `reference.py`. Data must be equal with the order of its keys, errors must have the same paths, and what one
refuses as malformed the other must refuse too.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLNonNull
from graphql.pyutils import camel_to_snake
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Text, case, cast, func, null

from graphql_schema.schema import graphql, printed
from hub.keys import load
from hub.reading.readable import Expression, readables
from hub.settings import Settings
from tests.conftest import fresh_database
from tests.reading.ground import Hidden, Thing
from tests.reading.operations import Drawn, Generator
from tests.reading.reference import Reference, reference_schema
from tests.reading.worlds import KINDS, NOW, OTHER_SEEDS, SEEDS, made
from tests.talking import Somebody, Talking, talking

LANGUAGES: dict[str, tuple[str, ...]] = {
    "": ("es",),
    "en-US, es;q=0.5": ("en", "es"),
    "nah, en;q=0.9, fr;q=0.1": ("nah", "en"),
    "zz;q=0, *": ("es",),
    "fr-CH, de;q=0.8": ("fr", "de"),
    "yua;q=0.3,esa": ("esa", "yua"),
}
"""What callers send, and the languages that it means."""

MOMENT = dt.timedelta(microseconds=1)


@dataclass
class Pair:
    """One world behind both routes."""

    seed: int
    hub: Talking
    reference: Reference

    def __repr__(self) -> str:
        """Name the world, so that a failure can be read."""
        return f"the world of seed {self.seed}"


@pytest.fixture(scope="module")
async def pairs(template: str, data: Path) -> AsyncIterator[list[Pair]]:
    """The worlds of this run, each in a database of its own."""
    async with AsyncExitStack() as leaving:
        found = [await a_pair(leaving, template, data, seed) for seed in SEEDS]
        with left_alone():
            yield found


@pytest.fixture(scope="module")
async def broken_pairs(template: str, data: Path) -> AsyncIterator[list[Pair]]:
    """Other worlds, behind a schema that promises more than its data keeps."""
    async with AsyncExitStack() as leaving:
        with pytest.MonkeyPatch.context() as patch:
            break_promises(patch)
            found = [await a_pair(leaving, template, data, seed, broken=is_broken) for seed in OTHER_SEEDS]
        with left_alone():
            yield found


@pytest.fixture
def promises_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Break the promises while one test runs: the worlds of the others keep theirs, in whichever order they run."""
    break_promises(monkeypatch)


@contextmanager
def left_alone() -> Iterator[None]:
    """Let the garbage collector leave alone what was made so far: it would go through all of it, again and again."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


async def a_pair(
    leaving: AsyncExitStack, template: str, data: Path, seed: int, broken: Hidden = lambda thing, field: False
) -> Pair:
    """Make a world and open both routes to it."""
    known = Settings(data=data, database_url=None, keys=None)
    keys, schema = load(known.keys_file, make=True), reference_schema(printed())
    url = await leaving.enter_async_context(fresh_database(template))
    world = await made(url, random.Random(seed), keys)
    opened = await leaving.enter_async_context(talking(known, url))
    return Pair(seed, opened, Reference(world, keys, schema, broken))


# ---- promises broken on purpose ---------------------------------------------------------------------------------

PROMISED_ROWS = (
    ("Consultation", "mandate"),
    ("Response", "revision"),
    ("Answer", "question"),
    ("Organization", "territory"),
    ("Representation", "person"),
    ("ResultTable", "question"),
    ("ResultCategory", "median"),
    ("ResultItem", "count"),
    ("QuestionTally", "median"),
    ("WordingTally", "revision"),
)
"""Nullable fields that the schema of these tests says are never null: visibility and rows decide otherwise."""

BROKEN_ROWS = ("Body.kind", "Consultation.purpose", "Response.mine", "Mandate.overdue")
"""Fields that are NULL for the rows whose id ends in one of these digits."""

DIGITS = "0123"


def is_broken(thing: Thing, field: str) -> bool:
    """Whether a promise of the schema is broken here, as the reference sees it."""
    if thing.type == "Translation" and field == "text":
        return bool(thing.row["language"] == "nah")
    if thing.type == "OptionTally" and field == "count":
        return bool(thing.row["code"] == "o1")
    if thing.type == "FacetCount" and field == "count":
        return bool(thing.row["code"] == "INDIVIDUAL")
    if thing.type == "ChannelCount" and field == "count":
        return bool(thing.row["channel"] == "PAPER")
    if thing.type == "Moment" and field == "zone":
        return bool(thing.row["zone"] == "UTC")
    return f"{thing.type}.{field}" in BROKEN_ROWS and str(thing.row.id)[-1] in DIGITS


def break_promises(patch: pytest.MonkeyPatch) -> None:
    """Break the same promises in the planner's sources, and promise more in the schema."""

    def holds(row: Any) -> Any:
        return func.right(cast(row.id, Text), 1).not_in(list(DIGITS))

    def broken(type_: str, name: str, keeps: Any) -> None:
        source = readables[type_].fields.get(name)
        of = source.of if isinstance(source, Expression) else lambda row, call: getattr(row, name)
        only = Expression(lambda row, call: case((keeps(row), of(row, call)), else_=null()))
        patch.setitem(readables[type_].fields, name, only)

    for name in BROKEN_ROWS:
        type_, _, field = name.partition(".")
        broken(type_, camel_to_snake(field), holds)
    broken("Translation", "text", lambda row: row.key != "nah")
    broken("OptionTally", "count", lambda row: row.code != "o1")
    broken("FacetCount", "count", lambda row: row.code != "individual")
    broken("ChannelCount", "count", lambda row: row.value != "paper")
    broken("Moment", "zone", lambda row: row.zone != "UTC")
    for type_, field in PROMISED_ROWS:
        found = graphql.type_map[type_].fields[field]  # type: ignore[union-attr]
        patch.setattr(found, "type", GraphQLNonNull(found.type))


@dataclass(frozen=True)
class Asking:
    """Who asks, when, in which languages."""

    by: Somebody
    at: dt.datetime
    languages: str


def drawn(pair: Pair, chance: random.Random, *, malformed: bool = True) -> tuple[Drawn, Asking]:
    """Draw an operation and who sends it."""
    world = pair.reference.world
    moments = [draft.expires_at for draft in world.response_draft]
    for asked in world.consultation:
        moments += [asked.opens_at, asked.closes_at, asked.counted_until, asked.late_until]
    near = [moment for moment in moments if abs(moment - NOW) < dt.timedelta(days=900)]
    at = chance.choice((NOW, NOW, *near)) - chance.choice((0, 0, 1)) * MOMENT
    asking = Asking(chance.choice(world.viewers), at, chance.choice(list(LANGUAGES)))
    pair.reference.look(asking.by, at, LANGUAGES[asking.languages])
    return Generator(chance, pair.reference, malformed=malformed).drawn(), asking


async def compare(pair: Pair, operation: Drawn, asking: Asking) -> str:
    """Send an operation along both routes and compare; return how it ended."""
    expected = pair.reference.execute(
        operation.text,
        operation.variables,
        by=asking.by,
        at=asking.at,
        languages=LANGUAGES[asking.languages],
    )
    with pair.hub.at(asking.at):
        response = await pair.hub.post(
            operation.text, operation.variables, by=asking.by, headers={"accept-language": asking.languages}
        )
    answer = response.json()
    reasons = {error["extensions"].get("reason") for error in answer.get("errors", [])}
    if reasons & {"TOO_MANY_BRANCHES", "TOO_MANY_ALIASES"}:
        return "too large"
    if expected.refused or "data" not in answer:
        refused = "data" not in answer and response.status_code == 400
        assert (refused, None not in reasons) == (expected.refused, True), told(operation, asking, expected, answer)
        return "refused"
    same = ordered(answer["data"]) == ordered(expected.data)
    paths = sorted(map(str, (error["path"] for error in answer.get("errors", []))))
    assert same, told(operation, asking, expected, answer)
    assert paths == sorted(map(str, expected.broken)), told(operation, asking, expected, answer)
    return "broken" if paths else "answered"


def ordered(value: Any) -> Any:
    """Return a value in which the order of keys counts."""
    if isinstance(value, dict):
        return [(key, ordered(part)) for key, part in value.items()]
    return [ordered(part) for part in value] if isinstance(value, list) else value


def told(operation: Drawn, asking: Asking, expected: Any, answer: Any) -> str:
    """Say what differs, readably."""
    where = difference(expected.data, answer.get("data"), "data")
    lines = [
        f"{operation!r}",
        f"by {asking.by.name} at {asking.at} in {asking.languages!r}",
        f"first difference: {where}",
    ]
    lines += [f"expected: {shortened(expected)}", f"answered: {shortened(answer)}"]
    return "\n".join(lines)


def shortened(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(getattr(value, "__dict__", value), ensure_ascii=False)
    return text if len(text) < 3_000 else text[:3_000] + "…"


def difference(left: Any, right: Any, path: str) -> str:
    """Return the first place where two values differ."""
    if isinstance(left, dict) and isinstance(right, dict):
        if list(left) != list(right):
            return f"{path}: the keys {list(left)} and {list(right)}"
        return next((d for key in left if (d := difference(left[key], right[key], f"{path}.{key}"))), "")
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        return next(
            (d for n, pair in enumerate(zip(left, right, strict=True)) if (d := difference(*pair, f"{path}[{n}]"))), ""
        )
    return "" if left == right else f"{path}: {shortened(left)[:400]} and {shortened(right)[:400]}"


CHANCES = st.randoms(use_true_random=True)
"""Hypothesis chooses a seed and no more: what it draws by itself is simple, alike, and never long."""


def many(examples: int) -> Any:
    """Return the settings of a run of so many random operations.

    The first difference ends it: making it smaller, or looking for more, would take hours. The printed blob repeats it.
    """
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=False,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
        report_multiple_bugs=False,
        print_blob=True,
    )


async def test_the_worlds_have_public_counts_of_everything(pairs: list[Pair]) -> None:
    """Where all are alike or none are seen, every way of counting them is right."""
    told: set[str] = set()
    for reference in (pair.reference for pair in pairs):
        reference.look(Somebody("a visitor"), NOW, ("es",))
        for question in reference.world.question:
            if reference.sees("Question", question) and reference.Question_tally(question):
                told |= {question.kind} if answered_variously(reference, question) else set()
        for asked in reference.world.consultation:
            if reference.sees("Consultation", asked) and reference.Consultation_participation(asked):
                told |= {asked.identity_policy} if reference.in_force(asked) else set()
    assert {*KINDS, "invited"} - {"notice"} - told == set()


def answered_variously(reference: Reference, question: Any) -> bool:
    """Whether the answers to a question differ as far as its counts tell; in a ranking there must be later places."""
    counted = reference.counted(question)
    chosen = [choice for answer in counted for choice in reference.chosen(answer)]
    if question.kind == "ranking":
        return any(choice.place > 1 for choice in chosen)
    said = {(a.text, a.number, a.day, a.territory_id, a.agreed, a.file_id) for a in counted}
    return len(said) > 1 or len({choice.option_code for choice in chosen}) > 1


@given(chance=CHANCES, world=st.sampled_from(range(len(SEEDS))))
@many(200)
async def test_the_planner_answers_as_the_reference_does(pairs: list[Pair], chance: random.Random, world: int) -> None:
    await compare(pairs[world], *drawn(pairs[world], chance))


@pytest.mark.usefixtures("promises_broken")
@given(chance=CHANCES, world=st.sampled_from(range(len(OTHER_SEEDS))))
@many(100)
async def test_nulls_reach_as_far_as_they_must(broken_pairs: list[Pair], chance: random.Random, world: int) -> None:
    await compare(broken_pairs[world], *drawn(broken_pairs[world], chance, malformed=False))


@pytest.mark.nightly
@given(chance=CHANCES, world=st.sampled_from(range(len(SEEDS))))
@many(1_000)
async def test_the_planner_answers_a_thousand_times(pairs: list[Pair], chance: random.Random, world: int) -> None:
    await compare(pairs[world], *drawn(pairs[world], chance))


@pytest.mark.nightly
@pytest.mark.usefixtures("promises_broken")
@given(chance=CHANCES, world=st.sampled_from(range(len(OTHER_SEEDS))))
@many(500)
async def test_nulls_reach_far_five_hundred_times(broken_pairs: list[Pair], chance: random.Random, world: int) -> None:
    await compare(broken_pairs[world], *drawn(broken_pairs[world], chance, malformed=False))
