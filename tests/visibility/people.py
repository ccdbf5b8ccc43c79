"""Those who look, by the letters of the table: each with the roles, the representation or the program that it says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from uuid import UUID

from hub.bodies import joining, leaving
from hub.bodies.arranging import Charter, adopt_charter
from hub.bodies.balancing import adopt_parity_rule
from hub.bodies.parity_models import ParityConsequence, ParityDimension
from hub.bodies.seating import Sitter, Term, propose_member
from hub.identity.appointing import end_role, grant_role
from hub.identity.enrolling import ClientDraft, end_client, register_client
from hub.identity.granting import create_token
from hub.people.models import Power
from hub.people.representing import ask, end, grant
from hub.text import written
from hub.viewer import Grant, Role, Scope, Viewer
from tests.cast import LIFE, a_citizen, a_visitor, here_in_person
from tests.making.bodies import a_body, a_membership, a_seat
from tests.making.people import an_organization
from tests.talking import Somebody, Talking
from tests.visibility.table import VIEWERS

NOW = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)
BEFORE = NOW - dt.timedelta(days=60)
"""When everybody came and everything began that is not part of a consultation."""


@dataclass
class Cast:
    """The bodies and the organisations, and everybody who looks at what is in them."""

    hub: Talking
    body: UUID
    elsewhere: UUID
    hidden_body: UUID
    organization: UUID
    other_organization: UUID
    hidden_organization: UUID
    words: dict[str, str]
    """What was written about people, by the line of the table that it belongs to."""
    viewers: dict[str, Somebody] = field(default_factory=dict)
    others: list[Somebody] = field(default_factory=list)
    """Those who are there and do not look."""
    grants: dict[str, UUID] = field(default_factory=dict)
    representations: dict[str, UUID] = field(default_factory=dict)
    ended_client: UUID = field(default_factory=lambda: UUID(int=0))
    charters: dict[str, list[UUID]] = field(default_factory=dict)
    seats: dict[str, UUID] = field(default_factory=dict)
    memberships: dict[str, UUID] = field(default_factory=dict)
    agreement: UUID = field(default_factory=lambda: UUID(int=0))
    """The draft of one."""
    motions: dict[str, UUID] = field(default_factory=dict)
    votes: dict[str, UUID] = field(default_factory=dict)

    @property
    def secrets(self) -> list[str]:
        """Return every token that was told to somebody."""
        return [who.token for who in (*self.viewers.values(), *self.others) if who.token is not None]


async def the_cast(hub: Talking, words: dict[str, str]) -> Cast:
    """Everybody, as of now."""
    body = await a_body(hub, at=BEFORE)
    elsewhere = await a_body(hub, "Comisión de Archivos", acronym="CA", at=BEFORE)
    hidden = await a_body(hub, "Comisión escondida", acronym="CE", at=BEFORE)
    organization = await an_organization(hub, at=BEFORE)
    other = await an_organization(hub, "Otra organización", at=BEFORE)
    gone = await an_organization(hub, "Organización escondida", at=BEFORE)
    cast = Cast(hub, body, elsewhere, hidden, organization, other, gone, words)
    await _charters(cast)
    await _citizens(cast)
    await _officers(cast)
    await _members(cast)
    await _speakers(cast)
    await _programs(cast)
    return cast


async def _charters(cast: Cast) -> None:
    """What the body, and one that is hidden, were and are charged with."""
    for name, body in (("body", cast.body), ("hidden", cast.hidden_body)):
        async with cast.hub.change(at=BEFORE) as change:
            await adopt_charter(change, body, Charter(remit=written(es="Lo que le toca.")))
        found = await cast.hub.rows("SELECT id FROM body_charter WHERE body_id = :id", id=body)
        cast.charters[name] = [row["id"] for row in found]


async def _citizens(cast: Cast) -> None:
    """Visitors, citizens, and those who answer and are not looked through the eyes of."""
    hub = cast.hub
    cast.viewers["V"] = a_visitor()
    for letter in "CORF":
        name = cast.words["Response.respondentName: let be published"] if letter == "O" else f"{letter} Robles"
        cast.viewers[letter] = await a_citizen(hub, name, at=BEFORE)
    named = cast.words["Person.displayName: of who answered without a name"]
    cast.others = [await a_citizen(hub, named, at=BEFORE), await a_citizen(hub, "Pública", public_profile=True, at=NOW)]


async def _officers(cast: Cast) -> None:
    """Those who hold a role or held one; the coordinator is known by name, and her profile is not public."""
    held: dict[str, list[tuple[Role, UUID | None]]] = {
        "N": [(Role.ANALYST, cast.body)],
        "K": [(Role.COORDINATOR, cast.body)],
        "S": [(Role.SECRETARY, cast.body)],
        "E": [(role, cast.elsewhere) for role in (Role.COORDINATOR, Role.SECRETARY, Role.ANALYST)],
        "F": [(Role.SECRETARY, cast.body), (Role.ANALYST, cast.body)],
        "D": [(Role.ADMINISTRATOR, None)],
    }
    bystander = await a_citizen(cast.hub, "Secretaria escondida", at=BEFORE)
    cast.others.append(bystander)
    for letter, roles in held.items():
        name = cast.words["RoleGrant.personName: the coordinator's"] if letter == "K" else f"{letter} Pech"
        somebody = cast.viewers.get(letter) or await a_citizen(cast.hub, name, at=BEFORE)
        lasting = tuple(Grant(role, body) for role, body in roles if letter not in "FD")
        cast.viewers[letter] = replace(somebody, viewer=replace(somebody.viewer, grants=lasting))
        for role, body in roles:
            cast.grants[f"{letter} {role}"] = await _granted(cast, somebody, role, body, letter)
    cast.grants["hidden"] = await _granted(cast, bystander, Role.SECRETARY, cast.hidden_body, "")
    for role in (Role.SECRETARY, Role.ANALYST):
        async with cast.hub.change(at=BEFORE + dt.timedelta(days=5)) as change:
            reason = cast.words["RoleGrant.endReason: of who kept the papers once"]
            await end_role(change, cast.grants[f"F {role}"], reason=reason if role is Role.SECRETARY else "Se fue.")


async def _granted(cast: Cast, who: Somebody, role: Role, body: UUID | None, letter: str) -> UUID:
    reason = cast.words["RoleGrant.reason: the coordinator's"] if letter == "K" else "Hacía falta."
    async with cast.hub.change(at=BEFORE) as change:
        given = await grant_role(change, account_id=who.account_id, role=role, body_id=body, reason=reason)
    return given.id


async def _members(cast: Cast) -> None:
    """One who sits in the body, one who did, Ana who is proposed, and one in a body that is hidden."""
    hub = cast.hub
    member = await a_citizen(hub, "M Pech", at=BEFORE)
    cast.viewers["M"] = replace(member, viewer=replace(member.viewer, grants=(Grant(Role.MEMBER, cast.body),)))
    seated = {"body": (cast.body, "M"), "once": (cast.body, "F"), "hidden": (cast.hidden_body, "hidden")}
    for ordinal, (seat, (body, letter)) in enumerate(seated.items(), start=1):
        cast.seats[seat] = await a_seat(hub, body, ordinal=ordinal, at=BEFORE)
        who = cast.viewers.get(letter, cast.others[-1])
        cast.memberships[letter] = await a_membership(
            hub, cast.seats[seat], f"{letter} Pech", by=who, since=BEFORE, at=BEFORE
        )
    async with hub.change(at=BEFORE + dt.timedelta(days=5)) as change:
        reason = cast.words["Membership.reason: of who sat there once"]
        await leaving.end(change, cast.memberships["F"], reason=reason)
    cast.seats["proposed"] = await a_seat(hub, cast.body, ordinal=4, at=BEFORE)
    async with hub.change(at=BEFORE) as change:
        sitter = Sitter(name="O Robles", term=Term(since=BEFORE), person_id=cast.viewers["O"].person_id)
        proposed = await propose_member(change, cast.seats["proposed"], sitter)
    cast.memberships["O"] = proposed.id
    for name, body in (("rule", cast.body), ("hidden rule", cast.hidden_body)):
        async with hub.change(at=BEFORE) as change:
            sector, warn = ParityDimension.SECTOR, ParityConsequence.WARN
            rule = await adopt_parity_rule(change, body, dimension=sector, tolerance=10, consequence=warn)
        cast.seats[name] = rule.id
    async with hub.change(cast.viewers["O"].viewer, at=NOW) as change:
        asked = await joining.ask_to_join(change, cast.body, statement="Quiero ayudar.")
    async with hub.change(at=NOW) as change:
        wanted = cast.organization
        invited = await joining.invite(change, cast.seats["once"], statement="Hace falta.", organization_id=wanted)
    cast.memberships |= {"asked": asked.id, "invited": invited.id}
    await hub.run("UPDATE membership SET gender = 'woman' WHERE id = :id", id=cast.memberships["M"])


async def _speakers(cast: Cast) -> None:
    """One who speaks for the organisation, one who asks to, one who did."""
    for letter, evidence in (("R", "Foja 3."), ("F", "Foja 4."), ("O", "")):
        who = cast.viewers[letter]
        async with cast.hub.change(who.viewer, at=BEFORE) as change:
            told = evidence or cast.words["Representation.evidence: asked for by Ana"]
            asked = await ask(change, cast.organization, powers=[Power.ANSWER], evidence=told)
        cast.representations[letter] = asked.id
    for letter in "RF":
        async with cast.hub.change(at=BEFORE) as change:
            await grant(change, cast.representations[letter])
    async with cast.hub.change(at=BEFORE + dt.timedelta(days=5)) as change:
        await end(change, cast.representations["F"], reason="Ya no habla por ella.")
    speaks = replace(cast.viewers["R"].viewer, represents=(cast.organization,))
    cast.viewers["R"] = replace(cast.viewers["R"], viewer=speaks)


async def _programs(cast: Cast) -> None:
    """The program of the organisation, one of it that has ended, and that of another."""
    contact = cast.words["Client.contact: of the organisation"]
    for letter, organization in (("P", cast.organization), ("Q", cast.other_organization)):
        address = f"{contact}@correo.example" if letter == "P" else "otra@correo.example"
        async with cast.hub.change(at=BEFORE) as change:
            draft = ClientDraft(name=VIEWERS[letter], purpose="Mostrar qué se consulta.", contact=address)
            client = await register_client(change, draft, organization_id=organization)
            _, token = await create_token(
                change, client_id=client.id, name="de programa", scopes=[Scope.PUBLIC_READ], life=LIFE
            )
        scopes = frozenset({Scope.PUBLIC_READ})
        cast.viewers[letter] = Somebody(VIEWERS[letter], token, Viewer(client_id=client.id, scopes=scopes))
    async with cast.hub.change(at=BEFORE) as change:
        draft = ClientDraft(name="Uno de antes", purpose="Lo que sea.", contact="antes@correo.example")
        ended = await register_client(change, draft, organization_id=cast.organization)
    async with cast.hub.change(at=NOW) as change:
        await end_client(change, ended.id, reason=cast.words["Client.endReason: of an ended one"])
    cast.ended_client = ended.id


async def narrow_tokens(cast: Cast) -> dict[str, Somebody]:
    """Return everybody who may see more than others, by a token that was made to read what is public."""
    narrow = {}
    for letter in "ORKE":
        async with cast.hub.change(at=BEFORE) as change:
            account_id, scopes = cast.viewers[letter].account_id, [Scope.PUBLIC_READ]
            _, token = await create_token(change, account_id=account_id, name="estrecho", scopes=scopes, life=LIFE)
        narrow[letter] = replace(cast.viewers[letter], token=token, name=VIEWERS["V"])
    return narrow


async def all_here(cast: Cast) -> dict[str, Somebody]:
    """Return everybody who looks, each person signed in, under the names that the watch over canaries knows."""
    here = {}
    for letter, who in cast.viewers.items():
        somebody = await here_in_person(cast.hub, who, at=NOW) if who.viewer.person_id else who
        here[letter] = replace(somebody, name=VIEWERS[letter])
    return here
