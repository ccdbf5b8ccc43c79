"""Receipts asked for over GraphQL: they prove that a response was received and whether it counts, and say no more."""

from __future__ import annotations

import hashlib

import rfc8785

from hub.consultations.response_models import ConsentLevel
from tests.cast import a_citizen
from tests.consultations.asking import CHANGE, SUBMIT, WITHDRAW, a_sheet
from tests.making.bodies import a_body
from tests.making.consultations import an_open_consultation
from tests.talking import Talking

RECEIPT = "query ($code: String!) { receipt(code: $code) { code contentHash issuedAt state consultation { id } } }"


async def test_a_receipt_follows_its_response(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub))
    ana = await a_citizen(hub)
    first = (await hub.act(SUBMIT, a_sheet(asked, consent="NOT_PUBLISHED"), by=ana))["receipt"]
    second = (await hub.act(CHANGE, a_sheet(asked, consent="NOT_PUBLISHED"), by=ana))["receipt"]
    assert first["code"] != second["code"]
    assert first["contentHash"] != second["contentHash"]

    async def state(code: str) -> str | None:
        found = (await hub.ask(RECEIPT, {"code": code}))["receipt"]
        return found and found["state"]

    assert [await state(first["code"]), await state(second["code"])] == ["REPLACED", "ACCEPTED"]
    await hub.act(WITHDRAW, {"input": {"consultationId": asked.node}}, by=ana)
    assert [await state(first["code"]), await state(second["code"])] == ["REPLACED", "WITHDRAWN"]
    # Whoever has the code may ask, however it was typed, and learns no answer and no name.
    typed = second["code"].lower().replace("-", " ").replace("0", "o").replace("1", "l")
    found = (await hub.ask(RECEIPT, {"code": typed}))["receipt"]
    assert found == {**second, "state": "WITHDRAWN", "consultation": {"id": asked.node}}


async def test_a_code_that_nobody_was_given_finds_nothing(hub: Talking) -> None:
    for code in ("", "0000-0000-0000-0000-0", "x" * 10_000, "%", "' OR true --"):
        assert await hub.ask(RECEIPT, {"code": code}) == {"receipt": None}


async def test_the_hash_is_of_what_was_said(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub))
    ana = await a_citizen(hub)
    answers = [{"question": "servicios", "options": ["luz", "gas"]}, {"question": "agua", "option": "no"}]
    payload = await hub.act(SUBMIT, a_sheet(asked, *answers, language="es"), by=ana)
    (row,) = await hub.rows("SELECT salt FROM response")
    said = {
        "consultation": str(asked.id),
        "revision": str(asked.revision_id),
        "organization": None,
        "territory": None,
        "consent": ConsentLevel.WITHOUT_NAME.value,
        "notice": asked.notice_hash,
        "language": "es",
        "answers": [
            {"question": "agua", "options": ["no"]},
            {"question": "servicios", "options": ["gas", "luz"]},
        ],
        "salt": row["salt"].hex(),
    }
    expected = "sha256:" + hashlib.sha256(rfc8785.dumps(said)).hexdigest()
    assert payload["receipt"]["contentHash"] == payload["response"]["contentHash"] == expected


async def test_two_who_say_the_same_have_nothing_in_common(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub))
    receipts = [(await hub.act(SUBMIT, a_sheet(asked), by=await a_citizen(hub, n)))["receipt"] for n in ("Ana", "Luis")]
    assert receipts[0]["contentHash"] != receipts[1]["contentHash"]
    assert receipts[0]["code"][:4] != receipts[1]["code"][:4]
