"""The ways that lead to things: documents, and what is found in their answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graphql import get_named_type

from graphql_schema.schema import graphql
from tests.failures.test_canaries import documents, everything
from tests.visibility.things import TABLE_OF
from tests.visibility.world import World

PAGE = 100
ALIASES = 50
NESTED = 3
"""How many objects deep everything is asked for: a thing, its neighbours and what they are in."""

GLOBAL_ID = re.compile(r"\b([A-Z][A-Za-z]+_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b")

NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"

LISTS: Mapping[str, tuple[str, str]] = {
    "territories": ("Territory", ""),
    "bodies": ("Body", ""),
    "organizations": ("Organization", ""),
    "sessions": ("Session", ""),
    "instruments": ("Instrument", ""),
    "agreements": ("Agreement", ""),
    "mandates": ("Mandate", ""),
    "consultations": ("Consultation", ""),
    "studies": ("Study", ""),
    "findings": ("Finding", ""),
    "responses": ("Response", "facets { respondentKind { count } channel { count } timeliness { count } }"),
    "clients": ("Client", ""),
    "roleGrants": ("RoleGrant", ""),
    "representations": ("Representation", ""),
}
"""The lists at the root that hold everything of a type that is to be seen, with what else they count."""


def every_list() -> str:
    """Return the document of all lists with their whole contents and their counts."""
    parts = [f"{name}(first: {PAGE}) {{ totalCount nodes {{ id }} {more} }}" for name, (_, more) in LISTS.items()]
    return "{ " + " ".join(parts) + " }"


def in_pages(ids: Iterable[str], size: int = PAGE) -> Iterator[list[str]]:
    """Give the identifiers in as many as one request takes."""
    whole = sorted(ids)
    for start in range(0, len(whole), size):
        yield whole[start : start + size]


def one_by_one(ids: Sequence[str]) -> str:
    """Return a document that asks for each thing by itself."""
    return "{ " + " ".join(f'n{n}: node(id: "{id_}") {{ id }}' for n, id_ in enumerate(ids)) + " }"


def neighbours(type_: str) -> str:
    """Return a document that goes from things of a type to all that is around them."""
    selection = everything(graphql.type_map[type_], NESTED)
    return f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {type_} {selection} }} }}"


CHANGES = """query ($after: String) { changes(first: 100, after: $after) { totalCount
  pageInfo { hasNextPage endCursor } nodes { position at type record { __typename id folio } } } }"""
SEARCH = """query ($text: String!) { consultations(filter: {text: $text}) { totalCount nodes { id } }
  mandates(filter: {text: $text}) { totalCount nodes { id } } }"""
FOLLOWED = f"subscription ($id: ID!) {{ consultation(id: $id) {everything(graphql.type_map['Consultation'], 2)} }}"


def roots() -> Iterator[str]:
    """Give a document for every root: of the lists what stands in them, and of the viewer what is around them."""
    yield from documents(2)
    yield f"{{ viewer {everything(graphql.type_map['Viewer'], NESTED)} }}"


def by_folio(kind: str, folios: Iterable[str]) -> str:
    """Return a document that asks for things by the names that they are cited by."""
    asked = [f'f{n}: {kind}ByFolio(folio: "{folio}") {{ id }}' for n, folio in enumerate(folios)]
    return "{ " + " ".join(asked) + " }"


def told_ids(text: str, world: World) -> set[str]:
    """Return the ids of things of the world that are anywhere in a text."""
    return {*GLOBAL_ID.findall(text)} & world.everything()


def miscounted(data: Any, path: str = "") -> Iterator[str]:
    """Give every list in an answer that says it has another number of things than it shows."""
    if isinstance(data, list):
        for place in data:
            yield from miscounted(place, path)
    elif isinstance(data, dict):
        if "totalCount" in data and "nodes" in data:
            shown, counted = len(data["nodes"]), data["totalCount"]
            if counted != shown and not (counted > shown >= 20):
                yield f"{path}: {counted} are counted, {shown} are shown"
            for name, facet in (data.get("facets") or {}).items():
                if isinstance(facet, list) and sum(one["count"] for one in facet) != counted:
                    yield f"{path}.facets.{name}"
        for name, value in data.items():
            yield from miscounted(value, f"{path}.{name}")


def listed_types() -> set[str]:
    """Return the types that the schema lists at its root and that are nodes."""
    assert graphql.query_type is not None
    names = {name: get_named_type(field.type) for name, field in graphql.query_type.fields.items()}
    lists = {name: type_ for name, type_ in names.items() if type_.name.endswith("Connection")}
    return {name for name, type_ in lists.items() if type_.name.removesuffix("Connection") in TABLE_OF}
