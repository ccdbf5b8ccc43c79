"""Publishing a consultation: checked, scheduled, its wording fixed, its mandate ordered, its folio given."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
from collections import Counter

import pytest
import rfc8785
from sqlalchemy.exc import DBAPIError

from hub.consultations.questionnaires import content, read_revision
from hub.viewer import Scope
from tests.cast import a_citizen, a_client, a_coordinator_of, a_secretary_of, a_visitor, an_analyst_of
from tests.consultations.asking import CREATE, PUBLISH, a_draft, problems
from tests.making.bodies import a_body
from tests.making.consultations import a_draft_consultation, a_scheduled_consultation, an_open_consultation
from tests.talking import Talking

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


async def test_a_consultation_is_published_with_all_that_belongs_to_it(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body, at=NOW)
    with hub.at(NOW):
        drafted = (await hub.act(CREATE, {"input": a_draft(body)}, by=julia))["consultation"]
        await hub.forget()
        payload = await hub.act(PUBLISH, {"input": {"consultationId": drafted["id"]}}, by=julia)
    consultation = payload["consultation"]
    content_hash = consultation["revision"].pop("contentHash")
    assert content_hash.startswith("sha256:")
    assert consultation == {
        "id": drafted["id"],
        "state": "SCHEDULED",
        "folio": "CGA/CONSULTA/2026/001",
        "publishedAt": "2026-11-01T12:00:00.000000Z",
        "mandate": {"state": "IN_PROGRESS", "folio": "CGA/MANDATO/2026/001"},
        "revision": {
            "number": 1,
            "state": "PUBLISHED",
            "sections": [
                {"title": {"text": "Servicios"}, "questions": {"nodes": [{"code": "agua", "kind": "SINGLE_CHOICE"}]}}
            ],
        },
    }
    assert await hub.log() == [
        "ConsultationChecked",
        "ConsultationScheduled",
        "QuestionnairePublished",
        "MandateOrdered",
        "MandateAccepted",
        "MandateStarted",
        "NoticePublished",
    ]
    assert payload["event"] == (await hub.events())[-1]["position"]
    seen = "query ($f: String!) { consultationByFolio(folio: $f) { id state } }"
    for at, state in (
        (NOW, "SCHEDULED"),
        (NOW + dt.timedelta(days=40), "OPEN"),
        (NOW + dt.timedelta(days=90), "CLOSED"),
    ):
        with hub.at(at):
            data = await hub.ask(seen, {"f": consultation["folio"]})
        assert data["consultationByFolio"] == {"id": drafted["id"], "state": state}


async def test_who_may_publish(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra", acronym="OTRA")
    narrow = frozenset(Scope) - {Scope.BODIES_WRITE}
    draft = await a_draft_consultation(hub, body)
    asked = {"input": {"consultationId": draft.node}}
    table = [
        (a_visitor(), "NOT_FOUND"),
        (await a_citizen(hub), "NOT_FOUND"),
        (await a_client(hub, scopes=frozenset(Scope)), "NOT_FOUND"),
        (await a_coordinator_of(hub, other), "NOT_FOUND"),
        (await a_secretary_of(hub, body), "COORDINATORS_ONLY"),
        (await an_analyst_of(hub, body), "COORDINATORS_ONLY"),
        (await a_coordinator_of(hub, body, scopes=narrow), "SCOPE_MISSING"),
        (await a_coordinator_of(hub, body), None),
    ]
    for who, code in table:
        await hub.forget()
        if code is None:
            assert (await hub.act(PUBLISH, asked, by=who))["consultation"]["state"] == "SCHEDULED"
            continue
        assert [error["code"] for error in await hub.refuse(PUBLISH, asked, by=who)] == [code], who.name
        assert await hub.log() == []


async def test_it_is_published_once(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body)
    asked = await an_open_consultation(hub, body)
    await hub.forget()
    errors = await hub.refuse(PUBLISH, {"input": {"consultationId": asked.node}}, by=julia)
    assert [(error["__typename"], error["code"]) for error in errors] == [("StateError", "ALREADY_PUBLISHED")]
    assert await hub.log() == []


async def test_what_was_complete_when_it_was_drafted_is_checked_again(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body)
    asked = await a_draft_consultation(hub, body)
    await hub.forget()
    with hub.at(asked.opens_at + dt.timedelta(seconds=1)):
        errors = await hub.refuse(PUBLISH, {"input": {"consultationId": asked.node}}, by=julia)
    assert problems(errors) == [("OPENS_IN_THE_PAST", "opening.declaredLocal")]
    assert await hub.log() == []


async def test_folios_count_on_for_each_body_and_year(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra", acronym="OTRA")
    for of, year in ((body, 2026), (body, 2026), (other, 2026), (body, 2027)):
        await a_scheduled_consultation(hub, of, at=dt.datetime(year, 3, 1, tzinfo=dt.UTC))
    rows = await hub.rows("SELECT folio FROM entry WHERE kind = 'Consultation' ORDER BY folio")
    assert [row["folio"] for row in rows] == [
        "CGA/CONSULTA/2026/001",
        "CGA/CONSULTA/2026/002",
        "CGA/CONSULTA/2027/001",
        "OTRA/CONSULTA/2026/001",
    ]


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE question SET title = title || \'{"source": "en"}\'',
        "UPDATE option SET code = 'otro' WHERE code = 'si'",
        "DELETE FROM option",
        "UPDATE section SET position = 7",
        "UPDATE questionnaire_revision SET content_hash = 'x'",
        "UPDATE questionnaire_revision SET state = 'draft'",
        """INSERT INTO option (id, question_id, position, code, label)
           SELECT gen_random_uuid(), id, 99, 'z', title FROM question""",
    ],
)
async def test_a_published_wording_never_changes(hub: Talking, statement: str) -> None:
    await a_scheduled_consultation(hub, await a_body(hub))
    with pytest.raises(DBAPIError, match="never changes"):
        await hub.run(statement)


async def test_the_hash_is_of_the_wording_and_nothing_else(hub: Talking) -> None:
    asked = await a_draft_consultation(hub, await a_body(hub))
    julia = await a_coordinator_of(hub, asked.body_id)
    payload = await hub.act(PUBLISH, {"input": {"consultationId": asked.node}}, by=julia)
    async with hub.change() as change:
        said = rfc8785.dumps(content(await read_revision(change.session, asked.revision_id)))
    told = "sha256:" + hashlib.sha256(said).hexdigest()
    assert payload["consultation"]["revision"]["contentHash"] == told
    assert [row["content_hash"] for row in await hub.rows("SELECT content_hash FROM questionnaire_revision")] == [told]
    (event,) = [event for event in await hub.events() if event["type"] == "QuestionnairePublished"]
    assert event["facts"]["content_hash"] == told


async def test_two_publications_at_once_have_two_folios(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    julia, second = [await a_coordinator_of(hub, body, name, at=NOW) for name in ("Julia Ordaz", "Rosa Lira")]
    drafts = [await a_draft_consultation(hub, body, at=NOW) for _ in range(2)]
    with hub.at(NOW):
        payloads = await asyncio.gather(
            *(
                hub.act(PUBLISH, {"input": {"consultationId": draft.node}}, by=who)
                for draft, who in zip(drafts, (julia, second), strict=True)
            )
        )
    published = [payload["consultation"] for payload in payloads]
    assert sorted(each["folio"] for each in published) == ["CGA/CONSULTA/2026/001", "CGA/CONSULTA/2026/002"]
    assert sorted(each["mandate"]["folio"] for each in published) == ["CGA/MANDATO/2026/001", "CGA/MANDATO/2026/002"]


async def test_one_draft_at_once_is_published_once(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    julia, draft = await a_coordinator_of(hub, body, at=NOW), await a_draft_consultation(hub, body, at=NOW)
    await hub.forget()
    with hub.at(NOW):
        asked = {"input": {"consultationId": draft.node}}
        answers = await asyncio.gather(*(hub.answer(PUBLISH, asked, by=julia) for _ in range(8)))
    told = Counter(e["code"] for answer in answers for e in answer["data"]["publishConsultation"]["errors"])
    assert told == {"ALREADY_PUBLISHED": 7}
    assert Counter(await hub.log())["ConsultationScheduled"] == 1
    rows = await hub.rows("SELECT folio FROM entry WHERE folio IS NOT NULL ORDER BY folio")
    assert [row["folio"] for row in rows] == ["CGA/CONSULTA/2026/001", "CGA/MANDATO/2026/001"]


TRANSITIONS = """query ($id: ID!) { node(id: $id) { ... on Consultation {
  availableTransitions { event allowed reason { code } } } } }"""
AFTERWARDS = ("release", "start_analysis")
ANSWERING = ("submit", "replace", "withdraw")
UNSIGNED = dict.fromkeys(ANSWERING, "UNAUTHENTICATED")
MAY_SUBMIT = {"submit": None, "replace": "NO_RESPONSE", "withdraw": "NO_RESPONSE"}


async def test_everybody_is_told_what_may_come_next(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    asked = await a_draft_consultation(hub, body, at=NOW)
    julia, noe = await a_coordinator_of(hub, body, at=NOW), await an_analyst_of(hub, body, at=NOW)
    people = (julia, noe, await a_citizen(hub, at=NOW), a_visitor())

    async def next_for_each(at: dt.datetime) -> list[dict[str, str | None] | None]:
        told: list[dict[str, str | None] | None] = []
        with hub.at(at):
            for who in people:
                node = (await hub.ask(TRANSITIONS, {"id": asked.node}, by=who))["node"]
                found = node and {t["event"]: t["reason"] and t["reason"]["code"] for t in node["availableTransitions"]}
                assert not node or all(t["allowed"] is (t["reason"] is None) for t in node["availableTransitions"])
                told.append(found)
        return told

    unpublished = dict.fromkeys(ANSWERING, "CONSULTATION_NOT_PUBLISHED")
    draft = [
        {"edit": None, "schedule": None, **unpublished},
        {"edit": None, "schedule": "COORDINATORS_ONLY", **unpublished},
    ]
    assert await next_for_each(NOW) == [*draft, None, None]
    with hub.at(NOW):
        await hub.act(PUBLISH, {"input": {"consultationId": asked.node}}, by=julia)
    shortening = {"shorten": "SHORTENING_NEEDS_INSTRUMENT"}
    ahead = {"extend": None, **shortening, "correct": None, "withdraw_consultation": None}
    before, open_now = {"open": "OPENS_BY_ITSELF"}, {"close": "CLOSES_BY_ITSELF"}
    late = {**MAY_SUBMIT, "replace": "CHANGES_ENDED", "withdraw": "CHANGES_ENDED"}
    for at, move, acts, signed_in in (
        (NOW, before, ahead, dict.fromkeys(ANSWERING, "CONSULTATION_NOT_OPEN_YET")),
        (asked.open, open_now, {**ahead, "suspend": None}, MAY_SUBMIT),
        (asked.closed, {}, {}, late),
        (asked.over, {}, {}, dict.fromkeys(ANSWERING, "CONSULTATION_CLOSED")),
    ):
        told = [{k: v for k, v in each.items() if k not in AFTERWARDS} for each in await next_for_each(at) if each]
        others = dict.fromkeys(acts, "COORDINATORS_ONLY")
        assert told == [
            {**move, **acts, **signed_in},
            {**move, **others, **signed_in},
            {**move, **others, **signed_in},
            {**move, **dict.fromkeys(acts, "UNAUTHENTICATED"), **UNSIGNED},
        ]


async def test_a_list_by_state_agrees_with_the_clock_at_every_instant(hub: Talking) -> None:
    body, moment = await a_body(hub), dt.timedelta(microseconds=1)
    asked = await a_scheduled_consultation(hub, body)
    listed = """query ($state: [ConsultationState!]) { consultations(filter: {state: $state}) { nodes { state } } }"""
    instants = {
        asked.opens_at - moment: "SCHEDULED",
        asked.opens_at: "OPEN",
        asked.closes_at - moment: "OPEN",
        asked.closes_at: "CLOSED",
    }
    for at, state in instants.items():
        with hub.at(at):
            for other in ("DRAFT", "CHECKED", "SCHEDULED", "OPEN", "CLOSED"):
                found = (await hub.ask(listed, {"state": [other]}))["consultations"]["nodes"]
                assert found == ([{"state": state}] if other == state else []), (at, other)
            assert (await hub.ask(listed, {"state": []}))["consultations"]["nodes"] == []
