"""Statements: asked, said, done and why, about a question or its section, corrected openly."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from hub.consultations.questionnaire_models import QuestionKind, RevisionClass, Sensitivity
from tests.cast import a_citizen, a_coordinator_of, an_analyst_of
from tests.consultations.asking import es
from tests.consultations.reports_asked import (
    ANSWER,
    APPROVE_STATEMENT,
    ARCHIVE,
    CORRECT_STATEMENT,
    DISCARD_STATEMENT,
    DRAFT_STATEMENT,
    EDIT_STATEMENT,
    NEXT,
    PUBLISH_STATEMENT,
    REWORK_STATEMENT,
    STANDS,
    a_statement,
    about,
    statement,
)
from tests.consultations.results_asked import option
from tests.consultations.test_reporting import refused
from tests.making.bodies import a_body
from tests.making.consultations import (
    SERVICES,
    WATER,
    WORDS,
    a_question,
    a_section,
    an_open_consultation,
    some_responses,
)
from tests.making.notices import a_corrected_consultation
from tests.making.reports import (
    a_draft_statement,
    a_published_statement,
    a_section_of,
    an_analysis,
    published_findings,
)
from tests.talking import Somebody, Talking

SECRET = a_question("enfermo", QuestionKind.SINGLE_CHOICE, "si", "no", sensitivity=Sensitivity.CONFIDENTIAL)
NOTICE = a_question("aviso", QuestionKind.NOTICE)
SEEN = """query ($id: ID!) { node(id: $id) { ... on Statement { state said { text }
  tables { totalCount nodes { dimension question { code } release { number }
    categories { answered items { code count } } } } } } }"""


async def answer(hub: Talking, node: str, by: Somebody | None = None) -> Any:
    """Return what an answered consultation shows."""
    return (await hub.ask(STANDS, {"id": node}, by=by))["node"]


async def test_from_a_draft_to_an_answered_consultation(hub: Talking) -> None:
    body = await a_body(hub)
    julia, noe = await a_coordinator_of(hub, body), await an_analyst_of(hub, body)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER, WORDS, NOTICE))
    analysed = await published_findings(hub, body, asked=asked)
    await hub.forget()
    with hub.at(analysed.at):
        of_water = f"Question_{asked.questions['agua']}"
        drafted = (await hub.act(DRAFT_STATEMENT, about(asked, **a_statement(), questionId=of_water), by=noe))[
            "statement"
        ]
        assert (drafted["state"], drafted["question"]["code"], drafted["section"]) == ("DRAFT", "agua", None)
        id_ = drafted["id"]
        given = statement(id_, **a_statement("Se hará en 2027.", did="PARTLY"))
        edited = (await hub.act(EDIT_STATEMENT, given, by=noe))["statement"]
        assert (edited["did"], edited["reasons"]["text"]) == ("PARTLY", "Se hará en 2027.")
        await hub.act(APPROVE_STATEMENT, statement(id_), by=julia)
        published = (await hub.act(PUBLISH_STATEMENT, statement(id_), by=julia))["statement"]
        assert (published["state"], published["publishedAt"] is not None) == ("PUBLISHED", True)
        assert await hub.log() == [
            "StatementDrafted", "StatementEdited", "StatementApproved", "StatementPublished",
        ]  # fmt: skip
        # One question is answered and the other is not; a notice takes no answer.
        (error,) = await hub.refuse(ANSWER, about(asked), by=julia)
        assert (error["code"], error["message"][:16]) == ("QUESTIONS_UNANSWERED", "Quedan 1 pregunt")
        assert (await answer(hub, asked.node))["state"] == "FINDINGS_PUBLISHED"
    await a_published_statement(hub, analysed, "palabras")
    await hub.forget()
    with hub.at(analysed.at):
        assert await refused(hub, ARCHIVE, about(asked), by=julia) == ["NOT_ANSWERED_YET"]
        assert await refused(hub, ANSWER, about(asked), by=noe) == ["COORDINATORS_ONLY"]
        done = (await hub.act(ANSWER, about(asked), by=julia))["consultation"]
        assert (done["state"], done["answerStanding"]) == ("ANSWERED", "ANSWERED")
        assert await refused(hub, ANSWER, about(asked), by=julia) == ["ANSWERED_ALREADY"]
        seen = await answer(hub, asked.node)
        assert [(one["question"]["code"], one["did"]) for one in seen["statements"]["nodes"]] == [
            ("agua", "PARTLY"), ("palabras", "ACCEPTED"),
        ]  # fmt: skip
        assert (await hub.act(ARCHIVE, about(asked), by=julia))["consultation"]["state"] == "ARCHIVED"
        assert await refused(hub, ARCHIVE, about(asked), by=julia) == ["ARCHIVED_ALREADY"]
    assert await hub.log() == ["ConsultationAnswered", "MandateDelivered", "ConsultationArchived"]


async def test_a_section_answers_for_all_its_questions(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body)
    asked = await an_open_consultation(hub, body, sections=(*a_section(WATER, SERVICES), *a_section(WORDS)))
    analysed = await published_findings(hub, body, asked=asked)
    await a_published_statement(hub, analysed)
    with hub.at(analysed.at):
        assert await refused(hub, ANSWER, about(asked), by=julia) == ["QUESTIONS_UNANSWERED"]
    await a_published_statement(hub, analysed, "palabras")
    with hub.at(analysed.at):
        await hub.act(ANSWER, about(asked), by=julia)
        found = await hub.ask(
            """query ($id: ID!) { node(id: $id) { ... on Consultation { revision { questions { nodes {
            code statement { section { title { text } } question { code } } } } } } } }""",
            {"id": asked.node},
        )
    shown = {q["code"]: q["statement"] for q in found["node"]["revision"]["questions"]["nodes"]}
    whole = {"section": {"title": {"text": "Preguntas"}}, "question": None}
    assert shown == {
        "agua": whole, "servicios": whole, "palabras": {"section": None, "question": {"code": "palabras"}},
    }  # fmt: skip


async def test_a_question_that_was_dropped_is_answered_too(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER, WORDS))
    later = await a_corrected_consultation(
        hub, asked, a_section(WATER), revision_class=RevisionClass.SUBSTANTIVE, at=asked.open
    )
    analysed = await published_findings(hub, body, asked=later)
    await a_published_statement(hub, analysed)
    with hub.at(analysed.at):
        assert await refused(hub, ANSWER, about(asked), by=julia) == ["QUESTIONS_UNANSWERED"]
    noe = await an_analyst_of(hub, body)
    with hub.at(analysed.at):
        # A section of the wording that is in force no more is no subject; a question of it is.
        former = f"Section_{await a_section_of(hub, asked)}"
        given = about(asked, **a_statement(), sectionId=former)
        assert await refused(hub, DRAFT_STATEMENT, given, by=noe) == ["NO_SUCH_SECTION"]
        dropped = about(asked, **a_statement(), questionId=f"Question_{asked.questions['palabras']}")
        made = (await hub.act(DRAFT_STATEMENT, dropped, by=noe))["statement"]
        assert made["position"] > 1_000
        await hub.act(APPROVE_STATEMENT, statement(made["id"]), by=julia)
        await hub.act(PUBLISH_STATEMENT, statement(made["id"]), by=julia)
        await hub.act(ANSWER, about(asked), by=julia)


async def test_what_a_statement_is_about(hub: Talking) -> None:
    body = await a_body(hub)
    noe = await an_analyst_of(hub, body)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER, NOTICE))
    other = await an_open_consultation(hub, body, sections=a_section(WATER))
    analysed = await an_analysis(hub, body, asked=asked)
    water, notice = (f"Question_{asked.questions[code]}" for code in ("agua", "aviso"))
    section = f"Section_{await a_section_of(hub, asked)}"
    foreign = f"Section_{await a_section_of(hub, other)}"
    await hub.forget()
    for subject, code in (
        ({}, "ONE_SUBJECT"),
        ({"questionId": water, "sectionId": section}, "ONE_SUBJECT"),
        ({"questionId": notice}, "NO_SUCH_QUESTION"),
        ({"questionId": f"Question_{other.questions['agua']}"}, "NO_SUCH_QUESTION"),
        ({"sectionId": foreign}, "NO_SUCH_SECTION"),
        ({"questionId": section}, "BAD_ID"),
        ({"sectionId": section, "instrumentId": "Instrument_01990000-0000-7000-8000-000000000009"}, "NOT_FOUND"),
        ({"sectionId": section, "instrumentId": section}, "BAD_ID"),
    ):
        with hub.at(analysed.at):
            assert await refused(hub, DRAFT_STATEMENT, about(asked, **a_statement(), **subject), by=noe) == [code]
    assert await hub.log() == []


async def test_a_statement_is_published_after_the_findings(hub: Talking) -> None:
    body = await a_body(hub)
    julia, noe = await a_coordinator_of(hub, body), await an_analyst_of(hub, body)
    analysed = await an_analysis(hub, body, sections=a_section(WATER))
    id_ = f"Statement_{await a_draft_statement(hub, analysed)}"
    ana = await a_citizen(hub)
    with hub.at(analysed.at):
        await hub.forget()
        assert await refused(hub, PUBLISH_STATEMENT, statement(id_), by=julia) == ["FINDINGS_NOT_PUBLISHED"]
        assert await refused(hub, APPROVE_STATEMENT, statement(id_), by=noe) == ["COORDINATORS_ONLY"]
        assert await refused(hub, ANSWER, about(analysed.asked), by=julia) == ["FINDINGS_NOT_PUBLISHED"]
        assert await refused(hub, DISCARD_STATEMENT, statement(id_), by=ana) == ["ANALYSTS_ONLY"]
        assert await hub.log() == []
        await hub.act(APPROVE_STATEMENT, statement(id_), by=julia)
        assert await refused(hub, EDIT_STATEMENT, statement(id_, **a_statement()), by=noe) == ["WRONG_STATE"]
        assert await refused(hub, DISCARD_STATEMENT, statement(id_), by=noe) == ["WRONG_STATE"]
        await hub.act(REWORK_STATEMENT, statement(id_), by=julia)
        assert await refused(hub, PUBLISH_STATEMENT, statement(id_), by=julia) == ["FINDINGS_NOT_PUBLISHED"]
        # One that is given up makes room for another.
        section = f"Section_{await a_section_of(hub, analysed.asked)}"
        another = about(analysed.asked, **a_statement(), sectionId=section)
        assert await refused(hub, DRAFT_STATEMENT, another, by=noe) == ["STATEMENT_AT_WORK"]
        await hub.act(DISCARD_STATEMENT, statement(id_), by=noe)
        await hub.act(DRAFT_STATEMENT, another, by=noe)
    assert await hub.log() == ["StatementApproved", "StatementReworked", "StatementDiscarded", "StatementDrafted"]


async def test_a_statement_is_corrected_openly(hub: Talking) -> None:
    body = await a_body(hub)
    julia, noe = await a_coordinator_of(hub, body), await an_analyst_of(hub, body)
    analysed = await published_findings(hub, body, sections=a_section(WATER))
    asked = analysed.asked
    first = f"Statement_{await a_published_statement(hub, analysed, 'agua')}"
    with hub.at(analysed.at):
        again = about(asked, **a_statement(), questionId=f"Question_{asked.questions['agua']}")
        assert await refused(hub, DRAFT_STATEMENT, again, by=noe) == ["STATEMENT_EXISTS"]
        given = statement(first, **a_statement("No alcanzó.", did="NOT_ACCEPTED"), note=es("El monto era otro."))
        second = (await hub.act(CORRECT_STATEMENT, given, by=noe))["statement"]
        assert await refused(hub, CORRECT_STATEMENT, given, by=noe) == ["STATEMENT_AT_WORK"]
        assert (await answer(hub, asked.node))["statements"]["totalCount"] == 1
        assert (await answer(hub, asked.node, noe))["statements"]["totalCount"] == 2
        await hub.act(APPROVE_STATEMENT, statement(second["id"]), by=julia)
        await hub.forget()
        published = (await hub.act(PUBLISH_STATEMENT, statement(second["id"]), by=julia))["statement"]
        assert (published["number"], published["correctionNote"]["text"]) == (2, "El monto era otro.")
        assert await hub.log() == ["StatementCorrected", "StatementPublished"]
        seen = (await answer(hub, asked.node))["statements"]["nodes"]
        assert {(one["number"], one["state"], one["did"]) for one in seen} == {
            (1, "CORRECTED", "ACCEPTED"), (2, "PUBLISHED", "NOT_ACCEPTED"),
        }  # fmt: skip
        # Between the two the question was never without a statement.
        await hub.act(ANSWER, about(asked), by=julia)
    for act in ("UPDATE statement SET reasons = '{}'", "DELETE FROM statement"):
        with pytest.raises(DBAPIError, match="is published and never changes"):
            await hub.run(act)


async def test_figures_come_from_what_was_released(hub: Talking) -> None:
    """What is withheld in the results is withheld here: a statement shows the released tables themselves."""
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER, SECRET), smallest_cell=3)
    await some_responses(hub, asked, 5, option("agua", "si"), option("enfermo", "no"))
    await some_responses(hub, asked, 1, option("agua", "no"), option("enfermo", "si"))
    analysed = await published_findings(hub, body, asked=asked)
    water = f"Statement_{await a_published_statement(hub, analysed, 'agua')}"
    whole = f"Statement_{await a_published_statement(hub, analysed)}"
    with hub.at(analysed.at):
        own = (await hub.ask(SEEN, {"id": water}))["node"]["tables"]["nodes"]
        both = (await hub.ask(SEEN, {"id": whole}))["node"]["tables"]["nodes"]
    assert own == [
        {
            "dimension": "TOTAL", "question": {"code": "agua"}, "release": {"number": 1},
            "categories": [{"answered": 6, "items": [{"code": "si", "count": 5}, {"code": "no", "count": 1}]}],
        }
    ]  # fmt: skip
    assert [table["question"]["code"] for table in both] == ["agua", "enfermo"]
    (secret,) = both[1]["categories"]
    assert [item["count"] for item in secret["items"]] == [None, None]


async def test_two_analysts_begin_at_once(hub: Talking) -> None:
    body = await a_body(hub)
    noe, eva = await an_analyst_of(hub, body), await an_analyst_of(hub, body, "Eva Canul")
    analysed = await an_analysis(hub, body, sections=a_section(WATER))
    section = f"Section_{await a_section_of(hub, analysed.asked)}"
    given = about(analysed.asked, **a_statement(), sectionId=section)
    await hub.forget()
    with hub.at(analysed.at):
        both = await asyncio.gather(*[hub.answer(DRAFT_STATEMENT, given, by=who) for who in (noe, eva)])
    codes = sorted([e["code"] for e in one["data"]["draftStatement"]["errors"]] for one in both)
    assert codes == [[], ["STATEMENT_AT_WORK"]]
    assert await hub.log() == ["StatementDrafted"]


async def test_two_coordinators_answer_at_once(hub: Talking) -> None:
    body = await a_body(hub)
    julia, eva = await a_coordinator_of(hub, body), await a_coordinator_of(hub, body, "Eva Canul")
    analysed = await published_findings(hub, body, sections=a_section(WATER))
    await a_published_statement(hub, analysed)
    await hub.forget()
    with hub.at(analysed.at):
        both = await asyncio.gather(*[hub.answer(ANSWER, about(analysed.asked), by=who) for who in (julia, eva)])
    codes = sorted([e["code"] for e in one["data"]["answerConsultation"]["errors"]] for one in both)
    assert codes == [[], ["ANSWERED_ALREADY"]]
    assert await hub.log() == ["ConsultationAnswered", "MandateDelivered"]


async def test_what_may_come_next_is_told_with_why_not(hub: Talking) -> None:
    body = await a_body(hub)
    julia, noe = await a_coordinator_of(hub, body), await an_analyst_of(hub, body)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER))
    analysed = await an_analysis(hub, body, asked=asked)

    async def told(node: str, by: Somebody | None) -> dict[str, str | None]:
        with hub.at(analysed.at):
            found = (await hub.ask(NEXT, {"id": node}, by=by))["node"]["availableTransitions"]
        respondents = ("submit", "replace", "withdraw")
        return {t["event"]: t["reason"] and t["reason"]["code"] for t in found if t["event"] not in respondents}

    written_by = dict.fromkeys(("draft_report", "draft_statement"))
    barred = dict.fromkeys(written_by, "ANALYSTS_ONLY")
    assert await told(asked.node, julia) == {"publish_findings": "REPORT_NOT_APPROVED", "release": None, **barred}
    assert await told(asked.node, noe) == {"publish_findings": "COORDINATORS_ONLY", "release": None, **written_by}
    made = f"Statement_{await a_draft_statement(hub, analysed)}"
    assert await told(made, julia) == {
        "edit_statement": "ANALYSTS_ONLY", "approve_statement": None, "discard_statement": "ANALYSTS_ONLY",
    }  # fmt: skip
    with hub.at(analysed.at):
        assert (await hub.ask(NEXT, {"id": made}))["node"] is None
        await hub.act(APPROVE_STATEMENT, statement(made), by=julia)
    assert await told(made, julia) == {"rework_statement": None, "publish_statement": "FINDINGS_NOT_PUBLISHED"}
