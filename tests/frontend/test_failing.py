"""What a reader is told when there is no page, or no answer to make one of."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from starlette.types import Receive, Scope, Send

from tests.frontend.answering import FakeHub, Outline, reading

CONSULTATION = "/consultas/Consultation_1"


async def test_there_is_no_such_consultation(fake: FakeHub, reader: httpx2.AsyncClient) -> None:
    for node in (None, {"__typename": "Body"}):
        fake.data["Consultation"]["node"] = node
        response = await reader.get(CONSULTATION)
        assert response.status_code == 404
        assert Outline(response.text).words("h1") == "Esta página no existe"


async def test_a_cursor_that_nobody_gave_leads_nowhere(fake: FakeHub, reader: httpx2.AsyncClient) -> None:
    fake.fail("BAD_USER_INPUT", status=400)
    assert (await reader.get(CONSULTATION, params={"desde": "x"})).status_code == 404


@pytest.mark.parametrize("path", ["/", CONSULTATION])
async def test_an_error_of_the_hub_has_a_page_with_a_number(
    fake: FakeHub, reader: httpx2.AsyncClient, path: str
) -> None:
    fake.fail("INTERNAL")
    response = await reader.get(path, headers={"accept-language": "en"})
    assert response.status_code == 502
    page = Outline(response.text)
    assert page.words("h1") == "We cannot show this page now"
    assert "give this number: abc123" in page.words()
    assert "no</b>" not in response.text


@pytest.mark.parametrize(
    ("status", "answer"),
    [(200, b"<html>"), (502, b""), (200, []), (200, {"data": None}), (200, {"errors": "?"}), (500, {"errors": [1]})],
)
async def test_an_answer_that_is_none(fake: FakeHub, reader: httpx2.AsyncClient, status: int, answer: Any) -> None:
    fake.status, fake.whole = status, answer
    assert (await reader.get("/")).status_code == 502


async def test_a_hub_that_breaks() -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise AttributeError("hub")

    async with reading(broken) as reader:
        assert (await reader.get("/")).status_code == 502


async def test_an_address_where_nobody_is() -> None:
    async with reading("http://127.0.0.1:1/graphql") as reader:
        assert (await reader.get("/")).status_code == 502


async def test_the_pages_are_only_read(reader: httpx2.AsyncClient) -> None:
    response = await reader.post("/")
    assert response.status_code == 405
    assert sorted(response.headers["allow"].split(", ")) == ["GET", "HEAD"]
    assert Outline(response.text).words("h1") == "Eso no se puede hacer aquí"
    assert (await reader.head("/")).status_code == 200
