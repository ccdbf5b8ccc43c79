"""Carrying: the way of a letter out of the hub, to a mail server or, where none is set, into a folder.

What becomes of it is one of four: it was taken; it will be tried again; it was refused for good; or nobody knows,
because the connection ended after the letter was handed over and before that was acknowledged.
"""

from __future__ import annotations

import asyncio
import contextlib
import enum
import os
import ssl
import tempfile
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

import aiosmtplib
import structlog

from hub.settings import Settings, SmtpSecurity

log = structlog.get_logger(__name__)

PATIENCE = 20.0
"""Seconds that a mail server has for each of its replies."""

GOOD_BYE = 2.0
"""Seconds in which it may answer to the end of a conversation."""

MOST_PATIENCE = 60.0
"""Seconds for everything together, after which a letter is left for later."""

REFUSES_THE_HUB = frozenset({530, 534, 535, 538})
"""Replies that want another way of signing in: they say nothing against the letter."""


class Fate(enum.Enum):
    """What became of an attempt."""

    TAKEN = "taken"
    LATER = "later"
    REFUSED = "refused"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Outcome:
    """What became of an attempt: the number of the mail server's reply, and the kind of what went wrong.

    No words of either: mail servers like to repeat the address.
    """

    fate: Fate
    reply: int | None = None
    trouble: str | None = None


class Carrier(Protocol):
    """A way out of the hub."""

    async def carry(self, message: EmailMessage, *, address: str, name: str) -> Outcome:
        """Bring one message to one address; `name` tells it from all others."""


def carrier_of(settings: Settings) -> Carrier:
    """Return the way that these settings say."""
    return Folder(settings.data / "letters") if settings.smtp_host is None else MailServer(settings)


class Folder:
    """Letters as files, each readable by the account of the hub alone: where there is no mail server yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def carry(self, message: EmailMessage, *, address: str, name: str) -> Outcome:
        """Write the message into a file and say in the log where it is."""
        try:
            file = await asyncio.to_thread(self._write, message.as_bytes(), f"{name}.eml")
        except OSError as error:
            return Outcome(Fate.LATER, trouble=type(error).__name__)
        log.warning("letter_in_a_file", file=str(file), hint="Set HUB_SMTP_HOST to send letters.")
        return Outcome(Fate.TAKEN)

    def _write(self, content: bytes, name: str) -> Path:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self._folder, prefix=".letter-")
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        return Path(temporary).replace(self._folder / name)


class MailServer:
    """A mail server that takes letters by SMTP, encrypted unless the settings say otherwise."""

    def __init__(self, settings: Settings) -> None:
        assert settings.smtp_host is not None  # noqa: S101 - `carrier_of` looked
        self._settings, self._host = settings, settings.smtp_host

    async def carry(self, message: EmailMessage, *, address: str, name: str) -> Outcome:
        """Hand the message over."""
        handing = _Handing()
        try:
            async with asyncio.timeout(MOST_PATIENCE):
                return await self._hand_over(message.as_bytes(), address, handing)
        except aiosmtplib.SMTPResponseException as error:
            refused = handing.begun and 500 <= error.code < 600 and error.code not in REFUSES_THE_HUB
            return Outcome(Fate.REFUSED if refused else Fate.LATER, error.code, type(error).__name__)
        except (aiosmtplib.SMTPException, OSError) as error:
            # TimeoutError is an OSError, and so is what TLS says of a certificate.
            return Outcome(Fate.UNSURE if handing.over else Fate.LATER, trouble=type(error).__name__)

    def _client(self) -> aiosmtplib.SMTP:
        settings, security = self._settings, self._settings.smtp_security
        password = settings.smtp_password
        return aiosmtplib.SMTP(
            hostname=self._host,
            port=settings.smtp_port,
            username=settings.smtp_user,
            password=None if password is None else password.get_secret_value(),
            # Not None, by which aiosmtplib encrypts only if it is offered: whoever sits in between takes that away.
            start_tls=security is SmtpSecurity.STARTTLS,
            use_tls=security is SmtpSecurity.TLS,
            tls_context=None if security is SmtpSecurity.PLAIN else self._trusted(),
            timeout=PATIENCE,
        )

    def _trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self._settings.smtp_ca)

    async def _hand_over(self, content: bytes, address: str, handing: _Handing) -> Outcome:
        client = self._client()
        await client.connect()
        try:
            handing.begun = True
            await client.mail(self._settings.mail_from)
            await client.rcpt(address)
            handing.over = True
            reply = await client.data(content)
            with contextlib.suppress(aiosmtplib.SMTPException, OSError):
                # It was taken: whether the good-bye is answered changes nothing any more.
                await client.quit(timeout=GOOD_BYE)
        finally:
            client.close()
        return Outcome(Fate.TAKEN, reply.code)


@dataclass
class _Handing:
    """How far the handing over of a letter has come."""

    begun: bool = False
    """Whether the mail server let the hub in, so that what it says now is about the letter."""
    over: bool = False
    """Whether the letter itself may have been sent, so that it may have arrived."""
