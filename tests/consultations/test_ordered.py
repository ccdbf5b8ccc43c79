"""What instruments do to consultations: one orders it, in a paragraph; one in force lets its closing come earlier."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub import clock
from tests.consultations.asking import CREATE, PUBLISH, a_draft
from tests.making.bodies import a_body
from tests.making.consultations import a_scheduled_consultation
from tests.making.instruments import a_published_instrument, order, section, text
from tests.making.mandates import an_ordered_mandate
from tests.making.sittings import Sitting, a_sitting
from tests.sessions.voting import codes, given
from tests.talking import Talking

RESTS = """query ($id: ID!) { node(id: $id) { ... on Consultation { mandate { id state origin paragraph
  section { code text { text } } instrument { folio } } } } }"""
SHORTEN = """mutation ($input: ShortenConsultationInput!) { shortenConsultation(input: $input) {
  notice { kind closing { instant } instrument { id } reason { text } } errors { code message path } event } }"""
MANDATES = "query ($id: ID!) { node(id: $id) { ... on Instrument { mandates { nodes { id } } } } }"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
async def sitting(hub: Talking) -> Sitting:
    """A body in session."""
    return await a_sitting(hub, voting=2)


async def an_order(hub: Talking, sitting: Sitting, **known: Any) -> tuple[dict[str, Any], str]:
    """A published instrument that orders a consultation, and the mandate that came of it."""
    today = clock.day_of(clock.now()).isoformat()
    published = await a_published_instrument(
        hub, sitting, in_force_from=today, sections=[section(orders=[order(**known)])]
    )
    (mandate,) = (await hub.ask(MANDATES, {"id": published["id"]}))["node"]["mandates"]["nodes"]
    return published, str(mandate["id"])


async def test_a_consultation_shows_the_paragraph_that_ordered_it(hub: Talking, sitting: Sitting) -> None:
    published, mandate = await an_order(hub, sitting)
    julia = sitting.coordinator
    draft = {**a_draft(sitting.body_id), "ownInitiative": None, "mandateId": mandate}
    await hub.forget()
    created = (await hub.act(CREATE, {"input": draft}, by=julia))["consultation"]
    assert await hub.log() == ["ConsultationCreated"]
    await hub.act(PUBLISH, given(consultationId=created["id"]), by=julia)
    seen = (await hub.ask(RESTS, {"id": created["id"]}))["node"]["mandate"]
    assert seen == {
        "id": mandate,
        "state": "IN_PROGRESS",
        "origin": "INSTRUMENT",
        "paragraph": "primero",
        "section": {"code": "primero", "text": {"text": "Se ordena una consulta."}},
        "instrument": {"folio": published["folio"]},
    }
    log = await hub.log()
    assert [name for name in log if name.startswith("Mandate")] == ["MandateAccepted", "MandateStarted"]


async def test_on_what_no_consultation_rests(hub: Talking, sitting: Sitting) -> None:
    julia = sitting.coordinator
    _, mandate = await an_order(hub, sitting, kind="STUDY")
    other = await a_sitting(hub, voting=1, body_id=await a_body(hub, "Otra", acronym="OTRA"))
    elsewhere = await an_ordered_mandate(hub, other.body_id, by=other.coordinator, kind="CONSULTATION")
    before = await hub.log()
    own = a_draft(sitting.body_id)
    for known, code in (
        ({"ownInitiative": None}, "ORDER_MISSING"),
        ({"mandateId": mandate}, "ORDERED_TWICE"),
        ({"ownInitiative": None, "mandateId": mandate}, "MANDATE_OF_ANOTHER_KIND"),
        ({"ownInitiative": None, "mandateId": elsewhere}, "MANDATE_OF_ANOTHER_BODY"),
        ({"ownInitiative": None, "mandateId": f"Mandate_{sitting.body_id}"}, "NOT_FOUND"),
    ):
        assert codes(await hub.refuse(CREATE, {"input": {**own, **known}}, by=julia)) == [code]
    assert await hub.log() == before


async def test_shortened_by_an_instrument_in_force_and_two_days_before(hub: Talking, sitting: Sitting) -> None:
    julia = sitting.coordinator
    now = clock.now().replace(microsecond=0)
    asked = await a_scheduled_consultation(
        hub, sitting.body_id, opens_at=now + HOUR, closes_at=now + dt.timedelta(days=30), at=now
    )
    orders = await a_published_instrument(hub, sitting, in_force_from=clock.day_of(now).isoformat())
    later = await a_published_instrument(hub, sitting, in_force_from="2998-01-01")
    other = await a_sitting(hub, voting=1, body_id=await a_body(hub, "Otra", acronym="OTRA"))
    foreign = await a_published_instrument(hub, other, in_force_from=clock.day_of(now).isoformat())

    def closing(at: dt.datetime, instrument: dict[str, Any] | None) -> dict[str, Any]:
        local = at.astimezone(dt.UTC) - dt.timedelta(hours=6)
        declared = {"declaredLocal": local.strftime("%Y-%m-%dT%H:%M:%S"), "zone": "America/Mexico_City"}
        named = {} if instrument is None else {"instrumentId": instrument["id"]}
        return given(consultationId=asked.node, closing=declared, reason=text("Hay prisa."), **named)

    week, day = now + dt.timedelta(days=7), dt.timedelta(days=1)
    before = await hub.log()
    with hub.at(now + 2 * HOUR):
        for at, instrument, code in (
            (week, None, "SHORTENING_NEEDS_INSTRUMENT"),
            (week, later, "SHORTENING_NEEDS_INSTRUMENT"),
            (week, foreign, "SHORTENING_NEEDS_INSTRUMENT"),
            (now + 40 * day, orders, "NOT_A_SHORTENING"),
            (now + 2 * HOUR + dt.timedelta(hours=48, seconds=-1), orders, "SHORTENED_TOO_SOON"),
        ):
            assert codes(await hub.refuse(SHORTEN, closing(at, instrument), by=julia)) == [code]
        assert codes(await hub.refuse(SHORTEN, closing(week, orders), by=sitting.secretary)) == ["COORDINATORS_ONLY"]
        assert await hub.log() == before
        at = now + 2 * HOUR + dt.timedelta(hours=48)
        notice = (await hub.act(SHORTEN, closing(at, orders), by=julia))["notice"]
    assert (notice["kind"], notice["instrument"], notice["reason"]) == (
        "SHORTENING",
        {"id": orders["id"]},
        {"text": "Hay prisa."},
    )
    assert dt.datetime.fromisoformat(notice["closing"]["instant"]) == at
