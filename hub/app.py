"""The one place that wires everything: a hub over one database, and the web application in front of it."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sqlalchemy import QueuePool, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route, Router, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from graphql_schema.admission import Admission
from graphql_schema.caching import ResponseCache
from graphql_schema.execution import Executor
from graphql_schema.handshaking import Sockets
from graphql_schema.http import Endpoint
from graphql_schema.places import Places
from graphql_schema.planning.documents import Documents
from graphql_schema.queueing import Queues
from graphql_schema.schema import graphql
from graphql_schema.subscribing import Live
from graphql_schema.trusting import TrustedDocuments
from hub.allowances.settling import Settlement
from hub.allowances.spending import Allowances
from hub.changes.change import Changes
from hub.changes.feed import Feed, Relay
from hub.changes.marks import Marks
from hub.consultations import pseudonyms, timekeeping
from hub.consultations.fetching import find_answer_file
from hub.consultations.models import ConsultationKey
from hub.database.engine import write_engine
from hub.exporting.feeds import Feeds
from hub.files import sweeping
from hub.files.fetching import find_document
from hub.files.requesting import ANSWERS, DOCUMENTS, UPLOADS
from hub.files.store import Store
from hub.identity import tidying
from hub.identity.authenticating import Authenticator
from hub.keys import Keyring, load
from hub.logs import configure_logs
from hub.mail import sending
from hub.mail.carrying import carrier_of
from hub.mail.composing import Letterhead
from hub.personal_data import forgetting
from hub.personal_data.requesting import PATH as PERSONAL_DATA
from hub.providers.known import Providers
from hub.providers.provider import IdentityProvider
from hub.reading.connections import Readers
from hub.settings import Settings
from hub.viewer import Viewer
from hub.web.admitting import Admitting
from hub.web.contract import printed_schema
from hub.web.draining import Draining
from hub.web.figures import Figures, Pools
from hub.web.front_end import front_end
from hub.web.giving_out import GivingOut
from hub.web.handing_out import HandingOut
from hub.web.health import Readiness, live, ready
from hub.web.observing import Observing
from hub.web.signing_in import SigningIn
from hub.web.spans import Spans
from hub.web.taking_in import TakingIn


@dataclass
class Hub:
    """One process's hold on a database: the two doors, the keys, and who knows the tokens."""

    settings: Settings
    engine: AsyncEngine
    readers: Readers
    keys: Keyring
    changes: Changes
    feed: Feed
    authenticator: Authenticator
    executor: Executor
    admission: Admission
    endpoint: Endpoint
    sockets: Sockets
    live: Live
    providers: Providers
    allowances: Allowances
    marks: Marks
    cache: ResponseCache

    @property
    def pools(self) -> Pools:
        """How many connections are at work, by what they are for."""
        writers = cast("QueuePool", self.engine.pool)
        return {"read": lambda: self.readers.in_use, "write": writers.checkedout}

    async def pseudonyms(self, viewer: Viewer) -> tuple[bytes, ...]:
        """Return what a viewer is called within each consultation whose key still lives."""
        return await _pseudonyms(self.engine, self.keys, viewer)


async def _pseudonyms(engine: AsyncEngine, keys: Keyring, viewer: Viewer) -> tuple[bytes, ...]:
    if viewer.person_id is None:
        return ()
    async with AsyncSession(engine) as session:
        living = (await session.scalars(select(ConsultationKey))).all()
    return tuple(pseudonyms.pseudonyms_of(viewer, keys, living))


@contextlib.asynccontextmanager
async def opened(
    settings: Settings, url: str, *, documents: Iterable[Path] = (), providers: Iterable[IdentityProvider] = ()
) -> AsyncIterator[Hub]:
    """Open the hub on a database whose schema is the one of this release, and close it whole.

    `documents` are folders of documents that are trusted, and `providers` say who people are, besides those of the
    settings.
    """
    keys = load(settings.keys_file, make=True)
    engine = write_engine(url, size=settings.pool)
    readers = Readers(url, size=settings.pool)
    relay, feed = Relay(url), Feed(engine, url)
    marks = Marks(url, feed)

    def committed(written: frozenset[str]) -> None:
        # First here: who is told of a commit, or makes one, reads nothing that was kept before it.
        marks.note(written)
        relay.mark()

    changes = Changes(engine, keys, committed=committed)
    authenticator = Authenticator(engine)
    queues = Queues(connections=settings.pool, places=settings.waiting)
    plans = Documents(graphql, keys, queues.documents)
    known = Providers(settings.providers, *providers)
    executor = Executor(
        plans,
        readers,
        lambda viewer: _pseudonyms(engine, keys, viewer),
        tuple(provider.settings for provider in known.by_key.values()),
    )
    trusted = TrustedDocuments(graphql, (*documents, *settings.documents))
    allowances = Allowances(Settlement(url))
    admission = Admission(settings, keys, queues, allowances, plans.is_new)
    places = Places(most=settings.streams, most_each=settings.streams_each)
    live = Live(executor, feed, authenticator, admission, places)
    cache = ResponseCache(marks, most=settings.cache_bytes)
    endpoint = Endpoint(
        executor,
        changes,
        authenticator.viewer,
        admission,
        trusted,
        live,
        cache,
        only_trusted=settings.anonymous_documents_only,
        codes=settings.codes or None,
    )
    sockets = Sockets(endpoint, live, origins=settings.origins)
    tasks = [asyncio.create_task(work) for work in (relay.run(), feed.listen(), marks.run(), allowances.run())]
    try:
        yield Hub(
            settings,
            engine,
            readers,
            keys,
            changes,
            feed,
            authenticator,
            executor,
            admission,
            endpoint,
            sockets,
            live,
            known,
            allowances,
            marks,
            cache,
        )
    finally:
        await _ended(tasks)
        await live.broadcasts.close()
        await allowances.close()
        await readers.close()
        await engine.dispose()


async def _ended(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel background work and wait until it is gone."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def create_app(settings: Settings, url: str, *, providers: Iterable[IdentityProvider] = ()) -> Starlette:
    """Make the web application of a hub on the database at this address, with these providers and its settings'."""
    door, draining, feeds = Door(), Draining(settings.drain), Feeds(settings.base_url)
    handed = [
        Route(f"{PERSONAL_DATA}{{secret}}", door.handing_out, methods=["GET"]),
        Route(f"{UPLOADS}{{ticket}}", door.taking_in, methods=["PUT", "POST", "OPTIONS"]),
        Route(f"{DOCUMENTS}{{id}}", door.giving_out, methods=["GET", "OPTIONS"]),
        Route(f"{ANSWERS}{{id}}", door.giving_out_answers, methods=["GET", "OPTIONS"]),
    ]
    # The pages come in by the same doors as everybody else, only without a network in between.
    pages = front_end(settings.frontend, Router([Route("/graphql", door), *handed]))
    figures = Figures() if settings.metrics else None
    spans = Spans(settings.traces, parents_believed=bool(settings.proxies)) if settings.traces else None

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with opened(settings, url, documents=app.state.documents, providers=providers) as hub:
            app.state.hub = hub
            door.open(hub)
            feeds.open(hub.executor, hub.changes)
            draining.ends.append(hub.live.ending.set)
            letters = sending.watch(hub.changes, carrier_of(settings), head=Letterhead.of(settings))
            work = [timekeeping.watch(hub.changes), tidying.watch(hub.changes), letters]
            work += [hub.providers.watch(), forgetting.watch(hub.changes, settings.erasures_file)]
            work.append(sweeping.watch(hub.changes, Store(settings.data)))
            if figures is not None:
                work.append(figures.sample(hub.pools, hub.live.places, hub.cache))
            tasks = [asyncio.create_task(lasting) for lasting in work]
            try:
                with draining.before_the_end():
                    yield
            finally:
                await _ended(tasks)
                if spans is not None:
                    await spans.close()

    middleware = [
        # Who is believed about where a request comes from; with nobody listed, nobody is.
        *([Middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.proxies))] if settings.proxies else []),
        Middleware(Observing, observed=figures.request if figures is not None else None, spans=spans),
        Middleware(Admitting, hosts=settings.hosts, draining=draining),
    ]
    app = Starlette(
        routes=[
            Route("/graphql/schema.graphql", printed_schema),
            Route("/graphql", door),
            WebSocketRoute("/graphql", door),
            Mount("/auth", SigningIn(settings)),
            *feeds.routes,
            *handed,
            Route("/livez", live),
            Route("/readyz", ready),
            Mount("/", pages.app),
        ],
        middleware=middleware,
        lifespan=lifespan,
    )
    app.middleware_stack = Shortcut(app.build_middleware_stack(), door, middleware)
    # What the pages ask for is known to the hub that serves them.
    app.state.documents, app.state.feeds = pages.documents, feeds
    app.state.readiness = Readiness(url, settings.data, draining)
    return app


class Door:
    """The endpoint as an application of its own, so that it answers every method and media type itself."""

    def __init__(self) -> None:
        self._ways: dict[str, ASGIApp] = {}

    def open(self, hub: Hub) -> None:
        """Let requests and connections in."""
        self._ways = {"http": hub.endpoint, "websocket": hub.sockets}
        store = Store(hub.settings.data)
        self._handing_out = HandingOut(hub.changes, hub.authenticator, store)
        self._taking_in = TakingIn(hub.changes, store)
        given = hub.changes, hub.authenticator, store
        self._giving_out = GivingOut(*given, find=find_document, type_="Document")
        self._giving_out_answers = GivingOut(*given, find=find_answer_file, type_="AnswerFile")

    async def handing_out(self, request: Request) -> Response:
        """Give somebody the copy of their data that they asked for."""
        return await self._handing_out.give(request)

    async def taking_in(self, request: Request) -> Response:
        """Take a file in by a ticket."""
        return await self._taking_in.take(request)

    async def giving_out(self, request: Request) -> Response:
        """Give a document out."""
        return await self._giving_out.give(request)

    async def giving_out_answers(self, request: Request) -> Response:
        """Give the file of an answer out."""
        return await self._giving_out_answers.give(request)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request to the hub, which is open for as long as requests come."""
        await self._ways[scope["type"]](scope, receive, send)


class Shortcut:
    """The way of most requests: through the same middleware to the endpoint, but not past the routes one by one."""

    def __init__(self, app: ASGIApp, door: ASGIApp, middleware: Iterable[Middleware]) -> None:
        self._app, self._straight = app, door
        for kind, positional, named in reversed(list(middleware)):
            self._straight = kind(self._straight, *positional, **named)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request to the endpoint, or to the routes."""
        straight = scope["type"] == "http" and scope["path"] == "/graphql" and not scope.get("root_path")
        await (self._straight if straight else self._app)(scope, receive, send)


def from_environment() -> Starlette:
    """Make the application of a further process: it was told the address by the one that started it."""
    threading.Thread(target=_end_with_the_first, name="hub-leash", daemon=True).start()
    settings = Settings()
    configure_logs(settings)
    return create_app(settings, os.environ["HUB_SERVING_URL"])


def _end_with_the_first() -> None:
    """End when the first process is gone, even killed: else the port stays taken, with no database behind it."""
    first = multiprocessing.parent_process()
    if first is not None:
        first.join()
        os.kill(os.getpid(), signal.SIGTERM)
