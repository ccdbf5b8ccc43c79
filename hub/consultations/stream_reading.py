"""What of a consultation can be followed, and until when."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_
from sqlalchemy.types import Uuid

from hub.consultations.models import ConsultationState
from hub.reading.readable import Call, One, Row
from hub.reading.streams import Stream, streams


def _named(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    named: ColumnElement[bool] = target.id == call.argument("id", Uuid(), ids="Consultation")
    return named


def _counting(row: Row, call: Call) -> ColumnElement[bool]:
    """Whether a response may still come to count: until the last late one can be admitted, or it was withdrawn."""
    return and_(row.state != ConsultationState.WITHDRAWN, row.late_until > call.sight.now)


streams |= {"consultation": Stream(One("Consultation", _named), "id", _counting)}
