"""Reminding: a letter two weeks before a token ends and one a day before, to whoever can make another.

Letters are written by the hub itself, by the clock. Of one token and one day there is one letter, however often and in
however many processes this is done: the outbox knows it by its cause.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Select, Text, cast, exists, func, literal, select

from hub.changes.change import Change
from hub.errors import SetupError
from hub.identity.models import Client, Token
from hub.identity.sign_in_models import MailAddress
from hub.mail.models import Letter, LetterKind
from hub.mail.writing import LetterDraft, write_letter
from hub.people.models import Account, AccountState, Power, Representation
from hub.people.speaking import speaks
from hub.wording import day, moment, spoken

log = structlog.get_logger(__name__)

DAY = dt.timedelta(days=1)

LEADS = ((14, 1), (1, 0))
"""How many days before its end a token is spoken of, and up to how many: late letters are left out for the next one."""

MOST = 200
"""How many letters of a kind are written in one round; the next round goes on."""

ENDS = func.least(Token.expires_at, Client.expires_at)
"""A token ends with its time, and the one of a program with the program at the latest."""


ACTIVE = Account.state == AccountState.ACTIVE

_addressed: Select[*tuple[Any, ...]] = (
    select(Token, Client, Account, MailAddress).select_from(Token).outerjoin(Client, Client.id == Token.client_id)
)

OF_PERSONS: Select[*tuple[Any, ...]] = _addressed.join(Account, Account.id == Token.account_id).join(
    MailAddress, MailAddress.account_id == Account.id
)
OF_CONTACTS: Select[*tuple[Any, ...]] = (
    select(Token, Client).join(Client, Client.id == Token.client_id).where(Client.contact.is_not(None))
)
OF_SPEAKERS: Select[*tuple[Any, ...]] = (
    _addressed.join(Representation, Representation.organization_id == Client.organization_id)
    .join(Account, Account.person_id == Representation.person_id)
    .join(MailAddress, MailAddress.account_id == Account.id)
    .where(Client.contact.is_(None), ACTIVE)
)


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """A letter that is owed."""

    cause: str
    address: str
    languages: Sequence[str]
    zone: str
    name: str
    program: str
    ends: dt.datetime
    days: int


async def remind(change: Change) -> int:
    """Write every letter that is owed by now; return how many there were."""
    owed = [reminder for lead in LEADS for reminder in await _owed(change, *lead)]
    for reminder in owed:
        language = spoken(reminder.languages)
        letter = LetterDraft(
            kind=LetterKind.EXPIRY,
            cause=reminder.cause,
            address=reminder.address,
            languages=reminder.languages,
            facts={
                "name": reminder.name,
                "program": reminder.program,
                "day": day(reminder.ends.date(), language),
                "ends": moment(reminder.ends.replace(microsecond=0), language, zone=reminder.zone),
                # One's own tokens are listed with one's account, those of a program of an organisation are not.
                "page": "/entrar" if reminder.program else "/cuenta",
            },
            good_until=reminder.ends,
        )
        await write_letter(change, letter)
    return len(owed)


async def _owed(change: Change, days: int, until: int) -> list[Reminder]:
    """Return what is owed to persons, to programs' contacts, and, where a program has none, to who speaks for it."""
    lead = (days, until)
    found: list[Reminder] = []
    for token, client, account, address in await _rows(change, OF_PERSONS.where(ACTIVE), lead):
        found += _to_account(change, token, client, account, address, f"token:{token.id}:{days}", days)
    for token, client in await _rows(change, OF_CONTACTS, lead):
        found.append(
            Reminder(
                cause=f"token:{token.id}:{days}",
                address=client.contact,
                languages=[client.language],
                zone="UTC",
                name=token.name,
                program=client.name,
                ends=_end(token, client),
                days=days,
            )
        )
    each = literal(":") + cast(Account.id, Text)
    speakers = OF_SPEAKERS.where(speaks(Representation, change.at, Power.ANSWER))
    for token, client, account, address in await _rows(change, speakers, lead, each=each):
        cause = f"token:{token.id}:{days}:{account.id}"
        found += _to_account(change, token, client, account, address, cause, days)
    return found


def _to_account(
    change: Change, token: Token, client: Client | None, account: Account, address: MailAddress, cause: str, days: int
) -> Iterator[Reminder]:
    try:
        opened = change.keys.unwrap(address.wrapped, about=account.id.bytes).decode()
    except SetupError:
        log.warning("reminder_without_address", token=str(token.id))
        return
    yield Reminder(
        cause=cause,
        address=opened,
        languages=[account.locale],
        zone=account.zone,
        name=token.name,
        program="" if client is None else client.name,
        ends=_end(token, client),
        days=days,
    )


def _end(token: Token, client: Client | None) -> dt.datetime:
    if client is None or client.expires_at is None:
        return token.expires_at
    return min(token.expires_at, client.expires_at)


async def _rows(
    change: Change, found: Select[*tuple[Any, ...]], lead: tuple[int, int], *, each: ColumnElement[str] | None = None
) -> Sequence[Any]:
    """Return what of these ends in this time, is not revoked, and nobody was written to about yet."""
    days, until = lead
    cause = func.concat("token:", cast(Token.id, Text), f":{days}", *([] if each is None else [each]))
    due = found.where(
        Token.revoked_at.is_(None),
        Client.ended_at.is_(None),
        change.at + until * DAY < ENDS,
        change.at + days * DAY >= ENDS,
        # Whoever makes a token for a few days knows that it ends in a few days.
        Token.created_at < ENDS - days * DAY,
        ~exists(select(Letter.id).where(Letter.cause == cause)),
    )
    found_rows: Sequence[Any] = (await change.session.execute(due.order_by(ENDS, Token.id).limit(MOST))).all()
    return found_rows
