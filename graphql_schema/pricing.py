"""What an operation costs at most, known before anything is read.

The unit is the *node*: one object of one row. A page of a list costs its size, times the page that it lies in, and so
on down the tree::

    consultations(first: 20) { nodes { title { text } responses(first: 10) { nodes { id } } } }     20 + 20 × 10 = 220

=========================================== ================================================================
an object of a row of its own               1
a page                                      as many as it was asked for, 20 where it does not say
`nodes(ids)`                                as many as there are ids
a short list without pages                  5, since that is what short lists have
an object made of the same row, a scalar    nothing
`totalCount`, `facets`                      20 and 100: a list is gone through
`__schema`, `__type`                        1,000, whatever is asked of it
several types of which one is there         the dearest of them
=========================================== ================================================================

What an operation is charged is *points*: one for each hundred nodes, one at least, and ten for each act. Each fragment
is priced once and its price reused, so the work is linear in the text of the document; a field that is mentioned twice
is priced twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    print_ast,
)

from graphql_schema.amounts import (
    Number,
    dearest_of,
    ids_size,
    left_out,
    number_of,
    page_size,
    product_of,
    size_certain,
    size_given,
    size_of,
    sum_of,
    wanted,
    worked_out,
)
from hub.reading.readable import readables

SHORT_LIST = 5
COUNTED, FACETED = 20, 100
INTROSPECTION = 1_000
NODES_FOR_A_POINT, POINTS_FOR_AN_ACT = 100, 10

MOST_KNOWN = 64
"""For how many sizes of its variables the price of an operation is remembered."""


class Cost(NamedTuple):
    """What an operation costs: at most so many nodes, and the points that are charged for it."""

    points: int
    nodes: int


# ---- the walk -------------------------------------------------------------------------------------------------


class Price:
    """The price of one operation as a function of its variables."""

    def __init__(self, nodes: Number, acts: int, defaults: Mapping[str, int | None], roots: frozenset[str]) -> None:
        self._nodes, self._acts, self.roots = nodes, acts, roots
        self._defaults = dict(defaults)
        self._known: dict[tuple[int | None, ...], Cost] = {}
        self._certain = self._cost(nodes) if isinstance(nodes, int) else None

    def of(self, given: Mapping[str, Any]) -> Cost:
        """Return what the operation costs with these variables, as they came: who misuses one is refused later."""
        if self._certain is not None:
            return self._certain
        sizes = {name: size_of(given[name]) if name in given else size for name, size in self._defaults.items()}
        key = tuple(sizes.values())
        cost = self._known.get(key)
        if cost is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            cost = self._known[key] = self._cost(worked_out(self._nodes, sizes, {}))
        return cost

    def _cost(self, nodes: int) -> Cost:
        return Cost(max(1, -(-nodes // NODES_FOR_A_POINT)) + POINTS_FOR_AN_ACT * self._acts, nodes)


class Priced(NamedTuple):
    """What a selection costs once, and what it costs for each item of the page that it is made on."""

    once: Number
    each: Number = 0


class Pricer:
    """The prices of one valid document's operations; what they share is priced once."""

    def __init__(self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._schema, self._fragments = schema, fragments
        self._known: dict[str, Priced] = {}
        self._roots: dict[str, frozenset[str]] = {}

    def price(self, operation: OperationDefinitionNode, acts: int) -> Price:
        """Return the price of an operation that has so many acts at its root."""
        root = self._schema.get_root_type(operation.operation)
        assert root is not None  # noqa: S101 - the document is valid
        nodes = self._selection(root, operation.selection_set).once
        defaults = {
            definition.variable.name.value: size_certain(definition.default_value)
            for definition in operation.variable_definitions or ()
            if print_ast(definition.type).strip("!") in ("Int", "Boolean") or "[" in print_ast(definition.type)
        }
        mutation = operation.operation is OperationType.MUTATION
        return Price(nodes, acts if mutation else 0, defaults, self._names(operation.selection_set))

    def _selection(self, type_: Any, selection: SelectionSetNode) -> Priced:
        always: list[Priced] = []
        by_type: defaultdict[str, list[Priced]] = defaultdict(list)
        abstract = is_abstract_type(type_)
        for node in selection.selections:
            condition = _condition(node.directives)
            if isinstance(node, FieldNode):
                priced, of = self._field(type_, node), type_
            elif isinstance(node, InlineFragmentNode):
                of = self._schema.type_map[node.type_condition.name.value] if node.type_condition else type_
                priced = self._selection(of, node.selection_set)
            else:
                assert isinstance(node, FragmentSpreadNode)  # noqa: S101 - there is no fourth kind
                of, priced = self._spread(node.name.value)
            if condition != 1:
                priced = Priced(product_of(condition, priced.once), product_of(condition, priced.each))
            # Of the types that an interface or a union may be, one is there.
            (by_type[of.name] if abstract and isinstance(of, GraphQLObjectType) else always).append(priced)
        branches = [sum_of(priced.once for priced in found) for found in by_type.values()]
        once = [priced.once for priced in always]
        return Priced(
            sum_of([*once, dearest_of(branches)] if branches else once), sum_of(priced.each for priced in always)
        )

    def _spread(self, name: str) -> tuple[Any, Priced]:
        fragment = self._fragments[name]
        type_ = self._schema.type_map[fragment.type_condition.name.value]
        if name not in self._known:
            self._known[name] = self._selection(type_, fragment.selection_set)
        return type_, self._known[name]

    def _field(self, parent: Any, node: FieldNode) -> Priced:
        name = node.name.value
        if name.startswith("__"):
            return Priced(0 if name == "__typename" else INTROSPECTION)
        field: GraphQLField = parent.fields[name]
        paged = _is_page(parent)
        if node.selection_set is None or is_leaf_type(get_named_type(field.type)):
            return Priced(COUNTED if paged and name == "totalCount" else 0)
        type_ = get_named_type(field.type)
        inner = self._selection(type_, node.selection_set)
        if paged and name in ("nodes", "edges"):
            return Priced(0, sum_of([self._own(type_), inner.once]))
        extra = FACETED if paged and name == "facets" else 0
        size = _size(field, node)
        if size is None:
            return Priced(sum_of([extra, self._own(type_), inner.once]))
        if _is_page(type_):
            return Priced(sum_of([extra, inner.once, product_of(size, inner.each)]))
        return Priced(sum_of([extra, product_of(size, sum_of([1, inner.once]))]))

    def _own(self, type_: Any) -> int:
        """Whether an object of this type is read from a row of its own."""
        if is_abstract_type(type_):
            return max([self._own(possible) for possible in self._schema.get_possible_types(type_)], default=0)
        readable = readables.get(type_.name)
        return int(readable is not None and readable.model is not None)

    def _names(self, selection: SelectionSetNode) -> frozenset[str]:
        """Return the names of the root fields."""
        found: set[str] = set()
        for node in selection.selections:
            if isinstance(node, FieldNode):
                found.add(node.name.value)
            elif isinstance(node, InlineFragmentNode):
                found |= self._names(node.selection_set)
            elif isinstance(node, FragmentSpreadNode):
                name = node.name.value
                if name not in self._roots:
                    self._roots[name] = self._names(self._fragments[name].selection_set)
                found |= self._roots[name]
        return frozenset(found)


def _is_page(type_: Any) -> bool:
    has_fields = isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
    return has_fields and "pageInfo" in type_.fields and "nodes" in type_.fields


def _size(field: GraphQLField, node: FieldNode) -> Number | None:
    """Return how many objects a field has: of a page, of a list; None where it is one."""
    given = {argument.name.value: argument.value for argument in node.arguments or ()}
    if "first" in field.args:
        return number_of([size_given(given.get("first")), size_given(given.get("last"))], page_size)
    if not isinstance(get_nullable_type(field.type), GraphQLList):
        return None
    return number_of([size_given(given.get("ids"))], ids_size) if "ids" in field.args else SHORT_LIST


def _condition(directives: Iterable[DirectiveNode] | None) -> Number:
    """Return 1 where a selection is made and 0 where it is left out, as far as that is known."""
    number: Number = 1
    for directive in directives or ():
        by = {"include": wanted, "skip": left_out}.get(directive.name.value)
        if by is not None:
            (given,) = directive.arguments or ()
            number = product_of(number, number_of([size_given(given.value)], by))
    return number
