"""What the officers say of a session while they plan it, and what is wrong with that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from hub.errors import Problem
from hub.sessions.models import SessionKind, SessionMode
from hub.text import LocalizedText, problems_with_text
from hub.timetables.zones import Declared, instant_of

LONGEST_TITLE = 500
LONGEST_PLACE = 1_000
LONGEST_REASON = 4_000
LONGEST_LINK = 2_000
MOST_MINUTES = 7 * 24 * 60
MOST_BODIES = 10

LINK = re.compile(r"https://[^\s<>\"]+")


@dataclass(frozen=True, kw_only=True)
class SessionDraft:
    """What a plan of a session says."""

    title: LocalizedText
    kind: SessionKind
    mode: SessionMode
    starts: Declared
    planned_minutes: int
    place: LocalizedText | None = None
    link: str | None = None
    """Where the members meet from afar; nobody else is told."""
    open_to_public: bool = True
    closed_reason: LocalizedText | None = None
    joint_body_ids: tuple[UUID, ...] = ()
    """The bodies that sit with the one that convenes."""
    faults: tuple[Problem, ...] = ()


def problems_with_draft(draft: SessionDraft, *, body_id: UUID) -> Iterator[Problem]:
    """Walk through everything that is wrong with a plan; whether it is complete is asked when it is convened."""
    yield from problems_with_text(draft.title, ("title",), longest=LONGEST_TITLE)
    yield from problems_with_place(draft.place, draft.link)
    if draft.closed_reason is not None:
        yield from problems_with_text(draft.closed_reason, ("closedReason",), longest=LONGEST_REASON)
    elif not draft.open_to_public:
        yield Problem("CLOSED_WITHOUT_REASON", ("closedReason",))
    starts = instant_of(draft.starts, path=("starts",))
    if isinstance(starts, Problem):
        yield starts
    yield from problems_with_minutes(draft.planned_minutes)
    if len(draft.joint_body_ids) > MOST_BODIES:
        yield Problem("TOO_MANY_ITEMS", ("jointBodyIds",), {"limit": MOST_BODIES})
    for n, id_ in enumerate(draft.joint_body_ids):
        if id_ == body_id or id_ in draft.joint_body_ids[:n]:
            yield Problem("BODY_GIVEN_TWICE", ("jointBodyIds", str(n)))


def problems_with_place(place: LocalizedText | None, link: str | None) -> Iterator[Problem]:
    """Walk through what is wrong with where a session is."""
    if place is not None:
        yield from problems_with_text(place, ("place",), longest=LONGEST_PLACE)
    if link is not None and (len(link) > LONGEST_LINK or not LINK.fullmatch(link)):
        yield Problem("NOT_A_LINK", ("link",), {"longest": LONGEST_LINK})


def problems_with_minutes(minutes: int | None) -> Iterator[Problem]:
    """Walk through what is wrong with how long something is to last."""
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        yield Problem("OUT_OF_RANGE", ("plannedMinutes",), {"least": 1, "most": MOST_MINUTES})


def missing_places(mode: SessionMode, *, place: LocalizedText | None, link: str | None) -> Iterator[Problem]:
    """Walk through what people have to know to come: the place, and the link for those who come from afar."""
    if mode is not SessionMode.REMOTE and place is None:
        yield Problem("PLACE_MISSING", ("place",))
    if mode is not SessionMode.IN_PERSON and link is None:
        yield Problem("LINK_MISSING", ("link",))
