"""What was said about the minutes of the session that was held, and in the short one that approved them. Made up."""

from __future__ import annotations

from hub.demonstration.held_texts import LINK, PLACE
from hub.demonstration.meeting import Item, a_point
from hub.demonstration.rules_of_session import SIMPLE
from hub.sessions.drafts import SessionDraft
from hub.sessions.models import AgendaKind, SessionKind, SessionMode
from hub.sessions.moving import MotionDraft
from hub.text import written
from hub.timetables.zones import Declared

OBSERVATION = written(
    es="Falta lo que dije en el informe: que los avisos de cortes de agua deben llegar también a quien no tiene "
    "internet.",
    en="What I said on the report is missing: that notices of cuts of water must also reach those without internet.",
)
TAKEN_UP = written(es="Se agregó al final del acta.", en="It was added at the end of the minutes.")

WISH = written(
    es="Propongo que el acta diga que la colaboración se revisará cada seis meses.",
    en="I propose that the minutes say that the collaboration is reviewed every six months.",
)
SET_ASIDE = written(
    es="La Comisión no lo acordó en la sesión, y el acta solo puede contar lo que ahí pasó. Puede proponerse en la "
    "siguiente.",
    en="The Commission did not agree on it in the session, and minutes can only tell what happened there. It can be "
    "proposed in the next one.",
)
ADDED = written(
    es="En el informe de la coordinación, Teresa Villarreal Osorno pidió que los avisos de cortes de agua lleguen "
    "también a quien no tiene internet.",
    en="On the report of the coordinator, Teresa Villarreal Osorno asked that notices of cuts of water also reach "
    "those without internet.",
)


def draft(starts: Declared) -> SessionDraft:
    """Plan the session."""
    return SessionDraft(
        title=written(
            es="Sesión extraordinaria para aprobar el acta anterior",
            en="Extraordinary session to approve the minutes of the one before",
        ),
        kind=SessionKind.EXTRAORDINARY,
        mode=SessionMode.HYBRID,
        starts=starts,
        planned_minutes=30,
        place=PLACE,
        link=LINK,
    )


AGENDA = (
    Item(point=a_point(AgendaKind.ROLL_CALL, "Lista de asistencia y quórum", "Roll call and quorum", 5)),
    Item(
        point=a_point(
            AgendaKind.MINUTES_APPROVAL,
            "Aprobación del acta de la sesión ordinaria anterior",
            "Approval of the minutes of the ordinary session before",
            15,
        )
    ),
)

PRESENT = written(
    es="Hay quórum: están presentes cuatro de los cinco lugares con voto que tienen titular.",
    en="There is a quorum: four of the five seats with a vote that have a holder are there.",
)
APPROVAL = MotionDraft(
    matter=SIMPLE,
    text=written(
        es="Que se apruebe el acta como se circuló por segunda vez.",
        en="That the minutes be approved as they were circulated the second time.",
    ),
)
APPROVED = written(es="Se aprobó por unanimidad de quienes estaban.", en="Approved by all who were there.")
