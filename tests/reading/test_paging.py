"""Keyset pages: each surviving row exactly once, whatever comes and goes meanwhile, in both directions."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.cast import a_citizen, a_coordinator_of, a_visitor
from tests.making.bodies import a_body
from tests.making.consultations import a_response, a_withdrawn_response, an_open_consultation
from tests.making.people import a_territory
from tests.talking import Somebody, Talking

PAGE = """
query ($first: Int, $after: String, $last: Int, $before: String, $order: TerritoryOrder) {
  territories(first: $first, after: $after, last: $last, before: $before, orderBy: $order) {
    edges { cursor node { name code } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""
NAMES = ("Álamos", "Bácum", "Nuevo", "Ñuñoa", "Oaxaca", "Nuevo", "álamos", "")


async def entered(hub: Talking, rows: list[tuple[str, str]]) -> None:
    """Write places plainly: several may have the same name, and the order must hold all the same."""
    async with hub.hub.engine.begin() as connection:
        for code, name in rows:
            await connection.exec_driver_sql(
                "INSERT INTO territory (id, kind, code, name, folded_name, former_names, catalogue)"
                " VALUES (gen_random_uuid(), 'state', $1, $2, lower($2), '{}', 'x')",
                (code, name),
            )


async def paged(hub: Talking, *, forwards: bool, order: str, size: int, between: Any) -> list[str]:
    """Walk through the whole list; call `between` after each page; return the codes in the order of the list."""
    found: list[str] = []
    at: str | None = None
    for _ in range(200):
        size_name, at_name = ("first", "after") if forwards else ("last", "before")
        data = await hub.ask(PAGE, {size_name: size, at_name: at, "order": order})
        page, codes = data["territories"], [edge["node"]["code"] for edge in data["territories"]["edges"]]
        found = [*found, *codes] if forwards else [*codes, *found]
        assert len(codes) <= size
        if codes:
            assert page["pageInfo"]["startCursor"] == page["edges"][0]["cursor"]
            assert page["pageInfo"]["endCursor"] == page["edges"][-1]["cursor"]
        if not page["pageInfo"]["hasNextPage" if forwards else "hasPreviousPage"]:
            return found
        assert codes, "A page without items says that there are more."
        at = page["pageInfo"]["endCursor" if forwards else "startCursor"]
        await between()
    raise AssertionError("The list does not end.")


@given(
    # Drawn whole: how often it is asked depends on rows alike, which stand in the order of their random ids.
    chance=st.integers(0, 2**32).map(random.Random),
    forwards=st.booleans(),
    order=st.sampled_from(["NAME_ASC", "NAME_DESC", "CODE_ASC"]),
    size=st.integers(1, 5),
)
@settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)
async def test_each_surviving_row_is_seen_once(
    hub: Talking, chance: random.Random, forwards: bool, order: str, size: int
) -> None:
    await hub.run("TRUNCATE territory CASCADE")
    first = [(f"{n:03}", chance.choice(NAMES)) for n in range(chance.randint(0, 18))]
    await entered(hub, first)
    gone: set[str] = set()
    come: list[str] = []

    async def between() -> None:
        for code in [code for code, _ in first if code not in gone and chance.random() < 0.08]:
            gone.add(code)
            await hub.run("DELETE FROM territory WHERE code = :code", code=code)
        if len(come) < 30 and chance.random() < 0.6:
            come.append(f"{500 + len(come)}")
            await entered(hub, [(come[-1], chance.choice(NAMES))])

    seen = await paged(hub, forwards=forwards, order=order, size=size, between=between)
    surviving = [code for code, _ in first if code not in gone]
    assert sorted(code for code in seen if code in surviving) == sorted(surviving)
    assert len(seen) == len(set(seen))
    # What is left stands in the order in which it was seen.
    rows = await hub.ask(
        "query ($o: TerritoryOrder) { territories(first: 100, orderBy: $o) { nodes { code } } }", {"o": order}
    )
    order_now = [node["code"] for node in rows["territories"]["nodes"]]
    assert [code for code in order_now if code in surviving] == [code for code in seen if code in surviving]


async def test_pages_meet_without_a_gap_in_both_directions(hub: Talking) -> None:
    await entered(hub, [(f"{n:03}", "Igual") for n in range(7)])

    async def nothing() -> None:
        return None

    forwards = await paged(hub, forwards=True, order="NAME_DESC", size=3, between=nothing)
    backwards = await paged(hub, forwards=False, order="NAME_DESC", size=2, between=nothing)
    assert forwards == backwards
    assert len(forwards) == 7


async def test_a_page_says_what_lies_around_it(hub: Talking) -> None:
    await entered(hub, [(f"{n}", f"{n}") for n in range(5)])
    whole = (await hub.ask(PAGE, {"first": 5}))["territories"]
    cursors = [edge["cursor"] for edge in whole["edges"]]

    async def around(**page: Any) -> tuple[str, bool, bool]:
        found = (await hub.ask(PAGE, page))["territories"]
        codes = "".join(edge["node"]["code"] for edge in found["edges"])
        return codes, found["pageInfo"]["hasPreviousPage"], found["pageInfo"]["hasNextPage"]

    assert await around() == ("01234", False, False)
    assert await around(first=2) == ("01", False, True)
    assert await around(first=2, after=cursors[1]) == ("23", True, True)
    assert await around(first=2, after=cursors[2]) == ("34", True, False)
    assert await around(first=2, after=cursors[4]) == ("", True, False)
    assert await around(last=2) == ("34", True, False)
    assert await around(last=2, before=cursors[3]) == ("12", True, True)
    assert await around(last=5, before=cursors[2]) == ("01", False, True)
    assert await around(last=2, before=cursors[0]) == ("", False, True)


async def test_only_the_question_whether_there_is_more_is_answered_too(hub: Talking) -> None:
    await entered(hub, [("1", "a"), ("2", "b")])
    asked = "{ territories(last: 1) { pageInfo { hasPreviousPage hasNextPage } } }"
    assert await hub.ask(asked) == {"territories": {"pageInfo": {"hasPreviousPage": True, "hasNextPage": False}}}


async def test_impossible_pages_are_refused_with_words(hub: Talking) -> None:
    await entered(hub, [(f"{n}", f"{n}") for n in range(3)])
    good = (await hub.ask(PAGE, {"first": 1}))["territories"]["pageInfo"]["endCursor"]
    by_code = (await hub.ask(PAGE, {"first": 1, "order": "CODE_ASC"}))["territories"]["pageInfo"]["endCursor"]
    other = (await hub.ask("{ changes(first: 1) { pageInfo { endCursor } } }"))["changes"]["pageInfo"]["endCursor"]
    refused: list[tuple[dict[str, Any], str]] = [
        ({"first": 0}, "BAD_PAGE"),
        ({"first": 101}, "BAD_PAGE"),
        ({"first": -1}, "BAD_PAGE"),
        ({"last": 0}, "BAD_PAGE"),
        ({"last": 2**31 - 1}, "BAD_PAGE"),
        ({"first": 1, "last": 1}, "FIRST_AND_LAST"),
        ({"last": 1, "after": good}, "CURSOR_AND_DIRECTION"),
        ({"first": 1, "before": good}, "CURSOR_AND_DIRECTION"),
        ({"after": by_code}, "BAD_CURSOR"),
        ({"after": ""}, "BAD_CURSOR"),
        ({"after": "x"}, "BAD_CURSOR"),
        ({"after": "WzEsMiwzXQ"}, "BAD_CURSOR"),
        ({"after": good[:-2]}, "BAD_CURSOR"),
        ({"after": good[:-1] + ("A" if good[-1] != "A" else "B")}, "BAD_CURSOR"),
        ({"after": "ñ" * 50}, "BAD_CURSOR"),
        ({"after": "W" * 5000}, "BAD_CURSOR"),
        ({"after": "bnVsbA"}, "BAD_CURSOR"),
        ({"after": "e30"}, "BAD_CURSOR"),
    ]
    if other is not None:
        refused.append(({"after": other}, "BAD_CURSOR"))
    for page, reason in refused:
        errors = await hub.ask(PAGE, page, expect_errors=True)
        assert [error["extensions"]["reason"] for error in errors] == [reason], page
        counted = "query ($first: Int, $after: String, $last: Int, $before: String, $order: TerritoryOrder) "
        counted += "{ territories(first: $first, after: $after, last: $last, before: $before, orderBy: $order) "
        counted += "{ totalCount } }"
        assert await hub.ask(counted, page, expect_errors=True), page


async def test_one_hundred_is_the_largest_page(hub: Talking) -> None:
    await entered(hub, [(f"{n:03}", f"{n:03}") for n in range(120)])
    for page, count in (({"first": 100}, 100), ({"last": 100}, 100), ({}, 20), ({"first": None}, 20)):
        assert len((await hub.ask(PAGE, page))["territories"]["edges"]) == count


async def test_a_cursor_of_a_nested_list_is_of_that_list_alone(hub: Talking) -> None:
    jalisco = await a_territory(hub, "Jalisco")
    for name in ("Tala", "Tequila", "Tonalá"):
        await a_territory(hub, name, parent_id=jalisco)
    nested = (
        "query ($id: ID!, $after: String) { node(id: $id) { ... on Territory { territories(first: 1, after: $after) "
    )
    nested += "{ nodes { name } pageInfo { endCursor } } } } }"
    variables = {"id": f"Territory_{jalisco}"}
    page = (await hub.ask(nested, variables))["node"]["territories"]
    assert page["nodes"] == [{"name": "Tala"}]
    cursor = page["pageInfo"]["endCursor"]
    again = (await hub.ask(nested, {**variables, "after": cursor}))["node"]["territories"]
    assert again["nodes"] == [{"name": "Tequila"}]
    errors = await hub.ask(PAGE, {"after": cursor}, expect_errors=True)
    assert errors[0]["extensions"]["reason"] == "BAD_CURSOR"


async def test_rows_of_the_same_instant_are_neither_lost_nor_repeated(hub: Talking) -> None:
    body = await a_body(hub)
    at = dt.datetime(2026, 9, 1, 15, 0, 0, 123456, tzinfo=dt.UTC)
    made = {(await an_open_consultation(hub, body, at=at, kept=False)).node for _ in range(5)}
    asked = "query ($after: String) { consultations(first: 2, after: $after, orderBy: CLOSES_ASC) "
    asked += "{ nodes { id } pageInfo { hasNextPage endCursor } } }"
    seen: list[str] = []
    after = None
    for _ in range(3):
        page = (await hub.ask(asked, {"after": after}))["consultations"]
        seen += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert sorted(seen) == sorted(made)


@pytest.mark.parametrize("name", ["ñu", "ÑU", "Ñuñoa", "nun", "san juan,", "SAN J"])
async def test_a_place_is_found_by_how_its_name_begins(hub: Talking, name: str) -> None:
    await a_territory(hub, "Ñuñoa")
    await a_territory(hub, "San Juan, el Alto")
    await a_territory(hub, "Oaxaca")
    data = await hub.ask("query ($n: String) { territories(filter: {name: $n}) { totalCount } }", {"n": name})
    assert data["territories"]["totalCount"] == 1


NOT_COUNTED = """
query ($id: ID!, $states: [ResponseState!], $first: Int, $after: String, $last: Int, $before: String) {
  responses(
    first: $first, after: $after, last: $last, before: $before, orderBy: RECEIVED_ASC,
    filter: {consultation: $id, state: $states}
  ) { edges { cursor node { id } } totalCount pageInfo { hasNextPage hasPreviousPage } }
}
"""


async def test_what_does_not_count_is_paged_to_whoever_sees_it(hub: Talking) -> None:
    """By whichever way they see it: their own, those that they analyse, and what is both is one row."""
    asked = await an_open_consultation(hub, await a_body(hub), at=dt.datetime(2026, 9, 1, 18, tzinfo=dt.UTC))
    cast = {name: await a_citizen(hub, name, at=asked.opens_at) for name in ("ana", "beto", "carla", "dora", "noé")}
    cast["julia"] = await a_coordinator_of(hub, asked.body_id, "julia", at=asked.opens_at)
    cast["luis"] = await a_coordinator_of(hub, await a_body(hub, "Otra", acronym="OTRA"), "luis", at=asked.opens_at)
    given = {name: await a_response(hub, asked, cast[name]) for name in ("dora", "noé")}
    await a_withdrawn_response(hub, asked, cast["dora"])
    for n, name in enumerate(("ana", "julia", "luis", "beto")):
        at = asked.closed + dt.timedelta(hours=n)
        given[name] = await a_response(hub, asked, cast[name], at=at)
    names = {f"Response_{response.id}": name for name, response in given.items()}

    async def seen(by: Somebody, states: list[str], *, forwards: bool) -> list[str]:
        """Walk through the whole list in pages of two."""
        found: list[str] = []
        size, place, more, fewer = ("first", "after", "hasNextPage", "hasPreviousPage")
        if not forwards:
            size, place, more, fewer = ("last", "before", fewer, more)
        at, total = None, None
        while True:
            variables = {"id": asked.node, "states": states, size: 2, place: at}
            with hub.at(asked.over):
                page = (await hub.ask(NOT_COUNTED, variables, by=by))["responses"]
            here = [names[edge["node"]["id"]] for edge in page["edges"]]
            assert page["pageInfo"][fewer] is (at is not None)
            assert total in (None, page["totalCount"])
            found, total = [*found, *here] if forwards else [*here, *found], page["totalCount"]
            if not page["pageInfo"][more]:
                assert len(found) == total
                return found
            at = page["edges"][-1 if forwards else 0]["cursor"]

    late = ["ana", "julia", "luis", "beto"]
    for forwards in (True, False):
        for who in ("carla", "noé", "dora"):
            assert await seen(cast[who], ["HELD"], forwards=forwards) == []
        assert await seen(a_visitor(), ["HELD", "WITHDRAWN"], forwards=forwards) == []
        for who in late:
            expected = late if who == "julia" else [who]
            assert await seen(cast[who], ["HELD"], forwards=forwards) == expected, who
        assert await seen(cast["dora"], ["HELD", "WITHDRAWN"], forwards=forwards) == ["dora"]
        assert await seen(cast["julia"], ["WITHDRAWN", "HELD"], forwards=forwards) == ["dora", *late]
        assert await seen(cast["ana"], ["HELD", "ACCEPTED"], forwards=forwards) == ["noé", "ana"]
        assert await seen(cast["ana"], [], forwards=forwards) == []
