"""Entering the demonstration as one of its people, by a button on the sign-in page, where there is no mail to wait for.

Whoever presses it is led through the sign-in of everybody: only the provider who says who they are asks no question. It
is there while `hub demo` runs and at no other time, and only for a browser that calls the hub by a name of this very
machine: neither the neighbours nor another site's page get in by it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hub.changes.change import Change
from hub.errors import Conflict
from hub.identity.events import IdentityLinked
from hub.identity.provider_models import LinkedIdentity
from hub.identity.proving import identity_digest
from hub.people.models import Account
from hub.providers.configured import LOOPBACK, Names, ProviderSettings
from hub.providers.provider import NotProven, Outcome, Proof
from hub.viewer import Assurance

ISSUER = "https://demonstration.example"
"""Who vouches for the people of the demonstration: nobody, at an address that can never be anybody's."""


class DoorSettings(ProviderSettings):
    """What a door is called, and who goes in by it."""

    @property
    def keeps_sessions(self) -> bool:
        """Nobody is signed in anywhere but here."""
        return False


class Door:
    """An identity provider that takes everybody on this machine for one person of the demonstration."""

    def __init__(self, key: str, *, es: str, en: str) -> None:
        self.settings: ProviderSettings = DoorSettings.model_validate(
            {
                "key": key,
                "names": Names(es=es, en=en),
                "issuer": ISSUER,
                "client_id": key,
                "client_secret": "none",
                "trust": Assurance.SOCIAL,
            }
        )

    async def check(self) -> None:
        """It is always there."""

    async def lead(self, request: Request, *, back_to: str) -> Response:
        """Lead straight back; NotProven for whoever is not on this machine, or was led here by another name."""
        if request.url.hostname not in LOOPBACK:
            raise NotProven(Outcome.DENIED, "the demonstration is entered on its own machine")
        # By the path alone: the browser stays with the name that it came by, and what it keeps is found again.
        return RedirectResponse(urlsplit(back_to).path, 303)

    async def proof(self, request: Request) -> Proof:
        """Say that it is the person of this door."""
        if request.url.hostname not in LOOPBACK:
            raise NotProven(Outcome.DENIED, "the demonstration is entered on its own machine")
        key = self.settings.key
        return Proof(provider=key, issuer=ISSUER, subject=key, assurance=Assurance.SOCIAL)

    async def sign_out_address(self, *, back_to: str) -> str | None:
        """There is no session of its own to end."""
        return None


CITIZEN = Door("citizen", es="la demostración, como ciudadana", en="the demonstration, as a citizen")
COORDINATOR = Door("coordinator", es="la demostración, como coordinadora", en="the demonstration, as the coordinator")
DOORS = (CITIZEN, COORDINATOR)


async def give_door(change: Change, account: Account, door: Door) -> None:
    """Let a door open the account of the person whom it is for, where it does not yet."""
    key = door.settings.key
    digest = identity_digest(change.keys, b"subject", ISSUER, key)
    if await change.session.scalar(select(LinkedIdentity.id).filter_by(digest=digest)) is not None:
        return
    linked = LinkedIdentity(
        person_id=account.person_id,
        account_id=account.id,
        provider=key,
        issuer=ISSUER,
        digest=digest,
        linked_at=change.at,
    )
    await change.add_once(linked, Conflict("IDENTITY_LINKED_ELSEWHERE"))
    change.record(IdentityLinked(identity_id=linked.id, account_id=account.id))
