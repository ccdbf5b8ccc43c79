"""A display rule as data: every part in order, as deep as it stands, as anybody asks for it."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given

from hub.consultations.display_rules import Comparison, Either, Every, Not, Operator, Rule, text_of
from hub.consultations.laying_out import Condition, DisplayOperator, conditions
from hub.consultations.questionnaire_models import QuestionKind
from tests.cast import a_citizen
from tests.consultations.ruling import ANY_RULE
from tests.making.bodies import a_body
from tests.making.consultations import WATER, a_question, a_response, a_section, an_open_consultation
from tests.talking import Talking

RULE = """query ($id: ID!) { node(id: $id) { ... on Consultation { revision { questions { nodes {
  code displayRule displayConditions { level operator question row values } } } } } } }"""
OWN = "{ viewer { responses { nodes { receipt { code } } } } }"
EVERYBODYS = """query ($id: ID!) { responses(filter: {consultation: $id}) { totalCount nodes { receipt { code } } } }"""


def put_together(parts: list[Condition], level: int = 0) -> Rule:
    """The tree that a list was laid out from; takes its parts off the list."""
    part = parts.pop(0)
    assert part.level == level
    inner = []
    while parts and parts[0].level > level:
        inner.append(put_together(parts, level + 1))
    match part.operator:
        case DisplayOperator.NOT:
            (only,) = inner
            return Not(only)
        case DisplayOperator.EVERY:
            return Every(tuple(inner))
        case DisplayOperator.EITHER:
            return Either(tuple(inner))
    assert part.question is not None
    return Comparison(part.question, Operator[part.operator.name], part.values, part.row)


@given(ANY_RULE)
def test_the_rule_can_be_put_together_again(rule: Rule) -> None:
    assert put_together(conditions(text_of(rule))) == rule


async def test_everybody_reads_what_a_question_depends_on(hub: Talking) -> None:
    asked = await an_open_consultation(
        hub,
        await a_body(hub),
        sections=a_section(
            WATER,
            a_question("edad", QuestionKind.NUMBER),
            a_question(
                "porque", QuestionKind.LONG_TEXT, display_rule="agua = no and (edad >= 18 or not answered(edad))"
            ),
        ),
    )
    found = await hub.ask(RULE, {"id": asked.node})
    first, _, last = found["node"]["revision"]["questions"]["nodes"]
    assert (first["displayRule"], first["displayConditions"]) == (None, [])
    nothing = {"row": None, "values": []}
    assert last["displayConditions"] == [
        {"level": 0, "operator": "EVERY", "question": None, **nothing},
        {"level": 1, "operator": "IS", "question": "agua", "row": None, "values": ["no"]},
        {"level": 1, "operator": "EITHER", "question": None, **nothing},
        {"level": 2, "operator": "AT_LEAST", "question": "edad", "row": None, "values": ["18"]},
        {"level": 2, "operator": "NOT", "question": None, **nothing},
        {"level": 3, "operator": "ANSWERED", "question": "edad", **nothing},
    ]


async def test_whoever_gave_a_response_finds_its_receipt_and_nobody_else_does(hub: Talking) -> None:
    body: UUID = await a_body(hub)
    asked = await an_open_consultation(hub, body)
    ana, berta = await a_citizen(hub), await a_citizen(hub, "Berta")
    given_by_ana = await a_response(hub, asked, ana)
    found = await hub.ask(OWN, by=ana)
    assert found["viewer"]["responses"]["nodes"] == [{"receipt": {"code": given_by_ana.receipt}}]
    with hub.at(asked.over):
        for who in (berta, None):
            seen = await hub.ask(EVERYBODYS, {"id": asked.node}, by=who)
            assert seen["responses"] == {"totalCount": 1, "nodes": [{"receipt": None}]}
