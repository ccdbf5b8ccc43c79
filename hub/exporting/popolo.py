"""A body as Popolo has it (popoloproject.com, version 1.0): who sits in it, and how they have voted.

Popolo's organisations are the body and those for whom its members sit; its posts are the seats, its legislative
sessions the sessions. A secret vote has counts and no votes, here as everywhere. One file holds everything, each thing
once, and refers by ids; they are those of the API, so that what is found here is found there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from hub.exporting.asking import Visitor
from hub.exporting.bodies import all_of

SEATS = """
query ($id: ID!, $first: Int!, $after: String) {
  node(id: $id) {
    ... on Body {
      id kind acronym updatedAt name { text } parent { id } remit { text }
      names { name { text } validFrom validUntil }
      seats(first: $first, after: $after, orderBy: ORDINAL_ASC) {
        nodes { id post voting sector title { text } territory { code name } organization { id name { text } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
"""

MEMBERSHIPS = """
query ($id: ID!, $first: Int!, $after: String) {
  node(id: $id) {
    ... on Body {
      name { text }
      memberships(first: $first, after: $after, filter: { state: [ACTIVE, ON_LEAVE, ENDED] }) {
        nodes {
          id name alternate validFrom validUntil
          person { id } seat { id post } organization { id name { text } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
"""

MOTION = """
          id number matter state tabledAt wording { text } mover { id person { id } }
          vote {
            id method state openedAt closedAt result votesFor votesAgainst abstentions
            votes { option membership { id person { id } organization { id } } }
            sectorCounts { sector votesFor votesAgainst abstentions }
          }
"""

SESSIONS = f"""
query ($id: ID!, $first: Int!, $after: String) {{
  node(id: $id) {{
    ... on Body {{
      sessions(first: $first, after: $after, orderBy: STARTS_ASC) {{
        nodes {{
          id folio title {{ text }} kind state starts {{ instant }} openedAt endedAt place {{ text }}
          motions(first: 100, orderBy: NUMBER_ASC) {{ nodes {{ {MOTION} }} pageInfo {{ hasNextPage }} }}
        }}
        pageInfo {{ hasNextPage endCursor }}
      }}
    }}
  }}
}}
"""

MOTIONS = f"""
query ($id: ID!, $first: Int!, $after: String) {{
  node(id: $id) {{
    ... on Session {{
      motions(first: $first, after: $after, orderBy: NUMBER_ASC) {{
        nodes {{ {MOTION} }}
        pageInfo {{ hasNextPage endCursor }}
      }}
    }}
  }}
}}
"""

OPTIONS = {"FOR": "yes", "AGAINST": "no", "ABSTAIN": "abstain"}
"""What Popolo calls the options of a vote."""

COUNTED = {"votesFor": "yes", "votesAgainst": "no", "abstentions": "abstain"}

Thing = dict[str, Any]


async def popolo_of(visitor: Visitor, body: str) -> bytes | None:
    """Return everything of a body that everybody may see as one Popolo file, or None if there is no such body."""
    found, seats = await all_of(visitor, SEATS, body, "seats")
    if not found:
        return None
    _, memberships = await all_of(visitor, MEMBERSHIPS, body, "memberships")
    _, sessions = await all_of(visitor, SESSIONS, body, "sessions")
    motions = []
    for session in sessions:
        moved = session["motions"]["nodes"]
        if session["motions"]["pageInfo"]["hasNextPage"]:
            _, moved = await all_of(visitor, MOTIONS, session["id"], "motions")
        motions += [(session["id"], motion) for motion in moved]
    votes = [(session, motion, motion["vote"]) for session, motion in motions if closed(motion["vote"])]
    whole = {
        "persons": once(person(membership) for membership in memberships),
        "organizations": once([organization(found), *others(seats, memberships)]),
        "areas": once(area(seat) for seat in seats if seat["territory"] is not None),
        "posts": [post(found["id"], seat) for seat in seats],
        "memberships": [membership_of(found["id"], membership) for membership in memberships],
        "events": [event(found["id"], session) for session in sessions],
        "motions": [motion_of(found["id"], session, motion) for session, motion in motions],
        "vote_events": [vote_event(found["id"], *vote) for vote in votes],
    }
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def once(things: Iterable[Thing]) -> list[Thing]:
    """Return each thing once, by its id."""
    return list({thing["id"]: thing for thing in things}.values())


def who(membership: Mapping[str, Any]) -> str:
    """Return by which id somebody is known: as a person where the hub names one, else as who sits there."""
    return str(membership["person"]["id"] if membership["person"] is not None else membership["id"])


def person(membership: Mapping[str, Any]) -> Thing:
    """Return whoever sits there; whoever is gone has no name any more."""
    return {"id": who(membership), "name": membership["name"]}


def organization(body: Mapping[str, Any]) -> Thing:
    """Return the body, with the names that it has had."""
    former = [
        {"name": name["name"]["text"], "start_date": name["validFrom"], "end_date": name["validUntil"]}
        for name in body["names"]
        if name["validUntil"] is not None
    ]
    return {
        "id": body["id"],
        "name": body["name"]["text"] if body["name"] is not None else None,
        "classification": body["kind"].lower(),
        "parent_id": body["parent"]["id"] if body["parent"] is not None else None,
        "abstract": body["remit"]["text"] if body["remit"] is not None else None,
        "other_names": former,
        "updated_at": body["updatedAt"],
    }


def others(seats: Iterable[Mapping[str, Any]], memberships: Iterable[Mapping[str, Any]]) -> Iterable[Thing]:
    """Give the organisations that seats belong to and for which people sit."""
    for holder in (*seats, *memberships):
        named = holder["organization"]
        if named is not None:
            yield {"id": named["id"], "name": named["name"]["text"] if named["name"] is not None else None}


def area(seat: Mapping[str, Any]) -> Thing:
    """Return the place that a seat is for."""
    place = seat["territory"]
    return {"id": place["code"], "identifier": place["code"], "name": place["name"]}


def post(body: str, seat: Mapping[str, Any]) -> Thing:
    """Return a seat."""
    return {
        "id": seat["id"],
        "label": seat["title"]["text"] if seat["title"] is not None else seat["post"].lower(),
        "role": seat["post"].lower(),
        "organization_id": body,
        "area_id": seat["territory"]["code"] if seat["territory"] is not None else None,
    }


def membership_of(body: str, membership: Mapping[str, Any]) -> Thing:
    """Return that somebody sits there, or stands in for who does."""
    seat, behalf = membership["seat"], membership["organization"]
    own = seat["post"].lower() if seat is not None else None
    return {
        "id": membership["id"],
        "role": "alternate" if membership["alternate"] else own,
        "person_id": who(membership),
        "organization_id": body,
        "post_id": seat["id"] if seat is not None else None,
        "on_behalf_of_id": behalf["id"] if behalf is not None else None,
        "start_date": membership["validFrom"][:10],
        "end_date": membership["validUntil"][:10] if membership["validUntil"] is not None else None,
    }


def event(body: str, session: Mapping[str, Any]) -> Thing:
    """Return a session."""
    return {
        "id": session["id"],
        "name": session["title"]["text"],
        "identifiers": [{"identifier": session["folio"]}] if session["folio"] is not None else [],
        "classification": session["kind"].lower(),
        "organization_id": body,
        "start_date": to_the_second(session["openedAt"] or session["starts"]["instant"]),
        "end_date": to_the_second(session["endedAt"]),
        "location": session["place"]["text"] if session["place"] is not None else None,
        "status": session["state"].lower(),
    }


def to_the_second(instant: str | None) -> str | None:
    """Return an instant without its fraction, which Popolo's events do not have."""
    return None if instant is None else f"{instant[:19]}Z"


def motion_of(body: str, session: str, motion: Mapping[str, Any]) -> Thing:
    """Return a motion, in the words on which it was voted."""
    return {
        "id": motion["id"],
        "organization_id": body,
        "legislative_session_id": session,
        "creator_id": who(motion["mover"]) if motion["mover"] is not None else None,
        "text": motion["wording"]["text"],
        "identifier": str(motion["number"]),
        "classification": motion["matter"],
        "date": motion["tabledAt"],
        "result": motion["state"].lower(),
    }


def closed(vote: Mapping[str, Any] | None) -> bool:
    """Whether there is a vote, and it was counted."""
    return vote is not None and vote["state"] == "CLOSED"


def vote_event(body: str, session: str, motion: Mapping[str, Any], vote: Mapping[str, Any]) -> Thing:
    """Return a vote with its counts: of all, and of each sector where it was not secret."""
    counts = [{"option": option, "value": vote[name]} for name, option in COUNTED.items()]
    counts += [
        {"option": option, "value": sector[name], "group": {"name": sector["sector"].lower()}}
        for sector in vote["sectorCounts"]
        for name, option in COUNTED.items()
    ]
    return {
        "id": vote["id"],
        "organization_id": body,
        "legislative_session_id": session,
        "motion_id": motion["id"],
        "classification": vote["method"].lower(),
        "start_date": vote["openedAt"],
        "end_date": vote["closedAt"],
        "result": "pass" if vote["result"] == "CARRIED" else "fail",
        "counts": counts,
        "votes": [ballot(vote["id"], cast) for cast in vote["votes"]],
    }


def ballot(vote: str, cast: Mapping[str, Any]) -> Thing:
    """Return what was voted for one seat."""
    member = cast["membership"]
    behalf = member["organization"] if member is not None else None
    return {
        "vote_event_id": vote,
        "voter_id": who(member) if member is not None else None,
        "option": OPTIONS[cast["option"]],
        "group_id": behalf["id"] if behalf is not None else None,
    }
