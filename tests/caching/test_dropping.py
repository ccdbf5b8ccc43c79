"""When what is kept is dropped: by a commit of this process at once, by any other within two seconds."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from graphql_schema.execution import Answer
from hub.changes import feed as following
from hub.changes import marks as marking
from hub.changes.change import Changes, OutcomeUnknown
from hub.changes.marks import BOUND
from hub.reading.readable import readables
from hub.settings import Settings
from tests.caching.keeping import as_owner, differs, keeping, read, settled, until
from tests.cast import a_citizen
from tests.conftest import administration
from tests.consultations.asking import SUBMIT, a_sheet
from tests.journeys.commands import no_more_commands
from tests.journeys.installation import Installation, a_home
from tests.making.bodies import a_body
from tests.making.consultations import a_withdrawn_response, an_open_consultation
from tests.shape.project import NOTHING, exceptions
from tests.talking import Talking, talking

BODIES = "{ bodies { totalCount } }"
RENAME = "UPDATE dated_name SET acronym = :acronym"
ACRONYMS = "{ bodies { nodes { acronym } } }"


OF_ONE_PERSON = {
    "linked_identity": "Only its person sees it.",
    "receipt": "Whoever knows its code sees it; it is told once.",
    "response_draft": "Only its person sees it.",
    "sign_in": "Only its person sees it.",
    "token": "Only its owner sees it.",
}
"""Tables of which nobody without a token is told anything that others are told too."""


async def count(hub: Talking) -> int:
    return int((await hub.ask(BODIES))["bodies"]["totalCount"])


async def test_who_has_written_reads_what_they_wrote(database_url: str, data: Path) -> None:
    """Also without a token, and as soon as the answer to the mutation is there."""
    async with keeping(database_url, data) as hub:
        asked = await an_open_consultation(hub, body_id=await a_body(hub), results_policy="live")
        question = "query($id: ID!) { node(id: $id) { ... on Consultation { responseCount } } }"
        for number in range(5):
            who = await a_citizen(hub, f"Persona {number}")
            with hub.at(asked.open):
                for _ in range(2):
                    found = await hub.ask(question, {"id": asked.node})
                    assert found == {"node": {"responseCount": number}}
                await hub.act(SUBMIT, a_sheet(asked), by=who)
        await a_withdrawn_response(hub, asked, who)
        with hub.at(asked.open):
            assert await hub.ask(question, {"id": asked.node}) == {"node": {"responseCount": 4}}
        # What the log tells of a commit may come between two readings, and then the second is no hit.
        assert hub.hub.cache.counts["hit"] >= 1


async def test_what_a_commit_did_not_write_is_kept(database_url: str, data: Path) -> None:
    """While responses come in by the hundred, what is said about the consultation is read once."""
    async with keeping(database_url, data) as hub:
        asked = await an_open_consultation(hub, body_id=await a_body(hub))
        question = "query($id: ID!) { node(id: $id) { ... on Consultation { title { text } state } } }"
        people = [await a_citizen(hub, f"Persona {number}") for number in range(3)]
        await settled(hub)
        with hub.at(asked.open):
            await hub.ask(question, {"id": asked.node})
            for who in people:
                await hub.act(SUBMIT, a_sheet(asked), by=who)
                await settled(hub)
                before = hub.hub.cache.counts["hit"]
                await hub.ask(question, {"id": asked.node})
                assert hub.hub.cache.counts["hit"] == before + 1


async def test_another_process_is_told(database_url: str, data: Path) -> None:
    async with keeping(database_url, data) as hub, talking(hub.hub.settings, database_url) as writer:
        for number in range(5):
            assert await count(hub) == number
            with read(hub, times=0):
                assert await count(hub) == number
            await a_body(writer, f"Cuerpo {number}", acronym=f"C{number}")
            assert await differs(hub, {"bodies": {"totalCount": number}}, BODIES) < BOUND


async def test_another_process_of_an_operator_is_told(data: Path, database_url: str) -> None:
    """A server that runs by itself, as it is started by default; and one that only writes."""
    async with talking(Settings(data=data, database_url=None, keys=None), database_url) as writer:
        with a_home() as home:
            keys = str(writer.hub.settings.keys_file)
            installation = Installation(home / "data", HUB_DATABASE_URL=database_url, HUB_KEYS=keys)
            with installation.served() as served:
                async with httpx2.AsyncClient(base_url=served.url) as client:

                    async def counted() -> int:
                        answer = (await client.post("/graphql", json={"query": BODIES})).json()
                        return int(answer["data"]["bodies"]["totalCount"])

                    for number in range(3):
                        assert [await counted() for _ in range(20)] == [number] * 20
                        await a_body(writer, f"Cuerpo {number}", acronym=f"C{number}")
                        began = asyncio.get_running_loop().time()
                        while await counted() == number:
                            assert asyncio.get_running_loop().time() - began < BOUND
        no_more_commands()


async def test_what_is_written_by_hand_is_noticed(database_url: str, data: Path) -> None:
    """By whichever program, without a word to anybody; rows put in by COPY and taken away by another's going, too."""
    async with keeping(database_url, data) as hub:
        await a_body(hub)
        for number in range(2):
            former = await hub.ask(ACRONYMS)
            await hub.run(RENAME, acronym=f"N{number}")
            assert await differs(hub, former, ACRONYMS) < BOUND
        before = await marked(hub)
        async with as_owner(hub) as connection:
            await connection.copy_records_to_table("consultation_territory", records=[])
        after = await marked(hub)
        assert {name for name in before if before[name] != after[name]} == {"consultation_territory"}


async def marked(hub: Talking) -> dict[str, str]:
    return {row["name"]: str(row["mark"]) for row in await hub.rows("SELECT name, mark FROM table_mark")}


async def test_a_mark_changes_with_the_commit_and_not_before(database_url: str, data: Path) -> None:
    """What was undone has changed nothing, in part or in whole; nobody waits for a mark before they commit."""
    async with keeping(database_url, data) as hub:
        await a_body(hub)
        before = await marked(hub)
        async with as_owner(hub) as one, as_owner(hub) as two:
            await one.execute("BEGIN")
            await one.execute("SAVEPOINT undone")
            await one.execute("UPDATE body SET kind = kind")
            await one.execute("ROLLBACK TO undone")
            await one.execute("UPDATE entry SET updated_at = updated_at")
            # Both have written a table that has a mark, and neither waits for the other.
            await two.execute("BEGIN")
            await two.execute("UPDATE body SET kind = kind")
            assert await marked(hub) == before
            await one.execute("COMMIT")
            changed = {name for name, mark in (await marked(hub)).items() if before[name] != mark}
            await two.execute("ROLLBACK")
        assert changed == {"entry"}
        assert await hub.rows("SELECT * FROM write_under_way") == []


async def test_whatever_everybody_may_read_has_a_mark(database_url: str, data: Path) -> None:
    """An answer with a table that has none is never kept; those are named above, each by its reason."""
    async with keeping(database_url, data) as hub:
        marks = set(await marked(hub))
        noting = await hub.rows("SELECT relname AS name FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                                "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE proname = 'note_written'")  # fmt: skip
    assert {row["name"] for row in noting} == marks
    readable = {found.model.__table__.name for found in readables.values() if found.model is not None}
    assert exceptions(readable - marks, OF_ONE_PERSON) == NOTHING


async def test_a_restored_database_is_noticed(database_url: str, data: Path) -> None:
    """A mark that is an older one again is another one, too."""
    async with keeping(database_url, data) as hub:
        await a_body(hub)
        backup = await marked(hub)
        await hub.run(RENAME, acronym="NUEVO")
        await until(lambda: hub.hub.marks._marks["dated_name"] != backup["dated_name"])
        assert await hub.ask(ACRONYMS) == {"bodies": {"nodes": [{"acronym": "NUEVO"}]}}
        async with as_owner(hub) as connection, connection.transaction():
            # As `pg_restore` does: rows come before the triggers.
            await connection.execute("SET LOCAL session_replication_role = replica")
            await connection.execute("UPDATE dated_name SET acronym = 'VIEJO'")
            for name, mark in backup.items():
                await connection.execute("UPDATE table_mark SET mark = $2::text::uuid WHERE name = $1", name, mark)
        assert await differs(hub, {"bodies": {"nodes": [{"acronym": "NUEVO"}]}}, ACRONYMS) < BOUND


async def test_who_does_not_know_what_was_written_keeps_nothing(
    template: str, database_url: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the marks cannot be looked at, everything is read; when they can be again, nothing old is given."""
    monkeypatch.setattr(marking, "BOUND", 0.3)
    monkeypatch.setattr(following, "POLL", 0.05)
    async with keeping(database_url, data) as hub, administration(template) as owner:
        await a_body(hub)
        await settled(hub)
        former = await hub.ask(ACRONYMS)
        with read(hub, times=0):
            await hub.ask(ACRONYMS)
        name = (await hub.rows("SELECT current_database() AS name"))[0]["name"]
        await owner.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        await hub.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'hub marks' "
                      "AND datname = current_database()")  # fmt: skip
        await until(lambda: not hub.hub.marks.known)
        with read(hub, times=2):
            assert [await hub.ask(ACRONYMS) for _ in range(2)] == [former] * 2
        await hub.run(RENAME, acronym="NUEVO")
        await owner.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        await until(lambda: hub.hub.marks.known)
        assert await hub.ask(ACRONYMS) == {"bodies": {"nodes": [{"acronym": "NUEVO"}]}}
        with read(hub, times=0):
            assert await hub.ask(ACRONYMS) == {"bodies": {"nodes": [{"acronym": "NUEVO"}]}}


async def test_what_was_read_before_a_commit_is_not_kept_after_it(
    database_url: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader was slow: the commit came between its statement and its answer."""
    async with keeping(database_url, data) as hub:
        execute, has_read, may_go = hub.hub.executor.execute, asyncio.Event(), asyncio.Event()

        async def slow(*given: Any) -> Answer:
            answer = await execute(*given)
            has_read.set()
            await may_go.wait()
            return answer

        with monkeypatch.context() as patch:
            patch.setattr(hub.hub.executor, "execute", slow)
            reading = asyncio.create_task(count(hub))
            await has_read.wait()
        await a_body(hub)
        # Who comes after the commit does not wait for what was begun before it.
        assert await asyncio.wait_for(count(hub), 0.9) == 1
        may_go.set()
        assert await reading == 0
        assert await count(hub) == 1


async def test_a_commit_whose_answer_was_lost_counts_as_one(
    database_url: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with keeping(database_url, data) as hub:
        commit = Changes._commit

        async def lost(session: Any) -> None:
            await commit(session)
            raise OutcomeUnknown("The answer to COMMIT was lost.")

        assert await count(hub) == 0
        monkeypatch.setattr(Changes, "_commit", staticmethod(lost))
        with pytest.raises(OutcomeUnknown):
            await a_body(hub)
        assert await count(hub) == 1


async def test_a_change_without_a_fact_is_noticed_at_once_too(database_url: str, data: Path) -> None:
    async with keeping(database_url, data) as hub:
        await a_body(hub)
        await settled(hub)
        await hub.ask(ACRONYMS)
        async with hub.change() as change:
            await change.session.execute(text(RENAME), {"acronym": "SIN HECHO"})
        assert await hub.ask(ACRONYMS) == {"bodies": {"nodes": [{"acronym": "SIN HECHO"}]}}
