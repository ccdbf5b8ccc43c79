"""Voting by name: with a quorum, once for each seat, counted by the majority of the matter; ties, annulled votes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hub.bodies.balancing import adopt_parity_rule, end_parity_rule
from hub.bodies.parity_models import ParityConsequence, ParityDimension
from hub.errors import Refusal
from hub.sessions.attending import record_arrival, record_departure
from hub.sessions.models import AttendanceMode
from hub.sessions.outcomes import carried_vote_on
from hub.sessions.recusing import recuse
from hub.text import written
from tests.cast import a_citizen
from tests.making.bodies import a_membership
from tests.making.sessions import terms
from tests.making.sittings import Sitting, a_sitting, text
from tests.sessions.voting import (
    ANNUL,
    BREAK,
    CAST,
    CLOSE,
    MOTION_NODE,
    OPEN,
    RECORD,
    VOTE_NODE,
    a_motion,
    all_cast,
    an_open_vote,
    codes,
    given,
    named,
)
from tests.talking import Talking


@pytest.fixture
async def sitting(hub: Talking) -> Sitting:
    """A body in session: five voting seats."""
    made = await a_sitting(hub)
    await hub.forget()
    return made


async def leave(hub: Talking, sitting: Sitting, place: int) -> None:
    """Let somebody go."""
    (there,) = await hub.rows(
        "SELECT id FROM attendance WHERE membership_id = :id AND left_at IS NULL", id=sitting.memberships[place]
    )
    async with hub.change() as change:
        await record_departure(change, there["id"])


async def recused(hub: Talking, sitting: Sitting, place: int, point: int = 0) -> None:
    """Let somebody take no part in a point."""
    async with hub.change() as change:
        reason = written(es="Tengo interés.")
        await recuse(change, sitting.points[point], sitting.memberships[place], reason=reason)


async def seen(hub: Talking, vote: str, **known: Any) -> Any:
    """Return a vote as it is shown."""
    return (await hub.ask(VOTE_NODE, {"id": vote}, **known))["node"]


async def test_a_roll_call_from_the_motion_to_the_result(hub: Talking, sitting: Sitting) -> None:
    motion = await a_motion(hub, sitting)
    opened = await hub.act(OPEN, given(motionId=motion, method="ROLL_CALL"), by=sitting.coordinator)
    vote = opened["voteEvent"]["id"]
    assert opened["motion"]["state"] == "PUT"
    assert opened["motion"]["vote"] == {"id": vote, "state": "OPEN"}
    assert {key: opened["voteEvent"][key] for key in ("entitled", "present", "quorum", "votesFor", "result")} == {
        "entitled": 5,
        "present": 5,
        "quorum": 3,
        "votesFor": None,
        "result": None,
    }
    why = text("Es lo que falta.")
    cast = await hub.act(CAST, given(voteEventId=vote, option="FOR", reason=why), by=sitting.people[2])
    # While it is open everybody sees who has voted, and nobody but oneself what.
    assert cast["voteEvent"]["votes"] == [{"option": "FOR", "recorded": False, "reason": {"text": "Es lo que falta."}}]
    assert cast["voteEvent"]["viewerVote"] == {"option": "FOR"}
    for_all = await seen(hub, vote)
    assert (for_all["votes"], for_all["votesFor"], for_all["sectorCounts"]) == ([], None, [])
    assert [seat["hasVoted"] for seat in for_all["seats"]] == [False, True, False, False, False]
    assert (await seen(hub, vote, by=sitting.coordinator))["votes"] == []
    for place, option in ((0, "FOR"), (3, "AGAINST"), (4, "ABSTAIN")):
        await hub.act(CAST, given(voteEventId=vote, option=option), by=sitting.people[place])
    closed = await hub.act(CLOSE, given(voteEventId=vote), by=sitting.coordinator)
    assert {**closed["voteEvent"], "availableTransitions": None} == {
        "id": vote,
        "method": "ROLL_CALL",
        "state": "CLOSED",
        "entitled": 5,
        "present": 5,
        "quorum": 3,
        "votesFor": 2,
        "votesAgainst": 1,
        "abstentions": 1,
        "needed": 2,
        "result": "CARRIED",
        "castingVote": False,
        "annulledReason": None,
        "seats": [
            {"sector": "GOVERNMENT", "hasVoted": True},
            {"sector": "ACADEMIA", "hasVoted": True},
            {"sector": "GOVERNMENT", "hasVoted": True},
            {"sector": "CIVIL_SOCIETY", "hasVoted": True},
            {"sector": "ACADEMIA", "hasVoted": False},
        ],
        "votes": [
            {"option": "FOR", "recorded": False, "reason": None},
            {"option": "FOR", "recorded": False, "reason": {"text": "Es lo que falta."}},
            {"option": "AGAINST", "recorded": False, "reason": None},
            {"option": "ABSTAIN", "recorded": False, "reason": None},
        ],
        "viewerVote": {"option": "FOR"},
        "sectorCounts": [
            {"sector": "ACADEMIA", "votesFor": 1, "votesAgainst": 0, "abstentions": 0, "silent": 1},
            {"sector": "CIVIL_SOCIETY", "votesFor": 0, "votesAgainst": 0, "abstentions": 1, "silent": 0},
            {"sector": "GOVERNMENT", "votesFor": 1, "votesAgainst": 1, "abstentions": 0, "silent": 0},
        ],
        "availableTransitions": None,
    }
    assert closed["motion"]["state"] == "CARRIED"
    assert await hub.log() == [
        "MotionTabled",
        "MotionPut",
        "VoteOpened",
        *["VoteCast"] * 4,
        "VoteClosed",
        "MotionCarried",
    ]


async def test_who_opens_and_how(hub: Talking, sitting: Sitting) -> None:
    motion = await a_motion(hub, sitting)
    secret = await a_motion(hub, sitting, matter="persons")
    await hub.forget()
    opening = {"motionId": motion, "method": "ROLL_CALL"}
    for by in (sitting.secretary, sitting.people[2]):
        assert codes(await hub.refuse(OPEN, given(**opening), by=by)) == ["COORDINATORS_ONLY"]
    wrong = {**opening, "method": "SECRET"}
    assert codes(await hub.refuse(OPEN, given(**wrong), by=sitting.coordinator)) == ["MATTER_IS_OPEN"]
    wrong = {**opening, "motionId": secret}
    assert codes(await hub.refuse(OPEN, given(**wrong), by=sitting.coordinator)) == ["MATTER_IS_SECRET"]
    assert await hub.log() == []
    await hub.act(OPEN, given(**opening), by=sitting.coordinator)
    assert codes(await hub.refuse(OPEN, given(**opening), by=sitting.coordinator)) == ["MOTION_NOT_TABLED"]


async def test_no_vote_opens_without_a_quorum(hub: Talking, sitting: Sitting) -> None:
    motion, other = await a_motion(hub, sitting), await a_motion(hub, sitting, point=1)
    await leave(hub, sitting, 5)
    await recused(hub, sitting, 4)
    await recused(hub, sitting, 3)
    await hub.forget()
    errors = await hub.refuse(OPEN, given(motionId=motion, method="ROLL_CALL"), by=sitting.coordinator)
    assert codes(errors) == ["NO_QUORUM_TO_VOTE"]
    assert (await hub.log(), await hub.rows("SELECT 1 FROM vote_event")) == ([], [])
    # For the other point there are enough: whoever takes no part in one is there for the other.
    opened = await hub.act(OPEN, given(motionId=other, method="ROLL_CALL"), by=sitting.coordinator)
    assert (opened["voteEvent"]["present"], opened["voteEvent"]["quorum"]) == (4, 3)


async def test_a_body_without_parity_does_not_vote_where_its_rules_say_so(hub: Talking, sitting: Sitting) -> None:
    motion = await a_motion(hub, sitting)
    opening = given(motionId=motion, method="ROLL_CALL")
    async with hub.change() as change:
        # Two of the five seats are of the government.
        known = {"dimension": ParityDimension.SECTOR, "tolerance": 0, "consequence": ParityConsequence.BLOCK_VOTE}
        rule = await adopt_parity_rule(change, sitting.body_id, **known)
    await hub.forget()
    assert codes(await hub.refuse(OPEN, opening, by=sitting.coordinator)) == ["NO_PARITY_OF_SECTORS"]
    assert await hub.log() == []
    async with hub.change() as change:
        await end_parity_rule(change, rule.id)
    await hub.act(OPEN, opening, by=sitting.coordinator)


async def test_who_has_no_vote(hub: Talking, sitting: Sitting) -> None:
    await leave(hub, sitting, 5)
    await recused(hub, sitting, 4)
    vote = await an_open_vote(hub, sitting)
    stranger = await a_citizen(hub, "Ana")
    await hub.forget()
    told = {"voteEventId": vote, "option": "FOR"}
    refused = {
        "nobody": (None, "UNAUTHENTICATED"),
        "a stranger": (stranger, "NO_VOTE_THERE"),
        "a voice": (sitting.secretary, "NO_VOTE_THERE"),
        "gone": (sitting.people[5], "NO_VOTE_THERE"),
        "recused": (sitting.people[4], "RECUSED"),
    }
    for who, (by, code) in refused.items():
        assert codes(await hub.refuse(CAST, given(**told), by=by)) == [code], who
    # Whoever comes back was not there when the vote was opened.
    async with hub.change() as change:
        await record_arrival(change, sitting.session_id, sitting.memberships[5], mode=AttendanceMode.IN_PERSON)
    assert codes(await hub.refuse(CAST, given(**told), by=sitting.people[5])) == ["NO_VOTE_THERE"]
    assert await hub.rows("SELECT 1 FROM vote") == []
    await hub.act(CAST, given(**told), by=sitting.people[3])
    assert codes(await hub.refuse(CAST, given(**told), by=sitting.people[3])) == ["SEAT_HAS_VOTED"]
    # Whoever goes meanwhile votes no more, and is silent.
    await leave(hub, sitting, 2)
    assert codes(await hub.refuse(CAST, given(**told), by=sitting.people[2])) == ["NO_VOTE_THERE"]
    assert await hub.log() == ["SeatArrived", "VoteCast", "SeatLeft"]


async def test_an_alternate_votes_for_a_holder_who_is_away(hub: Talking) -> None:
    sitting = await a_sitting(hub, absent=[2])
    alternate = await a_citizen(hub, "Suplente")
    held = await a_membership(hub, sitting.seats[2], "Suplente", by=alternate, alternate=True)
    async with hub.change() as change:
        await record_arrival(change, sitting.session_id, held, mode=AttendanceMode.IN_PERSON)
    vote = await an_open_vote(hub, sitting)
    await hub.act(CAST, given(voteEventId=vote, option="FOR"), by=alternate)
    # The holder comes, and the alternate makes room: the seat has voted.
    async with hub.change() as change:
        await record_arrival(change, sitting.session_id, sitting.memberships[2], mode=AttendanceMode.IN_PERSON)
    told = given(voteEventId=vote, option="AGAINST")
    assert codes(await hub.refuse(CAST, told, by=sitting.people[2])) == ["SEAT_HAS_VOTED"]
    assert codes(await hub.refuse(CAST, told, by=alternate)) == ["NO_VOTE_THERE"]
    assert await hub.rows("SELECT membership_id, option FROM vote") == [{"membership_id": held, "option": "for"}]


async def test_the_secretary_writes_down_a_show_of_hands(hub: Talking, sitting: Sitting) -> None:
    await recused(hub, sitting, 5)
    vote = await an_open_vote(hub, sitting, method="SHOW_OF_HANDS")
    await hub.forget()
    seats = [named("Seat", sitting.seats[place]) for place in (0, 2, 3, 4)]
    said = [{"seatId": seat, "option": "FOR"} for seat in seats[:3]]
    wrong = [
        *said[:1],
        {"seatId": seats[0], "option": "AGAINST"},
        {"seatId": named("Seat", sitting.seats[5]), "option": "FOR"},
        {"seatId": named("Seat", sitting.seats[1]), "option": "FOR"},
    ]
    errors = await hub.refuse(RECORD, given(voteEventId=vote, votes=wrong), by=sitting.secretary)
    assert [(error["code"], ".".join(error["path"])) for error in errors] == [
        ("SEAT_NAMED_TWICE", "votes.1.seatId"),
        ("RECUSED", "votes.2.seatId"),
        ("NO_VOTE_THERE", "votes.3.seatId"),
    ]
    assert codes(await hub.refuse(RECORD, given(voteEventId=vote, votes=[]), by=sitting.secretary)) == [
        "NO_VOTES_GIVEN"
    ]
    assert codes(await hub.refuse(RECORD, given(voteEventId=vote, votes=said), by=sitting.people[2])) == [
        "OFFICERS_ONLY"
    ]
    assert (await hub.log(), await hub.rows("SELECT 1 FROM vote")) == ([], [])
    await hub.act(RECORD, given(voteEventId=vote, votes=said), by=sitting.secretary)
    last = [{"seatId": seats[3], "option": "AGAINST", "reason": text("Falta tiempo.")}]
    await hub.act(RECORD, given(voteEventId=vote, votes=last), by=sitting.secretary)
    closed = (await hub.act(CLOSE, given(voteEventId=vote), by=sitting.coordinator))["voteEvent"]
    assert (closed["votesFor"], closed["votesAgainst"], closed["result"]) == (3, 1, "CARRIED")
    assert closed["votes"][-1] == {"option": "AGAINST", "recorded": True, "reason": {"text": "Falta tiempo."}}
    assert await hub.log() == ["VotesRecorded", "VotesRecorded", "VoteClosed", "MotionCarried"]


async def test_a_tie_waits_for_the_chair(hub: Talking, sitting: Sitting) -> None:
    vote = await an_open_vote(hub, sitting)
    await all_cast(hub, sitting, vote, "FOR", "AGAINST", "FOR", "AGAINST", "ABSTAIN")
    closed = await hub.act(CLOSE, given(voteEventId=vote), by=sitting.coordinator)
    assert (closed["voteEvent"]["result"], closed["motion"]["state"]) == ("TIED", "PUT")
    await hub.forget()
    told = given(voteEventId=vote, option="FOR")
    assert codes(await hub.refuse(BREAK, told, by=sitting.secretary)) == ["COORDINATORS_ONLY"]
    abstained = given(voteEventId=vote, option="ABSTAIN")
    assert codes(await hub.refuse(BREAK, abstained, by=sitting.coordinator)) == ["TIE_IS_BROKEN_EITHER_WAY"]
    await leave(hub, sitting, 0)
    assert codes(await hub.refuse(BREAK, told, by=sitting.coordinator)) == ["CHAIR_ONLY"]
    async with hub.change() as change:
        await record_arrival(change, sitting.session_id, sitting.memberships[0], mode=AttendanceMode.IN_PERSON)
    broken = await hub.act(BREAK, told, by=sitting.coordinator)
    assert (broken["voteEvent"]["result"], broken["voteEvent"]["castingVote"]) == ("CARRIED", True)
    assert (broken["voteEvent"]["votesFor"], broken["motion"]["state"]) == (2, "CARRIED")
    assert codes(await hub.refuse(BREAK, told, by=sitting.coordinator)) == ["VOTE_NOT_TIED"]
    assert await hub.log() == ["SeatLeft", "SeatArrived", "TieBroken", "MotionCarried"]


async def test_without_a_casting_vote_a_tie_is_lost(hub: Talking) -> None:
    sitting = await a_sitting(hub, voting=2, terms=terms(casting_vote=False))
    vote = await an_open_vote(hub, sitting)
    await all_cast(hub, sitting, vote, "FOR", "AGAINST")
    closed = await hub.act(CLOSE, given(voteEventId=vote), by=sitting.coordinator)
    assert (closed["voteEvent"]["result"], closed["motion"]["state"]) == ("TIED", "LOST")
    errors = await hub.refuse(BREAK, given(voteEventId=vote, option="FOR"), by=sitting.coordinator)
    assert codes(errors) == ["NO_CASTING_VOTE"]


async def test_the_majority_is_that_of_the_matter(hub: Talking, sitting: Sitting) -> None:
    vote = await an_open_vote(hub, sitting, matter="rules")
    await all_cast(hub, sitting, vote, "FOR", "FOR", "FOR")
    closed = await hub.act(CLOSE, given(voteEventId=vote), by=sitting.coordinator)
    # Two thirds of the five seats are four, whoever votes.
    assert (closed["voteEvent"]["needed"], closed["voteEvent"]["result"]) == (4, "LOST")
    assert closed["motion"]["state"] == "LOST"


async def test_an_annulled_vote_puts_its_motion_back(hub: Talking, sitting: Sitting) -> None:
    vote = await an_open_vote(hub, sitting)
    await all_cast(hub, sitting, vote, "FOR", "FOR")
    await hub.forget()
    why = given(voteEventId=vote, reason=text("Votó quien no estaba."))
    assert codes(await hub.refuse(ANNUL, why, by=sitting.secretary)) == ["COORDINATORS_ONLY"]
    empty = given(voteEventId=vote, reason=text(" "))
    assert codes(await hub.refuse(ANNUL, empty, by=sitting.coordinator)) == ["WORDING_EMPTY"]
    assert await hub.log() == []
    annulled = await hub.act(ANNUL, why, by=sitting.coordinator)
    assert (annulled["voteEvent"]["state"], annulled["motion"]["state"]) == ("ANNULLED", "TABLED")
    assert annulled["voteEvent"]["annulledReason"] == {"text": "Votó quien no estaba."}
    # What was cast was never counted, and is told to nobody else.
    assert (await seen(hub, vote))["votes"] == []
    assert codes(await hub.refuse(ANNUL, why, by=sitting.coordinator)) == ["VOTE_ANNULLED"]
    told = given(voteEventId=vote, option="FOR")
    assert codes(await hub.refuse(CAST, told, by=sitting.people[4])) == ["VOTE_NOT_OPEN"]
    again = await an_open_vote(hub, sitting, motion=annulled["motion"]["id"])
    await all_cast(hub, sitting, again, "FOR", "FOR", "FOR")
    await hub.act(CLOSE, given(voteEventId=again), by=sitting.coordinator)
    put_back = await hub.act(ANNUL, given(voteEventId=again, reason=text("Otra vez.")), by=sitting.coordinator)
    assert (put_back["motion"]["state"], put_back["motion"]["decidedAt"]) == ("TABLED", None)
    assert put_back["voteEvent"]["votesFor"] == 3


async def test_a_vote_that_something_rests_on_is_not_annulled(hub: Talking, sitting: Sitting) -> None:
    vote = await an_open_vote(hub, sitting)
    await all_cast(hub, sitting, vote, "FOR", "FOR", "FOR")
    await hub.act(CLOSE, given(voteEventId=vote), by=sitting.coordinator)
    id_ = vote.partition("_")[2]
    await hub.run("UPDATE membership SET appointed_by_vote_id = :vote WHERE id = :id",
                  vote=id_, id=sitting.memberships[3])  # fmt: skip
    await hub.forget()
    errors = await hub.refuse(ANNUL, given(voteEventId=vote, reason=text("No.")), by=sitting.coordinator)
    assert (codes(errors), await hub.log()) == (["VOTE_IS_RELIED_ON"], [])


async def test_what_was_not_carried_is_no_ground(hub: Talking, sitting: Sitting) -> None:
    async with hub.change() as change:
        with pytest.raises(Refusal) as refused:
            await carried_vote_on(change, sitting.body_id)
    assert refused.value.code == "NO_CARRIED_VOTE"


async def test_two_open_the_same_vote_at_once(hub: Talking, sitting: Sitting) -> None:
    motion = await a_motion(hub, sitting)
    await hub.forget()
    opening = given(motionId=motion, method="ROLL_CALL")
    answers = await asyncio.gather(*[hub.answer(OPEN, opening, by=sitting.coordinator) for _ in range(6)])
    found = [codes(answer["data"]["openVote"]["errors"]) for answer in answers]
    assert sorted(found) == [[], *[["MOTION_NOT_TABLED"]] * 5]
    assert await hub.log() == ["MotionPut", "VoteOpened"]


async def test_a_seat_votes_once_also_at_once(hub: Talking, sitting: Sitting) -> None:
    vote = await an_open_vote(hub, sitting)
    await hub.forget()
    recording = given(voteEventId=vote, votes=[{"seatId": named("Seat", sitting.seats[2]), "option": "AGAINST"}])
    acts = [hub.answer(CAST, given(voteEventId=vote, option="FOR"), by=sitting.people[2]) for _ in range(3)]
    acts += [hub.answer(RECORD, recording, by=who) for who in (sitting.secretary, sitting.coordinator)]
    answers = await asyncio.gather(*acts)
    done = [payload for answer in answers for payload in answer["data"].values() if not payload["errors"]]
    assert len(done) == 1
    assert len(await hub.rows("SELECT 1 FROM vote")) == len(await hub.log()) == 1


async def test_closing_and_voting_at_once_agree(hub: Talking, sitting: Sitting) -> None:
    vote = await an_open_vote(hub, sitting)
    voters = [sitting.people[place] for place in (0, 2, 3, 4, 5)]
    acts = [hub.answer(CAST, given(voteEventId=vote, option="FOR"), by=who) for who in voters]
    acts.insert(3, hub.answer(CLOSE, given(voteEventId=vote), by=sitting.coordinator))
    await asyncio.gather(*acts)
    counted = await hub.rows("SELECT votes_for, (SELECT count(*) FROM vote) AS cast FROM vote_event")
    assert counted[0]["votes_for"] == counted[0]["cast"]


async def test_the_state_of_a_vote_changes_by_its_acts_alone(hub: Talking, sitting: Sitting) -> None:
    vote = await an_open_vote(hub, sitting)
    with pytest.raises(Exception, match="without the event of a lawful move"):
        await hub.run("UPDATE vote_event SET state = 'annulled', annulled_at = now(), annulled_reason = '{}'")
    assert (await seen(hub, vote))["state"] == "OPEN"
    motion = (await hub.ask(MOTION_NODE, {"id": (await seen(hub, vote))["motion"]["id"]}))["node"]
    assert motion["state"] == "PUT"
