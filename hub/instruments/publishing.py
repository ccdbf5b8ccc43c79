"""Publishing an instrument: from a day on it is in force, and what it says of other instruments takes effect.

What it orders are mandates, of which this concept knows nothing: `hub.mandates.enacting` publishes it and orders them
in the same change.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.changes.change import Change
from hub.changes.event import Code
from hub.clock import day_of
from hub.errors import Invalid, Problem, WrongState, require
from hub.instruments.effect_models import InstrumentRelation, RelationKind
from hub.instruments.events import InstrumentAmended, InstrumentPublished, InstrumentRepealed
from hub.instruments.models import INSTRUMENT_LIFE, Instrument
from hub.instruments.rules import InstrumentFacts, may_publish_instrument
from hub.instruments.soundness import EFFECTIVE
from hub.instruments.wordings import Wording, newest_wording
from hub.register.models import Entry
from hub.register.registering import make_public, searchable
from hub.text import FORBIDDEN

LONGEST_REFERENCE = 200


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Where an instrument was published, and from when to when it is in force (half-open; without an end, for good)."""

    in_force_from: dt.date
    in_force_until: dt.date | None = None
    gazette: str | None = None
    gazette_date: dt.date | None = None
    gazette_page: str | None = None


async def publish_signed(change: Change, instrument_id: UUID, publication: Publication) -> tuple[Instrument, Wording]:
    """Publish what was signed, and let it take effect on the instruments that it amends and repeals."""
    instrument = await change.take(Instrument, instrument_id)
    require(may_publish_instrument(change.viewer, InstrumentFacts.of(instrument)))
    problems = _problems(publication, adopted_at=instrument.adopted_at)
    if problems:
        raise Invalid(problems)
    for name, value in vars(publication).items():
        setattr(instrument, name, value)
    wording = await newest_wording(change, instrument)
    entry = await change.session.get_one(Entry, instrument.id)
    texts = [wording.revision.addressed_to, *(section.text for section in wording.sections[:18])]
    entry.search = searchable([instrument.title, *texts])
    await make_public(change, entry)
    published = InstrumentPublished(instrument_id=instrument.id, folio=Code(entry.folio or ""))
    await change.move(instrument, INSTRUMENT_LIFE, "publish_instrument", published)
    # In one order for everybody, so that two who publish at once do not wait for each other.
    for relation in sorted(wording.relations, key=lambda relation: relation.target_id):
        await _take_effect(change, instrument, relation)
    change.results["instrument"] = str(instrument.id)
    return instrument, wording


def _problems(publication: Publication, *, adopted_at: dt.datetime | None) -> list[Problem]:
    found: list[Problem] = []
    since, until = publication.in_force_from, publication.in_force_until
    # A day of grace, since the body adopted it on the day of its own zone.
    adopted = day_of(adopted_at) - dt.timedelta(days=1) if adopted_at is not None else dt.date.min
    if since < adopted:
        found.append(Problem("IN_FORCE_BEFORE_ADOPTION", ("inForceFrom",)))
    if until is not None and until <= since:
        found.append(Problem("IN_FORCE_FOR_NO_DAY", ("inForceUntil",)))
    references = {"gazette": publication.gazette, "gazettePage": publication.gazette_page}
    for name, words in references.items():
        if words is None:
            continue
        if not words.strip():
            found.append(Problem("WORDS_MISSING", (name,)))
        elif len(words) > LONGEST_REFERENCE:
            facts = {"limit": LONGEST_REFERENCE, "length": len(words)}
            found.append(Problem("WORDING_TOO_LONG", (name,), facts))
        elif FORBIDDEN.search(words):
            found.append(Problem("FORBIDDEN_CHARACTER", (name,)))
    if publication.gazette is None and (publication.gazette_date, publication.gazette_page) != (None, None):
        found.append(Problem("WORDS_MISSING", ("gazette",)))
    if publication.gazette_date is not None and publication.gazette_date < adopted:
        found.append(Problem("GAZETTE_BEFORE_ADOPTION", ("gazetteDate",)))
    return found


async def _take_effect(change: Change, instrument: Instrument, relation: InstrumentRelation) -> None:
    if relation.kind is RelationKind.IMPLEMENTS:
        return
    target = await change.take(Instrument, relation.target_id)
    if target.state not in EFFECTIVE:
        raise WrongState("TARGET_NOT_TO_BE_CHANGED")
    (await change.session.get_one(Entry, target.id)).updated_at = change.at
    if relation.kind is RelationKind.AMENDS:
        amended = InstrumentAmended(instrument_id=target.id, by_instrument_id=instrument.id)
        await change.move(target, INSTRUMENT_LIFE, "amend_instrument", amended)
        return
    # Repealed from the day on which the other one is in force; one that never was in force, from its own first day.
    since, ends = target.in_force_from or instrument.in_force_from, target.in_force_until
    until = max(filter(None, (instrument.in_force_from, since)))
    target.in_force_until = until if ends is None else max(min(ends, until), since or until)
    repealed = InstrumentRepealed(instrument_id=target.id, by_instrument_id=instrument.id)
    await change.move(target, INSTRUMENT_LIFE, "repeal", repealed)
