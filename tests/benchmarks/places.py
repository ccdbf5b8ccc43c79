"""Where measuring takes place: a world that is made once and kept."""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from hub.database.address import ask as ask_database
from hub.database.migrating import migrate
from hub.keys import load
from hub.machines import MACHINES
from hub.settings import Settings
from tests.benchmarks import commission, peers, world

HERE = Path(tempfile.gettempdir()) / "civic-hub-benchmarks"


def database_of(server: str, name: str) -> str:
    """Return the URL of the database with this name on a server, made if it is not there."""
    if not ask_database(server, "SELECT FROM pg_database WHERE datname = $1", name):
        ask_database(server, f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


async def prepared(url: str, settings: Settings, responses: int) -> None:
    """Make the world of so many responses where it is not there, with nobody having answered what is open."""
    await peers.drop_schema(url)
    await migrate(url, MACHINES, say=lambda words: None)
    await world.make(url, responses=responses)
    await commission.make(url)
    await world.refresh(url, load(settings.keys_file, make=True))
