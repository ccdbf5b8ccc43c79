"""What instruments do: to one another, to what they order, and to the row of folios, also when many act at once."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import pytest

from hub import clock
from tests.making.bodies import a_body
from tests.making.instruments import (
    ADOPT,
    ANNUL,
    DRAFT,
    EDIT,
    PUBLISH,
    REWORD,
    a_carried_vote,
    a_published_instrument,
    a_signed_instrument,
    a_tabled_instrument,
    an_adopted_instrument,
    drafting,
    order,
    section,
    text,
)
from tests.making.sittings import Sitting, a_sitting
from tests.sessions.voting import codes, given
from tests.talking import Talking

RELATED = """query ($id: ID!) { node(id: $id) { ... on Instrument { state inForce inForceUntil
  relatedFrom { nodes { kind instrument { id } target { id } } } } } }"""
ORDERED = """query ($id: ID!) { node(id: $id) { ... on Instrument { state folio voidReason { text }
  mandates { nodes { state folio paragraph origin kind title { text } reason { text } dueOn overdue
    section { code text { text } } instrument { id } orderedBy { ... on Body { id } } closingReason { text }
    responsible { __typename } notices { nodes { number kind dueOn reason { text } } } } } } } }"""
CHANGES = """query ($id: ID!, $since: Int) { node(id: $id) { ... on Instrument { revision { number
  changes(since: $since) { code kind heading { text } text { text } formerHeading { text } formerText { text } } }
  revisions { nodes { number contentHash } } } } }"""


@pytest.fixture
async def sitting(hub: Talking) -> Sitting:
    """A body in session."""
    return await a_sitting(hub, voting=2)


def relation(kind: str, target: dict[str, Any]) -> dict[str, Any]:
    """What an instrument does to another one, as it is sent."""
    return {"kind": kind, "targetId": target["id"]}


async def test_amended_then_repealed_from_a_day_on(hub: Talking, sitting: Sitting) -> None:
    old = await a_published_instrument(hub, sitting, in_force_from=clock.day_of(clock.now()).isoformat())
    amending = await a_published_instrument(
        hub, sitting, in_force_from="2998-01-01", relations=[relation("AMENDS", old)]
    )
    seen = (await hub.ask(RELATED, {"id": old["id"]}))["node"]
    done = [{"kind": "AMENDS", "instrument": {"id": amending["id"]}, "target": {"id": old["id"]}}]
    assert seen == {"state": "AMENDED", "inForce": True, "inForceUntil": None, "relatedFrom": {"nodes": done}}
    ends = clock.day_of(clock.now()) + dt.timedelta(days=3)
    await a_published_instrument(hub, sitting, in_force_from=ends.isoformat(), relations=[relation("REPEALS", old)])
    seen = (await hub.ask(RELATED, {"id": old["id"]}))["node"]
    assert (seen["state"], seen["inForce"], seen["inForceUntil"]) == ("REPEALED", True, ends.isoformat())
    with hub.at(dt.datetime.combine(ends, dt.time(7), tzinfo=dt.UTC)):
        assert (await hub.ask(RELATED, {"id": old["id"]}))["node"]["inForce"] is False
    # What was repealed is not changed again; it may still be implemented.
    errors = await hub.refuse(
        DRAFT, drafting(sitting.body_id, relations=[relation("AMENDS", old)]), by=sitting.secretary
    )
    assert codes(errors) == ["NOT_TO_BE_CHANGED"]
    await hub.act(DRAFT, drafting(sitting.body_id, relations=[relation("IMPLEMENTS", old)]), by=sitting.secretary)


async def test_what_was_repealed_meanwhile_holds_a_publication_up(hub: Talking, sitting: Sitting) -> None:
    today = clock.day_of(clock.now()).isoformat()
    old = await a_published_instrument(hub, sitting, in_force_from=today)
    signed = await a_signed_instrument(hub, sitting, relations=[relation("AMENDS", old)])
    await a_published_instrument(hub, sitting, in_force_from=today, relations=[relation("REPEALS", old)])
    before = await hub.log()
    publishing = given(instrumentId=signed["id"], inForceFrom=today)
    assert codes(await hub.refuse(PUBLISH, publishing, by=sitting.secretary)) == ["TARGET_NOT_TO_BE_CHANGED"]
    assert await hub.log() == before


async def test_a_body_changes_its_own_and_its_predecessors_alone(hub: Talking, sitting: Sitting) -> None:
    old = await a_published_instrument(hub, sitting, in_force_from=clock.day_of(clock.now()).isoformat())
    stranger = await a_sitting(hub, voting=1, body_id=await a_body(hub, "Otra", acronym="OTRA"))
    refused = drafting(stranger.body_id, relations=[relation("REPEALS", old)])
    assert codes(await hub.refuse(DRAFT, refused, by=stranger.secretary)) == ["INSTRUMENT_OF_ANOTHER_BODY"]
    await hub.act(DRAFT, drafting(stranger.body_id, relations=[relation("IMPLEMENTS", old)]), by=stranger.secretary)
    heir = await a_body(hub, "Heredera", acronym="HER", predecessor_id=sitting.body_id)
    follows = await a_sitting(hub, voting=1, body_id=heir)
    await hub.act(DRAFT, drafting(heir, relations=[relation("REPEALS", old)]), by=follows.secretary)


async def test_what_it_orders_is_a_mandate_that_names_its_paragraph(hub: Talking, sitting: Sitting) -> None:
    due = (clock.day_of(clock.now()) + dt.timedelta(days=30)).isoformat()
    orders = [order(dueOn=due, responsibleId=f"Membership_{sitting.memberships[2]}"), order("STUDY", "Estudio")]
    sections = [section(orders=orders), section("segundo", "Publíquese.")]
    published = await a_published_instrument(
        hub, sitting, in_force_from=clock.day_of(clock.now()).isoformat(), sections=sections
    )
    seen = (await hub.ask(ORDERED, {"id": published["id"]}))["node"]
    study, consultation = seen["mandates"]["nodes"]
    year = clock.day_of(clock.now()).year
    assert consultation == {
        "state": "ORDERED",
        "folio": f"CGA/MANDATO/{year}/001",
        "paragraph": "primero",
        "origin": "INSTRUMENT",
        "kind": "CONSULTATION",
        "title": {"text": "Consulta sobre el agua"},
        "reason": {"text": "Se ordena una consulta."},
        "dueOn": due,
        "overdue": False,
        "section": {"code": "primero", "text": {"text": "Se ordena una consulta."}},
        "instrument": {"id": published["id"]},
        "orderedBy": {"id": f"Body_{sitting.body_id}"},
        "closingReason": None,
        "responsible": {"__typename": "Membership"},
        "notices": {"nodes": [{"number": 1, "kind": "ORDER", "dueOn": due, "reason": None}]},
    }
    assert (study["kind"], study["dueOn"], study["responsible"], study["folio"]) == (
        "STUDY",
        None,
        None,
        f"CGA/MANDATO/{year}/002",
    )


async def test_an_annulled_one_cancels_what_nobody_began(hub: Talking, sitting: Sitting) -> None:
    today = clock.day_of(clock.now()).isoformat()
    published = await a_published_instrument(hub, sitting, in_force_from=today, sections=[section(orders=[order()])])
    annulling = given(instrumentId=published["id"], reason=text("Faltó competencia."))
    before = len(await hub.log())
    empty = given(instrumentId=published["id"], reason={"source": "es", "translations": []})
    assert codes(await hub.refuse(ANNUL, empty, by=sitting.coordinator)) == ["WORDING_MISSING"]
    await hub.act(ANNUL, annulling, by=sitting.coordinator)
    seen = (await hub.ask(ORDERED, {"id": published["id"]}))["node"]
    (mandate,) = seen["mandates"]["nodes"]
    reason = {"text": "Faltó competencia."}
    assert (seen["state"], seen["voidReason"], mandate["state"], mandate["closingReason"]) == (
        "VOID",
        reason,
        "CANCELLED",
        reason,
    )
    assert (await hub.log())[before:] == ["InstrumentAnnulled", "MandateCancelled"]
    assert codes(await hub.refuse(ANNUL, annulling, by=sitting.coordinator)) == ["INSTRUMENT_OVER"]


async def test_no_folio_is_given_twice(hub: Talking, sitting: Sitting) -> None:
    """Many are adopted at once, one of them is void: each has its own number, and none comes back."""
    tabled = [await a_tabled_instrument(hub, sitting, title=text(f"Acuerdo {n}")) for n in range(5)]
    for one in tabled:
        await a_carried_vote(hub, sitting, one["id"])
    officers = (sitting.coordinator, sitting.secretary)
    acts = [hub.act(ADOPT, given(instrumentId=one["id"]), by=officers[n % 2]) for n, one in enumerate(tabled)]
    adopted = [payload["instrument"] for payload in await asyncio.gather(*acts)]
    year = clock.day_of(clock.now()).year
    assert sorted(one["folio"] for one in adopted) == [f"CGA/ACUERDO/{year}/{n:03d}" for n in range(1, 6)]
    last = max(adopted, key=lambda one: one["folio"])
    await hub.act(ANNUL, given(instrumentId=last["id"], reason=text("No.")), by=sitting.coordinator)
    # What was void before it was published is public now: everybody can see what became of each number.
    void = (await hub.ask(ORDERED, {"id": last["id"]}))["node"]
    assert (void["state"], void["folio"]) == ("VOID", last["folio"])
    following = await an_adopted_instrument(hub, sitting)
    assert following["folio"] == f"CGA/ACUERDO/{year}/006"
    other = await an_adopted_instrument(hub, sitting, kind="GUIDELINE")
    assert other["folio"] == f"CGA/LINEAMIENTO/{year}/001"


async def test_one_that_two_officers_adopt_at_once_is_adopted_once(hub: Talking, sitting: Sitting) -> None:
    tabled = await a_tabled_instrument(hub, sitting)
    await a_carried_vote(hub, sitting, tabled["id"])
    before = len(await hub.log())
    adopting = given(instrumentId=tabled["id"])
    acts = [hub.answer(ADOPT, adopting, by=(sitting.coordinator, sitting.secretary)[n % 2]) for n in range(4)]
    errors = [codes(answer["data"]["adoptInstrument"]["errors"]) for answer in await asyncio.gather(*acts)]
    assert sorted(errors) == [[], *[["INSTRUMENT_ADOPTED"]] * 3]
    assert (await hub.log())[before:] == ["InstrumentAdopted"]


async def test_what_differs_between_two_wordings(hub: Talking, sitting: Sitting) -> None:
    sections = [section("uno", "Uno."), section("dos", "Dos.", heading=text("Segundo")), section("tres", "Tres.")]
    tabled = await a_tabled_instrument(hub, sitting, sections=sections)
    id_ = tabled["id"]
    await hub.act(REWORD, given(instrumentId=id_), by=sitting.secretary)
    again = [section("uno", "Uno."), section("dos", "Dos bis.", heading=text("Segundo")), section("cuatro", "Cuatro.")]
    editing = given(instrumentId=id_, title=text("Acuerdo sobre el agua"), sections=again)
    await hub.act(EDIT, editing, by=sitting.secretary)
    seen = (await hub.ask(CHANGES, {"id": id_}, by=sitting.secretary))["node"]
    nothing = {"heading": None, "text": None, "formerHeading": None, "formerText": None}
    second = {"text": "Segundo"}
    assert seen["revision"] == {
        "number": 2,
        "changes": [
            {
                "code": "dos",
                "kind": "CHANGED",
                "heading": second,
                "text": {"text": "Dos bis."},
                "formerHeading": second,
                "formerText": {"text": "Dos."},
            },
            {**nothing, "code": "cuatro", "kind": "ADDED", "text": {"text": "Cuatro."}},
            {**nothing, "code": "tres", "kind": "REMOVED", "formerText": {"text": "Tres."}},
        ],
    }
    assert [node["contentHash"] is None for node in seen["revisions"]["nodes"]] == [False, True]
    # Of a wording with itself nothing differs; from before the first one all of it is new.
    assert (await hub.ask(CHANGES, {"id": id_, "since": 2}, by=sitting.secretary))["node"]["revision"]["changes"] == []
    first = (await hub.ask(CHANGES, {"id": id_, "since": 0}, by=sitting.secretary))["node"]["revision"]["changes"]
    assert [(change["code"], change["kind"]) for change in first] == [
        ("uno", "ADDED"),
        ("dos", "ADDED"),
        ("cuatro", "ADDED"),
    ]
