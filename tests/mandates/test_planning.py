"""The work programme of a year: drafted by the officers, approved by an instrument, carried out by mandates."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hub import clock
from tests.making.instruments import a_published_instrument, a_tabled_instrument, text
from tests.making.mandates import an_ordered_mandate
from tests.making.sittings import Sitting, a_sitting
from tests.sessions.voting import codes, given
from tests.talking import Talking

STANDING = """id year state title { text } instrument { id } approvedAt
  lines { position title { text } explanation { text } mandate { id } }"""
LIST = f"""query ($id: ID!) {{ node(id: $id) {{ ... on Body {{ workProgrammes {{ nodes {{ {STANDING} }} }} }} }} }}"""


def act(verb: str) -> str:
    """Return the mutation that does this to a work programme."""
    kind = f"{verb[0].upper()}{verb[1:]}"
    return f"""mutation ($input: {kind}Input!) {{ {verb}(input: $input) {{
      workProgramme {{ {STANDING} }} errors {{ __typename code message path }} event }} }}"""


DRAFT, EDIT, APPROVE = act("draftWorkProgramme"), act("editWorkProgramme"), act("approveWorkProgramme")
CLOSE, LINK = act("closeWorkProgramme"), act("linkWorkProgrammeLine")


def lines(*titles: str) -> list[dict[str, Any]]:
    """Lines as they are sent."""
    return [{"title": text(title)} for title in titles]


@pytest.fixture
async def sitting(hub: Talking) -> Sitting:
    """A body with its people."""
    return await a_sitting(hub, voting=2)


async def test_the_programme_of_a_year(hub: Talking, sitting: Sitting) -> None:
    luis, julia = sitting.secretary, sitting.coordinator
    today = clock.day_of(clock.now()).isoformat()
    approving = await a_published_instrument(hub, sitting, in_force_from=today)
    tabled = await a_tabled_instrument(hub, sitting)
    mandate = await an_ordered_mandate(hub, sitting.body_id, by=julia)
    body = f"Body_{sitting.body_id}"
    drafting = given(bodyId=body, year=2027, title=text("Programa 2027"), lines=lines("Consultar", "Estudiar"))
    await hub.forget()
    assert codes(await hub.refuse(DRAFT, drafting, by=sitting.people[2])) == ["OFFICERS_ONLY"]
    answers = await asyncio.gather(*[hub.answer(DRAFT, drafting, by=luis) for _ in range(3)])
    payloads = [answer["data"]["draftWorkProgramme"] for answer in answers]
    assert sorted(codes(payload["errors"]) for payload in payloads) == [[], *[["PROGRAMME_OF_THE_YEAR"]] * 2]
    (programme,) = [payload["workProgramme"]["id"] for payload in payloads if payload["workProgramme"]]
    assert (await hub.ask(LIST, {"id": body}))["node"]["workProgrammes"]["nodes"] == []
    about = {"workProgrammeId": programme}
    await hub.act(EDIT, given(**about, title=text("Programa"), lines=lines("Consultar", "Publicar")), by=luis)
    unpublished = given(**about, instrumentId=tabled["id"])
    assert codes(await hub.refuse(APPROVE, unpublished, by=luis)) == ["INSTRUMENT_DOES_NOT_APPROVE"]
    linking = given(**about, position=2, mandateId=mandate)
    assert codes(await hub.refuse(LINK, linking, by=luis)) == ["PROGRAMME_NOT_APPROVED"]
    await hub.act(APPROVE, given(**about, instrumentId=approving["id"]), by=luis)
    assert codes(await hub.refuse(EDIT, given(**about, title=text("Otro"), lines=lines("A")), by=luis)) == [
        "PROGRAMME_APPROVED"
    ]
    assert codes(await hub.refuse(LINK, given(**about, position=3, mandateId=mandate), by=luis)) == ["NOT_FOUND"]
    await hub.act(LINK, linking, by=luis)
    (seen,) = (await hub.ask(LIST, {"id": body}))["node"]["workProgrammes"]["nodes"]
    assert {**seen, "approvedAt": None} == {
        "id": programme,
        "year": 2027,
        "state": "APPROVED",
        "title": {"text": "Programa"},
        "instrument": {"id": approving["id"]},
        "approvedAt": None,
        "lines": [
            {"position": 1, "title": {"text": "Consultar"}, "explanation": None, "mandate": None},
            {"position": 2, "title": {"text": "Publicar"}, "explanation": None, "mandate": {"id": mandate}},
        ],
    }
    assert (await hub.act(CLOSE, given(**about), by=luis))["workProgramme"]["state"] == "CLOSED"
    assert await hub.log() == [
        "WorkProgrammeDrafted",
        "WorkProgrammeEdited",
        "WorkProgrammeApproved",
        "WorkProgrammeLineCarriedOut",
        "WorkProgrammeClosed",
    ]


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"year": 1}, "OUT_OF_RANGE"),
        ({"lines": []}, "OUT_OF_RANGE"),
        ({"lines": lines("x" * 501)}, "WORDING_TOO_LONG"),
        ({"title": {"source": "es", "translations": []}}, "WORDING_MISSING"),
    ],
)
async def test_what_no_programme_says(hub: Talking, sitting: Sitting, known: dict[str, Any], code: str) -> None:
    await hub.forget()
    wanted = {"bodyId": f"Body_{sitting.body_id}", "year": 2027, "title": text("P"), "lines": lines("A"), **known}
    assert codes(await hub.refuse(DRAFT, given(**wanted), by=sitting.secretary)) == [code]
    assert await hub.log() == []
