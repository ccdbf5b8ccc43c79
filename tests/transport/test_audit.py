"""The public audit of GraphQL over HTTP (npm `graphql-http`) finds nothing to say about a hub that serves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests import node
from tests.journeys.installation import Served

SOURCES = Path(__file__).parent / "npm"
CHECKS = 61


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> list[str | Path]:
    """The command that runs the audit, its packages installed beside it."""
    folder = tmp_path_factory.mktemp("audit") / "npm"
    shutil.copytree(SOURCES, folder)
    try:
        program = node.found()
        node.install(program, folder)
    except node.Missing as missing:
        if os.environ.get("CI"):
            pytest.fail(f"{missing}.")
        pytest.skip(f"{missing}.")
    return [program.node, folder / "audit.mjs"]


def test_every_check_of_the_public_audit_passes(
    audit: list[str | Path], live: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = subprocess.run([*audit, live.graphql], capture_output=True, text=True, timeout=300, check=True)
    results = json.loads(ran.stdout)
    found = Counter(result["status"] for result in results)
    with capsys.disabled():
        told = ", ".join(f"{number} {status}" for status, number in found.items())
        print(f"\ngraphql-http audit: {len(results)} checks: {told}")  # noqa: T201 - the summary is what it is run for
    assert [(r["name"], r["reason"]) for r in results if r["status"] != "ok"] == []
    assert len(results) == CHECKS


def test_the_lock_names_no_address() -> None:
    """What is installed is known by its hash; from where, whoever installs decides."""
    assert "://" not in (SOURCES / "package-lock.json").read_text(encoding="utf-8")
