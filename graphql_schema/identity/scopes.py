"""Scopes as callers write them."""

from __future__ import annotations

from collections.abc import Sequence

from hub.errors import Problem
from hub.viewer import Scope

SCOPES = {scope.value: scope for scope in Scope}


def read_scopes(given: Sequence[str]) -> tuple[list[Scope], tuple[Problem, ...]]:
    """Return the scopes that are meant, and what is wrong with the others."""
    unknown = tuple(Problem("UNKNOWN_SCOPE", ("scopes", str(n))) for n, name in enumerate(given) if name not in SCOPES)
    return [SCOPES[name] for name in given if name in SCOPES], unknown
