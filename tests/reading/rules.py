"""The display rules that questions of the worlds have, each as it is read."""

from __future__ import annotations

RULES: dict[str, list[tuple[int, str, str | None, str | None, list[str]]]] = {
    "answered(q0)": [(0, "ANSWERED", "q0", None, [])],
    "not q0 in (a, 2026-12-01)": [(0, "NOT", None, None, []), (1, "IN", "q0", None, ["a", "2026-12-01"])],
    'q1.agua != "or" and (q0 >= 1.5 or q2 has any (a, b))': [
        (0, "EVERY", None, None, []),
        (1, "IS_NOT", "q1", "agua", ["or"]),
        (1, "EITHER", None, None, []),
        (2, "AT_LEAST", "q0", None, ["1.5"]),
        (2, "HAS_ANY", "q2", None, ["a", "b"]),
    ],
}
"""Each rule with its parts: how deep, what it does, the question, the row and the values."""
