"""Suspending a consultation, resuming it, withdrawing it: what it takes and shows meanwhile and after."""

from __future__ import annotations

import datetime as dt

from hub.consultations.timekeeping import keep_time
from tests.cast import a_citizen, a_coordinator_of, a_visitor, an_analyst_of
from tests.consultations.asking import CHANGE, SUBMIT, WITHDRAW, a_sheet, problems
from tests.consultations.timing import (
    NOTICES,
    RESUME,
    SUSPEND,
    WITHDRAW_CONSULTATION,
    at_zulu,
    because,
    until,
)
from tests.making.bodies import a_body
from tests.making.consultations import (
    Asked,
    an_open_consultation,
)
from tests.making.notices import a_suspension, a_withdrawal
from tests.talking import Talking

NOON = dt.datetime(2026, 9, 1, 18, tzinfo=dt.UTC)
"""Noon in Mexico City, which is six hours behind."""

TICK = dt.timedelta(microseconds=1)
DAY = dt.timedelta(days=1)
SAVE = """mutation ($input: SaveResponseDraftInput!) {
  saveResponseDraft(input: $input) { draft { edition } errors { __typename code message path } } }"""


async def closings(hub: Talking, asked: Asked) -> list[tuple[int, str, str]]:
    """Number, kind and closing of each notice."""
    found = (await hub.ask(NOTICES, {"id": asked.node}))["node"]["notices"]["nodes"]
    return [(each["number"], each["kind"], each["closing"]["instant"]) for each in found]


# ---- suspending and resuming --------------------------------------------------------------------------------------


async def test_a_suspended_consultation_takes_nothing_and_says_why(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), at=NOON)
    julia, ana = await a_coordinator_of(hub, asked.body_id, at=NOON), await a_citizen(hub, at=NOON)
    beto = await a_citizen(hub, "Beto Luna", at=NOON)
    with hub.at(asked.open):
        await hub.act(SUBMIT, a_sheet(asked), by=ana)
        await hub.forget()
        payload = await hub.act(SUSPEND, because(asked, "Se cayó un servidor."), by=julia)
        assert payload["consultation"]["state"] == "SUSPENDED"
        assert payload["notice"]["kind"] == "SUSPENSION"
        assert await hub.log() == ["ConsultationSuspended", "NoticePublished"]
        kept = {key: asked_for for key, asked_for in a_sheet(asked)["input"].items() if key.endswith("Id")}
        acts = (
            (SUBMIT, a_sheet(asked), beto),
            (CHANGE, a_sheet(asked), ana),
            (WITHDRAW, {"input": {"consultationId": asked.node}}, ana),
            (SAVE, {"input": {**kept, "answers": [{"question": "agua", "option": "si"}]}}, beto),
        )
        for act, asking, who in acts:
            for languages, words in (("es", "está suspendida"), ("en", "is suspended")):
                (error,) = await hub.refuse(act, asking, by=who, headers={"accept-language": languages})
                assert (error["__typename"], error["code"]) == ("StateError", "CONSULTATION_SUSPENDED")
                assert words in error["message"]
        listed = "{ consultations(filter: {state: [SUSPENDED]}) { totalCount } }"
        assert (await hub.ask(listed))["consultations"] == {"totalCount": 1}
        payload = await hub.act(RESUME, because(asked, "Ya está."), by=julia)
        assert payload["consultation"]["state"] == "OPEN"
        assert payload["notice"]["closing"]["instant"] == at_zulu(asked.closes_at)
        await hub.act(SUBMIT, a_sheet(asked), by=beto)
        later = asked.closes_at + DAY
        await hub.act(SUSPEND, because(asked), by=julia)
        payload = await hub.act(RESUME, until(asked, later), by=julia)
        assert payload["consultation"]["closing"]["instant"] == at_zulu(later)
    assert await closings(hub, asked) == [
        (1, "OPENING", at_zulu(asked.closes_at)),
        (2, "SUSPENSION", at_zulu(asked.closes_at)),
        (3, "RESUMPTION", at_zulu(asked.closes_at)),
        (4, "SUSPENSION", at_zulu(asked.closes_at)),
        (5, "RESUMPTION", at_zulu(later)),
    ]


async def test_it_is_not_resumed_with_an_earlier_closing(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub))
    julia = await a_coordinator_of(hub, asked.body_id)
    await a_suspension(hub, asked, at=asked.open)
    await hub.forget()
    with hub.at(asked.open):
        errors = await hub.refuse(RESUME, until(asked, asked.closes_at), by=julia)
    assert problems(errors) == [("NOT_AN_EXTENSION", "closing.declaredLocal")]
    assert await hub.log() == []


async def test_a_closing_that_passes_while_it_is_suspended_closes_it(hub: Talking) -> None:
    """Nothing was on its way to it, so there is no grace: what comes is late."""
    asked = await an_open_consultation(hub, await a_body(hub), at=NOON)
    julia, ana = await a_coordinator_of(hub, asked.body_id, at=NOON), await a_citizen(hub, at=NOON)
    await a_suspension(hub, asked)
    await hub.forget()
    state = "query ($id: ID!) { node(id: $id) { ... on Consultation { state } } }"
    for at, shown in ((asked.closes_at - TICK, "SUSPENDED"), (asked.closes_at, "CLOSED")):
        with hub.at(at):
            assert (await hub.ask(state, {"id": asked.node}))["node"]["state"] == shown
    with hub.at(asked.closes_at):
        (error,) = await hub.refuse(RESUME, because(asked), by=julia)
        assert error["code"] == "CONSULTATION_CLOSED"
        assert (await hub.act(SUBMIT, a_sheet(asked), by=ana))["response"]["state"] == "HELD"
    assert await keep_time(hub.hub.changes, at=asked.in_grace) >= 1
    await keep_time(hub.hub.changes, at=asked.in_grace)
    assert (await hub.log()).count("ConsultationClosed") == 1


# ---- withdrawing ---------------------------------------------------------------------------------------------------


SEEN = """query ($id: ID!, $response: ID!) {
  node(id: $id) { ... on Consultation {
    state withdrawnAt responseCount responses { totalCount } viewerResponse { id answers { text options } }
    revision { questions { nodes { tally { answered } } } }
  } }
  response: node(id: $response) { id }
  responses { totalCount }
}"""


async def test_a_withdrawn_consultation_keeps_its_responses_and_shows_them_to_nobody(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), at=NOON)
    await hub.run("UPDATE consultation SET results_policy = 'live'")
    julia, noe = await a_coordinator_of(hub, asked.body_id, at=NOON), await an_analyst_of(hub, asked.body_id, at=NOON)
    ana, beto = await a_citizen(hub, at=NOON), await a_citizen(hub, "Beto Luna", at=NOON)
    with hub.at(asked.open):
        given = (await hub.act(SUBMIT, a_sheet(asked), by=ana))["response"]["id"]
        ids = {"id": asked.node, "response": given}
        assert (await hub.ask(SEEN, ids))["node"]["responseCount"] == 1
        await hub.forget()
        payload = await hub.act(WITHDRAW_CONSULTATION, because(asked, "Se presenta otra."), by=julia)
        assert (payload["consultation"]["state"], payload["notice"]["kind"]) == ("WITHDRAWN", "WITHDRAWAL")
        assert payload["consultation"]["withdrawnAt"] == at_zulu(asked.open)
        assert await hub.log() == ["ConsultationWithdrawn", "NoticePublished"]
        acts = ((SUBMIT, a_sheet(asked), beto), (CHANGE, a_sheet(asked), ana))
        for act, asking, who in (*acts, (WITHDRAW, {"input": {"consultationId": asked.node}}, ana)):
            (error,) = await hub.refuse(act, asking, by=who)
            assert (error["__typename"], error["code"]) == ("StateError", "CONSULTATION_WITHDRAWN")
    (row,) = await hub.rows("SELECT state::text FROM response")
    assert row["state"] == "accepted"
    for at in (asked.open, asked.closed):
        with hub.at(at):
            for who in (a_visitor(), beto):
                told = await hub.ask(SEEN, ids, by=who)
                assert told["response"] is None
                assert told["responses"] == {"totalCount": 0}
                assert told["node"]["responses"] == {"totalCount": 0}
                assert told["node"]["responseCount"] is None
                assert told["node"]["withdrawnAt"] == at_zulu(asked.open)
                assert {q["tally"] and 1 for q in told["node"]["revision"]["questions"]["nodes"]} == {None}
            own = await hub.ask(SEEN, ids, by=ana)
            assert own["response"] == {"id": given}
            assert own["node"]["viewerResponse"] == {"id": given, "answers": [{"text": None, "options": ["si"]}]}
            assert (await hub.ask(SEEN, ids, by=noe))["node"]["responses"] == {"totalCount": 1}


async def test_the_timekeeper_leaves_a_withdrawn_consultation_alone_but_for_unlinking(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), at=NOON)
    await a_withdrawal(hub, asked)
    await hub.forget()
    for at, recorded in (
        (asked.closes_at, []),
        (asked.closed, []),
        (asked.closes_at + 7 * DAY - TICK, []),
        (asked.closes_at + 7 * DAY, ["RespondentsUnlinked"]),
        (asked.over, ["RespondentsUnlinked"]),
    ):
        await keep_time(hub.hub.changes, at=at)
        assert await hub.log() == recorded, at
    assert await hub.rows("SELECT state::text FROM consultation") == [{"state": "withdrawn"}]
    assert await hub.rows("SELECT 1 FROM consultation_key") == []
