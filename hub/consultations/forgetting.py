"""Forgetting a respondent: nothing leads from what somebody said to them any more, once they are gone.

What was counted stays counted, since figures that were published are not taken back. What somebody leaves behind stays
as it may be read, without their name; what they do not is emptied of its words and published no more, and where it
could still be taken back, it is. Words about who somebody is, and whatever counts no more, go in any case. So do files:
what a program wrote into them may say whose they are.

One consultation is one transaction, with facts that keep no more than the day: nothing in the database or in the log
joins what one person said in two of them.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from hub.changes.change import Change
from hub.consultations.answer_files import let_go_of_drafts, take_away
from hub.consultations.lifecycles import RESPONSE_LIFE
from hub.consultations.models import Consultation, ConsultationKey, ConsultationState
from hub.consultations.pseudonyms import pseudonym
from hub.consultations.questionnaire_models import Question, Sensitivity
from hub.consultations.response_events import RespondentForgotten, ResponseWithdrawn
from hub.consultations.response_models import (
    IN_FORCE_STATES,
    Answer,
    AnswerChoice,
    ConsentLevel,
    DraftState,
    Participation,
    Response,
    ResponseDraft,
    ResponseState,
    TextFingerprint,
)
from hub.consultations.rules import ConsultationFacts
from hub.consultations.unlinking import EMPTIED
from hub.consultations.writing import count_answers
from hub.errors import require
from hub.identity.rules import may_administer

ERASED = 0
"""The first byte of a pseudonym that stands for nobody any more."""

SILENT = {"synchronize_session": False}
NO_WORDS = {"text": None}
NOTHING_SAID = {"text": None, "number": None, "day": None, "territory_id": None, "agreed": None, "consent": None}


@dataclass(frozen=True, kw_only=True)
class Gone:
    """Somebody who is gone, and whether what they said goes with them."""

    person_id: UUID
    verifications: Sequence[bytes] = ()
    """What stands for the natural person: it is the same when they come again, so their place stays taken."""
    removed: bool


async def consultations_of(change: Change, gone: Gone) -> list[UUID]:
    """Return the consultations in which something is kept of somebody, as far as anybody can find it."""
    found = {
        *await change.session.scalars(select(Response.consultation_id).filter_by(named_person_id=gone.person_id)),
    }
    for key in (await change.session.scalars(select(ConsultationKey))).all():
        names = _names(change, key, gone)
        for model in (Participation, ResponseDraft):
            taken = select(model.consultation_id).where(
                model.consultation_id == key.consultation_id, model.pseudonym.in_(names)
            )
            found |= {*await change.session.scalars(taken)}
    return sorted(found, key=lambda id_: id_.bytes[8:])


def _names(change: Change, key: ConsultationKey, gone: Gone) -> list[bytes]:
    return [pseudonym(identity, change.keys, key) for identity in (gone.person_id.bytes, *gone.verifications)]


async def forget_respondent(change: Change, consultation_id: UUID, gone: Gone) -> None:
    """Let nothing in a consultation lead to somebody who is gone. Doing so again changes nothing more."""
    require(may_administer(change.viewer))
    change.unlink()
    consultation = await change.find(Consultation, consultation_id)
    key = await change.session.get(ConsultationKey, consultation_id)
    names = [] if key is None else _names(change, key, gone)
    taken = await _participations(change, consultation_id, names)
    for response in await _responses(change, consultation_id, taken, gone):
        await _forget(change, response, consultation, gone)
        change.record(
            RespondentForgotten(
                response_id=response.id,
                consultation_id=consultation_id,
                revision_id=response.revision_id,
                channel=response.channel,
            )
        )
    for participation in taken:
        # Whoever comes by a new account is somebody else to the hub; a natural person is the same as before.
        if names and participation.pseudonym == names[0]:
            await _cut(change, participation)
    theirs = and_(ResponseDraft.consultation_id == consultation_id, ResponseDraft.pseudonym.in_(names))
    await let_go_of_drafts(change, theirs)
    begun = update(ResponseDraft).where(theirs)
    await change.session.execute(begun.values(state=DraftState.DISCARDED, **EMPTIED), execution_options=SILENT)


async def _participations(change: Change, consultation_id: UUID, names: Sequence[bytes]) -> Sequence[Participation]:
    taken = select(Participation).where(
        Participation.consultation_id == consultation_id, Participation.pseudonym.in_(names)
    )
    locked = taken.order_by(Participation.ordinal).with_for_update(key_share=True)
    return (await change.session.scalars(locked)).all()


async def _responses(
    change: Change, consultation_id: UUID, taken: Sequence[Participation], gone: Gone
) -> Sequence[Response]:
    theirs = or_(
        Response.participation_id.in_([participation.id for participation in taken]),
        Response.named_person_id == gone.person_id,
    )
    found = select(Response).where(Response.consultation_id == consultation_id, theirs)
    return (await change.session.scalars(found.order_by(Response.id).with_for_update(key_share=True))).all()


async def _cut(change: Change, participation: Participation) -> None:
    """Let a participation stand for nobody. One without a response is of a kind that nothing leads to as it is.

    Rewriting that one by itself would tell it apart from those around it (`unlinking.py`).
    """
    said = select(Response.id).filter_by(participation_id=participation.id).limit(1)
    if await change.session.scalar(said) is not None:
        participation.pseudonym = bytes([ERASED]) + secrets.token_bytes(32)


async def _forget(change: Change, response: Response, consultation: Consultation, gone: Gone) -> None:
    response.respondent_name = response.named_person_id = None
    if response.consent is ConsentLevel.WITH_NAME:
        organization = response.organization_id is not None
        response.consent = ConsentLevel.ORGANIZATION_NAME if organization else ConsentLevel.WITHOUT_NAME
    await change.session.flush()
    if response.organization_id is not None:
        # What an organisation said is the organisation's, whoever spoke for it.
        return
    taken = await take_away(change, response.id)
    if gone.removed and _may_be_taken_back(response, consultation, change):
        await _withdraw(change, response)
    if response.state not in IN_FORCE_STATES:
        await _empty(change, response)
    elif gone.removed:
        await _publish_no_more(change, response)
    else:
        about_themself = select(Question.id).where(Question.sensitivity == Sensitivity.PERSONAL)
        await _empty_words(change, response, Answer.question_id.in_(about_themself))
        nameless = update(Answer).filter_by(response_id=response.id, consent=ConsentLevel.WITH_NAME)
        await change.session.execute(nameless.values(consent=ConsentLevel.WITHOUT_NAME), execution_options=SILENT)
        if taken:
            await _destroy_salt(change, response)


def _may_be_taken_back(response: Response, consultation: Consultation, change: Change) -> bool:
    facts = ConsultationFacts.of(consultation, now=change.at)
    withdrawn = facts.standing is ConsultationState.WITHDRAWN
    return response.state is ResponseState.ACCEPTED and not withdrawn and change.at < facts.counted_until


async def _withdraw(change: Change, response: Response) -> None:
    withdrawn = ResponseWithdrawn(
        response_id=response.id,
        consultation_id=response.consultation_id,
        revision_id=response.revision_id,
        channel=response.channel,
    )
    await change.move(response, RESPONSE_LIFE, "withdraw", withdrawn)
    await count_answers(change, response, counted=False)


async def _publish_no_more(change: Change, response: Response) -> None:
    """Leave of a response what was counted, and nothing to read."""
    response.consent = ConsentLevel.NOT_PUBLISHED
    said = update(Answer).filter_by(response_id=response.id).values(published=False, consent=None, **NO_WORDS)
    await change.session.execute(said, execution_options=SILENT)
    await _destroy_salt(change, response)


async def _empty(change: Change, response: Response) -> None:
    """Leave of a response that counts no more only that there was one, and the hash of what it said."""
    chosen = delete(AnswerChoice).filter_by(response_id=response.id)
    await change.session.execute(chosen, execution_options=SILENT)
    said = update(Answer).filter_by(response_id=response.id).values(published=False, **NOTHING_SAID)
    await change.session.execute(said, execution_options=SILENT)
    response.territory_id = None
    response.consent = ConsentLevel.NOT_PUBLISHED
    await _destroy_salt(change, response)


async def _empty_words(change: Change, response: Response, which: ColumnElement[bool]) -> None:
    said = update(Answer).where(Answer.response_id == response.id, Answer.text.is_not(None), which)
    emptied = await change.session.execute(
        said.values(**NO_WORDS).returning(Answer.question_id), execution_options=SILENT
    )
    if emptied.first() is not None:
        await _destroy_salt(change, response)


async def _destroy_salt(change: Change, response: Response) -> None:
    """Let nobody find out by trying what was said, and none of its words be compared."""
    response.salt = b""
    await change.session.flush()
    prints = delete(TextFingerprint).filter_by(response_id=response.id)
    await change.session.execute(prints, execution_options=SILENT)
