"""Logs: lines for people, or one JSON object a line for machines, without a word of what people wrote."""

from __future__ import annotations

import asyncio
import atexit
import datetime as dt
import logging
import sys
import time
from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

import orjson
import structlog
from structlog.typing import Processor

from hub.settings import Settings
from hub.tracebacks import without_messages


class Lines:
    """Where lines of bytes go. Those of one turn of the event loop go together: a call of the system is half a line."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []
        atexit.register(self._write)

    def msg(self, line: bytes) -> None:
        """Write a line, at the end of this turn at the latest; at once where no event loop turns."""
        self._waiting.append(line)
        if len(self._waiting) > 1:
            return
        try:
            asyncio.get_running_loop().call_soon(self._write)
        except RuntimeError:
            self._write()

    debug = info = warning = error = critical = exception = fatal = failure = log = warn = msg

    def _write(self) -> None:
        lines, self._waiting = self._waiting, []
        if lines:
            sys.stdout.buffer.write(b"\n".join([*lines, b""]))
            sys.stdout.buffer.flush()


_log = structlog.get_logger("hub.web")
_straight: Lines | None = None
"""Where the lines of requests go without a detour, where they are for machines."""


def tell_of_request(**told: Any) -> None:
    """Write the line of a request. There is one for each, so that for machines it is made in one go."""
    if _straight is None:
        _log.info("request", **told)
    else:
        told["event"] = "request"
        _straight.msg(for_a_machine(None, "info", told))


def configure_logs(settings: Settings) -> None:
    """Write logs for people, or as one JSON object a line for machines."""
    global _straight
    lines = Lines()
    for_people: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_messages,
        structlog.dev.ConsoleRenderer(),
    ]
    for_machines = settings.log_format == "json"
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(settings.log_level),
        processors=[for_a_machine] if for_machines else for_people,
        logger_factory=(lambda *_: lines) if for_machines else structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=True,
    )
    _straight = lines if for_machines and settings.log_level == "info" else None


def keep_libraries_quiet() -> None:
    """Let no library write what it writes to be looked for errors in: Authlib's lines would hold tokens."""
    logging.getLogger("authlib").setLevel(logging.INFO)


def for_a_machine(logger: Any, name: str, line: MutableMapping[str, Any]) -> bytes:
    """Write a line as JSON."""
    without_messages(logger, name, line)
    line["level"], line["timestamp"] = name, _stamp(time.time_ns())
    return orjson.dumps(line, default=str)


def _stamp(nanoseconds: int) -> str:
    return f"{_second(nanoseconds // 1_000_000_000)}{nanoseconds // 1_000 % 1_000_000:06d}Z"


@lru_cache(maxsize=1)
def _second(seconds: int) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.")
