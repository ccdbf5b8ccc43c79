"""Studies, made by the hub itself as far as a test needs them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from hub.mandates.ordering import OwnInitiative
from hub.studies import contracting, publishing, reviewing, staffing, writing
from hub.studies.models import StudyKind, TeamRole
from hub.studies.ordering import StudyTerms, order_study
from hub.studies.review_models import ReviewVerdict
from hub.studies.revision_models import FindingKind, FindingStrength
from hub.studies.wordings import FindingDraft, SectionDraft, WordingDraft
from tests.making.people import in_spanish
from tests.talking import Somebody, Talking


async def a_study(
    hub: Talking,
    body_id: UUID,
    title: str = "Diagnóstico de las solicitudes de información",
    *,
    at: dt.datetime | None = None,
    **known: Any,
) -> UUID:
    """A study that a body ordered by own initiative."""
    terms = StudyTerms(
        kind=StudyKind.DIAGNOSIS,
        title=in_spanish(title),
        questions=in_spanish("¿Qué se pide y qué se contesta?"),
        terms=in_spanish("Un informe con sus datos."),
        **known,
    )
    initiative = OwnInitiative(reason=in_spanish("Nadie lo sabe."))
    async with hub.change(at=at) as change:
        study = await order_study(change, terms, body_id=body_id, own_initiative=initiative)
    return study.id


async def a_member(
    hub: Talking,
    study_id: UUID,
    name: str = "Eva Tun",
    *,
    by: Somebody | None = None,
    role: TeamRole = TeamRole.LEAD,
    declared: bool = True,
    at: dt.datetime | None = None,
) -> UUID:
    """Somebody in the team of a study."""
    person_id = by.viewer.person_id if by is not None else None
    async with hub.change(at=at) as change:
        member = staffing.TeamMember(name=name, role=role, person_id=person_id)
        row = await staffing.add_study_member(change, study_id, member)
        if declared:
            await staffing.declare_interests(change, row.id, declaration="Ninguno.")
    return row.id


async def begun(hub: Talking, study_id: UUID, *, at: dt.datetime | None = None) -> None:
    """Let the work on a study begin."""
    async with hub.change(at=at) as change:
        await contracting.plan_study(change, study_id, method=in_spanish("Se lee una muestra."))
        await publishing.begin_study(change, study_id)


def a_wording(text: str = "Se contestó la mitad.", *findings: FindingDraft, **known: Any) -> WordingDraft:
    """What a study says."""
    section = SectionDraft(code="resultados", heading=in_spanish("Resultados"), text=in_spanish(text))
    return WordingDraft(abstract=in_spanish("En breve."), sections=(section,), findings=findings, **known)


def found(text: str = "Falta la mitad.", **known: Any) -> FindingDraft:
    """Something that was found, or that is recommended where it is addressed to somebody."""
    addressed = "body_id" in known or "organization_id" in known
    kind = FindingKind.RECOMMENDATION if addressed else FindingKind.FINDING
    return FindingDraft(
        kind=kind, text=in_spanish(text), strength=FindingStrength.STRONG, section="resultados", **known
    )


async def handed_in(hub: Talking, study_id: UUID, *findings: FindingDraft, at: dt.datetime | None = None) -> UUID:
    """Write a wording and hand it in."""
    async with hub.change(at=at) as change:
        revision = await writing.write_study(change, study_id, a_wording("Se contestó la mitad.", *findings))
        await publishing.hand_in_study(change, study_id)
    return revision.id


async def a_review(
    hub: Talking,
    study_id: UUID,
    name: str = "Ada Chi",
    *,
    by: Somebody | None = None,
    blind: bool = True,
    report: str | None = None,
    answer: str | None = None,
    interests: str = "Ninguno.",
    at: dt.datetime | None = None,
) -> UUID:
    """A review that somebody was asked for, delivered and answered as far as is said."""
    person_id = by.viewer.person_id if by is not None else None
    async with hub.change(at=at) as change:
        reviewer = reviewing.Reviewer(name=name, blind=blind, person_id=person_id)
        review = await reviewing.invite_review(change, study_id, reviewer)
        if report is not None:
            await reviewing.deliver_review(
                change, review.id, verdict=ReviewVerdict.MINOR, report=in_spanish(report), interests=interests
            )
        if answer is not None:
            await reviewing.answer_review(change, review.id, answer=in_spanish(answer))
    return review.id


async def published(hub: Talking, study_id: UUID, *, at: dt.datetime | None = None) -> None:
    """Approve a study that was handed in, and publish it."""
    async with hub.change(at=at) as change:
        await publishing.approve_study(change, study_id)
        await publishing.publish_study(change, study_id)


async def a_published_study(
    hub: Talking, body_id: UUID, *findings: FindingDraft, at: dt.datetime | None = None, **known: Any
) -> UUID:
    """A study from its order to its publication."""
    study_id = await a_study(hub, body_id, at=at, **known)
    await a_member(hub, study_id, at=at)
    await begun(hub, study_id, at=at)
    await handed_in(hub, study_id, *findings, at=at)
    await published(hub, study_id, at=at)
    return study_id
