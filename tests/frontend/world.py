"""A world to look at: a served hub with the demonstration in it, and browsers of people who have done things there."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from hub.clock import now
from hub.demonstration.loading import load
from hub.files.store import Store
from hub.identity.appointing import grant_role
from hub.importing.summary import Unwatched
from hub.viewer import Role
from tests.bodies.acting import act
from tests.browser import Chromium, visiting
from tests.consultations.asking import CREATE, SAVE, SUBMIT, a_draft, a_question, es
from tests.frontend.commissioned import a_whole_study, an_answer_in_sight
from tests.frontend.everywhere import ANSWERED, CITIZEN, EVERYBODY, OFFICER, Look
from tests.frontend.served import Place, a_place
from tests.talking import Somebody

PEOPLE = {CITIZEN: "ana@correo.example", ANSWERED: "beto@correo.example", OFFICER: "julia@correo.example"}

IDS = {
    "open": "SELECT 'Consultation_' || id AS id FROM consultation WHERE state = 'open'",
    "closed": "SELECT 'Consultation_' || id AS id FROM consultation"
    " WHERE state = 'closed' AND identity_policy <> 'imported'",
    "imported": "SELECT 'Consultation_' || id AS id FROM consultation WHERE identity_policy = 'imported'",
    "mandate": "SELECT 'Mandate_' || m.id AS id FROM mandate m JOIN consultation c ON c.mandate_id = m.id"
    " WHERE c.state = 'open'",
    "body": "SELECT 'Body_' || body_id AS id FROM consultation WHERE state = 'open'",
    "instrument": "SELECT 'Instrument_' || id AS id FROM instrument WHERE state = 'published'",
    "agreement": "SELECT 'Agreement_' || id AS id FROM agreement WHERE state = 'signed'",
    "organization": "SELECT 'Organization_' || id AS id FROM organization ORDER BY id",
    "session": "SELECT 'Session_' || session_id AS id FROM minutes WHERE state = 'published' ORDER BY session_id",
    "convened": "SELECT 'Session_' || id AS id FROM session WHERE state = 'convened' ORDER BY starts_at",
    "vote": "SELECT 'VoteEvent_' || id AS id FROM vote_event WHERE state = 'closed' AND method <> 'secret' ORDER BY id",
    "paper": "SELECT 'Document_' || d.id AS id FROM document d JOIN consultation c ON c.body_id = d.body_id"
    " WHERE c.state = 'open' AND d.withdrawn_at IS NULL ORDER BY d.id",
    "response": "SELECT 'Response_' || r.id AS id FROM response r JOIN consultation c ON c.id = r.consultation_id"
    " WHERE c.state = 'closed' AND c.identity_policy <> 'imported' AND r.consent = 'without_name' ORDER BY r.id",
}

ASKED = """query ($id: ID!) { node(id: $id) { ... on Consultation {
  noticeHash revision { id questions(first: 100) { nodes { code kind required options { code } } } } } } }"""

ASK_REPRESENTATION = """mutation ($input: AskRepresentationInput!) { askRepresentation(input: $input) {
  representation { id } errors { code path } } }"""
GRANT_REPRESENTATION = """mutation ($input: GrantRepresentationInput!) { grantRepresentation(input: $input) {
  representation { id } errors { code path } } }"""
ASK_TO_JOIN, INVITE = (act(name, "joinRequest", "id") for name in ("askToJoin", "inviteMember"))
CREATE_SEAT = act("createSeat", "seat", "id")
PROPOSE, SEAT = (act(name, "membership", "id") for name in ("proposeMember", "seatMember"))
CREATE_CLIENT = """mutation ($input: CreateClientInput!) { createClient(input: $input) {
  client { id } errors { code path } } }"""
CREATE_TOKEN = """mutation ($input: CreateTokenInput!) { createToken(input: $input) {
  token { id } errors { code path } } }"""


class World:
    """Where everything is, and what the browsers of its people keep."""

    def __init__(self, place: Place, ids: dict[str, str], states: dict[str, Any]) -> None:
        self.place, self.ids, self.states = place, ids, states

    def cookies(self, who: str) -> dict[str, str]:
        """Return what somebody's browser keeps, for a program that goes in their place."""
        state = self.states[who] or {"cookies": []}
        return {cookie["name"]: cookie["value"] for cookie in state["cookies"]}

    def address(self, look: Look, *, language: str = "es") -> str:
        """Return where a page is."""
        filled = {name: value[1:] if value[0] == "=" else self.ids[value] for name, value in look.fill.items()}
        known = {"id": self.ids[look.of], **filled}
        path, query = look.pattern.format(**known), look.query.format(**known)
        tag = "" if language == "es" else f"/{language}"
        return f"{self.place.home}{tag}{path if path != '/' or not tag else ''}{query}"


@asynccontextmanager
async def a_world(url: str, data: Path, folder: Path, chromium: Chromium) -> AsyncIterator[World]:
    """Load the demonstration, serve it, and have people sign in, begin to answer, answer, and draft."""
    async with a_place(url, data, folder) as place:
        await load(place.hub.hub.changes, Store(data), progress=Unwatched())
        states: dict[str, Any] = {EVERYBODY: None}
        people: dict[str, Somebody] = {}
        for who, email in PEOPLE.items():
            async with visiting(chromium, place.home) as visitor:
                await place.sign_in(visitor, email)
                states[who] = await visitor.page.context.storage_state()
            people[who] = Somebody(who, next(c["value"] for c in states[who]["cookies"] if c["name"] == "hub-session"))
        await _appoint(place)
        ids = {name: (await place.hub.rows(f"{query} LIMIT 1"))[0]["id"] for name, query in IDS.items()}
        ids |= {"draft": await _draft(place, people[OFFICER], ids["body"]), "first": "0", "question": "tarde"}
        await _answer(place, ids["open"], people)
        body = UUID(ids["body"].partition("_")[2])
        ids["study"] = await a_whole_study(place.hub, body)
        ids["answered"], ids["statement"] = await an_answer_in_sight(place.hub, body)
        ids |= await _speak(place, ids["organization"], people)
        ids |= await _join(place, ids["body"], people)
        yield World(place, ids, states)


async def _appoint(place: Place) -> None:
    """Make whoever signed in last a coordinator of the commission that the open consultation is of."""
    (account,) = await place.hub.rows("SELECT account_id FROM mail_address ORDER BY account_id DESC LIMIT 1")
    (consultation,) = await place.hub.rows("SELECT body_id FROM consultation WHERE state = 'open' LIMIT 1")
    async with place.hub.change() as change:
        await grant_role(change, role=Role.COORDINATOR, **account, **consultation)
    place.hub.hub.authenticator._known.clear()


async def _draft(place: Place, julia: Somebody, body: str) -> str:
    """Draft a consultation with much that is missing."""
    questions = [
        a_question("agua"),
        a_question("tarde", displayRule="agua = no", options=[]),
        {"code": "escala", "kind": "SCALE", "title": es("¿Cuánta confianza tienes?"), "minimum": 0, "maximum": 10},
        {"code": "lugar", "kind": "PLACE", "title": es("¿Dónde vives?"), "placeKind": "MUNICIPALITY"},
    ]
    sections = [{"title": es("Servicios"), "questions": questions}, {"title": es("Lo demás"), "questions": []}]
    draft = a_draft(UUID(body.partition("_")[2]), questionnaire={"sections": sections}, unfinished=True)
    created = await place.hub.act(CREATE, {"input": draft}, by=julia)
    return str(created["consultation"]["id"])


async def _speak(place: Place, organization: str, people: dict[str, Somebody]) -> dict[str, str]:
    """Have one citizen speak for an organisation, with a program and a token, and another one ask to."""
    asked = {"organizationId": organization, "powers": ["ANSWER", "PUBLISH"], "evidence": "Acta 12 de la asamblea."}
    ids: dict[str, str] = {}
    for name, who in (("representation", CITIZEN), ("asked", ANSWERED)):
        answer = await place.hub.act(ASK_REPRESENTATION, {"input": asked}, by=people[who])
        ids[name] = answer["representation"]["id"]
    granted = {"representationId": ids["representation"]}
    await place.hub.act(GRANT_REPRESENTATION, {"input": granted}, by=people[OFFICER])
    place.hub.hub.authenticator._known.clear()
    program = {
        "organizationId": organization,
        "name": "Mapa de lo público",
        "purpose": "Muestra en un mapa qué se consulta.",
        "contact": "mapa@colectivo.example",
    }
    answer = await place.hub.act(CREATE_CLIENT, {"input": program}, by=people[CITIZEN])
    token = {"name": "lector", "scopes": ["public:read"], "expiresAt": (now() + dt.timedelta(days=30)).isoformat()}
    made = await place.hub.act(CREATE_TOKEN, {"input": token}, by=people[CITIZEN])
    return {**ids, "client": answer["client"]["id"], "token": made["token"]["id"]}


async def _join(place: Place, body: str, people: dict[str, Somebody]) -> dict[str, str]:
    """Have citizens ask to join the commission, be invited, proposed and seated there, in seats without a vote."""
    wanted = {"bodyId": body, "statement": "Llevo diez años abriendo datos de mi municipio."}
    asked = await place.hub.act(ASK_TO_JOIN, {"input": wanted}, by=people[CITIZEN])
    persons, seats = {}, []
    for who in (CITIZEN, ANSWERED):
        viewer = (await place.hub.ask("{ viewer { person { id displayName } } }", by=people[who]))["viewer"]
        persons[who] = {"personId": viewer["person"]["id"], "name": viewer["person"]["displayName"]}
        given = {"bodyId": body, "post": "GUEST", "sector": "CITIZENS", "voting": False, "ordinal": 90}
        seats.append((await place.hub.act(CREATE_SEAT, {"input": given}, by=people[OFFICER]))["seat"]["id"])
    free, taken = seats
    offer = {"seatId": free, "personId": persons[ANSWERED]["personId"], "statement": "Tus respuestas nos sirvieron."}
    invited = await place.hub.act(INVITE, {"input": offer}, by=people[OFFICER])
    proposed = await place.hub.act(PROPOSE, {"input": {"seatId": free, **persons[CITIZEN]}}, by=people[OFFICER])
    seated = await place.hub.act(SEAT, {"input": {"seatId": taken, **persons[ANSWERED]}}, by=people[OFFICER])
    return {
        "join_request": asked["joinRequest"]["id"],
        "invitation": invited["joinRequest"]["id"],
        "proposal": proposed["membership"]["id"],
        "membership": seated["membership"]["id"],
    }


async def _answer(place: Place, consultation: str, people: dict[str, Somebody]) -> None:
    """Have one citizen begin to answer, and another one answer."""
    node = (await place.hub.ask(ASKED, {"id": consultation}))["node"]
    answers = [{"question": q["code"], **_some(q)} for q in node["revision"]["questions"]["nodes"] if q["required"]]
    given = {"consultationId": consultation, "revisionId": node["revision"]["id"]}
    begun = {**given, "answers": answers[:1], "lastSection": 1}
    await place.hub.act(SAVE, {"input": begun}, by=people[CITIZEN])
    whole = {**given, "answers": answers, "consent": "WITHOUT_NAME", "noticeHash": node["noticeHash"]}
    await place.hub.act(SUBMIT, {"input": whole}, by=people[ANSWERED])


def _some(question: dict[str, Any]) -> dict[str, Any]:
    codes = [option["code"] for option in question["options"]]
    return {"options": codes[:1]} if question["kind"] == "MULTIPLE_CHOICE" else {"option": codes[0]}
