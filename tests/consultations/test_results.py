"""Results: right to the last vote, when they may be seen, and never of what was changed or taken back."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest

from hub.consultations.models import ResultsPolicy
from hub.consultations.response_models import ConsentLevel
from hub.viewer import Scope
from tests.cast import (
    a_citizen,
    a_client,
    a_coordinator_of,
    a_secretary_of,
    a_visitor,
    an_administrator,
    an_analyst_of,
)
from tests.making.bodies import a_body
from tests.making.consultations import (
    Asked,
    Given,
    a_changed_response,
    a_response,
    a_withdrawn_response,
    an_open_consultation,
    answers,
)
from tests.talking import Somebody, Talking

RESULTS = """query ($id: ID!) { node(id: $id) { ... on Consultation {
  responseCount
  revision { questions { nodes { code tally { answered options { code count share label { text } } } } } } } } }"""
PUBLISHED = """query ($id: ID!) { node(id: $id) { ... on Consultation {
  responses(first: 100) { totalCount nodes { state consent mine answers { options text question { code } } } } } } }"""


async def results(hub: Talking, asked: Asked, by: Somebody | None = None) -> tuple[int | None, dict[str, object]]:
    """Return the number of responses and the tallies by question."""
    found = (await hub.ask(RESULTS, {"id": asked.node}, by=by))["node"]
    return found["responseCount"], {q["code"]: q["tally"] for q in found["revision"]["questions"]["nodes"]}


def counted(tally: dict[str, object]) -> dict[str, int]:
    """Return the count of each option."""
    return {option["code"]: option["count"] for option in tally["options"]}  # type: ignore[attr-defined]


async def test_the_counts_are_right_to_the_last_vote(hub: Talking) -> None:
    chance = random.Random(7)
    asked = await an_open_consultation(hub, await a_body(hub), results_policy=ResultsPolicy.LIVE)
    in_force: dict[str, dict[str, object]] = {}
    for n in range(30):
        who = await a_citizen(hub, f"Persona {n}")
        for act in chance.choice(("s", "s", "sc", "scc", "sw", "scw", "sws")):
            given: dict[str, object] = {"agua": chance.choice(("si", "no"))}
            if chance.random() < 0.7:
                given["servicios"] = chance.sample(("luz", "gas", "drenaje"), chance.randint(1, 2))
            if chance.random() < 0.3:
                given["palabras"] = "Algo más."
            if act == "w":
                await a_withdrawn_response(hub, asked, who)
                del in_force[who.name]
            else:
                make = a_response if act == "s" else a_changed_response
                await make(hub, asked, who, answers(**given))  # type: ignore[arg-type]
                in_force[who.name] = given
            # After every single act, not only in the end.
            count, tallies = await results_when_open(hub, asked)
            expected = Counter(str(given["agua"]) for given in in_force.values())
            assert count == len(in_force)
            assert counted(tallies["agua"]) == {"si": expected["si"], "no": expected["no"]}  # type: ignore[arg-type]
    count, tallies = await results_when_open(hub, asked)
    chosen = Counter(code for given in in_force.values() for code in given.get("servicios", ()))  # type: ignore[attr-defined]
    services = [given for given in in_force.values() if "servicios" in given]
    assert tallies["servicios"]["answered"] == len(services)  # type: ignore[index]
    assert counted(tallies["servicios"]) == {code: chosen[code] for code in ("luz", "gas", "drenaje")}  # type: ignore[arg-type]
    for option in tallies["servicios"]["options"]:  # type: ignore[index]
        assert option["share"] == round(option["count"] / len(services), 6)
    assert tallies["palabras"] == {
        "answered": sum("palabras" in given for given in in_force.values()),
        "options": [],
    }


async def results_when_open(hub: Talking, asked: Asked) -> tuple[int | None, dict[str, object]]:
    """Return the results as they are while the consultation takes responses."""
    with hub.at(asked.open):
        return await results(hub, asked)


async def test_results_are_seen_live_or_after_the_closing(hub: Talking) -> None:
    body = await a_body(hub)
    julia, ana = await a_coordinator_of(hub, body), await a_citizen(hub)
    for policy in ResultsPolicy:
        asked = await an_open_consultation(hub, body, results_policy=policy)
        await a_response(hub, asked, ana)
        live = policy is ResultsPolicy.LIVE
        instants = {asked.opens_at: live, asked.open: live, asked.counted_until - TICK: live, asked.counted_until: True}
        for at, seen in instants.items():
            for who in (None, ana, julia):
                with hub.at(at):
                    count, tallies = await results(hub, asked, who)
                assert (count == 1, tallies["agua"] is not None) == (seen, seen), (policy, at)
                assert seen or (count, set(map(str, tallies.values()))) == (None, {"None"})


async def test_nothing_is_counted_where_nobody_answered(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub))
    with hub.at(asked.closed):
        count, tallies = await results(hub, asked)
    assert count == 0
    options = [{"code": code, "count": 0, "share": None, "label": {"text": code.capitalize()}} for code in ("si", "no")]
    assert tallies["agua"] == {"answered": 0, "options": options}


async def test_responses_are_published_by_consent_after_the_closing(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub))
    ana, luis, noe = [await a_citizen(hub, name) for name in ("Ana", "Luis", "Noé")]
    await a_response(hub, asked, ana, answers(agua="si", palabras="De Ana"))
    await a_response(hub, asked, luis, answers(agua="no", palabras="De Luis"), consent=ConsentLevel.NOT_PUBLISHED)
    await a_response(hub, asked, noe, answers(agua="no"))
    await a_withdrawn_response(hub, asked, noe)

    async def seen(by: Somebody | None) -> list[tuple[str, bool]]:
        found = (await hub.ask(PUBLISHED, {"id": asked.node}, by=by))["node"]["responses"]
        assert found["totalCount"] == len(found["nodes"])
        return sorted((node["answers"][-1]["text"] or node["state"], node["mine"]) for node in found["nodes"])

    with hub.at(asked.open):
        assert await seen(None) == []
        assert await seen(ana) == [("De Ana", True)]
        assert await seen(noe) == [("WITHDRAWN", True)]
    with hub.at(asked.closed):
        assert await seen(None) == [("De Ana", False)]
        assert await seen(ana) == [("De Ana", True)]
        assert await seen(luis) == [("De Ana", False), ("De Luis", True)]
        assert await seen(noe) == [("De Ana", False), ("WITHDRAWN", True)]


async def test_a_response_of_somebody_else_is_not_found_by_its_id(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub))
    ana, luis = await a_citizen(hub, "Ana"), await a_citizen(hub, "Luis")
    given = await a_response(hub, asked, ana, consent=ConsentLevel.NOT_PUBLISHED)
    found = "query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }"
    for at in (asked.open, asked.closed):
        with hub.at(at):
            for who, there in ((ana, True), (luis, False), (None, False)):
                data = await hub.ask(found, {"id": f"Response_{given.id}"}, by=who)
                assert ((data["node"] is not None), data["nodes"] != [None]) == (there, there)


TICK = dt.timedelta(microseconds=1)

# ---- by whichever way ---------------------------------------------------------------------------------------------

READ = """query ($consultation: ID!, $response: ID!) {
  node(id: $response) { id } nodes(ids: [$response]) { id } responses { nodes { id } }
  filtered: responses(filter: {consultation: $consultation}) { nodes { id } }
  consultation: node(id: $consultation) { ... on Consultation {
    responses { nodes { id } } viewerResponse { id } } } }"""
LISTS = {"node", "nodes", "responses", "filtered", "consultation.responses"}
MINE = {*LISTS, "consultation.viewerResponse"}
NO_WAY: set[str] = set()


async def ways(hub: Talking, asked: Asked, given: Given, by: Somebody) -> set[str]:
    """The ways by which somebody reads a response."""
    id_ = f"Response_{given.id}"
    found = await hub.ask(READ, {"consultation": asked.node, "response": id_}, by=by)
    things = {
        "node": [found["node"]],
        "nodes": found["nodes"],
        "responses": found["responses"]["nodes"],
        "filtered": found["filtered"]["nodes"],
        "consultation.responses": found["consultation"]["responses"]["nodes"],
        "consultation.viewerResponse": [found["consultation"]["viewerResponse"]],
    }
    return {way for way, read in things.items() if {"id": id_} in read}


@pytest.mark.parametrize(
    ("consent", "afterwards"), [(ConsentLevel.WITHOUT_NAME, LISTS), (ConsentLevel.NOT_PUBLISHED, NO_WAY)]
)
async def test_only_the_respondent_and_the_staff_see_what_is_not_published(
    hub: Talking, consent: ConsentLevel, afterwards: set[str]
) -> None:
    """Not another body, not the administration, not a program, however public the counts are."""
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body, results_policy=ResultsPolicy.LIVE)
    ana = await a_citizen(hub)
    given = await a_response(hub, asked, ana, consent=consent)
    others = [
        a_visitor(),
        await a_citizen(hub, "Beto Luna"),
        await a_coordinator_of(hub, await a_body(hub, "Otra", acronym="OTRA"), "Coordinadora de otro órgano"),
        await an_analyst_of(hub, body, "Sin alcance", scopes=frozenset(Scope) - {Scope.ANALYSIS_WRITE}),
        await an_administrator(hub),
        await a_client(hub),
    ]
    staff = [await a_coordinator_of(hub, body), await a_secretary_of(hub, body), await an_analyst_of(hub, body)]
    instants = {asked.open: NO_WAY, asked.counted_until - TICK: NO_WAY, asked.counted_until: afterwards}
    for instant, seen in instants.items():
        with hub.at(instant):
            assert await ways(hub, asked, given, ana) == MINE
            assert [await ways(hub, asked, given, who) for who in staff] == [LISTS] * len(staff)
            assert [await ways(hub, asked, given, who) for who in others] == [seen] * len(others)


async def test_replaced_and_withdrawn_responses_are_never_published(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub))
    ana, beto = await a_citizen(hub), await a_citizen(hub, "Beto Luna")
    replaced = await a_response(hub, asked, ana)
    current = await a_changed_response(hub, asked, ana, answers(agua="no"))
    withdrawn = await a_response(hub, asked, beto)
    await a_withdrawn_response(hub, asked, beto)
    with hub.at(asked.closed):
        found = [await ways(hub, asked, given, a_visitor()) for given in (current, replaced, withdrawn)]
        assert found == [LISTS, NO_WAY, NO_WAY]
        # Whoever gave them still finds them, as what they are.
        assert await ways(hub, asked, replaced, ana) == LISTS
        assert await ways(hub, asked, withdrawn, beto) == LISTS
        assert await ways(hub, asked, replaced, beto) == NO_WAY


async def test_two_consultations_are_counted_apart(hub: Talking) -> None:
    """They have the same questions under the same codes, and the same person answers."""
    body, ana = await a_body(hub), await a_citizen(hub)
    first, second = [await an_open_consultation(hub, body, results_policy=ResultsPolicy.LIVE) for _ in range(2)]
    await a_response(hub, first, ana, answers(agua="si"))
    await a_response(hub, second, ana, answers(agua="no"))
    for asked, expected in ((first, {"si": 1, "no": 0}), (second, {"si": 0, "no": 1})):
        count, tallies = await results_when_open(hub, asked)
        assert (count, counted(tallies["agua"])) == (1, expected)  # type: ignore[arg-type]


async def test_words_never_appear_in_results(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), results_policy=ResultsPolicy.LIVE)
    await a_response(hub, asked, await a_citizen(hub), answers(agua="si", palabras="Vivo en la calle Olmo."))
    for instant in (asked.open, asked.closed):
        with hub.at(instant):
            answer = await hub.post(RESULTS, {"id": asked.node})
        assert '{"code":"palabras","tally":{"answered":1,"options":[]}}' in answer.text
        assert "Olmo" not in answer.text
