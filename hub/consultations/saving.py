"""Saving a response that is not finished, to go on with it later or on another device.

Whoever is known holds their draft under their pseudonym; whoever is not, or has been promised that nothing leads to
them, gets a code to find it and a secret to open it. A draft is checked as far as it goes: nothing in it may be wrong,
and everything may be missing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, delete, exists, false, or_, select, update

from hub.changes.change import Change
from hub.consultations.answer_files import (
    OwnFiles,
    files_begun,
    files_given_by,
    files_of,
    keep_until,
    let_go,
    let_go_of_drafts,
)
from hub.consultations.answering_rules import may_answer, may_discard
from hub.consultations.models import Consultation
from hub.consultations.networks import count_draft
from hub.consultations.questionnaire_models import QuestionnaireRevision, RevisionState, Section
from hub.consultations.questionnaires import plain, questionnaires
from hub.consultations.receipts import new_code, read
from hub.consultations.respondents import Claim, Respondent, pseudonym_of, respondent_of
from hub.consultations.response_models import DraftState, ResponseDraft
from hub.consultations.rules import ConsultationFacts
from hub.consultations.sheets import AnswerSheet
from hub.consultations.unlinking import EMPTIED
from hub.consultations.validating import GivenAnswer, HandedIn, problems_of
from hub.consultations.writing import places_of
from hub.errors import Conflict, Invalid, NotFound, Problem, require
from hub.text import LANGUAGE_TAG

KEPT = dt.timedelta(days=30)
"""How long a draft is kept after it was saved last; never beyond the time until which responses are taken."""

Holding = tuple[str, str]
"""Code and secret of a draft that no account holds."""


@dataclass(frozen=True, kw_only=True)
class DraftSheet:
    """What somebody has answered so far. `edition` is the one that they saw last, so that no device undoes another."""

    consultation_id: UUID
    revision_id: UUID
    answers: Sequence[GivenAnswer]
    claim: Claim = field(default_factory=Claim)
    held_by: Holding | None = None
    edition: int | None = None
    last_section: int | None = None
    language: str | None = None
    network: str | None = None
    """The network that it came from, from which only so many drafts are begun in a day."""


def secret_digest(secret: str) -> bytes:
    """Return what is kept of a draft's secret: it has 128 random bits, so its SHA-256 tells nothing."""
    return hashlib.sha256(secret.encode()).digest()


async def save(change: Change, sheet: DraftSheet) -> ResponseDraft:
    """Keep what somebody has answered so far, under a new edition."""
    consultation = await change.find(Consultation, sheet.consultation_id)
    facts = ConsultationFacts.of(consultation, now=change.at)
    require(may_answer(change.viewer, facts, organization_id=sheet.claim.organization_id))
    respondent = await respondent_of(change, consultation, sheet.claim)
    if respondent.anonymous:
        change.unlink()
    name = await _holder(change, consultation.id, respondent)
    held = drafts_held(consultation.id, pseudonym=name, held_by=sheet.held_by)
    begun = await files_begun(change, held)
    own = OwnFiles(begun=begun, given=await files_given_by(change, consultation.id, name))
    files = await _check(change, sheet, own)
    draft = await _found(change, consultation.id, name, sheet.held_by)
    if draft is None:
        await count_draft(change, consultation, sheet.network)
        draft = await _begin(change, sheet, name)
    elif sheet.edition != draft.edition:
        # Whoever names no edition has not read this one, and would undo what they do not know.
        raise Conflict("DRAFT_CHANGED_ELSEWHERE", path=("edition",), edition=draft.edition)
    draft.revision_id = sheet.revision_id
    draft.answers = {"given": [stored(answer, files.get(answer.question)) for answer in sheet.answers]}
    draft.last_section, draft.language = sheet.last_section, sheet.language
    draft.edition += 1
    draft.saved_at = change.at
    draft.expires_at = change.at + KEPT
    named = {file.id for file in files.values()}
    await let_go(change, begun - named)
    await keep_until(change, named, until=draft.expires_at)
    await change.session.flush()
    change.results["draft"] = str(draft.id)
    return draft


async def _holder(change: Change, consultation_id: UUID, respondent: Respondent) -> bytes | None:
    """Return the pseudonym that holds a draft; None where a code does, because nobody is known or may be."""
    return None if respondent.person_id is None else await pseudonym_of(change, consultation_id, respondent)


async def _check(change: Change, sheet: DraftSheet, own: OwnFiles) -> Mapping[str, HandedIn]:
    """Refuse what is wrong in a draft, and return the files that it names."""
    fixed = select(QuestionnaireRevision.id).filter_by(id=sheet.revision_id, consultation_id=sheet.consultation_id)
    published = QuestionnaireRevision.state != RevisionState.DRAFT
    if await change.session.scalar(fixed.where(published)) is None:
        raise Conflict("WRONG_REVISION", path=("revisionId",))
    questionnaire = await questionnaires.questionnaire(change.session, sheet.revision_id)
    places = await places_of(change, sheet.answers)
    files = await files_of(change, questionnaire, sheet.answers, own)
    problems = problems_of(questionnaire, sheet.answers, places=places, files=files, complete=False)
    if sheet.language is not None and not LANGUAGE_TAG.fullmatch(sheet.language):
        problems.append(Problem("BAD_LANGUAGE", ("language",), {"language": sheet.language[:64]}))
    if sheet.last_section is not None:
        found = select(Section.position).filter_by(revision_id=sheet.revision_id).order_by(Section.position.desc())
        last = (await change.session.execute(found.limit(1))).scalar_one()
        if not 1 <= sheet.last_section <= last:
            problems.append(Problem("OUT_OF_RANGE", ("lastSection",), {"least": 1, "most": last}))
    if problems:
        raise Invalid(problems)
    return {question: file for question, file in files.items() if isinstance(file, HandedIn)}


async def _begin(change: Change, sheet: DraftSheet, name: bytes | None) -> ResponseDraft:
    draft = ResponseDraft(
        id=uuid4(),
        consultation_id=sheet.consultation_id,
        revision_id=sheet.revision_id,
        pseudonym=name,
        organization_id=sheet.claim.organization_id,
        state=DraftState.ACTIVE,
        edition=0,
        saved_at=change.at,
        expires_at=change.at,
    )
    if name is None:
        secret = secrets.token_urlsafe(16)
        draft.code, draft.secret_digest = new_code(), secret_digest(secret)
        change.secrets |= {"code": draft.code, "secret": secret}
    await change.add_once(draft, Conflict("DRAFT_CHANGED_ELSEWHERE", path=("edition",), edition=1))
    return draft


async def _found(
    change: Change, consultation_id: UUID, name: bytes | None, held_by: Holding | None
) -> ResponseDraft | None:
    """Return the draft that is held by a pseudonym, or by code and secret, locked for this change."""
    statement = select(ResponseDraft).filter_by(consultation_id=consultation_id, state=DraftState.ACTIVE)
    if name is not None:
        statement = statement.filter_by(pseudonym=name)
    elif held_by is not None:
        code, secret = held_by
        statement = statement.filter_by(code=read(code) or "", secret_digest=secret_digest(secret))
    else:
        return None
    draft = (await change.session.execute(statement.with_for_update())).scalar_one_or_none()
    if draft is not None and draft.expires_at <= change.at:
        # The timekeeper may be late; what is over is over.
        await _empty(change, draft, DraftState.EXPIRED)
        draft = None
    if draft is None and name is None:
        raise NotFound("DRAFT_UNKNOWN", path=("draftCode",))
    return draft


def stored(answer: GivenAnswer, file: HandedIn | None = None) -> dict[str, Any]:
    """Return an answer as it is kept in a draft: the fields that were filled in, by their names in the interface."""
    rows = None if answer.rows is None else [{"row": row.row, "option": row.option} for row in answer.rows]
    filled = {
        "question": answer.question,
        "text": answer.text,
        "option": answer.option,
        "options": None if answer.options is None else list(answer.options),
        "other": answer.other,
        "ranking": None if answer.ranking is None else list(answer.ranking),
        "rows": rows,
        "number": plain(answer.number),
        "date": plain(answer.date),
        "territory": None if answer.territory_id is None else str(answer.territory_id),
        "file": None if file is None else str(file.id),
        "agreed": answer.agreed,
        "consent": None if answer.consent is None else answer.consent.value,
    }
    return {name: value for name, value in filled.items() if value is not None}


async def discard(
    change: Change, consultation_id: UUID, *, claim: Claim | None = None, held_by: Holding | None = None
) -> None:
    """Throw away what somebody has answered so far; only that they had begun is kept."""
    consultation = await change.find(Consultation, consultation_id)
    claim = claim or Claim()
    facts = ConsultationFacts.of(consultation, now=change.at)
    require(may_discard(change.viewer, facts, organization_id=claim.organization_id))
    respondent = await respondent_of(change, consultation, claim)
    if respondent.anonymous:
        change.unlink()
    draft = await _found(change, consultation_id, await _holder(change, consultation_id, respondent), held_by)
    if draft is None:
        raise NotFound("DRAFT_UNKNOWN", path=("draftCode",))
    await _empty(change, draft, DraftState.DISCARDED)
    change.results["consultation"] = str(consultation_id)


async def _empty(change: Change, draft: ResponseDraft, state: DraftState) -> None:
    await let_go_of_drafts(change, ResponseDraft.id == draft.id)
    emptied = update(ResponseDraft).filter_by(id=draft.id).values(state=state, **EMPTIED)
    await change.session.execute(emptied, execution_options={"synchronize_session": False})
    change.session.expunge(draft)


async def forget_draft(change: Change, sheet: AnswerSheet, *, pseudonym: bytes | None) -> None:
    """Remove the draft of a response that was sent: it leaves no row behind that could lead to it."""
    held = drafts_of(sheet, pseudonym=pseudonym)
    await let_go_of_drafts(change, held)
    await change.session.execute(delete(ResponseDraft).where(held), execution_options={"synchronize_session": False})


def drafts_of(sheet: AnswerSheet, *, pseudonym: bytes | None) -> ColumnElement[bool]:
    """The drafts as which a response was begun: somebody may have begun it before they signed in."""
    return drafts_held(sheet.consultation_id, pseudonym=pseudonym, held_by=sheet.draft)


def drafts_held(consultation_id: UUID, *, pseudonym: bytes | None, held_by: Holding | None) -> ColumnElement[bool]:
    """The drafts of a consultation that somebody holds, under their pseudonym, or by code and secret."""
    ways: list[ColumnElement[bool]] = [false()]
    if pseudonym is not None:
        ways.append(ResponseDraft.pseudonym == pseudonym)
    if held_by is not None:
        code, secret = held_by
        opened = ResponseDraft.secret_digest == secret_digest(secret)
        ways.append(and_(ResponseDraft.code == (read(code) or ""), opened))
    return and_(ResponseDraft.consultation_id == consultation_id, or_(*ways))


async def expire_drafts(change: Change) -> None:
    """Empty the drafts whose time is over; of each only the day on which it was saved last is kept.

    Their files were kept for as long, or go as the consultation is unlinked.
    """
    over = update(ResponseDraft).where(ResponseDraft.state == DraftState.ACTIVE, _over(change.at))
    await change.session.execute(over.values(state=DraftState.EXPIRED, **EMPTIED))


def _over(at: dt.datetime) -> ColumnElement[bool]:
    """Whether a draft has expired: by itself, or with the consultation, whose end may be put off meanwhile."""
    closed = exists().where(Consultation.id == ResponseDraft.consultation_id, Consultation.late_until <= at)
    return or_(ResponseDraft.expires_at <= at, closed)
