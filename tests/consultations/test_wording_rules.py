"""A display rule in words, for people, in Spanish and in English."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from hub.consultations.display_rules import Operator, Rule
from hub.consultations.wording_rules import BY_KIND, BY_OPERATOR, PHRASES, SOFTENED, Worded, in_words
from tests.consultations.ruling import ANY_RULE, read

SERVICES = {"luz": "Luz", "agua": "Agua", "otro": "Otro", "internet": "Internet"}
ES = {
    "servicios": Worded(kind="multiple_choice", title="¿Qué servicios faltan?", options=SERVICES),
    "colonia": Worded(kind="single_choice", title="Colonia", options={"centro": "Centro", "obrera": "Obrera"}),
    "orden": Worded(kind="ranking", title="¿Qué urge más?", options=SERVICES),
    "edad": Worded(kind="number", title="Edad"),
    "dia": Worded(kind="date", title="¿Desde cuándo?"),
    "estado": Worded(
        kind="matrix",
        title="¿Cómo está cada servicio?",
        options={"mal": "Mal", "bien": "Bien"},
        rows={"luz": "Luz", "agua": "Agua"},
    ),
    "acepta": Worded(kind="consent", title="Uso de mis datos"),
    "notas": Worded(kind="long_text", title="Notas"),
}


@pytest.mark.parametrize(
    ("rule", "spanish", "english"),
    [
        ("answered(notas)", "si se contesta “Notas”", "if “Notas” is answered"),
        ("not answered(notas)", "si no se contesta “Notas”", "if “Notas” is not answered"),
        ("colonia = centro", "si “Colonia” es “Centro”", "if “Colonia” is “Centro”"),
        (
            "colonia != centro",
            "si “Colonia” tiene otra respuesta que “Centro”",
            "if “Colonia” has another answer than “Centro”",
        ),
        ("not colonia = centro", "si “Colonia” no es “Centro”", "if “Colonia” is not “Centro”"),
        (
            "colonia in (centro, obrera)",
            "si “Colonia” es “Centro” u “Obrera”",
            "if “Colonia” is “Centro” or “Obrera”",
        ),
        (
            "not colonia in (centro, obrera)",
            "si “Colonia” no es “Centro” ni “Obrera”",
            "if “Colonia” is not “Centro” or “Obrera”",
        ),
        (
            "servicios has luz",
            "si “¿Qué servicios faltan?” incluye “Luz”",
            "if “¿Qué servicios faltan?” includes “Luz”",
        ),
        (
            "servicios has any (luz, agua, otro)",
            "si “¿Qué servicios faltan?” incluye “Luz”, “Agua” u “Otro”",
            "if “¿Qué servicios faltan?” includes “Luz”, “Agua” or “Otro”",
        ),
        (
            "servicios has all (luz, internet)",
            "si “¿Qué servicios faltan?” incluye “Luz” e “Internet”",
            "if “¿Qué servicios faltan?” includes “Luz” and “Internet”",
        ),
        (
            "not servicios has all (luz, agua)",
            "si “¿Qué servicios faltan?” no incluye a la vez “Luz” y “Agua”",
            "if “¿Qué servicios faltan?” does not include all of “Luz” and “Agua”",
        ),
        (
            "not servicios has all (luz)",
            "si “¿Qué servicios faltan?” no incluye “Luz”",
            "if “¿Qué servicios faltan?” does not include “Luz”",
        ),
        ("orden = luz", "si “¿Qué urge más?” pone en primer lugar “Luz”", "if “¿Qué urge más?” puts “Luz” first"),
        ("orden has luz", "si “¿Qué urge más?” incluye “Luz”", "if “¿Qué urge más?” includes “Luz”"),
        (
            "orden != luz",
            "si “¿Qué urge más?” pone en primer lugar otra opción que “Luz”",
            "if “¿Qué urge más?” puts another option than “Luz” first",
        ),
        ("edad >= 18", "si “Edad” es 18 o más", "if “Edad” is 18 or more"),
        ("edad < 18.5", "si “Edad” es menos de 18.5", "if “Edad” is less than 18.5"),
        ("edad in (7, 8)", "si “Edad” es 7 u 8", "if “Edad” is 7 or 8"),
        (
            "dia = 2026-12-01",
            "si “¿Desde cuándo?” es el 1 de diciembre de 2026",
            "if “¿Desde cuándo?” is 1 December 2026",
        ),
        (
            "dia in (2026-12-01, 2027-01-06)",
            "si “¿Desde cuándo?” es el 1 de diciembre de 2026 o el 6 de enero de 2027",
            "if “¿Desde cuándo?” is 1 December 2026 or 6 January 2027",
        ),
        (
            "dia < 2026-12-01",
            "si “¿Desde cuándo?” es antes del 1 de diciembre de 2026",
            "if “¿Desde cuándo?” is before 1 December 2026",
        ),
        (
            "dia >= 2026-12-01",
            "si “¿Desde cuándo?” es el 1 de diciembre de 2026 o después",
            "if “¿Desde cuándo?” is 1 December 2026 or later",
        ),
        (
            "estado.agua = mal",
            "si “Agua” en “¿Cómo está cada servicio?” es “Mal”",
            "if “Agua” in “¿Cómo está cada servicio?” is “Mal”",
        ),
        ("acepta = true", "si se acepta “Uso de mis datos”", "if “Uso de mis datos” is agreed to"),
        ("acepta = false", "si se rechaza “Uso de mis datos”", "if “Uso de mis datos” is refused"),
        (
            "servicios has luz and (edad >= 18 or not answered(notas))",
            "si “¿Qué servicios faltan?” incluye “Luz” y (“Edad” es 18 o más o no se contesta “Notas”)",
            "if “¿Qué servicios faltan?” includes “Luz” and (“Edad” is 18 or more or “Notas” is not answered)",
        ),
        (
            "not (servicios has luz or edad < 18)",
            "si “¿Qué servicios faltan?” no incluye “Luz” y “Edad” no es menos de 18",
            "if “¿Qué servicios faltan?” does not include “Luz” and “Edad” is not less than 18",
        ),
        (
            "answered(notas) and not (colonia = centro and not edad > 8)",
            "si se contesta “Notas” y (“Colonia” no es “Centro” o “Edad” es más de 8)",
            "if “Notas” is answered and (“Colonia” is not “Centro” or “Edad” is more than 8)",
        ),
        # What has no words of its own is said as it is.
        (
            "gone = x and colonia = norte",
            "si “gone” es x y “Colonia” es norte",
            "if “gone” is x and “Colonia” is norte",
        ),
        (
            "dia > 2026-02-30",
            "si “¿Desde cuándo?” es después del 2026-02-30",
            "if “¿Desde cuándo?” is after 2026-02-30",
        ),
    ],
)
def test_a_rule_in_words(rule: str, spanish: str, english: str) -> None:
    assert in_words(read(rule), ES, "es") == spanish
    assert in_words(read(rule), ES, "en") == english


def test_titles_with_braces_are_said_as_they_are() -> None:
    odd = {"a": Worded(kind="single_choice", title="{question} {0}", options={"x": "{values}"})}
    assert in_words(read("a = x"), odd, "en") == "if “{question} {0}” is “{values}”"


def test_a_language_that_the_hub_does_not_speak_is_said_in_spanish() -> None:
    assert in_words(read("answered(edad)"), ES, "nah") == "si se contesta “Edad”"


def test_every_way_of_comparing_has_its_phrase_and_its_opposite() -> None:
    assert set(BY_OPERATOR) == set(Operator)
    ways = {*BY_OPERATOR.values(), *(way for ways in BY_KIND.values() for way in ways.values()), "agreed", "refused"}
    joints = {"if", "and", "or", "nor", "row", "date", *(softened for _, softened in SOFTENED.values())}
    assert set(PHRASES) == joints | ways | {f"not_{way}" for way in ways}


@settings(max_examples=30, deadline=None)
@given(rule=ANY_RULE)
def test_every_rule_can_be_said(rule: Rule) -> None:
    assert in_words(rule, ES, "es").startswith("si ")
    assert in_words(rule, ES, "en").startswith("if ")
