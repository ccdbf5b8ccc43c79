"""What was said in the session that was held, in Spanish and in English. All of it was made up."""

from __future__ import annotations

from hub.demonstration.meeting import Item, a_point
from hub.demonstration.rules_of_session import PERSONS, SIMPLE
from hub.demonstration.seats import ACADEMIA, CITIZENS, CIVIL_SOCIETY, COORDINATOR, SECRETARY
from hub.sessions.drafts import SessionDraft
from hub.sessions.models import AgendaKind, SessionKind, SessionMode
from hub.sessions.moving import MotionDraft
from hub.text import written
from hub.timetables.zones import Declared

PLACE = written(
    es="Sala de juntas, segundo piso, con rampa y elevador (lugar inventado)",
    en="Meeting room, second floor, with a ramp and a lift (a place that was made up)",
)
LINK = "https://sala.example.org/cgatp"


def draft(starts: Declared) -> SessionDraft:
    """Plan the session."""
    return SessionDraft(
        title=written(
            es="Sesión ordinaria sobre la información de los servicios municipales",
            en="Ordinary session on the information of municipal services",
        ),
        kind=SessionKind.ORDINARY,
        mode=SessionMode.HYBRID,
        starts=starts,
        planned_minutes=150,
        place=PLACE,
        link=LINK,
    )


AGENDA = (
    Item(point=a_point(AgendaKind.ROLL_CALL, "Lista de asistencia y quórum", "Roll call and quorum", 5, by=SECRETARY)),
    Item(point=a_point(AgendaKind.AGENDA_APPROVAL, "Aprobación del orden del día", "Approval of the agenda", 5)),
    Item(
        point=a_point(
            AgendaKind.INFORMATION, "Informe de la coordinación", "Report of the coordinator", 25, by=COORDINATOR
        ),
        parts=(
            a_point(
                AgendaKind.INFORMATION,
                "Lo que se contestó en la consulta sobre criterios",
                "What was answered in the consultation on criteria",
                15,
            ),
            a_point(
                AgendaKind.INFORMATION,
                "Solicitudes de información recibidas en el semestre",
                "Requests for information received in the half-year",
                10,
            ),
        ),
    ),
    Item(
        point=a_point(
            AgendaKind.DECISION,
            "Acuerdo sobre la información que los municipios deben publicar primero",
            "Acuerdo on the information that municipalities should publish first",
            40,
            by=CIVIL_SOCIETY,
            why=written(
                es="Se propone ordenar un diagnóstico y una consulta antes de recomendar a los municipios un orden de "
                "publicación.",
                en="It is proposed to order a diagnosis and a consultation before municipalities are recommended an "
                "order of publication.",
            ),
        )
    ),
    Item(
        point=a_point(
            AgendaKind.DECISION,
            "Colaboración con el Laboratorio Cívico de Ejemplo",
            "Collaboration with the Example Civic Laboratory",
            20,
            by=COORDINATOR,
        )
    ),
    Item(
        point=a_point(
            AgendaKind.DECISION,
            "Designación de quien cuidará la accesibilidad de lo que se publica",
            "Choice of who looks after the accessibility of what is published",
            15,
        )
    ),
    Item(
        point=a_point(AgendaKind.GENERAL_MATTERS, "Asuntos generales", "General matters", 15),
        parts=(
            a_point(
                AgendaKind.DISCUSSION,
                "Calendario de sesiones del año que viene",
                "Calendar of sessions of next year",
                10,
                by=SECRETARY,
            ),
        ),
    ),
)
"""Seven points, ten with their parts."""

PRESENT = written(
    es="Hay quórum: están los cinco lugares con voto que tienen titular, uno de ellos por suplencia.",
    en="There is a quorum: all five seats with a vote that have a holder are there; for one of them an alternate.",
)

AGENDA_MOTION = MotionDraft(
    matter=SIMPLE,
    text=written(es="Que se apruebe el orden del día como se convocó.", en="That the agenda be approved as convened."),
)
AGENDA_APPROVED = written(es="Se aprobó por unanimidad.", en="It was approved unanimously.")

PROGRESS = written(
    es="La consulta sobre criterios cerró. La Coordinación presentó las cifras, que ya son públicas, y señaló que "
    "quienes más usan la información piden que se pueda reutilizar y quienes menos la usan, que se entienda.",
    en="The consultation on criteria has closed. The coordinator presented the figures, which are public already, and "
    "noted that those who use information most ask that it can be reused, and those who use it least that it can be "
    "understood.",
)
REQUESTS = written(
    es="Una de cada cinco solicitudes dirigidas a municipios fue sobre el agua. La mayoría preguntó lo mismo: "
    "horarios, cortes y cómo se calcula el recibo.",
    en="One in five requests to municipalities was about water. Most asked the same: hours of supply, cuts, and how "
    "the bill is calculated.",
)
REPORTED = written(es="La Comisión se dio por enterada.", en="The Commission took note.")

ADOPTION = MotionDraft(matter=SIMPLE, text=written(es="Que se adopte el acuerdo.", en="That the acuerdo be adopted."))
REASONED_VOTES = {
    ACADEMIA: written(
        es="Estoy de acuerdo con preguntar, pero no con hacerlo antes de tener el diagnóstico: primero habría que "
        "saber qué se pregunta ya.",
        en="I agree with asking, but not with doing it before there is a diagnosis: one should first know what is "
        "asked already.",
    ),
    CITIZENS: written(
        es="Voto a favor porque por fin se pregunta antes de publicar.",
        en="I vote in favour because for once somebody asks before publishing.",
    ),
}
ADOPTED = written(
    es="Se adoptó el acuerdo por mayoría, con un voto en contra razonado.",
    en="The acuerdo was adopted by a majority, with one reasoned vote against.",
)

RECUSAL = written(
    es="Trabajo en el Laboratorio Cívico de Ejemplo, con el que se propone colaborar.",
    en="I work for the Example Civic Laboratory, with which a collaboration is proposed.",
)
COLLABORATION = MotionDraft(
    matter=SIMPLE,
    text=written(
        es="Que el Laboratorio Cívico de Ejemplo ayude a probar los formatos de publicación durante un año.",
        en="That the Example Civic Laboratory help to try the formats of publication for a year.",
    ),
)
AMENDMENT = MotionDraft(
    matter=SIMPLE,
    text=written(
        es="Que el Laboratorio Cívico de Ejemplo ayude a probar los formatos de publicación durante un año, sin pago y "
        "con un informe público cada tres meses.",
        en="That the Example Civic Laboratory help to try the formats of publication for a year, without payment and "
        "with a public report every three months.",
    ),
)
COLLABORATING = written(
    es="Se aprobó la colaboración con la redacción que propuso Teresa Villarreal. Ana Robles no participó en el punto.",
    en="The collaboration was approved in the wording that Teresa Villarreal proposed. Ana Robles took no part in it.",
)

CHOICE = MotionDraft(
    matter=PERSONS,
    text=written(
        es="Que Teresa Villarreal Osorno cuide la accesibilidad de lo que la Comisión publica.",
        en="That Teresa Villarreal Osorno look after the accessibility of what the Commission publishes.",
    ),
)
CHOSEN = written(es="Se designó a Teresa Villarreal Osorno.", en="Teresa Villarreal Osorno was chosen.")

CALENDAR_DEFERRED = written(
    es="Faltan las fechas de las instituciones del sureste; se verá en la próxima sesión ordinaria.",
    en="The dates of the institutions of the southeast are missing; it comes to the next ordinary session.",
)
GENERAL = written(es="No hubo otros asuntos.", en="There was nothing else.")

TASKS = (
    (
        written(
            es="Publicar el acuerdo en lenguaje claro y avisar a los municipios.",
            en="Publish the acuerdo in plain language and tell the municipalities.",
        ),
        10,
    ),
    (
        written(
            es="Reunir ejemplos de avisos accesibles sobre cortes de agua.",
            en="Gather examples of accessible notices about cuts of water.",
        ),
        20,
    ),
    (
        written(
            es="Pedir a las instituciones del sureste sus fechas para el calendario.",
            en="Ask the institutions of the southeast for their dates for the calendar.",
        ),
        60,
    ),
)
"""What was asked of the secretary, of the citizens' member and of the coordinator, and within how many days."""

TASK_DONE = written(
    es="El acuerdo está publicado en esta plataforma; se avisó por correo a las redes de municipios.",
    en="The acuerdo is published on this platform; the networks of municipalities were told by mail.",
)
