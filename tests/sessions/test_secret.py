"""Secret votes: three numbers and which seats have voted; nothing leads from a ballot to whoever cast it."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import pytest

from hub import clock
from tests.making.sittings import Sitting, a_sitting, text
from tests.sessions.voting import ANNUL, CAST, CLOSE, RECORD, VOTE_NODE, all_cast, an_open_vote, codes, given, named
from tests.talking import Talking


@pytest.fixture
async def sitting(hub: Talking) -> Sitting:
    """A body in session: five voting seats."""
    return await a_sitting(hub)


@pytest.fixture
async def vote(hub: Talking, sitting: Sitting) -> str:
    """An open secret vote on whom to appoint."""
    opened = await an_open_vote(hub, sitting, method="SECRET", matter="persons")
    await hub.forget()
    return opened


async def test_counted_without_names(hub: Talking, sitting: Sitting, vote: str) -> None:
    payload = await hub.act(CAST, given(voteEventId=vote, option="AGAINST"), by=sitting.people[2])
    # Not even oneself finds it again.
    assert (payload["voteEvent"]["viewerVote"], payload["voteEvent"]["votes"]) == (None, [])
    await hub.act(CAST, given(voteEventId=vote, option="FOR"), by=sitting.people[0])
    open_ = (await hub.ask(VOTE_NODE, {"id": vote}, by=sitting.coordinator))["node"]
    assert (open_["votesFor"], open_["votesAgainst"], open_["abstentions"]) == (None, None, None)
    assert [seat["hasVoted"] for seat in open_["seats"]] == [True, True, False, False, False]
    twice = await hub.refuse(CAST, given(voteEventId=vote, option="FOR"), by=sitting.people[2])
    assert codes(twice) == ["SEAT_HAS_VOTED"]
    for place in (3, 4):
        await hub.act(CAST, given(voteEventId=vote, option="FOR"), by=sitting.people[place])
    closed = (await hub.act(CLOSE, given(voteEventId=vote), by=sitting.coordinator))["voteEvent"]
    told = [closed[key] for key in ("votesFor", "votesAgainst", "abstentions", "needed", "result")]
    assert told == [3, 1, 0, 3, "CARRIED"]
    assert (closed["votes"], closed["sectorCounts"]) == ([], [])
    assert await hub.rows("SELECT 1 FROM ballot_box") == []
    assert await hub.log() == [*["BallotCast"] * 4, "VoteClosed", "MotionCarried"]


async def test_the_log_says_neither_who_nor_when(hub: Talking, sitting: Sitting, vote: str) -> None:
    key = str(uuid.uuid4())
    told = given(voteEventId=vote, option="FOR", idempotencyKey=key)
    payload = await hub.act(CAST, told, by=sitting.people[2])
    # A repetition has one effect, under a key that is kept for nobody.
    assert await hub.act(CAST, told, by=sitting.people[2]) == payload
    (event,) = await hub.events()
    assert (event["actor_account_id"], event["actor_client_id"], event["request_id"]) == (None, None, None)
    assert event["at"] == clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    assert event["facts"] == {"session_id": str(sitting.session_id), "vote_event_id": vote.partition("_")[2]}
    assert (event["public"], await hub.rows("SELECT 1 FROM vote")) == (False, [])
    guessed = given(voteEventId=vote, option="FOR", idempotencyKey="mi-voto")
    errors = await hub.refuse(CAST, guessed, by=sitting.people[3])
    assert codes(errors) == ["IDEMPOTENCY_KEY_NOT_RANDOM"]
    assert len(await hub.log()) == 1


async def test_no_table_tells_one_ballot_from_another(hub: Talking, sitting: Sitting) -> None:
    """Whoever votes what, and after whom: where the counts are the same, so is all that is kept."""

    async def kept(options: list[str], places: list[int]) -> list[dict[str, Any]]:
        vote = await an_open_vote(hub, sitting, method="SECRET", matter="persons")
        for place, option in zip(places, options, strict=True):
            await hub.act(CAST, given(voteEventId=vote, option=option), by=sitting.people[place])
        rows = await hub.rows(
            "SELECT seat_id, has_voted, xmin::text = max(xmin::text) OVER () AS alike FROM voting_seat "
            "WHERE vote_event_id = :id ORDER BY seat_id",
            id=vote.partition("_")[2],
        )
        box = await hub.rows(
            "SELECT votes_for, votes_against, abstentions FROM ballot_box WHERE vote_event_id = :id",
            id=vote.partition("_")[2],
        )
        return [*rows, *box]

    one = await kept(["FOR", "AGAINST", "FOR"], [0, 2, 3])
    other = await kept(["AGAINST", "FOR", "FOR"], [3, 0, 2])
    assert one == other
    assert {row["alike"] for row in one[:-1]} == {True}


async def test_in_no_table_is_who_voted_what(hub: Talking, sitting: Sitting, vote: str) -> None:
    """The whole database is the same but for ids and hours, whichever of two people it was who was against it."""
    await all_cast(hub, sitting, vote, "FOR", "AGAINST", "FOR")
    dump = await hub.dump()
    for somebody in (*sitting.people,):
        lines = [line for line in dump.splitlines() if str(somebody.person_id) in line or somebody.name in line]
        assert not any("against" in line or "BallotCast" in line for line in lines)
    about = [line for line in dump.splitlines() if vote.partition("_")[2] in line]
    assert not any(str(sitting.memberships[2]) in line for line in about)


async def test_nobody_votes_for_another_nor_says_why(hub: Talking, sitting: Sitting, vote: str) -> None:
    said = [{"seatId": named("Seat", sitting.seats[2]), "option": "FOR"}]
    errors = await hub.refuse(RECORD, given(voteEventId=vote, votes=said), by=sitting.secretary)
    assert codes(errors) == ["BALLOT_IS_ONES_OWN"]
    reasoned = given(voteEventId=vote, option="FOR", reason=text("Porque sí."))
    assert codes(await hub.refuse(CAST, reasoned, by=sitting.people[2])) == ["BALLOT_HAS_NO_REASON"]
    assert (await hub.log(), (await hub.rows("SELECT votes_for FROM ballot_box"))) == ([], [{"votes_for": 0}])


async def test_an_annulled_one_is_thrown_away(hub: Talking, sitting: Sitting, vote: str) -> None:
    await all_cast(hub, sitting, vote, "FOR", "FOR")
    annulled = await hub.act(ANNUL, given(voteEventId=vote, reason=text("Se repite.")), by=sitting.coordinator)
    assert (annulled["voteEvent"]["votesFor"], annulled["voteEvent"]["state"]) == (None, "ANNULLED")
    assert await hub.rows("SELECT 1 FROM ballot_box") == []


async def test_all_at_once(hub: Talking, sitting: Sitting, vote: str) -> None:
    voters = [sitting.people[place] for place in (0, 2, 3, 4, 5)]
    acts = [hub.answer(CAST, given(voteEventId=vote, option="FOR"), by=who) for who in (*voters, *voters)]
    answers = await asyncio.gather(*acts)
    done = [answer for answer in answers if not answer["data"]["castVote"]["errors"]]
    assert len(done) == 5
    closed = (await hub.act(CLOSE, given(voteEventId=vote), by=sitting.coordinator))["voteEvent"]
    assert (closed["votesFor"], closed["present"]) == (5, 5)
