"""The command line as its operator meets it: help for everything, refusals in words, and servers that end."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
import psutil  # type: ignore[import-untyped]  # it has no types of its own
import pytest
import typer
from typer.testing import CliRunner

from hub.__main__ import app
from hub.database.address import ask
from hub.keys import create
from tests.conftest import fresh_database
from tests.journeys.conftest import a_home
from tests.journeys.installation import Installation, Said, Served, free_port

SECONDS_TO_END = 10.0
NOBODY = "01a20aa3-e19c-7ec1-b6ef-1cd129469142"

Refusals = Mapping[tuple[str, ...], tuple[int, str]]
"""What a command line is answered: the exit status, and words that stand in the refusal."""


def refusals(installation: Installation, table: Refusals) -> dict[tuple[str, ...], Any]:
    """Run all of these commands, and return what they were answered where it is something else."""
    answers: dict[tuple[str, ...], Any] = {}
    for line, (status, words) in table.items():
        try:
            said = installation.refused(*line, status=status)
        except AssertionError as error:
            said = str(error)
        if words not in said:
            answers[line] = said
    return answers


@pytest.fixture(scope="module")
def running(migrated: Installation) -> Iterator[tuple[Installation, Served]]:
    """An installation that is served while the tests of this file run other commands in it."""
    with a_home() as folder:
        installation = migrated.copied_to(folder / "data")
        with installation.served() as served:
            yield installation, served


@pytest.fixture
async def shared(template: str, home: Path) -> AsyncIterator[Installation]:
    """An installation on a database that HUB_DATABASE_URL names, without a key file so far."""
    async with fresh_database(template) as url:
        yield Installation(home / "data", HUB_DATABASE_URL=url)


# ---- help -----------------------------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, ...]]:
    """Every group and every command."""
    waiting: list[tuple[tuple[str, ...], Any]] = [((), typer.main.get_command(app))]
    while waiting:
        path, command = waiting.pop()
        yield path
        waiting += [((*path, name), part) for name, part in getattr(command, "commands", {}).items()]


@pytest.mark.parametrize("path", sorted(commands()), ids=" ".join)
def test_every_command_explains_itself(path: tuple[str, ...]) -> None:
    answer = CliRunner().invoke(app, [*path, "--help"], env={"COLUMNS": "200", "TERM": "dumb"})
    assert answer.exit_code == 0
    assert "Usage:" in answer.output
    assert len(answer.output.split()) > 15


def test_the_script_itself_answers_as_the_forks_do(installation: Installation) -> None:
    """The other tests run commands as forks of a process that has imported the hub; this is the script `hub`."""
    script = Path(sys.executable).with_name("hub")
    for line in (("keys", "create"), ("token", "create")):
        done = subprocess.run(
            [script, *line], env=installation.environment, capture_output=True, text=True, timeout=30, check=False
        )
        assert Said(done.returncode, done.stdout, done.stderr) == installation.run(*line), line


# ---- what is refused, in words --------------------------------------------------------------------------------


def test_commands_on_a_running_installation_refuse_in_words(running: tuple[Installation, Served], home: Path) -> None:
    installation, served = running
    (home / "there").write_text("This is not a backup.")
    good = home / "good"
    installation.said("backup", str(good))
    (home / "half").write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    before = installation.said("log")
    free = str(free_port())
    assert (
        refusals(
            installation,
            {
                ("nonsense",): (2, "No such command 'nonsense'"),
                ("serve", "--port", "0"): (2, "'--port'"),
                ("serve", "--port", "70000"): (2, "'--port'"),
                ("serve", "--port", "http"): (2, "'--port'"),
                ("serve", "--workers", "0"): (2, "'--workers'"),
                ("serve", "--port", str(served.port)): (2, "choose another --port"),
                ("serve", "--host", "192.0.2.1", "--port", free): (2, "cannot be served on"),
                ("serve", "--port", free): (2, "is in use by another `serve` or `demo`"),
                ("import", "polis", str(home / "missing")): (2, "There is no directory"),
                ("import", "territories", str(home)): (2, "lacks entidades.csv"),
                ("import", "organizations", str(home / "there")): (2, "is not JSON"),
                ("export", "CGA/CONSULTA/1999/001", str(home / "datos")): (2, "There is no public consultation"),
                ("export", "CGA/CONSULTA/1999/001", str(home / "there")): (2, "is a file: name a directory"),
                ("backup", str(home / "there")): (2, "exists already"),
                ("backup", str(home / "no" / "folder")): (2, "There is no folder"),
                ("restore", str(home / "missing")): (2, "There is no backup"),
                ("restore", str(home / "there")): (2, "is not a whole backup of the hub"),
                ("restore", str(home / "half")): (2, "is not a whole backup of the hub"),
                ("restore", str(good)): (2, "is not empty"),
                ("token", "create"): (2, "give either --person or --client"),
                ("token", "create", "--person", "Ana", "--client", "Mapa"): (2, "give either --person or --client"),
                ("token", "create", "--person", NOBODY): (1, "There is nothing with this id"),
                ("token", "create", "--person", " "): (1, "The name is missing"),
                ("token", "create", "--person", "Ana", "--scope", "all"): (2, "'all' is not one of"),
                ("token", "create", "--person", "Ana", "--days", "366"): (2, "'--days'"),
                ("token", "revoke", "hub_pat_nonsense"): (1, "This hub knows no such token"),
                ("role", "grant", NOBODY, "coordinator", "--body", "XYZ"): (1, "There is nothing with this id"),
                ("role", "grant", "Ana", "coordinator", "--body", "XYZ"): (2, "UUID"),
                ("role", "grant", NOBODY, "queen", "--body", "XYZ"): (2, "'queen' is not one of"),
                ("role", "end", "nonsense", "--reason", "x"): (2, "nonsense is no id"),
                ("role", "end", NOBODY, "--reason", "x"): (1, "There is nothing with this id"),
            },
        )
        == {}
    )
    assert installation.said("log") == before
    assert (home / "there").read_text() == "This is not a backup."
    assert served.ready()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("HUB_DATABASE_URL", "postgresql://hub@127.0.0.1:1/none", "The database cannot be reached"),
        ("HUB_DATABASE_URL", "postgresql://hub:agua@host.invalid/hub", "The database cannot be reached"),
        ("HUB_DATABASE_URL", "mysql://hub:agua@127.0.0.1/hub", "is not the address of a PostgreSQL database"),
        ("HUB_DATABASE_URL", "agua", "is not the address of a PostgreSQL database"),
        ("HUB_POOL", "many", "HUB_POOL: Input should be a valid integer"),
        ("HUB_LOG_FORMAT", "xml", "HUB_LOG_FORMAT: String should match"),
        ("HUB_DATA", "/proc/hub/data", "set HUB_DATA to another place"),
        ("HUB_DATA", "/etc/passwd", "is not a directory"),
        ("HUB_POSTGRES_BIN", "/nowhere", "HUB_POSTGRES_BIN"),
    ],
)
def test_a_wrong_setting_is_named(home: Path, name: str, value: str, words: str) -> None:
    installation = Installation(home / "data", **{name: value})
    said = installation.refused("serve", "--port", str(free_port()))
    assert words in said
    assert "agua@" not in said, "A password is never repeated"


async def test_an_unknown_database_of_a_known_server(server: str, home: Path) -> None:
    installation = Installation(home / "data", HUB_DATABASE_URL=server.replace("@/hub?", "@/missing?"))
    assert 'database "missing" does not exist' in installation.refused("token", "create", "--person", "Ana")


async def test_the_schema_must_be_the_one_of_this_release(shared: Installation) -> None:
    url = shared.environment["HUB_DATABASE_URL"]
    serve = ("serve", "--port", str(free_port()))
    older, newer = "run `hub migrate`", "made by a newer hub"
    ask(url, "UPDATE alembic_version SET version_num = '9999'")
    commands = [serve, ("migrate",), ("token", "create", "--person", "Ana"), ("log",)]
    assert refusals(shared, dict.fromkeys(commands, (2, newer))) == {}
    ask(url, "UPDATE alembic_version SET version_num = '0001'")
    assert refusals(shared, {line: (2, older) for line in commands if line != ("migrate",)}) == {}
    ask(url, "DROP TABLE alembic_version")
    assert refusals(shared, {serve: (2, older)}) == {}
    assert ask(url, "SELECT FROM account") == []


async def test_the_keys_must_be_there_whole_and_private(shared: Installation, home: Path) -> None:
    serve = ("serve", "--port", str(free_port()))
    assert "run `hub keys create` once" in shared.refused(*serve, "--workers", "2")
    keys = home / "keys.json"
    create(keys)
    with_keys = shared.with_environment(HUB_KEYS=str(keys))
    keys.chmod(0o644)
    assert f"run `chmod 600 {keys}`" in with_keys.refused(*serve)
    keys.write_text(keys.read_text()[:-20])
    keys.chmod(0o600)
    assert "it is damaged: restore it" in with_keys.refused(*serve)
    keys.unlink()
    keys.mkdir(mode=0o700)
    assert "cannot be read (Is a directory)" in with_keys.refused(*serve)
    nowhere = shared.with_environment(HUB_KEYS="/proc/hub/keys.json")
    assert "cannot be made (No such file or directory)" in nowhere.refused(*serve)
    assert not (home / "data").exists()


async def test_keys_that_are_not_those_of_the_database_are_refused(shared: Installation, home: Path) -> None:
    """As after a restore in which the key file was forgotten: with new keys, nobody could be recognised."""
    url = shared.environment["HUB_DATABASE_URL"]
    serve = ("serve", "--port", str(free_port()))
    ask(url, "ALTER TABLE consultation_key DROP CONSTRAINT consultation_key_consultation_id_fkey")
    ask(url, f"INSERT INTO consultation_key VALUES ('{NOBODY}', decode('01{'00' * 60}', 'hex'))")
    assert "put that file back" in shared.refused(*serve)
    assert not (home / "data").exists()
    create(home / "keys.json")
    others = shared.with_environment(HUB_KEYS=str(home / "keys.json"))
    assert "not the one of this database" in others.refused(*serve)


# ---- servers and commands beside each other ---------------------------------------------------------------------


def test_other_commands_work_on_the_running_server(running: tuple[Installation, Served]) -> None:
    installation, served = running
    postmaster = installation.postmaster()
    made = installation.run("token", "create", "--person", "Ana Robles")
    assert made.out.startswith("hub_pat_")
    account = made.err.split()[1].rstrip(";")
    facts = [orjson.loads(line) for line in installation.said("log").splitlines()]
    assert [fact["type"] for fact in facts if fact["facts"].get("account_id") == account] == [
        "AccountCreated",
        "TokenCreated",
    ]
    assert "needs a body" in installation.refused("role", "grant", account, "coordinator", status=1)
    assert (
        installation.said("role", "grant", account, "administrator") == f"{account} is administrator of the platform."
    )
    granted = orjson.loads(installation.said("log").splitlines()[-1])["facts"]["grant_id"]
    last = installation.refused("role", "end", f"RoleGrant_{granted}", "--reason", "x", status=1)
    assert "last person who runs the platform" in last
    assert installation.said("migrate").startswith("The schema is up to date")
    assert installation.said("token", "revoke", made.out.strip()) == "The token is revoked."
    assert "already" in installation.refused("token", "revoke", made.out.strip(), status=1)
    assert installation.postmaster() == postmaster
    assert served.ready()


def gone(family: list[psutil.Process], served: Served) -> bool:
    """Tell whether all of these processes end by themselves and nobody is left on the port."""
    _, alive = psutil.wait_procs(family, timeout=SECONDS_TO_END)
    return alive == [] and not served.listens()


def ends_with_all_its_processes(installation: Installation, served: Served, number: signal.Signals) -> None:
    family = served.family()
    assert sum("postgres" in process.name() for process in family) > 4
    began = time.monotonic()
    status = served.end(number)
    assert time.monotonic() - began < SECONDS_TO_END
    assert status in {0, 128 + number, -number}
    assert gone(family, served)
    assert not (installation.data / "database" / "postmaster.pid").exists(), "It was stopped in good order"
    assert "Traceback" not in served.err


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.nightly)])
def test_the_server_ends_within_seconds_and_its_database_with_it(
    installation: Installation, number: signal.Signals
) -> None:
    ends_with_all_its_processes(installation, installation.start(), number)


@pytest.mark.parametrize("options", [pytest.param((), marks=pytest.mark.nightly), ("--workers", "2")])
def test_nothing_is_left_of_a_server_that_was_killed(installation: Installation, options: tuple[str, ...]) -> None:
    served = installation.start(*options)
    family = served.family()
    served.kill()
    assert gone(family, served)
    served.start_again()
    ends_with_all_its_processes(installation, served, signal.SIGTERM)


def test_a_port_that_is_taken_is_refused_before_anything_is_made(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        installation = Installation(home / "data")
        assert "choose another --port" in installation.refused("serve", "--port", port)
        assert "choose another --port" in installation.refused("demo", "--port", port)
    assert list(home.iterdir()) == []


def test_a_new_installation_is_told_what_to_run(home: Path) -> None:
    installation = Installation(home / "data")
    assert "run `hub migrate`" in installation.refused("serve", "--port", str(free_port()))
    assert installation.said("migrate").startswith("The schema went from revision nothing to ")
    with installation.served():
        keys = home / "data" / "keys.json"
        assert keys.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="It is about root, whom PostgreSQL refuses.")
def test_root_is_told_whom_to_run_the_database_as(home: Path) -> None:
    for account, words in (("root", "does not run as root"), ("nobody-of-that-name", "There is no account")):
        installation = Installation(home / "data", HUB_POSTGRES_USER=account)
        assert words in installation.refused("migrate")
    shutil.rmtree(home / "data", ignore_errors=True)
