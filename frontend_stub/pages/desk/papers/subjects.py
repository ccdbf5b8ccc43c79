"""Whatever holds papers, and each of its papers, as things that acts are done to."""

from __future__ import annotations

from frontend_stub.acting import Subject
from frontend_stub.languages import Words
from frontend_stub.pages.desk.naming import Read, Told, text_of
from frontend_stub.pages.desk.papers import acts

HOLDERS = {
    "Agreement": None,
    "AgendaItem": "session",
    "Body": None,
    "Consultation": None,
    "Instrument": None,
    "Session": None,
    "Study": None,
    "StudyDataset": "study",
    "StudyMilestone": "study",
    "StudyRevision": "study",
}
"""What holds papers, by its type, and under which name it tells what it is a part of."""

DESKS = {
    "Body": "organismos",
    "Consultation": "consultas",
    "Instrument": "instrumentos",
    "Session": "sesiones",
    "Study": "estudios",
}
"""Where the things stand on the desk that have a page there."""


def dossier_of(id_: str) -> str:
    """Return the page of the desk that lists the papers of a thing."""
    return f"/escritorio/expedientes/{id_}"


def title_of(node: Read, words: Words) -> Told:
    """Return what a thing is called; a wording of a study, as that study's with its number."""
    if node["__typename"] == "StudyRevision":
        return {
            "text": words("dossier.wording", number=node["number"]),
            "language": words.language,
        }
    return dict(text_of("title")(node, words))


def above(node: Read, words: Words) -> list[tuple[Told, str]]:
    """Return the page of the desk of a thing, or of what it is a part of, by its title."""
    part_of = HOLDERS[node["__typename"]]
    whole = node if part_of is None else node[part_of]
    kind = whole["id"].partition("_")[0]
    return [(text_of("title")(whole, words), f"/escritorio/{DESKS[kind]}/{whole['id']}")] if kind in DESKS else []


def _up(node: Read, words: Words) -> list[tuple[Told, str]]:
    there = {"text": str(words("dossier.title")), "language": words.language}
    return [*above(node, words), (there, dossier_of(node["id"]))]


def _home(document: Read) -> str:
    """Return the list in which a paper stands; of a part's paper, that of the whole leads on to it."""
    return dossier_of(document["record"]["id"]) if document["record"] else "/escritorio"


HOLDER = Subject(
    "expedientes",
    tuple(HOLDERS),
    "acting_holder",
    acts.HOLDER,
    title=title_of,
    home=lambda node: dossier_of(node["id"]),
    up=_up,
)
DOCUMENT = Subject("documentos", "Document", "acting_document", acts.DOCUMENT, title=text_of("title"), home=_home)

SUBJECTS = (HOLDER, DOCUMENT)
