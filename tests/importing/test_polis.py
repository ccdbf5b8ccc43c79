from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from hub.changes.change import Changes
from hub.errors import SetupError
from hub.importing.polis import import_polis
from tests.importing.counting import Counting, Tally
from tests.importing.small_polis import COMMENTS, SUMMARY, VOTES, small_polis, with_line

OPTIONS = {"1": "agree", "-1": "disagree", "0": "pass"}

# The numbers of questions, of people and of answers; the language; the first and the last millisecond.
CONVERSATIONS = [
    ("scoop-hivemind.ubi", 71, 234, 7_153, "en", 1502652450312, 1504205899707),
    ("scoop-hivemind.biodiversity", 316, 536, 29_719, "en", 1564624176276, 1569214726309),
    ("vtaiwan.uberx", 197, 1_921, 49_443, "zh", 1435654192077, 1549803562398),
]


def counted_by_hand(folder: Path) -> Tally:
    """The latest vote of each participant on each statement by time, counted without the hub."""
    latest: dict[tuple[str, str], tuple[int, int, str]] = {}
    with (folder / "votes.csv").open(encoding="utf-8", newline="") as votes:
        for line, row in enumerate(csv.DictReader(votes)):
            key = row["voter-id"], row["comment-id"]
            latest[key] = max(latest.get(key, (0, 0, "")), (int(row["timestamp"]), line, row["vote"]))
    tally: Tally = {}
    for (_voter, comment), (_at, _line, vote) in latest.items():
        tally.setdefault(f"s{comment}", Counter())[OPTIONS[vote]] += 1
    return tally


def counted_by_the_matrix(folder: Path) -> Tally:
    """The counts that follow from the matrix that the publisher made."""
    tally: Tally = {}
    with (folder / "participants-votes.csv").open(encoding="utf-8", newline="") as matrix:
        for row in csv.DictReader(matrix):
            for column, vote in row.items():
                if column.isdigit() and vote:
                    tally.setdefault(f"s{column}", Counter())[OPTIONS[vote]] += 1
    return tally


@pytest.mark.parametrize(("folder", "questions", "people", "answers", "language", "first", "last"), CONVERSATIONS)
async def test_the_counts_are_right_to_the_last_vote(
    changes: Changes, counting: Counting, real_data: Path, folder: str,
    questions: int, people: int, answers: int, language: str, first: int, last: int,
) -> None:  # fmt: skip
    source = real_data / "polis" / folder
    summary = await import_polis(changes, source)
    tally = await counting.tally(folder)
    assert tally == counted_by_hand(source)
    assert tally == counted_by_the_matrix(source)
    assert summary.bad_rows == []
    assert summary.added == {
        "consultations": 1,
        "questions": questions,
        "responses": people,
        "answers": answers,
    }
    assert await counting.rows(
        "SELECT state, source_language, zone, (extract(epoch FROM opens_at) * 1000)::bigint, "
        "(extract(epoch FROM closes_at) * 1000)::bigint FROM consultation"
    ) == [("closed", language, "UTC", first, last + 1)]
    assert await counting.rows(
        "SELECT state, channel, consent, respondent_kind, count(*)::int FROM response GROUP BY 1, 2, 3, 4"
    ) == [("accepted", "import", "without_name", "anonymous", people)]
    assert await counting.value("SELECT count(*) FROM question") == questions
    before = await counting.everything()
    again = await import_polis(changes, source)
    assert await counting.everything() == before
    assert not again.changed_anything


async def test_rejected_statements_are_kept_and_marked(changes: Changes, counting: Counting, real_data: Path) -> None:
    await import_polis(changes, real_data / "polis" / "scoop-hivemind.ubi")
    assert await counting.rows("SELECT source_moderation, count(*)::int FROM question GROUP BY 1 ORDER BY 2") == [
        ("rejected", 1),
        ("unreviewed", 18),
        ("accepted", 52),
    ]


async def test_every_state_was_reached_by_a_lawful_move(changes: Changes, counting: Counting, tmp_path: Path) -> None:
    await import_polis(changes, small_polis(tmp_path))
    assert await counting.rows("SELECT type, source, target FROM event ORDER BY position") == [
        ("OrganizationRegistered", None, None),
        ("MandateProposed", "", "proposed"),
        ("MandateOrdered", "proposed", "ordered"),
        ("MandateAccepted", "ordered", "accepted"),
        ("MandateStarted", "accepted", "in_progress"),
        ("ConsultationCreated", "", "draft"),
        ("QuestionnairePublished", None, None),
        ("ConsultationChecked", "draft", "checked"),
        ("ResponseSubmitted", "", "accepted"),
        ("ResponseSubmitted", "", "accepted"),
        ("ConsultationScheduled", "checked", "scheduled"),
        ("ConsultationOpened", "scheduled", "open"),
        ("ConsultationClosed", "open", "closed"),
    ]


async def test_a_small_conversation_whole(changes: Changes, counting: Counting, tmp_path: Path) -> None:
    await import_polis(changes, small_polis(tmp_path))
    assert await counting.rows(
        "SELECT e.title #>> '{translations,es,text}', c.purpose #>> '{translations,es,text}', "
        "e.source_url, e.imported_from, e.visibility, c.identity_policy, c.results_policy "
        "FROM consultation c JOIN entry e USING (id)"
    ) == [
        (
            "Agua para todas",
            "Primera línea.\nSegunda, con coma.",
            "https://example.org/agua",
            "polis:agua",
            "public",
            "imported",
            "live",
        )
    ]
    assert await counting.rows(
        "SELECT code, title #>> '{translations,es,text}', source_moderation, required FROM question ORDER BY position"
    ) == [
        ("s0", "La tarifa de agua debe ser pública", "accepted", False),
        ("s1", "Los datos de la red,\npor colonia", "unreviewed", False),
        ("s2", "Es caro", "rejected", False),
    ]
    assert await counting.tally("agua") == {"s0": {"agree": 2}, "s1": {"pass": 1, "disagree": 1}}
    assert await counting.rows(
        "SELECT imported_from, (extract(epoch FROM received_at) * 1000)::bigint, substr(id::text, 15, 1), "
        "language FROM response ORDER BY 1"
    ) == [
        ("polis:agua:participant:7", 1500000009000, "4", "es"),
        ("polis:agua:participant:8", 1500000008000, "4", "es"),
    ]


async def test_columns_may_stand_anywhere_and_others_between(
    changes: Changes, counting: Counting, tmp_path: Path
) -> None:
    votes = "vote,group,voter-id,timestamp,note,comment-id\n1,a,7,1500000005000,x,0\n-1,a,8,1500000006000,x,0\n"
    comments = "note,comment-body,comment-id,moderated,x,timestamp\n,Agua,0,1,,1500000000000\n"
    summary = await import_polis(changes, small_polis(tmp_path, comments=f"\ufeff{comments}", votes=votes))
    assert summary.bad_rows == []
    assert await counting.tally("agua") == {"s0": {"agree": 1, "disagree": 1}}


async def test_of_two_votes_in_one_millisecond_the_later_line_counts(
    changes: Changes, counting: Counting, tmp_path: Path
) -> None:
    votes = with_line(with_line(VOTES, "1500000009000,x,0,7,0", at=3), "1500000009000,x,0,7,-1", at=7)
    await import_polis(changes, small_polis(tmp_path, votes=votes))
    assert (await counting.tally("agua"))["s0"] == {"disagree": 1, "agree": 1}


async def test_a_conversation_without_votes_is_a_consultation_that_nobody_answered(
    changes: Changes, counting: Counting, tmp_path: Path
) -> None:
    summary = await import_polis(changes, small_polis(tmp_path, votes=VOTES.splitlines()[0]))
    assert summary.added == {"consultations": 1, "questions": 3}
    assert await counting.rows("SELECT state, closes_at - opens_at = interval '2.001 s' FROM consultation") == [
        ("closed", True)
    ]


async def test_the_publisher_may_be_an_organisation_that_is_there(
    changes: Changes, counting: Counting, tmp_path: Path
) -> None:
    await import_polis(changes, small_polis(tmp_path))
    await import_polis(changes, small_polis(tmp_path, name="otra"), publisher="CompDem", language="zh")
    assert await counting.value("SELECT count(*) FROM organization") == 1
    assert await counting.rows("SELECT source_language, attribution IS NULL FROM consultation ORDER BY created_at") == [
        ("es", False),
        ("zh", True),
    ]
    with pytest.raises(SetupError, match="There is no organisation 'NADIE'"):
        await import_polis(changes, small_polis(tmp_path, name="tercera"), publisher="NADIE")
    with pytest.raises(SetupError, match="'español' is not a language tag"):
        await import_polis(changes, small_polis(tmp_path, name="tercera"), language="español")
    assert await counting.value("SELECT count(*) FROM consultation") == 2


async def test_another_conversation_under_the_same_name_is_refused(
    changes: Changes, counting: Counting, tmp_path: Path
) -> None:
    await import_polis(changes, small_polis(tmp_path))
    before = await counting.everything()
    other = SUMMARY.replace("example.org/agua", "example.org/otra")
    with pytest.raises(SetupError, match="A directory named agua was imported before"):
        await import_polis(changes, small_polis(tmp_path, summary=other))
    assert await counting.everything() == before


async def test_a_statement_that_comes_later_is_left_out_and_said(
    changes: Changes, counting: Counting, tmp_path: Path
) -> None:
    await import_polis(changes, small_polis(tmp_path))
    comments = f"{COMMENTS}1500000003000,x,3,2,0,0,1,Nueva\n"
    votes = f"{VOTES}1500000008500,x,3,9,1\n1500000008600,x,0,9,1\n"
    summary = await import_polis(changes, small_polis(tmp_path, comments=comments, votes=votes))
    assert summary.added == {"responses": 1, "answers": 1}
    assert summary.notes == [
        (
            "1 statement was not there when the conversation was first imported. A published "
            "questionnaire never changes, so it is left out with its votes: s3"
        )
    ]
    assert (await counting.tally("agua"))["s0"] == {"agree": 3}
