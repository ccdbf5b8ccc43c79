"""Completing an answer in which a promise of the schema was not kept.

The data is already there; what is missing is how far each null reaches and the error that names it. graphql-core's
own executor knows both: it walks the same operation over the parsed answer, with resolvers that only look up keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLScalarType,
    GraphQLSchema,
    SelectionSetNode,
    build_schema,
    execute_sync,
    print_schema,
)

from graphql_schema.planning.documents import Operation
from graphql_schema.planning.selection import Details
from graphql_schema.planning.weaving import EXPLICIT_TYPE
from hub.reading.marks import BROKEN


class Completion:
    """The reference executor over answers that were read already."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._of = schema

    @cached_property
    def _schema(self) -> GraphQLSchema:
        """The same schema over plain data; made when it is first needed, which is seldom."""
        schema = build_schema(print_schema(self._of))
        for type_ in schema.type_map.values():
            if isinstance(type_, GraphQLScalarType):
                # The values are JSON already: nothing is converted a second time, and nothing can fail here.
                type_.serialize = lambda value: value  # type: ignore[method-assign]
                type_.coerce_output_value = lambda value: value
        return schema

    def complete(
        self, operation: Operation, variables: Mapping[str, Any], roots: Mapping[str, Details], text: str
    ) -> tuple[Any, list[GraphQLError]]:
        """Return the data with every null where the specification wants it, and the errors that say why."""
        data = orjson.loads(text.replace(BROKEN, ""))
        nodes = tuple(detail.node for details in roots.values() for detail in details)
        asked = operation.with_selections(SelectionSetNode(selections=nodes))
        document = DocumentNode(definitions=(asked, *operation.fragment_definitions))
        raw = {name: _raw(value) for name, value in variables.items()}
        result = execute_sync(
            self._schema,
            document,
            root_value=data,
            variable_values=raw,
            field_resolver=_look_up,
            type_resolver=lambda value, info, abstract: value[EXPLICIT_TYPE],
        )
        return result.data, list(result.errors or ())


def _look_up(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
    return source[info.path.key]


def _raw(value: Any) -> Any:
    """Return a coerced variable as it may have come in; only directives look at it here."""
    if isinstance(value, Mapping):
        return {name: _raw(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_raw(item) for item in value]
    return getattr(value, "name", value) if not isinstance(value, str) or hasattr(value, "name") else value
