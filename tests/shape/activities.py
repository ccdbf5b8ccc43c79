"""The activities as the guards see them: functions that take a change, and what each of them calls."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tests.shape.project import ROOT, files, module_name, tree

CONCEPTS = sorted(path.parent.name for path in (ROOT / "hub").glob("*/models.py") if path.parent.name != "changes")
"""The packages of the hub that keep something of their own. The log is the mechanism that they write by."""

RECORDS = {"record", "bear", "move", "record_move"}
"""The methods of a change that record a fact."""

NONE: AbstractSet[str] = frozenset()

Node = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Function:
    """A function at the top of a module, or a method, with the names that its body calls."""

    module: str
    name: str
    node: Node
    known: dict[str, str] = field(repr=False)
    """The full names of what the module defines and imports, by the names that it uses."""

    @property
    def full_name(self) -> str:
        """Its name with its module's."""
        return f"{self.module}.{self.name}"

    @property
    def parameters(self) -> list[str]:
        """The annotations of its parameters."""
        arguments = [*self.node.args.posonlyargs, *self.node.args.args, *self.node.args.kwonlyargs]
        return [ast.unparse(argument.annotation) for argument in arguments if argument.annotation is not None]

    @cached_property
    def calls(self) -> set[str]:
        """The full names of everything that its body names, whether called here or handed on to be called."""
        return set(self._names())

    @cached_property
    def methods(self) -> set[str]:
        """The names of the methods that its body calls on a change."""
        called = [node.func for node in ast.walk(self.node) if isinstance(node, ast.Call)]
        attributes = [target for target in called if isinstance(target, ast.Attribute)]
        return {target.attr for target in attributes if ast.unparse(target.value) in ("change", "self.change")}

    def _names(self) -> Iterator[str]:
        for node in ast.walk(self.node):
            if isinstance(node, ast.Name) and node.id in self.known:
                yield self.known[node.id]
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in self.known:
                yield f"{self.known[node.value.id]}.{node.attr}"

    @property
    def is_activity(self) -> bool:
        """Whether it acts on a change and may be called from elsewhere."""
        public = not self.name.rpartition(".")[2].startswith("_")
        return public and isinstance(self.node, ast.AsyncFunctionDef) and "Change" in self.parameters


class Functions:
    """Every function of some packages, and who calls whom."""

    def __init__(self, paths: Iterable[Path]) -> None:
        found = [function for path in paths for function in _functions(path)]
        self.by_name = {function.full_name: function for function in found}

    def reaches(self, start: Function, *, ends: AbstractSet[str] = NONE, methods: AbstractSet[str] = NONE) -> bool:
        """Whether a function, or one that it calls, calls one of these functions or methods of a change."""
        waiting, seen = [start], {start.full_name}
        while waiting:
            function = waiting.pop()
            if function.calls & ends or function.methods & methods:
                return True
            further = [self.by_name[name] for name in function.calls if name in self.by_name and name not in seen]
            seen |= {found.full_name for found in further}
            waiting += further
        return False

    def callers(self, name: str) -> list[Function]:
        """Return who calls a function."""
        return [function for function in self.by_name.values() if name in function.calls and function.full_name != name]


def _functions(path: Path) -> Iterator[Function]:
    module, parsed = module_name(path), tree(path)
    known = {node.name: f"{module}.{node.name}" for node in parsed.body if isinstance(node, Node | ast.ClassDef)}
    for node in ast.walk(parsed):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            known |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    for node in parsed.body:
        if isinstance(node, Node):
            yield Function(module, node.name, node, known)
        elif isinstance(node, ast.ClassDef):
            inner = [part for part in node.body if isinstance(part, Node)]
            yield from (Function(module, f"{node.name}.{part.name}", part, known) for part in inner)


def functions() -> Functions:
    """Return every function of the hub and of its schema."""
    return Functions(files(".py", under=["hub", "graphql_schema"]))


def activity_files() -> list[Path]:
    """Return the files that are named after an activity: gerunds, in a concept's folder."""
    found = [path for name in CONCEPTS for path in sorted((ROOT / "hub" / name).glob("*ing.py"))]
    return [path for path in found if path.stem != "reading"]
