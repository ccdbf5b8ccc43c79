"""Neither links nor erasures are read by queries: a link is known by its secret, an erased person by nobody."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false

from hub.personal_data.models import Erasure, PersonalDataLink
from hub.visibility import Row, Sight, visible


@visible(PersonalDataLink)
def visible_personal_data_link(row: Row, sight: Sight) -> ColumnElement[bool]:
    """That somebody wanted their data is nobody's business."""
    return false()


@visible(Erasure)
def visible_erasure(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who is gone is nobody's business."""
    return false()
