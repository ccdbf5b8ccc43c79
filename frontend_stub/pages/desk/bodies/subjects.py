"""The things of a body that acts are done to."""

from __future__ import annotations

from frontend_stub.acting import Subject
from frontend_stub.pages.desk.instruments import acts as instruments
from frontend_stub.pages.desk.mandates import acts as mandates
from frontend_stub.pages.desk.naming import Read, text_of
from frontend_stub.pages.desk.sessions import planning


def home_of(body: Read) -> str:
    """Return the page of the desk of a body."""
    return f"/escritorio/organismos/{body['id']}"


BODY = Subject(
    "organismos",
    "Body",
    "acting_body",
    {**planning.ON_A_BODY, **instruments.ON_A_BODY, **mandates.ON_A_BODY},
    title=text_of("title"),
    home=home_of,
    up=lambda node, words: [(text_of("title")(node, words), home_of(node))],
)

SUBJECTS = (BODY,)
