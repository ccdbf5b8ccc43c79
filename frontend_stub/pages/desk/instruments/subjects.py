"""The instrument as a thing that acts are done to."""

from __future__ import annotations

from frontend_stub.acting import Subject
from frontend_stub.pages.desk.instruments.acts import ACTS
from frontend_stub.pages.desk.naming import Read, text_of


def home_of(instrument: Read) -> str:
    """Return the page of the desk of an instrument."""
    return f"/escritorio/instrumentos/{instrument['id']}"


INSTRUMENT = Subject(
    "instrumentos",
    "Instrument",
    "acting_instrument",
    ACTS,
    title=text_of("title"),
    home=home_of,
    up=lambda node, words: [(text_of("title")(node, words), home_of(node))],
)

SUBJECTS = (INSTRUMENT,)
