"""A directory that Polis exports: what was said (`comments.csv`), voted (`votes.csv`), and about what.

Each participant says agree (1), disagree (-1) or pass (0) to statements that other participants wrote. A
vote can be cast again; the latest one by time counts. `votes.csv` is not in the order of time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hub import clock
from hub.consultations.questionnaire_models import SourceModeration
from hub.errors import SetupError
from hub.importing.rows import (
    BadCell,
    directory_with,
    once,
    plain_text,
    read_pairs,
    read_table,
    shown,
    whole_number,
)
from hub.importing.summary import Summary

COMMENTS = "comments.csv"
VOTES = "votes.csv"
ABOUT = "summary.csv"

MODERATION = {
    "1": SourceModeration.ACCEPTED,
    "0": SourceModeration.UNREVIEWED,
    "-1": SourceModeration.REJECTED,
}

OPTIONS = {"1": "agree", "-1": "disagree", "0": "pass"}

LARGEST_NUMBER = 2**31 - 1
LONGEST_STATEMENT = 4_000
LONGEST_TITLE = 500
LONGEST_PURPOSE = 20_000

OLDEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""A time before this is no time at which anybody voted, but a cell in seconds or a wrong column."""

FUNCTION_WORDS = {
    "en": frozenset({"the", "and", "of", "to", "is", "are", "be", "should", "that", "it"}),
    "es": frozenset({"el", "la", "los", "las", "de", "que", "y", "es", "por", "para", "se", "debe"}),
}

SCRIPTS = (
    ("ja", "\u3040", "\u30ff"),
    ("ko", "\uac00", "\ud7a3"),
    ("zh", "\u4e00", "\u9fff"),
    ("ru", "\u0400", "\u04ff"),
    ("ar", "\u0600", "\u06ff"),
    ("el", "\u0370", "\u03ff"),
    ("he", "\u0590", "\u05ff"),
)
"""Languages that their script gives away, by its first and its last character. Japanese stands before
Chinese, whose characters it shares."""


def code_of(statement: int) -> str:
    """Return the code of the question that a statement becomes."""
    return f"s{statement}"


@dataclass(frozen=True)
class Statement:
    """What participants could agree with."""

    number: int
    text: str
    moderation: SourceModeration
    at: dt.datetime

    @property
    def code(self) -> str:
        """The code of the question that it becomes."""
        return code_of(self.number)


@dataclass(frozen=True)
class Vote:
    """What one participant said to one statement at one time."""

    line: int
    at: dt.datetime
    statement: int
    voter: int
    option: str


@dataclass(frozen=True)
class Conversation:
    """What a directory is about, and its statements by number."""

    folder: str
    title: str
    purpose: str
    url: str | None
    language: str
    statements: Mapping[int, Statement]

    @property
    def imported_from(self) -> str:
        """The name of the consultation that it becomes, the same in every run."""
        return f"polis:{self.folder}"

    def participant(self, number: int) -> str:
        """Return the name of a participant's response, the same in every run."""
        return f"polis:{self.folder}:participant:{number}"


def read_conversation(directory: Path, *, language: str | None, summary: Summary) -> Conversation:
    """Read everything but the votes."""
    directory_with(directory, COMMENTS, VOTES, ABOUT)
    statements: dict[int, Statement] = {}
    columns = ["timestamp", "comment-id", "moderated", "comment-body"]
    for row in read_table(directory / COMMENTS, columns=columns, summary=summary):
        summary.read["statements"] += 1
        try:
            statement = _statement(row.cells)
            once(statements, statement.number, statement, what="comment-id")
        except BadCell as reason:
            summary.refuse(COMMENTS, row.line, str(reason))
    if not statements:
        raise SetupError(f"{directory / COMMENTS} holds no statement that can be read, so there is nothing to import.")
    about = read_pairs(directory / ABOUT, summary=summary)
    folder = directory.resolve().name
    title = _about(about, "topic", longest=LONGEST_TITLE, summary=summary) or folder
    return Conversation(
        folder=folder,
        title=title,
        purpose=_about(about, "conversation-description", longest=LONGEST_PURPOSE, summary=summary) or title,
        url=_about(about, "url", longest=LONGEST_TITLE, summary=summary),
        language=language or likely_language(" ".join(statement.text for statement in statements.values())),
        statements=dict(sorted(statements.items())),
    )


def read_votes(directory: Path, conversation: Conversation, *, summary: Summary) -> Iterator[Vote]:
    """Read the votes one at a time, in the order of the file."""
    columns = ["timestamp", "comment-id", "voter-id", "vote"]
    for row in read_table(directory / VOTES, columns=columns, summary=summary):
        summary.read["votes"] += 1
        try:
            yield _vote(row.line, row.cells, conversation.statements)
        except BadCell as reason:
            summary.refuse(VOTES, row.line, str(reason))


def likely_language(text: str) -> str:
    """Return the language of a text: told by its script, and for Latin letters by its small words."""
    letters = sum(character.isalpha() for character in text) or 1
    for language, first, last in SCRIPTS:
        # A fifth is enough: in Japanese most characters are Chinese ones, and any text may name a firm in
        # Latin.
        if sum(first <= character <= last for character in text) > letters / 5:
            return language
    words = text.lower().split()
    return max(FUNCTION_WORDS, key=lambda language: sum(word in FUNCTION_WORDS[language] for word in words))


def _statement(cells: Mapping[str, str]) -> Statement:
    moderated = cells["moderated"].strip()
    if moderated not in MODERATION:
        raise BadCell(f"the moderated {shown(moderated)} is none of 1, 0 and -1")
    return Statement(
        number=whole_number(cells["comment-id"], what="comment-id", least=0, most=LARGEST_NUMBER),
        text=plain_text(cells["comment-body"], what="comment-body", longest=LONGEST_STATEMENT),
        moderation=MODERATION[moderated],
        at=_instant(cells["timestamp"]),
    )


def _vote(line: int, cells: Mapping[str, str], statements: Mapping[int, Statement]) -> Vote:
    said = cells["vote"].strip()
    if said not in OPTIONS:
        raise BadCell(f"the vote {shown(said)} is none of 1, -1 and 0")
    number = whole_number(cells["comment-id"], what="comment-id", least=0, most=LARGEST_NUMBER)
    if number not in statements:
        raise BadCell(f"the comment-id {number} is no statement that could be read from {COMMENTS}")
    voter = whole_number(cells["voter-id"], what="voter-id", least=0, most=LARGEST_NUMBER)
    return Vote(line, _instant(cells["timestamp"]), number, voter, OPTIONS[said])


def _instant(cell: str) -> dt.datetime:
    """Return the instant of a timestamp; the text beside it names zones that nobody can tell apart."""
    latest = clock.now() + dt.timedelta(days=1)
    milliseconds = whole_number(
        cell,
        what="timestamp (milliseconds)",
        least=int(OLDEST.timestamp() * 1000),
        most=int(latest.timestamp() * 1000),
    )
    return dt.datetime.fromtimestamp(0, dt.UTC) + dt.timedelta(milliseconds=milliseconds)


def _about(about: Mapping[str, tuple[int, str]], key: str, *, longest: int, summary: Summary) -> str | None:
    line, written = about.get(key, (0, ""))
    if not written.strip():
        return None
    try:
        return plain_text(written, what=key, longest=longest)
    except BadCell as reason:
        summary.refuse(ABOUT, line, str(reason))
        return None
