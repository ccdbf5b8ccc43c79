"""Appointing: giving somebody a role for a time, with a reason that is kept, and ending it before that.

A grant and its end are in the public log without the person. Every process goes by them within two seconds.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select

from hub.changes.change import Change
from hub.errors import Invalid, NotFound, Problem, require
from hub.identity.events import RoleEnded, RoleGranted
from hub.identity.models import RoleGrant
from hub.identity.role_rules import may_end_grant, may_grant, may_hold
from hub.people.models import Account, AccountState
from hub.register.models import Entry, EntryKind
from hub.text import problems_with_words
from hub.viewer import Role

LONGEST_REASON = 4_000


@dataclass(frozen=True, kw_only=True)
class Term:
    """From when until when a role is to hold: from now on, and without an end, unless it is said."""

    since: dt.datetime | None = None
    until: dt.datetime | None = None


ALWAYS = Term()


async def appoint(
    change: Change, person_id: UUID, *, role: Role, body_id: UUID | None, reason: str, term: Term = ALWAYS
) -> RoleGrant:
    """Give a role to a person; NotFound where nobody has an account by this id."""
    account_id = await change.session.scalar(
        select(Account.id).filter_by(person_id=person_id, state=AccountState.ACTIVE)
    )
    # First the rule: whoever may not give roles does not learn who is here.
    require(may_grant(change.viewer, role, body_id=body_id, to=account_id))
    if account_id is None:
        raise NotFound("NOT_FOUND", type="Person", path=("personId",))
    return await grant_role(change, account_id=account_id, role=role, body_id=body_id, reason=reason, term=term)


async def grant_role(
    change: Change,
    *,
    account_id: UUID,
    role: Role,
    body_id: UUID | None = None,
    reason: str | None = None,
    term: Term = ALWAYS,
) -> RoleGrant:
    """Give a role to an account, on the whole platform or within one body."""
    require(may_grant(change.viewer, role, body_id=body_id, to=account_id))
    await _take_account(change, account_id)
    if body_id is not None and (await change.find(Entry, body_id)).kind is not EntryKind.BODY:
        raise NotFound("NOT_FOUND", type="Body", path=("bodyId",))
    problems = (
        []
        if reason is None and change.viewer.system
        else problems_with_words(reason or "", "reason", longest=LONGEST_REASON)
    )
    if (body_id is None) != (role is Role.ADMINISTRATOR):
        problems.append(Problem("ROLE_NEEDS_BODY", ("bodyId",), {"role": role.value}))
    since = change.at if term.since is None else term.since
    if since < change.at:
        problems.append(Problem("ROLE_IN_THE_PAST", ("validFrom",)))
    if term.until is not None and term.until <= since:
        problems.append(Problem("ROLE_ENDS_BEFORE", ("validUntil",)))
    if problems:
        raise Invalid(problems)
    held = await _held(change, account_id, since=since, until=term.until)
    require(may_hold(role, held=held, body_id=body_id))
    grant = RoleGrant(
        account_id=account_id,
        role=role,
        body_id=body_id,
        granted_by=change.viewer.account_id,
        reason=reason,
        valid_from=since,
        valid_until=term.until,
    )
    await change.add(grant)
    change.record(
        RoleGranted(
            grant_id=grant.id,
            account_id=account_id,
            role=role,
            body_id=body_id,
            valid_from=since,
            valid_until=term.until,
        )
    )
    change.results["role_grant"] = str(grant.id)
    return grant


async def end_role(change: Change, grant_id: UUID, *, reason: str) -> RoleGrant:
    """End a grant now, or before it has begun; what was done by it stays done."""
    grant = await change.take(RoleGrant, grant_id)
    others = await other_administrators(change, grant) if grant.role is Role.ADMINISTRATOR else None
    over = grant.valid_until is not None and grant.valid_until <= change.at
    require(
        may_end_grant(change.viewer, grant.role, body_id=grant.body_id, of=grant.account_id, over=over, others=others)
    )
    problems = problems_with_words(reason, "reason", longest=LONGEST_REASON)
    if problems:
        raise Invalid(problems)
    grant.valid_until = max(change.at, grant.valid_from)
    grant.ended_at, grant.ended_by, grant.end_reason = change.at, change.viewer.account_id, reason
    await change.session.flush()
    change.record(RoleEnded(grant_id=grant.id, account_id=grant.account_id, role=grant.role, body_id=grant.body_id))
    change.results["role_grant"] = str(grant.id)
    return grant


async def _take_account(change: Change, account_id: UUID) -> None:
    """Lock an account, so that two grants to one person are looked at one after the other."""
    if await change.session.get(Account, account_id, with_for_update={"key_share": True}) is None:
        raise NotFound("NOT_FOUND", type="Account")


async def _held(
    change: Change, account_id: UUID, *, since: dt.datetime, until: dt.datetime | None
) -> frozenset[tuple[Role, UUID | None]]:
    """Return what an account holds at some instant of this time."""
    overlapping = select(RoleGrant.role, RoleGrant.body_id).where(
        RoleGrant.account_id == account_id,
        or_(RoleGrant.valid_until.is_(None), RoleGrant.valid_until > since),
        *([] if until is None else [RoleGrant.valid_from < until]),
    )
    return frozenset((role, body_id) for role, body_id in await change.session.execute(overlapping))


LAST_ADMINISTRATOR_LOCK = 0x61646D
"""The advisory lock that ends of this role queue up for ("adm" in ASCII): else two would each leave the other."""


async def other_administrators(change: Change, grant: RoleGrant) -> int:
    """Count who else runs the platform, now and for as long as nobody ends that."""
    await change.session.execute(select(func.pg_advisory_xact_lock(LAST_ADMINISTRATOR_LOCK)))
    others = (
        select(func.count())
        .select_from(RoleGrant)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(
            RoleGrant.role == Role.ADMINISTRATOR,
            RoleGrant.id != grant.id,
            RoleGrant.valid_from <= change.at,
            or_(RoleGrant.valid_until.is_(None), RoleGrant.valid_until > change.at),
            # One that was ended while this waited may have been ended at a later instant than this act's own.
            RoleGrant.ended_at.is_(None),
            Account.state == AccountState.ACTIVE,
        )
    )
    return int(await change.session.scalar(others) or 0)
