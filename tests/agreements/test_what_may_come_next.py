"""What an agreement says may come next is what its acts let one do: for whom, in which state, and by when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub import clock
from hub.people.models import Power
from tests.cast import a_citizen, a_coordinator_of, a_representative_of, a_secretary_of
from tests.making.agreements import DRAFT, END, SIGN, a_signed_agreement, drafting, signing
from tests.making.bodies import a_body
from tests.making.instruments import text
from tests.making.people import an_organization
from tests.sessions.voting import given
from tests.talking import Somebody, Talking

NEXT = """query ($id: ID!) { node(id: $id) { ... on Agreement {
  parties { viewerMaySign } availableTransitions { event allowed reason { code } } } } }"""


async def coming(hub: Talking, agreement: str, by: Somebody | None = None) -> tuple[Any, list[bool]]:
    """Return what may come next, or why not, and which parties whoever asks may sign for."""
    node = (await hub.ask(NEXT, {"id": agreement}, by=by))["node"]
    moves = {one["event"]: True if one["allowed"] else one["reason"]["code"] for one in node["availableTransitions"]}
    return moves, [one["viewerMaySign"] for one in node["parties"]]


async def test_a_draft_is_signed_by_whoever_may_sign_for_a_party_that_has_not(hub: Talking) -> None:
    body, organization = await a_body(hub), await an_organization(hub)
    julia, luis = await a_coordinator_of(hub, body), await a_secretary_of(hub, body)
    rosa = await a_representative_of(hub, organization, powers=[Power.PUBLISH])
    noe = await a_representative_of(hub, organization, "Noé Ku")
    party = f"Organization_{organization}"
    agreement = (await hub.act(DRAFT, drafting(body, party), by=luis))["agreement"]["id"]

    def of(edit: Any, sign: Any) -> dict[str, Any]:
        return {"edit_agreement": edit, "sign_agreement": sign, "end_agreement": edit}

    assert await coming(hub, agreement, julia) == (of(True, True), [True, True])
    assert await coming(hub, agreement, luis) == (of(True, True), [False, True])
    assert await coming(hub, agreement, rosa) == (of("OFFICERS_ONLY", True), [False, True])
    assert await coming(hub, agreement, noe) == (of("OFFICERS_ONLY", "COORDINATORS_ONLY"), [False, False])
    await hub.act(SIGN, signing(agreement, party, "Rosa Canul"), by=rosa)
    assert await coming(hub, agreement, luis) == (of(True, "COORDINATORS_ONLY"), [False, False])
    assert await coming(hub, agreement, rosa) == (of("OFFICERS_ONLY", "COORDINATORS_ONLY"), [False, False])
    assert await coming(hub, agreement, julia) == (of(True, True), [True, False])


async def test_what_is_signed_is_prolonged_carried_out_and_ended(hub: Talking) -> None:
    body, organization = await a_body(hub), await an_organization(hub)
    julia, luis = await a_coordinator_of(hub, body), await a_secretary_of(hub, body)
    ends = clock.day_of(clock.now()) + dt.timedelta(days=10)
    signed = await a_signed_agreement(hub, body, organization, by=julia, inForceUntil=ends.isoformat())
    agreement = signed["id"]
    nobody = [False, False]

    def of(renew: Any, link: Any, end: Any) -> tuple[dict[str, Any], list[bool]]:
        return {"renew_agreement": renew, "link_agreement_obligation": link, "end_agreement": end}, nobody

    assert await coming(hub, agreement, julia) == of(True, True, True)
    assert await coming(hub, agreement, luis) == of("COORDINATORS_ONLY", True, "COORDINATORS_ONLY")
    assert await coming(hub, agreement, await a_citizen(hub)) == of(
        "COORDINATORS_ONLY", "OFFICERS_ONLY", "COORDINATORS_ONLY"
    )
    assert await coming(hub, agreement) == of("UNAUTHENTICATED", "UNAUTHENTICATED", "UNAUTHENTICATED")
    with hub.at(clock.now() + dt.timedelta(days=11)):
        assert await coming(hub, agreement, julia) == of("AGREEMENT_IS_OVER", True, True)
    await hub.act(END, given(agreementId=agreement, reason=text("Se cumplió.")), by=julia)
    assert await coming(hub, agreement, julia) == ({}, nobody)
