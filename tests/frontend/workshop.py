"""A draft whose questionnaire is written by forms, and what the hub has of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.cast import a_coordinator_of
from tests.frontend.filling import Officer, an_officer
from tests.making.bodies import a_body
from tests.making.consultations import Asked, a_draft_consultation
from tests.talking import Somebody, Talking

WRITTEN = """query ($id: ID!) { node(id: $id) { ... on Consultation { revisions(last: 1) { nodes {
  sections { title { text } questions(first: 50) { nodes {
    code kind required sensitivity displayRule title { translations { language text } }
    hint { text } maxLength minChoices maxChoices minimum maximum decimals unit { text } lowLabel { text }
    highLabel { text } earliest latest placeKind fileTypes maxSize
    options { code other label { translations { language text } } } rows { code label { text } }
} } } } } } } }"""

CHECK = "mutation ($input: CheckConsultationInput!) { checkConsultation(input: $input) { ok errors { code path } } }"


async def written(hub: Talking, asked: Asked, by: Somebody) -> list[dict[str, Any]]:
    """The sections of a draft as its officer reads them from the hub."""
    found = (await hub.ask(WRITTEN, {"id": asked.node}, by=by))["node"]["revisions"]["nodes"][0]["sections"]
    return [{"title": section["title"]["text"], "questions": section["questions"]["nodes"]} for section in found]


async def order(hub: Talking, asked: Asked, by: Somebody) -> list[list[str]]:
    return [[question["code"] for question in part["questions"]] for part in await written(hub, asked, by)]


class Desk:
    """A draft, the coordinator who writes it, and their browser."""

    def __init__(self, hub: Talking, asked: Asked, julia: Somebody, officer: Officer) -> None:
        self.hub, self.asked, self.julia, self.officer = hub, asked, julia, officer
        self.path = f"/escritorio/consultas/{asked.node}/preguntas"

    async def order(self) -> list[list[str]]:
        return await order(self.hub, self.asked, self.julia)

    async def question(self, code: str) -> dict[str, Any]:
        parts = await written(self.hub, self.asked, self.julia)
        return next(question for part in parts for question in part["questions"] if question["code"] == code)


@asynccontextmanager
async def a_desk(hub: Talking) -> AsyncIterator[Desk]:
    """A draft of three questions, and its coordinator in front of the pages."""
    asked = await a_draft_consultation(hub, await a_body(hub))
    julia = await a_coordinator_of(hub, asked.body_id)
    await hub.forget()
    async with an_officer(hub, julia) as officer:
        yield Desk(hub, asked, julia, officer)
