"""Which addresses are taken, and which two are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.keys import load
from hub.mail.addresses import address_digest, normalized, problem_with

GOOD = ["ana@correo.example", "Ana.Robles+hub@Correo.Example", "ana@peña.example"]
BAD = [
    "",
    "ana",
    "ana@",
    "@correo.example",
    "ana@correo.example\r\nBcc: otro@correo.example",
    "ana@correo.example\nRCPT TO:<otro@correo.example>",
    "ana\r\n@correo.example",
    "ana@correo.example, otro@correo.example",
    "Ana <ana@correo.example>",
    '"ana robles"@correo.example',
    "ana@[127.0.0.1]",
    "ana@localhost",
    "ana@correo.example\x00",
    "ána@correo.example",
    "a" * 65 + "@correo.example",
    "ana@" + "a." * 130 + "example",
]


@pytest.mark.parametrize("address", GOOD)
def test_good_addresses_are_taken(address: str) -> None:
    assert problem_with(address, path=("email",)) is None
    assert normalized(address).isascii()


@pytest.mark.parametrize("address", BAD)
def test_bad_addresses_are_refused(address: str) -> None:
    problem = problem_with(address, path=("email",))
    assert problem is not None
    assert (problem.code, problem.path) == ("BAD_ADDRESS", ("email",))


def test_small_and_large_letters_are_the_same_address_and_similar_ones_are_not(tmp_path: Path) -> None:
    keys = load(tmp_path / "keys", make=True)
    ana = address_digest(keys, "ana@correo.example")
    assert address_digest(keys, "ANA@Correo.Example") == ana
    for other in ("ana+1@correo.example", "an.a@correo.example", "ana@correo.example.org"):
        assert address_digest(keys, other) != ana
