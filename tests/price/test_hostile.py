"""Hostile documents: each is refused, or let in and priced, within steps that are counted and linear in its text."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphql_schema.pricing import Pricer
from graphql_schema.schema import graphql
from hub.keys import Keyring, load
from tests.price.hostile import DOCUMENTS, VARIABLES, counted, doubled_pages, outcome
from tests.price.priced import a_limited_hub, price
from tests.reading.prices import plain_price
from tests.talking import RESPONSE_TYPE

BUDGET = 5_000
STEPS, STEPS_FOR_A_LETTER = 20_000, 150
"""What any document may take, and what each of its letters may add."""

MOST_STEPS = 450_000
DOUBLED = 2.5
"""How many times as many steps a text of twice the length may take."""

LET_IN = {
    "a list of many ids": "A hundred of them count, and the others are refused when the plan runs.",
    "many ids": "The same.",
    "operations over one chain of fragments": "Each of them is small.",
    "variables that nobody declared": "They are not looked at.",
}
"""What is no harm once it is priced."""


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    found = load(tmp_path_factory.mktemp("keys") / "keys.json", make=True)
    outcome("{ viewer { signedIn } }", found, budget=BUDGET)  # What is made at the first document only.
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_hostile_document_is_refused_within_counted_steps(name: str, keys: Keyring) -> None:
    make, size = DOCUMENTS[name]
    half, whole = make(size // 2), make(size)
    fewer = counted(lambda: outcome(half, keys, budget=BUDGET), len(half))
    found = counted(lambda: outcome(whole, keys, budget=BUDGET), len(whole))
    assert (found.why == "let in") == (name in LET_IN), found
    assert found.steps <= min(MOST_STEPS, STEPS + STEPS_FOR_A_LETTER * found.letters), found
    assert found.steps <= DOUBLED * fewer.steps * max(1, found.letters / fewer.letters / 2), (fewer, found)


@pytest.mark.parametrize("name", VARIABLES)
def test_hostile_variables_are_looked_at_within_counted_steps(name: str, keys: Keyring) -> None:
    text, make, size = VARIABLES[name]
    few, many = make(size // 2), make(size)
    fewer = counted(lambda: outcome(text, keys, budget=BUDGET, variables=few), len(json.dumps(few)))
    found = counted(lambda: outcome(text, keys, budget=BUDGET, variables=many), len(json.dumps(many)))
    assert (found.why == "let in") == (name in LET_IN), found
    assert found.steps <= min(MOST_STEPS, STEPS + STEPS_FOR_A_LETTER * found.letters), found
    assert found.steps <= DOUBLED * fewer.steps, (fewer, found)


async def test_each_is_refused_over_http_before_any_statement(database_url: str, data: Path) -> None:
    asked = {name: (make(size), None) for name, (make, size) in DOCUMENTS.items() if name not in LET_IN}
    asked |= {name: (text, make(size)) for name, (text, make, size) in VARIABLES.items() if name != "many ids"}
    async with a_limited_hub(database_url, data) as hub:
        with hub.counting() as statements:
            for name, (text, variables) in asked.items():
                response = await hub.client.post(
                    "/graphql", json={"query": text, "variables": variables}, headers={"accept": RESPONSE_TYPE}
                )
                if name not in LET_IN:
                    assert response.status_code in (400, 413), name
                    assert response.json()["errors"][0]["extensions"]["code"] != "INTERNAL", name
                    assert len(response.content) < 200_000, name
        assert statements == [1], "Only that of the variables that nobody declared."


# ---- random graphs of fragments ------------------------------------------------------------------------------

SIZES = st.sampled_from(["", "(first: 1)", "(first: 100)", "(last: 30)", "(first: $n)"])
FIELDS = st.sampled_from(["id", "name", "n: name", "__typename"])


@st.composite
def graphs(draw: st.DrawFn) -> str:
    """A document whose fragments spread each other as chance has it, in circles too."""
    many, circles = draw(st.integers(1, 40)), draw(st.booleans())

    def selection(depth: int, within: int) -> str:
        parts = [draw(FIELDS)]
        for _ in range(draw(st.integers(0, 3))):
            kind = draw(st.integers(0, 4))
            if kind == 0 and depth < 4:
                parts.append(f"territories{draw(SIZES)} {{ nodes {{ {selection(depth + 1, within)} }} totalCount }}")
            elif kind == 1 and depth < 4:
                parts.append(f"parent {{ {selection(depth + 1, within)} }}")
            elif kind == 2:
                parts.append(f"... @skip(if: $s) {{ {selection(depth + 1, within) if depth < 4 else 'id'} }}")
            elif circles or within < many - 1:
                parts.append(f"...F{draw(st.integers(0 if circles else within + 1, many - 1))}")
        return " ".join(parts)

    fragments = " ".join(f"fragment F{n} on Territory {{ {selection(2, n)} }}" for n in range(many))
    used = " ".join(f"...F{n}" for n in range(many))
    head = "query ($n: Int = 7, $s: Boolean = false)"
    start = f'territory(code: "MX") {{ {used} parent @skip(if: $s) {{ id }} {selection(1, -1)} }}'
    return f"{head} {{ {start} territories(first: $n) {{ nodes {{ id }} }} }} {fragments}"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=graphs(), size=st.none() | st.integers(-1, 101), skipped=st.booleans())
def test_random_fragments_are_priced_right_and_within_linear_steps(
    text: str, size: int | None, skipped: bool, keys: Keyring
) -> None:
    found = counted(lambda: outcome(text, keys, budget=BUDGET, variables={"n": size, "s": skipped}), len(text))
    assert found.steps <= STEPS + STEPS_FOR_A_LETTER * found.letters, found
    if found.why in ("let in", "MAX_COST_EXCEEDED"):
        given_ = {"n": size, "s": skipped}
        assert price(text, given_) == plain_price(graphql, parse(text), given_)


def priced(pricer: Pricer, operation: OperationDefinitionNode) -> str:
    return str(pricer.price(operation, 0).of({}).nodes)


def test_what_fragments_share_is_priced_once() -> None:
    """The price is linear by itself too, and not only because the limits come before it."""
    steps = []
    for size in (7, 14):
        tree = parse(doubled_pages(size))
        fragments = {d.name.value: d for d in tree.definitions if isinstance(d, FragmentDefinitionNode)}
        operation = next(d for d in tree.definitions if isinstance(d, OperationDefinitionNode))
        pricer = Pricer(graphql, fragments)
        found = counted(partial(priced, pricer, operation), size)
        assert found.why == str(2**size), "A row for each way through the fragments."
        steps.append(found.steps)
    assert steps[1] <= 2.5 * steps[0]
