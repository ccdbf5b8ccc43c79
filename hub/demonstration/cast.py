"""The people of the demonstration, all made up: a coordinator, an administrator, a citizen, a program, participants."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.demonstration import entering
from hub.demonstration.commission import CIVIC_GROUP
from hub.identity.appointing import grant_role
from hub.identity.confirming import sign_in
from hub.identity.creating import PersonDraft, create_account
from hub.identity.enrolling import ClientDraft, register_client
from hub.identity.granting import create_token
from hub.identity.models import Client, RoleGrant
from hub.identity.sign_in_models import SignInMethod
from hub.people.models import Account, Person
from hub.register.models import Entry
from hub.viewer import OF_A_PERSON, Grant, Role, Scope, Viewer

COORDINATOR = PersonDraft(display_name="Julia Ordaz Tello", public_profile=True, languages=("es", "en"))
CITIZEN = PersonDraft(display_name="Ximena Robles Ayala", public_profile=True)
ADMINISTRATOR = PersonDraft(display_name="Inés Galindo Paz")
PROGRAM = "Mapa de lo público"

TOKEN_LIFE = dt.timedelta(days=30)

GIVEN_NAMES = (
    "Abril", "Aurelio", "Beatriz", "Camila", "César", "Citlali", "Consuelo", "Damián", "Dolores", "Efraín",
    "Elvira",
    "Emiliano", "Fabiola", "Gerardo", "Guadalupe", "Hilario", "Inés", "Itzel", "Jacinto", "Josefina",
    "Leobardo",
    "Lourdes", "Malinalli", "Matías", "Nayeli", "Noé", "Octavio", "Paloma", "Ramiro", "Rosaura",
    "Santiago", "Tonatiuh",
    "Úrsula", "Vicente", "Xóchitl", "Yolanda",
)  # fmt: skip
SURNAMES = (
    "Aguirre", "Barajas", "Cázares", "Chávez", "Domínguez", "Escobedo", "Figueroa", "Galindo", "Huerta",
    "Ibarra",
    "Juárez", "Ku", "Landeros", "Mondragón", "Navarrete", "Ñáñez", "Orozco", "Pech", "Quiroz", "Rentería",
    "Saucedo",
    "Tzompantzi", "Urrutia", "Valadez", "Xicoténcatl", "Yáñez", "Zepeda",
)  # fmt: skip


@dataclass(frozen=True)
class Tokens:
    """What the demonstration hands out: one token for each way of using the hub."""

    citizen: str
    coordinator: str
    program: str
    administrator: str


async def enter(change: Change, commission: UUID) -> Viewer:
    """Let the cast enter the stage where it is not there yet; return the coordinator as a viewer."""
    citizen = await account_of(change, CITIZEN.display_name) or await create_account(change, CITIZEN)
    await entering.give_door(change, citizen, entering.CITIZEN)
    account = await account_of(change, COORDINATOR.display_name)
    if account is None:
        account = await create_account(change, COORDINATOR)
    await entering.give_door(change, account, entering.COORDINATOR)
    granted = select(RoleGrant.id).filter_by(account_id=account.id, body_id=commission)
    if await change.session.scalar(granted) is None:
        await grant_role(change, account_id=account.id, role=Role.COORDINATOR, body_id=commission)
    if await account_of(change, ADMINISTRATOR.display_name) is None:
        administrator = await create_account(change, ADMINISTRATOR)
        await grant_role(change, account_id=administrator.id, role=Role.ADMINISTRATOR)
    if await change.session.scalar(select(Client.id).filter_by(name=PROGRAM)) is None:
        owner = await change.session.scalar(select(Entry.id).filter_by(imported_from=CIVIC_GROUP))
        purpose = "Muestra en un mapa qué se consulta en cada municipio y qué se contestó."
        program = ClientDraft(name=PROGRAM, purpose=purpose, contact="mapa@organizacion.example")
        await register_client(change, program, organization_id=owner)
    return viewer_of(account, Grant(Role.COORDINATOR, commission))


async def hand_out(change: Change) -> Tokens:
    """Make a token for each, new at every start: the secrets of earlier ones are kept nowhere."""
    citizen = await account_of(change, CITIZEN.display_name)
    coordinator = await account_of(change, COORDINATOR.display_name)
    administrator = await account_of(change, ADMINISTRATOR.display_name)
    program = await change.session.scalar(select(Client).filter_by(name=PROGRAM))
    if citizen is None or coordinator is None or administrator is None or program is None:
        raise RuntimeError("The cast enters before it is handed anything.")
    answering = {Scope.PUBLIC_READ, Scope.ME_READ, Scope.RESPONSES_WRITE}
    given = [
        await create_token(change, account_id=citizen.id, name="citizen", scopes=answering, life=TOKEN_LIFE),
        await create_token(change, account_id=coordinator.id, name="coordinator", scopes=OF_A_PERSON, life=TOKEN_LIFE),
        await create_token(change, client_id=program.id, name="program", scopes={Scope.PUBLIC_READ}, life=TOKEN_LIFE),
    ]
    # No token is an administrator, so this one is signed in, as if by a code.
    await sign_in(change, administrator, method=SignInMethod.MAIL)
    answers, coordinates, reads = (secret for _token, secret in given)
    return Tokens(citizen=answers, coordinator=coordinates, program=reads, administrator=change.secrets["token"])


async def invite(change: Change, count: int, *, chance: random.Random) -> list[Viewer]:
    """Make accounts for so many participants."""
    invited = []
    for _ in range(count):
        name = f"{chance.choice(GIVEN_NAMES)} {chance.choice(SURNAMES)} {chance.choice(SURNAMES)}"
        languages = ("en", "es") if chance.random() < 0.06 else ("es",)
        invited.append(viewer_of(await create_account(change, PersonDraft(display_name=name, languages=languages))))
    return invited


def viewer_of(account: Account, *grants: Grant, languages: tuple[str, ...] | None = None) -> Viewer:
    """Return the holder of an account as one who may use all of it."""
    return Viewer(
        account_id=account.id,
        person_id=account.person_id,
        scopes=OF_A_PERSON,
        grants=grants,
        languages=languages or (account.locale,),
    )


async def account_of(change: Change, name: str) -> Account | None:
    """Return the account of somebody of the demonstration, if they have one."""
    found = select(Account).join(Person, Person.id == Account.person_id).where(Person.display_name == name)
    account: Account | None = await change.session.scalar(found.order_by(Account.id).limit(1))
    return account
