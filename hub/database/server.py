"""The private PostgreSQL: started with the hub, reached by one socket, and gone with the hub.

Four locks in the data directory say who does what; each falls by itself when its holder dies:

- **owner**: held by `serve` or `demo` for its whole life; a second one is refused.
- **starter**: held by whoever runs the server, for good (the owner) or for its own length (another command).
- **users**: shared by every command that uses the database; a command that started the server takes it alone
  before it stops the server, and so waits for the others.
- **server**: inherited by every process of the server, so that it is free only when the last of them has
  ended. A new start waits for it, so there are never two servers on one directory, whatever was killed.

When the hub is killed, the kernel asks the server to stop (see `leash.py`), so the next start finds either
nothing or a server that is on its way out, waits for it with words, and need not adopt or signal a process
that it did not start. Outside Linux, where no kernel does so, those words name the process to stop.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import Any

from hub.database.binaries import OLDEST
from hub.database.locks import Lock, Patience, Say
from hub.database.place import Place, account_of
from hub.database.postmaster import Postmaster, answers
from hub.errors import SetupError
from hub.settings import Settings

_log = logging.getLogger(__name__)


def url_of(settings: Settings) -> str:
    """Return the URL of the private database, whether or not its server runs."""
    return Place.of(settings).url


def database_at(settings: Settings, *, owner: bool, say: Say = _log.info) -> AbstractContextManager[str]:
    """Return the database to work with: the one that the settings name, or the private one."""
    if settings.database_url:
        return nullcontext(settings.database_url)
    return own(settings, say=say) if owner else attach(settings, say=say)


async def require_supported(connection: Any) -> None:
    """Refuse a server that is older than the hub needs (an asyncpg connection)."""
    number = int(await connection.fetchval("SELECT current_setting('server_version_num')"))
    if number < OLDEST * 10_000:
        raise SetupError(
            f"The database server is PostgreSQL {number // 10_000}; the hub needs {OLDEST} or later: upgrade "
            "it, or unset HUB_DATABASE_URL to use the private one."
        )


@contextmanager
def own(settings: Settings, *, say: Say = _log.info) -> Iterator[str]:
    """Run the server for `serve` and `demo`, and yield its URL; a second owner is refused.

    A server that dies meanwhile is started again. On leaving it is stopped, whoever else is still using it.
    """
    place = Place.of(settings)
    account = account_of(settings, place)
    place.make_ready(account, say=say)
    with ExitStack() as leaving:
        owner = place.lock("owner")
        if not owner.take():
            raise SetupError(
                f"{place.data} is in use by another `serve` or `demo`: stop that one, or set HUB_DATA to "
                "another directory."
            )
        leaving.callback(owner.release)
        starter = place.lock("starter")
        starter.wait(f"Waiting for another command that is using the database of {place.data}.", say=say)
        leaving.callback(starter.release)
        server = Postmaster(settings, place, account, say=say)
        server.start()
        leaving.callback(server.stop)
        yield place.url


@contextmanager
def attach(settings: Settings, *, say: Say = _log.info) -> Iterator[str]:
    """Yield the URL of the running server; where none runs, run one for the length of this block.

    If others came to use it meanwhile, leaving the block waits for the last of them.
    """
    place = Place.of(settings)
    account = account_of(settings, place)
    place.make_ready(account, say=say)
    with ExitStack() as leaving:
        users = place.lock("users")
        users.wait(f"Waiting for the database of {place.data} to stop, to start it again.", say=say, shared=True)
        leaving.callback(users.release)
        starter = _turn_to_start(place, say=say)
        if starter is not None:
            leaving.callback(starter.release)
            server = Postmaster(settings, place, account, say=say)
            server.start()
            leaving.callback(server.stop)
            leaving.callback(_wait_for_the_others, users, say=say)
        yield place.url


def _turn_to_start(place: Place, *, say: Say) -> Lock | None:
    """Wait until a server answers (None), or until it is our turn to start one (the lock)."""
    patience = Patience(say)
    starter = place.lock("starter")
    while not answers(place):
        if starter.take():
            return starter
        patience.pause(f"Waiting for the database server of {place.data} to answer at {place.sockets}.")
    return None


def _wait_for_the_others(users: Lock, *, say: Say) -> None:
    users.release()
    users.wait("This command is done; waiting for others that use the database which it started.", say=say)
