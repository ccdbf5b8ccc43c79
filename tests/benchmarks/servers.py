"""The servers side by side: one process each on the first core, and what they and the database cost."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from hub.database.address import ask

CORES = sorted(os.sched_getaffinity(0))
STARTING = 60.0
MEGABYTE = 1024 * 1024


@dataclass
class Server:
    """One server under measurement."""

    name: str
    port: int
    process: psutil.Process

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


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(
    name: str, arguments: Sequence[str], *, port: int, environment: Mapping[str, str], log: Path
) -> Iterator[Server]:
    """Run a server as one process pinned to the first core, and end it."""
    command = [sys.executable, "-m", *arguments]
    with log.open("wb") as written:
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=written, stderr=written)
    try:
        known = psutil.Process(process.pid)
        known.cpu_affinity(CORES[:1])
        _wait(process, port, log)
        yield Server(name, port, known)
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


def hub_server(url: str, keys: Path, folder: Path) -> contextlib.AbstractContextManager[Server]:
    """Serve the hub, as an operator does."""
    port = free_port()
    environment = {
        "HUB_DATABASE_URL": url,
        "HUB_KEYS": str(keys),
        "HUB_DATA": str(folder),
        "HUB_LOG_FORMAT": "json",
    }
    arguments = ["hub", "serve", "--port", str(port)]
    return running("hub", arguments, port=port, environment=environment, log=folder / "hub.log")


def plain_server(
    url: str, keys: Path, folder: Path, *, cached: bool = False
) -> contextlib.AbstractContextManager[Server]:
    """Serve the plain peer."""
    port, name = free_port(), "cached" if cached else "plain"
    arguments = ["tests.benchmarks.plain", str(port), url, str(keys), *(["cached"] if cached else [])]
    return running(name, arguments, port=port, environment={}, log=folder / f"{name}.log")


def bare_server(bodies: Path, folder: Path) -> contextlib.AbstractContextManager[Server]:
    """Serve bytes that were there before."""
    port = free_port()
    arguments = ["tests.benchmarks.bare", str(port), str(bodies)]
    return running("bare", arguments, port=port, environment={}, log=folder / "bare.log")
