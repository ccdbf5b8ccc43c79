"""What answers that are kept depend on is known for every field, filter and order: none is forgotten."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from graphql_schema.planning.documents import Documents
from graphql_schema.queueing import Queue
from graphql_schema.schema import graphql
from hub.database.base import Base
from hub.database.revisions import MIGRATIONS
from hub.keys import Keyring
from hub.reading.asking import DAY, INSTANT, Asking, Binds, ReadingSight
from hub.reading.depending import Dependencies
from hub.viewer import ANONYMOUS, Role
from tests.shape.project import NOTHING, exceptions
from tests.shape.test_planning import FIELDS, _lists, keys  # noqa: F401 - a fixture

UNMARKED = {
    "linked_identity": "A way to sign in is shown to whose it is.",
    "receipt": "Whoever knows its code is told of it, and nobody keeps it for them.",
    "response_draft": "Whoever holds it is shown it, and nobody keeps it for them.",
    "sign_in": "A sign-in is shown to whoever signed in.",
    "token": "A token is shown to whose it is.",
}
"""Tables that a read without a token names and whose answers are never kept: why."""


@pytest.fixture(scope="module")
async def depending(keys: Keyring) -> dict[str, Dependencies]:  # noqa: F811 - the fixture
    """What each field, filter and order depends on, where nobody is signed in."""
    documents = Documents(graphql, keys, Queue(at_once=1, places=1))
    found = {}
    for text, given in [*((text, {}) for text in FIELDS), *_lists()]:
        operation = (await documents.document(text)).operation(None)
        variables = operation.coerce(given)
        assert graphql.query_type is not None
        roots = operation.selection(variables).root(graphql.query_type)
        plan = await documents.plan(operation, roots, variables, Asking(ANONYMOUS))
        found[f"{text} {given}"] = plan.dependencies
    return found


def marked() -> set[str]:
    """Return the tables that have marks, as the migrations say it."""
    names: set[str] = set()
    for file in sorted((MIGRATIONS / "versions").glob("*.py")):
        for listed in re.findall(r"^MARKED = \((.*?)^\)", file.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE):
            names |= set(re.findall(r'"(\w+)"', listed))
    return names


def test_what_a_visitor_reads_has_a_mark(depending: dict[str, Dependencies]) -> None:
    """Or is not kept, for a reason."""
    read = {table for found in depending.values() for table in found.tables}
    assert exceptions(read - marked(), UNMARKED) == NOTHING
    assert marked() <= set(Base.metadata.tables)


def test_the_clock_is_compared_with_columns_and_used_in_no_other_way(depending: dict[str, Dependencies]) -> None:
    """What is computed from it otherwise (but for the day) is never kept, and that should be for a reason."""
    assert [text for text, found in depending.items() if not found.certain] == []
    compared = {str(column) for found in depending.values() for column in found.columns}
    assert compared == {
        "consultation.opens_at", "consultation.closes_at", "consultation.counted_until", "consultation.late_until",
        "response_draft.expires_at", "membership.valid_from", "membership.valid_until", "join_request.lapses_at",
        "session_rules.valid_from",
    }  # fmt: skip


def test_two_parameters_look_at_the_clock_and_no_other() -> None:
    binds = Binds()
    sight = ReadingSight(binds, signed_in=True, system=False)
    for name, kind in vars(ReadingSight).items():
        if isinstance(kind, property):
            getattr(sight, name)
    sight.bodies(Role.COORDINATOR)
    for rank in (0, 1):
        sight.language(rank)

    class Looked(Exception):
        """The clock was looked at."""

    class Blind(Asking):
        def __getattribute__(self, name: str) -> object:
            if name == "at":
                raise Looked
            return super().__getattribute__(name)

    looking = set()
    for name, getter in binds.getters.items():
        try:
            getter({}, Blind(at=dt.datetime.now(dt.UTC)))
        except Looked:
            looking.add(name)
    assert looking == {INSTANT, DAY}
