"""What of work programmes can be read."""

from __future__ import annotations

from hub.bodies.reading import body
from hub.mandates.duty_models import WorkProgramme, WorkProgrammeLine
from hub.people.reading import one_of_codes
from hub.reading.readable import Call, Connected, Listed, Order, Readable, Row, Rows


def _lines(row: Row, call: Call) -> Rows:
    line = WorkProgrammeLine.__table__.alias()
    return Rows(row=line.c, source=line, where=[line.c.work_programme_id == row.id], order=[line.c.position])


programme = Readable("WorkProgramme", WorkProgramme, fields={"lines": Listed("WorkProgrammeLine", _lines, part=True)})
line = Readable("WorkProgrammeLine", WorkProgrammeLine)

body.fields["work_programmes"] = Connected(
    "WorkProgramme",
    {"year_desc": Order(lambda p: p.year, descending=True)},
    on=lambda row, target, call: target.body_id == row.id,
    filters={"state": one_of_codes("state")},
)
