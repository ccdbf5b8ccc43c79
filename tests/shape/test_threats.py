"""What is said to be defended has the tests that are named for it."""

from __future__ import annotations

import ast
import re

from tests.shape.project import ROOT, tree

THREATS = (ROOT / ".github" / "threats.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| T(\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_threat_has_a_test_or_a_reason() -> None:
    rows = ROW.findall(THREATS)
    assert [int(number) for number, _, _ in rows] == list(range(1, 27))
    assert [number for number, _, tests in rows if not NAMED.search(tests) and "– " not in tests] == []


def test_the_tests_that_are_named_exist() -> None:
    named = NAMED.findall(THREATS)
    there = {
        (path, node.name)
        for path in {path for path, _ in named}
        for node in ast.walk(tree(ROOT / path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert sorted(set(named) - there) == []
