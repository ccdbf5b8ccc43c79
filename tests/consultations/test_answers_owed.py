"""Answers owed: a day from the start, figures for each body, and who answered follows what came of it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hub.consultations.models import Anonymity, IdentityPolicy
from hub.consultations.noticing import extend, withdraw_consultation
from hub.consultations.questionnaire_models import QuestionKind, Sensitivity
from hub.consultations.timekeeping import keep_time
from hub.mandates.ordering import OwnInitiative
from hub.text import written
from hub.timetables.zones import declared_at
from tests.cast import a_citizen, a_coordinator_of
from tests.consultations.asking import PUBLISH
from tests.consultations.reports_asked import STANDS
from tests.consultations.test_reporting import refused
from tests.making.bodies import a_body
from tests.making.consultations import (
    DAY,
    SERVICES,
    WATER,
    WORDS,
    ZONE,
    Asked,
    a_draft_consultation,
    a_question,
    a_response,
    a_scheduled_consultation,
    a_section,
    a_withdrawn_response,
    an_open_consultation,
    answers,
    staff_of,
)
from tests.making.reports import a_published_statement, an_answered_consultation, published_findings
from tests.talking import Somebody, Talking

FIGURES = """query ($id: ID!) { node(id: $id) { ... on Body { answering { owed overdue answered answeredLate } } } }"""
LISTED = """query ($stands: [AnswerStanding!]) { consultations(filter: {answerStanding: $stands}) { totalCount } }"""
RECEIPT = """query ($code: String!) { receipt(code: $code) { state
  statements { totalCount nodes { state did question { code } section { title { text } } } } } }"""
MINE = """{ viewer { responses { nodes { statements { nodes { question { code } } } } } } }"""
OF_RESPONSE = """query ($id: ID!) { node(id: $id) { ... on Response {
  statements { totalCount nodes { question { code } } } } } }"""

OPENED = dt.datetime(2026, 9, 1, 17, tzinfo=dt.UTC)
CLOSED = OPENED + 30 * DAY
KNOWN: dict[str, Any] = {"opens_at": OPENED, "closes_at": CLOSED, "at": OPENED - DAY}


async def due(hub: Talking, asked: Asked) -> str | None:
    """Return the day on which an answer is owed."""
    with hub.at(asked.opens_at - dt.timedelta(hours=1)):
        return (await hub.ask(STANDS, {"id": asked.node}))["node"]["answerDueOn"]  # type: ignore[no-any-return]


def by(day: dt.date) -> OwnInitiative:
    """A mandate that is due on a day."""
    return OwnInitiative(reason=written(es="Faltó agua en abril."), due_on=day)


@pytest.mark.parametrize(
    ("ordered", "day"),
    [
        (None, "2026-12-24"),
        (dt.date(2026, 11, 2), "2026-11-02"),
        # A mandate that is due before anybody could have answered says nothing about the answer.
        (dt.date(2026, 10, 1), "2026-12-24"),
    ],
)
async def test_the_day_is_that_of_the_mandate_or_twelve_weeks_after_the_closing(
    hub: Talking, ordered: dt.date | None, day: str
) -> None:
    known = {"own_initiative": by(ordered)} if ordered else {}
    asked = await a_scheduled_consultation(hub, await a_body(hub), **KNOWN, **known)
    assert await due(hub, asked) == day


async def test_the_day_is_named_when_it_is_published(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body)
    asked = await a_draft_consultation(hub, body)
    closing = asked.closes_at.astimezone(ZoneInfo(ZONE)).date()
    await hub.forget()

    def named(day: dt.date) -> dict[str, Any]:
        return {"input": {"consultationId": asked.node, "answerDueOn": day.isoformat()}}

    (error,) = await hub.refuse(PUBLISH, named(closing), by=julia)
    assert (error["code"], error["path"]) == ("ANSWER_DUE_TOO_EARLY", ["answerDueOn"])
    assert await hub.log() == []
    await hub.act(PUBLISH, named(closing + DAY), by=julia)
    assert await due(hub, asked) == (closing + DAY).isoformat()


async def test_an_extension_leaves_time_for_the_answer(hub: Talking) -> None:
    body = await a_body(hub)
    asked = await a_scheduled_consultation(hub, body, **KNOWN, own_initiative=by(dt.date(2026, 10, 11)))

    async def extended(days: int) -> str | None:
        async with hub.change(staff_of(body), at=OPENED) as change:
            closing = declared_at(CLOSED + days * DAY, ZONE)
            await extend(change, asked.id, closing=closing, reason=written(es="Faltó tiempo."))
        return await due(hub, asked)

    assert await due(hub, asked) == "2026-10-11"
    assert await extended(9) == "2026-10-11"
    # Ten days after the first closing it was due, so one day after the last one.
    assert await extended(10) == "2026-10-12"


async def test_figures_of_a_body(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, acronym="OTRA")
    node = f"Body_{body}"
    known: dict[str, Any] = {"sections": a_section(WATER), "own_initiative": by(dt.date(2026, 10, 20)), **KNOWN}

    async def another(body_id: Any = body) -> Asked:
        return await a_scheduled_consultation(hub, body_id, **known)

    async def figures(at: dt.datetime) -> tuple[int, ...]:
        with hub.at(at):
            return tuple((await hub.ask(FIGURES, {"id": node}))["node"]["answering"].values())

    waiting, withdrawn, timely, late = [await another() for _ in range(4)]
    await another(other)
    await a_draft_consultation(hub, body, **known)
    assert await figures(CLOSED - DAY) == (0, 0, 0, 0)
    async with hub.change(staff_of(body), at=CLOSED - DAY) as change:
        await withdraw_consultation(change, withdrawn.id, reason=written(es="Se retira."))
    assert await figures(CLOSED) == (3, 0, 0, 0)
    # The day has not passed before midnight, wherever the answer is given.
    await an_answered_consultation(hub, body, asked=timely, at=dt.datetime(2026, 10, 21, 5, 59, tzinfo=dt.UTC))
    await an_answered_consultation(hub, body, asked=late, at=dt.datetime(2026, 10, 21, 6, 0, tzinfo=dt.UTC))
    at = dt.datetime(2026, 10, 21, 7, tzinfo=dt.UTC)
    assert await figures(at) == (0, 1, 2, 1)
    with hub.at(at):
        counts = {}
        for standing in ("OWED", "OVERDUE", "ANSWERED", "ANSWERED_LATE"):
            counts[standing] = (await hub.ask(LISTED, {"stands": [standing]}))["consultations"]["totalCount"]
        shown = [
            (await hub.ask(STANDS, {"id": asked.node}))["node"]["answerStanding"]
            for asked in (waiting, withdrawn, timely, late)
        ]
    assert counts == {"OWED": 0, "OVERDUE": 2, "ANSWERED": 1, "ANSWERED_LATE": 1}
    assert shown == ["OVERDUE", None, "ANSWERED", "ANSWERED_LATE"]


async def test_who_answered_follows_it_from_the_receipt(hub: Talking) -> None:
    body = await a_body(hub)
    ana, beto = await a_citizen(hub), await a_citizen(hub, "Beto Chan")
    asked = await an_open_consultation(hub, body, sections=(*a_section(WATER, WORDS), *a_section(SERVICES)))
    hers = await a_response(hub, asked, ana, answers(agua="si", palabras="Falta en mayo."))
    his = await a_response(hub, asked, beto, answers(servicios=["luz"], agua="no"))
    analysed = await published_findings(hub, body, asked=asked)
    with hub.at(analysed.at):
        assert (await hub.ask(RECEIPT, {"code": hers.receipt}))["receipt"]["statements"]["totalCount"] == 0
    await a_published_statement(hub, analysed)
    await a_published_statement(hub, analysed, "palabras")
    await a_published_statement(hub, analysed, "servicios")
    with hub.at(analysed.at):
        found = (await hub.ask(RECEIPT, {"code": hers.receipt}))["receipt"]["statements"]["nodes"]
        assert found == [
            {"state": "PUBLISHED", "did": "ACCEPTED", "question": None, "section": {"title": {"text": "Preguntas"}}},
            {"state": "PUBLISHED", "did": "ACCEPTED", "question": {"code": "palabras"}, "section": None},
        ]
        other = (await hub.ask(RECEIPT, {"code": his.receipt}))["receipt"]["statements"]["nodes"]
        assert [one["question"] and one["question"]["code"] for one in other] == [None, "servicios"]
        (mine,) = (await hub.ask(MINE, by=ana))["viewer"]["responses"]["nodes"]
        assert [one["question"] and one["question"]["code"] for one in mine["statements"]["nodes"]] == [
            None, "palabras",
        ]  # fmt: skip


async def test_what_somebody_answered_in_confidence_is_told_to_nobody_else(hub: Talking) -> None:
    body = await a_body(hub)
    ana, noe = await a_citizen(hub), await a_citizen(hub, "Eva Canul")
    secret = a_question("enfermo", QuestionKind.SINGLE_CHOICE, "si", "no", sensitivity=Sensitivity.CONFIDENTIAL)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER, secret))
    hers = await a_response(hub, asked, ana, answers(agua="si", enfermo="si"))
    analysed = await published_findings(hub, body, asked=asked)
    for question in ("agua", "enfermo"):
        await a_published_statement(hub, analysed, question)

    async def told(who: Somebody | None) -> list[str]:
        with hub.at(analysed.at):
            found = (await hub.ask(OF_RESPONSE, {"id": f"Response_{hers.id}"}, by=who))["node"]["statements"]
        assert found["totalCount"] == len(found["nodes"])
        return [one["question"]["code"] for one in found["nodes"]]

    assert await told(None) == ["agua"]
    assert await told(noe) == ["agua"]
    assert await told(ana) == ["agua", "enfermo"]


async def test_a_response_that_does_not_count_has_no_statements(hub: Talking) -> None:
    body = await a_body(hub)
    ana = await a_citizen(hub)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER))
    given = await a_response(hub, asked, ana)
    await a_withdrawn_response(hub, asked, ana)
    analysed = await published_findings(hub, body, asked=asked)
    await a_published_statement(hub, analysed, "agua")
    with hub.at(analysed.at):
        found = (await hub.ask(RECEIPT, {"code": given.receipt}))["receipt"]
    assert (found["state"], found["statements"]["totalCount"]) == ("WITHDRAWN", 0)


async def test_also_nobody_in_particular_follows_it_and_after_everybody_is_unlinked(hub: Talking) -> None:
    body = await a_body(hub)
    ana = await a_citizen(hub)
    known: dict[str, Any] = {"anonymity": Anonymity.ANONYMOUS, "identity_policy": IdentityPolicy.ACCOUNT}
    asked = await an_open_consultation(hub, body, sections=a_section(WATER), **known)
    given = await a_response(hub, asked, ana)
    analysed = await published_findings(hub, body, asked=asked)
    await a_published_statement(hub, analysed, "agua")
    await keep_time(hub.hub.changes, at=asked.late_until)
    with hub.at(asked.over):
        found = (await hub.ask(RECEIPT, {"code": given.receipt}))["receipt"]["statements"]
    assert found["totalCount"] == 1


async def test_a_receipt_of_nobody_tells_nothing(hub: Talking) -> None:
    assert (await hub.ask(RECEIPT, {"code": "7ZK2-0QHM-3VBT-9XEA-5"}))["receipt"] is None


async def test_an_answer_costs_the_same_number_of_statements_at_any_size(hub: Talking) -> None:
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER, SERVICES, WORDS))
    analysed = await published_findings(hub, body, asked=asked)
    every = """query ($id: ID!, $first: Int) { node(id: $id) { ... on Consultation { report { snapshotHash }
      statements(first: $first) { nodes { said { text } availableTransitions { event }
        tables { nodes { categories { answered } } } } } } } }"""
    costs = []
    for question in ("agua", "servicios", "palabras"):
        await a_published_statement(hub, analysed, question)
        with hub.at(analysed.at), hub.counting() as counted:
            await hub.ask(every, {"id": asked.node, "first": 10})
        costs.append(counted[0])
    assert costs == [1, 1, 1]
    assert await refused(hub, PUBLISH, {"input": {"consultationId": asked.node}}, by=None) == ["UNAUTHENTICATED"]
