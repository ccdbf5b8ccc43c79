"""Questions about the schema itself, alone and among others."""

from __future__ import annotations

from graphql import build_client_schema, get_introspection_query, lexicographic_sort_schema, print_schema

from graphql_schema.schema import graphql
from tests.talking import Talking


async def test_the_standard_query_of_tools_is_answered(hub: Talking) -> None:
    query = get_introspection_query(specified_by_url=True, directive_is_repeatable=True, input_value_deprecation=True)
    data = await hub.ask(query)
    seen = print_schema(lexicographic_sort_schema(build_client_schema(data)))
    assert seen == print_schema(lexicographic_sort_schema(graphql))


async def test_it_costs_no_statement(hub: Talking) -> None:
    with hub.counting() as counted:
        await hub.ask("{ __schema { queryType { name } } }")
    assert counted == [0]


async def test_it_stands_among_other_fields_in_the_order_of_the_selection(hub: Talking) -> None:
    text = """
    query Q($name: String!, $skipped: Boolean!) {
      ...Late
      first: viewer { signedIn }
      about: __type(name: $name) { kind name }
      unseen: __type(name: $name) @skip(if: $skipped) { name }
      __typename
      last: territories { totalCount }
    }
    fragment Late on Query { whole: __schema { mutationType { name } } before: bodies { totalCount } }
    """
    data = await hub.ask(text, {"name": "Role", "skipped": True})
    assert list(data.items()) == [
        ("whole", {"mutationType": {"name": "Mutation"}}),
        ("before", {"totalCount": 0}),
        ("first", {"signedIn": False}),
        ("about", {"kind": "ENUM", "name": "Role"}),
        ("__typename", "Query"),
        ("last", {"totalCount": 0}),
    ]


async def test_an_unknown_type_is_null(hub: Talking) -> None:
    assert await hub.ask('{ a: __type(name: "Nothing") { name } }') == {"a": None}
