"""Negotiating: in which media type and in which languages a request is answered, and whether its body is JSON."""

from __future__ import annotations

from functools import lru_cache

from graphql_schema.receiving import Rejected
from hub.text import DEFAULT_LANGUAGE

RESPONSE_TYPE = "application/graphql-response+json"
JSON_TYPE = "application/json"
EVENT_STREAM = "text/event-stream"


@lru_cache(maxsize=256)
def negotiated(accept: str) -> str:
    """Return the media type of the answer; Rejected with 406 where the caller accepts none of ours.

    Whoever accepts JSON as well as a stream of events gets JSON, unless they say by weights that they would rather not.
    """
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
    if weight_of_events(accept) > best_quality:
        return EVENT_STREAM
    if best is None:
        raise Rejected(406, "NOT_ACCEPTABLE")
    return best


@lru_cache(maxsize=256)
def weight_of_events(accept: str) -> float:
    """Return how much a caller would like a stream of events; a subscription is answered by one wherever they would."""
    weights = [quality for media, quality in map(_weighed, accept.split(",")) if media == EVENT_STREAM]
    return max(weights, default=0.0)


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
