"""Prices without a hub, and hubs with the limits of an installation."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from graphql_schema.planning.documents import Document
from graphql_schema.planning.parsing import parsed
from graphql_schema.pricing import Cost
from graphql_schema.schema import graphql
from hub.settings import Settings
from tests.talking import Talking, talking

NETWORK = "203.0.113.7"
"""An address of the kind that stands for any; its network is limited, unlike this machine."""

USUAL = {"points": 1_000, "points_restored": 50.0, "nodes": 5_000, "nodes_with_token": 20_000}

COST = {"graphql-cost": "1"}


def document(text: str) -> Document:
    """Return a document, read as the hub reads one that it has not seen."""
    return Document(graphql, text, parsed(text))


def price(text: str, variables: Mapping[str, Any] | None = None, *, name: str | None = None) -> Cost:
    """Return the price of an operation."""
    return document(text).operation(name).price.of(variables or {})


@asynccontextmanager
async def a_limited_hub(url: str, data: Path, **known: Any) -> AsyncIterator[Talking]:
    """Open a hub with the usual limits, or these."""
    settings = Settings(data=data, database_url=None, keys=None, **{**USUAL, **known})
    async with talking(settings, url) as hub:
        yield hub
