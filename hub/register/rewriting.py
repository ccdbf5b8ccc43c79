"""Writing anew what somebody else may be writing too: nobody undoes what they have not read.

Whoever writes says which edition they had before them: of what is in the register when it was written (`updated_at`),
of its parts the number of the edition. Whoever says nothing writes over whatever is there.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeVar
from uuid import UUID

from hub.changes.change import Change
from hub.errors import Conflict
from hub.register.models import Entry

Edition = TypeVar("Edition", dt.datetime, int)

MOMENT = dt.timedelta(microseconds=1)


def require_newest(based_on: Edition | None, newest: Edition) -> None:
    """Go on if what the writer had before them is what is there now; Conflict if somebody was faster."""
    if based_on is not None and based_on != newest:
        raise Conflict("DRAFT_CHANGED", path=("basedOn",))


async def entry_as_read(change: Change, id_: UUID, based_on: dt.datetime | None) -> Entry:
    """Return the entry of what is to be written anew, if it is still as the writer read it."""
    entry = await change.session.get_one(Entry, id_)
    require_newest(based_on, entry.updated_at)
    return entry


def renew(change: Change, entry: Entry) -> None:
    """Make another edition of it: later than the one before, even where a clock stands still or a writer waited."""
    entry.updated_at = max(change.at, entry.updated_at + MOMENT)
