"""What random agreements are: drafted, signed by some or by all, prolonged, ended."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from tests.reading.worlds import Maker

DAY = dt.timedelta(days=1)


def agreements(maker: Maker) -> None:
    """Let bodies and organisations agree, by a chance that moves nothing else of the world."""
    everything, maker.chance = maker.chance, random.Random(len(maker.rows["entry"]) + 2)
    for _ in range(12):
        _agreement(maker)
    maker.chance = everything


def _agreement(maker: Maker) -> None:
    chance, id_ = maker.chance, maker.entry("Agreement")
    state = maker.code("agreement", "state")
    signed = state == "signed" or (state == "ended" and chance.random() < 0.7)
    since, until = sorted((maker.day(), maker.day()))
    ended = state == "ended"
    places = [place["id"] for place in maker.rows["territory"]]
    bodies, organizations = ([row["id"] for row in maker.rows[table]] for table in ("body", "organization"))
    drafted_by = chance.choice(bodies)
    maker.add(
        "agreement", id=id_, body_id=drafted_by, state=state, title=maker.rows["entry"][-1]["title"],
        purpose=maker.localized(), territory_ids=chance.sample(places, chance.randint(0, 3)),
        signed_on=maker.day() if signed else None, in_force_from=since if signed else maker.maybe(since),
        in_force_until=maker.maybe(until) if since < until else None,
        end_reason=maker.localized() if ended else None, ended_at=maker.instant() if ended else None,
        created_at=maker.instant(),
    )  # fmt: skip
    others = [one for one in bodies if one != drafted_by]
    made = [("body_id", one) for one in (drafted_by, *chance.sample(others, chance.randint(0, 2)))]
    made += [("organization_id", one) for one in chance.sample(organizations, chance.randint(0, 2))]
    for position, (column, party) in enumerate(made, start=1):
        _party(maker, id_, position, {column: party}, signed=signed)
    for position in range(1, chance.randint(1, 4)):
        maker.add(
            "agreement_obligation", id=maker.id(), agreement_id=id_, position=position, text=maker.localized(),
            party_position=maker.maybe(chance.randint(1, len(made))), due_on=maker.maybe(maker.day()),
            mandate_id=maker.one_of("mandate", 0.6),
        )  # fmt: skip
    for number in range(1, chance.randint(1, 4) if signed else 1):
        former = min(maker.day(), dt.date(9000, 1, 1))
        maker.add(
            "agreement_renewal", id=maker.id(), agreement_id=id_, number=number, former_until=former,
            until=maker.maybe(former + chance.randint(1, 900) * DAY), reason=maker.localized(),
            renewed_at=maker.instant(),
        )  # fmt: skip


def _party(maker: Maker, agreement_id: UUID, position: int, who: dict[str, Any], *, signed: bool) -> None:
    """A party that signed, or that still has to where not all have."""
    has_signed = signed or maker.chance.random() < 0.4
    maker.add(
        "agreement_party",
        **{"id": maker.id(), "agreement_id": agreement_id, "position": position, "body_id": None,
           "organization_id": None, **who},
        person_id=maker.maybe(maker.one_of("person")) if has_signed else None,
        signatory=maker.maybe(maker.words(), 0.8) if has_signed else None,
        signed_on=maker.day() if has_signed else None, recorded=has_signed and maker.chance.random() < 0.4,
    )  # fmt: skip
