"""The documents of a random world: of whatever holds some, public or not, withdrawn or not, of parts or not."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from tests.reading.worlds import Maker

PARTS = {
    "agenda_item": "session_id",
    "study_revision": "study_id",
    "study_milestone": "study_id",
    "study_dataset": "study_id",
}
"""The tables of the parts that hold some, and the column that names what they are a part of."""

HOLDERS = ("body", "consultation", "session", "instrument", "study", "agreement")


def documents(maker: Maker) -> None:
    """Attach documents to what there is, by a chance that moves nothing else of the world."""
    everything, maker.chance = maker.chance, random.Random(len(maker.rows["entry"]))
    for _ in range(8):
        maker.add(
            "stored_file", id=maker.id(), sha256=maker.chance.randbytes(32),
            size=maker.chance.choice((1, 100, 2**31 - 1)), media_type="application/pdf", name=maker.words(),
            uploaded_by=maker.one_of("account", 0.5), uploaded_at=maker.instant(), kept_until=maker.instant(),
        )  # fmt: skip
    for table in HOLDERS:
        for holder in maker.rows[table]:
            for position in range(maker.chance.choice((0, 1, 3, 5))):
                _document(maker, holder, body_id=holder.get("body_id") or maker.one_of("body"), position=position)
    maker.chance = everything


def _document(maker: Maker, holder: dict[str, Any], *, body_id: UUID, position: int) -> None:
    withdrawn = maker.chance.random() < 0.3
    parts = [row["id"] for table, of in PARTS.items() for row in maker.rows[table] if row[of] == holder["id"]]
    maker.add(
        "document", id=maker.id(), entry_id=holder["id"], file_id=maker.one_of("stored_file"), body_id=body_id,
        part_id=maker.maybe(maker.chance.choice([*parts, maker.id()]), 0.5), sight=maker.code("document", "sight"),
        title=maker.localized(), role=maker.code("document", "role"), licence=maker.maybe(maker.words()),
        position=position // 2, published_at=maker.instant(),
        withdrawn_at=maker.instant() if withdrawn else None,
        withdrawn_reason=maker.localized() if withdrawn else None,
    )  # fmt: skip
