"""What an installation says of its identity providers: one table of a TOML file for each (`HUB_PROVIDERS`).

::

    [ejemplo]
    kind = "oidc"
    issuer = "https://id.example"
    client_id = "hub"
    client_secret_file = "/run/secrets/ejemplo"
    trust = "social"
    names = { es = "Ejemplo", en = "Example" }

The name of the table is part of the addresses that the provider sends people back to, so it stays what it is.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, TypeAdapter, ValidationError, model_validator

from hub.errors import SetupError
from hub.viewer import Assurance

KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Names(BaseModel):
    """What a provider is called on its button, in each language of the pages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    es: str = Field(min_length=1, max_length=60)
    en: str = Field(min_length=1, max_length=60)


class ProviderSettings(BaseModel):
    """What every provider has."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    key: str
    names: Names
    issuer: str
    """Who vouches. With the subject it is what an account is known by, so it never changes."""
    client_id: str = Field(min_length=1)
    client_secret: SecretStr
    trust: Assurance
    trusts_email: bool = False
    """Whether an address that the provider calls verified is believed to be theirs."""
    allow_loopback: bool = False
    """Whether it may be reached without encryption on this very machine: for development."""
    verified_days: int = Field(default=365, ge=1, le=1_095)

    @property
    def keeps_sessions(self) -> bool:
        """Whether somebody may be signed in there as well, which is ended there."""
        return True

    def permits(self, address: str) -> bool:
        """Whether something may be sent to an address: encrypted, or on this very machine where that is allowed."""
        parts = urlsplit(address)
        if not parts.hostname or parts.username is not None or parts.fragment:
            return False
        return parts.scheme == "https" or (
            self.allow_loopback and parts.scheme == "http" and parts.hostname in LOOPBACK
        )

    @model_validator(mode="after")
    def _issuer_is_an_address(self) -> ProviderSettings:
        if not self.permits(self.issuer) or "?" in self.issuer:
            raise ValueError("issuer has to be an address that begins with https:// and has no query")
        return self


class OpenIDConnectSettings(ProviderSettings):
    """A provider that speaks OpenID Connect."""

    kind: Literal["oidc"]
    scopes: tuple[str, ...] = ("openid", "email")
    hosts: tuple[str, ...] = ()
    """Further hosts than the issuer's own where its endpoints may lie."""
    acr_values: tuple[str, ...] = ()
    """What the provider is asked for about how it authenticates; one of them has to come back."""
    person_claim: str | None = None
    """The claim that holds the CURP, of a provider that is trusted to know the natural person."""

    @model_validator(mode="after")
    def _complete(self) -> OpenIDConnectSettings:
        if "openid" not in self.scopes:
            raise ValueError("scopes has to hold openid")
        if (self.trust is Assurance.VERIFIED_PERSON) != (self.person_claim is not None):
            raise ValueError("person_claim goes with trust = verified_person, and neither without the other")
        return self


class FieldNames(BaseModel):
    """What a scheme like OAuth 2.0 calls the things that the hub sends and reads; by default as Llave MX does."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ask_client: str = "client_id"
    ask_redirect: str = "redirect_url"
    ask_state: str = "state"
    grant_type: str = "grantType"
    code: str = "code"
    redirect: str = "redirectUri"
    client_id: str = "clientId"
    client_secret: str = "clientSecret"  # noqa: S105 - the name of a field
    token: str = "accessToken"  # noqa: S105 - the name of a field
    token_header: str = "accessToken"  # noqa: S105 - the name of a header
    subject: str = "id"
    person: str = "curp"
    email: str = "correo"
    email_verified: str = "correoVerificado"


class OAuth2JsonSettings(ProviderSettings):
    """A national scheme like OAuth 2.0: JSON for the token request, a header of its own for the person's data."""

    kind: Literal["oauth2_json"]
    authorize_url: str
    token_url: str
    user_url: str
    sign_out_url: str | None = None
    fields: FieldNames = FieldNames()

    @property
    def keeps_sessions(self) -> bool:
        """It does where it has a place to end them."""
        return self.sign_out_url is not None

    @model_validator(mode="after")
    def _addresses(self) -> OAuth2JsonSettings:
        for name in ("authorize_url", "token_url", "user_url", "sign_out_url"):
            address = getattr(self, name)
            if address is not None and not self.permits(address):
                raise ValueError(f"{name} has to be an address that begins with https://")
        return self


AnyProvider = Annotated[OpenIDConnectSettings | OAuth2JsonSettings, Field(discriminator="kind")]
ADAPTER: TypeAdapter[OpenIDConnectSettings | OAuth2JsonSettings] = TypeAdapter(AnyProvider)

SECRETS = ("client_secret", "client_secret_env", "client_secret_file")


def configured(file: Path | None) -> tuple[OpenIDConnectSettings | OAuth2JsonSettings, ...]:
    """Return the providers of an installation, in the order of their file; SetupError with words where one is wrong."""
    if file is None:
        return ()
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SetupError(f"HUB_PROVIDERS: {file} cannot be read ({error.strerror}).") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        # The library's own words tell the place, and may repeat what stands there.
        place = re.search(r"at line \d+, column \d+", str(error))
        raise SetupError(f"HUB_PROVIDERS: {file} is no TOML{f' ({place[0]})' if place else ''}.") from None
    found = tuple(_provider(file, key, table) for key, table in tables.items())
    issuers = [provider.issuer for provider in found]
    for provider in found:
        if issuers.count(provider.issuer) > 1:
            raise SetupError(f"HUB_PROVIDERS: {file}: the issuer of [{provider.key}] stands there twice.")
    return found


def _provider(file: Path, key: str, table: Any) -> OpenIDConnectSettings | OAuth2JsonSettings:
    if not isinstance(table, Mapping):
        raise SetupError(f"HUB_PROVIDERS: {file}: {key} stands outside of a provider's table, such as [{key}].")
    if not KEY.fullmatch(key):
        raise SetupError(f"HUB_PROVIDERS: {file}: [{key}] may hold small letters, digits and hyphens, at most 32.")
    given = {name: value for name, value in table.items() if name not in SECRETS}
    given |= {"key": key, "client_secret": _secret(file, key, table)}
    try:
        return ADAPTER.validate_python(given)
    except ValidationError as invalid:
        wrong = "; ".join(_said(error) for error in invalid.errors(include_url=False, include_input=False))
        raise SetupError(f"HUB_PROVIDERS: {file}: [{key}] {wrong}.") from None


def _said(error: Mapping[str, Any]) -> str:
    """Return what is wrong, and where: the first place may be the kind, which chose the form."""
    place = ".".join(str(part) for part in error["loc"] if part not in ("oidc", "oauth2_json"))
    said = error["msg"].removeprefix("Value error, ")
    return f"{place}: {said}" if place else said


def _secret(file: Path, key: str, table: Mapping[str, Any]) -> str:
    """Return the secret that the provider knows the hub by: as it stands, in a variable, or in a file of its own."""
    named = [name for name in SECRETS if name in table]
    if len(named) != 1 or not isinstance(table[named[0]], str):
        raise SetupError(f"HUB_PROVIDERS: {file}: [{key}] needs exactly one of {', '.join(SECRETS)}.")
    value: str = table[named[0]]
    if named[0] == "client_secret_env":
        secret = os.environ.get(value, "")
    elif named[0] == "client_secret_file":
        try:
            secret = (file.parent / value).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise SetupError(f"HUB_PROVIDERS: {file}: [{key}] client_secret_file cannot be read.") from None
    else:
        secret = value
    if not secret:
        raise SetupError(f"HUB_PROVIDERS: {file}: [{key}] {named[0]} holds nothing.")
    return secret
