"""Answering people by the command line; and a backup that is older than an erasure brings nobody back."""

from __future__ import annotations

import stat
import time
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from hub.__main__ import app
from hub.database.address import ask
from hub.database.server import database_at
from tests.journeys.installation import Installation
from tests.personal_data.acting import read

NOBODY = "01a20aa3-e19c-7ec1-b6ef-1cd129469142"


def names(installation: Installation) -> list[Any]:
    """Return whom the database knows."""
    with database_at(installation.settings, owner=False, say=lambda words: None) as url:
        return [row["display_name"] for row in ask(url, "SELECT display_name FROM person ORDER BY display_name")]


def account_of(installation: Installation, name: str) -> str:
    """Make somebody, as an operator does, and return the id of their account."""
    return installation.run("token", "create", "--person", name).err.split()[1].rstrip(";")


def test_people_who_ask_are_told_and_erased_and_no_backup_brings_them_back(
    installation: Installation, home: Path
) -> None:
    ana, _luis = account_of(installation, "Ana Robles"), account_of(installation, "Luis Pech")
    copy, backup = home / "ana.zip", home / "backup"
    assert f"All about {ana} is in {copy}" in installation.said("person", "export", ana, str(copy))
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    archive = read(copy.read_bytes())
    assert archive.data["sections"]["person"][0]["displayName"] == "Ana Robles"
    assert "Luis" not in archive.whole
    assert "exists already" in installation.refused("person", "export", ana, str(copy))
    nowhere = str(home / "nowhere" / "ana.zip")
    assert "cannot be written" in installation.refused("person", "export", ana, nowhere)
    installation.said("backup", str(backup))

    said = installation.said("person", "erase", ana, "--yes", "--contributions", "removed")
    assert said.startswith(f"{ana} is erased.\n- ")
    assert names(installation) == ["Luis Pech"]
    for command in (("erase", ana, "--yes"), ("export", ana, str(home / "again.zip")), ("erase", NOBODY, "--yes")):
        assert "nothing with this id (account)" in installation.refused("person", *command, status=1)
    log = installation.said("log")
    # The copy that could not be written was not told, and the log does not say that it was.
    types = [line.partition('"type":"')[2].partition('"')[0] for line in log.splitlines() if ana in line]
    assert types == ["AccountCreated", "TokenCreated", "PersonalDataCopied", "PersonErased", "PersonForgotten"]
    assert "Ana" not in log

    # Over the same database, whose own list is kept before it is replaced.
    settings = installation.settings
    settings.erasures_file.unlink()
    assert "older than their erasure: 1." in installation.said("restore", str(backup), "--replace")
    assert names(installation) == ["Luis Pech"]

    # Into a new cluster, with the keys and the list that were kept apart from the backup.
    kept = {"HUB_KEYS": str(settings.keys_file), "HUB_ERASURES": str(settings.erasures_file)}
    restored = Installation(home / "restored", **kept)
    assert "older than their erasure: 1." in restored.said("restore", str(backup))
    assert names(restored) == ["Luis Pech"]


def test_where_the_list_comes_later_the_hub_erases_again_when_it_serves(installation: Installation, home: Path) -> None:
    ana, backup = account_of(installation, "Ana Robles"), home / "backup"
    installation.said("backup", str(backup))
    installation.said("person", "erase", ana, "--yes")
    restored = Installation(home / "restored", HUB_KEYS=str(installation.settings.keys_file))
    assert "There is no list of erasures" in restored.said("restore", str(backup))
    assert names(restored) == ["Ana Robles"], "Without the list nobody knows that she is gone."
    list_ = home / "restored" / "erasures"
    list_.write_bytes(installation.settings.erasures_file.read_bytes())
    with restored.served():
        until = time.monotonic() + 30
        while names(restored) and time.monotonic() < until:
            time.sleep(0.2)
    assert names(restored) == []
    # A list of another hub is told from its own, and is not taken for one of people who came after the backup.
    list_.write_text("keys 00\n")
    others = Installation(home / "others", HUB_KEYS=str(installation.settings.keys_file), HUB_ERASURES=str(list_))
    assert "another key file" in others.said("restore", str(backup))


def test_somebody_is_found_by_their_address(installation: Installation) -> None:
    run = CliRunner().invoke(app, ["person", "find", "--stdin"], input="not an address\n", env=installation.environment)
    assert run.exit_code == 1
