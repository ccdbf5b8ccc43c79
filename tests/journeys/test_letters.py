"""A hub that was set up a minute ago signs somebody in: without a mail server, the letter is a file."""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy
from pathlib import Path

import httpx2

from tests.journeys.installation import STARTING, Installation

ASK = """mutation { act: requestSignIn(input: {email: "ana@correo.example"}) { secret errors { code } } }"""
CONFIRM = """mutation ($code: String!, $secret: String!) {
  act: confirmSignIn(input: {code: $code, secret: $secret}) { token errors { code } } }"""


def the_letter(folder: Path) -> str:
    """Return the text of the one letter, once it has been sent."""
    until = time.monotonic() + STARTING
    while not (files := list(folder.glob("*.eml"))):
        assert time.monotonic() < until, "No letter was written."
        time.sleep(0.05)
    (file,) = files
    body = message_from_bytes(file.read_bytes(), policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_the_link_of_a_letter_leads_to_where_the_hub_is_served(installation: Installation) -> None:
    with installation.served() as served, httpx2.Client() as ana:
        asked = ana.post(served.graphql, json={"query": ASK}).json()["data"]["act"]
        assert asked["errors"] == []
        letter = the_letter(installation.data / "letters")
        (link,) = re.findall(r"http\S+", letter)
        code = link.rpartition("=")[2]
        assert link == f"{served.url}/entrar?code={code}"
        assert ana.get(link).status_code == 200
        given = {"code": code, "secret": asked["secret"]}
        signed_in = ana.post(served.graphql, json={"query": CONFIRM, "variables": given}).json()["data"]["act"]
        who = ana.post(
            served.graphql,
            json={"query": "{ viewer { signedIn } }"},
            headers={"authorization": f"Bearer {signed_in['token']}"},
        )
        assert who.json()["data"] == {"viewer": {"signedIn": True}}
