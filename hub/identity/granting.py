"""Giving tokens, and taking them back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, select

from hub.changes.change import Change
from hub.errors import Conflict, Forbidden, Invalid, NotFound, Problem, require
from hub.identity.events import TokenCreated, TokenRevoked
from hub.identity.models import Client, Token
from hub.identity.rules import (
    may_create_token,
    may_let_programs,
    may_manage_clients,
    may_revoke,
    may_use_client,
)
from hub.identity.tokens import OF_CLIENT, PERSONAL, digest, new_token
from hub.mail.writing import withdraw_letters
from hub.people.models import Account
from hub.text import FORBIDDEN
from hub.viewer import Scope

LONGEST_LIFE = dt.timedelta(days=365)
LONGEST_NAME = 200


async def create_token(
    change: Change,
    *,
    account_id: UUID | None = None,
    client_id: UUID | None = None,
    name: str,
    scopes: Collection[Scope],
    life: dt.timedelta = dt.timedelta(days=90),
    faults: Collection[Problem] = (),
) -> tuple[Token, str]:
    """Give a token to an account or to a client; return its row and the secret, which is shown only now."""
    require(may_create_token(change.viewer, account_id=account_id, client_id=client_id, scopes=scopes))
    if (account_id is None) == (client_id is None):
        raise Invalid([Problem("ONE_BEARER", ("account",))])
    _require_sound(name, life, faults)
    if client_id is not None:
        client = await change.take(Client, client_id)
        # What whoever runs the hub lets a token do, the program may do from now on.
        client.scopes = sorted({*client.scopes, *(scope.value for scope in scopes)})
    elif await change.session.get(Account, account_id, with_for_update={"read": True}) is None:
        raise NotFound("NOT_FOUND", type="Account")
    return await _write(change, name, scopes=scopes, life=life, account_id=account_id, client_id=client_id)


async def create_client_token(
    change: Change,
    client_id: UUID,
    *,
    name: str,
    scopes: Collection[Scope],
    life: dt.timedelta,
    faults: Collection[Problem] = (),
) -> tuple[Token, str]:
    """Give a token to a program of an organisation, for as long as it lasts and for no more than it may do."""
    client = await change.take(Client, client_id)
    require(may_manage_clients(change.viewer, organization_id=client.organization_id))
    over = client.expires_at is not None and client.expires_at <= change.at
    require(may_use_client(ended=client.ended_at is not None, over=over))
    require(may_let_programs(change.viewer, {scope for scope in scopes if scope.value not in client.scopes}))
    for scope in sorted({scope.value for scope in scopes} - {*client.scopes}):
        raise Forbidden("SCOPE_NOT_OF_CLIENT", path=("scopes",), scope=scope)
    _require_sound(name, life, faults)
    return await _write(change, name, scopes=scopes, life=life, client_id=client_id)


def _require_sound(name: str, life: dt.timedelta, faults: Collection[Problem]) -> None:
    problems = list(faults)
    if not dt.timedelta() < life <= LONGEST_LIFE:
        problems.append(Problem("BAD_LIFETIME", ("expiresAt",), {"days": LONGEST_LIFE.days}))
    if not name.strip() or len(name) > LONGEST_NAME or FORBIDDEN.search(name):
        problems.append(Problem("BAD_NAME", ("name",)))
    if problems:
        raise Invalid(problems)


async def _write(
    change: Change,
    name: str,
    *,
    scopes: Collection[Scope],
    life: dt.timedelta,
    account_id: UUID | None = None,
    client_id: UUID | None = None,
) -> tuple[Token, str]:
    secret = new_token(PERSONAL if client_id is None else OF_CLIENT)
    token = Token(
        digest=digest(secret),
        account_id=account_id,
        client_id=client_id,
        made_by=change.viewer.account_id,
        name=name,
        scopes=sorted(scope.value for scope in scopes),
        created_at=change.at,
        expires_at=change.at + life,
    )
    await change.add(token)
    change.record(
        TokenCreated(token_id=token.id, account_id=account_id, client_id=client_id, expires_at=token.expires_at)
    )
    change.results["token"] = str(token.id)
    change.secrets["secret"] = secret
    return token, secret


async def token_id(change: Change, secret: str) -> UUID:
    """Return the id of a token that somebody holds; NotFound if there is none like it."""
    found = await change.session.scalar(select(Token.id).filter_by(digest=digest(secret)))
    if found is None:
        raise NotFound("TOKEN_UNKNOWN", path=("token",))
    return found


async def revoke_token(change: Change, token_id: UUID, *, shown: bool = False) -> Token:
    """Make a token worthless, for its holder or for whoever shows it; every process refuses it within two seconds."""
    found = select(Token).filter_by(id=token_id).with_for_update(key_share=True)
    token = (await change.session.execute(found)).scalar_one_or_none()
    if token is None:
        raise NotFound("NOT_FOUND", type="Token")
    owner = None if token.client_id is None else await _owner(change, token.client_id)
    require(
        may_revoke(
            change.viewer,
            account_id=token.account_id,
            client_id=token.client_id,
            organization_id=owner,
            shown=shown,
        )
    )
    if token.revoked_at is not None:
        raise Conflict("ALREADY_REVOKED")
    await _revoke(change, [token])
    change.results["token"] = str(token.id)
    return token


async def revoke_own_token(change: Change, token_id: UUID) -> Token:
    """Make one of the viewer's tokens worthless; whether there are others like it, they are not told."""
    token = await change.take(Token, token_id)
    return await revoke_token(change, token.id)


async def revoke_client_tokens(change: Change, client_id: UUID, *, made_by: UUID | None = None) -> int:
    """Make every token of a program worthless, or all that one person made for it."""
    client = await change.find(Client, client_id)
    require(may_manage_clients(change.viewer, organization_id=client.organization_id))
    revoked = await revoke_all(change, client_id, made_by=made_by)
    change.results["client"] = str(client_id)
    change.secrets["revoked"] = revoked
    return revoked


async def revoke_all(change: Change, *clients: UUID, made_by: UUID | None = None) -> int:
    """Make the tokens of programs worthless that are not yet, or those that one person made; return how many."""
    of_clients = select(Token).where(Token.client_id.in_(clients))
    return await _revoke_living(change, of_clients if made_by is None else of_clients.filter_by(made_by=made_by))


async def revoke_personal(change: Change, account_id: UUID) -> None:
    """Make every token worthless that a person made for programs of their own."""
    await _revoke_living(change, select(Token).filter_by(account_id=account_id))


async def _revoke_living(change: Change, tokens: Select[Token]) -> int:
    living = tokens.filter_by(revoked_at=None).order_by(Token.id).with_for_update(key_share=True)
    found = (await change.session.scalars(living)).all()
    await _revoke(change, found)
    return len(found)


async def _revoke(change: Change, tokens: Sequence[Token]) -> None:
    """Make tokens worthless, in as many statements for a hundred as for one."""
    if not tokens:
        return
    for token in tokens:
        token.revoked_at = change.at
        change.record(TokenRevoked(token_id=token.id))
    await change.session.flush()
    # Nobody is reminded of the end of what has ended.
    await withdraw_letters(change, [f"token:{token.id}:" for token in tokens])


async def _owner(change: Change, client_id: UUID) -> UUID | None:
    return await change.session.scalar(select(Client.organization_id).filter_by(id=client_id))
