"""The things of the work of a body that acts are done to: mandates and work programmes."""

from __future__ import annotations

from frontend_stub.acting import Subject
from frontend_stub.pages.desk.mandates.acts import MANDATE as MANDATE_ACTS
from frontend_stub.pages.desk.mandates.acts import PROGRAMME as PROGRAMME_ACTS
from frontend_stub.pages.desk.naming import Read, text_of


def home_of(mandate: Read) -> str:
    """Return the page of the desk of a mandate."""
    return f"/escritorio/mandatos/{mandate['id']}"


def _of_its_body(node: Read) -> str:
    return f"/escritorio/organismos/{node['body']['id']}#programas"


MANDATE = Subject(
    "mandatos",
    "Mandate",
    "acting_mandate",
    MANDATE_ACTS,
    title=text_of("title"),
    home=home_of,
    up=lambda node, words: [(text_of("title")(node, words), home_of(node))],
)
PROGRAMME = Subject(
    "programas",
    "WorkProgramme",
    "acting_work_programme",
    PROGRAMME_ACTS,
    title=text_of("title"),
    home=_of_its_body,
    up=lambda node, words: [(text_of("title")(node["body"], words), _of_its_body(node))],
)

SUBJECTS = (MANDATE, PROGRAMME)
