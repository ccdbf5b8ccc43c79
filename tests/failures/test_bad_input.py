"""Bad input: each kind is refused with its own code, and nothing happens: no row anywhere, and nothing in the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import orjson
import pytest

from hub.database.base import Base
from hub.viewer import Scope
from tests.cast import a_citizen, a_client, a_visitor
from tests.failures.calling import CHANGE, SUBMIT, WITHDRAW, sheet
from tests.making.bodies import a_body
from tests.making.consultations import (
    Asked,
    a_closed_consultation,
    a_draft_consultation,
    a_response,
    a_scheduled_consultation,
    an_open_consultation,
)
from tests.making.questionnaires import EVERY_KIND, in_sections
from tests.talking import Somebody, Talking

NOBODY = "01a20aab-5199-75e6-b04c-e36c053fd1fa"


async def everything(hub: Talking) -> dict[str, int]:
    """Return how many rows each table has."""
    counts = " UNION ALL ".join(f"SELECT '{name}' AS name, count(*) FROM {name}" for name in Base.metadata.tables)
    return {row["name"]: row["count"] for row in await hub.rows(counts)}


def water(**answer: Any) -> dict[str, Any]:
    return {"question": "agua", **answer}


YES = water(option="si")
SERVICES = {"question": "servicios", "options": ["luz"]}

Problems = list[tuple[str, str | None]]

ANSWERS: dict[str, tuple[list[dict[str, Any]], Problems]] = {
    "no answers": ([], [("NO_ANSWERS", "answers")]),
    "the required one is missing": ([SERVICES], [("QUESTION_REQUIRED", "answers")]),
    "a question that is not asked": (
        [YES, {"question": "luz", "text": "¿?"}],
        [("UNKNOWN_QUESTION", "answers.1.question")],
    ),
    "a question answered twice": ([YES, water(option="no")], [("DUPLICATE_ANSWER", "answers.1.question")]),
    "an option that is not offered": ([water(option="quizá")], [("UNKNOWN_OPTION", "answers.0.option")]),
    "an option of another question": ([water(option="luz")], [("UNKNOWN_OPTION", "answers.0.option")]),
    "nothing at all": ([water()], [("WRONG_ANSWER_KIND", "answers.0")]),
    "a text for a choice": ([water(text="sí")], [("WRONG_ANSWER_KIND", "answers.0")]),
    "a list for a single choice": ([water(options=["si"])], [("WRONG_ANSWER_KIND", "answers.0")]),
    "an option and a text": ([water(option="si", text="sí")], [("WRONG_ANSWER_KIND", "answers.0")]),
    "too many choices": (
        [YES, {"question": "servicios", "options": ["luz", "gas", "drenaje"]}],
        [("TOO_MANY_CHOICES", "answers.1.options")],
    ),
    "no choice": ([YES, {"question": "servicios", "options": []}], [("TOO_FEW_CHOICES", "answers.1.options")]),
    "a choice made twice": (
        [YES, {"question": "servicios", "options": ["luz", "luz"]}],
        [("DUPLICATE_CHOICE", "answers.1.options.1")],
    ),
    "an empty text": ([YES, {"question": "palabras", "text": " \n\t"}], [("TEXT_EMPTY", "answers.1.text")]),
    "a text that is too long": (
        [YES, {"question": "palabras", "text": "á" * 501}],
        [("TEXT_TOO_LONG", "answers.1.text")],
    ),
    "everything that is wrong at once": (
        [water(option="quizá"), {"question": "luz"}, {"question": "palabras", "text": ""}, water(option="si")],
        [
            ("UNKNOWN_OPTION", "answers.0.option"),
            ("UNKNOWN_QUESTION", "answers.1.question"),
            ("TEXT_EMPTY", "answers.2.text"),
            ("DUPLICATE_ANSWER", "answers.3.question"),
        ],
    ),
}

KINDS: dict[str, tuple[dict[str, Any], Problems]] = {
    "a choice without the words that it asks for": (
        {"question": "agua", "option": "otra"},
        [("OTHER_MISSING", "answers.0.other")],
    ),
    "words beside a choice that asks for none": (
        {"question": "agua", "option": "si", "other": "Leña"},
        [("OTHER_NOT_CHOSEN", "answers.0.other")],
    ),
    "a place given twice": (
        {"question": "orden", "ranking": ["gas", "gas"]},
        [("DUPLICATE_CHOICE", "answers.0.ranking.1")],
    ),
    "a place that is too few": ({"question": "orden", "ranking": ["gas"]}, [("TOO_FEW_CHOICES", "answers.0.ranking")]),
    "a point that is not on the scale": (
        {"question": "nota", "number": 6},
        [("NUMBER_OUT_OF_RANGE", "answers.0.number")],
    ),
    "a point between two": ({"question": "nota", "number": 1.5}, [("TOO_MANY_DECIMALS", "answers.0.number")]),
    "rows that are not there, or twice": (
        {"question": "cuartos", "rows": [{"row": r, "option": o} for r, o in (("sala", "x"), *[("patio", "mal")] * 2)]},
        [
            ("UNKNOWN_ROW", "answers.0.rows.0.row"),
            ("UNKNOWN_OPTION", "answers.0.rows.0.option"),
            ("DUPLICATE_ROW", "answers.0.rows.2.row"),
        ],
    ),
    "no rows": ({"question": "cuartos", "rows": []}, [("TOO_FEW_CHOICES", "answers.0.rows")]),
    "a number beyond all bounds": (
        {"question": "litros", "number": 1e308},
        [("NUMBER_OUT_OF_RANGE", "answers.0.number")],
    ),
    "a number of too many decimals": (
        {"question": "litros", "number": 1.001},
        [("TOO_MANY_DECIMALS", "answers.0.number")],
    ),
    "a day too early": ({"question": "desde", "date": "1000-01-01"}, [("TOO_EARLY", "answers.0.date")]),
    "a day too late": ({"question": "desde", "date": "9000-12-31"}, [("TOO_LATE", "answers.0.date")]),
    "a place that is nowhere": (
        {"question": "lugar", "territoryId": f"Territory_{NOBODY}"},
        [("UNKNOWN_TERRITORY", "answers.0.territoryId")],
    ),
    "a place that is none": (
        {"question": "lugar", "territoryId": f"Body_{NOBODY}"},
        [("BAD_ID", "answers.0.territoryId")],
    ),
    "an answer to what is only read": (
        {"question": "aviso", "agreed": True},
        [("NOTICE_NOT_ANSWERED", "answers.0.question")],
    ),
    "another field": ({"question": "acepta", "text": "sí"}, [("WRONG_ANSWER_KIND", "answers.0")]),
}

SHEETS: dict[str, tuple[dict[str, Any], Problems]] = {
    "an id that is none": ({"consultationId": "agua"}, [("BAD_ID", "consultationId")]),
    "an id of something else": ({"consultationId": f"Response_{NOBODY}"}, [("BAD_ID", "consultationId")]),
    "a consultation that is not there": ({"consultationId": f"Consultation_{NOBODY}"}, [("NOT_FOUND", None)]),
    "a revision that is none": ({"revisionId": "agua"}, [("BAD_ID", "revisionId")]),
    "another revision": ({"revisionId": f"QuestionnaireRevision_{NOBODY}"}, [("WRONG_REVISION", "revisionId")]),
    "another notice": ({"noticeHash": "sha256:00"}, [("NOTICE_CHANGED", "noticeHash")]),
    "no notice": ({"noticeHash": ""}, [("CONSENT_REQUIRED", "noticeHash")]),
    "a name where there is none": (
        {"consent": "ORGANIZATION_NAME"},
        [("NO_ORGANIZATION_TO_NAME", "consent")],
    ),
    "a place that is nowhere": ({"territoryId": f"Territory_{NOBODY}"}, [("UNKNOWN_TERRITORY", "territoryId")]),
    "no language": ({"language": "de la sierra"}, [("BAD_LANGUAGE", "language")]),
    "a key that is empty": ({"idempotencyKey": ""}, [("BAD_IDEMPOTENCY_KEY", "idempotencyKey")]),
    "a key that is too long": ({"idempotencyKey": "k" * 201}, [("BAD_IDEMPOTENCY_KEY", "idempotencyKey")]),
}


def problems(errors: list[dict[str, Any]]) -> Problems:
    return [(error["code"], ".".join(error["path"]) if error["path"] else None) for error in errors]


@pytest.fixture
async def ana(hub: Talking) -> Somebody:
    return await a_citizen(hub)


@pytest.fixture
async def asked(hub: Talking) -> Asked:
    return await an_open_consultation(hub, await a_body(hub))


async def test_bad_answers(hub: Talking, ana: Somebody, asked: Asked) -> None:
    before = await everything(hub)
    for what, (given, expected) in ANSWERS.items():
        errors = await hub.refuse(SUBMIT, {"input": {**sheet(asked), "answers": given}}, by=ana)
        assert (what, problems(errors)) == (what, expected)
    assert await everything(hub) == before


async def test_bad_answers_to_every_kind_of_question(hub: Talking, ana: Somebody) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), sections=in_sections(*EVERY_KIND))
    before = await everything(hub)
    for what, (given, expected) in KINDS.items():
        errors = await hub.refuse(SUBMIT, {"input": {**sheet(asked), "answers": [given]}}, by=ana)
        assert (what, problems(errors)) == (what, expected)
    assert await everything(hub) == before


async def test_bad_sheets(hub: Talking, ana: Somebody, asked: Asked) -> None:
    before = await everything(hub)
    for what, (given, expected) in SHEETS.items():
        errors = await hub.refuse(SUBMIT, {"input": {**sheet(asked), **given}}, by=ana)
        assert (what, problems(errors)) == (what, expected)
    assert await everything(hub) == before


async def test_whoever_may_not_answer(hub: Talking, ana: Somebody, asked: Asked) -> None:
    beto = await a_citizen(hub, "Beto Pech", scopes=[Scope.ME_READ])
    refused = [
        (SUBMIT, sheet(asked), a_visitor(), "UNAUTHENTICATED"),
        (SUBMIT, sheet(asked), await a_client(hub), "CLIENTS_DO_NOT_ANSWER"),
        (SUBMIT, sheet(asked), beto, "SCOPE_MISSING"),
        (CHANGE, sheet(asked), ana, "NO_RESPONSE"),
        (WITHDRAW, {"consultationId": asked.node}, ana, "NO_RESPONSE"),
    ]
    before = await everything(hub)
    for document, given, by, code in refused:
        assert problems(await hub.refuse(document, {"input": given}, by=by)) == [(code, None)]
    assert await everything(hub) == before


async def test_a_consultation_that_takes_no_responses(hub: Talking, ana: Somebody) -> None:
    body = await a_body(hub)
    refused = [
        (await a_draft_consultation(hub, body), "NOT_FOUND"),
        (await a_scheduled_consultation(hub, body), "CONSULTATION_NOT_OPEN_YET"),
        (await a_closed_consultation(hub, body, late_days=0), "CONSULTATION_CLOSED"),
        (await a_closed_consultation(hub, body, late_days=0, kept=False), "CONSULTATION_CLOSED"),
    ]
    before = await everything(hub)
    for asked, code in refused:
        for document in (SUBMIT, CHANGE):
            assert problems(await hub.refuse(document, {"input": sheet(asked)}, by=ana)) == [(code, None)]
        gone = await hub.refuse(WITHDRAW, {"input": {"consultationId": asked.node}}, by=ana)
        assert problems(gone) == [(code, None)]
    assert await everything(hub) == before


async def test_what_was_done_once_is_not_done_again(hub: Talking, ana: Somebody, asked: Asked) -> None:
    given = sheet(asked, key="una-sola-vez")
    told = await hub.act(SUBMIT, {"input": given}, by=ana)
    before = await everything(hub)
    assert await hub.act(SUBMIT, {"input": given}, by=ana) == told
    other = await hub.refuse(SUBMIT, {"input": {**given, "consent": "NOT_PUBLISHED"}}, by=ana)
    assert problems(other) == [("IDEMPOTENCY_KEY_REUSED", "idempotencyKey")]
    assert problems(await hub.refuse(SUBMIT, {"input": sheet(asked)}, by=ana)) == [("ALREADY_RESPONDED", None)]
    assert await everything(hub) == before


async def test_what_failed_may_be_repeated_with_the_same_key(hub: Talking, ana: Somebody, asked: Asked) -> None:
    """A refusal is nobody's answer for seven days: the key is free again, also for another input."""
    given = sheet(asked, key="otra-vez")
    await hub.refuse(SUBMIT, {"input": {**given, "answers": []}}, by=ana)
    assert (await hub.act(SUBMIT, {"input": given}, by=ana))["response"]["state"] == "ACCEPTED"


# ---- requests ---------------------------------------------------------------------------------------------------

READ = "{ viewer { signedIn } }"
RESPOND = "mutation ($input: SubmitResponseInput!) { submitResponse(input: $input) { event } }"
LIST = "query ($n: Int, $after: String) { consultations(first: $n, after: $after) { nodes { id } } }"
DEEP = "{ viewer " + "{ responses { nodes { consultation " * 9 + "{ id }" + "} } }" * 9 + " }"


def body(query: Any = READ, **rest: Any) -> bytes:
    return orjson.dumps({"query": query, **rest})


REQUESTS: dict[str, tuple[bytes, Mapping[str, str], int, str]] = {
    "no JSON": (b"query { viewer }", {}, 400, "MALFORMED_JSON"),
    "half a JSON": (body()[:-2], {}, 400, "MALFORMED_JSON"),
    "not UTF-8": (b'{"query": "\xff"}', {}, 400, "MALFORMED_JSON"),
    "half a character": (rb'{"query": "\ud83d"}', {}, 400, "MALFORMED_JSON"),
    "a list": (b"[]", {}, 400, "NOT_A_REQUEST"),
    "no query": (b"{}", {}, 400, "NOT_A_REQUEST"),
    "a query that is a number": (body(1), {}, 400, "NOT_A_REQUEST"),
    "variables that are a list": (body(variables=[]), {}, 400, "NOT_A_REQUEST"),
    "a character that no text may hold": (body(LIST, variables={"after": "a\0b"}), {}, 400, "FORBIDDEN_CHARACTER"),
    "another media type": (body(), {"content-type": "text/plain"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
    "another character set": (
        body(), {"content-type": "application/json; charset=latin-1"}, 415, "UNSUPPORTED_MEDIA_TYPE"
    ),
    "an answer that nobody has": (body(), {"accept": "text/html"}, 406, "NOT_ACCEPTABLE"),
    "too large": (body(READ + " " * 200_000), {}, 413, "BODY_TOO_LARGE"),
    "no GraphQL": (body("{ viewer { "), {}, 400, "GRAPHQL_PARSE_FAILED"),
    "an unknown field": (body("{ viewer { password } }"), {}, 400, "GRAPHQL_VALIDATION_FAILED"),
    "a variable that is missing": (body(RESPOND), {}, 400, "GRAPHQL_VALIDATION_FAILED"),
    "a variable of another type": (body(LIST, variables={"n": "twenty"}), {}, 400, "GRAPHQL_VALIDATION_FAILED"),
    "two operations and no name": (body("query A { viewer { signedIn } } query B { viewer { signedIn } }"), {}, 400,
                                   "OPERATION_NAME_MISSING"),
    "an operation that is not there": (body(operationName="Z"), {}, 400, "OPERATION_UNKNOWN"),
    "a page that is too long": (body(LIST, variables={"n": 101}), {}, 400, "BAD_PAGE"),
    "a cursor of nobody": (body(LIST, variables={"n": 1, "after": "agua"}), {}, 400, "BAD_CURSOR"),
    "too deep": (body(DEEP), {}, 400, "TOO_DEEP"),
    "a token that is none": (body(), {"authorization": "Bearer agua"}, 401, "BAD_TOKEN"),
    "another scheme": (body(), {"authorization": "Basic YW5hOmFndWE="}, 401, "BAD_TOKEN"),
}  # fmt: skip


@pytest.mark.parametrize("what", REQUESTS)
async def test_bad_requests(hub: Talking, what: str) -> None:
    content, headers, status, code = REQUESTS[what]
    before = await everything(hub)
    given = {"content-type": "application/json", "accept": "application/graphql-response+json", **headers}
    answer = await hub.client.post("/graphql", content=content, headers=given)
    (error,) = answer.json()["errors"]
    extensions = error["extensions"]
    assert (answer.status_code, extensions.get("reason", extensions["code"])) == (status, code)
    assert extensions["requestId"] == answer.headers["x-request-id"]
    assert error["message"]
    assert await everything(hub) == before


async def test_tokens_that_are_good_no_more(hub: Talking, asked: Asked) -> None:
    now = dt.datetime.now(dt.UTC)
    old = await a_citizen(hub, "Damián Ku", at=now - dt.timedelta(days=90), life=dt.timedelta(days=30))
    before = await everything(hub)
    answer = await hub.post(SUBMIT, {"input": sheet(asked)}, by=old)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["reason"]) == (401, "TOKEN_EXPIRED")
    assert await everything(hub) == before


async def test_a_mutation_is_never_sent_by_get(hub: Talking, ana: Somebody, asked: Asked) -> None:
    await a_response(hub, asked, ana)
    before = await everything(hub)
    mutation = f'mutation {{ withdrawResponse(input: {{consultationId: "{asked.node}"}}) {{ event }} }}'
    headers = {"authorization": f"Bearer {ana.token}"}
    answer = await hub.client.get("/graphql", params={"query": mutation}, headers=headers)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert (await hub.client.put("/graphql", content=body(mutation), headers=headers)).status_code == 405
    assert await everything(hub) == before
