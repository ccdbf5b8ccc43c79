"""The shape of a document, measured in one pass before validation, whatever its fragments do.

Each fragment is measured once and its measure reused, so the work is linear in the text even where the expansion
would be exponential. Numbers are capped, and a cycle of fragments is left to validation, which names it.
"""

from __future__ import annotations

from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

MOST_TOKENS = 2_000
MOST_DEPTH = 15
MOST_FIELDS = 2_000
MOST_ALIASES = 60
MOST_ROOT_MUTATIONS = 10

CAP = 1_000_000
INTROSPECTION_DEPTH = 20
"""The standard introspection query nests its type references this deeply."""


@dataclass(frozen=True)
class Shape:
    """How deep, how wide and how aliased a selection is, its fragments written out."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0


def too_large(document: DocumentNode) -> tuple[str, int] | None:
    """Return the code of the first limit that the document breaks, and the limit; None where it keeps them all."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    measured: dict[str, Shape] = {}
    for definition in document.definitions:
        if not isinstance(definition, OperationDefinitionNode):
            continue
        shape = _measure(definition.selection_set, fragments, measured, set())
        roots = [node for node in definition.selection_set.selections if isinstance(node, FieldNode)]
        introspection = bool(roots) and all(node.name.value.startswith("__") for node in roots)
        if shape.depth > (INTROSPECTION_DEPTH if introspection else MOST_DEPTH):
            return ("TOO_DEEP", MOST_DEPTH)
        if shape.fields > MOST_FIELDS:
            return ("TOO_MANY_FIELDS", MOST_FIELDS)
        if shape.aliases > MOST_ALIASES:
            return ("TOO_MANY_ALIASES", MOST_ALIASES)
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    for operation, acts in zip(operations, root_fields(document), strict=True):
        if operation.operation.value == "mutation" and acts > MOST_ROOT_MUTATIONS:
            return ("TOO_MANY_MUTATIONS", MOST_ROOT_MUTATIONS)
    return None


def _measure(
    selection: SelectionSetNode,
    fragments: dict[str, FragmentDefinitionNode],
    measured: dict[str, Shape],
    under_way: set[str],
) -> Shape:
    depth = fields = aliases = 0
    for node in selection.selections:
        if isinstance(node, FieldNode):
            inner = Shape()
            if node.selection_set is not None:
                inner = _measure(node.selection_set, fragments, measured, under_way)
            depth = max(depth, inner.depth + 1)
            fields += inner.fields + 1
            aliases += inner.aliases + (node.alias is not None)
        elif isinstance(node, FragmentSpreadNode | InlineFragmentNode):
            inner = _spread(node, fragments, measured, under_way)
            depth, fields, aliases = max(depth, inner.depth), fields + inner.fields, aliases + inner.aliases
    return Shape(min(depth, CAP), min(fields, CAP), min(aliases, CAP))


def _spread(
    node: FragmentSpreadNode | InlineFragmentNode,
    fragments: dict[str, FragmentDefinitionNode],
    measured: dict[str, Shape],
    under_way: set[str],
) -> Shape:
    if not isinstance(node, FragmentSpreadNode):
        return _measure(node.selection_set, fragments, measured, under_way)
    name = node.name.value
    if name in measured:
        return measured[name]
    if name in under_way or name not in fragments:
        return Shape()
    under_way.add(name)
    shape = _measure(fragments[name].selection_set, fragments, measured, under_way)
    under_way.discard(name)
    measured[name] = shape
    return shape


def root_fields(document: DocumentNode) -> list[int]:
    """Return how many root fields each operation of a document has, its fragments written out."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    shallow: dict[str, int] = {}

    def count(selection: SelectionSetNode, under_way: set[str]) -> int:
        total = 0
        for node in selection.selections:
            if isinstance(node, FieldNode):
                total += 1
            elif isinstance(node, InlineFragmentNode):
                total += count(node.selection_set, under_way)
            elif (
                isinstance(node, FragmentSpreadNode)
                and (name := node.name.value) in fragments
                and name not in under_way
            ):
                if name not in shallow:
                    under_way.add(name)
                    shallow[name] = count(fragments[name].selection_set, under_way)
                    under_way.discard(name)
                total += shallow[name]
        return min(total, CAP)

    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    return [count(operation.selection_set, set()) for operation in operations]
