"""Who may see bodies."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from hub.bodies.models import Body
from hub.register.visibility import published
from hub.visibility import Row, Sight, visible


@visible(Body)
def visible_body(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Bodies are public as their entry is."""
    return published(row)
