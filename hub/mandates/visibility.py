"""Who may see mandates."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_

from hub.mandates.models import Mandate
from hub.register.visibility import published, published_beside
from hub.viewer import Role
from hub.visibility import Row, Sight, visible


@visible(Mandate)
def visible_mandate(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A mandate is public with the work that it orders; before that its body's staff sees it."""
    if not sight.signed_in:
        return published(row)
    staffed = sight.bodies(Role.COORDINATOR, Role.SECRETARY, Role.ANALYST)
    return or_(published_beside(row.id, sight), row.body_id == staffed.any_())
