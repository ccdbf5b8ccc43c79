"""What is sent to draft an agreement, to sign it and to end it, and what is told of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hub import clock
from tests.making.instruments import text
from tests.sessions.voting import given
from tests.talking import Somebody, Talking

STANDING = """id folio state inForce title { text } purpose { text } body { id } signedOn inForceFrom inForceUntil
  parties { position signatory signedOn recorded party { ... on Body { id } ... on Organization { id } } }
  obligations { position text { text } partyPosition dueOn mandate { id } }
  renewals { number formerUntil until reason { text } } territories { nodes { id } }
  endReason { text } endedAt publishedAt"""


def act(verb: str) -> str:
    """Return the mutation that does this to an agreement."""
    kind = f"{verb[0].upper()}{verb[1:]}"
    return f"""mutation ($input: {kind}Input!) {{ {verb}(input: $input) {{
      agreement {{ {STANDING} }} errors {{ __typename code message path }} event }} }}"""


DRAFT, EDIT, SIGN = act("draftAgreement"), act("editAgreement"), act("signAgreement")
RENEW, END, LINK = act("renewAgreement"), act("endAgreement"), act("linkAgreementObligation")


def drafting(body_id: UUID, *parties: str, **known: Any) -> dict[str, Any]:
    """What is sent to draft an agreement of a body with these."""
    wanted = {"bodyId": f"Body_{body_id}", "title": text("Convenio del agua"), "partyIds": [*parties]}
    return given(**{**wanted, "purpose": text("Publicar juntos los datos del agua."), **known})


def signing(agreement: str, party: str, signatory: str = "Julia Ordaz", **known: Any) -> dict[str, Any]:
    """What is sent to sign it for a party."""
    day = clock.day_of(clock.now()).isoformat()
    return given(**{"agreementId": agreement, "partyId": party, "signatory": signatory, "signedOn": day, **known})


async def a_signed_agreement(
    hub: Talking, body_id: UUID, organization_id: UUID, *, by: Somebody, **known: Any
) -> dict[str, Any]:
    """An agreement of a body with an organisation, which signed on paper."""
    party = f"Organization_{organization_id}"
    drafted = await hub.act(DRAFT, drafting(body_id, party, **known), by=by)
    agreement = drafted["agreement"]["id"]
    await hub.act(SIGN, signing(agreement, party, "Rosa Canul"), by=by)
    signed = await hub.act(SIGN, signing(agreement, f"Body_{body_id}"), by=by)
    found: dict[str, Any] = signed["agreement"]
    return found
