"""The consultation that was answered: what it asked, how it was reported, and what was stated on each question.

The figures that the texts name are those of the made-up answers (`ANSWERS`): they are the ones that are counted.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hub.consultations.drafts import ConsultationDraft, OptionDraft, QuestionDraft, SectionDraft
from hub.consultations.models import ResultsPolicy
from hub.consultations.questionnaire_models import QuestionKind
from hub.consultations.report_models import Outcome
from hub.consultations.reporting import ReportWords
from hub.consultations.stating import StatementWords
from hub.demonstration.telling import ONE_DAY
from hub.demonstration.texts import PRIVACY_NOTICE
from hub.mandates.ordering import OwnInitiative
from hub.text import written
from hub.timetables.zones import Declared

ANSWERS = {
    "medio": {"mensaje": 26, "cartel": 14, "bocina": 10, "pagina": 10},
    "antes": {"un-dia": 12, "dos-dias": 30, "semana": 18},
}
RESPONSES = 60

MISSED = (
    "Hasta cuándo iba a durar. Llené cubetas para un día y fueron cuatro.",
    "A quién llamar: el teléfono del aviso no existe.",
    "Qué calles. El aviso decía «la zona centro» y no sé si eso incluye mi calle.",
    "Por qué no hay agua, si es reparación o si es tandeo.",
    "Si va a pasar una pipa y a qué hora.",
    "Nada: no me enteré hasta que abrí la llave.",
)
"""What some of them missed, in their own words; every third one wrote."""


def _choice(code: str, es: str, en: str, *options: tuple[str, str, str]) -> QuestionDraft:
    return QuestionDraft(
        code=code,
        kind=QuestionKind.SINGLE_CHOICE,
        title=written(es=es, en=en),
        required=True,
        options=tuple(OptionDraft(code=c, label=written(es=spanish, en=english)) for c, spanish, english in options),
    )


SECTIONS = (
    SectionDraft(
        title=written(es="El aviso de un corte de agua", en="The notice of a cut of water"),
        questions=(
            _choice(
                "medio",
                "¿Por qué medio quieres enterarte de un corte de agua?",
                "By which means do you want to learn of a cut of water?",
                ("mensaje", "Un mensaje al teléfono", "A message to my telephone"),
                ("cartel", "Un cartel en la calle", "A poster in the street"),
                ("bocina", "La bocina o la radio de la comunidad", "The loudspeaker or the radio of the community"),
                ("pagina", "La página del municipio", "The page of the municipality"),
            ),
            _choice(
                "antes",
                "¿Con cuánta anticipación te sirve el aviso?",
                "How long before is the notice of use to you?",
                ("un-dia", "Un día", "One day"),
                ("dos-dias", "Dos días", "Two days"),
                ("semana", "Una semana", "A week"),
            ),
            QuestionDraft(
                code="falto",
                kind=QuestionKind.LONG_TEXT,
                title=written(
                    es="La última vez, ¿qué te faltó saber?", en="The last time, what would you have needed to know?"
                ),
                required=False,
                max_length=1_000,
            ),
        ),
    ),
)


def draft(*, opening: Declared, closing: Declared) -> ConsultationDraft:
    """Draft the consultation, which the commission holds on its own initiative."""
    return ConsultationDraft(
        title=written(es="¿Cómo conviene avisar de un corte de agua?", en="How is a cut of water best announced?"),
        purpose=written(
            es="La Comisión prepara una guía breve para los avisos de cortes de agua. Antes de escribirla pregunta a "
            "quien los recibe por qué medio, cuándo y qué debe decir un aviso.",
            en="The Commission prepares a short guide to notices of cuts of water. Before writing it, it asks those "
            "who receive them by which means, when, and what a notice has to say.",
        ),
        privacy_notice=PRIVACY_NOTICE,
        own_initiative=OwnInitiative(
            reason=written(
                es="Los avisos que la Comisión revisó no dicen hasta cuándo dura el corte ni a quién llamar.",
                en="The notices that the Commission looked at do not say how long the cut lasts, nor whom to call.",
            ),
            question=written(
                es="¿Por qué medio, cuándo y con qué datos debe avisarse de un corte de agua?",
                en="By which means, when, and with which data should a cut of water be announced?",
            ),
            due_on=closing.local.date() + 56 * ONE_DAY,
        ),
        opening=opening,
        closing=closing,
        sections=SECTIONS,
        results_policy=ResultsPolicy.AFTER_CLOSING,
        late_days=0,
    )


REPORT = ReportWords(
    method=written(
        es="Se preguntó en línea durante quince días a quien tuviera una cuenta. Contestaron 60 personas, que se "
        "enteraron por las páginas de la Comisión y por dos colectivos. Se contó cada respuesta una vez.",
        en="It was asked online for fifteen days of whoever had an account. 60 people answered, who heard of it by the "
        "pages of the Commission and by two collectives. Each response was counted once.",
    ),
    limitations=written(
        es="Contestó quien quiso y pudo hacerlo por internet: no representa a la población, y faltan las comunidades "
        "sin conexión.",
        en="Whoever wanted to and could do so on the internet answered: they do not stand for the population, and "
        "communities without a connection are missing.",
    ),
)


def statements(acuerdo: UUID | None) -> dict[str, StatementWords]:
    """Say what was done with the answers to each question; those in their own words led to the acuerdo."""
    return {
        "medio": StatementWords(
            asked=written(es="Por qué medio avisar.", en="By which means to announce it."),
            said=written(
                es="26 de 60 prefieren un mensaje al teléfono y 14 un cartel; 10, la bocina o la radio, y 10, la "
                "página.",
                en="26 of 60 prefer a message to their telephone and 14 a poster; 10 the loudspeaker or the radio, and "
                "10 the page.",
            ),
            did=Outcome.PARTLY,
            reasons=written(
                es="La guía recomienda el mensaje y el cartel juntos. La bocina y la radio no se recomiendan a todos "
                "los municipios, porque la Comisión no sabe cuáles las tienen.",
                en="The guide recommends the message and the poster together. The loudspeaker and the radio are not "
                "recommended to all municipalities, since the Commission does not know which of them have any.",
            ),
        ),
        "antes": StatementWords(
            asked=written(es="Con cuánta anticipación avisar.", en="How long before to announce it."),
            said=written(
                es="A 30 de 60 les sirven dos días; a 18, una semana, y a 12, un día.",
                en="30 of 60 can do with two days; 18 with a week, and 12 with one day.",
            ),
            did=Outcome.ACCEPTED,
            reasons=written(
                es="La guía pide avisar al menos dos días antes, salvo en una emergencia.",
                en="The guide asks for notice of two days at least, but in an emergency.",
            ),
        ),
        "falto": StatementWords(
            asked=written(es="Qué faltó saber.", en="What people would have needed to know."),
            said=written(
                es="20 de 60 lo contaron con sus palabras: hasta cuándo dura, en qué calles, por qué y a quién llamar.",
                en="20 of 60 told it in their own words: how long it lasts, in which streets, why, and whom to call.",
            ),
            did=Outcome.ACCEPTED,
            reasons=written(
                es="Es lo mismo que se pregunta por escrito a los municipios. Por eso la Comisión ordenó un "
                "diagnóstico de esas solicitudes, para saber qué debería estar ya publicado.",
                en="It is what municipalities are asked in writing as well. That is why the Commission ordered a "
                "diagnosis of those requests, to learn what should be published already.",
            ),
            instrument_id=acuerdo,
        ),
    }


def until(opening: Declared, days: int, hour: int) -> Declared:
    """Return an hour so many days after the opening, by the same clock."""
    day = opening.local + dt.timedelta(days=days)
    return Declared(day.replace(hour=hour), opening.zone)
