"""Answering a consultation: submitting a response, changing it, taking it back.

The row of the participation is the lock: everything that one respondent does in a consultation happens one
after the other, whatever arrives at the same moment in however many processes. A unique index holds what
the lock promises. How a response is written stands in writing.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from hub.changes.change import Change
from hub.consultations.answer_files import OwnFiles, files_begun, files_given, take_away
from hub.consultations.answering_rules import (
    may_answer,
    may_change,
    may_submit,
    may_withdraw,
    may_withdraw_by_receipt,
)
from hub.consultations.lifecycles import RESPONSE_LIFE
from hub.consultations.models import Consultation
from hub.consultations.networks import count_network
from hub.consultations.receipts import read
from hub.consultations.respondents import Claim, Respondent, pseudonym_of, respondent_of
from hub.consultations.response_events import ResponseWithdrawn
from hub.consultations.response_models import (
    IN_FORCE_STATES,
    Participation,
    Receipt,
    RespondentKind,
    Response,
)
from hub.consultations.rules import ConsultationFacts
from hub.consultations.saving import drafts_of, forget_draft
from hub.consultations.sheets import AnswerSheet
from hub.consultations.unlinking import mix, mix_networks, take_turns
from hub.consultations.writing import count_answers, write_response
from hub.errors import NotFound, WrongState, require


@dataclass(frozen=True)
class Part:
    """A respondent's part in a consultation, locked for this change."""

    consultation: Consultation
    respondent: Respondent
    pseudonym: bytes | None
    facts: ConsultationFacts
    given: tuple[Response, ...] = ()
    """The responses that take a place in it, the oldest first."""
    places: tuple[UUID, ...] = ()
    """The participations without such a response."""

    def response(self, response_id: UUID | None) -> Response:
        """Return the response that is meant: the only one, or the one that is named."""
        for response in self.given:
            if response.id == response_id or (response_id is None and len(self.given) == 1):
                return response
        raise WrongState("NAME_THE_RESPONSE" if self.given else "NO_RESPONSE", path=("responseId",))


async def submit(change: Change, sheet: AnswerSheet) -> Response:
    """Take a respondent's response; one more than the consultation takes of each is a conflict."""
    part = await _take_part(change, sheet.consultation_id, sheet.claim, new=True)
    require(may_submit(change.viewer, part.facts, organization_id=sheet.claim.organization_id))
    if part.respondent.anonymous:
        return await _submit_as_nobody(change, sheet, part)
    await count_network(change, part.consultation, sheet.network)
    own = OwnFiles(begun=await files_begun(change, drafts_of(sheet, pseudonym=part.pseudonym)))
    response = await write_response(
        change, sheet, part.consultation, part.respondent, participation_id=part.places[0], own=own
    )
    await forget_draft(change, sheet, pseudonym=part.pseudonym)
    return response


async def _submit_as_nobody(change: Change, sheet: AnswerSheet, part: Part) -> Response:
    """Take a response that nothing may lead from to whoever gave it."""
    change.unlink()
    own = OwnFiles(begun=await files_begun(change, drafts_of(sheet, pseudonym=part.pseudonym)))
    response = await write_response(change, sheet, part.consultation, part.respondent, participation_id=None, own=own)
    await forget_draft(change, sheet, pseudonym=part.pseudonym)
    # What could be joined is written last: everybody else's turn waits from here to the commit.
    await take_turns(change, sheet.consultation_id)
    counted = await count_network(change, part.consultation, sheet.network)
    if counted is not None:
        await mix_networks(change, counted)
    if part.pseudonym is not None:
        await mix(change, sheet.consultation_id, pseudonym=part.pseudonym)
    return response


async def change_response(change: Change, sheet: AnswerSheet, *, response_id: UUID | None = None) -> Response:
    """Let a new response count instead of the one that the respondent gave before."""
    part = await _take_part(change, sheet.consultation_id, sheet.claim)
    require(may_change(change.viewer, part.facts, organization_id=sheet.claim.organization_id))
    former = part.response(response_id)
    own = OwnFiles(
        begun=await files_begun(change, drafts_of(sheet, pseudonym=part.pseudonym)),
        given=await files_given(change, response_id=former.id),
    )
    response = await write_response(
        change,
        sheet,
        part.consultation,
        part.respondent,
        participation_id=former.participation_id,
        former=former,
        own=own,
    )
    await forget_draft(change, sheet, pseudonym=part.pseudonym)
    return response


async def withdraw(
    change: Change, consultation_id: UUID, *, claim: Claim | None = None, response_id: UUID | None = None
) -> Response:
    """Take a respondent's response back: it counts no more and is never published."""
    claim = claim or Claim()
    part = await _take_part(change, consultation_id, claim)
    require(may_withdraw(change.viewer, part.facts, organization_id=claim.organization_id))
    return await _withdraw(change, part.response(response_id))


async def withdraw_by_receipt(change: Change, code: str) -> Response:
    """Take an anonymous response back, by the receipt that whoever gave it holds."""
    found = select(Response).join(Receipt).where(Receipt.code == (read(code) or ""))
    response = (await change.session.execute(found.with_for_update(of=Response, key_share=True))).scalar_one_or_none()
    if response is None or response.respondent_kind is not RespondentKind.ANONYMOUS:
        raise NotFound("RECEIPT_UNKNOWN", path=("receipt",))
    consultation = await change.find(Consultation, response.consultation_id)
    require(may_withdraw_by_receipt(change.viewer, ConsultationFacts.of(consultation, now=change.at)))
    if response.state not in IN_FORCE_STATES:
        raise WrongState("RESPONSE_NOT_IN_FORCE")
    change.unlink()
    return await _withdraw(change, response)


async def _withdraw(change: Change, response: Response) -> Response:
    withdrawn = ResponseWithdrawn(
        response_id=response.id,
        consultation_id=response.consultation_id,
        revision_id=response.revision_id,
        channel=response.channel,
    )
    # What is never published needs no name.
    response.respondent_name = response.named_person_id = None
    await change.move(response, RESPONSE_LIFE, "withdraw", withdrawn)
    await count_answers(change, response, counted=False)
    await take_away(change, response.id)
    code = select(Receipt.code).filter_by(response_id=response.id)
    change.results |= {
        "consultation": str(response.consultation_id),
        "response": str(response.id),
        "receipt": (await change.session.execute(code)).scalar_one(),
    }
    return response


async def _take_part(change: Change, consultation_id: UUID, claim: Claim, *, new: bool = False) -> Part:
    """Lock a respondent's part; with `new`, take a place where the consultation has one for them."""
    consultation = await change.find(Consultation, consultation_id)
    facts = ConsultationFacts.of(consultation, now=change.at)
    require(may_answer(change.viewer, facts, organization_id=claim.organization_id))
    respondent = await respondent_of(change, consultation, claim)
    name = await pseudonym_of(change, consultation_id, respondent)
    part = Part(consultation, respondent, name, facts)
    if name is None:
        return part
    known_as = {"consultation_id": consultation_id, "pseudonym": name}
    if respondent.anonymous:
        return await _take_place_of_nobody(change, part, known_as, new=new)
    if new:
        await _begin(change, known_as, range(1, consultation.responses_each + 1))
    lock = select(Participation.id).filter_by(**known_as).order_by(Participation.ordinal)
    taken = (await change.session.scalars(lock.with_for_update(key_share=True))).all()
    # A statement of its own, so that it sees what was committed while this one waited for the lock.
    given = await _in_force(change, taken)
    held = {response.participation_id for response in given}
    facts = replace(facts, responses=len(given))
    return replace(part, facts=facts, given=given, places=tuple(id_ for id_ in taken if id_ not in held))


async def _begin(change: Change, known_as: dict[str, object], ordinals: Iterable[int]) -> None:
    rows = [{"id": uuid4(), **known_as, "ordinal": ordinal} for ordinal in ordinals]
    await change.session.execute(insert(Participation).values(rows).on_conflict_do_nothing())


async def _in_force(change: Change, participations: Iterable[UUID]) -> tuple[Response, ...]:
    found = select(Response).where(
        Response.participation_id.in_(list(participations)), Response.state.in_(IN_FORCE_STATES)
    )
    return tuple(await change.session.scalars(found.order_by(Response.received_at, Response.id)))


async def _take_place_of_nobody(change: Change, part: Part, known_as: dict[str, object], *, new: bool) -> Part:
    """Note that somebody took part, beside a response that does not lead to them: the second time is a conflict."""
    if not new:
        return part
    begin = insert(Participation).values(id=uuid4(), **known_as).on_conflict_do_nothing().returning(Participation.id)
    begun = (await change.session.execute(begin)).scalar_one_or_none()
    return replace(part, facts=replace(part.facts, responses=0 if begun else 1))
