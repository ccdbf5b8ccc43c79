"""What random studies are: teams, steps, wordings, findings with answers, reviews and data, in every state."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from tests.reading.worlds import Maker

STEPS = dt.timedelta(days=1)
HANDED_IN = ("in_review", "returned", "published", "corrected", "retracted")


def studies(maker: Maker) -> None:
    """Let bodies order studies, by a chance that moves nothing else of the world."""
    everything, maker.chance = maker.chance, random.Random(len(maker.rows["entry"]))
    # A mandate has one study; some have one whose mandate is nowhere.
    for mandate_id in (*[mandate["id"] for mandate in maker.rows["mandate"]], *[maker.id() for _ in range(5)]):
        study(maker, mandate_id)
    maker.chance = everything


def study(maker: Maker, mandate_id: UUID) -> None:
    """A study with everything that is in it."""
    chance, id_ = maker.chance, maker.entry("Study")
    state = maker.code("study", "state")
    over = state in ("retracted", "cancelled")
    row = maker.add(
        "study", id=id_, mandate_id=mandate_id, body_id=maker.one_of("body"), kind=maker.code("study", "kind"),
        state=state, title=maker.rows["entry"][-1]["title"], questions=maker.localized(), terms=maker.localized(),
        method=maker.maybe(maker.localized()), ethics_note=maker.maybe(maker.localized()),
        organization_id=maker.one_of("organization", 0.5), contract=maker.maybe(maker.words()),
        contracted_on=maker.maybe(maker.day()), cost=None, currency=None, due_on=maker.maybe(maker.day()),
        answer_days=chance.randint(1, 730), ended_at=maker.maybe(maker.instant()), created_at=maker.instant(),
        end_reason=maker.localized() if over else maker.maybe(maker.localized(), 0.2),
    )  # fmt: skip
    if chance.random() < 0.5:
        row |= {"cost": chance.choice((0, 5, 2**31 - 1)), "currency": "MXN"}
    team(maker, row)
    numbers = [wording(maker, row, number) for number in range(1, chance.randint(2, 5))]
    for number in numbers:
        findings(maker, row, number)
    reviews(maker, row)
    for position in range(1, chance.randint(1, 4)):
        dataset(maker, row, position)


def team(maker: Maker, study: dict[str, Any]) -> None:
    """Those who work on it and those who did, and the steps."""
    chance = maker.chance
    people = [*chance.sample(maker.rows["person"], chance.randint(0, 4)), None]
    for person in people:
        joined = maker.instant()
        left = maker.maybe(maker.instant(), 0.4)
        maker.add(
            "study_member", id=maker.id(), study_id=study["id"], person_id=person and person["id"],
            name=maker.maybe(maker.words(), 0.8), role=maker.code("study_member", "role"),
            organization_id=maker.one_of("organization", 0.4), interests=maker.maybe(maker.words()),
            declared_at=maker.maybe(maker.instant()), joined_at=joined, left_at=left and max(left, joined),
        )  # fmt: skip
    for number in range(1, chance.randint(1, 4)):
        maker.add(
            "study_milestone", id=maker.id(), study_id=study["id"], number=number, title=maker.localized(),
            state=maker.code("study_milestone", "state"), due_on=maker.day(),
            payment=maker.maybe(chance.choice((0, 9, 2**31 - 1))), handed_in_note=maker.maybe(maker.localized()),
            handed_in_at=maker.maybe(maker.instant()), decision_reason=maker.maybe(maker.localized(), 0.8),
            decided_at=maker.maybe(maker.instant()),
        )  # fmt: skip
        step = maker.rows["study_milestone"][-1]
        if step["state"] in ("returned", "dropped") and step["decision_reason"] is None:
            step["decision_reason"] = maker.localized()


def wording(maker: Maker, study: dict[str, Any], number: int) -> int:
    """A wording with its parts."""
    chance = maker.chance
    state = maker.code("study_revision", "state")
    earlier = [row["id"] for row in maker.rows["finding"] if row["study_id"] == study["id"]]
    revision = maker.add(
        "study_revision", edition=maker.chance.randint(1, 9),
        id=maker.id(), study_id=study["id"], number=number, state=state,
        abstract=maker.localized(), note=maker.maybe(maker.localized()),
        return_reason=maker.localized() if state == "returned" else maker.maybe(maker.localized(), 0.2),
        strikes=chance.sample(earlier, min(len(earlier), chance.randint(0, 2))),
        content_hash=None if state == "draft" else "sha256:33", handed_in_at=maker.maybe(maker.instant()),
        published_at=maker.maybe(maker.instant(), 0.7), created_at=maker.instant(),
    )  # fmt: skip
    for position in range(chance.randint(0, 3)):
        maker.add(
            "study_section", revision_id=revision["id"], position=position, code=f"s{position}",
            heading=maker.localized(), text=maker.localized(),
        )  # fmt: skip
    return number


def findings(maker: Maker, study: dict[str, Any], since: int) -> None:
    """What a wording says first, some of it no longer, with what was answered."""
    chance = maker.chance
    for number in range(1, chance.randint(2, 5)):
        known = [row["id"] for row in maker.rows["finding"] if row["study_id"] == study["id"]]
        kind, state = maker.code("finding", "kind"), maker.code("finding", "state")
        to_body = kind == "recommendation" and chance.random() < 0.6
        published = maker.maybe(maker.instant(), 0.8)
        finding = maker.add(
            "finding", id=maker.id(), study_id=study["id"], kind=kind, number=10 * since + number, state=state,
            text=maker.localized(), strength=maker.code("finding", "strength"), section=maker.maybe("s0"),
            body_id=maker.one_of("body") if to_body else None,
            organization_id=maker.one_of("organization") if kind == "recommendation" and not to_body else None,
            replaces_id=chance.choice(known) if known and chance.random() < 0.3 else None, since=since,
            until=maker.maybe(since + chance.randint(1, 2), 0.3), published_at=published,
            answer_due_on=maker.maybe(maker.day(), 0.8), answered_at=None if state == "open" else maker.instant(),
            follow_up=maker.maybe(maker.localized()), followed_up_at=maker.maybe(maker.instant()),
            created_at=maker.instant(),
        )  # fmt: skip
        for n in range(1, 1 if state == "open" else chance.randint(2, 4)):
            maker.add(
                "finding_answer", finding_id=finding["id"], number=n,
                decision=maker.code("finding_answer", "decision"), reasons=maker.localized(),
                instrument_id=maker.one_of("instrument", 0.5) if "instrument" in maker.rows else None,
                recorded=chance.random() < 0.5, answered_at=maker.instant(),
            )  # fmt: skip


def reviews(maker: Maker, study: dict[str, Any]) -> None:
    """Reviews of its wordings, blind and named."""
    chance = maker.chance
    wordings = [row["id"] for row in maker.rows["study_revision"] if row["study_id"] == study["id"]]
    for person in chance.sample([*maker.rows["person"], None], chance.randint(0, 4)):
        state = maker.code("peer_review", "state")
        given, answered = state in ("delivered", "answered"), state == "answered"
        maker.add(
            "peer_review", id=maker.id(), study_id=study["id"], revision_id=chance.choice(wordings),
            person_id=person and person["id"], name=maker.maybe(maker.words(), 0.8), blind=chance.random() < 0.5,
            state=state, verdict=maker.code("peer_review", "verdict") if given else None,
            report=maker.localized() if given else None, interests=maker.maybe(maker.words()),
            authors_answer=maker.localized() if answered else None, reason=maker.maybe(maker.words()),
            due_on=maker.maybe(maker.day()), invited_at=maker.instant(), delivered_at=maker.maybe(maker.instant()),
            answered_at=maker.maybe(maker.instant()),
        )  # fmt: skip


def dataset(maker: Maker, study: dict[str, Any], position: int) -> None:
    """Data with a dictionary."""
    chance = maker.chance
    data = maker.add(
        "study_dataset", edition=maker.chance.randint(1, 9),
        id=maker.id(), study_id=study["id"], position=position,
        role=maker.code("study_dataset", "role"), title=maker.localized(),
        description=maker.maybe(maker.localized()), mended=maker.maybe(maker.localized()),
        source_url=maker.maybe("https://datos.example/a"), licence=maker.maybe(maker.words()),
        row_count=maker.maybe(chance.choice((0, 7, 2**31 - 1))), sha256=maker.maybe("0" * 64),
        published_at=maker.maybe(maker.instant()), created_at=maker.instant(),
    )  # fmt: skip
    for n in range(chance.randint(0, 4)):
        maker.add(
            "dataset_column", dataset_id=data["id"], position=n, name=f"c{n}",
            type=maker.code("dataset_column", "type"), meaning=maker.localized(),
        )  # fmt: skip
