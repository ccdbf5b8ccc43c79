"""The peers from npm: their packages, installed beside the keys and logs of a run, and the schema that they read.

`npm/package-lock.json` pins every package by its hash. Nothing is installed into the checkout, and where there is no
npm, or no registry, the other servers are measured without these.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from hub.database.address import plain
from tests import node

SOURCES = Path(__file__).parent / "npm"
CONTRACT = Path(__file__).parents[2] / "graphql_schema" / "schema.graphql"

LEFT_OUT = "PostGraphile and Mercurius are left out"

Say = Callable[[str], None]


@dataclass(frozen=True)
class Installed:
    """Where the peers lie with their packages, and the Node.js that runs them."""

    folder: Path
    node: Path


def installed(directory: Path, say: Say) -> Installed | None:
    """Install the peers where that is not done yet; None, with a sentence that says why, where it cannot be done."""
    try:
        found = node.found()
    except node.Missing as missing:
        say(f"{missing}: {LEFT_OUT}.")
        return None
    folder = directory / "npm"
    shutil.copytree(SOURCES, folder, dirs_exist_ok=True)
    lock, done = (folder / "package-lock.json").read_text(encoding="utf-8"), folder / "installed.json"
    if not done.exists() or done.read_text(encoding="utf-8") != lock:
        say(f"The peers from npm are installed into {folder}: once, some 300 MB; this takes a minute or two.")
        try:
            node.install(found, folder)
        except node.Missing as missing:
            say(f"{missing}: {LEFT_OUT}.")
            return None
        done.write_text(lock, encoding="utf-8")
    return Installed(folder, found.node)


async def drop_schema(url: str) -> None:
    """Drop what an earlier run made: a migration could not change a column that a view shows."""
    await _execute(url, "SET client_min_messages = warning; DROP SCHEMA IF EXISTS peers CASCADE")


async def make_schema(url: str) -> None:
    """Make the views and functions of the peers, in a schema that the hub does not know."""
    await _execute(url, f"CREATE SCHEMA peers; {(SOURCES / 'peers.sql').read_text(encoding='utf-8')}")


async def _execute(url: str, script: str) -> None:
    connection = await asyncpg.connect(plain(url))
    try:
        await connection.execute(script)
    finally:
        await connection.close()
