"""The files that the demonstration ships: unpacked for the ordinary imports, or as they are given out."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PACKED = Path(__file__).parent / "data"


@contextmanager
def unpacked(name: str) -> Iterator[Path]:
    """Unpack a directory of files into one of the same name, for as long as this block lasts."""
    with tempfile.TemporaryDirectory(prefix="hub-demonstration-") as place:
        directory = Path(place) / name
        directory.mkdir()
        for packed in sorted((PACKED / name).glob("*.gz")):
            with gzip.open(packed) as content, (directory / packed.stem).open("wb") as plain:
                shutil.copyfileobj(content, plain)
        yield directory


def paper(name: str) -> bytes:
    """Return the content of a paper of the commission."""
    return (PACKED / "papers" / name).read_bytes()
