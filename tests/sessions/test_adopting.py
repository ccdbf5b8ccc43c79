"""The rules by which a body sits: published in versions by its coordinator, read by everybody, never changed."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.cast import a_citizen, a_visitor, an_administrator
from tests.consultations.asking import es
from tests.making.sessions import MONDAY, Commission, a_commission, a_planned_session, session_rules
from tests.sessions.acts import act, done, named, refused
from tests.talking import Talking

TERMS_GIVEN: dict[str, Any] = {
    "kinds": [
        {"kind": "ORDINARY", "noticeDays": 5, "pointHours": 48},
        {
            "kind": "EXTRAORDINARY",
            "noticeDays": 1,
            "workingDays": False,
            "pointHours": 12,
            "convenedBy": ["COORDINATOR"],
        },
    ],
    "quorums": [
        {"share": {"numerator": 1, "denominator": 2, "moreThan": True}, "of": "ALL"},
        {"share": {"numerator": 0, "denominator": 1}, "least": 2},
    ],
    "nextCall": {"amount": 3, "unit": "WORKING_DAYS"},
    "majorities": [
        {
            "matter": "simple",
            "name": {
                "source": "es",
                "translations": [
                    {"language": "es", "text": "Mayoría simple"},
                    {"language": "en", "text": "Simple majority"},
                ],
            },
            "share": {"numerator": 1, "denominator": 2, "moreThan": True},
        }
    ],
    "castingVote": True,
    "holidays": ["2026-09-16"],
}

RULES = """query ($body: ID!) { node(id: $body) { ... on Body { sessionRules { totalCount nodes { version validFrom
  source { text } terms {
    kinds { kind noticeDays workingDays pointHours convenedBy }
    quorums { share { numerator denominator moreThan } of least }
    nextCall { amount unit }
    majorities { matter name share { numerator denominator moreThan } of abstentionsCount secret }
    castingVote remoteVoice remoteVote alternates minutesMode minutesDays holidays } } } } } }"""
VERSIONS = "query ($body: ID!) { node(id: $body) { ... on Body { sessionRules { nodes { version } } } } }"

SOURCE = es("Lineamientos del órgano")


@pytest.fixture
async def commission(hub: Talking) -> Commission:
    """A commission without rules."""
    return await a_commission(hub, rules=None)


async def versions(hub: Talking, body: UUID) -> list[int]:
    """Return the versions of a body's rules, the newest first."""
    data = await hub.ask(VERSIONS, {"body": f"Body_{body}"})
    return [node["version"] for node in data["node"]["sessionRules"]["nodes"]]


async def test_the_coordinator_publishes_them_and_everybody_reads_them(hub: Talking, commission: Commission) -> None:
    await hub.forget()
    with hub.at(MONDAY):
        payload = await done(
            hub, "adoptSessionRules", commission.julia, body=commission.body, terms=TERMS_GIVEN, source=SOURCE
        )
    assert payload["rules"]["version"] == 1
    assert await hub.log() == ["SessionRulesAdopted"]
    data = await hub.ask(RULES, {"body": f"Body_{commission.body}"}, by=a_visitor(), languages="en")
    (rules,) = data["node"]["sessionRules"]["nodes"]
    half = {"numerator": 1, "denominator": 2, "moreThan": True}
    assert rules == {
        "version": 1,
        "validFrom": "2026-06-01T16:00:00.000000Z",
        "source": {"text": "Lineamientos del órgano"},
        "terms": {
            "kinds": [
                {
                    "kind": "ORDINARY",
                    "noticeDays": 5,
                    "workingDays": True,
                    "pointHours": 48,
                    "convenedBy": ["COORDINATOR", "SECRETARY"],
                },
                {
                    "kind": "EXTRAORDINARY",
                    "noticeDays": 1,
                    "workingDays": False,
                    "pointHours": 12,
                    "convenedBy": ["COORDINATOR"],
                },
            ],
            "quorums": [
                {"share": half, "of": "ALL", "least": 1},
                {"share": {"numerator": 0, "denominator": 1, "moreThan": False}, "of": "FILLED", "least": 2},
            ],
            "nextCall": {"amount": 3, "unit": "WORKING_DAYS"},
            "majorities": [
                {
                    "matter": "simple",
                    "name": "Simple majority",
                    "share": half,
                    "of": "CAST",
                    "abstentionsCount": False,
                    "secret": False,
                }
            ],
            "castingVote": True,
            "remoteVoice": True,
            "remoteVote": True,
            "alternates": True,
            "minutesMode": "LATER_SESSION",
            "minutesDays": 0,
            "holidays": ["2026-09-16"],
        },
    }


async def test_nobody_else_publishes_them(hub: Talking, commission: Commission) -> None:
    given = {"body": commission.body, "terms": TERMS_GIVEN, "source": SOURCE}
    ines = await an_administrator(hub)
    for somebody in (commission.luis, commission.members[0], ines, await a_citizen(hub)):
        assert await refused(hub, "adoptSessionRules", somebody, **given) == ["COORDINATORS_ONLY"]
    assert await refused(hub, "adoptSessionRules", None, **given) == ["UNAUTHENTICATED"]
    assert await versions(hub, commission.body) == []


async def test_everything_that_is_wrong_is_told_at_once(hub: Talking, commission: Commission) -> None:
    wrong = {
        **TERMS_GIVEN,
        "kinds": [{"kind": "ORDINARY", "noticeDays": 999}, {"kind": "ORDINARY", "noticeDays": 1}],
        "quorums": [],
        "majorities": [
            {**TERMS_GIVEN["majorities"][0], "name": {"source": "es", "translations": []}},
            {**TERMS_GIVEN["majorities"][0], "share": {"numerator": 3, "denominator": 2}},
        ],
    }
    given = {
        "body": commission.body,
        "terms": wrong,
        "source": es("x" * 2_001),
        "validFrom": "2026-01-01T00:00Z",
    }
    with hub.at(MONDAY):
        before = await hub.log()
        errors = await hub.refuse(act("adoptSessionRules"), {"input": named(given)}, by=commission.julia)
    assert await hub.log() == before
    assert {(error["code"], ".".join(error["path"])) for error in errors} == {
        ("WORDING_MISSING", "terms.majorities.0.name.source"),
        ("WORDING_TOO_LONG", "source"),
        ("KIND_GIVEN_TWICE", "terms.kinds"),
        ("OUT_OF_RANGE", "terms.kinds.0.noticeDays"),
        ("NOTHING_GIVEN", "terms.quorums"),
        ("MATTER_GIVEN_TWICE", "terms.majorities.0.matter"),
        ("MATTER_GIVEN_TWICE", "terms.majorities.1.matter"),
        ("OUT_OF_RANGE", "terms.majorities.1.share.numerator"),
        ("RULES_TOO_EARLY", "validFrom"),
    }


async def test_a_later_version_holds_from_its_instant_and_never_before_an_earlier_one(
    hub: Talking, commission: Commission
) -> None:
    await session_rules(hub, commission.body)
    july = MONDAY + dt.timedelta(days=30)
    given = {"body": commission.body, "terms": TERMS_GIVEN, "source": SOURCE}
    with hub.at(MONDAY + dt.timedelta(days=1)):
        await done(hub, "adoptSessionRules", commission.julia, **given, valid_from=july.isoformat())
        early = (july - dt.timedelta(seconds=1)).isoformat()
        assert await refused(hub, "adoptSessionRules", commission.julia, **given, valid_from=early) == [
            "RULES_TOO_EARLY"
        ]
    assert await versions(hub, commission.body) == [2, 1]


async def test_two_published_at_once_are_two_versions(hub: Talking, commission: Commission) -> None:
    given = {"input": named({"body": commission.body, "terms": TERMS_GIVEN, "source": SOURCE})}
    answers = await asyncio.gather(
        *(hub.answer(act("adoptSessionRules"), given, by=commission.julia) for _ in range(4))
    )
    payloads = [answer["data"]["adoptSessionRules"] for answer in answers]
    adopted = sorted(payload["rules"]["version"] for payload in payloads if payload["rules"])
    refusals = [payload["errors"][0]["code"] for payload in payloads if payload["errors"]]
    assert set(refusals) <= {"RULES_ADOPTED_MEANWHILE"}
    assert adopted == list(range(1, len(adopted) + 1))
    assert len(adopted) + len(refusals) == 4
    assert (await versions(hub, commission.body))[::-1] == adopted


async def test_a_version_never_changes(hub: Talking, commission: Commission) -> None:
    await session_rules(hub, commission.body)
    with pytest.raises(DBAPIError, match="only ever added"):
        await hub.run("UPDATE session_rules SET version = 7")
    with pytest.raises(DBAPIError, match="only ever added"):
        await hub.run("DELETE FROM session_rules")


async def test_before_a_session_is_convened_nobody_knows_what_binds_it(hub: Talking, commission: Commission) -> None:
    session = await a_planned_session(hub, commission.body)
    with hub.at(MONDAY):
        assert await refused(hub, "conveneSession", commission.julia, session=session) == ["NO_SESSION_RULES"]
