"""A study, its team, steps, reviews, datasets and findings, as things that acts are done to."""

from __future__ import annotations

from frontend_stub.acting import Subject
from frontend_stub.languages import Words
from frontend_stub.pages.desk.naming import Read, Told, text_of
from frontend_stub.pages.desk.studies import acts


def home_of(study: Read) -> str:
    """Return the page of the desk of a study."""
    return f"/escritorio/estudios/{study['id']}"


def _home(node: Read) -> str:
    return home_of(node["study"])


def _up(node: Read, words: Words) -> list[tuple[Told, str]]:
    return [(text_of("title")(node["study"], words), _home(node))]


def _name(node: Read, words: Words) -> Told:
    return {"text": node["name"] or "", "language": words.language}


STUDY = Subject(
    "estudios",
    "Study",
    "acting_study",
    acts.STUDY,
    title=text_of("title"),
    home=home_of,
    up=lambda node, words: [(text_of("title")(node, words), home_of(node))],
)
MEMBER = Subject("equipo", "StudyMember", "acting_study_member", acts.MEMBER, title=_name, home=_home, up=_up)
MILESTONE = Subject(
    "etapas", "StudyMilestone", "acting_milestone", acts.MILESTONE, title=text_of("title"), home=_home, up=_up
)
REVIEW = Subject("revisiones", "PeerReview", "acting_review", acts.REVIEW, title=_name, home=_home, up=_up)
DATASET = Subject("datos", "StudyDataset", "acting_dataset", acts.DATASET, title=text_of("title"), home=_home, up=_up)
FINDING = Subject("hallazgos", "Finding", "acting_finding", acts.FINDING, title=text_of("text"), home=_home, up=_up)

SUBJECTS = (STUDY, MEMBER, MILESTONE, REVIEW, DATASET, FINDING)
