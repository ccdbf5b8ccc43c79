"""The price of an operation: what follows from sizes, conditions, fragments and types."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphql_schema.pricing import POINTS_FOR_AN_ACT
from tests.cast import a_citizen
from tests.price.priced import COST, a_limited_hub, price
from tests.talking import Talking


@pytest.mark.parametrize(("first", "nodes"), [
    ("1", 1), ("100", 100), ("null", 20), ("0", 1), ("-5", 1), ("101", 100), ("2147483647", 100), ("$n", 20),
])  # fmt: skip
def test_a_page_costs_its_size_as_far_as_it_may_be(first: str, nodes: int) -> None:
    # What may not be asked for is refused later, with words of its own; until then it costs what could be asked for.
    used = "viewer { represents(first: $n) { pageInfo { hasNextPage } } }"
    text = f"query ($n: Int) {{ {used} territories(first: {first}) {{ nodes {{ id }} }} }}"
    assert price(text).nodes == nodes


@pytest.mark.parametrize(("value", "nodes"), [
    (None, 20), (7, 7), (7.0, 7), (10**300, 100), (-1, 1), (0, 1), ("7", 1), ([1, 2], 2), ({"a": 1}, 1),
    (True, 1), (float("inf"), 100), (float("nan"), 1), (1e308, 100),
])  # fmt: skip
def test_any_value_of_a_variable_has_a_price(value: object, nodes: int) -> None:
    assert price("query ($n: Int) { territories(first: $n) { nodes { id } } }", {"n": value}).nodes == nodes


def test_a_variable_may_come_three_pages_deep() -> None:
    text = """query ($n: Int!) { territories(first: $n) { nodes { territories(first: $n) { nodes {
        territories(first: $n) { nodes { id } } } } } } }"""
    assert [price(text, {"n": n}).nodes for n in (1, 10, 50)] == [3, 1_110, 127_550]
    assert price(text, {"n": 100}).nodes == 1_000_000, "A price ends at a million."


def test_the_two_forms_of_a_page_are_both_read() -> None:
    both = "{ territories(first: 10) { nodes { id } edges { node { id } } } }"
    assert price(both).nodes == 20


@pytest.mark.parametrize(("condition", "variables", "nodes"), [
    ("@include(if: true)", {}, 10), ("@include(if: false)", {}, 0), ("@skip(if: true)", {}, 0),
    ("@skip(if: $a)", {"a": True, "b": True}, 0), ("@skip(if: $a)", {"a": False, "b": True}, 10),
    ("@skip(if: $a) @include(if: $b)", {"a": False, "b": True}, 10),
    ("@skip(if: $a) @include(if: $b)", {"a": False, "b": False}, 0),
    ("@skip(if: $a) @include(if: $b)", {"a": True, "b": True}, 0),
    ("@include(if: $a)", {}, 10),
])  # fmt: skip
def test_what_is_left_out_costs_nothing(condition: str, variables: dict[str, bool], nodes: int) -> None:
    page = "territories(first: 10) { nodes { id } }"
    head = "query ($a: Boolean = true, $b: Boolean = true)"
    used = "viewer { signedIn @skip(if: $a) scopes @skip(if: $b) }"
    for text in (
        f"{head} {{ {used} territories(first: 10) {condition} {{ nodes {{ id }} }} }}",
        f"{head} {{ {used} ... {condition} {{ {page} }} }}",
        f"{head} {{ {used} ...F {condition} }} fragment F on Query {{ {page} }}",
    ):
        assert price(text, variables).nodes == nodes


def test_of_several_types_the_dearest_counts() -> None:
    text = """query ($id: ID!, $n: Int) { node(id: $id) { id
        ... on Consultation { mandate { id } }
        ... on Territory { parent { id parent { id } } }
        ... on Body { bodies(first: $n) { nodes { id } } } } }"""
    assert [price(text, {"n": n}).nodes for n in (1, 2, 3)] == [3, 3, 4]


def test_operations_of_one_document_have_prices_of_their_own() -> None:
    text = """query A { ...P } query B($n: Int = 3) { ...P bodies(first: $n) { nodes { id } } }
        mutation C($input: WithdrawResponseInput!) { withdrawResponse(input: $input) { event } }
        fragment P on Query { territories(first: 10) { nodes { id } } }"""
    assert price(text, name="A") == (1, 10)
    assert price(text, name="B") == (1, 13)
    assert price(text, name="C") == (1 + POINTS_FOR_AN_ACT, 0)


async def test_too_dear_an_operation_is_refused_before_any_statement(database_url: str, data: Path) -> None:
    text = "query ($n: Int) { territories(first: 100) { nodes { territories(first: $n) { nodes { id } } } } }"
    async with a_limited_hub(database_url, data) as hub:
        with hub.counting() as counted:
            visitor = await hub.post(text, {"n": 50})
        assert (visitor.status_code, counted) == (400, [0])
        assert (await hub.post(text, {"n": 49})).status_code == 200, "100 + 100 × 49 is within the budget."
        answer = visitor.json()
        assert answer["errors"] == [{
            "message": "La consulta leería hasta 5,100 nodos y puede leer 5,000: pida páginas más cortas, o repártala "
            "en varias.",
            "extensions": {"code": "MAX_COST_EXCEEDED", "reason": "MAX_COST_EXCEEDED",
                           "requestId": visitor.headers["x-request-id"]},
        }]  # fmt: skip
        assert answer["extensions"] == {"cost": {
            "requested": 51, "actual": None, "nodes": 5_100, "budget": 5_000, "available": None, "restoreRate": None,
        }}  # fmt: skip
        assert "data" not in answer


async def test_a_token_gives_a_larger_budget(database_url: str, data: Path) -> None:
    text = "query ($n: Int) { territories(first: 100) { nodes { territories(first: $n) { nodes { id } } } } }"
    async with a_limited_hub(database_url, data, nodes_with_token=6_000) as hub:
        ana = await a_citizen(hub)
        assert (await hub.post(text, {"n": 59}, by=ana)).status_code == 200
        english = {"accept-language": "en"}
        refused = await hub.post(text, {"n": 60}, by=ana, headers=english)
        assert refused.json()["errors"][0]["message"] == (
            "The query would read up to 6,100 nodes and may read 6,000: ask for shorter pages, "
            "or spread it over several."
        )


async def test_the_answer_is_the_same_for_everybody_who_does_not_ask_for_its_price(hub: Talking) -> None:
    bare = await hub.post("{ viewer { signedIn } }")
    assert bare.text == '{"data":{"viewer":{"signedIn":false}}}'
    told = await hub.post("{ viewer { signedIn } }", headers=COST)
    assert told.text.startswith(bare.text[:-1] + ',"extensions":{"cost":{"requested":1,')
