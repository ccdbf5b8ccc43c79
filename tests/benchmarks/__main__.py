"""The benchmarks, by one command from the top of the checkout, in an environment with the test extra::

    python -m tests.benchmarks                          a quarter of an hour
    python -m tests.benchmarks --responses 1000000      deep lists: the world takes some minutes to make, once
    python -m tests.benchmarks --rounds 1 --seconds 1 --connections 16 --queries Q1 --queries Q3

Side by side, in alternating rounds, over one database, every server one process on the first core:

============ =====================================================================================
hub          `hub serve`: HTTP, authentication, visibility, limits, logs, all as an operator runs it;
             whoever asks without a token is answered from its cache
plain        the same answers from Strawberry's executor, ordinary resolvers and data loaders
cached       the same, with Strawberry's own caches of parsed and validated documents
postgraphile PostGraphile 5 over views of the same tables: the same facts under its own names
mercurius    Mercurius with its JIT: the hub's contract, loaders, prepared statements on the same views
bare         Starlette answering the same bytes, which were there before
============ =====================================================================================

PostGraphile and Mercurius come from npm, pinned in `npm/package-lock.json` and installed into `--directory` when they
are first needed; without npm or its registry, or with `--no-npm`, they are left out. They read the schema `peers`
(`npm/peers.sql`), which each run makes anew, and are given the benefit: they check nobody's right to see anything.

Before anything is timed, the answers are compared: byte for byte as JSON, without the cursors for Mercurius, by their
facts in their order for PostGraphile. The driver runs on the last core and says how busy it was; where
it is near 100 %, the server was not the limit. PostgreSQL may use any core. The world is generated once and kept in
`--directory`, in a private server of its own, or on the server that `--database` names (which must be on this
machine for its processor time to be seen). Figures are of this machine at this hour; the ratios are what counts.
"""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
import uvloop

from hub.database.server import database_at
from hub.keys import load
from hub.settings import Settings
from tests.benchmarks import peers, reporting, world
from tests.benchmarks.depths import depths, planning
from tests.benchmarks.measuring import Bench
from tests.benchmarks.places import HERE, database_of, prepared
from tests.benchmarks.plans import plans
from tests.benchmarks.queries import Asked, asked
from tests.benchmarks.servers import (
    Backends,
    Server,
    bare_server,
    hub_server,
    mercurius_server,
    pinned_to_the_last,
    plain_server,
    postgraphile_server,
)

ANONYMOUS_AT = 16


def say(words: str) -> None:
    """Tell whoever waits."""
    typer.echo(words)


def benchmarks(
    database: Annotated[str | None, typer.Option(help="The URL of a server to use; unset, a private one.")] = None,
    directory: Annotated[Path, typer.Option(help="Where the private server, keys and logs are kept.")] = HERE,
    responses: Annotated[int, typer.Option(min=world.ANSWERED, help="How many responses the world has.")] = 20_000,
    rounds: Annotated[int, typer.Option(min=1, help="How many alternating rounds.")] = 3,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long each round of one query is.")] = 2.0,
    connections: Annotated[list[int] | None, typer.Option(help="Connections at once: 1, 16 and 64.")] = None,
    queries: Annotated[list[str] | None, typer.Option(help="Only these: Q1, Q2t, Q2o, Q3 to Q8.")] = None,
    npm: Annotated[bool, typer.Option(help="Measure PostGraphile and Mercurius too, installed if need be.")] = True,
) -> None:
    """Measure the hub beside its peers."""
    directory.mkdir(parents=True, exist_ok=True)
    settings = Settings(data=directory, database_url=database)
    from_npm = peers.installed(directory, say) if npm else None
    with database_at(settings, owner=True, say=say) as server:
        url = database_of(server, f"hub_benchmarks_{responses}")
        say(f"The world of {responses:,} responses ({urlsplit(url).path.lstrip('/')}) is made where it is not there.")
        asyncio.run(prepared(url, settings, responses))
        asyncio.run(peers.make_schema(url))
        pinned_to_the_last()
        uvloop.run(_measure(url, settings, from_npm, rounds, seconds, connections or [1, 16, 64], queries))


async def _measure(
    url: str,
    settings: Settings,
    from_npm: peers.Installed | None,
    rounds: int,
    seconds: float,
    connections: list[int],
    names: list[str] | None,
) -> None:
    ids = await world.known(url)
    chosen = [query for query in asked(ids) if not names or query.name in names]
    bench = Bench(chosen, Backends(url), seconds=seconds)
    keys, folder = settings.keys_file, settings.data
    with ExitStack() as leaving, tempfile.TemporaryDirectory() as bodies:
        servers = [
            leaving.enter_context(hub_server(url, keys, folder)),
            leaving.enter_context(plain_server(url, keys, folder)),
            leaving.enter_context(plain_server(url, keys, folder, cached=True)),
        ]
        if from_npm is not None:
            servers.append(leaving.enter_context(postgraphile_server(url, from_npm, folder)))
            servers.append(leaving.enter_context(mercurius_server(url, from_npm, folder)))
        resting = {server.name: [server.memory] for server in servers}
        for name, body in (await bench.require_equal(servers)).items():
            (Path(bodies) / f"{name}.json").write_bytes(body)
        servers.append(leaving.enter_context(bare_server(Path(bodies), folder)))
        resting["bare"] = [servers[-1].memory]
        say(f"The answers are equal. {rounds} rounds of {seconds:g} s for each query, server and load begin.\n")
        for query in chosen:
            for server in servers:
                if query.asks(server.name):
                    await bench.warm(server, query, connections=ANONYMOUS_AT)
        for number in range(1, rounds + 1):
            for query in chosen:
                await _round(bench, query, servers, connections)
            for server in servers:
                resting[server.name].append(server.memory)
            say(f"Round {number} of {rounds} is done.")
        reporting.figures(say, bench)
        reporting.ratios(say, bench)
        reporting.targets(say, bench)
        reporting.memory(say, resting)
        reporting.deep_pages(say, await depths(servers[0], url, load(keys, make=False), ids["great"]))
        reads = [query for query in chosen if not query.writes]
        seen = {query.name: await planning(servers[0], query) for query in reads}
        reporting.unseen_documents(say, seen)
        reporting.plans(say, await plans(settings, url, reads))


async def _round(bench: Bench, query: Asked, servers: list[Server], connections: list[int]) -> None:
    for many in connections:
        for server in servers:
            if query.asks(server.name):
                await bench.round(server, query, connections=many)
    if not query.writes and ANONYMOUS_AT in connections:
        for server in (server for server in servers if not server.blind):
            await bench.round(server, query, connections=ANONYMOUS_AT, signed_in=False)


if __name__ == "__main__":
    typer.run(benchmarks)
