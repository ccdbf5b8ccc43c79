"""Writing many responses at once: the rows by COPY, and of each response that it was submitted.

Nobody holds a receipt of them, and no participation joins one of them to a person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from hub.changes.change import Change
from hub.consultations.lifecycles import RESPONSE_LIFE
from hub.consultations.questionnaires import Questionnaire
from hub.consultations.receipts import new_salt, response_hash
from hub.consultations.response_events import ResponseSubmitted
from hub.consultations.response_models import RespondentKind, ResponseState
from hub.consultations.sheets import AnswerSheet, said
from hub.consultations.writing import choices_of, values_of
from hub.importing.copying import copy_rows

RESPONSE = (
    "id",
    "consultation_id",
    "revision_id",
    "state",
    "respondent_kind",
    "channel",
    "consent",
    "language",
    "territory_id",
    "received_at",
    "salt",
    "content_hash",
    "imported_from",
)
SAID = ("text", "number", "day", "territory_id", "agreed", "published")
ANSWER = ("response_id", "question_id", "lineage_id", "counted", *SAID)
CHOSEN = ("option_code", "row_code", "place")
CHOICE = ("response_id", "question_id", "lineage_id", "counted", *CHOSEN)


@dataclass(frozen=True, kw_only=True)
class ReceivedSheet:
    """An answer sheet that came in elsewhere or earlier, with what is known of that."""

    sheet: AnswerSheet
    language: str
    received_at: dt.datetime
    respondent_kind: RespondentKind = RespondentKind.ANONYMOUS
    imported_from: str | None = None


async def write_responses(change: Change, questionnaire: Questionnaire, received: Iterable[ReceivedSheet]) -> int:
    """Write these responses to one questionnaire, and return how many answers they hold."""
    responses: list[tuple[Any, ...]] = []
    answers: list[tuple[Any, ...]] = []
    choices: list[tuple[Any, ...]] = []
    for one in received:
        id_, salt, sheet = uuid4(), new_salt(), one.sheet
        responses.append(
            (
                id_,
                sheet.consultation_id,
                sheet.revision_id,
                ResponseState.ACCEPTED.value,
                one.respondent_kind.value,
                sheet.channel.value,
                sheet.consent.value,
                one.language,
                sheet.territory_id,
                one.received_at,
                salt,
                response_hash(said(sheet, language=one.language), salt=salt),
                one.imported_from,
            )
        )
        for answer in sheet.answers:
            asked = questionnaire[answer.question]
            at = (id_, asked.id, asked.lineage_id, True)
            values = values_of(answer, asked, sheet.consent)
            answers.append((*at, *(values[name] for name in SAID)))
            choices.extend((*at, *(chosen[name] for name in CHOSEN)) for chosen in choices_of(answer))
        submitted = ResponseSubmitted(
            response_id=id_,
            consultation_id=sheet.consultation_id,
            revision_id=sheet.revision_id,
            channel=sheet.channel,
        )
        change.record_move(RESPONSE_LIFE, "submit", submitted)
    await copy_rows(change, "response", RESPONSE, responses)
    await copy_rows(change, "answer", ANSWER, answers)
    await copy_rows(change, "answer_choice", CHOICE, choices)
    return len(answers)
