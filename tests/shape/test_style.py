"""Style: the linters run clean, files are short and well named, nothing names a machine or an address."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

import pytest
from sqlalchemy import inspect

from tests.shape.project import NOTHING, PACKAGES, ROOT, exceptions, files, module_name, relative, tree
from tests.shape.rules import MODELS

MOST_LINES = 350

LONGER = {
    "tests/reading/operations.py": "One grammar of random operations.",
    "tests/reading/worlds.py": "One random world, of every kind of thing.",
    "tests/reading/study_fields.py": "Everything that is asked of studies, said a second time.",
    "tests/sessions/test_voting.py": "One vote, in every way that it can go.",
    "tests/database/test_server.py": "One server in every state that it can be found in.",
}
"""Files that are longer than a thought should be."""

NOT_CODE = {"hub/database/migrations/versions"}
"""What Alembic wrote, once."""

UNNAMED = {
    "utils",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "managers",
    "service",
    "services",
    "base",
}
NAMED_ALL_THE_SAME = {"hub/database/base.py": "The base of every table."}

LOCAL_PATH = re.compile(r"(?<![\w./:<>{$])/(?:work|root|home|opt|Users)/\w")
HOST = re.compile(r"(?:https?|ftp)://(?:[^\s/@]+@)?([a-z0-9.-]+)", flags=re.IGNORECASE)

ADDRESSES = {
    "127.0.0.1": "This machine.",
    "compdemocracy.org": "Whom a shipped conversation is owed to.",
    "docs.astral.sh": "The README points at uv.",
    "keepachangelog.com": "The form of the changelog.",
    "schemas.openid.net": "The name of an event in a logout token.",
    "schema.org": "In whose words data are described to programs that gather them.",
    "semver.org": "The form of the version.",
    "www.popoloproject.com": "Whose form a file has.",
    "www.apache.org": "The licence's own text.",
    "www.infoem.org.mx": "What a shipped record gives as an organisation's website.",
}
"""Hosts that a file may name. Nothing is downloaded from any of them."""

NOBODYS = re.compile(r"(?:^|\.)(?:example|internal|invalid|test|example\.(?:org|com))$")
"""Names that are kept for examples, for tests, and for what never leaves a machine."""

TELLING_THE_TIME = {
    "datetime.now",
    "dt.datetime.now",
    "dt.date.today",
    "date.today",
    "dt.datetime.utcnow",
    "time.time",
    "time.time_ns",
    "func.now",
    "func.current_timestamp",
    "func.current_date",
}

CLOCKS = {
    "hub.clock: dt.datetime.now": "The clock.",
    "hub.logs: time.time_ns": "A line of the log says when it was really written.",
    "hub.database.base: time.time_ns": "An identifier sorts by when it was really made.",
    "frontend_stub.writing: dt.datetime.now": "A page tells how much time is left from when it is made.",
}

TEXTS = {"", ".py", ".toml", ".md", ".yml", ".json", ".graphql", ".txt", ".mako", ".html", ".css", ".js"}


@pytest.mark.parametrize(
    "tool",
    [
        ["ruff", "check"],
        ["ruff", "format", "--check"],
        ["mypy"],
        ["mypy", "-p", "tests.shape"],
    ],
    ids=" ".join,
)
def test_the_linters_run_clean(tool: list[str]) -> None:
    """What a reviewer need not look for."""
    ran = subprocess.run([sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-1000:]


def test_files_are_short() -> None:
    """One thought each."""
    code = [path for path in files(".py") if not any(relative(path).startswith(name) for name in NOT_CODE)]
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in code}
    assert exceptions({name for name, lines in lengths.items() if lines > MOST_LINES}, LONGER) == NOTHING


def test_files_are_named_after_what_they_hold() -> None:
    """A name that fits everything says nothing."""
    words = {relative(path): {*path.relative_to(ROOT).with_suffix("").parts} for path in files(".py")}
    nameless = {name for name, found in words.items() if found & UNNAMED}
    assert exceptions(nameless, NAMED_ALL_THE_SAME) == NOTHING


def test_no_file_names_this_machine() -> None:
    """A path that is true on one machine only."""
    found = {
        f"{relative(path)}:{number}"
        for path in files()
        if path.suffix in TEXTS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if LOCAL_PATH.search(line)
    }
    assert found == set()


def test_no_file_names_an_address_to_download_from() -> None:
    """Everything comes through a package registry by name, or lies in the checkout."""
    found = {
        host
        for path in files()
        if path.suffix in TEXTS and not _is_data(path.name)
        for host in HOST.findall(path.read_text(encoding="utf-8"))
        if not NOBODYS.search(host)
    }
    assert exceptions(found, ADDRESSES) == NOTHING


def _is_data(name: str) -> bool:
    return name.endswith((".csv", ".csv.gz", ".json.gz"))


def test_a_hidden_query_is_an_error() -> None:
    """Every relationship is loaded where the code says so, or not at all."""
    lazy = [
        f"{model.__name__}.{relation.key}"
        for model in MODELS
        for relation in inspect(model).relationships
        if relation.lazy not in ("raise", "raise_on_sql")
    ]
    assert lazy == []


def test_only_the_clock_knows_the_time() -> None:
    """The instant of a request is taken once, from `hub.clock`, which tests can stop; SQL never asks for it."""
    asked = {
        f"{module_name(path)}: {ast.unparse(node.func)}"
        for path in files(".py", under=PACKAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in TELLING_THE_TIME
    }
    assert exceptions(asked, CLOCKS) == NOTHING


def test_a_silenced_linter_says_which_rule_and_why() -> None:
    """A `noqa` or `type: ignore` names its code."""
    bare = re.compile(r"#\s*(?:noqa(?!: [A-Z]+\d)|type:\s*ignore(?!\[))")
    found = [
        f"{relative(path)}:{number}"
        for path in files(".py")
        if path.name != "test_style.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if bare.search(line)
    ]
    assert found == []


def test_every_package_has_its_glossary_entry() -> None:
    """The docstring of a package says what its word means."""
    entries = files(".py", under=PACKAGES)
    silent = [
        relative(path)
        for path in entries
        if path.name == "__init__.py" and "migrations" not in path.parts and not ast.get_docstring(tree(path))
    ]
    assert silent == []
