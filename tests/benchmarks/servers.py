"""The servers side by side: one process each on the first core, and what they and the database cost."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from hub.database.address import ask, plain
from hub.settings import Settings
from tests.benchmarks.forms import facts, whole, without_cursors
from tests.benchmarks.peers import CONTRACT, Installed

CORES = sorted(os.sched_getaffinity(0))
STARTING = 60.0
MEGABYTE = 1024 * 1024


@dataclass
class Server:
    """One server under measurement."""

    name: str
    port: int
    process: psutil.Process
    blind: bool = False
    """Whether it looks at no token: whoever asks is answered alike."""
    form: Callable[[Any], Any] = whole
    """The form in which its answers are those of the hub."""

    @property
    def cpu(self) -> float:
        """Seconds of processor time that it has used."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    @property
    def memory(self) -> float:
        """Megabytes that it occupies."""
        return float(self.process.memory_info().rss / MEGABYTE)


class Backends:
    """The processes of PostgreSQL that work for one database; only where it runs on this machine."""

    def __init__(self, url: str) -> None:
        self._url = url

    @property
    def cpu(self) -> float:
        """Seconds of processor time that those which live now have used."""
        total = 0.0
        rows = ask(self._url, "SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        for row in rows:
            with contextlib.suppress(psutil.Error):
                times = psutil.Process(row["pid"]).cpu_times()
                total += times.user + times.system
        return total


def pinned_to_the_last() -> None:
    """Keep this process, which asks, off the core on which servers answer."""
    os.sched_setaffinity(0, CORES[-1:])


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(
    name: str,
    command: Sequence[str | Path],
    *,
    port: int,
    log: Path,
    environment: Mapping[str, str] | None = None,
    blind: bool = False,
    form: Callable[[Any], Any] = whole,
) -> Iterator[Server]:
    """Run a server as one process pinned to the first core, and end it."""
    with log.open("wb") as written:
        process = subprocess.Popen(command, env={**os.environ, **(environment or {})}, stdout=written, stderr=written)
    try:
        known = psutil.Process(process.pid)
        known.cpu_affinity(CORES[:1])
        _wait(process, port, log)
        yield Server(name, port, known, blind, form)
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + STARTING
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"A server did not start: {log.read_text(errors='replace')[-2000:]}")


def _python(*arguments: str) -> list[str]:
    return [sys.executable, "-m", *arguments]


def hub_server(url: str, keys: Path, folder: Path) -> contextlib.AbstractContextManager[Server]:
    """Serve the hub, as an operator does."""
    port = free_port()
    environment = {
        "HUB_DATABASE_URL": url,
        "HUB_KEYS": str(keys),
        "HUB_DATA": str(folder),
        "HUB_LOG_FORMAT": "json",
        # One caller asks as often as it can: what is measured is the work, and not the allowance.
        "HUB_POINTS": "0",
    }
    command = _python("hub", "serve", "--port", str(port))
    return running("hub", command, port=port, environment=environment, log=folder / "hub.log")


def plain_server(
    url: str, keys: Path, folder: Path, *, cached: bool = False
) -> contextlib.AbstractContextManager[Server]:
    """Serve the plain peer."""
    port, name = free_port(), "cached" if cached else "plain"
    command = _python("tests.benchmarks.plain", str(port), url, str(keys), *(["cached"] if cached else []))
    return running(name, command, port=port, log=folder / f"{name}.log")


def postgraphile_server(url: str, peers: Installed, folder: Path) -> contextlib.AbstractContextManager[Server]:
    """Serve PostGraphile over the schema `peers`; its answers are the same facts under other names."""
    return _node_server("postgraphile", [], url, peers, folder, form=facts)


def mercurius_server(url: str, peers: Installed, folder: Path) -> contextlib.AbstractContextManager[Server]:
    """Serve Mercurius over the same, by the hub's own contract."""
    return _node_server("mercurius", [CONTRACT], url, peers, folder, form=without_cursors)


def _node_server(
    name: str, more: Sequence[Path], url: str, peers: Installed, folder: Path, *, form: Callable[[Any], Any]
) -> contextlib.AbstractContextManager[Server]:
    port = free_port()
    # As many connections as the hub has for reads and writes together.
    program, pool = peers.folder / f"{name}.mjs", str(2 * Settings().pool)
    command: list[str | Path] = [peers.node, program, str(port), plain(url), pool, *more]
    environment = {"NODE_ENV": "production", "GRAPHILE_ENV": "production"}
    log = folder / f"{name}.log"
    return running(name, command, port=port, environment=environment, log=log, blind=True, form=form)


def bare_server(bodies: Path, folder: Path) -> contextlib.AbstractContextManager[Server]:
    """Serve bytes that were there before."""
    port = free_port()
    command = _python("tests.benchmarks.bare", str(port), str(bodies))
    return running("bare", command, port=port, log=folder / "bare.log", blind=True)
