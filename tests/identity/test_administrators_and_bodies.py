"""What bodies do, whoever runs the platform does not: no act of theirs is open to an administrator."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull

from graphql_schema.schema import graphql
from hub import clock
from hub.identity import authenticating
from tests.cast import an_administrator, here_in_person
from tests.identity.test_administrators import OFFICE, OWN_AFFAIRS, REFUSED, sent
from tests.making.sittings import Sitting, a_sitting
from tests.sessions.voting import an_open_vote
from tests.talking import Talking

KEEPING_THE_REGISTER = {
    "createBody", "editBody", "renameBody", "constituteBody", "suspendBody", "resumeBody", "dissolveBody",
}  # fmt: skip
"""Which bodies there are and what they are called is kept by whoever runs the platform, as the register is."""

IN_ONE_S_OWN_NAME = {"askToJoin", "requestUpload", "requestDownload"}
"""What everybody does for themself, an administrator as well."""

PLAIN: dict[str, Any] = {
    "Int": 1,
    "Float": 1.0,
    "Boolean": False,
    "String": "x",
    "Date": "2030-01-01",
    "DateTime": "2030-01-01T10:00:00Z",
    "LocalDateTime": "2030-01-01T10:00:00",
    "BigInt": 1,
}


@pytest.fixture(autouse=True)
def _nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authenticating, "BELIEVED", 0.0)


def of_bodies() -> list[str]:
    """Return every act that is not said to be anybody else's: a new one is of the bodies until it is."""
    mutations = graphql.mutation_type
    assert mutations is not None
    others = REFUSED | OWN_AFFAIRS | OFFICE | KEEPING_THE_REGISTER | IN_ONE_S_OWN_NAME
    return sorted({*mutations.fields} - others)


def filled(type_: Any, name: str, there: dict[str, str]) -> Any:
    """Return something sound of an input's type, with the ids of what is there."""
    if isinstance(type_, GraphQLNonNull):
        return filled(type_.of_type, name, there)
    if isinstance(type_, GraphQLList):
        return [filled(type_.of_type, name.removesuffix("s"), there)]
    if isinstance(type_, GraphQLEnumType):
        return next(iter(type_.values))
    if isinstance(type_, GraphQLInputObjectType):
        if type_.name == "LocalizedTextInput":
            return {"source": "es", "translations": [{"language": "es", "text": "Porque sí"}]}
        wanted = {key: field for key, field in type_.fields.items() if isinstance(field.type, GraphQLNonNull)}
        return {key: filled(field.type, key, there) for key, field in wanted.items()}
    if type_.name == "ID":
        kind = name[0].upper() + name[1:].removesuffix("Id")
        return there.get(kind, f"{kind}_{uuid4()}")
    return "America/Mexico_City" if name == "zone" else PLAIN[type_.name]


async def things(hub: Talking, sitting: Sitting) -> dict[str, str]:
    """Return one thing of each kind that a session brings about."""
    vote = await an_open_vote(hub, sitting)
    (row,) = await hub.rows("SELECT motion_id FROM vote_event")
    return {
        "Body": f"Body_{sitting.body_id}",
        "Holder": f"Body_{sitting.body_id}",
        "Session": f"Session_{sitting.session_id}",
        "AgendaItem": f"AgendaItem_{sitting.points[0]}",
        "Seat": f"Seat_{sitting.seats[0]}",
        "Membership": f"Membership_{sitting.memberships[0]}",
        "Owner": f"Membership_{sitting.memberships[0]}",
        "VoteEvent": vote,
        "Motion": f"Motion_{row['motion_id']}",
    }


async def test_no_act_of_a_body_is_open_to_whoever_runs_the_platform(hub: Talking) -> None:
    sitting = await a_sitting(hub, voting=3)
    there = await things(hub, sitting)
    ines = await here_in_person(hub, await an_administrator(hub), at=clock.now() - dt.timedelta(minutes=1))
    await hub.forget()
    before = await hub.dump()
    done = {}
    for verb in of_bodies():
        input_ = graphql.type_map[f"{verb[0].upper()}{verb[1:]}Input"]
        answer = await hub.answer(sent(verb), {"input": filled(input_, verb, there)}, by=ines)
        assert "data" in answer, (verb, answer)
        (payload,) = answer["data"].values()
        if not payload["errors"]:
            done[verb] = payload
    assert done == {}
    assert await hub.log() == []
    assert await hub.dump() == before, "Not a row was written."
