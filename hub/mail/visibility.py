"""Letters are never read by a query: they are between the hub and whom they are for."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false

from hub.mail.models import Letter
from hub.visibility import Row, Sight, visible


@visible(Letter)
def visible_letter(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Nobody lists letters."""
    return false()
