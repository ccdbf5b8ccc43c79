"""Consenting anew: a respondent says otherwise how a response, or one of its answers, may be published.

Every consent is kept with the notice that it was given under; the newest one holds, in every exit at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.consultations.answering_rules import ResponseFacts, may_change_consent
from hub.consultations.consents import level_problems, published, wider
from hub.consultations.models import Consultation, ConsultationKey
from hub.consultations.pseudonyms import pseudonym
from hub.consultations.questionnaire_models import Question
from hub.consultations.receipts import read
from hub.consultations.respondents import Respondent, invited_identity, name_of
from hub.consultations.response_events import ConsentChanged
from hub.consultations.response_models import (
    Answer,
    ConsentLevel,
    Participation,
    PublicationConsent,
    Receipt,
    RespondentKind,
    Response,
)
from hub.consultations.rules import ConsultationFacts
from hub.consultations.writing import the_day
from hub.errors import Invalid, NotFound, Problem, require
from hub.people.representing import valid_representation
from hub.visibility import PlainSight, visible_rows


@dataclass(frozen=True, kw_only=True)
class Consent:
    """How a response may be published, and its answers where they differ, by the codes of their questions."""

    level: ConsentLevel
    notice_hash: str
    answers: Sequence[tuple[str, ConsentLevel | None]] = ()
    """None lets an answer be published as the whole response is."""


@dataclass(frozen=True, kw_only=True)
class Which:
    """Which response is meant: by its id, or by its receipt where nobody is known who gave it."""

    response_id: UUID | None = None
    receipt: str | None = None
    invitation: str | None = None
    """By which whoever was invited shows that the response is theirs."""


async def change_consent(change: Change, which: Which, consent: Consent) -> Response:
    """Set how a response is published from now on; answers that are not named stay as they are."""
    response = await _take(change, which)
    consultation = await change.find(Consultation, response.consultation_id)
    own = await _is_own(change, response, which)
    frozen = change.at >= consultation.late_until
    if which.receipt is not None and not own and not frozen:
        # Any other answer would tell whoever holds a code how the response behind it may be published.
        raise NotFound("RECEIPT_UNKNOWN", path=("receipt",))
    if which.receipt is None and not own and not await _is_seen(change, response):
        raise NotFound("NOT_FOUND", type="Response")
    facts = ConsultationFacts.of(consultation, now=change.at)
    require(may_change_consent(change.viewer, ResponseFacts(consultation=facts, state=response.state, own=own)))
    if response.organization_id is not None:
        await valid_representation(change, response.organization_id)
    anonymous = response.respondent_kind is RespondentKind.ANONYMOUS
    if anonymous:
        change.unlink()
    nameless = anonymous or which.invitation is not None
    person = None if nameless else change.viewer.person_id
    respondent = Respondent(response.respondent_kind, None, person, response.organization_id)
    rows = await _answers(change, response)
    problems = [
        *_problems(consent, rows, consultation),
        *level_problems(consent.level, respondent, ("consent",)),
    ]
    if not problems and change.at >= consultation.counted_until:
        problems += _newly_published(consent, rows)
    if problems:
        raise Invalid(problems)
    await _name(change, response, consent.level, respondent)
    response.consent = consent.level
    given = [(None, consent.level), *((rows[code][1].id, own or consent.level) for code, own in consent.answers)]
    at = the_day(change.at) if anonymous else change.at
    await change.add(
        *(
            PublicationConsent(
                response_id=response.id, question_id=id_, level=level, notice_hash=consent.notice_hash, given_at=at
            )
            for id_, level in given
        )
    )
    for code, (answer, question) in rows.items():
        answer.consent = _level(consent, code, answer)
        answer.published = published(consent.level, answer.consent, question.sensitivity)
    await change.session.flush()
    change.record(
        ConsentChanged(
            response_id=response.id,
            consultation_id=response.consultation_id,
            revision_id=response.revision_id,
            channel=response.channel,
            level=consent.level,
        )
    )
    change.results["response"] = str(response.id)
    return response


def _level(consent: Consent, code: str, answer: Answer) -> ConsentLevel | None:
    return dict(consent.answers).get(code, answer.consent)


def _newly_published(consent: Consent, rows: Mapping[str, tuple[Answer, Question]]) -> list[Problem]:
    """Return the answers that would be published after the results were: what is left of a figure would be too small.

    A figure stands for at least so many answers that are not published themselves. Taking a consent back adds to
    those, giving one later takes from them.
    """
    return [
        Problem("PUBLISHED_TOO_LATE", ("consent",), {"question": code})
        for code, (answer, question) in rows.items()
        if not answer.published and published(consent.level, _level(consent, code, answer), question.sensitivity)
    ]


async def _take(change: Change, which: Which) -> Response:
    """Return the response that is meant, locked."""
    found = select(Response)
    if which.receipt is not None:
        found = found.join(Receipt).where(Receipt.code == (read(which.receipt) or ""))
    else:
        found = found.filter_by(id=which.response_id)
    response = (await change.session.execute(found.with_for_update(of=Response, key_share=True))).scalar_one_or_none()
    if response is None and which.receipt is not None:
        raise NotFound("RECEIPT_UNKNOWN", path=("receipt",))
    if response is None:
        raise NotFound("NOT_FOUND", type="Response")
    return response


async def _is_own(change: Change, response: Response, which: Which) -> bool:
    """Whether the viewer gave a response: as nobody, who has the receipt, or as somebody known by a pseudonym."""
    if response.respondent_kind is RespondentKind.ANONYMOUS:
        return which.receipt is not None
    key = await change.session.get(ConsultationKey, response.consultation_id)
    if response.participation_id is None or key is None:
        return False
    identities: Collection[bytes] = change.viewer.identities
    if which.invitation is not None:
        identities = [*identities, invited_identity(which.invitation)]
    names = [pseudonym(identity, change.keys, key) for identity in identities]
    own = select(Participation.id).where(
        Participation.id == response.participation_id, Participation.pseudonym.in_(names)
    )
    return await change.session.scalar(own) is not None


async def _is_seen(change: Change, response: Response) -> bool:
    sight = PlainSight(change.viewer, change.at)
    seen = select(Response.id).where(Response.id == response.id, visible_rows(Response, Response, sight))
    return await change.session.scalar(seen) is not None


async def _answers(change: Change, response: Response) -> dict[str, tuple[Answer, Question]]:
    rows = await change.session.execute(
        select(Answer, Question).join(Question, Question.id == Answer.question_id).filter_by(response_id=response.id)
    )
    return {question.code: (answer, question) for answer, question in rows}


def _problems(consent: Consent, rows: Mapping[str, object], consultation: Consultation) -> list[Problem]:
    problems = []
    if consent.notice_hash != consultation.notice_hash:
        problems.append(Problem("NOTICE_CHANGED", ("noticeHash",)))
    named: set[str] = set()
    for n, (code, own) in enumerate(consent.answers):
        at, facts = ("answers", str(n)), {"question": code[:64]}
        if code not in rows:
            problems.append(Problem("UNKNOWN_QUESTION", (*at, "question"), facts))
        elif code in named:
            problems.append(Problem("DUPLICATE_ANSWER", (*at, "question"), facts))
        named.add(code)
        if own is not None and wider(own, consent.level):
            problems.append(Problem("CONSENT_WIDER_THAN_RESPONSE", (*at, "consent"), facts))
    return problems


async def _name(change: Change, response: Response, level: ConsentLevel, respondent: Respondent) -> None:
    """Put the name on the row, or take it away."""
    if level is not ConsentLevel.WITH_NAME:
        response.respondent_name = response.named_person_id = None
    elif respondent.organization_id is None or response.respondent_name is None:
        # Whoever spoke for an organisation stays the one who is named when somebody else speaks for it.
        response.respondent_name = await name_of(change, respondent)
        response.named_person_id = None if response.respondent_name is None else respondent.person_id
