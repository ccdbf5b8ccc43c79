"""Entering a body into the register."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.bodies.events import BodyRegistered
from hub.bodies.models import BODY_LIFE, Body, BodyKind, BodyState
from hub.bodies.rules import may_create_body
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import require
from hub.people.naming import first_name, folded_text
from hub.register.models import CreatedVia, EntryKind, EntryVisibility
from hub.register.registering import register
from hub.text import LocalizedText

BIRTHS = {BodyState.PLANNED: "plan_body", BodyState.CONSTITUTED: "found"}
"""How a body comes into the register: as one that is to be, or as one that works."""


@dataclass(frozen=True, kw_only=True)
class BodyDraft:
    """What is known of a body when it is registered."""

    name: LocalizedText
    since: dt.date
    kind: BodyKind
    state: BodyState = BodyState.CONSTITUTED
    acronym: str | None = None
    remit: LocalizedText | None = None
    legal_basis: LocalizedText | None = None
    parent_id: UUID | None = None
    predecessor_id: UUID | None = None


async def register_body(
    change: Change,
    draft: BodyDraft,
    *,
    via: CreatedVia,
    source_url: str | None = None,
    imported_from: str | None = None,
) -> Body:
    """Enter a body into the register under its first name."""
    require(may_create_body(change.viewer, kind=draft.kind, parent_id=draft.parent_id))
    id_ = uuid7()
    await register(
        change,
        id_,
        EntryKind.BODY,
        title=draft.name,
        texts=[draft.remit],
        visibility=EntryVisibility.PUBLIC,
        via=via,
        source_url=source_url,
        imported_from=imported_from,
    )
    body = Body(
        id=id_,
        kind=draft.kind,
        parent_id=draft.parent_id,
        predecessor_id=draft.predecessor_id,
        remit=draft.remit,
        legal_basis=draft.legal_basis,
        folded_name=folded_text(draft.name),
    )
    await change.bear(body, BODY_LIFE, BIRTHS[draft.state], BodyRegistered(body_id=id_))
    await change.add(first_name(id_, draft.name, acronym=draft.acronym, since=draft.since))
    change.results["body"] = str(id_)
    return body
