"""A canary in everything that is not public: nobody else is answered one, by any query, export, refusal or log line.

`tests/canaries.py` watches over every answer and every line of the log of the whole suite; here are the canaries, and
whoever looks for them: each asks for every field of the contract, and exports what there is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSyntaxError,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    parse,
)

from graphql_schema.limits import MOST_TOKENS, too_large
from graphql_schema.schema import graphql
from hub.consultations.questionnaire_models import QuestionKind, Sensitivity
from hub.consultations.response_models import ConsentLevel
from hub.consultations.timekeeping import keep_time
from hub.consultations.validating import GivenAnswer
from hub.exporting.asking import Unwatched, Visitor
from hub.exporting.consultations import export_consultation
from hub.people.models import Power
from hub.people.representing import ask
from hub.text import written
from tests.canaries import MARK, Leak, a_canary, watch
from tests.cast import a_citizen, a_client, a_visitor, an_analyst_of
from tests.consultations.asking import SAVE, SUBMIT
from tests.making.bodies import a_body
from tests.making.consultations import (
    DAY,
    WORDS,
    Asked,
    a_draft_consultation,
    a_question,
    a_response,
    a_section,
    an_open_consultation,
)
from tests.making.people import an_organization
from tests.talking import Somebody, Talking

SECRET = a_question("secreto", QuestionKind.LONG_TEXT, sensitivity=Sensitivity.CONFIDENTIAL)
PERSONAL = a_question("contacto", QuestionKind.SHORT_TEXT, sensitivity=Sensitivity.PERSONAL)
SECTIONS = a_section(WORDS, SECRET, PERSONAL)

DEEPEST = 4
"""How many objects deep everything is asked for at most: a response in a consultation in a list, with its answers."""

SKIPPED = {"availableTransitions", "edges", "pageInfo", "nodes_of"}
"""What says nothing of its own, left out to keep the documents within their limits."""


def everything(type_: Any, depth: int, seen: tuple[str, ...] = ()) -> str:
    """Return a selection of every field of a type that needs no argument, so deep."""
    if isinstance(type_, GraphQLUnionType | GraphQLInterfaceType):
        members = graphql.get_possible_types(type_) if depth > 1 else ()
        unlike = _unlike(members)
        parts = [f"... on {m.name} {_selected(m, depth - 1, seen, unlike)}" for m in members]
        return f"{{ __typename {' '.join(parts)} }}"
    assert isinstance(type_, GraphQLObjectType)
    return _selected(type_, depth, seen)


def _unlike(members: Iterable[GraphQLObjectType]) -> set[str]:
    """Return the fields that are of one type here and of another there: under one name they would be no document."""
    kinds: dict[str, set[str]] = {}
    for member in members:
        for name, field in member.fields.items():
            kinds.setdefault(name, set()).add(str(field.type))
    return {name for name, found in kinds.items() if len(found) > 1}


def _selected(
    type_: GraphQLObjectType, depth: int, seen: tuple[str, ...], unlike: Collection[str] = frozenset()
) -> str:
    return "{ " + " ".join(["__typename", *_parts(type_, depth, seen, unlike)]) + " }"


def _parts(type_: GraphQLObjectType, depth: int, seen: tuple[str, ...], unlike: Collection[str]) -> Iterator[str]:
    for name, field in type_.fields.items():
        if name in SKIPPED or needs(field):
            continue
        asked, inner = f"{type_.name}_{name}: {name}" if name in unlike else name, get_named_type(field.type)
        if is_leaf_type(inner):
            yield asked
        elif inner.name == "LocalizedText":
            yield f"{asked} {{ text translations {{ text easyRead }} }}"
        elif depth > 1 and inner.name not in seen:
            yield f"{asked} {everything(inner, depth - 1, (*seen, type_.name))}"


def needs(field: GraphQLField) -> bool:
    """Whether a field cannot be asked for without an argument."""
    return any(is_required_argument(argument) for argument in field.args.values())


def documents(deepest: int = DEEPEST) -> Iterator[str]:
    """Give a document for every root field that needs no argument, as deep as the hub reads one."""
    query = graphql.query_type
    assert query is not None
    for name, field in query.fields.items():
        if not needs(field):
            type_ = get_named_type(field.type)
            depths = (f"{{ {name} {everything(type_, depth)} }}" for depth in range(deepest, 1, -1))
            yield next(document for document in depths if _is_read(document))


def _is_read(document: str) -> bool:
    """Whether a document is small enough for the hub to read it."""
    try:
        return too_large(parse(document, max_tokens=MOST_TOKENS)) is None
    except GraphQLSyntaxError:
        return False


@pytest.fixture
async def asked(hub: Talking) -> Asked:
    return await an_open_consultation(hub, await a_body(hub), sections=SECTIONS)


async def said(hub: Talking, asked: Asked) -> list[Somebody]:
    """Put a canary into everything that is kept from others; return those who may each read some."""
    noe = await an_analyst_of(hub, asked.body_id)
    staff = (noe.name, "Julia Ordaz")
    ana, beto, carla = [await a_citizen(hub, name) for name in ("Ana Robles", "Beto Luna", "Carla Pech")]

    def canary(of: str, *others: str) -> str:
        return a_canary(of, seen_by=(*staff, *others))

    def text(question: str, of: str, *others: str, **known: Any) -> GivenAnswer:
        return GivenAnswer(question=question, text=canary(of, *others), **known)

    confidential = [text("secreto", "confidential", ana.name), text("contacto", "personal", ana.name)]
    own = text("palabras", "answer-not-published", ana.name, consent=ConsentLevel.NOT_PUBLISHED)
    await a_response(hub, asked, ana, [*confidential, own])
    closed = ConsentLevel.NOT_PUBLISHED
    await a_response(hub, asked, beto, [text("palabras", "not-published", beto.name)], consent=closed)
    begun = {"question": "palabras", "text": a_canary("draft", seen_by=[carla.name])}
    saved = {"consultationId": asked.node, "revisionId": asked.revision, "answers": [begun]}
    with hub.at(asked.open):
        await hub.act(SAVE, {"input": saved}, by=carla)
    late = await a_citizen(hub, "Délfica Ñu")
    await a_response(hub, asked, late, [text("palabras", "held", late.name)], at=asked.closes_at + DAY)
    hidden = await a_citizen(hub, a_canary("name", seen_by=[]))
    await a_response(hub, asked, hidden, [GivenAnswer(question="palabras", text="Sin nombre.")])
    organization = await an_organization(hub)
    async with hub.change(carla.viewer) as change:
        evidence = a_canary("evidence", seen_by=(carla.name, "Julia Ordaz"))
        await ask(change, organization, powers=[Power.ANSWER], evidence=evidence)
    title = written(es=canary("unpublished-title"))
    await a_draft_consultation(hub, asked.body_id, opens_at=asked.closes_at + 9 * DAY, title=title)
    return [noe, ana, beto, carla, late]


async def test_nobody_is_answered_a_canary_that_is_not_theirs(hub: Talking, asked: Asked, tmp_path: Path) -> None:
    givers = await said(hub, asked)
    elsewhere = await an_analyst_of(hub, await a_body(hub, acronym="OTRA"), "Ajena Sosa")
    lookers = [a_visitor(), await a_citizen(hub, "Curiosa Paz"), await a_client(hub), elsewhere, *givers]
    await keep_time(hub.hub.changes, at=asked.closes_at + dt.timedelta(minutes=5))
    asks = list(documents())
    for at in (asked.open, asked.closes_at + DAY, asked.closes_at + 8 * DAY):
        with hub.at(at):
            for who in lookers:
                for document in asks:
                    # Each answer is watched over by the caller itself, and each is a whole one.
                    assert await hub.ask(document, by=who)
    with hub.at(asked.closes_at + DAY):
        mine = await hub.answer("{ viewer { responses { nodes { answers { text } } } } }", by=givers[1])
    assert MARK in str(mine), "The watch sees what is somebody's own."
    folder = tmp_path / "export"
    visitor = Visitor(hub.hub.executor, hub.hub.changes, at=asked.closes_at + DAY)
    await export_consultation(visitor, asked.node, folder, overwrite=False, progress=Unwatched())
    for file in folder.iterdir():
        watch(file.read_text(encoding="utf-8"), told="everybody", where=file.name)
    watch(str(await hub.rows("SELECT * FROM event")), told="the log of events", where="event")
    watch(str(await hub.rows("SELECT truth FROM result_table")), told="the released results", where="result_table")
    watch(str(await hub.rows("SELECT * FROM idempotent_request")), told="the keys", where="idempotent_request")


async def test_a_surprise_is_logged_without_what_was_written(hub: Talking, asked: Asked) -> None:
    """PostgreSQL quotes the row that breaks a constraint: the traceback of it holds no value."""
    ana = await a_citizen(hub)
    await hub.run("ALTER TABLE answer ADD CONSTRAINT never CHECK (text IS NULL) NOT VALID")
    words = a_canary("in-an-error")
    given = {
        "consultationId": asked.node,
        "revisionId": asked.revision,
        "consent": "WITHOUT_NAME",
        "noticeHash": asked.notice_hash,
        "answers": [{"question": "palabras", "text": words}],
    }
    with hub.at(asked.open):
        (error,) = (await hub.answer(SUBMIT, {"input": given}, by=ana))["errors"]
    assert error["extensions"]["code"] == "INTERNAL"
    assert await hub.rows("SELECT 1 FROM response") == []


async def test_the_watch_bites(hub: Talking, asked: Asked) -> None:
    """What is public and was told to be a secret is found, in an answer and in the log."""
    with pytest.raises(Leak):
        watch(a_canary("told"), told="a visitor", where="here")
    ana = await a_citizen(hub)
    await a_response(hub, asked, ana, [GivenAnswer(question="palabras", text=a_canary("public"))])
    with hub.at(asked.closes_at + DAY), pytest.raises(Leak):
        await hub.ask("{ responses { nodes { answers { text } } } }")
