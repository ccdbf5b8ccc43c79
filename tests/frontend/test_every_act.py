"""Every act of the desk, held against the contract and the words: what it sends is what the hub takes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    get_named_type,
    is_required_input_field,
    parse,
)

from frontend_stub.acting import Act, Choice, Each, Group, Kept, Rows, Subject
from frontend_stub.acting.fields import Field
from frontend_stub.asking import document
from frontend_stub.languages import catalogue
from frontend_stub.pages.acting import SUBJECTS
from tests.shape.project import ROOT

ACTS = [(subject, name, act) for subject in SUBJECTS.values() for name, act in subject.acts.items()]


@pytest.fixture(scope="module")
def contract() -> GraphQLSchema:
    return build_schema((ROOT / "graphql_schema" / "schema.graphql").read_text(encoding="utf-8"))


def input_of(contract: GraphQLSchema, act: Act) -> GraphQLInputObjectType:
    """Return the input of the mutation that a document sends."""
    (operation,) = parse(document(act.document)).definitions
    assert isinstance(operation, OperationDefinitionNode)
    (field,) = operation.selection_set.selections
    found = get_named_type(contract.mutation_type.fields[field.name.value].args["input"].type)  # type: ignore[union-attr]
    assert isinstance(found, GraphQLInputObjectType)
    return found


def held_against(
    fields: Iterable[Field], taken: GraphQLInputObjectType, besides: set[str], *, loose: frozenset[str] = frozenset()
) -> list[str]:
    """Return where fields and an input disagree; what makes a row of each thing say something may be left out."""
    known = {field.name: field for field in fields}
    found = [f"{taken.name} takes no {name}." for name in known if name not in taken.fields]
    needed = {name for name, field in taken.fields.items() if is_required_input_field(field)} - besides
    found += [f"{taken.name} wants {name}." for name in needed - known.keys()]
    for name, field in known.items():
        if name not in taken.fields:
            continue
        given = taken.fields[name].type
        within = get_named_type(given)
        if field.optional and name in needed - loose:
            found.append(f"{taken.name}.{name} may not be left out.")
        many = isinstance(given.of_type if isinstance(given, GraphQLNonNull) else given, GraphQLList)
        if isinstance(field, Choice) and isinstance(within, GraphQLEnumType):
            codes = set(within.values)
            # Whoever convenes is one of the officers, though the enum has other roles.
            if set(field.codes) != codes and not (many and set(field.codes) < codes):
                found.append(f"{taken.name}.{name} chooses among {sorted(codes)}.")
        if isinstance(field, Group):
            assert isinstance(within, GraphQLInputObjectType)
            own = {field.key} if isinstance(field, Each) else set()
            first = frozenset({field.fields[0].name} if isinstance(field, Each) else ())
            found += held_against(field.fields, within, own, loose=first)
            if many != isinstance(field, Rows | Each):
                found.append(f"{taken.name}.{name} is {'' if many else 'not '}a list.")
    return found


def every(fields: Iterable[Field]) -> Iterable[Field]:
    for field in fields:
        yield field
        if isinstance(field, Group):
            yield from every(field.fields)


def seen(act: Act) -> Iterable[Field]:
    """What of a form somebody sees, and is told the name of."""
    return (field for field in every(act.fields) if not isinstance(field, Kept))


@pytest.mark.parametrize(("subject", "name", "act"), ACTS, ids=lambda value: getattr(value, "path", str(value)[:30]))
def test_an_act_sends_what_the_hub_takes(contract: GraphQLSchema, subject: Subject, name: str, act: Act) -> None:
    taken = input_of(contract, act)
    assert act.names in taken.fields
    assert held_against(act.fields, taken, {act.names}) == []


@pytest.mark.parametrize(("subject", "name", "act"), ACTS, ids=lambda value: getattr(value, "path", str(value)[:30]))
def test_an_act_and_all_that_it_asks_for_have_names(subject: Subject, name: str, act: Act) -> None:
    words = [f"act_name.{act.document}", f"act_means.{act.document}"]
    words += [f"act_sure.{act.document}"] if act.sure else []
    words += [f"act_field.{field.label or field.name}" for field in seen(act)]
    words += [
        f"{field.group}.{code}" for field in every(act.fields) if isinstance(field, Choice) for code in field.codes
    ]
    assert [key for key in words if key not in catalogue()] == []


def test_no_name_of_an_act_is_left_over() -> None:
    documents = {act.document for _, _, act in ACTS}
    said = {key.partition(".")[2] for key in catalogue() if key.startswith(("act_name.", "act_means.", "act_sure."))}
    fields = {field.label or field.name for _, _, act in ACTS for field in seen(act)}
    named = {key.partition(".")[2] for key in catalogue() if key.startswith(("act_field.", "act_hint."))}
    assert (said - documents, named - fields) == (set(), set())


@pytest.mark.parametrize(("subject", "name", "act"), ACTS, ids=lambda value: getattr(value, "path", str(value)[:30]))
def test_whoever_writes_anew_says_what_they_have_read(
    contract: GraphQLSchema, subject: Subject, name: str, act: Act
) -> None:
    based_on = [field for field in act.fields if field.name == "basedOn"]
    assert len(based_on) == ("basedOn" in input_of(contract, act).fields)
    assert all(isinstance(field, Kept) for field in based_on)
