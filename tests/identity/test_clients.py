"""Programs of organisations: registered by who speaks for one, held to what they may do, ended with their tokens."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from typing import Any
from uuid import UUID

import pytest

from hub import clock
from hub.identity import authenticating, ending
from hub.identity.tokens import OF_CLIENT, PERSONAL, SIGN_IN, new_token
from hub.people.models import Power
from hub.viewer import Scope
from tests.cast import a_citizen, a_client, a_representative_of, a_visitor, an_administrator, here_in_person
from tests.making.people import an_organization
from tests.talking import Somebody, Talking

SHOWN = "id name purpose contact language redirectUris scopes expiresAt endedAt endReason organization { id }"
CREATE = f"""mutation ($input: CreateClientInput!) {{ createClient(input: $input) {{
  client {{ {SHOWN} }} event errors {{ code path }} }} }}"""
CHANGE = f"""mutation ($input: ChangeClientInput!) {{ changeClient(input: $input) {{
  client {{ {SHOWN} }} event errors {{ code path }} }} }}"""
END = """mutation ($id: ID!, $reason: String!) { endClient(input: {clientId: $id, reason: $reason}) {
  client { endedAt endReason tokens { nodes { revokedAt } } } event errors { code path } } }"""
TOKEN = """mutation ($input: CreateClientTokenInput!) { createClientToken(input: $input) {
  token { id name scopes } secret event errors { code path } } }"""
REVOKE_ALL = """mutation ($id: ID!) { revokeClientTokens(input: {clientId: $id}) {
  revoked client { tokens { nodes { revokedAt } } } event errors { code } } }"""
REVOKE = """mutation ($id: ID, $token: String) { revokeToken(input: {tokenId: $id, token: $token}) {
  token { id } event errors { code } } }"""
LEAVE = """mutation ($id: ID!) { endRepresentation(input: {representationId: $id, reason: "Dejo el cargo"}) {
  event errors { code } } }"""
MINE = """{ clients { totalCount nodes { id name tokens { nodes { name lastUsedAt revokedAt } } } } }"""
WHO = "{ viewer { signedIn scopes client { name purpose scopes organization { id } } } }"
NOON = dt.datetime(2027, 2, 10, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read tokens again each time: that they are believed for less than two seconds has its own test."""
    monkeypatch.setattr(authenticating, "BELIEVED", 0.0)


def program(organization: UUID, **others: Any) -> dict[str, Any]:
    return {
        "input": {
            "organizationId": f"Organization_{organization}",
            "name": "Mapa de lo público",
            "purpose": "Muestra en un mapa qué se consulta.",
            "contact": "mapa@colectivo.example",
            **others,
        }
    }


def wanted(client: str, **others: Any) -> dict[str, Any]:
    until = (clock.now() + 30 * DAY).isoformat()
    return {"input": {"clientId": client, "name": "lector", "scopes": ["public:read"], "expiresAt": until, **others}}


def codes(errors: list[dict[str, Any]]) -> list[str]:
    return [error["code"] for error in errors]


async def speaker(hub: Talking, organization: UUID, name: str = "Rosa Canul", **known: Any) -> Somebody:
    return await here_in_person(hub, await a_representative_of(hub, organization, name, **known))


async def registered(hub: Talking, organization: UUID, by: Somebody, **others: Any) -> str:
    payload = await hub.act(CREATE, program(organization, **others), by=by)
    return str(payload["client"]["id"])


async def token_of(hub: Talking, client: str, by: Somebody, **others: Any) -> Somebody:
    made = await hub.act(TOKEN, wanted(client, **others), by=by)
    return Somebody("a program", made["secret"])


TOUCHES_TOKENS = re.compile(r"(FROM|UPDATE) (token|client|letter)\b")


async def reason(hub: Talking, who: Somebody) -> str | None:
    """Return why somebody is turned away; None if they are not."""
    response = await hub.post("{ viewer { signedIn } }", by=who)
    return response.json()["errors"][0]["extensions"]["reason"] if response.status_code == 401 else None


async def test_whoever_speaks_for_an_organisation_registers_a_program_and_gets_it_tokens(hub: Talking) -> None:
    organization = await an_organization(hub)
    rosa = await speaker(hub, organization)
    await hub.forget()
    made = await hub.act(CREATE, program(organization, redirectUris=["https://mapa.example/vuelta"]), by=rosa)
    client = made["client"]
    assert client == {
        "id": client["id"],
        "name": "Mapa de lo público",
        "purpose": "Muestra en un mapa qué se consulta.",
        "contact": "mapa@colectivo.example",
        "language": "es",
        "redirectUris": ["https://mapa.example/vuelta"],
        "scopes": ["public:read"],
        "expiresAt": None,
        "endedAt": None,
        "endReason": None,
        "organization": {"id": f"Organization_{organization}"},
    }
    token = await hub.act(TOKEN, wanted(client["id"]), by=rosa)
    assert (token["secret"][:8], token["token"]["scopes"]) == (OF_CLIENT, ["public:read"])
    assert token["secret"] not in await hub.dump()
    asked = (await hub.ask(WHO, by=Somebody("Mapa", token["secret"])))["viewer"]
    assert (asked["signedIn"], asked["scopes"]) == (False, ["public:read"])
    assert asked["client"] == {key: client[key] for key in ("name", "purpose", "scopes", "organization")}
    (listed,) = (await hub.ask(MINE, by=rosa))["clients"]["nodes"]
    (used,) = listed["tokens"]["nodes"]
    assert used["name"] == "lector"
    assert used["lastUsedAt"] is not None
    assert used["revokedAt"] is None
    assert await hub.log() == ["ClientRegistered", "TokenCreated"]
    assert [event["public"] for event in await hub.events()] == [False, False]


async def test_nobody_else_registers_or_sees_one(hub: Talking) -> None:
    organization, other = await an_organization(hub), await an_organization(hub, "Otra")
    rosa = await speaker(hub, organization)
    client = await registered(hub, organization, rosa)
    by_token = await a_representative_of(hub, organization, "Por token")
    strangers = [
        (a_visitor(), "UNAUTHENTICATED", 0),
        (await a_client(hub, organization_id=organization), "UNAUTHENTICATED", 1),
        (await here_in_person(hub, await a_citizen(hub)), "NOT_A_REPRESENTATIVE", 0),
        (await speaker(hub, other, "De otra"), "NOT_A_REPRESENTATIVE", 0),
        (await speaker(hub, organization, "Sin poder", powers=[Power.PUBLISH]), "NOT_A_REPRESENTATIVE", 0),
        (by_token, "SIGN_IN_NEEDED", 2),
    ]
    await hub.forget()
    for who, code, seen in strangers:
        assert codes(await hub.refuse(CREATE, program(organization), by=who)) == [code], who.name
        assert (await hub.ask(MINE, by=who))["clients"]["totalCount"] == seen, who.name
        expected = code if seen == 2 else "NOT_FOUND"
        for mutation, variables in (
            (CHANGE, {"input": {"clientId": client, "name": "Mío"}}),
            (END, {"id": client, "reason": "x"}),
            (TOKEN, wanted(client)),
            (REVOKE_ALL, {"id": client}),
        ):
            assert codes(await hub.refuse(mutation, variables, by=who)) == [expected], (who.name, mutation)
    assert await hub.log() == []


async def test_all_that_is_wrong_with_a_program_is_told_at_once(hub: Talking) -> None:
    organization = await an_organization(hub)
    rosa = await speaker(hub, organization)
    await hub.forget()
    wrong = {
        "name": " ",
        "purpose": "x" * 2_001,
        "contact": "nobody",
        "redirectUris": ["https://mapa.example/vuelta", "http://mapa.example/vuelta"],
        "expiresAt": "2020-01-01T00:00:00Z",
        "scopes": ["everything"],
    }
    errors = await hub.refuse(CREATE, program(organization, **wrong), by=rosa)
    assert [(error["code"], ".".join(error["path"])) for error in errors] == [
        ("UNKNOWN_SCOPE", "scopes.0"),
        ("WORDS_MISSING", "name"),
        ("WORDING_TOO_LONG", "purpose"),
        ("BAD_ADDRESS", "contact"),
        ("BAD_REDIRECT_URI", "redirectUris.1"),
        ("ENDS_IN_THE_PAST", "expiresAt"),
    ]
    for scope, code in (("bulk:read", "SCOPE_OF_THE_OPERATOR"), ("responses:write", "SCOPE_NOT_FOR_PROGRAMS")):
        assert codes(await hub.refuse(CREATE, program(organization, scopes=[scope]), by=rosa)) == [code]
    assert await hub.log() == []
    assert await hub.rows("SELECT id FROM client") == []


async def test_reading_in_bulk_is_given_by_an_administrator_and_taken_at_once(hub: Talking) -> None:
    organization = await an_organization(hub)
    rosa, ines = await speaker(hub, organization), await here_in_person(hub, await an_administrator(hub))
    client = await registered(hub, organization, rosa)
    both = {"scopes": ["public:read", "bulk:read"]}
    assert codes(await hub.refuse(TOKEN, wanted(client, **both), by=rosa)) == ["SCOPE_OF_THE_OPERATOR"]
    assert codes(await hub.refuse(TOKEN, wanted(client, **both), by=ines)) == ["SCOPE_NOT_OF_CLIENT"]
    await hub.act(CHANGE, {"input": {"clientId": client, **both}}, by=ines)
    reader = await token_of(hub, client, rosa, **both)
    assert (await hub.ask(WHO, by=reader))["viewer"]["scopes"] == ["bulk:read", "public:read"]
    # What the program may do no more, its tokens may not either; and nobody but who gave it gives it back.
    await hub.act(CHANGE, {"input": {"clientId": client, "scopes": ["public:read"]}}, by=rosa)
    assert (await hub.ask(WHO, by=reader))["viewer"]["scopes"] == ["public:read"]
    refused = await hub.refuse(CHANGE, {"input": {"clientId": client, **both}}, by=rosa)
    assert codes(refused) == ["SCOPE_OF_THE_OPERATOR"]


async def test_what_is_left_out_of_a_change_stays_as_it_was(hub: Talking) -> None:
    organization = await an_organization(hub)
    rosa = await speaker(hub, organization)
    made = (await hub.act(CREATE, program(organization, redirectUris=["http://127.0.0.1:8080/"]), by=rosa))["client"]
    given = {"clientId": made["id"], "name": "Mapa nuevo", "expiresAt": "2035-01-01T00:00:00Z"}
    changed = (await hub.act(CHANGE, {"input": given}, by=rosa))["client"]
    assert changed == {**made, "name": "Mapa nuevo", "expiresAt": "2035-01-01T00:00:00.000000Z"}
    await hub.forget()
    nothing = {"clientId": made["id"], "name": None, "purpose": "", "contact": None}
    assert codes(await hub.refuse(CHANGE, {"input": nothing}, by=rosa)) == ["WORDS_MISSING"] * 3
    back = (await hub.act(CHANGE, {"input": {"clientId": made["id"], "expiresAt": None}}, by=rosa))["client"]
    assert back == {**made, "name": "Mapa nuevo"}
    assert await hub.log() == ["ClientChanged"]


async def test_a_program_ends_with_every_token_and_gets_no_more(hub: Talking) -> None:
    organization = await an_organization(hub)
    rosa = await speaker(hub, organization)
    client = await registered(hub, organization, rosa)
    two = [await token_of(hub, client, rosa) for _ in range(2)]
    assert codes(await hub.refuse(END, {"id": client, "reason": " "}, by=rosa)) == ["WORDS_MISSING"]
    await hub.forget()
    ended = (await hub.act(END, {"id": client, "reason": "Ya no existe"}, by=rosa))["client"]
    assert ended["endReason"] == "Ya no existe"
    assert {token["revokedAt"] for token in ended["tokens"]["nodes"]} == {ended["endedAt"]}
    assert [await reason(hub, who) for who in two] == ["TOKEN_REVOKED"] * 2
    assert await hub.log() == ["TokenRevoked", "TokenRevoked", "ClientEnded"]
    for mutation, variables in (
        (TOKEN, wanted(client)),
        (END, {"id": client, "reason": "x"}),
        (CHANGE, {"input": {"clientId": client, "name": "x"}}),
    ):
        assert codes(await hub.refuse(mutation, variables, by=rosa)) == ["CLIENT_ENDED"]


async def test_a_token_ends_with_its_program_at_the_latest(hub: Talking) -> None:
    organization = await an_organization(hub)
    with hub.at(NOON):
        rosa = await speaker(hub, organization, at=NOON)
        client = await registered(hub, organization, rosa, expiresAt=(NOON + 2 * DAY).isoformat())
        reader = await token_of(hub, client, rosa)
    with hub.at(NOON + 2 * DAY - dt.timedelta(seconds=1)):
        assert await reason(hub, reader) is None
    with hub.at(NOON + 2 * DAY):
        assert await reason(hub, reader) == "TOKEN_EXPIRED"
        refused = await hub.refuse(TOKEN, wanted(client), by=await here_in_person(hub, rosa, at=NOON + 2 * DAY))
        assert codes(refused) == ["CLIENT_ENDED"]


async def test_tokens_are_revoked_one_by_one_or_all_at_once(hub: Talking) -> None:
    organization = await an_organization(hub)
    rosa, other = await speaker(hub, organization), await speaker(hub, await an_organization(hub, "Otra"), "De otra")
    client = await registered(hub, organization, rosa)
    made = [(await hub.act(TOKEN, wanted(client), by=rosa)) for _ in range(3)]
    readers = [Somebody("a program", one["secret"]) for one in made]
    assert codes(await hub.refuse(REVOKE, {"id": made[0]["token"]["id"]}, by=other)) == ["NOT_FOUND"]
    assert (await hub.act(REVOKE, {"id": made[0]["token"]["id"]}, by=rosa))["token"] == {"id": made[0]["token"]["id"]}
    assert [await reason(hub, who) for who in readers] == ["TOKEN_REVOKED", None, None]
    assert (await hub.act(REVOKE_ALL, {"id": client}, by=rosa))["revoked"] == 2
    assert [await reason(hub, who) for who in readers] == ["TOKEN_REVOKED"] * 3
    assert await reason(hub, await token_of(hub, client, rosa)) is None


async def test_whoever_speaks_for_an_organisation_no_more_takes_no_token_along(hub: Talking) -> None:
    organization = await an_organization(hub)
    rosa, luis = await speaker(hub, organization), await speaker(hub, organization, "Luis Pech")
    client = await registered(hub, organization, rosa)
    hers, his = await token_of(hub, client, rosa), await token_of(hub, client, luis)
    (held,) = await hub.rows("SELECT id FROM representation WHERE person_id = :id", id=rosa.person_id)
    await hub.forget()
    await hub.act(LEAVE, {"id": f"Representation_{held['id']}"}, by=rosa)
    assert [await reason(hub, who) for who in (hers, his)] == ["TOKEN_REVOKED", None]
    assert codes(await hub.refuse(TOKEN, wanted(client), by=rosa)) == ["NOT_FOUND"]
    assert (await hub.ask(MINE, by=rosa))["clients"]["totalCount"] == 0
    assert await hub.log() == ["RepresentationEnded", "TokenRevoked"]


async def test_many_tokens_end_in_as_many_statements_as_one(hub: Talking) -> None:
    organization = await an_organization(hub)
    counted = []
    for name, programs, tokens in [("Rosa Canul", 1, 1), ("Luis Pech", 3, 2)]:
        leaving = await speaker(hub, organization, name)
        for _ in range(programs):
            client = await registered(hub, organization, leaving)
            for _ in range(tokens):
                await token_of(hub, client, leaving)
        (held,) = await hub.rows("SELECT id FROM representation WHERE person_id = :id", id=leaving.person_id)
        await hub.forget()
        with hub.writing() as statements:
            await hub.act(LEAVE, {"id": f"Representation_{held['id']}"}, by=leaving)
        counted.append(len([statement for statement in statements if TOUCHES_TOKENS.search(statement)]))
        assert await hub.log() == ["RepresentationEnded", *["TokenRevoked"] * programs * tokens]
    assert counted == [4, 4], "The programs, their tokens, that they are worthless, and the letters about them."


async def test_who_asked_to_speak_and_thought_better_of_it_ends_no_token(hub: Talking) -> None:
    organization = await an_organization(hub)
    rosa = await speaker(hub, organization)
    reader = await token_of(hub, await registered(hub, organization, rosa), rosa)
    ask = """mutation ($id: ID!) { askRepresentation(input: {organizationId: $id, powers: [ANSWER], evidence: "x"}) {
      representation { id } errors { code } } }"""
    ana = await here_in_person(hub, await a_citizen(hub))
    asked = await hub.act(ask, {"id": f"Organization_{organization}"}, by=ana)
    await hub.act(LEAVE, {"id": asked["representation"]["id"]}, by=ana)
    assert await reason(hub, reader) is None


async def test_a_found_token_is_revoked_without_a_word_about_it(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    """One in use, one revoked, one that never was, of every kind: the same answer, byte for byte, without a sign-in."""
    monkeypatch.setattr(ending, "SHOWN_FROM_A_NETWORK", 7)
    organization = await an_organization(hub)
    rosa = await speaker(hub, organization)
    reader = await token_of(hub, await registered(hub, organization, rosa), rosa)
    await hub.forget()
    tokens = [reader.token, reader.token, rosa.token, rosa.token, *map(new_token, (PERSONAL, OF_CLIENT, SIGN_IN))]
    async with hub.from_address("203.0.113.7") as finder, hub.from_address("203.0.113.8") as another:
        answers = {(await finder.post(REVOKE, {"token": token})).text for token in tokens}
        assert answers == {'{"data":{"revokeToken":{"token":null,"event":null,"errors":[]}}}'}
        assert [await reason(hub, who) for who in (reader, rosa)] == ["TOKEN_REVOKED", "SIGN_IN_OVER"]
        assert await hub.log() == ["TokenRevoked", "SignInEnded"]
        assert codes(await finder.refuse(REVOKE, {"token": new_token()})) == ["TOKENS_FROM_A_NETWORK"]
        await another.act(REVOKE, {"token": new_token()})


async def test_a_token_that_is_shown_by_many_at_once_is_revoked_once(hub: Talking) -> None:
    ana = await a_citizen(hub)
    await hub.forget()
    answers = await asyncio.gather(*(hub.post(REVOKE, {"token": ana.token}) for _ in range(5)))
    assert len({answer.text for answer in answers}) == 1
    assert await hub.log() == ["TokenRevoked"]


async def test_the_operator_gives_a_program_what_it_may_do(hub: Talking) -> None:
    """By the command: a token with a scope that the program did not have yet widens the program."""
    reader = await a_client(hub, scopes=(Scope.PUBLIC_READ, Scope.BULK_READ))
    assert (await hub.ask(WHO, by=reader))["viewer"]["scopes"] == ["bulk:read", "public:read"]
