"""The bodies of the demonstration: the commission, its sister, and the partnership's working groups.

Names have dates and bodies have a legal basis, because both change: in March 2025 a new law renamed and
reorganised the whole transparency system, and what was done before stays under the name of its time.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from hub.bodies.models import BodyKind
from hub.bodies.registering import BodyDraft, register_body
from hub.changes.change import Change
from hub.people.models import Branch, GovernmentLevel, OrganizationKind, OrganizationState
from hub.people.registering import OrganizationDraft, register_organization
from hub.register.models import CreatedVia, Entry
from hub.text import written

COMMISSION = "demonstration:body:cgatp"
SISTER = "demonstration:body:ctipnt"
FEDERAL_GUARANTOR = "demonstration:organization:inai"
CIVIC_GROUP = "demonstration:organization:civic-group"
UNIVERSITY = "demonstration:organization:university"

# The guidelines that create the commissions of the system were published on this day.
GUIDELINES = dt.date(2015, 10, 8)

LEGAL_BASIS = written(
    es="Lineamientos para la organización, coordinación y funcionamiento de las instancias de los "
    "integrantes del Sistema Nacional de Transparencia, Acceso a la Información Pública y Protección de "
    "Datos Personales (Diario Oficial de la Federación, 8 de octubre de 2015).",
    en="Guidelines for the organisation, coordination and working of the bodies of the members of the "
    "National System of Transparency, Access to Public Information and Protection of Personal Data "
    "(Official Gazette of the Federation, 8 October 2015).",
)

COMMISSIONS = {
    COMMISSION: BodyDraft(
        name=written(
            es="Comisión de Gobierno Abierto y de Transparencia Proactiva",
            en="Commission for Open Government and Proactive Transparency",
        ),
        since=GUIDELINES,
        kind=BodyKind.COMMISSION,
        acronym="CGATP",
        remit=written(
            es="Propone acciones de apertura institucional, teje una red de conocimiento entre órdenes de "
            "gobierno y poderes, fomenta los datos abiertos y propone políticas, lineamientos y criterios "
            "de transparencia proactiva. Consulta a la gente y ordena estudios.",
            en="Proposes actions of institutional openness, weaves a network of knowledge across orders of "
            "government and branches of power, fosters open data, and proposes policies, guidelines and "
            "criteria of proactive transparency. It consults people and orders studies.",
        ),
        legal_basis=LEGAL_BASIS,
    ),
    SISTER: BodyDraft(
        name=written(
            es="Comisión de Tecnologías de la Información y Plataforma Nacional de Transparencia",
            en="Commission for Information Technology and the National Transparency Platform",
        ),
        since=GUIDELINES,
        kind=BodyKind.COMMISSION,
        acronym="CTIPNT",
        remit=written(
            es="Cuida la Plataforma Nacional de Transparencia y promueve, con las demás comisiones, la "
            "participación por medio de la tecnología.",
            en="Looks after the National Transparency Platform and, with the other commissions, promotes "
            "participation by means of technology.",
        ),
        legal_basis=LEGAL_BASIS,
    ),
}

PARTNERSHIP = "demonstration:body:ogp"

PARTNERSHIP_DRAFT = BodyDraft(
    name=written("en", en="Open Government Partnership", es="Alianza para el Gobierno Abierto"),
    since=dt.date(2011, 9, 20),  # the day of its launch
    kind=BodyKind.FORUM,
    acronym="OGP",
    remit=written(
        "en",
        en="Governments and civil society agree on commitments of openness in action plans, and independent "
        "reporters follow what becomes of them.",
        es="Gobiernos y sociedad civil acuerdan compromisos de apertura en planes de acción, y relatores "
        "independientes dan seguimiento a lo que resulta de ellos.",
    ),
)

# The partnership's data of 2016 sort commitments by these groups; nothing at hand says since when each
# existed.
WORKING_GROUPS_SINCE = dt.date(2016, 1, 1)

WORKING_GROUPS = {
    "ODWG": ("Open Data Working Group", "Grupo de Trabajo de Datos Abiertos"),
    "FOWG": ("Fiscal Openness Working Group", "Grupo de Trabajo de Apertura Fiscal"),
    "LOWG": ("Legislative Openness Working Group", "Grupo de Trabajo de Apertura Legislativa"),
    "ATWG": ("Access to Information Working Group", "Grupo de Trabajo de Acceso a la Información"),
    "ONRWG": (
        "Openness in Natural Resources Working Group",
        "Grupo de Trabajo de Apertura en Recursos Naturales",
    ),
}

ORGANIZATIONS = {
    FEDERAL_GUARANTOR: OrganizationDraft(
        name=written(
            es="Instituto Nacional de Transparencia, Acceso a la Información y Protección de Datos Personales",
            en="National Institute for Transparency, Access to Information and Protection of Personal Data",
        ),
        since=dt.date(2015, 5, 5),  # the General Law that gave it this name came into force
        kind=OrganizationKind.GUARANTOR,
        state=OrganizationState.INACTIVE,
        acronym="INAI",
        level=GovernmentLevel.FEDERAL,
        branch=Branch.AUTONOMOUS,
    ),
    "demonstration:organization:successor": OrganizationDraft(
        name=written(es="Transparencia para el Pueblo", en="Transparency for the People"),
        since=dt.date(2025, 3, 21),  # the new General Law came into force
        kind=OrganizationKind.GUARANTOR,
        state=OrganizationState.VERIFIED,
        level=GovernmentLevel.FEDERAL,
        branch=Branch.EXECUTIVE,
    ),
    CIVIC_GROUP: OrganizationDraft(
        name=written(es="Laboratorio Cívico de Ejemplo", en="Example Civic Laboratory"),
        since=dt.date(2020, 1, 1),
        kind=OrganizationKind.CIVIL_SOCIETY,
        state=OrganizationState.VERIFIED,
        acronym="LCE",
    ),
    UNIVERSITY: OrganizationDraft(
        name=written(es="Universidad de Ejemplo", en="Example University"),
        since=dt.date(1980, 9, 1),
        kind=OrganizationKind.ACADEMIA,
        state=OrganizationState.VERIFIED,
        acronym="UDE",
    ),
}


async def constitute(change: Change) -> UUID:
    """Register the bodies and organisations that are not there yet, and return the commission."""
    known = await _known(change)
    for name, draft in COMMISSIONS.items():
        if name not in known:
            body = await register_body(change, draft, via=CreatedVia.DEMONSTRATION, imported_from=name)
            known[name] = body.id
    if PARTNERSHIP not in known:
        forum = await register_body(change, PARTNERSHIP_DRAFT, via=CreatedVia.DEMONSTRATION, imported_from=PARTNERSHIP)
        known[PARTNERSHIP] = forum.id
    for acronym, (english, spanish) in WORKING_GROUPS.items():
        name = f"demonstration:body:{acronym.lower()}"
        if name not in known:
            group = BodyDraft(
                name=written("en", en=english, es=spanish),
                since=WORKING_GROUPS_SINCE,
                kind=BodyKind.WORKING_GROUP,
                acronym=acronym,
                parent_id=known[PARTNERSHIP],
            )
            await register_body(change, group, via=CreatedVia.DEMONSTRATION, imported_from=name)
    for name, organization in ORGANIZATIONS.items():
        if name not in known:
            # The successor stands behind its predecessor in the list, so that it is known by now.
            follows = known[FEDERAL_GUARANTOR] if name.endswith(":successor") else None
            made = await register_organization(
                change,
                replace(organization, predecessor_id=follows),
                via=CreatedVia.DEMONSTRATION,
                imported_from=name,
            )
            known[name] = made.id
    return known[COMMISSION]


async def _known(change: Change) -> dict[str, UUID]:
    entries = select(Entry.imported_from, Entry.id).where(Entry.imported_from.like("demonstration:%"))
    return {name: id_ for name, id_ in await change.session.execute(entries) if name is not None}
