"""Names in their order, and the name in force on a day."""

from __future__ import annotations

import datetime as dt
import random
from uuid import uuid4

import pytest

import hub.models  # noqa: F401 - the mapper wants every table
from hub.people.models import DatedName
from hub.people.naming import first_name, folded, folded_text, name_on
from hub.text import written

IN_ORDER = [
    "Acapulco",
    "Álamos",
    "Azcapotzalco",
    "Bácum",
    "Canatlán",
    "Cañada Morelos",
    "Cañitas de Felipe Pescador",
    "Cao",
    "Nuevo León",
    "Ñuñoa",
    "Oaxaca",
    "San Luis",
    "San Luis Potosí",
    "Úrsulo Galván",
    "Ürümqi",
    "Xalapa",
    "Yucatán",
    "Zúñiga",
]


def test_names_sort_as_in_a_spanish_dictionary() -> None:
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=folded) == IN_ORDER


def test_the_order_of_bytes_is_the_order_of_the_keys() -> None:
    assert sorted(IN_ORDER, key=lambda name: folded(name).encode()) == IN_ORDER


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("  Comisión de  Gobierno Abierto (CGATP) ", "comision de gobierno abierto cgatp"),
        ("ÑANDÚ", "n~andu"),
        ("n\u0303andu", "n~andu"),
        ("A~B_C", "a b c"),
        ("Straße", "strasse"),
        ("¿Qué?", "que"),
        ("12 de Octubre", "12 de octubre"),
        ("", ""),
    ],
)
def test_a_key_has_neither_case_nor_accents_nor_signs(name: str, key: str) -> None:
    assert folded(name) == key


def test_a_name_in_several_languages_sorts_by_its_spanish_form() -> None:
    assert folded_text(written(es="Órgano", en="Body")) == "organo"
    assert folded_text(written("en", en="Body")) == "body"


def names() -> list[DatedName]:
    old = first_name(uuid4(), written(es="Viejo"), acronym="V", since=dt.date(2015, 6, 1))
    old.valid_until = dt.date(2025, 3, 21)
    return [old, first_name(old.entry_id, written(es="Nuevo"), acronym=None, since=dt.date(2025, 3, 21))]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2015, 5, 31), None),
        (dt.date(2015, 6, 1), "Viejo"),
        (dt.date(2025, 3, 20), "Viejo"),
        (dt.date(2025, 3, 21), "Nuevo"),
        (dt.date(2099, 1, 1), "Nuevo"),
    ],
)
def test_one_name_is_in_force_on_a_day(day: dt.date, name: str | None) -> None:
    found = name_on(names(), day)
    assert (found and found.name.in_language("es")) == name
