"""Making out who is asking: from a bearer token, of a program or of a sign-in, to a viewer with the grants in force.

What was read of a token is believed for a moment only, so that a revocation holds in every process within two
seconds, without telling any of them.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Select, bindparam, column, func, null, select, table, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from hub.errors import Unauthenticated
from hub.identity.confirming import hour_of, is_over
from hub.identity.models import Client, RoleGrant, Token, VerificationClaim
from hub.identity.sign_in_models import SignIn
from hub.identity.tokens import digest, of_sign_in, well_formed
from hub.people.models import Account, AccountState, Power, Representation, RepresentationState
from hub.viewer import OF_A_PERSON, Assurance, Grant, Role, Scope, Viewer

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
    used_in: dt.datetime | None
    """The hour in which it was used last, as far as that is known."""
    grants: tuple[Dated[Grant], ...]
    represents: tuple[Dated[UUID], ...] = ()
    verifications: tuple[Dated[bytes], ...] = ()
    sign_in_id: UUID | None = None
    signed_in_at: dt.datetime | None = None
    signed_in_by: Assurance = Assurance.EMAIL

    def grants_at(self, at: dt.datetime) -> tuple[Grant, ...]:
        """Return the roles that it carries. Only a sign-in is an administrator: that power never lies in a script."""
        held = in_force(self.grants, at)
        return held if self.sign_in_id is not None else tuple(g for g in held if g.role is not Role.ADMINISTRATOR)

    def is_over(self, at: dt.datetime) -> bool:
        """Whether its time is over: a token's as it says, a sign-in's often earlier."""
        since = self.signed_in_at
        if since is None:
            return at >= self.expires_at
        staff = bool(in_force(self.grants, at))
        used = self.used_in or since
        return is_over(at, signed_in_at=since, used_at=used, expires_at=self.expires_at, staff=staff)


class Authenticator:
    """The door's memory of the tokens in use."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._known: OrderedDict[bytes, tuple[float, Bearer]] = OrderedDict()

    async def viewer(self, token: str, languages: tuple[str, ...], at: dt.datetime) -> Viewer:
        """Return who bears this token; Unauthenticated, with the reason, if it is not good."""
        if not well_formed(token):
            raise Unauthenticated("BAD_TOKEN")
        bearer = await self._bearer(digest(token), at, statement=SIGN_INS if of_sign_in(token) else TOKENS)
        if bearer is None:
            raise Unauthenticated("BAD_TOKEN")
        if bearer.revoked or bearer.is_over(at):
            raise _over(bearer, at)
        if not bearer.active:
            raise Unauthenticated("ACCOUNT_NOT_ACTIVE")
        return Viewer(
            account_id=bearer.account_id,
            person_id=bearer.person_id,
            client_id=bearer.client_id,
            sign_in_id=bearer.sign_in_id,
            signed_in_by=bearer.signed_in_by,
            scopes=bearer.scopes,
            grants=bearer.grants_at(at),
            represents=in_force(bearer.represents, at),
            verification=next(iter(in_force(bearer.verifications, at)), None),
            languages=languages,
        )

    def forget(self, token: str) -> None:
        """Believe nothing of a token any more: it is read again when it is shown next."""
        self._known.pop(digest(token), None)

    async def _bearer(self, key: bytes, at: dt.datetime, *, statement: Select[*tuple[Any, ...]]) -> Bearer | None:
        # The age counts from before the question was put: the answer may be as old as that.
        asked = time.monotonic()
        read, bearer = self._known.get(key, (0.0, None))
        if bearer is not None and asked - read < BELIEVED:
            return bearer
        bearer = await self._read(key, at, statement)
        if bearer is None:
            return None
        self._known[key] = (asked, bearer)
        self._known.move_to_end(key)
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return bearer

    async def _read(self, key: bytes, at: dt.datetime, statement: Select[*tuple[Any, ...]]) -> Bearer | None:
        async with self._engine.connect() as connection:
            rows = (await connection.execute(statement, {"key": key})).all()
            if not rows:
                return None
            represents = (await connection.execute(_representations(rows[0].person_id))).all()
            verifications = (await connection.execute(_verifications(rows[0].person_id))).all()
            seats = (await connection.execute(_seats(rows[0].person_id))).all()
            bearer = _bearer(rows, represents, verifications, seats)
            unknown = bearer.used_in is None or bearer.used_in < hour_of(at)
            if unknown and not bearer.revoked and not bearer.is_over(at):
                await _note_use(connection, key, at, Token if bearer.sign_in_id is None else SignIn)
        return bearer


ABOUT_THE_ACCOUNT = (
    Account.person_id,
    Account.state,
    RoleGrant.role,
    RoleGrant.body_id,
    RoleGrant.valid_from,
    RoleGrant.valid_until,
)

TOKENS: Select[*tuple[Any, ...]] = (
    select(
        Token.account_id,
        Token.client_id,
        Token.scopes,
        func.least(Token.expires_at, Client.expires_at).label("expires_at"),
        func.coalesce(Token.revoked_at, Client.ended_at).label("revoked_at"),
        Token.last_used_at,
        null().label("sign_in_id"),
        null().label("signed_in_at"),
        Client.scopes.label("client_scopes"),
        null().label("assurance"),
        *ABOUT_THE_ACCOUNT,
    )
    .outerjoin(Client, Client.id == Token.client_id)
    .outerjoin(Account, Account.id == Token.account_id)
    .outerjoin(RoleGrant, RoleGrant.account_id == Token.account_id)
    .where(Token.digest == bindparam("key"))
)
"""What is read of a token that was made for a program."""

SIGN_INS: Select[*tuple[Any, ...]] = (
    select(
        SignIn.account_id,
        null().label("client_id"),
        null().label("scopes"),
        SignIn.expires_at,
        SignIn.ended_at.label("revoked_at"),
        SignIn.last_used_at,
        SignIn.id.label("sign_in_id"),
        SignIn.signed_in_at,
        null().label("client_scopes"),
        SignIn.assurance,
        *ABOUT_THE_ACCOUNT,
    )
    .join(Account, Account.id == SignIn.account_id)
    .outerjoin(RoleGrant, RoleGrant.account_id == SignIn.account_id)
    .where(SignIn.digest == bindparam("key"))
)
"""What is read of the token of a sign-in."""


def _bearer(
    rows: Sequence[Any], represents: Sequence[Any], verifications: Sequence[Any], seats: Sequence[Any]
) -> Bearer:
    first = rows[0]
    # A sign-in may do whatever a person may; a token only what it was made for, and what its program still may.
    given = [] if first.sign_in_id is not None else first.scopes
    may = given if first.client_scopes is None else {*given} & {*first.client_scopes}
    scopes = OF_A_PERSON if first.sign_in_id is not None else (KNOWN_SCOPES.get(scope) for scope in may)
    return Bearer(
        account_id=first.account_id,
        person_id=first.person_id,
        client_id=first.client_id,
        scopes=frozenset(scope for scope in scopes if scope is not None),
        expires_at=first.expires_at,
        revoked=first.revoked_at is not None,
        active=first.client_id is not None or first.state is AccountState.ACTIVE,
        used_in=first.last_used_at,
        grants=(
            *(
                Dated(Grant(Role(row.role), row.body_id), row.valid_from, row.valid_until)
                for row in rows
                if row.role is not None
            ),
            *(
                Dated(Grant(role, seat.body_id), seat.valid_from, seat.valid_until)
                for seat in seats
                for role in roles_of_seat(seat.post, alternate=seat.alternate)
            ),
        ),
        represents=tuple(Dated(*row) for row in represents),
        verifications=tuple(Dated(*row) for row in verifications),
        sign_in_id=first.sign_in_id,
        signed_in_at=first.signed_in_at,
        signed_in_by=first.assurance or Assurance.EMAIL,
    )


def _over(bearer: Bearer, at: dt.datetime) -> Unauthenticated:
    """Say why a token is good no more."""
    if bearer.sign_in_id is not None:
        return Unauthenticated("SIGN_IN_OVER")
    if bearer.revoked:
        return Unauthenticated("TOKEN_REVOKED")
    return Unauthenticated("TOKEN_EXPIRED", expired_at=bearer.expires_at)


async def _note_use(connection: AsyncConnection, key: bytes, at: dt.datetime, model: type[Token | SignIn]) -> None:
    """Note the hour in which a token was used, at most once in it; where somebody holds the row, not even that."""
    free = select(model.id).filter_by(digest=key).with_for_update(skip_locked=True)
    noted = update(model).where(model.id.in_(free.scalar_subquery())).values(last_used_at=hour_of(at))
    await connection.execute(noted)
    await connection.commit()


MEMBERSHIP = table(
    "membership",
    *map(column, ("body_id", "seat_id", "person_id", "alternate", "state", "valid_from", "valid_until")),
)
SEAT = table("seat", column("id"), column("post"))
"""Tables of the bodies, which stand above: who somebody is has to be known at the door."""


def roles_of_seat(post: str, *, alternate: bool) -> tuple[Role, ...]:
    """Return what somebody is by sitting in a seat: a member, and what its post says, unless they only stand in."""
    own = () if alternate else tuple(role for role in (Role.COORDINATOR, Role.SECRETARY) if role.value == post)
    return (Role.MEMBER, *own)


def _seats(person_id: UUID | None) -> Select[Any, Any, Any]:
    """The seats in which a person sits, or stands in for whoever does."""
    held = MEMBERSHIP.c
    return (
        select(held.body_id, SEAT.c.post, held.alternate, held.valid_from, held.valid_until)
        .join_from(MEMBERSHIP, SEAT, SEAT.c.id == held.seat_id)
        # A program is no person: it does not sit where somebody without an account does.
        .where(held.person_id.is_not(None), held.person_id == person_id, held.state == "active")
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
