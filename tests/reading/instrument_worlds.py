"""What random instruments and mandates are: wordings, orders, signatures, notices, deliverables, programmes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from tests.reading.worlds import Maker

BEFORE_ADOPTION = ("draft", "tabled", "withdrawn")
RESPONSIBLE = ("responsible_body_id", "responsible_organization_id", "responsible_membership_id")


def instruments(maker: Maker) -> None:
    """Give bodies their instruments, and mandates what they rest on, by a chance that moves nothing else."""
    everything, maker.chance = maker.chance, random.Random(len(maker.rows["entry"]) + 1)
    for _ in range(14):
        instrument(maker)
    for _ in range(10):
        # So many that each kind of work is ordered.
        maker.mandate()
    for row in maker.rows["mandate"]:
        mandate(maker, row)
    for row in maker.rows["timetable_notice"]:
        shortened = row["kind"] != "opening" and maker.chance.random() < 0.3
        row["instrument_id"] = maker.one_of("instrument") if shortened else None
        row["kind"] = "shortening" if shortened else row["kind"]
    for body in maker.rows["body"]:
        for year in maker.chance.sample(range(2020, 2030), maker.chance.randint(0, 3)):
            programme(maker, body["id"], year)
    maker.chance = everything


def instrument(maker: Maker) -> None:
    """An instrument with its wordings and signatures."""
    chance, id_ = maker.chance, maker.entry("Instrument")
    state = maker.code("instrument", "state")
    adopted = state not in BEFORE_ADOPTION
    since, until = sorted((maker.day(), maker.day()))
    gazette = maker.maybe(maker.words())
    maker.add(
        "instrument", id=id_, body_id=maker.one_of("body"), kind=maker.code("instrument", "kind"), state=state,
        title=maker.rows["entry"][-1]["title"], vote_event_id=maker.id() if adopted else None,
        adopted_at=maker.instant() if adopted else None, in_force_from=maker.maybe(since, 0.8),
        in_force_until=maker.maybe(until), gazette=gazette, gazette_date=maker.maybe(maker.day()) if gazette else None,
        gazette_page=maker.maybe(maker.words()) if gazette else None,
        void_reason=maker.localized() if state == "void" else None, created_at=maker.instant(),
    )  # fmt: skip
    kept: dict[str, Any] = {}
    for number in range(1, chance.randint(2, 4)):
        revision(maker, id_, number, kept)
    signers = [row["id"] for row in maker.rows["membership"]]
    for signer in chance.sample(signers, min(len(signers), chance.randint(0, 3))):
        maker.add(
            "instrument_signature", id=maker.id(), instrument_id=id_, membership_id=signer,
            content_hash="sha256:33", signed_at=maker.instant(),
        )  # fmt: skip


def revision(maker: Maker, instrument_id: UUID, number: int, kept: dict[str, Any]) -> None:
    """A wording whose paragraphs may say what they said before."""
    chance, fixed = maker.chance, maker.maybe(maker.instant())
    made = maker.add(
        "instrument_revision", id=maker.id(), instrument_id=instrument_id, number=number, title=maker.localized(),
        addressed_to=maker.maybe(maker.localized()), note=maker.maybe(maker.localized()),
        content_hash="sha256:33" if fixed else None, fixed_at=fixed, created_at=maker.instant(),
    )  # fmt: skip
    at = {"revision_id": made["id"]}
    codes = chance.sample(("p0", "p1", "p2", "p3", "p4"), chance.randint(0, 4))
    for position, code in enumerate(codes):
        heading, text = kept.get(code) if code in kept and chance.random() < 0.5 else (None, maker.localized())
        heading = heading if heading or chance.random() < 0.5 else maker.localized()
        kept[code] = (heading, text)
        maker.add("instrument_section", id=maker.id(), **at, position=position, code=code, heading=heading, text=text)
    for position in range(chance.randint(0, 3)):
        maker.add(
            "instrument_order", id=maker.id(), **at, position=position, paragraph=chance.choice((*codes, "p9")),
            kind=maker.code("instrument_order", "kind"), title=maker.localized(),
            question=maker.maybe(maker.localized()), due_on=maker.maybe(maker.day()),
            budget_note=maker.maybe(maker.localized()), **charged(maker),
        )  # fmt: skip
    targets = [row["id"] for row in maker.rows["instrument"]]
    for position, target in enumerate(chance.sample(targets, min(len(targets), chance.randint(0, 3)))):
        maker.add(
            "instrument_relation", id=maker.id(), **at, position=position,
            kind=maker.code("instrument_relation", "kind"), target_id=target,
        )  # fmt: skip


def charged(maker: Maker) -> dict[str, Any]:
    """Who is charged with a work: nobody by name, or one."""
    found: dict[str, Any] = dict.fromkeys(RESPONSIBLE)
    column = maker.chance.choice((None, *RESPONSIBLE))
    if column is not None:
        found[column] = maker.one_of(column.removeprefix("responsible_").removesuffix("_id"))
    return found


def mandate(maker: Maker, row: dict[str, Any]) -> None:
    """Let a mandate rest on an instrument, if it says so, and let it have been delivered and given away."""
    chance, by_instrument = maker.chance, row["origin"] == "instrument"
    row |= {
        "kind": maker.code("mandate", "kind"),
        "instrument_id": maker.one_of("instrument") if by_instrument else None,
        "paragraph": chance.choice(("p0", "p1", "p2", "p9")) if by_instrument else None,
        "budget_note": maker.maybe(maker.localized()),
        **charged(maker),
        "ordered_at": maker.maybe(maker.instant()),
        "delivered_at": maker.maybe(maker.instant()),
        "closing_reason": maker.maybe(maker.localized()),
    }
    for number in range(1, chance.randint(1, 4)):
        kind = "order" if number == 1 else maker.code("mandate_notice", "kind")
        maker.add(
            "mandate_notice", id=maker.id(), mandate_id=row["id"], number=number, kind=kind, **charged(maker),
            due_on=maker.maybe(maker.day()),
            reason=maker.maybe(maker.localized()) if kind == "order" else maker.localized(),
            published_at=maker.instant(),
        )  # fmt: skip
    entries = [entry["id"] for entry in maker.rows["entry"]]
    for entry_id in chance.sample(entries, chance.randint(0, 2)):
        by_record = chance.random() < 0.8
        maker.add(
            "deliverable", id=maker.id(), mandate_id=row["id"], entry_id=entry_id if by_record else None,
            document_id=None if by_record else maker.one_of("document") or maker.id(), delivered_at=maker.instant(),
        )  # fmt: skip


def programme(maker: Maker, body_id: UUID, year: int) -> None:
    """What a body means to do in a year."""
    state = maker.code("work_programme", "state")
    approved = state != "draft"
    made = maker.add(
        "work_programme", edition=maker.chance.randint(1, 9),
        id=maker.id(), body_id=body_id, year=year, title=maker.localized(), state=state,
        instrument_id=maker.one_of("instrument") if approved else None,
        approved_at=maker.instant() if approved else None, created_at=maker.instant(),
    )  # fmt: skip
    for position in range(1, maker.chance.randint(1, 4)):
        maker.add(
            "work_programme_line", id=maker.id(), work_programme_id=made["id"], position=position,
            title=maker.localized(), explanation=maker.maybe(maker.localized()),
            mandate_id=maker.one_of("mandate", 0.6),
        )  # fmt: skip
