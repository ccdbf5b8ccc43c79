"""The CURP, Mexico's code of a person: how it is written down, and what can be wrong with one.

It has 18 characters: four letters of the name, the day of birth (YYMMDD), the sex, the state of birth, three
consonants, one character that tells the century (a digit until 1999, a letter since), and a check digit. Nothing here
repeats what was typed: a problem says what is wrong, and never with which characters.
"""

from __future__ import annotations

import datetime as dt
import re

from hub.errors import Problem

LENGTH = 18

SHAPE = re.compile(r"[A-Z]{4}[0-9]{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-ZÑ]{3}[A-Z0-9][0-9]")

STATES = re.compile(
    "AS|BC|BS|CC|CL|CM|CS|CH|DF|DG|GT|GR|HG|JC|MC|MN|MS|NT|NL|OC|PL|QT|QR|SP|SL|SR|TC|TS|TL|VZ|YN|ZS|NE"
)
"""The federal entities, and NE for whoever was born abroad."""

VALUES = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
"""The characters in the order of the values that the check digit is made of."""

NOT_WRITTEN = str.maketrans(dict.fromkeys(" -\t\r\n"))


def normalized(typed: str) -> str:
    """Return a CURP as it is written down, however it was typed."""
    return typed.translate(NOT_WRITTEN).upper()


def check_digit(curp: str) -> str:
    """Return the digit that the first 17 characters call for."""
    total = sum(VALUES.index(character) * (LENGTH - place) for place, character in enumerate(curp[: LENGTH - 1]))
    return str(-total % 10)


def problems_of(curp: str) -> list[Problem]:
    """Return what is wrong with a CURP, the first thing only: with a wrong length no place is the right one."""
    path = ("document",)
    if len(curp) != LENGTH:
        return [Problem("CURP_LENGTH", path, {"length": len(curp), "wanted": LENGTH})]
    if not SHAPE.fullmatch(curp) or not STATES.fullmatch(curp[11:13]):
        return [Problem("CURP_SHAPE", path)]
    century = 1900 if curp[16].isdigit() else 2000
    try:
        dt.date(century + int(curp[4:6]), int(curp[6:8]), int(curp[8:10]))
    except ValueError:
        return [Problem("CURP_BIRTHDAY", path)]
    if check_digit(curp) != curp[-1]:
        return [Problem("CURP_CHECK_DIGIT", path)]
    return []
