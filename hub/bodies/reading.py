"""What of bodies can be read."""

from __future__ import annotations

from sqlalchemy.types import DateTime

from hub.bodies.models import Body
from hub.bodies.seat_reading import MEMBERSHIPS_OF_A_BODY, SEATS_OF_A_BODY
from hub.people.reading import BY_NAME, NAMES, one_of_codes, same
from hub.reading.readable import Connected, Readable, roots
from hub.register.reading import found_in_text, register_fields, updated_since

bodies = Connected(
    "Body",
    BY_NAME,
    filters={
        "kind": one_of_codes("kind"),
        "parent": same("parent_id", "Body"),
        "text": found_in_text(),
        "updated_since": updated_since(DateTime(timezone=True)),
    },
)

body = Readable(
    "Body",
    Body,
    fields={
        **register_fields(),
        **NAMES,
        "bodies": Connected("Body", BY_NAME, on=lambda row, target, call: target.parent_id == row.id),
        "seats": SEATS_OF_A_BODY,
        "memberships": MEMBERSHIPS_OF_A_BODY,
    },
)

roots |= {"bodies": bodies}
