"""The command line: serve, demo, migrate, backup, restore, import, token, role, keys, schema, log."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, TypeVar
from uuid import UUID

import orjson
import typer

import hub.models  # noqa: F401 - the tables know each other only once all of them are there
from hub.changes.change import Changes
from hub.database import backup as backups
from hub.database.engine import write_engine
from hub.database.migrating import migrate, require_current
from hub.database.server import database_at
from hub.errors import HubError, Refusal, SetupError
from hub.keys import create, load
from hub.settings import Settings
from hub.viewer import SYSTEM, Role, Scope

T = TypeVar("T")

app = typer.Typer(
    help="The civic participation hub: consultations, what came of them, and the GraphQL API that shows it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
importing = typer.Typer(help="Bring in records from elsewhere. Safe to run again: a second run changes nothing.")
tokens = typer.Typer(help="Tokens: how persons and programs act.")
roles = typer.Typer(help="Roles: what a person may do in a body.")
keys_ = typer.Typer(help="The file of secret keys.")
for name, group in (("import", importing), ("token", tokens), ("role", roles), ("keys", keys_)):
    app.add_typer(group, name=name, no_args_is_help=True)

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]
Workers = Annotated[int, typer.Option(min=1, max=64, help="How many processes answer requests.")]


def say(words: str) -> None:
    """Tell the operator something."""
    typer.echo(words, err=True)


@contextmanager
def changes_on(url: str, settings: Settings) -> Iterator[Callable[[Callable[[Changes], Awaitable[T]]], T]]:
    """Give a way to run one activity on the database: its schema is checked, its engine is patient and closed."""

    async def run(act: Callable[[Changes], Awaitable[T]]) -> T:
        await require_current(url)
        engine = write_engine(url, size=3, patient=True)
        try:
            return await act(Changes(engine, load(settings.keys_file, make=True)))
        finally:
            await engine.dispose()

    yield lambda act: asyncio.run(run(act))


def on_database(act: Callable[[Changes], Awaitable[T]]) -> T:
    """Run one activity on the database of this installation."""
    settings = Settings()
    with database_at(settings, owner=False, say=say) as url, changes_on(url, settings) as run:
        return run(act)


# ---- running --------------------------------------------------------------------------------------------------


@app.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 1) -> None:
    """Serve the hub. Without HUB_DATABASE_URL it runs a private PostgreSQL in HUB_DATA."""
    from hub import serving

    settings = Settings()
    serving.end_politely()
    serving.require_free(host, port)
    with database_at(settings, owner=True, say=say) as url:
        serving.serve(settings, url, host=host, port=port, workers=workers, started=lambda: _addresses(host, port))


def _addresses(host: str, port: int) -> None:
    typer.echo(f"GraphQL   http://{host}:{port}/graphql")
    typer.echo(f"Contract  http://{host}:{port}/graphql/schema.graphql")


@app.command()
def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    *,
    fresh: Annotated[bool, typer.Option("--fresh", help="Empty the demonstration's own directory first.")] = False,
) -> None:
    """Serve a believable commission, in a directory of its own beside the real one, kept between runs."""
    from hub import serving
    from hub.app import MACHINES

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
            for line in shown:
                typer.echo(line)

        serving.serve(settings, url, host=host, port=port, workers=1, started=started)


def _empty(settings: Settings) -> None:
    from hub.database.server import own

    if settings.data.exists():
        # Taking the directory first refuses, with words, to empty it under a demonstration that runs.
        with own(settings, say=say):
            pass
        shutil.rmtree(settings.data)


def _demonstration(settings: Settings, url: str) -> list[str]:
    from hub.demonstration.loading import load as load_demonstration
    from hub.progress import Bar

    with changes_on(url, settings) as run, Bar() as bar:
        return list(run(lambda changes: load_demonstration(changes, progress=bar)).lines())


# ---- the installation -----------------------------------------------------------------------------------------


@app.command(name="migrate")
def migrate_command() -> None:
    """Bring the database to the schema of this release. Safe to run again."""
    from hub.app import MACHINES

    with database_at(Settings(), owner=False, say=say) as url:
        asyncio.run(migrate(url, MACHINES, say=typer.echo))


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
) -> None:
    """Write the database and the files into one file. Keys are kept apart and are not in it."""
    settings = Settings()
    with database_at(settings, owner=False, say=say) as url:
        backups.back_up(url, settings.data / "files", file, settings=settings, overwrite=overwrite, say=typer.echo)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="The backup.")],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in place of what is there.")] = False,
) -> None:
    """Put a backup into an empty database. Keys are kept apart: put their file back as well."""
    settings = Settings()
    with database_at(settings, owner=False, say=say) as url:
        backups.restore(url, settings.data / "files", file, settings=settings, replace=replace, say=typer.echo)


@keys_.command(name="create")
def keys_create() -> None:
    """Make the file of secret keys, if there is none."""
    settings = Settings()
    if settings.keys_file.exists():
        typer.echo(f"There is a key file already: {settings.keys_file}. Nothing was changed.")
        return
    create(settings.keys_file)
    typer.echo(f"Made {settings.keys_file}. Keep a copy apart from the backups: without it they cannot be used.")


@app.command()
def schema() -> None:
    """Print the GraphQL contract of this release."""
    from graphql_schema.schema import printed

    sys.stdout.write(printed())


@app.command(name="log")
def log_command(
    after: Annotated[int, typer.Option(min=0, help="Only what happened after this position.")] = 0,
    *,
    follow: Annotated[bool, typer.Option("--follow", help="Go on with what happens next, until interrupted.")] = False,
) -> None:
    """Print the event log in commit order, one JSON object a line. It holds ids, states and numbers, and no texts."""
    settings = Settings()
    with database_at(settings, owner=False, say=say) as url:
        try:
            asyncio.run(_print_log(url, after, follow=follow))
        except KeyboardInterrupt:
            return


async def _print_log(url: str, after: int, *, follow: bool) -> None:
    from hub.changes.feed import Feed

    await require_current(url)
    engine = write_engine(url, size=2)
    feed = Feed(engine, url)
    listening = asyncio.create_task(feed.listen())
    try:
        newest = await feed.newest()
        if newest <= after and not follow:
            return
        async for fact in feed.follow(after, viewer=SYSTEM):
            typer.echo(orjson.dumps(asdict(fact)).decode())
            if fact.position >= newest and not follow:
                return
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await engine.dispose()


# ---- importing ------------------------------------------------------------------------------------------------

Directory = Annotated[Path, typer.Argument(help="The directory with the source's files.")]


def _import(act: Callable[[Changes, Any], Awaitable[Any]]) -> None:
    from hub.progress import Bar

    with Bar() as bar:
        summary = on_database(lambda changes: act(changes, bar))
    for row in summary.bad_rows:
        say(str(row))
    for line in summary.lines():
        typer.echo(line)


@importing.command(name="territories")
def import_territories(directory: Directory) -> None:
    """INEGI's states and municipalities: entidades.csv, municipios.csv, municipios_censo2020.json."""
    from hub.importing.territories import import_territories as act

    _import(lambda changes, bar: act(changes, directory, progress=bar))


@importing.command(name="organizations")
def import_organizations(directory: Directory) -> None:
    """The guarantor bodies of the states: organos_garantes.json. Import the territories first."""
    from hub.importing.organizations import import_organizations as act

    _import(lambda changes, bar: act(changes, directory, progress=bar))


@importing.command(name="polis")
def import_polis(
    directory: Directory,
    publisher: Annotated[
        str | None,
        typer.Option(help="An organisation that is there already: its acronym, folio or source key."),
    ] = None,
    language: Annotated[str | None, typer.Option(help="The language of the statements, such as `es`.")] = None,
) -> None:
    """A Polis conversation with every vote: comments.csv, votes.csv, participants-votes.csv, summary.csv."""
    from hub.importing.polis import import_polis as act

    _import(lambda changes, bar: act(changes, directory, publisher=publisher, language=language, progress=bar))


# ---- tokens and roles -----------------------------------------------------------------------------------------

ALL_SCOPES = ", ".join(scope.value for scope in Scope)


@tokens.command(name="create")
def token_create(
    person: Annotated[str | None, typer.Option(help="A new person's name, or an account's id.")] = None,
    client: Annotated[str | None, typer.Option(help="A new program's name, or a client's id.")] = None,
    purpose: Annotated[str, typer.Option(help="What a program is for.")] = "",
    scope: Annotated[list[Scope] | None, typer.Option(help=f"What the token may be used for: {ALL_SCOPES}.")] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="How long it is good for.")] = 90,
) -> None:
    """Make a token of a person or of a program. It is printed once and kept nowhere."""
    from hub.identity import creating, granting

    if (person is None) == (client is None):
        raise SetupError("A token belongs to a person or to a program: give either --person or --client.")
    scopes = scope or (list(Scope) if person else [Scope.PUBLIC_READ])
    life = dt.timedelta(days=days)

    async def act(changes: Changes) -> tuple[UUID, str]:
        async with changes.begin(SYSTEM) as change:
            if person is not None:
                known = _identifier(person)
                account = known or (await creating.create_account(change, creating.PersonDraft(display_name=person))).id
                _, secret = await granting.create_token(
                    change, account_id=account, name=person, scopes=scopes, life=life
                )
                return account, secret
            known = _identifier(client or "")
            program = known or (await creating.register_client(change, name=client or "", purpose=purpose or "-")).id
            _, secret = await granting.create_token(
                change, client_id=program, name=client or "", scopes=scopes, life=life
            )
            return program, secret

    bearer, secret = on_database(act)
    say(f"{'Account' if person else 'Client'} {bearer}; the token is good for {days} days and is shown only now:")
    typer.echo(secret)


def _identifier(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None


@tokens.command(name="revoke")
def token_revoke(token: Annotated[str, typer.Argument(help="The token.")]) -> None:
    """End a token. It is refused everywhere within two seconds."""
    from hub.identity import granting

    async def act(changes: Changes) -> None:
        async with changes.begin(SYSTEM) as change:
            await granting.revoke_token(change, await granting.token_id(change, token))

    on_database(act)
    typer.echo("The token is revoked.")


@roles.command(name="grant")
def role_grant(
    account: Annotated[UUID, typer.Argument(help="The account's id, as `hub token create` prints it.")],
    role: Annotated[Role, typer.Argument(help="The role.")],
    body: Annotated[str, typer.Option(help="The body's acronym.")],
) -> None:
    """Give a person a role in a body."""
    from hub.bodies.finding import body_of_acronym
    from hub.identity import granting

    async def act(changes: Changes) -> None:
        async with changes.begin(SYSTEM) as change:
            body_id = await body_of_acronym(change, body)
            await granting.grant_role(change, account_id=account, role=role, body_id=body_id)

    on_database(act)
    typer.echo(f"{account} is {role.value} of {body}.")


def main() -> None:
    """Run a command; what is wrong with the installation is said in a sentence and not in a traceback."""
    from hub.wording import sentence

    try:
        app()
    except SetupError as error:
        say(f"hub: {error}")
        sys.exit(2)
    except Refusal as refusal:
        say(f"hub: {sentence(refusal.code, refusal.facts, ('en',))}")
        sys.exit(1)
    except HubError as error:
        say(f"hub: {error}")
        sys.exit(1)


if __name__ == "__main__":
    main()
