"""Backing up and restoring, into real databases of one real server."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hub.database.address import ask, plain, without_password
from hub.database.backup import back_up, restore
from hub.database.server import own
from hub.errors import SetupError
from hub.settings import Settings

CONTENT = bytes(range(256)) * 5000


@pytest.fixture(scope="module")
def settings() -> Iterator[Settings]:
    folder = Path(tempfile.mkdtemp(prefix="hub-", dir="/tmp"))
    folder.chmod(0o755)
    yield Settings(data=folder / "data")
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server(settings: Settings) -> Iterator[str]:
    with own(settings) as url:
        yield url


@pytest.fixture
def database(server: str, request: pytest.FixtureRequest) -> Iterator[Callable[[str], str]]:
    """Make empty databases by name, beside the hub's own."""
    made: list[str] = []

    def make(name: str) -> str:
        ask(server, f"CREATE DATABASE {name}")
        made.append(name)
        return server.replace("/hub?", f"/{name}?")

    yield make
    for name in made:
        ask(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def filled(database: Callable[[str], str], tmp_path: Path) -> tuple[str, Path]:
    """A database with what the hub uses of PostgreSQL, and a folder of files."""
    url = database("filled")
    for statement in (
        "CREATE EXTENSION pg_trgm",
        "CREATE TYPE state AS ENUM ('draft', 'open')",
        "CREATE TABLE note (number int PRIMARY KEY, text text NOT NULL, state state NOT NULL)",
        "CREATE INDEX ON note USING gin (text gin_trgm_ops)",
        "CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT $1 * 2'",
        r"INSERT INTO note SELECT n, 'línea' || chr(10) || '\.' || n, 'open' FROM generate_series(1, 5000) n",
        "CREATE TABLE alembic_version (version_num text)",
        "INSERT INTO alembic_version VALUES ('0001')",
    ):
        ask(url, statement)
    files = tmp_path / "files"
    (files / "ab").mkdir(parents=True)
    (files / "ab" / "cdef ñ").write_bytes(CONTENT)
    (files / "empty").write_bytes(b"")
    return url, files


def rows(url: str) -> Any:
    return ask(url, "SELECT count(*), sum(twice(number)), md5(string_agg(text, ',' ORDER BY number)) FROM note")


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Copy an archive, with each part changed, or left out."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for entry in old:
            stream = old.extractfile(entry)
            assert stream is not None
            content = change(entry.name, stream.read())
            if content is not None:
                entry.size = len(content)
                new.addfile(entry, io.BytesIO(content))
    return target


@pytest.fixture
def archive(filled: tuple[str, Path], tmp_path: Path, settings: Settings) -> Path:
    url, files = filled
    back_up(url, files, tmp_path / "backup.tar", settings=settings)
    return tmp_path / "backup.tar"


def test_what_was_backed_up_comes_back_and_the_keys_are_spoken_of(
    filled: tuple[str, Path], database: Callable[[str], str], tmp_path: Path, settings: Settings
) -> None:
    url, files = filled
    target = tmp_path / "a backup.tar"
    said: list[str] = []
    back_up(url, files, target, settings=settings, say=said.append)
    with tarfile.open(target) as tar:
        parts = tar.getnames()
        manifest = json.load(tar.extractfile("manifest.json"))  # type: ignore[arg-type]  # it is there
    assert parts == ["database.dump", "files/empty", "files/ab/cdef ñ", "manifest.json"]
    assert manifest["revision"] == "0001"
    assert manifest["parts"]["files/ab/cdef ñ"]["size"] == len(CONTENT)
    assert target.stat().st_mode & 0o077 == 0
    again = database("again")
    restore(again, tmp_path / "restored" / "files", target, settings=settings, say=said.append)
    assert rows(again) == rows(url)
    assert tree(tmp_path / "restored" / "files") == tree(files)
    assert names(tmp_path / "restored") == ["files"]
    assert names(tmp_path) == ["a backup.tar", "files", "restored"]
    assert sum(str(settings.keys_file) in words and "not in the backup" in words for words in said) == 2


def test_a_database_without_files_or_tables_is_backed_up(
    database: Callable[[str], str], tmp_path: Path, settings: Settings
) -> None:
    url = database("bare").replace("postgresql:", "postgresql+asyncpg:")
    back_up(url, tmp_path / "files", tmp_path / "backup.tar", settings=settings)
    restore(url, tmp_path / "files", tmp_path / "backup.tar", settings=settings)
    assert tree(tmp_path / "files") == {}


def test_an_existing_backup_stays_unless_told_otherwise(
    filled: tuple[str, Path], tmp_path: Path, settings: Settings
) -> None:
    url, files = filled
    target = tmp_path / "backup.tar"
    target.write_text("of old")
    with pytest.raises(SetupError, match="exists already"):
        back_up(url, files, target, settings=settings)
    assert target.read_text() == "of old"
    back_up(url, files, target, settings=settings, overwrite=True)
    assert tarfile.is_tarfile(target)
    with pytest.raises(SetupError, match="There is no folder"):
        back_up(url, files, tmp_path / "nowhere" / "backup.tar", settings=settings)


def test_a_backup_that_fails_leaves_nothing(filled: tuple[str, Path], tmp_path: Path, settings: Settings) -> None:
    url, files = filled
    ask(url, "ALTER TABLE note ENABLE ROW LEVEL SECURITY")
    ask(url, "CREATE ROLE reader LOGIN")
    ask(url, "GRANT SELECT ON note, alembic_version TO reader")
    try:
        as_reader = url.replace("hub@", "reader@")
        with pytest.raises(SetupError, match=r"(?s)could not be written out.*row-level security"):
            back_up(as_reader, files, tmp_path / "backup.tar", settings=settings)
    finally:
        ask(url, "REVOKE ALL ON note, alembic_version FROM reader")
        ask(url, "DROP ROLE reader")
    assert names(tmp_path) == ["files"]
    with pytest.raises(SetupError, match="cannot be read"):
        back_up(url.replace("/filled?", "/nowhere?"), files, tmp_path / "backup.tar", settings=settings)


def flipped(name: str, content: bytes) -> bytes:
    return content[:-10] + b"x" * 10 if name == "database.dump" else content


def without_file(name: str, content: bytes) -> bytes | None:
    return None if name == "files/empty" else content


def without_manifest(name: str, content: bytes) -> bytes | None:
    return None if name == "manifest.json" else content


def empty_manifest(name: str, content: bytes) -> bytes | None:
    return b"{}" if name == "manifest.json" else content


def of_the_future(name: str, content: bytes) -> bytes:
    return content.replace(b'"hub": "', b'"hub": "1') if name == "manifest.json" else content


def of_a_newer_server(name: str, content: bytes) -> bytes:
    return content.replace(b'"postgresql": 18', b'"postgresql": 19') if name == "manifest.json" else content


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (flipped, "damaged: database.dump"),
        (without_file, "damaged: files/empty"),
        (without_manifest, "its end is missing"),
        (empty_manifest, "not a whole backup"),
        (of_the_future, "made by hub 1"),
        (of_a_newer_server, "is of PostgreSQL 19, and this server is 18"),
    ],
)
def test_an_archive_that_is_not_whole_changes_nothing(
    filled: tuple[str, Path],
    archive: Path,
    tmp_path: Path,
    settings: Settings,
    change: Callable[[str, bytes], bytes | None],
    words: str,
) -> None:
    url, files = filled
    before = rows(url), tree(files)
    broken = rewritten(archive, tmp_path / "broken.tar", change)
    with pytest.raises(SetupError, match=words):
        restore(url, files, broken, settings=settings, replace=True)
    assert (rows(url), tree(files)) == before
    assert names(tmp_path) == ["backup.tar", "broken.tar", "files"]


def test_a_file_cut_off_or_of_another_kind_changes_nothing(
    filled: tuple[str, Path], archive: Path, tmp_path: Path, settings: Settings
) -> None:
    url, files = filled
    before = rows(url), tree(files)
    other = tmp_path / "other"
    for content in (
        b"",
        b"not a tar at all" * 100,
        archive.read_bytes()[:200_000],
        archive.read_bytes()[:512],
    ):
        other.write_bytes(content)
        with pytest.raises(SetupError, match="not a whole backup"):
            restore(url, files, other, settings=settings, replace=True)
    with pytest.raises(SetupError, match="There is no backup"):
        restore(url, files, tmp_path / "nowhere.tar", settings=settings)
    assert (rows(url), tree(files)) == before


@pytest.mark.parametrize("name", ["../escaped", "files/../../escaped", "/tmp/escaped", "notes"])
def test_an_archive_writes_nowhere_else(
    database: Callable[[str], str], tmp_path: Path, settings: Settings, name: str
) -> None:
    with tarfile.open(tmp_path / "evil.tar", "w") as tar:
        tar.addfile(tarfile.TarInfo(name))
    with pytest.raises(SetupError, match="unexpected entry"):
        restore(database("evil"), tmp_path / "files", tmp_path / "evil.tar", settings=settings)
    link = tarfile.TarInfo("files/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(tmp_path / "evil.tar", "w") as tar:
        tar.addfile(link)
    with pytest.raises(SetupError, match="unexpected entry"):
        restore(database("evil2"), tmp_path / "files", tmp_path / "evil.tar", settings=settings)
    assert names(tmp_path) == ["evil.tar"]


def test_what_is_there_stays_unless_it_is_to_be_replaced(
    filled: tuple[str, Path],
    archive: Path,
    database: Callable[[str], str],
    tmp_path: Path,
    settings: Settings,
) -> None:
    url, files = filled
    before = rows(url), tree(files)
    ask(url, "DELETE FROM note WHERE number > 10")
    ask(url, "CREATE SCHEMA later")
    ask(url, "CREATE TABLE later.than_the_backup AS SELECT FROM note")
    (files / "later").write_text("than the backup")
    changed = rows(url), tree(files)
    for target in (url, database("bare")):
        with pytest.raises(SetupError, match="not empty"):
            restore(target, files, archive, settings=settings)
    assert (rows(url), tree(files)) == changed
    restore(url, files, archive, settings=settings, replace=True)
    assert (rows(url), tree(files)) == before
    assert ask(url, "SELECT to_regnamespace('later') AS found")[0]["found"] is None
    back_up(url, files, tmp_path / "again.tar", settings=settings)
    once_more = database("once_more")
    restore(once_more, tmp_path / "more" / "files", tmp_path / "again.tar", settings=settings)
    assert rows(once_more) == before[0]


def test_a_restore_that_fails_in_the_middle_changes_nothing(
    filled: tuple[str, Path], tmp_path: Path, settings: Settings
) -> None:
    url, files = filled
    # A unique index that the rows break: the dump holds the rows first, so the restore fails near its end.
    ask(url, "CREATE TABLE doomed (number int)")
    ask(url, "INSERT INTO doomed VALUES (1), (1)")
    ask(url, "CREATE INDEX doomed_number ON doomed (number)")
    ask(url, "UPDATE pg_index SET indisunique = true WHERE indexrelid = 'doomed_number'::regclass")
    back_up(url, files, tmp_path / "backup.tar", settings=settings)
    (files / "later").write_text("than the backup")
    before = rows(url), tree(files)
    with pytest.raises(SetupError, match=r"(?s)nothing was changed.*doomed_number"):
        restore(url, files, tmp_path / "backup.tar", settings=settings, replace=True)
    assert (rows(url), tree(files)) == before
    assert names(tmp_path) == ["backup.tar", "files"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql+asyncpg://u@/db?host=h1:5432&host=h2",
            "postgresql://u@/db?host=h1,h2&port=5432,5432",
        ),
        (
            "postgresql://u:p%40@h/db?prepared_statement_cache_size=0&ssl=require",
            "postgresql://u:p%40@h/db?sslmode=require",
        ),
        (
            "postgresql://hub@/hub?host=/a%20b/socket&port=5432",
            "postgresql://hub@/hub?host=/a%20b/socket&port=5432",
        ),
    ],
)
def test_a_url_is_said_as_postgresql_reads_it(url: str, expected: str) -> None:
    assert plain(url) == expected


def test_a_password_is_not_shown_to_whoever_lists_processes() -> None:
    assert without_password("postgresql://u:p%40@h/db") == ("postgresql://u@h/db", {"PGPASSWORD": "p@"})
