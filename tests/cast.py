"""The people of the tests, and the programs: each is made by the hub's own activities and gets a token.

::

    ana = await a_citizen(hub)
    julia = await a_coordinator_of(hub, commission)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from hub.identity.appointing import grant_role
from hub.identity.confirming import sign_in
from hub.identity.creating import PersonDraft, create_account
from hub.identity.enrolling import ClientDraft, register_client
from hub.identity.granting import create_token
from hub.identity.models import VerificationMethod
from hub.identity.sign_in_models import SignInMethod
from hub.identity.verifying import grant_verification
from hub.people.models import Account, Power
from hub.viewer import ANONYMOUS, OF_A_PERSON, Grant, Role, Scope, Viewer
from tests.making.people import a_valid_representation
from tests.talking import Somebody, Talking

EVERY_SCOPE = OF_A_PERSON
LIFE = dt.timedelta(days=90)


def a_visitor() -> Somebody:
    """Nobody in particular."""
    return Somebody("a visitor", None, ANONYMOUS)


async def a_citizen(
    hub: Talking,
    name: str = "Ana Robles",
    *,
    public_profile: bool = False,
    languages: tuple[str, ...] = ("es",),
    scopes: Collection[Scope] = EVERY_SCOPE,
    grants: Collection[tuple[Role, UUID | None]] = (),
    at: dt.datetime | None = None,
    life: dt.timedelta = LIFE,
) -> Somebody:
    """Somebody with an account and a token of every scope (or only of these)."""
    async with hub.change(at=at) as change:
        draft = PersonDraft(display_name=name, public_profile=public_profile, languages=languages)
        account = await create_account(change, draft)
        for role, body_id in grants:
            await grant_role(change, account_id=account.id, role=role, body_id=body_id)
        _, secret = await create_token(change, account_id=account.id, name="test", scopes=scopes, life=life)
        viewer = Viewer(
            account_id=account.id,
            person_id=account.person_id,
            scopes=frozenset(scopes),
            grants=tuple(Grant(role, body_id) for role, body_id in grants if role is not Role.ADMINISTRATOR),
            languages=languages,
        )
    return Somebody(name, secret, viewer)


async def a_coordinator_of(hub: Talking, body_id: UUID, name: str = "Julia Ordaz", **known: object) -> Somebody:
    """Somebody who leads a body."""
    return await a_citizen(hub, name, grants=[(Role.COORDINATOR, body_id)], **known)  # type: ignore[arg-type]


async def a_secretary_of(hub: Talking, body_id: UUID, name: str = "Luis Pech", **known: object) -> Somebody:
    """Somebody who keeps a body's papers."""
    return await a_citizen(hub, name, grants=[(Role.SECRETARY, body_id)], **known)  # type: ignore[arg-type]


async def an_analyst_of(hub: Talking, body_id: UUID, name: str = "Noé Ku", **known: object) -> Somebody:
    """Somebody who drafts a body's consultations and reads what came in."""
    return await a_citizen(hub, name, grants=[(Role.ANALYST, body_id)], **known)  # type: ignore[arg-type]


async def a_representative_of(
    hub: Talking,
    organization_id: UUID,
    name: str = "Rosa Canul",
    *,
    powers: Collection[Power] = (Power.ANSWER,),
    at: dt.datetime | None = None,
    **known: Any,
) -> Somebody:
    """Somebody who speaks for an organisation."""
    somebody = await a_citizen(hub, name, at=at, **known)
    await a_valid_representation(hub, somebody, organization_id, powers=powers, at=at)
    represents = (organization_id,) if Power.ANSWER in powers else ()
    return replace(somebody, viewer=replace(somebody.viewer, represents=represents))


async def a_verified_citizen(
    hub: Talking,
    name: str = "Beatriz Mendoza",
    *,
    curp: str = "BEML920313HCMLNS09",
    days: int = 365,
    at: dt.datetime | None = None,
    **known: Any,
) -> Somebody:
    """Somebody of whom it was made sure that they are one natural person."""
    somebody = await a_citizen(hub, name, at=at, **known)
    async with hub.change(at=at) as change:
        method = VerificationMethod.IN_PERSON
        claim = await grant_verification(change, somebody.account_id, method=method, document=curp, days=days)
    return replace(somebody, viewer=replace(somebody.viewer, verification=claim.token))


async def an_administrator(hub: Talking, name: str = "Inés Galindo", **known: Any) -> Somebody:
    """Somebody who runs the platform; a token does not carry that power."""
    return await a_citizen(hub, name, grants=[(Role.ADMINISTRATOR, None)], **known)


async def a_client(
    hub: Talking,
    name: str = "Mapa de lo público",
    *,
    organization_id: UUID | None = None,
    scopes: Collection[Scope] = (Scope.PUBLIC_READ,),
) -> Somebody:
    """A program of an organisation."""
    async with hub.change() as change:
        purpose = "Muestra en un mapa qué se consulta."
        draft = ClientDraft(name=name, purpose=purpose, scopes=frozenset(scopes))
        client = await register_client(change, draft, organization_id=organization_id)
        _, secret = await create_token(change, client_id=client.id, name="test", scopes=scopes, life=LIFE)
    return Somebody(name, secret, Viewer(client_id=client.id, scopes=frozenset(scopes)))


async def here_in_person(hub: Talking, somebody: Somebody, *, at: dt.datetime | None = None) -> Somebody:
    """The same person, signed in: with every power that a program's token does not carry."""
    async with hub.change(at=at) as change:
        account = await change.session.get_one(Account, somebody.account_id)
        signed_in = await sign_in(change, account, method=SignInMethod.MAIL)
        token = change.secrets["token"]
    grants = somebody.viewer.grants
    return replace(somebody, token=token, viewer=replace(somebody.viewer, sign_in_id=signed_in.id, grants=grants))
