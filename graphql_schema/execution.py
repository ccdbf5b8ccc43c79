"""Carrying out an operation.

A query is one statement: its root fields are planned together, and only questions about the schema itself go to the
reference executor. A mutation is a series of acts; each runs through the one door of writing, and its payload is a
planned read after the commit. A subscription is a statement that is run again and again (`broadcasting.py`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from graphql import (
    DocumentNode,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    OperationType,
    SelectionSetNode,
    execute_sync,
    get_named_type,
)
from graphql.execution.values import VariableValues, get_argument_values
from graphql.pyutils import Path, is_awaitable
from sqlalchemy import BigInteger, Text, cast

from graphql_schema.completion import Completion
from graphql_schema.context import Context
from graphql_schema.errors import masked, not_carried_out, specified_error, user_errors
from graphql_schema.payloads import Written
from graphql_schema.planning.documents import Documents, Operation
from graphql_schema.planning.following import GOES_ON
from graphql_schema.planning.projection import Projection
from graphql_schema.planning.selection import Details, Selection, name_of, python_name
from graphql_schema.planning.weaving import Weaver
from hub.changes.change import Busy, OutcomeUnknown, retrying
from hub.changes.idempotency import Replayed
from hub.errors import Refusal
from hub.reading.asking import Asking
from hub.reading.connections import Readers
from hub.reading.depending import Dependencies, RememberingInstant
from hub.reading.json_text import or_null
from hub.reading.marks import BROKEN
from hub.reading.readable import readables
from hub.reading.statement import Plan, is_broken
from hub.reading.template import Template
from hub.tracing import current, step
from hub.viewer import ANONYMOUS, Viewer

Pseudonyms = Callable[[Viewer], Awaitable[tuple[bytes, ...]]]
"""Finds the pseudonyms of a viewer; asked only by statements that need them."""


@dataclass(frozen=True)
class Answer:
    """The JSON text of `data` and the errors beside it."""

    data: str
    errors: tuple[dict[str, Any], ...] = ()
    dependencies: Dependencies | None = None
    """What a read for everybody depends on; None where that is not known."""

    @property
    def text(self) -> str:
        """The whole answer as JSON."""
        if not self.errors:
            return f'{{"data":{self.data}}}'
        return f'{{"errors":{orjson.dumps(self.errors).decode()},"data":{self.data}}}'


class Executor:
    """Carries out operations on one database."""

    def __init__(
        self, documents: Documents, readers: Readers, pseudonyms: Pseudonyms, providers: tuple[object, ...] = ()
    ) -> None:
        self.documents, self.readers, self._pseudonyms, self._providers = documents, readers, pseudonyms, providers
        self._completion = Completion(documents.schema)

    async def execute(self, operation: Operation, raw: Mapping[str, Any], context: Context) -> Answer:
        """Carry out one operation for whoever asks."""
        variables = operation.coerce(raw)
        if operation.kind is OperationType.MUTATION:
            return await self._mutation(operation, variables, context)
        return await self._query(operation, raw, variables, context)

    # ---- reading -----------------------------------------------------------------------------------------------

    async def _query(
        self, operation: Operation, raw: Mapping[str, Any], variables: dict[str, Any], context: Context
    ) -> Answer:
        query = self.documents.schema.query_type
        assert query is not None  # noqa: S101 - every schema has one
        planned, introspected = operation.split_roots(variables, query)
        answer = Answer("{}", dependencies=Dependencies())
        if planned or not introspected:
            plan = await self.documents.plan(operation, planned, variables, context.asking)
            answer = await self._read(plan, operation, planned, variables, context)
        if not introspected or answer.data == "null":
            return answer
        keys = list(operation.selection(variables).root(query))
        return self._with_introspection(answer, operation, keys, introspected, raw, context)

    async def _read(
        self,
        plan: Plan,
        operation: Operation,
        roots: Mapping[str, Details],
        variables: dict[str, Any],
        context: Context,
    ) -> Answer:
        asking = dataclasses.replace(await self._known_to(plan, context.asking), providers=self._providers)
        instant = RememberingInstant.of(asking.at) if asking.viewer is ANONYMOUS else None
        text = await plan.answer(self.readers, variables, asking, instant=instant)
        if not is_broken(text):
            return Answer(text, dependencies=None if instant is None else plan.dependencies.noticed(instant))
        # A promise of the schema was not kept. The same operation once more, with the type of every object, is
        # completed by the reference executor, which knows how far a null reaches and how to name the error.
        explicit = await self.documents.plan(operation, roots, variables, asking, explicit_types=True)
        text = await explicit.answer(self.readers, variables, asking)
        letter, _, rest = text.partition("{")  # Before what a subscription is told stands whether it goes on.
        data, errors = self._completion.complete(operation, variables, roots, "{" + rest)
        shown = [specified_error(error, code="INTERNAL", request_id=context.request_id) for error in errors]
        return Answer(letter.replace(BROKEN, "") + orjson.dumps(data).decode(), tuple(shown))

    async def _known_to(self, plan: Plan, asking: Asking) -> Asking:
        if not plan.needs_pseudonyms or not asking.viewer.signed_in or asking.pseudonyms:
            return asking
        return dataclasses.replace(asking, pseudonyms=await self._pseudonyms(asking.viewer))

    def _with_introspection(
        self,
        answer: Answer,
        operation: Operation,
        keys: Sequence[str],
        introspected: Mapping[str, Details],
        raw: Mapping[str, Any],
        context: Context,
    ) -> Answer:
        nodes = tuple(detail.node for details in introspected.values() for detail in details)
        asked = operation.with_selections(SelectionSetNode(selections=nodes))
        document = DocumentNode(definitions=(asked, *operation.fragment_definitions))
        result = execute_sync(self.documents.schema, document, variable_values=dict(raw))
        errors = tuple(
            specified_error(error, code="BAD_USER_INPUT", request_id=context.request_id)
            for error in result.errors or ()
        )
        if result.data is None:
            return Answer("null", (*answer.errors, *errors))
        found = {**orjson.loads(answer.data), **result.data}
        in_order = {key: found[key] for key in keys}
        return Answer(orjson.dumps(in_order).decode(), (*answer.errors, *errors), answer.dependencies)

    # ---- following ---------------------------------------------------------------------------------------------

    async def state(self, operation: Operation, variables: dict[str, Any], context: Context) -> tuple[Answer, bool]:
        """Read what a subscription follows, as it is now, and whether it goes on."""
        root = self.documents.schema.subscription_type
        assert root is not None  # noqa: S101 - every schema has one
        roots = operation.selection(variables).root(root)
        if not roots:  # It was left out by `@skip`.
            return Answer("{}"), False
        plan = await self.documents.plan(operation, roots, variables, context.asking)
        found = await self._read(plan, operation, roots, variables, context)
        return dataclasses.replace(found, data=found.data[1:]), found.data[0] == GOES_ON

    # ---- writing -----------------------------------------------------------------------------------------------

    async def _mutation(self, operation: Operation, variables: dict[str, Any], context: Context) -> Answer:
        schema = self.documents.schema
        mutation = schema.mutation_type
        assert mutation is not None  # noqa: S101 - the schema has one
        selection = Selection(schema, operation.node, operation.fragments, variables)
        parts: list[str] = []
        for key, details in selection.root(mutation).items():
            name = name_of(details)
            if name == "__typename":
                parts.append(f'"{key}":"{mutation.name}"')
                continue
            try:
                text = await self._act(operation, selection, mutation, key, details, variables, context)
            except Refusal:
                raise
            except (OutcomeUnknown, Busy) as error:
                shown = not_carried_out(error, context.asking.languages, request_id=context.request_id, path=[key])
                return Answer("null", (shown,))
            except Exception as error:  # noqa: BLE001 - a surprise in one act must not hide what was done before it
                shown = masked(error, context.asking.languages, request_id=context.request_id, path=[key])
                return Answer("null", (shown,))
            parts.append(f'"{key}":{text}')
        return Answer("{" + ",".join(parts) + "}")

    async def _act(
        self,
        operation: Operation,
        selection: Selection,
        mutation: GraphQLObjectType,
        key: str,
        details: Details,
        variables: dict[str, Any],
        context: Context,
    ) -> str:
        name = name_of(details)
        field = mutation.fields[name]
        payload = get_named_type(field.type)
        arguments = get_argument_values(field, details[0].node, VariableValues({}, variables))
        own = dataclasses.replace(context, operation=name)
        info = _info(selection, mutation, field, key, details, variables, own)

        async def act() -> Written:
            assert field.resolve is not None  # noqa: S101 - every mutation has a resolver
            with step("change"):
                written: Written = await field.resolve(None, info, **arguments)
            return written

        try:
            written = await retrying(act)
        except Replayed as replayed:
            results = dict(replayed.results)
            written = Written(results, results.pop("event", None))
        except Refusal as refusal:
            current().refusals.append(refusal.code)
            written = Written(errors=tuple(user_errors(refusal, context.asking.languages)))
        if written.errors:
            return _refused(selection, payload, details, written)
        plan = self._payload_plan(operation, selection, payload, key, details, variables, written, context.asking)
        asking = await self._known_to(plan, context.asking)
        given = {**written.results, "event": written.event, "told": written.told}
        return await plan.answer(self.readers, given, asking)

    def _payload_plan(
        self,
        operation: Operation,
        selection: Selection,
        payload: GraphQLObjectType,
        key: str,
        details: Details,
        variables: Mapping[str, Any],
        written: Written,
        asking: Asking,
    ) -> Plan:
        part = ("payload", key, tuple(sorted(written.results)), tuple(sorted(written.told)))
        _, plan = operation.known_plan(part, variables, asking)
        if plan is None:
            weaver = self.documents.weaver(operation, variables, asking)
            plan = self.documents.finished(weaver, _payload(weaver, payload, details, written))
            operation.keep(part, variables, asking, weaver.probes, plan)
        return plan


def _info(
    selection: Selection,
    mutation: GraphQLObjectType,
    field: Any,
    key: str,
    details: Details,
    variables: dict[str, Any],
    context: Context,
) -> GraphQLResolveInfo[Context]:
    return GraphQLResolveInfo(
        field_name=name_of(details),
        field_nodes=[detail.node for detail in details],
        return_type=field.type,
        parent_type=mutation,
        path=Path(None, key, mutation.name),
        schema=selection.schema,
        fragments={name: fragment.definition for name, fragment in selection.fragments.items()},
        root_value=None,
        operation=selection.operation,
        variable_values=VariableValues({}, variables),
        context=context,
        is_awaitable=is_awaitable,
        abort_signal=None,
        # No resolver of a mutation gathers by graphql-core's own means.
        async_helpers=None,  # type: ignore[arg-type]
    )


def _refused(selection: Selection, payload: GraphQLObjectType, details: Details, written: Written) -> str:
    """A payload that says why nothing was done."""
    shown: dict[str, Any] = {}
    for key, sub in selection.fields(payload, details).items():
        name = name_of(sub)
        if name == "__typename":
            shown[key] = payload.name
        elif name == "errors":
            shown[key] = Projection(selection, payload.fields[name].type, sub).of(list(written.errors))
        else:
            shown[key] = None
    return orjson.dumps(shown).decode()


def _payload(weaver: Weaver, payload: GraphQLObjectType, details: Details, written: Written) -> Template:
    parts: list[Any] = ["{"]
    for i, (key, sub) in enumerate(weaver.selection.fields(payload, details).items()):
        name = name_of(sub)
        parts.append(f'{"," if i else ""}"{key}":')
        match name:
            case "__typename":
                parts.append(f'"{payload.name}"')
            case "errors":
                parts.append("[]")
            case "event":
                event = weaver.binds.value(BigInteger(), lambda given: given["event"])
                parts.append(or_null(cast(event, Text)))
            case _:
                field = payload.fields[name]
                parts.append(_read_back(weaver, field, python_name(field), sub, written))
    return Template(*parts, "}")


def _read_back(weaver: Weaver, field: Any, name: str, details: Details, written: Written) -> Any:
    if name in written.told:
        return weaver.binds.value(Text(), lambda given: orjson.dumps(given["told"][name]).decode())
    if name not in written.results:
        return "null"
    type_ = get_named_type(field.type)
    readable = readables[type_.name]
    column = getattr(readable.model, readable.key)

    def found(given: Mapping[str, Any]) -> Any:
        return UUID(given[name]) if column.type.python_type is UUID else given[name]

    bound = weaver.binds.value(column.type, found)
    text = weaver.one(type_, lambda target: getattr(target, readable.key) == bound, details)
    return weaver.kept(text, nullable=not isinstance(field.type, GraphQLNonNull))
