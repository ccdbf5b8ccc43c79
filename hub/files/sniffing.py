"""Sniffing: whether the bytes of a file are what the end of its name promises. Neither is believed by itself.

The types are few, so each is known here by its own marks, and what has none is text: UTF-8, without what text never
holds. A file of an office is a ZIP whose parts say what it is; one that carries a program is not taken.
"""

from __future__ import annotations

import codecs
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import IO

from hub.files.purposes import OFFICE, OPEN_DOCUMENT, TYPES, ending
from hub.text import FORBIDDEN

BLOCK = 1024 * 1024

MARKS: Mapping[str, Callable[[bytes], bool]] = {
    "application/pdf": lambda head: head.startswith(b"%PDF-"),
    "image/png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    "image/jpeg": lambda head: head.startswith(b"\xff\xd8\xff"),
    "image/webp": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
}
"""The first bytes of what has marks of its own."""

PARTS: Mapping[str, str] = {
    f"{OFFICE}.wordprocessingml.document": "word/document.xml",
    f"{OFFICE}.spreadsheetml.sheet": "xl/workbook.xml",
    f"{OFFICE}.presentationml.presentation": "ppt/presentation.xml",
}
"""The part that an office file of each type has, and one of another type has not."""

PROGRAMS = ("vbaproject.bin", "vbadata.xml")
"""How parts end that carry a program; in an OpenDocument those lie in folders."""

PROGRAM_FOLDERS = ("basic/", "scripts/")

UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
)
"""What reading an archive raises that is none, or is encrypted, or packed in a way of its own."""

END = struct.Struct("<4s4H2LH")
END_MARK, LARGE_MARK = b"PK\x05\x06", b"PK\x06\x07"
MOST_PARTS, LARGEST_LIST = 20_000, 4 * 1024 * 1024


def media_type_of(stream: IO[bytes], name: str) -> str | None:
    """Return the type of a whole file of this name; None where its bytes are not what the name promises."""
    promised = TYPES.get(ending(name))
    if promised is None:
        return None
    if promised in MARKS:
        kept = MARKS[promised](_head(stream))
    elif promised in PARTS or promised.startswith(OPEN_DOCUMENT):
        kept = _is_of_an_office(stream, promised)
    else:
        kept = _is_text(stream)
    return promised if kept else None


def _head(stream: IO[bytes]) -> bytes:
    stream.seek(0)
    return stream.read(16)


def _is_text(stream: IO[bytes]) -> bool:
    """Whether it is UTF-8 from the first byte to the last; it is looked at piece by piece."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := stream.read(BLOCK):
            if FORBIDDEN.search(decoder.decode(block)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_of_an_office(stream: IO[bytes], promised: str) -> bool:
    if not _head(stream).startswith(b"PK\x03\x04") or not _is_bounded(stream):
        return False
    try:
        with zipfile.ZipFile(stream) as archive:
            names = [name.lower() for name in archive.namelist()]
            if any(name.endswith(PROGRAMS) or name.startswith(PROGRAM_FOLDERS) for name in names):
                return False
            if promised in PARTS:
                present = {part for part in PARTS.values() if part in names}
                return present == {PARTS[promised]} and "[content_types].xml" in names
            with archive.open("mimetype") as part:
                return part.read(100) == promised.encode()
    except UNREADABLE:
        return False


def _is_bounded(stream: IO[bytes]) -> bool:
    """Whether the list of parts is short enough to be read: it could be as long as the file, and many times so read.

    It is found where it stands when a file ends with it, and in the plain form; no office writes anything else.
    """
    size = stream.seek(0, 2)
    if size < END.size:
        return False
    stream.seek(max(0, size - END.size - 20))
    tail = stream.read()
    mark, _, _, _, parts, length, _, comment = END.unpack(tail[-END.size :])
    plain = mark == END_MARK and comment == 0 and not tail.startswith(LARGE_MARK)
    return plain and parts <= MOST_PARTS and length <= LARGEST_LIST
