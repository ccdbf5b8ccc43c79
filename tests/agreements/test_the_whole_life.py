"""An agreement from its draft to its end: its parties alone see it until the last of them has signed."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from hub import clock
from hub.agreements import renewing
from hub.database.address import plain
from hub.people.models import Power
from hub.viewer import Role
from tests.cast import a_citizen, a_coordinator_of, a_representative_of, a_secretary_of, a_visitor
from tests.making.agreements import (
    DRAFT,
    EDIT,
    END,
    LINK,
    RENEW,
    SIGN,
    STANDING,
    a_signed_agreement,
    drafting,
    signing,
)
from tests.making.bodies import a_body
from tests.making.instruments import text
from tests.making.mandates import an_ordered_mandate
from tests.making.people import a_territory, an_organization
from tests.sessions.voting import codes, given
from tests.talking import Somebody, Talking

NODE = f"query ($id: ID!) {{ node(id: $id) {{ ... on Agreement {{ {STANDING} }} }} }}"
LISTS = """query ($body: ID!, $other: ID!, $organization: ID!) {
  body: node(id: $other) { ... on Body { agreements { nodes { id } } } }
  organization: node(id: $organization) { ... on Organization { agreements(filter: {inForce: true}) { nodes { id } } } }
  agreements(filter: {body: $body, organization: $organization, text: "datos"}) { nodes { id } }
  changes(filter: {types: ["AgreementSigned"]}) { nodes { type record { id } } } }"""


async def read(hub: Talking, agreement: str, by: Somebody | None = None) -> Any:
    """Return what somebody is told of an agreement; None where it is nothing."""
    return (await hub.ask(NODE, {"id": agreement}, by=by))["node"]


def tomorrow(days: int = 1) -> str:
    """Return a day to come."""
    return (clock.day_of(clock.now()) + dt.timedelta(days=days)).isoformat()


async def test_signed_by_each_of_its_parties_it_is_public(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Comisión de Archivos", acronym="CA")
    organization, place = await an_organization(hub), await a_territory(hub)
    luis, julia, eva = await a_secretary_of(hub, body), await a_coordinator_of(hub, body), await a_coordinator_of(
        hub, other, "Eva Tun"
    )  # fmt: skip
    rosa = await a_representative_of(hub, organization, powers=[Power.PUBLISH])
    speaker = await a_representative_of(hub, organization, "Noé Ku")
    parties = [f"Body_{other}", f"Organization_{organization}"]
    promised = [{"text": text("Entregar los datos."), "partyId": parties[1], "dueOn": "2031-05-01"},
                {"text": text("Reunirse.")}]  # fmt: skip
    await hub.forget()
    given_ = drafting(body, *parties, obligations=promised, territoryIds=[f"Territory_{place}"])
    assert codes(await hub.refuse(DRAFT, given_, by=eva)) == ["OFFICERS_ONLY"]
    agreement = (await hub.act(DRAFT, given_, by=luis))["agreement"]["id"]
    for who, told in ((luis, True), (eva, True), (rosa, True), (speaker, True), (a_visitor(), False)):
        assert (await read(hub, agreement, who) is not None) is told, who.name
    assert await read(hub, agreement, await a_citizen(hub)) is None
    own = signing(agreement, f"Body_{body}")
    assert codes(await hub.refuse(SIGN, own, by=luis)) == ["COORDINATORS_ONLY"]
    assert codes(await hub.refuse(SIGN, own, by=eva)) == ["COORDINATORS_ONLY"]
    for_it = signing(agreement, parties[1], "Rosa Canul")
    assert codes(await hub.refuse(SIGN, for_it, by=speaker)) == ["NOT_SIGNING_FOR_IT"]
    assert codes(await hub.refuse(SIGN, for_it, by=eva)) == ["NOT_SIGNING_FOR_IT"]
    late = signing(agreement, parties[1], " ", signedOn=tomorrow())
    assert codes(await hub.refuse(SIGN, late, by=rosa)) == ["WORDS_MISSING", "SIGNED_IN_THE_FUTURE"]
    await hub.act(SIGN, own, by=julia)
    assert codes(await hub.refuse(SIGN, own, by=julia)) == ["AGREEMENT_SIGNED_ALREADY"]
    await hub.act(SIGN, for_it, by=rosa)
    assert await read(hub, agreement) is None
    await hub.act(SIGN, signing(agreement, parties[0], "Eva Tun"), by=eva)
    today = clock.day_of(clock.now()).isoformat()
    shown = await read(hub, agreement)
    assert {**shown, "publishedAt": None} == {
        "id": agreement, "folio": f"CGA/CONVENIO/{today[:4]}/001", "state": "SIGNED", "inForce": True,
        "title": {"text": "Convenio del agua"}, "purpose": {"text": "Publicar juntos los datos del agua."},
        "body": {"id": f"Body_{body}"}, "signedOn": today, "inForceFrom": today, "inForceUntil": None,
        "parties": [
            {"position": n, "signatory": name, "signedOn": today, "recorded": False, "party": {"id": id_}}
            for n, name, id_ in zip((1, 2, 3), ("Julia Ordaz", "Eva Tun", "Rosa Canul"), (f"Body_{body}", *parties),
                                    strict=True)
        ],
        "obligations": [
            {"position": 1, "text": {"text": "Entregar los datos."}, "partyPosition": 3, "dueOn": "2031-05-01",
             "mandate": None},
            {"position": 2, "text": {"text": "Reunirse."}, "partyPosition": None, "dueOn": None, "mandate": None},
        ],
        "renewals": [], "territories": {"nodes": [{"id": f"Territory_{place}"}]},
        "endReason": None, "endedAt": None, "publishedAt": None,
    }  # fmt: skip
    names = {"body": f"Body_{body}", "other": parties[0], "organization": parties[1]}
    found = await hub.ask(LISTS, names)
    one = {"nodes": [{"id": agreement}]}
    assert found["body"] == found["organization"] == {"agreements": one}
    assert found["agreements"] == one
    assert found["changes"]["nodes"] == [{"type": "AgreementSigned", "record": {"id": agreement}}]
    log = [name for name in await hub.log() if name.startswith("Agreement")]
    assert log == ["AgreementDrafted", "AgreementSignedFor", "AgreementSignedFor", "AgreementSigned"]


async def test_what_is_written_anew_is_signed_anew(hub: Talking) -> None:
    body, organization = await a_body(hub), await an_organization(hub)
    julia = await a_coordinator_of(hub, body)
    party = f"Organization_{organization}"
    agreement = (await hub.act(DRAFT, drafting(body, party), by=julia))["agreement"]["id"]
    await hub.act(SIGN, signing(agreement, party, "Rosa Canul"), by=julia)
    known = drafting(body, party, title=text("Otro convenio"))["input"]
    del known["bodyId"]
    edited = (await hub.act(EDIT, {"input": {**known, "agreementId": agreement}}, by=julia))["agreement"]
    assert edited["title"] == {"text": "Otro convenio"}
    assert [one["signedOn"] for one in edited["parties"]] == [None, None]
    await hub.act(SIGN, signing(agreement, f"Body_{body}"), by=julia)
    assert (await read(hub, agreement, julia))["state"] == "DRAFT"
    done = (await hub.act(SIGN, signing(agreement, party, "Rosa Canul"), by=julia))["agreement"]
    assert (done["state"], [one["recorded"] for one in done["parties"]]) == ("SIGNED", [False, True])
    refused = {"input": {**known, "agreementId": agreement}}
    assert codes(await hub.refuse(EDIT, refused, by=julia)) == ["AGREEMENT_IS_NO_DRAFT"]
    for statement in (
        "UPDATE agreement SET title = purpose",
        "UPDATE agreement_party SET recorded = NOT recorded",
        "DELETE FROM agreement_party",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await _by_force(hub, statement)


async def test_a_draft_is_sound(hub: Talking) -> None:
    body, organization = await a_body(hub), await an_organization(hub)
    luis = await a_secretary_of(hub, body)
    party, other = f"Organization_{organization}", f"Body_{await a_body(hub, 'Otra', acronym='OTRA')}"
    wrong = drafting(
        body, party, party, f"Body_{body}", f"Person_{body}", purpose={"source": "es", "translations": []},
        obligations=[{"text": text("Algo."), "partyId": other}], inForceFrom="2030-01-01", inForceUntil="2030-01-01",
    )  # fmt: skip
    await hub.forget()
    errors = await hub.refuse(DRAFT, wrong, by=luis)
    assert [(error["code"], error["path"]) for error in errors] == [
        ("WORDING_MISSING", ["purpose", "source"]), ("UNKNOWN_PARTY", ["partyIds", "3"]),
        ("DUPLICATE_PARTY", ["partyIds", "1"]), ("DUPLICATE_PARTY", ["partyIds", "2"]),
        ("NOT_A_PARTY", ["obligations", "0", "partyId"]), ("AGREED_FOR_NO_DAY", ["inForceUntil"]),
    ]  # fmt: skip
    assert codes(await hub.refuse(DRAFT, drafting(body), by=luis)) == ["OUT_OF_RANGE"]
    nobody = drafting(body, f"Organization_{UUID(int=7)}")
    assert codes(await hub.refuse(DRAFT, nobody, by=luis)) == ["NOT_FOUND"]
    assert (await hub.log(), await hub.rows("SELECT 1 FROM agreement")) == ([], [])


async def test_prolonged_carried_out_and_ended(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    body, organization = await a_body(hub), await an_organization(hub)
    stranger = await a_body(hub, "Otra", acronym="OTRA")
    julia = await a_coordinator_of(hub, body)
    luis = await a_citizen(hub, grants=[(Role.SECRETARY, body), (Role.COORDINATOR, stranger)])
    ends, later = tomorrow(10), tomorrow(20)
    promised = [{"text": text("Hacer el estudio."), "partyId": f"Body_{body}"}]
    signed = await a_signed_agreement(hub, body, organization, by=julia, inForceUntil=ends, obligations=promised)
    about = {"agreementId": signed["id"]}
    longer = given(**about, until=later, reason=text("Falta tiempo."))
    assert codes(await hub.refuse(RENEW, longer, by=luis)) == ["COORDINATORS_ONLY"]
    shorter = given(**about, until=ends, reason=text("Falta tiempo."))
    assert codes(await hub.refuse(RENEW, shorter, by=julia)) == ["RENEWED_FOR_NO_DAY"]
    renewed = (await hub.act(RENEW, longer, by=julia))["agreement"]
    history = [{"number": 1, "formerUntil": ends, "until": later, "reason": {"text": "Falta tiempo."}}]
    assert (renewed["inForceUntil"], renewed["renewals"]) == (later, history)
    monkeypatch.setattr(renewing, "MOST_RENEWALS", 1)
    for_good = given(**about, reason=text("Falta tiempo."))
    assert codes(await hub.refuse(RENEW, for_good, by=julia)) == ["RENEWED_OFTEN_ENOUGH"]
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _by_force(hub, "UPDATE agreement_renewal SET number = 2")
    mandate = await an_ordered_mandate(hub, body, by=julia)
    theirs = await an_ordered_mandate(hub, stranger, by=luis)
    assert codes(await hub.refuse(LINK, given(**about, position=2, mandateId=mandate), by=luis)) == ["NOT_FOUND"]
    linking = given(**about, position=1, mandateId=mandate)
    of_no_party = given(**about, position=1, mandateId=theirs)
    assert codes(await hub.refuse(LINK, of_no_party, by=luis)) == ["MANDATE_OF_NO_PARTY"]
    linked = (await hub.act(LINK, linking, by=luis))["agreement"]
    assert linked["obligations"][0]["mandate"] == {"id": mandate}
    with hub.at(dt.datetime.combine(dt.date.fromisoformat(later), dt.time(12), tzinfo=dt.UTC)):
        assert (await read(hub, signed["id"]))["inForce"] is False
        over = given(**about, until=tomorrow(9), reason=text("Falta tiempo."))
        assert codes(await hub.refuse(RENEW, over, by=julia)) == ["AGREEMENT_IS_OVER"]
    ending = given(**about, reason=text("Se cumplió."))
    assert codes(await hub.refuse(END, ending, by=luis)) == ["COORDINATORS_ONLY"]
    ended = (await hub.act(END, ending, by=julia))["agreement"]
    assert (ended["state"], ended["inForce"], ended["endReason"]) == ("ENDED", False, {"text": "Se cumplió."})
    assert codes(await hub.refuse(END, ending, by=julia)) == ["AGREEMENT_IS_OVER"]
    assert codes(await hub.refuse(RENEW, longer, by=julia)) == ["AGREEMENT_NOT_SIGNED"]
    assert (await read(hub, signed["id"]))["parties"][0]["signatory"] == "Julia Ordaz"


async def test_a_draft_that_is_given_up_never_became_public(hub: Talking) -> None:
    body, organization = await a_body(hub), await an_organization(hub)
    luis = await a_secretary_of(hub, body)
    drafted = await hub.act(DRAFT, drafting(body, f"Organization_{organization}"), by=luis)
    agreement = drafted["agreement"]["id"]
    await hub.act(END, given(agreementId=agreement, reason=text("Ya no.")), by=luis)
    assert await read(hub, agreement) is None
    julia = await a_coordinator_of(hub, body)
    refused = signing(agreement, f"Body_{body}")
    assert codes(await hub.refuse(SIGN, refused, by=julia)) == ["AGREEMENT_IS_NO_DRAFT"]
    feed = await hub.ask('{ changes(filter: {types: ["AgreementEnded"]}) { totalCount } }')
    assert feed["changes"]["totalCount"] == 0


async def test_two_who_sign_last_make_it_public_once(hub: Talking) -> None:
    body, organization = await a_body(hub), await an_organization(hub)
    julia = await a_coordinator_of(hub, body)
    party = f"Organization_{organization}"
    rosa = await a_representative_of(hub, organization, powers=[Power.PUBLISH])
    agreement = (await hub.act(DRAFT, drafting(body, party), by=julia))["agreement"]["id"]
    await hub.forget()
    both = ((signing(agreement, f"Body_{body}"), julia), (signing(agreement, party, "Rosa Canul"), rosa))
    await asyncio.gather(*[hub.act(SIGN, sent, by=who) for sent, who in both])
    assert await hub.log() == ["AgreementSignedFor", "AgreementSigned"]
    assert (await read(hub, agreement))["state"] == "SIGNED"


async def _by_force(hub: Talking, statement: str) -> None:
    connection = await asyncpg.connect(plain(hub.url))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
