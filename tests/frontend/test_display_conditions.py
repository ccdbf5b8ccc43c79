"""The pages show the questions that the hub shows, whatever the rules say; and what a rule says can be read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from frontend_stub.languages import Words
from frontend_stub.questionnaires.depending import dependence
from frontend_stub.questionnaires.showing import asked, judged
from hub.consultations.display_rules import Rule, comparisons, text_of
from hub.consultations.laying_out import conditions
from hub.consultations.showing import judge
from hub.consultations.validating import GivenAnswer, RowAnswer
from tests.consultations.ruling import ANY_RULE

CODES = st.sampled_from(["a", "b", "x", "y", "si", "no", "1", "2"])
ANSWERS = st.one_of(
    st.builds(lambda v: {"option": v}, CODES),
    st.builds(lambda v: {"options": v}, st.lists(CODES, min_size=1, max_size=3, unique=True)),
    st.builds(lambda v: {"ranking": v}, st.lists(CODES, min_size=1, max_size=3, unique=True)),
    st.builds(lambda v: {"number": v}, st.sampled_from([0.0, 1.0, 1.5, 18.0, -2.25])),
    st.builds(lambda v: {"date": str(v)}, st.dates()),
    st.builds(lambda v: {"agreed": v}, st.booleans()),
    st.builds(lambda v: {"text": v}, st.just("algo")),
    st.builds(lambda r, v: {"rows": [{"row": r, "option": v}]}, CODES, CODES),
)


def told(rule: Rule) -> list[dict[str, Any]]:
    """A rule as the API tells it."""
    return [
        {"level": c.level, "operator": c.operator.name, "question": c.question, "row": c.row, "values": list(c.values)}
        for c in conditions(text_of(rule))
    ]


def as_given(code: str, answer: dict[str, Any]) -> GivenAnswer:
    """An answer as the hub reads it."""
    read: dict[str, Any] = dict(answer)
    for name, make in {"options": tuple, "ranking": tuple, "date": dt.date.fromisoformat}.items():
        if name in read:
            read[name] = make(read[name])
    if "number" in read:
        read["number"] = Decimal(str(read["number"]))
    if "rows" in read:
        read["rows"] = tuple(RowAnswer(**row) for row in read["rows"])
    return GivenAnswer(question=code, **read)


@given(ANY_RULE, st.data())
def test_a_rule_holds_here_where_it_holds_in_the_hub(rule: Rule, data: st.DataObject) -> None:
    codes = sorted({comparison.question for comparison in comparisons(rule)})
    answers = {code: data.draw(ANSWERS) for code in codes if data.draw(st.booleans())}
    said = {code: as_given(code, answer).said() for code, answer in answers.items()}
    assert judged(told(rule), answers, ()) is judge(rule, said)
    undecided = {code for code in codes if data.draw(st.booleans())}
    known = {code: said.get(code) for code in codes if code not in undecided}
    assert judged(told(rule), answers, undecided) is judge(rule, known, partly=True)


def a_question(code: str, number: int, rule: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    label = {"text": "Sí", "language": "es"}
    return {
        "code": code,
        "number": number,
        "kind": "SINGLE_CHOICE",
        "options": [{"code": "si", "label": label}],
        "rows": [],
        "displayConditions": rule or [],
    }


def a_look(operator: str, *values: str, level: int = 0, question: str = "a") -> dict[str, Any]:
    return {"level": level, "operator": operator, "question": question, "row": None, "values": list(values)}


JOINT: dict[str, Any] = {"question": None, "row": None, "values": []}


def test_an_answer_to_a_question_that_is_not_asked_counts_for_none_after_it() -> None:
    questions = [
        a_question("a", 1),
        a_question("b", 2, [a_look("IS", "si")]),
        a_question("c", 3, [a_look("ANSWERED", question="b")]),
    ]
    answers = {"a": {"option": "no"}, "b": {"option": "si"}}
    assert asked(questions, answers) == {"a": True, "b": False, "c": False}
    assert asked(questions, {}, open_={"a"}) == {"a": True, "b": None, "c": None}


def test_what_a_question_depends_on_is_said_in_words() -> None:
    questions = {"a": a_question("a", 3), "n": a_question("n", 5)}
    sentences = {
        "Solo si en la pregunta 3 respondiste «<span>Sí</span>».": [a_look("IS", "si")],
        "Solo si no respondiste la pregunta 3.": [
            {"level": 0, "operator": "NOT", **JOINT},
            a_look("ANSWERED", level=1),
        ],
        "Solo si en la pregunta 5 respondiste 18 o más y (respondiste la pregunta 3 o en la pregunta 3 elegiste "
        "«<span>Sí</span>» o no).": [
            {"level": 0, "operator": "EVERY", **JOINT},
            a_look("AT_LEAST", "18", level=1, question="n"),
            {"level": 1, "operator": "EITHER", **JOINT},
            a_look("ANSWERED", level=2),
            a_look("HAS_ANY", "si", "no", level=2),
        ],
    }
    for sentence, rule in sentences.items():
        assert dependence(rule, questions, Words("es")) == sentence
    assert (
        dependence([a_look("IS", "si")], questions, Words("en"))
        == 'Only if you answered «<span lang="es">Sí</span>» to question 3.'
    )
