"""The prices of documented queries, as they are promised in golden.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from graphql import parse

from graphql_schema.schema import graphql
from tests.price.priced import COST, a_limited_hub, price
from tests.reading.prices import plain_price
from tests.talking import Talking

GOLDEN = tomllib.loads(Path(__file__).with_name("golden.toml").read_text(encoding="utf-8"))["priced"]
QUERIES = [case for case in GOLDEN if not case["document"].startswith("mutation")]


def named(case: dict[str, Any]) -> str:
    return str(case["what"])


@pytest.mark.parametrize("case", GOLDEN, ids=named)
def test_a_documented_query_costs_what_it_did(case: dict[str, Any]) -> None:
    assert price(case["document"], case.get("variables")) == (case["points"], case["nodes"])


@pytest.mark.parametrize("case", QUERIES, ids=named)
def test_a_plain_count_comes_to_the_same(case: dict[str, Any]) -> None:
    found = plain_price(graphql, parse(case["document"]), case.get("variables", {}))
    assert found == (case["points"], case["nodes"])


async def test_the_price_is_told_with_the_answer(hub: Talking) -> None:
    for case in QUERIES:
        if "$id: ID!" in case["document"] or "$folio" in case["document"]:
            continue
        answer = await hub.answer(case["document"], case.get("variables"), headers=COST)
        assert "errors" not in answer, answer
        cost = answer["extensions"]["cost"]
        assert (cost["requested"], cost["nodes"]) == (case["points"], case["nodes"]), case["what"]


async def test_all_documented_queries_are_within_the_budget_of_a_visitor(database_url: str, data: Path) -> None:
    async with a_limited_hub(database_url, data, points=0) as limited:
        for case in QUERIES:
            given = {"id": "x", "folio": "x", **case.get("variables", {})}
            wanted = {name: value for name, value in given.items() if f"${name}:" in case["document"]}
            assert "errors" not in await limited.answer(case["document"], wanted), case["what"]
