"""Consultations in every state that one can be in, and responses in every state to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from hub.consultations.answering import change_response, submit, withdraw
from hub.consultations.deciding import refuse
from hub.consultations.inviting import invite
from hub.consultations.models import Anonymity, IdentityPolicy
from hub.consultations.questionnaire_models import QuestionKind, Sensitivity
from hub.consultations.respondents import Claim
from hub.consultations.response_models import ConsentLevel
from hub.consultations.timekeeping import keep_time
from hub.consultations.validating import GivenAnswer
from hub.text import written
from tests.consultations.asking import SAVE
from tests.making.consultations import (
    WATER,
    WORDS,
    Asked,
    a_closed_consultation,
    a_draft_consultation,
    a_question,
    a_scheduled_consultation,
    a_section,
    a_sheet,
    an_open_consultation,
    staff_of,
)
from tests.making.notices import a_corrected_consultation, a_suspension, a_withdrawal
from tests.making.people import a_territory
from tests.talking import Somebody
from tests.visibility.answers import concluded
from tests.visibility.people import NOW, Cast
from tests.visibility.table import VIEWERS

SECRET = a_question("secreto", QuestionKind.LONG_TEXT, sensitivity=Sensitivity.CONFIDENTIAL)
CONTACT = a_question("contacto", QuestionKind.SHORT_TEXT, sensitivity=Sensitivity.PERSONAL)
MAYBE = replace(WATER, required=False)
SECTIONS = a_section(MAYBE, WORDS, SECRET, CONTACT)
LATER_SECTIONS = a_section(replace(MAYBE, title=written(es="¿Hay agua en tu colonia?")), WORDS, SECRET, CONTACT)

NAMED, NAMELESS, KEPT = ConsentLevel.WITH_NAME, ConsentLevel.WITHOUT_NAME, ConsentLevel.NOT_PUBLISHED
SPAN = dt.timedelta(days=30)


@dataclass
class Held:
    """Each consultation by its state, and each response by what the table calls it."""

    cast: Cast
    asked: dict[str, Asked]
    responses: dict[str, UUID]
    superseded: UUID
    """The revision that was in force in the one that is open."""
    place: UUID
    codes: list[str]
    """The invitations, as they were told."""
    reports: dict[str, list[UUID]] = field(default_factory=dict)
    statements: dict[str, list[UUID]] = field(default_factory=dict)

    async def say(
        self,
        line: str,
        state: str,
        by: Somebody,
        given: Sequence[GivenAnswer],
        *,
        consent: ConsentLevel = NAMELESS,
        at: dt.datetime | None = None,
        organization: UUID | None = None,
        instead_of: UUID | None = None,
    ) -> UUID:
        """Let somebody answer, in the name of a line of the table."""
        asked = self.asked[state]
        claim = Claim(organization_id=organization)
        sheet = replace(a_sheet(asked, given, consent=consent), territory_id=self.place, claim=claim)
        async with self.cast.hub.change(by.viewer, at=at or _during(asked)) as change:
            if instead_of is None:
                response = await submit(change, sheet)
            else:
                response = await change_response(change, sheet, response_id=instead_of)
        self.responses[line] = response.id
        return response.id

    def words(self, line: str) -> list[GivenAnswer]:
        """Return the answer that holds the canary of a line."""
        return [GivenAnswer(question="palabras", text=self.cast.words[f"Response.answers: {line}"])]


def _during(asked: Asked) -> dt.datetime:
    """An instant at which it takes responses, and that is over."""
    return min(asked.open, NOW)


async def everything_held(cast: Cast) -> Held:
    """Everything that the body holds, and one draft of another."""
    hub, body = cast.hub, cast.body
    known: dict[str, Any] = {"sections": SECTIONS, "at": NOW, "kept": False, "responses_each": 9}
    drafted: dict[str, Any] = {"sections": SECTIONS, "at": NOW}
    asked = {
        "draft": await a_draft_consultation(hub, body, title=cast.words["Consultation: draft"], **drafted),
        "draft of another body": await a_draft_consultation(
            hub, cast.elsewhere, title=cast.words["Consultation: draft of another body"], **drafted
        ),
        "scheduled": await a_scheduled_consultation(hub, body, title="Programada", **drafted),
        "open": await an_open_consultation(hub, body, title="Abierta", **known),
        "anonymous": await an_open_consultation(
            hub, body, title="Anónima", anonymity=Anonymity.ANONYMOUS, **{**known, "responses_each": 1}
        ),
        "invited": await an_open_consultation(
            hub, body, title="Invitada", identity_policy=IdentityPolicy.INVITED, **known
        ),
        "suspended": await an_open_consultation(hub, body, title="Suspendida", **known),
        "withdrawn": await an_open_consultation(hub, body, title="Retirada", **known),
        "closed": await a_closed_consultation(hub, body, title="Cerrada", **known),
        "analysed": await a_closed_consultation(hub, body, title="En análisis", **known),
        "reported": await a_closed_consultation(hub, body, title="Con informe", **known),
        "annulled": await a_closed_consultation(hub, body, title="Anulada", **known),
        "hidden": await a_closed_consultation(hub, body, title=cast.words["Consultation: hidden"], **known),
    }
    place = await a_territory(hub)
    held = Held(cast, asked, {}, asked["open"].revision_id, place, [])
    await keep_time(hub.hub.changes, at=NOW - dt.timedelta(hours=2))
    await _while_open(held)
    await _counted(held)
    await keep_time(hub.hub.changes, at=NOW)
    await _late(held)
    await _acts(held)
    await concluded(held)
    return held


async def _while_open(held: Held) -> None:
    """What came in to what is open."""
    cast, ana, rosa = held.cast, held.cast.viewers["O"], held.cast.viewers["R"]
    first = await held.say("replaced", "open", ana, held.words("what was replaced"))
    await held.say("withdrawn", "open", ana, held.words("what was withdrawn"))
    async with cast.hub.change(ana.viewer, at=NOW) as change:
        await withdraw(change, held.asked["open"].id, response_id=held.responses["withdrawn"])
    said = held.words("said while it is open")
    await held.say("received while it is open", "open", ana, said, consent=NAMED, instead_of=first)
    said = held.words("an organisation's while it is open")
    line = "an organisation's while it is open"
    await held.say(line, "open", rosa, said, organization=cast.organization)
    said = held.words("anonymous while it is open")
    await held.say("anonymous while it is open", "anonymous", ana, said)
    begun = {"question": "palabras", "text": cast.words["Kept: what Ana began and did not send"]}
    asked = held.asked["suspended"]
    saved = {"consultationId": asked.node, "revisionId": asked.revision, "answers": [begun]}
    with cast.hub.at(NOW):
        await cast.hub.act(SAVE, {"input": saved}, by=replace(ana, name=VIEWERS["O"]))


async def _counted(held: Held) -> None:
    """What came in to what has closed meanwhile."""
    ana, rosa = held.cast.viewers["O"], held.cast.viewers["R"]
    words = held.cast.words
    whole = [
        *held.words("public"),
        GivenAnswer(question="secreto", text=words["Response.answers: confidential"]),
        GivenAnswer(question="contacto", text=words["Response.answers: personal"]),
    ]
    await held.say("counted and published", "closed", ana, whole)
    one = [GivenAnswer(question="agua", option="si"), replace(held.words("withheld one by one")[0], consent=KEPT)]
    await held.say("counted and published with the name", "closed", ana, one, consent=NAMED)
    said = held.words("counted and not published")
    await held.say("counted and not published", "closed", ana, said, consent=KEPT)
    line = "counted and published, an organisation's"
    agua = [GivenAnswer(question="agua", option="no")]
    await held.say(line, "closed", rosa, agua, organization=held.cast.organization)
    await held.say("another's", "closed", held.cast.others[0], agua)
    await held.say("to what was withdrawn", "annulled", ana, held.words("to what was withdrawn"))
    await held.say("to what is hidden", "hidden", ana, held.words("to what is hidden"))


async def _late(held: Held) -> None:
    """What came in too late, and what became of it."""
    ana = held.cast.viewers["O"]
    await held.say("held", "closed", ana, held.words("what is held"), at=NOW)
    await held.say("refused", "closed", ana, held.words("what was refused"), at=NOW)
    async with held.cast.hub.change(staff_of(held.cast.body), at=NOW) as change:
        await refuse(change, held.responses["refused"], reason=written(es="Llegó tarde."))


async def _acts(held: Held) -> None:
    """What the coordinator did to what is open."""
    hub, asked = held.cast.hub, held.asked
    async with hub.change(staff_of(held.cast.body), at=NOW) as change:
        held.codes = await invite(change, asked["invited"].id, count=2, batch="Lote uno")
    asked["open"] = await a_corrected_consultation(hub, asked["open"], LATER_SECTIONS, at=NOW)
    await a_suspension(hub, asked["suspended"], at=NOW)
    await a_withdrawal(hub, asked["withdrawn"], at=NOW)
