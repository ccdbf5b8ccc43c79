"""The mutations of sessions as tests send them, and what they answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.talking import Somebody, Talking

SESSION = """id folio state number call sequence mode starts { instant declaredLocal zone } place { text } link
  convocations { nodes { number kind noticeMet latestDay reason { text } starts { declaredLocal } } }"""
POINT = "id number position kind state public title { text } answer { text } outcome { text } usedMinutes"
ATTENDANCE = "id mode cameAt leftAt seat { id ordinal } membership { id name alternate }"
RECUSAL = "id seat { id } membership { name } reason { text } declaredAt agendaItem { id }"

FIELDS = {
    "adoptSessionRules": "rules { id version validFrom source { text } }",
    "conveneSession": f"session {{ {SESSION} }} convocation {{ number kind noticeMet }}",
    "amendConvocation": f"session {{ {SESSION} }} convocation {{ number kind noticeMet }}",
    "failSession": f"session {{ {SESSION} }} nextCall {{ {SESSION} }}",
    "recordArrival": f"attendance {{ {ATTENDANCE} }}",
    "recordDeparture": f"attendance {{ {ATTENDANCE} }}",
    "declareRecusal": f"recusal {{ {RECUSAL} }}",
}


def act(name: str) -> str:
    """Return the document of a mutation."""
    fields = FIELDS.get(name)
    if fields is None:
        fields = f"agendaItem {{ {POINT} }}" if name.endswith("AgendaItem") else f"session {{ {SESSION} }}"
    given = name[0].upper() + name[1:]
    return f"""mutation ($input: {given}Input!) {{ {name}(input: $input) {{
      {fields} errors {{ code path message }} event }} }}"""


async def done(hub: Talking, name: str, by: Somebody, **given: Any) -> dict[str, Any]:
    """Carry out a mutation, and return what it answers."""
    payload: dict[str, Any] = await hub.act(act(name), {"input": named(given)}, by=by)
    return payload


async def refused(hub: Talking, name: str, by: Somebody | None, **given: Any) -> list[str]:
    """Send a mutation that does nothing, and return the codes of what is wrong; nothing is recorded by it."""
    before = await hub.log()
    errors = await hub.refuse(act(name), {"input": named(given)}, by=by)
    assert await hub.log() == before
    return [error["code"] for error in errors]


TYPES = {
    "body": "Body",
    "session": "Session",
    "agenda_item": "AgendaItem",
    "parent": "AgendaItem",
    "membership": "Membership",
    "attendance": "Attendance",
}


def named(given: dict[str, Any]) -> dict[str, Any]:
    """Return an input by the names of the schema: `session=…` is a `sessionId`, `planned_minutes` is camel case."""
    return dict(_named(name, value) for name, value in given.items())


def _named(name: str, value: Any) -> tuple[str, Any]:
    if name in TYPES and isinstance(value, UUID):
        return f"{_camel(name)}Id", f"{TYPES[name]}_{value}"
    return (f"{_camel(name)}Id" if name in TYPES else _camel(name)), value


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
