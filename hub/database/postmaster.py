"""The server process as our child: made, started, watched, started again when it dies, and stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

import asyncpg

from hub.database import leash
from hub.database.address import ask
from hub.database.binaries import Programs, environment, for_server
from hub.database.locks import Lock, Patience, Say
from hub.database.place import PORT, Account, Place, private_folder
from hub.errors import SetupError
from hub.settings import Settings

# Written into postgresql.conf once, where an operator may change them. The log keeps no statements and no
# details, since those can hold what a person wrote.
FIRST_SETTINGS = (
    "dynamic_shared_memory_type=mmap",
    "shared_buffers=128MB",
    "max_connections=200",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_checkpoints=off",
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
)

# Given at every start, where no file can say otherwise.
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")

DEATHS_IN_A_ROW = 5
"""How often a server that lived less than a minute is started again before the hub gives up on it."""


def answers(place: Place, *, name: str = "hub") -> bool:
    """Tell whether a server is there and ready, with this database; refuse if it may not be reached."""
    try:
        # The server writes its state into the last line; until then, each knock would be a line in its log.
        if (place.database / "postmaster.pid").read_text().split()[-1] not in {"ready", "standby"}:
            return False
        ask(place.url.replace("@/hub?", f"@/{name}?"), "SELECT 1")
    except (asyncpg.OperatorInterventionError, asyncpg.InvalidCatalogNameError):
        return False  # It is starting or stopping, or its first start has not made the database yet.
    except PermissionError as error:
        raise SetupError(
            f"The database may not be reached ({error}): run the command under the hub's account."
        ) from None
    except (OSError, IndexError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError):
        return False
    except asyncpg.PostgresError:
        return True  # For instance that it has no connection left: it is there.
    return True


class Postmaster:
    """The server as our child, from start to stop. Call it only while holding the starter's lock."""

    def __init__(self, settings: Settings, place: Place, account: Account | None, *, say: Say) -> None:
        self._settings = settings
        self._place = place
        self._account = account
        self._say = say
        self._programs: Programs | None = None
        self._stop_asked = threading.Event()
        self._was_ready = threading.Event()
        self._failure: Exception | None = None
        # One thread starts, watches, signals and reaps the child: so no signal can go to a process number
        # that was reaped a moment ago, and the leash, which the thread that forked holds, lasts as long as
        # the server.
        self._keeper = threading.Thread(target=self._keep, name="hub-database", daemon=True)

    def start(self) -> None:
        """Start the server, and return when it answers and is known to keep what it acknowledges."""
        self._programs = for_server(self._settings, self._place, self._account)
        private_folder(self._place.sockets, self._account)
        if self._place.log.exists():
            self._place.log.replace(self._place.log.with_name("postgres.log.1"))
        self._keeper.start()
        try:
            self._wait_until_ready()
            self._require_durability()
        except BaseException:
            self.stop()
            raise
        self._was_ready.set()

    def stop(self) -> None:
        """Stop the server: clients are cut off, everything is flushed. Returns when it has ended."""
        self._stop_asked.set()
        began = time.monotonic()
        while self._keeper.is_alive():
            self._keeper.join(5)
            if self._keeper.is_alive():
                self._say(f"Waiting for the database server to stop ({time.monotonic() - began:.0f} s so far).")

    # The keeper's thread.

    def _keep(self) -> None:
        deaths = 0
        try:
            while (process := self._spawn()) is not None:
                born = time.monotonic()
                if self._watch(process):
                    return
                deaths = deaths + 1 if time.monotonic() - born < 60 else 1
                if not self._was_ready.is_set() or process.returncode == 0:
                    return  # It could not start, or somebody stopped it in good order: not ours to overrule.
                if deaths > DEATHS_IN_A_ROW:
                    log = self._place.log
                    self._say(f"The database server died {deaths} times in a row and is given up: see {log}.")
                    return
                self._say(f"The database server died ({_cause(process.returncode)}); starting it again.")
        except Exception as failure:  # noqa: BLE001 - it is raised again in the thread that started this one
            self._failure = failure
            if self._was_ready.is_set():
                self._say(f"The database server could not be started again: {failure}")

    def _spawn(self) -> subprocess.Popen[bytes] | None:
        """Start the server when no process of an earlier one is left; None if it is not wanted any more."""
        lock = self._place.lock("server")
        words = f"Waiting for the earlier database server{_process(self._place)} to end."
        try:
            if not lock.wait(words, say=self._say, until=self._stop_asked.is_set):
                return None
            if not self._place.database.exists() or not any(self._place.database.iterdir()):
                self._create(lock)
            self._require_version()
            _clear_leftovers(self._place)
            options = {
                "listen_addresses": "",
                "port": str(PORT),
                "unix_socket_directories": f'"{self._place.sockets}"',
                "unix_socket_permissions": "0700",
                "logging_collector": "off",
                **dict.fromkeys(DURABLE, "on"),
            }
            arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
            return self._run("postgres", "-D", str(self._place.database), *arguments, lock=lock)
        finally:
            lock.release()

    def _watch(self, process: subprocess.Popen[bytes]) -> bool:
        """Return True when the server was stopped because we asked, False when it ended by itself."""
        while process.poll() is None:
            if self._stop_asked.wait(0.2):
                process.send_signal(signal.SIGINT)  # the fast shutdown
                process.wait()
                return True
        return False

    def _run(self, name: str, *arguments: str, lock: Lock) -> subprocess.Popen[bytes]:
        """Run a program on the leash, with the server's lock in its hands and its words in the log."""
        if self._programs is None:
            raise RuntimeError("The programs are looked for before any is run.")
        account = (self._account.uid, self._account.gid) if self._account else None
        log = os.open(self._place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        if os.geteuid() == 0:
            owner = self._place.data.stat()
            os.fchown(log, owner.st_uid, owner.st_gid)
        try:
            return subprocess.Popen(  # noqa: S603 - our own programs
                leash.command(self._programs / name, arguments, account=account),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment(),
                cwd="/",
                start_new_session=True,  # Ctrl-C at a terminal is for the hub, which then stops the server.
                pass_fds=(lock.fileno(),),
            )
        finally:
            os.close(log)

    def _create(self, lock: Lock) -> None:
        """Make the database's directory under another name, and give it its own when it is whole."""
        unfinished = self._place.data / "database.unfinished"
        if unfinished.exists():
            shutil.rmtree(unfinished)
        private_folder(unfinished, self._account)
        process = self._run(
            "initdb",
            f"--pgdata={unfinished}",
            "--username=hub",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            # Whoever can open the socket's folder is the server's own account, or root: nobody to ask.
            "--auth-local=trust",
            "--auth-host=reject",
            "--no-instructions",
            *(f"--set={setting}" for setting in FIRST_SETTINGS),
            lock=lock,
        )
        if process.wait() != 0:
            raise SetupError(f"The database could not be made:\n{_tail(self._place.log)}")
        unfinished.rename(self._place.database)

    def _require_version(self) -> None:
        if self._programs is None:
            raise RuntimeError("The programs are looked for before their version is.")
        database = self._place.database
        owner = database.stat().st_uid
        if owner != (self._account.uid if self._account else os.geteuid()):
            raise SetupError(f"{database} belongs to another account (number {owner}): run the command under that one.")
        try:
            version = (database / "PG_VERSION").read_text().strip()
        except OSError:
            raise SetupError(f"{database} is not a database directory: set HUB_DATA to another place.") from None
        if version != str(self._programs.major):
            raise SetupError(
                f"{database} is a database of PostgreSQL {version}, and the programs are PostgreSQL "
                f"{self._programs.major}: run the hub of that time, take a backup with `hub backup`, and "
                "restore it into a new directory."
            )

    # The caller's thread.

    def _wait_until_ready(self) -> None:
        """Wait for the first answer; after a crash, recovery takes as long as it takes."""
        patience = Patience(self._say)
        while not answers(self._place, name="postgres"):
            if not self._keeper.is_alive():
                raise self._failure or SetupError(f"The database server did not start:\n{_tail(self._place.log)}")
            patience.pause(f"Waiting for the database to be ready: {_tail(self._place.log, lines=1)}")
        elsewhere = self._place.url.replace("@/hub?", "@/postgres?")
        if not ask(elsewhere, "SELECT 1 FROM pg_database WHERE datname = 'hub'"):
            ask(elsewhere, "CREATE DATABASE hub")

    def _require_durability(self) -> None:
        for row in ask(self._place.url, "SELECT name, setting FROM pg_settings WHERE name = ANY($1)", list(DURABLE)):
            if row["setting"] != "on":
                raise SetupError(
                    f"The database runs with {row['name']}={row['setting']}, so it could lose what it has "
                    "acknowledged: remove that setting from its roles and databases (ALTER ROLE … RESET, "
                    "ALTER DATABASE … RESET)."
                )


def _clear_leftovers(place: Place) -> None:
    """Remove what a killed server left behind, which PostgreSQL could mistake for a running one.

    It asks only whether the process number in `postmaster.pid` is alive, and after `kill -9` or a restart of
    the machine that number may be a stranger's. We hold the server's lock, so no server of ours is left; the
    number is alive and at work in this directory only if somebody started a server by hand. Nobody is
    signalled.
    """
    pid_file = place.database / "postmaster.pid"
    with suppress(FileNotFoundError, ValueError, IndexError):
        process = Path("/proc") / str(int(pid_file.read_text().splitlines()[0]))
        if not Path("/proc/self").exists():
            return  # Without a way to tell, PostgreSQL's own caution stands.
        with suppress(OSError):  # It has ended, or is another account's.
            if (process / "cwd").samefile(place.database):
                raise SetupError(
                    f"A PostgreSQL server that the hub did not start (process {process.name}) runs in "
                    f"{place.database}: stop it with `kill -INT {process.name}`, then try again."
                )
    socket = place.sockets / f".s.PGSQL.{PORT}"
    for leftover in (pid_file, socket, socket.with_name(f"{socket.name}.lock")):
        leftover.unlink(missing_ok=True)


def _process(place: Place) -> str:
    """Return which process the earlier server is, as far as its own file tells."""
    with suppress(OSError, IndexError):
        return f" (process {(place.database / 'postmaster.pid').read_text().splitlines()[0]} of {place.data})"
    return f" of {place.data}"


def _tail(log: Path, *, lines: int = 12) -> str:
    """Return the last words of the server."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


def _cause(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit status {code}"
