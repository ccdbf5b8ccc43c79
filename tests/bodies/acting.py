"""What the tests of bodies send: the acts, and what is asked back."""

from __future__ import annotations

from typing import Any

BODY = """id state acronym name { text } names { acronym validFrom validUntil } kind parent { id }
  remit { text } legalBasis { text } stateReason { text } territories { nodes { code } }
  charters { nodes { number remit { text } reason { text } territories { nodes { code } } } }
  availableTransitions { event allowed reason { code } }"""
SEAT = "id post sector voting ordinal state title { text } organization { id } holder { name }"
MEMBERSHIP = """id name alternate state inForce reason validUntil organization { id } seat { id state }
  availableTransitions { event allowed reason { code } }"""


def act(name: str, result: str, fields: str) -> str:
    """Return the mutation of this name."""
    type_ = name[0].upper() + name[1:]
    return f"""mutation ($input: {type_}Input!) {{ {name}(input: $input) {{
      {result} {{ {fields} }} errors {{ __typename code message path }} event }} }}"""


def body_act(name: str) -> str:
    """Return an act on a body."""
    return act(name, "body", BODY)


def seat_act(name: str) -> str:
    """Return an act on a seat."""
    return act(name, "seat", SEAT)


def member_act(name: str) -> str:
    """Return an act on a membership."""
    return act(name, "membership", MEMBERSHIP)


def words(text: str) -> dict[str, Any]:
    """A text in Spanish."""
    return {"source": "es", "translations": [{"language": "es", "text": text}]}


def codes(errors: list[dict[str, Any]]) -> list[str]:
    """Return the codes of errors."""
    return [error["code"] for error in errors]


def allowed(thing: dict[str, Any]) -> set[str]:
    """Return what may come next."""
    return {one["event"] for one in thing["availableTransitions"] if one["allowed"]}
