"""The acts on motions and votes as they are sent, and what tests ask of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.making.sittings import Sitting, text
from tests.talking import Somebody, Talking

MOTION = """id number matter state wording { text } text { text } amends { id } decidedAt subjectHash
  vote { id state } availableTransitions { event allowed reason { code } }"""
VOTE = """id method state entitled present quorum votesFor votesAgainst abstentions needed result castingVote
  annulledReason { text } seats { sector hasVoted } votes { option recorded reason { text } }
  viewerVote { option } sectorCounts { sector votesFor votesAgainst abstentions silent }
  availableTransitions { event allowed reason { code } }"""
FIELDS = {"motion": MOTION, "voteEvent": VOTE}


def act(verb: str, *answers: str) -> str:
    """Return the mutation of this name, which answers these objects."""
    kind = verb[0].upper() + verb[1:]
    told = " ".join(f"{answer} {{ {FIELDS[answer]} }}" for answer in answers)
    return f"""mutation ($input: {kind}Input!) {{ {verb}(input: $input) {{
      {told} errors {{ __typename code message path }} event }} }}"""


TABLE, AMEND, WITHDRAW = act("tableMotion", "motion"), act("tableAmendment", "motion"), act("withdrawMotion", "motion")
OPEN, CAST, RECORD = (
    act("openVote", "voteEvent", "motion"),
    act("castVote", "voteEvent"),
    act("recordVotes", "voteEvent"),
)
CLOSE, BREAK, ANNUL = (act(verb, "voteEvent", "motion") for verb in ("closeVote", "breakTie", "annulVote"))
VOTE_NODE = f"query ($id: ID!) {{ node(id: $id) {{ ... on VoteEvent {{ {VOTE} motion {{ {MOTION} }} }} }} }}"
MOTION_NODE = f"query ($id: ID!) {{ node(id: $id) {{ ... on Motion {{ {MOTION} }} }} }}"


def codes(errors: list[dict[str, Any]]) -> list[str]:
    """Return the codes of errors."""
    return [error["code"] for error in errors]


def given(**known: Any) -> dict[str, Any]:
    """Return the input of an act."""
    return {"input": known}


def moving(sitting: Sitting, point: int = 0, **known: Any) -> dict[str, Any]:
    """What is sent to move something."""
    wanted = {"agendaItemId": f"AgendaItem_{sitting.points[point]}", "matter": "simple", "text": text()}
    return given(**{**wanted, **known})


async def a_motion(hub: Talking, sitting: Sitting, *, by: Somebody | None = None, point: int = 0, **known: Any) -> str:
    """A motion of the coordinator, or of somebody else; its id."""
    payload = await hub.act(TABLE, moving(sitting, point, **known), by=by or sitting.coordinator)
    return str(payload["motion"]["id"])


async def an_open_vote(
    hub: Talking, sitting: Sitting, *, method: str = "ROLL_CALL", motion: str | None = None, **known: Any
) -> str:
    """An open vote on a motion; its id."""
    motion = motion or await a_motion(hub, sitting, **known)
    payload = await hub.act(OPEN, given(motionId=motion, method=method), by=sitting.coordinator)
    return str(payload["voteEvent"]["id"])


async def all_cast(hub: Talking, sitting: Sitting, vote: str, *options: str) -> None:
    """Let the coordinator and the members vote, in their order; those for whom there is no option stay silent."""
    voters = [sitting.people[0], *sitting.people[2:]]
    for somebody, option in zip(voters, options, strict=False):
        await hub.act(CAST, given(voteEventId=vote, option=option), by=somebody)


def named(type_: str, id_: UUID) -> str:
    """Return an id as it is sent."""
    return f"{type_}_{id_}"
