"""Making out who is asking: from a bearer token to a viewer with the grants in force.

What was read of a token is believed for a moment only, so that a revocation holds in every process within two
seconds, without telling any of them.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.errors import Unauthenticated
from hub.identity.models import RoleGrant, Token, VerificationClaim
from hub.identity.tokens import digest, well_formed
from hub.people.models import Account, AccountState, Power, Representation, RepresentationState
from hub.viewer import Grant, Role, Scope, Viewer

BELIEVED = 1.5
"""Seconds for which what was read of a token is believed: two, less the time that a slow read may take."""

MOST_KNOWN = 10_000

T = TypeVar("T")

KNOWN_SCOPES = {scope.value: scope for scope in Scope}


@dataclass(frozen=True)
class Dated(Generic[T]):
    """Something with the half-open interval in which it is in force."""

    what: T
    valid_from: dt.datetime
    valid_until: dt.datetime | None

    def in_force(self, at: dt.datetime) -> bool:
        """Whether it holds at an instant."""
        return self.valid_from <= at and (self.valid_until is None or at < self.valid_until)


def in_force(dated: Iterable[Dated[T]], at: dt.datetime) -> tuple[T, ...]:
    """Return what of these holds at an instant."""
    return tuple(one.what for one in dated if one.in_force(at))


@dataclass(frozen=True)
class Bearer:
    """What was read of a token."""

    account_id: UUID | None
    person_id: UUID | None
    client_id: UUID | None
    scopes: frozenset[Scope]
    expires_at: dt.datetime
    revoked: bool
    active: bool
    grants: tuple[Dated[Grant], ...]
    represents: tuple[Dated[UUID], ...] = ()
    verifications: tuple[Dated[bytes], ...] = ()


class Authenticator:
    """The door's memory of the tokens in use."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._known: OrderedDict[bytes, tuple[float, Bearer]] = OrderedDict()

    async def viewer(self, token: str, languages: tuple[str, ...], at: dt.datetime) -> Viewer:
        """Return who bears this token; Unauthenticated, with the reason, if it is not good."""
        if not well_formed(token):
            raise Unauthenticated("BAD_TOKEN")
        bearer = await self._bearer(digest(token))
        if bearer is None:
            raise Unauthenticated("BAD_TOKEN")
        if bearer.revoked:
            raise Unauthenticated("TOKEN_REVOKED")
        if at >= bearer.expires_at:
            raise Unauthenticated("TOKEN_EXPIRED", expired_at=bearer.expires_at)
        if not bearer.active:
            raise Unauthenticated("ACCOUNT_NOT_ACTIVE")
        return Viewer(
            account_id=bearer.account_id,
            person_id=bearer.person_id,
            client_id=bearer.client_id,
            scopes=bearer.scopes,
            # No token is an administrator: that power is used where the hub runs, and never lies in a script.
            grants=tuple(g for g in in_force(bearer.grants, at) if g.role is not Role.ADMINISTRATOR),
            represents=in_force(bearer.represents, at),
            verification=next(iter(in_force(bearer.verifications, at)), None),
            languages=languages,
        )

    async def _bearer(self, key: bytes) -> Bearer | None:
        # The age counts from before the question was put: the answer may be as old as that.
        asked = time.monotonic()
        read, bearer = self._known.get(key, (0.0, None))
        if bearer is not None and asked - read < BELIEVED:
            return bearer
        bearer = await self._read(key)
        if bearer is None:
            return None
        self._known[key] = (asked, bearer)
        self._known.move_to_end(key)
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return bearer

    async def _read(self, key: bytes) -> Bearer | None:
        statement = (
            select(
                Token.account_id,
                Token.client_id,
                Token.scopes,
                Token.expires_at,
                Token.revoked_at,
                Account.person_id,
                Account.state,
                RoleGrant.role,
                RoleGrant.body_id,
                RoleGrant.valid_from,
                RoleGrant.valid_until,
            )
            .outerjoin(Account, Account.id == Token.account_id)
            .outerjoin(RoleGrant, RoleGrant.account_id == Token.account_id)
            .where(Token.digest == key)
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(statement)).all()
            if not rows:
                return None
            first = rows[0]
            represents = (await connection.execute(_representations(first.person_id))).all()
            verifications = (await connection.execute(_verifications(first.person_id))).all()
        return Bearer(
            account_id=first.account_id,
            person_id=first.person_id,
            client_id=first.client_id,
            scopes=frozenset(KNOWN_SCOPES[scope] for scope in first.scopes if scope in KNOWN_SCOPES),
            expires_at=first.expires_at,
            revoked=first.revoked_at is not None,
            active=first.client_id is not None or first.state is AccountState.ACTIVE,
            grants=tuple(
                Dated(Grant(Role(row.role), row.body_id), row.valid_from, row.valid_until)
                for row in rows
                if row.role is not None
            ),
            represents=tuple(Dated(*row) for row in represents),
            verifications=tuple(Dated(*row) for row in verifications),
        )


def _representations(person_id: UUID | None) -> Select[Any, Any, Any]:
    """The organisations in whose name a person may answer."""
    return (
        select(Representation.organization_id, Representation.valid_from, Representation.valid_until)
        .filter_by(person_id=person_id, state=RepresentationState.VALID)
        .where(Representation.powers.contains([Power.ANSWER.value]))
    )


def _verifications(person_id: UUID | None) -> Select[Any, Any, Any]:
    """What stands for the natural person behind an account; the newest first."""
    claim = VerificationClaim
    return (
        select(claim.token, claim.granted_at, func.least(claim.revoked_at, claim.expires_at))
        .where(claim.person_id == person_id)
        .order_by(claim.granted_at.desc(), claim.id.desc())
    )
