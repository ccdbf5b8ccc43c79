"""Copying everything about somebody when they fetch it: it is made in that moment, and lies nowhere before or after."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.errors import NotFound, require
from hub.personal_data.collecting import Copy, collected
from hub.personal_data.events import PersonalDataCopied
from hub.personal_data.models import PersonalDataLink
from hub.personal_data.requesting import digest_of
from hub.personal_data.rules import may_answer_for, may_fetch
from hub.personal_data.subjects import subject_of
from hub.wording import spoken


@dataclass(frozen=True)
class Fetched:
    """A copy, with the language that it is to be read in."""

    copy: Copy
    language: str


async def fetch_personal_data(change: Change, secret: str) -> Fetched:
    """Use a link up, and return a copy of everything about whoever asked for it, who must be the one who fetches it."""
    found = select(PersonalDataLink).filter_by(digest=digest_of(secret)).with_for_update()
    link = await change.session.scalar(found)
    own = link is not None and link.account_id == change.viewer.account_id
    over = link is not None and (link.used_at is not None or change.at >= link.expires_at)
    require(may_fetch(change.viewer, own=own, over=over))
    if link is None:
        raise NotFound("LINK_UNKNOWN")
    link.used_at = change.at
    await change.session.flush()
    change.record(PersonalDataCopied(account_id=link.account_id, link_id=link.id))
    return Fetched(await _copy(change, link.account_id, link.language), link.language)


async def copy_for(change: Change, account_id: UUID, *, language: str | None = None) -> Fetched:
    """Return a copy of everything about somebody who asked whoever runs the hub for it."""
    require(may_answer_for(change.viewer))
    subject = await subject_of(change.session, change.keys, account_id)
    told = spoken([language or subject.locale])
    change.record(PersonalDataCopied(account_id=account_id, link_id=None))
    return Fetched(await _copy(change, account_id, told), told)


async def _copy(change: Change, account_id: UUID, language: str) -> Copy:
    return await collected(change, await subject_of(change.session, change.keys, account_id), language=language)
