"""What is wrong with the file of providers is said at the start, without repeating a secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.errors import SetupError
from hub.providers.configured import configured

GOOD = """[ejemplo]
kind = "oidc"
issuer = "https://id.example"
client_id = "hub"
client_secret = "canary-secret"
trust = "social"
names = { es = "Ejemplo", en = "Example" }
"""
WRONG = {
    "is no TOML": (GOOD, "[ejemplo"),
    "may hold small letters": ("[ejemplo]", "[Ejemplo]"),
    "exactly one of client_secret": ('client_secret = "canary-secret"\n', ""),
    "client_secret_env holds nothing": ('client_secret = "canary-secret"', 'client_secret_env = "HUB_NO_SUCH"'),
    "client_secret_file cannot be read": ('client_secret = "canary-secret"', 'client_secret_file = "nowhere"'),
    "begins with https://": ("https://id.example", "http://id.example"),
    "names.en": (', en = "Example"', ""),
    "trust": ('"social"', '"certain"'),
    "person_claim goes with": ('"social"', '"verified_person"'),
    "isuer": ("issuer =", "isuer ="),
}


def test_a_good_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "providers.toml"
    file.write_text(GOOD.replace('client_secret = "canary-secret"', 'client_secret_file = "secret"'))
    (tmp_path / "secret").write_text("from a file\n")
    (provider,) = configured(file)
    assert (provider.key, provider.client_secret.get_secret_value()) == ("ejemplo", "from a file")
    assert "from a file" not in repr(provider)
    assert configured(None) == ()


@pytest.mark.parametrize("words", list(WRONG))
def test_a_wrong_file_is_refused_in_words(tmp_path: Path, words: str) -> None:
    file = tmp_path / "providers.toml"
    file.write_text(GOOD.replace(*WRONG[words]))
    with pytest.raises(SetupError) as refused:
        configured(file)
    said = str(refused.value)
    assert said.startswith("HUB_PROVIDERS: ")
    assert words in said
    assert "canary-secret" not in said


def test_two_providers_have_two_issuers(tmp_path: Path) -> None:
    file = tmp_path / "providers.toml"
    file.write_text(GOOD + GOOD.replace("[ejemplo]", "[otro]"))
    with pytest.raises(SetupError, match="stands there twice"):
        configured(file)
