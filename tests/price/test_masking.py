"""Whatever goes wrong inside, and wherever: a caller is told a number and no word of it."""

from __future__ import annotations

from typing import Any

import asyncpg
import pytest

from graphql_schema.admission import Admission, Passage
from graphql_schema.planning.documents import Documents
from graphql_schema.planning.weaving import Weaver
from graphql_schema.pricing import Price
from graphql_schema.schema import graphql
from hub.allowances.spending import Allowances, Terms
from hub.changes.change import Changes
from hub.reading.connections import Readers
from hub.reading.readable import Answered, readables
from tests.cast import a_citizen
from tests.talking import Talking

SECRET = "canario-4b1d"
VIEWER = "{ viewer { signedIn } }"
SINCE = "query ($at: DateTime) { bodies(filter: {updatedSince: $at}) { totalCount } }"
SINCE_THEN = '{ bodies(filter: {updatedSince: "2026-01-01T00:00:00Z"}) { totalCount } }'
ACT = """mutation { askRepresentation(input: {powers: [ANSWER], evidence: "x",
    organizationId: "Organization_00000000-0000-7000-8000-000000000000"}) { event } }"""
THEN = {"at": "2026-01-01T00:00:00Z"}


def broken(*_: object, **__: object) -> Any:
    raise RuntimeError(SECRET)


async def broken_later(*_: object, **__: object) -> Any:
    raise RuntimeError(SECRET)


async def broken_in_the_database(*_: object, **__: object) -> Any:
    raise asyncpg.UndefinedColumnError(f'column "{SECRET}" does not exist')


def broken_scalar(*_: object) -> Any:
    raise KeyError(SECRET)


PLACES = {
    "the reading of a document": (Documents, "_read", broken, VIEWER, {}),
    "the planner": (Weaver, "field", broken, VIEWER, {}),
    "the price": (Price, "of", broken, VIEWER, {}),
    "the allowance": (Admission, "spender", broken, VIEWER, {}),
    "the turn": (Passage, "_take_turn", broken_later, VIEWER, {}),
    "the headers": (Passage, "told", broken, VIEWER, {}),
    "the count": (Allowances, "require", broken, VIEWER, {}),
    "the database": (Readers, "value", broken_in_the_database, VIEWER, {}),
    "a change": (Changes, "begin", broken, ACT, {}),
    "a scalar in the document": (graphql.type_map["DateTime"], "coerce_input_value", broken_scalar, SINCE_THEN, {}),
    "a scalar in the variables": (graphql.type_map["DateTime"], "coerce_input_value", broken_scalar, SINCE, THEN),
}


@pytest.mark.parametrize("place", PLACES)
async def test_a_surprise_is_told_by_its_number(hub: Talking, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, name, breaking, text, variables = PLACES[place]
    ana = await a_citizen(hub)
    if place == "the count":
        monkeypatch.setattr(hub.hub.admission, "_terms", Terms(1_000, 50.0))
    monkeypatch.setattr(owner, name, breaking)
    response = await hub.post(text, variables, by=ana, headers={"accept-language": "en"})
    assert SECRET not in response.text, response.text
    assert SECRET not in str(response.headers)
    (error,) = response.json()["errors"]
    number = response.headers["x-request-id"]
    assert error["message"] == (
        f"Something failed on our side: try later and, if it happens again, write to us with the number {number}."
    )
    assert error["extensions"] == {"code": "INTERNAL", "requestId": number}


async def test_a_surprise_of_the_authenticator_is_masked(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = await a_citizen(hub)
    monkeypatch.setattr(hub.hub.endpoint, "_authenticate", broken_later)
    response = await hub.post(VIEWER, by=ana)
    assert response.status_code == 500
    assert SECRET not in response.text
    assert response.json()["errors"][0]["extensions"]["code"] == "INTERNAL"


async def test_a_surprise_of_a_function_that_answers_a_field_is_masked(
    hub: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(readables["Viewer"].fields, "scopes", Answered(lambda row, call: [], broken))
    response = await hub.post("{ viewer { scopes } }")
    assert SECRET not in response.text
    assert response.json()["errors"][0]["extensions"]["code"] == "INTERNAL"


@pytest.mark.parametrize(("text", "variables", "words"), [
    (SINCE, {"at": "ayer"}, "An instant with its zone is wanted"),
    ('{ bodies(filter: {updatedSince: "ayer"}) { totalCount } }', {}, "An instant with its zone is wanted"),
    ("query ($n: Int) { bodies(first: $n) { totalCount } }", {"n": "x"}, "Int cannot represent non-integer value"),
    ("{ vieuer { signedIn } }", {}, "Did you mean 'viewer'"),
    ("{ viewer { signedIn }", {}, "Syntax Error"),
])  # fmt: skip
async def test_what_the_specification_words_is_shown(
    hub: Talking, text: str, variables: dict[str, Any], words: str
) -> None:
    (error,) = (await hub.answer(text, variables))["errors"]
    assert words in error["message"]
    assert error["extensions"]["code"] in ("GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED")
