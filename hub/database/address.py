"""What a database URL says, in the form that each reader understands, and one question without an engine."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

import asyncpg

SQLALCHEMY_ONLY = frozenset({"prepared_statement_cache_size", "statement_cache_size", "async_fallback"})
"""Words of a URL that are meant for SQLAlchemy and its driver, and that `libpq` refuses."""


def plain(url: str) -> str:
    """Return a URL as PostgreSQL's own programs and asyncpg read it.

    The driver's name goes (`postgresql+asyncpg://`), several hosts (`host=a:5432&host=b:5432` in SQLAlchemy)
    become the lists of `libpq`, and what only SQLAlchemy understands is left out.
    """
    parts = urlsplit(url)
    pairs = [(name, value) for name, value in parse_qsl(parts.query) if name not in SQLALCHEMY_ONLY]
    hosts = [value for name, value in pairs if name == "host"]
    if hosts and not any(name == "port" for name, _ in pairs):
        split = [host.rpartition(":") if ":" in host and not host.startswith("/") else (host, "", "") for host in hosts]
        pairs = [(name, value) for name, value in pairs if name != "host"]
        pairs.append(("host", ",".join(host for host, _, _ in split)))
        if any(port for _, _, port in split):
            pairs.append(("port", ",".join(port or "5432" for _, _, port in split)))
    pairs = [("sslmode" if name == "ssl" else name, value) for name, value in pairs]
    query = urlencode(pairs, safe="/,", quote_via=quote)
    return urlunsplit((parts.scheme.partition("+")[0], parts.netloc, parts.path, query, parts.fragment))


def without_password(url: str) -> tuple[str, dict[str, str]]:
    """Return a plain URL without its password, and the password as the environment that `libpq` reads.

    Whoever may list processes sees a program's arguments, but not its environment.
    """
    parts = urlsplit(plain(url))
    who, _, where = parts.netloc.rpartition("@")
    user, _, password = who.partition(":")
    bare = urlunsplit(parts._replace(netloc=f"{user}@{where}" if who else where))
    return bare, ({"PGPASSWORD": unquote(password)} if password else {})


def ask(url: str, statement: str, *values: object) -> list[Any]:
    """Run one statement on a connection of its own and return its rows; blocks, even in an event loop."""

    async def asking() -> list[Any]:
        connection = await asyncpg.connect(plain(url), timeout=10, command_timeout=60)
        try:
            return list(await connection.fetch(statement, *values))
        finally:
            await connection.close()

    # A thread of its own, since the caller may be inside a running loop, where a second one cannot run.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(lambda: asyncio.run(asking())).result()
