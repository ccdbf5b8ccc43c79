"""Random reports and statements: in every state, about questions and sections, more than one at once."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from tests.reading.worlds import Maker

STATES = ("draft", "approved", "published", "corrected")
OUTCOMES = ("accepted", "partly", "not_accepted", "noted")
LATER = ("in_analysis", "findings_published", "answered", "archived")
"""The states of a consultation after its closing."""


@contextmanager
def apart(maker: Maker, id_: UUID) -> Iterator[random.Random]:
    """Draw by a chance of its own, which moves nothing else of the world."""
    whole, maker.chance = maker.chance, random.Random(id_.int)
    yield maker.chance
    maker.chance = whole


def owed(maker: Maker, id_: UUID, closes: dt.datetime) -> dict[str, Any]:
    """Say until when an answer is owed, and when it was given: about the day itself, or not at all."""
    with apart(maker, id_) as chance:
        day = chance.choice(
            (None, maker.day(), closes.date(), closes.date(), dt.date(2026, 8, 15), dt.date(2026, 8, 14))
        )
        near = chance.choice((None, None, maker.instant(), closes, dt.datetime(2026, 8, 15, 6, tzinfo=dt.UTC)))
    return {"answer_due_on": day, "answered_at": near}


def answers(maker: Maker, consultation: dict[str, Any]) -> None:
    """Report on a consultation, none, once or several times, and state what came of some of what it asks."""
    with apart(maker, consultation["id"]):
        reports(maker, {"consultation_id": consultation["id"]})
        statements(maker, {"consultation_id": consultation["id"]})


def reports(maker: Maker, at: dict[str, Any]) -> None:
    """Report on a consultation, none, once or several times."""
    chance = maker.chance
    releases = [
        release["id"] for release in maker.rows["result_release"] if release["consultation_id"] == at["consultation_id"]
    ]
    taken = set()
    for number in range(1, 1 + chance.choice((0, 1, 2, 3))):
        state = chance.choice(STATES)
        # The database itself keeps more than one from being published or being written at once.
        state = "corrected" if state in taken or (state == "approved" and "draft" in taken) else state
        state = "corrected" if state == "draft" and "approved" in taken else state
        taken.add(state)
        maker.add(
            "consultation_report", edition=maker.chance.randint(1, 9),
            id=maker.id(), **at, number=number, state=state, method=maker.localized(),
            limitations=maker.maybe(maker.localized()),
            correction_note=maker.localized() if number > 1 else maker.maybe(maker.localized()),
            release_id=maker.maybe(chance.choice(releases)) if releases else None,
            snapshot_hash=maker.maybe("sha256:33") if state == "draft" else "sha256:33",
            response_count=maker.maybe(chance.randint(0, 9)), begun_not_sent=maker.maybe(chance.randint(0, 9)),
            invitations_issued=maker.maybe(chance.randint(0, 9)), created_at=maker.instant(),
            approved_at=maker.maybe(maker.instant()), published_at=maker.maybe(maker.instant()),
        )  # fmt: skip


def statements(maker: Maker, at: dict[str, Any]) -> None:
    """State what came of questions and of sections, whether or not anybody released something."""
    chance = maker.chance
    revisions = {r["id"] for r in maker.rows["questionnaire_revision"] if r["consultation_id"] == at["consultation_id"]}
    lineages = list({q["lineage_id"]: None for q in maker.rows["question"] if q["revision_id"] in revisions})
    sections = [section["id"] for section in maker.rows["section"] if section["revision_id"] in revisions]
    of_questions = [(lineage_id, None) for lineage_id in chance.sample(lineages, min(len(lineages), 4))]
    of_sections = [(None, section_id) for section_id in chance.sample(sections, min(len(sections), 2))]
    for lineage_id, section_id in (*of_questions, *of_sections):
        taken: set[str] = set()
        for number in range(1, 1 + chance.choice((1, 1, 2, 3))):
            state = chance.choice((*STATES, "discarded"))
            clash = state in taken or (state in ("draft", "approved") and taken & {"draft", "approved"})
            state = "discarded" if clash else state
            taken.add(state)
            maker.add(
                "statement", edition=maker.chance.randint(1, 9),
                id=maker.id(), **at, lineage_id=lineage_id, section_id=section_id,
                position=chance.randint(0, 3), number=number, state=state, asked=maker.localized(),
                said=maker.localized(), did=chance.choice(OUTCOMES), reasons=maker.localized(),
                instrument_id=None,
                correction_note=maker.localized() if number > 1 else maker.maybe(maker.localized()),
                created_at=maker.instant(), approved_at=maker.maybe(maker.instant()),
                published_at=maker.maybe(maker.instant()),
            )  # fmt: skip
