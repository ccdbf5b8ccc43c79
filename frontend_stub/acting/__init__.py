"""Acts: what an officer or a member does to a thing, as the fields that its form asks for and the document it sends.

Every act of the desk is said here in the same way, and has its page by that::

    Act("reschedule_mandate", names="mandateId", event="reschedule", fields=(Day("dueOn"), Text("reason")))

The fields are called as the hub calls them, so that what the hub finds wrong with one stands beside it.
"""

from __future__ import annotations

from frontend_stub.acting.acts import Act, Subject
from frontend_stub.acting.choosing import Choice, Choices, Option, Picked, PickedSome
from frontend_stub.acting.editions import EDITION, WRITTEN_AT, Kept
from frontend_stub.acting.fields import Area, Box, Day, Days, Field, Line, Number, Shown, Text
from frontend_stub.acting.grouping import Each, Group, Rows
from frontend_stub.acting.handing import File
from frontend_stub.acting.times import Declared, Instant

__all__ = [
    "EDITION",
    "WRITTEN_AT",
    "Act",
    "Area",
    "Box",
    "Choice",
    "Choices",
    "Day",
    "Days",
    "Declared",
    "Each",
    "Field",
    "File",
    "Group",
    "Instant",
    "Kept",
    "Line",
    "Number",
    "Option",
    "Picked",
    "PickedSome",
    "Rows",
    "Shown",
    "Subject",
    "Text",
]
