"""The bodies and sessions of the world: made by SQL beside the rest, the same each time.

Each of forty bodies has a dozen seats with somebody in each, and has sat twenty-five times: six points, four of them
voted on by roll call, an instrument from each session and three mandates from each instrument.
"""

from __future__ import annotations

import asyncpg

from hub.database.address import plain
from tests.benchmarks.world import HELPING

SITS = """
CREATE TEMPORARY TABLE sat ON COMMIT DROP AS
SELECT n, pg_temp.known('session', n) AS id, 1 + n % 40 AS body,
       pg_temp.known('sitting body', 1 + n % 40) AS body_id,
       '2024-01-08 16:00Z'::timestamptz + n * interval '1 day' AS at
FROM generate_series(1, 1000) AS n;

SELECT pg_temp.entered('Body', 'sitting body', n, NULL, NULL, pg_temp.words('Comisión ' || n, 'Commission ' || n))
FROM generate_series(1, 40) AS n;

INSERT INTO body (id, kind, state, folded_name)
SELECT pg_temp.known('sitting body', n), 'commission', 'constituted', 'comision ' || n FROM generate_series(1, 40) AS n;

INSERT INTO dated_name (id, entry_id, name, acronym, valid_from, valid_until)
SELECT pg_temp.known('name of a body', n), pg_temp.known('sitting body', n),
       pg_temp.words('Comisión ' || n, 'Commission ' || n), 'C' || n, date '2015-05-05', NULL
FROM generate_series(1, 40) AS n;

INSERT INTO seat (id, body_id, post, sector, voting, ordinal, state, created_at)
SELECT pg_temp.known('seat', b * 12 + s), pg_temp.known('sitting body', b),
       CASE s WHEN 0 THEN 'coordinator' WHEN 1 THEN 'secretary' ELSE 'member' END,
       (ARRAY['government', 'civil_society', 'academia'])[1 + s % 3], s <> 1, s + 1, 'filled', '2023-01-01Z'
FROM generate_series(1, 40) AS b, generate_series(0, 11) AS s;

INSERT INTO membership (id, body_id, seat_id, name, alternate, state, valid_from, created_at)
SELECT pg_temp.known('membership', b * 12 + s), pg_temp.known('sitting body', b), pg_temp.known('seat', b * 12 + s),
       'Integrante "de" ' || b || '-' || s, false, 'active', '2023-01-01Z'::timestamptz + s * interval '1 day',
       '2023-01-01Z'
FROM generate_series(1, 40) AS b, generate_series(0, 11) AS s;

SELECT pg_temp.entered('Session', 'session', n, 'C' || body || '/SESION/2024/' || lpad(n::text, 4, '0'), body_id,
                       pg_temp.words('Sesión ordinaria ' || n, 'Ordinary session ' || n))
FROM sat;

INSERT INTO session (id, body_id, joint_body_ids, title, kind, mode, state, number, call, starts_at, starts_local, zone,
                     planned_minutes, open_to_public, convened_at, opened_at, ended_at, sequence, created_at)
SELECT id, body_id, '{}'::uuid[], pg_temp.words('Sesión ordinaria ' || n, 'Ordinary session ' || n), 'ordinary',
       'hybrid', CASE WHEN n > 960 THEN 'convened' ELSE 'finished' END, n, 1, at, at AT TIME ZONE 'America/Mexico_City',
       'America/Mexico_City', 120, true, at - interval '7 days', CASE WHEN n <= 960 THEN at END,
       CASE WHEN n <= 960 THEN at + interval '2 hours' END, 0, at - interval '9 days'
FROM sat;

INSERT INTO attendance (id, session_id, seat_id, membership_id, mode, came_at, left_at)
SELECT pg_temp.known('attendance', n * 12 + s), id, pg_temp.known('seat', body * 12 + s),
       pg_temp.known('membership', body * 12 + s), CASE WHEN s % 4 = 0 THEN 'remote' ELSE 'in_person' END,
       at + s * interval '1 second', at + interval '2 hours'
FROM sat, generate_series(0, 11) AS s WHERE n <= 960;

INSERT INTO agenda_item (id, session_id, position, kind, state, title, public, outcome)
SELECT pg_temp.known('point', n * 6 + p), id, p + 1, CASE WHEN p < 4 THEN 'decision' ELSE 'information' END,
       CASE WHEN n <= 960 THEN 'dealt_with' ELSE 'accepted' END, pg_temp.words('Asunto ' || p, 'Matter ' || p), true,
       CASE WHEN n <= 960 THEN pg_temp.words('Se resolvió.', 'It was settled.') END
FROM sat, generate_series(0, 5) AS p;

INSERT INTO motion (id, session_id, agenda_item_id, number, mover_id, matter, text, state, tabled_at, decided_at)
SELECT pg_temp.known('motion', n * 6 + p), id, pg_temp.known('point', n * 6 + p), p + 1,
       pg_temp.known('membership', body * 12), 'simple', pg_temp.words('Que se apruebe.', 'To be approved.'), 'carried',
       at, at + interval '1 hour'
FROM sat, generate_series(0, 3) AS p WHERE n <= 960;

INSERT INTO vote_event (id, session_id, motion_id, method, state, opened_at, closed_at, entitled, present, quorum,
                        votes_for, votes_against, abstentions, needed, result, casting_vote)
SELECT pg_temp.known('vote', n * 6 + p), id, pg_temp.known('motion', n * 6 + p), 'roll_call', 'closed', at,
       at + interval '1 hour', 11, 11, 6, 8, 2, 1, 6, 'carried', false
FROM sat, generate_series(0, 3) AS p WHERE n <= 960;

INSERT INTO vote (id, vote_event_id, seat_id, membership_id, option, recorded, cast_at)
SELECT pg_temp.known('cast', (n * 6 + p) * 12 + s), pg_temp.known('vote', n * 6 + p),
       pg_temp.known('seat', body * 12 + s), pg_temp.known('membership', body * 12 + s),
       CASE s WHEN 2 THEN 'against' WHEN 3 THEN 'against' WHEN 4 THEN 'abstain' ELSE 'for' END, false,
       at + s * interval '1 second'
FROM sat, generate_series(0, 3) AS p, generate_series(0, 11) AS s WHERE n <= 960 AND s <> 1;

SELECT pg_temp.entered('Instrument', 'instrument', n, 'C' || body || '/ACUERDO/2024/' || lpad(n::text, 4, '0'), body_id,
                       pg_temp.words('Acuerdo ' || n, 'Agreement ' || n))
FROM sat WHERE n <= 960;

INSERT INTO instrument (id, body_id, kind, state, title, vote_event_id, adopted_at, in_force_from, created_at)
SELECT pg_temp.known('instrument', n), body_id, 'acuerdo', 'published',
       pg_temp.words('Acuerdo ' || n, 'Agreement ' || n), pg_temp.known('vote', n * 6), at, at::date + 1, at
FROM sat WHERE n <= 960;

SELECT pg_temp.entered('Mandate', 'ordered', n * 3 + m, NULL, body_id,
                       pg_temp.words('Trabajo ' || n || '.' || m, 'Work ' || n || '.' || m))
FROM sat, generate_series(0, 2) AS m WHERE n <= 960;

INSERT INTO mandate (id, kind, origin, state, body_id, instrument_id, paragraph, title, reason, due_on, ordered_at,
                     delivered_at, created_at)
SELECT pg_temp.known('ordered', n * 3 + m), 'study', 'instrument',
       CASE WHEN m = 0 THEN 'in_progress' ELSE 'delivered' END, body_id, pg_temp.known('instrument', n), 'primero',
       pg_temp.words('Trabajo ' || n || '.' || m, 'Work ' || n || '.' || m), pg_temp.words('Porque sí', 'Because'),
       at::date + 90, at, CASE WHEN m > 0 THEN at + interval '60 days' END, at
FROM sat, generate_series(0, 2) AS m WHERE n <= 960
"""


async def make(url: str) -> None:
    """Let the bodies sit in a world that is there: once, in one transaction."""
    connection = await asyncpg.connect(plain(url))
    try:
        if await connection.fetchval("SELECT EXISTS (SELECT FROM session)"):
            return
        async with connection.transaction():
            # What has a life is written as it stands now, which the guards of the machines would refuse.
            await connection.execute("SET LOCAL session_replication_role = replica")
            for statement in (*HELPING.split(";\n\n"), *SITS.split(";\n\n")):
                await connection.execute(statement)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
