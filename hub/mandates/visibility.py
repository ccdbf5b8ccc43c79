"""Who may see mandates, what is owed by whom, and the work programmes of bodies."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_, select

from hub.bodies.visibility import INSIDERS
from hub.mandates.duty_models import Deliverable, MandateNotice, WorkProgramme, WorkProgrammeLine, WorkProgrammeState
from hub.mandates.models import Mandate
from hub.register.visibility import published, published_beside, published_entry
from hub.viewer import Role
from hub.visibility import Row, Sight, visible


@visible(Mandate)
def visible_mandate(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A mandate is public with the work that it orders; before that its body's staff sees it."""
    if not sight.signed_in:
        return published(row)
    staffed = sight.bodies(Role.COORDINATOR, Role.SECRETARY, Role.ANALYST)
    return or_(published_beside(row.id, sight), row.body_id == staffed.any_())


def of_mandate_seen(row: Row, sight: Sight) -> ColumnElement[bool]:
    """The mandate that a row belongs to is seen."""
    mandate = Mandate.__table__.alias()
    found = select(mandate.c.id).where(mandate.c.id == row.mandate_id, visible_mandate(mandate.c, sight))
    return exists(found.correlate_except(mandate))


@visible(MandateNotice)
def visible_mandate_notice(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who was charged with a mandate and by when is as visible as the mandate."""
    return of_mandate_seen(row, sight)


@visible(Deliverable)
def visible_deliverable(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What was delivered is as visible as the mandate; the thing itself is seen by its own rule."""
    return of_mandate_seen(row, sight)


@visible(WorkProgramme)
def visible_work_programme(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A programme is public once it is approved; before that whoever sits in the body sees it."""
    approved = row.state != WorkProgrammeState.DRAFT.value
    if not sight.signed_in:
        return and_(approved, published_entry(row.body_id))
    own = row.body_id == sight.bodies(*INSIDERS).any_()
    return or_(and_(approved, published_beside(row.body_id, sight)), own)


@visible(WorkProgrammeLine)
def visible_work_programme_line(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A line is as visible as its programme."""
    programme = WorkProgramme.__table__.alias()
    found = select(programme.c.id).where(
        programme.c.id == row.work_programme_id, visible_work_programme(programme.c, sight)
    )
    return exists(found.correlate_except(programme))
