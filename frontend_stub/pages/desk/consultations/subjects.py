"""A consultation, its report and its statements, as things that acts are done to."""

from __future__ import annotations

from frontend_stub.acting import Subject
from frontend_stub.languages import Words
from frontend_stub.pages.desk.consultations import afterwards, running
from frontend_stub.pages.desk.naming import Read, Told, languages_of, text_of


def home_of(consultation: Read) -> str:
    """Return the page of the desk of a consultation."""
    return f"/escritorio/consultas/{consultation['id']}"


def _home(node: Read) -> str:
    return home_of(node["consultation"])


def _up(node: Read, words: Words) -> list[tuple[Told, str]]:
    return [(_asking(node, words), _home(node))]


def _spoken(node: Read) -> list[str]:
    return languages_of(node["consultation"])


def _asking(node: Read, words: Words) -> Told:
    return dict(text_of("title")(node["consultation"], words))


CONSULTATION = Subject(
    "consultas",
    "Consultation",
    "acting_consultation",
    {**running.ACTS, **afterwards.ACTS},
    title=text_of("title"),
    home=home_of,
    spoken=languages_of,
    up=lambda node, words: [(text_of("title")(node, words), home_of(node))],
)
REPORT = Subject(
    "informes",
    "ConsultationReport",
    "acting_report",
    afterwards.OF_A_REPORT,
    title=_asking,
    home=_home,
    spoken=_spoken,
    up=_up,
)
STATEMENT = Subject(
    "pronunciamientos",
    "Statement",
    "acting_statement",
    afterwards.OF_A_STATEMENT,
    title=text_of("asked"),
    home=_home,
    spoken=_spoken,
    up=_up,
)

SUBJECTS = (CONSULTATION, REPORT, STATEMENT)
