"""Parsing: a document's text becomes a syntax tree, or words about why it is none."""

from __future__ import annotations

import re
from typing import Any

from graphql import DocumentNode, GraphQLError, IntValueNode, StringValueNode, Visitor, parse, visit

from graphql_schema.limits import MOST_LETTERS, MOST_TOKENS
from hub.errors import BadRequest
from hub.text import FORBIDDEN

LONG_NUMBER = re.compile(r"\d{400}")


class InvalidDocument(Exception):
    """The document cannot be run; `errors` say why, as the GraphQL specification words them."""

    def __init__(self, errors: list[GraphQLError], *, parsed: bool) -> None:
        super().__init__(errors[0].message)
        self.errors, self.parsed = errors, parsed


def parsed(text: str) -> DocumentNode:
    """Return the syntax tree of a document; InvalidDocument where it is none, or one that is too long."""
    if len(text) > MOST_LETTERS:
        long = f"Syntax Error: Document contains more than {MOST_LETTERS} characters. Parsing aborted."
        raise InvalidDocument([GraphQLError(long)], parsed=False)
    try:
        return parse(text, max_tokens=MOST_TOKENS)
    except GraphQLError as error:
        raise InvalidDocument([error], parsed=False) from None


def require_writable(text: str, tree: DocumentNode) -> None:
    """Refuse a document with a character that no text may hold, or a number that is longer than any."""
    # Without an escape, no string holds what the text does not.
    if (FORBIDDEN.search(text) or "\\" in text) and _holds_forbidden(tree):
        raise BadRequest("FORBIDDEN_CHARACTER")
    if LONG_NUMBER.search(text) and _holds_long_number(tree):
        raise InvalidDocument([GraphQLError("Syntax Error: A number has too many digits.")], parsed=False)


def _holds_long_number(tree: DocumentNode) -> bool:
    """Whether a number in the document has more digits than any number of ours; Python itself stops at some."""
    found = False

    class Numbers(Visitor):
        def enter_int_value(self, node: IntValueNode, *_: Any) -> None:
            nonlocal found
            found = found or LONG_NUMBER.search(node.value) is not None

    visit(tree, Numbers())
    return found


def _holds_forbidden(tree: DocumentNode) -> bool:
    """Whether a string in the document holds a character that no text may hold."""
    found = False

    class Strings(Visitor):
        def enter_string_value(self, node: StringValueNode, *_: Any) -> None:
            nonlocal found
            found = found or FORBIDDEN.search(node.value) is not None

    visit(tree, Strings())
    return found
