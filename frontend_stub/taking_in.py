"""Taking in a form with files: it is read as it comes, and its files lie on the disk until they are handed on.

What shows that a form is ours comes first in it, and nothing that comes after is read before that was looked at. No
file is ever whole in memory. One that is too large is read to its end and not kept, so that whoever sent it is told,
and finds all that they wrote.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import PureWindowsPath
from typing import IO

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import Request

from frontend_stub.forms import FIELD, LARGEST_FORM, MOST_FIELDS, Filled, own_form, require_from_here, require_own_form

LARGEST_FILE = 200 * 1024 * 1024
"""The most bytes of a file that are kept; how many a purpose allows, the hub knows."""

MOST_READ = 1024 * 1024 * 1024
"""The most bytes that are read of one form, kept or not."""

SLOWEST_PIECE = 15.0
"""Seconds without a byte after which nobody waits any longer."""

LONGEST = 1_800.0
"""Seconds after which what is still coming in is broken off."""

AT_ONCE = 16
"""Of how many forms the files are kept at once in a process; the files of others are read and not kept."""

LONGEST_NAME = 200

_under_way: set[object] = set()


@dataclass
class Chosen:
    """A file that somebody chose in a form."""

    name: str
    content: IO[bytes] = field(default_factory=tempfile.TemporaryFile)
    size: int = 0
    fault: str | None = None
    """Why it was not kept: it is too large, or too many others came at the same time."""

    async def pieces(self) -> AsyncIterator[bytes]:
        """Return its bytes, piece by piece."""
        self.content.seek(0)
        while piece := await asyncio.to_thread(self.content.read, 256 * 1024):
            yield piece


@asynccontextmanager
async def own_form_with_files(
    request: Request,
    *,
    largest: int = LARGEST_FORM,
    most_fields: int = MOST_FIELDS,
    largest_file: int = LARGEST_FILE,
    most_files: int = 1,
    seconds: float = LONGEST,
) -> AsyncIterator[tuple[Filled, Mapping[str, Chosen]]]:
    """Give the fields of a form that a page of our own sent, and its files by their fields, while it is dealt with.

    A form without files may come as any other does.
    """
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data":
        yield await own_form(request, largest=largest, most_fields=most_fields), {}
        return
    require_from_here(request)
    form = _Form(request, largest=largest, most_fields=most_fields, largest_file=largest_file, most_files=most_files)
    if len(_under_way) < AT_ONCE:
        _under_way.add(form)
    else:
        form.fault = "busy"
    try:
        try:
            async with asyncio.timeout(seconds):
                await form.read(options.get(b"boundary", b""))
        except (MultipartParseError, UnicodeDecodeError, ValueError):
            raise HTTPException(400) from None
        except TimeoutError:
            raise HTTPException(408) from None
        yield Filled(form.pairs), form.files
    finally:
        _under_way.discard(form)
        for file in form.every:
            file.content.close()


class _Form:
    """A form on its way in. The parser tells of its parts; what it told of a file is written after each piece."""

    def __init__(self, request: Request, *, largest: int, most_fields: int, largest_file: int, most_files: int) -> None:
        self.pairs: list[tuple[str, str]] = []
        self.files: dict[str, Chosen] = {}
        self.every: list[Chosen] = []
        self.fault: str | None = None
        self._ours = False
        self._request = request
        self._largest, self._most_fields = largest, most_fields
        self._largest_file, self._most_files = largest_file, most_files
        self._header, self._headers, self._words = (b"", b""), {b"": b""}, bytearray()
        self._name, self._said, self._whole = "", True, False
        self._file: Chosen | None = None
        self._parts, self._length, self._waiting = 0, 0, list[tuple[Chosen, bytes]]()

    async def read(self, boundary: bytes) -> None:
        """Read all of it, and refuse it as soon as it is seen to be none of ours or more than is taken."""
        if not boundary:
            raise MultipartParseError("Nothing tells its parts apart.")
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._begun,
                "on_part_data": self._data,
                "on_part_end": self._end,
                "on_end": self._ended,
            },
        )
        if int(self._request.headers.get("content-length", "0")) > MOST_READ:
            raise HTTPException(413)
        pieces, length = aiter(self._request.stream()), 0
        while True:
            async with asyncio.timeout(SLOWEST_PIECE):
                piece = await anext(pieces, None)
            if piece is None:
                break
            length += len(piece)
            if length > MOST_READ:
                raise HTTPException(413)
            parser.write(piece)
            if self._waiting:
                await asyncio.to_thread(self._write)
        if not self._whole:
            raise MultipartParseError("It broke off.")
        if not self._ours:
            raise HTTPException(403)

    def _write(self) -> None:
        for file, words in self._waiting:
            file.content.write(words)
        self._waiting.clear()

    def _begin(self) -> None:
        self._headers.clear()
        self._header = (b"", b"")

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header = (self._header[0] + data[start:end], self._header[1])

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header = (self._header[0], self._header[1] + data[start:end])

    def _header_end(self) -> None:
        name, value = self._header
        self._headers[name.lower()] = value
        self._header = (b"", b"")

    def _begun(self) -> None:
        """Begin a field, or a file; of a file field in which none was chosen, nothing is kept."""
        _, told = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name, self._file = told[b"name"].decode() if b"name" in told else "", None
        self._said = b"filename" not in told
        self._words.clear()
        if not self._ours and not (self._said and self._name == FIELD):
            raise HTTPException(403)
        self._parts += 1
        if self._parts > self._most_fields:
            raise HTTPException(400)
        if told.get(b"filename"):
            if len(self.every) >= self._most_files:
                raise HTTPException(400)
            self._file = Chosen(_bare(told[b"filename"].decode()), fault=self.fault)
            self.every.append(self._file)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._file is None:
            self._length += end - start
            if self._length > self._largest:
                raise HTTPException(413)
            self._words += data[start:end]
            return
        self._file.size += end - start
        if self._file.size > self._largest_file:
            self._file.fault = "too_large"
        if self._file.fault is None:
            self._waiting.append((self._file, data[start:end]))

    def _end(self) -> None:
        if self._file is not None:
            self.files[self._name] = self._file
        elif self._said:
            self.pairs.append((self._name, self._words.decode()))
        if not self._ours:
            require_own_form(self._request, dict(self.pairs))
            self._ours = True

    def _ended(self) -> None:
        self._whole = True


def _bare(name: str) -> str:
    """Return a name without folders, as short as names may be, with its end."""
    # Browsers write what would end the quotes of a name as they do in an address.
    bare = PureWindowsPath(name.replace("%22", '"').replace("%0D", " ").replace("%0A", " ")).name.strip()
    stem, dot, end = bare.rpartition(".")
    return bare if len(bare) <= LONGEST_NAME else f"{stem[: LONGEST_NAME - len(end) - 1]}{dot}{end}"
