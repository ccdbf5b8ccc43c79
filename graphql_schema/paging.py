"""Connections: the shape of every list that can grow (GraphQL Cursor Connections Specification)."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

import strawberry

T = TypeVar("T")


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    """Where a page lies in its list."""

    has_next_page: bool = strawberry.field(description="Whether there are items after this page.")
    has_previous_page: bool = strawberry.field(description="Whether there are items before this page.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first item; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last item; null on an empty page.")


@strawberry.type(description="An item of a list and its place in it.")
class Edge(Generic[T]):
    """An item of a list and its place in it."""

    cursor: str = strawberry.field(description="The opaque name of this place, for `after` and `before`.")
    node: T = strawberry.field(description="The item.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    """A page of a list."""

    edges: list[Edge[T]] = strawberry.field(description="The items of this page with their cursors.")
    nodes: list[T] = strawberry.field(description="The items of this page.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the list.")
    total_count: int = strawberry.field(description="How many items the whole list has; counted only when asked for.")


def argument(type_: Any, description: str) -> Any:
    """Return an argument's annotation with its description."""
    return Annotated[type_, strawberry.argument(description=description)]


PAGE_ARGUMENTS = {
    "first": (
        int | None,
        "How many items from the start, 1 to 100; 20 if neither `first` nor `last` is given.",
    ),
    "after": (str | None, "Only items after this cursor; goes with `first`."),
    "last": (int | None, "How many items from the end, 1 to 100."),
    "before": (str | None, "Only items before this cursor; goes with `last`."),
}


class ReadByThePlanner(AssertionError):
    """A field that is always planned was asked of the executor."""


def connected(description: str, *, filter: Any = None, order: Any = None) -> Any:  # noqa: A002 - the argument's name
    """Return a field that is a page of a list; the planner answers it."""
    arguments = {name: argument(type_, words) for name, (type_, words) in PAGE_ARGUMENTS.items()}
    if filter is not None:
        arguments["filter"] = argument(filter | None, "Only items of which all of this is true.")
    if order is not None:
        arguments["order_by"] = argument(order | None, "The order of the list.")
    return strawberry.field(resolver=_planned(arguments), description=description)


def asked(description: str, **arguments: Any) -> Any:
    """Return a field with arguments of its own (annotations by name); the planner answers it."""
    return strawberry.field(resolver=_planned(arguments, required=True), description=description)


def followed(description: str, **arguments: Any) -> Any:
    """Return a field of a subscription with arguments of its own; the planner reads it again and again."""
    return strawberry.subscription(resolver=_planned(arguments, required=True), description=description)


def _planned(arguments: dict[str, Any], *, required: bool = False) -> Callable[..., Any]:
    def resolver(**given: Any) -> Any:
        raise ReadByThePlanner

    def default(annotation: Any) -> Any:
        optional = not required or type(None) in getattr(annotation.__origin__, "__args__", ())
        return None if optional else inspect.Parameter.empty

    resolver.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=type_, default=default(type_))
            for name, type_ in arguments.items()
        ]
    )
    resolver.__annotations__ = dict(arguments)
    return resolver
