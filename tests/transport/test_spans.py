"""Spans for OpenTelemetry: what an operator's collector gets of a request, and that nobody is in it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import httpx2
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from pydantic import ValidationError

from hub.settings import Settings
from tests.canaries import MARK, a_canary
from tests.journeys.installation import Installation
from tests.transport.conftest import DOCUMENTS
from tests.transport.streaming import connected

KNOWN = (DOCUMENTS / "bodies.graphql").read_text(encoding="utf-8")
ATTRIBUTES = {"http.request.method", "http.response.status_code", "hub.request_id"}
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class Collector(ThreadingHTTPServer):
    """A collector that keeps what it is sent, or one that never answers."""

    daemon_threads = True

    def __init__(self, *, hung: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.bodies: list[bytes] = []
        self.hung, self.ended = hung, threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def spans(self) -> list[Span]:
        """The spans that came, with every name of every resource checked for canaries."""
        assert MARK.encode() not in b"".join(self.bodies)
        sent = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [
            span
            for request in sent
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


class _Taking(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        if self.server.hung:
            self.server.ended.wait(30)
            return
        self.server.bodies.append(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def a_collector(*, hung: bool = False) -> Iterator[Collector]:
    collector = Collector(hung=hung)
    thread = threading.Thread(target=collector.serve_forever, daemon=True)
    thread.start()
    try:
        yield collector
    finally:
        collector.ended.set()
        collector.shutdown()
        collector.server_close()
        thread.join()


def told(span: Span) -> dict[str, object]:
    return {a.key: a.value.string_value or a.value.int_value for a in span.attributes}


async def test_a_request_is_a_span_and_its_steps_are_inside(installation: Installation) -> None:
    """What is under way when the hub ends is sent before it does."""
    word = a_canary("spans")
    with a_collector() as collector:
        with installation.with_environment(HUB_TRACES=collector.address).served() as served:
            async with httpx2.AsyncClient(base_url=served.url, headers={"user-agent": word, "cookie": word}) as client:
                asked = await client.post("/graphql", json={"query": KNOWN}, headers={"traceparent": PARENT})
                await client.post("/graphql", json={"query": f"# {word}\n{{ bodies {{ totalCount }} }}"})
                await client.post("/graphql", json={"query": "mutation { nothing }"})
                await client.get(f"/{word}?{word}={word}")
                await client.get("/livez")
            async with connected(urlsplit(served.url).port) as socket:
                await socket.subscribe(KNOWN)
                assert (await socket.hear())["type"] == "next"
        spans = collector.spans
    requests = [span for span in spans if span.kind == Span.SPAN_KIND_SERVER]
    names = [span.name for span in requests]
    assert names == ["query HowManyBodies", "query other", "no operation other", "page other"]
    assert {key for span in requests for key in told(span)} == ATTRIBUTES
    assert [told(span)["http.response.status_code"] for span in requests] == [200, 200, 200, 404]
    first = requests[0]
    assert told(first)["hub.request_id"] == asked.headers["x-request-id"]
    # Nobody is named whose word on it is believed, so that no caller chooses which trace a request belongs to.
    assert not first.parent_span_id
    assert first.trace_id.hex() not in PARENT
    assert [span.name for span in spans if span.parent_span_id == first.span_id] == ["read", "plan", "statement"]
    assert {span.trace_id for span in spans if span.parent_span_id == first.span_id} == {first.trace_id}
    assert {span.name: told(span) for span in spans if span.kind != Span.SPAN_KIND_SERVER} == {
        "read": {}, "plan": {}, "statement": {},
    }  # fmt: skip


async def test_a_proxy_that_is_believed_says_which_trace_a_request_belongs_to(installation: Installation) -> None:
    with a_collector() as collector:
        environment = {"HUB_TRACES": collector.address, "HUB_PROXIES": "127.0.0.1"}
        with installation.with_environment(**environment).served() as served:
            async with httpx2.AsyncClient(base_url=served.url, headers={"traceparent": PARENT}) as client:
                await client.post("/graphql", json={"query": KNOWN})
        (request,) = (span for span in collector.spans if span.kind == Span.SPAN_KIND_SERVER)
    assert f"00-{request.trace_id.hex()}-{request.parent_span_id.hex()}-01" == PARENT


async def test_a_collector_that_hangs_keeps_nobody_waiting(installation: Installation) -> None:
    """Neither a request nor the end of the hub, which `served` waits for."""
    with (
        a_collector(hung=True) as collector,
        installation.with_environment(HUB_TRACES=collector.address).served() as served,
    ):
        async with httpx2.AsyncClient(base_url=served.url, timeout=5) as client:
            answers = [await client.post("/graphql", json={"query": KNOWN}) for _ in range(10)]
    assert [answer.status_code for answer in answers] == [200] * 10


@pytest.mark.parametrize("written", ["127.0.0.1:4318", "ftp://127.0.0.1", "http://", "http://127.0.0.1 :4318"])
def test_the_collector_is_an_address(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("HUB_TRACES", written)
    with pytest.raises(ValidationError):
        Settings()
