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
    response = await reader.get(f"/en{path}".removesuffix("/"))
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


@pytest.mark.parametrize(
    ("status", "told", "title", "wait"),
    [
        (429, b"7", "Demasiadas páginas en poco tiempo", "Espera 7 segundos antes de intentarlo de nuevo."),
        (429, b"1", "Demasiadas páginas en poco tiempo", "Espera 1 segundo antes de intentarlo de nuevo."),
        (503, b"121", "Ahora hay demasiado que atender", "Espera 3 minutos antes de intentarlo de nuevo."),
        (503, None, "Ahora hay demasiado que atender", "Espera un momento antes de intentarlo de nuevo."),
        (503, b"soon", "Ahora hay demasiado que atender", "Espera un momento antes de intentarlo de nuevo."),
    ],
)
async def test_too_much_is_a_page_that_says_how_long_to_wait(
    fake: FakeHub, reader: httpx2.AsyncClient, status: int, told: bytes | None, title: str, wait: str
) -> None:
    """Also where what stands in front of the hub answers for it, in words of its own."""
    fake.status, fake.whole = status, b"<html>later</html>"
    fake.headers = [] if told is None else [(b"retry-after", told)]
    response = await reader.get(f"{CONSULTATION}?desde=a%26b")
    page = Outline(response.text)
    assert (response.status_code, response.headers["cache-control"]) == (status, "no-store")
    assert response.headers.get("retry-after") == (told.decode() if told is not None and told.isdigit() else None)
    assert page.words("h1") == title
    assert wait in page.words()
    assert "Lo que enviaste" not in page.words()
    assert [found["href"] for found in page.all("a") if found.get("class") == "onward"] == ["?desde=a%26b"]


async def test_what_is_sent_while_there_is_too_much_is_sent_again_from_its_page(
    fake: FakeHub, reader: httpx2.AsyncClient
) -> None:
    fake.data["SignInOptions"] = {"signInOptions": {"providers": []}}
    form = Outline((await reader.get("/entrar")).text)
    hidden = {str(i["name"]): str(i["value"]) for i in form.all("input") if i.get("type") == "hidden"}
    fake.status, fake.whole, fake.headers = 503, b"", [(b"retry-after", b"2")]
    sent = {**hidden, "email": "ana@correo.example"}
    headers = {"sec-fetch-site": "same-origin"}
    response = await reader.post("/en/entrar", data=sent, headers=headers)
    page = Outline(response.text)
    assert (response.status_code, response.headers["retry-after"]) == (503, "2")
    assert "Wait 2 seconds before you try again. What you sent was not taken: go back" in page.words()
    assert [found for found in page.all("a") if found.get("class") == "onward"] == []


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
