"""What random sessions decide: motions and votes in every state, minutes in every state, tasks of anybody."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.reading.worlds import Maker

DAY = dt.timedelta(days=1)
HASH = "sha256:11"


def votes(maker: Maker, now: dt.datetime) -> None:
    """Let sessions decide, by a chance that moves nothing else of the world."""
    everything, maker.chance = maker.chance, random.Random(len(maker.rows["agenda_item"]) + 2)
    for session in maker.rows["session"]:
        people = [row for row in maker.rows["membership"] if row["body_id"] == session["body_id"]]
        points = [row["id"] for row in maker.rows["agenda_item"] if row["session_id"] == session["id"]]
        if maker.chance.random() < 0.8:
            minutes(maker, session, people, now)
        for number in range(1, maker.chance.randint(1, 6) if points else 1):
            motion(maker, session, number, points, people, now)
        for number in range(1, maker.chance.randint(1, 4)):
            task(maker, session, number, points, people, now)
    for row in maker.rows["minutes"]:
        row["approved_by_id"] = maker.one_of("vote_event", 0.5)
    maker.chance = everything


def at(maker: Maker, now: dt.datetime) -> dt.datetime:
    """An instant not far from now."""
    return now + maker.chance.randint(-90, 90) * DAY / 3


def motion(
    maker: Maker,
    session: dict[str, Any],
    number: int,
    points: list[Any],
    people: list[dict[str, Any]],
    now: dt.datetime,
) -> None:
    """A motion in any state, which may amend another or be about minutes; and the votes on it."""
    chance, id_ = maker.chance, maker.id()
    state, about = maker.code("motion", "state"), chance.choice(("", "", "amends", "minutes"))
    others = [row["id"] for row in maker.rows["motion"] if row["session_id"] == session["id"]]
    minutes_id = maker.one_of("minutes") if about == "minutes" else None
    maker.add(
        "motion", id=id_, session_id=session["id"], agenda_item_id=chance.choice(points), number=number,
        mover_id=maker.maybe(chance.choice(people)["id"], 0.7) if people else None, matter=chance.choice(("m0", "m1")),
        text=maker.localized(), state=state, amends_id=chance.choice(others) if about == "amends" and others else None,
        instrument_id=None, minutes_id=minutes_id, subject_hash=HASH if minutes_id else None,
        tabled_at=at(maker, now), decided_at=at(maker, now) if state in ("carried", "lost") else None,
    )  # fmt: skip
    standing = False
    for _ in range(chance.choice((0, 1, 1, 2))):
        standing = vote_event(maker, session, id_, people, now, standing=standing) or standing


def vote_event(
    maker: Maker,
    session: dict[str, Any],
    motion_id: Any,
    people: list[dict[str, Any]],
    now: dt.datetime,
    *,
    standing: bool,
) -> bool:
    """A vote in any state; one at most stands. Say whether it does."""
    chance, id_ = maker.chance, maker.id()
    state = "annulled" if standing else maker.code("vote_event", "state")
    closed = state == "closed" or (state == "annulled" and chance.random() < 0.5)
    seats = list({member["seat_id"]: member for member in people}.values())
    counts = [chance.randint(0, 3) for _ in range(3)]
    maker.add(
        "vote_event", id=id_, session_id=session["id"], motion_id=motion_id, method=maker.code("vote_event", "method"),
        state=state, opened_at=at(maker, now), closed_at=at(maker, now) if closed else None,
        entitled=chance.randint(9, 20), present=chance.randint(9, 12), quorum=chance.randint(0, 9),
        votes_for=counts[0] if closed else None, votes_against=counts[1] if closed else None,
        abstentions=counts[2] if closed else None, needed=chance.randint(1, 9) if closed else None,
        result=maker.code("vote_event", "result") if closed else None, casting_vote=chance.random() < 0.3,
        annulled_at=at(maker, now) if state == "annulled" else None,
        annulled_reason=maker.localized() if state == "annulled" else None,
    )  # fmt: skip
    for member in chance.sample(seats, chance.randint(0, len(seats))):
        maker.add(
            "voting_seat", id=maker.id(), vote_event_id=id_, seat_id=member["seat_id"],
            sector=maker.code("voting_seat", "sector"), has_voted=chance.random() < 0.5,
        )  # fmt: skip
        if chance.random() < 0.6:
            maker.add(
                "vote", id=maker.id(), vote_event_id=id_, seat_id=member["seat_id"], membership_id=member["id"],
                option=maker.code("vote", "option"), reason=maker.maybe(maker.localized()),
                recorded=chance.random() < 0.5, cast_at=at(maker, now),
            )  # fmt: skip
    for sector in chance.sample(
        ("government", "civil_society", "academia", "private", "citizens"), chance.randint(0, 4)
    ):
        maker.add(
            "sector_count", id=maker.id(), vote_event_id=id_, sector=sector, votes_for=chance.randint(0, 4),
            votes_against=chance.randint(0, 4), abstentions=chance.randint(0, 4), silent=chance.randint(0, 4),
        )  # fmt: skip
    return state != "annulled"


def minutes(maker: Maker, session: dict[str, Any], people: list[dict[str, Any]], now: dt.datetime) -> None:
    """Minutes in any state, with all that may belong to them."""
    chance, id_, state = maker.chance, maker.id(), maker.code("minutes", "state")
    approved = state in ("approved", "signed", "published")
    maker.add(
        "minutes", id=id_, session_id=session["id"], state=state, content_hash=HASH if approved else None,
        approved_by_id=None, created_at=at(maker, now), circulated_at=maker.maybe(at(maker, now)),
        observations_until=maker.maybe(at(maker, now)), approved_at=maker.maybe(at(maker, now)),
        published_at=maker.maybe(at(maker, now)),
    )  # fmt: skip
    for number in range(1, chance.randint(2, 4)):
        maker.add(
            "minutes_revision", id=maker.id(), minutes_id=id_, number=number, text=maker.localized(),
            content_hash=HASH, created_at=at(maker, now),
        )  # fmt: skip
    for number in range(1, chance.randint(1, 3)):
        maker.add(
            "minutes_addendum", id=maker.id(), minutes_id=id_, number=number, text=maker.localized(),
            content_hash=HASH, added_at=at(maker, now),
        )  # fmt: skip
    for member in chance.sample(people, min(len(people), chance.randint(0, 3))):
        maker.add(
            "minutes_signature", id=maker.id(), minutes_id=id_, membership_id=member["id"],
            post=maker.code("minutes_signature", "post"), content_hash=HASH, signed_at=at(maker, now),
        )  # fmt: skip
    for member in chance.sample(people, min(len(people), chance.randint(0, 3))):
        standing = maker.code("observation", "state")
        maker.add(
            "observation", id=maker.id(), minutes_id=id_, membership_id=member["id"], revision_number=1,
            text=maker.localized(), state=standing, answer=None if standing == "made" else maker.localized(),
            made_at=at(maker, now), answered_at=maker.maybe(at(maker, now)),
        )  # fmt: skip


def task(
    maker: Maker,
    session: dict[str, Any],
    number: int,
    points: list[Any],
    people: list[dict[str, Any]],
    now: dt.datetime,
) -> None:
    """A task of a member or of an organisation, in any state, due at any time or never."""
    chance, state = maker.chance, maker.code("action_item", "state")
    owner = chance.choice(people)["id"] if people and chance.random() < 0.6 else None
    maker.add(
        "action_item", id=maker.id(), session_id=session["id"],
        agenda_item_id=chance.choice(points) if points and chance.random() < 0.6 else None, number=number,
        task=maker.localized(), owner_id=owner, organization_id=None if owner else maker.one_of("organization"),
        due_on=maker.maybe(maker.day(), 0.8), state=state, evidence=maker.localized() if state == "done" else None,
        drop_reason=maker.localized() if state == "dropped" else None, created_at=at(maker, now),
        ended_at=None if state == "open" else at(maker, now),
    )  # fmt: skip
