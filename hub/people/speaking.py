"""Speaking for an organisation: what it takes, at an instant, said once as a condition on a representation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, any_, literal, or_

from hub.people.models import Power, RepresentationState


def speaks(row: Any, at: ColumnElement[dt.datetime] | dt.datetime, *powers: Power) -> ColumnElement[bool]:
    """Whether a representation is in force at an instant, and gives one of these powers."""
    return and_(
        row.state == RepresentationState.VALID.value,
        or_(*(literal(power.value, Text()) == any_(row.powers) for power in powers)),
        row.valid_from <= at,
        or_(row.valid_until.is_(None), row.valid_until > at),
    )
