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

MOST_LETTERS = 32_000
MOST_TOKENS = 2_000
MOST_DEPTH = 15
MOST_FIELDS = 2_000
MOST_ALIASES = 60
MOST_ROOT_MUTATIONS = 10
MOST_FRAGMENTS = 60
MOST_MERGED = 1_500
"""How many pairs of mentions of one field validation may have to compare: it grows with their square."""

MOST_VISITS = 10_000
"""How many selections are looked at for that; a document that has more of them is too large anyhow."""

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
    if len(fragments) > MOST_FRAGMENTS:
        return ("TOO_MANY_FRAGMENTS", MOST_FRAGMENTS)
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
    if _Merging(fragments).is_too_much([operation.selection_set for operation in operations]):
        return ("TOO_MANY_MENTIONS", MOST_FIELDS)
    return None


class _Merging:
    """What validation has to merge: the mentions of one field in one place, each of which it compares with the others.

    The fields are walked as they are written out, which by now is bounded, and the walk ends where it gets long.
    """

    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._fragments, self._visits, self._pairs = fragments, 0, 0

    def is_too_much(self, selections: list[SelectionSetNode]) -> bool:
        """Whether these selections, each by itself, are more than is worth comparing."""
        waiting = [[selection] for selection in selections]
        while waiting:
            merged = self._merged(waiting.pop())
            self._pairs += sum([len(mentions) * (len(mentions) - 1) for mentions in merged.values()])
            if self._pairs > MOST_MERGED or self._visits > MOST_VISITS:
                return True
            inner = [[m.selection_set for m in mentions if m.selection_set] for mentions in merged.values()]
            waiting += [sets for sets in inner if sets]
        return False

    def _merged(self, selections: list[SelectionSetNode]) -> dict[str, list[FieldNode]]:
        merged: dict[str, list[FieldNode]] = {}
        waiting: list[tuple[SelectionSetNode, frozenset[str]]] = [(selection, frozenset()) for selection in selections]
        while waiting and self._visits <= MOST_VISITS:
            selection, within = waiting.pop()
            for node in selection.selections:
                self._visits += 1
                if isinstance(node, FieldNode):
                    merged.setdefault((node.alias or node.name).value, []).append(node)
                elif isinstance(node, InlineFragmentNode):
                    waiting.append((node.selection_set, within))
                elif isinstance(node, FragmentSpreadNode):
                    name = node.name.value
                    if name in self._fragments and name not in within:
                        waiting.append((self._fragments[name].selection_set, within | {name}))
        return merged


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
