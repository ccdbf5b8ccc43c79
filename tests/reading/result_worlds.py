"""What was published of a random consultation: every breakdown, figures withheld at random, codes that nothing has.

It is as no release would be: figures add up to nothing, categories lack, tables stand for questions that were never
asked. What is shown follows from the rows alone.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.reading.worlds import Maker

DIMENSIONS = ("total", "respondent_kind", "state", "language")
COUNTS = (None, None, 0, 1, 3, 7, 12, 2**31 - 1)
"""The figures; more of them than in real life are not shown."""

MIDDLES = ("0", "-5", "0.5", "2.500000", "-0.000001", "123456789.123456")
DAYS = (dt.date(1, 1, 2), dt.date(1969, 12, 31), dt.date(1970, 1, 1), dt.date(2024, 2, 29), dt.date(9999, 12, 30))


def results(maker: Maker, consultation: dict[str, Any]) -> None:
    """Release results of a consultation, none, once or several times."""
    chance, at = maker.chance, {"consultation_id": consultation["id"]}
    releases = []
    for number in range(1, 1 + chance.choice((0, 1, 1, 2, 3))):
        release = maker.add(
            "result_release", id=maker.id(), **at, number=number, made_at=maker.instant(),
            smallest_cell=chance.choice((3, 10, 1_000)), response_count=chance.randint(0, 10**6),
        )  # fmt: skip
        releases.append(release["id"])
    if not releases:
        return
    revisions = [r["id"] for r in maker.rows["questionnaire_revision"] if r["consultation_id"] == consultation["id"]]
    kinds = {q["lineage_id"]: q["kind"] for q in maker.rows["question"] if q["revision_id"] in revisions}
    asked: list[tuple[Any, str]] = [(None, "nothing"), *kinds.items(), (maker.id(), "number")]
    for lineage_id, kind in asked:
        for dimension in DIMENSIONS:
            if chance.random() < (0.7 if dimension == "total" else 0.25):
                table = maker.add(
                    "result_table", id=maker.id(), **at, release_id=chance.choice(releases),
                    lineage_id=lineage_id, dimension=dimension, position=chance.randint(0, 9), truth={},
                )  # fmt: skip
                cells(maker, table, kind)


def cells(maker: Maker, table: dict[str, Any], kind: str) -> None:
    """Fill a table: in each category, in a matrix for each row, how many answered and what."""
    chance = maker.chance
    rows = chance.sample(("r0", "r1", "r2", "r9"), 2) if kind == "matrix" else ("",)
    places = chance.sample(range(100), 100)
    for category in categories(maker, table["dimension"]):
        for row in rows:
            # A category of which it is not said how many answered is none.
            answered = ("",) if chance.random() < 0.9 else ()
            for item in (*answered, *items(maker, kind)):
                middles = middles_of(maker, kind) if item == "" else (None, None, None)
                maker.add(
                    "result_cell", table_id=table["id"], category=category, row_code=row, item=item,
                    place=places.pop(), count=chance.choice(COUNTS), median=middles[0], lower_quartile=middles[1],
                    upper_quartile=middles[2],
                    points=maker.maybe(chance.randint(0, 9)) if kind == "ranking" and item else None,
                )  # fmt: skip


def categories(maker: Maker, dimension: str) -> list[str]:
    places = [place["code"] for place in maker.rows["territory"]]
    known = {
        "total": ("",),
        "respondent_kind": ("individual", "organization", "anonymous", "robot"),
        "state": (*places[:3], "99"),
        "language": ("es", "nah", "es-MX", "zz"),
    }[dimension]
    return [""] if dimension == "total" else maker.chance.sample((*known, "other", "unknown"), 3)


def items(maker: Maker, kind: str) -> list[str]:
    """What was answered to a question of this kind; now and then something that it does not offer."""
    offered = {
        "single_choice": ("o0", "o1", "o2", "o9"),
        "multiple_choice": ("o0", "o1", "o2", "o9"),
        "ranking": ("o0", "o1", "o2", "o9"),
        "matrix": ("o0", "o1", "o2", "o9"),
        "scale": ("0", "5", "9"),
        "place": (*[place["code"] for place in maker.rows["territory"]][:3], "99"),
        "consent": ("agreed", "disagreed", "perhaps"),
    }.get(kind, ())
    return maker.chance.sample(offered, min(len(offered), 3))


def middles_of(maker: Maker, kind: str) -> tuple[Decimal | None, ...]:
    """The three middles of a question of this kind, each shown or not; those of a day count from 1970."""
    if kind not in ("number", "scale", "date"):
        return (None, None, None)
    days = [Decimal((day - dt.date(1970, 1, 1)).days) for day in DAYS]
    values = days if kind == "date" else [Decimal(number) for number in MIDDLES]
    return tuple(maker.maybe(maker.chance.choice(values), 0.7) for _ in range(3))


def invitations(maker: Maker, consultation: dict[str, Any]) -> None:
    """Issue invitations, also where nobody needs one."""
    for _ in range(maker.chance.choice((0, 2, 5))):
        maker.add(
            "invitation", id=maker.id(), consultation_id=consultation["id"], digest=maker.chance.randbytes(32),
            batch=maker.words(), issued_on=maker.day(),
        )  # fmt: skip
