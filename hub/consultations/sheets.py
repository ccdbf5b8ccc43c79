"""Answer sheets: what somebody hands in, and the form of it that is hashed for the receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from uuid import UUID

from hub.consultations.questionnaires import plain
from hub.consultations.respondents import Claim
from hub.consultations.response_models import Channel, ConsentLevel
from hub.consultations.validating import Files, GivenAnswer, HandedIn


@dataclass(frozen=True, kw_only=True)
class AnswerSheet:
    """Answers to the revision that was read, how these may be published, and with which notice that was asked."""

    consultation_id: UUID
    revision_id: UUID
    answers: Sequence[GivenAnswer]
    consent: ConsentLevel
    notice_hash: str | None = None
    language: str | None = None
    channel: Channel = Channel.API
    territory_id: UUID | None = None
    claim: Claim = field(default_factory=Claim)
    draft: tuple[str, str] | None = None
    """Code and secret of the draft that this response was begun as, where nobody is known who holds it."""
    network: str | None = None
    """The network that it came from, which is counted for a day and kept nowhere."""


def said(sheet: AnswerSheet, *, language: str, files: Files = MappingProxyType({})) -> dict[str, object]:
    """Return what a response says, as JSON: the form that is hashed for its receipt. Files are in it by hash."""
    answers = sorted(sheet.answers, key=lambda answer: answer.question)
    return {
        "consultation": str(sheet.consultation_id),
        "revision": str(sheet.revision_id),
        "organization": None if sheet.claim.organization_id is None else str(sheet.claim.organization_id),
        "territory": None if sheet.territory_id is None else str(sheet.territory_id),
        "consent": sheet.consent.value,
        "notice": sheet.notice_hash,
        "language": language,
        "answers": [_said(answer, files.get(answer.question)) for answer in answers],
    }


def _said(answer: GivenAnswer, file: HandedIn | str | None) -> dict[str, Any]:
    """Return what one answer says; only what was filled in stands in it."""
    filled = {
        "text": answer.words,
        "options": sorted(answer.choices) if answer.ranking is None and answer.choices else None,
        "ranking": None if answer.ranking is None else list(answer.ranking),
        "rows": None if answer.rows is None else {row.row: row.option for row in answer.rows},
        "number": plain(answer.number),
        "date": plain(answer.date),
        "territory": None if answer.territory_id is None else str(answer.territory_id),
        "file": file.sha256.hex() if isinstance(file, HandedIn) else None,
        "agreed": answer.agreed,
        "consent": None if answer.consent is None else answer.consent.value,
    }
    return {"question": answer.question, **{name: value for name, value in filled.items() if value is not None}}
