"""Discretion: the log says what went wrong, and never what somebody had written.

PostgreSQL and its driver repeat in their messages the row or the value that they stumbled over.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

REPEATED = re.compile(
    r"(?P<said>DETAIL:|invalid input for query argument \$[0-9]+:|\[parameters:)"
    r".*?(?=\n(?:HINT:|CONTEXT:|\[SQL|\(Background|The above exception|During handling|Traceback|  File |[ ]*\|)|\Z)",
    re.DOTALL,
)
"""From where a message begins to repeat values, to where the next thing is said."""


def without_values(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take out of what is logged whatever values the database repeated in it (a processor of structlog)."""
    if isinstance(event.get("exception"), str):
        event["exception"] = REPEATED.sub(r"\g<said> …", event["exception"])
    return event
