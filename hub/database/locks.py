"""Locks between processes that die with their holder, and waiting with words.

They are `flock`s: the kernel drops them when the last descriptor of the opened file is closed, however the
process ended, so there is nothing stale to clean up and no process number to mistake for another's.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path

from hub.errors import SetupError

Say = Callable[[str], None]
"""Where words for the operator go: a line of the log, or the terminal. May be called from another thread."""

PAUSE = 0.05
"""Seconds between two looks at what is waited for."""


class Patience:
    """Waits without limit, but tells the operator every few seconds what for."""

    def __init__(self, say: Say, *, first: float = 1.0, then: float = 5.0) -> None:
        self._say = say
        self._began = time.monotonic()
        self._next = self._began + first
        self._then = then

    def pause(self, words: str) -> None:
        """Let a moment pass; say the words when it is time to."""
        time.sleep(PAUSE)
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + self._then
            self._say(f"{words} ({time.monotonic() - self._began:.0f} s so far)")


class Lock:
    """One lock file, which this process may hold alone or share."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._descriptor: int | None = None

    def fileno(self) -> int:
        """Return the descriptor: a child that inherits it holds the lock too, after we have let go of it."""
        if self._descriptor is None:
            raise ValueError("The lock is not held.")
        return self._descriptor

    def take(self, *, shared: bool = False) -> bool:
        """Take the lock if it is free; tell whether it is ours now."""
        descriptor = self._open()
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    def wait(self, words: str, *, say: Say, shared: bool = False, until: Callable[[], bool] = lambda: False) -> bool:
        """Take the lock, however long it takes, unless `until` becomes true; tell whether it is ours now."""
        patience = Patience(say)
        while not self.take(shared=shared):
            if until():
                return False
            patience.pause(words)
        return True

    def release(self) -> None:
        """Let go, by closing, not unlocking: a child that inherited it keeps the lock until it ends."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _open(self) -> int:
        try:
            descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except PermissionError:
            raise SetupError(
                f"{self._file} belongs to another account: run the command under the one that runs the hub."
            ) from None
        if os.geteuid() == 0:
            # Root may look after another account's directory, which must still be able to open its own locks.
            owner = self._file.parent.stat()
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
        return descriptor
