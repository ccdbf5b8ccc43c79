"""A form with files on its way in: what it holds is told as it was sent, and what is no such form is refused."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from frontend_stub import taking_in
from frontend_stub.forms import formed
from frontend_stub.taking_in import own_form_with_files
from tests.frontend.at_the_desk import FROM_HERE, ChosenFile, in_parts

HOME = "http://pages.test"
LARGEST_FILE, MEGABYTE = 64, 1024 * 1024


async def page(request: Request) -> Response:
    return formed(request, lambda form, challenge: PlainTextResponse(form))


async def take(request: Request) -> Response:
    largest = int(request.query_params.get("largest", LARGEST_FILE))
    taken = own_form_with_files(request, largest=1_000, most_fields=6, largest_file=largest, most_files=2)
    async with taken as (given, files):
        told = {
            field: [file.name, file.size, file.fault, len(b"".join([piece async for piece in file.pieces()]))]
            for field, file in files.items()
            if file.size < MEGABYTE
        }
        return JSONResponse({"fields": given.pairs[1:], "files": told})


@pytest.fixture
async def browser() -> AsyncIterator[httpx2.AsyncClient]:
    """A browser that was shown a form; what shows that it is ours stands in a header of its own."""
    app = Starlette(routes=[Route("/", page, methods=["GET"]), Route("/", take, methods=["POST"])])
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url=HOME) as client:
        client.headers["x-form"] = (await client.get("/")).text
        yield client


async def sent(
    browser: httpx2.AsyncClient, *pairs: tuple[str, str], files: dict[str, ChosenFile], path: str = "/"
) -> httpx2.Response:
    content, kind = in_parts([("form", browser.headers["x-form"]), *pairs], files)
    return await browser.post(path, content=content, headers={**FROM_HERE, "content-type": kind})


async def test_fields_and_files_are_told_as_they_were_sent(browser: httpx2.AsyncClient) -> None:
    files = {"one": ("acta «ñ» %22.pdf", b"\r\n--not the end\r\n"), "two": ("C:\\papeles\\b.txt", b"b")}
    files["none"] = ("", b"")
    answer = await sent(browser, ("title.es", "Señal\r\nde vida"), ("title.es", ""), files=files)
    assert answer.json() == {
        "fields": [["title.es", "Señal\r\nde vida"], ["title.es", ""]],
        "files": {"one": ['acta «ñ» ".pdf', 17, None, 17], "two": ["b.txt", 1, None, 1]},
    }


async def test_a_long_name_keeps_its_end(browser: httpx2.AsyncClient) -> None:
    answer = await sent(browser, files={"one": ("ñ" * 300 + ".pdf", b"x")})
    (name, *_) = answer.json()["files"]["one"]
    assert (len(name), name[-6:]) == (200, "ññ.pdf")


async def test_one_that_is_too_large_is_read_to_its_end_and_not_kept(browser: httpx2.AsyncClient) -> None:
    answer = await sent(browser, ("words", "kept"), files={"one": ("a.txt", b"x" * 70_000), "two": ("b.txt", b"y")})
    assert answer.json()["fields"] == [["words", "kept"]]
    name, size, fault, kept = answer.json()["files"]["one"]
    assert (name, size, fault) == ("a.txt", 70_000, "too_large")
    assert kept <= LARGEST_FILE
    assert answer.json()["files"]["two"] == ["b.txt", 1, None, 1]


async def test_a_form_without_files_may_come_as_any_other(browser: httpx2.AsyncClient) -> None:
    data = {"form": browser.headers["x-form"], "words": "x"}
    answer = await browser.post("/", data=data, headers={"sec-fetch-site": "same-origin"})
    assert answer.json() == {"fields": [["words", "x"]], "files": {}}


@pytest.mark.parametrize(
    ("pairs", "files", "status"),
    [
        ([], {str(n): ("a.txt", b"a") for n in range(3)}, 400),
        ([("a", "b")] * 6, {}, 400),
        ([], {str(n): ("", b"") for n in range(6)}, 400),
        ([("a", "b" * 1_001)], {}, 413),
    ],
)
async def test_more_than_a_form_has_is_refused(
    browser: httpx2.AsyncClient, pairs: list[tuple[str, str]], files: dict[str, ChosenFile], status: int
) -> None:
    assert (await sent(browser, *pairs, files=files)).status_code == status


@pytest.mark.parametrize(
    ("broken", "status"),
    [
        (lambda content, kind: (content[:-30], kind), 400),
        (lambda content, kind: (content, "multipart/form-data"), 400),
        (lambda content, kind: (b"nothing of the kind", kind), 400),
        (lambda content, kind: (content.replace(b"palabra", b"\xff\xfe"), kind), 400),
        (lambda content, kind: (b"", kind), 400),
        (lambda content, kind: (b"------a-boundary--\r\n", kind), 403),
    ],
)
async def test_what_is_no_form_is_refused(browser: httpx2.AsyncClient, broken: Any, status: int) -> None:
    pairs = [("form", browser.headers["x-form"]), ("words", "palabra")]
    content, kind = broken(*in_parts(pairs, {"one": ("a.txt", b"a")}))
    answer = await browser.post("/", content=content, headers={**FROM_HERE, "content-type": kind})
    assert answer.status_code == status


async def test_nobody_waits_for_what_does_not_come(
    browser: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "SLOWEST_PIECE", 0.05)
    content, kind = in_parts([("form", browser.headers["x-form"])], {"one": ("a.txt", b"a" * 50)})

    async def slowly() -> AsyncIterator[bytes]:
        yield content[:-40]
        await asyncio.sleep(5)

    answer = await browser.post("/", content=slowly(), headers={**FROM_HERE, "content-type": kind})
    assert answer.status_code == 408
    assert taking_in._under_way == set()


async def test_a_large_file_is_never_whole_in_memory(browser: httpx2.AsyncClient) -> None:
    head, kind = in_parts([("form", browser.headers["x-form"])], {"one": ("a.txt", b"@")})
    before, _, after = head.partition(b"@")
    piece = b"x" * 65_536

    async def coming() -> AsyncIterator[bytes]:
        yield before
        for _ in range(320):
            yield piece
        yield after

    tracemalloc.start()
    try:
        headers = {**FROM_HERE, "content-type": kind}
        answer = await browser.post(f"/?largest={64 * MEGABYTE}", content=coming(), headers=headers)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert answer.status_code == 200
    assert most < 4 * MEGABYTE, "Of a file of 20 MiB."
