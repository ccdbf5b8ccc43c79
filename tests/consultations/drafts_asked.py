"""Drafts of responses as a client saves and reads them, and as the hub keeps them."""

from __future__ import annotations

from typing import Any

from tests.consultations.asking import ANSWERED
from tests.making.consultations import Asked
from tests.talking import Somebody, Talking

MINE = f"""query ($id: ID!, $organization: ID) {{ node(id: $id) {{ ... on Consultation {{
  viewerDraft(organization: $organization) {{
    edition lastSection expiresAt organization {{ id }} revision {{ number }} answers {{ {ANSWERED} }} }} }} }} }}"""
BY_CODE = f"""query ($code: String!, $secret: String!) {{ responseDraft(code: $code, secret: $secret) {{
  edition consultation {{ id }} revision {{ number }} answers {{ {ANSWERED} }} }} }}"""
YES, NO = {"question": "agua", "option": "si"}, {"question": "agua", "option": "no"}


def a_draft(asked: Asked, *answers: dict[str, Any], **known: Any) -> dict[str, Any]:
    """What somebody saves."""
    given = {"consultationId": asked.node, "revisionId": asked.revision, "answers": list(answers or [YES])}
    return {"input": {**given, **known}}


async def mine(hub: Talking, asked: Asked, by: Somebody, organization: str | None = None) -> Any:
    """What somebody has begun."""
    data = await hub.ask(MINE, {"id": asked.node, "organization": organization}, by=by)
    return data["node"]["viewerDraft"]


async def kept(hub: Talking) -> list[dict[str, Any]]:
    """The rows of drafts."""
    return await hub.rows("SELECT *, state::text AS state FROM response_draft ORDER BY saved_at")


def as_read(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer as it is read, of what was sent."""
    fields = dict.fromkeys(("text", "option", "other", "number", "date", "territoryId", "file", "agreed", "consent"))
    return {"question": "", **fields, "options": [], "ranking": [], "rows": [], **answer}


async def by_code(hub: Talking, code: str, secret: str, by: Somebody | None = None) -> Any:
    """What code and secret open."""
    return (await hub.ask(BY_CODE, {"code": code, "secret": secret}, by=by))["responseDraft"]
