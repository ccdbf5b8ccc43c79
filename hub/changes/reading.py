"""The change feed: every public change, in commit order."""

from __future__ import annotations

from sqlalchemy import Text, any_
from sqlalchemy.dialects.postgresql import ARRAY

from hub.changes.models import LoggedEvent
from hub.reading.readable import Connected, Filter, OfRecord, Order, Readable, roots

change = Readable(
    "Change",
    LoggedEvent,
    key="position",
    fields={"record": OfRecord(lambda row: row.entry_id)},
)

changes = Connected(
    "Change",
    {
        "position_asc": Order(lambda e: e.position),
        "position_desc": Order(lambda e: e.position, descending=True),
    },
    filters={"types": Filter(lambda row, types, call: row.type == any_(types), ARRAY(Text()))},
)

roots |= {"changes": changes}
