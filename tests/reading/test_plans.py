"""The statements of the main queries find their rows by indexes, in a large database, however deep the page lies."""

from __future__ import annotations

from typing import Any

import asyncpg
import pytest

from hub.database.address import plain
from tests.cast import a_citizen, a_coordinator_of, a_visitor
from tests.making.bodies import a_body
from tests.making.consultations import Asked, a_closed_consultation, a_response
from tests.reading.explaining import explained
from tests.talking import Somebody, Talking

SMALL = 100_000
LARGE = 1_000_000
LARGE_TABLES = {
    "response", "answer", "answer_choice", "participation", "entry", "event", "receipt", "response_draft",
    "timetable_notice", "consultation",
}  # fmt: skip


async def many_rows(hub: Talking, rows: int) -> tuple[Asked, list[Somebody]]:
    """Write so many responses to one consultation, and a tenth as many other consultations; tell the database."""
    body = await a_body(hub)
    citizen, late = await a_citizen(hub), await a_citizen(hub, "Beto Luna")
    coordinators = [
        await a_coordinator_of(hub, body),
        await a_coordinator_of(hub, await a_body(hub, "Otra", acronym="OTRA"), "Luis Pech"),
    ]
    viewers = [a_visitor(), citizen, late, *coordinators]
    asked = await a_closed_consultation(hub, body)
    for by in late, *coordinators:
        await a_response(hub, asked, by, at=asked.closed)
    connection = await asyncpg.connect(plain(hub.url))
    try:
        # The guards are for what the hub writes; a million of their checks would be all that this test measures.
        await connection.execute("SET session_replication_role = replica")
        question = asked.questions["agua"]
        for statement in GROUND:
            values = [v for n, v in enumerate((asked.id, rows, question, asked.revision_id), 1) if f"${n}" in statement]
            numbered = statement
            for place, n in enumerate([n for n in range(1, 5) if f"${n}" in statement], 1):
                numbered = numbered.replace(f"${n}", f"${place}")
            await connection.execute(numbered, *values)
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
    return asked, viewers


GROUND = (
    """INSERT INTO participation (id, consultation_id, pseudonym)
       SELECT md5('p' || n)::uuid, $1, sha256(n::text::bytea) FROM generate_series(1, $2::int) AS n""",
    """INSERT INTO response (id, consultation_id, revision_id, participation_id, state, respondent_kind, channel,
                             consent, language, received_at, salt, content_hash, similar_to_id)
       SELECT md5('r' || n)::uuid, $1, $4, md5('p' || n)::uuid,
              CASE WHEN n % 100 = 0 THEN 'held' ELSE 'accepted' END, 'individual', 'api',
              CASE WHEN n % 3 = 0 THEN 'not_published' ELSE 'without_name' END, 'es',
              '2026-01-01Z'::timestamptz + n * interval '1 second', '', '',
              CASE WHEN n % 7 = 0 THEN md5('r1')::uuid END FROM generate_series(1, $2::int) AS n""",
    """INSERT INTO answer (response_id, question_id, lineage_id, counted, published)
       SELECT md5('r' || n)::uuid, $3, (SELECT lineage_id FROM question WHERE id = $3), n % 100 > 0, n % 3 > 0
       FROM generate_series(1, $2::int) AS n""",
    """INSERT INTO answer_choice (response_id, question_id, lineage_id, option_code, counted)
       SELECT md5('r' || n)::uuid, $3, (SELECT lineage_id FROM question WHERE id = $3), 'si', n % 100 > 0
       FROM generate_series(1, $2::int) AS n""",
    """INSERT INTO response_draft (id, consultation_id, revision_id, pseudonym, state, edition, saved_at, expires_at)
       SELECT md5('d' || n)::uuid, $1, $4, sha256(('d' || n)::bytea), 'active', 1, now(), now() + interval '9 days'
       FROM generate_series(1, $2::int) AS n""",
    """INSERT INTO receipt (code, response_id, content_hash, issued_at)
       SELECT 'R' || n, md5('r' || n)::uuid, '', now() FROM generate_series(1, $2::int) AS n""",
    """INSERT INTO entry (id, kind, folio, visibility, title, search, published_at, updated_at, created_via)
       SELECT md5('e' || n)::uuid, 'Consultation', 'F/' || n, 'public', title, to_tsvector(n::text), now(),
              '2026-01-01Z'::timestamptz + n * interval '1 second', 'api'
       FROM generate_series(1, $2::int / 10) AS n, (SELECT title FROM consultation WHERE id = $1) AS one""",
    """INSERT INTO consultation (id, mandate_id, body_id, kind, state, title, purpose, source_language, identity_policy,
                                 results_policy, opens_at, opens_local, closes_at, closes_local, zone, created_at,
                                 counted_until, late_until)
       SELECT md5('e' || n)::uuid, mandate_id, md5('b' || n % 300)::uuid, kind, 'scheduled', title, purpose,
              source_language, identity_policy, results_policy, opens_at + n * interval '1 second', opens_local,
              closes_at + n * interval '1 second', closes_local, zone, created_at,
              counted_until + n * interval '1 second', late_until + n * interval '1 second'
       FROM generate_series(1, $2::int / 10) AS n, consultation WHERE consultation.id = $1""",
    """INSERT INTO timetable_notice (id, consultation_id, number, kind, opens_at, opens_local, closes_at, closes_local,
                                     zone, published_at)
       SELECT md5('n' || n)::uuid, md5('e' || n)::uuid, 1, kind, opens_at, opens_local, closes_at, closes_local, zone,
              published_at
       FROM generate_series(1, $2::int / 10) AS n, timetable_notice WHERE consultation_id = $1""",
    """INSERT INTO event (at, type, entity_id, entry_id, facts, public)
       SELECT now(), 'ConsultationScheduled', md5('e' || n)::uuid, md5('e' || (1 + n % ($2::int / 10)))::uuid,
              '{}', true
       FROM generate_series(1, $2::int) AS n""",
)  # fmt: skip

QUERIES = {
    "a consultation by its id": "query ($id: ID!) { node(id: $id) { ... on Consultation { state title { text } } } }",
    "a consultation by its folio": '{ consultationByFolio(folio: "F/77") { state publisher { __typename } } }',
    "the consultations": "{ consultations(first: 20) { nodes { id state mandate { id } } pageInfo { hasNextPage } } }",
    "the open consultations": """{ consultations(first: 20, filter: {state: OPEN}, orderBy: CLOSES_ASC)
        { nodes { id } } }""",
    "the public responses": """query ($id: ID!) { node(id: $id) { ... on Consultation {
        responses(first: 20) { nodes { id answers { options text } } pageInfo { hasNextPage } } } } }""",
    "the responses with all their answers": """query ($id: ID!) { responses(first: 50, filter: {consultation: $id}) {
        nodes { id respondentName organization { id } territory { name } mine answers { options text number consent
        published question { code } territory { name } rows { row option } } availableTransitions { event allowed } }
        pageInfo { hasNextPage } } }""",
    "the late ones of a kind": """query ($id: ID!) { responses(first: 20,
        filter: {consultation: $id, state: HELD, respondentKind: INDIVIDUAL}) { nodes { id } } }""",
    "the late ones everywhere": """{ responses(first: 20,
        filter: {state: HELD}) { nodes { id } pageInfo { hasNextPage } } }""",
    "the marked ones": """query ($id: ID!) { responses(first: 20,
        filter: {consultation: $id, marked: true}) { nodes { id similarTo { id } } } }""",
    "the notices": """query ($id: ID!) { node(id: $id) { ... on Consultation {
        notices(first: 20) { nodes { number kind closing { instant } } } } } }""",
    "what one has begun": """query ($id: ID!) { node(id: $id) { ... on Consultation {
        viewerDraft { edition answers { question text } } viewerIsAskedAgain availableTransitions { event } } } }""",
    "a draft by its code": '{ responseDraft(code: "X", secret: "y") { edition } }',
    "the responses": "{ responses(first: 20) { nodes { id } pageInfo { hasNextPage } } }",
    "the changes": "{ changes(first: 20, orderBy: POSITION_DESC) { nodes { position record { id title { text } } } } }",
    "one's own responses": "{ viewer { responses(first: 20) { nodes { id consultation { id } } } } }",
    "whether one answered": """query ($id: ID!) { node(id: $id) { ... on Consultation {
        viewerHasResponded viewerResponse { id } } } }""",
    "a receipt": '{ receipt(code: "R77") { state } }',
}


MOST_PAGES = 6_000
"""How many pages of 8 kB a query may look at: most look at a few hundred, and one from end to end at far more."""


async def scans(
    hub: Talking, query: str, variables: dict[str, Any], by: Somebody | None = None
) -> tuple[list[str], int]:
    """Return the large tables that the plan reads from one end to the other, and how many pages it looks at."""
    plan = await explained(hub, query, variables, by=by)
    return sorted(plan.scanned & LARGE_TABLES), plan.pages


async def indexes_serve(hub: Talking, rows: int) -> None:
    asked, viewers = await many_rows(hub, rows)
    for by in viewers:
        for name, query in QUERIES.items():
            variables = {"id": asked.node} if "$id" in query else {}
            found, pages = await scans(hub, query, variables, by)
            assert found == [], f"{name} reads all of {found} for {by.name}"
            assert pages < MOST_PAGES, f"{name} looks at {pages} pages for {by.name}"


async def depth_costs_nothing(hub: Talking, rows: int) -> None:
    """The cost of a page is the same at the beginning and far behind."""
    asked, _ = await many_rows(hub, rows)
    page = """query ($id: ID!, $after: String) { node(id: $id) { ... on Consultation {
        responses(first: 20, orderBy: RECEIVED_ASC, after: $after) { edges { cursor node { id } } } } } }"""
    last = """query ($id: ID!) { node(id: $id) { ... on Consultation {
        responses(last: 60, orderBy: RECEIVED_ASC) { edges { cursor } } } } }"""
    edges = (await hub.ask(last, {"id": asked.node}))["node"]["responses"]["edges"]
    looked_at = {}
    for place, after in (("the beginning", None), ("the end", edges[0]["cursor"])):
        runs = [await scans(hub, page, {"id": asked.node, "after": after}) for _ in range(7)]
        assert all(found == [] for found, _ in runs)
        looked_at[place] = min(pages for _, pages in runs)
    assert looked_at["the end"] < 2 * looked_at["the beginning"], looked_at


async def test_indexes_serve_the_main_queries(hub: Talking) -> None:
    await indexes_serve(hub, SMALL)


async def test_a_deep_page_costs_no_more_than_the_first(hub: Talking) -> None:
    await depth_costs_nothing(hub, SMALL)


@pytest.mark.nightly
async def test_indexes_serve_a_million_rows(hub: Talking) -> None:
    await indexes_serve(hub, LARGE)


@pytest.mark.nightly
async def test_a_deep_page_among_a_million_costs_no_more(hub: Talking) -> None:
    await depth_costs_nothing(hub, LARGE)
