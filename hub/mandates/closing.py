"""Closing a mandate: discharged, or cancelled, with reasons that everybody may read."""

from __future__ import annotations

from uuid import UUID

from hub.changes.change import Change
from hub.errors import Invalid, Problem, require
from hub.mandates.assigning import reason_problems
from hub.mandates.events import MandateCancelled, MandateDischarged
from hub.mandates.facts import facts_of
from hub.mandates.models import MANDATE_LIFE, Mandate
from hub.mandates.rules import may_cancel, may_discharge
from hub.register.models import Entry
from hub.text import LocalizedText


async def discharge(
    change: Change, mandate_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> Mandate:
    """Close a mandate without a delivery, or once its delivery is accepted."""
    mandate = await change.take(Mandate, mandate_id)
    require(may_discharge(change.viewer, await facts_of(change, mandate)))
    discharged = MandateDischarged(mandate_id=mandate.id)
    return await _closed(change, mandate, "discharge", discharged, reason=reason, faults=faults)


async def cancel(
    change: Change, mandate_id: UUID, *, reason: LocalizedText, faults: tuple[Problem, ...] = ()
) -> Mandate:
    """Cancel what was proposed or is still owed."""
    mandate = await change.take(Mandate, mandate_id)
    require(may_cancel(change.viewer, await facts_of(change, mandate)))
    return await _closed(
        change, mandate, "cancel", MandateCancelled(mandate_id=mandate.id), reason=reason, faults=faults
    )


async def _closed(
    change: Change,
    mandate: Mandate,
    by: str,
    event: MandateDischarged | MandateCancelled,
    *,
    reason: LocalizedText,
    faults: tuple[Problem, ...],
) -> Mandate:
    problems = reason_problems(mandate, reason, faults)
    if problems:
        raise Invalid(problems)
    mandate.closing_reason = reason
    await change.move(mandate, MANDATE_LIFE, by, event)
    (await change.session.get_one(Entry, mandate.id)).updated_at = change.at
    change.results["mandate"] = str(mandate.id)
    return mandate
