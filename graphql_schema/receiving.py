"""Receiving: from the bytes of an HTTP request to a GraphQL request, or the refusal of what is none."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.types import Receive, Scope

from hub.text import FORBIDDEN

LARGEST_BODY = 100 * 1024
SLOWEST_BODY = 10.0
DEEPEST_JSON = 60

TEXT_OR_NOTHING = (str, type(None))
OBJECT_OR_NOTHING = (dict, type(None))

Headers = tuple[tuple[bytes, bytes], ...]


@dataclass
class Rejected(Exception):
    """The request ends here, with this status."""

    status: int
    code: str
    headers: Headers = ()


@dataclass(frozen=True)
class Request:
    """A GraphQL request, as the transport found it: its document as a text, by its number, or both."""

    query: str | None
    document_id: str | None
    operation_name: str | None
    variables: Mapping[str, Any]


async def received(scope: Scope, headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
    """Return the bytes that ask for something: a body, or the query of an address; Rejected where there are none."""
    match scope["method"]:
        case "GET" | "HEAD":
            query_string: bytes = scope["query_string"]
            return query_string
        case "POST":
            if not is_json(headers.get(b"content-type", b"")):
                raise Rejected(415, "UNSUPPORTED_MEDIA_TYPE")
            return await _body(headers, receive)
        case _:
            raise Rejected(405, "METHOD_NOT_ALLOWED", ((b"allow", b"GET, HEAD, POST, OPTIONS"),))


def understood(method: str, given: bytes) -> Request:
    """Return the GraphQL request that these bytes are; Rejected where they are none."""
    return _from_body(given) if method == "POST" else _from_parameters(given)


@lru_cache(maxsize=256)
def is_json(content_type: bytes) -> bool:
    """Whether a body of this type is JSON in UTF-8."""
    content = content_type.decode("latin-1").split(";")
    charset = next((p.split("=")[1] for p in content[1:] if p.strip().startswith("charset=")), "utf-8")
    return content[0].strip().lower() == "application/json" and charset.strip().lower() in ("utf-8", "utf8")


def _from_parameters(query_string: bytes) -> Request:
    try:
        found = dict(parse_qsl(query_string.decode("ascii"), keep_blank_values=True, errors="strict"))
        given: dict[str, Any] = dict(found)
        for name in ("variables", "extensions"):
            if found.get(name):
                given[name] = orjson.loads(found[name])
    except ValueError:
        raise Rejected(400, "MALFORMED_PARAMETERS") from None
    return checked(given)


async def _body(headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
    length = headers.get(b"content-length", b"")
    if length.isdigit() and int(length[:20]) > LARGEST_BODY:
        raise Rejected(413, "BODY_TOO_LARGE")
    message = await _next(receive)
    body: bytes = message.get("body", b"")
    while message.get("more_body") and len(body) <= LARGEST_BODY:
        message = await _next(receive)
        body += message.get("body", b"")
    if len(body) > LARGEST_BODY:
        raise Rejected(413, "BODY_TOO_LARGE")
    return body


async def _next(receive: Receive) -> Mapping[str, Any]:
    """Return the next piece of a body; who has stopped sending holds a place that others wait for."""
    steps = receive().__await__()
    try:
        first = next(steps)
    except StopIteration as there:
        # Nearly every body came with the head of its request: for that, no clock has to be wound up.
        message: Mapping[str, Any] = there.value
    else:
        try:
            async with asyncio.timeout(SLOWEST_BODY):
                message = await Resumed(steps, first)
        except TimeoutError:
            raise Rejected(408, "BODY_TOO_SLOW", ((b"connection", b"close"),)) from None
    if message["type"] == "http.disconnect":
        # Half of a request may read like a whole one, and nobody is there to be told what became of it.
        raise Rejected(400, "MALFORMED_JSON")
    return message


class Resumed:
    """Waiting that has begun: its first step was taken, and waits for `first`."""

    def __init__(self, steps: Generator[Any, Any, Mapping[str, Any]], first: Any) -> None:
        self._steps, self._first = steps, first

    def __await__(self) -> Generator[Any, Any, Mapping[str, Any]]:
        try:
            yield self._first
        except BaseException as error:  # noqa: BLE001 - it is passed on to whoever waits within
            yield self._steps.throw(error)
        return (yield from self._steps)


def _from_body(body: bytes) -> Request:
    try:
        given = orjson.loads(body)
    except ValueError:
        raise Rejected(400, "MALFORMED_JSON") from None
    if not isinstance(given, dict):
        raise Rejected(400, "NOT_A_REQUEST")
    return checked(given)


def checked(given: Mapping[str, Any]) -> Request:
    """Return the GraphQL request that a JSON object stands for; Rejected where it stands for none."""
    query, document_id = given.get("query"), given.get("documentId")
    name, variables = given.get("operationName"), given.get("variables")
    shaped = (
        isinstance(query, TEXT_OR_NOTHING)
        and isinstance(document_id, TEXT_OR_NOTHING)
        and isinstance(name, TEXT_OR_NOTHING)
        and isinstance(variables, OBJECT_OR_NOTHING)
        and isinstance(given.get("extensions"), OBJECT_OR_NOTHING)
    )
    if not shaped or not (query or document_id):
        raise Rejected(400, "NOT_A_REQUEST")
    if variables and holds_forbidden(variables):
        raise Rejected(400, "FORBIDDEN_CHARACTER")
    return Request(query or None, document_id or None, name or None, variables or {})


def holds_forbidden(value: Any) -> bool:
    """Whether a character that no text may hold is somewhere in this JSON value, or it is nested too deeply."""
    stack = [(value, 0)]
    while stack:
        item, depth = stack.pop()
        if depth > DEEPEST_JSON or (isinstance(item, str) and FORBIDDEN.search(item)):
            return True
        if isinstance(item, dict):
            stack += [(part, depth + 1) for pair in item.items() for part in pair]
        elif isinstance(item, list):
            stack += [(part, depth + 1) for part in item]
    return False
