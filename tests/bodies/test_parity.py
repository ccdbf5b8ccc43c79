"""Parity: exact figures, rules in versions, and what they bar. A gender is told to nobody but whose it is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.bodies.balance import VotingSeat, weigh
from hub.bodies.models import BodyState
from hub.bodies.parity import parity_verdict
from hub.bodies.parity_models import ParityConsequence
from hub.bodies.seat_models import Sector
from tests.bodies.acting import act, body_act, codes, words
from tests.cast import a_citizen, a_coordinator_of, a_secretary_of
from tests.making.bodies import a_body, a_membership, a_seat
from tests.making.people import a_territory
from tests.talking import Somebody, Talking

ADOPT = act("adoptParityRule", "parityRule", "id dimension version tolerance consequence reason { text } endedAt")
END = act("endParityRule", "parityRule", "id endedAt")
GENDER = act("declareGender", "membership", "id gender")
FIGURES = """query ($id: ID!) { node(id: $id) { ... on Body {
  parity { dimension version tolerance consequence met counted unknown groups { code count share } }
  parityRules { nodes { version endedAt } } } } }"""


def a_rule(body: object, dimension: str = "SECTOR", **known: Any) -> dict[str, Any]:
    """What a coordinator sends who adopts a rule."""
    wanted = {"bodyId": f"Body_{body}", "dimension": dimension, "tolerance": 10, "consequence": "WARN"}
    return {"input": {**wanted, **known}}


async def figures(hub: Talking, body: object, by: Somebody | None = None) -> list[dict[str, Any]]:
    """Return how a body is made up."""
    data = await hub.ask(FIGURES, {"id": f"Body_{body}"}, by=by)
    return data["node"]["parity"]


async def test_a_body_is_counted_by_sector(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body)
    seats = [await a_seat(hub, body, ordinal=n + 1, sector=s) for n, s in enumerate(
        [Sector.GOVERNMENT, Sector.GOVERNMENT, Sector.ACADEMIA, Sector.CITIZENS])]  # fmt: skip
    await a_seat(hub, body, ordinal=9, voting=False)
    for n, seat in enumerate(seats[:3]):
        await a_membership(hub, seat, f"Persona {n}")
    await a_membership(hub, seats[0], "Suplente", alternate=True)
    await hub.forget()
    rule = (await hub.act(ADOPT, a_rule(body, reason=words("Lo pide el reglamento.")), by=julia))["parityRule"]
    assert (rule["version"], rule["reason"]) == (1, {"text": "Lo pide el reglamento."})
    assert await figures(hub, body) == [{
        "dimension": "SECTOR", "version": 1, "tolerance": 10, "consequence": "WARN", "met": False,
        "counted": 3, "unknown": 0, "groups": [
            {"code": "government", "count": 2, "share": 66.666667}, {"code": "others", "count": 1, "share": 33.333333},
        ],
    }]  # fmt: skip
    await a_membership(hub, seats[3], "Persona 3")
    (figure,) = await figures(hub, body)
    assert (figure["met"], [group["count"] for group in figure["groups"]]) == (True, [2, 2])
    again = (await hub.act(ADOPT, a_rule(body, tolerance=0), by=julia))["parityRule"]
    shown = (await hub.ask(FIGURES, {"id": f"Body_{body}"}))["node"]["parityRules"]["nodes"]
    assert [(one["version"], one["endedAt"] is None) for one in shown] == [(2, True), (1, False)]
    ended = {"input": {"parityRuleId": again["id"]}}
    await hub.act(END, ended, by=julia)
    assert codes(await hub.refuse(END, ended, by=julia)) == ["PARITY_RULE_OVER"]
    assert await figures(hub, body) == []


async def test_who_adopts_a_rule(hub: Talking) -> None:
    body = await a_body(hub)
    julia, luis = await a_coordinator_of(hub, body), await a_secretary_of(hub, body)
    await hub.forget()
    assert codes(await hub.refuse(ADOPT, a_rule(body), by=luis)) == ["COORDINATORS_ONLY"]
    assert codes(await hub.refuse(ADOPT, a_rule(body, tolerance=101), by=julia)) == ["OUT_OF_RANGE"]
    assert (await hub.log(), await hub.rows("SELECT 1 FROM parity_rule")) == ([], [])


async def test_a_gender_is_ones_own(hub: Talking) -> None:
    body = await a_body(hub)
    julia, luis = await a_coordinator_of(hub, body), await a_secretary_of(hub, body)
    people = [await a_citizen(hub, f"Persona {n}") for n in range(3)]
    held = [await a_membership(hub, await a_seat(hub, body, ordinal=n + 1), by=who) for n, who in enumerate(people)]
    await hub.act(ADOPT, a_rule(body, "GENDER"), by=julia)
    await hub.forget()
    for n, gender in enumerate(("WOMAN", "WOMAN", "MAN")):
        declared = {"input": {"membershipId": f"Membership_{held[n]}", "gender": gender}}
        assert codes(await hub.refuse(GENDER, declared, by=luis)) == ["ONES_OWN_ONLY"]
        # Of fewer than three nobody is told anything.
        (figure,) = await figures(hub, body)
        assert (figure["groups"], figure["counted"], figure["unknown"], figure["met"]) == ([], 0, 3, True)
        assert (await hub.act(GENDER, declared, by=people[n]))["membership"]["gender"] == gender
    (figure,) = await figures(hub, body, by=luis)
    assert [(group["code"], group["count"]) for group in figure["groups"]] == [("man", 1), ("woman", 2)]
    node = "query ($id: ID!) { node(id: $id) { ... on Membership { gender } } }"
    for who in (luis, julia, people[1]):
        assert (await hub.ask(node, {"id": f"Membership_{held[0]}"}, by=who))["node"] == {"gender": None}
    back = {"input": {"membershipId": f"Membership_{held[0]}"}}
    assert (await hub.act(GENDER, back, by=people[0]))["membership"]["gender"] is None
    assert await hub.log() == ["GenderDeclared"] * 4
    assert "woman" not in repr(await hub.events())


async def test_no_parity_bars_constitution_and_votes(hub: Talking) -> None:
    body = await a_body(hub, state=BodyState.PLANNED)
    julia = await a_coordinator_of(hub, body)
    place, other = await a_territory(hub), await a_territory(hub, "Yucatán", code="31")
    seats = [await a_seat(hub, body, ordinal=n + 1, territory_id=id_) for n, id_ in enumerate((place, other))]
    await a_membership(hub, seats[0], "Ana")
    await hub.act(ADOPT, a_rule(body, "TERRITORY", consequence="BLOCK_CONSTITUTION"), by=julia)
    await hub.act(ADOPT, a_rule(body, "SECTOR", consequence="BLOCK_VOTE"), by=julia)
    await hub.forget()
    constitute = body_act("constituteBody")
    named = {"input": {"bodyId": f"Body_{body}"}}
    assert codes(await hub.refuse(constitute, named, by=julia)) == ["NO_PARITY_OF_TERRITORIES"]
    assert await hub.log() == []
    async with hub.change() as change:
        verdict = await parity_verdict(change, body, ParityConsequence.BLOCK_VOTE)
        assert getattr(verdict, "code", None) == "NO_PARITY_OF_SECTORS"
        assert await parity_verdict(change, body, ParityConsequence.WARN) is True
    await a_membership(hub, seats[1], "Luis")
    assert (await hub.act(constitute, named, by=julia))["body"]["state"] == "CONSTITUTED"


SEATS = st.lists(
    st.builds(
        VotingSeat,
        sector=st.sampled_from([sector.value for sector in Sector]),
        territory=st.sampled_from([None, "01", "02", "03"]),
        held=st.booleans(),
        gender=st.sampled_from([None, "woman", "man", "nonbinary"]),
    ),
    max_size=40,
)


@pytest.mark.parametrize("dimension", ["sector", "gender", "territory"])
@given(seats=SEATS, tolerance=st.integers(0, 100))
@settings(max_examples=200, deadline=None)
def test_counts_add_up(dimension: str, seats: list[VotingSeat], tolerance: int) -> None:
    """Whoever sits there is counted once or is unknown, and a looser rule is met wherever a stricter one is."""
    balance = weigh(dimension, tolerance, seats)
    assert sum(balance.counts.values()) == balance.counted
    assert balance.counted + balance.unknown == sum(seat.held for seat in seats)
    assert weigh(dimension, 100, seats).met
    assert weigh(dimension, min(tolerance + 1, 100), seats).met or not balance.met
