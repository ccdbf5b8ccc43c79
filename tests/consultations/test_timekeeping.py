"""Keeping time: each opening and closing is recorded once, and a late record changes nothing of what is true."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import pytest

from hub.consultations.timekeeping import keep_time
from tests.cast import a_citizen
from tests.consultations.asking import CHANGE, SUBMIT, WITHDRAW, a_sheet
from tests.making.bodies import a_body
from tests.making.consultations import Asked, a_draft_consultation, a_scheduled_consultation, an_open_consultation
from tests.talking import Talking

NOON = dt.datetime(2026, 9, 1, 18, tzinfo=dt.UTC)
"""Noon in Mexico City, which is six hours behind."""

TICK = dt.timedelta(microseconds=1)
GRACE = dt.timedelta(seconds=60)
STORED = "SELECT state::text FROM consultation WHERE id = :id"


async def a_scheduled_one(hub: Talking, **known: Any) -> Asked:
    """A consultation that opens a day after noon, on whose log the test stands."""
    asked = await a_scheduled_consultation(hub, await a_body(hub), at=NOON, **known)
    await hub.forget()
    return asked


async def stored(hub: Talking, asked: Asked) -> str:
    """The state that the timekeeper has come to."""
    return str((await hub.rows(STORED, id=asked.id))[0]["state"])


async def shown(hub: Talking, asked: Asked, at: dt.datetime) -> str:
    """The state that everybody sees at an instant, alone and by the filter of a list."""
    query = "query ($id: ID!) { node(id: $id) { ... on Consultation { state } } }"
    listed = "query ($state: ConsultationState!) { consultations(filter: {state: [$state]}) { nodes { id } } }"
    with hub.at(at):
        state = str((await hub.ask(query, {"id": asked.node}))["node"]["state"])
        found = [
            each
            for each in ("DRAFT", "SCHEDULED", "OPEN", "CLOSED")
            if {"id": asked.node} in (await hub.ask(listed, {"state": each}))["consultations"]["nodes"]
        ]
    assert found == [state]
    return state


# ---- what the timekeeper writes down -----------------------------------------------------------------------------


async def test_each_move_is_recorded_once_at_its_instant(hub: Talking) -> None:
    asked = await a_scheduled_one(hub)
    rounds = [
        (asked.opens_at - TICK, 0, "scheduled", []),
        (asked.opens_at, 1, "open", ["ConsultationOpened"]),
        (asked.opens_at, 0, "open", []),
        (asked.closes_at - TICK, 0, "open", []),
        (asked.closes_at, 1, "closed", ["ConsultationClosed"]),
        (asked.closes_at, 0, "closed", []),
        (asked.closes_at + GRACE - TICK, 0, "closed", []),
        (asked.closes_at + GRACE, 1, "closed", ["ResultsReleased"]),
        (asked.closed, 0, "closed", []),
    ]
    for at, moved, state, recorded in rounds:
        assert await keep_time(hub.hub.changes, at=at) == moved
        assert (await stored(hub, asked), await hub.log()) == (state, recorded)
        await hub.forget()


async def test_the_hub_itself_is_on_record(hub: Talking) -> None:
    asked = await a_scheduled_one(hub)
    await keep_time(hub.hub.changes, at=asked.closes_at)
    said = [
        (e["type"], e["at"], e["entity_id"], e["actor_account_id"], e["source"], e["target"])
        for e in await hub.events()
    ]
    assert said == [
        ("ConsultationOpened", asked.closes_at, asked.id, None, "scheduled", "open"),
        ("ConsultationClosed", asked.closes_at, asked.id, None, "open", "closed"),
    ]


async def test_eight_at_once_move_each_row_once(hub: Talking) -> None:
    body = await a_body(hub)
    several = [await a_scheduled_consultation(hub, body, at=NOON) for _ in range(3)]
    await hub.forget()
    for at, event, state in (
        (several[0].opens_at, "ConsultationOpened", "open"),
        (several[0].closes_at, "ConsultationClosed", "closed"),
    ):
        moved = await asyncio.gather(*(keep_time(hub.hub.changes, at=at) for _ in range(8)))
        assert sum(moved) == 3
        assert await hub.log() == [event] * 3
        assert {row["entity_id"] for row in await hub.events()} == {asked.id for asked in several}
        assert [await stored(hub, asked) for asked in several] == [state] * 3
        await hub.forget()


async def test_a_closing_that_was_missed_is_recorded_after_the_opening(hub: Talking) -> None:
    """The hub was switched off for a month: both moves follow, in their order, from however many timekeepers."""
    asked = await a_scheduled_one(hub)
    moved = await asyncio.gather(*(keep_time(hub.hub.changes, at=asked.closed) for _ in range(8)))
    assert sum(moved) == 2
    assert await hub.log() == ["ConsultationOpened", "ConsultationClosed", "ResultsReleased"]
    assert await stored(hub, asked) == "closed"


async def test_a_draft_does_not_open_by_itself(hub: Talking) -> None:
    asked = await a_draft_consultation(hub, await a_body(hub), at=NOON)
    await hub.forget()
    assert await keep_time(hub.hub.changes, at=asked.closed) == 0
    assert (await stored(hub, asked), await hub.log()) == ("draft", [])


async def test_the_clock_of_the_hub_is_the_one_that_counts(hub: Talking) -> None:
    asked = await a_scheduled_one(hub)
    with hub.at(asked.opens_at):
        assert await keep_time(hub.hub.changes) == 1
    assert (await stored(hub, asked), await hub.log()) == ("open", ["ConsultationOpened"])


# ---- what is true whether it has come by or not ------------------------------------------------------------------


async def test_the_state_follows_the_clock_before_anybody_writes_it_down(hub: Talking) -> None:
    asked = await a_scheduled_one(hub)
    states = {
        asked.opens_at - TICK: "SCHEDULED",
        asked.opens_at: "OPEN",
        asked.closes_at - TICK: "OPEN",
        asked.closes_at: "CLOSED",
    }
    assert {at: await shown(hub, asked, at) for at in states} == states
    assert (await stored(hub, asked), await hub.log()) == ("scheduled", [])
    await keep_time(hub.hub.changes, at=asked.closes_at)
    assert {at: await shown(hub, asked, at) for at in states} == states


@pytest.mark.parametrize("kept", [True, False])
async def test_the_interval_is_half_open_to_the_microsecond(hub: Talking, *, kept: bool) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), at=NOON, kept=kept)
    ana, beto = await a_citizen(hub, at=NOON), await a_citizen(hub, "Beto Luna", at=NOON)
    await hub.forget()
    leave = {"input": {"consultationId": asked.node}}
    acts = ((SUBMIT, a_sheet(asked)), (CHANGE, a_sheet(asked)), (WITHDRAW, leave))
    late_until = asked.closes_at + dt.timedelta(days=7)
    instants = {
        asked.opens_at - TICK: "CONSULTATION_NOT_OPEN_YET",
        late_until: "CONSULTATION_CLOSED",
        late_until + TICK: "CONSULTATION_CLOSED",
    }
    for instant, code in instants.items():
        for mutation, variables in acts:
            with hub.at(instant):
                (error,) = await hub.refuse(mutation, variables, by=ana)
            assert (error["__typename"], error["code"], error["path"]) == ("StateError", code, None)
    assert await hub.log() == []
    assert await hub.rows("SELECT id FROM participation UNION ALL SELECT id FROM response") == []
    with hub.at(asked.opens_at):
        await hub.act(SUBMIT, a_sheet(asked), by=ana)
    with hub.at(asked.closes_at - TICK):
        await hub.act(SUBMIT, a_sheet(asked), by=beto)
        await hub.act(CHANGE, a_sheet(asked, {"question": "agua", "option": "no"}), by=ana)
    with hub.at(asked.closes_at):
        await hub.act(SUBMIT, a_sheet(asked), by=await a_citizen(hub, "Carla Ku", at=NOON))
    rows = await hub.rows(
        "SELECT state::text, timeliness::text AS t, received_at AS at FROM response ORDER BY at, state"
    )
    assert [(row["state"], row["t"], row["at"]) for row in rows] == [
        ("replaced", "on_time", asked.opens_at),
        ("accepted", "on_time", asked.closes_at - TICK),
        ("accepted", "on_time", asked.closes_at - TICK),
        ("accepted", "grace", asked.closes_at),
    ]


async def test_a_refusal_tells_when_in_spanish_and_in_english(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), at=NOON)
    ana = await a_citizen(hub, at=NOON)
    await hub.forget()
    early, late = asked.opens_at - TICK, asked.over
    sentences = {
        (early, "es-MX"): "La consulta abre el 1 de septiembre de 2026 a las 11:00 (hora del centro de México): "
        "envíe su respuesta desde entonces.",
        (early, "en"): "The consultation opens on 1 September 2026 at 11:00 (Central Mexico time): "
        "send your response from then on.",
        (late, "fr, es;q=0.5"): "La consulta cerró el 1 de octubre de 2026 a las 11:00 (hora del centro de México) "
        "y ya no recibe respuestas ni cambios: consulte sus resultados.",
        (late, "fr, en;q=0.5"): "The consultation closed on 1 October 2026 at 11:00 (Central Mexico time) "
        "and takes no more responses or changes: see its results.",
    }
    for (instant, languages), told in sentences.items():
        with hub.at(instant):
            (error,) = await hub.refuse(SUBMIT, a_sheet(asked), by=ana, headers={"accept-language": languages})
        assert error["message"] == told
    assert (await hub.log(), await hub.rows("SELECT id FROM response")) == ([], [])


# ---- letting nobody be found any more ------------------------------------------------------------------------------


OWN = """query ($id: ID!, $response: ID!) {
  node(id: $id) {
    ... on Consultation { responseCount viewerHasResponded viewerResponse { id } viewerDraft { edition } }
  }
  response: node(id: $response) { ... on Response { id mine answers { text } } }
  viewer { responses { totalCount } }
}"""
CONSENT = """mutation ($input: ChangeConsentInput!) {
  changeConsent(input: $input) { response { id consent } errors { __typename code message path } } }"""
SAVE = """mutation ($input: SaveResponseDraftInput!) {
  saveResponseDraft(input: $input) { draft { edition } errors { code } } }"""


async def test_the_respondents_are_unlinked_when_late_responses_end(hub: Talking) -> None:
    asked = await a_scheduled_one(hub)
    ana, beto = await a_citizen(hub, at=NOON), await a_citizen(hub, "Beto Luna", at=NOON)
    words = {"question": "palabras", "text": "Llega los jueves."}
    with hub.at(asked.open):
        given = (await hub.act(SUBMIT, a_sheet(asked, {"question": "agua", "option": "si"}, words), by=ana))["response"]
        begun = {"consultationId": asked.node, "revisionId": asked.revision, "answers": [words]}
        await hub.act(SAVE, {"input": begun}, by=beto)
    ids = {"id": asked.node, "response": given["id"]}
    answers = [{"text": None}, {"text": "Llega los jueves."}]
    late_until = asked.closes_at + dt.timedelta(days=7)
    for at in (asked.closes_at, asked.closes_at, late_until - TICK):
        await keep_time(hub.hub.changes, at=at)
    with hub.at(late_until - TICK):
        own = await hub.ask(OWN, ids, by=ana)
        assert own["response"] == {"id": given["id"], "mine": True, "answers": answers}
        assert own["node"]["viewerResponse"] == {"id": given["id"]}
        consent = {"responseId": given["id"], "consent": "WITHOUT_NAME", "noticeHash": asked.notice_hash}
        await hub.act(CONSENT, {"input": consent}, by=ana)
    with hub.at(late_until):
        (error,) = await hub.refuse(CONSENT, {"input": {**consent, "consent": "NOT_PUBLISHED"}}, by=ana)
        assert (error["__typename"], error["code"]) == ("StateError", "CONSENT_FROZEN")
    await hub.forget()
    await keep_time(hub.hub.changes, at=late_until)
    assert (await hub.log()).count("RespondentsUnlinked") == 1
    assert await hub.rows("SELECT 1 FROM consultation_key") == []
    left = "SELECT pseudonym, code, secret_digest, answers, state::text FROM response_draft"
    emptied = {"pseudonym": None, "code": None, "secret_digest": None, "answers": None}
    assert await hub.rows(left) == [{**emptied, "state": "expired"}]
    with hub.at(late_until):
        own = await hub.ask(OWN, ids, by=ana)
        # It stays and counts, as everybody else's, and nobody's in particular.
        assert own["response"] == {"id": given["id"], "mine": False, "answers": answers}
        assert own["node"] == {
            "responseCount": 1,
            "viewerHasResponded": False,
            "viewerResponse": None,
            "viewerDraft": None,
        }
        assert own["viewer"]["responses"] == {"totalCount": 0}
        (error,) = await hub.refuse(CONSENT, {"input": {**consent, "consent": "NOT_PUBLISHED"}}, by=ana)
        assert (error["__typename"], error["code"]) == ("StateError", "CONSENT_FROZEN")
    await hub.forget()
    await keep_time(hub.hub.changes, at=asked.over)
    assert "RespondentsUnlinked" not in await hub.log()
