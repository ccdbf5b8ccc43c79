"""Remembering who was erased, outside the database and its backups, so that an older backup does not bring them back.

The list is a file of digests, which say nothing to whoever lacks the key file; its first line tells by which keys they
were made. Every process writes down what the database knows; and where the file knows somebody whom the database does
not, an older backup was restored, and whoever is there again goes again.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from hub.changes.change import Changes
from hub.errors import SetupError
from hub.keys import Keyring
from hub.people.models import Account
from hub.personal_data.erasing import digest_of, erase_again
from hub.personal_data.models import Contributions, Erasure
from hub.viewer import SYSTEM

MADE_BY = "keys"
"""How the first line begins."""


@dataclass(frozen=True)
class Entry:
    """Somebody who was erased."""

    digest: bytes
    contributions: Contributions
    on: dt.date

    def __str__(self) -> str:
        """Return its line in the file."""
        return f"{self.digest.hex()} {self.contributions.value} {self.on.isoformat()}"


async def remember(changes: Changes, file: Path) -> int:
    """Bring the list and the database together; return how many an older backup had brought back, who go again."""
    listed = {entry.digest: entry for entry in await asyncio.to_thread(read_list, file, changes.keys)}
    async with changes.begin(SYSTEM) as change:
        rows = await change.session.execute(select(Erasure.digest, Erasure.contributions, Erasure.erased_on))
        kept = {row.digest: Entry(*row) for row in rows}
    again = 0
    unknown = {digest: entry for digest, entry in listed.items() if digest not in kept}
    if unknown:
        again = await _let_go_again(changes, unknown)
    if kept.keys() - listed.keys():
        await asyncio.to_thread(write_list, file, {**listed, **kept}.values(), changes.keys)
    return again


async def _let_go_again(changes: Changes, unknown: dict[bytes, Entry]) -> int:
    async with changes.begin(SYSTEM) as change:
        there = (await change.session.scalars(select(Account.id))).all()
        back = {id_: unknown.get(digest_of(change.keys, id_)) for id_ in there}
    for account_id, entry in back.items():
        if entry is not None:
            async with changes.begin(SYSTEM) as change:
                await erase_again(change, account_id, contributions=entry.contributions, on=entry.on)
    async with changes.begin(SYSTEM) as change:
        # Only now, so that whoever dies before it begins again; of those who came after the backup there is nothing.
        rows = [{"digest": e.digest, "contributions": e.contributions, "erased_on": e.on} for e in unknown.values()]
        await change.session.execute(insert(Erasure).values(rows).on_conflict_do_nothing())
    return sum(entry is not None for entry in back.values())


def read_list(file: Path, keys: Keyring) -> list[Entry]:
    """Read the file; there need not be one. SetupError where it is damaged, or was made by other keys."""
    try:
        lines = [line.split() for line in file.read_text(encoding="ascii").splitlines() if line.strip()]
    except FileNotFoundError:
        return []
    except ValueError:
        raise _damaged(file) from None
    if not lines or lines[0][0] != MADE_BY:
        raise _damaged(file)
    if lines[0][1:] != [_mark(keys)]:
        raise SetupError(
            f"{file} was made with another key file than the one in use, so nobody on it would be known again: put the "
            "key file and the list of one and the same hub there."
        )
    try:
        return [
            Entry(bytes.fromhex(digest), Contributions(contributions), dt.date.fromisoformat(day))
            for digest, contributions, day in lines[1:]
        ]
    except ValueError:
        raise _damaged(file) from None


def _damaged(file: Path) -> SetupError:
    return SetupError(
        f"{file} is not a list of erasures, or it is damaged: restore it from where it is kept, since without it an "
        "older backup would bring people back who are gone."
    )


def _mark(keys: Keyring) -> str:
    return keys.lasting_digest("erasure", b"the list").hex()


def write_list(file: Path, entries: Iterable[Entry], keys: Keyring) -> None:
    """Write the file, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".erasures-")
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.writelines(f"{line}\n" for line in (f"{MADE_BY} {_mark(keys)}", *sorted(map(str, entries))))
        out.flush()
        os.fsync(out.fileno())
    Path(temporary).replace(file)
