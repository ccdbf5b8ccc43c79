"""What the staff writes down: paper, mail, hearings. It counts by when it was received, and says by which way."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub.consultations.models import Anonymity
from hub.people.models import OrganizationKind
from hub.viewer import Scope
from tests.cast import a_citizen, a_client, a_coordinator_of, a_secretary_of, a_visitor, an_analyst_of
from tests.consultations.asking import a_sheet, problems
from tests.consultations.timing import ENTER, at_zulu, local
from tests.making.bodies import a_body
from tests.making.consultations import (
    Asked,
    a_draft_consultation,
    a_scheduled_consultation,
    an_open_consultation,
)
from tests.making.notices import a_suspension, a_withdrawal
from tests.making.people import an_organization
from tests.talking import Talking

NOON = dt.datetime(2026, 9, 1, 18, tzinfo=dt.UTC)
"""Noon in Mexico City, which is six hours behind."""

TICK = dt.timedelta(microseconds=1)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def a_paper(asked: Asked, received: dt.datetime | str, channel: str = "PAPER", **known: Any) -> dict[str, Any]:
    """The input of what was received at an instant, or when the clock on the wall showed this."""
    shown = received if isinstance(received, str) else local(received)
    return a_sheet(asked, channel=channel, received=shown, **known)


async def test_each_way_is_shown_and_who_wrote_it_down_is_on_record(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), at=NOON)
    staff = [
        await a_coordinator_of(hub, asked.body_id, at=NOON),
        await a_secretary_of(hub, asked.body_id, at=NOON),
        await an_analyst_of(hub, asked.body_id, at=NOON),
    ]
    await hub.forget()
    ways = ("PAPER", "HEARING", "ASSISTED", "EMAIL")
    for n, way in enumerate(ways):
        received = asked.opens_at + n * HOUR
        with hub.at(asked.open):
            payload = await hub.act(ENTER, a_paper(asked, received, way), by=staff[n % 3])
        assert payload["response"] == {
            "id": payload["response"]["id"],
            "state": "ACCEPTED",
            "timeliness": "ON_TIME",
            "channel": way,
            "respondentKind": "INDIVIDUAL",
            "respondentName": None,
            "organization": None,
            "receivedAt": at_zulu(received),
            "mine": False,
            "notice": None,
        }
        assert payload["receipt"]["issuedAt"] == at_zulu(asked.open)
        event = (await hub.events())[-1]
        assert (event["type"], event["actor_account_id"], event["at"]) == (
            "ResponseEntered",
            staff[n % 3].account_id,
            asked.open,
        )
        assert event["facts"]["channel"] == way.lower()
    assert await hub.log() == ["ResponseEntered"] * 4
    listed = "query ($channel: [Channel!]) { responses(filter: {channel: $channel}) { nodes { channel } } }"
    with hub.at(asked.closed):
        for way in ways:
            found = (await hub.ask(listed, {"channel": [way]}))["responses"]["nodes"]
            assert found == [{"channel": way}]
        count = "query ($id: ID!) { node(id: $id) { ... on Consultation { responseCount } } }"
        assert (await hub.ask(count, {"id": asked.node}))["node"] == {"responseCount": 4}
    assert await hub.rows("SELECT id FROM participation") == []


async def test_when_it_was_received_decides_and_not_when_it_was_written_down(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), at=NOON)
    noe = await an_analyst_of(hub, asked.body_id, at=NOON)
    counted_until = asked.closes_at + dt.timedelta(seconds=60)
    await hub.forget()
    table = [
        (asked.opens_at, "ON_TIME", "ACCEPTED", None),
        (asked.closes_at - TICK, "ON_TIME", "ACCEPTED", None),
        (asked.closes_at, "GRACE", "ACCEPTED", "RESPONSE_IN_GRACE"),
        (counted_until, "LATE", "HELD", "RESPONSE_HELD_LATE"),
        (asked.closed, "LATE", "HELD", "RESPONSE_HELD_LATE"),
    ]
    for received, timeliness, state, notice in table:
        with hub.at(asked.closed):
            payload = await hub.act(ENTER, a_paper(asked, received), by=noe)
        told = payload["response"]
        assert (told["timeliness"], told["state"], told["notice"] and told["notice"]["code"]) == (
            timeliness,
            state,
            notice,
        )
        # Also where it is held, the log says who wrote it down.
        event = (await hub.events())[-1]
        assert (event["type"], event["actor_account_id"]) == ("ResponseEntered", noe.account_id)
        assert (event["target"], event["facts"]["timeliness"]) == (state.lower(), timeliness.lower())


async def test_what_cannot_have_been_received_then_is_refused(hub: Talking) -> None:
    """A consultation over the night on which the clocks of the border go back."""
    zone = "America/Tijuana"
    opens_at = dt.datetime(2026, 10, 20, 17, tzinfo=dt.UTC)
    closes_at = dt.datetime(2026, 11, 10, 18, tzinfo=dt.UTC)
    asked = await an_open_consultation(hub, await a_body(hub), at=opens_at + HOUR, closes_at=closes_at, zone=zone)
    noe = await an_analyst_of(hub, asked.body_id, at=opens_at)
    late_until = closes_at + 7 * DAY
    now = closes_at + DAY
    await hub.forget()
    table = [
        (local(opens_at - HOUR - TICK, zone), "NOT_RECEIVED_THEN"),
        (local(now + TICK, zone), "NOT_RECEIVED_THEN"),
        (local(late_until, zone), "NOT_RECEIVED_THEN"),
        ("2026-11-01T01:30:00", "TIME_IS_AMBIGUOUS"),
        ("0001-01-01T00:00:00", "BAD_TIME"),
    ]
    with hub.at(now):
        for shown, code in table:
            errors = await hub.refuse(ENTER, a_paper(asked, shown), by=noe)
            assert problems(errors) == [(code, "received")], shown
        # The clock of the consultation is meant, whatever the staff's own shows.
        payload = await hub.act(ENTER, a_paper(asked, "2026-11-01T02:00:00"), by=noe)
    assert payload["response"]["receivedAt"] == "2026-11-01T10:00:00.000000Z"
    with hub.at(late_until):
        (error,) = await hub.refuse(ENTER, a_paper(asked, local(opens_at, zone)), by=noe)
    assert (error["__typename"], error["code"]) == ("StateError", "CONSULTATION_CLOSED")
    assert await hub.log() == ["ResponseEntered"]


async def test_the_ways_of_the_people_themselves_are_not_the_staffs(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), at=NOON)
    noe = await an_analyst_of(hub, asked.body_id, at=NOON)
    await hub.forget()
    with hub.at(asked.open):
        for way in ("WEB", "API", "IMPORT", "DEMONSTRATION"):
            errors = await hub.refuse(ENTER, a_paper(asked, asked.opens_at, way), by=noe)
            assert problems(errors) == [("NOT_BY_STAFF", "channel")]
        errors = await hub.refuse(ENTER, a_paper(asked, asked.closed, "WEB"), by=noe)
        assert problems(errors) == [("NOT_BY_STAFF", "channel"), ("NOT_RECEIVED_THEN", "received")]
    assert (await hub.log(), await hub.rows("SELECT id FROM response")) == ([], [])


async def test_the_staff_of_the_body_alone_writes_down(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra", acronym="OTRA")
    asked = await an_open_consultation(hub, body, at=NOON)
    table = [
        (a_visitor(), "UNAUTHENTICATED"),
        (await a_client(hub, scopes=frozenset(Scope)), "UNAUTHENTICATED"),
        (await a_citizen(hub, at=NOON), "STAFF_ONLY"),
        (await a_coordinator_of(hub, other, at=NOON), "STAFF_ONLY"),
        (await an_analyst_of(hub, body, at=NOON, scopes=frozenset(Scope) - {Scope.BODIES_WRITE}), "SCOPE_MISSING"),
    ]
    await hub.forget()
    with hub.at(asked.open):
        for who, code in table:
            (error,) = await hub.refuse(ENTER, a_paper(asked, asked.opens_at), by=who)
            assert (error["__typename"], error["code"]) == ("PermissionError", code), who.name
    assert await hub.log() == []


async def test_nothing_is_written_down_where_nothing_is_taken(hub: Talking) -> None:
    body = await a_body(hub, at=NOON)
    noe = await an_analyst_of(hub, body, at=NOON)
    draft = await a_draft_consultation(hub, body, at=NOON)
    scheduled, suspended, withdrawn = [await a_scheduled_consultation(hub, body, at=NOON) for _ in range(3)]
    await a_suspension(hub, suspended)
    await a_withdrawal(hub, withdrawn)
    await hub.forget()
    table = [
        (draft, NOON, "CONSULTATION_NOT_PUBLISHED"),
        (scheduled, NOON, "CONSULTATION_NOT_OPEN_YET"),
        (suspended, suspended.open, "CONSULTATION_SUSPENDED"),
        (withdrawn, withdrawn.open, "CONSULTATION_WITHDRAWN"),
    ]
    for asked, at, code in table:
        with hub.at(at):
            (error,) = await hub.refuse(ENTER, a_paper(asked, asked.opens_at), by=noe)
            assert (error["__typename"], error["code"]) == ("StateError", code)
    assert await hub.log() == []


async def test_an_organisation_answers_on_paper(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), at=NOON)
    noe = await an_analyst_of(hub, asked.body_id, at=NOON)
    society = await an_organization(hub)
    authority = await an_organization(hub, "Ayuntamiento", kind=OrganizationKind.AUTHORITY)
    table = [(society, "ORGANIZATION"), (authority, "PUBLIC_BODY")]
    with hub.at(asked.open):
        for organization, kind in table:
            known = {"organizationId": f"Organization_{organization}", "consent": "ORGANIZATION_NAME"}
            payload = await hub.act(ENTER, a_paper(asked, asked.opens_at, **known), by=noe)
            assert payload["response"]["respondentKind"] == kind
            assert payload["response"]["organization"] == {"id": f"Organization_{organization}"}
        await hub.forget()
        nowhere = {"organizationId": f"Organization_{asked.id}"}
        (error,) = await hub.refuse(ENTER, a_paper(asked, asked.opens_at, **nowhere), by=noe)
        assert error["code"] == "NOT_FOUND"
        wrong = {"ORGANIZATION_NAME": "NO_ORGANIZATION_TO_NAME", "WITH_NAME": "NO_NAME_TO_PUBLISH"}
        for consent, code in wrong.items():
            errors = await hub.refuse(ENTER, a_paper(asked, asked.opens_at, consent=consent), by=noe)
            assert problems(errors) == [(code, "consent")]
    assert await hub.log() == []


async def test_where_anonymity_was_promised_only_the_day_is_kept(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), at=NOON, anonymity=Anonymity.ANONYMOUS)
    noe = await an_analyst_of(hub, asked.body_id, at=NOON)
    received = asked.closes_at - TICK
    with hub.at(asked.closed):
        payload = await hub.act(ENTER, a_paper(asked, received), by=noe)
    day = at_zulu(received.replace(hour=0, minute=0, second=0, microsecond=0))
    told = payload["response"]
    assert (told["respondentKind"], told["timeliness"], told["receivedAt"]) == ("ANONYMOUS", "ON_TIME", day)
    assert (await hub.events())[-1]["actor_account_id"] == noe.account_id
