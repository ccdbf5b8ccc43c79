"""What a commission does is read by indexes, in one statement, however much it did and however deep a page lies."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hub.settings import Settings
from tests.cast import a_citizen, a_visitor
from tests.conftest import fresh_database
from tests.reading.explaining import explained
from tests.reading.multiplying import LARGE_TABLES, Large, a_large_commission
from tests.talking import Somebody, Talking, talking

ROWS = 20_000

NOW = "2022-03-01T00:00:00Z"
"""In the middle of the sessions that were copied."""

QUERIES = {
    "the sessions": "{ sessions(first: 20) { nodes { folio state title { text } body { acronym } } } }",
    "the next sessions": f"""{{ sessions(first: 20, orderBy: STARTS_ASC, filter: {{startsFrom: "{NOW}"}}) {{
        nodes {{ folio starts {{ instant }} }} pageInfo {{ hasNextPage }} }} }}""",
    "the sessions that are convened": "{ sessions(first: 20, filter: {state: CONVENED}) { nodes { folio } } }",
    "the sessions of a body in the list of all": """query ($body: ID!) {
        sessions(first: 20, filter: {body: $body, state: CONVENED}) { nodes { folio minutes { state } } } }""",
    "the sessions of a body": """query ($body: ID!) { node(id: $body) { ... on Body {
        sessions(first: 20) { nodes { folio minutes { state contentHash } documents { nodes { name } } } } } } }""",
    "a session whole": """query ($session: ID!) { node(id: $session) { ... on Session {
        agenda { nodes { title { text } recusals { nodes { membership { name } } } documents { nodes { name } }
          motions { nodes { vote { result seats { hasVoted } votes { option membership { name } }
            sectorCounts { sector votesFor } }
            instrument { folio mandates { nodes { folio overdue study { id } } } } } } } }
        attendance { nodes { mode membership { name seat { sector } } } } minutes { state }
        actionItems { nodes { task { text } late } } } } }""",
    "a session by its folio": '{ sessionByFolio(folio: "Session/77") { state attendance { nodes { mode } } } }',
    "the instruments": "{ instruments(first: 20) { nodes { folio inForce title { text } } } }",
    "the instruments in force of a kind": """{ instruments(first: 20, filter: {kind: ACUERDO, inForce: true}) {
        nodes { folio revision { sections { text { text } } } } } }""",
    "the instruments of a body": """query ($body: ID!) { node(id: $body) { ... on Body {
        instruments(first: 20) { nodes { folio voteEvent { votesFor } mandates { nodes { folio } } } } } } }""",
    "what an instrument orders": """query ($act: ID!) { node(id: $act) { ... on Instrument {
        mandates { nodes { folio section { text { text } } study { folio }
          consultations { nodes { folio } } } } } } }""",
    "the board": """{ mandates(first: 20, orderBy: DUE_ASC, filter: {state: [ORDERED, ACCEPTED, IN_PROGRESS]}) {
        nodes { folio dueOn overdue responsible { __typename } } } }""",
    "what is overdue": """{ mandates(first: 20, orderBy: DUE_ASC, filter: {overdue: true}) {
        nodes { folio dueOn instrument { folio } } pageInfo { hasNextPage } } }""",
    "the board of a body": """query ($body: ID!) { node(id: $body) { ... on Body {
        mandates(first: 20, orderBy: DUE_ASC, filter: {overdue: true}) { nodes { folio dueOn } } } } }""",
    "the members": """query ($body: ID!) { node(id: $body) { ... on Body {
        seats(first: 20) { nodes { post sector holder { name organization { acronym } } } } } } }""",
    "the memberships": """query ($body: ID!) { node(id: $body) { ... on Body {
        memberships(first: 20) { nodes { name inForce seat { post sector } } } } } }""",
    "one's own memberships": "{ viewer { memberships(first: 20) { nodes { body { id } seat { post } } } } }",
    "the studies": "{ studies(first: 20) { nodes { folio state mandate { folio } revision { number } } } }",
    "a study with its findings": """query ($study: ID!) { node(id: $study) { ... on Study {
        revision { sections { text { text } } }
        findings { nodes { text { text } addressedTo { __typename } } } } } }""",
    "the findings": "{ findings(first: 20) { nodes { text { text } study { folio } overdue } } }",
    "the recommendations that are overdue": """{ findings(first: 20, filter: {kind: RECOMMENDATION, overdue: true}) {
        nodes { number answerDueOn addressedTo { __typename } } } }""",
    "the recommendations to a body": """query ($body: ID!) { node(id: $body) { ... on Body {
        recommendations(first: 20) { nodes { number text { text } } } } } }""",
    "the papers of a session": """query ($session: ID!) { node(id: $session) { ... on Session {
        documents(first: 20) { nodes { name sight path record { title { text } } } } } } }""",
    "the papers of a body": """query ($body: ID!) { node(id: $body) { ... on Body {
        documents(first: 20) { nodes { name sight } pageInfo { hasNextPage } } } } }""",
    "the bodies": "{ bodies(first: 20) { nodes { name { text } sessions(first: 1) { nodes { folio } } } } }",
}

DEEP = {
    "the sessions": "sessions({page}) {{ {edges} }}",
    "the instruments": "instruments({page}) {{ {edges} }}",
    "the board": "mandates({page}, orderBy: DUE_ASC) {{ {edges} }}",
    "the studies": "studies({page}) {{ {edges} }}",
    "the findings": "findings({page}) {{ {edges} }}",
    "the memberships": 'node(id: "{body}") {{ ... on Body {{ memberships({page}) {{ {edges} }} }} }}',
    "the instruments of a body": 'node(id: "{body}") {{ ... on Body {{ instruments({page}) {{ {edges} }} }} }}',
    "the board of a body": 'node(id: "{body}") {{ ... on Body {{ mandates(orderBy: DUE_ASC, {page}) {{{edges}}} }} }}',
    "the recommendations to a body": 'node(id: "{body}") {{ ... on Body {{ recommendations({page}) {{ {edges} }} }} }}',
    "the papers of a body": 'node(id: "{body}") {{ ... on Body {{ documents({page}) {{ {edges} }} }} }}',
}
"""Lists that are read from any place on by an index, where the first page costs as much as the last one."""

MOST_PAGES = 3_000
"""How many pages of 8 kB a query may look at: one that goes through 20,000 rows in another order looks at far more."""

PUT_IN_ORDER = {"the sessions of a body": 10_000, "the bodies": 8_000}
"""Of the sessions of a body those of several bodies are too, which no index has in order: all of it are looked at."""


@pytest.fixture(scope="module")
async def large(template: str, data: Path) -> AsyncIterator[tuple[Talking, Large, list[Somebody]]]:
    """A hub with a large commission, for tests that only read, and those who look at it."""
    settings = Settings(data=data, database_url=None, keys=None)
    async with fresh_database(template) as url, talking(settings, url) as hub:
        commission = await a_large_commission(hub, ROWS)
        citizen = await a_citizen(hub)
        yield hub, commission, [a_visitor(), citizen, commission.sitting.coordinator, commission.sitting.people[2]]


def wanted(query: str, large: Large) -> dict[str, Any]:
    """Return the ids that a query asks for."""
    return {name: value for name, value in large.ids.items() if f"${name}:" in query}


@pytest.mark.parametrize("name", QUERIES)
async def test_an_index_serves_each_list_in_one_statement(
    large: tuple[Talking, Large, list[Somebody]], name: str
) -> None:
    hub, commission, viewers = large
    for by in viewers:
        plan = await explained(hub, QUERIES[name], wanted(QUERIES[name], commission), by=by)
        assert plan.scanned & LARGE_TABLES == set(), f"{name} reads all of a table for {by.name}"
        assert plan.pages < PUT_IN_ORDER.get(name, MOST_PAGES), f"{plan.pages} pages for {by.name}"


@pytest.mark.parametrize("name", DEEP)
async def test_a_deep_page_costs_no_more_than_the_first(
    large: tuple[Talking, Large, list[Somebody]], name: str
) -> None:
    hub, commission, _ = large
    edges = "edges { cursor node { id } }"

    def asking(page: str) -> str:
        return f"{{ {DEEP[name].format(page=page, edges=edges, body=commission.ids['body'])} }}"

    last = _edges(await hub.ask(asking("last: 41")))
    after = f'first: 20, after: "{last[0]["cursor"]}"'
    assert _edges(await hub.ask(asking(after))) == last[1:21], "What lies after a cursor follows without a gap."
    looked_at = [(await explained(hub, asking(page))).pages for page in ("first: 20", after)]
    assert looked_at[1] < 1.5 * looked_at[0] + 100, looked_at


def _edges(data: Any) -> list[dict[str, Any]]:
    """Return the edges of the one list in an answer."""
    while "edges" not in data:
        (data,) = data.values()
    edges: list[dict[str, Any]] = data["edges"]
    return edges
