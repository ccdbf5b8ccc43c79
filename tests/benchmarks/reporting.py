"""The report: figures for each query and server, then the ratios beside what the design wants of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from tests.benchmarks.depths import Depth
from tests.benchmarks.measuring import Bench, Measured
from tests.benchmarks.plans import Plan

Say = Callable[[str], None]

PEERS = {
    "plain": "plain Strawberry",
    "cached": "the same, with its caches",
    "postgraphile": "PostGraphile 5",
    "mercurius": "Mercurius with its JIT",
    "bare": "bare bytes",
}
"""What the hub is measured beside, as the tables say it."""

SIGNED_IN, ANONYMOUS = "", "anonymous"
"""Who asks. Nobody writes while it is measured, so that without a token the hub answers from its cache."""

WANTED: dict[tuple[str, str], dict[str, float | None]] = {
    ("Q1", SIGNED_IN): {"postgraphile": 2.5, "mercurius": 1, "plain": 30, "bare": 0.45},
    ("Q2t", SIGNED_IN): {"postgraphile": 2.5, "mercurius": 3, "plain": 45},
    ("Q2o", SIGNED_IN): {"postgraphile": 2.5, "mercurius": 3, "plain": 45},
    ("Q3", SIGNED_IN): {"postgraphile": 2, "mercurius": 3, "plain": 50},
    ("Q4", SIGNED_IN): {"postgraphile": None, "mercurius": None, "plain": 3},
    **{(name, ANONYMOUS): {"postgraphile": 4, "mercurius": 1.5, "bare": 0.7} for name in ("Q1", "Q2t", "Q2o", "Q3")},
}
"""The ratios of requests per second that the design wants at 16 connections; None where it wants them told."""

WANTED_AT = 16

BENEFIT = """\
PostGraphile and Mercurius have the benefit: they look at no token, check nobody's right to see anything, keep no
limits, prices or log of requests, and speak Spanish only. In Q4 they call one SQL function that makes the same rows and
the same event; the hub also checks who answers, and what.
"""

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
    peers = [peer for peer in PEERS if any(key[2] == peer for key in bench.measured)]
    rows = []
    for asked in bench.queries:
        for who in (SIGNED_IN, ANONYMOUS):
            for connections in sorted({key[3] for key in bench.measured}):
                found = [_ratio(bench, asked.name, who, peer, connections) for peer in peers]
                if any(ratio is not None for ratio in found):
                    rows.append((f"{asked.name} {who}".strip(), str(connections), *map(_shown, found)))
    say("The hub's requests per second over those of its peers:")
    table(say, ("query", "conn", *[f"hub/{peer}" for peer in peers]), rows)


def targets(say: Say, bench: Bench) -> None:
    """Say which of the ratios that the design wants are met."""
    names = {asked.name for asked in bench.queries}
    rows = []
    for (name, who), wanted in WANTED.items():
        for peer, target in wanted.items() if name in names else ():
            ratio = _ratio(bench, name, who, peer, WANTED_AT)
            met = "–" if ratio is None else "reported" if target is None else "met" if ratio >= target else "MISSED"
            title = f"{name}, {who}, answered from the cache" if who else name
            rows.append((title, PEERS[peer], _shown(ratio), "–" if target is None else f"≥ {target:g}", met))
    say(f"The ratios that the design wants at {WANTED_AT} connections:")
    table(say, ("query", "hub against", "measured", "target", "met"), rows)
    if any(key[2] in ("postgraphile", "mercurius") for key in bench.measured):
        say(BENEFIT)


def _ratio(bench: Bench, name: str, who: str, peer: str, connections: int) -> float | None:
    ours = bench.measured.get((name, who, "hub", connections))
    # Whoever looks at no token was measured once for everybody.
    keys = ((name, who, peer, connections), (name, SIGNED_IN, peer, connections))
    theirs = next((bench.measured[key] for key in keys if key in bench.measured), None)
    return ours.per_second / theirs.per_second if ours and theirs and theirs.per_second else None


def _shown(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:,.2f}" if ratio < 10 else f"{ratio:,.1f}"


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


def plans(say: Say, found: Iterable[Plan]) -> None:
    """Say what PostgreSQL does for each read."""
    say("Plans of the reads, as the hub runs them (a large table has 10,000 rows):")
    rows = [(p.query, p.viewer, ", ".join(p.scanned) or "none", f"{p.time:,.2f}") for p in found]
    table(say, ("query", "viewer", "large tables read from end to end", "execution, ms"), rows)
