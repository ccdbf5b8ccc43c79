from __future__ import annotations

from pathlib import Path

import pytest

from hub.errors import SetupError
from hub.importing.rows import BadCell, read_list, read_pairs, read_table, whole_number
from hub.importing.summary import BadRow, Summary


def table(file: Path, content: str | bytes, *, columns: tuple[str, ...] = ("a", "b")) -> tuple[list[object], Summary]:
    """Read a table of these columns: each row as its line and its cells, and what was refused."""
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    summary = Summary("a test")
    rows = [
        (row.line, *(row[column] for column in columns)) for row in read_table(file, columns=columns, summary=summary)
    ]
    return rows, summary


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "t.csv"


def test_columns_are_found_by_name_wherever_they_stand(file: Path) -> None:
    rows, summary = table(file, "x,b,y,a,z\n1,2,3,4,5\n")
    assert (rows, summary.bad) == ([(2, "4", "2")], {})


def test_byte_order_mark_blank_lines_and_windows_line_ends_do_not_matter(file: Path) -> None:
    rows, _ = table(file, "\ufeffa,b\r\n\r\n1,2\r\n\r\n3,4\r\n")
    assert rows == [(3, "1", "2"), (5, "3", "4")]


def test_a_row_begins_on_its_first_line_though_a_cell_spans_lines(file: Path) -> None:
    rows, _ = table(file, 'a,b\n1,"two\nthree, four"\n5,6\n')
    assert rows == [(2, "1", "two\nthree, four"), (4, "5", "6")]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("1", "it has 1 cells where the first line names 2 columns"),
        ("1,2,3", "it has 3 cells where the first line names 2 columns"),
        ('1,"two', "the quotes or the length of a cell are wrong (unexpected end of data)"),
        ('1,"two" three', "the quotes or the length of a cell are wrong (',' expected after '\"')"),
        (
            f"1,{'x' * 200_000}",
            "the quotes or the length of a cell are wrong (field larger than field limit (131072))",
        ),
    ],
)
def test_a_bad_row_is_named_and_the_rest_is_read(file: Path, bad: str, reason: str) -> None:
    rows, summary = table(file, f"a,b\n3,4\n{bad}\n5,6\n7,8\n")
    assert rows == [(2, "3", "4"), (4, "5", "6"), (5, "7", "8")]
    assert summary.bad_rows == [BadRow("t.csv", 3, reason)]


def test_an_open_quote_does_not_swallow_a_later_quoted_cell(file: Path) -> None:
    rows, summary = table(file, 'a,b\n1,"open\n3,"four\nlines"\n5,6\n')
    assert rows == [(3, "3", "four\nlines"), (5, "5", "6")]
    assert [row.line for row in summary.bad_rows] == [2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty: its first line must name the columns a and b"),
        (b"x,b\n1,2\n", "lacks the column a"),
        (b"x,y\n1,2\n", "lacks the columns a and b"),
        (b"a,b,a\n1,2,3\n", "has two columns named a"),
        ("a,b\n1,2\n3,é\n".encode("latin-1"), r"is not UTF-8 \(line 3,"),
        ("a,b\n".encode("utf-16"), r"is not UTF-8 \(line 1,"),
    ],
)
def test_what_is_wrong_with_the_whole_file_stops_before_the_first_row(file: Path, content: bytes, words: str) -> None:
    with pytest.raises(SetupError, match=words):
        table(file, content)


def test_a_cut_character_at_the_end_of_a_piece_is_no_error(file: Path) -> None:
    rows, _ = table(file, "a,b\n" + "1,é\n" * 300_000)
    assert len(rows) == 300_000


def test_pairs_keep_the_first_of_a_key_and_its_line(file: Path) -> None:
    file.write_text('topic,One\ntext,"a\nb"\nodd\ntopic,Two\n')
    summary = Summary("a test")
    assert read_pairs(file, summary=summary) == {"topic": (1, "One"), "text": (2, "a\nb")}
    assert [(row.line, row.reason) for row in summary.bad_rows] == [
        (4, "it has 1 cells where the first line names 2 columns")
    ]


def test_members_of_a_list_have_lines(tmp_path: Path) -> None:
    file = tmp_path / "l.json"
    file.write_text('\ufeff[\n {"a": 1},\n 7, {"a":\n 2}\n]\n', encoding="utf-8")
    summary = Summary("a test")
    assert list(read_list(file, summary=summary)) == [(2, {"a": 1}), (3, {"a": 2})]
    assert [(row.line, row.reason) for row in summary.bad_rows] == [(3, "it is not an object with named values")]


@pytest.mark.parametrize(
    ("content", "words"),
    [("[1,", "is not JSON: line 1"), ('{"a": 1}', "must hold a list"), ("[" * 200_000, "nested too deeply")],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "l.json"
    file.write_text(content)
    with pytest.raises(SetupError, match=words):
        list(read_list(file, summary=Summary("a test")))


@pytest.mark.parametrize("cell", ["", "x", "1.5", "1e3", "٣", "--1", "9" * 19, True, 1.0, None, "11", "-1"])
def test_what_is_no_whole_number_between_the_bounds_is_refused(cell: object) -> None:
    with pytest.raises(BadCell):
        whole_number(cell, what="count", least=0, most=10)


def test_a_summary_names_a_thousand_bad_rows_and_counts_the_rest() -> None:
    summary = Summary("a test")
    for line in range(1_500):
        summary.refuse("t.csv", line, "bad")
    assert len(summary.bad_rows) == 1_000
    assert list(summary.lines()) == [
        "Imported from a test:",
        "  t.csv: 1,500 bad rows left out",
        "  Nothing changed.",
    ]
