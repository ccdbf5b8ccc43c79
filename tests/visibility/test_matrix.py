"""Who × what × every way that leads there: each cell of the table, asked as its viewer asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from graphql_schema.schema import graphql
from hub.identity import authenticating
from hub.settings import Settings
from hub.viewer import Role
from tests.conftest import fresh_database
from tests.failures.test_canaries import documents
from tests.talking import talking
from tests.visibility.parts import PARTS
from tests.visibility.people import NOW
from tests.visibility.table import LINES, VIEWERS
from tests.visibility.things import TABLE_OF
from tests.visibility.ways import (
    ALIASES,
    LISTS,
    NESTED,
    NODES,
    every_list,
    in_pages,
    listed_types,
    miscounted,
    neighbours,
    one_by_one,
    told_ids,
)
from tests.visibility.world import UNNAMED, World, a_world


@pytest.fixture(scope="module")
async def world(template: str, data: Path) -> AsyncIterator[World]:
    """One world for the whole matrix."""
    settings = Settings(data=data, database_url=None, keys=None)
    async with fresh_database(template) as url, talking(settings, url) as hub:
        made = await a_world(hub)
        with pytest.MonkeyPatch.context() as patch, hub.at(NOW):
            patch.setattr(authenticating, "BELIEVED", 0.0)
            yield made


# ---- the table itself -----------------------------------------------------------------------------------------------


def test_every_type_and_every_role_is_in_the_table() -> None:
    """A type that can be asked for by its id has lines, and a role that can be given has somebody who looks."""
    nodes = {type_.name for type_ in graphql.get_possible_types(graphql.type_map["Node"])}  # type: ignore[arg-type]
    assert {*TABLE_OF} == nodes
    assert {line.type for line in LINES.values()} - {"Change", "Kept"} == nodes
    assert [role for role in Role if not any(role.value in who for who in VIEWERS.values())] == []
    assert listed_types() == {*LISTS}


async def test_every_row_is_in_one_line_and_every_line_is_asked_for(world: World) -> None:
    """Nothing is in the world that the table does not speak of: so what is counted can be compared."""
    for type_, table in TABLE_OF.items():
        there = [f"{type_}_{row['id']}" for row in await world.hub.rows(f'SELECT id FROM "{table}"')]
        lines = [id_ for ids in world.things.values() for id_ in ids if id_.startswith(f"{type_}_")]
        lines += [id_ for ids in world.own.get(type_, {}).values() for id_ in ids]
        assert sorted(there) == sorted(lines), type_
    about_things = {name for name, line in LINES.items() if not line.field and line.type in TABLE_OF}
    assert {name for name in about_things if LINES[name].type not in world.own} <= {*world.things}
    assert {*world.things} <= about_things
    assert {*LINES} - about_things - {*PARTS} - UNNAMED == {
        "Change: of what is published",
        "Change: of what is not, or was hidden",
        "Kept: a token",
        "Kept: the code of an invitation",
    }


# ---- by id, in lists, around each other ------------------------------------------------------------------------------


@pytest.mark.parametrize("letter", VIEWERS)
async def test_by_id(world: World, letter: str) -> None:
    """`node` and `nodes` answer what the table says, and null for everything else."""
    who, seen = world.viewers[letter], world.seen_by(letter)
    for ids in in_pages(world.everything()):
        found = (await world.hub.ask(NODES, {"ids": ids}, by=who))["nodes"]
        assert found == [{"__typename": id_.partition("_")[0], "id": id_} if id_ in seen else None for id_ in ids]
    for ids in in_pages(world.everything(), ALIASES):
        answers = (await world.hub.ask(one_by_one(ids), by=who)).values()
        assert [*answers] == [{"id": id_} if id_ in seen else None for id_ in ids]


@pytest.mark.parametrize("letter", VIEWERS)
async def test_in_lists(world: World, letter: str) -> None:
    """Each list holds what the table says, and counts no more than that."""
    who, seen = world.viewers[letter], world.seen_by(letter)
    data = await world.hub.ask(every_list(), by=who)
    assert [*miscounted(data)] == []
    for name, (type_, _) in LISTS.items():
        expected = {id_ for id_ in seen if id_.startswith(f"{type_}_")}
        assert {node["id"] for node in data[name]["nodes"]} == expected, name
        assert data[name]["totalCount"] == len(expected), name


@pytest.mark.parametrize("letter", VIEWERS)
async def test_around_each_other(world: World, letter: str) -> None:
    """From each thing to its neighbours, and from the roots: nobody meets anything, or any word, that is not theirs."""
    who, seen = world.viewers[letter], world.seen_by(letter)
    found = ""
    for type_ in TABLE_OF:
        for ids in in_pages(world.everything(type_)):
            found += await _heard(world, neighbours(type_), {"ids": ids}, by=who)
    around = ""
    for document in documents(NESTED):
        around += await _heard(world, document, None, by=who)
    assert told_ids(found + around, world) - seen == set()
    told = {name for name, word in world.words.items() if word in found}
    assert told == {name for name in UNNAMED if letter in LINES[name].told}
    assert [secret for secret in (*world.cast.secrets, *world.held.codes) if secret in found + around] == []


async def _heard(world: World, document: str, variables: Any, *, by: Any) -> str:
    """Ask, and return the whole answer as it came; every list in it counts what it shows."""
    response = await world.hub.post(document, variables, by=by)
    answer = response.json()
    assert "errors" not in answer, answer["errors"]
    assert [*miscounted(answer["data"])] == [], document
    return response.text


@pytest.mark.parametrize("letter", VIEWERS)
async def test_parts(world: World, letter: str) -> None:
    """What of a thing fewer are told than know of it: null for everybody else."""
    aliases = [
        f'p{n}: node(id: "{things(world)[0]}") {{ ... on {LINES[name].type} {{ {field} }} }}'
        for n, (name, (things, field)) in enumerate(PARTS.items())
    ]
    data = await world.hub.ask("{ " + " ".join(aliases) + " }", by=world.viewers[letter])
    told = {}
    for n, name in enumerate(PARTS):
        thing = data[f"p{n}"]
        told[name] = thing is not None and [*thing.values()] != [None]
    assert told == {name: letter in LINES[name].told for name in PARTS}
