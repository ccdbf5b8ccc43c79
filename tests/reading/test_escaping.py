"""Whatever people write comes back as they wrote it; what no text may hold is refused at the door with words."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hub.consultations.drafts import OptionDraft, QuestionDraft, RowDraft, SectionDraft
from hub.consultations.questionnaire_models import QuestionKind
from hub.consultations.response_models import ConsentLevel
from hub.consultations.validating import GivenAnswer
from hub.text import FORBIDDEN, LocalizedText, Translation
from tests.cast import a_citizen
from tests.making.bodies import a_body
from tests.making.consultations import WORDS, a_response, an_open_consultation, answers
from tests.making.people import a_territory, an_organization
from tests.talking import Talking

ODD = (
    "quotes \" and ' and `",
    "back\\slash \\\\ \\n \\u0041 \\x02",
    "lines\nof\r\nall\rkinds\u2028and\u2029more\ttabs",
    "astral 🜁 🏳️‍🌈 𝒳 \U0010ffff",
    '{}[]:,null "key": 1}',
    "</script><!--]]> & &amp; %s $1 :name {0}",
    "'; DROP TABLE entry; --  ''  E'\\''",
    "\u0080\u0085\u009f\u00a0\u200f\ufeff\ufffe\uffff",
    "ñ n\u0303 İ ı ß ﬀ",
    "x" * 20_000,
)
EVERYTHING = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(
    lambda text: text.strip() != "" and not FORBIDDEN.search(text)
)

READ = """
query ($body: ID!, $consultation: ID!, $person: ID!, $organization: ID!, $territory: ID!) {
  body: node(id: $body) { ... on Body {
    name { text easyRead translations { text easyRead } } remit { text } acronym title { text } } }
  consultation: node(id: $consultation) { ... on Consultation {
    title { text } purpose { text easyRead }
    revision { sections { title { text } questions { nodes {
      code title { text } hint { text } options { label { text } } rows { label { text } }
      unit { text } lowLabel { text } highLabel { text } } } } }
    viewerResponse { respondentName answers { text } }
  } }
  person: node(id: $person) { ... on Person { displayName } }
  organization: node(id: $organization) { ... on Organization { website name { text } } }
  territory: node(id: $territory) { ... on Territory { name formerNames abbreviation } }
}
"""


async def written_everywhere(hub: Talking, text: str) -> tuple[Any, Any]:
    """Write a text wherever there is place for one, and return what is read back with what it should be."""
    localized = LocalizedText("es", {"es": Translation(text, easy_read=text)})
    body = await a_body(hub, localized, remit=localized, acronym=text)
    ana = await a_citizen(hub, text)
    organization = await an_organization(hub, localized, website=text)
    territory = await a_territory(hub, text, former_names=(text, text), abbreviation=text)
    sections = (SectionDraft(title=localized, questions=(WORDS, *worded(localized))),)
    asked = await an_open_consultation(hub, body, title=localized, purpose=localized, sections=sections)
    given = [*answers(palabras=text), GivenAnswer(question="otra", option="otra", other=text)]
    await a_response(hub, asked, ana, given, consent=ConsentLevel.WITH_NAME)
    ids = {
        "body": f"Body_{body}",
        "consultation": asked.node,
        "person": f"Person_{ana.person_id}",
        "organization": f"Organization_{organization}",
        "territory": f"Territory_{territory}",
    }
    data = await hub.ask(READ, ids, by=ana)
    once, both, labelled = {"text": text}, {"text": text, "easyRead": text}, [{"label": {"text": text}}]
    data["questions"] = data["consultation"]["revision"]["sections"][0].pop("questions")["nodes"][1:]
    nothing: dict[str, Any] = {"options": [], "rows": [], "unit": None, "lowLabel": None, "highLabel": None}
    worded_alike = {"title": once, "hint": once, **nothing}
    return data, {
        "body": {"name": {**both, "translations": [both]}, "remit": once, "acronym": text, "title": once},
        "consultation": {
            "title": once,
            "purpose": both,
            "revision": {"sections": [{"title": once}]},
            "viewerResponse": {"respondentName": text.strip(), "answers": [once, once]},
        },
        "questions": [
            {"code": "otra", **worded_alike, "options": labelled * 2},
            {"code": "filas", **worded_alike, "options": labelled * 2, "rows": labelled},
            {"code": "escala", **worded_alike, "lowLabel": once, "highLabel": once},
            {"code": "cuantas", **worded_alike, "unit": once},
        ],
        "person": {"displayName": text.strip()},
        "organization": {"website": text, "name": once},
        "territory": {"name": text, "formerNames": [text, text], "abbreviation": text},
    }


def worded(text: LocalizedText) -> list[QuestionDraft]:
    """A question of each kind that has words besides its own."""
    own = {"title": text, "hint": text}
    option, ends = OptionDraft(code="otra", label=text, other=True), {"low_label": text, "high_label": text}
    plain, plain_too = OptionDraft(code="una", label=text), OptionDraft(code="dos", label=text)
    return [
        QuestionDraft(code="otra", kind=QuestionKind.SINGLE_CHOICE, **own, options=(plain, option)),
        QuestionDraft(
            code="filas",
            kind=QuestionKind.MATRIX,
            **own,
            options=(plain, plain_too),
            rows=(RowDraft(code="fila", label=text),),
        ),
        QuestionDraft(code="escala", kind=QuestionKind.SCALE, **own, minimum=Decimal(1), maximum=Decimal(5), **ends),
        QuestionDraft(code="cuantas", kind=QuestionKind.NUMBER, **own, unit=text),
    ]


@pytest.mark.parametrize("text", [odd[:490] for odd in ODD], ids=range(len(ODD)))
async def test_a_text_comes_back_as_it_was_written(hub: Talking, text: str) -> None:
    found, expected = await written_everywhere(hub, text)
    assert found == expected


@given(text=EVERYTHING)
@settings(
    max_examples=15,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)
async def test_any_text_comes_back_as_it_was_written(hub: Talking, text: str) -> None:
    found, expected = await written_everywhere(hub, text)
    assert found == expected


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
async def test_a_text_is_asked_for_as_it_is(hub: Talking, text: str) -> None:
    name = text[:2_000]
    await a_territory(hub, name, code="99")
    await a_territory(hub, "Otro", code="98")
    found = f"{{ territories(filter: {{name: {json.dumps(name, ensure_ascii=False)}}}) {{ nodes {{ name }} }} }}"
    variable = "query ($n: String!) { territories(filter: {name: $n}) { nodes { name } } }"
    expected = {"territories": {"nodes": [{"name": name}]}}
    assert await hub.ask(variable, {"n": name}) == expected
    assert await hub.ask(found) == expected
    for hole in ("territory(code: $n) { id }", "consultationByFolio(folio: $n) { id }", "receipt(code: $n) { code }"):
        assert list((await hub.ask(f"query ($n: String!) {{ {hole} }}", {"n": name})).values()) == [None]
    held = "query ($n: String!) { responseDraft(code: $n, secret: $n) { edition } }"
    assert await hub.ask(held, {"n": name}) == {"responseDraft": None}
    assert await hub.ask("query ($n: ID!) { node(id: $n) { id } }", {"n": name}) == {"node": None}
    text_search = "query ($n: String!) { consultations(filter: {text: $n}) { totalCount } }"
    assert await hub.ask(text_search, {"n": name}) == {"consultations": {"totalCount": 0}}


CONTROLS = ["\x00", "\x01", "\x02", "\x03", "\x04", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f"]


@pytest.mark.parametrize("character", CONTROLS)
async def test_control_characters_are_refused_in_variables(hub: Talking, character: str) -> None:
    nested = {"n": "x", "f": {"name": f"a{character}b"}}
    for variables in ({"n": f"a{character}b"}, nested, {f"k{character}": 1, "n": "x"}):
        query = "query ($n: String!, $f: TerritoryFilter) "
        query += "{ territory(code: $n) { id } territories(filter: $f) { totalCount } }"
        response = await hub.post(query, variables)
        assert response.status_code == 400
        assert reasons(response.json()) == ["FORBIDDEN_CHARACTER"]


@pytest.mark.parametrize("character", CONTROLS)
async def test_control_characters_are_refused_in_literals(hub: Talking, character: str) -> None:
    escaped = f'{{ territory(code: "a\\u{ord(character):04x}b") {{ id }} }}'
    bare = f'{{ territory(code: "a{character}b") {{ id }} }}'
    block = f'{{ territory(code: """a{character}b""") {{ id }} }}'
    for text in (escaped, bare, block):
        response = await hub.post(text)
        assert response.status_code == 400
        error = response.json()["errors"][0]
        assert error["message"]
        assert error["extensions"].get("reason") == "FORBIDDEN_CHARACTER" or error["extensions"]["code"] == (
            "GRAPHQL_PARSE_FAILED"
        )


async def test_control_characters_are_refused_in_default_values(hub: Talking) -> None:
    errors = await hub.ask('query ($n: String! = "\\u0002") { territory(code: $n) { id } }', expect_errors=True)
    assert errors[0]["extensions"]["reason"] == "FORBIDDEN_CHARACTER"


@pytest.mark.parametrize("body", [
    b'{"query": "query ($n: String!) { territory(code: $n) { id } }", "variables": {"n": "a\\ud800b"}}',
    b'{"query": "query ($n: String!) { territory(code: $n) { id } }", "variables": {"n": "a\\udc00\\ud800b"}}',
    b'{"query": "{ territory(code: \\"a\\ud800b\\") { id } }"}',
    b'{"query": "{ territory(code: \\"a\\\\ud800b\\") { id } }"}',
    b'{"query": "{ territory(code: \\"a\\\\u{d800}b\\") { id } }"}',
])  # fmt: skip
async def test_lone_surrogates_are_refused(hub: Talking, body: bytes) -> None:
    response = await hub.client.post("/graphql", content=body, headers={"content-type": "application/json"})
    assert response.status_code in (200, 400)
    assert response.json()["errors"][0]["message"]
    assert "data" not in response.json()
    assert response.json()["errors"][0]["extensions"]["code"] != "INTERNAL"


async def test_a_forbidden_character_is_refused_where_people_answer(hub: Talking) -> None:
    body = await a_body(hub)
    ana = await a_citizen(hub)
    asked = await an_open_consultation(hub, body)
    submit = "mutation ($input: SubmitResponseInput!) { submitResponse(input: $input) { errors { code path } } }"
    answer = [{"question": "agua", "option": "si"}, {"question": "palabras", "text": "a\x02b"}]
    given_ = {"consultationId": asked.node, "revisionId": asked.revision, "answers": answer, "consent": "NOT_PUBLISHED"}
    await hub.forget()
    response = await hub.post(submit, {"input": given_}, by=ana)
    assert (response.status_code, reasons(response.json())) == (400, ["FORBIDDEN_CHARACTER"])
    assert await hub.log() == []


@pytest.mark.parametrize("instant", [
    "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59-14:00",
    "2026-02-30T00:00:00Z", "infinity", "-infinity", "", "2026", "2026-01-01T00:00:00",
])  # fmt: skip
async def test_no_instant_ends_in_a_surprise(hub: Talking, instant: str) -> None:
    query = "query ($at: DateTime!) { bodies(filter: {updatedSince: $at}) { totalCount } }"
    answer = await hub.answer(query, {"at": instant})
    codes = [error["extensions"]["code"] for error in answer.get("errors", [])]
    assert codes != ["INTERNAL"]
    assert "data" in answer or codes


def reasons(answer: dict[str, Any]) -> list[str]:
    """Return the stable codes of a refused request."""
    return [error["extensions"]["reason"] for error in answer["errors"]]


NUMBERS = {"5": "5", "7.50": "7.5", "-0.000001": "-0.000001", "999999998.999999": "999999998.999999", "100": "100"}
"""Numbers as they are given, and as they are written."""


@pytest.mark.parametrize(("given", "written"), NUMBERS.items())
async def test_a_number_is_written_in_one_form(hub: Talking, given: str, written: str) -> None:
    number = QuestionDraft(
        code="cuantas",
        kind=QuestionKind.NUMBER,
        title=LocalizedText("es", {"es": Translation("¿Cuántas?")}),
        minimum=Decimal(given),
        decimals=6,
    )
    section = SectionDraft(title=number.title, questions=(number,))
    asked = await an_open_consultation(hub, await a_body(hub), sections=(section,))
    query = "query ($c: ID!) { node(id: $c) { ... on Consultation { revision { questions { nodes { minimum } } } } } }"
    response = await hub.post(query, {"c": asked.node})
    assert f'{{"minimum":{written}}}' in response.text
