"""Consultations whose answers were worked on: analysed, reported, answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.consultations.concluding import answer_consultation, publish_findings, start_analysis
from hub.consultations.questionnaire_models import Section
from hub.consultations.report_models import Outcome
from hub.consultations.reporting import ReportWords, approve_report, draft_report
from hub.consultations.stating import StatementWords, approve_statement, draft_statement, publish_statement
from hub.consultations.timekeeping import keep_time
from hub.text import written
from hub.viewer import Grant, Role, Scope, Viewer
from tests.making.consultations import Asked, an_open_consultation, staff_of
from tests.talking import Talking

MINUTE = dt.timedelta(minutes=1)


def analyst_of(body_id: UUID) -> Viewer:
    """An analyst of a body whom nobody needs to know further."""
    return Viewer(person_id=UUID(int=2), scopes=frozenset(Scope), grants=(Grant(Role.ANALYST, body_id),))


def report_words(method: str = "Se preguntó en línea.") -> ReportWords:
    """What a report says."""
    return ReportWords(method=written(es=method), limitations=written(es="Contestó quien quiso."))


def statement_words(reasons: str = "Se ampliará la red.", **known: Any) -> StatementWords:
    """What a statement says."""
    words = {"asked": written(es="¿Hay agua?"), "said": written(es="A la mayoría le falta.")}
    return StatementWords(**{**words, "did": Outcome.ACCEPTED, "reasons": written(es=reasons), **known})


@dataclass(frozen=True)
class Analysed:
    """A consultation under analysis, and the instant from which on it is."""

    asked: Asked
    at: dt.datetime


async def an_analysis(hub: Talking, body_id: UUID, *, asked: Asked | None = None, **known: Any) -> Analysed:
    """A consultation that has closed and whose analysis has begun, two minutes after its closing."""
    asked = asked or await an_open_consultation(hub, body_id, **known)
    at = asked.closes_at + 2 * MINUTE
    await keep_time(hub.hub.changes, at=at)
    async with hub.change(staff_of(body_id), at=at) as change:
        await start_analysis(change, asked.id)
    return Analysed(asked, at)


async def an_approved_report(hub: Talking, analysed: Analysed) -> UUID:
    """The report of it, approved."""
    asked, at = analysed.asked, analysed.at
    async with hub.change(analyst_of(asked.body_id), at=at) as change:
        report = await draft_report(change, asked.id, report_words())
    async with hub.change(staff_of(asked.body_id), at=at) as change:
        await approve_report(change, report.id)
    return report.id


async def published_findings(hub: Talking, body_id: UUID, **known: Any) -> Analysed:
    """A consultation whose report is published."""
    analysed = await an_analysis(hub, body_id, **known)
    await an_approved_report(hub, analysed)
    async with hub.change(staff_of(body_id), at=analysed.at) as change:
        await publish_findings(change, analysed.asked.id)
    return analysed


async def a_draft_statement(hub: Talking, analysed: Analysed, question: str | None = None, **known: Any) -> UUID:
    """A statement about a question, or about the first section."""
    asked = analysed.asked
    subject = {"question_id": asked.questions[question]} if question else {"section_id": await a_section_of(hub, asked)}
    async with hub.change(analyst_of(asked.body_id), at=analysed.at) as change:
        return (await draft_statement(change, asked.id, statement_words(**known), **subject)).id


async def a_published_statement(
    hub: Talking, analysed: Analysed, question: str | None = None, *, at: dt.datetime | None = None, **known: Any
) -> UUID:
    """The same, published."""
    id_ = await a_draft_statement(hub, analysed, question, **known)
    for act in (approve_statement, publish_statement):
        async with hub.change(staff_of(analysed.asked.body_id), at=at or analysed.at) as change:
            await act(change, id_)
    return id_


async def an_answered_consultation(
    hub: Talking, body_id: UUID, *, at: dt.datetime | None = None, **known: Any
) -> Analysed:
    """A consultation that was answered as a whole, by one statement about its only section."""
    analysed = await published_findings(hub, body_id, **known)
    await a_published_statement(hub, analysed)
    async with hub.change(staff_of(body_id), at=at or analysed.at) as change:
        await answer_consultation(change, analysed.asked.id)
    return analysed


async def a_section_of(hub: Talking, asked: Asked) -> UUID:
    """The first section of a questionnaire."""
    async with hub.change() as change:
        first = select(Section.id).filter_by(revision_id=asked.revision_id).order_by(Section.position).limit(1)
        return (await change.session.execute(first)).scalar_one()
