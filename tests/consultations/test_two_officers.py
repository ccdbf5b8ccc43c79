"""Two officers who write on one draft: neither undoes what the other has written and they have not read."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any
from uuid import UUID

from tests.cast import a_coordinator_of, a_secretary_of
from tests.consultations.asking import CREATE, a_draft, es
from tests.making.bodies import a_body
from tests.talking import Somebody, Talking

NOW = dt.datetime(2026, 11, 1, 12, 0, 0, 123_456, tzinfo=dt.UTC)
MOMENT = dt.timedelta(microseconds=1)

EDIT = """mutation ($input: EditConsultationInput!) {
  editConsultation(input: $input) {
    consultation { id title { text } updatedAt } errors { __typename code message path } event } }"""
READ = "query ($id: ID!) { node(id: $id) { ... on Consultation { title { text } updatedAt } } }"

SENTENCE = (
    "Alguien guardó esto después de que usted lo leyó: vuelva a leerlo, ponga en ello sus cambios y guárdelo otra vez."
)
IN_ENGLISH = "Somebody has saved this since you read it: read it again, put your changes into it and save it once more."


async def drafted(hub: Talking, body: UUID, by: Somebody) -> str:
    """Draft something, and return its id."""
    return str((await hub.act(CREATE, {"input": a_draft(body)}, by=by))["consultation"]["id"])


def titled(body: UUID, id_: str, title: str, based_on: str | None, **known: Any) -> dict[str, Any]:
    """The input of a draft that is called otherwise."""
    draft = a_draft(body, title=es(title), **known)
    del draft["bodyId"]
    return {"input": {"consultationId": id_, "basedOn": based_on, **draft}}


async def updated(hub: Talking, id_: str, by: Somebody) -> str:
    """When a draft was written last, as everybody reads it."""
    return str((await hub.ask(READ, {"id": id_}, by=by))["node"]["updatedAt"])


def shown(at: dt.datetime) -> str:
    """An instant as it is answered."""
    return f"{at:%Y-%m-%dT%H:%M:%S.%fZ}"


async def test_of_two_edits_at_the_same_moment_the_second_is_refused(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    julia, luis = await a_coordinator_of(hub, body, at=NOW), await a_secretary_of(hub, body, at=NOW)
    with hub.at(NOW):
        id_ = await drafted(hub, body, julia)
        read = await updated(hub, id_, julia)
        assert read == shown(NOW)
        await hub.forget()
        hers, his = titled(body, id_, "De Julia", read), titled(body, id_, "De Luis", read)
        answers = await asyncio.gather(hub.answer(EDIT, hers, by=julia), hub.answer(EDIT, his, by=luis))
        payloads = [answer["data"]["editConsultation"] for answer in answers]
        (kept,) = [payload for payload in payloads if not payload["errors"]]
        (refused,) = [payload for payload in payloads if payload["errors"]]
        assert refused == {
            "consultation": None,
            "errors": [
                {
                    "__typename": "ConflictError",
                    "code": "DRAFT_CHANGED",
                    "message": SENTENCE,
                    "path": ["basedOn"],
                }
            ],
            "event": None,
        }
        assert kept["consultation"]["updatedAt"] == shown(NOW + MOMENT)
        assert await hub.log() == ["MandateReworded", "ConsultationEdited"]
        node = (await hub.ask(READ, {"id": id_}, by=julia))["node"]
        assert node == {"title": kept["consultation"]["title"], "updatedAt": shown(NOW + MOMENT)}


async def test_what_was_read_last_may_be_written_on_and_nothing_older(hub: Talking) -> None:
    before = NOW - dt.timedelta(seconds=5)
    body = await a_body(hub, at=before)
    julia, luis = await a_coordinator_of(hub, body, at=before), await a_secretary_of(hub, body, at=before)
    with hub.at(NOW):
        id_ = await drafted(hub, body, julia)
        editions = [await updated(hub, id_, julia)]
        for n in range(3):
            # The clock stands still, and each edition is another one all the same.
            payload = await hub.act(EDIT, titled(body, id_, f"Agua {n}", editions[-1]), by=(julia, luis)[n % 2])
            editions.append(payload["consultation"]["updatedAt"])
        assert editions == [shown(NOW + n * MOMENT) for n in range(4)]
        kept = await hub.dump()
        await hub.forget()
        later = shown(NOW + dt.timedelta(days=1))
        for stale in (*editions[:-1], later):
            errors = await hub.refuse(EDIT, titled(body, id_, "Luz", stale), by=luis)
            assert [error["code"] for error in errors] == ["DRAFT_CHANGED"]
            # Whoever has not read what is there is told so before anything else.
            unread = titled(body, id_, "Luz", stale, smallestCell=0)
            assert [error["code"] for error in await hub.refuse(EDIT, unread, by=luis)] == ["DRAFT_CHANGED"]
        assert (await hub.log(), await hub.dump()) == ([], kept)
        # Written in another zone it is the same instant.
        offset = editions[-1].replace("T12", "T06").replace("Z", "-06:00")
        await hub.act(EDIT, titled(body, id_, "Luz", offset), by=luis)
        # Whoever names no edition writes over whatever is there.
        await hub.act(EDIT, titled(body, id_, "Gas", None), by=julia)
        assert await updated(hub, id_, julia) == shown(NOW + 5 * MOMENT)
    # A request that is older than what it waited for does not turn the time back.
    with hub.at(before):
        await hub.act(EDIT, titled(body, id_, "Sol", None), by=luis)
        assert await updated(hub, id_, julia) == shown(NOW + 6 * MOMENT)


async def test_an_edit_that_is_repeated_by_its_key_is_not_taken_for_somebody_elses(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    julia = await a_coordinator_of(hub, body, at=NOW)
    with hub.at(NOW):
        id_ = await drafted(hub, body, julia)
        edit = titled(body, id_, "Luz", await updated(hub, id_, julia), idempotencyKey="una vez")
        await hub.forget()
        first, second = await hub.act(EDIT, edit, by=julia), await hub.act(EDIT, edit, by=julia)
    assert second == first
    assert await hub.log() == ["MandateReworded", "ConsultationEdited"]


async def test_the_sentence_says_in_english_what_to_do(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    julia = await a_coordinator_of(hub, body, at=NOW)
    with hub.at(NOW):
        id_ = await drafted(hub, body, julia)
        stale = titled(body, id_, "Luz", shown(NOW - MOMENT))
        (error,) = await hub.refuse(EDIT, stale, by=julia, headers={"accept-language": "en"})
    assert error["message"] == IN_ENGLISH
