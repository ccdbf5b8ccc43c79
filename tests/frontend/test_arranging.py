"""What is done to a questionnaire in one place leaves everything else as it was, and can be undone."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontend_stub.building import arranging
from frontend_stub.building.arranging import Gone, Input, Place, codes_of, place_of, question_of
from frontend_stub.building.carrying import Spoilt, packed, unpacked
from frontend_stub.building.codes import CODE, fresh_code
from frontend_stub.building.kinds import KINDS, blank
from frontend_stub.building.rules import read_rule, references

CODES = [f"p{n}" for n in range(12)]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def written(text: str) -> Input:
    return {"source": "es", "translations": [{"language": "es", "text": text, "origin": "HUMAN", "easyRead": None}]}


@st.composite
def questionnaires(draw: st.DrawFn, *, fewest: int = 1) -> Input:
    """A questionnaire of a few sections, some of them empty, whose questions have rules about each other."""
    codes = draw(st.lists(st.sampled_from(CODES), min_size=fewest, unique=True))
    sections: list[Input] = [
        {"title": written(f"Parte {n}"), "introduction": None, "questions": []} for n in range(draw(st.integers(1, 4)))
    ]
    for code in codes:
        rule = draw(st.none() | st.sampled_from([f"answered({other})" for other in CODES] + ["esto no es ("]))
        question: dict[str, Any] = {**blank(draw(st.sampled_from(KINDS))), "code": code, "title": written(code)}
        draw(st.sampled_from(sections))["questions"].append({**question, "displayRule": rule})
    return {"sections": sections}


def any_code(data: st.DataObject, questionnaire: Input) -> str:
    return data.draw(st.sampled_from(codes_of(questionnaire)))


@given(questionnaires(), st.data(), st.sampled_from([-1, 1]))
def test_a_question_that_is_moved_can_be_moved_back(questionnaire: Input, data: st.DataObject, by: int) -> None:
    before = copy.deepcopy(questionnaire)
    code = any_code(data, questionnaire)
    moved = arranging.with_question_moved(questionnaire, code, by=by)
    assert questionnaire == before, "What was given stays as it was."
    assert sorted(codes_of(moved)) == sorted(codes_of(questionnaire))
    if moved != questionnaire:
        assert arranging.with_question_moved(moved, code, by=-by) == questionnaire


@given(questionnaires(), st.data())
def test_every_place_is_reached_one_step_at_a_time(questionnaire: Input, data: st.DataObject) -> None:
    code = any_code(data, questionnaire)
    for _ in range(40):
        questionnaire = arranging.with_question_moved(questionnaire, code, by=-1)
    assert place_of(questionnaire, code) == Place(0, 0)


@given(questionnaires(), st.data())
def test_a_question_in_another_section_is_its_last(questionnaire: Input, data: st.DataObject) -> None:
    code = any_code(data, questionnaire)
    section = data.draw(st.integers(0, len(questionnaire["sections"]) - 1))
    moved = arranging.with_question_in(questionnaire, code, section)
    assert moved["sections"][section]["questions"][-1] == question_of(questionnaire, code)
    assert arranging.without_question(moved, code) == arranging.without_question(questionnaire, code)


@given(questionnaires(), st.data())
def test_what_was_removed_is_put_back_as_it_was(questionnaire: Input, data: st.DataObject) -> None:
    code = any_code(data, questionnaire)
    place, question = place_of(questionnaire, code), question_of(questionnaire, code)
    removed = arranging.without_question(questionnaire, code)
    assert code not in codes_of(removed)
    assert arranging.with_question(removed, unpacked(packed(question)), place) == questionnaire
    at = data.draw(st.integers(0, len(questionnaire["sections"]) - 1))
    section = arranging.section_of(questionnaire, at)
    assert arranging.with_section(arranging.without_section(questionnaire, at), section, at) == questionnaire


@given(questionnaires(), st.data())
def test_a_copy_is_the_same_but_for_its_code(questionnaire: Input, data: st.DataObject) -> None:
    code = any_code(data, questionnaire)
    copied, another = arranging.with_question_copied(questionnaire, code)
    assert another not in codes_of(questionnaire)
    place = place_of(questionnaire, code)
    assert place_of(copied, another) == Place(place.section, place.number + 1)
    same = {**question_of(copied, another), "code": code}
    assert {name: value for name, value in same.items() if name != "continues"} == question_of(questionnaire, code)
    assert arranging.without_question(copied, another) == questionnaire


@given(questionnaires(), st.data())
def test_rules_follow_a_question_to_another_code(questionnaire: Input, data: st.DataObject) -> None:
    code = any_code(data, questionnaire)
    question = {**question_of(questionnaire, code), "code": "otra"}
    renamed = arranging.with_question_put(questionnaire, code, question)
    for old, new in zip(arranging.placed(questionnaire), arranging.placed(renamed), strict=True):
        before, after = old[1]["displayRule"], new[1]["displayRule"]
        if before is None or before.startswith("esto"):
            assert after == before
        else:
            expected = ["otra" if named == code else named for named in references(read_rule(before))]
            assert list(references(read_rule(after))) == expected
    back = arranging.with_question_put(renamed, "otra", {**question_of(renamed, "otra"), "code": code})
    assert back == questionnaire


@given(questionnaires(), st.data(), st.sampled_from([-1, 1]))
def test_a_section_moves_with_its_questions_and_back(questionnaire: Input, data: st.DataObject, by: int) -> None:
    at = data.draw(st.integers(0, len(questionnaire["sections"]) - 1))
    moved = arranging.with_section_moved(questionnaire, at, by=by)
    assert sorted(codes_of(moved)) == sorted(codes_of(questionnaire))
    if moved != questionnaire:
        assert arranging.with_section_moved(moved, at + by, by=-by) == questionnaire


@given(questionnaires(), st.data())
def test_another_heading_leaves_the_questions(questionnaire: Input, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(questionnaire["sections"]) - 1))
    changed = arranging.with_section_put(questionnaire, at, {"title": written("Otra"), "introduction": written("Así.")})
    assert codes_of(changed) == codes_of(questionnaire)
    assert changed["sections"][at]["title"] == written("Otra")
    former = arranging.section_of(questionnaire, at)
    assert arranging.with_section_put(changed, at, former) == questionnaire


def test_what_is_not_there_is_said_to_be_gone() -> None:
    questionnaire: Input = {"sections": []}
    for act in (
        lambda: question_of(questionnaire, "p"),
        lambda: arranging.without_question(questionnaire, "p"),
        lambda: arranging.with_question(questionnaire, {"code": "p"}, Place(0, 0)),
        lambda: arranging.section_of(questionnaire, 0),
        lambda: arranging.section_of({"sections": [1]}, -1),
    ):
        with pytest.raises(Gone):
            act()


@given(questionnaires(), st.data())
def test_nothing_is_put_back_twice(questionnaire: Input, data: st.DataObject) -> None:
    code = any_code(data, questionnaire)
    with pytest.raises(Gone):
        arranging.with_question(questionnaire, question_of(questionnaire, code), Place(0, 0))


@given(st.text(max_size=120), st.lists(st.from_regex(CODE, fullmatch=True), max_size=5))
def test_a_fresh_code_is_a_code_that_nothing_has(title: str, taken: list[str]) -> None:
    code = fresh_code(title, taken, nameless="pregunta")
    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", code)
    assert code not in taken
    assert fresh_code(title, [*taken, code], nameless="pregunta") not in [*taken, code]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("¿Hay agua en tu casa?", "hay_agua_en_tu_casa"),
        ("Niñez y energía", "ninez_y_energia"),
        ("公开数据应当先公布什么？", "pregunta"),
        ("Supercalifragilísticoespialidosoinstitucionalmente", "supercalifragilisticoespialidosoinstitu"),
        ("¿Qué tan de acuerdo estás con que el agua sea un derecho?", "que_tan_de_acuerdo_estas_con_que_el_agua"),
    ],
)
def test_a_code_says_what_the_title_does(title: str, code: str) -> None:
    found = fresh_code(title, [], nameless="pregunta")
    assert found.startswith(code)
    assert len(found) <= 40


@given(st.recursive(st.none() | st.booleans() | st.floats(allow_nan=False) | TEXTS, st.lists, max_leaves=8))
def test_what_is_carried_comes_out_as_it_went_in(thing: Any) -> None:
    field = packed(thing)
    assert re.fullmatch(r"[A-Za-z0-9_=-]+", field)
    assert unpacked(field) == thing


@pytest.mark.parametrize(
    "field", ["", "ñ", "AAAA", packed({"a": 1})[:-6], packed({"a": 1}) + "A", packed("a" * 5_000_000)]
)
def test_what_no_page_gave_is_spoilt(field: str) -> None:
    with pytest.raises(Spoilt):
        unpacked(field)
