"""Walking a document with graphql-core's own functions: fragments, aliases and directives mean what they should."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_fields, collect_subfields
from graphql.execution.values import VariableValues, get_argument_values

Details = list[FieldDetails]
"""One response key: the field nodes that are merged under it."""


class Selection:
    """One operation, with the values of its variables as far as they are known."""

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDetails],
        variables: Mapping[str, Any],
    ) -> None:
        self.schema, self.operation = schema, operation
        self.fragments = dict(fragments)
        self.values = VariableValues({}, dict(variables))

    def root(self, type_: GraphQLObjectType) -> dict[str, Details]:
        """Return the root fields by response key."""
        found = collect_fields(self.schema, self.fragments, self.values, type_, self.operation)
        return dict(found.grouped_field_set)

    def fields(self, type_: GraphQLObjectType, details: Details) -> dict[str, Details]:
        """Return the fields selected on an object of this type, by response key."""
        found = collect_subfields(self.schema, self.fragments, self.values, self.operation, type_, details)
        return dict(found.grouped_field_set)

    def arguments(self, field: GraphQLField, details: Details) -> dict[str, Any]:
        """Return the coerced arguments of a field; unknown ones are a `Param`."""
        return get_argument_values(field, details[0].node, self.values)


def object_type(type_: Any) -> GraphQLObjectType:
    """Return the type of the objects that a field holds, whatever it is wrapped in."""
    return cast("GraphQLObjectType", get_named_type(type_))


def name_of(details: Details) -> str:
    """Return the name of the field that a response key stands for."""
    return details[0].node.name.value


def python_name(field: GraphQLField) -> str:
    """Return the name that the field has in Python, which is the one that readables know."""
    return str(field.extensions["strawberry-definition"].python_name)
