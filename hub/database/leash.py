"""Run a program that is asked to stop as soon as the process that started it is gone.

This file is run as a script of its own, before the program takes its place (`exec`), and imports nothing
of the hub::

    python -I -S leash.py PARENT USER:GROUP PROGRAM ARGUMENTS…      (`-` for USER:GROUP: stay who you are)

Why a script and not a function that `subprocess` runs after the fork: such a function may deadlock in a
process with threads. Why not leave it to `subprocess` to change the account: that account often may not reach
the Python that the hub runs with, and changing the account forgets the parent-death signal, so that must come
after it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

SET_PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of `linux/prctl.h`."""


def command(program: Path, arguments: Sequence[str], *, account: tuple[int, int] | None) -> list[str]:
    """Return the command that runs a program on this process's leash, under another account if given."""
    who = f"{account[0]}:{account[1]}" if account else "-"
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), who, str(program), *arguments]


def main(parent: str, who: str, *program: str) -> None:
    """Give up the rights, tie the leash, and become the program."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None
    if who != "-":
        user, group = map(int, who.split(":"))
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)
    if prctl is not None:
        # SIGINT is PostgreSQL's fast shutdown: clients are cut off and everything is flushed, so that the
        # next start has nothing to recover.
        prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGINT, 0, 0, 0)
    if os.getppid() != int(parent):  # It died before the leash was tied, so no signal will come.
        sys.exit("The process that wanted this program is gone.")
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and what is ignored stays so across `exec`.
    os.execv(program[0], program)  # noqa: S606 - the program is to take this process's place, without a shell


if __name__ == "__main__":
    main(*sys.argv[1:])
