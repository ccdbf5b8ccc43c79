"""The acuerdo of the demonstration: what the commission decided to find out, and by which works. Made up."""

from __future__ import annotations

import datetime as dt

from hub.demonstration.telling import ONE_DAY
from hub.instruments.drafts import InstrumentDraft, OrderDraft, SectionDraft
from hub.instruments.effect_models import MandateKind
from hub.text import written

TITLE = written(
    es="Acuerdo sobre la información que los municipios deben publicar primero",
    en="Acuerdo on the information that municipalities should publish first",
)

STUDY_TITLE = written(
    es="Diagnóstico de lo que se pregunta a los municipios sobre el agua",
    en="Diagnosis of what is asked of municipalities about water",
)
CONSULTATION_TITLE = written(
    es="Consulta sobre los servicios municipales cuya información urge publicar",
    en="Consultation on the municipal services whose information is most urgent to publish",
)


def draft(*, today: dt.date) -> InstrumentDraft:
    """Draft the acuerdo."""
    return InstrumentDraft(
        title=TITLE,
        addressed_to=written(
            es="Secretaría técnica e instituciones que integran la Comisión",
            en="The technical secretary and the institutions that form the Commission",
        ),
        sections=(
            SectionDraft(
                code="considerandos",
                heading=written(es="Considerandos", en="Whereas"),
                text=written(
                    es="La mayoría de las personas que buscaron información de su municipio no la encontraron, o la "
                    "encontraron en una forma que no les sirvió. Las guías de publicación parten de lo que las "
                    "oficinas tienen a la mano y no de lo que se les pregunta. Antes de recomendar un orden conviene "
                    "saber qué se pregunta y preguntar qué urge.",
                    en="Most people who looked for information of their municipality did not find it, or found it in "
                    "a form that was of no use to them. Publication guides start from what offices have at hand and "
                    "not from what they are asked. Before an order is recommended one should know what is asked, and "
                    "ask what is urgent.",
                ),
            ),
            SectionDraft(
                code="primero",
                heading=written(es="Primero", en="First"),
                text=written(
                    es="Se ordena un diagnóstico de las solicitudes de información sobre el agua que reciben los "
                    "municipios: qué se pide, qué se contesta y qué habría evitado la pregunta si se hubiera "
                    "publicado.",
                    en="A diagnosis is ordered of the information requests about water that municipalities receive: "
                    "what is asked, what is answered, and what would have made the question unnecessary had it been "
                    "published.",
                ),
                orders=(
                    OrderDraft(
                        kind=MandateKind.STUDY,
                        title=STUDY_TITLE,
                        question=written(
                            es="¿Qué se pregunta a los municipios sobre el agua, y qué debería estar ya publicado?",
                            en="What are municipalities asked about water, and what should be published already?",
                        ),
                        due_on=today + 90 * ONE_DAY,
                        budget_note=written(
                            es="Con personal propio y hasta 180 000 pesos para la revisión de la muestra.",
                            en="With its own staff and up to 180,000 pesos for reading the sample.",
                        ),
                    ),
                ),
            ),
            SectionDraft(
                code="segundo",
                heading=written(es="Segundo", en="Second"),
                text=written(
                    es="Se ordena una consulta pública para conocer qué servicios municipales urgen, con qué detalle "
                    "y en qué forma debe publicarse su información. Nadie tendrá que dar su nombre para contestar.",
                    en="A public consultation is ordered to learn which municipal services are urgent, and in what "
                    "detail and form their information should be published. Nobody has to give their name to answer.",
                ),
                orders=(
                    OrderDraft(
                        kind=MandateKind.CONSULTATION,
                        title=CONSULTATION_TITLE,
                        question=written(
                            es="¿Qué información de los servicios municipales debe recomendarse publicar primero?",
                            en="Which information on municipal services should be recommended for publication first?",
                        ),
                        due_on=today + 150 * ONE_DAY,
                    ),
                ),
            ),
            SectionDraft(
                code="tercero",
                heading=written(es="Tercero", en="Third"),
                text=written(
                    es="La Secretaría técnica publicará este acuerdo, y cada respuesta que resulte de él, en lenguaje "
                    "claro y en un solo lugar.",
                    en="The technical secretary publishes this acuerdo, and each answer that comes of it, in plain "
                    "language and in one place.",
                ),
            ),
        ),
    )
