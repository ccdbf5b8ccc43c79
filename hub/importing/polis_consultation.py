"""The consultation that a Polis conversation becomes: its mandate, its questionnaire, its life."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hub.changes.change import Change
from hub.consultations.drafts import OptionDraft, QuestionDraft, SectionDraft
from hub.consultations.events import (
    ConsultationChecked,
    ConsultationClosed,
    ConsultationCreated,
    ConsultationOpened,
    ConsultationScheduled,
)
from hub.consultations.lifecycles import CONSULTATION_LIFE
from hub.consultations.models import Consultation, ConsultationKind, ConsultationState, IdentityPolicy, ResultsPolicy
from hub.consultations.questionnaire_models import QuestionKind
from hub.consultations.questionnaires import publish_revision, write_revision
from hub.database.base import uuid7
from hub.importing.polis_directory import Conversation
from hub.mandates.models import Mandate, MandateKind, MandateOrigin
from hub.mandates.ordering import OwnInitiative, order, propose, start
from hub.register.models import CreatedVia, EntryKind, EntryVisibility
from hub.register.registering import register
from hub.text import LocalizedText, Translation, written

ZONE = "UTC"
"""The source's abbreviations of zones do not tell them apart, so its instants are declared in UTC."""

TICK = dt.timedelta(milliseconds=1)
"""The grain of the source's clock. An interval is half-open, so it closes one tick after the last vote."""

OPTIONS = (
    OptionDraft(code="agree", label=written("en", en="Agree", es="De acuerdo")),
    OptionDraft(code="disagree", label=written("en", en="Disagree", es="En desacuerdo")),
    OptionDraft(code="pass", label=written("en", en="Pass", es="Paso")),
)

SECTION = written("en", en="What participants said", es="Lo que dijeron los participantes")

INTRODUCTION = written(
    "en",
    en="Each statement was written by a participant. You could agree, disagree or pass.",
    es="Cada afirmación la escribió un participante. Se podía estar de acuerdo, en desacuerdo o pasar.",
)

REASON = written(
    "en",
    en="The conversation was held with Polis, and its publisher made every vote public. It is taken in as it "
    "was, so that what people said there can be read, counted and compared here.",
    es="La conversación se celebró con Polis y quien la publicó hizo públicos todos los votos. Se incorpora "
    "tal como fue, para que lo dicho en ella pueda leerse, contarse y compararse aquí.",
)


async def found_consultation(
    change: Change,
    conversation: Conversation,
    *,
    publisher: UUID,
    attribution: LocalizedText | None,
    opens_at: dt.datetime,
    last: dt.datetime,
) -> Consultation:
    """Write the consultation with its mandate and its questionnaire."""
    mandate = await _order(change, conversation, publisher)
    title, purpose = _said(conversation, conversation.title), _said(conversation, conversation.purpose)
    id_ = uuid7()
    await register(
        change,
        id_,
        EntryKind.CONSULTATION,
        title=title,
        texts=[purpose],
        visibility=EntryVisibility.PUBLIC,
        via=CreatedVia.IMPORT,
        source_url=conversation.url,
        imported_from=conversation.imported_from,
    )
    closes_at = last + TICK
    consultation = Consultation(
        id=id_,
        mandate_id=mandate.id,
        organization_id=publisher,
        kind=ConsultationKind.QUESTIONNAIRE,
        title=title,
        purpose=purpose,
        attribution=attribution,
        source_language=conversation.language,
        identity_policy=IdentityPolicy.IMPORTED,
        results_policy=ResultsPolicy.LIVE,
        opens_at=opens_at,
        opens_local=opens_at.replace(tzinfo=None),
        closes_at=closes_at,
        closes_local=closes_at.replace(tzinfo=None),
        zone=ZONE,
        counted_until=closes_at,
        late_until=closes_at,
        created_at=change.at,
    )
    created = ConsultationCreated(consultation_id=id_, mandate_id=mandate.id)
    await change.bear(consultation, CONSULTATION_LIFE, "create", created)
    revision = await write_revision(change, id_, [_questionnaire(conversation)])
    await publish_revision(change, revision)
    await change.move(consultation, CONSULTATION_LIFE, "check", ConsultationChecked(consultation_id=id_))
    return consultation


async def complete(change: Change, consultation_id: UUID) -> bool:
    """Lead a consultation whose responses are all there to its closing; tell whether it was still to do.

    Until then it is checked and no more: it shows no results, and whoever keeps time leaves it alone,
    though its closing lies years back. So an import that was interrupted never looks finished.
    """
    consultation = await change.take(Consultation, consultation_id)
    if consultation.state is not ConsultationState.CHECKED:
        return False
    scheduled = ConsultationScheduled(
        consultation_id=consultation_id,
        mandate_id=consultation.mandate_id,
        opens_at=consultation.opens_at,
        closes_at=consultation.closes_at,
    )
    opened = ConsultationOpened(consultation_id=consultation_id)
    closed = ConsultationClosed(consultation_id=consultation_id)
    await change.move(consultation, CONSULTATION_LIFE, "schedule", scheduled)
    await change.move(consultation, CONSULTATION_LIFE, "open", opened)
    await change.move(consultation, CONSULTATION_LIFE, "close", closed)
    return True


async def _order(change: Change, conversation: Conversation, publisher: UUID) -> Mandate:
    """Order the work by own initiative: the hub takes in what was public elsewhere."""
    mandate = await propose(
        change,
        OwnInitiative(reason=REASON, question=_said(conversation, conversation.title)),
        kind=MandateKind.CONSULTATION,
        title=written(
            "en",
            en=f"Import of the Polis conversation “{conversation.title}”",
            es=f"Importación de la conversación de Polis «{conversation.title}»",
        ),
        organization_id=publisher,
        origin=MandateOrigin.IMPORT,
        visibility=EntryVisibility.PUBLIC,
        via=CreatedVia.IMPORT,
        imported_from=f"{conversation.imported_from}:mandate",
    )
    await order(change, mandate)
    await start(change, mandate)
    return mandate


def _questionnaire(conversation: Conversation) -> SectionDraft:
    """Return the statements as questions, in the order of their numbers."""
    return SectionDraft(
        title=SECTION,
        introduction=INTRODUCTION,
        questions=tuple(
            QuestionDraft(
                code=statement.code,
                kind=QuestionKind.SINGLE_CHOICE,
                title=_said(conversation, statement.text),
                options=OPTIONS,
                source_moderation=statement.moderation,
            )
            for statement in conversation.statements.values()
        ),
    )


def _said(conversation: Conversation, words: str) -> LocalizedText:
    """Return a text in the language of the conversation, which is its only one."""
    return LocalizedText(conversation.language, {conversation.language: Translation(words)})
