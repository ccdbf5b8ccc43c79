"""What the bytes of a file are: what the name promises, or nothing."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.files.purposes import OFFICE, OPEN_DOCUMENT, TYPES
from hub.files.sniffing import media_type_of
from tests.making.files import CSV, PDF, PNG, an_office_file

WORDS = an_office_file(part="word/document.xml")
SHEET = an_office_file(part="xl/workbook.xml")
SLIDES = an_office_file(part="ppt/presentation.xml")
OPEN_WORDS = an_office_file(mimetype=f"{OPEN_DOCUMENT}.text")
OPEN_SHEET = an_office_file(mimetype=f"{OPEN_DOCUMENT}.spreadsheet")
JPEG, WEBP = b"\xff\xd8\xff\xe0" + bytes(20), b"RIFF\0\0\0\0WEBPVP8 "


def sniffed(content: bytes, name: str) -> str | None:
    """Return the type that is found."""
    return media_type_of(io.BytesIO(content), name)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("A.PDF", PDF, "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.jpg", JPEG, "image/jpeg"),
        ("a.jpeg", JPEG, "image/jpeg"),
        ("a.webp", WEBP, "image/webp"),
        ("a.csv", CSV, "text/csv"),
        ("a.csv", b"\xef\xbb\xbf" + CSV, "text/csv"),
        ("a.txt", "Ñandú 🜁\r\n\tfin".encode(), "text/plain"),
        ("a.json", b"{}", "application/json"),
        ("a.docx", WORDS, f"{OFFICE}.wordprocessingml.document"),
        ("a.xlsx", SHEET, f"{OFFICE}.spreadsheetml.sheet"),
        ("a.pptx", SLIDES, f"{OFFICE}.presentationml.presentation"),
        ("a.odt", OPEN_WORDS, f"{OPEN_DOCUMENT}.text"),
        ("a.ods", OPEN_SHEET, f"{OPEN_DOCUMENT}.spreadsheet"),
    ],
)
def test_what_keeps_its_promise(name: str, content: bytes, media_type: str) -> None:
    assert sniffed(content, name) == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PNG),
        ("a.pdf", b" " + PDF),
        ("a.png", PDF),
        ("a.jpg", PNG),
        ("a.webp", b"RIFF\0\0\0\0WAVE"),
        ("a.csv", "año".encode("latin-1")),
        ("a.csv", "año".encode("utf-16")),
        ("a.csv", b"a\0b"),
        ("a.csv", "año".encode()[:-2]),
        ("a.txt", PNG),
        ("a.exe", PDF),
        ("a", PDF),
        ("a.docx", SHEET),
        ("a.xlsx", WORDS),
        ("a.docx", OPEN_WORDS),
        ("a.odt", WORDS),
        ("a.odt", OPEN_SHEET),
        ("a.docx", b"PK\x03\x04" + bytes(100)),
        ("a.docx", PDF),
        ("a.docx", WORDS[:-1]),
        ("a.docx", WORDS + b" "),
        ("a.docx", b""),
        ("a.docx", an_office_file(part="word/document.xml", more={"xl/workbook.xml": b""})),
        ("a.docx", an_office_file(part="word/document.xml", more={"word/vbaProject.bin": b"x"})),
        ("a.odt", an_office_file(mimetype=f"{OPEN_DOCUMENT}.text", more={"Basic/Standard/script.xml": b"x"})),
        ("a.odt", an_office_file(mimetype=f"{OPEN_DOCUMENT}.text" + "x" * 10**6)),
    ],
)
def test_what_breaks_it(name: str, content: bytes) -> None:
    assert sniffed(content, name) is None


def test_a_list_of_parts_that_is_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such a list could be as large as the file, and be read into memory whole."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        for number in range(20_001):
            archive.writestr(f"word/{number}", "")
    opened = []
    monkeypatch.setattr(zipfile, "ZipFile", lambda *given: opened.append(given))
    assert sniffed(written.getvalue(), "a.docx") is None
    assert opened == []


def test_another_list_of_parts_is_not_believed() -> None:
    """What a file says of itself in the large form would be read in the place of what was looked at."""
    larger = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    assert sniffed(WORDS[:-22] + larger + WORDS[-22:], "a.docx") is None


@given(st.binary(max_size=200), st.sampled_from([WORDS, OPEN_WORDS, PDF, PNG, b""]), st.sampled_from(sorted(TYPES)))
def test_no_bytes_make_it_fall(noise: bytes, before: bytes, end: str) -> None:
    for content in (noise, before + noise, before[: len(before) // 2] + noise + before[len(before) // 2 :]):
        assert sniffed(content, f"a{end}") in (None, TYPES[end])
