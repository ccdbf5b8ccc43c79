"""The one file of a backup: a tar of the database's dump, the files, and a manifest that names each part.

::

    database.dump      what `pg_dump --format=custom` wrote
    files/…            the folder of files as it lay
    manifest.json      last, since it holds the digest of everything before it; without it the file is broken
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any, Self

from hub.errors import SetupError

DUMP = "database.dump"
FILES = "files"
MANIFEST = "manifest.json"

FORMAT = 1
"""Raised when an older hub could not read what is written."""

BLOCK = 1 << 20

UNREADABLE = (
    tarfile.TarError,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    FileExistsError,
    NotADirectoryError,
)
"""What reading an archive raises when it is not one of ours, or not all of it."""


@dataclass(frozen=True)
class Part:
    """One file of the archive."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup is of, when it was made, and every part with its digest."""

    hub: str
    postgresql: int
    """The server's version as a number, such as 180006."""
    revision: str | None
    """The revision of the schema, None where there was none yet."""
    made: str
    format: int = FORMAT
    parts: dict[str, Part] = field(default_factory=dict)

    @classmethod
    def read(cls, stream: IO[bytes]) -> Self:
        """Read a manifest; ValueError, KeyError or TypeError if it is none."""
        stored: dict[str, Any] = json.load(stream)
        parts = {name: Part(int(part["size"]), str(part["sha256"])) for name, part in stored["parts"].items()}
        return cls(
            hub=str(stored["hub"]),
            postgresql=int(stored["postgresql"]),
            revision=stored["revision"],
            made=str(stored["made"]),
            format=int(stored["format"]),
            parts=parts,
        )


class _Digesting:
    """A reader that remembers the digest of what passed through it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._stream.read(size)
        self._digest.update(block)
        return block

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


def write(stream: IO[bytes], *, dump: Path, files: Path, manifest: Manifest) -> None:
    """Write the whole archive, the manifest last."""
    with tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT, bufsize=BLOCK) as tar:
        _add(tar, DUMP, dump, manifest)
        for path in _regular_files(files):
            name = f"{FILES}/{path.relative_to(files).as_posix()}"
            try:
                _add(tar, name, path, manifest)
            except FileNotFoundError:
                continue  # Taken away since the folder was listed: as if the backup had been a moment later.
        content = json.dumps(asdict(manifest), indent=1, ensure_ascii=False).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size, entry.mode = len(content), 0o600
        tar.addfile(entry, BytesIO(content))


def _add(tar: tarfile.TarFile, name: str, path: Path, manifest: Manifest) -> None:
    with path.open("rb") as stream:
        status = os.fstat(stream.fileno())
        entry = tarfile.TarInfo(name)
        # The size at opening: what is appended meanwhile is not in it, and a file that shrinks is an error.
        entry.size, entry.mtime, entry.mode = status.st_size, status.st_mtime, 0o600
        reader = _Digesting(stream)
        tar.addfile(entry, reader)
        manifest.parts[name] = Part(status.st_size, reader.hexdigest())


def _regular_files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for where, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                path = Path(where) / name
                if path.is_file() and not path.is_symlink():
                    yield path


def unpack(source: Path, into: Path) -> Manifest:
    """Unpack an archive into an empty folder, and return its manifest once every part is known to be whole.

    The archive may come from anywhere: only plain files of the expected names are written, each once.
    """
    found: dict[str, Part] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(source, mode="r|", bufsize=BLOCK) as tar:
            for entry in tar:
                _require_lawful(entry, is_expected=manifest is None and entry.name not in found)
                stream = tar.extractfile(entry) or BytesIO()
                if entry.name == MANIFEST:
                    manifest = Manifest.read(stream)
                else:
                    found[entry.name] = _extract(stream, into / entry.name)
    except UNREADABLE as problem:
        raise SetupError(f"{source} is not a whole backup of the hub: {problem}.") from None
    if manifest is None:
        raise SetupError(f"{source} is not a whole backup of the hub: its end is missing.")
    if manifest.format > FORMAT:
        raise SetupError(f"{source} was made by a newer hub ({manifest.hub}): restore it with that one.")
    for name in sorted(found.keys() ^ manifest.parts.keys() | {n for n in found if found[n] != manifest.parts.get(n)}):
        raise SetupError(f"{source} is damaged: {name} is not what its manifest says.")
    if DUMP not in found:
        raise SetupError(f"{source} is not a whole backup of the hub: it holds no database.")
    return manifest


def _require_lawful(entry: tarfile.TarInfo, *, is_expected: bool) -> None:
    path = PurePosixPath(entry.name)
    is_inside = path.parts[:1] == (FILES,) and len(path.parts) > 1 and ".." not in path.parts
    if not (is_expected and entry.isreg() and (is_inside or entry.name in {DUMP, MANIFEST})):
        raise ValueError(f"an unexpected entry {entry.name!r}")


def _extract(stream: IO[bytes], path: Path) -> Part:
    path.parent.mkdir(parents=True, exist_ok=True)
    reader, size = _Digesting(stream), 0
    with path.open("xb") as out:
        while block := reader.read(BLOCK):
            size += out.write(block)
        out.flush()
        os.fsync(out.fileno())
    return Part(size, reader.hexdigest())
