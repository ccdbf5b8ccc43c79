"""What the convocation to the next session says, in Spanish and in English. All of it was made up."""

from __future__ import annotations

from hub.demonstration.held_texts import LINK, PLACE
from hub.demonstration.meeting import Item, a_point
from hub.demonstration.seats import CITIZENS, COORDINATOR, SECRETARY
from hub.sessions.drafts import SessionDraft
from hub.sessions.models import AgendaKind, SessionKind, SessionMode
from hub.text import written
from hub.timetables.zones import Declared


def draft(starts: Declared) -> SessionDraft:
    """Plan the session."""
    return SessionDraft(
        title=written(
            es="Sesión ordinaria sobre los avances del diagnóstico y de la consulta",
            en="Ordinary session on the progress of the diagnosis and of the consultation",
        ),
        kind=SessionKind.ORDINARY,
        mode=SessionMode.HYBRID,
        starts=starts,
        planned_minutes=120,
        place=PLACE,
        link=LINK,
    )


AGENDA = (
    Item(point=a_point(AgendaKind.ROLL_CALL, "Lista de asistencia y quórum", "Roll call and quorum", 5, by=SECRETARY)),
    Item(
        point=a_point(AgendaKind.INFORMATION, "Avances de los trabajos ordenados", "Progress of the works ordered", 40),
        parts=(
            a_point(
                AgendaKind.INFORMATION,
                "El diagnóstico sobre el agua, en revisión",
                "The diagnosis on water, which is in review",
                20,
                by=COORDINATOR,
            ),
        ),
    ),
    Item(
        point=a_point(
            AgendaKind.DECISION,
            "Calendario de sesiones del año que viene",
            "Calendar of sessions of next year",
            15,
            by=SECRETARY,
            why=written(
                es="Quedó pendiente en la sesión anterior. La propuesta está entre los documentos de este punto.",
                en="It was left over in the session before. The proposal is among the papers of this point.",
            ),
        )
    ),
    Item(
        point=a_point(
            AgendaKind.DISCUSSION,
            "Cómo se contestará a quienes participaron en la consulta",
            "How those who took part in the consultation are answered",
            30,
            by=CITIZENS,
        )
    ),
    Item(point=a_point(AgendaKind.GENERAL_MATTERS, "Asuntos generales", "General matters", 10)),
)
"""Five points, six with their parts."""

REQUEST = a_point(
    AgendaKind.DISCUSSION,
    "Quién revisa los datos del diagnóstico antes de publicarlos",
    "Who checks the data of the diagnosis before they are published",
    15,
)
ACCEPTED = written(
    es="Se incluye: el diagnóstico está en revisión y es el momento de decidirlo.",
    en="It is put on the agenda: the diagnosis is in review, and this is the moment to decide it.",
)

COMMENTED = written(es="Orden del día comentado", en="The agenda with comments (in Spanish)")
CALENDAR = written(es="Propuesta de calendario de sesiones", en="Proposed calendar of sessions (in Spanish)")

CALLED_OFF = written(
    es="No se reunió: sus puntos pasan a la sesión ordinaria siguiente.",
    en="It did not meet: its points go to the next ordinary session.",
)
