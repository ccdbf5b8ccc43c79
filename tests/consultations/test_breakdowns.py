"""Breakdowns as everybody sees them: small groups are nowhere, also for the staff, and facets count what is visible."""

from __future__ import annotations

import json

from hub.consultations.models import IdentityPolicy
from hub.consultations.questionnaire_models import QuestionKind, Sensitivity
from hub.consultations.response_models import ConsentLevel
from hub.people.models import OrganizationKind
from tests.cast import a_citizen, an_analyst_of
from tests.consultations.results_asked import TABLES, answered, counted, figures, option, tables
from tests.making.bodies import a_body
from tests.making.consultations import WATER, a_question, a_section, an_open_consultation, some_responses
from tests.making.people import a_territory, an_organization
from tests.talking import Talking

SECRET = a_question("enfermo", QuestionKind.SINGLE_CHOICE, "si", "no", sensitivity=Sensitivity.CONFIDENTIAL)
FACETS = """query ($id: ID!) { node(id: $id) { ... on Consultation { responses { totalCount facets {
  respondentKind { code label count share } channel { code count } language { code label count }
  timeliness { code count } } } } } }"""
PARTICIPATION = """query ($id: ID!) { node(id: $id) { ... on Consultation { participation { responses
  responsesByDay { day count } responsesByChannel { channel count } begunNotSent completionRate
  invitationsIssued responseRate } } } }"""


async def test_a_small_group_is_nowhere(hub: Talking) -> None:
    """Two people of Colima and two organisations, each answering otherwise than everybody else."""
    places = [await a_territory(hub, name, code=code) for name, code in (("Jalisco", "14"), ("Puebla", "21"))]
    colima = await a_territory(hub, "Colima", code="06")
    club = await an_organization(hub, kind=OrganizationKind.CIVIL_SOCIETY)
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER, SECRET), smallest_cell=5)
    for place in places:
        await some_responses(hub, asked, 8, option("agua", "si"), option("enfermo", "no"), territory_id=place)
        await some_responses(hub, asked, 6, option("agua", "no"), option("enfermo", "si"), territory_id=place)
    await some_responses(hub, asked, 2, option("agua", "no"), option("enfermo", "si"), territory_id=colima)
    given = [option("agua", "no"), option("enfermo", "si")]
    await some_responses(hub, asked, 2, *given, territory_id=places[0], organization_id=club, language="nah")
    at = await counted(hub, asked)
    for who in (None, await a_citizen(hub), await an_analyst_of(hub, body)):
        found = await tables(hub, asked, at, who)
        text = json.dumps(list(found.values()))
        assert all(canary not in text for canary in ('"06"', "Colima", '"organization"', '"nah"'))
        numbers = [c["answered"] for t in found.values() for c in t["categories"]]
        numbers += [i["count"] for t in found.values() for c in t["categories"] for i in c["items"]]
        assert [number for number in numbers if number is not None and number < 5] == []
        states = answered(found["", "STATE"])
        # Colima is too small, and so is it alone: it is put together with the next smallest.
        assert "other" in states
        assert sum(count for count in states.values() if count) == 32
        assert figures(found["agua", "TOTAL"]) == {"si": 16, "no": 16}


async def test_published_answers_are_taken_into_account(hub: Talking) -> None:
    """Of six who said yes in Jalisco five can be read: the sixth would be known from the breakdown."""
    jalisco, puebla = await a_territory(hub, "Jalisco", code="14"), await a_territory(hub, "Puebla", code="21")
    asked = await an_open_consultation(hub, await a_body(hub), sections=a_section(WATER), smallest_cell=3)
    public = ConsentLevel.WITHOUT_NAME
    for place in (jalisco, puebla):
        await some_responses(hub, asked, 6, option("agua", "no"), territory_id=place)
        await some_responses(hub, asked, 6, option("agua", "si"), territory_id=place)
    await some_responses(hub, asked, 5, option("agua", "si"), territory_id=jalisco, consent=public)
    third = await a_territory(hub, "Colima", code="06")
    await some_responses(hub, asked, 5, option("agua", "si"), territory_id=third, consent=public)
    await some_responses(hub, asked, 1, option("agua", "si"), territory_id=third)
    await some_responses(hub, asked, 8, option("agua", "no"), territory_id=third)
    found = await tables(hub, asked, await counted(hub, asked))
    assert answered(found["agua", "STATE"]) == {"06": 14, "14": 17, "21": 12}
    # Six said yes in Colima, which is more than three; but one of them said so in confidence.
    assert figures(found["agua", "STATE"], "06") == {"si": None, "no": None}


async def test_the_staff_reads_responses_and_no_small_figure(hub: Talking) -> None:
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body, sections=a_section(SECRET), smallest_cell=5)
    await some_responses(hub, asked, 9, option("enfermo", "no"))
    await some_responses(hub, asked, 2, option("enfermo", "si"))
    at = await counted(hub, asked)
    noe = await an_analyst_of(hub, body)
    with hub.at(at):
        seen = await hub.ask("{ responses(first: 100) { nodes { answers { options } } } }", by=noe)
    assert [a["options"] for r in seen["responses"]["nodes"] for a in r["answers"]].count(["si"]) == 2
    assert figures((await tables(hub, asked, at, noe))["enfermo", "TOTAL"]) == {"si": None, "no": None}


async def test_facets_count_what_is_visible(hub: Talking) -> None:
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER))
    await some_responses(hub, asked, 3, option("agua", "si"), consent=ConsentLevel.WITHOUT_NAME)
    await some_responses(hub, asked, 1, option("agua", "si"), consent=ConsentLevel.WITHOUT_NAME, language="en")
    await some_responses(hub, asked, 2, option("agua", "no"), language="nah")
    noe = await an_analyst_of(hub, body)
    with hub.at(asked.closed):
        everybody = (await hub.ask(FACETS, {"id": asked.node}))["node"]["responses"]
        staff = (await hub.ask(FACETS, {"id": asked.node}, by=noe))["node"]["responses"]
        nobody = (await hub.ask(FACETS.replace("responses {", "responses(first: 1) {"), {"id": asked.node}))["node"]
    assert everybody == {
        "totalCount": 4,
        "facets": {
            "respondentKind": [{"code": "INDIVIDUAL", "label": "persona", "count": 4, "share": 1}],
            "channel": [{"code": "PAPER", "count": 4}],
            "language": [
                {"code": "es", "label": "español", "count": 3},
                {"code": "en", "label": "inglés", "count": 1},
            ],
            "timeliness": [{"code": "ON_TIME", "count": 4}],
        },
    }
    assert nobody["responses"] == everybody, "A facet is of the whole list, whatever the page."
    assert [facet["count"] for facet in staff["facets"]["language"]] == [3, 2, 1]


async def test_facets_follow_the_filter(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), sections=a_section(WATER))
    await some_responses(hub, asked, 3, option("agua", "si"), consent=ConsentLevel.WITHOUT_NAME)
    query = "query ($c: [Channel!]) { responses(filter: {channel: $c}) { facets { channel { code count } } } }"
    with hub.at(asked.closed):
        for channel, expected in (("PAPER", [{"code": "PAPER", "count": 3}]), ("WEB", [])):
            found = await hub.ask(query, {"c": [channel]})
            assert found["responses"]["facets"]["channel"] == expected


async def test_participation_is_told_when_results_are_and_before_to_the_staff(hub: Talking) -> None:
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER))
    await some_responses(hub, asked, 3, option("agua", "si"), received=asked.opens_at)
    await some_responses(hub, asked, 1, option("agua", "si"))
    noe, other = await an_analyst_of(hub, body), await an_analyst_of(hub, await a_body(hub, "Otra Comisión"))
    with hub.at(asked.open):
        for who in (None, other):
            assert (await hub.ask(PARTICIPATION, {"id": asked.node}, by=who))["node"]["participation"] is None
        watched = (await hub.ask(PARTICIPATION, {"id": asked.node}, by=noe))["node"]["participation"]
        assert [day["count"] for day in watched["responsesByDay"]] == [3, 1]
    with hub.at(asked.closed):
        found = (await hub.ask(PARTICIPATION, {"id": asked.node}))["node"]["participation"]
    assert [day["count"] for day in found.pop("responsesByDay")] == [3, 1]
    assert found == {
        "responses": 4,
        "responsesByChannel": [{"channel": "PAPER", "count": 4}],
        "begunNotSent": 0,
        "completionRate": 1,
        "invitationsIssued": None,
        "responseRate": None,
    }


async def test_who_was_invited_is_counted(hub: Talking) -> None:
    policy = IdentityPolicy.INVITED
    asked = await an_open_consultation(hub, await a_body(hub), sections=a_section(WATER), identity_policy=policy)
    await some_responses(hub, asked, 1, option("agua", "si"))
    add = """INSERT INTO invitation (id, consultation_id, digest, batch, issued_on)
      SELECT gen_random_uuid(), :id, sha256(n::text::bytea), 'lista', '2026-01-01' FROM generate_series(1, 4) AS n"""
    await hub.run(add, id=asked.id)
    with hub.at(asked.closed):
        found = (await hub.ask(PARTICIPATION, {"id": asked.node}))["node"]["participation"]
    assert (found["invitationsIssued"], found["responseRate"]) == (4, 0.25)


async def test_what_was_counted_has_no_field(hub: Talking) -> None:
    errors = await hub.ask(TABLES.replace("position", "truth"), {"id": "Consultation_x"}, expect_errors=True)
    assert "truth" in errors[0]["message"]
