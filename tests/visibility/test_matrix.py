"""Who × what × every way that leads there: each cell of the table, asked as its viewer asks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from graphql_schema.schema import graphql
from hub.errors import SetupError
from hub.exporting.asking import Unwatched, Visitor
from hub.exporting.consultations import export_consultation
from hub.identity import authenticating
from hub.settings import Settings
from hub.viewer import Role
from tests.conftest import fresh_database
from tests.personal_data.acting import REQUEST, fetched
from tests.talking import Somebody, talking
from tests.transport.streaming import Socket, connected, events, serving
from tests.visibility.parts import PARTS
from tests.visibility.people import NOW
from tests.visibility.table import LINES, VIEWERS
from tests.visibility.things import TABLE_OF
from tests.visibility.ways import (
    ALIASES,
    CHANGES,
    FOLLOWED,
    LISTS,
    NODES,
    SEARCH,
    by_folio,
    every_list,
    in_pages,
    listed_types,
    miscounted,
    neighbours,
    one_by_one,
    roots,
    told_ids,
)
from tests.visibility.world import UNNAMED, World, a_world

OF_THE_REGISTER = ("Consultation", "Mandate", "Organization", "Body", "Study", "Session", "Agreement")
"""What the change feed tells of in this world, whose instruments are written past the acts."""


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


@pytest.mark.parametrize("letter", "ORKE")
async def test_by_a_token_that_reads_what_is_public(world: World, letter: str) -> None:
    """A scope is necessary: whoever made such a token, its bearer is told what everybody is told, and no more."""
    who, seen = world.narrow[letter], world.seen_by("V")
    for ids in in_pages(world.everything()):
        found = (await world.hub.ask(NODES, {"ids": ids}, by=who))["nodes"]
        assert [one["id"] for one in found if one] == [id_ for id_ in ids if id_ in seen]
        for type_ in {id_.partition("_")[0] for id_ in ids}:
            # The words in the answers are watched over: this caller goes by the name of a visitor.
            of_type = [id_ for id_ in ids if id_.startswith(f"{type_}_")]
            assert told_ids(await _heard(world, neighbours(type_), {"ids": of_type}, by=who), world) - seen == set()
    assert await world.hub.ask(every_list(), by=who) == await world.hub.ask(every_list())


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
    for document in roots():
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


# ---- names, search, the change feed ----------------------------------------------------------------------------------


@pytest.mark.parametrize("letter", VIEWERS)
async def test_by_name(world: World, letter: str) -> None:
    """What has a folio is found by it by those who see it; to everybody else the folio means nothing."""
    who, seen = world.viewers[letter], world.seen_by(letter)
    rows = await world.hub.rows("SELECT id, kind, folio FROM entry WHERE folio IS NOT NULL ORDER BY folio")
    for type_ in ("Consultation", "Mandate"):
        named = {row["folio"]: f"{type_}_{row['id']}" for row in rows if row["kind"] == type_}
        assert {*world.things[f"{type_}: hidden"]} <= {*named.values()}
        found = await world.hub.ask(by_folio(type_.lower(), named), by=who)
        assert [*found.values()] == [{"id": id_} if id_ in seen else None for id_ in named.values()]


@pytest.mark.parametrize("letter", VIEWERS)
async def test_in_search(world: World, letter: str) -> None:
    """The words of a title find what may be seen, and count no more."""
    for name in ("Consultation: draft", "Consultation: draft of another body", "Consultation: hidden"):
        found = await world.hub.ask(SEARCH, {"text": world.words[name]}, by=world.viewers[letter])
        expected = world.things[name] if letter in LINES[name].told else []
        assert found["consultations"] == {"totalCount": len(expected), "nodes": [{"id": id_} for id_ in expected]}
        assert {node["id"] for node in found["mandates"]["nodes"]} <= world.seen_by(letter)


@pytest.mark.parametrize("letter", VIEWERS)
async def test_in_the_change_feed(world: World, letter: str) -> None:
    """It is the same for everybody: what happened to what is published, and nothing of what is not or was hidden."""
    nodes, count = await _changes(world, by=world.viewers[letter])
    records = {node["record"]["id"] for node in nodes if node["record"]}
    told = {name.partition(": ")[2] for name, line in LINES.items() if line.type == "Change" and letter in line.told}
    assert told == {"of what is published"}
    assert records == {id_ for id_ in world.seen_by("V") if id_.partition("_")[0] in OF_THE_REGISTER}
    entries = [id_.partition("_")[2] for id_ in records]
    happened = "SELECT position FROM event WHERE public AND (entry_id IS NULL OR entry_id = ANY(CAST(:ids AS uuid[])))"
    positions = {str(row["position"]) for row in await world.hub.rows(happened, ids=entries)}
    assert {str(node["position"]) for node in nodes} == positions
    assert count == len(nodes) == len(positions)
    reserved = {id_ for name, ids in world.things.items() if name.endswith("for the members alone") for id_ in ids}
    told_of = {row["entity_id"] for row in await world.hub.rows("SELECT entity_id FROM event WHERE public")}
    assert {id_ for id_ in reserved if UUID(id_.partition("_")[2]) in told_of} == set()
    assert (nodes, count) == await _changes(world)


async def _changes(world: World, by: Somebody | None = None) -> tuple[list[Any], int]:
    """Return all public changes, page by page, and how many the list says that there are."""
    nodes: list[Any] = []
    page: dict[str, Any] = {"pageInfo": {"hasNextPage": True, "endCursor": None}}
    while page["pageInfo"]["hasNextPage"]:
        page = (await world.hub.ask(CHANGES, {"after": page["pageInfo"]["endCursor"]}, by=by))["changes"]
        nodes += page["nodes"]
    return nodes, page["totalCount"]


# ---- what is followed, exported, and one's own -----------------------------------------------------------------------


async def test_followed(world: World) -> None:
    """In both ways: whoever sees a consultation is told of it, everybody else gets null and the end."""
    asked = sorted(world.everything("Consultation"))
    async with serving(world.hub) as port:
        for letter, who in world.viewers.items():
            by, seen = who if who.token else None, world.seen_by(letter)
            async with connected(port, by=by) as socket:
                told = [await _told(socket, id_, number) for number, id_ in enumerate(asked)]
            assert told_ids(str(told), world) - seen == set()
            assert [one is not None for one in told] == [id_ in seen for id_ in asked]
            for state in ("draft", "hidden"):
                id_ = world.held.asked[state].node
                async with events(port, FOLLOWED, {"id": id_}, by=by) as stream:
                    assert await stream.next() == ("next", {"data": {"consultation": told[asked.index(id_)]}})


async def _told(socket: Socket, id_: str, number: int) -> Any:
    """Return what is told first to whoever follows a consultation."""
    await socket.subscribe(FOLLOWED, {"id": id_}, id=str(number))
    heard = await socket.hear()
    while heard["id"] != str(number) or heard["type"] == "complete":
        heard = await socket.hear()
    assert heard["type"] == "next", heard
    told = heard["payload"]["data"]["consultation"]
    if told is None:
        assert await socket.hear() == {"id": str(number), "type": "complete"}
    else:
        await socket.say(id=str(number), type="complete")
    return told


async def test_exported(world: World, tmp_path: Path) -> None:
    """An export is made for everybody: it is of what everybody sees, and holds what everybody is told."""
    visitor = Visitor(world.hub.hub.executor, world.hub.hub.changes, at=NOW)
    seen = world.seen_by("V")
    for number, id_ in enumerate(sorted(world.everything("Consultation"))):
        folder = tmp_path / str(number)
        if id_ not in seen:
            with pytest.raises(SetupError):
                await export_consultation(visitor, id_, folder, overwrite=False, progress=Unwatched())
            assert not folder.exists()
            continue
        await export_consultation(visitor, id_, folder, overwrite=False, progress=Unwatched())
        text = "".join(file.read_text(encoding="utf-8") for file in folder.iterdir())
        assert told_ids(text, world) - seen == set()
        public = {"Response.answers: public", "Response.respondentName: let be published"}
        told = {name for name, word in world.words.items() if word in text}
        assert told == (public if id_ == world.held.asked["closed"].node else set())


OWN: Mapping[str, set[str]] = {
    "O": {
        *[name for name, line in LINES.items() if (line.type, line.field) == ("Response", "answers")],
        "Response.respondentName: let be published",
        # What she answered is named in her copy, though it was hidden since.
        "Consultation: hidden",
        "Representation.evidence: asked for by Ana",
        "Kept: a mail address",
        "Kept: a provider's name for somebody",
        "Kept: what Ana began and did not send",
    }
    - {"Response.answers: an organisation's while it is open", "Response.answers: anonymous while it is open"},
    "K": {"RoleGrant.personName: the coordinator's", "RoleGrant.reason: the coordinator's"},
    "M": {
        "Recusal.reason: in a point for the members alone",
        "InterestDeclaration.matter: of a member",
        "VoteEvent.votes: while it is open",
        "VoteEvent.votes: under a point for the members alone",
        "Observation.text: on what is circulated",
        "Observation.text: on what is published",
    },
    "F": {"RoleGrant.endReason: of who kept the papers once", "Membership.reason: of who sat there once"},
}
"""What each copy of everything about oneself holds of what people wrote: the words about oneself, and nobody else's."""


@pytest.mark.parametrize("letter", [letter for letter in VIEWERS if letter not in "VPQ"])
async def test_in_one_s_own_data(world: World, letter: str) -> None:
    """Whatever roles somebody holds, their copy is about themselves."""
    who = world.viewers[letter]
    path = (await world.hub.act(REQUEST, {"language": "es"}, by=who))["path"]
    for other in world.viewers.values():
        if other is not who:
            assert (await fetched(world.hub, path, other))[0] in (401, 403, 404)
    status, archive = await fetched(world.hub, path, who)
    assert status == 200
    assert {name for name, word in world.words.items() if word in archive.whole} == OWN.get(letter, set())
    people = {str(somebody.person_id) for somebody in world.viewers.values() if somebody.viewer.person_id}
    assert {id_ for id_ in people if id_ in archive.whole} <= {str(who.person_id)}
