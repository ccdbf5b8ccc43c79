"""Tickets: signed words that let somebody hand in one file, or fetch one, for a short while.

Nothing is kept of a ticket until bytes come by it. Whoever holds it may use it: it is told once, over the connection
of whoever asked for it. It names the file that it will become, so that it is also how an upload is named afterwards.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hmac
import struct
from dataclasses import dataclass
from uuid import UUID

from hub.files.purposes import LONGEST_NAME, Purpose
from hub.keys import Keyring

TICKET_GOOD_FOR = dt.timedelta(minutes=15)
"""In which an upload has to begin."""

PASS_GOOD_FOR = dt.timedelta(minutes=5)
"""In which a download has to begin: a page asks for the address when somebody wants the file."""

NOBODY = UUID(int=0)
HEAD = struct.Struct(">BBIQ16s16s16s")
PASS = struct.Struct(">BI16s")
FORM, SIGNATURE = 2, 32
LONGEST = 4 * (HEAD.size + 4 * LONGEST_NAME + SIGNATURE) // 3 + 4
PURPOSES = tuple(Purpose)


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """That one file of this size and name may be handed in, by somebody or by the hub itself.

    One that answers a question is `within` that question's lineage, and its `holder` is a keyed digest of whoever asked
    for it: so neither the words nor the file lead to whoever answered.
    """

    file_id: UUID
    purpose: Purpose
    name: str
    size: int
    expires_at: dt.datetime
    account_id: UUID | None = None
    holder: UUID | None = None
    within: UUID | None = None

    def signed(self, keys: Keyring) -> str:
        """Return the words that stand for it."""
        head = HEAD.pack(
            FORM,
            PURPOSES.index(self.purpose),
            int(self.expires_at.timestamp()),
            self.size,
            self.file_id.bytes,
            (self.account_id or self.holder or NOBODY).bytes,
            (self.within or NOBODY).bytes,
        )
        return _signed(keys, "upload", head + self.name.encode())


@dataclass(frozen=True, kw_only=True)
class Pass:
    """That one document, or the file of one answer, may be fetched."""

    id: UUID
    expires_at: dt.datetime

    def signed(self, keys: Keyring) -> str:
        """Return the words that stand for it."""
        body = PASS.pack(FORM, int(self.expires_at.timestamp()), self.id.bytes)
        return _signed(keys, "download", body)


def read_ticket(words: str, keys: Keyring) -> Ticket | None:
    """Return the ticket that these words stand for; None where the hub did not write them."""
    body = _body(keys, "upload", words)
    if body is None:
        return None
    if body[0] != FORM:
        return None
    _, purpose, expires, size, file_id, who, within = HEAD.unpack(body[: HEAD.size])
    whose = {"holder" if PURPOSES[purpose] is Purpose.ANSWER else "account_id": _somebody(who)}
    return Ticket(
        file_id=UUID(bytes=file_id),
        purpose=PURPOSES[purpose],
        name=body[HEAD.size :].decode(),
        size=size,
        expires_at=dt.datetime.fromtimestamp(expires, dt.UTC),
        within=_somebody(within),
        **whose,
    )


def _somebody(raw: bytes) -> UUID | None:
    return None if raw == NOBODY.bytes else UUID(bytes=raw)


def read_pass(words: str, keys: Keyring) -> Pass | None:
    """Return the pass that these words stand for; None where the hub did not write them."""
    body = _body(keys, "download", words)
    if body is None:
        return None
    _, expires, id_ = PASS.unpack(body)
    return Pass(id=UUID(bytes=id_), expires_at=dt.datetime.fromtimestamp(expires, dt.UTC))


def _signed(keys: Keyring, purpose: str, body: bytes) -> str:
    return base64.urlsafe_b64encode(body + keys.digest(purpose, body)).rstrip(b"=").decode()


def _body(keys: Keyring, purpose: str, words: str) -> bytes | None:
    """Return what was signed; a key that has been replaced meanwhile still knows what it signed."""
    if len(words) > LONGEST:
        return None
    try:
        raw = base64.b64decode(words + "=" * (-len(words) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    body, signature = raw[:-SIGNATURE], raw[-SIGNATURE:]
    genuine = [hmac.compare_digest(signature, digest) for digest in keys.every_digest(purpose, body)]
    return body if any(genuine) else None
