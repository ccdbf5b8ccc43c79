"""Feeds: a calendar that programs follow, one session of it, and Popolo that the published schemas accept."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import icalendar
import pytest
from jsonschema import Draft3Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT3

from hub.bodies.seat_models import Post
from hub.exporting import feeds
from tests.cast import a_citizen
from tests.making.bodies import a_body, a_seat
from tests.making.sessions import HOUR, MONDAY, Commission, a_commission, a_convened_session, a_planned_session
from tests.making.sittings import a_sitting
from tests.sessions.acts import done
from tests.sessions.voting import CLOSE, a_motion, all_cast, an_open_vote, given
from tests.talking import Talking


@pytest.fixture(autouse=True)
def always_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a feed anew at each request."""
    monkeypatch.setattr(feeds, "KEPT", 0.0)


@pytest.fixture
async def commission(hub: Talking) -> Commission:
    """A commission with its rules."""
    return await a_commission(hub)


async def fetched(hub: Talking, body: UUID, name: str, **headers: str) -> Any:
    """Return what a feed answers."""
    return await hub.client.get(f"/feeds/bodies/{body}/{name}", headers=headers)


async def events(hub: Talking, body: UUID) -> list[icalendar.Event]:
    """Return the events of a body's calendar."""
    response = await fetched(hub, body, "sessions.ics")
    assert (response.status_code, response.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    calendar = icalendar.Calendar.from_ical(response.content)
    assert calendar.calendar_name == "Comisión de Gobierno Abierto"
    zones = {str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")}
    found = list(calendar.walk("VEVENT"))
    assert {event["dtstart"].params["TZID"] for event in found} == zones
    return found


# ---- the calendar ---------------------------------------------------------------------------------------------------


async def test_a_session_is_an_event_at_its_own_time_and_place(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    (event,) = await events(hub, commission.body)
    zone = ZoneInfo("America/Mexico_City")
    starts = event.start
    assert (starts.tzinfo.key, starts.astimezone(dt.UTC)) == (zone.key, HOUR)
    assert event.end - starts == dt.timedelta(minutes=120)
    assert (str(event["uid"]), event["sequence"], str(event["status"])) == (str(session), 0, "CONFIRMED")
    assert (str(event["summary"]), str(event["location"])) == ("Primera sesión ordinaria", "Sala de juntas, piso 2")
    assert str(event["url"]).endswith(f"/sesiones/Session_{session}")
    assert str(event["url"]) in str(event["description"])
    # What only the members are told is in no calendar.
    assert "sala.example.org" not in event.to_ical().decode()


async def test_a_change_updates_the_entry_in_place(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    (before,) = await events(hub, commission.body)
    moved = {"declaredLocal": "2026-06-16T10:00:00", "zone": "America/Mexico_City"}
    with hub.at(MONDAY + dt.timedelta(hours=1)):
        await done(hub, "amendConvocation", commission.luis, session=session, **everything(starts=moved))
    (after,) = await events(hub, commission.body)
    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after.start - before.start == dt.timedelta(days=1)
    assert after["last-modified"].dt > before["last-modified"].dt


async def test_what_was_called_off_stays_as_cancelled(hub: Talking, commission: Commission) -> None:
    session = await a_convened_session(hub, commission.body)
    with hub.at(MONDAY + dt.timedelta(hours=1)):
        reason = {"source": "es", "translations": [{"language": "es", "text": "Sin sede."}]}
        await done(hub, "cancelSession", commission.julia, session=session, reason=reason)
    (event,) = await events(hub, commission.body)
    assert (str(event["uid"]), event["sequence"], str(event["status"])) == (str(session), 1, "CANCELLED")


async def test_what_is_only_planned_is_in_no_calendar(hub: Talking, commission: Commission) -> None:
    session = await a_planned_session(hub, commission.body)
    assert await events(hub, commission.body) == []
    assert (await hub.client.get(f"/feeds/sessions/Session_{session}.ics")).status_code == 404


async def test_one_session_is_the_same_event_as_in_the_calendar_of_its_body(
    hub: Talking, commission: Commission
) -> None:
    await a_convened_session(hub, commission.body)
    session = await a_convened_session(hub, commission.body)
    with hub.at(MONDAY + dt.timedelta(hours=1)):
        reason = {"source": "es", "translations": [{"language": "es", "text": "Sin sede."}]}
        await done(hub, "cancelSession", commission.julia, session=session, reason=reason)
    response = await hub.client.get(f"/feeds/sessions/Session_{session}.ics")
    assert (response.status_code, response.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    calendar = icalendar.Calendar.from_ical(response.content)
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["America/Mexico_City"]
    (event,) = calendar.walk("VEVENT")
    assert (str(event["uid"]), event["sequence"], str(event["status"])) == (str(session), 1, "CANCELLED")
    (among_others,) = [one for one in await events(hub, commission.body) if one["uid"] == event["uid"]]
    assert event.to_ical() == among_others.to_ical()


async def test_whoever_has_it_already_is_not_given_it_again(hub: Talking, commission: Commission) -> None:
    await a_convened_session(hub, commission.body)
    first = await fetched(hub, commission.body, "sessions.ics")
    again = await fetched(hub, commission.body, "sessions.ics", **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_crowd_of_followers_costs_what_one_does(
    hub: Talking, commission: Commission, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "KEPT", 60.0)
    before = await fetched(hub, commission.body, "sessions.ics")
    await a_convened_session(hub, commission.body)
    after = await fetched(hub, commission.body, "sessions.ics")
    assert (after.content, after.headers["cache-control"]) == (before.content, "public, max-age=60")


@pytest.mark.parametrize("name", ["sessions.ics", "popolo.json"])
async def test_what_is_unknown_is_said_so(hub: Talking, name: str) -> None:
    for body in (str(uuid4()), "no-es-un-id", "Consultation_x"):
        response = await hub.client.get(f"/feeds/bodies/{body}/{name}", headers={"accept-language": "en"})
        assert (response.status_code, response.json()["code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize("session", ["01a21aa5-d592-7f26-b38c-3a23b8656380", "no-es-un-id", "Body_x"])
async def test_a_session_that_is_unknown_is_said_so(hub: Talking, session: str) -> None:
    response = await hub.client.get(f"/feeds/sessions/{session}.ics")
    assert (response.status_code, response.json()["code"]) == (404, "NOT_FOUND")


def everything(**known: Any) -> dict[str, Any]:
    """What an amended convocation says."""
    said = {
        "mode": "IN_PERSON",
        "starts": {"declaredLocal": "2026-06-15T10:00:00", "zone": "America/Mexico_City"},
        "plannedMinutes": 120,
        "place": {"source": "es", "translations": [{"language": "es", "text": "Sala de juntas, piso 2"}]},
        "reason": {"source": "es", "translations": [{"language": "es", "text": "Cambio de sede."}]},
    }
    return {**said, **known}


# ---- Popolo ---------------------------------------------------------------------------------------------------------

SCHEMAS = {
    "persons": "person",
    "organizations": "organization",
    "areas": "area",
    "posts": "post",
    "memberships": "membership",
    "events": "event",
    "motions": "motion",
    "vote_events": "vote_event",
}


@pytest.fixture(scope="module")
def validators(test_data: Path) -> dict[str, Draft3Validator]:
    """The published schemas, each by the list that it is about; they refer to each other, and nothing is fetched."""
    files = [json.loads(file.read_text(encoding="utf-8")) for file in (test_data / "popolo-schemas").glob("*.json")]
    known = {file["id"]: Resource.from_contents(file, default_specification=DRAFT3) for file in files}
    known |= {name.rstrip("#"): found for name, found in known.items()}
    registry: Registry[Any] = Registry().with_resources(known.items())
    named = {file["id"].rpartition("/")[2].removesuffix(".json#"): file for file in files}
    return {
        listed: Draft3Validator(named[name], registry=registry, format_checker=Draft3Validator.FORMAT_CHECKER)
        for listed, name in SCHEMAS.items()
    }


async def test_the_published_schemas_accept_it(hub: Talking, validators: dict[str, Draft3Validator]) -> None:
    sitting = await a_sitting(hub)
    vote = await an_open_vote(hub, sitting)
    await all_cast(hub, sitting, vote, "FOR", "FOR", "AGAINST", "ABSTAIN")
    await hub.act(CLOSE, given(voteEventId=vote), by=sitting.coordinator)
    secret = await an_open_vote(
        hub, sitting, method="SECRET", motion=await a_motion(hub, sitting, point=1, matter="persons")
    )
    await all_cast(hub, sitting, secret, "FOR", "FOR", "FOR", "AGAINST", "AGAINST")
    await hub.act(CLOSE, given(voteEventId=secret), by=sitting.coordinator)

    response = await fetched(hub, sitting.body_id, "popolo.json")
    whole = response.json()
    assert set(whole) == set(SCHEMAS)
    wrong = [
        (listed, error.message)
        for listed, validator in validators.items()
        for thing in whole[listed]
        for error in validator.iter_errors(thing)
    ]
    assert wrong == []
    assert {len(whole[listed]) for listed in ("persons", "posts", "memberships")} == {6}
    assert (len(whole["events"]), len(whole["motions"]), len(whole["vote_events"])) == (1, 2, 2)

    by_name, in_secret = whole["vote_events"]
    assert (by_name["id"], by_name["result"]) == (vote, "pass")
    assert [count for count in by_name["counts"] if "group" not in count] == [
        {"option": "yes", "value": 2},
        {"option": "no", "value": 1},
        {"option": "abstain", "value": 1},
    ]
    # What the sectors voted adds up to it.
    for option, value in (("yes", 2), ("no", 1), ("abstain", 1)):
        assert value == sum(c["value"] for c in by_name["counts"] if "group" in c and c["option"] == option)
    names = {person["id"]: person["name"] for person in whole["persons"]}
    assert [(names[cast["voter_id"]], cast["option"]) for cast in by_name["votes"]] == [
        ("Julia Ordaz", "yes"),
        ("Vocal 2", "yes"),
        ("Vocal 3", "no"),
        ("Vocal 4", "abstain"),
    ]
    # Of a secret vote there are counts of all, and nothing else.
    assert (in_secret["id"], in_secret["votes"]) == (secret, [])
    assert in_secret["counts"] == [
        {"option": "yes", "value": 3},
        {"option": "no", "value": 2},
        {"option": "abstain", "value": 0},
    ]


async def test_every_reference_leads_to_something(hub: Talking) -> None:
    sitting = await a_sitting(hub)
    vote = await an_open_vote(hub, sitting)
    await all_cast(hub, sitting, vote, "FOR")
    await hub.act(CLOSE, given(voteEventId=vote), by=sitting.coordinator)
    whole = (await fetched(hub, sitting.body_id, "popolo.json")).json()
    known = {thing["id"] for listed in whole.values() for thing in listed}
    led = {
        value
        for listed in whole.values()
        for thing in listed
        for part in (thing, *thing.get("votes", []))
        for key, value in part.items()
        if key.endswith("_id") and value is not None
    }
    assert led - known == set()


async def test_an_open_vote_is_not_told(hub: Talking) -> None:
    sitting = await a_sitting(hub)
    vote = await an_open_vote(hub, sitting)
    await all_cast(hub, sitting, vote, "FOR", "AGAINST")
    whole = (await fetched(hub, sitting.body_id, "popolo.json")).json()
    assert (len(whole["motions"]), whole["vote_events"]) == (1, [])


async def test_a_body_without_anything_is_a_body(hub: Talking, validators: dict[str, Draft3Validator]) -> None:
    body = await a_body(hub)
    await a_seat(hub, body, post=Post.COORDINATOR)
    await a_citizen(hub)
    whole = (await fetched(hub, body, "popolo.json")).json()
    assert [list(validators["posts"].iter_errors(post)) for post in whole["posts"]] == [[]]
    assert {listed: len(whole[listed]) for listed in SCHEMAS} == {
        **dict.fromkeys(SCHEMAS, 0),
        "organizations": 1,
        "posts": 1,
    }


async def test_more_sessions_cost_no_more_statements(hub: Talking, commission: Commission) -> None:
    counts = []
    for _ in range(2):
        await a_convened_session(hub, commission.body)
        with hub.counting() as counted:
            await fetched(hub, commission.body, "popolo.json")
        counts.append(counted[0])
    # The seats, the memberships, and the sessions with what was moved in them.
    assert counts == [3, 3]
