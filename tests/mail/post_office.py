"""A mail server of the tests' own, on this machine, that can be as bad as real ones."""

from __future__ import annotations

import asyncio
import datetime as dt
import email
import email.policy
import ipaddress
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from hub.settings import Settings

FIRST_DAY, LAST_DAY = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


class PostOffice:
    """What came in, and how the next letters are treated: `manner` names what goes wrong."""

    def __init__(self) -> None:
        self.manner = "takes"
        self.seen: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.encrypted: list[bool] = []
        self.talked_to = 0
        self.released = asyncio.Event()

    # The names are those that aiosmtpd calls.

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        self.talked_to += 1
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        match self.manner:
            case "not now":
                return f"450 <{address}>: come back later"
            case "never":
                return f"550 <{address}>: no such mailbox"
            case "hangs up before":
                server.transport.abort()
            case "sleeps before":
                await self.released.wait()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.manner == "not now, after all":
            return "451 try again"
        if self.manner == "spam":
            return "554 we do not like this"
        self.seen.append(email.message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]
        self.recipients += envelope.rcpt_tos
        self.encrypted.append(session.ssl is not None)
        if self.manner == "hangs up after":
            server.transport.abort()
        if self.manner == "sleeps after":
            await self.released.wait()
        return "250 OK"


@asynccontextmanager
async def a_post_office(folder: Path, *, encrypted: bool = True) -> AsyncIterator[tuple[PostOffice, dict[str, Any]]]:
    """Open a mail server; give it, and the settings by which a hub finds it."""
    certificate = a_certificate(folder)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    office, loop = PostOffice(), asyncio.get_running_loop()
    tls = {"tls_context": context, "require_starttls": True} if encrypted else {}
    server = await loop.create_server(lambda: SMTP(office, hostname="post.test", loop=loop, **tls), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield office, {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_ca": certificate}
    finally:
        office.released.set()
        server.close()
        await asyncio.sleep(0)


def a_certificate(folder: Path) -> Path:
    """Make a certificate for this machine, which is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "post.test")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FIRST_DAY)
        .not_valid_after(LAST_DAY)
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "post.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def settings_of(found: dict[str, Any], data: Path, **others: Any) -> Settings:
    """Return the settings of a hub that sends its letters there."""
    return Settings(data=data, database_url=None, keys=None, mail_from="hub@hub.example", **found, **others)
