from __future__ import annotations

from pathlib import Path

import pytest

from hub.changes.change import Changes
from hub.errors import SetupError
from hub.importing.polis import import_polis
from hub.importing.summary import BadRow
from tests.importing.counting import Counting
from tests.importing.small_polis import COMMENTS, SUMMARY, VOTES, small_polis, with_line

WHOLE = {"s0": {"agree": 2}, "s1": {"pass": 1, "disagree": 1}}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1500000009999,x,0,7,2", "the vote '2' is none of 1, -1 and 0"),
        ("1500000009999,x,0,7,", "the vote '' is none of 1, -1 and 0"),
        ("1500000009999,x,0,7,\u0007", "the vote '\\x07' is none of 1, -1 and 0"),
        ("1500000009999,x,99,7,1", "the comment-id 99 is no statement that could be read from comments.csv"),
        ("1500000009999,x,abc,7,1", "the comment-id 'abc' is not a whole number"),
        ("1500000009999,x,0,siete,1", "the voter-id 'siete' is not a whole number"),
        ("1500000009999,x,0,-7,1", "the voter-id -7 is not between 0 and 2147483647"),
        ("mañana,x,0,7,-1", "the timestamp (milliseconds) 'mañana' is not a whole number"),
        ("1500000009,x,0,7,-1", None),
        ("99999999999999,x,0,7,-1", None),
        ("1500000009999,x,0,7", "it has 4 cells where the first line names 5 columns"),
        ("1500000009999,x,0,7,-1,1", "it has 6 cells where the first line names 5 columns"),
        ('1500000009999,"x,0,7,-1', "the quotes or the length of a cell are wrong (unexpected end of data)"),
    ],
)
async def test_a_bad_vote_is_named_and_nothing_else_is_touched(
    changes: Changes, counting: Counting, tmp_path: Path, line: str, reason: str | None
) -> None:
    summary = await import_polis(changes, small_polis(tmp_path, votes=with_line(VOTES, line, at=4)))
    [bad] = summary.bad_rows
    assert (bad.file, bad.line) == ("votes.csv", 4)
    if reason is None:
        assert bad.reason.startswith(
            f"the timestamp (milliseconds) {line.split(',')[0]} is not between 946684800000 and "
        )
    else:
        assert bad.reason == reason
    assert await counting.tally("agua") == WHOLE


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1500000000000,x,3,1,0,0,1,con\u0007campana", "the comment-body holds a control character"),
        ("1500000000000,x,3,1,0,0,1,con\u0000nada", "the comment-body holds a control character"),
        ("1500000000000,x,3,1,0,0,1,   ", "the comment-body is empty"),
        (
            f"1500000000000,x,3,1,0,0,1,{'a' * 4001}",
            "the comment-body has 4,001 characters, and 4,000 are allowed",
        ),
        ("1500000000000,x,3,1,0,0,5,Texto", "the moderated '5' is none of 1, 0 and -1"),
        ("1500000000000,x,0,1,0,0,1,Otra vez", "the comment-id 0 stands there twice"),
        ("nunca,x,3,1,0,0,1,Texto", "the timestamp (milliseconds) 'nunca' is not a whole number"),
        (
            '1500000000000,x,3,1,0,0,1,"sin fin',
            "the quotes or the length of a cell are wrong (',' expected after '\"')",
        ),
    ],
)
async def test_a_bad_statement_is_named_and_nothing_else_is_touched(
    changes: Changes, counting: Counting, tmp_path: Path, line: str, reason: str
) -> None:
    at = 3
    summary = await import_polis(changes, small_polis(tmp_path, comments=with_line(COMMENTS, line, at=at)))
    assert summary.bad_rows == [BadRow("comments.csv", at, reason)]
    assert await counting.tally("agua") == WHOLE
    assert await counting.value("SELECT count(*) FROM question") == 3


async def test_the_votes_on_a_bad_statement_are_bad_too(changes: Changes, counting: Counting, tmp_path: Path) -> None:
    comments = COMMENTS.replace("La tarifa", "La\u0001tarifa")
    summary = await import_polis(changes, small_polis(tmp_path, comments=comments))
    assert summary.bad == {"comments.csv": 1, "votes.csv": 3}
    assert await counting.tally("agua") == {"s1": WHOLE["s1"]}


async def test_a_title_that_cannot_be_kept_gives_way_to_the_directory(
    changes: Changes, counting: Counting, tmp_path: Path
) -> None:
    summary = await import_polis(changes, small_polis(tmp_path, summary=SUMMARY.replace("Agua", "Agua\u0002")))
    assert summary.bad_rows == [BadRow("summary.csv", 1, "the topic holds a control character")]
    assert await counting.value("SELECT title -> 'translations' -> 'es' ->> 'text' FROM consultation") == "agua"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"votes": VOTES.replace("voter-id", "who")},
            r"votes\.csv lacks the column voter-id\. Its first line must name",
        ),
        (
            {"comments": COMMENTS.replace("moderated", "m").replace("comment-id", "i")},
            "lacks the columns comment-id and mod",
        ),
        ({"votes": ""}, r"votes\.csv is empty"),
        ({"comments": COMMENTS.splitlines()[0]}, "holds no statement that can be read"),
    ],
)
async def test_a_directory_that_cannot_be_used_changes_nothing(
    changes: Changes, counting: Counting, tmp_path: Path, change: dict[str, str], words: str
) -> None:
    with pytest.raises(SetupError, match=words):
        await import_polis(changes, small_polis(tmp_path, **change))
    assert await counting.value("SELECT count(*) FROM event") == 0
    assert await counting.value("SELECT count(*) FROM entry") == 0


async def test_files_that_are_missing_or_in_another_encoding_are_named(
    changes: Changes, counting: Counting, tmp_path: Path
) -> None:
    folder = small_polis(tmp_path)
    with pytest.raises(SetupError, match="There is no directory"):
        await import_polis(changes, tmp_path / "nowhere")
    with pytest.raises(SetupError, match=r"votes\.csv is a file: give the directory that holds comments\.csv"):
        await import_polis(changes, folder / "votes.csv")
    (folder / "comments.csv").write_bytes(COMMENTS.encode("latin-1"))
    with pytest.raises(SetupError, match=r"comments\.csv is not UTF-8 \(line 2,"):
        await import_polis(changes, folder)
    (folder / "votes.csv").unlink()
    with pytest.raises(
        SetupError,
        match=r"agua lacks votes\.csv\. An import needs comments\.csv, votes\.csv and summary\.csv",
    ):
        await import_polis(changes, folder)
    assert await counting.value("SELECT count(*) FROM event") == 0
