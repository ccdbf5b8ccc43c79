"""GraphQL over HTTP: one ASGI endpoint (GraphQL over HTTP, draft of August 2026, as the public audit reads it).

======================================================= =============================================
a well-formed request whose operation ran               200, or 304 where the caller has the answer
what a browser asks before it asks (OPTIONS)            204
a document, variables or operation name that is wrong   400, or 200 with `application/json`
a body or parameters that are no request at all         400
a document that is not known by its number              400
a token that is not good                                401
a document that this installation does not take         403
a method that is none of these, a mutation over GET     405 with `Allow`
no media type that the caller accepts                   406
a body that stops coming                                408
a body over 100 KB                                      413
a body that is not JSON                                 415
a caller who has asked for too much lately              429 with `Retry-After`
too slow, or too many at once                           503 with `Retry-After`
======================================================= =============================================

From bytes to a request is `receiving.py`; languages and media types, `negotiating.py`; headers, copies and origins,
`sending.py`; documents that are known by a number, `trusting.py`.
"""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

import asyncpg
import orjson
from graphql import OperationType
from starlette.types import Receive, Scope, Send

from graphql_schema.admission import Admission, Passage
from graphql_schema.caching import Kept, Key, ResponseCache
from graphql_schema.context import Context
from graphql_schema.errors import STATUSES, masked, request_error, specified_error
from graphql_schema.execution import Answer, Executor
from graphql_schema.negotiating import JSON_TYPE, RESPONSE_TYPE, accepted_languages, negotiated
from graphql_schema.planning.documents import Operation
from graphql_schema.planning.parsing import InvalidDocument
from graphql_schema.receiving import LARGEST_BODY, Rejected, received
from graphql_schema.sending import Reply, send_preflight, send_reply
from graphql_schema.trusting import TrustedDocuments
from hub import clock
from hub.changes.change import Changes
from hub.consultations.networks import network_of
from hub.errors import BadRequest, Refusal, Unauthenticated
from hub.reading.asking import Asking
from hub.tracing import OTHER, current
from hub.viewer import ANONYMOUS, Viewer
from hub.wording import sentence

TIME_OUT = 10.0

REJECTION_CODES = {403: "FORBIDDEN", 408: "TIME_OUT", 503: "TIME_OUT"}


class Endpoint:
    """The endpoint. `authenticate(token, languages, at)` tells who is behind a token, or raises Unauthenticated.

    With `only_trusted`, callers without a token may send no document but those that are known.
    """

    def __init__(
        self,
        executor: Executor,
        changes: Changes,
        authenticate: Any,
        admission: Admission,
        trusted: TrustedDocuments,
        cache: ResponseCache,
        *,
        only_trusted: bool = False,
    ) -> None:
        self._executor, self._changes, self._authenticate = executor, changes, authenticate
        self._admission, self._trusted, self._only_trusted = admission, trusted, only_trusted
        self._cache = cache

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        at, trace = clock.now(), current()
        headers, method = dict(scope["headers"]), scope["method"]
        if method == "OPTIONS":
            await send_preflight(send, request_id=trace.request_id)
            return
        languages = accepted_languages(headers.get(b"accept-language", b"").decode("latin-1"))
        media_type = JSON_TYPE
        try:
            media_type = negotiated(headers.get(b"accept", b"*/*").decode("latin-1"))
            request = await received(scope, headers, receive)
            viewer = await self._viewer(headers, languages, at)
            text = self._trusted.text(request)
            if self._only_trusted and viewer is ANONYMOUS and not self._trusted.holds(text):
                raise Rejected(403, "ONLY_TRUSTED_DOCUMENTS")
            repeated = headers.get(b"idempotency-key")
            context = Context(
                self._changes,
                Asking(viewer, at, languages),
                trace.request_id,
                idempotency_key=repeated.decode("latin-1") if repeated is not None else None,
                network=network_of(scope["client"][0]) if scope.get("client") else None,
            )
            passage = self._admission.passage(context, text, headers)
            key = self._cache.key(text, request.operation_name, request.variables, context.asking)
            kept = await self._cache.find(key, at)
            if kept is not None:
                reply = await self._again(kept, context, media_type, passage, reading=method != "POST")
            else:
                reply = await self._answer(
                    text,
                    request.operation_name,
                    request.variables,
                    context,
                    media_type,
                    passage,
                    key,
                    reading=method != "POST",
                )
            if not reply.public:
                # What one caller has left is no part of a copy that others may keep.
                told = passage.told(reply.body)
                reply = dataclasses.replace(reply, body=told, headers=(*reply.headers, *passage.headers))
        except Rejected as rejected:
            reply = Reply(rejected.status, _rejection(rejected, languages, trace.request_id), rejected.headers)
        except Unauthenticated as refusal:
            body = _errors([request_error(refusal, languages, request_id=trace.request_id)])
            reply = Reply(401, body, ((b"www-authenticate", b"Bearer"),))
        except Exception as error:  # noqa: BLE001 - who asks may be unknown because the database is away: still say so
            reply = Reply(500, _errors([masked(error, languages, request_id=trace.request_id)]))
        await send_reply(send, reply, media_type, headers, method=method, request_id=trace.request_id)

    async def _viewer(self, headers: Mapping[bytes, bytes], languages: tuple[str, ...], at: dt.datetime) -> Viewer:
        header = headers.get(b"authorization")
        if header is None:
            return ANONYMOUS
        scheme, _, token = header.decode("latin-1").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Unauthenticated("BAD_TOKEN")
        viewer: Viewer = await self._authenticate(token.strip(), languages, at)
        return viewer

    async def _again(self, kept: Kept, context: Context, media_type: str, passage: Passage, *, reading: bool) -> Reply:
        """Answer as somebody was answered before, whom it was for as little."""
        current().note(OperationType.QUERY.value, kept.name)
        try:
            async with passage:
                await passage.admit_again(kept.cost)
        except Refusal as refusal:
            return _refused(refusal, context, media_type)
        public = reading and not passage.personal
        return Reply(200, kept.body, public=public, mark=kept.mark(media_type) if public else None)

    async def _answer(
        self,
        text: str,
        name: str | None,
        variables: Mapping[str, Any],
        context: Context,
        media_type: str,
        passage: Passage,
        key: Key | None,
        *,
        reading: bool,
    ) -> Reply:
        languages, request_id = context.asking.languages, context.request_id
        refused = 400 if media_type == RESPONSE_TYPE else 200
        try:
            async with asyncio.timeout(TIME_OUT), passage:
                document = await self._executor.documents.document(text)
                operation = document.operation(name)
                self._note(operation)
                if operation.kind is OperationType.SUBSCRIPTION:
                    raise BadRequest("NO_SUBSCRIPTIONS")
                if reading and operation.kind is not OperationType.QUERY:
                    raise Rejected(405, "MUTATION_OVER_GET", ((b"allow", b"POST"),))
                cost = await passage.admit(operation, variables)
                # Nobody waits for an act that somebody else does, and what one caller has left is told to nobody else.
                alike = operation.kind is OperationType.QUERY and not passage.telling
                with self._cache.begun(key if alike else None) as begun:
                    answer = await self._executor.execute(operation, variables, context)
                    body = _data(answer)
                    await self._cache.keep(begun, answer, body, at=context.at, cost=cost, name=current().name)
        except Rejected:
            raise
        except InvalidDocument as invalid:
            code = "GRAPHQL_VALIDATION_FAILED" if invalid.parsed else "GRAPHQL_PARSE_FAILED"
            errors = [
                specified_error(error, code=code, request_id=request_id, languages=languages)
                for error in invalid.errors
            ]
            return Reply(refused, _errors(errors))
        except Refusal as refusal:
            return _refused(refusal, context, media_type)
        except (TimeoutError, asyncpg.QueryCanceledError):
            raise Rejected(503, "TIME_OUT", ((b"retry-after", b"5"),)) from None
        except Exception as error:  # noqa: BLE001 - the one place where a surprise becomes an answer
            status = 500 if media_type == RESPONSE_TYPE else 200
            return Reply(status, _errors([masked(error, languages, request_id=request_id)]))
        # Whoever shows a token, even one that nothing depends on, is answered alone.
        public = reading and context.viewer is ANONYMOUS and not answer.errors and not passage.personal
        return Reply(200, body, public=public)

    def _note(self, operation: Operation) -> None:
        name = operation.node.name.value if operation.node.name is not None else OTHER
        current().note(operation.kind.value, name if name in self._trusted.names else OTHER)


def _refused(refusal: Refusal, context: Context, media_type: str) -> Reply:
    status = STATUSES.get(type(refusal), 400 if media_type == RESPONSE_TYPE else 200)
    return Reply(status, _errors([request_error(refusal, context.asking.languages, request_id=context.request_id)]))


def _data(answer: Answer) -> bytes:
    if not answer.errors:
        return f'{{"data":{answer.data}}}'.encode()
    return f'{{"errors":{orjson.dumps(answer.errors).decode()},"data":{answer.data}}}'.encode()


def _errors(errors: list[dict[str, Any]]) -> bytes:
    return orjson.dumps({"errors": errors})


def _rejection(rejected: Rejected, languages: tuple[str, ...], request_id: str) -> bytes:
    message = sentence(rejected.code, {"most": LARGEST_BODY // 1024}, languages)
    code = REJECTION_CODES.get(rejected.status, "BAD_USER_INPUT")
    extensions = {"code": code, "reason": rejected.code, "requestId": request_id}
    return _errors([{"message": message, "extensions": extensions}])
