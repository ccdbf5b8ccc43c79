"""Drafting a consultation: who may, what is written, and everything that is wrong at once."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.viewer import Scope
from tests.cast import (
    a_citizen,
    a_client,
    a_coordinator_of,
    a_secretary_of,
    a_visitor,
    an_administrator,
    an_analyst_of,
)
from tests.consultations.asking import CREATE, a_draft, a_question, es, problems
from tests.making.bodies import a_body
from tests.making.consultations import a_draft_consultation
from tests.making.people import a_territory
from tests.talking import Talking

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


async def test_a_draft_is_written_with_its_mandate_and_seen_by_the_staff_alone(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra", acronym="OTRA")
    julia, noe = await a_coordinator_of(hub, body, at=NOW), await an_analyst_of(hub, other, at=NOW)
    jalisco = await a_territory(hub)
    await hub.forget()
    with hub.at(NOW):
        draft = a_draft(body, territoryIds=[f"Territory_{jalisco}", f"Territory_{jalisco}"])
        payload = await hub.act(CREATE, {"input": draft}, by=julia)
        consultation = payload["consultation"]
        assert consultation == {
            "id": consultation["id"],
            "state": "DRAFT",
            "title": {"text": "Agua para todas y todos"},
            "publisher": {"id": f"Body_{body}"},
            "mandate": {"state": "PROPOSED", "reason": {"text": "Faltó en abril."}},
            "opening": {
                "instant": "2026-12-01T15:00:00.000000Z",
                "declaredLocal": "2026-12-01T09:00:00",
                "zone": "America/Mexico_City",
            },
            "closing": {"instant": "2027-01-01T00:00:00.000000Z"},
            "folio": None,
            "publishedAt": None,
            "revision": None,
            "availableTransitions": [
                {"event": "edit", "allowed": True},
                {"event": "schedule", "allowed": True},
                {"event": "submit", "allowed": False},
                {"event": "replace", "allowed": False},
                {"event": "withdraw", "allowed": False},
            ],
        }
        assert await hub.log() == ["MandateProposed", "ConsultationCreated"]
        assert payload["event"] == (await hub.events())[-1]["position"]
        found = "query ($id: ID!) { node(id: $id) { id ... on Consultation { territories { totalCount } } } }"
        for who, seen in ((julia, True), (noe, False), (await a_citizen(hub, at=NOW), False), (a_visitor(), False)):
            data = await hub.ask(found, {"id": consultation["id"]}, by=who)
            assert (data["node"] is not None) is seen, who.name
            if seen:
                assert data["node"]["territories"] == {"totalCount": 1}
    assert (await hub.ask("{ changes(first: 100) { nodes { type } } mandates { totalCount } }"))["mandates"][
        "totalCount"
    ] == 0


async def test_who_may_draft(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra", acronym="OTRA")
    narrow = frozenset(Scope) - {Scope.BODIES_WRITE}
    with hub.at(NOW):
        table = [
            (await a_coordinator_of(hub, body), None),
            (await a_secretary_of(hub, body), None),
            (await an_analyst_of(hub, body), None),
            (await a_coordinator_of(hub, other), "STAFF_ONLY"),
            (await a_citizen(hub), "STAFF_ONLY"),
            (await an_administrator(hub), "STAFF_ONLY"),
            (await a_coordinator_of(hub, body, scopes=narrow), "SCOPE_MISSING"),
            (await a_client(hub, scopes=frozenset(Scope)), "UNAUTHENTICATED"),
            (a_visitor(), "UNAUTHENTICATED"),
        ]
        for who, code in table:
            await hub.forget()
            if code is None:
                await hub.act(CREATE, {"input": a_draft(body)}, by=who)
                continue
            errors = await hub.refuse(CREATE, {"input": a_draft(body)}, by=who)
            assert [(e["__typename"], e["code"]) for e in errors] == [("PermissionError", code)], who.name
            assert await hub.log() == []


async def test_everything_that_is_wrong_is_told_at_once(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body, at=NOW)
    jalisco = await a_territory(hub)
    twice = [{"code": "si", "label": es("Sí")}, {"code": "si", "label": es("Sí")}]
    wrong = a_draft(
        body,
        title={"source": "nah", "translations": [{"language": "es", "text": " "}]},
        purpose=es("Bien", en="Good"),
        opening={"declaredLocal": "2020-01-01T00:00:00", "zone": "America/Mexico_City"},
        closing={"declaredLocal": "2019-01-01T00:00:00", "zone": "America/Tijuana"},
        territoryIds=[f"Territory_{jalisco}", f"Territory_{body}"],
        questionnaire={
            "sections": [
                {"title": es("a"), "questions": []},
                {
                    "title": es("b"),
                    "questions": [
                        a_question("Agua"),
                        a_question("luz", options=twice),
                        a_question("luz", options=[]),
                        a_question("texto", kind="LONG_TEXT", maxLength=0, minChoices=1),
                    ],
                },
            ]
        },
    )
    await hub.forget()
    with hub.at(NOW):
        found = problems(await hub.refuse(CREATE, {"input": wrong}, by=julia))
    sections = "questionnaire.sections"
    expected = {
        ("WORDING_EMPTY", "title.translations.0.text"),
        ("WORDING_MISSING", "title.source"),
        ("MISSING_LANGUAGE", "privacyNotice"),
        ("MISSING_LANGUAGE", "ownInitiative.reason"),
        ("OPENS_IN_THE_PAST", "opening.declaredLocal"),
        ("ZONES_DIFFER", "closing.zone"),
        ("CLOSES_BEFORE_OPENS", "closing.declaredLocal"),
        ("NO_QUESTIONS", f"{sections}.0.questions"),
        ("BAD_CODE", f"{sections}.1.questions.0.code"),
        ("NO_OPTIONS", f"{sections}.1.questions.2.options"),
        ("BAD_LENGTH", f"{sections}.1.questions.3.maxLength"),
        ("NOT_OF_THIS_KIND", f"{sections}.1.questions.3.minChoices"),
        ("NOT_OF_THIS_KIND", f"{sections}.1.questions.3.options"),
        ("UNKNOWN_TERRITORY", "territoryIds.1"),
    }
    assert expected <= set(found), expected - set(found)
    assert {path for code, path in found if code.startswith("DUPLICATE")} >= {f"{sections}.1.questions.2.code"}
    assert len(found) == len(set(found))
    assert await hub.log() == []
    assert await hub.rows("SELECT 1 FROM consultation") == await hub.rows("SELECT 1 FROM mandate") == []


async def test_how_sure_it_has_to_be_who_answers_is_asked_where_accounts_answer(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body, at=NOW)
    await hub.forget()
    with hub.at(NOW):
        for policy in ("OPEN", "VERIFIED", "INVITED"):
            draft = a_draft(body, identityPolicy=policy, assurance="VERIFIED_PERSON")
            found = problems(await hub.refuse(CREATE, {"input": draft}, by=julia))
            assert ("ASSURANCE_OF_ACCOUNTS", "assurance") in found, policy
        assert (await hub.log(), await hub.rows("SELECT 1 FROM consultation")) == ([], [])
        kept = a_draft(body, identityPolicy="ACCOUNT", assurance="VERIFIED_PERSON")
        await hub.act(CREATE, {"input": kept}, by=julia)
    assert await hub.rows("SELECT assurance FROM consultation") == [{"assurance": "verified_person"}]


@pytest.mark.parametrize(
    ("local", "code"),
    [
        ("2026-04-05T02:30:00", "TIME_DOES_NOT_EXIST"),
        ("2026-11-01T01:30:00", "TIME_IS_AMBIGUOUS"),
        ("1899-12-31T00:00:00", "BAD_TIME"),
        ("9999-12-31T23:59:59", "BAD_TIME"),
    ],
)
async def test_a_time_that_is_none_is_refused(hub: Talking, local: str, code: str) -> None:
    body = await a_body(hub)
    before = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    julia = await a_coordinator_of(hub, body, at=before)
    zone = "America/Ensenada" if code != "TIME_DOES_NOT_EXIST" else "America/New_York"
    local = local.replace("04-05", "03-08")
    moment = {"declaredLocal": local, "zone": zone}
    with hub.at(before):
        errors = await hub.refuse(CREATE, {"input": a_draft(body, opening=moment)}, by=julia)
    assert (code, "opening.declaredLocal") in problems(errors)


@pytest.mark.parametrize("day", ["0001-01-01", "0999-12-31", "1000-01-01", "2027-02-28", "9000-12-31", "9999-12-31"])
async def test_a_day_at_the_ends_of_time_is_read_back_or_refused(hub: Talking, day: str) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body, at=NOW)
    draft = a_draft(body, ownInitiative={"reason": es("Sí."), "dueOn": day})
    create = "mutation ($input: CreateConsultationInput!) { createConsultation(input: $input) "
    create += "{ consultation { mandate { dueOn overdue } } errors { code path } } }"
    with hub.at(NOW):
        answer = await hub.answer(create, {"input": draft}, by=julia)
    if not "1000" <= day[:4] <= "9000":
        assert "between the years 1000 and 9000" in answer["errors"][0]["message"]
        return
    payload = answer["data"]["createConsultation"]
    read_back = {"mandate": {"dueOn": day, "overdue": day < "2026-11-01"}}
    assert payload == {"consultation": read_back, "errors": []}


async def test_a_draft_is_found_by_no_way_but_the_staffs(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra", acronym="OTRA")
    asked = await a_draft_consultation(hub, body)
    question = f"Question_{asked.questions['agua']}"
    # Even where somebody gave it a folio already, the folio does not open it.
    await hub.run("UPDATE entry SET folio = 'CGA/CONSULTA/2026/777' WHERE id = :id", id=asked.id)
    text = """query ($id: ID!, $revision: ID!, $question: ID!, $body: ID!) {
      node(id: $id) { id } revision: node(id: $revision) { id } question: node(id: $question) { id }
      consultations { totalCount nodes { id } } drafts: consultations(filter: {state: [DRAFT]}) { totalCount }
      words: consultations(filter: {text: "agua"}) { totalCount } mandates { totalCount }
      of: node(id: $body) { ... on Body { consultations { totalCount } } }
      consultationByFolio(folio: "CGA/CONSULTA/2026/777") { id } }"""
    ids = {"id": asked.node, "revision": asked.revision, "question": question, "body": f"Body_{body}"}
    none, one = {"totalCount": 0}, {"totalCount": 1}
    unseen = {
        "node": None,
        "revision": None,
        "question": None,
        "consultations": {**none, "nodes": []},
        "drafts": none,
        "words": none,
        "mandates": none,
        "of": {"consultations": none},
        "consultationByFolio": None,
    }
    seen = {
        "node": {"id": asked.node},
        "revision": {"id": asked.revision},
        "question": {"id": question},
        "consultations": {**one, "nodes": [{"id": asked.node}]},
        "drafts": one,
        "words": one,
        "mandates": one,
        "of": {"consultations": one},
        "consultationByFolio": {"id": asked.node},
    }
    for who in (await a_coordinator_of(hub, body), await a_secretary_of(hub, body), await an_analyst_of(hub, body)):
        assert await hub.ask(text, ids, by=who) == seen, who.name
    strangers = (await a_coordinator_of(hub, other), await a_citizen(hub), await an_administrator(hub), a_visitor())
    for who in strangers:
        assert await hub.ask(text, ids, by=who) == unseen, who.name
