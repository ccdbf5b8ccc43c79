"""Who is told what of motions, votes, minutes and tasks: a table of who × what, asked by id."""

from __future__ import annotations

from typing import Any

from tests.cast import a_citizen, a_secretary_of, a_visitor
from tests.making.bodies import a_body
from tests.making.sittings import Sitting, a_sitting, text
from tests.sessions.test_action_items import ASSIGN
from tests.sessions.test_minutes import CIRCULATE, OBSERVE, drafted, held, shown
from tests.sessions.voting import CAST, CLOSE, a_motion, all_cast, an_open_vote, given
from tests.talking import Somebody, Talking

WHO = ("a visitor", "a citizen", "a member", "the secretary", "the coordinator", "of another body")
TOLD = {
    "a motion": "● ● ● ● ● ●",
    "a motion under a point that is not public": "· · ● ● ● ·",
    "a vote": "● ● ● ● ● ●",
    "a vote under a point that is not public": "· · ● ● ● ·",
    "a task": "● ● ● ● ● ●",
    "a task of a point that is not public": "· · ● ● ● ·",
}
OF_MINUTES = {
    "a draft": "· · · ● ● ·",
    "circulated": "· · ● ● ● ·",
    "an observation": "· · ● ● ● ·",
    "published": "● ● ● ● ● ●",
    "an observation on what is published": "● ● ● ● ● ●",
}
NODE = "query ($id: ID!) { node(id: $id) { id } }"


async def told(hub: Talking, id_: str, viewers: dict[str, Somebody]) -> str:
    """Return who is told of a thing, as a line of the table."""
    marks = [(await hub.ask(NODE, {"id": id_}, by=viewers[who]))["node"] is not None for who in WHO]
    return " ".join("●" if mark else "·" for mark in marks)


async def everybody(hub: Talking, sitting: Sitting) -> dict[str, Somebody]:
    """Those who look."""
    elsewhere = await a_secretary_of(hub, await a_body(hub, "Otra", acronym="OTRA"))
    own = (sitting.people[2], sitting.secretary, sitting.coordinator)
    return dict(zip(WHO, (a_visitor(), await a_citizen(hub, "Ana"), *own, elsewhere), strict=True))


async def test_motions_votes_and_tasks(hub: Talking) -> None:
    sitting = await a_sitting(hub, voting=3)
    viewers, ids = await everybody(hub, sitting), {}
    for point, of_point in enumerate(("", " under a point that is not public")):
        ids[f"a motion{of_point}"] = motion = await a_motion(hub, sitting, point=point)
        ids[f"a vote{of_point}"] = await an_open_vote(hub, sitting, motion=motion)
        of_task = of_point.replace("under", "of")
        asked = {
            "sessionId": f"Session_{sitting.session_id}",
            "agendaItemId": f"AgendaItem_{sitting.points[point]}",
            "ownerId": f"Membership_{sitting.memberships[2]}",
            "task": text("Pedirlo."),
        }
        item = (await hub.act(ASSIGN, given(**asked), by=sitting.secretary))["actionItem"]
        ids[f"a task{of_task}"] = item["id"]
    await hub.run("UPDATE agenda_item SET public = false WHERE id = :id", id=sitting.points[1])
    assert {what: await told(hub, id_, viewers) for what, id_ in ids.items()} == TOLD


async def test_what_was_voted_while_it_is_open(hub: Talking) -> None:
    sitting = await a_sitting(hub, voting=3)
    viewers, vote = await everybody(hub, sitting), await an_open_vote(hub, sitting)
    await hub.act(CAST, given(voteEventId=vote, option="FOR"), by=sitting.people[2])
    cast = "query ($id: ID!) { node(id: $id) { ... on VoteEvent { votes { option } votesFor } } }"
    seen = {who: (await hub.ask(cast, {"id": vote}, by=viewers[who]))["node"] for who in WHO}
    nothing: dict[str, Any] = {"votes": [], "votesFor": None}
    assert seen == {**dict.fromkeys(WHO, nothing), "a member": {"votes": [{"option": "FOR"}], "votesFor": None}}


async def test_the_change_feed_tells_nothing_of_a_point_that_is_not_public(hub: Talking) -> None:
    sitting = await a_sitting(hub, voting=3)
    await hub.run("UPDATE agenda_item SET public = false WHERE id = :id", id=sitting.points[1])
    for point, public in enumerate((True, False)):
        await hub.forget()
        vote = await an_open_vote(hub, sitting, point=point)
        await all_cast(hub, sitting, vote, "FOR", "FOR", "FOR")
        await hub.act(CLOSE, given(voteEventId=vote), by=sitting.coordinator)
        told = {event["type"] for event in await hub.events() if event["public"]}
        expected = {"MotionTabled", "MotionPut", "VoteOpened", "VoteClosed", "MotionCarried"}
        assert told == (expected if public else set())


async def test_minutes_and_observations(hub: Talking) -> None:
    sitting = await held(hub, voting=3)
    viewers, found = await everybody(hub, sitting), {}
    minutes = await drafted(hub, sitting)
    found["a draft"] = await told(hub, minutes, viewers)
    await hub.act(CIRCULATE, given(minutesId=minutes), by=sitting.secretary)
    found["circulated"] = await told(hub, minutes, viewers)
    await hub.act(OBSERVE, given(minutesId=minutes, text=text("Falta algo.")), by=sitting.people[2])
    (observation,) = (await shown(hub, minutes, sitting.secretary))["observations"]["nodes"]
    found["an observation"] = await told(hub, observation["id"], viewers)
    # As it would stand at the end; the way there is tried elsewhere.
    await hub.run("ALTER TABLE minutes DISABLE TRIGGER ALL")
    await hub.run("UPDATE minutes SET state = 'published', content_hash = 'sha256:00'")
    found["published"] = await told(hub, minutes, viewers)
    found["an observation on what is published"] = await told(hub, observation["id"], viewers)
    assert found == OF_MINUTES
