"""A large commission: one of each thing is made by the hub's own acts, and then copied row by row, many times."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from hub import clock
from hub.database.address import plain
from tests.making.files import a_document
from tests.making.instruments import a_published_instrument, order, section
from tests.making.sittings import Sitting, a_sitting
from tests.making.studies import a_published_study, found
from tests.sessions.voting import given
from tests.talking import Talking

DEAL, CLOSE, DRAFT = (
    f"mutation ($input: {verb[0].upper()}{verb[1:]}Input!) {{ {verb}(input: $input) {{ errors {{ code }} }} }}"
    for verb in ("dealWithAgendaItem", "closeSession", "draftMinutes")
)

COPY = """INSERT INTO {table} SELECT (jsonb_populate_record(one, jsonb_build_object({differs}))).*
    FROM (SELECT t AS one FROM {table} AS t WHERE {only} LIMIT 1), generate_series(1, $1::int) AS n
    WHERE $2::int > 0 AND $3::uuid IS NOT NULL"""

BODIES = 50
"""How many sessions, instruments, seats, and so on, come to one body."""

GREAT = 10
"""Of so many of them, one is of the first body, which has by far the most."""


@dataclass(frozen=True)
class Copies:
    """What is copied: which row of a table, what is different in copy `n`, and how often for each row of the whole."""

    table: str
    differs: str
    only: str = "true"
    times: float = 1.0


def of(name: str, n: str = "n") -> str:
    """Return the SQL of the id of the n-th copy of a thing."""
    return f"md5('{name}' || {n})::uuid"


BODY = f"CASE WHEN n % {GREAT} = 0 THEN $3::uuid ELSE {of('body', f'n % ($2::int / {BODIES})')} END"
HOUR = "'2020-01-01Z'::timestamptz + n * interval '1 hour'"
DAY = "'2020-01-01'::date + n % 4000"


def entry(kind: str, times: float = 1.0) -> Copies:
    """Return the entry in the register that each copy of a thing has."""
    name = kind.lower()
    differs = f"'id', {of(name)}, 'folio', '{kind}/' || n, 'body_id', {BODY}, 'search', to_tsvector('n' || n)"
    return Copies("entry", differs, f"kind = '{kind}'", times)


COPIES = (
    entry("Body", 1 / BODIES),
    Copies("body", f"'id', {of('body')}, 'folded_name', 'comision ' || n", times=1 / BODIES),
    Copies("dated_name", f"'id', {of('name')}, 'entry_id', {of('body')}", times=1 / BODIES),
    Copies("seat", f"'id', {of('seat')}, 'body_id', {BODY}, 'ordinal', n"),
    Copies(
        "membership",
        f"'id', {of('membership')}, 'seat_id', {of('seat')}, 'body_id', {BODY}, 'person_id', {of('person')}, "
        f"'valid_from', {HOUR}",
    ),
    entry("Session"),
    Copies(
        "session",
        f"'id', {of('session')}, 'body_id', {BODY}, 'starts_at', {HOUR}, "
        f"'state', CASE WHEN n % 100 = 0 THEN 'convened' ELSE 'finished' END",
    ),
    Copies("agenda_item", f"'id', {of('item')}, 'session_id', {of('session')}"),
    Copies(
        "attendance",
        f"'id', {of('attendance')}, 'session_id', {of('session')}, 'seat_id', {of('seat')}, "
        f"'membership_id', {of('membership')}",
    ),
    Copies("motion", f"'id', {of('motion')}, 'session_id', {of('session')}, 'agenda_item_id', {of('item')}"),
    Copies("vote_event", f"'id', {of('vote')}, 'session_id', {of('session')}, 'motion_id', {of('motion')}"),
    *(
        Copies(
            table,
            f"'id', {of(table)}, 'vote_event_id', {of('vote')}, 'seat_id', {of('seat')}, "
            f"'membership_id', {of('membership')}",
        )
        for table in ("voting_seat", "vote")
    ),
    Copies("minutes", f"'id', {of('minutes')}, 'session_id', {of('session')}, 'state', 'draft'"),
    entry("Instrument"),
    Copies(
        "instrument",
        f"'id', {of('instrument')}, 'body_id', {BODY}, 'vote_event_id', {of('vote')}, 'created_at', {HOUR}, "
        f"'in_force_from', '2020-01-01'",
    ),
    Copies("instrument_revision", f"'id', {of('wording')}, 'instrument_id', {of('instrument')}"),
    entry("Mandate"),
    Copies(
        "mandate",
        f"'id', {of('mandate')}, 'instrument_id', {of('instrument')}, 'body_id', {BODY}, 'due_on', {DAY}, "
        f"'created_at', {HOUR}, 'state', CASE WHEN n % 20 = 0 THEN 'in_progress' ELSE 'delivered' END, "
        f"'delivered_at', CASE WHEN n % 20 > 0 THEN {HOUR} END",
        "origin = 'instrument'",
    ),
    entry("Study"),
    Copies(
        "study",
        f"'id', {of('study')}, 'mandate_id', {of('mandate')}, 'body_id', {BODY}, 'created_at', {HOUR}",
    ),
    Copies("study_revision", f"'id', {of('report')}, 'study_id', {of('study')}"),
    Copies(
        "finding",
        f"'id', {of('finding')}, 'study_id', {of('study')}, 'created_at', {HOUR}, 'answer_due_on', {DAY}, "
        f"'body_id', {BODY}",
        "kind = 'recommendation'",
    ),
    Copies(
        "document",
        f"'id', {of('document')}, 'entry_id', {of('session')}, 'body_id', {BODY}, "
        f"'published_at', {HOUR}, 'sight', CASE WHEN n % 2 = 0 THEN 'members' ELSE 'public' END",
    ),
    Copies(
        "document",
        f"'id', {of('paper')}, 'entry_id', $3::uuid, 'body_id', $3::uuid, 'position', n, 'published_at', {HOUR}",
    ),
)
"""In this order. Everybody is shown all of it, but the drafts of minutes and the papers for members."""

LARGE_TABLES = {copies.table for copies in COPIES if copies.times >= 1}


@dataclass(frozen=True)
class Large:
    """The commission that was copied: its people, and what there is one of."""

    sitting: Sitting
    instrument: str
    study: str

    @property
    def ids(self) -> dict[str, str]:
        """The ids that queries ask for."""
        sitting = self.sitting
        session = f"Session_{sitting.session_id}"
        return {"body": f"Body_{sitting.body_id}", "session": session, "act": self.instrument, "study": self.study}


async def a_large_commission(hub: Talking, rows: int) -> Large:
    """A commission of which there is one of each thing, and so many copies; the database knows how many."""
    sitting = await a_sitting(hub)
    body: UUID = sitting.body_id
    tomorrow = (clock.now() + dt.timedelta(days=1)).date().isoformat()
    instrument = await a_published_instrument(
        hub, sitting, in_force_from=tomorrow, sections=[section(orders=[order()])]
    )
    study = await a_published_study(hub, body, found("Contesten todo.", body_id=body))
    await a_document(hub, sitting.secretary, f"Session_{sitting.session_id}")
    for point in sitting.points:
        await hub.act(DEAL, given(agendaItemId=f"AgendaItem_{point}"), by=sitting.secretary)
    await hub.act(CLOSE, given(sessionId=f"Session_{sitting.session_id}"), by=sitting.coordinator)
    await hub.act(DRAFT, given(sessionId=f"Session_{sitting.session_id}"), by=sitting.secretary)
    connection = await asyncpg.connect(plain(hub.url))
    try:
        # The guards are for what the hub writes; their checks would be all that a test of plans measures.
        await connection.execute("SET session_replication_role = replica")
        for copies in COPIES:
            await connection.execute(COPY.format(**vars(copies)), int(rows * copies.times), rows, body)
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
    return Large(sitting, instrument["id"], f"Study_{study}")
