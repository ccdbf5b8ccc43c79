"""The price of an operation, worked out a second time: everything is written out, and every size is its value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    value_from_ast,
    value_from_ast_untyped,
)

from tests.reading.ground import table_of
from tests.reading.worlds import TABLES


def plain_price(schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> tuple[int, int]:
    """Return the points and the nodes of the only operation of a document, which is a query."""
    (operation,) = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    given = {
        d.variable.name.value: value_from_ast_untyped(d.default_value)
        for d in operation.variable_definitions or ()
        if d.default_value is not None
    }
    nodes = Plain(schema, fragments, {**given, **variables}).selection(schema.query_type, operation.selection_set, 0)
    nodes = min(nodes, 1_000_000)
    return max(1, -(-nodes // 100)), nodes


class Plain:
    """One operation, walked field by field."""

    def __init__(self, schema: GraphQLSchema, fragments: Mapping[str, Any], variables: Mapping[str, Any]) -> None:
        self.schema, self.fragments, self.variables = schema, fragments, variables

    def selection(self, type_: Any, selection: Any, page: int) -> int:
        """Return the price of a selection on an object, which is a page of so many items where it is a page."""
        total, branches = 0, {}
        for node in selection.selections:
            if self.left_out(node):
                continue
            if isinstance(node, FieldNode):
                total += self.field(type_, node, page)
                continue
            fragment = self.fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
            condition = fragment.type_condition
            of: Any = self.schema.type_map[condition.name.value] if condition else type_
            price = self.selection(of, fragment.selection_set, page)
            if is_abstract_type(type_) and isinstance(of, GraphQLObjectType):
                branches[of.name] = branches.get(of.name, 0) + price
            else:
                total += price
        return total + max(branches.values(), default=0)

    def left_out(self, node: Any) -> bool:
        """Whether a directive leaves a selection out."""
        for directive in node.directives or ():
            value = directive.arguments[0].value
            says = self.variables[value.name.value] if hasattr(value, "name") else value.value
            if says is (directive.name.value == "skip"):
                return True
        return False

    def field(self, parent: Any, node: FieldNode, page: int) -> int:
        """Return the price of one field."""
        name = node.name.value
        if name.startswith("__"):
            return 0 if name == "__typename" else 1_000
        if name == "totalCount" and parent.name.endswith("Connection"):
            return 20
        if node.selection_set is None:
            return 0
        field = parent.fields[name]
        type_: Any = get_named_type(field.type)
        given = {a.name.value: value_from_ast(a.value, field.args[a.name.value].type, self.variables)
                 for a in node.arguments or ()}  # fmt: skip
        if "first" in field.args:
            sizes = [
                min(max(given[key], 1), 100) for key in ("first", "last") if given.get(key) not in (None, Undefined)
            ]
            return self.selection(type_, node.selection_set, max(sizes, default=20))
        inner = self.selection(type_, node.selection_set, 0)
        if parent.name.endswith("Connection") and name in ("nodes", "edges"):
            return page * (self.own(type_) + inner)
        if name == "facets":
            return 100 + inner
        if isinstance(get_nullable_type(field.type), GraphQLList):
            return (min(len(given["ids"]), 100) if "ids" in given else 5) * (1 + inner)
        return self.own(type_) + inner

    def own(self, type_: Any) -> int:
        """Return 1 for an object that is a row, else 0."""
        possible = self.schema.get_possible_types(type_) if is_abstract_type(type_) else [type_]
        return int(any(table_of(one.name) in TABLES for one in possible))
