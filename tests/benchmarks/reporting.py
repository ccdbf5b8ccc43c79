"""The report: figures for each query and server, then the ratios beside what the design wants of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from tests.benchmarks.depths import Depth
from tests.benchmarks.measuring import Bench, Measured
from tests.benchmarks.queries import Asked

Say = Callable[[str], None]

WANTED = {
    ("Q1", "plain"): 30,
    ("Q2t", "plain"): 45,
    ("Q2o", "plain"): 45,
    ("Q3", "plain"): 50,
    ("Q4", "plain"): 3,
    ("Q1", "bare"): 0.45,
}
"""The ratios that the design wants at 16 connections."""

WANTED_AT = 16
MOST_MEMORY = 120
MOST_DEEPER = 1.3

COLUMNS = ("conn", "req/s", "p50 ms", "p99 ms", "server CPU ms", "PostgreSQL CPU ms", "driver busy")


def table(say: Say, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Say a table, its first column to the left and the others to the right."""
    lines = [heads, *rows]
    widths = [max(len(line[n]) for line in lines) for n in range(len(heads))]
    for line in lines:
        cells = [
            line[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)),
        ]
        say("  ".join(cells).rstrip())
    say("")


def figures(say: Say, bench: Bench) -> None:
    """Say what was measured."""
    for asked in bench.queries:
        say(f"{asked.name}: {asked.title}")
        rows = [
            (f"{server} {who}".strip(), str(connections), *_figures(measured))
            for (name, who, server, connections), measured in bench.measured.items()
            if name == asked.name
        ]
        table(say, ("server", *COLUMNS), sorted(rows, key=lambda row: (int(row[1]), row[0])))


def _figures(measured: Measured) -> tuple[str, ...]:
    seconds = sum(one.seconds for one in measured.rounds)
    return (
        f"{measured.per_second:,.1f}",
        f"{measured.latency(0.5):,.2f}",
        f"{measured.latency(0.99):,.2f}",
        f"{measured.per_request(measured.server_cpu):,.3f}",
        f"{measured.per_request(measured.database_cpu):,.3f}",
        f"{measured.driver_cpu / seconds:.0%}",
    )


def ratios(say: Say, bench: Bench) -> None:
    """Say how many times as many requests the hub answers as each peer."""
    peers = ("plain", "cached", "bare")
    rows = []
    for asked in bench.queries:
        for who in ("", "anonymous"):
            for connections in sorted({key[3] for key in bench.measured}):
                ours = bench.measured.get((asked.name, who, "hub", connections))
                if ours is not None:
                    cells = [_ratio(bench, asked, who, peer, connections, ours) for peer in peers]
                    rows.append((f"{asked.name} {who}".strip(), str(connections), *cells))
    say("The hub's requests per second over those of its peers (wanted at 16 connections):")
    table(say, ("query", "conn", "hub/plain", "hub/cached", "hub/bare"), rows)


def _ratio(bench: Bench, asked: Asked, who: str, peer: str, connections: int, ours: Measured) -> str:
    key = (asked.name, "" if peer == "bare" else who, peer, connections)
    theirs = bench.measured.get(key)
    if theirs is None or not theirs.per_second:
        return "-"
    ratio = ours.per_second / theirs.per_second
    shown = f"{ratio:,.2f}" if ratio < 10 else f"{ratio:,.1f}"
    wanted = WANTED.get((asked.name, peer)) if connections == WANTED_AT else None
    return shown if wanted is None else f"{shown} ({'≥' if ratio >= wanted else 'MISSES'} {wanted})"


def memory(say: Say, samples: Mapping[str, Sequence[float]]) -> None:
    """Say what each server occupies."""
    say(f"Memory in MB (the hub: under {MOST_MEMORY} at rest, flat under load):")
    longest = max(len(sample) for sample in samples.values())
    heads = ("server", "at rest", *[f"after round {n}" for n in range(1, longest)])
    table(say, heads, [(name, *[f"{value:.0f}" for value in found]) for name, found in samples.items()])


def deep_pages(say: Say, found: Iterable[Depth]) -> None:
    """Say what a page costs near the start and near the end of a list."""
    say(f"A page of 20 near the start and near the end of a list (within {MOST_DEEPER}):")
    rows = [
        (depth.name, f"{depth.row:,}", f"{depth.shallow:.2f}", f"{depth.deep:.2f}", f"{depth.deep / depth.shallow:.2f}")
        for depth in found
    ]
    table(say, ("list", "deep row", "row 10, ms", "deep, ms", "ratio"), rows)


def unseen_documents(say: Say, found: Mapping[str, tuple[float, float]]) -> None:
    """Say what a document costs that nobody asked before."""
    say("A document that nobody asked before, and the same one known (one connection, new for each request):")
    rows = [(name, f"{new:.1f}", f"{known:.1f}", f"{new - known:.1f}") for name, (new, known) in found.items()]
    table(say, ("query", "unseen, ms", "known, ms", "planning, ms"), rows)
