"""The things of a session that acts are done to: the session itself, its points, motions, votes, minutes and tasks."""

from __future__ import annotations

from frontend_stub.acting import Subject
from frontend_stub.languages import Words
from frontend_stub.pages.desk.naming import Read, Told, text_of
from frontend_stub.pages.desk.sessions import minuting, points, sittings, voting


def home_of(session: Read) -> str:
    """Return the page of the desk of a session."""
    return f"/escritorio/sesiones/{session['id']}"


def _home(node: Read) -> str:
    return home_of(node["session"])


def _up(node: Read, words: Words) -> list[tuple[Told, str]]:
    return [(text_of("title")(node["session"], words), _home(node))]


def _whose(node: Read, words: Words) -> Told:
    return {"text": node["membership"]["name"], "language": words.language}


SESSION = Subject(
    "sesiones",
    "Session",
    "acting_session",
    sittings.ACTS,
    title=text_of("title"),
    home=home_of,
    up=lambda node, words: [(text_of("title")(node, words), home_of(node))],
)
POINT = Subject(
    "puntos",
    "AgendaItem",
    "acting_agenda_item",
    points.ACTS,
    title=text_of("title"),
    home=_home,
    up=_up,
)
ATTENDANCE = Subject(
    "asistencias", "Attendance", "acting_attendance", points.PRESENCE, title=_whose, home=_home, up=_up
)
MOTION = Subject("mociones", "Motion", "acting_motion", voting.MOTION, title=text_of("text"), home=_home, up=_up)
VOTE = Subject(
    "votaciones",
    "VoteEvent",
    "acting_vote_event",
    voting.VOTE,
    title=lambda node, words: text_of("text")(node["motion"], words),
    home=_home,
    up=_up,
)
MINUTES = Subject(
    "actas",
    "Minutes",
    "acting_minutes",
    minuting.ACTS,
    title=lambda node, words: text_of("title")(node["session"], words),
    home=_home,
    up=_up,
)
OBSERVATION = Subject(
    "observaciones",
    "Observation",
    "acting_observation",
    minuting.OBSERVATION,
    title=text_of("text"),
    home=lambda node: _home(node["minutes"]),
    up=lambda node, words: _up(node["minutes"], words),
)
TASK = Subject("tareas", "ActionItem", "acting_action_item", minuting.TASK, title=text_of("task"), home=_home, up=_up)

SUBJECTS = (SESSION, POINT, ATTENDANCE, MOTION, VOTE, MINUTES, OBSERVATION, TASK)
