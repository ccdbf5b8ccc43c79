"""Contracting a study and planning it: who does it at what cost, and by which method, which is published."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from hub.changes.change import Change
from hub.errors import Problem, require
from hub.people.models import Organization
from hub.studies.events import StudyContracted, StudyPlanned
from hub.studies.facts import facts_of
from hub.studies.models import STUDY_LIFE, Study
from hub.studies.passages import SHORT, number_problems, passage, require_sound, text_problems
from hub.studies.records import touch
from hub.studies.rules import may_move_study
from hub.text import FORBIDDEN, LocalizedText

CURRENCY = re.compile("[A-Z]{3}")
MOST = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Contract:
    """Which organisation does a study, by which contract, at what cost."""

    organization_id: UUID
    reference: str | None = None
    signed_on: dt.date | None = None
    cost: int | None = None
    currency: str | None = None


async def contract_study(change: Change, study_id: UUID, contract: Contract) -> Study:
    """Say who is contracted to do a study, and at what cost."""
    study = await change.take(Study, study_id)
    require(may_move_study(change.viewer, await facts_of(change, study.id), "contract"))
    require_sound(_contract_problems(contract))
    await change.find(Organization, contract.organization_id)
    study.organization_id, study.contract = contract.organization_id, contract.reference
    study.contracted_on, study.cost, study.currency = contract.signed_on, contract.cost, contract.currency
    await touch(change, study.id)
    await change.move(study, STUDY_LIFE, "contract", StudyContracted(study_id=study.id))
    change.results["study"] = str(study.id)
    return study


async def plan_study(
    change: Change, study_id: UUID, *, method: LocalizedText, faults: tuple[Problem, ...] = ()
) -> Study:
    """Publish by which method a study finds out what it is asked; what a body does by itself needs no contract."""
    study = await change.take(Study, study_id)
    require(may_move_study(change.viewer, await facts_of(change, study.id), "plan_study"))
    require_sound(text_problems(passage("method", method)), faults)
    study.method = method
    await touch(change, study.id)
    await change.move(study, STUDY_LIFE, "plan_study", StudyPlanned(study_id=study.id))
    change.results["study"] = str(study.id)
    return study


def _contract_problems(contract: Contract) -> Iterator[Problem]:
    reference = contract.reference
    if reference is not None:
        if len(reference) > SHORT:
            yield Problem("WORDING_TOO_LONG", ("reference",), {"limit": SHORT, "length": len(reference)})
        if FORBIDDEN.search(reference):
            yield Problem("FORBIDDEN_CHARACTER", ("reference",))
    yield from number_problems("cost", contract.cost, 0, MOST)
    if (contract.cost is None) is not (contract.currency is None):
        yield Problem("COST_WITH_CURRENCY", ("currency",))
    elif contract.currency is not None and not CURRENCY.fullmatch(contract.currency):
        yield Problem("BAD_CURRENCY", ("currency",))
