"""Bearer tokens: their form, their checksum, and what is kept of them."""

from __future__ import annotations

import hashlib
import string

import pytest

from hub.identity.tokens import digest, new_token, well_formed


def test_a_new_token_is_well_formed_and_like_no_other() -> None:
    tokens = {new_token() for _ in range(500)}
    assert len(tokens) == 500
    for token in tokens:
        assert well_formed(token)
        assert len(token) == 8 + 43 + 6
        assert set(token.removeprefix("hub_pat_")) <= set(string.ascii_letters + string.digits)


def test_every_wrong_letter_is_found_before_the_database_is_asked() -> None:
    token = new_token()
    for place in range(len(token)):
        other = "b" if token[place] == "a" else "a"
        assert not well_formed(token[:place] + other + token[place + 1 :])


@pytest.mark.parametrize(
    "token",
    [
        "",
        "hub_pat_",
        "hub_pat_" + "0" * 49,
        "hub_pat_" + "ñ" * 49,
        "hub_pat_" + "\x00" * 49,
        "Bearer x",
        "hub_pat_" + "a" * 5000,
    ],
)
def test_what_is_no_token_is_seen_at_once(token: str) -> None:
    assert not well_formed(token)


def test_a_token_with_something_around_it_is_no_token() -> None:
    token = new_token()
    assert not well_formed(token + " ")
    assert not well_formed(token[:-1])
    assert not well_formed(token.upper())


def test_only_the_hash_is_kept() -> None:
    token = new_token()
    assert digest(token) == hashlib.sha256(token.encode()).digest()
    assert len(digest(token)) == 32
