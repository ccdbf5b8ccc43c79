"""Serving: the database first, then the web application in one or several processes."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType
from typing import NoReturn

import uvicorn
from uvicorn.supervisors import Multiprocess

from hub.app import create_app
from hub.database.address import ask
from hub.database.revisions import require_current
from hub.errors import SetupError
from hub.keys import load
from hub.listening import listening
from hub.logs import configure_logs
from hub.providers.provider import IdentityProvider
from hub.settings import Settings
from hub.web.figures import shown_at
from hub.web.front_end import front_end, no_pages

LARGEST_FRAME = 64 * 1024
KEPT_SECONDS = 75
"""How long an idle connection is kept: longer than clients and proxies keep theirs, so that the hub closes none at the
moment at which the other end asks again."""

SHUTDOWN_SECONDS = 4
"""How long the server waits for what is under way, after the hub itself has waited (`hub/web/draining.py`)."""

OF_THE_SERVER = {
    # By httptools and websockets, with a word more (`hub/cutting.py`).
    "http": "hub.cutting:Requests",
    "ws": "hub.cutting:Sockets",
    "ws_max_size": LARGEST_FRAME,
    "ws_per_message_deflate": False,
    "timeout_graceful_shutdown": SHUTDOWN_SECONDS,
    "timeout_keep_alive": KEPT_SECONDS,
    "log_level": "warning",
    "access_log": False,
    "server_header": False,
    # Which proxies are believed is a setting of the hub's, and by default none is.
    "proxy_headers": False,
}
"""How the server serves, wherever it does."""


def end_politely() -> None:
    """Let SIGTERM unwind the program, so that the private database is stopped and not orphaned."""

    def leave(number: int, frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, leave)


def serve(
    settings: Settings,
    url: str,
    *,
    host: str,
    port: int,
    workers: int,
    started: Callable[[], None],
    providers: Iterable[IdentityProvider] = (),
) -> None:
    """Serve the hub on a database that is ready; SetupError with words where it is not.

    `providers` say who people are besides those of the settings, where one process serves.
    """
    if "base_url" not in settings.model_fields_set:
        # Until it is said how people reach the hub, the links in letters lead to where it is served.
        settings = settings.model_copy(update={"base_url": reached_at(host, port)})
        os.environ["HUB_BASE_URL"] = settings.base_url
    configure_logs(settings)
    # Each process makes its own; what is wrong with it is said here, once, and not by all of them for ever.
    front_end(settings.frontend, no_pages)
    asyncio.run(require_current(url))
    _require_keys(settings, url, workers=workers)
    options = {"host": host, "port": port, "loop": "uvloop", **OF_THE_SERVER}
    with shown_at(settings.metrics):
        if workers > 1:
            os.environ["HUB_SERVING_URL"] = url
            started()
            config = uvicorn.Config("hub.app:from_environment", factory=True, workers=workers, **options)  # type: ignore[arg-type]
            Multiprocess(config, sockets=listening(config)).run()
            return
        config = uvicorn.Config(create_app(settings, url, providers=providers), **options)  # type: ignore[arg-type]
        Announcing(config, started).run(listening(config))


def reached_at(host: str, port: int) -> str:
    """Return the address that a browser on this machine reaches the hub by."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what is listened on, said for a browser
    name = everywhere.get(host, host)
    return f"http://{f'[{name}]' if ':' in name else name}:{port}"


def _require_keys(settings: Settings, url: str, *, workers: int) -> None:
    """Read the key file, or make one where that can do no harm; refuse one that does not fit the database."""
    wrapped = ask(url, "SELECT consultation_id, wrapped FROM consultation_key ORDER BY consultation_id DESC LIMIT 1")
    if wrapped and not settings.keys_file.exists():
        raise SetupError(
            f"There is no key file at {settings.keys_file}, and what is in the database needs the one that it was "
            "made with: put that file back."
        )
    # Several processes on a shared database are likely to run on several machines: keys that each made for itself
    # would fit nothing that the others wrote.
    keys = load(settings.keys_file, make=settings.database_url is None or workers == 1)
    for row in wrapped:
        keys.unwrap(row["wrapped"], about=row["consultation_id"].bytes)


class Announcing(uvicorn.Server):
    """A server that says when it takes requests."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._say_started = started

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Start to listen, then say so."""
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            self._say_started()


def demonstration_data(settings: Settings) -> Path:
    """Return the directory of the demonstration: beside the real one, never the same."""
    return settings.data.with_name(settings.data.name + "-demo")


def require_free(host: str, port: int) -> None:
    """Refuse an address that somebody else serves on, before anything is started for it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SetupError(f"{host}:{port} cannot be served on ({error.strerror}): choose another --port.") from None
