from __future__ import annotations

import datetime as dt

import asyncpg
import pytest

from hub import clock
from hub.changes.change import Changes
from hub.database.address import plain
from hub.demonstration.loading import load
from hub.files.store import Store
from hub.identity.tokens import digest, well_formed
from hub.importing.summary import Unwatched
from tests.conftest import fresh_database
from tests.demonstration.visiting import NOW
from tests.importing.counting import Counting

CONSULTATIONS = """
    SELECT c.state, e.folio, e.imported_from,
           (SELECT count(*)::int FROM response r WHERE r.consultation_id = c.id)
    FROM consultation c JOIN entry e USING (id) ORDER BY c.opens_at
"""

LOADED = [
    ("closed", None, "polis:scoop-hivemind.ubi", 234),
    ("closed", "CGATP/CONSULTA/2026/001", "demonstration:consultation:criteria", 384),
    ("answered", "CGATP/CONSULTA/2026/002", "demonstration:consultation:notices", 60),
    ("open", "CGATP/CONSULTA/2026/003", "demonstration:consultation:services:2026-11-17", 48),
]


AT_WORK = (
    "action_item", "agenda_item", "agreement", "agreement_party", "attendance", "body", "body_charter",
    "consultation_report", "convocation", "dataset_column", "deliverable", "document", "finding",
    "instrument_signature", "interest_declaration", "join_request", "mandate", "membership", "minutes_revision",
    "minutes_signature", "motion", "observation", "parity_rule", "peer_review", "quorum_count", "recusal",
    "seat", "session", "session_rules", "statement", "stored_file", "study", "study_dataset", "study_member",
    "study_milestone", "study_revision", "vote", "vote_event", "voting_seat",
)  # fmt: skip
"""The tables that hold what the commission does: the same after any number of loads."""


class StoppedError(Exception):
    """The load was stopped."""


class StopsAt(Unwatched):
    """Stops a load at one of its signs of life."""

    def __init__(self, sign: int) -> None:
        self._left = sign

    def begin(self, what: str, total: int | None) -> None:
        self._left -= 1
        if self._left == 0:
            raise StoppedError(what)

    def advance(self, steps: int) -> None:
        self.begin("", None)


@pytest.fixture(scope="module")
async def whole(template: str, loaded: str) -> dict[str, int]:
    """How many rows of everything there are after a load that nobody stopped."""
    async with fresh_database(template, like=loaded) as url:
        connection = await asyncpg.connect(plain(url))
        try:
            return await Counting(connection).everything()
        finally:
            await connection.close()


async def test_a_believable_commission(changes: Changes, store: Store, counting: Counting) -> None:
    with clock.stopped_at(NOW):
        shown = await load(changes, store, progress=Unwatched())
    assert await counting.rows(CONSULTATIONS) == LOADED
    assert (shown.folio, shown.closes_at) == (
        "CGATP/CONSULTA/2026/003",
        dt.datetime(2026, 12, 16, tzinfo=dt.UTC),
    )
    assert await counting.rows("SELECT kind, count(*)::int FROM body GROUP BY 1 ORDER BY 2") == [
        ("forum", 1),
        ("commission", 2),
        ("working_group", 6),
    ]
    assert await counting.rows("SELECT kind, count(*)::int FROM territory GROUP BY 1 ORDER BY 2") == [
        ("country", 1),
        ("state", 32),
        ("municipality", 2_478),
    ]
    assert await counting.value("SELECT count(*) FROM organization WHERE kind = 'guarantor'") == 34
    for token in (shown.tokens.citizen, shown.tokens.coordinator, shown.tokens.program):
        assert well_formed(token)
        assert await counting.value("SELECT expires_at > $2 FROM token WHERE digest = $1", digest(token), NOW)
    signed_in = digest(shown.tokens.administrator)
    assert await counting.value("SELECT ended_at IS NULL FROM sign_in WHERE digest = $1", signed_in)
    lines = "\n".join(shown.lines())
    assert all(token in lines for token in (shown.tokens.program, shown.tokens.administrator))


@pytest.mark.parametrize("signs", [(1, 5, 10, 24), (75, 110), (172,), (200,), (228,)])
async def test_a_load_that_was_stopped_again_and_again_is_completed_by_the_next(
    changes: Changes, store: Store, counting: Counting, whole: dict[str, int], signs: tuple[int, ...]
) -> None:
    with clock.stopped_at(NOW):
        for sign in signs:
            with pytest.raises(StoppedError):
                await load(changes, store, progress=StopsAt(sign))
        await load(changes, store, progress=Unwatched())
    assert await counting.rows(CONSULTATIONS) == LOADED
    assert await counting.value("SELECT count(*) FROM role_grant") == 2
    assert await counting.value("SELECT count(*) FROM client") == 1
    left = await counting.everything()
    assert {name: left[name] for name in AT_WORK} == {name: whole[name] for name in AT_WORK}
