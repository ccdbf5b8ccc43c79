"""Writing a letter: it is put into the outbox by the transaction of its cause, and sent when that is committed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import orjson
from sqlalchemy import Text, any_, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY, insert

from hub.changes.change import Change
from hub.database.base import uuid7
from hub.keys import Keyring
from hub.mail.addresses import address_digest, normalized
from hub.mail.models import Letter, LetterKind, LetterState
from hub.wording import spoken


@dataclass(frozen=True, kw_only=True)
class LetterDraft:
    """A letter that is to be written. Of one cause there is one letter, however often it is written."""

    kind: LetterKind
    cause: str
    address: str
    languages: Collection[str]
    facts: Mapping[str, str] = field(default_factory=dict)
    good_until: dt.datetime | None = None
    """When it is of no use any more, and is not sent."""


async def write_letter(change: Change, draft: LetterDraft) -> None:
    """Put a letter into the outbox, unless there is one of the same cause."""
    id_ = uuid7()
    content = orjson.dumps({"address": normalized(draft.address), "facts": dict(draft.facts)})
    row = {
        "id": id_,
        "kind": draft.kind,
        "cause": draft.cause,
        "language": spoken(draft.languages),
        "content": change.keys.wrap(content, about=_about(id_)),
        "recipient": address_digest(change.keys, draft.address),
        "state": LetterState.WAITING,
        "attempts": 0,
        "unsure": False,
        "written_at": change.at,
        "due_at": change.at,
        "good_until": draft.good_until,
    }
    await change.session.execute(insert(Letter).values(row).on_conflict_do_nothing(index_elements=["cause"]))


async def withdraw_letters(change: Change, causes: Collection[str]) -> None:
    """Give up the letters that wait and whose cause begins like one of these: what they would say is true no more."""
    begins = Letter.cause.bool_op("^@")(any_(literal([*causes], ARRAY(Text()))))
    waiting = update(Letter).where(Letter.state == LetterState.WAITING, begins)
    given_up = waiting.values(ended(LetterState.GIVEN_UP, change.at))
    await change.session.execute(given_up, execution_options={"synchronize_session": False})


async def letters_to(change: Change, recipient: bytes) -> list[tuple[Letter, Mapping[str, str]]]:
    """Return the letters that wait for an address, found by its digest, and opened."""
    waiting = select(Letter).filter_by(recipient=recipient).order_by(Letter.written_at, Letter.id)
    return [(letter, opened(change.keys, letter)[1]) for letter in (await change.session.scalars(waiting)).all()]


async def withdraw_letters_to(change: Change, recipient: bytes, *, but: LetterKind) -> None:
    """Give up the letters that wait for an address, all but those of one kind."""
    waiting = update(Letter).where(Letter.recipient == recipient, Letter.kind != but)
    given_up = waiting.values(ended(LetterState.GIVEN_UP, change.at))
    await change.session.execute(given_up, execution_options={"synchronize_session": False})


def ended(state: LetterState, at: dt.datetime) -> dict[str, object]:
    """Return what a letter has that waits no more: nothing of what it said, nor of whom it was for."""
    return {"state": state, "content": None, "recipient": None, "finished_at": at}


def opened(keys: Keyring, letter: Letter) -> tuple[str, Mapping[str, str]]:
    """Return whom a waiting letter is for, and what its words name."""
    assert letter.content is not None  # noqa: S101 - a waiting letter has its content, by a check of the table
    content = orjson.loads(keys.unwrap(letter.content, about=_about(letter.id)))
    return content["address"], content["facts"]


def _about(id_: object) -> bytes:
    return f"letter:{id_}".encode()
