"""An installation of the hub as its operator knows it: a data directory, commands, and a server that serves.

::

    hub = Installation(home / "data")
    hub.said("migrate")                      a command that does its work; returns what it printed
    hub.refused("restore", "missing")        a command that says in words what is wrong
    with hub.served() as served: …           `hub serve` on a free port, until the block ends

Every process is real and is ended by its own id.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

import psutil  # type: ignore[import-untyped]  # it has no types of its own

from hub.database.server import url_of
from hub.settings import Settings
from tests.journeys.commands import ready_to_run

CHECKOUT = Path(__file__).parents[2]

STARTING = 60.0
"""Seconds that a start may take before a test gives up; on a machine with nothing else to do it takes one."""

ENDING = 20.0
"""Seconds that a polite end may take."""


@contextmanager
def a_home() -> Iterator[Path]:
    """A folder that every account can reach, also the database server's when the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="hub-journey-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str


class Installation:
    """A data directory with the environment that goes with it."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.logs = data.parent
        self._environment = environment

    def copied_to(self, data: Path, **environment: str) -> Installation:
        """Return a copy of this installation, which must not run: made in a moment, where a migration takes two."""
        subprocess.run(["cp", "-a", str(self.data), str(data)], check=True)
        return Installation(data, **environment)

    def with_environment(self, **environment: str) -> Installation:
        """Return the same installation as somebody sees it who set some variables."""
        return Installation(self.data, **(self._environment | environment))

    @property
    def settings(self) -> Settings:
        """The settings that a command of this installation reads."""
        keys = self._environment.get("HUB_KEYS")
        return Settings(data=self.data, database_url=None, keys=Path(keys) if keys else None)

    @property
    def url(self) -> str:
        """The address of its private database, whether or not it runs."""
        return url_of(self.settings)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its commands: nothing of the tests' own settings enters it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
        return {**kept, "HUB_DATA": str(self.data), "COLUMNS": "200", **self._environment}

    def run(self, *command: str, seconds: float = STARTING) -> Said:
        """Run a command to its end, as a process of its own."""
        with tempfile.TemporaryDirectory(prefix="hub-said-") as said:
            out, err = Path(said, "out"), Path(said, "err")
            status = ready_to_run().run(command, self.environment, out=out, err=err, seconds=seconds)
            return Said(status, out.read_text(), err.read_text())

    def said(self, *command: str) -> str:
        """Run a command that does its work, and return what it printed."""
        done = self.run(*command)
        assert done.status == 0, done
        return done.out.strip()

    def refused(self, *command: str, status: int = 2) -> str:
        """Run a command that refuses, and return its words: no traceback is ever among them."""
        done = self.run(*command)
        assert done.status == status, done
        assert "Traceback" not in done.err, done.err
        assert "Traceback" not in done.out, done.out
        assert done.err.strip(), f"{command} said nothing about what is wrong"
        return " ".join(done.err.replace("│", " ").split())

    def token_of(self, name: str, *options: str) -> str:
        """Return a token of a new person, as the operator makes it."""
        return self.said("token", "create", "--person", name, *options)

    @contextmanager
    def served(self, *options: str, command: str = "serve", port: int | None = None) -> Iterator[Served]:
        """Serve until the block ends, then end the server politely and see that it went."""
        served = self.start(*options, command=command, port=port)
        try:
            yield served
        finally:
            served.end()

    def start(self, *options: str, command: str = "serve", port: int | None = None, wait: bool = True) -> Served:
        """Start to serve, and return when requests are answered (or at once). Whoever calls this ends it."""
        served = Served(self, command, port or free_port(), options)
        if wait:
            try:
                served.wait_until_ready()
            except BaseException:
                served.kill()
                raise
        return served

    def postmaster(self) -> int:
        """Return the process id of its database server, as PostgreSQL's own file names it."""
        return int((self.data / "database" / "postmaster.pid").read_text().splitlines()[0])


class Served:
    """A running `hub serve` or `hub demo`."""

    def __init__(self, installation: Installation, command: str, port: int, options: tuple[str, ...]) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.graphql = f"{self.url}/graphql"
        self._installation = installation
        self._out = installation.logs / f"{command}-{port}.out"
        self._err = installation.logs / f"{command}-{port}.err"
        self._command = [sys.executable, "-m", "hub", command, "--port", str(port), *options]
        self.process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        with self._out.open("ab") as out, self._err.open("ab") as err:
            return subprocess.Popen(
                self._command,
                cwd=CHECKOUT,
                env=self._installation.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )

    @property
    def out(self) -> str:
        """What it printed so far."""
        return self._out.read_text()

    @property
    def err(self) -> str:
        """What it said to the operator so far."""
        return self._err.read_text()

    def wait_until_ready(self, seconds: float = STARTING) -> None:
        """Wait until requests are answered."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            ended = self.process.poll()
            assert ended is None, f"It ended with {ended} instead of serving: {self.err}"
            if self.ready():
                return
            time.sleep(0.05)
        raise AssertionError(f"It does not serve after {seconds} s: {self.err}")

    def ready(self) -> bool:
        """Tell whether it answers that it can serve."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def listens(self) -> bool:
        """Tell whether anybody takes a connection on its port."""
        with socket.socket() as probe:
            probe.settimeout(2)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def family(self) -> list[psutil.Process]:
        """Return its process and all that it started: workers, the database server and that one's processes."""
        first = psutil.Process(self.process.pid)
        return [first, *first.children(recursive=True)]

    def end(self, number: int = signal.SIGTERM) -> int:
        """Ask it to end, wait until it did, and return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(ENDING)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"It did not end within {ENDING} s: {self.err}") from None

    def start_again(self) -> None:
        """Start the same command on the same port, after it was killed, and return when requests are answered."""
        self.process = self._started()
        self.wait_until_ready()

    def kill(self) -> None:
        """End it as the kernel does when memory is short; what it started must follow by itself."""
        self.process.kill()
        self.process.wait()
