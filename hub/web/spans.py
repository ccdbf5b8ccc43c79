"""Spans for OpenTelemetry: one for each request, and in it one for each step, sent to a collector by OTLP over HTTP.

A span tells what the log tells: the method, the status, the kind, the number of the request, and the operation's name
where it stands in a trusted document. The web framework's own middleware would add the caller's address, the program
that they use and the query of the address, which are nobody's business here.

Beside `HUB_TRACES`, the SDK's own variables hold (`OTEL_TRACES_SAMPLER`, `OTEL_EXPORTER_OTLP_HEADERS`, …).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

from hub.errors import SetupError
from hub.tracing import Trace

SECONDS = 2
"""How long the collector is waited for, at most; what it does not take is lost, and no request waits for it."""

PARENT = b"traceparent"
"""The header that says which trace a request belongs to (W3C Trace Context)."""

UNSEEN = frozenset({"health", "connection"})
"""Kinds of requests that tell nothing by their length: they come every few seconds, or last until a browser closes."""


class Spans:
    """The spans of one process."""

    def __init__(self, collector: str, *, parents_believed: bool) -> None:
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError:
            raise SetupError("HUB_TRACES needs OpenTelemetry: pip install 'civic-hub[traces]'.") from None
        resource = Resource.create({"service.name": "civic-hub", "service.version": version("civic-hub")})
        exporter = OTLPSpanExporter(endpoint=f"{collector.rstrip('/')}/v1/traces", timeout=SECONDS)
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("hub")
        self._parents_believed = parents_believed

    @contextmanager
    def request(self, trace: Trace, method: str, headers: Mapping[bytes, bytes]) -> Iterator[None]:
        """Follow one request in this block, and its steps."""
        from opentelemetry.trace import SpanKind, Status, StatusCode
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        if trace.kind in UNSEEN:
            yield
            return
        parent = None
        if self._parents_believed and PARENT in headers:
            carried = {"traceparent": headers[PARENT].decode("latin-1")}
            parent = TraceContextTextMapPropagator().extract(carried)
        trace.steps = self._step
        with self._tracer.start_as_current_span(
            trace.kind, context=parent, kind=SpanKind.SERVER, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield
            finally:
                span.update_name(f"{trace.kind} {trace.name}")
                span.set_attributes({
                    "http.request.method": method,
                    "http.response.status_code": trace.status,
                    "hub.request_id": trace.request_id,
                })  # fmt: skip
                if trace.status >= 500:
                    span.set_status(Status(StatusCode.ERROR))

    def _step(self, name: str) -> Any:
        # What goes wrong in a step is in the log, whole; here its words might be those of a person.
        return self._tracer.start_as_current_span(name, record_exception=False, set_status_on_exception=False)

    async def close(self) -> None:
        """Send what is left, as far as the collector takes it."""
        await asyncio.to_thread(self._provider.shutdown)
