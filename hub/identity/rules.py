"""Who may sign in, and make accounts and tokens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from hub.errors import Forbidden, Unauthenticated, Verdict, WrongState
from hub.viewer import OF_A_PROGRAM, Scope, Viewer


def may_administer(viewer: Viewer) -> Verdict:
    """Let the hub itself and the administrators of the platform make accounts, clients and tokens."""
    if viewer.system:
        return True
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if not viewer.administers:
        return Forbidden("ADMINISTRATORS_ONLY")
    return True


def may_request_sign_in(viewer: Viewer) -> Verdict:
    """Let everybody ask for a code who is not here as a person already."""
    if viewer.signed_in:
        return WrongState("ALREADY_SIGNED_IN")
    return True


MOST_TRIES = 5
"""How many codes may be tried for one request."""


def may_confirm_sign_in(viewer: Viewer, *, tries: int, used: bool, over: bool) -> Verdict:
    """Let whoever asked for a code try it, five times and within its time, until it was the right one."""
    if viewer.signed_in:
        return WrongState("ALREADY_SIGNED_IN")
    if used or over or tries >= MOST_TRIES:
        return WrongState("CODE_OVER")
    return True


def may_reauthenticate(viewer: Viewer, *, tries: int = 0, used: bool = False, over: bool = False) -> Verdict:
    """Let whoever is here in person show again who they are, by a code that is good as long as one to sign in."""
    allowed = may_end_sign_ins(viewer)
    if allowed is not True:
        return allowed
    if used or over or tries >= MOST_TRIES:
        return WrongState("CODE_OVER")
    return True


FRESH = dt.timedelta(minutes=10)
"""How long it counts that somebody has shown who they are, for what an unlocked screen must not be enough for."""


def may_act_on_all_data(viewer: Viewer, *, ago: dt.timedelta) -> Verdict:
    """Let whoever has just shown who they are have everything that is kept about them, told or erased."""
    allowed = may_end_sign_ins(viewer)
    if allowed is not True:
        return allowed
    if ago > FRESH:
        return Forbidden("REAUTHENTICATION_NEEDED", minutes=int(FRESH.total_seconds()) // 60)
    return True


CHALLENGE = 32
"""How many bytes the SHA-256 of a secret has."""


def may_prove(*, challenge: bytes) -> Verdict:
    """Let everybody be proven whose front end keeps a secret in their browser: what is proven is theirs alone."""
    if len(challenge) != CHALLENGE:
        return Forbidden("PROOF_UNKNOWN")
    return True


def may_exchange(viewer: Viewer, *, used: bool, over: bool) -> Verdict:
    """Let whoever was just proven sign in, once and within minutes, if they are not here as a person already."""
    if viewer.signed_in:
        return WrongState("ALREADY_SIGNED_IN")
    if used or over:
        return WrongState("PROOF_OVER")
    return True


def may_link_identity(viewer: Viewer, *, over: bool) -> Verdict:
    """Let somebody who is signed in say which providers open their account; a program's token must not."""
    allowed = may_end_sign_ins(viewer)
    if allowed is not True:
        return allowed
    if over:
        return WrongState("PROOF_OVER")
    return True


def may_end_sign_ins(viewer: Viewer) -> Verdict:
    """Let a person who is signed in end that, here and elsewhere; a program's token must not lock its owner out."""
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if viewer.sign_in_id is None:
        return Forbidden("SIGN_IN_NEEDED")
    return True


def may_end_for_provider(session: str | None, subject: str | None) -> Verdict:
    """Let a provider end what it opened, where it says whose that is."""
    if session is None and subject is None:
        return Forbidden("LOGOUT_OF_NOBODY")
    return True


def may_create_token(
    viewer: Viewer, *, account_id: UUID | None, client_id: UUID | None, scopes: Collection[Scope]
) -> Verdict:
    """Let a person who is signed in make tokens for their own programs; the administrators make all others."""
    own = client_id is None and account_id is not None and account_id == viewer.account_id
    if viewer.system or not own:
        return may_administer(viewer)
    if viewer.sign_in_id is None:
        return Forbidden("SIGN_IN_NEEDED")
    for scope in sorted(set(scopes) - viewer.scopes):
        return Forbidden("SCOPE_MISSING", scope=scope)
    return True


def may_verify(viewer: Viewer) -> Verdict:
    """Let whoever runs the hub say who somebody is, and take that back."""
    return may_administer(viewer)


def may_revoke(
    viewer: Viewer,
    *,
    account_id: UUID | None,
    client_id: UUID | None,
    organization_id: UUID | None = None,
    shown: bool = False,
) -> Verdict:
    """Let whoever holds a token make it worthless, and whoever shows it, wherever they found it.

    The token of a program also ends by whoever speaks for its organisation, and any by the administrators.
    """
    if shown:
        return True
    if viewer.account_id is not None and viewer.account_id == account_id:
        return True
    if viewer.client_id is not None and viewer.client_id == client_id:
        return True
    if client_id is not None and organization_id is not None and organization_id in viewer.represents:
        return may_manage_clients(viewer, organization_id=organization_id)
    return may_administer(viewer)


def may_manage_clients(viewer: Viewer, *, organization_id: UUID | None) -> Verdict:
    """Let whoever speaks for an organisation, and is here in person, look after its programs; administrators all."""
    if viewer.system:
        return True
    if not viewer.signed_in:
        return Unauthenticated("UNAUTHENTICATED")
    if viewer.sign_in_id is None:
        return Forbidden("SIGN_IN_NEEDED")
    if not viewer.administers and organization_id not in viewer.represents:
        return Forbidden("NOT_A_REPRESENTATIVE", path=("organizationId",))
    return True


def may_let_programs(viewer: Viewer, scopes: Collection[Scope]) -> Verdict:
    """Let programs read what is public; that they read it in bulk is for whoever runs the hub to say."""
    if viewer.system:
        return True
    for scope in sorted(set(scopes) - OF_A_PROGRAM):
        return Forbidden("SCOPE_NOT_FOR_PROGRAMS", path=("scopes",), scope=scope)
    if Scope.BULK_READ in scopes and not viewer.administers:
        return Forbidden("SCOPE_OF_THE_OPERATOR", path=("scopes",), scope=Scope.BULK_READ)
    return True


def may_use_client(*, ended: bool, over: bool) -> Verdict:
    """Let a program get tokens until it has ended."""
    if ended or over:
        return WrongState("CLIENT_ENDED")
    return True
