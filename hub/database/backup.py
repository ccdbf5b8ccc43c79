"""Backing up and restoring: the database and the files in one archive. The keys are never in it.

Nothing is ever half-written: a backup gets its name when it is whole, and a restore is one transaction, begun
after every part of the archive was found to be what its manifest says.
"""

from __future__ import annotations

import importlib.metadata
import logging
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import asyncpg

from hub import clock
from hub.database import archive
from hub.database.address import ask, without_password
from hub.database.binaries import client, environment
from hub.database.locks import Say
from hub.errors import SetupError
from hub.settings import Settings

_log = logging.getLogger(__name__)

# What a person put into the database: tables, views, types and functions outside PostgreSQL's own schemas,
# but for those that belong to an extension.
SOMETHING_IS_THERE = """
SELECT EXISTS (
    SELECT FROM (
        SELECT 'pg_class'::regclass AS catalogue, oid, relnamespace AS schema FROM pg_class
        UNION ALL SELECT 'pg_type'::regclass, oid, typnamespace FROM pg_type
        UNION ALL SELECT 'pg_proc'::regclass, oid, pronamespace FROM pg_proc
    ) AS thing
    JOIN pg_namespace ON pg_namespace.oid = thing.schema
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
      AND NOT EXISTS (
          SELECT FROM pg_depend
          WHERE classid = thing.catalogue AND objid = thing.oid AND deptype = 'e'
      )
) AS value
"""

# As PostgreSQL itself makes the schema `public` in a new database; everything else goes, extensions included.
EMPTYING = """
SET lock_timeout = '30s';
DO $$
DECLARE name text;
BEGIN
    FOR name IN
        SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', name);
    END LOOP;
END $$;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
COMMENT ON SCHEMA public IS 'standard public schema';
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""

# Followers of the log may have read further than the backup reaches, and look for nothing before their position. So
# the positions that may have been given out since are never given again: what happens from now on comes after them.
# The step is what three days bring at the highest rate that was measured, and nine million of them fit.
GOING_ON = """
DO $$
DECLARE positions text;
BEGIN
    IF to_regclass('public.event') IS NOT NULL THEN
        positions := pg_get_serial_sequence('public.event', 'position');
        PERFORM setval(positions, nextval(positions) + 1000000000);
    END IF;
END $$;
"""


def back_up(
    url: str, files: Path, target: Path, *, settings: Settings, overwrite: bool = False, say: Say = _log.info
) -> None:
    """Write the database and the files into one new file; an existing one stays unless told otherwise."""
    target = target.resolve()
    if target.is_dir() or (target.exists() and not overwrite):
        raise SetupError(f"{target} exists already: name another file, or remove it first.")
    if not target.parent.is_dir():
        raise SetupError(f"There is no folder {target.parent} to write the backup into.")
    manifest = archive.Manifest(
        hub=importlib.metadata.version("civic-hub"),
        postgresql=_server_version(url),
        revision=_revision(url),
        made=clock.now().isoformat(timespec="seconds"),
    )
    with _scratch(target.parent) as scratch:
        # The database first: files are only ever added before the rows that name them.
        dump = scratch / archive.DUMP
        _dump(url, dump, settings)
        whole = scratch / "whole"
        whole.touch(mode=0o600)
        with whole.open("wb") as stream:
            archive.write(stream, dump=dump, files=files, manifest=manifest)
            stream.flush()
            os.fsync(stream.fileno())
        _give_name(whole, target, overwrite=overwrite)
    say(f"The database and {len(manifest.parts) - 1} files are in {target}.")
    _say_about_keys(settings, say, "Keep a copy of them, in another place than the backup.")


def restore(
    url: str, files: Path, source: Path, *, settings: Settings, replace: bool = False, say: Say = _log.info
) -> None:
    """Put a backup into an empty database and folder of files; with `replace`, in place of what is there."""
    if not source.is_file():
        raise SetupError(f"There is no backup {source}.")
    files.parent.mkdir(parents=True, exist_ok=True)
    with _scratch(files.parent) as scratch:
        incoming = scratch / archive.FILES
        incoming.mkdir(mode=0o700)
        manifest = archive.unpack(source.resolve(), scratch)
        _require_not_newer(manifest, url)
        if not replace and (_value(url, SOMETHING_IS_THERE) or _has_files(files)):
            raise SetupError(
                "The database or the folder of files is not empty, and a backup is not mixed with what is "
                "there: restore into a new one, or replace what is there."
            )
        _give_to_owner(incoming, files.parent)
        with _exchanged(files, incoming, aside=scratch / "before"):
            _load(url, scratch / archive.DUMP, settings, replace=replace)
    say(f"The backup of {manifest.made} is restored: the database and {len(manifest.parts) - 1} files.")
    _say_about_keys(settings, say, "Put the ones of the time of the backup there.")


@contextmanager
def _scratch(beside: Path) -> Iterator[Path]:
    """Make a private folder on the same disk as what will be renamed out of it; it goes at the end."""
    try:
        folder = Path(tempfile.mkdtemp(dir=beside, prefix=".unfinished-"))
    except PermissionError:
        raise SetupError(f"{beside} may not be written.") from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _give_name(whole: Path, target: Path, *, overwrite: bool) -> None:
    if overwrite:
        whole.replace(target)
    else:
        try:
            os.link(whole, target)  # Unlike a rename, this fails when somebody made such a file meanwhile.
        except FileExistsError:
            raise SetupError(f"{target} was made by somebody else meanwhile: name another file.") from None
        except OSError:  # A file system without hard links.
            whole.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _give_to_owner(folder: Path, like: Path) -> None:
    """Let root restore files for the account whose directory it is."""
    if os.geteuid() == 0:
        owner = like.stat()
        for path in (folder, *folder.rglob("*")):
            os.chown(path, owner.st_uid, owner.st_gid)


@contextmanager
def _exchanged(files: Path, incoming: Path, *, aside: Path) -> Iterator[None]:
    """Put the incoming folder in the place of the files, and take it back if the block fails.

    Before the database, not after it: a rename that cannot be done must not leave rows without their files.
    """
    try:
        if files.exists():
            files.rename(aside)
        incoming.rename(files)
    except OSError as error:
        if aside.exists() and not files.exists():
            aside.rename(files)
        raise SetupError(f"{files} cannot be replaced ({error.strerror}); nothing was changed.") from None
    try:
        yield
    except BaseException:
        files.rename(incoming)
        if aside.exists():
            aside.rename(files)
        raise


def _dump(url: str, target: Path, settings: Settings) -> None:
    address, secret = without_password(url)
    options = ("--format=custom", "--no-owner", "--no-privileges", "--no-password")
    done = subprocess.run(  # noqa: S603 - our own program; the address is one argument
        [client(settings, "pg_dump"), *options, f"--file={target}", f"--dbname={address}"],
        env=environment() | secret,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SetupError(f"The database could not be written out; there is no backup.\n{done.stderr.strip()}")


def _load(url: str, dump: Path, settings: Settings, *, replace: bool) -> None:
    """Empty the database if so told and load the dump, all in one transaction.

    `pg_restore --single-transaction` cannot empty a database of what the dump does not know, so its script
    goes through `psql`, between a BEGIN and a COMMIT of ours. Whatever fails, no COMMIT is sent, and nothing
    happened.
    """
    address, secret = without_password(url)
    with tempfile.TemporaryFile() as problems, tempfile.TemporaryFile() as complaints:
        psql = subprocess.Popen(  # noqa: S603
            [
                client(settings, "psql"),
                "-X",
                "-q",
                "-w",
                "-v",
                "ON_ERROR_STOP=1",
                "-o",
                os.devnull,
                "-d",
                address,
            ],
            env=environment() | secret,
            stdin=subprocess.PIPE,
            stderr=problems,
        )
        script = subprocess.Popen(  # noqa: S603
            [
                client(settings, "pg_restore"),
                "--no-owner",
                "--no-privileges",
                "--exit-on-error",
                "--file=-",
                dump,
            ],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=complaints,
        )
        with psql, script:
            _feed(psql, script, beginning=EMPTYING if replace else "")
        if psql.returncode != 0 or script.returncode != 0:
            raise SetupError(f"The restore failed and nothing was changed.\n{_words(complaints)}{_words(problems)}")


def _feed(psql: subprocess.Popen[bytes], script: subprocess.Popen[bytes], *, beginning: str) -> None:
    if psql.stdin is None or script.stdout is None:
        raise RuntimeError("Both ends are pipes.")
    try:
        psql.stdin.write(f"BEGIN;\n{beginning}".encode())
        shutil.copyfileobj(script.stdout, psql.stdin, archive.BLOCK)
        if script.wait() == 0:
            psql.stdin.write(f"\n{GOING_ON}COMMIT;\n".encode())
        psql.stdin.close()
    except BrokenPipeError:
        # psql has stopped at an error and says so in its own words. Closing tries once more to flush to it.
        script.kill()
        with suppress(BrokenPipeError):
            psql.stdin.close()


def _words(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode(errors="replace")


def _require_not_newer(manifest: archive.Manifest, url: str) -> None:
    ours = importlib.metadata.version("civic-hub")
    if _major(manifest.hub) > _major(ours):
        raise SetupError(f"The backup was made by hub {manifest.hub}, and this is {ours}: restore it with that one.")
    theirs, here = manifest.postgresql // 10_000, _server_version(url) // 10_000
    if theirs > here:
        raise SetupError(
            f"The backup is of PostgreSQL {theirs}, and this server is {here}: "
            "restore it into a server of that version or a later one."
        )


def _major(version: str) -> int:
    head = version.partition(".")[0]
    return int(head) if head.isdecimal() else 0


def _value(url: str, statement: str) -> Any:
    """Return the single value that a statement asks for."""
    try:
        return ask(url, statement)[0]["value"]
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise SetupError(f"The database cannot be read: {error}") from None


def _server_version(url: str) -> int:
    return int(_value(url, "SELECT current_setting('server_version_num') AS value"))


def _revision(url: str) -> str | None:
    if _value(url, "SELECT to_regclass('alembic_version')::text AS value") is None:
        return None
    revision: str | None = _value(url, "SELECT string_agg(version_num, ',') AS value FROM alembic_version")
    return revision


def _has_files(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def _say_about_keys(settings: Settings, say: Say, advice: str) -> None:
    say(f"The secret keys are not in the backup; they are kept apart, in {settings.keys_file}. {advice}")
