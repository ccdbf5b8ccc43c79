"""What happens to a mandate. It becomes public when it is ordered in public: earlier steps are not."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Event

PUBLIC = frozenset({"mandate_id"})


@dataclass(frozen=True, kw_only=True)
class OfMandate(Event):
    """Something that happened to a mandate."""

    entity = "mandate_id"
    entry = "mandate_id"

    mandate_id: UUID


@dataclass(frozen=True, kw_only=True)
class MandateProposed(OfMandate):
    """Somebody proposed that a work be ordered."""


@dataclass(frozen=True, kw_only=True)
class MandateOrdered(OfMandate):
    """The work was ordered: by a paragraph of an instrument, or by own initiative with a published reason."""


@dataclass(frozen=True, kw_only=True)
class MandateAccepted(OfMandate):
    """Those who are to do the work took it on."""

    public = PUBLIC


@dataclass(frozen=True, kw_only=True)
class MandateStarted(OfMandate):
    """The work that the mandate orders is under way."""

    public = PUBLIC


@dataclass(frozen=True, kw_only=True)
class MandateReworded(OfMandate):
    """A proposed mandate got another reason, question or day."""


@dataclass(frozen=True, kw_only=True)
class MandateReassigned(OfMandate):
    """Somebody else is responsible for the work from now on, and has yet to accept it."""

    public = PUBLIC


@dataclass(frozen=True, kw_only=True)
class MandateRescheduled(OfMandate):
    """The work is due on another day, for a reason that is published."""

    public = PUBLIC


@dataclass(frozen=True, kw_only=True)
class MandateDelivered(OfMandate):
    """What the mandate asked for was published."""

    public = frozenset({"mandate_id", "deliverable_id"})

    deliverable_id: UUID


@dataclass(frozen=True, kw_only=True)
class MandateDischarged(OfMandate):
    """The mandate was closed, with reasons."""

    public = PUBLIC


@dataclass(frozen=True, kw_only=True)
class MandateCancelled(OfMandate):
    """The mandate was cancelled, with reasons."""

    public = PUBLIC


@dataclass(frozen=True, kw_only=True)
class OfWorkProgramme(Event):
    """Something that happened to the work programme of a body."""

    entity = "work_programme_id"
    entry = "body_id"

    work_programme_id: UUID
    body_id: UUID


@dataclass(frozen=True, kw_only=True)
class WorkProgrammeDrafted(OfWorkProgramme):
    """The officers of a body drafted what it means to do in a year."""


@dataclass(frozen=True, kw_only=True)
class WorkProgrammeEdited(OfWorkProgramme):
    """A draft of a work programme was written anew."""


@dataclass(frozen=True, kw_only=True)
class WorkProgrammeApproved(OfWorkProgramme):
    """An instrument of the body approved its work programme."""

    public = frozenset({"work_programme_id", "body_id", "instrument_id"})

    instrument_id: UUID


@dataclass(frozen=True, kw_only=True)
class WorkProgrammeLineCarriedOut(OfWorkProgramme):
    """A mandate carries out a line of a work programme."""

    public = frozenset({"work_programme_id", "body_id", "mandate_id"})

    mandate_id: UUID


@dataclass(frozen=True, kw_only=True)
class WorkProgrammeClosed(OfWorkProgramme):
    """A work programme was closed."""

    public = frozenset({"work_programme_id", "body_id"})
