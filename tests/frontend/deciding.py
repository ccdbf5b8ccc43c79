"""A commission that has decided: an acuerdo that orders two works, one that amends it, and what is owed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from hub import clock
from tests.consultations.asking import es
from tests.frontend.answering import HOSTILE
from tests.making.consultations import an_open_consultation
from tests.making.files import a_document, identified
from tests.making.instruments import (
    ADOPT,
    DRAFT,
    EDIT,
    PUBLISH,
    REWORD,
    SIGN,
    TABLE,
    a_carried_vote,
    drafting,
    order,
    section,
    text,
)
from tests.making.mandates import ACCEPT, CANCEL, RESCHEDULE, START, an_ordered_mandate
from tests.making.sittings import Sitting, a_sitting
from tests.sessions.voting import given
from tests.studies.asking import do
from tests.talking import Talking

ORDERED = "query ($id: ID!) { node(id: $id) { ... on Instrument { mandates { nodes { id kind } } } } }"
STUDY = {
    "kind": "DIAGNOSIS",
    "title": "Diagnóstico del agua",
    "questions": "¿Cuánta agua falta?",
    "terms": "Un informe.",
}


@dataclass
class Decided:
    """What there is, by its ids."""

    sitting: Sitting
    acuerdo: dict[str, Any]
    amending: dict[str, Any]
    vote: str
    mandates: dict[str, str]
    consultation: str
    study: str
    overdue: str
    late: str
    cancelled: str


def in_days(days: int) -> str:
    """Return a day from today on, as it is sent."""
    return (clock.day_of(clock.now()) + dt.timedelta(days=days)).isoformat()


async def a_commission_that_decided(hub: Talking) -> Decided:
    """Let a commission decide, and begin to carry out what it decided."""
    sitting = await a_sitting(hub, voting=3)
    acuerdo, vote = await _an_acuerdo(hub, sitting)
    found = (await hub.ask(ORDERED, {"id": acuerdo["id"]}))["node"]["mandates"]["nodes"]
    mandates = {one["kind"]: one["id"] for one in found}
    carried = identified(mandates["CONSULTATION"])
    asked = await an_open_consultation(
        hub, sitting.body_id, title="¿Cuánta agua llega?", mandate_id=carried, own_initiative=None
    )
    julia = sitting.coordinator
    study = await do(
        hub, "orderStudy", julia, body_id=sitting.body_id, mandate_id=identified(mandates["STUDY"]), **STUDY
    )
    amending = await _published(hub, sitting, title=text("Acuerdo que corrige"), relations=_amends(acuerdo), point=1)
    owed = {name: await _owed(hub, sitting, name) for name in ("Informe atrasado", "Informe tardío", "Sobra")}
    await hub.act(CANCEL, given(mandateId=owed["Sobra"], reason=text("Ya no hace falta.")), by=julia)
    for name, days in (("Informe atrasado", 12), ("Informe tardío", 1)):
        day = clock.day_of(clock.now()) - dt.timedelta(days=days)
        await hub.run("UPDATE mandate SET due_on = :day WHERE id = :id", day=day, id=identified(owed[name]))
    return Decided(
        sitting=sitting,
        acuerdo=acuerdo,
        amending=amending,
        vote=vote,
        mandates=mandates,
        consultation=asked.node,
        study=study["id"],
        overdue=owed["Informe atrasado"],
        late=owed["Informe tardío"],
        cancelled=owed["Sobra"],
    )


async def _an_acuerdo(hub: Talking, sitting: Sitting) -> tuple[dict[str, Any], str]:
    """An acuerdo that was reworded once before it was voted on, with an annex; and its vote."""
    luis = sitting.secretary
    first = [section("primero", "Se ordena una consulta sobre el agua potable."), section("tercero", "Esto sobra.")]
    drafted = (await hub.act(DRAFT, drafting(sitting.body_id, sections=first), by=luis))["instrument"]
    about = given(instrumentId=drafted["id"])
    await hub.act(TABLE, about, by=luis)
    await hub.act(REWORD, about, by=luis)
    sections = [
        section(
            "primero",
            "Se ordena una consulta sobre el agua.",
            heading=text("Primero"),
            orders=[order(dueOn=in_days(20), responsibleId=f"Membership_{sitting.memberships[2]}")],
        ),
        section("segundo", HOSTILE, orders=[order("STUDY", "Estudio del agua", dueOn=in_days(90))]),
    ]
    wording = {"title": text("Acuerdo sobre el agua"), "sections": sections, "note": text("Se precisa el agua.")}
    await hub.act(EDIT, given(instrumentId=drafted["id"], **wording), by=luis)
    await hub.act(TABLE, about, by=luis)
    vote = await a_carried_vote(hub, sitting, drafted["id"])
    published = await _finished(hub, sitting, drafted["id"], gazette="Diario Oficial", gazettePage="4")
    await a_document(hub, luis, published["id"], title=es("Anexo del agua"))
    return published, vote


async def _published(hub: Talking, sitting: Sitting, *, point: int, **known: Any) -> dict[str, Any]:
    drafted = (await hub.act(DRAFT, drafting(sitting.body_id, **known), by=sitting.secretary))["instrument"]
    await hub.act(TABLE, given(instrumentId=drafted["id"]), by=sitting.secretary)
    await a_carried_vote(hub, sitting, drafted["id"], point=point)
    return await _finished(hub, sitting, drafted["id"])


async def _finished(hub: Talking, sitting: Sitting, id_: str, **gazette: str) -> dict[str, Any]:
    """Adopt, sign and publish what was voted for."""
    adopted = (await hub.act(ADOPT, given(instrumentId=id_), by=sitting.secretary))["instrument"]
    signing = given(instrumentId=id_, contentHash=adopted["revision"]["contentHash"])
    await hub.act(SIGN, signing, by=sitting.coordinator)
    known = {"gazetteDate": in_days(0), **gazette} if gazette else {}
    publishing = given(instrumentId=id_, inForceFrom=in_days(0), **known)
    return dict((await hub.act(PUBLISH, publishing, by=sitting.secretary))["instrument"])


def _amends(target: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"kind": "AMENDS", "targetId": target["id"]}]


async def _owed(hub: Talking, sitting: Sitting, name: str) -> str:
    """A work that the body ordered on its own account, whose day was moved once, and which it has begun."""
    julia = sitting.coordinator
    known = {"kind": "REPORT", "title": text(name), "dueOn": in_days(3)}
    mandate = await an_ordered_mandate(hub, sitting.body_id, by=julia, **known)
    moved = {"mandateId": mandate, "dueOn": in_days(5), "reason": text("Faltaban datos.")}
    await hub.act(RESCHEDULE, given(**moved), by=julia)
    for act in (ACCEPT, START):
        await hub.act(act, given(mandateId=mandate), by=julia)
    return mandate
