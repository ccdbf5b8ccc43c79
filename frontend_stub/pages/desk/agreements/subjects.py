"""An agreement as a thing that acts are done to; whoever signs for a party may not sit in the body that keeps it."""

from __future__ import annotations

from frontend_stub.acting import Subject
from frontend_stub.pages.desk.agreements.acts import AGREEMENT as AGREEMENT_ACTS
from frontend_stub.pages.desk.naming import Read, text_of


def home_of(agreement: Read) -> str:
    """Return the page of the desk of an agreement."""
    return f"/escritorio/convenios/{agreement['id']}"


AGREEMENT = Subject(
    "convenios",
    "Agreement",
    "acting_agreement",
    AGREEMENT_ACTS,
    title=text_of("title"),
    home=home_of,
    up=lambda node, words: [(text_of("title")(node, words), home_of(node))],
)

SUBJECTS = (AGREEMENT,)
