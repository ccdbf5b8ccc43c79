"""The port: what the hub asks of an identity provider, whatever it speaks, and how it may turn out.

Nothing that a provider sent is ever in a reason: whoever reads the log learns what was wrong, and not with whom.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import Response

from hub.providers.configured import ProviderSettings
from hub.viewer import Assurance

LONGEST_SUBJECT = 255
"""The most characters by which a provider may call somebody (OpenID Connect Core 1.0, section 2)."""


class Outcome(enum.StrEnum):
    """Why nobody was proven; each has its words on the page of whoever tried."""

    START_AGAIN = "start_again"
    DENIED = "denied"
    NO_ANSWER = "no_answer"
    NOT_BELIEVED = "not_believed"


class NotProven(Exception):
    """A provider did not say who somebody is, or not so that the hub believes it."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome, self.reason = outcome, reason


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What a provider says of somebody, as far as it is believed. It is held in memory and never written as it is."""

    provider: str
    issuer: str
    subject: str
    assurance: Assurance
    session: str | None = None
    """The provider's own name of the session there, by which it may end it later."""
    acr: str | None = None
    """How they were authenticated there (RFC 9470's `acr`)."""
    email: str | None = None
    """An address that the provider made sure of, where the installation believes it in that."""
    curp: str | None = None
    days: int = 365
    """For how long it is believed who they are."""

    def __repr__(self) -> str:
        """Say nothing of whom it is about: what is shown in tracebacks ends in logs."""
        return f"Proof(provider={self.provider!r})"


class IdentityProvider(Protocol):
    """A provider that people can be sent to."""

    @property
    def settings(self) -> ProviderSettings:
        """What the installation says of it."""

    async def check(self) -> None:
        """See whether the provider is what the settings say; NotProven where it is not, or does not answer."""

    async def lead(self, request: Request, *, back_to: str) -> Response:
        """Send somebody there; NotProven where it cannot be reached."""

    async def proof(self, request: Request) -> Proof:
        """Return who came back; NotProven with the reason where that is not believed."""

    async def sign_out_address(self, *, back_to: str) -> str | None:
        """Return where its own session is ended; None where it offers no such place."""


def subject_of(said: Any) -> str:
    """Return what a provider calls somebody; NotProven where that could not be told apart from somebody else."""
    if isinstance(said, int) and not isinstance(said, bool):
        said = str(said)
    if not isinstance(said, str) or not said.strip() or len(said) > LONGEST_SUBJECT:
        raise NotProven(Outcome.NOT_BELIEVED, "no subject")
    return said


def short(said: Any) -> str | None:
    """Return a short text that a provider sent, where it is one."""
    return said if isinstance(said, str) and 0 < len(said) <= LONGEST_SUBJECT else None
