"""Uploading: a ticket to answer a question by a file, for whoever may answer it.

The name that the file had is not kept, only its end: names tell of people. Neither the ticket nor the file leads to
whoever asked for it: the identifier tells no time, and the ticket knows its holder by a keyed digest alone. What a
program wrote into the bytes stays in them, which is why an anonymous consultation asks for no files (decision 0036).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from hub.changes.change import Change
from hub.consultations.answer_files import holder_of
from hub.consultations.answering_rules import may_answer, may_enter
from hub.consultations.models import Consultation
from hub.consultations.questionnaire_models import QuestionKind
from hub.consultations.respondents import Claim, respondent_of
from hub.consultations.rules import ConsultationFacts
from hub.consultations.validating import largest_of, taken_by
from hub.consultations.writing import answered_questionnaire
from hub.errors import Invalid, Problem, require
from hub.files.purposes import Purpose, ending
from hub.files.requesting import give, problems_of_file
from hub.files.tickets import TICKET_GOOD_FOR, Ticket

CALLED = "respuesta"
"""What every file of an answer is called, before the end that says its type."""


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A file by which somebody wants to answer a question, as they describe it."""

    consultation_id: UUID
    revision_id: UUID
    question: str
    name: str
    size: int
    claim: Claim = field(default_factory=Claim)
    network: str | None = None
    """The network that it comes from, from which only so much is handed in on a day where nobody is signed in."""


async def request_answer_upload(change: Change, offered: Offered) -> Ticket:
    """Give whoever may answer, or write down what others answered, a ticket for a file that the question takes."""
    consultation = await change.find(Consultation, offered.consultation_id)
    facts = ConsultationFacts.of(consultation, now=change.at)
    if may_enter(change.viewer, facts) is not True:
        require(may_answer(change.viewer, facts, organization_id=offered.claim.organization_id))
        await respondent_of(change, consultation, offered.claim)
    questionnaire = await answered_questionnaire(change, offered.consultation_id, offered.revision_id)
    asked = questionnaire.get(offered.question)
    if asked is None or asked.kind is not QuestionKind.FILE:
        raise Invalid([Problem("FILE_NOT_ASKED", ("question",), {"question": offered.question[:64]})])
    problems = problems_of_file(offered.name, offered.size, taken=taken_by(asked), largest=largest_of(asked))
    if problems:
        raise Invalid(problems)
    file_id = uuid4()
    ticket = Ticket(
        file_id=file_id,
        purpose=Purpose.ANSWER,
        name=CALLED + ending(offered.name),
        size=offered.size,
        expires_at=(change.at + TICKET_GOOD_FOR).replace(microsecond=0),
        holder=holder_of(change, file_id),
        within=asked.lineage_id,
    )
    nobody = change.viewer.account_id is None and change.viewer.client_id is None and offered.network is not None
    await give(change, ticket, who=f"network:{offered.network}" if nobody else change.viewer.principal)
    return ticket
