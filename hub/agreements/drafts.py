"""What somebody writes when they draft an agreement, and everything that is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from hub.errors import Invalid, Problem, without_unread
from hub.text import LocalizedText, problems_with_text

LONGEST_TITLE = 500
LONGEST_TEXT = 20_000
MOST_PARTIES = 50
MOST_OBLIGATIONS = 100
MOST_TERRITORIES = 100

Path = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Party:
    """A body or an organisation that makes an agreement."""

    body_id: UUID | None = None
    organization_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ObligationDraft:
    """One thing that is promised, and by which party; by all of them, if none is named."""

    text: LocalizedText
    party: Party | None = None
    due_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class AgreementDraft:
    """An agreement as a whole. The body that drafts it is a party without being named."""

    title: LocalizedText
    purpose: LocalizedText
    parties: tuple[Party, ...]
    obligations: tuple[ObligationDraft, ...] = ()
    territory_ids: tuple[UUID, ...] = ()
    in_force_from: dt.date | None = None
    in_force_until: dt.date | None = None
    faults: tuple[Problem, ...] = ()
    """What could not even be read."""

    def all_parties(self, body_id: UUID) -> tuple[Party, ...]:
        """Return the parties in their order: the body that drafts it comes first."""
        return (Party(body_id=body_id), *self.parties)


def require_sound(draft: AgreementDraft, *, body_id: UUID) -> None:
    """Go on if nothing is wrong with a draft."""
    if problems := without_unread(_problems(draft, draft.all_parties(body_id)), draft.faults):
        raise Invalid(problems)


def _problems(draft: AgreementDraft, parties: tuple[Party, ...]) -> Iterator[Problem]:
    languages = [*draft.title.translations]
    yield from problems_with_text(draft.title, ("title",), longest=LONGEST_TITLE, languages=languages)
    yield from problems_with_text(draft.purpose, ("purpose",), longest=LONGEST_TEXT, languages=languages)
    if not 1 <= len(draft.parties) <= MOST_PARTIES:
        yield Problem("OUT_OF_RANGE", ("partyIds",), {"least": 1, "most": MOST_PARTIES})
    for n, party in enumerate(draft.parties, start=1):
        if party in parties[:n]:
            yield Problem("DUPLICATE_PARTY", ("partyIds", str(n - 1)))
    if len(draft.territory_ids) > MOST_TERRITORIES:
        yield Problem("OUT_OF_RANGE", ("territoryIds",), {"least": 0, "most": MOST_TERRITORIES})
    if len(draft.obligations) > MOST_OBLIGATIONS:
        yield Problem("OUT_OF_RANGE", ("obligations",), {"least": 0, "most": MOST_OBLIGATIONS})
    for n, obligation in enumerate(draft.obligations):
        path = ("obligations", str(n))
        yield from problems_with_text(obligation.text, (*path, "text"), longest=LONGEST_TEXT, languages=languages)
        if obligation.party is not None and obligation.party not in parties:
            yield Problem("NOT_A_PARTY", (*path, "partyId"))
    since, until = draft.in_force_from, draft.in_force_until
    if since is not None and until is not None and until <= since:
        yield Problem("AGREED_FOR_NO_DAY", ("inForceUntil",))
