"""Responses after the closing: within the grace they count, after it they are held until somebody decides."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub.consultations.models import Anonymity, IdentityPolicy
from hub.consultations.timekeeping import keep_time
from hub.viewer import Scope
from tests.cast import a_citizen, a_coordinator_of, a_secretary_of, a_visitor, an_analyst_of
from tests.consultations.asking import CHANGE, WITHDRAW, a_sheet, es, problems
from tests.consultations.timing import ADMIT, RECEIPT, REFUSE
from tests.making.bodies import a_body
from tests.making.consultations import Asked, Given, a_response, an_open_consultation
from tests.talking import Somebody, Talking

NOON = dt.datetime(2026, 9, 1, 18, tzinfo=dt.UTC)
"""Noon in Mexico City, which is six hours behind."""

TICK = dt.timedelta(microseconds=1)
DAY = dt.timedelta(days=1)

SUBMITTED = """mutation ($input: SubmitResponseInput!) { submitResponse(input: $input) {
  response { id state timeliness notice { code } }
  receipt { code state timeliness notice { code message } decisionReason { text } }
  errors { __typename code message path } event } }"""


async def a_consultation(hub: Talking, **known: Any) -> Asked:
    """A consultation that is open at noon, on whose log the test stands."""
    asked = await an_open_consultation(hub, await a_body(hub), at=NOON, **known)
    await hub.forget()
    return asked


def decided(given: Given, reason: str = "Llegó tarde por una falla nuestra.") -> dict[str, Any]:
    """The input of a decision about a late response."""
    return {"input": {"responseId": f"Response_{given.id}", "reason": es(reason)}}


# ---- exact instants ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("grace", "late_days"), [(60, 7), (0, 7), (3600, 0)])
async def test_the_instants_are_exact(hub: Talking, grace: int, late_days: int) -> None:
    asked = await a_consultation(hub, grace_seconds=grace, late_days=late_days)
    counted_until = asked.closes_at + dt.timedelta(seconds=grace)
    late_until = max(counted_until, asked.closes_at + dt.timedelta(days=late_days))
    table = [(asked.closes_at - TICK, "ON_TIME")]
    table += [(asked.closes_at, "GRACE"), (counted_until - TICK, "GRACE")] if grace else []
    table += [(counted_until, "LATE"), (late_until - TICK, "LATE")] if late_days else []
    notices = {"ON_TIME": None, "GRACE": "RESPONSE_IN_GRACE", "LATE": "RESPONSE_HELD_LATE"}
    for n, (at, timeliness) in enumerate(table):
        who = await a_citizen(hub, f"Ana {n}", at=NOON)
        with hub.at(at):
            payload = await hub.act(SUBMITTED, a_sheet(asked), by=who)
        told = {"state": "HELD" if timeliness == "LATE" else "ACCEPTED", "timeliness": timeliness}
        code, message = notices[timeliness], payload["receipt"]["notice"] and payload["receipt"]["notice"]["message"]
        notice = code and {"code": code}
        assert payload["response"] == {"id": payload["response"]["id"], **told, "notice": notice}
        assert {key: payload["receipt"][key] for key in told} == told
        assert payload["receipt"]["notice"] == (notice and {**notice, "message": message})
    beto = await a_citizen(hub, "Beto Luna", at=NOON)
    await hub.forget()
    for at in (late_until, late_until + DAY):
        with hub.at(at):
            (error,) = await hub.refuse(SUBMITTED, a_sheet(asked), by=beto)
        assert (error["__typename"], error["code"]) == ("StateError", "CONSULTATION_CLOSED")
    assert await hub.log() == []
    counts = await hub.rows("SELECT (SELECT count(*) FROM response) AS r, (SELECT count(*) FROM participation) AS p")
    assert counts == [{"r": len(table), "p": len(table)}]


async def test_who_answers_late_is_told_so_in_their_language(hub: Talking) -> None:
    asked, ana = await a_consultation(hub), await a_citizen(hub, at=NOON)
    with hub.at(asked.closed):
        spanish = {"accept-language": "es"}
        receipt = (await hub.act(SUBMITTED, a_sheet(asked), by=ana, headers=spanish))["receipt"]
        assert receipt["notice"]["message"] == (
            "La respuesta llegó después del cierre del 1 de octubre de 2026 a las 11:00 (hora del centro de "
            "México): queda guardada y todavía no cuenta, hasta que el órgano la admita o no con una "
            "razón que se publica; consúltelo con su acuse."
        )
        # Whoever holds the receipt asks again, in another language, without an account.
        told = (await hub.ask(RECEIPT, {"code": receipt["code"]}, languages="en"))["receipt"]
    assert told == {
        "state": "HELD",
        "timeliness": "LATE",
        "decisionReason": None,
        "notice": {"code": "RESPONSE_HELD_LATE", "message": told["notice"]["message"]},
    }
    assert told["notice"]["message"].startswith("The response came in after the closing on 1 October 2026 at 11:00")
    assert (await hub.log())[-1] == "ResponseHeld"


async def test_nobody_in_particular_is_told_by_the_receipt(hub: Talking) -> None:
    asked = await a_consultation(hub, identity_policy=IdentityPolicy.OPEN, anonymity=Anonymity.ANONYMOUS)
    with hub.at(asked.closed):
        payload = await hub.act(SUBMITTED, a_sheet(asked), by=a_visitor())
    assert payload["response"] is None
    assert (payload["receipt"]["state"], payload["receipt"]["notice"]["code"]) == ("HELD", "RESPONSE_HELD_LATE")
    (row,) = await hub.rows("SELECT received_at, timeliness::text FROM response")
    assert row == {"received_at": asked.closed.replace(hour=0, minute=0, second=0), "timeliness": "late"}


async def test_a_response_is_changed_in_the_grace_and_not_after_it(hub: Talking) -> None:
    asked, ana = await a_consultation(hub), await a_citizen(hub, at=NOON)
    first = await a_response(hub, asked, ana)
    counted_until = asked.closes_at + dt.timedelta(seconds=60)
    other = a_sheet(asked, {"question": "agua", "option": "no"})
    with hub.at(counted_until - TICK):
        assert (await hub.act(CHANGE, other, by=ana))["response"]["state"] == "ACCEPTED"
    await hub.forget()
    for at in (counted_until, asked.closed):
        with hub.at(at):
            for act, asking in ((CHANGE, other), (WITHDRAW, {"input": {"consultationId": asked.node}})):
                (error,) = await hub.refuse(act, asking, by=ana)
                assert error["code"] == "CHANGES_ENDED"
    assert await hub.log() == []
    rows = await hub.rows("SELECT id, state::text, timeliness::text FROM response ORDER BY received_at")
    assert [(row["state"], row["timeliness"]) for row in rows] == [("replaced", "on_time"), ("accepted", "grace")]
    assert rows[0]["id"] == first.id


# ---- held, admitted, refused ---------------------------------------------------------------------------------------

SEEN = """query ($id: ID!, $response: ID!) {
  node(id: $id) { ... on Consultation {
    responseCount responses { totalCount } viewerResponse { id }
    revision { questions(first: 1) { nodes { tally { answered options { count } } } } }
  } }
  response: node(id: $response) { ... on Response {
    state timeliness notice { code } decisionReason { text } answers { options } } }
  responses(filter: {timeliness: [LATE]}) { totalCount }
}"""


async def seen(hub: Talking, asked: Asked, given: Given, by: Somebody) -> dict[str, Any]:
    """What somebody sees after the counting: how many are counted and listed, and the response itself."""
    with hub.at(asked.closed):
        told = await hub.ask(SEEN, {"id": asked.node, "response": f"Response_{given.id}"}, by=by)
    tally = told["node"]["revision"]["questions"]["nodes"][0]["tally"]
    return {
        "counted": (told["node"]["responseCount"], tally["answered"], sum(o["count"] for o in tally["options"])),
        "listed": (told["node"]["responses"]["totalCount"], told["responses"]["totalCount"]),
        "response": told["response"],
    }


async def one_on_time_and_one_late(hub: Talking) -> tuple[Asked, Somebody, Given]:
    """A consultation with a response that counts and one that is held, and who gave that."""
    asked = await a_consultation(hub)
    ana, beto = await a_citizen(hub, at=NOON), await a_citizen(hub, "Beto Luna", at=NOON)
    await a_response(hub, asked, ana)
    late = await a_response(hub, asked, beto, at=asked.closes_at + dt.timedelta(hours=1))
    await hub.forget()
    return asked, beto, late


async def test_a_held_response_counts_nowhere_until_it_is_admitted(hub: Talking) -> None:
    asked, beto, late = await one_on_time_and_one_late(hub)
    noe = await an_analyst_of(hub, asked.body_id, at=NOON)
    held = {
        "state": "HELD",
        "timeliness": "LATE",
        "notice": {"code": "RESPONSE_HELD_LATE"},
        "decisionReason": None,
        "answers": [{"options": ["si"]}],
    }
    one = (1, 1, 1)
    assert await seen(hub, asked, late, a_visitor()) == {"counted": one, "listed": (1, 0), "response": None}
    for who in (beto, noe):
        assert await seen(hub, asked, late, who) == {"counted": one, "listed": (2, 1), "response": held}
    with hub.at(asked.closed):
        payload = await hub.act(ADMIT, decided(late), by=noe)
    assert payload["response"] == {
        "id": f"Response_{late.id}",
        "state": "ACCEPTED",
        "timeliness": "LATE",
        "decisionReason": {"text": "Llegó tarde por una falla nuestra."},
        "notice": {"code": "RESPONSE_ADMITTED_LATE"},
    }
    event = (await hub.events())[-1]
    assert (event["type"], event["actor_account_id"]) == ("ResponseAdmitted", noe.account_id)
    two = (2, 2, 2)
    admitted = {
        **held,
        "state": "ACCEPTED",
        "notice": {"code": "RESPONSE_ADMITTED_LATE"},
        "decisionReason": {"text": "Llegó tarde por una falla nuestra."},
    }
    for who in (a_visitor(), beto, noe):
        assert await seen(hub, asked, late, who) == {"counted": two, "listed": (2, 1), "response": admitted}, who.name
    told = (await hub.ask(RECEIPT, {"code": late.receipt}))["receipt"]
    assert (told["state"], told["notice"]["code"]) == ("ACCEPTED", "RESPONSE_ADMITTED_LATE")
    assert told["decisionReason"] == {"text": "Llegó tarde por una falla nuestra."}


async def test_a_refused_response_stays_with_whoever_gave_it(hub: Talking) -> None:
    asked, beto, late = await one_on_time_and_one_late(hub)
    luis = await a_secretary_of(hub, asked.body_id, at=NOON)
    with hub.at(asked.closed):
        payload = await hub.act(REFUSE, decided(late, "Llegó una hora tarde."), by=luis)
        assert payload["response"]["state"] == "REFUSED"
        for act in (ADMIT, REFUSE):
            (error,) = await hub.refuse(act, decided(late), by=luis)
            assert (error["__typename"], error["code"]) == ("StateError", "RESPONSE_NOT_HELD")
    assert [type_ for type_ in await hub.log() if type_.startswith("Response")] == ["ResponseRefused"]
    stranger = await seen(hub, asked, late, a_visitor())
    assert stranger == {"counted": (1, 1, 1), "listed": (1, 0), "response": None}
    own = await seen(hub, asked, late, beto)
    assert (own["response"]["state"], own["response"]["decisionReason"]) == (
        "REFUSED",
        {"text": "Llegó una hora tarde."},
    )
    told = (await hub.ask(RECEIPT, {"code": late.receipt}, languages="en"))["receipt"]
    assert (told["state"], told["notice"]["code"]) == ("REFUSED", "RESPONSE_REFUSED_LATE")
    assert told["decisionReason"] == {"text": "Llegó una hora tarde."}


async def test_the_staff_alone_decides_and_only_with_a_reason(hub: Talking) -> None:
    asked, beto, late = await one_on_time_and_one_late(hub)
    other = await a_body(hub, "Otra", acronym="OTRA")
    every = frozenset(Scope)
    table = [
        (a_visitor(), "NOT_FOUND"),
        (beto, "NOT_FOUND"),
        (await a_citizen(hub, "Carla", at=NOON), "NOT_FOUND"),
        (await a_coordinator_of(hub, other, at=NOON), "NOT_FOUND"),
        (await an_analyst_of(hub, asked.body_id, at=NOON, scopes=every - {Scope.ANALYSIS_WRITE}), "NOT_FOUND"),
        (await an_analyst_of(hub, asked.body_id, at=NOON, scopes=every - {Scope.BODIES_WRITE}), "SCOPE_MISSING"),
    ]
    julia = await a_coordinator_of(hub, asked.body_id, at=NOON)
    await hub.forget()
    with hub.at(asked.closed):
        for who, code in table:
            for act in (ADMIT, REFUSE):
                (error,) = await hub.refuse(act, decided(late), by=who)
                assert error["code"] == code, who.name
        for act in (ADMIT, REFUSE):
            errors = await hub.refuse(act, decided(late, " "), by=julia)
            assert problems(errors) == [("WORDING_EMPTY", "reason.translations.0.text")]
        (timely,) = await hub.rows("SELECT id FROM response WHERE state = 'accepted'")
        for act in (ADMIT, REFUSE):
            (error,) = await hub.refuse(act, decided(Given(timely["id"], "")), by=julia)
            assert error["code"] == "RESPONSE_NOT_HELD"
            (error,) = await hub.refuse(act, decided(Given(timely["id"], "")), by=beto)
            assert error["code"] == "STAFF_ONLY"
    assert await hub.log() == []
    assert await hub.rows("SELECT id FROM response WHERE state = 'held'") == [{"id": late.id}]


async def test_what_may_come_next_for_a_held_response(hub: Talking) -> None:
    asked, beto, late = await one_on_time_and_one_late(hub)
    noe = await an_analyst_of(hub, asked.body_id, at=NOON)
    query = """query ($id: ID!) { node(id: $id) { ... on Response {
      availableTransitions { event allowed reason { code } } } } }"""
    for who, expected in (
        (noe, {"admit": None, "refuse": None}),
        (beto, {"admit": "STAFF_ONLY", "refuse": "STAFF_ONLY", "change_consent": None}),
    ):
        with hub.at(asked.closed):
            node = (await hub.ask(query, {"id": f"Response_{late.id}"}, by=who))["node"]
        told = {each["event"]: each["reason"] and each["reason"]["code"] for each in node["availableTransitions"]}
        assert told == expected


async def test_it_is_decided_after_the_respondents_are_unlinked(hub: Talking) -> None:
    asked, beto, late = await one_on_time_and_one_late(hub)
    noe = await an_analyst_of(hub, asked.body_id, at=NOON)
    await keep_time(hub.hub.changes, at=asked.over)
    await keep_time(hub.hub.changes, at=asked.over)
    with hub.at(asked.over):
        await hub.act(ADMIT, decided(late), by=noe)
        told = (await hub.ask(RECEIPT, {"code": late.receipt}, by=beto))["receipt"]
    assert (told["state"], told["decisionReason"]["text"]) == ("ACCEPTED", "Llegó tarde por una falla nuestra.")
