"""What a caller can read of their own allowance, as the process that answers them knows it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub.allowances.spending import Standing
from hub.reading.asking import Asking
from hub.reading.readable import Answered, Embedded, Readable, roots


def _standing(asking: Asking) -> Standing:
    assert isinstance(asking.standing, Standing)  # noqa: S101 - whoever asks for it was priced
    return asking.standing


def _limit(asking: Asking) -> int | None:
    terms = _standing(asking).terms
    return None if terms is None else terms.points


def _used(asking: Asking) -> int | None:
    limit, remaining = _limit(asking), _standing(asking).remaining
    return None if limit is None or remaining is None else limit - remaining


def _reset_at(asking: Asking) -> dt.datetime | None:
    standing = _standing(asking)
    return None if standing.terms is None else standing.at + dt.timedelta(seconds=standing.seconds)


def _answered(by: Any) -> Answered:
    return Answered(lambda row, call: [], by)


rate_limit = Readable(
    "RateLimit",
    fields={
        "limit": _answered(_limit),
        "cost": _answered(lambda asking: _standing(asking).cost),
        "remaining": _answered(lambda asking: _standing(asking).remaining),
        "used": _answered(_used),
        "reset_at": _answered(_reset_at),
        "node_count": _answered(lambda asking: _standing(asking).nodes),
    },
)

roots |= {"rate_limit": Embedded("RateLimit", lambda row, call: None)}
