"""What of the points of an agenda, of attendance and of recusals can be read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, and_, case, cast, func, select

from hub.reading import shared
from hub.reading.asking import Asking
from hub.reading.readable import Answered, Call, Connected, Expression, Order, Readable, Row
from hub.sessions.agenda_rules import point_transitions
from hub.sessions.facts_reading import point_columns, read_point
from hub.sessions.models import ON_THE_AGENDA, AgendaItem, Attendance, Recusal, Session
from hub.sessions.reading import minutes_between, session

IN_ORDER = {"position_asc": Order(lambda p: p.position)}


def _on_it(point: Row) -> ColumnElement[bool]:
    on_it: ColumnElement[bool] = point.state.in_(ON_THE_AGENDA)
    return on_it


session.fields["agenda"] = Connected(
    "AgendaItem",
    IN_ORDER,
    on=lambda row, target, call: and_(target.session_id == row.id, target.parent_id.is_(None), _on_it(target)),
)
session.fields["requested_points"] = Connected(
    "AgendaItem",
    IN_ORDER,
    on=lambda row, target, call: and_(target.session_id == row.id, target.requested_at.is_not(None)),
)
session.fields["attendance"] = Connected(
    "Attendance",
    {"came_asc": Order(lambda a: a.came_at), "came_desc": Order(lambda a: a.came_at, descending=True)},
    on=lambda row, target, call: target.session_id == row.id,
)


def _number(row: Row, call: Call) -> ColumnElement[Any]:
    """The place of a point among its neighbours, after the place of the point that it belongs to: `3.2`."""
    parent = AgendaItem.__table__.alias()
    above = select(cast(parent.c.position, Text)).where(parent.c.id == row.parent_id).correlate_except(parent)
    own = cast(row.position, Text)
    return case(
        (row.position == 0, None),
        (row.parent_id.is_(None), own),
        else_=func.concat(above.scalar_subquery(), ".", own),
    )


def _facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    sitting = Session.__table__.alias()
    return point_columns(row, call, sitting.c)


def _transitions(asking: Asking, *facts: Any) -> list[dict[str, Any]]:
    found = point_transitions(asking.viewer, read_point(asking.at, facts))
    return [shared.transition(asking, transition.event, transition.verdict) for transition in found]


agenda_item = Readable(
    "AgendaItem",
    AgendaItem,
    fields={
        "number": Expression(_number),
        "used_minutes": Expression(lambda row, call: minutes_between(row.started_at, row.ended_at)),
        "items": Connected(
            "AgendaItem",
            IN_ORDER,
            on=lambda row, target, call: and_(target.parent_id == row.id, _on_it(target)),
        ),
        "recusals": Connected(
            "Recusal",
            {"declared_asc": Order(lambda r: r.declared_at)},
            on=lambda row, target, call: target.agenda_item_id == row.id,
        ),
        "available_transitions": Answered(_facts, _transitions),
    },
)

attendance = Readable("Attendance", Attendance)

recusal = Readable("Recusal", Recusal)
