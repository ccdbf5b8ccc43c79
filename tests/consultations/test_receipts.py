"""Receipt codes: read as they are typed, and a slip is found."""

from __future__ import annotations

import pytest

from hub.consultations.receipts import CHECKS, LENGTH, new_code, read, written


def test_a_code_is_read_back_however_it_was_typed() -> None:
    for _ in range(200):
        code = new_code()
        assert read(code) == code
        assert read(f" {code.lower().replace('-', ' ')} ") == code
        assert read(code[:-2].replace("0", "o").replace("1", "l") + code[-2:]) == code


@pytest.mark.parametrize(
    ("number", "code"),
    [(0, "0000-0000-0000-0000-0"), (36, "0000-0000-0000-0014-U"), (2**80 - 1, "ZZZZ-ZZZZ-ZZZZ-ZZZZ-~")],
)
def test_the_code_of_a_number(number: int, code: str) -> None:
    assert written(number) == code


def test_every_wrong_or_exchanged_character_is_found() -> None:
    code = new_code().replace("-", "")
    for place in range(LENGTH):
        other = "7" if code[place] != "7" else "8"
        assert read(code[:place] + other + code[place + 1 :]) is None
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        if place < LENGTH - 1 and swapped != code:
            assert read(swapped) is None
    wrong = next(check for check in CHECKS if check != code[-1])
    assert read(code[:-1] + wrong) is None


@pytest.mark.parametrize("code", ["", "7", "0000-0000-0000-0000", "0000-0000-0000-0000-00", "ÑÑÑÑ-0000-0000-0000-0"])
def test_what_is_no_code_is_seen_at_once(code: str) -> None:
    assert read(code) is None
