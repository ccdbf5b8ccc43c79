"""Addresses of electronic mail: which are taken, and how one is recognised without being kept in clear."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from hub.errors import Problem
from hub.keys import Keyring

LONGEST = 254


def problem_with(address: str, *, path: tuple[str, ...]) -> Problem | None:
    """Say what is wrong with an address; None if a letter can be sent to it."""
    try:
        _read(address)
    except EmailNotValidError:
        return Problem("BAD_ADDRESS", path)
    return None


def normalized(address: str) -> str:
    """Return a good address as it is written to: its domain in small letters and in ASCII."""
    return _read(address)


def address_digest(keys: Keyring, address: str) -> bytes:
    """Return what an address is found by: a keyed digest, the same whether its letters are small or large.

    Only the letters A to Z are made small. Folding all of Unicode would make one of two addresses that are different.
    """
    small = _read(address).encode("ascii").lower()
    return keys.lasting_digest("mail-address", small)


def _read(address: str) -> str:
    if len(address) > LONGEST:
        raise EmailNotValidError
    # Whether the domain takes mail is found out by writing to it: a look-up here would tell how long it took.
    found = validate_email(
        address,
        check_deliverability=False,
        strict=True,
        allow_smtputf8=False,
        allow_quoted_local=False,
        allow_domain_literal=False,
        allow_display_name=False,
    )
    assert found.ascii_email is not None  # noqa: S101 - an address without SMTPUTF8 has this form
    return found.ascii_email
