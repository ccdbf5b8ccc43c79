"""What the demonstration's own consultations ask, in Spanish and in English. All of it was written for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hub.consultations.drafts import OptionDraft, QuestionDraft, RowDraft, SectionDraft
from hub.consultations.questionnaire_models import QuestionKind, Sensitivity
from hub.people.models import TerritoryKind
from hub.text import written

SINGLE, MULTIPLE, TEXT = QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE, QuestionKind.LONG_TEXT


def _question(
    code: str,
    kind: QuestionKind,
    es: str,
    en: str,
    *options: tuple[str, str, str],
    required: bool = True,
    most: int | None = None,
    **more: Any,
) -> QuestionDraft:
    """Put a question together; `most` is how many options may be chosen, or how long a text may be."""
    return QuestionDraft(
        code=code,
        kind=kind,
        title=written(es=es, en=en),
        required=required,
        max_length=most if kind is TEXT else None,
        min_choices=1 if kind is MULTIPLE else None,
        max_choices=most if kind is MULTIPLE else None,
        options=tuple(
            OptionDraft(code=c, label=written(es=spanish, en=english), other=c == OTHER)
            for c, spanish, english in options
        ),
        **more,
    )


OTHER = "otra"
"""The option of a question that asks for one's own words."""

AGES = (
    ("menos-30", "Menos de 30 años", "Under 30"),
    ("30-44", "De 30 a 44", "30 to 44"),
    ("45-59", "De 45 a 59", "45 to 59"),
    ("60-mas", "60 o más", "60 or more"),
)

AGE = _question(
    "edad", SINGLE, "¿Qué edad tienes?", "How old are you?", *AGES,
    required=False, sensitivity=Sensitivity.CONFIDENTIAL,
    hint=written(
        es="Esta respuesta nunca se publica: solo cifras de conjunto, y solo si reúnen a diez personas o más.",
        en="This answer is never published: only figures of groups, and only of ten people or more.",
    ),
)  # fmt: skip


UP_TO_THREE = written(es="Elige hasta tres.", en="Choose up to three.")

SERVICES = (
    SectionDraft(
        title=written(es="Tu municipio", en="Your municipality"),
        introduction=written(
            es="Dos preguntas para leer mejor las demás.", en="Two questions that help to read the others."
        ),
        questions=(
            _question(
                "lugar", SINGLE, "¿En qué tipo de lugar vives?", "What kind of place do you live in?",
                ("ciudad-grande", "Ciudad de más de 500 mil habitantes", "City of more than 500,000 people"),
                ("ciudad-media", "Ciudad mediana", "Medium-sized city"),
                ("cabecera", "Cabecera municipal pequeña", "Small municipal seat"),
                ("rural", "Comunidad rural", "Rural community"),
            ),
            _question(
                "busqueda", SINGLE,
                "En los últimos doce meses, ¿buscaste información de tu ayuntamiento?",
                "In the last twelve months, did you look for information of your municipal government?",
                ("encontre", "Sí, y la encontré", "Yes, and I found it"),
                ("no-encontre", "Sí, y no la encontré", "Yes, and I did not find it"),
                ("no-busque", "No busqué", "I did not look for any"),
            ),
        ),
    ),
    SectionDraft(
        title=written(es="Los servicios", en="The services"),
        questions=(
            _question(
                "servicios", MULTIPLE,
                "¿Sobre qué servicios debería publicarse información primero?",
                "On which services should information be published first?",
                ("agua", "Agua potable y drenaje", "Drinking water and drainage"),
                ("basura", "Recolección de basura", "Refuse collection"),
                ("alumbrado", "Alumbrado público", "Street lighting"),
                ("calles", "Bacheo y banquetas", "Potholes and pavements"),
                ("seguridad", "Seguridad y emergencias", "Safety and emergencies"),
                ("tramites", "Licencias, permisos y trámites", "Licences, permits and paperwork"),
                ("transporte", "Transporte", "Transport"),
                ("parques", "Parques y espacios públicos", "Parks and public spaces"),
                hint=UP_TO_THREE, most=3,
            ),
            _question(
                "agua", MULTIPLE,
                "¿Qué datos sobre el agua te servirían?",
                "Which data on water would be of use to you?",
                ("tandeo", "Días y horas de suministro por colonia", "Days and hours of supply by area"),
                ("calidad", "Análisis de calidad", "Tests of its quality"),
                ("fugas", "Fugas reportadas y cuánto tarda su reparación", "Leaks reported and repair times"),
                ("tarifas", "Cómo se calcula el recibo", "How the bill is worked out"),
                ("obras", "Obras y cortes programados", "Works and planned cuts"),
                required=False, most=5, display_rule="servicios has agua",
            ),
            _question(
                "calidad", QuestionKind.MATRIX,
                "¿Cómo es hoy la información de estos servicios?",
                "What is the information on these services like today?",
                ("util", "Sirve", "Of use"),
                ("parcial", "Sirve a medias", "Of some use"),
                ("inutil", "No sirve, o no hay", "Of no use, or there is none"),
                required=False,
                rows=(
                    RowDraft(code="agua", label=written(es="Agua potable", en="Drinking water")),
                    RowDraft(code="basura", label=written(es="Recolección de basura", en="Refuse collection")),
                    RowDraft(code="calles", label=written(es="Bacheo y banquetas", en="Potholes and pavements")),
                ),
            ),
            _question(
                "ritmo", SINGLE,
                "¿Cada cuánto deberían actualizarse los datos de una obra pública?",
                "How often should the data of a public work be brought up to date?",
                ("semanal", "Cada semana", "Every week"),
                ("mensual", "Cada mes", "Every month"),
                ("trimestral", "Cada tres meses", "Every three months"),
                ("final", "Al terminar la obra", "When the work is finished"),
            ),
        ),
    ),
    SectionDraft(
        title=written(es="La forma", en="The form"),
        questions=(
            _question(
                "formato", MULTIPLE,
                "¿Cómo te gustaría recibir esta información?",
                "How would you like to receive it?",
                ("mapa", "En un mapa", "On a map"),
                ("datos", "Como datos abiertos para descargar", "As open data to download"),
                ("mensajes", "En mensajes al teléfono", "In messages to my phone"),
                ("mampara", "Impresa, en presidencia y biblioteca", "Printed, at town hall and library"),
                ("radio", "Por radio comunitaria o perifoneo", "By community radio or loudspeaker"),
                hint=UP_TO_THREE, most=3,
            ),
            _question(
                "lengua", SINGLE,
                "¿Hace falta que se publique también de otra manera?",
                "Does it have to be published in another way too?",
                ("lengua", "En una lengua indígena", "In an indigenous language"),
                ("facil", "En lectura fácil", "In easy-to-read form"),
                ("ambas", "En ambas", "In both"),
                ("ninguna", "No hace falta", "No need"),
            ),
            _question(
                "dato", TEXT,
                "¿Qué dato te habría ahorrado un problema este año?",
                "Which piece of information would have saved you trouble this year?",
                hint=written(es="Cuéntalo con tus palabras.", en="Say it in your own words."),
                required=False, most=1_000,
            ),
        ),
    ),
    SectionDraft(
        title=written(es="Sobre ti", en="About you"),
        questions=(
            _question(
                "aviso", QuestionKind.NOTICE,
                "Lo que sigue es para saber si oímos a gente de todas partes. Nadie lo verá junto a tu nombre.",
                "What follows is to know whether we hear people from everywhere. Nobody will see it beside your name.",
                required=False,
            ),
            AGE,
            _question(
                "municipio", QuestionKind.PLACE, "¿En qué municipio vives?", "In which municipality do you live?",
                required=False, sensitivity=Sensitivity.PERSONAL, place_kind=TerritoryKind.MUNICIPALITY,
            ),
        ),
    ),
)  # fmt: skip

CRITERIA = (
    SectionDraft(
        title=written(es="Tu experiencia", en="Your experience"),
        questions=(
            _question(
                "perfil", SINGLE, "¿Desde dónde contestas?", "From where do you answer?",
                ("ciudadania", "Como ciudadana o ciudadano", "As a citizen"),
                ("organizacion", "Desde una organización civil", "From a civil society organisation"),
                ("periodismo", "Desde el periodismo", "From journalism"),
                ("academia", "Desde la academia", "From academia"),
                ("servicio-publico", "Desde el servicio público", "From public service"),
            ),
            _question(
                "uso", SINGLE,
                "¿Con qué frecuencia usas información pública?",
                "How often do you use public information?",
                ("semanal", "Cada semana", "Every week"),
                ("mensual", "Algunas veces al mes", "A few times a month"),
                ("ocasional", "Alguna vez al año", "Now and then in a year"),
                ("nunca", "Nunca la he usado", "I have never used it"),
            ),
            AGE,
        ),
    ),
    SectionDraft(
        title=written(es="Los criterios", en="The criteria"),
        questions=(
            _question(
                "criterios", MULTIPLE,
                "¿Qué demuestra mejor que una publicación proactiva sirvió?",
                "What shows best that a proactive publication was of use?",
                ("reutilizacion", "Que alguien la reutilizó", "Somebody reused it"),
                ("tramites", "Que ahorró solicitudes y trámites", "It saved requests and paperwork"),
                ("comprension", "Que se entiende sin ayuda", "It is understood without help"),
                ("oportunidad", "Que salió a tiempo", "It came out in time"),
                ("accesibilidad", "Que cualquier persona puede usarla", "Anybody can use it"),
                ("correccion", "Que los errores se corrigen y se dice", "Errors are mended, and said so"),
                hint=UP_TO_THREE, most=3,
            ),
            _question(
                "nombres", SINGLE,
                "¿La evaluación debe publicarse con el nombre de cada institución?",
                "Should the evaluation be published with the name of each institution?",
                ("si", "Sí, de todas", "Yes, of all"),
                ("mejores", "Solo de las mejores", "Only of the best"),
                ("no", "No, solo en conjunto", "No, only as a whole"),
            ),
            _question(
                "plazo", SINGLE, "¿Cada cuánto debe repetirse?", "How often should it be repeated?",
                ("seis-meses", "Cada seis meses", "Every six months"),
                ("un-ano", "Cada año", "Every year"),
                ("dos-anos", "Cada dos años", "Every two years"),
                ("otra", "De otra manera", "In another way"),
            ),
            _question(
                "orden", QuestionKind.RANKING,
                "Ordena de más a menos útil lo que una evaluación puede mostrar.",
                "Put in order, from most to least useful, what an evaluation can show.",
                ("casos", "Casos contados por quien reutilizó", "Cases told by those who reused"),
                ("cifras", "Cifras comparables entre instituciones", "Figures that compare institutions"),
                ("fallas", "Fallas y cómo se corrigieron", "Failures and how they were mended"),
                required=False,
            ),
            _question(
                "confianza", QuestionKind.SCALE,
                "¿Qué tanta confianza le tendrías a esta evaluación?",
                "How much would you trust this evaluation?",
                required=False, minimum=Decimal(0), maximum=Decimal(10),
                low_label=written(es="Ninguna", en="None"), high_label=written(es="Toda", en="Full"),
            ),
            _question(
                "horas", QuestionKind.NUMBER,
                "¿Cuántas horas al mes le dedicas a buscar información pública?",
                "How many hours a month do you spend looking for public information?",
                required=False, minimum=Decimal(0), maximum=Decimal(300),
                unit=written(es="horas al mes", en="hours a month"),
            ),
            _question(
                "comentario", TEXT,
                "¿Qué no debería faltar en los criterios?",
                "What should the criteria not leave out?",
                required=False, most=1_000,
            ),
        ),
    ),
)  # fmt: skip
