"""The project as its guards see it: the files of the checkout and the modules in them."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGES = tuple(name for name in ("hub", "graphql_schema", "frontend_stub") if (ROOT / name / "__init__.py").exists())
"""What is installed. The front end appears when it is begun."""

MADE = {"__pycache__", "build", "dist", "node_modules", "venv"}
"""Folders that tools make and that no commit holds."""

KEPT_HIDDEN = {".ci", ".github", ".gitignore"}


def files(*suffixes: str, under: Collection[str] = ()) -> list[Path]:
    """Return the project's own files, by suffix and by top-level name where these are given."""
    tops = [ROOT / name for name in under] if under else sorted(ROOT.iterdir())
    found = [path for top in tops for path in _walk(top)]
    return [path for path in found if not suffixes or path.suffix in suffixes]


def _walk(path: Path) -> Iterator[Path]:
    hidden = path.name.startswith(".") and path.name not in KEPT_HIDDEN
    if hidden or path.name in MADE or path.name.endswith(".egg-info"):
        return
    if path.is_dir():
        for child in sorted(path.iterdir()):
            yield from _walk(child)
    else:
        yield path


def relative(path: Path) -> str:
    """Return a file's name as a reader of the project would say it."""
    return path.relative_to(ROOT).as_posix()


def module_name(path: Path) -> str:
    """Return the dotted name of a python file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules(*packages: str) -> dict[str, ast.Module]:
    """Return the syntax trees of packages, by module name."""
    return {module_name(path): tree(path) for path in files(".py", under=packages or PACKAGES)}


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(module: ast.Module) -> set[str]:
    """Return the dotted names that a module imports anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None and node.level == 0:
            found.add(node.module)
    return found


def exceptions(found: Collection[str], excepted: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return what breaks a rule without leave, and the leaves that nothing needs any more."""
    return sorted(set(found) - set(excepted)), sorted(set(excepted) - set(found))


NOTHING: tuple[list[str], list[str]] = ([], [])
"""No breach, and no leave without a need."""
