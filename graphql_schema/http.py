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

A query or a mutation may be answered by a stream of events, and a subscription is answered by nothing else (`sse.py`).
From bytes to a request is `receiving.py`; languages and media types, `negotiating.py`; headers, copies and origins,
`sending.py`; documents that are known by a number, `trusting.py`.
"""

from __future__ import annotations

import asyncio
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
from graphql_schema.execution import Executor
from graphql_schema.negotiating import (
    EVENT_STREAM,
    JSON_TYPE,
    RESPONSE_TYPE,
    accepted_languages,
    negotiated,
    weight_of_events,
)
from graphql_schema.places import principal_of
from graphql_schema.planning.documents import Operation
from graphql_schema.planning.parsing import InvalidDocument
from graphql_schema.receiving import LARGEST_BODY, Rejected, Request, received, understood
from graphql_schema.sending import Reply, send_preflight, send_reply
from graphql_schema.sse import each, once, send_events
from graphql_schema.subscribing import Live, Subscription
from graphql_schema.trusting import TrustedDocuments
from hub import clock
from hub.changes.change import Changes
from hub.consultations.networks import network_of
from hub.errors import BadRequest, Refusal, Unauthenticated
from hub.reading.asking import Asking
from hub.tracing import OTHER, current
from hub.viewer import ANONYMOUS
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
        live: Live,
        cache: ResponseCache,
        *,
        only_trusted: bool = False,
        codes: int | None = None,
    ) -> None:
        self._executor, self._changes, self._authenticate = executor, changes, authenticate
        self._admission, self._trusted, self._only_trusted = admission, trusted, only_trusted
        self._live = live
        self._codes = codes
        self._cache = cache

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        at, trace = clock.now(), current()
        headers, method = dict(scope["headers"]), scope["method"]
        if method == "OPTIONS":
            await send_preflight(send, request_id=trace.request_id)
            return
        languages = accepted_languages(headers.get(b"accept-language", b"").decode("latin-1"))
        media_type, network = JSON_TYPE, network_of(scope["client"][0]) if scope.get("client") else None
        try:
            accept = headers.get(b"accept", b"*/*").decode("latin-1")
            media_type = negotiated(accept)
            given, reading = await received(scope, headers, receive), method != "POST"
            key = self.key(method, given, languages) if b"authorization" not in headers else None
            again = await self.again(key, languages, network, at, headers, media_type, reading=reading)
            if again is not None:
                reply: Reply | Subscription = again
            else:
                request, events = understood(method, given), weight_of_events(accept) > 0
                context = await self.context(token_of(headers.get(b"authorization")), languages, network, at, headers)
                reply = await self.answer(request, context, headers, media_type, key, reading=reading, streaming=events)
        except Exception as error:  # noqa: BLE001 - who asks may be unknown because the database is away: still say so
            reply = failed(error, languages, request_id=trace.request_id)
        if isinstance(reply, Subscription):
            turned = await self._follow(reply, context, scope, receive, send)
            if turned is None:
                return
            reply = turned
        elif media_type == EVENT_STREAM and reply.status == 200:
            ending = self._live.ending
            await send_events(scope, receive, send, once(reply.body), ending, request_id=trace.request_id)
            return
        media_type = JSON_TYPE if media_type == EVENT_STREAM else media_type
        await send_reply(send, reply, media_type, headers, method=method, request_id=trace.request_id)

    async def context(
        self,
        token: str | None,
        languages: tuple[str, ...],
        network: str | None,
        at: dt.datetime,
        headers: Mapping[bytes, bytes],
    ) -> Context:
        """Return what is known of a request; Unauthenticated where its token is not good."""
        viewer = ANONYMOUS if token is None else await self._authenticate(token, languages, at)
        key = headers.get(b"idempotency-key")
        return Context(
            self._changes,
            Asking(viewer, at, languages),
            current().request_id,
            idempotency_key=key.decode("latin-1") if key is not None else None,
            network=network,
            token=token,
            codes=self._codes,
        )

    def key(self, method: str, given: bytes, languages: tuple[str, ...]) -> Key | None:
        """Return what the answer to a caller without a token is kept by, where any is."""
        return self._cache.key(method, given, languages)

    async def again(
        self,
        key: Key | None,
        languages: tuple[str, ...],
        network: str | None,
        at: dt.datetime,
        headers: Mapping[bytes, bytes],
        media_type: str,
        *,
        reading: bool,
    ) -> Reply | None:
        """Answer as somebody was answered before, whom it was for as little; None where nothing was kept that holds."""
        kept = self._cache.find(key, at)
        if kept is None:
            return None
        trace = current()
        trace.note(OperationType.QUERY.value, kept.name)
        context = Context(self._changes, Asking(ANONYMOUS, at, languages), trace.request_id, network=network)
        passage = self._admission.passage_again(context, headers)
        try:
            await passage.admit_again(kept.cost)
        except Refusal as refusal:
            return _told(_refused(refusal, context, media_type), passage)
        return _told(_repeated(kept, media_type, passage, reading=reading), passage)

    async def answer(
        self,
        request: Request,
        context: Context,
        headers: Mapping[bytes, bytes],
        media_type: str,
        key: Key | None,
        *,
        reading: bool,
        streaming: bool,
    ) -> Reply | Subscription:
        """Carry out one operation, or begin one that goes on where the caller can be told of it by a stream."""
        text = self._trusted.text(request)
        if self._only_trusted and context.viewer is ANONYMOUS and not self._trusted.holds(text):
            raise Rejected(403, "ONLY_TRUSTED_DOCUMENTS")
        passage = self._admission.passage(context, text, headers)
        reply = await self._answer(
            text,
            request.operation_name,
            request.variables,
            context,
            media_type,
            passage,
            key,
            reading=reading,
            streaming=streaming,
        )
        return reply if isinstance(reply, Subscription) else _told(reply, passage)

    async def _follow(
        self, subscription: Subscription, context: Context, scope: Scope, receive: Receive, send: Send
    ) -> Reply | None:
        """Tell of a subscription until it ends; a reply where there is no place for it."""
        languages, request_id = context.asking.languages, context.request_id
        try:
            place = self._live.places.take("events", context.network, principal_of(context.viewer))
        except Refusal as refusal:
            return turned_away(refusal, languages, request_id=request_id)
        with place:
            events = each(subscription, languages, request_id=request_id)
            await send_events(scope, receive, send, events, self._live.ending, request_id=request_id)
        return None

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
        streaming: bool,
    ) -> Reply | Subscription:
        languages, request_id = context.asking.languages, context.request_id
        refused = 400 if media_type == RESPONSE_TYPE else 200
        try:
            async with asyncio.timeout(TIME_OUT), passage:
                document = await self._executor.documents.document(text)
                operation = document.operation(name)
                self._note(operation)
                if operation.kind is OperationType.SUBSCRIPTION:
                    if not streaming:
                        raise BadRequest("NO_SUBSCRIPTIONS")
                    return await self._live.subscribe(operation, variables, context, passage)
                if reading and operation.kind is not OperationType.QUERY:
                    raise Rejected(405, "MUTATION_OVER_GET", ((b"allow", b"POST"),))
                cost = await passage.admit(operation, variables)
                # Nobody waits for an act that somebody else does, and what one caller has left is told to nobody else.
                alike = key if operation.kind is OperationType.QUERY and not passage.telling else None
                kept = await self._cache.awaited(alike, context.at)
                if kept is None:
                    with self._cache.begun(alike) as begun:
                        answer = await self._executor.execute(operation, variables, context)
                        body = answer.text.encode()
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
        if kept is not None:
            return _repeated(kept, media_type, passage, reading=reading)
        # Whoever shows a token, even one that nothing depends on, is answered alone.
        public = reading and context.viewer is ANONYMOUS and not answer.errors and not passage.personal
        return Reply(200, body, public=public and media_type != EVENT_STREAM)

    def _note(self, operation: Operation) -> None:
        name = operation.node.name.value if operation.node.name is not None else OTHER
        current().note(operation.kind.value, name if name in self._trusted.names else OTHER)


def token_of(header: bytes | str | None) -> str | None:
    """Return the token of `Authorization: Bearer …`; Unauthenticated where it is something else."""
    if header is None:
        return None
    given = header.decode("latin-1") if isinstance(header, bytes) else header
    scheme, _, token = given.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("BAD_TOKEN")
    return token.strip()


def failed(error: Exception, languages: tuple[str, ...], *, request_id: str) -> Reply:
    """Return the answer to what was no request, came from nobody that is known, or surprised us."""
    if isinstance(error, Rejected):
        return Reply(error.status, _rejection(error, languages, request_id), error.headers)
    if isinstance(error, Unauthenticated):
        body = _errors([request_error(error, languages, request_id=request_id)])
        return Reply(401, body, ((b"www-authenticate", b"Bearer"),))
    return Reply(500, _errors([masked(error, languages, request_id=request_id)]))


def turned_away(refusal: Refusal, languages: tuple[str, ...], *, request_id: str) -> Reply:
    """Return the answer where there are too many connections that last."""
    later = (b"retry-after", b"%d" % int(str(refusal.facts["retry_after"])))
    body = _errors([request_error(refusal, languages, request_id=request_id)])
    return Reply(STATUSES[type(refusal)], body, (later,))


def _repeated(kept: Kept, media_type: str, passage: Passage, *, reading: bool) -> Reply:
    public = reading and not passage.personal and media_type != EVENT_STREAM
    return Reply(200, kept.body, public=public, mark=kept.mark(media_type) if public else None)


def _told(reply: Reply, passage: Passage) -> Reply:
    """Return a reply that says what the caller has left, unless others may keep a copy of it."""
    if not reply.public:
        reply.body, reply.headers = passage.told(reply.body), (*reply.headers, *passage.headers)
    return reply


def _refused(refusal: Refusal, context: Context, media_type: str) -> Reply:
    status = STATUSES.get(type(refusal), 400 if media_type == RESPONSE_TYPE else 200)
    return Reply(status, _errors([request_error(refusal, context.asking.languages, request_id=context.request_id)]))


def _errors(errors: list[dict[str, Any]]) -> bytes:
    return orjson.dumps({"errors": errors})


def _rejection(rejected: Rejected, languages: tuple[str, ...], request_id: str) -> bytes:
    message = sentence(rejected.code, {"most": LARGEST_BODY // 1024}, languages)
    code = REJECTION_CODES.get(rejected.status, "BAD_USER_INPUT")
    extensions = {"code": code, "reason": rejected.code, "requestId": request_id}
    return _errors([{"message": message, "extensions": extensions}])
