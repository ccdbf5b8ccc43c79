"""Who may do what with an instrument, and when. The same functions guard the writes and explain a refusal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from hub.bodies.rules import acting_for
from hub.bodies.visibility import INSIDERS, OFFICERS
from hub.errors import Verdict, WrongState
from hub.instruments.models import Instrument, InstrumentState
from hub.viewer import Role, Viewer


@dataclass(frozen=True, kw_only=True)
class InstrumentFacts:
    """What the rules want to know of an instrument."""

    state: InstrumentState
    body_id: UUID

    @classmethod
    def of(cls, instrument: Instrument) -> InstrumentFacts:
        """Gather the facts of a row that was read."""
        return cls(state=instrument.state, body_id=instrument.body_id)


IN_FORCE = frozenset({InstrumentState.PUBLISHED, InstrumentState.AMENDED, InstrumentState.REPEALED})
"""The states in which the days decide whether it is in force; what was repealed is so until its last day."""


def in_force(state: InstrumentState, *, since: dt.date | None, until: dt.date | None, today: dt.date) -> bool:
    """Whether an instrument is in force on a day: from its first day on, and not on the day on which it ends."""
    return state in IN_FORCE and since is not None and since <= today and (until is None or today < until)


def may_draft_instrument(viewer: Viewer, *, body_id: UUID) -> Verdict:
    """Let the officers of a body draft its instruments."""
    return acting_for(viewer, *OFFICERS, body_id=body_id, otherwise="OFFICERS_ONLY")


def may_edit_instrument(viewer: Viewer, facts: InstrumentFacts) -> Verdict:
    """Let the officers write a draft anew, until it is tabled."""
    return _officers(viewer, facts, InstrumentState.DRAFT)


def may_table(viewer: Viewer, facts: InstrumentFacts) -> Verdict:
    """Let the officers put a draft before the body, which fixes its wording."""
    return _officers(viewer, facts, InstrumentState.DRAFT)


def may_reword(viewer: Viewer, facts: InstrumentFacts) -> Verdict:
    """Let the officers take what was tabled back, to write it anew."""
    return _officers(viewer, facts, InstrumentState.TABLED)


def may_withdraw_instrument(viewer: Viewer, facts: InstrumentFacts) -> Verdict:
    """Let the officers give up what was not adopted."""
    return _officers(viewer, facts, InstrumentState.DRAFT, InstrumentState.TABLED)


def may_adopt(viewer: Viewer, facts: InstrumentFacts) -> Verdict:
    """Let the officers record that a carried vote adopted what was tabled."""
    return _officers(viewer, facts, InstrumentState.TABLED)


def may_sign(viewer: Viewer, facts: InstrumentFacts) -> Verdict:
    """Let whoever sits in the body sign what it adopted, until it is published."""
    allowed = acting_for(viewer, *INSIDERS, body_id=facts.body_id, otherwise="MEMBERS_ONLY")
    return _in(facts, InstrumentState.ADOPTED, InstrumentState.SIGNED) if allowed is True else allowed


def may_publish_instrument(viewer: Viewer, facts: InstrumentFacts) -> Verdict:
    """Let the officers publish what was signed."""
    return _officers(viewer, facts, InstrumentState.SIGNED)


def may_annul(viewer: Viewer, facts: InstrumentFacts) -> Verdict:
    """Let the coordinator annul what was adopted, for a reason that is published."""
    allowed = acting_for(viewer, Role.COORDINATOR, body_id=facts.body_id, otherwise="COORDINATORS_ONLY")
    if allowed is not True:
        return allowed
    adopted = (InstrumentState.ADOPTED, InstrumentState.SIGNED, InstrumentState.PUBLISHED, InstrumentState.AMENDED)
    return _in(facts, *adopted)


def _officers(viewer: Viewer, facts: InstrumentFacts, *states: InstrumentState) -> Verdict:
    allowed = acting_for(viewer, *OFFICERS, body_id=facts.body_id, otherwise="OFFICERS_ONLY")
    return _in(facts, *states) if allowed is True else allowed


def _in(facts: InstrumentFacts, *states: InstrumentState) -> Verdict:
    if facts.state in states:
        return True
    match facts.state:
        case InstrumentState.DRAFT:
            return WrongState("INSTRUMENT_NOT_TABLED")
        case InstrumentState.TABLED:
            return WrongState("INSTRUMENT_NOT_ADOPTED" if InstrumentState.DRAFT not in states else "INSTRUMENT_TABLED")
        case InstrumentState.ADOPTED:
            return WrongState("INSTRUMENT_NOT_SIGNED" if InstrumentState.SIGNED in states else "INSTRUMENT_ADOPTED")
        case InstrumentState.SIGNED:
            return WrongState("INSTRUMENT_ADOPTED")
        case InstrumentState.PUBLISHED | InstrumentState.AMENDED:
            return WrongState("INSTRUMENT_PUBLISHED")
        case InstrumentState.REPEALED | InstrumentState.VOID | InstrumentState.WITHDRAWN:
            return WrongState("INSTRUMENT_OVER")


def instrument_verdicts(viewer: Viewer, facts: InstrumentFacts) -> list[tuple[str, Verdict]]:
    """Say what may come next for an instrument, and whether this viewer may make it happen."""
    annul = ("annul", may_annul(viewer, facts))
    away = ("withdraw_instrument", may_withdraw_instrument(viewer, facts))
    match facts.state:
        case InstrumentState.DRAFT:
            editing = ("edit_instrument", may_edit_instrument(viewer, facts))
            return [editing, ("table_instrument", may_table(viewer, facts)), away]
        case InstrumentState.TABLED:
            return [("adopt", may_adopt(viewer, facts)), ("reword_instrument", may_reword(viewer, facts)), away]
        case InstrumentState.ADOPTED:
            return [("sign", may_sign(viewer, facts)), annul]
        case InstrumentState.SIGNED:
            publishing = ("publish_instrument", may_publish_instrument(viewer, facts))
            return [("sign", may_sign(viewer, facts)), publishing, annul]
        case InstrumentState.PUBLISHED | InstrumentState.AMENDED:
            return [annul]
        case InstrumentState.REPEALED | InstrumentState.VOID | InstrumentState.WITHDRAWN:
            return []
