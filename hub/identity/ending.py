"""Ending sign-ins, one by one or all at once; every process refuses their tokens within two seconds."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.errors import Conflict, Forbidden, NotFound, WrongState, require
from hub.identity.counts import count_one_more
from hub.identity.events import SignInEnded
from hub.identity.granting import revoke_token
from hub.identity.models import Token
from hub.identity.provider_models import LogoutTokenTaken
from hub.identity.proving import identity_digest
from hub.identity.rules import may_end_for_provider, may_end_sign_ins, may_revoke
from hub.identity.sign_in_models import SignIn
from hub.identity.tokens import digest, of_sign_in, well_formed
from hub.providers.logout_tokens import GOOD_SECONDS, LogoutToken

SHOWN_FROM_A_NETWORK = 60
"""How many found tokens may be shown from one network in an hour of the clock."""


async def end_sign_in(change: Change, sign_in_id: UUID | None) -> SignIn:
    """End one of the viewer's sign-ins; without an id, the one by which they are here."""
    require(may_end_sign_ins(change.viewer))
    signed_in = await change.take(SignIn, sign_in_id or change.viewer.sign_in_id)  # type: ignore[arg-type]
    if signed_in.ended_at is not None:
        raise WrongState("SIGN_IN_OVER")
    _end(change, signed_in)
    change.results["sign_in"] = str(signed_in.id)
    return signed_in


async def end_all_sign_ins(change: Change, *, others_only: bool) -> int:
    """End every sign-in of the viewer, or all but the one by which they are here."""
    require(may_end_sign_ins(change.viewer))
    assert change.viewer.person_id is not None  # noqa: S101 - the rule looked
    kept = change.viewer.sign_in_id if others_only else None
    change.secrets["ended"] = await end_sign_ins_of(change, change.viewer.person_id, but=kept)
    return int(change.secrets["ended"])


async def end_sign_ins_of(change: Change, person_id: UUID, *, but: UUID | None = None) -> int:
    """End every sign-in of a person, or all but one."""
    open_ones = select(SignIn).filter_by(person_id=person_id, ended_at=None)
    if but is not None:
        open_ones = open_ones.where(SignIn.id != but)
    found = (await change.session.scalars(open_ones.order_by(SignIn.id).with_for_update(key_share=True))).all()
    for signed_in in found:
        _end(change, signed_in)
    return len(found)


async def end_shown(change: Change, token: str, *, network: str | None) -> None:
    """Make worthless whatever token somebody shows: of a sign-in, or one that was made for a program.

    Whether there was such a token, and whether it was worth anything, is not told: whoever found it in a leak need not
    know, and whoever makes some up shall not.
    """
    require(may_revoke(change.viewer, account_id=None, client_id=None, shown=True))
    if not well_formed(token):
        raise NotFound("TOKEN_UNKNOWN", path=("token",))
    if network is not None:
        shown = await count_one_more(change, b"shown:" + network.encode())
        if shown > SHOWN_FROM_A_NETWORK:
            raise Forbidden("TOKENS_FROM_A_NETWORK", most=SHOWN_FROM_A_NETWORK)
    if of_sign_in(token):
        found = select(SignIn).filter_by(digest=digest(token), ended_at=None).with_for_update(key_share=True)
        signed_in = await change.session.scalar(found)
        if signed_in is not None:
            _end(change, signed_in)
        return
    living = await change.session.scalar(select(Token.id).filter_by(digest=digest(token), revoked_at=None))
    if living is not None:
        with suppress(Conflict):
            await revoke_token(change, living, shown=True)


async def end_by_provider(change: Change, logout: LogoutToken) -> int:
    """End the sign-ins of a session that its provider has ended, or all that it opened for somebody; each token once.

    A token that was taken already is a Conflict: whoever caught one must not end what was begun since.
    """
    require(may_end_for_provider(logout.session, logout.subject))
    taken = LogoutTokenTaken(
        digest=identity_digest(change.keys, b"logout", logout.issuer, logout.token),
        forgotten_at=change.at + 2 * dt.timedelta(seconds=GOOD_SECONDS),
    )
    await change.add_once(taken, Conflict("LOGOUT_TAKEN"))
    open_ones = select(SignIn).filter_by(ended_at=None)
    if logout.session is not None:
        known = identity_digest(change.keys, b"session", logout.issuer, logout.session)
        open_ones = open_ones.filter_by(session_digest=known)
    if logout.subject is not None:
        known = identity_digest(change.keys, b"subject", logout.issuer, logout.subject)
        open_ones = open_ones.filter_by(subject_digest=known)
    found = (await change.session.scalars(open_ones.order_by(SignIn.id).with_for_update(key_share=True))).all()
    for signed_in in found:
        _end(change, signed_in)
    return len(found)


def _end(change: Change, signed_in: SignIn) -> None:
    signed_in.ended_at = change.at
    change.record(SignInEnded(sign_in_id=signed_in.id))
