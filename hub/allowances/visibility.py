"""What was spent is counted, and read by no query."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false

from hub.allowances.models import Allowance
from hub.visibility import Row, Sight, visible


@visible(Allowance)
def visible_allowance(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A caller is told of their own allowance by the process that answers them."""
    return false()
