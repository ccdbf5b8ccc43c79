"""What random sessions are: rules, sessions in every state, convocations, agendas, who was there, who took no part."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from hub.sessions.models import SessionKind
from hub.sessions.terms import (
    Delay,
    DelayUnit,
    KindTerms,
    Majority,
    MajorityBase,
    MinutesMode,
    Quorum,
    SeatBase,
    Share,
    Terms,
)
from hub.text import LocalizedText
from hub.viewer import Role

if TYPE_CHECKING:
    from tests.reading.worlds import Maker

DAY = dt.timedelta(days=1)
ZONES = ("America/Mexico_City", "America/Tijuana", "UTC")
MOST_DAYS = 400


def sessions(maker: Maker, now: dt.datetime) -> None:
    """Let bodies sit, by a chance that moves nothing else of the world."""
    everything, maker.chance = maker.chance, random.Random(len(maker.rows["seat"]) + 1)
    for body in maker.rows["body"]:
        for version in range(1, maker.chance.randint(1, 4)):
            maker.add(
                "session_rules", id=maker.id(), body_id=body["id"], version=version, terms=terms(maker).to_json(),
                source=maker.localized(), valid_from=moment(maker, now), created_at=moment(maker, now),
            )  # fmt: skip
        for _ in range(maker.chance.randint(0, 6)):
            session(maker, body, now)
    maker.chance = everything


def moment(maker: Maker, now: dt.datetime) -> dt.datetime:
    """An instant at which a session could be, often the very one of the request."""
    if maker.chance.random() < 0.2:
        return now + maker.chance.choice((-1, 0, 1)) * dt.timedelta(hours=1)
    return now + dt.timedelta(seconds=maker.chance.randint(-MOST_DAYS, MOST_DAYS) * 86_400)


def terms(maker: Maker) -> Terms:
    """Terms of any kind."""
    chance = maker.chance
    kinds = [
        KindTerms(
            kind=kind,
            notice_days=chance.randint(0, 9),
            working_days=chance.random() < 0.5,
            point_hours=chance.randint(0, 99),
            convened_by=chance.choice(((Role.COORDINATOR,), (Role.COORDINATOR, Role.SECRETARY))),
        )
        for kind in chance.choice(([SessionKind.ORDINARY], list(SessionKind)))
    ]
    quorums = [
        Quorum(
            Share(chance.randint(0, 2), 3, chance.random() < 0.5),
            chance.choice(list(SeatBase)),
            chance.randint(1, 2),
        )
        for _ in range(chance.randint(1, 2))
    ]
    majorities = [
        Majority(
            matter=f"m{n}",
            name=LocalizedText.from_json(maker.localized()),
            share=Share(1, 2, more_than=True),
            of=chance.choice(list(MajorityBase)),
            secret=chance.random() < 0.5,
        )
        for n in range(chance.randint(1, 3))
    ]
    return Terms(
        kinds=tuple(kinds),
        quorums=tuple(quorums),
        next_call=Delay(chance.randint(1, 5), chance.choice(list(DelayUnit))),
        majorities=tuple(majorities),
        remote_vote=chance.random() < 0.5,
        alternates=chance.random() < 0.5,
        minutes_mode=chance.choice(list(MinutesMode)),
        holidays=tuple(now.date() for now in [moment(maker, dt.datetime(2026, 9, 16, tzinfo=dt.UTC))]),
    )


def session(maker: Maker, body: dict[str, Any], now: dt.datetime) -> None:
    """A session with everything that is in it; now and then it is the next call of one before it."""
    chance, id_ = maker.chance, maker.entry("Session")
    starts_at, zone = moment(maker, now), chance.choice(ZONES)
    resumes_at = maker.maybe(moment(maker, now), 0.3)
    others = [other["id"] for other in maker.rows["body"] if other["id"] != body["id"]]
    bound = [rules["id"] for rules in maker.rows["session_rules"] if rules["body_id"] == body["id"]]
    called = {row["previous_call_id"] for row in maker.rows["session"]}
    before = [row["id"] for row in maker.rows["session"] if row["id"] not in called]
    open_to_public = chance.random() < 0.7
    maker.add(
        "session", id=id_, body_id=body["id"], joint_body_ids=chance.sample(others, chance.choice((0, 0, 1, 2))),
        rules_id=maker.maybe(chance.choice(bound), 0.7) if bound else None, title=maker.rows["entry"][-1]["title"],
        kind=maker.code("session", "kind"), mode=maker.code("session", "mode"), state=maker.code("session", "state"),
        number=maker.maybe(chance.randint(1, 30)), call=chance.randint(1, 3),
        previous_call_id=maker.maybe(chance.choice(before), 0.3) if before else None, starts_at=starts_at,
        starts_local=local(starts_at, zone), zone=zone, planned_minutes=chance.randint(1, 300),
        place=maker.maybe(maker.localized()), link=maker.maybe(maker.words(), 0.8), open_to_public=open_to_public,
        closed_reason=maker.maybe(maker.localized(), 0.2) if open_to_public else maker.localized(),
        cancel_reason=maker.maybe(maker.localized()), resumes_at=resumes_at,
        resumes_local=local(resumes_at, zone) if resumes_at else None, convened_at=maker.maybe(moment(maker, now)),
        opened_at=maker.maybe(starts_at, 0.8), ended_at=maker.maybe(starts_at + chance.randint(0, 9_999) * DAY / 1_440),
        sequence=chance.randint(0, 5), created_at=moment(maker, now),
    )  # fmt: skip
    for number in range(1, chance.randint(1, 4)):
        met = chance.random() < 0.5
        maker.add(
            "convocation", id=maker.id(), session_id=id_, number=number, kind=maker.code("convocation", "kind"),
            issued_at=moment(maker, now), starts_at=starts_at, starts_local=local(starts_at, zone), zone=zone,
            place=maker.maybe(maker.localized()), notice_met=met, latest_day=maker.day(),
            reason=maker.maybe(maker.localized()) if met else maker.localized(),
        )  # fmt: skip
    for _ in range(chance.randint(0, 3)):
        maker.add(
            "quorum_count", id=maker.id(), session_id=id_, body_id=body["id"],
            occasion=maker.code("quorum_count", "occasion"), seats=chance.randint(0, 9), needed=chance.randint(1, 5),
            present=chance.randint(0, 9), counted_at=moment(maker, now),
        )  # fmt: skip
    people = [row for row in maker.rows["membership"] if row["body_id"] == body["id"]]
    attendance(maker, id_, people, now)
    points = [point(maker, id_, None, position, people, now) for position in range(chance.randint(0, 4))]
    for above in points[:2]:
        for position in range(chance.randint(0, 3)):
            point(maker, id_, above, position, people, now)


def local(at: dt.datetime, zone: str) -> dt.datetime:
    """What a clock on the wall shows at an instant."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def attendance(maker: Maker, session_id: Any, people: list[dict[str, Any]], now: dt.datetime) -> None:
    """Who was there: some of them still are, once for each seat."""
    chance, there = maker.chance, set()
    for member in chance.sample(people, chance.randint(0, len(people))):
        came = moment(maker, now)
        left = None if member["seat_id"] not in there and chance.random() < 0.6 else came + chance.randint(0, 9) * DAY
        there |= {member["seat_id"]} if left is None else set()
        maker.add(
            "attendance", id=maker.id(), session_id=session_id, seat_id=member["seat_id"], membership_id=member["id"],
            mode=maker.code("attendance", "mode"), came_at=came, left_at=left,
        )  # fmt: skip


def point(
    maker: Maker, session_id: Any, parent: Any, position: int, people: list[dict[str, Any]], now: dt.datetime
) -> Any:
    """A point of an agenda, asked for or not, and who takes no part in it."""
    chance, id_ = maker.chance, maker.id()
    asked = chance.choice(people) if people and chance.random() < 0.5 else None
    started = maker.maybe(moment(maker, now))
    maker.add(
        "agenda_item", edition=maker.chance.randint(1, 9),
        id=id_, session_id=session_id, parent_id=parent, position=position,
        kind=maker.code("agenda_item", "kind"), state=maker.code("agenda_item", "state"), title=maker.localized(),
        explanation=maker.maybe(maker.localized()), presenter=maker.maybe(maker.words()),
        public=chance.random() < 0.7, requested_by_id=asked and asked["id"],
        requested_at=moment(maker, now) if asked else None, answer=maker.maybe(maker.localized()),
        planned_minutes=maker.maybe(chance.randint(1, 99)), started_at=started,
        ended_at=maker.maybe((started or now) + chance.randint(0, 9_999) * DAY / 1_440),
        outcome=maker.maybe(maker.localized()),
    )  # fmt: skip
    seats = list({member["seat_id"]: member for member in people}.values())
    for member in chance.sample(seats, min(len(seats), chance.randint(0, 2))):
        said = [one["id"] for one in maker.rows["interest_declaration"] if one["membership_id"] == member["id"]]
        maker.add(
            "recusal", id=maker.id(), agenda_item_id=id_, seat_id=member["seat_id"], membership_id=member["id"],
            interest_id=maker.maybe(chance.choice(said)) if said else None, reason=maker.localized(),
            declared_at=moment(maker, now),
        )  # fmt: skip
    return id_
