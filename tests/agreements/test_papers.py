"""The text of an agreement: its parties read it before they sign it, everybody once they have."""

from __future__ import annotations

from hub.people.models import Power
from tests.cast import a_citizen, a_coordinator_of, a_representative_of, a_visitor
from tests.making.agreements import DRAFT, SIGN, drafting, signing
from tests.making.bodies import a_body
from tests.making.files import a_document
from tests.making.people import an_organization
from tests.talking import Talking

PAPERS = "query ($id: ID!) { node(id: $id) { ... on Document { title { text } } } }"
OF_IT = "query ($id: ID!) { node(id: $id) { ... on Agreement { documents { nodes { id } } } } }"


async def test_whoever_is_to_sign_it_reads_it(hub: Talking) -> None:
    body, organization = await a_body(hub), await an_organization(hub)
    julia = await a_coordinator_of(hub, body)
    rosa = await a_representative_of(hub, organization, powers=[Power.PUBLISH])
    party = f"Organization_{organization}"
    agreement = (await hub.act(DRAFT, drafting(body, party), by=julia))["agreement"]["id"]
    text = (await a_document(hub, julia, agreement, role="CONTRACT"))["id"]
    inner = (await a_document(hub, julia, agreement, sight="MEMBERS"))["id"]
    for who, told in ((julia, {text, inner}), (rosa, {text}), (a_visitor(), set()), (await a_citizen(hub), set())):
        seen = {id_ for id_ in (text, inner) if (await hub.ask(PAPERS, {"id": id_}, by=who))["node"]}
        assert seen == told, who.name
    await hub.act(SIGN, signing(agreement, party, "Rosa Canul"), by=rosa)
    await hub.act(SIGN, signing(agreement, f"Body_{body}"), by=julia)
    assert (await hub.ask(OF_IT, {"id": agreement}))["node"] == {"documents": {"nodes": [{"id": text}]}}
