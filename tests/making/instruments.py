"""Instruments in every state, adopted by real votes in real sessions; and what is sent to draft one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.making.sittings import Sitting
from tests.sessions.voting import CLOSE, all_cast, an_open_vote, given
from tests.talking import Talking

TRANSITIONS = "availableTransitions { event allowed reason { code } }"
STANDING = f"""id folio state inForce title {{ text }} adoptedAt publishedAt withdrawnAt inForceFrom inForceUntil
  gazette gazetteDate gazettePage voidReason {{ text }} body {{ id }}
  signatures {{ nodes {{ membership {{ name seat {{ post }} }} contentHash }} }} {TRANSITIONS}
  revision {{ number contentHash sections {{ code position heading {{ text }} text {{ text }} }}
    orders {{ paragraph kind title {{ text }} dueOn responsible {{ __typename }} }}
    relations {{ kind target {{ id }} }} }}"""


def act(verb: str) -> str:
    """Return the mutation that does this to an instrument."""
    kind = f"{verb[0].upper()}{verb[1:]}Instrument"
    return f"""mutation ($input: {kind}Input!) {{ {verb}Instrument(input: $input) {{
      instrument {{ {STANDING} }} errors {{ __typename code message path }} event }} }}"""


DRAFT, EDIT, TABLE, REWORD, WITHDRAW = act("draft"), act("edit"), act("table"), act("reword"), act("withdraw")
ADOPT, SIGN, PUBLISH, ANNUL = act("adopt"), act("sign"), act("publish"), act("annul")


def text(words: str) -> dict[str, Any]:
    """Return words in Spanish as they are sent."""
    return {"source": "es", "translations": [{"language": "es", "text": words}]}


def section(code: str = "primero", words: str = "Se ordena una consulta.", **known: Any) -> dict[str, Any]:
    """A paragraph as it is sent."""
    return {"code": code, "text": text(words), **known}


def order(kind: str = "CONSULTATION", title: str = "Consulta sobre el agua", **known: Any) -> dict[str, Any]:
    """What a paragraph orders, as it is sent."""
    return {"kind": kind, "title": text(title), **known}


def drafting(body_id: UUID, **known: Any) -> dict[str, Any]:
    """What is sent to draft an instrument."""
    wanted = {"bodyId": f"Body_{body_id}", "kind": "ACUERDO", "title": text("Acuerdo sobre el agua")}
    return given(**{**wanted, "sections": [section()], **known})


async def a_tabled_instrument(hub: Talking, sitting: Sitting, **known: Any) -> dict[str, Any]:
    """An instrument whose wording is fixed."""
    drafted = await hub.act(DRAFT, drafting(sitting.body_id, **known), by=sitting.secretary)
    tabled = await hub.act(TABLE, given(instrumentId=drafted["instrument"]["id"]), by=sitting.secretary)
    return dict(tabled["instrument"])


async def a_carried_vote(hub: Talking, sitting: Sitting, instrument_id: str, *, point: int = 0) -> str:
    """The vote of everybody who is there for a motion about an instrument."""
    vote = await an_open_vote(hub, sitting, point=point, instrumentId=instrument_id)
    await all_cast(hub, sitting, vote, *["FOR"] * (len(sitting.people) - 1))
    await hub.act(CLOSE, given(voteEventId=vote), by=sitting.coordinator)
    return vote


async def an_adopted_instrument(hub: Talking, sitting: Sitting, **known: Any) -> dict[str, Any]:
    """An instrument that the body adopted."""
    tabled = await a_tabled_instrument(hub, sitting, **known)
    await a_carried_vote(hub, sitting, tabled["id"])
    adopted = await hub.act(ADOPT, given(instrumentId=tabled["id"]), by=sitting.secretary)
    return dict(adopted["instrument"])


async def a_signed_instrument(hub: Talking, sitting: Sitting, **known: Any) -> dict[str, Any]:
    """An instrument that the coordinator signed."""
    adopted = await an_adopted_instrument(hub, sitting, **known)
    signing = given(instrumentId=adopted["id"], contentHash=adopted["revision"]["contentHash"])
    return dict((await hub.act(SIGN, signing, by=sitting.coordinator))["instrument"])


async def a_published_instrument(
    hub: Talking,
    sitting: Sitting,
    *,
    in_force_from: str = "2026-01-01",
    in_force_until: str | None = None,
    **known: Any,
) -> dict[str, Any]:
    """An instrument that is published, and what it ordered is ordered."""
    signed = await a_signed_instrument(hub, sitting, **known)
    publishing = given(instrumentId=signed["id"], inForceFrom=in_force_from, inForceUntil=in_force_until)
    return dict((await hub.act(PUBLISH, publishing, by=sitting.secretary))["instrument"])
