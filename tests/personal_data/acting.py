"""The acts on everything about oneself as a client sends them, and the copy that comes of it."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

from tests.talking import Somebody, Talking

REQUEST = """mutation ($language: String) { requestPersonalData(input: {language: $language}) {
  path expiresAt event errors { __typename code message path } } }"""
ERASE = """mutation ($contributions: Contributions!, $confirm: Boolean!) {
  eraseMe(input: {contributions: $contributions, confirm: $confirm}) {
  kept event errors { __typename code message path } } }"""
REAUTHENTICATE = """mutation { requestReauthentication(input: {}) {
  secret expiresAt event errors { __typename code message path } } }"""
CONFIRM = """mutation ($code: String!, $secret: String!) {
  confirmReauthentication(input: {code: $code, secret: $secret}) {
  until event errors { __typename code message path } } }"""


@dataclass(frozen=True)
class Archive:
    """What is in a ZIP."""

    files: dict[str, str]

    @property
    def whole(self) -> str:
        return "\n".join(self.files.values())

    @property
    def data(self) -> Any:
        return json.loads(self.files["my-data.json"])

    @property
    def page(self) -> str:
        return self.files["my-data.html"]


async def fetched(hub: Talking, path: str, by: Somebody | None) -> tuple[int, Any]:
    """Fetch a copy as its owner, or as somebody else; return the status with the archive or the refusal's code."""
    headers = {"accept-language": "en"} | ({"authorization": f"Bearer {by.token}"} if by and by.token else {})
    response = await hub.client.get(path, headers=headers)
    assert response.headers["cache-control"] == "no-store"
    if response.status_code != 200:
        return response.status_code, response.json()["code"]
    return 200, read(response.content)


def read(content: bytes) -> Archive:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return Archive({name: archive.read(name).decode() for name in archive.namelist()})


async def a_copy(hub: Talking, by: Somebody, language: str = "es") -> Archive:
    """Ask for a copy and fetch it."""
    path = (await hub.act(REQUEST, {"language": language}, by=by))["path"]
    status, archive = await fetched(hub, path, by)
    assert status == 200, archive
    return archive
