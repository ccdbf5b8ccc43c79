"""What is always true of the responses in a database, whatever happened to whom: looked at row by row.

Each law is a statement that finds what breaks it. None of them believes what another table says of itself: the state
of a response is compared with its moves in the log, the counted answers with the state, the heir with the replaced.
"""

from __future__ import annotations

from tests.talking import Talking

LAWS = {
    "nobody has two responses that count": """
        SELECT participation_id FROM response WHERE state = 'accepted' AND participation_id IS NOT NULL
        GROUP BY participation_id HAVING count(*) > 1""",
    "nobody takes part twice in one consultation": """
        SELECT consultation_id, pseudonym FROM participation GROUP BY 1, 2 HAVING count(*) > 1""",
    "nobody takes part without having answered": """
        SELECT id FROM participation WHERE NOT EXISTS (SELECT FROM response WHERE participation_id = participation.id)
        """,
    "an answer is counted as long as its response counts": """
        SELECT response_id FROM answer JOIN response ON response.id = response_id
        WHERE counted <> (state = 'accepted')""",
    "a choice is counted as long as its response counts": """
        SELECT response_id FROM answer_choice JOIN response ON response.id = response_id
        WHERE counted <> (state = 'accepted')""",
    "a response is whole: what the tests answer is three answers with three choices": """
        SELECT id FROM response
        WHERE (SELECT count(*) FROM answer WHERE response_id = response.id) <> 3
           OR (SELECT count(*) FROM answer_choice WHERE response_id = response.id) <> 3""",
    "each response has one receipt, with the same hash": """
        SELECT response.id FROM response LEFT JOIN receipt ON receipt.response_id = response.id
        WHERE receipt.content_hash IS DISTINCT FROM response.content_hash""",
    "the state of a response is where its last move in the log leads": """
        SELECT response.id FROM response LEFT JOIN LATERAL (
            SELECT target FROM event WHERE entity_id = response.id AND machine = 'response'
            ORDER BY position DESC LIMIT 1) AS last ON true
        WHERE last.target IS DISTINCT FROM response.state::text""",
    "the moves of a response are a chain that begins with its birth, and it ends once": """
        SELECT entity_id FROM (
            SELECT entity_id, source, lag(target, 1, '') OVER (PARTITION BY entity_id ORDER BY position) AS before
            FROM event WHERE machine = 'response') AS moves
        WHERE source <> before""",
    "every move in the log is of a response that is there": """
        SELECT entity_id FROM event
        WHERE machine = 'response' AND NOT EXISTS (SELECT FROM response WHERE id = entity_id)""",
    "a response that was replaced has the heir that the log names": """
        SELECT former.id FROM response AS former
        LEFT JOIN response AS heir ON heir.replaces_id = former.id
        LEFT JOIN event ON event.entity_id = former.id AND event.type = 'ResponseReplaced'
        WHERE (former.state = 'replaced') <> (heir.id IS NOT NULL)
           OR event.facts ->> 'replaced_by' IS DISTINCT FROM heir.id::text""",
    "a response came in while its consultation took any, and is marked by when that was": """
        SELECT response.id FROM response JOIN consultation ON consultation.id = consultation_id
        WHERE NOT (opens_at <= received_at AND received_at < late_until)
           OR timeliness <> CASE WHEN received_at < closes_at THEN 'on_time'
                                 WHEN received_at < counted_until THEN 'grace' ELSE 'late' END""",
    "what came in late counts with a reason only, and nothing else is ever held": """
        SELECT id FROM response
        WHERE (timeliness = 'late' AND state = 'accepted' AND decision_reason IS NULL)
           OR (timeliness <> 'late' AND state IN ('held', 'refused'))""",
    "the state of a consultation is where its last move in the log leads, and each move was made once": """
        SELECT consultation.id FROM consultation LEFT JOIN LATERAL (
            SELECT (array_agg(target ORDER BY position DESC))[1] AS target, count(*) - count(DISTINCT move) AS twice
            FROM event WHERE entity_id = consultation.id AND machine = 'consultation') AS log ON true
        WHERE log.target IS DISTINCT FROM consultation.state::text OR log.twice > 0""",
    "an idempotency key that is kept has its result": """
        SELECT key FROM idempotent_request WHERE result IS NULL OR result = 'null'""",
}


async def broken_laws(hub: Talking) -> dict[str, int]:
    """Return how many rows break each law that is broken: nothing, if all is well."""
    found = {law: len(await hub.rows(statement)) for law, statement in LAWS.items()}
    return {law: rows for law, rows in found.items() if rows}


async def states(hub: Talking) -> dict[str, int]:
    """Return how many responses are in each state."""
    rows = await hub.rows("SELECT state::text, count(*) FROM response GROUP BY state")
    return {row["state"]: row["count"] for row in rows}
