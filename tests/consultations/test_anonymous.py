"""Anonymity: nothing in the tables leads from a response to whoever gave it, though each takes part once.

The attacker of these tests reads every column of every row, also those that PostgreSQL keeps for itself, and knows the
pseudonym of everybody. What they cannot do is in decision 0009.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest

from hub.consultations import answering, unlinking
from hub.consultations.models import Anonymity, ConsultationKey, IdentityPolicy, ResultsPolicy
from hub.consultations.pseudonyms import pseudonym
from hub.consultations.timekeeping import keep_time
from hub.consultations.unlinking import FEWEST, take_turns
from hub.database.base import Base
from tests.cast import a_citizen
from tests.consultations.asking import CHANGE, CONSENT, SAVE, SUBMIT, WITHDRAW, a_sheet, problems
from tests.making.bodies import a_body
from tests.making.consultations import DAY, Asked, an_open_consultation
from tests.making.people import an_organization
from tests.making.representing import speaks_for
from tests.talking import Somebody, Talking

YES, NO = {"question": "agua", "option": "si"}, {"question": "agua", "option": "no"}


async def an_anonymous_consultation(hub: Talking, **known: Any) -> Asked:
    """One that promises anonymity to people with an account."""
    return await an_open_consultation(hub, await a_body(hub), anonymity=Anonymity.ANONYMOUS, **known)


# ---- what is kept ----------------------------------------------------------------------------------------------


async def test_of_an_anonymous_response_only_the_day_is_kept(hub: Talking) -> None:
    asked, ana = await an_anonymous_consultation(hub), await a_citizen(hub, public_profile=True)
    await hub.forget()
    with hub.at(asked.open):
        payload = await hub.act(SUBMIT, a_sheet(asked, {**YES, "consent": "NOT_PUBLISHED"}), by=ana)
        code = payload["receipt"]["code"]
        consent = {"receipt": code, "consent": "NOT_PUBLISHED", "noticeHash": asked.notice_hash}
        await hub.act(CONSENT, {"input": consent}, by=ana)
        await hub.act(WITHDRAW, {"input": {"receipt": code.lower()}}, by=ana)
    midnight = asked.open.replace(hour=0, minute=0, second=0, microsecond=0)
    (response,) = await hub.rows("SELECT * FROM response")
    assert (response["participation_id"], response["received_at"]) == (None, midnight)
    assert (response["respondent_kind"], response["respondent_name"]) == ("anonymous", None)
    assert response["id"].version == 4
    assert [row["issued_at"] for row in await hub.rows("SELECT * FROM receipt")] == [midnight]
    assert {row["given_at"] for row in await hub.rows("SELECT * FROM publication_consent")} == {midnight}
    events = await hub.events()
    assert [event["type"] for event in events] == ["ResponseSubmitted", "ConsentChanged", "ResponseWithdrawn"]
    named = {(e["at"], e["actor_account_id"], e["actor_client_id"], e["request_id"]) for e in events}
    assert named == {(midnight, None, None, None)}
    # Nobody is answered with it, not even whoever gave it.
    assert payload["response"] is None


async def test_nothing_but_the_participation_knows_of_the_person(hub: Talking) -> None:
    """Nor does a row that was made with the response bear anything of the person, or anything that tells the hour."""
    asked, ana = await an_anonymous_consultation(hub), await a_citizen(hub)
    key = str(uuid4())
    with hub.at(asked.open):
        await hub.act(SUBMIT, a_sheet(asked, idempotencyKey=key), by=ana)
    (mark,) = await hub.rows("SELECT xmin::text FROM response")
    names = {str(ana.person_id), str(ana.account_id), ana.person_id.hex, ana.account_id.hex, ana.name, key}
    hour = f"{asked.open:%H:%M}"
    together = set()
    for table in Base.metadata.tables:
        for row in await hub.rows(f"SELECT * FROM {table} WHERE xmin::text = :xmin", xmin=mark["xmin"]):
            together.add(table)
            shown = " ".join(str(value.hex() if isinstance(value, bytes) else value) for value in row.values())
            assert not [name for name in names if name in shown], (table, row)
            assert hour not in shown or table == "participation", (table, row)
    assert together == {
        "answer", "answer_choice", "event", "idempotent_request", "participation", "publication_consent", "receipt",
        "response", "table_mark",  # The latter: which tables were written last, and nothing of what.
    }  # fmt: skip


async def test_a_request_is_remembered_by_its_random_key_alone(hub: Talking) -> None:
    asked, ana = await an_anonymous_consultation(hub), await a_citizen(hub)
    await hub.forget()
    errors = await hub.refuse(SUBMIT, a_sheet(asked, idempotencyKey="uno"), by=ana)
    assert problems(errors) == [("IDEMPOTENCY_KEY_NOT_RANDOM", "idempotencyKey")]
    assert (await hub.log(), await hub.rows("SELECT 1 FROM participation")) == ([], [])
    key = str(uuid4())
    # The same at once: one is carried out, the others are answered with it.
    sent = a_sheet(asked, idempotencyKey=key)
    payloads = await asyncio.gather(*[hub.act(SUBMIT, sent, by=ana) for _ in range(8)])
    assert {payload["receipt"]["code"] for payload in payloads} == {payloads[0]["receipt"]["code"]}
    assert await hub.log() == ["ResponseSubmitted"]
    other = a_sheet(asked, NO, idempotencyKey=key)
    assert problems(await hub.refuse(SUBMIT, other, by=ana)) == [("IDEMPOTENCY_KEY_REUSED", "idempotencyKey")]
    (row,) = await hub.rows("SELECT * FROM idempotent_request")
    principals = [
        hub.hub.changes.keys.digest("idempotency", who.encode()) for who in (ana.viewer.principal, "anonymous")
    ]
    assert row["principal"] == principals[1] != principals[0]
    # Neither can somebody who reads it try out which request it was.
    assert key not in repr(row)


async def test_the_second_time_is_a_conflict_also_at_the_same_moment(hub: Talking) -> None:
    asked, ana = await an_anonymous_consultation(hub), await a_citizen(hub)
    await hub.forget()
    answers = await asyncio.gather(*[hub.answer(SUBMIT, a_sheet(asked), by=ana) for _ in range(20)])
    refused = [[e["code"] for e in answer["data"]["submitResponse"]["errors"]] for answer in answers]
    assert sorted(map(tuple, refused)) == [()] + [("ALREADY_RESPONDED_ANONYMOUSLY",)] * 19
    assert await hub.log() == ["ResponseSubmitted"]
    assert len(await hub.rows("SELECT 1 FROM response")) == len(await hub.rows("SELECT 1 FROM participation")) == 1
    found = """query ($id: ID!) { node(id: $id) { ... on Consultation {
      viewerHasResponded viewerResponse { id } availableTransitions { event allowed reason { code } } } } }"""
    node = (await hub.ask(found, {"id": asked.node}, by=ana))["node"]
    assert (node["viewerHasResponded"], node["viewerResponse"]) == (True, None)
    reasons = {t["event"]: (t["reason"] or {}).get("code") for t in node["availableTransitions"]}
    assert reasons["submit"] == "ALREADY_RESPONDED_ANONYMOUSLY"
    for document, given in ((CHANGE, a_sheet(asked)), (WITHDRAW, {"input": {"consultationId": asked.node}})):
        assert problems(await hub.refuse(document, given, by=ana)) == [("ANONYMOUS_IS_NOT_FOUND", "")]


async def test_an_anonymous_response_is_taken_back_by_its_receipt(hub: Talking) -> None:
    asked, ana = await an_anonymous_consultation(hub, results_policy=ResultsPolicy.LIVE), await a_citizen(hub)
    payload = await hub.act(SUBMIT, a_sheet(asked), by=ana)
    code = payload["receipt"]["code"]
    await hub.forget()
    for typed in ("", "x", code[:-1] + ("0" if code[-1] != "0" else "1"), "é" * 5_000):
        errors = await hub.refuse(WITHDRAW, {"input": {"receipt": typed}}, by=ana)
        assert problems(errors) == [("RECEIPT_UNKNOWN", "receipt")]
    # The receipt is enough: nobody knows whose it is.
    withdrawn = await hub.act(WITHDRAW, {"input": {"receipt": f" {code.lower()} "}})
    assert withdrawn["receipt"]["state"] == "WITHDRAWN"
    assert problems(await hub.refuse(WITHDRAW, {"input": {"receipt": code}})) == [("RESPONSE_NOT_IN_FORCE", "")]
    count = "query ($id: ID!) { node(id: $id) { ... on Consultation { responseCount } } }"
    assert (await hub.ask(count, {"id": asked.node}))["node"] == {"responseCount": 0}
    assert await hub.log() == ["ResponseWithdrawn"]
    # Whoever is known takes theirs back as who they are.
    known = await an_open_consultation(hub, asked.body_id)
    given = await hub.act(SUBMIT, a_sheet(known), by=ana)
    errors = await hub.refuse(WITHDRAW, {"input": {"receipt": given["receipt"]["code"]}}, by=ana)
    assert problems(errors) == [("RECEIPT_UNKNOWN", "receipt")]


# ---- what can be joined ----------------------------------------------------------------------------------------

RESPONSES = """
    SELECT id, xmin::text AS written, ctid::text AS place FROM response
    WHERE consultation_id = :id AND participation_id IS NULL ORDER BY ctid"""
PARTICIPATIONS = """
    SELECT id, pseudonym, xmin::text AS written, cmin::text AS command, xmax::text AS ended, ctid::text AS place
    FROM participation WHERE consultation_id = :id ORDER BY ctid"""
BESIDE = """
    SELECT response_id AS id, xmin::text AS written FROM {table}"""


async def joined(hub: Talking, asked: Asked) -> dict[UUID, list[dict[str, Any]]]:
    """Return, for each response, the participations that something in the tables joins it to.

    What bears the number of a transaction joins by it: the rows themselves, those beside them, and the log. Of those
    found by a number, whoever was written by another command of the transaction, or stands apart, is the one.
    """
    written: dict[UUID, set[str]] = defaultdict(set)
    for row in await hub.rows(RESPONSES, id=asked.id):
        written[row["id"]].add(row["written"])
    for table in ("answer", "answer_choice", "receipt", "publication_consent", "text_fingerprint"):
        for row in await hub.rows(BESIDE.format(table=table)):
            if row["id"] in written:
                written[row["id"]].add(row["written"])
    for row in await hub.rows("SELECT entity_id, xmin::text AS written, transaction::text FROM event"):
        if row["entity_id"] in written:
            written[row["entity_id"]] |= {row["written"], row["transaction"]}
    for row in await hub.rows("SELECT xmin::text AS written, result FROM idempotent_request"):
        if row["result"] and UUID(row["result"].get("response", str(UUID(int=0)))) in written:
            written[UUID(row["result"]["response"])].add(row["written"])
    assert await hub.rows("SELECT 1 FROM response_draft") == []
    parts = await hub.rows(PARTICIPATIONS, id=asked.id)
    found = {}
    for id_, numbers in written.items():
        together = [part for part in parts if part["written"] in numbers]
        apart = singled_out(together)
        found[id_] = apart or together
    return found


def singled_out(together: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the one among rows of one transaction that differs in what else PostgreSQL keeps of it, if one does."""
    for column in ("command", "ended"):
        counted = Counter(part[column] for part in together)
        lonely = [part for part in together if counted[part[column]] == 1]
        if len(together) > 1 and len(lonely) == 1:
            return lonely
    return []


async def everybody(hub: Talking, count: int) -> list[Somebody]:
    """So many people."""
    return [await a_citizen(hub, f"Persona {n}") for n in range(count)]


async def pseudonyms(hub: Talking, asked: Asked, people: list[UUID]) -> Mapping[bytes, int]:
    """Who is behind each pseudonym: what the hub's keys tell whoever has them."""
    async with hub.change() as change:
        key = await change.session.get_one(ConsultationKey, asked.id)
        return {pseudonym(person.bytes, change.keys, key): n for n, person in enumerate(people)}


async def test_no_number_of_a_transaction_joins_a_response_to_one_person(hub: Talking) -> None:
    asked, people = await an_anonymous_consultation(hub), await everybody(hub, 40)
    known = await pseudonyms(hub, asked, [who.person_id for who in people])
    given: list[UUID] = []
    words = "En mi colonia el agua llega los jueves y nadie sabe por qué será así."
    for n, who in enumerate(people):
        sent = a_sheet(asked, YES, {"question": "palabras", "text": f"{words} {n}"}, idempotencyKey=str(uuid4()))
        await hub.act(SUBMIT, sent, by=who)
        new = {row["id"] for row in await hub.rows(RESPONSES, id=asked.id)} - set(given)
        given += new
        found = await joined(hub, asked)
        sizes = [len(parts) for parts in found.values()]
        assert len(sizes) == n + 1
        assert n == 0 or 1 not in sizes, (n, sorted(sizes))
    # Where it stands tells no more: whoever takes the k-th place for the k-th response is right by chance alone.
    order = [known[part["pseudonym"]] for part in await hub.rows(PARTICIPATIONS, id=asked.id)]
    assert sorted(order) == list(range(40))
    assert sum(person == n for n, person in enumerate(order)) < 10
    rising = sum(order[n] < order[n + 1] for n in range(39))
    assert 8 < rising < 31, order
    # The one of the last response is anywhere among those that it joins to.
    assert len((await joined(hub, asked))[given[-1]]) >= FEWEST
    await keep_time(hub.hub.changes, at=asked.closed)
    assert {len(parts) for parts in (await joined(hub, asked)).values()} <= {0, 40}
    assert len({part["written"] for part in await hub.rows(PARTICIPATIONS, id=asked.id)}) == 1
    await keep_time(hub.hub.changes, at=asked.closed + 30 * DAY)
    assert await hub.rows("SELECT 1 FROM consultation_key") == []
    assert {len(parts) for parts in (await joined(hub, asked)).values()} <= {0, 40}
    assert len(await hub.rows(PARTICIPATIONS, id=asked.id)) == 40


async def test_cells_are_cut_where_both_halves_are_large_enough(hub: Talking) -> None:
    """A hundred and fifty people: by now not everybody is rewritten with each, and nobody was ever left alone."""
    asked = await an_anonymous_consultation(hub)
    names = await pseudonyms(hub, asked, [UUID(int=n + 1) for n in range(150)])
    rewritten = []
    for name in names:
        async with hub.change() as change:
            await answering._begin(change, {"consultation_id": asked.id, "pseudonym": name}, [1])
            await take_turns(change, asked.id)
            await unlinking.mix(change, asked.id, pseudonym=name)
        parts = await hub.rows(PARTICIPATIONS, id=asked.id)
        groups: dict[str, list[bytes]] = defaultdict(list)
        for part in parts:
            groups[part["written"]].append(part["pseudonym"])
        sizes = sorted(map(len, groups.values()))
        assert len(parts) == 1 or (len(parts) == sizes[0] or sizes[0] >= FEWEST), sizes
        (own,) = [group for group in groups.values() if name in group]
        assert not singled_out([part for part in parts if part["pseudonym"] in own])
        rewritten.append(len(own))
    assert min(rewritten[100:]) >= FEWEST
    assert max(rewritten) < 100, "Everybody is rewritten each time."


async def test_everybody_at_once_is_mixed_as_well(hub: Talking) -> None:
    asked, people = await an_anonymous_consultation(hub), await everybody(hub, 12)
    await asyncio.gather(*[hub.act(SUBMIT, a_sheet(asked), by=who) for who in people])
    assert 1 not in {len(parts) for parts in (await joined(hub, asked)).values()}
    assert len(await hub.rows(PARTICIPATIONS, id=asked.id)) == 12


async def test_two_at_the_same_moment_take_turns(hub: Talking) -> None:
    """Neither sees the other's new row; whoever comes second must wait, or would write its own alone."""
    asked = await an_anonymous_consultation(hub)
    names = [bytes([1, n]) * 16 + b"!" for n in range(4)]
    mixed, goes_on = asyncio.Event(), asyncio.Event()

    async def take_part(name: bytes, *, wait: bool = False) -> None:
        async with hub.change() as change:
            await answering._begin(change, {"consultation_id": asked.id, "pseudonym": name}, [1])
            if wait:
                await mixed.wait()
                goes_on.set()
            await take_turns(change, asked.id)
            await unlinking.mix(change, asked.id, pseudonym=name)
            if name == names[2]:
                mixed.set()
                await goes_on.wait()
                await asyncio.sleep(0.2)

    for name in names[:2]:
        await take_part(name)
    await asyncio.gather(take_part(names[2]), take_part(names[3], wait=True))
    written = [part["written"] for part in await hub.rows(PARTICIPATIONS, id=asked.id)]
    assert (len(written), len(set(written))) == (4, 1)


async def test_without_mixing_everybody_is_found(hub: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    """The attack works: what is promised above is promised by the mixing, and by its order."""

    async def nothing(*_: object, **__: object) -> None:
        """Do nothing."""

    asked, people = await an_anonymous_consultation(hub), await everybody(hub, 5)
    monkeypatch.setattr(answering, "mix", nothing)
    for who in people:
        await hub.act(SUBMIT, a_sheet(asked), by=who)
    known = await pseudonyms(hub, asked, [who.person_id for who in people])
    responses = [row["id"] for row in await hub.rows(RESPONSES, id=asked.id)]
    found = await joined(hub, asked)
    assert [[known[part["pseudonym"]] for part in found[id_]] for id_ in responses] == [[n] for n in range(5)]
    assert [known[part["pseudonym"]] for part in await hub.rows(PARTICIPATIONS, id=asked.id)] == list(range(5))


async def test_networks_are_mixed_too(hub: Talking) -> None:
    """Whoever has the keys finds out the count of a network, and must not find the response that was counted last."""
    asked = await an_anonymous_consultation(hub, identity_policy=IdentityPolicy.OPEN)
    counts = (
        "SELECT xmin::text AS written, cmin::text AS command, xmax::text AS ended FROM network_count WHERE NOT drafts"
    )
    with hub.at(asked.open):
        for n in range(6):
            async with hub.from_address(f"203.0.113.{n}") as away:
                draft = {"consultationId": asked.node, "revisionId": asked.revision, "answers": [YES]}
                await away.act(SAVE, {"input": draft})
                await away.act(SUBMIT, a_sheet(asked))
            (last,) = await hub.rows("SELECT max(xmin::text::bigint)::text AS written FROM response")
            together = [row for row in await hub.rows(counts) if row["written"] == last["written"]]
            assert len(together) == n + 1
            assert not singled_out(together)


async def test_organisations_do_not_hide_anybody(hub: Talking) -> None:
    """What an organisation says leads to it, so its participation cannot stand for somebody's, and is left alone."""
    asked, (ana, beto, cruz) = await an_anonymous_consultation(hub), await everybody(hub, 3)
    name = await speaks_for(hub, ana, await an_organization(hub), since=asked.opens_at)
    given = await hub.act(SUBMIT, a_sheet(asked, organizationId=name), by=ana)
    linked = (
        """SELECT p.id, p.xmin::text AS written FROM participation p JOIN response r ON r.participation_id = p.id"""
    )
    before = await hub.rows(linked)
    assert (len(before), given["response"]["mine"]) == (1, True)
    for who in (ana, beto, cruz):
        await hub.act(SUBMIT, a_sheet(asked), by=who)
    assert await hub.rows(linked) == before
    found = await joined(hub, asked)
    assert sorted(len(parts) for parts in found.values()) == [0, 0, 3]
