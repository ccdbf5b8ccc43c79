"""What becomes of a mandate: proposed, ordered, accepted, begun, delivered, given to others, closed with reasons."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import pytest

from hub import clock
from tests.cast import a_citizen, a_representative_of, an_analyst_of
from tests.consultations.asking import es
from tests.frontend.answering import Outline, reading
from tests.making.files import a_document
from tests.making.instruments import a_published_instrument, a_tabled_instrument, text
from tests.making.mandates import (
    ACCEPT,
    CANCEL,
    DELIVER,
    DISCHARGE,
    EDIT,
    ORDER,
    PROPOSE,
    REASSIGN,
    RESCHEDULE,
    STANDING,
    START,
    an_ordered_mandate,
    proposing,
)
from tests.making.people import an_organization
from tests.making.sittings import Sitting, a_sitting
from tests.sessions.voting import codes, given
from tests.talking import Talking

NODE = f"query ($id: ID!) {{ node(id: $id) {{ ... on Mandate {{ {STANDING} }} }} }}"


@pytest.fixture
async def sitting(hub: Talking) -> Sitting:
    """A body with its people."""
    return await a_sitting(hub, voting=2)


def in_days(days: int) -> str:
    """Return a day from today on."""
    return (clock.day_of(clock.now()) + dt.timedelta(days=days)).isoformat()


async def test_proposed_by_the_staff_and_ordered_by_the_coordinator(hub: Talking, sitting: Sitting) -> None:
    noe = await an_analyst_of(hub, sitting.body_id)
    await hub.forget()
    proposed = (await hub.act(PROPOSE, proposing(sitting.body_id, dueOn=in_days(9)), by=noe))["mandate"]
    assert (proposed["state"], proposed["folio"], proposed["notices"]["nodes"]) == ("PROPOSED", None, [])
    assert proposed["availableTransitions"] == [
        {"event": "edit_mandate", "allowed": True, "reason": None},
        {"event": "order", "allowed": False, "reason": {"code": "COORDINATORS_ONLY"}},
        {"event": "cancel", "allowed": False, "reason": {"code": "COORDINATORS_ONLY"}},
    ]
    assert (await hub.ask(NODE, {"id": proposed["id"]}))["node"] is None
    editing = given(
        mandateId=proposed["id"],
        title=text("Estudio del agua"),
        reason=text("Faltó agua en mayo."),
        dueOn=in_days(10),
        budgetNote=text("Sin costo."),
    )
    await hub.act(EDIT, editing, by=noe)
    assert codes(await hub.refuse(ORDER, given(mandateId=proposed["id"]), by=noe)) == ["COORDINATORS_ONLY"]
    await hub.act(ORDER, given(mandateId=proposed["id"]), by=sitting.coordinator)
    seen = (await hub.ask(NODE, {"id": proposed["id"]}))["node"]
    year = clock.day_of(clock.now()).year
    told = (seen["state"], seen["folio"], seen["reason"], seen["budgetNote"], seen["notices"]["nodes"])
    order = {"number": 1, "kind": "ORDER", "dueOn": in_days(10), "reason": None, "responsible": None}
    assert told == (
        "ORDERED",
        f"CGA/MANDATO/{year}/001",
        {"text": "Faltó agua en mayo."},
        {"text": "Sin costo."},
        [order],
    )
    assert codes(await hub.refuse(EDIT, editing, by=noe)) == ["MANDATE_ORDERED"]
    assert await hub.log() == ["MandateProposed", "MandateReworded", "MandateOrdered"]


@pytest.mark.parametrize(
    ("known", "code", "path"),
    [
        ({"dueOn": "2000-01-01"}, "DUE_IN_THE_PAST", "dueOn"),
        ({"responsibleId": "Territory_1"}, "UNKNOWN_RESPONSIBLE", "responsibleId"),
        (
            {"responsibleId": "Organization_00000000-0000-7000-8000-000000000000"},
            "UNKNOWN_RESPONSIBLE",
            "responsibleId",
        ),
        ({"reason": text("x" * 4_001)}, "WORDING_TOO_LONG", "reason"),
        ({"title": {"source": "es", "translations": []}}, "WORDING_MISSING", "title.source"),
    ],
)
async def test_what_nobody_proposes(
    hub: Talking, sitting: Sitting, known: dict[str, Any], code: str, path: str
) -> None:
    await hub.forget()
    errors = await hub.refuse(PROPOSE, proposing(sitting.body_id, **known), by=sitting.coordinator)
    assert (code, path) in [(error["code"], ".".join(error["path"])) for error in errors]
    assert await hub.log() == []


async def test_whoever_is_charged_does_it(hub: Talking, sitting: Sitting) -> None:
    """A person in a seat, a representative of an organisation, or the officers of the body itself."""
    clear_water = await an_organization(hub)
    rosa, vocal, luis = await a_representative_of(hub, clear_water), sitting.people[2], sitting.secretary
    charged = {
        f"Organization_{clear_water}": rosa,
        f"Membership_{sitting.memberships[2]}": vocal,
        None: luis,
    }
    for responsible, who in charged.items():
        mandate = await an_ordered_mandate(hub, sitting.body_id, by=sitting.coordinator, responsibleId=responsible)
        await hub.forget()
        for other in charged.values():
            if other is not who:
                assert codes(await hub.refuse(ACCEPT, given(mandateId=mandate), by=other)) == ["RESPONSIBLE_ONLY"]
        assert codes(await hub.refuse(START, given(mandateId=mandate), by=who)) == ["MANDATE_NOT_ACCEPTED"]
        assert await hub.log() == []
        await hub.act(ACCEPT, given(mandateId=mandate), by=who)
        started = (await hub.act(START, given(mandateId=mandate), by=who))["mandate"]
        assert started["state"] == "IN_PROGRESS"
        assert codes(await hub.refuse(START, given(mandateId=mandate), by=who)) == ["MANDATE_UNDER_WAY"]
        assert await hub.log() == ["MandateAccepted", "MandateStarted"]


async def test_delivered_by_what_everybody_can_read(hub: Talking, sitting: Sitting) -> None:
    julia = sitting.coordinator
    report = await a_published_instrument(hub, sitting, in_force_from=in_days(0), kind="INFORME")
    tabled = await a_tabled_instrument(hub, sitting)
    mandate = await an_ordered_mandate(hub, sitting.body_id, by=julia, dueOn=in_days(1))
    about = given(mandateId=mandate)
    assert codes(await hub.refuse(DELIVER, given(mandateId=mandate, instrumentId=report["id"]), by=julia)) == [
        "MANDATE_NOT_ACCEPTED"
    ]
    await hub.act(ACCEPT, about, by=julia)
    await hub.act(START, about, by=julia)
    await hub.forget()
    assert codes(await hub.refuse(DELIVER, about, by=julia)) == ["DELIVERABLE_MISSING"]
    unpublished = given(mandateId=mandate, instrumentId=tabled["id"])
    assert codes(await hub.refuse(DELIVER, unpublished, by=julia)) == ["DELIVERABLE_NOT_PUBLIC"]
    assert await hub.log() == []
    with hub.at(clock.now() + dt.timedelta(days=3)):
        overdue = (await hub.ask(NODE, {"id": mandate}))["node"]
        assert (overdue["overdue"], overdue["deliveredLate"]) == (True, False)
        delivered = (await hub.act(DELIVER, given(mandateId=mandate, instrumentId=report["id"]), by=julia))["mandate"]
    told = {name: delivered[name] for name in ("state", "overdue", "deliveredLate", "deliverables")}
    record = {"record": {"__typename": "Instrument", "folio": report["folio"]}}
    assert told == {"state": "DELIVERED", "overdue": False, "deliveredLate": True, "deliverables": {"nodes": [record]}}
    await hub.act(DISCHARGE, given(mandateId=mandate, reason=text("Se recibió.")), by=julia)
    assert await hub.log() == ["MandateDelivered", "MandateDischarged"]


async def test_given_to_somebody_else_and_to_another_day(hub: Talking, sitting: Sitting) -> None:
    julia = sitting.coordinator
    mandate = await an_ordered_mandate(hub, sitting.body_id, by=julia, dueOn=in_days(1))
    await hub.act(ACCEPT, given(mandateId=mandate), by=julia)
    await hub.forget()
    seat = f"Membership_{sitting.memberships[2]}"
    away = given(mandateId=mandate, responsibleId=seat, reason=text("Sabe más del tema."))
    assert codes(await hub.refuse(REASSIGN, away, by=sitting.secretary)) == ["COORDINATORS_ONLY"]
    given_back = (await hub.act(REASSIGN, away, by=julia))["mandate"]
    assert (given_back["state"], given_back["responsible"]) == ("ORDERED", {"__typename": "Membership", "id": seat})
    assert codes(await hub.refuse(REASSIGN, away, by=julia)) == ["RESPONSIBLE_ALREADY"]
    later = given(mandateId=mandate, dueOn=in_days(5), reason=text("Hay más que leer."))
    moved = (await hub.act(RESCHEDULE, later, by=julia))["mandate"]
    assert codes(await hub.refuse(RESCHEDULE, later, by=julia)) == ["DUE_ALREADY"]
    told = [
        (n["number"], n["kind"], n["dueOn"], n["reason"] and n["reason"]["text"]) for n in moved["notices"]["nodes"]
    ]
    assert told == [
        (1, "ORDER", in_days(1), None),
        (2, "REASSIGNMENT", in_days(1), "Sabe más del tema."),
        (3, "RESCHEDULING", in_days(5), "Hay más que leer."),
    ]
    assert await hub.log() == ["MandateReassigned", "MandateRescheduled"]
    with pytest.raises(Exception, match="only ever added"):
        await hub.run("UPDATE mandate_notice SET number = 9")


async def test_closed_with_reasons(hub: Talking, sitting: Sitting) -> None:
    julia = sitting.coordinator
    for mutation, state in ((DISCHARGE, "DISCHARGED"), (CANCEL, "CANCELLED")):
        mandate = await an_ordered_mandate(hub, sitting.body_id, by=julia, dueOn=in_days(1))
        closing = given(mandateId=mandate, reason=text("Ya no hace falta."))
        for who in (sitting.secretary, await a_citizen(hub, "Otra")):
            assert codes(await hub.refuse(mutation, closing, by=who)) == ["COORDINATORS_ONLY"]
        answers = await asyncio.gather(*[hub.answer(mutation, closing, by=julia) for _ in range(2)])
        errors = [codes(payload["errors"]) for answer in answers for payload in answer["data"].values()]
        assert sorted(errors) == [[], ["MANDATE_OVER"]]
        with hub.at(clock.now() + dt.timedelta(days=9)):
            seen = (await hub.ask(NODE, {"id": mandate}))["node"]
        assert (seen["state"], seen["closingReason"], seen["overdue"]) == (state, {"text": "Ya no hace falta."}, False)


BOARD = """query ($f: MandateFilter, $o: MandateOrder) {
  mandates(filter: $f, orderBy: $o) { totalCount nodes { id } } }"""
TURNED = """query ($o: MandateOrder!, $a: String, $n: Int, $b: String, $l: Int) {
  mandates(orderBy: $o, first: $n, after: $a, last: $l, before: $b) { edges { cursor node { id } } } }"""
FIGURES = """query ($id: ID!) { node(id: $id) { ... on Body { mandateFigures {
  open overdue delivered deliveredLate discharged cancelled } } } }"""


@pytest.mark.parametrize("order", ["DUE_ASC", "DUE_DESC"])
async def test_the_board_is_turned_past_what_is_due_on_no_day(hub: Talking, sitting: Sitting, order: str) -> None:
    made = [await an_ordered_mandate(hub, sitting.body_id, by=sitting.coordinator) for _ in range(3)]
    turned: list[str] = []
    cursor = None
    for _ in made:
        (edge,) = (await hub.ask(TURNED, {"o": order, "n": 1, "a": cursor}))["mandates"]["edges"]
        turned, cursor = [*turned, edge["node"]["id"]], edge["cursor"]
    assert sorted(turned) == sorted(made)
    before = (await hub.ask(TURNED, {"o": order, "l": 3, "b": cursor}))["mandates"]["edges"]
    assert [edge["node"]["id"] for edge in before] == turned[:-1]


async def test_the_board(hub: Talking, sitting: Sitting) -> None:
    julia, body = sitting.coordinator, sitting.body_id
    clear_water = await an_organization(hub)
    late = await an_ordered_mandate(hub, body, by=julia, dueOn=in_days(1))
    soon = await an_ordered_mandate(
        hub, body, by=julia, dueOn=in_days(20), kind="STUDY", responsibleId=f"Organization_{clear_water}"
    )
    whenever = await an_ordered_mandate(hub, body, by=julia)
    proposed = (await hub.act(PROPOSE, proposing(body), by=julia))["mandate"]["id"]

    async def board(order: str | None = "DUE_ASC", **wanted: Any) -> list[str]:
        found = (await hub.ask(BOARD, {"f": wanted, "o": order}))["mandates"]
        assert found["totalCount"] == len(found["nodes"])
        return [node["id"] for node in found["nodes"]]

    with hub.at(clock.now() + dt.timedelta(days=5)):
        assert await board() == [late, soon, whenever]
        assert await board("DUE_DESC") == [whenever, soon, late]
        assert await board(overdue=True) == [late]
        assert await board(overdue=False) == [soon, whenever]
        assert await board(dueBefore=in_days(10)) == [late]
        assert await board(kind=["STUDY"]) == [soon]
        assert await board(responsibleOrganization=f"Organization_{clear_water}") == [soon]
        assert await board(responsibleBody=f"Body_{body}") == [late, whenever]
        assert proposed not in await board()
        figures = (await hub.ask(FIGURES, {"id": f"Body_{body}"}))["node"]["mandateFigures"]
    assert figures == {
        "open": 3,
        "overdue": 1,
        "delivered": 0,
        "deliveredLate": 0,
        "discharged": 0,
        "cancelled": 0,
    }


async def test_delivered_by_a_document(hub: Talking, sitting: Sitting) -> None:
    """A document that everybody can fetch is told with what it is; once it is withdrawn, its trace is."""
    julia = sitting.coordinator
    body = f"Body_{sitting.body_id}"
    paper = await a_document(hub, julia, body, title=es("Informe del agua"))
    closed = await a_document(hub, julia, body, sight="MEMBERS", title=es("Notas"))
    mandate = await an_ordered_mandate(hub, sitting.body_id, by=julia)
    for act in (ACCEPT, START):
        await hub.act(act, given(mandateId=mandate), by=julia)
    refused = await hub.refuse(DELIVER, given(mandateId=mandate, documentId=closed["id"]), by=julia)
    assert codes(refused) == ["DELIVERABLE_NOT_PUBLIC"]
    await hub.act(DELIVER, given(mandateId=mandate, documentId=paper["id"]), by=julia)
    asked = """query ($id: ID!) { node(id: $id) { ... on Mandate { deliverables { nodes {
      record { __typename } document { id title { text } name path } } } } } }"""
    (told,) = (await hub.ask(asked, {"id": mandate}))["node"]["deliverables"]["nodes"]
    assert (told["record"], told["document"]["id"]) == (None, paper["id"])
    assert (told["document"]["title"]["text"], told["document"]["name"]) == ("Informe del agua", "acta.pdf")
    async with reading(hub.hub.endpoint) as browser:
        page = await browser.get(f"/mandatos/{mandate}")
        words = Outline(page.text).words()
        assert "Informe del agua (PDF, " in words
        assert told["document"]["path"] in page.text
        assert "Un documento del registro." not in words
        withdraw = """mutation ($input: WithdrawDocumentInput!) { withdrawDocument(input: $input) {
          errors { code } } }"""
        await hub.act(withdraw, given(documentId=paper["id"], reason=text("Traía datos de más.")), by=julia)
        page = await browser.get(f"/mandatos/{mandate}")
        assert told["document"]["path"] not in page.text
        assert "Traía datos de más." in Outline(page.text).words()
