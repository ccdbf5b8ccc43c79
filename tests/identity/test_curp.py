"""The CURP: read however it was typed, and what is wrong with one told without repeating it."""

from __future__ import annotations

import string

import pytest

from hub.identity.curp import VALUES, check_digit, normalized, problems_of

GOOD = ("BEML920313HCMLNS09", "HEGG560427MVZRRL04")


def with_digit(start: str) -> str:
    """Return a CURP with the check digit that it calls for."""
    return start + check_digit(start)


@pytest.mark.parametrize("curp", GOOD)
def test_nothing_is_wrong_with_a_real_one(curp: str) -> None:
    assert problems_of(curp) == []


@pytest.mark.parametrize("typed", [
    "BEML920313HCMLNS09", "beml920313hcmlns09", " BEML 920313 HCMLNS 09\n",
    "BEML-920313-HCMLNS-09", "beml920313\tHCMLNS09",
])  # fmt: skip
def test_it_is_read_however_it_was_typed(typed: str) -> None:
    assert normalized(typed) == GOOD[0]


@pytest.mark.parametrize(("curp", "code"), [
    ("", "CURP_LENGTH"),
    ("BEML920313HCMLNS0", "CURP_LENGTH"),
    ("BEML920313HCMLNS099", "CURP_LENGTH"),
    ("BEM1920313HCMLNS09", "CURP_SHAPE"),
    ("BEML92O313HCMLNS09", "CURP_SHAPE"),
    ("BEML920313ACMLNS09", "CURP_SHAPE"),
    ("BEML920313HXXLNS09", "CURP_SHAPE"),
    ("BEML920313HCMANS09", "CURP_SHAPE"),
    ("BEML٩٢٠٣١٣HCMLNS09", "CURP_SHAPE"),
    ("BEML921313HCMLNS09", "CURP_BIRTHDAY"),
    ("BEML920230HCMLNS09", "CURP_BIRTHDAY"),
    ("BEML920313HCMLNS08", "CURP_CHECK_DIGIT"),
])  # fmt: skip
def test_what_is_wrong_is_told_and_not_repeated(curp: str, code: str) -> None:
    (problem,) = problems_of(curp)
    assert (problem.code, problem.path) == (code, ("document",))
    assert all(isinstance(fact, int) for fact in problem.facts.values())


def test_the_seventeenth_character_tells_the_century() -> None:
    # 29 February was in 2000 and not in 1900.
    assert problems_of(with_digit("BEML000229HCMLNSA")) == []
    assert [problem.code for problem in problems_of(with_digit("BEML000229HCMLNS0"))] == ["CURP_BIRTHDAY"]


def test_a_wrong_character_is_found_out() -> None:
    """Each single wrong letter or digit is, as long as its value differs by no multiple of ten."""
    for place, right in enumerate(GOOD[0][:17]):
        for wrong in string.digits + string.ascii_uppercase:
            differs = (VALUES.index(wrong) - VALUES.index(right)) * (18 - place) % 10 != 0
            assert (check_digit(GOOD[0][:place] + wrong + GOOD[0][place + 1 : 17]) != "9") == differs
