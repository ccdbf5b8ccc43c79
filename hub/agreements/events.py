"""What happens to agreements. Nothing before the last signature is public."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Code, Event


@dataclass(frozen=True, kw_only=True)
class OfAgreement(Event):
    """Something that happened to an agreement."""

    entity = "agreement_id"
    entry = "agreement_id"

    agreement_id: UUID


@dataclass(frozen=True, kw_only=True)
class AgreementDrafted(OfAgreement):
    """A body drafted an agreement with others."""


@dataclass(frozen=True, kw_only=True)
class AgreementEdited(OfAgreement):
    """A draft of an agreement was written anew, so that nobody has signed it."""


@dataclass(frozen=True, kw_only=True)
class AgreementSignedFor(OfAgreement):
    """One of the parties signed an agreement, which others still have to sign."""

    position: int


@dataclass(frozen=True, kw_only=True)
class AgreementSigned(OfAgreement):
    """The last of its parties signed an agreement, which is public from now on."""

    public = frozenset({"agreement_id", "folio", "signed_on"})

    folio: Code
    signed_on: dt.date


@dataclass(frozen=True, kw_only=True)
class AgreementRenewed(OfAgreement):
    """An agreement was prolonged."""

    public = frozenset({"agreement_id", "number", "until"})

    number: int
    until: dt.date | None


@dataclass(frozen=True, kw_only=True)
class AgreementEnded(OfAgreement):
    """An agreement was ended, or given up before everybody had signed it."""

    public = frozenset({"agreement_id"})


@dataclass(frozen=True, kw_only=True)
class AgreementObligationCarriedOut(OfAgreement):
    """A mandate carries out what was promised in an agreement."""

    public = frozenset({"agreement_id", "mandate_id"})

    mandate_id: UUID
