"""What a browser keeps on the way to a provider: one cookie of this host, which no program reads, for ten minutes."""

from __future__ import annotations

import base64
from http.cookies import Morsel, SimpleCookie
from pathlib import Path

import httpx2
import pytest

from hub.settings import Settings
from tests.talking import talking

# Nobody is asked anything on the way there: all of it stands in the settings.
LLAVE = """[llave]
kind = "oauth2_json"
issuer = "https://llave.example"
client_id = "hub"
client_secret = "a-secret-of-the-tests"
trust = "social"
authorize_url = "https://llave.example/oauth.xhtml"
token_url = "https://llave.example/obtenerToken"
user_url = "https://llave.example/datosUsuario"
names = { es = "Llave", en = "Llave" }
"""
CHALLENGE = base64.urlsafe_b64encode(bytes(32)).decode().rstrip("=")


@pytest.mark.parametrize(
    ("base_url", "name", "is_encrypted"),
    [("https://hub.example", "__Host-hub-oidc", True), ("http://127.0.0.1:8000", "hub-oidc", False)],
)
async def test_the_cookie_is_of_this_host_alone_and_only_encrypted(
    database_url: str, data: Path, tmp_path: Path, base_url: str, name: str, is_encrypted: bool
) -> None:
    file = tmp_path / "providers.toml"
    file.write_text(LLAVE)
    settings = Settings(data=data, database_url=None, keys=None, providers=file, base_url=base_url)
    async with talking(settings, database_url) as hub:
        transport = httpx2.ASGITransport(app=hub.app)
        async with httpx2.AsyncClient(transport=transport, base_url=base_url) as browser:
            response = await browser.get("/auth/llave", params={"challenge": CHALLENGE})
    assert response.status_code == 302
    assert response.headers["location"].startswith("https://llave.example/oauth.xhtml?")
    kept: Morsel[str] = SimpleCookie(response.headers["set-cookie"])[name]
    assert {attribute: said for attribute, said in kept.items() if said} == {
        "path": "/",
        "max-age": "600",
        "httponly": True,
        "samesite": "lax",
        **({"secure": True} if is_encrypted else {}),
    }
    assert response.headers.get_list("set-cookie") == [response.headers["set-cookie"]]
