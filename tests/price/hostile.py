"""Documents and variables that are made to cost more than they look: each by its size, to be doubled.

What is counted are *steps*: the functions that are called, in Python or in C, from the text to its refusal or its
price. They are the same on every machine.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql_schema.planning.documents import Document, Documents, Operation
from graphql_schema.planning.parsing import InvalidDocument
from graphql_schema.queueing import Queue
from graphql_schema.schema import graphql
from hub.errors import Refusal
from hub.keys import Keyring

PAGE = "territories(first: 100) { nodes { id territories(first: 100) { nodes { id } } } }"


def doubled(n: int) -> str:
    """Each fragment spreads the next one twice: two to the power of n fields."""
    parts = " ".join(f"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}" for i in range(n))
    return f"{{ ...F0 }} {parts} fragment F{n} on Query {{ __typename }}"


def doubled_pages(n: int) -> str:
    """The same over pages within pages."""
    parts = " ".join(f"fragment F{i} on Territory {{ parent {{ ...F{i + 1} ...F{i + 1} }} }}" for i in range(n))
    return f'{{ territory(code: "MX") {{ ...F0 }} }} {parts} fragment F{n} on Territory {{ id }}'


def many_operations(n: int) -> str:
    """Each operation spreads the same long chain."""
    chain = " ".join(f"fragment F{i} on Query {{ ...F{i + 1} }}" for i in range(n))
    operations = " ".join(f"query Q{i} {{ ...F0 }}" for i in range(n))
    return f"{operations} {chain} fragment F{n} on Query {{ __typename }}"


def cycle(n: int) -> str:
    """A circle of fragments."""
    return "{ ...F0 } " + " ".join(f"fragment F{i} on Query {{ ...F{(i + 1) % n} }}" for i in range(n))


def everybody_knows_everybody(n: int) -> str:
    """Each fragment spreads all of them, itself included."""
    spreads = " ".join(f"...F{i}" for i in range(n))
    return f"{{ {spreads} }} " + " ".join(f"fragment F{i} on Query {{ {spreads} }}" for i in range(n))


def fragments_of_one(n: int) -> str:
    """Each fragment asks for the same."""
    parts = " ".join(f"fragment F{i} on Query {{ viewer {{ signedIn }} }}" for i in range(n))
    return "{ " + " ".join(f"...F{i}" for i in range(n)) + f" }} {parts}"


def nested(n: int) -> str:
    """Territories in territories in territories."""
    return "{ territories { nodes " + "{ parent " * n + "{ id }" + " }" * n + " } }"


DOCUMENTS: Mapping[str, tuple[Callable[[int], str], int]] = {
    "a fragment bomb": (doubled, 58),
    "a fragment bomb over rows": (doubled_pages, 40),
    "a circle of fragments": (cycle, 60),
    "fragments that all spread all": (everybody_knows_everybody, 15),
    "operations over one chain of fragments": (many_operations, 58),
    "10,000 directives": (lambda n: "{ viewer { signedIn " + "@include(if: true) " * n + "} }", 5_000),
    "10,000 unknown directives": (lambda n: "{ viewer { signedIn " + "@a" * n + "} }", 5_000),
    "1,000 aliases": (lambda n: "{ " + " ".join(f"a{i}: viewer {{ signedIn }}" for i in range(n)) + " }", 500),
    "200 aliases": (lambda n: "{ " + " ".join(f"a{i}: viewer {{ signedIn }}" for i in range(n)) + " }", 100),
    "deep nesting": (nested, 90),
    "deeper nesting than is parsed": (nested, 10_000),
    "100 introspections": (lambda n: "{ " + " ".join(f"a{i}: __schema {{ types {{ name }} }}" for i in range(n)) + " }",
                           50),
    "ten introspections": (lambda n: "{ " + " ".join(f"a{i}: __schema {{ types {{ name }} }}" for i in range(n)) + " }",
                           10),
    "one field again and again": (lambda n: "{ " + "viewer { signedIn } " * n + "}", 200),
    "the same in many fragments": (fragments_of_one, 60),
    "mentions of mentions": (lambda n: "{ " + ("viewer { " + "person { displayName } " * 8 + "} ") * n + "}", 40),
    "unknown fields": (lambda n: "{ " + " ".join(f"consultation{i}" for i in range(n)) + " }", 1_900),
    "pages in pages": (lambda n: "{ " + " ".join(f"a{i}: {PAGE}" for i in range(n)) + " }", 58),
    "a number of many digits": (lambda n: "{ territories(first: " + "9" * n + ") { nodes { id } } }", 30_000),
    "a wide input": (lambda n: "{ territories(filter: {" + " ".join(f"a{i}: 1" for i in range(n)) + "}) "
                     "{ nodes { id } } }", 600),
    "a deep input": (lambda n: "{ territories(filter: " + "{a: " * n + "1" + "}" * n + ") { nodes { id } } }", 90),
    "a list of many ids": (lambda n: "{ nodes(ids: [" + '"x" ' * n + "]) { id } }", 1_900),
    "a long comment": (lambda n: "#" * n + "\n{ nothing }", 30_000),
    "commas": (lambda n: "{ nothing " + "," * n + "}", 30_000),
    "a long string": (lambda n: '{ territory(code: "' + "a" * n + '") { id nothing } }', 30_000),
    "escapes": (lambda n: '{ territory(code: "' + "\\u0041" * n + '") { id nothing } }', 5_000),
    "a block string": (lambda n: '{ territory(code: """' + "\n  a" * n + '""") { id nothing } }', 7_500),
    "many fragments": (cycle, 240),
    "many variables": (lambda n: "query (" + " ".join(f"$v{i}: Int" for i in range(n)) + ") { viewer { signedIn } }",
                       390),
}  # fmt: skip
"""By name: the document of a size, and the size at which it is measured, and at half of which too."""

IDS = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
FILTERED = "query ($f: TerritoryFilter) { territories(filter: $f) { totalCount } }"

VARIABLES: Mapping[str, tuple[str, Callable[[int], Any], int]] = {
    "many ids": (IDS, lambda n: {"ids": ["x"] * n}, 12_000),
    "ids that are none": (IDS, lambda n: {"ids": [{}] * n}, 16_000),
    "a wide object": (FILTERED, lambda n: {"f": {f"a{i}": 1 for i in range(n)}}, 5_000),
    "variables that nobody declared": (FILTERED, lambda n: {f"v{i}": i for i in range(n)}, 5_000),
}
"""Variables that are too many: the document, the values of a size, and the size."""


@dataclass(frozen=True)
class Outcome:
    """What became of a hostile request, and in how many steps."""

    letters: int
    steps: int
    why: str


def outcome(text: str, keys: Keyring, *, budget: int, variables: Mapping[str, Any] | None = None) -> str:
    """Read a document nobody has seen, price it and coerce its variables; tell why it is refused."""
    try:
        document: Document = Documents(graphql, keys, Queue(at_once=1, places=1))._read(text)
        operation: Operation = next(iter(document.operations.values()))
        if operation.price.of(variables or {}).nodes > budget:
            return "MAX_COST_EXCEEDED"
        operation.coerce(variables or {})
    except InvalidDocument as invalid:
        return "invalid" if invalid.parsed else "not parsed"
    except Refusal as refusal:
        return refusal.code
    return "let in"


def counted(act: Callable[[], str], letters: int) -> Outcome:
    """Run an act and count its steps."""
    steps = 0

    def step(frame: object, event: str, argument: object) -> None:
        nonlocal steps
        steps += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        why = act()
    finally:
        sys.setprofile(before)
    return Outcome(letters, steps, why)
