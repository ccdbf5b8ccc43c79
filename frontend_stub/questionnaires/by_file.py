"""Answering by a file: it goes to the hub as soon as its section is sent, and stays there as long as the draft does."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.requests import Request

from frontend_stub.forms import Filled
from frontend_stub.handing_in import handed_in
from frontend_stub.languages import Words
from frontend_stub.questionnaires.filling import Typed, field_of
from frontend_stub.questionnaires.missing import fault
from frontend_stub.questionnaires.underway import Part, Underway
from frontend_stub.taking_in import Chosen, own_form_with_files

LARGEST_FILE = 11 * 1024 * 1024
"""A little more than the hub takes at most; how large the file of a question may be, it knows."""

MOST_FILES, SECONDS = 20, 600.0
"""How many files a page brings, and how long they may take."""


def answers_taken(
    request: Request, *, largest: int
) -> AbstractAsyncContextManager[tuple[Filled, Mapping[str, Chosen]]]:
    """Give a page of answers that was sent, and the files in it while it is dealt with."""
    return own_form_with_files(
        request, largest=largest, largest_file=LARGEST_FILE, most_files=MOST_FILES, seconds=SECONDS
    )


async def hand_in(
    request: Request,
    response: Underway,
    part: Part,
    fields: dict[str, Typed],
    files: Mapping[str, Chosen],
    words: Words,
) -> list[dict[str, Any]]:
    """Hand in the files that were chosen in a section, each in the place of the one before; return what is wrong."""
    errors = []
    for question in part.questions:
        file = files.get(field_of(question))
        if file is None or question["kind"] != "FILE":
            continue
        asked = {
            "consultationId": response.id,
            "revisionId": response.consultation["revision"]["id"],
            "question": question["code"],
            **response.claim(),
        }
        found = await handed_in(request, file, asked, document="request_answer_upload")
        if isinstance(found, str):
            errors.append(fault("FILE", question, words, message=found))
        else:
            fields[question["code"]] = Typed(file=found)
    return errors
