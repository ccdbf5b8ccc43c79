"""An import in a process of its own that says aloud what it has done, so that a test can kill it there."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import hub.models  # noqa: F401 - the mapper must know every table
from hub.changes.change import Changes
from hub.database.engine import write_engine
from hub.importing.polis import import_polis
from hub.importing.summary import Unwatched
from hub.keys import Keyring


class Aloud(Unwatched):
    """Says every step on the standard output."""

    def begin(self, what: str, total: int | None) -> None:
        self._what = what
        print(f"begin {what}", flush=True)  # noqa: T201 - it is read by the test

    def advance(self, steps: int) -> None:
        print(f"advance {self._what}", flush=True)  # noqa: T201 - it is read by the test


async def main(url: str, directory: str) -> None:
    engine = write_engine(url, size=2, patient=True)
    await import_polis(Changes(engine, Keyring({1: bytes(32)}, 1)), Path(directory), progress=Aloud())
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
