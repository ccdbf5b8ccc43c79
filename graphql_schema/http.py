"""GraphQL over HTTP: one ASGI endpoint (GraphQL over HTTP, draft of August 2026, as the public audit reads it).

======================================================= =============================================
a well-formed request whose operation ran               200
a document, variables or operation name that is wrong   400, or 200 with `application/json`
a body or parameters that are no request at all         400
a token that is not good                                401
a method other than GET and POST, a mutation over GET   405 with `Allow`
no media type that the caller accepts                   406
a body over 100 KB                                      413
a body that is not JSON                                 415
a caller who has asked for too much lately              429 with `Retry-After`
too slow, or too many at once                           503 with `Retry-After`
======================================================= =============================================
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from random import getrandbits
from typing import Any
from urllib.parse import parse_qsl

import asyncpg
import orjson
from graphql import OperationType
from starlette.types import Receive, Scope, Send

from graphql_schema.admission import Admission, Passage
from graphql_schema.context import Context
from graphql_schema.errors import STATUSES, masked, request_error, specified_error
from graphql_schema.execution import Answer, Executor
from graphql_schema.planning.documents import InvalidDocument
from hub import clock
from hub.changes.change import Changes
from hub.consultations.networks import network_of
from hub.errors import BadRequest, Refusal, Unauthenticated
from hub.reading.asking import Asking
from hub.text import DEFAULT_LANGUAGE, FORBIDDEN
from hub.viewer import ANONYMOUS, Viewer
from hub.wording import sentence

RESPONSE_TYPE = "application/graphql-response+json"
JSON_TYPE = "application/json"
LARGEST_BODY = 100 * 1024
TIME_OUT = 10.0
DEEPEST_JSON = 60

TEXT_OR_NOTHING = (str, type(None))
OBJECT_OR_NOTHING = (dict, type(None))


@dataclass
class Rejected(Exception):
    """The request ends here, with this status."""

    status: int
    code: str
    headers: tuple[tuple[bytes, bytes], ...] = ()


@dataclass(frozen=True)
class Request:
    """A GraphQL request, as the transport found it."""

    query: str
    operation_name: str | None
    variables: Mapping[str, Any]


class Endpoint:
    """The endpoint. `authenticate(token, languages, at)` tells who is behind a token, or raises Unauthenticated."""

    def __init__(self, executor: Executor, changes: Changes, authenticate: Any, admission: Admission) -> None:
        self._executor, self._changes, self._authenticate = executor, changes, authenticate
        self._admission = admission

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        # The id of a request names it in the log and is no secret, so it need not ask the kernel for random bytes.
        at, request_id = clock.now(), f"{getrandbits(128):032x}"
        headers = dict(scope["headers"])
        languages = accepted_languages(headers.get(b"accept-language", b"").decode("latin-1"))
        media_type = JSON_TYPE
        try:
            media_type = negotiated(headers.get(b"accept", b"*/*").decode("latin-1"))
            request = await self._request(scope, headers, receive)
            viewer = await self._viewer(headers, languages, at)
            asking = Asking(viewer, at, languages)
            key = headers.get(b"idempotency-key")
            context = Context(
                self._changes,
                asking,
                request_id,
                idempotency_key=key.decode("latin-1") if key is not None else None,
                network=network_of(scope["client"][0]) if scope.get("client") else None,
            )
            passage = self._admission.passage(context, request.query, headers)
            status, body = await self._answer(request, context, media_type, passage, method=scope["method"])
            body, extra = passage.told(body), passage.headers
        except Rejected as rejected:
            status, extra = rejected.status, rejected.headers
            body = _rejection(rejected, languages, request_id)
        except Unauthenticated as refusal:
            status, extra = 401, ((b"www-authenticate", b"Bearer"),)
            body = _errors([request_error(refusal, languages, request_id=request_id)])
        except Exception as error:  # noqa: BLE001 - who asks may be unknown because the database is away: still say so
            status, extra = 500, ()
            body = _errors([masked(error, languages, request_id=request_id)])
        await _send(send, status, media_type, body, request_id, extra)

    # ---- reading the request -----------------------------------------------------------------------------------

    async def _request(self, scope: Scope, headers: Mapping[bytes, bytes], receive: Receive) -> Request:
        match scope["method"]:
            case "GET":
                return _from_parameters(scope["query_string"])
            case "POST":
                if not is_json(headers.get(b"content-type", b"")):
                    raise Rejected(415, "UNSUPPORTED_MEDIA_TYPE")
                return _from_body(await _body(headers, receive))
            case _:
                raise Rejected(405, "METHOD_NOT_ALLOWED", ((b"allow", b"GET, POST"),))

    async def _viewer(self, headers: Mapping[bytes, bytes], languages: tuple[str, ...], at: dt.datetime) -> Viewer:
        header = headers.get(b"authorization")
        if header is None:
            return ANONYMOUS
        scheme, _, token = header.decode("latin-1").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Unauthenticated("BAD_TOKEN")
        viewer: Viewer = await self._authenticate(token.strip(), languages, at)
        return viewer

    # ---- answering it ------------------------------------------------------------------------------------------

    async def _answer(
        self, request: Request, context: Context, media_type: str, passage: Passage, *, method: str
    ) -> tuple[int, bytes]:
        languages, request_id = context.asking.languages, context.request_id
        refused = 400 if media_type == RESPONSE_TYPE else 200
        try:
            async with asyncio.timeout(TIME_OUT), passage:
                document = await self._executor.documents.document(request.query)
                operation = document.operation(request.operation_name)
                if operation.kind is OperationType.SUBSCRIPTION:
                    raise BadRequest("NO_SUBSCRIPTIONS")
                if method == "GET" and operation.kind is not OperationType.QUERY:
                    raise Rejected(405, "MUTATION_OVER_GET", ((b"allow", b"POST"),))
                await passage.admit(operation, request.variables)
                answer = await self._executor.execute(operation, request.variables, context)
        except Rejected:
            raise
        except InvalidDocument as invalid:
            code = "GRAPHQL_VALIDATION_FAILED" if invalid.parsed else "GRAPHQL_PARSE_FAILED"
            told = [
                specified_error(error, code=code, request_id=request_id, languages=languages)
                for error in invalid.errors
            ]
            return refused, _errors(told)
        except Refusal as refusal:
            status = STATUSES.get(type(refusal), refused)
            return status, _errors([request_error(refusal, languages, request_id=request_id)])
        except (TimeoutError, asyncpg.QueryCanceledError):
            raise Rejected(503, "TIME_OUT", ((b"retry-after", b"5"),)) from None
        except Exception as error:  # noqa: BLE001 - the one place where a surprise becomes an answer
            return 500 if media_type == RESPONSE_TYPE else 200, _errors(
                [masked(error, languages, request_id=request_id)]
            )
        return 200, _data(answer)


def _from_parameters(query_string: bytes) -> Request:
    try:
        found = dict(parse_qsl(query_string.decode("ascii"), keep_blank_values=True, errors="strict"))
        given: dict[str, Any] = dict(found)
        for name in ("variables", "extensions"):
            if found.get(name):
                given[name] = orjson.loads(found[name])
    except ValueError:
        raise Rejected(400, "MALFORMED_PARAMETERS") from None
    return _checked(given)


async def _body(headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
    length = headers.get(b"content-length", b"")
    if length.isdigit() and int(length[:20]) > LARGEST_BODY:
        raise Rejected(413, "BODY_TOO_LARGE")
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            raise Rejected(413, "BODY_TOO_LARGE")
    if len(body) > LARGEST_BODY:
        raise Rejected(413, "BODY_TOO_LARGE")
    return body


def _from_body(body: bytes) -> Request:
    try:
        given = orjson.loads(body)
    except ValueError:
        raise Rejected(400, "MALFORMED_JSON") from None
    if not isinstance(given, dict):
        raise Rejected(400, "NOT_A_REQUEST")
    return _checked(given)


def _checked(given: Mapping[str, Any]) -> Request:
    query, name, variables = given.get("query"), given.get("operationName"), given.get("variables")
    shaped = (
        isinstance(query, str)
        and isinstance(name, TEXT_OR_NOTHING)
        and isinstance(variables, OBJECT_OR_NOTHING)
        and isinstance(given.get("extensions"), OBJECT_OR_NOTHING)
    )
    if not shaped or not query:
        raise Rejected(400, "NOT_A_REQUEST")
    assert isinstance(query, str)  # noqa: S101 - just checked, said again for the type checker
    if variables and holds_forbidden(variables):
        raise Rejected(400, "FORBIDDEN_CHARACTER")
    return Request(query, name or None, variables or {})


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


# ---- negotiation ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def is_json(content_type: bytes) -> bool:
    """Whether a body of this type is JSON in UTF-8."""
    content = content_type.decode("latin-1").split(";")
    charset = next((p.split("=")[1] for p in content[1:] if p.strip().startswith("charset=")), "utf-8")
    return content[0].strip().lower() == JSON_TYPE and charset.strip().lower() in ("utf-8", "utf8")


@lru_cache(maxsize=256)
def negotiated(accept: str) -> str:
    """Return the media type of the answer; Rejected with 406 where the caller accepts none of ours."""
    best, best_quality = None, 0.0
    for part in (accept or "*/*").split(","):
        media, quality = _weighed(part)
        chosen = {
            RESPONSE_TYPE: RESPONSE_TYPE,
            JSON_TYPE: JSON_TYPE,
            "application/*": JSON_TYPE,
            "*/*": JSON_TYPE,
        }.get(media)
        if chosen is not None and quality > best_quality:
            best, best_quality = chosen, quality
    if best is None:
        raise Rejected(406, "NOT_ACCEPTABLE")
    return best


@lru_cache(maxsize=1024)
def accepted_languages(header: str) -> tuple[str, ...]:
    """Return the caller's languages, the best first, two at most; Spanish where the header names none."""
    weighed = [_weighed(part) for part in header.split(",") if part.strip()]
    named = [(tag, quality) for tag, quality in weighed if tag != "*" and quality > 0]
    primary = dict.fromkeys(tag.split("-")[0] for tag, _ in sorted(named, key=lambda pair: -pair[1]))
    return tuple(tag for tag in primary if tag.isalpha() and len(tag) <= 3)[:2] or (DEFAULT_LANGUAGE,)


def _weighed(part: str) -> tuple[str, float]:
    name, *parameters = [piece.strip().lower() for piece in part.split(";")]
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, float(parameter[2:])
            except ValueError:
                return name, 0.0
    return name, 1.0


# ---- writing the answer ---------------------------------------------------------------------------------------


def _data(answer: Answer) -> bytes:
    if not answer.errors:
        return f'{{"data":{answer.data}}}'.encode()
    return f'{{"errors":{orjson.dumps(answer.errors).decode()},"data":{answer.data}}}'.encode()


def _errors(errors: list[dict[str, Any]]) -> bytes:
    return orjson.dumps({"errors": errors})


def _rejection(rejected: Rejected, languages: tuple[str, ...], request_id: str) -> bytes:
    message = sentence(rejected.code, {"most": LARGEST_BODY // 1024}, languages)
    code = "TIME_OUT" if rejected.status == 503 else "BAD_USER_INPUT"
    extensions = {"code": code, "reason": rejected.code, "requestId": request_id}
    return _errors([{"message": message, "extensions": extensions}])


async def _send(
    send: Send,
    status: int,
    media_type: str,
    body: bytes,
    request_id: str,
    extra: tuple[tuple[bytes, bytes], ...],
) -> None:
    headers = [
        (b"content-type", f"{media_type}; charset=utf-8".encode()),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        (b"vary", b"Accept, Accept-Language, Authorization"),
        (b"x-request-id", request_id.encode()),
        (b"access-control-allow-origin", b"*"),
        *extra,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
