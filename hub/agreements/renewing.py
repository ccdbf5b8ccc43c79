"""Prolonging an agreement, and ending it; each with a reason that is published, and nothing before is forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from hub.agreements.events import AgreementEnded, AgreementRenewed
from hub.agreements.models import AGREEMENT_LIFE, Agreement, AgreementRenewal
from hub.agreements.rules import may_end_agreement, may_renew_agreement
from hub.changes.change import Change
from hub.clock import day_of
from hub.database.base import uuid7
from hub.errors import Invalid, Problem, WrongState, require, without_unread
from hub.register.models import Entry
from hub.text import LocalizedText, problems_with_text

LONGEST_REASON = 4_000
MOST_RENEWALS = 50


async def renew_agreement(
    change: Change,
    agreement_id: UUID,
    *,
    until: dt.date | None,
    reason: LocalizedText,
    faults: Sequence[Problem] = (),
) -> Agreement:
    """Prolong an agreement until another day, or for good; the day that it had stays on record."""
    agreement = await change.take(Agreement, agreement_id)
    require(may_renew_agreement(change.viewer, agreement, today=day_of(change.at)))
    former = agreement.in_force_until
    assert former is not None  # noqa: S101 - the rule looked
    problems = problems_with_text(reason, ("reason",), longest=LONGEST_REASON)
    if until is not None and until <= former:
        problems.append(Problem("RENEWED_FOR_NO_DAY", ("until",), {"until": former}))
    if wrong := without_unread(problems, faults):
        raise Invalid(wrong)
    last = select(func.max(AgreementRenewal.number)).filter_by(agreement_id=agreement.id)
    number = (await change.session.scalar(last) or 0) + 1
    if number > MOST_RENEWALS:
        raise WrongState("RENEWED_OFTEN_ENOUGH", most=MOST_RENEWALS)
    renewal = AgreementRenewal(
        id=uuid7(),
        agreement_id=agreement.id,
        number=number,
        former_until=former,
        until=until,
        reason=reason,
        renewed_at=change.at,
    )
    agreement.in_force_until = until
    await change.add(renewal)
    change.record(AgreementRenewed(agreement_id=agreement.id, number=renewal.number, until=until))
    await _note(change, agreement)
    return agreement


async def end_agreement(
    change: Change, agreement_id: UUID, *, reason: LocalizedText, faults: Sequence[Problem] = ()
) -> Agreement:
    """End an agreement as of now, or give up one that not everybody has signed."""
    agreement = await change.take(Agreement, agreement_id)
    require(may_end_agreement(change.viewer, agreement))
    if wrong := without_unread(problems_with_text(reason, ("reason",), longest=LONGEST_REASON), faults):
        raise Invalid(wrong)
    agreement.ended_at, agreement.end_reason = change.at, reason
    await change.move(agreement, AGREEMENT_LIFE, "end_agreement", AgreementEnded(agreement_id=agreement.id))
    await _note(change, agreement)
    return agreement


async def _note(change: Change, agreement: Agreement) -> None:
    entry = await change.session.get_one(Entry, agreement.id)
    entry.updated_at = change.at
    change.results["agreement"] = str(agreement.id)
