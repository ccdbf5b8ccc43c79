"""Trusting documents: those that lie in an installation's folders are known by the hash of their text.

A client that knows one sends `documentId: "sha256:…"` instead of the document; an installation may take nothing else
from callers without a token. Their operations are the only ones whose names enter the log.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from graphql import GraphQLSchema

from graphql_schema.planning.documents import Document
from graphql_schema.planning.parsing import InvalidDocument, parsed
from graphql_schema.receiving import Rejected, Request
from hub.errors import BadRequest, SetupError

ALGORITHM = "sha256:"


def id_of(text: str) -> str:
    """Return what a document of this text is called."""
    return ALGORITHM + hashlib.sha256(text.encode()).hexdigest()


class TrustedDocuments:
    """The documents of some folders, read once."""

    def __init__(self, schema: GraphQLSchema, folders: Iterable[Path] = ()) -> None:
        self._texts: dict[str, str] = {}
        self.names: set[str] = set()
        """The names of their operations."""
        for folder in folders:
            for file in _files(folder):
                text = _text(file)
                self._texts[id_of(text)] = text
                self.names |= _names(schema, text, file)

    def __len__(self) -> int:
        return len(self._texts)

    def text(self, request: Request) -> str:
        """Return the document of a request; Rejected where it is not known, or is not the one that is named."""
        if request.document_id is None:
            assert request.query is not None  # noqa: S101 - a request without either was none
            return request.query
        if request.query is not None:
            if id_of(request.query) != request.document_id.lower():
                raise Rejected(400, "DOCUMENT_DIFFERS")
            return request.query
        text = self._texts.get(request.document_id.lower())
        if text is None:
            raise Rejected(400, "DOCUMENT_UNKNOWN")
        return text

    def holds(self, text: str) -> bool:
        """Whether this is the text of one of them."""
        return id_of(text) in self._texts


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise SetupError(f"HUB_DOCUMENTS: there is no folder {folder}.")
    return sorted(folder.rglob("*.graphql"))


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise SetupError(f"HUB_DOCUMENTS: {file} is not written in UTF-8.") from None


@lru_cache(maxsize=1024)
def _names(schema: GraphQLSchema, text: str, file: Path) -> frozenset[str]:
    try:
        document = Document(schema, text, parsed(text))
    except (InvalidDocument, BadRequest) as error:
        raise SetupError(f"HUB_DOCUMENTS: the hub cannot run {file}: {error}.") from None
    return frozenset(name for name in document.operations if name is not None)
