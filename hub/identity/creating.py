"""Making accounts for persons."""

from __future__ import annotations

from dataclasses import dataclass

from hub.changes.change import Change
from hub.errors import Invalid, Problem, require
from hub.identity.events import AccountCreated
from hub.identity.rules import may_administer
from hub.identity.sign_in_models import MailAddress
from hub.people.models import Account, AccountState, Person
from hub.text import FORBIDDEN
from hub.timetables.zones import known_zones
from hub.wording import LABELS


@dataclass(frozen=True, kw_only=True)
class PersonDraft:
    """What is known of a person who gets an account."""

    display_name: str
    public_profile: bool = False
    languages: tuple[str, ...] = ("es",)
    zone: str = "America/Mexico_City"


async def create_account(change: Change, draft: PersonDraft) -> Account:
    """Make an account for a new person."""
    require(may_administer(change.viewer))
    problems = []
    if not draft.display_name.strip() or FORBIDDEN.search(draft.display_name):
        problems.append(Problem("BAD_NAME", ("displayName",)))
    if draft.zone not in known_zones():
        problems.append(Problem("UNKNOWN_ZONE", ("zone",), {"zone": draft.zone}))
    if problems:
        raise Invalid(problems)
    account = await _write(change, draft)
    change.results["account"] = str(account.id)
    return account


async def open_account(change: Change, *, known_by: tuple[str, bytes] | None, language: str) -> Account:
    """Make an account for whoever showed who they are, with the address and its digest where that is known.

    They have no name yet that they chose.
    """
    unnamed = LABELS["person"]["unnamed"][language]
    account = await _write(change, PersonDraft(display_name=unnamed, languages=(language,)))
    if known_by is not None:
        address, digest = known_by
        wrapped = change.keys.wrap(address.encode(), about=account.id.bytes)
        await change.add(MailAddress(account_id=account.id, digest=digest, wrapped=wrapped, verified_at=change.at))
    return account


async def _write(change: Change, draft: PersonDraft) -> Account:
    """Write a person and their account."""
    person = Person(
        display_name=draft.display_name.strip(),
        public_profile=draft.public_profile,
        languages=list(draft.languages),
        created_on=change.at.date(),
    )
    await change.add(person)
    account = Account(person_id=person.id, state=AccountState.ACTIVE, locale=draft.languages[0], zone=draft.zone)
    await change.add(account)
    change.record(AccountCreated(account_id=account.id))
    return account
