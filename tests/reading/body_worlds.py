"""What random bodies are from within: seats of each kind, and people who sit in them, did, or stand in."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any
from uuid import UUID

NOW = dt.datetime(2026, 8, 15, 12, 34, 56, 789012, tzinfo=dt.UTC)
FAR_AHEAD = dt.datetime(9999, 12, 31, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(microseconds=1)

if TYPE_CHECKING:
    from tests.reading.worlds import Maker


def seats(maker: Maker, body: dict[str, Any]) -> None:
    """Give a body its seats, by a chance that moves nothing else of the world."""
    chance = random.Random(body["id"].int)
    everything, maker.chance = maker.chance, chance
    body["state_reason"] = maker.maybe(maker.localized())
    places = [place["id"] for place in maker.rows["territory"]]
    for place in chance.sample(places, chance.randint(0, 4)):
        maker.add("body_territory", body_id=body["id"], territory_id=place)
    for number in range(1, chance.randint(1, 4)):
        maker.add(
            "body_charter", id=maker.id(), body_id=body["id"], number=number, remit=maker.maybe(maker.localized()),
            legal_basis=maker.maybe(maker.localized()), territory_ids=chance.sample(places, chance.randint(0, 3)),
            reason=maker.maybe(maker.localized()), adopted_at=maker.instant(),
        )  # fmt: skip
    for ordinal in range(1, chance.randint(2, 7)):
        post = maker.code("seat", "post")
        seat = maker.add(
            "seat", edition=maker.chance.randint(1, 9),
            id=maker.id(), body_id=body["id"], post=post, title=maker.maybe(maker.localized()),
            sector=maker.code("seat", "sector"), voting=post != "guest" and chance.random() < 0.7,
            organization_id=maker.one_of("organization", 0.5), territory_id=maker.one_of("territory", 0.5),
            ordinal=ordinal, state=maker.code("seat", "state"), created_at=maker.instant(),
        )  # fmt: skip
        held = False
        for _ in range(chance.randint(0, 4)):
            held = _membership(maker, seat, held=held) or held
    _parity(maker, body)
    _joining(maker, body)
    _interests(maker, body)
    maker.chance = everything


def _parity(maker: Maker, body: dict[str, Any]) -> None:
    """Rules of parity, of which at most one of each dimension binds."""
    for dimension in ("sector", "gender", "territory"):
        versions = maker.chance.randint(0, 3)
        for version in range(1, versions + 1):
            ended = None if version == versions and maker.chance.random() < 0.7 else maker.instant()
            maker.add(
                "parity_rule", id=maker.id(), body_id=body["id"], dimension=dimension, version=version,
                tolerance=maker.chance.choice((0, 10, 100)), consequence=maker.code("parity_rule", "consequence"),
                reason=maker.maybe(maker.localized()), adopted_at=maker.instant(), ended_at=ended,
            )  # fmt: skip


def _joining(maker: Maker, body: dict[str, Any]) -> None:
    """Requests and invitations, of which at most one of each waits for one and the same answer."""
    waiting: set[tuple[Any, ...]] = set()
    for _ in range(maker.chance.randint(0, 5)):
        kind, state = maker.code("join_request", "kind"), maker.code("join_request", "state")
        person = maker.one_of("person") if kind == "request" else maker.maybe(maker.one_of("person"))
        organization = maker.one_of("organization", 0.4) if person else maker.one_of("organization")
        key = (kind, organization or person)
        state = "declined" if state == "sent" and key in waiting else state
        waiting |= {key} if state == "sent" else set()
        sent = maker.instant()
        seats = [seat["id"] for seat in maker.rows["seat"] if seat["body_id"] == body["id"]]
        seat = maker.chance.choice(seats)
        maker.add(
            "join_request", id=maker.id(), body_id=body["id"], kind=kind, person_id=person,
            organization_id=organization, seat_id=seat if kind == "invitation" else maker.maybe(seat),
            statement=maker.words(), state=state, answer=maker.maybe(maker.words()), sent_at=sent,
            lapses_at=maker.chance.choice((sent + SECOND, max(sent + SECOND, NOW), max(sent + SECOND, FAR_AHEAD))),
            answered_at=maker.maybe(maker.instant()),
        )  # fmt: skip


def _interests(maker: Maker, body: dict[str, Any]) -> None:
    """What its members declared, each time in the place of something else or of nothing."""
    for member in [row for row in maker.rows["membership"] if row["body_id"] == body["id"]]:
        former: list[UUID] = []
        for _ in range(maker.chance.randint(0, 3)):
            kind, state = maker.code("interest_declaration", "kind"), maker.code("interest_declaration", "state")
            some, (since, until) = kind != "none", sorted((maker.day(), maker.day()))
            replaced = maker.maybe(former.pop()) if former else None
            made = maker.add(
                "interest_declaration", id=maker.id(), body_id=body["id"], membership_id=member["id"], kind=kind,
                state=state, summary=maker.maybe(maker.words(), 0.9),
                organization_id=maker.one_of("organization", 0.6) if some else None,
                matter=maker.maybe(maker.words()) if some else None, since=maker.maybe(since) if some else None,
                until=maker.maybe(until) if some else None, replaces_id=replaced,
                review_note=maker.maybe(maker.words()), declared_at=maker.instant(),
                reviewed_at=maker.instant() if state == "reviewed" else None,
            )  # fmt: skip
            former.append(made["id"])


def _membership(maker: Maker, seat: dict[str, Any], *, held: bool) -> bool:
    """Let somebody sit in a seat, at most one of them as its holder; say whether they are that."""
    chance = maker.chance
    state = maker.code("membership", "state")
    alternate = chance.random() < 0.3 or (held and state in ("active", "on_leave"))
    person_id = maker.maybe(maker.one_of("person"), 0.7)
    here = [row for row in maker.rows["membership"] if row["seat_id"] == seat["id"] and row["state"] != "ended"]
    if state != "ended" and any(row["person_id"] == person_id for row in here):
        person_id = None
    since = maker.instant()
    until = maker.maybe(maker.instant())
    maker.add(
        "membership", id=maker.id(), body_id=seat["body_id"], seat_id=seat["id"], person_id=person_id,
        name=maker.maybe(maker.words(), 0.8), organization_id=maker.one_of("organization", 0.5), alternate=alternate,
        state=state, appointed_by_vote_id=None, appointed_by_instrument_id=None, valid_from=since,
        valid_until=max(since, until) if until else None, reason=maker.maybe(maker.words()),
        gender=maker.maybe(maker.code("membership", "gender"), 0.8), created_at=maker.instant(),
    )  # fmt: skip
    return state in ("active", "on_leave") and not alternate


def roles_of(seat: Any, membership: Any) -> list[tuple[str, UUID]]:
    """Return what somebody is by sitting in a seat: a member, and what its post says, unless they only stand in."""
    own = [seat.post] if seat.post in ("coordinator", "secretary") and not membership.alternate else []
    return [(role, membership.body_id) for role in ("member", *own)]
