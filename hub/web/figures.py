"""Figures for Prometheus, at an address of their own: how many requests of which kind, how long, how busy the pools.

Labels have few values, all of them ours: nothing that a caller chose is one. Each process writes its figures into files
of one folder, which is gone when the hub ends; the first process adds them up whenever somebody asks.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from hub.errors import SetupError
from hub.tracing import Trace

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where the library looks for the folder, once, when it is imported: so it is imported only after that is said."""

SAMPLE_SECONDS = 1.0
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
OF_A_PROCESS = re.compile(r"_(\d+)\.db$")

Pools = Mapping[str, Callable[[], int]]
"""How many connections of each pool are in use."""


class Streams(Protocol):
    """What is known of connections that last."""

    @property
    def open(self) -> Mapping[str, int]:
        """How many are open, by their kind."""

    @property
    def refused(self) -> Mapping[str, int]:
        """How many were refused since the start, by the reason."""


class Cache(Protocol):
    """What is known of the answers that are kept."""

    size: int
    """About how many bytes they take."""

    @property
    def counts(self) -> Mapping[str, int]:
        """How often what happened to one, since the start."""


class Figures:
    """The figures of one process."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        self.registry = CollectorRegistry()
        self._requests = Counter(
            "hub_requests", "Requests that were answered.", ("kind", "status"), registry=self.registry
        )
        self._refusals = Counter(
            "hub_refusals", "Acts that were refused, by the code that was answered.", ("code",), registry=self.registry
        )
        self._seconds = Histogram(
            "hub_request_seconds",
            "Seconds to the end of an answer.",
            ("kind",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self._in_use = Gauge(
            "hub_pool_in_use",
            "Database connections in use, of all processes.",
            ("pool",),
            multiprocess_mode="livesum",
            registry=self.registry,
        )
        self._streams = Gauge(
            "hub_streams_open",
            "Connections that last, of all processes.",
            ("kind",),
            multiprocess_mode="livesum",
            registry=self.registry,
        )
        self._refused = Counter(
            "hub_streams_refused", "Connections that were refused.", ("reason",), registry=self.registry
        )
        self._kept = Gauge(
            "hub_cache_bytes",
            "Bytes of answers that are kept, of all processes.",
            multiprocess_mode="livesum",
            registry=self.registry,
        )
        self._asked = Counter(
            "hub_cache",
            "Answers found (hit) or read (miss), those of them that were too old, and those that made room.",
            ("result",),
            registry=self.registry,
        )

    def request(self, trace: Trace, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self._requests.labels(trace.kind, str(status)).inc()
        self._seconds.labels(trace.kind).observe(seconds)
        for code in trace.refusals:
            self._refusals.labels(code).inc()

    async def sample(self, pools: Pools, streams: Streams, cache: Cache) -> None:
        """Look at the pools, the streams and the cache once a second, for as long as the process serves."""
        counted: dict[str, int] = {}
        asked: dict[str, int] = {}
        while True:
            for name, in_use in pools.items():
                self._in_use.labels(name).set(in_use())
            for kind, number in streams.open.items():
                self._streams.labels(kind).set(number)
            for reason, number in streams.refused.items():
                self._refused.labels(reason).inc(number - counted.get(reason, 0))
                counted[reason] = number
            self._kept.set(cache.size)
            for result, number in cache.counts.items():
                self._asked.labels(result).inc(number - asked.get(result, 0))
                asked[result] = number
            await asyncio.sleep(SAMPLE_SECONDS)


@contextmanager
def shown_at(address: str | None) -> Iterator[None]:
    """Show the figures of this process and of those that it starts, in this block, where there is an address."""
    if address is None:
        yield
        return
    host, _, port = address.rpartition(":")
    with tempfile.TemporaryDirectory(prefix="hub-figures-") as folder:
        os.environ[FOLDER] = folder
        from prometheus_client import CollectorRegistry, start_http_server
        from prometheus_client.multiprocess import MultiProcessCollector

        class Living(MultiProcessCollector):
            """Adds up what the processes wrote; what is in use is of those that still live."""

            def collect(self):  # type: ignore[no-untyped-def]  # as the library has it
                _forget_the_dead(Path(folder))
                return super().collect()  # type: ignore[no-untyped-call]

        registry = CollectorRegistry()
        Living(registry)  # type: ignore[no-untyped-call]
        try:
            server, _ = start_http_server(int(port), host.strip("[]"), registry)
        except OSError as error:
            raise SetupError(f"HUB_METRICS: {address} cannot be served on ({error.strerror}).") from None
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()


def _forget_the_dead(folder: Path) -> None:
    """Drop the gauges of processes that are gone; what they counted stays counted."""
    for file in folder.glob("gauge_live*.db"):
        found = OF_A_PROCESS.search(file.name)
        if found is not None and not _lives(int(found[1])):
            file.unlink(missing_ok=True)


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
