"""Commands as real processes, a tenth of a second each: one process has imported the hub, and forks for each command.

The fork gets the command's own arguments, environment and streams and runs the same `main` as the script `hub` does;
what it leaves out is only the second that Python takes to import everything. This file is also that process's program.
"""

from __future__ import annotations

import gc
import json
import os
import select
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NoReturn

CHECKOUT = Path(__file__).parents[2]


class Forking:
    """The process that forks, and the way to it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__], cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(
        self, command: Sequence[str], environment: Mapping[str, str], *, out: Path, err: Path, seconds: float
    ) -> int:
        """Run one command, with its words in these files, and return its exit status."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = {"command": command, "environment": environment, "streams": [os.devnull, str(out), str(err)]}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        if not select.select([self._process.stdout], [], [], seconds)[0]:
            self._process.kill()
            raise TimeoutError(f"{command} took more than {seconds} s")
        return int(self._process.stdout.readline())

    def end(self) -> None:
        """Let it end."""
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()
        self._process.wait(5)


@cache
def ready_to_run() -> Forking:
    """Return the process that forks, started when it is first needed."""
    return Forking()


def no_more_commands() -> None:
    """End the process that forks, if there is one."""
    if ready_to_run.cache_info().currsize:
        ready_to_run().end()
        ready_to_run.cache_clear()


def main() -> None:
    """Fork for each order on the standard input."""
    for name in ("typer.rich_utils", "hub.__main__", "hub.serving", "hub.importing.polis"):
        import_module(name)  # The forks have it already.
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            _become(**json.loads(line))
        _, status = os.waitpid(number, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - the answer


def _become(command: Sequence[str], environment: Mapping[str, str], streams: Sequence[str]) -> NoReturn:
    for number, (name, mode) in enumerate(zip(streams, "rww", strict=True)):
        with Path(name).open(mode) as stream:
            os.dup2(stream.fileno(), number)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["hub", *command]
    from hub.__main__ import main as hub

    status = 0
    try:
        hub()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - Python itself would say so, and that is what a test looks for
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # Without the half second that Python takes to forget everything it has imported.


if __name__ == "__main__":
    main()
