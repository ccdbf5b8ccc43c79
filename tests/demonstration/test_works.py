"""What a visitor sees of what the demonstration's commission ordered, of its study in review and of its group."""

from __future__ import annotations

import csv
import hashlib
import io

from tests.demonstration.visiting import known, seen
from tests.talking import Talking

MANDATES = """
query ($id: ID!) { node(id: $id) { ... on Body {
  mandates(orderBy: DUE_ASC) { nodes { kind state overdue dueOn instrument { folio }
    deliverables { nodes { record { __typename } } } } }
  documents { nodes { name } }
} } }
"""

STUDY = """
query ($id: ID!) { node(id: $id) { ... on Study {
  folio state cost currency organization { acronym } mandate { paragraph instrument { folio } }
  members { nodes { name role } } milestones { nodes { state } }
  datasets { nodes { id } } reviews { nodes { id } }
} } }
"""

GROUP = """
query ($id: ID!) { node(id: $id) { ... on Body {
  parent { acronym } charters { nodes { number } } seats { nodes { sector state } }
  documents { nodes { name } } joinRequests { totalCount }
  parity { dimension met unknown groups { code count } }
} } }
"""


async def test_works_delivered_overdue_and_due_soon(visited: Talking) -> None:
    body = await seen(visited, MANDATES, await known(visited, "demonstration:body:cgatp", "Body"))
    assert [(one["kind"], one["state"], one["overdue"], one["dueOn"]) for one in body["mandates"]["nodes"]] == [
        ("OUTREACH_MATERIAL", "DELIVERED", False, "2026-10-14"),
        ("ACTIVITY", "IN_PROGRESS", True, "2026-11-11"),
        ("CONSULTATION", "DELIVERED", False, "2026-11-24"),
        ("GUIDELINE", "IN_PROGRESS", False, "2026-12-02"),
        ("CONSULTATION", "IN_PROGRESS", False, "2027-01-13"),
        ("STUDY", "IN_PROGRESS", False, "2027-01-25"),
        ("CONSULTATION", "IN_PROGRESS", False, "2027-03-26"),
    ]
    assert [one["instrument"] is not None for one in body["mandates"]["nodes"]] == [False] * 4 + [False, True, True]
    assert len(body["mandates"]["nodes"][0]["deliverables"]["nodes"]) == 1
    assert body["documents"]["nodes"] == [{"name": "avisos-de-cortes-de-agua.pdf"}]


async def test_a_study_in_review(visited: Talking) -> None:
    study = await seen(visited, STUDY, await known(visited, "demonstration:study:water", "Study"))
    assert (study["folio"], study["state"]) == ("CGATP/ESTUDIO/2026/001", "IN_REVIEW")
    assert study["mandate"] == {"paragraph": "primero", "instrument": {"folio": "CGATP/ACUERDO/2026/001"}}
    assert (study["cost"], study["currency"], study["organization"]) == (180_000, "MXN", {"acronym": "UDE"})
    assert [one["role"] for one in study["members"]["nodes"]] == ["LEAD", "RESEARCHER"]
    assert [one["state"] for one in study["milestones"]["nodes"]] == ["ACCEPTED", "HANDED_IN", "PLANNED"]
    assert (study["datasets"]["nodes"], study["reviews"]["nodes"]) == ([], []), "They come with what is published."


async def test_the_officers_of_the_study_see_its_wordings_reviews_and_data(visited: Talking) -> None:
    """What is not published yet is there all the same: a table, with its dictionary, as it is described."""
    (described,) = await visited.rows(
        "SELECT d.id, d.sha256, d.row_count, f.name FROM study_dataset d JOIN document t ON t.part_id = d.id"
        " JOIN stored_file f ON f.id = t.file_id"
    )
    columns = await visited.rows(
        "SELECT name FROM dataset_column WHERE dataset_id = :id ORDER BY position", id=described["id"]
    )
    content = visited.hub.settings.data / "files" / described["sha256"][:2] / described["sha256"]
    table = content.read_bytes()
    assert hashlib.sha256(table).hexdigest() == described["sha256"]
    head, *rows = csv.reader(io.StringIO(table.decode()))
    assert (head, len(rows)) == ([column["name"] for column in columns], described["row_count"])
    wordings = await visited.rows("SELECT number, state FROM study_revision ORDER BY number")
    assert [tuple(row.values()) for row in wordings] == [(1, "returned"), (2, "in_review")]
    reviews = await visited.rows("SELECT state, blind FROM peer_review ORDER BY invited_at, id")
    assert [tuple(row.values()) for row in reviews] == [("answered", False), ("invited", True)]


async def test_a_working_group_in_balance_with_a_vacant_seat(visited: Talking) -> None:
    group = await seen(visited, GROUP, await known(visited, "demonstration:body:water-data", "Body"))
    assert group["parent"] == {"acronym": "CGATP"}
    assert len(group["charters"]["nodes"]) == 2
    assert [seat["state"] for seat in group["seats"]["nodes"]] == ["FILLED"] * 5 + ["OPEN"]
    assert group["documents"]["nodes"] == [{"name": "forma-de-trabajo.pdf"}], "The draft is for its members."
    parity = {figure["dimension"]: figure for figure in group["parity"]}
    assert parity["SECTOR"]["met"] is True
    assert parity["GENDER"]["met"] is False
    waiting = await visited.rows("SELECT state FROM join_request")
    assert [row["state"] for row in waiting] == ["sent"]
    assert group["joinRequests"]["totalCount"] == 0, "Who asks to join is no matter of everybody's."
