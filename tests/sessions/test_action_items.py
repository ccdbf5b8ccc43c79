"""What a session asks people to do: given by the officers, done by whoever was asked, late by the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub import clock
from tests.cast import a_citizen, a_representative_of
from tests.making.people import an_organization
from tests.making.sittings import Sitting, a_sitting, text
from tests.sessions.voting import codes, given
from tests.talking import Talking

FIELDS = """id number state late dueOn task { text } owner { id } organization { id } agendaItem { id }
  evidence { text } dropReason { text } availableTransitions { event allowed reason { code } }"""


def act(name: str) -> str:
    """Return the mutation that does this to a task."""
    kind = name[0].upper() + name[1:]
    return f"""mutation ($input: {kind}Input!) {{ {name}(input: $input) {{
      actionItem {{ {FIELDS} }} errors {{ __typename code message path }} event }} }}"""


ASSIGN, FINISH, DROP = act("assignActionItem"), act("finishActionItem"), act("dropActionItem")
LIST = """query ($id: ID!, $filter: ActionItemFilter) { node(id: $id) { ... on Session {
  actionItems(filter: $filter) { nodes { number late } } } } }"""


@pytest.fixture
async def sitting(hub: Talking) -> Sitting:
    """A body in session."""
    made = await a_sitting(hub, voting=3)
    await hub.forget()
    return made


def task(sitting: Sitting, **known: Any) -> dict[str, Any]:
    """What is sent to ask for something."""
    wanted = {
        "sessionId": f"Session_{sitting.session_id}",
        "task": text("Pedir el dictamen."),
        "ownerId": f"Membership_{sitting.memberships[2]}",
        "agendaItemId": f"AgendaItem_{sitting.points[0]}",
    }
    return given(**{**wanted, **known})


async def test_given_and_done_with_evidence(hub: Talking, sitting: Sitting) -> None:
    today = clock.day_of(clock.now())
    item = (await hub.act(ASSIGN, task(sitting, dueOn=today.isoformat()), by=sitting.secretary))["actionItem"]
    assert {**item, "id": None} == {
        "id": None,
        "number": 1,
        "state": "OPEN",
        "late": False,
        "dueOn": today.isoformat(),
        "task": {"text": "Pedir el dictamen."},
        "owner": {"id": f"Membership_{sitting.memberships[2]}"},
        "organization": None,
        "agendaItem": {"id": f"AgendaItem_{sitting.points[0]}"},
        "evidence": None,
        "dropReason": None,
        "availableTransitions": [
            {"event": "finish", "allowed": True, "reason": None},
            {"event": "drop", "allowed": True, "reason": None},
        ],
    }
    other = await a_citizen(hub, "Ana")
    await hub.forget()
    done = given(actionItemId=item["id"], evidence=text("Oficio 12."))
    assert codes(await hub.refuse(FINISH, done, by=other)) == ["NOT_YOUR_TASK"]
    assert codes(await hub.refuse(FINISH, done, by=sitting.people[3])) == ["NOT_YOUR_TASK"]
    empty = given(actionItemId=item["id"], evidence=text(" "))
    assert codes(await hub.refuse(FINISH, empty, by=sitting.people[2])) == ["WORDING_EMPTY"]
    assert await hub.log() == []
    with hub.at(clock.now() + dt.timedelta(days=2)):
        late = (await hub.ask(LIST, {"id": f"Session_{sitting.session_id}"}))["node"]
        assert late == {"actionItems": {"nodes": [{"number": 1, "late": True}]}}
        finished = (await hub.act(FINISH, done, by=sitting.people[2]))["actionItem"]
    assert (finished["state"], finished["late"], finished["evidence"]) == ("DONE", False, {"text": "Oficio 12."})
    assert codes(await hub.refuse(FINISH, done, by=sitting.people[2])) == ["TASK_IS_OVER"]
    open_ = {"id": f"Session_{sitting.session_id}", "filter": {"state": ["OPEN"]}}
    assert (await hub.ask(LIST, open_))["node"] == {"actionItems": {"nodes": []}}
    assert await hub.log() == ["ActionItemFinished"]


async def test_an_organisation_is_asked_and_let_off(hub: Talking, sitting: Sitting) -> None:
    organization = await an_organization(hub)
    rosa = await a_representative_of(hub, organization)
    await hub.forget()
    wanted = {"ownerId": None, "organizationId": f"Organization_{organization}"}
    item = (await hub.act(ASSIGN, task(sitting, **wanted), by=sitting.coordinator))["actionItem"]
    seen = (await hub.ask(f"query ($id: ID!) {{ node(id: $id) {{ ... on ActionItem {{ {FIELDS} }} }} }}",
                          {"id": item["id"]}, by=rosa))["node"]  # fmt: skip
    assert [transition["allowed"] for transition in seen["availableTransitions"]] == [True, False]
    drop = given(actionItemId=item["id"], reason=text("Ya no hace falta."))
    assert codes(await hub.refuse(DROP, drop, by=rosa)) == ["OFFICERS_ONLY"]
    dropped = (await hub.act(DROP, drop, by=sitting.secretary))["actionItem"]
    assert (dropped["state"], dropped["dropReason"]) == ("DROPPED", {"text": "Ya no hace falta."})
    assert await hub.log() == ["ActionItemAssigned", "ActionItemDropped"]


@pytest.mark.parametrize(("known", "code"), [
    ({"ownerId": None}, "ONE_OWNER"),
    ({"ownerId": "Membership_00000000-0000-7000-8000-000000000000"}, "NOT_A_MEMBER_THERE"),
    ({"agendaItemId": "AgendaItem_00000000-0000-7000-8000-000000000000"}, "POINT_OF_ANOTHER_SESSION"),
    ({"task": text("x" * 4_001)}, "WORDING_TOO_LONG"),
])  # fmt: skip
async def test_what_cannot_be_asked(hub: Talking, sitting: Sitting, known: dict[str, Any], code: str) -> None:
    assert codes(await hub.refuse(ASSIGN, task(sitting, **known), by=sitting.secretary)) == [code]
    assert codes(await hub.refuse(ASSIGN, task(sitting), by=sitting.people[2])) == ["OFFICERS_ONLY"]
    assert (await hub.log(), await hub.rows("SELECT 1 FROM action_item")) == ([], [])
