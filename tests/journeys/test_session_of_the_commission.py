"""A session of the commission, from its convocation to its signed minutes, over GraphQL alone.

An acuerdo, adopted by a vote with a quorum, orders a study and a consultation, and both show it. Each acts by their own
token; whoever asks afterwards is nobody in particular and reads the public record in one statement.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.cast import a_citizen
from tests.consultations.asking import a_draft, es
from tests.making.sessions import HOUR, MONDAY, Commission, a_commission
from tests.talking import Somebody, Talking

LATER = dt.timedelta(days=2)

TERMS = {
    "kinds": [
        {"kind": "ORDINARY", "noticeDays": 5, "pointHours": 48},
        {"kind": "EXTRAORDINARY", "noticeDays": 1, "workingDays": False},
    ],
    "quorums": [{"share": {"numerator": 1, "denominator": 2, "moreThan": True}}],
    "nextCall": {"amount": 3, "unit": "WORKING_DAYS"},
    "majorities": [
        {
            "matter": "simple",
            "name": {"source": "es", "translations": [{"language": "es", "text": "Mayoría simple"}]},
            "share": {"numerator": 1, "denominator": 2, "moreThan": True},
        }
    ],
    "minutesMode": "NO_OBJECTION",
    "minutesDays": 1,
}

RECORD = """
query ($session: ID!) {
  node(id: $session) {
    ... on Session {
      folio state openedAt endedAt body { acronym }
      convocations { nodes { number noticeMet } }
      attendance { nodes { membership { name } mode } }
      agenda { nodes { number state title { text } outcome { text } recusals { nodes { membership { name } } }
        motions { nodes { state vote { result quorum present votesFor votesAgainst abstentions
          votes { option membership { name } } } } } } }
      minutes { state contentHash signatures { post } }
      body {
        instruments {
          nodes {
            folio state inForce signatures { nodes { membership { name } } }
            mandates(orderBy: CREATED_ASC) {
              nodes { kind state paragraph section { text { text } }
                study { title { text } state } consultations { nodes { title { text } state } } }
            }
          }
        }
      }
    }
  }
}
"""


def mutation(name: str, fields: str) -> str:
    """Return the document of a mutation."""
    kind = name[0].upper() + name[1:]
    return f"mutation ($input: {kind}Input!) {{ {name}(input: $input) {{ {fields} errors {{ code }} event }} }}"


class Acting:
    """One person at work, by their own token."""

    def __init__(self, hub: Talking, somebody: Somebody) -> None:
        self.hub, self.somebody = hub, somebody

    async def do(self, name: str, fields: str = "", /, **given: Any) -> Any:
        """Carry out a mutation, and return the first object that it answers."""
        payload = await self.hub.act(mutation(name, fields), {"input": given}, by=self.somebody)
        return next((payload[key] for key in payload if key not in ("errors", "event")), None)

    async def refused(self, name: str, /, **given: Any) -> list[str]:
        """Send a mutation that must do nothing, and return the codes of why; the log is as before."""
        before = await self.hub.log()
        errors = await self.hub.refuse(mutation(name, ""), {"input": given}, by=self.somebody)
        assert await self.hub.log() == before
        return [error["code"] for error in errors]


@pytest.fixture
async def commission(hub: Talking) -> Commission:
    """A commission whose seats are filled, without rules of session yet."""
    return await a_commission(hub, rules=None)


async def test_from_the_convocation_to_the_signed_minutes(hub: Talking, commission: Commission) -> None:
    julia, luis = Acting(hub, commission.julia), Acting(hub, commission.luis)
    ana, rosa, noe = (Acting(hub, member) for member in commission.members)
    outsider = Acting(hub, await a_citizen(hub, "Clara Uc"))
    body = f"Body_{commission.body}"
    of_julia, of_luis, of_ana, of_rosa, of_noe = (f"Membership_{id_}" for id_ in commission.memberships)
    await hub.forget()

    with hub.at(MONDAY):
        await julia.do("adoptSessionRules", bodyId=body, terms=TERMS, source=es("Lineamientos de sesiones"))
        plan = {"bodyId": body, "title": es("Primera sesión ordinaria"), "plannedMinutes": 120, "place": es("Sala 1")}
        at_ten = {"declaredLocal": "2026-06-15T10:00:00", "zone": "America/Mexico_City"}
        ordinary = await luis.do("planSession", "session { id }", **plan, kind="ORDINARY", starts=at_ten)
        session = ordinary["id"]
        point = await luis.do(
            "addAgendaItem",
            "agendaItem { id }",
            sessionId=session,
            kind="DECISION",
            title=es("Acuerdo sobre el agua"),
        )
        # Whoever does not sit there convenes nobody, and too short a notice needs a reason.
        assert await outsider.refused("conveneSession", sessionId=session) == ["NOT_FOUND"]
        tomorrow = {"declaredLocal": "2026-06-02T10:00:00", "zone": "America/Mexico_City"}
        hasty = await luis.do("planSession", "session { id }", **plan, kind="ORDINARY", starts=tomorrow)
        await luis.do("addAgendaItem", sessionId=hasty["id"], kind="INFORMATION", title=es("Avisos"))
        assert await luis.refused("conveneSession", sessionId=hasty["id"]) == ["SHORT_NOTICE"]
        convened = await luis.do("conveneSession", "session { folio state }", sessionId=session)
        assert convened == {"folio": "CGA/SESION/2026/001", "state": "CONVENED"}

        drafted = await luis.do(
            "draftInstrument",
            "instrument { id }",
            bodyId=body,
            kind="ACUERDO",
            title=es("Acuerdo sobre el agua"),
            sections=[
                {
                    "code": "primero",
                    "text": es("Se ordena un estudio."),
                    "orders": [{"kind": "STUDY", "title": es("Estudio sobre el agua")}],
                },
                {
                    "code": "segundo",
                    "text": es("Se ordena una consulta."),
                    "orders": [{"kind": "CONSULTATION", "title": es("Consulta sobre el agua")}],
                },
            ],
        )
        instrument = drafted["id"]
        await luis.do("tableInstrument", instrumentId=instrument)

    with hub.at(HOUR):
        for membership in (of_julia, of_luis):
            await luis.do("recordArrival", sessionId=session, membershipId=membership, mode="IN_PERSON")
        assert await julia.refused("openSession", sessionId=session) == ["NO_QUORUM"]
        for membership in (of_ana, of_rosa):
            await luis.do("recordArrival", sessionId=session, membershipId=membership, mode="IN_PERSON")
        await julia.do("openSession", sessionId=session)
        motion = await ana.do(
            "tableMotion",
            "motion { id }",
            agendaItemId=point["id"],
            matter="simple",
            text=es("Que se adopte."),
            instrumentId=instrument,
        )
        # Who takes no part does not count: without her there is no quorum for the vote, though the discussion goes on.
        await rosa.do(
            "declareRecusal", agendaItemId=point["id"], membershipId=of_rosa, reason=es("Mi empresa vende agua.")
        )
        assert await julia.refused("openVote", motionId=motion["id"], method="ROLL_CALL") == ["NO_QUORUM_TO_VOTE"]
        await luis.do("recordArrival", sessionId=session, membershipId=of_noe, mode="IN_PERSON")
        assert await luis.refused("openVote", motionId=motion["id"], method="ROLL_CALL") == ["COORDINATORS_ONLY"]
        vote = await julia.do("openVote", "voteEvent { id }", motionId=motion["id"], method="ROLL_CALL")
        assert await rosa.refused("castVote", voteEventId=vote["id"], option="FOR") == ["RECUSED"]
        assert await outsider.refused("castVote", voteEventId=vote["id"], option="FOR") == ["NO_VOTE_THERE"]
        assert await luis.refused("adoptInstrument", instrumentId=instrument) == ["NO_CARRIED_VOTE"]
        for voter, option in ((julia, "FOR"), (ana, "FOR"), (noe, "AGAINST")):
            await voter.do("castVote", voteEventId=vote["id"], option=option)
        assert await ana.refused("castVote", voteEventId=vote["id"], option="AGAINST") == ["SEAT_HAS_VOTED"]
        await julia.do("closeVote", voteEventId=vote["id"])
        adopted = await luis.do(
            "adoptInstrument", "instrument { folio revision { contentHash } }", instrumentId=instrument
        )
        assert adopted["folio"] == "CGA/ACUERDO/2026/001"
        hashed = adopted["revision"]["contentHash"]
        await julia.do("signInstrument", instrumentId=instrument, contentHash=hashed)
        await luis.do("publishInstrument", instrumentId=instrument, inForceFrom="2026-06-15")
        await luis.do("dealWithAgendaItem", agendaItemId=point["id"], outcome=es("Se adoptó."))
        await julia.do("closeSession", sessionId=session)

        orders = await hub.ask(
            "query ($id: ID!) { node(id: $id) { ... on Instrument { mandates { nodes { id kind } } } } }",
            {"id": instrument},
        )
        mandates = {one["kind"]: one["id"] for one in orders["node"]["mandates"]["nodes"]}
        terms = {"questions": es("¿A quién le falta?"), "terms": es("En tres meses.")}
        await julia.do(
            "orderStudy",
            bodyId=body,
            mandateId=mandates["STUDY"],
            kind="DIAGNOSIS",
            title=es("Estudio sobre el agua"),
            **terms,
        )
        draft = {**a_draft(commission.body), "ownInitiative": None, "mandateId": mandates["CONSULTATION"]}
        asked = await julia.do("createConsultation", "consultation { id }", **draft)
        await julia.do("publishConsultation", consultationId=asked["id"])

        minutes = await luis.do("draftMinutes", "minutes { id }", sessionId=session)
        await luis.do("circulateMinutes", minutesId=minutes["id"])
        assert await luis.refused("approveMinutes", minutesId=minutes["id"]) == ["OBSERVATIONS_RUN"]
    with hub.at(HOUR + LATER):
        approved = await luis.do("approveMinutes", "minutes { contentHash }", minutesId=minutes["id"])
        for signer in (julia, luis):
            await signer.do("signMinutes", minutesId=minutes["id"], contentHash=approved["contentHash"])
        await luis.do("publishMinutes", minutesId=minutes["id"])

        with hub.counting() as counted:
            record = (await hub.ask(RECORD, {"session": session}))["node"]
        assert counted[0] == 1
    assert record["state"] == "FINISHED"
    assert record["convocations"]["nodes"] == [{"number": 1, "noticeMet": True}]
    assert [there["membership"]["name"] for there in record["attendance"]["nodes"]] == [
        "Julia Ordaz",
        "Luis Pech",
        "Ana Robles",
        "Rosa Canul",
        "Noé Ku",
    ]
    (dealt,) = record["agenda"]["nodes"]
    assert (dealt["state"], dealt["outcome"]) == ("DEALT_WITH", {"text": "Se adoptó."})
    assert dealt["recusals"]["nodes"] == [{"membership": {"name": "Rosa Canul"}}]
    (moved,) = dealt["motions"]["nodes"]
    assert moved["state"] == "CARRIED"
    votes = moved["vote"].pop("votes")
    assert moved["vote"] == {
        "result": "CARRIED",
        "quorum": 3,
        "present": 3,
        "votesFor": 2,
        "votesAgainst": 1,
        "abstentions": 0,
    }
    assert [(cast["membership"]["name"], cast["option"]) for cast in votes] == [
        ("Julia Ordaz", "FOR"),
        ("Ana Robles", "FOR"),
        ("Noé Ku", "AGAINST"),
    ]
    assert record["minutes"]["state"] == "PUBLISHED"
    assert record["minutes"]["contentHash"] == approved["contentHash"]
    (act,) = record["body"]["instruments"]["nodes"]
    assert (act["folio"], act["state"], act["inForce"]) == ("CGA/ACUERDO/2026/001", "PUBLISHED", True)
    first, second = act["mandates"]["nodes"]
    assert (first["paragraph"], first["section"]["text"]["text"]) == ("primero", "Se ordena un estudio.")
    assert first["study"] == {"title": {"text": "Estudio sobre el agua"}, "state": "ORDERED"}
    assert (second["paragraph"], second["kind"]) == ("segundo", "CONSULTATION")
    assert second["consultations"]["nodes"] == [{"title": {"text": "Agua para todas y todos"}, "state": "SCHEDULED"}]
