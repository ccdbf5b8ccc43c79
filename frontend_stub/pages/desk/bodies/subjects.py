"""The things of a body that acts are done to: its seats, who sits there and who asks to, interests, parity."""

from __future__ import annotations

from frontend_stub.acting import Subject
from frontend_stub.languages import Words
from frontend_stub.pages.desk.agreements import acts as agreements
from frontend_stub.pages.desk.bodies import declaring, founding, seating
from frontend_stub.pages.desk.instruments import acts as instruments
from frontend_stub.pages.desk.mandates import acts as mandates
from frontend_stub.pages.desk.naming import Read, Told, text_of
from frontend_stub.pages.desk.sessions import planning
from frontend_stub.pages.desk.studies import acts as studies


def home_of(body: Read) -> str:
    """Return the page of the desk of a body."""
    return f"/escritorio/organismos/{body['id']}"


def _home(node: Read) -> str:
    return home_of(node["body"])


def _up(node: Read, words: Words) -> list[tuple[Told, str]]:
    return [(text_of("title")(node["body"], words), _home(node))]


def _name(node: Read, words: Words) -> Told:
    return {"text": node["name"], "language": words.language}


def _dimension(node: Read, words: Words) -> Told:
    return {"text": words.named("parity_dimensions", node["dimension"]), "language": words.language}


BODY = Subject(
    "organismos",
    "Body",
    "acting_body",
    {
        **planning.ON_A_BODY,
        **instruments.ON_A_BODY,
        **mandates.ON_A_BODY,
        **studies.ON_A_BODY,
        **agreements.ON_A_BODY,
        **founding.ACTS,
    },
    title=text_of("title"),
    home=home_of,
    up=lambda node, words: [(text_of("title")(node, words), home_of(node))],
)
SEAT = Subject("asientos", "Seat", "acting_seat", seating.SEAT, title=seating.seat_title, home=_home, up=_up)
MEMBERSHIP = Subject(
    "integrantes", "Membership", "acting_membership", seating.MEMBERSHIP, title=_name, home=_home, up=_up
)
REQUEST = Subject(
    "solicitudes", "JoinRequest", "acting_join_request", seating.REQUEST, title=seating.asking, home=_home, up=_up
)
PARITY = Subject("paridad", "ParityRule", "acting_parity_rule", seating.PARITY, title=_dimension, home=_home, up=_up)
INTEREST = Subject(
    "intereses",
    "InterestDeclaration",
    "acting_interest",
    declaring.INTEREST,
    title=declaring.declared,
    home=_home,
    up=_up,
)

SUBJECTS = (BODY, SEAT, MEMBERSHIP, REQUEST, PARITY, INTEREST)
