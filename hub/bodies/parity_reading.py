"""What of parity can be read: the rules of a body, and how it is made up now."""

from __future__ import annotations

from typing import Any

from hub.bodies.balance import VotingSeat, shown, weigh
from hub.bodies.parity import counted_seats, rules_in_force
from hub.bodies.parity_models import ParityRule
from hub.bodies.reading import body
from hub.reading.asking import Asking
from hub.reading.readable import Answered, Connected, Order, Readable

parity_rule = Readable("ParityRule", ParityRule)

body.fields["parity_rules"] = Connected(
    "ParityRule",
    {"adopted_desc": Order(lambda r: r.adopted_at, descending=True)},
    on=lambda row, target, call: target.body_id == row.id,
)


def _figures(asking: Asking, rules: list[list[Any]], rows: list[list[Any]]) -> list[dict[str, Any]]:
    seats = [VotingSeat(*row) for row in rows]
    return [
        shown(version, dimension, tolerance, consequence, weigh(dimension, tolerance, seats))
        for version, dimension, tolerance, consequence in sorted(rules, key=lambda rule: rule[1])
    ]


body.fields["parity"] = Answered(
    lambda row, call: [rules_in_force(row.id), counted_seats(row.id, call.sight.now)], _figures
)
