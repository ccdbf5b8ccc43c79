"""What is sent to propose, order and do a work, and what is told of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.making.instruments import text
from tests.sessions.voting import given
from tests.talking import Somebody, Talking

STANDING = """id state folio kind origin title { text } reason { text } question { text } budgetNote { text } dueOn
  overdue deliveredLate deliveredAt closingReason { text }
  responsible { __typename ... on Body { id } ... on Organization { id } ... on Membership { id } }
  notices { nodes { number kind dueOn reason { text } responsible { __typename } } }
  deliverables { nodes { record { __typename ... on Instrument { folio } } } }
  availableTransitions { event allowed reason { code } }"""


def act(verb: str) -> str:
    """Return the mutation that does this to a mandate."""
    kind = f"{verb[0].upper()}{verb[1:]}Mandate"
    return f"""mutation ($input: {kind}Input!) {{ {verb}Mandate(input: $input) {{
      mandate {{ {STANDING} }} errors {{ __typename code message path }} event }} }}"""


PROPOSE, EDIT, ORDER, ACCEPT, START = act("propose"), act("edit"), act("order"), act("accept"), act("start")
DELIVER, REASSIGN, RESCHEDULE = act("deliver"), act("reassign"), act("reschedule")
DISCHARGE, CANCEL = act("discharge"), act("cancel")


def proposing(body_id: UUID, **known: Any) -> dict[str, Any]:
    """What is sent to propose a work."""
    wanted = {"bodyId": f"Body_{body_id}", "kind": "RESEARCH", "title": text("Estudio del agua")}
    return given(**{**wanted, "reason": text("Faltó agua en abril."), **known})


async def an_ordered_mandate(hub: Talking, body_id: UUID, *, by: Somebody, **known: Any) -> str:
    """A mandate that the coordinator of a body ordered; its id."""
    proposed = await hub.act(PROPOSE, proposing(body_id, **known), by=by)
    ordered = await hub.act(ORDER, given(mandateId=proposed["mandate"]["id"]), by=by)
    return str(ordered["mandate"]["id"])
