"""Checking a draft: everything that is wrong with it at once, each problem with its place.

Complete means: every text exists in the consultation's own language and in every other one that one of its
texts has; every question has what its kind needs, under codes of their own; the timetable lies ahead.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from hub.consultations.checking_questions import anonymity_problems, questionnaire_problems
from hub.consultations.drafts import ConsultationDraft, Passage, SectionDraft, passages, passages_of
from hub.consultations.models import Anonymity, IdentityPolicy
from hub.errors import Problem, unread, without_unread
from hub.text import LANGUAGE_TAG, problems_with_text
from hub.timetables.zones import instant_of
from hub.viewer import Assurance

MOST_EACH = 20
MOST_FROM_A_NETWORK = 1_000_000
CELLS = range(3, 1_001)
LONGEST_GRACE = 3_600
MOST_LATE_DAYS = 90


def check(draft: ConsultationDraft, *, at: dt.datetime) -> list[Problem]:
    """Return everything that is wrong with a draft at an instant; an empty list is a pass."""
    found = [*_languages(draft), *_timetable(draft, at), *_policies(draft), *questionnaire_problems(draft.sections)]
    return without_unread(found, draft.faults)


async def checked(draft: ConsultationDraft, *, at: dt.datetime) -> list[Problem]:
    """Return the same without holding anybody else up: many rules take a while."""
    return await asyncio.to_thread(check, draft, at=at)


def check_questionnaire(
    sections: tuple[SectionDraft, ...], *, languages: Sequence[str], faults: Sequence[Problem] = ()
) -> list[Problem]:
    """Return everything that is wrong with a questionnaire by itself, in a consultation in these languages."""
    found = [*_translations(passages_of(sections), languages, faults), *questionnaire_problems(sections)]
    return without_unread(found, faults)


def _languages(draft: ConsultationDraft) -> Iterator[Problem]:
    if not LANGUAGE_TAG.fullmatch(draft.source_language):
        yield Problem("BAD_LANGUAGE", ("sourceLanguage",), {"language": draft.source_language})
        return
    if draft.privacy_notice is None:
        yield Problem("NO_PRIVACY_NOTICE", ("privacyNotice",))
    yield from _translations(passages(draft), (draft.source_language,), draft.faults)


def _translations(texts: Iterable[Passage], languages: Sequence[str], faults: Sequence[Problem]) -> Iterator[Problem]:
    read = [passage for passage in texts if not unread(passage.path, faults)]
    spoken = {tag: None for passage in read for tag in passage.text.translations}
    for passage in read:
        yield from wording_problems(passage, [*dict.fromkeys([*languages, *spoken])])


def wording_problems(passage: Passage, languages: Sequence[str] = ()) -> Iterator[Problem]:
    """Walk through what is wrong with one text that has to exist in these languages."""
    yield from problems_with_text(passage.text, passage.path, longest=passage.limit, languages=languages)


def _timetable(draft: ConsultationDraft, at: dt.datetime) -> Iterator[Problem]:
    opens_at = instant_of(draft.opening, path=("opening",))
    closes_at = instant_of(draft.closing, path=("closing",))
    moments = [moment for moment in (opens_at, closes_at) if not isinstance(moment, Problem)]
    yield from (moment for moment in (opens_at, closes_at) if isinstance(moment, Problem))
    if len(moments) == 2 and draft.opening.zone != draft.closing.zone:
        yield Problem("ZONES_DIFFER", ("closing", "zone"), {"zone": draft.opening.zone})
    if len(moments) == 2 and moments[1] <= moments[0]:
        yield Problem("CLOSES_BEFORE_OPENS", ("closing", "declaredLocal"), {"opens": draft.opening.local})
    if isinstance(opens_at, dt.datetime) and opens_at < at:
        facts = {"now": at, "zone": draft.opening.zone}
        yield Problem("OPENS_IN_THE_PAST", ("opening", "declaredLocal"), facts)


def _policies(draft: ConsultationDraft) -> Iterator[Problem]:
    if draft.own_initiative is None and draft.mandate_id is None:
        yield Problem("ORDER_MISSING", ("ownInitiative",))
    if draft.own_initiative is not None and draft.mandate_id is not None:
        yield Problem("ORDERED_TWICE", ("mandateId",))
    numbers = {
        "responsesEach": (draft.responses_each, range(1, MOST_EACH + 1)),
        "networkLimit": (draft.network_limit, range(1, MOST_FROM_A_NETWORK + 1)),
        "smallestCell": (draft.smallest_cell, CELLS),
        "graceSeconds": (draft.grace_seconds, range(LONGEST_GRACE + 1)),
        "lateDays": (draft.late_days, range(MOST_LATE_DAYS + 1)),
    }
    for name, (number, allowed) in numbers.items():
        if number is not None and number not in allowed:
            yield Problem("OUT_OF_RANGE", (name,), {"least": allowed[0], "most": allowed[-1]})
    if draft.identity_policy is IdentityPolicy.IMPORTED:
        yield Problem("POLICY_OF_IMPORTS", ("identityPolicy",))
    if draft.identity_policy is not IdentityPolicy.ACCOUNT and draft.assurance is not Assurance.EMAIL:
        yield Problem("ASSURANCE_OF_ACCOUNTS", ("assurance",))
    if draft.identity_policy is IdentityPolicy.OPEN and draft.responses_each > 1:
        yield Problem("OPEN_HAS_NO_LIMIT", ("responsesEach",))
    if draft.anonymity is Anonymity.ANONYMOUS and draft.responses_each > 1:
        yield Problem("ANONYMOUS_ONCE_EACH", ("responsesEach",))
    if draft.anonymity is Anonymity.ANONYMOUS:
        yield from anonymity_problems(draft.sections)
