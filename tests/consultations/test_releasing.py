"""Releasing: once by itself when counting is over, again where something changed, and never to anybody's harm."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest

from hub.consultations.deciding import admit
from hub.consultations.questionnaire_models import QuestionKind, Sensitivity
from hub.consultations.releasing import release_results
from hub.consultations.timekeeping import keep_time
from hub.errors import Conflict
from hub.text import written
from tests.cast import a_citizen, a_coordinator_of, an_analyst_of
from tests.consultations.results_asked import RELEASE, TABLES, TICK, answered, counted, figures, option, tables
from tests.making.bodies import a_body
from tests.making.consultations import (
    WATER,
    Asked,
    a_question,
    a_scheduled_consultation,
    a_section,
    an_open_consultation,
    some_responses,
    staff_of,
)
from tests.making.people import a_territory
from tests.talking import Somebody, Talking

SECRET = a_question("enfermo", QuestionKind.SINGLE_CHOICE, "si", "no", sensitivity=Sensitivity.CONFIDENTIAL)
TRUTH = "SELECT count(*) AS n FROM result_table WHERE consultation_id = :id"


async def admitted(hub: Talking, asked: Asked, ids: list[UUID], at: dt.datetime) -> None:
    """Let late responses count."""
    for id_ in ids:
        async with hub.change(staff_of(asked.body_id), at=at) as change:
            await admit(change, id_, reason=written(es="Se retrasó el correo."))


async def late(hub: Talking, asked: Asked, number: int, *given: object, **known: object) -> list[UUID]:
    """Responses that came in an hour after the closing."""
    at = asked.closes_at + dt.timedelta(hours=1)
    return await some_responses(hub, asked, number, *given, at=at, **known)  # type: ignore[arg-type]


async def asked_for(hub: Talking, asked: Asked, at: dt.datetime, by: Somebody) -> list[str]:
    """Ask for a release; return the codes of what was wrong."""
    with hub.at(at):
        found = await hub.answer(RELEASE, {"input": {"consultationId": asked.node}}, by=by)
    return [error["code"] for error in found["data"]["releaseResults"]["errors"]]


async def test_results_are_released_once_when_counting_is_over(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), sections=a_section(WATER), smallest_cell=3)
    await some_responses(hub, asked, 3, option("agua", "si"))
    over = asked.closes_at + dt.timedelta(seconds=60)
    await keep_time(hub.hub.changes, at=over - TICK)
    await hub.forget()
    with hub.at(over):
        assert (await hub.ask(TABLES, {"id": asked.node}))["node"]["results"] is None
    assert await keep_time(hub.hub.changes, at=over) == 1
    assert await hub.log() == ["ResultsReleased"]
    assert await keep_time(hub.hub.changes, at=over) == 0
    (event,) = await hub.events()
    assert (event["public"], event["facts"]["number"], event["facts"]["response_count"]) == (True, 1, 3)
    with hub.at(over):
        found = (await hub.ask(TABLES, {"id": asked.node}))["node"]["results"]
    assert found["release"] | {"madeAt": None} == {
        "number": 1, "madeAt": None, "smallestCell": 3, "responseCount": 3,
    }  # fmt: skip
    assert [note["code"] for note in found["method"]] == [
        "SMALLEST_CELL", "SECONDARY", "PUBLISHED", "CATEGORIES", "RELEASES",
    ]  # fmt: skip
    assert "al menos a 3 respuestas" in found["method"][0]["text"]


async def test_one_who_is_admitted_late_does_not_show_in_the_breakdown(hub: Talking) -> None:
    jalisco, puebla = await a_territory(hub, "Jalisco", code="14"), await a_territory(hub, "Puebla", code="21")
    asked = await an_open_consultation(hub, await a_body(hub), sections=a_section(WATER, SECRET), smallest_cell=3)
    for place in (jalisco, puebla):
        await some_responses(hub, asked, 5, option("agua", "si"), option("enfermo", "no"), territory_id=place)
        await some_responses(hub, asked, 5, option("agua", "no"), option("enfermo", "si"), territory_id=place)
    held = await late(hub, asked, 1, option("agua", "si"), option("enfermo", "si"), territory_id=jalisco)
    first = await tables(hub, asked, await counted(hub, asked))
    assert answered(first["agua", "STATE"]) == {"14": 10, "21": 10}
    at = asked.closes_at + dt.timedelta(days=2)
    await admitted(hub, asked, held, at)
    async with hub.change(staff_of(asked.body_id), at=at) as change:
        assert (await release_results(change, asked.id)).number == 2
    second = await tables(hub, asked, at)
    changed = {place for place in first if first[place]["categories"] != second[place]["categories"]}
    # What is public to the last answer is shown as it is; what would tell on the newcomer stays as it was.
    assert changed == {("", "TOTAL"), ("agua", "TOTAL")}
    assert figures(second["agua", "TOTAL"]) == {"si": 11, "no": 10}
    assert figures(second["enfermo", "TOTAL"]) == {"si": 10, "no": 10}
    releases = {place: table["release"]["number"] for place, table in second.items()}
    assert {place for place, number in releases.items() if number == 2} == changed


async def test_many_who_are_admitted_late_are_shown(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), sections=a_section(SECRET), smallest_cell=3)
    await some_responses(hub, asked, 5, option("enfermo", "no"))
    await some_responses(hub, asked, 5, option("enfermo", "si"))
    held = await late(hub, asked, 4, option("enfermo", "si"))
    await counted(hub, asked)
    await admitted(hub, asked, held, asked.closes_at + dt.timedelta(days=1))
    last = asked.closes_at + dt.timedelta(days=7)
    await hub.forget()
    await keep_time(hub.hub.changes, at=last)
    # Once more, and only then the key is destroyed.
    assert await hub.log() == ["ResultsReleased", "RespondentsUnlinked"]
    found = await tables(hub, asked, last)
    assert figures(found["enfermo", "TOTAL"]) == {"si": 9, "no": 5}
    assert found["enfermo", "TOTAL"]["release"] == {"number": 2}


async def test_every_earlier_state_is_looked_at(hub: Talking) -> None:
    """Four come and one more: the second state may follow the first, the third would tell on one beside the second."""
    asked = await an_open_consultation(hub, await a_body(hub), sections=a_section(SECRET), smallest_cell=3)
    await some_responses(hub, asked, 5, option("enfermo", "no"))
    await some_responses(hub, asked, 5, option("enfermo", "si"))
    held = await late(hub, asked, 5, option("enfermo", "si"))
    at = await counted(hub, asked)
    for some, count in ((held[:4], 9), (held[4:], 9)):
        await admitted(hub, asked, some, at)
        async with hub.change(staff_of(asked.body_id), at=at) as change:
            await release_results(change, asked.id)
        assert figures((await tables(hub, asked, at))["enfermo", "TOTAL"])["si"] == count
    async with hub.change(staff_of(asked.body_id), at=at) as change:
        with pytest.raises(Conflict):
            await release_results(change, asked.id)


async def test_the_staff_releases_and_nobody_else(hub: Talking) -> None:
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER), smallest_cell=3)
    await some_responses(hub, asked, 3, option("agua", "si"))
    noe, julia = await an_analyst_of(hub, body), await a_coordinator_of(hub, await a_body(hub, acronym="OTRA"))
    over = asked.closes_at + dt.timedelta(seconds=60)
    await keep_time(hub.hub.changes, at=asked.closes_at)
    await hub.forget()
    assert await asked_for(hub, asked, over - TICK, noe) == ["RESULTS_NOT_YET"]
    assert await asked_for(hub, asked, over, await a_citizen(hub)) == ["STAFF_ONLY"]
    assert await asked_for(hub, asked, over, julia) == ["STAFF_ONLY"]
    assert (await hub.rows(TRUTH, id=asked.id))[0]["n"] == 0
    await hub.forget()
    with hub.at(over):
        payload = await hub.act(RELEASE, {"input": {"consultationId": asked.node}}, by=noe)
    assert payload["release"] == {"number": 1, "responseCount": 3}
    assert await hub.log() == ["ResultsReleased"]
    assert await asked_for(hub, asked, over, noe) == ["RESULTS_UNCHANGED"]
    assert await hub.log() == ["ResultsReleased"]


async def test_a_withdrawn_consultation_has_no_results(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER), smallest_cell=3)
    await some_responses(hub, asked, 3, option("agua", "si"))
    withdraw = """mutation ($input: WithdrawConsultationInput!) {
      withdrawConsultation(input: $input) { errors { code } } }"""
    reason = {"source": "es", "translations": [{"language": "es", "text": "Se retira."}]}
    with hub.at(asked.open):
        await hub.act(withdraw, {"input": {"consultationId": asked.node, "reason": reason}}, by=julia)
    await hub.forget()
    for at in (asked.closed, asked.closes_at + dt.timedelta(days=8)):
        await keep_time(hub.hub.changes, at=at)
        with hub.at(at):
            found = (await hub.ask(TABLES, {"id": asked.node}, by=julia))["node"]
        assert found["results"] is None
        assert await asked_for(hub, asked, at, julia) == ["RESULTS_NOT_YET"]
    assert "ResultsReleased" not in await hub.log()


async def test_nobody_answered(hub: Talking) -> None:
    asked = await a_scheduled_consultation(hub, await a_body(hub), sections=a_section(WATER, SECRET))
    await keep_time(hub.hub.changes, at=asked.closes_at)
    found = await tables(hub, asked, await counted(hub, asked))
    assert {place: answered(table) for place, table in found.items()} == {
        ("", "TOTAL"): {"": 0}, ("agua", "TOTAL"): {"": 0}, ("enfermo", "TOTAL"): {"": None},
    }  # fmt: skip
