"""What of work programmes can be read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hub.bodies.reading import body
from hub.mandates.duty_models import WorkProgramme, WorkProgrammeLine, WorkProgrammeState
from hub.mandates.rules import programme_transitions
from hub.people.reading import one_of_codes
from hub.reading import shared
from hub.reading.asking import Asking
from hub.reading.readable import Answered, Call, Connected, Listed, Order, Readable, Row, Rows


def _lines(row: Row, call: Call) -> Rows:
    line = WorkProgrammeLine.__table__.alias()
    return Rows(row=line.c, source=line, where=[line.c.work_programme_id == row.id], order=[line.c.position])


def _transitions(asking: Asking, body_id: str, state: str) -> list[dict[str, Any]]:
    found = programme_transitions(asking.viewer, body_id=UUID(body_id), state=WorkProgrammeState(state))
    return [shared.transition(asking, one.event, one.verdict) for one in found]


programme = Readable(
    "WorkProgramme",
    WorkProgramme,
    fields={
        "lines": Listed("WorkProgrammeLine", _lines, part=True),
        "available_transitions": Answered(lambda row, call: [row.body_id, row.state], _transitions),
    },
)
line = Readable("WorkProgrammeLine", WorkProgrammeLine)

body.fields["work_programmes"] = Connected(
    "WorkProgramme",
    {"year_desc": Order(lambda p: p.year, descending=True)},
    on=lambda row, target, call: target.body_id == row.id,
    filters={"state": one_of_codes("state")},
)
