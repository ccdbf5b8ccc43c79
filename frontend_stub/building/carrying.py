"""Carrying: what a page has to remember until the next one, in a field of its form, and nowhere else.

A correction of a questionnaire that is in force is written over many pages, and so is what was just removed and may be
put back. Neither lies in the hub: a correction exists for everybody or not at all, and a draft is saved whole. Nor is
anything left in the browser, which may be shared, nor in the front end, which keeps nothing of anybody. So each page
gives it to the next one in a hidden field, pressed together. It is what its author writes themselves: it is not
signed, since nobody could say by it what they could not say by the form, and the hub checks all of it in the end.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import Any

LARGEST = 4 * 1024 * 1024
"""How many bytes may come out; a questionnaire of five hundred questions in two languages has less than two million."""

LARGEST_FIELD = 1024 * 1024
"""How many bytes a field may have that goes in."""


class Spoilt(ValueError):
    """The field does not hold what a page gave it."""


def packed(thing: Any) -> str:
    """Return a thing of plain values as the text of a field."""
    text = json.dumps(thing, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(zlib.compress(text, 9)).decode()


def unpacked(field: str) -> Any:
    """Return the thing again; what is too large, or was never packed, is spoilt."""
    if len(field) > LARGEST_FIELD:
        raise Spoilt("The field is too large.")
    try:
        opening = zlib.decompressobj()
        text = opening.decompress(base64.b64decode(field.encode("ascii"), altchars=b"-_", validate=True), LARGEST)
        if not opening.eof:
            raise Spoilt("What is in the field is too large, or was cut.")
        return json.loads(text)
    except (ValueError, binascii.Error, zlib.error) as error:
        raise Spoilt(str(error)) from None
