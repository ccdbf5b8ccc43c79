"""A conversation small enough to be read at a glance, and its directory with whatever is wrong in it."""

from __future__ import annotations

from pathlib import Path

SUMMARY = """topic,Agua para todas
url,https://example.org/agua
conversation-description,"Primera línea.
Segunda, con coma."
"""

COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1500000000000,Fri Jul 14 2017,0,1,9,9,1,La tarifa de agua debe ser pública
1500000001000,Fri Jul 14 2017,1,2,9,9,0,"Los datos de la red,
por colonia"
1500000002000,Fri Jul 14 2017,2,2,9,9,-1,Es caro
"""

VOTES = """timestamp,datetime,comment-id,voter-id,vote
1500000009000,x,0,7,1
1500000005000,x,0,7,-1
1500000006000,x,1,7,0
1500000007000,x,0,8,1
1500000008000,x,1,8,-1
"""


def small_polis(
    directory: Path,
    *,
    comments: str = COMMENTS,
    votes: str = VOTES,
    summary: str = SUMMARY,
    name: str = "agua",
) -> Path:
    """Write the directory of the conversation."""
    folder = directory / name
    folder.mkdir(exist_ok=True)
    for file, content in (("comments.csv", comments), ("votes.csv", votes), ("summary.csv", summary)):
        (folder / file).write_text(content, encoding="utf-8", newline="")
    return folder


def with_line(table: str, line: str, *, at: int) -> str:
    """Put a line into a table, so that it becomes line `at`."""
    lines = table.splitlines(keepends=True)
    return "".join([*lines[: at - 1], f"{line}\n", *lines[at - 1 :]])
