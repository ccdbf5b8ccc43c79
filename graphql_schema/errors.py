"""Where refusals become GraphQL: errors of the domain in the payload, errors of the request at the top.

Nothing else reaches a caller. A surprise is logged whole under its request's id and answered masked.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Any

import strawberry
import structlog
from graphql import GraphQLError

from graphql_schema.scalars import NotAValue
from hub.changes.change import Busy, OutcomeUnknown
from hub.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    HubError,
    Invalid,
    NotFound,
    Overloaded,
    RateLimited,
    Refusal,
    TooExpensive,
    Unauthenticated,
)
from hub.wording import SENTENCES, sentence

log = structlog.get_logger("hub.graphql")

ErrorCode = enum.Enum("ErrorCode", {code: code for code in sorted(SENTENCES)})  # type: ignore[misc]
_shown = strawberry.enum(ErrorCode, description="The stable codes of refusals.")
for _value in _shown.__strawberry_definition__.values:  # type: ignore[attr-defined]
    _value.description = " ".join(SENTENCES[_value.name]["en"].split())


@strawberry.interface(description="Why something was not done, and how to mend it.")
class UserError:
    """Why something was not done."""

    code: ErrorCode = strawberry.field(description="The stable code.")
    message: str = strawberry.field(description="The sentence, in the viewer's language.")
    path: list[str] | None = strawberry.field(description="Where in the input; null where it concerns all of it.")


@strawberry.type(description="Something in the input is wrong; all that is comes at once.")
class ValidationError(UserError):
    """Something in the input is wrong."""


@strawberry.type(description="This viewer, or this token, may not.")
class PermissionError(UserError):  # noqa: A001 - the name in the schema
    """This viewer may not."""


@strawberry.type(description="There is no such thing, or the viewer may not know of it.")
class NotFoundError(UserError):
    """There is no such thing."""


@strawberry.type(description="It was done already, or somebody else was faster.")
class ConflictError(UserError):
    """It was done already."""


@strawberry.type(description="The life cycle does not allow it now.")
class StateError(UserError):
    """The life cycle does not allow it now."""


ERROR_TYPES: list[type] = [ValidationError, PermissionError, NotFoundError, ConflictError, StateError]


def user_errors(refusal: Refusal, languages: Iterable[str]) -> list[UserError]:
    """Return the payload's errors for a refusal of the domain."""
    languages = tuple(languages)
    if isinstance(refusal, Invalid):
        return [
            ValidationError(
                code=ErrorCode[problem.code],
                message=sentence(problem.code, problem.facts, languages),
                path=list(problem.path) or None,
            )
            for problem in refusal.problems
        ]
    message = sentence(refusal.code, refusal.facts, languages)
    type_ = _type_of(refusal)
    return [type_(code=ErrorCode[refusal.code], message=message, path=list(refusal.path) or None)]


def _type_of(refusal: Refusal) -> Any:
    if isinstance(refusal, Unauthenticated | Forbidden):
        return PermissionError
    if isinstance(refusal, NotFound):
        return NotFoundError
    if isinstance(refusal, Conflict):
        return ConflictError
    return ValidationError if isinstance(refusal, BadRequest) else StateError


REQUEST_CODES = {
    Unauthenticated: "UNAUTHENTICATED",
    Forbidden: "FORBIDDEN",
    TooExpensive: "MAX_COST_EXCEEDED",
    RateLimited: "RATE_LIMITED",
    Overloaded: "OVERLOADED",
    BadRequest: "BAD_USER_INPUT",
    NotFound: "BAD_USER_INPUT",
}

STATUSES: dict[type[Refusal], int] = {RateLimited: 429, Overloaded: 503}
"""The HTTP statuses of those refusals that have one of their own, whatever media type is answered."""


def request_error(refusal: Refusal, languages: Iterable[str], *, request_id: str) -> dict[str, Any]:
    """Return the top-level error for a request that could not be answered as it was made."""
    kind = next((code for type_, code in REQUEST_CODES.items() if isinstance(refusal, type_)), "BAD_USER_INPUT")
    extensions = {"code": kind, "reason": refusal.code, "requestId": request_id}
    return {"message": sentence(refusal.code, refusal.facts, languages), "extensions": extensions}


NULL_IN_PROMISE = "Cannot return null for non-nullable field "
"""How the specification's own error begins that graphql-core raises as a TypeError."""


def specified_error(
    error: GraphQLError, *, code: str, request_id: str, languages: Iterable[str] = ()
) -> dict[str, Any]:
    """Return an error that the GraphQL specification words: of parsing, validation, coercion or completion.

    Only what graphql-core itself says, or one of our scalars, is shown. It quotes whatever else was raised on the way,
    and that is a surprise.
    """
    cause = _cause(error)
    if not _is_worded(cause):
        hidden: dict[str, Any] = masked(cause, languages, request_id=request_id, path=error.path)
        return hidden
    shown: dict[str, Any] = {"message": error.message}
    if error.locations:
        shown["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path:
        shown["path"] = error.path
    return {**shown, "extensions": {"code": code, "requestId": request_id}}


def _cause(error: Exception) -> Exception:
    while isinstance(error, GraphQLError) and error.original_error is not None:
        error = error.original_error
    return error


def _is_worded(cause: Exception) -> bool:
    if isinstance(cause, GraphQLError | NotAValue):
        return True
    return isinstance(cause, TypeError) and str(cause).startswith(NULL_IN_PROMISE)


def masked(error: BaseException, languages: Iterable[str], *, request_id: str, path: list[Any] | None = None) -> Any:
    """Log a surprise whole, and return the little that a caller may know of it."""
    log.error("surprise", request_id=request_id, exc_info=error)
    shown: dict[str, Any] = {"message": sentence("INTERNAL", {"request_id": request_id}, languages)}
    if path is not None:
        shown["path"] = path
    return {**shown, "extensions": {"code": "INTERNAL", "requestId": request_id}}


NOT_CARRIED_OUT: dict[type[HubError], str] = {OutcomeUnknown: "OUTCOME_UNKNOWN", Busy: "BUSY"}
"""What is told where the database, and not a rule, kept an act from being carried out."""


def not_carried_out(error: HubError, languages: Iterable[str], *, request_id: str, path: list[Any]) -> dict[str, Any]:
    """Say whether anything has happened after all, and what to do now."""
    code = NOT_CARRIED_OUT[type(error)]
    log.warning(code.lower(), request_id=request_id, exc_info=error)
    extensions = {"code": code, "requestId": request_id}
    return {"message": sentence(code, {}, languages), "path": path, "extensions": extensions}


__all__ = [
    "ERROR_TYPES",
    "ErrorCode",
    "HubError",
    "UserError",
    "masked",
    "not_carried_out",
    "request_error",
    "specified_error",
    "user_errors",
]
