"""Requesting a copy of everything about oneself: a link that is good once, briefly, and for oneself alone."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from sqlalchemy import delete

from hub.changes.change import Change
from hub.identity.reauthenticating import require_fresh
from hub.personal_data.events import PersonalDataRequested
from hub.personal_data.models import PersonalDataLink
from hub.wording import spoken

GOOD_FOR = dt.timedelta(minutes=15)
"""As long as a code by mail: whoever asks for a copy is there, and fetches it at once."""

PATH = "/personal-data/"
"""Where on this host a copy is fetched, with the secret after it and the token of a sign-in as bearer."""


async def request_personal_data(change: Change, *, languages: tuple[str, ...]) -> PersonalDataLink:
    """Make a link for the viewer, who has just shown who they are; an earlier one that was not used is good no more."""
    await require_fresh(change)
    assert change.viewer.account_id is not None  # noqa: S101 - the rule looked
    earlier = delete(PersonalDataLink).filter_by(account_id=change.viewer.account_id, used_at=None)
    await change.session.execute(earlier)
    secret = secrets.token_urlsafe(32)
    link = PersonalDataLink(
        digest=digest_of(secret),
        account_id=change.viewer.account_id,
        language=spoken(languages),
        made_at=change.at,
        expires_at=change.at + GOOD_FOR,
    )
    await change.add(link)
    change.record(PersonalDataRequested(account_id=link.account_id, link_id=link.id))
    change.secrets |= {"path": f"{PATH}{secret}", "expires_at": link.expires_at.isoformat()}
    return link


def digest_of(secret: str) -> bytes:
    """Return what is kept of a secret of 256 random bits."""
    return hashlib.sha256(secret.encode()).digest()
