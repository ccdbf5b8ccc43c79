"""Studies: one that is published, one that is being reviewed, one that another body writes, and one that is hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hub.studies.dataset_models import ColumnType, DatasetRole
from hub.studies.delivering import set_milestone
from hub.studies.describing import ColumnDraft, DatasetDraft, describe_dataset
from hub.studies.writing import write_study
from hub.text import written
from tests.making.people import in_spanish
from tests.making.studies import a_member, a_review, a_study, a_wording, begun, found, handed_in, published
from tests.visibility.people import BEFORE, Cast

STATES = {
    "published": "of what is published",
    "in review": "of what is in review",
    "draft": "of another body's draft",
    "hidden": "of what is hidden",
}
"""What the lines of the table call what is in each of them."""

PARTS = {
    "StudyRevision": "study_revision",
    "Finding": "finding",
    "PeerReview": "peer_review",
    "StudyDataset": "study_dataset",
}
"""What is as public as a wording, with where it is kept."""


@dataclass
class Studied:
    """The studies by their state."""

    cast: Cast
    studies: dict[str, UUID]
    blind: UUID
    """The review of the published one, by Ana."""


async def all_studies(cast: Cast) -> Studied:
    """Let the bodies order studies."""
    hub, found_out = cast.hub, found()
    studies = {state: await _ordered(cast, state) for state in STATES}
    for state, study in studies.items():
        by = cast.viewers["O"] if state == "in review" else None
        await a_member(hub, study, f"Autora {state}", by=by, at=BEFORE)
        await begun(hub, study, at=BEFORE)
        await _with_data(cast, study)
    async with hub.change(at=BEFORE) as change:
        await write_study(change, studies["draft"], a_wording("Sin terminar.", found_out))
    for state in ("published", "in review", "hidden"):
        await handed_in(hub, studies[state], found_out, at=BEFORE)
    said: dict[str, Any] = {"report": "Bien.", "answer": "Gracias.", "at": BEFORE}
    blind = await a_review(hub, studies["published"], "A ciegas", by=cast.viewers["O"], **said)
    await a_review(hub, studies["hidden"], "Otra persona", **said)
    await a_review(hub, studies["in review"], "Rosa Canul", by=cast.viewers["R"], at=BEFORE)
    for state in ("published", "hidden"):
        await published(hub, studies[state], at=BEFORE)
    return Studied(cast, studies, blind)


async def _ordered(cast: Cast, state: str) -> UUID:
    body = cast.elsewhere if state == "draft" else cast.body
    return await a_study(cast.hub, body, f"Estudio {state}", at=BEFORE)


async def _with_data(cast: Cast, study: UUID) -> None:
    column = ColumnDraft(name="estado", type=ColumnType.TEXT, meaning=written(es="La entidad.", en="The state."))
    data = DatasetDraft(role=DatasetRole.PRODUCED, title=in_spanish("Datos"), columns=(column,))
    async with cast.hub.change(at=BEFORE) as change:
        await describe_dataset(change, study, data)
        await set_milestone(change, study, title=in_spanish("Informe"), due_on=BEFORE.date())


async def of_studies(studied: Studied) -> dict[str, list[str]]:
    """Return the ids of each line about studies."""
    lines = {}
    for type_, table in PARTS.items():
        for state, line in STATES.items():
            if not (type_ == "PeerReview" and state == "draft"):
                lines[f"{type_}: {line}"] = await _rows(studied, type_, table, [state])
    others = [state for state in STATES if state != "hidden"]
    for type_, table in (("StudyMember", "study_member"), ("StudyMilestone", "study_milestone")):
        lines[f"{type_}: of what was ordered"] = await _rows(studied, type_, table, others)
        lines[f"{type_}: of what is hidden"] = await _rows(studied, type_, table, ["hidden"])
    lines["Study: ordered"] = [f"Study_{studied.studies[state]}" for state in others]
    lines["Study: hidden"] = [f"Study_{studied.studies['hidden']}"]
    return lines


async def _rows(studied: Studied, type_: str, table: str, states: list[str]) -> list[str]:
    ids = [studied.studies[state] for state in states]
    found_rows = await studied.cast.hub.rows(f"SELECT id FROM {table} WHERE study_id = ANY(:ids) ORDER BY id", ids=ids)
    return [f"{type_}_{row['id']}" for row in found_rows]


async def mandates_of_studies(studied: Studied) -> list[str]:
    """Return what orders them, which is public with the order whatever became of the study."""
    found_rows = await studied.cast.hub.rows("SELECT mandate_id FROM study")
    return [f"Mandate_{row['mandate_id']}" for row in found_rows]
