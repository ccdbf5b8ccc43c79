"""Recommendations: addressed to somebody, due by a day, answered with reasons, followed up, and counted."""

from __future__ import annotations

import asyncio
import datetime as dt
from uuid import UUID

import pytest

from hub import clock
from hub.clock import day_of
from hub.people.models import Power
from tests.cast import a_citizen, a_coordinator_of, a_representative_of, a_secretary_of
from tests.consultations.asking import es
from tests.making.bodies import a_body
from tests.making.people import an_organization
from tests.making.studies import a_member as in_team
from tests.making.studies import a_published_study, a_study, found, handed_in
from tests.making.studies import begun as work_begun
from tests.studies.asking import do, refused
from tests.talking import Talking

FIGURES = """query ($id: ID!) { node(id: $id) {
  ... on Body { recommendationFigures { ...all } recommendations(filter: {overdue: true}) { totalCount } }
  ... on Organization { recommendationFigures { ...all } recommendations { nodes { number } } } } }
fragment all on RecommendationFigures { received open overdue answered answeredLate takenUp notTakenUp }"""
NONE = {
    "received": 0, "open": 0, "overdue": 0, "answered": 0, "answeredLate": 0, "takenUp": 0, "notTakenUp": 0
}  # fmt: skip
ACCEPTED = {"decision": "ACCEPTED", "reasons": "Es lo correcto."}


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """The body that orders studies."""
    return await a_body(hub)


@pytest.fixture
async def addressee(hub: Talking) -> UUID:
    """The body to which something is recommended."""
    return await a_body(hub, "Comisión de Archivos", acronym="CA")


async def figures(hub: Talking, type_: str, id_: UUID) -> dict[str, int]:
    """Return how somebody stands."""
    node = (await hub.ask(FIGURES, {"id": f"{type_}_{id_}"}))["node"]
    return node["recommendationFigures"]  # type: ignore[no-any-return]


async def recommendations(hub: Talking, study: UUID) -> list[UUID]:
    """Return what a study recommends, by number."""
    rows = await hub.rows("SELECT id FROM finding WHERE study_id = :id AND kind = 'recommendation' ORDER BY number",
                          id=study)  # fmt: skip
    return [row["id"] for row in rows]


async def test_answered_in_time_and_late(hub: Talking, body: UUID, addressee: UUID) -> None:
    then = clock.now() - dt.timedelta(days=40)
    tomas = await a_coordinator_of(hub, addressee, "Tomás Uc", at=then)
    addressed = [found(f"Hagan {n}.", body_id=addressee) for n in range(3)]
    study = await a_published_study(hub, body, found(), *addressed, at=then, answer_days=30)
    first, second, _ = await recommendations(hub, study)
    assert await figures(hub, "Body", addressee) == {**NONE, "received": 3, "open": 3, "overdue": 3}
    with hub.at(then + dt.timedelta(days=30)):
        # The last day is not over.
        assert await figures(hub, "Body", addressee) == {**NONE, "received": 3, "open": 3}
        in_time = await do(hub, "answerRecommendation", tomas, finding_id=first, **ACCEPTED)
    late = await do(hub, "answerRecommendation", tomas, finding_id=second, **ACCEPTED)
    due = (day_of(then) + dt.timedelta(days=30)).isoformat()
    assert (in_time["answeredLate"], late["answeredLate"], late["overdue"], late["answerDueOn"]) == (
        False, True, False, due
    )  # fmt: skip
    expected = {**NONE, "received": 3, "open": 1, "overdue": 1, "answered": 2, "answeredLate": 1}
    assert await figures(hub, "Body", addressee) == expected
    taken = await do(hub, "followRecommendation", tomas, finding_id=first, taken_up=True, note="Ya se hizo.")
    assert (taken["state"], taken["followUp"]["text"]) == ("TAKEN_UP", "Ya se hizo.")
    left = await do(hub, "followRecommendation", tomas, finding_id=second, taken_up=False, note="No hubo dinero.")
    assert left["state"] == "NOT_TAKEN_UP"
    assert await figures(hub, "Body", addressee) == {**expected, "takenUp": 1, "notTakenUp": 1}
    # A later answer stands beside the former one, and changes nothing about the day.
    again = {"decision": "PARTLY", "reasons": "Solo una parte."}
    twice = await do(hub, "answerRecommendation", tomas, finding_id=second, **again)
    assert [(one["number"], one["decision"], one["recorded"]) for one in twice["answers"]] == [
        (1, "ACCEPTED", False),
        (2, "PARTLY", False),
    ]
    assert (await hub.ask(FIGURES, {"id": f"Body_{addressee}"}))["node"]["recommendations"] == {"totalCount": 1}


async def test_an_organisation_answers_by_who_speaks_for_it_or_by_letter(hub: Talking, body: UUID) -> None:
    organization = await an_organization(hub)
    rosa = await a_representative_of(hub, organization, powers=[Power.PUBLISH])
    only_answers = await a_representative_of(hub, organization, "Otra")
    luis = await a_secretary_of(hub, body)
    addressed = [found(f"Hagan {n}.", organization_id=organization) for n in range(2)]
    study = await a_published_study(hub, body, *addressed)
    first, second = await recommendations(hub, study)
    await hub.forget()
    assert await refused(hub, "answerRecommendation", only_answers, finding_id=first, **ACCEPTED) == ["ADDRESSEE_ONLY"]
    assert await hub.log() == []
    own = await do(hub, "answerRecommendation", rosa, finding_id=first, **ACCEPTED)
    by_letter = await do(hub, "answerRecommendation", luis, finding_id=second, **ACCEPTED)
    recorded = [one["answers"][0]["recorded"] for one in (own, by_letter)]
    assert recorded == [False, True]
    assert await hub.log() == ["FindingAnswered", "FindingAnswered"]
    assert (await figures(hub, "Organization", organization))["answered"] == 2


async def test_what_cannot_be_answered(hub: Talking, body: UUID, addressee: UUID) -> None:
    tomas, julia = await a_coordinator_of(hub, addressee, "Tomás Uc"), await a_coordinator_of(hub, body)
    clerk, ana = await a_secretary_of(hub, addressee, "Secretaria"), await a_citizen(hub)
    study = await a_published_study(hub, body, found(), found("Hagan.", body_id=addressee))
    (recommended,) = await recommendations(hub, study)
    (only_found,) = await hub.rows("SELECT id FROM finding WHERE kind = 'finding'")
    await hub.forget()
    assert await refused(hub, "answerRecommendation", tomas, finding_id=only_found["id"], **ACCEPTED) == [
        "NOTHING_RECOMMENDED"
    ]
    for who in (julia, clerk, ana):
        assert await refused(hub, "answerRecommendation", who, finding_id=recommended, **ACCEPTED) == ["ADDRESSEE_ONLY"]
    note = {"finding_id": recommended, "taken_up": True, "note": "Sí."}
    assert await refused(hub, "followRecommendation", tomas, **note) == ["FINDING_NOT_ANSWERED"]
    await do(hub, "retractStudy", julia, study_id=study, reason=es("Estaba mal."))
    assert await hub.log() == ["RevisionRetracted", "StudyRetracted"]
    assert await refused(hub, "answerRecommendation", tomas, finding_id=recommended, **ACCEPTED) == [
        "FINDING_NO_LONGER_SAID"
    ]
    # Nobody owes a retracted study an answer.
    assert await figures(hub, "Body", addressee) == NONE


async def test_what_is_not_published_is_neither_seen_nor_counted(hub: Talking, body: UUID, addressee: UUID) -> None:
    tomas = await a_coordinator_of(hub, addressee, "Tomás Uc")
    study = await a_study(hub, body)
    await in_team(hub, study)
    await work_begun(hub, study)
    await handed_in(hub, study, found("Hagan.", body_id=addressee))
    (recommended,) = await recommendations(hub, study)
    assert await refused(hub, "answerRecommendation", tomas, finding_id=recommended, **ACCEPTED) == ["NOT_FOUND"]
    assert await figures(hub, "Body", addressee) == NONE
    assert (await hub.ask("{ findings { totalCount } }"))["findings"] == {"totalCount": 0}


async def test_who_answers_twice_at_once_answers_once_first(hub: Talking, body: UUID, addressee: UUID) -> None:
    tomas = await a_coordinator_of(hub, addressee, "Tomás Uc")
    study = await a_published_study(hub, body, found("Hagan.", body_id=addressee))
    (recommended,) = await recommendations(hub, study)
    await hub.forget()
    shown = await asyncio.gather(
        *[do(hub, "answerRecommendation", tomas, finding_id=recommended, **ACCEPTED) for _ in range(5)]
    )
    assert {one["state"] for one in shown} == {"ANSWERED"}
    rows = await hub.rows("SELECT number FROM finding_answer ORDER BY number")
    assert [row["number"] for row in rows] == [1, 2, 3, 4, 5]
    assert sorted(await hub.log()) == ["FindingAnswered", *["FindingAnsweredAnew"] * 4]
