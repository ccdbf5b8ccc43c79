"""What hostile documents cost in time: `python -m tests.benchmarks.hostile`.

Each is read as a document that nobody has seen, priced, and its variables coerced; the best of several runs counts, in
CPU time of this process. The suite counts steps instead, which are the same everywhere (tests/price/hostile.py).
"""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from hub.keys import Keyring, load
from tests.benchmarks.reporting import table
from tests.price.hostile import DOCUMENTS, VARIABLES, outcome

MOST_MILLISECONDS, MOST_TIMES = 50, 2.5
BUDGET, RUNS = 5_000, 5
SHORT = 5
"""Milliseconds under which a ratio of two times says little."""


def best(text: str, keys: Keyring, variables: Mapping[str, Any] | None) -> float:
    """Return how many milliseconds of CPU it takes."""
    found = []
    for _ in range(RUNS):
        before = time.process_time()
        outcome(text, keys, budget=BUDGET, variables=variables)
        found.append(1_000 * (time.process_time() - before))
    return min(found)


def hostile() -> None:
    """Measure every hostile document at two lengths."""
    with tempfile.TemporaryDirectory() as folder:
        keys = load(Path(folder) / "keys.json", make=True)
    asked: dict[str, list[tuple[str, Mapping[str, Any] | None, int]]] = {}
    for name, (make, size) in DOCUMENTS.items():
        asked[name] = [(make(n), None, len(make(n))) for n in (size // 2, size)]
    for name, (text, values, size) in VARIABLES.items():
        asked[f"variables: {name}"] = [(text, values(n), len(str(values(n)))) for n in (size // 2, size)]
    outcome("{ viewer { signedIn } }", keys, budget=BUDGET)
    gc.collect()
    gc.disable()
    rows, missed = [], 0
    for name, ((half, few, _), (whole, many, letters)) in asked.items():
        shorter, longer = best(half, keys, few), best(whole, keys, many)
        times = longer / shorter
        kept = longer <= MOST_MILLISECONDS and (longer < SHORT or times <= MOST_TIMES)
        missed += not kept
        why = outcome(whole, keys, budget=BUDGET, variables=many)
        rows.append(
            (name, f"{letters:,}", f"{shorter:.1f}", f"{longer:.1f}", f"{times:.2f}", why, "" if kept else "MISSED")
        )
    typer.echo(f"Hostile documents (under {MOST_MILLISECONDS} ms; twice the text at most {MOST_TIMES} times as long):")
    table(typer.echo, ("document", "letters", "half, ms", "whole, ms", "ratio", "outcome", ""), rows)
    typer.echo(f"{len(rows) - missed} of {len(rows)} within both.")


if __name__ == "__main__":
    typer.run(hostile)
