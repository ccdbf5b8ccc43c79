"""What the demonstration says of its own consultations, in Spanish and in English. All of it was written for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

from hub.consultations.drafts import ConsultationDraft, SectionDraft
from hub.consultations.models import ResultsPolicy
from hub.demonstration.questions import CRITERIA, SERVICES
from hub.mandates.ordering import OwnInitiative
from hub.text import written
from hub.timetables.zones import Declared

MONTHS = {
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
           "noviembre", "diciembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip

PRIVACY_NOTICE = written(
    es="Tus respuestas se guardan sin tu nombre. Para que nadie conteste dos veces se usa una clave que "
    "solo sirve en esta consulta y que se destruye cuando termina. Mientras esté abierta puedes cambiar o "
    "retirar lo que dijiste. Si lo permites, tus respuestas se publican sin tu nombre después del cierre. "
    "Esta es una demostración: no escribas datos personales.",
    en="Your answers are kept without your name. So that nobody answers twice, a key is used that serves in "
    "this consultation only and is destroyed when it is over. While it is open you may change or withdraw "
    "what you said. If you agree, your answers are published without your name after the closing. This is a "
    "demonstration: do not write personal data.",
)


def about_services(
    *, opening: Declared, closing: Declared, territories: tuple[UUID, ...], mandate_id: UUID | None
) -> ConsultationDraft:
    """Draft the consultation that is open now; it rests on what the commission ordered, as long as that is not over."""
    year = opening.local.year
    month = {tag: names[opening.local.month - 1] for tag, names in MONTHS.items()}
    return ConsultationDraft(
        title=written(
            es=f"¿Qué debe publicar primero tu ayuntamiento? Consulta de {month['es']} de {year}",
            en=f"What should your municipal government publish first? Consultation of {month['en']} {year}",
        ),
        purpose=written(
            es="La ley dice qué información debe publicar un municipio. La transparencia proactiva es lo "
            "demás: lo que se publica porque le sirve a alguien. Queremos saber qué servicios urgen, con "
            "qué detalle y en qué forma, para proponer a los municipios un orden de publicación que empiece "
            "por lo útil.",
            en="The law says what information a municipality must publish. Proactive transparency is the "
            "rest: what is published because it is of use to somebody. We want to know which services are "
            "urgent, in what detail and in what form, to propose to municipalities an order of publication "
            "that begins with what is useful.",
        ),
        scope=written(
            es="Puede cambiar: el orden, el detalle, el ritmo y la forma de lo que se recomienda publicar. "
            "No puede cambiar aquí: lo que la ley ya obliga a publicar, ni el presupuesto de cada municipio.",
            en="What can change: the order, the detail, the pace and the form of what we recommend to "
            "publish. What cannot change here: what the law already demands, or the budget of any "
            "municipality.",
        ),
        privacy_notice=PRIVACY_NOTICE,
        mandate_id=mandate_id,
        own_initiative=None if mandate_id else own_initiative(due_on=closing.local.date() + dt.timedelta(days=84)),
        opening=opening,
        closing=closing,
        sections=SERVICES,
        results_policy=ResultsPolicy.LIVE,
        territory_ids=territories,
    )


def own_initiative(*, due_on: dt.date) -> OwnInitiative:
    """Say why the commission asks about services where nothing orders it to."""
    return OwnInitiative(
        reason=written(
            es="La Comisión recibe cada año propuestas de guías de publicación que parten de lo que las "
            "oficinas ya tienen, no de lo que la gente busca. Por iniciativa propia pregunta primero.",
            en="Each year the Commission receives proposals of publication guides that start from what "
            "offices have already, not from what people look for. On its own initiative it asks first.",
        ),
        question=written(
            es="¿Qué información de los servicios municipales debe recomendarse publicar primero?",
            en="Which information on municipal services should be recommended for publication first?",
        ),
        due_on=due_on,
    )


def about_criteria(*, opening: Declared, closing: Declared, territories: tuple[UUID, ...]) -> ConsultationDraft:
    """Draft the consultation that has closed."""
    return ConsultationDraft(
        title=written(
            es="¿Cómo saber si publicar más información sirve de algo?",
            en="How to know whether publishing more information is of any use?",
        ),
        purpose=written(
            es="Cada vez más instituciones publican información que la ley no les exige. Queremos criterios "
            "para reconocer cuándo eso le sirve a alguien, y pedimos ayuda a quienes la usan para "
            "escribirlos.",
            en="More and more institutions publish information that the law does not demand. We want "
            "criteria to tell when this is of use to somebody, and we ask those who use it to help us write "
            "them.",
        ),
        scope=written(
            es="Puede cambiar: qué se mide y cómo se publica. No puede cambiar: que la evaluación exista.",
            en="What can change: what is measured and how it is published. What cannot: that there is an evaluation.",
        ),
        privacy_notice=PRIVACY_NOTICE,
        own_initiative=OwnInitiative(
            reason=written(
                es="Los criterios de evaluación de la transparencia proactiva deben partir de la "
                "reutilización por la sociedad; sin preguntarle, no habría de dónde partir.",
                en="The criteria to evaluate proactive transparency must start from its reuse by society; "
                "without asking it there would be nothing to start from.",
            ),
            due_on=closing.local.date() + dt.timedelta(days=84),
        ),
        opening=opening,
        closing=closing,
        sections=CRITERIA,
        results_policy=ResultsPolicy.AFTER_CLOSING,
        territory_ids=territories,
    )


CLEARER = written(
    es="En la pregunta sobre los datos del agua se explica qué es el tandeo. Lo que se pregunta es lo mismo.",
    en="The question on data about water now explains what supply by turns is. What is asked is the same.",
)


def in_clearer_words(sections: tuple[SectionDraft, ...]) -> tuple[SectionDraft, ...]:
    """Return a questionnaire in which one question got a hint, as after somebody asked what it meant."""
    hint = written(
        es="Hay tandeo cuando el agua llega por turnos, unos días sí y otros no.",
        en="Supply by turns means that water comes on some days and not on others.",
    )
    return tuple(
        replace(section, questions=tuple(replace(q, hint=hint) if q.code == "agua" else q for q in section.questions))
        for section in sections
    )


MORE_TIME = written(
    es="Varias organizaciones pidieron una semana más para reunir respuestas en comunidades sin internet.",
    en="Several organisations asked for one more week to collect answers in communities without internet.",
)
