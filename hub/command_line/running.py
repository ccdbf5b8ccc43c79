"""Serving the hub, and serving a demonstration of it."""

from __future__ import annotations

import asyncio
import shutil
from typing import Annotated

import typer

from hub.command_line.console import changes_on, say
from hub.database.server import database_at
from hub.settings import Settings

running = typer.Typer()

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]
Workers = Annotated[int, typer.Option(min=1, max=64, help="How many processes answer requests.")]


@running.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 1) -> None:
    """Serve the hub. Without HUB_DATABASE_URL it runs a private PostgreSQL in HUB_DATA."""
    from hub import serving

    settings = Settings()
    serving.end_politely()
    serving.require_free(host, port)
    with database_at(settings, owner=True, say=say) as url:
        serving.serve(settings, url, host=host, port=port, workers=workers, started=lambda: _addresses(host, port))


def _addresses(host: str, port: int) -> None:
    typer.echo(f"Pages     http://{host}:{port}/")
    typer.echo(f"GraphQL   http://{host}:{port}/graphql")
    typer.echo(f"Contract  http://{host}:{port}/graphql/schema.graphql")


@running.command()
def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    *,
    fresh: Annotated[bool, typer.Option("--fresh", help="Empty the demonstration's own directory first.")] = False,
) -> None:
    """Serve a believable commission, in a directory of its own beside the real one, kept between runs."""
    from hub import serving
    from hub.database.migrating import migrate
    from hub.demonstration.entering import DOORS
    from hub.machines import MACHINES

    real = Settings()
    data = serving.demonstration_data(real)
    settings = real.model_copy(update={"data": data, "keys": None, "database_url": None})
    serving.end_politely()
    serving.require_free(host, port)
    if fresh:
        _empty(settings)
    with database_at(settings, owner=True, say=say) as url:
        asyncio.run(migrate(url, MACHINES, say=lambda words: None))
        shown = _demonstration(settings, url)

        def started() -> None:
            _addresses(host, port)
            typer.echo(f"Enter     {serving.reached_at(host, port)}/entrar")
            typer.echo("          as the citizen or as the coordinator, by a button, on this machine alone")
            for line in shown:
                typer.echo(line)
            typer.echo(f"Other commands work on it too: HUB_DATA={data} hub token create --person NAME")

        serving.serve(settings, url, host=host, port=port, workers=1, started=started, providers=DOORS)


def _empty(settings: Settings) -> None:
    from hub.database.server import own

    if settings.data.exists():
        # Taking the directory first refuses, with words, to empty it under a demonstration that runs.
        with own(settings, say=say):
            pass
        shutil.rmtree(settings.data)


def _demonstration(settings: Settings, url: str) -> list[str]:
    from hub.command_line.progress import Bar
    from hub.demonstration.loading import load as load_demonstration
    from hub.files.store import Store

    store = Store(settings.data)
    with changes_on(url, settings) as run, Bar() as bar:
        return list(run(lambda changes: load_demonstration(changes, store, progress=bar)).lines())
