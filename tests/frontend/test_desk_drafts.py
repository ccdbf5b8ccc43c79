"""Drafts on the desk: begun from the reason, written part by part with nothing lost, and all that is wrong at once."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from uuid import UUID

import pytest

from frontend_stub.sending import sent
from hub.clock import day_of, now
from tests.cast import a_coordinator_of, a_secretary_of, an_analyst_of
from tests.consultations.asking import CREATE, es
from tests.consultations.test_reading_back import NOW, asked, both, everything, in_order, two_territories
from tests.frontend.at_the_desk import at_the_desk
from tests.frontend.test_drafting import as_read
from tests.making.bodies import a_body
from tests.making.consultations import a_draft_consultation
from tests.making.mandates import an_ordered_mandate
from tests.talking import Somebody, Talking

PARTS = ("textos", "plazos", "reglas")
NEW = "/escritorio/consultas/nueva"
FIRST = {"title.es": "Parques", "purpose.es": "Elegir.", "reason.es": "Faltan.", "opens_date": "2031-05-04"}


async def drafted(hub: Talking, body: UUID, by: Somebody, **changed: Any) -> str:
    """A draft in which everything is said, with this changed; its id."""
    written = {**everything(await two_territories(hub)), **changed}
    given = {"input": {"bodyId": f"Body_{body}", **written, "unfinished": True}}
    id_: str = (await hub.act(CREATE, given, by=by))["consultation"]["id"]
    return id_


async def said(hub: Talking, id_: str, by: Somebody) -> dict[str, Any]:
    """All that a draft says."""
    return in_order((await as_read(hub, id_, by)).input)


async def test_a_consultation_begins_with_the_reason_for_it(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body)
    await hub.forget()
    async with at_the_desk(hub, julia) as desk:
        await desk.open(NEW)
        usual = desk.fields
        assert (usual["opens_time"], usual["closes_time"], usual["zone"]) == ("09:00", "18:00", "America/Mexico_City")
        opens, closes = (dt.date.fromisoformat(usual[name]) for name in ("opens_date", "closes_date"))
        assert closes - opens == dt.timedelta(days=30)
        assert all("[" in usual[f"privacyNotice.{language}"] for language in ("es", "en"))
        await desk.send({**FIRST, "title.es": "", "opens_time": "nueve"})
        assert (desk.status, desk.faults) == (422, ["opens_time"])
        assert desk.fields["opens_time"] == "nueve", "What was typed is kept."
        await desk.send({"opens_time": "10:30", "closes_date": "2031-05-03"})
        assert (desk.status, desk.faults) == (422, ["title.es", "closes_date"])
        assert desk.fields["purpose.es"] == "Elegir."
        assert await hub.log() == []
        await desk.send({"title.es": "Parques", "zone": "America/Tijuana", "closes_date": "2031-06-05"})
        assert (desk.status, desk.path.rpartition("/")[0]) == (200, "/escritorio/consultas")
        assert "El borrador quedó guardado." in desk.words
        draft = await as_read(hub, desk.path.rpartition("/")[2], julia)
    assert await hub.log() == ["MandateProposed", "ConsultationCreated"]
    opening = {"declaredLocal": "2031-05-04T10:30:00", "zone": "America/Tijuana"}
    assert (draft.name, draft.input["opening"], draft.sections) == ("Parques", opening, [])
    languages = [one["language"] for one in draft.input["privacyNotice"]["translations"]]
    assert languages == ["es"], "Nothing else is in English, so the usual notice is not either."


async def test_a_form_that_is_sent_twice_makes_one_draft(hub: Talking) -> None:
    julia = await a_coordinator_of(hub, await a_body(hub))
    async with at_the_desk(hub, julia) as desk:
        page = (await desk.open(NEW)).response
        typed = {**FIRST, "closes_date": "2031-06-05", "title.en": "Parks"}
        first = (await desk.send(typed)).path
        desk.response = page
        assert (await desk.send(typed)).path == first
    assert await hub.rows("SELECT count(*) AS n FROM consultation") == [{"n": 1}]


@pytest.mark.parametrize("part", PARTS)
async def test_a_page_that_shows_one_part_loses_no_other(hub: Talking, part: str) -> None:
    """Of a questionnaire that comes in pages, in languages that no form shows."""
    body = await a_body(hub, at=NOW)
    julia = await a_coordinator_of(hub, body, at=NOW)
    # Of so many that the hub takes them in the fewest words alone.
    many = [{**asked(f"p{n}", "LONG_TEXT"), "title": spanish(f"¿{n}?")} for n in range(230)]
    section = {"title": both("Muchas"), "introduction": None, "questions": many}
    questionnaire = {"sections": [*everything([])["questionnaire"]["sections"], section]}
    with hub.at(NOW):
        id_ = await drafted(hub, body, julia)
        before = await said(hub, id_, julia)
        async with at_the_desk(hub, julia) as desk:
            await desk.open(f"/escritorio/consultas/{id_}/{part}")
            assert "nah" in desk.words or part != "textos"
            await desk.send()
            assert (desk.status, desk.path) == (200, f"/escritorio/consultas/{id_}"), desk.words
            assert await said(hub, id_, julia) == before
            long = await drafted_long(hub, body, julia, questionnaire)
            await desk.open(f"/escritorio/consultas/{long}/{part}")
            await desk.send()
            assert desk.path == f"/escritorio/consultas/{long}", desk.words
        codes = [row["code"] for row in await hub.rows(CODES, id=UUID(long.partition("_")[2]))]
    assert codes == [q["code"] for s in questionnaire["sections"] for q in s["questions"]]


CODES = """SELECT q.code FROM question AS q JOIN questionnaire_revision AS r ON r.id = q.revision_id
  WHERE r.consultation_id = :id ORDER BY q.position"""


def spanish(words: str) -> dict[str, Any]:
    return {"source": "es", "translations": [{"language": "es", "text": words, "origin": "HUMAN", "easyRead": None}]}


async def drafted_long(hub: Talking, body: UUID, by: Somebody, questionnaire: dict[str, Any]) -> str:
    written = {**everything([]), "questionnaire": sent(questionnaire), "unfinished": True}
    given = {"input": {"bodyId": f"Body_{body}", **written}}
    id_: str = (await hub.act(CREATE, given, by=by))["consultation"]["id"]
    return id_


async def test_what_a_form_says_is_what_the_draft_says_then(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    noe = await an_analyst_of(hub, body, at=NOW)
    with hub.at(NOW):
        id_ = await drafted(hub, body, noe)
        before = await said(hub, id_, noe)
        async with at_the_desk(hub, noe) as desk:
            await desk.open(f"/escritorio/consultas/{id_}/textos")
            await desk.send({"scope.es": "", "title.en": "Water", "reason.es": "Otra razón.", "dueOn": ""})
            await desk.open(f"/escritorio/consultas/{id_}/plazos")
            await desk.send({"opens_date": "2027-01-05", "closes_date": "2027-02-01", "zone": "America/Cancun"})
            await desk.open(f"/escritorio/consultas/{id_}/reglas")
            await desk.send(
                {"identityPolicy": "INVITED", "assurance": "EMAIL", "responsesEach": "1", "networkLimit": "",
                 "resultsPolicy": "AFTER_CLOSING", "territoryIds": None}
            )  # fmt: skip
        after = await said(hub, id_, noe)
    assert [one["language"] for one in after["scope"]["translations"]] == ["nah"]
    assert [one["language"] for one in after["title"]["translations"]] == ["en", "es", "nah"]
    initiative = after["ownInitiative"]
    assert (initiative["reason"]["translations"][0]["text"], initiative["dueOn"]) == ("Otra razón.", None)
    assert after["opening"] == {"declaredLocal": "2027-01-05T09:00:07", "zone": "America/Cancun"}
    assert after["closing"] == {"declaredLocal": "2027-02-01T23:59:59", "zone": "America/Cancun"}
    rules = ("identityPolicy", "assurance", "responsesEach", "networkLimit", "resultsPolicy", "territoryIds")
    assert [after[name] for name in rules] == ["INVITED", "EMAIL", 1, None, "AFTER_CLOSING", []]
    assert after["questionnaire"] == before["questionnaire"]


async def test_what_is_too_long_is_told_and_not_lost(hub: Talking) -> None:
    body = await a_body(hub)
    julia, draft = await a_coordinator_of(hub, body), await a_draft_consultation(hub, body)
    await hub.forget()
    async with at_the_desk(hub, julia) as desk:
        await desk.open(f"/escritorio/consultas/{draft.node}/textos")
        for length, message in ((30_000, "caracteres"), (120_000, "Es demasiado para guardarlo de una vez")):
            await desk.send({"purpose.es": "x" * length})
            assert (desk.status, len(desk.fields["purpose.es"])) == (422, length)
            assert message in desk.words
        await desk.open(NEW)
        await desk.send({**FIRST, "closes_date": "2031-06-05", "purpose.es": "x" * 120_000})
        assert (desk.status, len(desk.fields["purpose.es"])) == (422, 120_000)
    assert await hub.log() == []


async def test_a_place_is_found_and_nothing_typed_is_lost_by_that(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    julia = await a_coordinator_of(hub, body, at=NOW)
    with hub.at(NOW):
        id_ = await drafted(hub, body, julia, territoryIds=[])
        async with at_the_desk(hub, julia) as desk:
            await desk.open(f"/escritorio/consultas/{id_}/reglas")
            await desk.send({"place": "Coli", "find": "1", "smallestCell": "mucho"})
            assert (desk.status, desk.fields["smallestCell"]) == (200, "mucho")
            (place,) = re.findall(r'id="smaller-1" name="territoryIds" value="(\w+-[\w-]+)"', desk.response.text)
            await desk.send({"territoryIds": [place], "find": "1", "place": ""})
            assert (desk.status, desk.faults) == (422, ["smallestCell"])
            await desk.send({"smallestCell": "12"})
            assert desk.path == f"/escritorio/consultas/{id_}"
        after = await said(hub, id_, julia)
    assert (after["territoryIds"], after["smallestCell"]) == ([place], 12)


async def test_all_that_is_wrong_is_told_at_once_and_each_leads_to_its_place(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    julia = await a_coordinator_of(hub, body, at=NOW)
    lacking = [asked("a", "SINGLE_CHOICE"), asked("b", "LONG_TEXT", title={**both("b"), "translations": [
        {"language": "es", "text": "¿b?", "origin": "HUMAN", "easyRead": None}]})]  # fmt: skip
    sections = [{"title": both("Uno"), "introduction": None, "questions": lacking},
                {"title": both("Vacía"), "introduction": None, "questions": []}]  # fmt: skip
    with hub.at(NOW):
        id_ = await drafted(
            hub, body, julia, privacyNotice=None, questionnaire={"sections": sections},
            opening={"declaredLocal": "2020-01-01T00:00:00", "zone": "America/Tijuana"},
        )  # fmt: skip
        home = f"/escritorio/consultas/{id_}"
        async with at_the_desk(hub, julia) as desk:
            await desk.open(home)
            links = [path.removeprefix(home) for path in desk.leads() if path.startswith(f"{home}/")]
            wrong = [
                "/textos#privacyNotice.es",
                "/plazos#opens_date",
                "/preguntas/pregunta/a",
                "/preguntas/pregunta/b",
                "/preguntas/parte/1",
            ]
            assert [link for link in links if link in wrong] == wrong
            assert "le faltan 3 cosas" in desk.words
            await desk.open(f"{home}/publicar")
            assert [p.removeprefix(home) for p in desk.leads() if p.startswith(f"{home}/")] == wrong
            assert "sure" not in desk.fields, "There is nothing to agree to before it is complete."
            for path in wrong[:2]:
                page, _, field = path.partition("#")
                assert f'id="{field}"' in (await desk.open(f"{home}{page}")).response.text
            await desk.open("/en/escritorio")
            assert "5 things are missing" in desk.words


async def test_of_two_officers_the_second_undoes_nothing_unread(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    julia, luis = await a_coordinator_of(hub, body, at=NOW), await a_secretary_of(hub, body, at=NOW)
    with hub.at(NOW):
        id_ = await drafted(hub, body, julia)
        path = f"/escritorio/consultas/{id_}/textos"
        async with at_the_desk(hub, julia) as first, at_the_desk(hub, luis) as second:
            await first.open(path)
            await second.open(path)
            await first.send({"title.es": "De Julia", "scope.es": "De Julia."})
            await second.send({"title.es": "De Luis"})
            assert second.status == 409
            assert "Alguien más guardó esto" in second.words
            assert second.fields["title.es"] == "De Luis", "What was typed is kept."
            assert path in second.leads()
            assert (await as_read(hub, id_, julia)).name == "De Julia"
            # Somebody who writes elsewhere in it is told the same, and whoever has looked may go on.
            await first.open(f"/escritorio/consultas/{id_}/plazos")
            await second.send()
            assert second.path == f"/escritorio/consultas/{id_}"
            assert (await first.send({"closes_date": "2027-03-01"})).status == 409
        draft = await as_read(hub, id_, julia)
    assert draft.name == "De Luis"
    assert draft.input["closing"]["declaredLocal"].startswith("2026-12-31T23:59:59")


async def test_a_consultation_rests_on_a_mandate_that_an_instrument_ordered(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body)
    mandate = await an_ordered_mandate(hub, body, by=julia, kind="CONSULTATION", title=es("Consulta sobre el agua"))
    async with at_the_desk(hub, julia) as desk:
        await desk.open("/escritorio/consultas/nueva")
        said = {
            "title.es": "Agua",
            "purpose.es": "Saber qué falta.",
            "mandateId": desk.choice("Consulta sobre el agua"),
        }
        await desk.send(said)
        home = desk.path
        await desk.open(f"{home}/textos")
        assert "La ordena el mandato «Consulta sobre el agua»." in desk.words
        assert "reason.es" not in desk.fields
        await desk.send({"title.es": "El agua"})
        assert desk.path == home
    rows = await hub.rows("SELECT mandate_id FROM consultation")
    assert [f"Mandate_{row['mandate_id']}" for row in rows] == [mandate]


async def test_the_day_by_which_it_is_answered_is_fixed_with_the_publication(hub: Talking) -> None:
    body = await a_body(hub)
    julia, draft = await a_coordinator_of(hub, body), await a_draft_consultation(hub, body)
    due = (day_of(now()) + dt.timedelta(days=200)).isoformat()
    async with at_the_desk(hub, julia) as desk:
        await desk.open(f"/escritorio/consultas/{draft.node}/publicar")
        await desk.send({"answerDueOn": "pronto", "sure": "yes"})
        assert (desk.status, desk.faults) == (422, ["answerDueOn"])
        await desk.send({"answerDueOn": due, "sure": "yes"})
        assert "La consulta está publicada." in desk.words
    assert str((await hub.rows("SELECT answer_due_on FROM consultation"))[0]["answer_due_on"]) == due
