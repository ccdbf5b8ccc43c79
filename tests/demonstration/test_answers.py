"""What a visitor sees of what the demonstration's commission answered, agreed with others and declared."""

from __future__ import annotations

from hub.demonstration.answered_texts import ANSWERS
from tests.demonstration.visiting import known, seen
from tests.talking import Talking

ANSWERED = """
query ($id: ID!) { node(id: $id) { ... on Consultation {
  state responseCount answerDueOn answerStanding
  report { method { text } }
  statements { nodes { did said { text } question { code } instrument { folio } } }
  revision { questions { nodes { code tally { answered options { code count } } } } }
} } }
"""

AGREEMENT = """
query ($id: ID!) { node(id: $id) { ... on Agreement {
  folio state inForce inForceFrom inForceUntil signedOn documents { nodes { name } }
  parties { signatory signedOn recorded party { __typename } }
  obligations { partyPosition mandate { kind } }
} } }
"""

INTERESTS = """
query ($id: ID!) { node(id: $id) { ... on Body {
  interestDeclarations(orderBy: DECLARED_ASC) { nodes { kind state matter replaces { kind } membership { name } } }
  memberships(filter: { interestsDue: true }) { nodes { name } }
  sessions(filter: { state: [CLOSED, FINISHED] }) { nodes {
    agenda(first: 20) { nodes { recusals { nodes { membership { name } interest { kind summary } } } } } } }
} } }
"""


async def test_a_consultation_that_was_answered_question_by_question(visited: Talking) -> None:
    found = await seen(visited, ANSWERED, await known(visited, "demonstration:consultation:notices", "Consultation"))
    assert (found["state"], found["responseCount"], found["answerStanding"]) == ("ANSWERED", 60, "ANSWERED")
    stated = {one["question"]["code"]: one for one in found["statements"]["nodes"]}
    assert {code: one["did"] for code, one in stated.items()} == {
        "medio": "PARTLY",
        "antes": "ACCEPTED",
        "falto": "ACCEPTED",
    }
    led = {code: one["instrument"] for code, one in stated.items()}
    assert led == {"medio": None, "antes": None, "falto": {"folio": "CGATP/ACUERDO/2026/001"}}
    counted = {one["code"]: one["tally"] for one in found["revision"]["questions"]["nodes"]}
    for code, counts in ANSWERS.items():
        assert {one["code"]: one["count"] for one in counted[code]["options"]} == counts
        assert all(str(count) in stated[code]["said"]["text"] for count in counts.values())
    assert counted["falto"]["answered"] == 20
    assert stated["falto"]["said"]["text"].startswith("20 de 60")


async def test_an_agreement_signed_by_both_and_in_force(visited: Talking) -> None:
    agreement = await seen(visited, AGREEMENT, await known(visited, "demonstration:agreement:formats", "Agreement"))
    assert agreement == {
        "folio": "CGATP/CONVENIO/2026/001",
        "state": "SIGNED",
        "inForce": True,
        "inForceFrom": "2026-11-05",
        "inForceUntil": "2027-11-05",
        "signedOn": "2026-11-05",
        "documents": {"nodes": [{"name": "convenio-para-probar-formatos.pdf"}]},
        "parties": [
            {
                "signatory": "Julia Ordaz Tello",
                "signedOn": "2026-11-05",
                "recorded": False,
                "party": {"__typename": "Body"},
            },
            {
                "signatory": "Irma Castañeda Ruiz",
                "signedOn": "2026-11-03",
                "recorded": True,
                "party": {"__typename": "Organization"},
            },
        ],
        "obligations": [
            {"partyPosition": 2, "mandate": None},
            {"partyPosition": 1, "mandate": {"kind": "GUIDELINE"}},
            {"partyPosition": None, "mandate": None},
        ],
    }


async def test_interests_one_of_them_taken_back_and_one_named_by_a_recusal(visited: Talking) -> None:
    body = await seen(visited, INTERESTS, await known(visited, "demonstration:body:cgatp", "Body"))
    declared = body["interestDeclarations"]["nodes"]
    assert sorted((one["kind"], one["state"]) for one in declared) == [
        ("EMPLOYMENT", "DECLARED"),
        ("EMPLOYMENT", "REVIEWED"),
        ("FAMILY", "DECLARED"),
        *[("NONE", "DECLARED")] * 4,
        ("NONE", "SUPERSEDED"),
    ]
    assert declared[-1]["replaces"] == {"kind": "NONE"}
    assert {one["matter"] for one in declared} == {None}, "That is for the members."
    assert body["memberships"]["nodes"] == [{"name": "Marta Sosa Lira"}]
    points = [point for session in body["sessions"]["nodes"] for point in session["agenda"]["nodes"]]
    recusals = [one for point in points for one in point["recusals"]["nodes"]]
    assert recusals == [
        {
            "membership": {"name": "Ana Robles Quintal"},
            "interest": {"kind": "EMPLOYMENT", "summary": "Trabajo en el Laboratorio Cívico de Ejemplo."},
        }
    ]
