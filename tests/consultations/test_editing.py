"""Writing a draft anew, as a whole, and checking one, or a questionnaire, of which nothing is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub.consultations.events import ConsultationChecked
from hub.consultations.lifecycles import CONSULTATION_LIFE
from hub.consultations.models import Consultation
from hub.viewer import Scope
from tests.cast import a_citizen, a_coordinator_of, a_secretary_of, a_visitor, an_administrator, an_analyst_of
from tests.consultations.asking import PUBLISH, a_draft, a_question, es, problems
from tests.making.bodies import a_body
from tests.making.consultations import Asked, a_draft_consultation, a_scheduled_consultation
from tests.making.people import a_territory
from tests.talking import Talking

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)

EDIT = """mutation ($input: EditConsultationInput!) {
  editConsultation(input: $input) {
    consultation {
      id state title { text } purpose { text } scope { text } noticeHash sourceLanguage
      mandate { state reason { text } dueOn } territories { nodes { id } }
      opening { instant declaredLocal zone } closing { instant } identityPolicy
    }
    errors { __typename code message path } event
  }
}"""

CHECK_DRAFT = """mutation ($input: CheckConsultationInput!) {
  checkConsultation(input: $input) { ok errors { __typename code message path } event } }"""

CHECK = """mutation ($input: CheckQuestionnaireInput!) {
  checkQuestionnaire(input: $input) { ok errors { __typename code message path } event } }"""

ROWS = """SELECT (SELECT count(*) FROM questionnaire_revision) AS revisions, (SELECT count(*) FROM section) AS sections,
  (SELECT count(*) FROM question) AS questions, (SELECT count(*) FROM option) AS options,
  (SELECT count(*) FROM matrix_row) AS rows, (SELECT count(*) FROM consultation) AS consultations"""

KEPT = """SELECT (SELECT jsonb_agg(t) FROM consultation AS t) AS consultations,
  (SELECT jsonb_agg(t) FROM entry AS t) AS entries, (SELECT jsonb_agg(t) FROM mandate AS t) AS mandates,
  (SELECT jsonb_agg(t) FROM questionnaire_revision AS t) AS revisions,
  (SELECT jsonb_agg(t) FROM question AS t) AS questions, (SELECT count(*) FROM idempotent_request) AS keys"""


def rewritten(asked: Asked, **known: Any) -> dict[str, Any]:
    """The input of a draft that says something else throughout."""
    said = a_draft(asked.body_id, **known)
    del said["bodyId"]
    return {"input": {"consultationId": asked.node, **said}}


def a_matrix(code: str) -> dict[str, Any]:
    """A question with rows."""
    return a_question(code, kind="MATRIX", rows=[{"code": "casa", "label": es("Casa")}])


async def test_a_draft_is_written_anew_as_a_whole(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    jalisco, colima = await a_territory(hub), await a_territory(hub, "Colima")
    asked = await a_draft_consultation(hub, body, at=NOW, territory_ids=(jalisco,), scope=None)
    luis = await a_secretary_of(hub, body, at=NOW)
    before = await hub.rows("SELECT id FROM question UNION ALL SELECT id FROM section UNION ALL SELECT id FROM option")
    await hub.forget()
    draft = rewritten(
        asked,
        title=es("Luz para todas y todos"),
        purpose=es("Saber a quién le falta luz."),
        scope=es("Puede cambiar el horario."),
        privacyNotice=es("Otro aviso."),
        ownInitiative={"reason": es("Faltó luz."), "dueOn": "2027-06-30"},
        identityPolicy="OPEN",
        territoryIds=[f"Territory_{colima}"],
        questionnaire={"sections": [{"title": es("Luz"), "questions": [a_question("luz"), a_matrix("donde")]}]},
    )
    with hub.at(NOW):
        payload = await hub.act(EDIT, draft, by=luis)
    told = payload["consultation"]
    assert told == {
        "id": asked.node,
        "state": "DRAFT",
        "title": {"text": "Luz para todas y todos"},
        "purpose": {"text": "Saber a quién le falta luz."},
        "scope": {"text": "Puede cambiar el horario."},
        "noticeHash": told["noticeHash"],
        "sourceLanguage": "es",
        "mandate": {"state": "PROPOSED", "reason": {"text": "Faltó luz."}, "dueOn": "2027-06-30"},
        "territories": {"nodes": [{"id": f"Territory_{colima}"}]},
        "opening": {
            "instant": "2026-12-01T15:00:00.000000Z",
            "declaredLocal": "2026-12-01T09:00:00",
            "zone": "America/Mexico_City",
        },
        "closing": {"instant": "2027-01-01T00:00:00.000000Z"},
        "identityPolicy": "OPEN",
    }
    assert told["noticeHash"] != asked.notice_hash
    assert await hub.log() == ["MandateReworded", "ConsultationEdited"]
    # Of what it said before nothing is left: neither in the tables nor for whoever searches.
    after = await hub.rows("SELECT id FROM question UNION ALL SELECT id FROM section UNION ALL SELECT id FROM option")
    assert {row["id"] for row in before} & {row["id"] for row in after} == set()
    assert await hub.rows("SELECT code FROM question ORDER BY position") == [{"code": "luz"}, {"code": "donde"}]
    assert await hub.rows(ROWS) == [
        {"revisions": 1, "sections": 1, "questions": 2, "options": 4, "rows": 1, "consultations": 1}
    ]
    found = "query ($text: String!) { consultations(filter: {text: $text}) { totalCount } }"
    with hub.at(NOW):
        for word, count in (("agua", 0), ("luz", 1)):
            assert (await hub.ask(found, {"text": word}, by=luis))["consultations"] == {"totalCount": count}
    # It is published as it reads now, and its times follow.
    julia = await a_coordinator_of(hub, body, at=NOW)
    with hub.at(NOW):
        consultation = (await hub.act(PUBLISH, {"input": {"consultationId": asked.node}}, by=julia))["consultation"]
    (section,) = consultation["revision"]["sections"]
    assert [q["code"] for q in section["questions"]["nodes"]] == ["luz", "donde"]
    (row,) = await hub.rows(
        "SELECT counted_until - closes_at AS grace, late_until - closes_at AS late FROM consultation"
    )
    assert row == {"grace": dt.timedelta(seconds=60), "late": dt.timedelta(days=7)}


async def test_a_checked_draft_is_a_draft_again(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    asked, noe = await a_draft_consultation(hub, body, at=NOW), await an_analyst_of(hub, body, at=NOW)
    async with hub.change(at=NOW) as change:
        row = await change.take(Consultation, asked.id)
        await change.move(row, CONSULTATION_LIFE, "check", ConsultationChecked(consultation_id=asked.id))
    await hub.forget()
    with hub.at(NOW):
        assert (await hub.act(EDIT, rewritten(asked), by=noe))["consultation"]["state"] == "DRAFT"
    event = (await hub.events())[-1]
    assert (event["type"], event["source"], event["target"]) == ("ConsultationEdited", "checked", "draft")


async def test_what_is_published_is_not_edited(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    asked, julia = await a_scheduled_consultation(hub, body, at=NOW), await a_coordinator_of(hub, body, at=NOW)
    before = await hub.rows(ROWS)
    await hub.forget()
    for at in (NOW, asked.open, asked.closed):
        with hub.at(at):
            (error,) = await hub.refuse(EDIT, rewritten(asked), by=julia)
            assert (error["__typename"], error["code"]) == ("StateError", "NOT_A_DRAFT")
            assert "`correctQuestionnaire`" in error["message"]
    assert (await hub.log(), await hub.rows(ROWS)) == ([], before)


async def test_everything_that_is_wrong_is_told_at_once_and_the_draft_stays(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    asked, julia = await a_draft_consultation(hub, body, at=NOW), await a_coordinator_of(hub, body, at=NOW)
    kept = await hub.rows("SELECT id, code, title FROM question ORDER BY id")
    wrong = rewritten(
        asked,
        title=es(" "),
        closing={"declaredLocal": "2026-11-30T00:00:00", "zone": "America/Mexico_City"},
        lateDays=91,
        territoryIds=["Territory_x"],
        questionnaire={
            "sections": [{"title": es("a"), "questions": [a_question("Agua"), a_question("b", options=[])]}]
        },
    )
    await hub.forget()
    with hub.at(NOW):
        found = problems(await hub.refuse(EDIT, wrong, by=julia))
    sections = "questionnaire.sections.0.questions"
    assert sorted(found) == [
        ("BAD_CODE", f"{sections}.0.code"),
        ("BAD_ID", "territoryIds.0"),
        ("CLOSES_BEFORE_OPENS", "closing.declaredLocal"),
        ("NO_OPTIONS", f"{sections}.1.options"),
        ("OUT_OF_RANGE", "lateDays"),
        ("WORDING_EMPTY", "title.translations.0.text"),
    ]
    assert await hub.log() == []
    assert await hub.rows("SELECT id, code, title FROM question ORDER BY id") == kept


async def test_the_staff_alone_edits(hub: Talking) -> None:
    body, other = await a_body(hub, at=NOW), await a_body(hub, "Otra", acronym="OTRA", at=NOW)
    asked = await a_draft_consultation(hub, body, at=NOW)
    with hub.at(NOW):
        table = [
            (a_visitor(), "NOT_FOUND"),
            (await a_citizen(hub), "NOT_FOUND"),
            (await an_administrator(hub), "NOT_FOUND"),
            (await a_coordinator_of(hub, other), "NOT_FOUND"),
            (await an_analyst_of(hub, body, scopes=frozenset(Scope) - {Scope.BODIES_WRITE}), "SCOPE_MISSING"),
        ]
        await hub.forget()
        for who, code in table:
            assert [e["code"] for e in await hub.refuse(EDIT, rewritten(asked), by=who)] == [code], who.name
        assert await hub.log() == []


async def test_a_questionnaire_is_checked_and_nothing_is_kept(hub: Talking) -> None:
    twice = [{"code": "si", "label": es("Sí")}, {"code": "si", "label": es("Sí")}]
    wrong = [
        {"title": es("a"), "questions": []},
        {
            "title": es("b", en="b"),
            "questions": [
                a_question("Agua", options=twice),
                a_question("aviso", kind="NOTICE", options=[], required=True),
                a_question("escala", kind="SCALE", options=[], minimum=1, maximum=1),
            ],
        },
    ]
    sections = "questionnaire.sections"
    body = await a_body(hub)
    asking = {"input": {"questionnaire": {"sections": wrong}}}
    for outsider, code in (a_visitor(), "UNAUTHENTICATED"), (await a_citizen(hub), "STAFF_ONLY"):
        assert problems(await hub.refuse(CHECK, asking, by=outsider)) == [(code, "")]
    for who in (await a_coordinator_of(hub, body), await an_analyst_of(hub, body)):
        await hub.forget()
        errors = await hub.refuse(CHECK, asking, by=who)
        found = set(problems(errors))
        assert {
            ("NO_QUESTIONS", f"{sections}.0.questions"),
            ("MISSING_LANGUAGE", f"{sections}.0.title"),
            ("BAD_CODE", f"{sections}.1.questions.0.code"),
            ("DUPLICATE_CODE", f"{sections}.1.questions.0.options.1.code"),
            ("NOTICE_REQUIRED", f"{sections}.1.questions.1.required"),
            ("BAD_SCALE", f"{sections}.1.questions.2.maximum"),
        } <= found
        right = {"sections": [{"title": es("a"), "questions": [a_question(), a_matrix("b")]}]}
        payload = await hub.act(CHECK, {"input": {"questionnaire": right}}, by=who)
        assert payload == {"ok": True, "errors": [], "event": None}
        assert await hub.log() == []
    english = {"questionnaire": right, "sourceLanguage": "en"}
    assert {e["code"] for e in await hub.refuse(CHECK, {"input": english}, by=who)} == {"MISSING_LANGUAGE"}
    assert {count for row in await hub.rows(ROWS) for count in row.values()} == {0}


# ---- checking a draft ------------------------------------------------------------------------------------------


async def test_a_draft_is_checked_by_its_staff_and_nothing_is_changed(hub: Talking) -> None:
    body, other = await a_body(hub, at=NOW), await a_body(hub, "Otra", acronym="OTRA", at=NOW)
    asked = await a_draft_consultation(hub, body, at=NOW)
    named = {"input": {"consultationId": asked.node}}
    narrow = frozenset(Scope) - {Scope.BODIES_WRITE}
    with hub.at(NOW):
        refused = [
            (a_visitor(), "NOT_FOUND"),
            (await a_citizen(hub), "NOT_FOUND"),
            (await an_administrator(hub), "NOT_FOUND"),
            (await a_coordinator_of(hub, other), "NOT_FOUND"),
            (await an_analyst_of(hub, body, scopes=narrow), "SCOPE_MISSING"),
        ]
        allowed = [
            await a_coordinator_of(hub, body),
            await a_secretary_of(hub, body),
            await an_analyst_of(hub, body),
        ]
        await hub.forget()
        before = await hub.rows(KEPT)
        for who, code in refused:
            assert [e["code"] for e in await hub.refuse(CHECK_DRAFT, named, by=who)] == [code], who.name
        # A key makes nothing of it repeatable: the second time it is looked at again.
        key = {"idempotency-key": "the same for all"}
        for who in allowed:
            for _ in range(2):
                assert await hub.act(CHECK_DRAFT, named, by=who, headers=key) == {
                    "ok": True,
                    "errors": [],
                    "event": None,
                }
    late = {"input": {"consultationId": asked.node}}
    with hub.at(asked.opens_at + dt.timedelta(seconds=1)):
        for who in allowed:
            told = await hub.refuse(CHECK_DRAFT, late, by=who, headers=key)
            assert problems(told) == [("OPENS_IN_THE_PAST", "opening.declaredLocal")]
    assert (await hub.log(), await hub.rows(KEPT)) == ([], before)


async def test_what_is_no_draft_is_not_checked(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    asked, julia = await a_scheduled_consultation(hub, body, at=NOW), await a_coordinator_of(hub, body, at=NOW)
    for id_, code in ((asked.node, "NOT_A_DRAFT"), (f"Consultation_{body}", "NOT_FOUND"), ("agua", "BAD_ID")):
        with hub.at(NOW):
            errors = await hub.refuse(CHECK_DRAFT, {"input": {"consultationId": id_}}, by=julia)
        assert [error["code"] for error in errors] == [code]
