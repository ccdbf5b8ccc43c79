"""Giving tokens and roles, and taking tokens back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.errors import Conflict, Invalid, NotFound, Problem, require
from hub.identity.events import RoleGranted, TokenCreated, TokenRevoked
from hub.identity.models import Client, RoleGrant, Token
from hub.identity.rules import may_create_token, may_grant, may_revoke
from hub.identity.tokens import digest, new_token
from hub.people.models import Account
from hub.register.models import Entry, EntryKind
from hub.text import FORBIDDEN
from hub.viewer import Role, Scope

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
    holder = account_id or client_id
    if holder is None or (account_id is not None and client_id is not None):
        raise Invalid([Problem("ONE_BEARER", ("account",))])
    problems = list(faults)
    if not dt.timedelta() < life <= LONGEST_LIFE:
        problems.append(Problem("BAD_LIFETIME", ("expiresAt",), {"days": LONGEST_LIFE.days}))
    if not name.strip() or len(name) > LONGEST_NAME or FORBIDDEN.search(name):
        problems.append(Problem("BAD_NAME", ("name",)))
    if problems:
        raise Invalid(problems)
    await _require_known(change, Account if account_id else Client, holder)
    secret = new_token()
    token = Token(
        digest=digest(secret),
        account_id=account_id,
        client_id=client_id,
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
    require(may_revoke(change.viewer, account_id=token.account_id, client_id=token.client_id, shown=shown))
    if token.revoked_at is not None:
        raise Conflict("ALREADY_REVOKED")
    token.revoked_at = change.at
    await change.session.flush()
    change.record(TokenRevoked(token_id=token.id))
    change.results["token"] = str(token.id)
    return token


async def revoke_own_token(change: Change, token_id: UUID) -> Token:
    """Make one of the viewer's tokens worthless; whether there are others like it, they are not told."""
    token = await change.take(Token, token_id)
    return await revoke_token(change, token.id)


async def grant_role(
    change: Change,
    *,
    account_id: UUID,
    role: Role,
    body_id: UUID | None = None,
    until: dt.datetime | None = None,
) -> RoleGrant:
    """Give a role to an account from now on, on the whole platform or within one body."""
    require(may_grant(change.viewer, role, body_id=body_id))
    await _require_known(change, Account, account_id)
    if body_id is not None and (await change.find(Entry, body_id)).kind is not EntryKind.BODY:
        raise NotFound("NOT_FOUND", type="Body")
    if (body_id is None) != (role is Role.ADMINISTRATOR):
        raise Invalid([Problem("ROLE_NEEDS_BODY", ("body",), {"role": role.value})])
    grant = RoleGrant(
        account_id=account_id,
        role=role,
        body_id=body_id,
        granted_by=change.viewer.account_id,
        valid_from=change.at,
        valid_until=until,
    )
    await change.add(grant)
    change.record(RoleGranted(grant_id=grant.id, account_id=account_id, role=role, body_id=body_id, valid_until=until))
    change.results["grant"] = str(grant.id)
    return grant


async def _require_known(change: Change, model: type[Account | Client], id_: UUID) -> None:
    if await change.session.get(model, id_, with_for_update={"read": True}) is None:
        raise NotFound("NOT_FOUND", type=model.__name__)
