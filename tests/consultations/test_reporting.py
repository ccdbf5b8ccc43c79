"""Reporting: the analysis begins, analysts write, the coordinator approves and publishes with the released data."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import pytest
import rfc8785
from sqlalchemy.exc import DBAPIError

from hub.consultations.deciding import admit, refuse
from hub.consultations.models import IdentityPolicy
from hub.consultations.questionnaire_models import QuestionKind
from hub.consultations.releasing import release_results
from hub.consultations.timekeeping import keep_time
from hub.errors import WrongState
from hub.text import written
from tests.cast import a_citizen, a_coordinator_of, a_secretary_of, an_analyst_of
from tests.consultations.reports_asked import (
    APPROVE_REPORT,
    CORRECT_REPORT,
    DRAFT_REPORT,
    EDIT_REPORT,
    FINDINGS,
    NEXT,
    PUBLISH_REPORT,
    REWORK_REPORT,
    STANDS,
    START,
    a_report,
    about,
    report,
)
from tests.consultations.results_asked import TABLES, TICK, option
from tests.making.bodies import a_body
from tests.making.consultations import (
    SERVICES,
    WATER,
    Asked,
    a_question,
    a_section,
    an_open_consultation,
    some_responses,
    staff_of,
)
from tests.making.reports import MINUTE, an_analysis, an_approved_report, published_findings
from tests.talking import Somebody, Talking

SCALE = a_question("nota", QuestionKind.SCALE, minimum=1, maximum=5)  # type: ignore[arg-type]


async def refused(hub: Talking, act: str, given: dict[str, Any], *, by: Somebody | None) -> list[str]:
    """Return the codes of why an act did nothing."""
    return [error["code"] for error in await hub.refuse(act, given, by=by)]


async def counted(hub: Talking, asked: Asked) -> dt.datetime:
    """Let counting be over; return the instant just after."""
    at = asked.closes_at + 2 * MINUTE
    await keep_time(hub.hub.changes, at=at)
    return at


async def test_from_the_closing_to_the_findings(hub: Talking) -> None:
    body = await a_body(hub)
    julia, noe = await a_coordinator_of(hub, body), await an_analyst_of(hub, body)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER, SERVICES), smallest_cell=3)
    await some_responses(hub, asked, 4, option("agua", "si"))
    at = await counted(hub, asked)
    await hub.forget()
    with hub.at(at):
        began = await hub.act(START, about(asked), by=noe)
        assert began["consultation"]["state"] == "IN_ANALYSIS"
        drafted = (await hub.act(DRAFT_REPORT, about(asked, **a_report()), by=noe))["report"]
        assert (drafted["number"], drafted["state"], drafted["snapshotHash"]) == (1, "DRAFT", None)
        edited = await hub.act(EDIT_REPORT, report(drafted["id"], **a_report("Se preguntó en papel.")), by=noe)
        assert edited["report"]["method"]["text"] == "Se preguntó en papel."
        approved = (await hub.act(APPROVE_REPORT, report(drafted["id"]), by=julia))["report"]
        assert approved | {"snapshotHash": None, "approvedAt": None} == {
            "id": drafted["id"], "number": 1, "state": "APPROVED", "method": {"text": "Se preguntó en papel."},
            "limitations": {"text": "Contestó quien quiso."}, "correctionNote": None, "release": {"number": 1},
            "snapshotHash": None, "responseCount": 4, "begunNotSent": 0, "invitationsIssued": None,
            "completionRate": 1.0, "responseRate": None, "approvedAt": None, "publishedAt": None,
        }  # fmt: skip
        assert (await hub.ask(STANDS, {"id": asked.node}))["node"]["report"] is None
        published = await hub.act(FINDINGS, about(asked), by=julia)
    assert (published["consultation"]["state"], published["report"]["state"]) == ("FINDINGS_PUBLISHED", "PUBLISHED")
    assert published["report"]["snapshotHash"] == approved["snapshotHash"]
    assert await hub.log() == [
        "AnalysisStarted", "ReportDrafted", "ReportEdited", "ReportApproved", "ReportPublished", "FindingsPublished",
    ]  # fmt: skip
    events = {event["type"]: event for event in await hub.events()}
    assert {name for name, event in events.items() if event["public"]} == {
        "AnalysisStarted", "ReportPublished", "FindingsPublished",
    }  # fmt: skip
    assert events["FindingsPublished"]["facts"]["snapshot_hash"] == approved["snapshotHash"]
    with hub.at(at):
        seen = (await hub.ask(STANDS, {"id": asked.node}))["node"]
    assert (seen["state"], seen["report"], seen["reports"]["nodes"]) == (
        "FINDINGS_PUBLISHED", {"number": 1, "state": "PUBLISHED"}, [{"number": 1, "state": "PUBLISHED"}],
    )  # fmt: skip


async def test_an_analysis_waits_for_the_results(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body)
    asked = await an_open_consultation(hub, body)
    with hub.at(asked.open):
        assert await refused(hub, START, about(asked), by=julia) == ["RESULTS_NOT_YET"]
    await keep_time(hub.hub.changes, at=asked.closes_at)
    await hub.forget()
    with hub.at(asked.counted_until - TICK):
        assert await refused(hub, START, about(asked), by=julia) == ["RESULTS_NOT_YET"]
    with hub.at(asked.counted_until):
        assert await refused(hub, START, about(asked), by=julia) == ["RESULTS_NOT_RELEASED"]
        assert await refused(hub, START, about(asked), by=await a_citizen(hub)) == ["STAFF_ONLY"]
        assert await refused(hub, START, about(asked), by=None) == ["UNAUTHENTICATED"]
        assert await refused(hub, DRAFT_REPORT, about(asked, **a_report()), by=julia) == ["ANALYSTS_ONLY"]
        noe = await an_analyst_of(hub, body)
        assert await refused(hub, DRAFT_REPORT, about(asked, **a_report()), by=noe) == ["ANALYSIS_NOT_STARTED"]
    assert "AnalysisStarted" not in await hub.log()
    at = await counted(hub, asked)
    with hub.at(at):
        await hub.act(START, about(asked), by=julia)
        await hub.forget()
        assert await refused(hub, START, about(asked), by=julia) == ["ANALYSIS_STARTED"]
    assert await hub.log() == []


async def test_analysts_write_and_the_coordinator_approves(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, acronym="OTRA")
    julia, luis = await a_coordinator_of(hub, body), await a_secretary_of(hub, body)
    noe, elsewhere = await an_analyst_of(hub, body), await an_analyst_of(hub, other, "Eva Canul")
    analysed = await an_analysis(hub, body)
    asked = analysed.asked
    await hub.forget()
    with hub.at(analysed.at):
        for who, code in ((luis, "ANALYSTS_ONLY"), (elsewhere, "ANALYSTS_ONLY"), (None, "UNAUTHENTICATED")):
            assert await refused(hub, DRAFT_REPORT, about(asked, **a_report()), by=who) == [code]
        assert await refused(hub, FINDINGS, about(asked), by=julia) == ["REPORT_NOT_APPROVED"]
        assert await hub.log() == []
        id_ = (await hub.act(DRAFT_REPORT, about(asked, **a_report()), by=noe))["report"]["id"]
        await hub.forget()
        assert await refused(hub, APPROVE_REPORT, report(id_), by=noe) == ["COORDINATORS_ONLY"]
        assert await refused(hub, APPROVE_REPORT, report(id_), by=elsewhere) == ["COORDINATORS_ONLY"]
        assert await refused(hub, FINDINGS, about(asked), by=noe) == ["COORDINATORS_ONLY"]
        assert await refused(hub, FINDINGS, about(asked), by=julia) == ["REPORT_NOT_APPROVED"]
        assert await refused(hub, DRAFT_REPORT, about(asked, **a_report()), by=noe) == ["REPORT_EXISTS"]
        assert await refused(hub, PUBLISH_REPORT, report(id_), by=julia) == ["PUBLISHED_WITH_FINDINGS"]
        assert await refused(hub, APPROVE_REPORT, report(asked.node), by=julia) == ["BAD_ID"]
        nobody = "ConsultationReport_01990000-0000-7000-8000-000000000009"
        assert await refused(hub, APPROVE_REPORT, report(nobody), by=julia) == ["NOT_FOUND"]
        assert await hub.log() == []
        await hub.act(APPROVE_REPORT, report(id_), by=julia)
        assert await refused(hub, EDIT_REPORT, report(id_, **a_report()), by=noe) == ["WRONG_STATE"]
        reworked = (await hub.act(REWORK_REPORT, report(id_), by=julia))["report"]
    assert (reworked["state"], reworked["approvedAt"]) == ("DRAFT", None)
    assert await hub.log() == ["ReportApproved", "ReportReworked"]


async def test_a_report_has_words_in_every_language_of_its_consultation(hub: Talking) -> None:
    body = await a_body(hub)
    noe = await an_analyst_of(hub, body)
    analysed = await an_analysis(hub, body)
    await hub.forget()
    bad: dict[str, Any] = {
        "method": {"source": "en", "translations": [{"language": "en", "text": "By paper."}]},
        "limitations": {"source": "es", "translations": []},
    }
    with hub.at(analysed.at):
        errors = await hub.refuse(DRAFT_REPORT, about(analysed.asked, **bad), by=noe)
        long = await hub.refuse(DRAFT_REPORT, about(analysed.asked, **a_report("x" * 20_001)), by=noe)
    assert [(error["code"], error["path"]) for error in errors] == [
        ("WORDING_MISSING", ["limitations", "source"]), ("MISSING_LANGUAGE", ["method"]),
    ]  # fmt: skip
    assert [error["code"] for error in long] == ["WORDING_TOO_LONG"]
    assert await hub.log() == []


async def test_everybody_can_check_the_snapshot(hub: Talking) -> None:
    """The hash is that of the tables as anybody reads them, in the form that snapshots.py writes down."""
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER, SERVICES), smallest_cell=3)
    await some_responses(hub, asked, 4, option("agua", "si"))
    await some_responses(hub, asked, 2, option("agua", "no"))
    analysed = await published_findings(hub, body, asked=asked)
    every = TABLES.replace("dimension position", "dimension lineageId position")
    with hub.at(analysed.at):
        found = (await hub.ask(every, {"id": asked.node}))["node"]["results"]
        told = await hub.ask("query ($id: ID!) { node(id: $id) { ... on Consultation { report { snapshotHash } } } }",
                             {"id": asked.node})  # fmt: skip
    tables = [
        {
            "dimension": table["dimension"].lower(),
            "lineageId": table["lineageId"],
            "cells": [cell for category in table["categories"] for cell in cells(category)],
        }
        for table in found["tables"]["nodes"]
    ]
    whole = rfc8785.dumps({"release": found["release"]["number"], "tables": tables})
    assert told["node"]["report"]["snapshotHash"] == "sha256:" + hashlib.sha256(whole).hexdigest()


def cells(category: Any) -> list[dict[str, Any]]:
    """Return the figures of a category in the form in which they are hashed."""
    own = {"category": category["code"], "row": category["row"] or "", "middles": [None] * 3, "points": None}
    figures = [("", category["answered"]), *((item["code"], item["count"]) for item in category["items"])]
    return [{**own, "item": item, "count": count} for item, count in figures]


async def test_what_was_released_since_the_approval_is_approved_again(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER), smallest_cell=3)
    await some_responses(hub, asked, 4, option("agua", "si"))
    held = await some_responses(hub, asked, 1, option("agua", "no"), at=asked.closes_at + dt.timedelta(seconds=90))
    analysed = await an_analysis(hub, body, asked=asked)
    report_id = await an_approved_report(hub, analysed)
    await hub.forget()
    with hub.at(analysed.at):
        # Somebody came late, and is owed a decision first.
        assert await refused(hub, FINDINGS, about(asked), by=julia) == ["RESPONSES_UNDECIDED"]
        async with hub.change(staff_of(body), at=analysed.at) as change:
            await admit(change, held[0], reason=written(es="Se cayó el sitio."))
            await release_results(change, asked.id)
        await hub.forget()
        assert await refused(hub, FINDINGS, about(asked), by=julia) == ["RESULTS_CHANGED"]
        assert await hub.log() == []
        id_ = f"ConsultationReport_{report_id}"
        await hub.act(REWORK_REPORT, report(id_), by=julia)
        again = (await hub.act(APPROVE_REPORT, report(id_), by=julia))["report"]
        assert (again["responseCount"], again["release"]["number"]) == (5, 2)
        await hub.act(FINDINGS, about(asked), by=julia)


async def test_what_the_findings_speak_of_changes_no_more(hub: Talking) -> None:
    body = await a_body(hub)
    noe = await an_analyst_of(hub, body)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER), smallest_cell=3)
    await some_responses(hub, asked, 4, option("agua", "si"))
    analysed = await published_findings(hub, body, asked=asked)
    late = analysed.at + MINUTE
    (held,) = await some_responses(hub, asked, 1, option("agua", "no"), at=late)
    await hub.forget()
    with hub.at(late):
        found = (await hub.ask(NEXT, {"id": f"Response_{held}"}, by=noe))["node"]
    assert {t["event"]: t["reason"] and t["reason"]["code"] for t in found["availableTransitions"]} == {
        "admit": "RESULTS_IN_REPORT", "refuse": None,
    }  # fmt: skip
    async with hub.change(staff_of(body), at=late) as change:
        with pytest.raises(WrongState, match="RESULTS_IN_REPORT"):
            await admit(change, held, reason=written(es="Se cayó el sitio."))
    async with hub.change(staff_of(body), at=late) as change:
        with pytest.raises(WrongState, match="RESULTS_IN_REPORT"):
            await release_results(change, asked.id)
    async with hub.change(staff_of(body), at=late) as change:
        await refuse(change, held, reason=written(es="El informe ya se publicó."))
    await keep_time(hub.hub.changes, at=asked.late_until)
    # The respondents are unlinked in their time, and no results are released once more.
    assert await hub.log() == ["ResponseRefused", "RespondentsUnlinked"]


async def test_a_report_is_corrected_openly(hub: Talking) -> None:
    body = await a_body(hub)
    julia, noe = await a_coordinator_of(hub, body), await an_analyst_of(hub, body)
    analysed = await published_findings(hub, body)
    asked = analysed.asked
    with hub.at(analysed.at):
        (first,) = await hub.rows("SELECT id FROM consultation_report")
        first_id = f"ConsultationReport_{first['id']}"
        note = {"source": "es", "translations": [{"language": "es", "text": "Faltó decir que hubo papel."}]}
        given = report(first_id, **a_report("En línea y en papel."), note=note)
        second = (await hub.act(CORRECT_REPORT, given, by=noe))["report"]
        assert await refused(hub, CORRECT_REPORT, given, by=noe) == ["REPORT_AT_WORK"]
        seen = (await hub.ask(STANDS, {"id": asked.node}))["node"]["reports"]["nodes"]
        assert seen == [{"number": 1, "state": "PUBLISHED"}]
        await hub.act(APPROVE_REPORT, report(second["id"]), by=julia)
        await hub.forget()
        published = (await hub.act(PUBLISH_REPORT, report(second["id"]), by=julia))["report"]
        assert (published["number"], published["state"]) == (2, "PUBLISHED")
        assert published["correctionNote"] == {"text": "Faltó decir que hubo papel."}
        assert await hub.log() == ["ReportPublished", "ReportCorrected"]
        seen = (await hub.ask(STANDS, {"id": asked.node}))["node"]
        assert seen["reports"]["nodes"] == [{"number": 1, "state": "CORRECTED"}, {"number": 2, "state": "PUBLISHED"}]
        assert seen["report"] == {"number": 2, "state": "PUBLISHED"}
        assert await refused(hub, CORRECT_REPORT, given, by=noe) == ["WRONG_STATE"]


async def test_what_is_published_never_changes(hub: Talking) -> None:
    await published_findings(hub, await a_body(hub))
    for statement in ("UPDATE consultation_report SET method = '{}'", "DELETE FROM consultation_report"):
        with pytest.raises(DBAPIError, match="is published and never changes"):
            await hub.run(statement)


async def test_the_rates_of_the_invited(hub: Talking) -> None:
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.INVITED)
    analysed = await published_findings(hub, body, asked=asked)
    rates = "query ($id: ID!) { node(id: $id) { ... on Consultation { report { responseCount invitationsIssued \
        completionRate responseRate } } } }"
    with hub.at(analysed.at):
        found = (await hub.ask(rates, {"id": asked.node}))["node"]["report"]
    assert found == {"responseCount": 0, "invitationsIssued": 0, "completionRate": None, "responseRate": None}
