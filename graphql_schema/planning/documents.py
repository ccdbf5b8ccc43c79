"""What is kept of a document: its syntax tree, its validity, its operations and their plans.

The cache is keyed by the text without the characters that GraphQL ignores, so that white space and comments do not
defeat it, and drops what was used longest ago once it holds more than a bounded number of bytes.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    specified_rules,
    strip_ignored_characters,
    validate,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import get_variable_values
from graphql.validation import NoUndefinedVariablesRule, NoUnusedVariablesRule, VariablesInAllowedPositionRule

from graphql_schema.limits import root_fields, too_large
from graphql_schema.planning.arguments import structure, symbolic
from graphql_schema.planning.following import followed
from graphql_schema.planning.parsing import InvalidDocument, parsed, require_writable
from graphql_schema.planning.selection import Details, Selection, name_of
from graphql_schema.planning.weaving import Probe, Weaver
from graphql_schema.pricing import Price, Pricer
from graphql_schema.queueing import Queue
from hub.errors import BadRequest
from hub.keys import Keyring
from hub.reading.asking import Asking
from hub.reading.statement import Plan, made_ready
from hub.reading.template import Template
from hub.tracing import step

KEPT_BYTES = 32 * 1024 * 1024
MOST_PLANS = 64
"""How many plans are kept of one operation."""

MOST_ERRORS = 5
"""How many mistakes in a document or in its variables are told: some of them repeat all of what they speak of."""

MOST_SUGGESTIONS = 3
"""Up to how many mistakes in a document are told with what may have been meant."""

NODE_BYTES = 40
"""About what a character of a document costs as a syntax tree."""


SplitRoots = tuple[dict[str, Details], dict[str, Details]]


class Operation:
    """One operation of a valid document, with its plans by the structure of its variables."""

    def __init__(
        self, schema: GraphQLSchema, node: OperationDefinitionNode, fragments: Mapping[str, Any], price: Price
    ) -> None:
        self.schema, self.node, self.fragments, self.price = schema, node, fragments, price
        self.plans: dict[Any, Plan] = {}
        self._roots: dict[Any, SplitRoots] = {}
        self._probes: dict[Any, list[Probe]] = {}

    @property
    def kind(self) -> OperationType:
        """Whether it is a query, a mutation or a subscription."""
        return self.node.operation

    @property
    def fragment_definitions(self) -> tuple[FragmentDefinitionNode, ...]:
        """The fragments of the document that it stands in."""
        return tuple(fragment.definition for fragment in self.fragments.values())

    def with_selections(self, selections: SelectionSetNode) -> OperationDefinitionNode:
        """Return the same operation with only these root selections."""
        node = self.node
        return OperationDefinitionNode(
            operation=node.operation,
            name=node.name,
            variable_definitions=node.variable_definitions,
            directives=node.directives,
            selection_set=selections,
        )

    def split_roots(self, variables: Mapping[str, Any], query: GraphQLObjectType) -> SplitRoots:
        """Return the root fields that are planned, and those that ask about the schema itself."""
        shape = structure(variables)
        known = self._roots.get(shape)
        if known is None:
            roots = self.selection(variables).root(query)
            introspected = {key: details for key, details in roots.items() if is_introspection(details)}
            planned = {key: details for key, details in roots.items() if key not in introspected}
            if len(self._roots) >= MOST_PLANS:
                self._roots.clear()
            known = self._roots[shape] = (planned, introspected)
        return known

    def coerce(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the variables as the schema's types want them; InvalidDocument where they are not."""
        if not self.node.variable_definitions:
            return {}
        values = get_variable_values(self.schema, self.node.variable_definitions, dict(given), max_errors=MOST_ERRORS)
        if isinstance(values, list):
            raise InvalidDocument(values, parsed=True)
        return values.coerced

    def known_plan(self, part: Any, variables: Mapping[str, Any], asking: Asking) -> tuple[Any, Plan | None]:
        """Return the key of the plan for these variables, and the plan if it was made before."""
        shape = (part, structure(variables), asking.structure)
        probes = self._probes.get(shape)
        if probes is None:
            return shape, None
        key = (shape, tuple(probe(variables) for probe in probes))
        return key, self.plans.get(key)

    def selection(self, variables: Mapping[str, Any]) -> Selection:
        """Return the walk over this operation for variables of this structure."""
        known = {name: symbolic(value, (name,)) for name, value in variables.items()}
        return Selection(self.schema, self.node, self.fragments, known)

    def keep(self, part: Any, variables: Mapping[str, Any], asking: Asking, probes: list[Probe], plan: Plan) -> None:
        """Keep a plan for the next caller of the same structure."""
        shape = (part, structure(variables), asking.structure)
        self._probes[shape] = probes
        self.plans[shape, tuple(probe(variables) for probe in probes)] = plan
        # A caller may vary the structure of the variables without end; the oldest plans make room.
        while len(self.plans) > MOST_PLANS:
            self.plans.pop(next(iter(self.plans)))
        if len(self._probes) > 4 * MOST_PLANS:
            self._probes.clear()


WITHOUT_VARIABLES = tuple(
    rule
    for rule in specified_rules
    if rule not in {NoUndefinedVariablesRule, NoUnusedVariablesRule, VariablesInAllowedPositionRule}
)
"""The rules of validation where no variable is written: the others read the whole once more to look for some."""


class Document:
    """A parsed document and what validation says of it."""

    def __init__(self, schema: GraphQLSchema, text: str, tree: DocumentNode) -> None:
        self.text = text
        self.tree = tree
        require_writable(text, tree)
        broken = too_large(self.tree)
        if broken is not None:
            raise BadRequest(broken[0], most=broken[1])
        # Suggestions compare each unknown name with all that are known; whoever made few mistakes is worth them.
        rules = specified_rules if "$" in text else WITHOUT_VARIABLES
        errors = validate(schema, self.tree, rules, max_errors=MOST_ERRORS, hide_suggestions=True)
        if errors:
            if len(errors) <= MOST_SUGGESTIONS:
                errors = validate(schema, self.tree, rules, max_errors=MOST_ERRORS)
            raise InvalidDocument(errors, parsed=True)
        definitions = self.tree.definitions
        fragments = {d.name.value: FragmentDetails(d) for d in definitions if isinstance(d, FragmentDefinitionNode)}
        nodes = [d for d in definitions if isinstance(d, OperationDefinitionNode)]
        pricer = Pricer(schema, {name: fragment.definition for name, fragment in fragments.items()})
        acts = root_fields(self.tree)
        self.operations = {
            node.name.value if node.name else None: Operation(schema, node, fragments, pricer.price(node, many))
            for node, many in zip(nodes, acts, strict=True)
        }

    def operation(self, name: str | None) -> Operation:
        """Return the operation of this name, or the only one; BadRequest where that is not clear."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if name is None:
            raise BadRequest("OPERATION_NAME_MISSING")
        if name not in self.operations:
            raise BadRequest("OPERATION_UNKNOWN", name=name)
        return self.operations[name]

    @property
    def size(self) -> int:
        """About how many bytes it takes in memory, its plans included."""
        plans = sum(plan.size for operation in self.operations.values() for plan in operation.plans.values())
        return len(self.text) * NODE_BYTES + plans


class Documents:
    """The documents that were seen lately, and the making of their plans: one at a time, off the event loop."""

    def __init__(self, schema: GraphQLSchema, keys: Keyring, turns: Queue) -> None:
        self.schema, self._keys = schema, keys
        self._by_text: OrderedDict[str, Document] = OrderedDict()
        self._by_meaning: OrderedDict[str, Document] = OrderedDict()
        self._turns = turns
        self.planned = 0
        """How many plans were made; what the tests count."""

    async def document(self, text: str) -> Document:
        """Return the document of this text, parsed and validated once; Overloaded where too many wait for theirs."""
        document = self._by_text.get(text)
        if document is not None:
            self._by_text.move_to_end(text)
            return document
        async with self._turns.turn():
            with step("read"):
                return await asyncio.to_thread(self._read, text)

    def is_new(self, text: str) -> bool:
        """Whether a document was not seen lately, so that it has to be read."""
        return text not in self._by_text

    def _read(self, text: str) -> Document:
        # What is refused is refused before its meaning is made out, which takes as long as reading it once more.
        read = Document(self.schema, text, parsed(text))
        document = self._by_meaning.setdefault(strip_ignored_characters(text), read)
        self._by_text[text] = document
        self._forget()
        return document

    def _forget(self) -> None:
        # Several texts may stand for one document; what counts is what the documents hold.
        while len(self._by_meaning) > 1 and sum(d.size for d in self._by_meaning.values()) > KEPT_BYTES:
            _, oldest = self._by_meaning.popitem(last=False)
            for text in [text for text, kept in self._by_text.items() if kept is oldest]:
                del self._by_text[text]
        while len(self._by_text) > 4 * len(self._by_meaning) + 64:
            self._by_text.popitem(last=False)

    async def plan(
        self,
        operation: Operation,
        roots: Mapping[str, Details],
        variables: Mapping[str, Any],
        asking: Asking,
        *,
        explicit_types: bool = False,
    ) -> Plan:
        """Return the plan of these root fields of a reading, made now if it is the first of its structure."""
        part = (*roots, explicit_types)
        _, plan = operation.known_plan(part, variables, asking)
        if plan is None:
            # Whoever was let in already goes before those who are not.
            async with self._turns.turn(urgent=True):
                with step("plan"):
                    making = asyncio.to_thread(self._make, operation, part, roots, variables, asking, explicit_types)
                    plan = await making
        return plan

    def _make(
        self,
        operation: Operation,
        part: Any,
        roots: Mapping[str, Details],
        variables: Mapping[str, Any],
        asking: Asking,
        explicit_types: bool,  # noqa: FBT001 - handed on to a thread by position
    ) -> Plan:
        _, made = operation.known_plan(part, variables, asking)
        if made is not None:
            return made
        weaver = self.weaver(operation, variables, asking, explicit_types=explicit_types)
        root = self.schema.get_root_type(operation.kind)
        assert root is not None  # noqa: S101 - the document is valid
        if operation.kind is OperationType.SUBSCRIPTION:
            ((key, details),) = roots.items()  # As the specification wants it, and validation has seen to it.
            plan = self.finished(weaver, followed(weaver, root, key, details))
        else:
            parts: list[Any] = ["{"]
            for i, (key, details) in enumerate(roots.items()):
                parts += [f'{"," if i else ""}"{key}":', weaver.root(root, details)]
            plan = self.finished(weaver, Template(*parts, "}"))
        operation.keep(part, variables, asking, weaver.probes, plan)
        return plan

    def weaver(
        self,
        operation: Operation,
        variables: Mapping[str, Any],
        asking: Asking,
        *,
        explicit_types: bool = False,
    ) -> Weaver:
        """Return a weaver for this operation."""
        signed_in, system = asking.structure
        return Weaver(
            operation.selection(variables),
            self._keys,
            variables,
            signed_in=signed_in,
            system=system,
            explicit_types=explicit_types,
        )

    def finished(self, weaver: Weaver, template: Template) -> Plan:
        """Compile what was woven."""
        self.planned += 1
        return made_ready(template, weaver.binds, weaver.fillers, needs_pseudonyms=weaver.sight.needs_pseudonyms)


def is_introspection(details: Details) -> bool:
    """Whether a root field asks about the schema itself."""
    return name_of(details) in ("__schema", "__type")
