"""Where bytes lie: each kept file once under its SHA-256, and what is only coming in apart from them.

::

    HUB_DATA/
    ├── files/ab/abcdef…    whole files, named by their hash; what a backup takes along
    └── uploads/…           files that are coming in; what is left of one that was broken off is swept

A file gets its name by one rename, when all of it is on the disk. So under a hash lies the whole of it, or nothing.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from hub import clock

BROKEN_OFF = 3600.0
"""Seconds after which what did not become whole is left over; none takes as long to come in."""


class Incoming:
    """A file that is coming in, and what is known of it so far."""

    def __init__(self, folder: Path) -> None:
        handle, path = tempfile.mkstemp(dir=folder, prefix="upload-")
        self.path, self.size = Path(path), 0
        self._stream: IO[bytes] = os.fdopen(handle, "w+b")
        self._digest = hashlib.sha256()

    def write(self, block: bytes) -> None:
        """Take a piece."""
        self._stream.write(block)
        self._digest.update(block)
        self.size += len(block)

    def finish(self) -> IO[bytes]:
        """Let all of it be on the disk, and return it for looking into."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.seek(0)
        return self._stream

    @property
    def sha256(self) -> bytes:
        """The hash of what came so far."""
        return self._digest.digest()

    def close(self) -> None:
        """Let go of it; what did not get a name by then is gone."""
        self._stream.close()
        self.path.unlink(missing_ok=True)


class Store:
    """The folders of one installation. All processes share them."""

    def __init__(self, data: Path) -> None:
        self.kept, self.unfinished = data / "files", data / "uploads"

    def begin(self) -> Incoming:
        """Begin to take a file in."""
        self.unfinished.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Incoming(self.unfinished)

    def path(self, sha256: bytes) -> Path:
        """Return where the bytes of this hash lie, if they do."""
        name = sha256.hex()
        return self.kept / name[:2] / name

    def place(self, incoming: Incoming) -> None:
        """Give a whole file its name, for good. Whoever calls holds the lock of the hash; twice is as once."""
        target = self.path(incoming.sha256)
        if not incoming.path.exists() and target.exists():
            return
        for folder in (self.kept, target.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        incoming.path.replace(target)
        for folder in (target.parent, self.kept):
            _lasting(folder)

    def remove(self, sha256: bytes) -> None:
        """Let bytes go that nothing names. Whoever calls holds the lock of the hash."""
        self.path(sha256).unlink(missing_ok=True)

    def old(self, *, age: float = BROKEN_OFF) -> Iterator[bytes]:
        """Give the hashes of the files that lie here for longer than this, in seconds."""
        before = clock.now().timestamp() - age
        for folder in sorted(self.kept.iterdir()) if self.kept.is_dir() else ():
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                if _is_older(path, before) and len(path.name) == 64:
                    yield bytes.fromhex(path.name)

    def clear(self, *, age: float = BROKEN_OFF) -> int:
        """Let go what was broken off, and return how many that were."""
        before, cleared = clock.now().timestamp() - age, 0
        for path in list(self.unfinished.iterdir()) if self.unfinished.is_dir() else ():
            if _is_older(path, before):
                path.unlink(missing_ok=True)
                cleared += 1
        return cleared


def _is_older(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:  # Another process was faster.
        return False


def _lasting(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
