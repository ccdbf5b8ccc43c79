"""One operation, one statement: at any size, and the same plan for whoever asks the same thing."""

from __future__ import annotations

from tests.cast import a_citizen, a_coordinator_of
from tests.making.bodies import a_body
from tests.making.consultations import a_closed_consultation, a_response, an_open_consultation
from tests.talking import Talking

WIDE = """
query ($n: Int!) {
  viewer { signedIn person { displayName } }
  consultations(first: $n) {
    totalCount
    edges { cursor node {
      id state title { text easyRead language } publisher { ... on Body { name { text } } } responseCount
      viewerHasResponded viewerIsAskedAgain viewerDraft { answers { text number } }
      notices { nodes { reason { text } } }
      availableTransitions { event allowed reason { message } }
      mandate { folio reason { text } }
      revision { sections { title { text } questions(first: 50) { nodes { title { text } options { code }
        rows { label { text } } tally { answered options { count share } } } } } }
      responses(first: $n) { nodes { mine organization { id } territory { name } similarTo { id }
        answers { text options number rows { option } territory { name } question { code } }
        availableTransitions { event allowed reason { message } } } }
    } }
    pageInfo { hasNextPage endCursor }
  }
  changes(first: $n) { nodes { position record { id title { text } ... on Body { acronym } } } }
}
"""


async def test_a_page_costs_one_statement_at_any_size(hub: Talking) -> None:
    body = await a_body(hub)
    ana = await a_citizen(hub)
    counts = []
    for size in (1, 6):
        while (await hub.ask("{ consultations { totalCount } }"))["consultations"]["totalCount"] < size:
            await an_open_consultation(hub, body)
            closed = await a_closed_consultation(hub, body)
            await a_response(hub, closed, ana)
        for by in (None, ana):
            with hub.counting() as counted:
                data = await hub.ask(WIDE, {"n": size}, by=by)
            assert len(data["consultations"]["edges"]) == size
            counts.append(counted[0])
    assert counts == [1, 1, 1, 1]


async def test_a_mutation_reads_its_payload_by_one_statement(hub: Talking) -> None:
    body = await a_body(hub)
    ana = await a_citizen(hub)
    asked = await an_open_consultation(hub, body)
    submit = """mutation ($input: SubmitResponseInput!) { submitResponse(input: $input) {
      errors { code } event receipt { code } response { id answers { text options question { code } } } } }"""
    answers = [{"question": "agua", "option": "si"}, {"question": "servicios", "options": ["luz", "gas"]}]
    given = {"consultationId": asked.node, "revisionId": asked.revision, "noticeHash": asked.notice_hash}
    given |= {"answers": answers, "consent": "NOT_PUBLISHED"}
    with hub.counting() as counted:
        await hub.act(submit, {"input": given}, by=ana)
    assert counted == [1]


async def test_the_same_question_is_planned_once(hub: Talking) -> None:
    body = await a_body(hub)
    ana, luis = await a_citizen(hub), await a_citizen(hub, "Luis Pech")
    for _ in range(2):
        await an_open_consultation(hub, body)
    documents = hub.hub.executor.documents
    text = "query Q($n: Int, $t: String) { consultations(first: $n, filter: {text: $t}) "
    text += "{ nodes { id viewerHasResponded } } }"
    spaced = text.replace("(", "(\n ").replace("$t: String", "$t: String,,").replace("{ nodes", "{ # how many\n nodes")

    async def plans(query: str, **variables: object) -> int:
        before = documents.planned
        await hub.ask(query, variables, by=who, languages=languages)
        return documents.planned - before

    who, languages = ana, "es"
    assert await plans(text, n=1, t="agua") == 1
    for number, words in ((2, "agua"), (100, "luz"), (3, 'un "texto" \\ raro')):
        assert await plans(text, n=number, t=words) == 0
    who, languages = luis, "nah, en;q=0.5"
    assert await plans(text, n=7, t="agua") == 0
    assert await plans(spaced, n=1, t="agua") == 0
    # Null has another shape, and so has a caller of another class; both are kept as well.
    assert await plans(text, n=1, t=None) == 1
    assert await plans(spaced, n=9, t=None) == 0
    who = await a_coordinator_of(hub, body)
    assert await plans(text, n=1, t="agua") == 0
    assert [await _planned_by_a_visitor(hub, text), await _planned_by_a_visitor(hub, spaced)] == [1, 0]


async def _planned_by_a_visitor(hub: Talking, text: str) -> int:
    before = hub.hub.executor.documents.planned
    await hub.ask(text, {"n": 5, "t": "agua"})
    return hub.hub.executor.documents.planned - before
