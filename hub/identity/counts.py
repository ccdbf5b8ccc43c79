"""Counts of what is asked for without a sign-in, in spans of the clock, shared by all processes and soon dropped."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.dialects.postgresql import insert

from hub.changes.change import Change
from hub.identity.sign_in_models import SignInCount

HOUR = dt.timedelta(hours=1)
MIDNIGHT = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def span_of(at: dt.datetime, length: dt.timedelta) -> dt.datetime:
    """Return when the span of the clock began that an instant lies in."""
    return at - (at - MIDNIGHT) % length


async def count_one_more(change: Change, what: bytes, *, within: dt.timedelta = HOUR) -> int:
    """Count something in the span of now, and return how often it was so far. What it was cannot be read back."""
    span = span_of(change.at, within)
    digest = change.keys.digest("sign-in-count", span.isoformat().encode() + what)
    counted = insert(SignInCount).values(hour=span, digest=digest, count=1)
    once_more = counted.on_conflict_do_update(
        index_elements=["hour", "digest"], set_={"count": SignInCount.count + 1}
    ).returning(SignInCount.count)
    return int((await change.session.execute(once_more)).scalar_one())
