"""Two who write on one thing at once: of everything that is written anew, nobody undoes what they have not read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from hub.consultations.reporting import draft_report
from hub.studies.dataset_models import ColumnType, DatasetRole
from hub.studies.describing import ColumnDraft, DatasetDraft, describe_dataset
from hub.text import written
from tests.cast import a_coordinator_of, an_analyst_of
from tests.making import agreements, instruments, mandates
from tests.making.bodies import a_body, a_seat
from tests.making.instruments import section, text
from tests.making.people import an_organization
from tests.making.reports import a_draft_statement, an_analysis, analyst_of, report_words
from tests.making.sessions import a_planned_session, a_point
from tests.making.studies import a_member, a_study, begun
from tests.shape.project import ROOT
from tests.talking import Somebody, Talking

Written = tuple[str, str, dict[str, Any]]
"""What is written anew: the type and the id of the thing, and what an edit of it says besides its title."""
Making = Callable[[Talking, Any, Somebody], Awaitable[Written]]

EDITION = ("AgendaItem", "WorkProgramme", "Seat", "ConsultationReport", "Statement", "StudyRevision", "StudyDataset")
"""What has a number for each of its editions; everything else is in the register, with an instant."""

PLAN = """mutation ($input: DraftWorkProgrammeInput!) { draftWorkProgramme(input: $input) {
  workProgramme { id } errors { code } } }"""


async def an_instrument(hub: Talking, body: Any, by: Somebody) -> Written:
    made = (await hub.act(instruments.DRAFT, instruments.drafting(body), by=by))["instrument"]
    return "Instrument", made["id"], {"title": text("Acuerdo"), "sections": [section()]}


async def a_session(hub: Talking, body: Any, by: Somebody) -> Written:
    id_ = f"Session_{await a_planned_session(hub, body)}"
    starts = {"declaredLocal": "2027-03-04T10:00:00", "zone": "America/Mexico_City"}
    plan = {"title": text("Sesión"), "kind": "ORDINARY", "starts": starts, "plannedMinutes": 60}
    return "Session", id_, {**plan, "mode": "REMOTE", "link": "https://reunion.example/1"}


async def a_point_of_an_agenda(hub: Talking, body: Any, by: Somebody) -> Written:
    id_ = await a_point(hub, await a_planned_session(hub, body), "Agua")
    return "AgendaItem", f"AgendaItem_{id_}", {"kind": "DISCUSSION", "title": text("Agua")}


async def a_mandate(hub: Talking, body: Any, by: Somebody) -> Written:
    made = (await hub.act(mandates.PROPOSE, mandates.proposing(body), by=by))["mandate"]
    return "Mandate", made["id"], {"title": text("Estudio"), "reason": text("Hace falta.")}


async def a_programme(hub: Talking, body: Any, by: Somebody) -> Written:
    said = {"title": text("Programa"), "lines": [{"title": text("Consultar")}]}
    made = await hub.act(PLAN, {"input": {"bodyId": f"Body_{body}", "year": 2027, **said}}, by=by)
    return "WorkProgramme", made["workProgramme"]["id"], said


async def the_terms_of_a_study(hub: Talking, body: Any, by: Somebody) -> Written:
    said = {"kind": "DIAGNOSIS", "title": text("Agua"), "questions": text("¿Hay?"), "terms": text("Un informe.")}
    return "Study", f"Study_{await a_study(hub, body)}", said


async def some_data(hub: Talking, body: Any, by: Somebody) -> Written:
    column = ColumnDraft(name="estado", type=ColumnType.TEXT, meaning=written(es="El estado", en="The state"))
    draft = DatasetDraft(role=DatasetRole.PRODUCED, title=written(es="Datos"), columns=(column,))
    study = await a_study(hub, body)
    async with hub.change() as change:
        made = await describe_dataset(change, study, draft)
    return "StudyDataset", f"StudyDataset_{made.id}", {"role": "USED", "title": text("Datos")}


async def a_report(hub: Talking, body: Any, by: Somebody) -> Written:
    analysed = await an_analysis(hub, body)
    async with hub.change(analyst_of(body), at=analysed.at) as change:
        made = await draft_report(change, analysed.asked.id, report_words())
    return "ConsultationReport", f"ConsultationReport_{made.id}", {"method": text("En línea.")}


async def a_statement(hub: Talking, body: Any, by: Somebody) -> Written:
    id_ = await a_draft_statement(hub, await an_analysis(hub, body))
    said = {"asked": text("¿Hay agua?"), "said": text("No."), "did": "ACCEPTED", "reasons": text("Hace falta.")}
    return "Statement", f"Statement_{id_}", said


async def a_seat_of_it(hub: Talking, body: Any, by: Somebody) -> Written:
    said = {"post": "MEMBER", "sector": "ACADEMIA", "voting": True, "ordinal": 9, "title": text("Academia")}
    return "Seat", f"Seat_{await a_seat(hub, body)}", said


async def a_charter(hub: Talking, body: Any, by: Somebody) -> Written:
    return "Body", f"Body_{body}", {"remit": text("Apertura.")}


async def an_agreement(hub: Talking, body: Any, by: Somebody) -> Written:
    party = f"Organization_{await an_organization(hub)}"
    made = (await hub.act(agreements.DRAFT, agreements.drafting(body, party), by=by))["agreement"]
    return "Agreement", made["id"], {"title": text("Convenio"), "purpose": text("Agua."), "partyIds": [party]}


EDITS: dict[str, tuple[str, Making]] = {
    "editInstrument": ("instrumentId", an_instrument),
    "editSession": ("sessionId", a_session),
    "editAgendaItem": ("agendaItemId", a_point_of_an_agenda),
    "editMandate": ("mandateId", a_mandate),
    "editWorkProgramme": ("workProgrammeId", a_programme),
    "editStudy": ("studyId", the_terms_of_a_study),
    "editDataset": ("datasetId", some_data),
    "editReport": ("reportId", a_report),
    "editStatement": ("statementId", a_statement),
    "editSeat": ("seatId", a_seat_of_it),
    "editBody": ("bodyId", a_charter),
    "editAgreement": ("agreementId", an_agreement),
}


def edit(name: str) -> str:
    """Return the mutation of this name."""
    input_ = f"{name[0].upper()}{name[1:]}Input"
    return f"mutation ($input: {input_}!) {{ {name}(input: $input) {{ errors {{ __typename code path }} event }} }}"


async def edition_of(hub: Talking, type_: str, id_: str, by: Somebody) -> Any:
    """Return what the next edit of a thing names."""
    field = "edition" if type_ in EDITION else "updatedAt"
    asked = f"query ($id: ID!) {{ node(id: $id) {{ ... on {type_} {{ {field} }} }} }}"
    return (await hub.ask(asked, {"id": id_}, by=by))["node"][field]


OVERTAKEN = {"__typename": "ConflictError", "code": "DRAFT_CHANGED", "path": ["basedOn"]}


@pytest.mark.parametrize("name", EDITS)
async def test_of_two_who_have_read_the_same_one_writes(hub: Talking, name: str) -> None:
    body = await a_body(hub)
    who = an_analyst_of if name in ("editReport", "editStatement") else a_coordinator_of
    ana, luz = await who(hub, body, "Ana Cruz"), await who(hub, body, "Luz Paz")
    named, make = EDITS[name]
    type_, id_, said = await make(hub, body, ana)
    read = await edition_of(hub, type_, id_, ana)
    given = {"input": {named: id_, "basedOn": read, **said}}
    both = await asyncio.gather(*(hub.answer(edit(name), given, by=one) for one in (ana, luz)))
    errors = [answer["data"][name]["errors"] for answer in both]
    assert sorted(errors, key=len) == [[], [OVERTAKEN]]
    # What was refused once is refused again, and nothing is written of it.
    kept, _ = await hub.dump(), await hub.forget()
    assert [error["code"] for error in await hub.refuse(edit(name), given, by=luz)] == ["DRAFT_CHANGED"]
    assert (await hub.log(), await hub.dump()) == ([], kept)
    # Whoever has read what is there now may go on, and whoever names nothing writes over it.
    newest = await edition_of(hub, type_, id_, luz)
    assert newest > read
    await hub.act(edit(name), {"input": {named: id_, "basedOn": newest, **said}}, by=luz)
    await hub.act(edit(name), {"input": {named: id_, **said}}, by=ana)
    assert await edition_of(hub, type_, id_, ana) > newest


async def test_the_wordings_of_a_study_are_counted_as_one(hub: Talking) -> None:
    """Whoever begins a wording, or goes on with one, has read the last that anybody wrote; 0 where there was none."""
    body = await a_body(hub)
    ana, luz = await a_coordinator_of(hub, body, "Ana Cruz"), await a_coordinator_of(hub, body, "Luz Paz")
    study = await a_study(hub, body)
    await a_member(hub, study)
    await begun(hub, study)
    part = {"code": "uno", "heading": text("Uno"), "text": text("Uno.")}
    said = {"studyId": f"Study_{study}", "abstract": text("En breve."), "sections": [part]}
    write = edit("writeStudy")
    both = await asyncio.gather(*(hub.answer(write, {"input": {**said, "basedOn": 0}}, by=one) for one in (ana, luz)))
    assert sorted((answer["data"]["writeStudy"]["errors"] for answer in both), key=len) == [[], [OVERTAKEN]]
    await hub.act(write, {"input": {**said, "basedOn": 1}}, by=luz)
    assert [one["code"] for one in await hub.refuse(write, {"input": {**said, "basedOn": 1}}, by=ana)] == [
        "DRAFT_CHANGED"
    ]
    hand_in = edit("handInStudy")
    await hub.act(hand_in, {"input": {"studyId": f"Study_{study}"}}, by=luz)
    returned = {"studyId": f"Study_{study}", "reason": text("Falta.")}
    await hub.act(edit("reviseStudy"), {"input": returned}, by=luz)
    # The next wording begins from the last edition of the one before.
    await hub.act(write, {"input": {**said, "basedOn": 2}}, by=ana)
    assert await hub.rows("SELECT number, edition FROM study_revision ORDER BY number") == [
        {"number": 1, "edition": 2},
        {"number": 2, "edition": 3},
    ]
    for stale in (0, 1, 2):
        refused = await hub.refuse(write, {"input": {**said, "basedOn": stale}}, by=luz)
        assert [one["code"] for one in refused] == ["DRAFT_CHANGED"]


def test_every_edit_of_the_contract_takes_what_it_is_based_on() -> None:
    lines = (ROOT / "graphql_schema" / "schema.graphql").read_text(encoding="utf-8").split("\ninput ")[1:]
    edits = [block for block in lines if block.startswith(("Edit", "Write"))]
    assert len(edits) == len(EDITS) + 3, "Consultations, studies and minutes are elsewhere."
    assert [block.split(" ")[0] for block in edits if "  basedOn: " not in block] == []
