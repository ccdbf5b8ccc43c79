"""Addresses to be sent back to: over TLS or on the same machine, whole, and without patterns."""

from __future__ import annotations

import pytest

from hub.identity.redirect_uris import problem_with_uri

HERE, BARE = "localhost", "mapa"


@pytest.mark.parametrize(
    "uri",
    [
        "https://mapa.example/vuelta",
        "https://mapa.example:8443/vuelta?de=hub",
        "http://127.0.0.1:8080/vuelta",
        "http://[::1]/",
        f"http://{HERE}:3000/vuelta",
    ],
)
def test_these_are_good(uri: str) -> None:
    assert problem_with_uri(uri, path=()) is None


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "mapa.example/vuelta",
        "http://mapa.example/vuelta",
        "http://127.0.0.1.mapa.example/",
        "http://localhost.mapa.example/",
        "https://*.mapa.example/vuelta",
        "https://mapa.example/vuelta#parte",
        "https://mapa.example/vuelta#",
        "https://ana@mapa.example/vuelta",
        "https://ana:clave@mapa.example/",
        "https://mapa.example/a/../vuelta",
        "https://mapa.example\\@otra.example/",
        "https://mapa.example/vuelta ",
        "https://mapa.example/ñ",
        "https://mapa.example:99999/",
        "https://[::1",
        "https://",
        f"https://{BARE}",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://mapa.example/" + "x" * 2_000,
    ],
)
def test_these_are_not(uri: str) -> None:
    problem = problem_with_uri(uri, path=("redirectUris", "0"))
    assert problem is not None
    assert problem.code == "BAD_REDIRECT_URI"
