"""Founding: entering a body into the register with where it works, under the body that it belongs to."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from hub.bodies.arranging import place
from hub.bodies.models import Body, BodyState
from hub.bodies.registering import BodyDraft, register_body
from hub.bodies.rules import may_create_body
from hub.changes.change import Change
from hub.clock import day_of
from hub.errors import Invalid, Problem, WrongState, require
from hub.register.models import CreatedVia


async def create_body(change: Change, draft: BodyDraft, *, territory_ids: Collection[UUID] = ()) -> Body:
    """Enter a body into the register, and say where it works."""
    require(may_create_body(change.viewer, kind=draft.kind, parent_id=draft.parent_id))
    if draft.since > day_of(change.at):
        raise Invalid([Problem("NAME_BEGINS_LATER", ("since",))])
    if draft.parent_id is not None:
        parent = await change.find(Body, draft.parent_id)
        if parent.state is BodyState.DISSOLVED:
            raise WrongState("BODY_IS_DISSOLVED")
    if draft.predecessor_id is not None and draft.predecessor_id != draft.parent_id:
        await change.find(Body, draft.predecessor_id)
    body = await register_body(change, draft, via=CreatedVia.API)
    if territory_ids:
        await place(change, body, territory_ids)
    return body
