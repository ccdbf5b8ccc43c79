"""What all tests stand on: one private PostgreSQL for the run, a fresh database for each test, and an open hub."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
import structlog
from hypothesis.configuration import set_hypothesis_home_dir

from hub.database.address import plain
from hub.database.migrating import migrate
from hub.database.server import own
from hub.machines import MACHINES
from hub.settings import Settings
from hub.tracebacks import without_messages
from tests.browser import Chromium, a_chromium
from tests.canaries import watch_log
from tests.talking import Talking, talking

# What people may ask for is tried in tests/price, with the limits of an installation. Everywhere else it would only be
# in the way: random operations are as deep as they can be, and crowds come from one machine. Answers are kept in
# tests/caching: elsewhere tests write past the hub, and count its statements.
for _name, _value in (
    ("HUB_POINTS", "0"),
    ("HUB_NODES", "1000000"),
    ("HUB_NODES_WITH_TOKEN", "1000000"),
    ("HUB_CACHE_BYTES", "0"),
):
    os.environ.setdefault(_name, _value)
# The servers of the tests make each commit durable, as an installation's do, and each test has a database of its own:
# on a disk that is most of the time of a run. Where there is memory for it, the files lie there.
MEMORY = Path("/dev/shm")
ENOUGH = 6 * 2**30
if MEMORY.is_dir() and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC and shutil.disk_usage(MEMORY).free > ENOUGH:
    tempfile.tempdir = str(MEMORY)

TEMPLATE = "hub_template"
_numbers = count(1)

# Of each account its own: what one made, another may not write into.
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / f"hub-hypothesis-{os.geteuid()}")
structlog.configure(
    processors=[without_messages, watch_log, structlog.processors.JSONRenderer(default=str)],
    logger_factory=structlog.ReturnLoggerFactory(),
    cache_logger_on_first_use=False,
)


@pytest.fixture(scope="session")
def data() -> Iterator[Path]:
    """The data directory of the run: directly under the system's, where the server's account can reach it."""
    folder = Path(tempfile.mkdtemp(prefix="hub-tests-"))
    folder.chmod(0o755)
    yield folder / "data"
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def server(data: Path) -> Iterator[str]:
    """The address of the hub's own private server, for all tests of this process."""
    with own(Settings(data=data, database_url=None, keys=None), say=lambda words: None) as url:
        yield url


def named(url: str, database: str) -> str:
    """Return the address of another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


@asynccontextmanager
async def administration(server: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection that makes and drops databases."""
    connection = await asyncpg.connect(plain(server))
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture(scope="session")
async def template(server: str) -> str:
    """A database that was migrated once; every other one is a copy of it."""
    async with administration(server) as connection:
        await connection.execute(f"CREATE DATABASE {TEMPLATE}")
    await migrate(named(server, TEMPLATE), MACHINES, say=lambda words: None)
    return server


@asynccontextmanager
async def fresh_database(template: str, *, like: str = TEMPLATE) -> AsyncIterator[str]:
    """A database of its own, at the newest revision and empty, or like another one, for as long as this block."""
    name = f"test_{next(_numbers)}"
    async with administration(template) as connection:
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY FILE_COPY")
    try:
        yield named(template, name)
    finally:
        async with administration(template) as connection:
            await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def database_url(template: str) -> AsyncIterator[str]:
    """The address of an empty database for one test."""
    async with fresh_database(template) as url:
        yield url


@pytest.fixture
async def hub(database_url: str, data: Path) -> AsyncIterator[Talking]:
    """An open hub with nothing in it, and a way to talk to it over HTTP."""
    async with talking(Settings(data=data, database_url=None, keys=None), database_url) as opened:
        yield opened


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Chromium]:
    """A real browser, for all tests of this process."""
    async with a_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The large real sources: where HUB_TEST_DATA says, else beside the checkout."""
    beside = Path(__file__).parents[1].parent / "shared" / "data"
    found = Path(os.environ.get("HUB_TEST_DATA", beside))
    if not found.is_dir():
        reason = f"HUB_TEST_DATA: there is no directory {found} with the real sources."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found
