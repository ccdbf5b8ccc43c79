"""The README tells the truth: its commands are the ones that run, its tables are the code's, its queries are valid."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from graphql import parse, validate

from graphql_schema.schema import graphql
from tests.shape.project import ROOT
from tests.shape.tables import settings_table, written

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
LINES = [block.strip() for block in BLOCKS if block.count("\n") == 1]

INSTALLED = "{venv} && {install} -r .ci/{lock} && {install} --no-deps -e . && {then}"
PIP = {"venv": "python3 -m venv .venv", "install": ".venv/bin/pip install -q"}
UV = {"venv": "uv venv -q --allow-existing .venv", "install": "uv pip install -q --python .venv"}
DEMO = {"lock": "requirements.txt", "then": ".venv/bin/hub demo"}
SUITE = {"lock": "requirements-test.txt", "then": ".venv/bin/python -m pytest"}
NIGHTLY = ".venv/bin/python -m pytest -m nightly"


def test_the_two_commands_are_lines_that_stand_alone() -> None:
    """Each makes the environment, installs the locked packages and runs; the uv form stands beside it."""
    wanted = [INSTALLED.format(**installer, **work) for installer in (PIP, UV) for work in (DEMO, SUITE)]
    assert LINES[:5] == [*wanted, NIGHTLY]


def test_ci_runs_the_suite_by_the_same_line() -> None:
    """What everybody can run is what must pass; the suite's exit code is the script's, since nothing comes after it."""
    script = ROOT / ".ci" / "run"
    lines = [line for line in script.read_text(encoding="utf-8").splitlines() if line]
    assert lines[-1] == INSTALLED.format(**PIP, **SUITE)
    assert "set -euo pipefail" in lines
    assert "export CI=true" in lines
    assert os.access(script, os.X_OK)


def test_tables_are_those_of_the_code() -> None:
    """Settings and commands are told as the code tells them; `python -m tests.shape.tables` writes them."""
    assert written(README) == README
    assert [README.count(f"<!-- {name} -->") for name in ("settings", "commands")] == [1, 1]


def test_every_setting_describes_itself() -> None:
    """The descriptions are what the README shows."""
    assert [row for row in settings_table() if "None" in row] == []


def test_the_operations_to_paste_are_valid() -> None:
    """A query, a mutation and a subscription, as they would be sent."""
    pasted = [block for block in BLOCKS if block.startswith("curl")]
    kinds = []
    for block in pasted:
        body = re.search(r"\{.*\}", block[block.index("\n") :], flags=re.DOTALL)
        assert body is not None
        unquoted = "<<'JSON'" not in block
        text = body.group().replace("\\$", "$") if unquoted else body.group()
        document = parse(json.loads(text)["query"])
        assert validate(graphql, document) == []
        kinds.append(document.definitions[0].operation.value)  # type: ignore[attr-defined]
        # In a text that the shell reads, what GraphQL calls by a dollar must be kept from it.
        assert not unquoted or not re.search(r"(?<!\\)\$(?!TOKEN|CONSULTATION|REVISION|NOTICE)", block)
    assert kinds == ["query", "mutation", "subscription"]
    (script,) = re.findall(r"^```js\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
    asked = re.search(r'"(subscription .*)"', script)
    assert asked is not None
    assert validate(graphql, parse(asked[1])) == []


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CHANGELOG.md",
        ".github/CONTRIBUTING.md",
        *(f".github/decisions/{p.name}" for p in sorted((ROOT / ".github" / "decisions").glob("*.md"))),
    ],
)
def test_links_and_folders_are_there(name: str) -> None:
    """What a text points at exists."""
    path = ROOT / name
    text = path.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []
    folders = re.findall(r"`((?:hub|graphql_schema|tests|\.github|\.ci)/[\w./-]*)`", text)
    assert [folder for folder in folders if not (ROOT / folder).exists()] == []


def test_the_map_names_every_concept() -> None:
    """A folder of the hub is in the map."""
    tree = README.partition("## The map")[2].partition("## How to add")[0]
    folders = {path.parent.name for path in (ROOT / "hub").glob("*/__init__.py")}
    unnamed = {name for name in folders if f"{name}/" not in tree}
    assert unnamed == set()


def test_the_glossary_is_in_order() -> None:
    """A word is found where it is looked for."""
    rows = README.partition("## Glossary")[2].partition("## Data")[0].splitlines()
    words = [row.split("|")[1].strip() for row in rows if row.startswith("| ")][1:]
    assert words == sorted(words)


def test_decisions_are_numbered() -> None:
    """One after the other, each with its question in the title."""
    names = [path.name for path in sorted(Path(ROOT / ".github" / "decisions").glob("*.md"))]
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
