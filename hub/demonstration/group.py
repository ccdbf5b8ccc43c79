"""The working group of the commission: three sectors in balance, a vacant seat, and somebody who asks to join."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import select

from hub.bodies.arranging import Charter, adopt_charter
from hub.bodies.balancing import adopt_parity_rule, declare_gender
from hub.bodies.joining import ask_to_join
from hub.bodies.models import Body, BodyKind
from hub.bodies.parity_models import ParityConsequence, ParityDimension
from hub.bodies.registering import BodyDraft, register_body
from hub.bodies.seat_models import Gender, Membership, Post, Sector
from hub.bodies.seating import SeatDraft, create_seat
from hub.changes.change import Change, Changes
from hub.clock import day_of
from hub.demonstration import cast
from hub.demonstration.papers import attach
from hub.demonstration.seats import ACADEMIA, CITIZENS, CIVIL_SOCIETY, SOUTHEAST, Commission, Place, seat_place
from hub.demonstration.telling import ONE_DAY, Story, named
from hub.files.attaching import DocumentDraft
from hub.files.models import DocumentRole, DocumentSight
from hub.files.store import Store
from hub.importing.summary import Progress
from hub.people.models import Account
from hub.register.models import CreatedVia, Entry
from hub.text import written
from hub.viewer import SYSTEM, Viewer

GROUP = "demonstration:body:water-data"

FOUNDED, CHARTERED, BALANCED, DECLARED, SHARED, ASKED = 20, 34, 36, 40, 78, 94
"""The days of its life, counted from that on which the commission began."""

NAME = written(es="Grupo de Trabajo de Datos del Agua", en="Working Group on Water Data")
REMIT = written(
    es="Propone qué datos del agua publicar y en qué formato, con quienes los producen y quienes los usan.",
    en="Proposes which data on water to publish and in which format, with those who produce and those who use them.",
)
CHARTER = Charter(
    remit=written(
        es="Propone qué datos del agua publicar, con qué campos y en qué formato; los prueba con personas que los usan "
        "y da cuenta a la Comisión cada tres meses.",
        en="Proposes which data on water to publish, with which fields and in which format; tries them with people who "
        "use them, and reports to the Commission every three months.",
    ),
    legal_basis=written(
        es="Reglas de sesión de la Comisión, apartado de grupos de trabajo (inventadas para la demostración).",
        en="Rules of session of the Commission, part on working groups (made up for the demonstration).",
    ),
    reason=written(
        es="Se agregan la prueba con personas usuarias y el informe trimestral.",
        en="The trial with users and the report every three months are added.",
    ),
)

PLACES = (
    Place(
        name=CITIZENS,
        post=Post.COORDINATOR,
        sector=Sector.CIVIL_SOCIETY,
        title=written(es="Coordinación del grupo", en="Coordinator of the group"),
    ),
    Place(
        name="Lidia Montejo Arcos",
        post=Post.SECRETARY,
        sector=Sector.GOVERNMENT,
        title=written(es="Secretaría del grupo", en="Secretary of the group"),
    ),
    Place(name=SOUTHEAST, sector=Sector.GOVERNMENT, title=written(es="Gobierno", en="Government")),
    Place(name=CIVIL_SOCIETY, sector=Sector.CIVIL_SOCIETY, title=written(es="Sociedad civil", en="Civil society")),
    Place(name=ACADEMIA, sector=Sector.ACADEMIA, title=written(es="Academia", en="Academia")),
)
VACANT = SeatDraft(
    post=Post.MEMBER,
    sector=Sector.ACADEMIA,
    ordinal=len(PLACES) + 1,
    voting=True,
    title=written(es="Academia", en="Academia"),
)

GENDERS = {CITIZENS: Gender.WOMAN, SOUTHEAST: Gender.WOMAN, CIVIL_SOCIETY: Gender.WOMAN, ACADEMIA: Gender.MAN}

RULES = (
    (
        ParityDimension.SECTOR,
        10,
        ParityConsequence.BLOCK_VOTE,
        written(es="Ningún sector decide solo.", en="No sector decides by itself."),
    ),
    (
        ParityDimension.GENDER,
        20,
        ParityConsequence.WARN,
        written(es="Se busca equilibrio entre mujeres y hombres.", en="Women and men are to be in balance."),
    ),
)

WISH = (
    "Doy clases de estadística en una preparatoria y junto con mis alumnos los avisos de cortes de mi colonia desde "
    "hace dos años. Puedo aportar esos datos y probar los formatos con ellos."
)

SHARES = (
    (
        "forma-de-trabajo.pdf",
        DocumentSight.PUBLIC,
        written(es="Forma de trabajo del grupo", en="How the group works (in Spanish)"),
    ),
    (
        "borrador-de-campos.pdf",
        DocumentSight.MEMBERS,
        written(es="Borrador de campos para los avisos", en="Draft of fields for notices (in Spanish)"),
    ),
)


async def gather(changes: Changes, commission: Commission, store: Store, *, progress: Progress) -> None:
    """Found the group, seat it, and let it work so far as it has, unless it is there."""
    async with changes.begin(SYSTEM) as change:
        told = await change.session.scalar(select(Entry.id).filter_by(imported_from=GROUP))
        citizen = await cast.account_of(change, cast.CITIZEN.display_name)
    if told is not None or citizen is None:
        return
    story = Story(changes, GROUP, progress)
    coordinator = commission.coordinator
    group = await story.tell(coordinator, _day(commission, FOUNDED), _found, commission.id)
    await story.tell(SYSTEM, _day(commission, FOUNDED + 1), _fill, group)
    await story.tell(coordinator, _day(commission, CHARTERED), adopt_charter, group, CHARTER)
    for dimension, tolerance, consequence, reason in RULES:
        await story.tell(
            coordinator,
            _day(commission, BALANCED),
            adopt_parity_rule,
            group,
            dimension=dimension,
            tolerance=tolerance,
            consequence=consequence,
            reason=reason,
        )
    for membership, viewer, gender in await _members(changes, group):
        await story.tell(viewer, _day(commission, DECLARED), declare_gender, membership, gender)
    for name, sight, title in SHARES:
        draft = DocumentDraft(title=title, sight=sight, role=DocumentRole.BACKGROUND)
        at = _day(commission, SHARED)
        await story.tell(SYSTEM, at, attach, "Body", group, draft, name=name, store=store)
    at = _day(commission, ASKED)
    await story.tell(cast.viewer_of(citizen), at, ask_to_join, group, statement=WISH)
    await story.tell(SYSTEM, at, named, group, GROUP)


def _day(commission: Commission, days: int) -> dt.datetime:
    return commission.began + days * ONE_DAY


async def _found(change: Change, parent_id: UUID) -> Body:
    draft = BodyDraft(
        name=NAME,
        since=day_of(change.at),
        kind=BodyKind.WORKING_GROUP,
        acronym="GTDA",
        remit=REMIT,
        parent_id=parent_id,
    )
    return await register_body(change, draft, via=CreatedVia.DEMONSTRATION)


async def _fill(change: Change, group: UUID) -> Body:
    """Give the group its seats, and seat its first members, who were named with its foundation."""
    for ordinal, place in enumerate(PLACES, start=1):
        await seat_place(change, group, place, ordinal=ordinal)
    await create_seat(change, group, VACANT)
    return await change.session.get_one(Body, group)


async def _members(changes: Changes, group: UUID) -> list[tuple[UUID, Viewer, Gender]]:
    """Return the members who say how they want to be counted; one says nothing."""
    found = (
        select(Membership.id, Membership.name, Account)
        .join(Account, Account.person_id == Membership.person_id)
        .where(Membership.body_id == group, Membership.name.in_(GENDERS))
        .order_by(Membership.id)
    )
    async with changes.begin(SYSTEM) as change:
        rows = (await change.session.execute(found)).all()
    return [(id_, cast.viewer_of(account), GENDERS[str(name)]) for id_, name, account in rows]
