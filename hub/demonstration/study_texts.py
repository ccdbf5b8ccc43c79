"""What the study of the demonstration says, in Spanish and in English. All of it was made up, its figures as well."""

from __future__ import annotations

import datetime as dt
import hashlib
from uuid import UUID

from hub.demonstration.acuerdo import STUDY_TITLE
from hub.demonstration.sources import paper
from hub.studies.dataset_models import ColumnType, DatasetRole
from hub.studies.describing import ColumnDraft, DatasetDraft
from hub.studies.models import StudyKind, TeamRole
from hub.studies.ordering import StudyTerms
from hub.studies.revision_models import FindingKind, FindingStrength
from hub.studies.wordings import FindingDraft, SectionDraft, WordingDraft
from hub.text import written

TABLE = "solicitudes-sobre-el-agua.csv"


def terms(*, due_on: dt.date) -> StudyTerms:
    """Say what the study is to find out, and on which terms."""
    return StudyTerms(
        kind=StudyKind.DIAGNOSIS,
        title=STUDY_TITLE,
        questions=written(
            es="¿Qué se pregunta a los municipios sobre el agua? ¿Qué se contesta y en cuánto tiempo? ¿Qué preguntas "
            "sobrarían si la información ya estuviera publicada?",
            en="What are municipalities asked about water? What is answered, and how soon? Which questions would be "
            "unnecessary if the information were published already?",
        ),
        terms=written(
            es="Un informe en lenguaje claro con sus datos abiertos y su diccionario, revisado por dos personas ajenas "
            "al equipo. Cada recomendación dice a quién se dirige.",
            en="A report in plain language with its open data and their dictionary, reviewed by two people from "
            "outside the team. Each recommendation says to whom it is addressed.",
        ),
        ethics_note=written(
            es="De las solicitudes se lee el texto, nunca el nombre de quien las hizo.",
            en="Of the requests the text is read, never the name of whoever made them.",
        ),
        due_on=due_on,
    )


TEAM = (
    ("Eva Tun Chan", TeamRole.LEAD, "Ninguno. Trabajo en la Universidad de Ejemplo desde hace ocho años."),
    (
        "Pablo Nájera Coronel",
        TeamRole.RESEARCHER,
        "Asesoré sin pago a un comité de agua de mi colonia hasta hace dos años.",
    ),
)
"""The team: who, as what, and which interests they declared."""

METHOD = written(
    es="Se lee una muestra al azar de las solicitudes sobre el agua de seis meses, en veinte municipios de tamaños "
    "distintos. Dos personas clasifican cada una por su tema y dicen, por separado, si lo que pide ya podía "
    "publicarse; donde no coinciden decide una tercera.",
    en="A random sample is read of the requests about water of six months, in twenty municipalities of different "
    "sizes. Two people sort each by its subject and say, each by themself, whether what it asks for could have been "
    "published; where they differ a third one decides.",
)

STEPS = (
    (written(es="Muestra de municipios y solicitudes", en="Sample of municipalities and requests"), 85, 40_000),
    (written(es="Borrador del informe", en="Draft of the report"), 92, 80_000),
    (written(es="Datos abiertos con su diccionario", en="Open data with their dictionary"), 118, 60_000),
)
"""What is to be handed in, on which day after the commission began, and what is paid for it in pesos."""

SAMPLE = written(
    es="Lista de los veinte municipios y manera de elegir las solicitudes.",
    en="List of the twenty municipalities, and the way in which requests are chosen.",
)
SAMPLE_RETURNED = written(
    es="Faltan municipios rurales: solo hay dos de veinte.", en="Rural municipalities are missing: two of twenty only."
)
SAMPLE_MENDED = written(
    es="Ahora siete de los veinte son rurales; se explica cómo se sortearon.",
    en="Now seven of the twenty are rural; it is explained how they were drawn.",
)
REPORT = written(
    es="Borrador completo, con los cinco temas y las recomendaciones.",
    en="The whole draft, with the five subjects and the recommendations.",
)


def datasets() -> tuple[DatasetDraft, DatasetDraft]:
    """Describe the data: those that were used, and the table that came of them."""
    content = paper(TABLE)
    return (
        DatasetDraft(
            role=DatasetRole.USED,
            title=written(
                es="Solicitudes de información de veinte municipios, enero a junio",
                en="Requests for information of twenty municipalities, January to June",
            ),
            description=written(
                es="Texto de las solicitudes, sin nombres. No se publica completo porque algunas cuentan casos "
                "personales.",
                en="The text of the requests, without names. It is not published as a whole, since some tell of "
                "personal cases.",
            ),
        ),
        DatasetDraft(
            role=DatasetRole.PRODUCED,
            title=written(
                es="Solicitudes sobre el agua por mes y tema", en="Requests about water by month and subject"
            ),
            description=written(
                es="Treinta renglones: cinco temas en seis meses. Datos inventados para la demostración.",
                en="Thirty rows: five subjects in six months. Data made up for the demonstration.",
            ),
            licence="CC BY 4.0",
            row_count=content.count(b"\r\n") - 1,
            sha256=hashlib.sha256(content).hexdigest(),
            columns=(
                _column("mes", ColumnType.CATEGORY, "Año y mes de la solicitud.", "Year and month of the request."),
                _column("tema", ColumnType.CATEGORY, "De qué trata la solicitud.", "What the request is about."),
                _column("solicitudes", ColumnType.INTEGER, "Cuántas se leyeron.", "How many were read."),
                _column(
                    "contestadas_en_plazo",
                    ColumnType.INTEGER,
                    "Cuántas se contestaron dentro del plazo de ley.",
                    "How many were answered within the time that the law gives.",
                ),
                _column(
                    "ya_podia_publicarse",
                    ColumnType.INTEGER,
                    "En cuántas lo que se pide ya podía estar publicado.",
                    "In how many what is asked for could have been published already.",
                ),
            ),
        ),
    )


def _column(name: str, type_: ColumnType, es: str, en: str) -> ColumnDraft:
    return ColumnDraft(name=name, type=type_, meaning=written(es=es, en=en))


def wording(commission_id: UUID, sister_id: UUID, *, again: bool) -> WordingDraft:
    """Write the study; `again` is the wording after it was given back, which says how far it reaches."""
    reach = SectionDraft(
        code="alcance",
        heading=written(es="Hasta dónde llega", en="How far it reaches"),
        text=written(
            es="Son veinte municipios elegidos para ser distintos entre sí: las cifras describen a esos veinte y no al "
            "país. Dos de cada cien solicitudes no se pudieron clasificar.",
            en="These are twenty municipalities chosen to be different from each other: the figures describe those "
            "twenty and not the country. Two in a hundred requests could not be sorted.",
        ),
    )
    return WordingDraft(
        abstract=written(
            es="Se leyeron 1 550 solicitudes sobre el agua. Más de la mitad pedía algo que el municipio ya podía tener "
            "publicado: horarios, cortes y la manera de calcular el recibo.",
            en="1,550 requests about water were read. More than half asked for something that the municipality could "
            "have published already: hours, cuts and the way in which the bill is calculated.",
        ),
        sections=(
            SectionDraft(
                code="resultados",
                heading=written(es="Qué se pregunta", en="What is asked"),
                text=written(
                    es="Los temas son cinco. Obras y contratos reúne 359 solicitudes, cortes y horarios 345, fugas y "
                    "reparaciones 310, calidad del agua 298 y recibo y tarifas 238. De todas, 1 110 se contestaron en "
                    "plazo y en 885 lo que se pedía ya podía estar publicado.",
                    en="There are five subjects. Works and contracts have 359 requests, cuts and hours 345, leaks and "
                    "repairs 310, quality of water 298, and bills and tariffs 238. Of all of them 1,110 were answered "
                    "in time, and in 885 what was asked for could have been published already.",
                ),
            ),
            *((reach,) if again else ()),
        ),
        findings=(
            FindingDraft(
                kind=FindingKind.FINDING,
                strength=FindingStrength.STRONG,
                section="resultados",
                text=written(
                    es="En 885 de 1 550 solicitudes (57 de cada 100) se pide algo que ya podía estar publicado.",
                    en="In 885 of 1,550 requests (57 in 100) something is asked for that could have been published.",
                ),
            ),
            FindingDraft(
                kind=FindingKind.FINDING,
                strength=FindingStrength.MODERATE,
                section="resultados",
                text=written(
                    es="Los cortes y los horarios son lo que más veces sobraría preguntar.",
                    en="Cuts and hours are what it would most often be unnecessary to ask.",
                ),
            ),
            FindingDraft(
                kind=FindingKind.RECOMMENDATION,
                strength=FindingStrength.STRONG,
                section="resultados",
                body_id=commission_id,
                text=written(
                    es="Recomendar a los municipios que publiquen primero los cortes y los horarios, con aviso previo.",
                    en="Recommend to municipalities that they publish cuts and hours first, with notice beforehand.",
                ),
            ),
            FindingDraft(
                kind=FindingKind.RECOMMENDATION,
                strength=FindingStrength.MODERATE,
                section="resultados",
                body_id=sister_id,
                text=written(
                    es="Ofrecer en la Plataforma Nacional un formato único para los avisos de cortes de agua.",
                    en="Offer one format for notices of cuts of water on the National Platform.",
                ),
            ),
        ),
        note=written(
            es="Se agrega hasta dónde llegan las cifras, como se pidió al devolver el borrador.",
            en="How far the figures reach is added, as was asked when the draft was given back.",
        )
        if again
        else None,
    )


RETURNED = written(
    es="Falta decir a qué municipios alcanzan las cifras: leídas sin eso parecen del país entero.",
    en="It has to be said which municipalities the figures are about: read without that they seem to be the country's.",
)

REVIEWERS = (("Ada Chi Uitz", False), ("Rubén Cetina Mora", True))
"""Who was asked to review it, and whether their name stays unknown."""

REVIEW = written(
    es="El método es claro y los datos permiten repetir el trabajo. Pido dos cosas: que se explique qué pasó con las "
    "solicitudes que no se pudieron clasificar y que las cifras por tema se den también en proporción.",
    en="The method is clear, and the data allow the work to be repeated. I ask for two things: that it be explained "
    "what became of the requests that could not be sorted, and that the figures by subject be given as shares as well.",
)
NO_INTEREST = "Ninguno. No conozco a nadie del equipo."
AUTHORS_ANSWER = written(
    es="Lo primero se agregó en «Hasta dónde llega». Las proporciones irán en la versión que se publique.",
    en="The first was added in «How far it reaches». The shares will be in the version that is published.",
)
