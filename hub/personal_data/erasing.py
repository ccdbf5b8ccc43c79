"""Erasing: somebody wants to be forgotten. This decides it, at once and for good; carrying it out is `forgetting.py`.

From here on nobody comes in as them: every office, sign-in and token has ended. What could stand in the way is asked
before anything has happened, so that whatever follows only has to be done, if need be again.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import NotFound, require
from hub.identity.departing import depart, obstacle
from hub.identity.reauthenticating import require_fresh
from hub.identity.sign_in_models import MailAddress
from hub.keys import Keyring
from hub.mail.models import LetterKind
from hub.mail.writing import LetterDraft, write_letter
from hub.people.models import Account, AccountState
from hub.personal_data.events import PersonErased
from hub.personal_data.models import Contributions, Erasure
from hub.personal_data.rules import may_answer_for, may_erase


async def erase_me(change: Change, *, contributions: Contributions, confirmed: bool) -> None:
    """Let the viewer go, who has just shown who they are, and has said that they mean it."""
    await require_fresh(change)
    assert change.viewer.account_id is not None  # noqa: S101 - the rule looked
    account = await _account(change, change.viewer.account_id)
    await _erase(change, account, contributions, confirmed=confirmed)


async def erase_person(change: Change, account_id: UUID, *, contributions: Contributions) -> None:
    """Let somebody go who asked whoever runs the hub for it."""
    require(may_answer_for(change.viewer))
    await _erase(change, await _account(change, account_id), contributions, confirmed=True)


async def erase_again(change: Change, account_id: UUID, *, contributions: Contributions, on: dt.date) -> None:
    """Let somebody go whom an older backup has brought back: they went already, so nothing is asked and nobody told."""
    require(may_answer_for(change.viewer))
    await _go(change, await _account(change, account_id), contributions, on=on)


async def _account(change: Change, account_id: UUID) -> Account:
    account = await change.session.get(Account, account_id, with_for_update=True)
    if account is None:
        raise NotFound("NOT_FOUND", type="Account")
    return account


async def _erase(change: Change, account: Account, contributions: Contributions, *, confirmed: bool) -> None:
    closed = account.state is AccountState.CLOSED
    stands = await obstacle(change, account)
    require(may_erase(change.viewer, confirmed=confirmed, closed=closed, obstacle=stands))
    await _say_good_bye(change, account)
    await _go(change, account, contributions, on=change.at.date())


async def _go(change: Change, account: Account, contributions: Contributions, *, on: dt.date) -> None:
    await depart(change, account)
    row = {"digest": digest_of(change.keys, account.id), "contributions": contributions, "erased_on": on}
    await change.session.execute(insert(Erasure).values(row).on_conflict_do_nothing())
    change.record(PersonErased(account_id=account.id, contributions=contributions))
    # What its parts have noted would be read back by nobody who may.
    change.results.clear()


async def _say_good_bye(change: Change, account: Account) -> None:
    """Write to the address a last time; it is in the letter alone, and goes with it."""
    known = await change.session.get(MailAddress, account.id)
    if known is None:
        return
    letter = LetterDraft(
        kind=LetterKind.ERASURE,
        cause=f"erasure:{uuid7()}",
        address=change.keys.unwrap(known.wrapped, about=account.id.bytes).decode(),
        languages=[account.locale],
        facts={"page": "/"},
    )
    await write_letter(change, letter)


def digest_of(keys: Keyring, account_id: UUID) -> bytes:
    """Return what is kept of an account that is gone: enough to know it again in an older backup, and nothing else."""
    return keys.lasting_digest("erasure", account_id.bytes)
