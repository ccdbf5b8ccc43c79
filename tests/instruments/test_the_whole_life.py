"""The life of an instrument: drafted, tabled, voted, adopted, signed, published; and who may do which step of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub import clock
from hub.hashing import content_hash
from tests.cast import a_citizen, a_visitor, an_administrator
from tests.making.instruments import (
    ADOPT,
    ANNUL,
    DRAFT,
    EDIT,
    PUBLISH,
    REWORD,
    SIGN,
    STANDING,
    TABLE,
    WITHDRAW,
    a_carried_vote,
    a_published_instrument,
    a_signed_instrument,
    a_tabled_instrument,
    an_adopted_instrument,
    drafting,
    order,
    section,
    text,
)
from tests.making.sittings import Sitting, a_sitting
from tests.sessions.voting import CLOSE, all_cast, an_open_vote, codes, given
from tests.talking import Talking

NODE = f"query ($id: ID!) {{ node(id: $id) {{ ... on Instrument {{ {STANDING} }} }} }}"


@pytest.fixture
async def sitting(hub: Talking) -> Sitting:
    """A body in session."""
    return await a_sitting(hub, voting=3)


async def state(hub: Talking, id_: str) -> str:
    """Return the stored state of an instrument."""
    (row,) = await hub.rows("SELECT state FROM instrument WHERE id = :id", id=id_.removeprefix("Instrument_"))
    return str(row["state"])


async def test_from_the_draft_to_the_gazette(hub: Talking, sitting: Sitting) -> None:
    await hub.forget()
    today = clock.day_of(clock.now())
    sections = [
        section("primero", "Se ordena una consulta.", heading=text("Primero"), orders=[order(dueOn=today.isoformat())]),
        section("segundo", "Publíquese."),
    ]
    julia, luis = sitting.coordinator, sitting.secretary
    drafted = (await hub.act(DRAFT, drafting(sitting.body_id, sections=sections), by=luis))["instrument"]
    id_ = drafted["id"]
    assert (drafted["state"], drafted["folio"], drafted["revision"]["contentHash"]) == ("DRAFT", None, None)
    assert drafted["availableTransitions"] == [
        {"event": "edit_instrument", "allowed": True, "reason": None},
        {"event": "table_instrument", "allowed": True, "reason": None},
        {"event": "withdraw_instrument", "allowed": True, "reason": None},
    ]
    assert (await hub.ask(NODE, {"id": id_}))["node"] is None
    assert (await hub.ask(NODE, {"id": id_}, by=sitting.people[2]))["node"]["state"] == "DRAFT"
    tabled = (await hub.act(TABLE, given(instrumentId=id_), by=luis))["instrument"]
    hashed = tabled["revision"]["contentHash"]
    await a_carried_vote(hub, sitting, id_)
    adopted = (await hub.act(ADOPT, given(instrumentId=id_), by=luis))["instrument"]
    assert (adopted["state"], adopted["folio"]) == ("ADOPTED", f"CGA/ACUERDO/{today.year}/001")
    # A member's name stands below it, and it is signed once the coordinator's does.
    signing = given(instrumentId=id_, contentHash=hashed)
    assert (await hub.act(SIGN, signing, by=sitting.people[2]))["instrument"]["state"] == "ADOPTED"
    signed = (await hub.act(SIGN, signing, by=julia))["instrument"]
    assert (signed["state"], signed["signatures"]["nodes"]) == (
        "SIGNED",
        [
            {"membership": {"name": "Vocal 2", "seat": {"post": "MEMBER"}}, "contentHash": hashed},
            {"membership": {"name": "Julia Ordaz", "seat": {"post": "COORDINATOR"}}, "contentHash": hashed},
        ],
    )
    assert (await hub.ask(NODE, {"id": id_}))["node"] is None
    gazette = {"gazette": "Diario Oficial", "gazetteDate": today.isoformat(), "gazettePage": "4"}
    known = {"instrumentId": id_, "inForceFrom": today.isoformat(), **gazette}
    await hub.act(PUBLISH, given(**known), by=luis)
    seen = (await hub.ask(NODE, {"id": id_}))["node"]
    told = {name: seen[name] for name in ("state", "inForce", "folio", "inForceFrom", "inForceUntil", *gazette)}
    assert told == {
        "state": "PUBLISHED",
        "inForce": True,
        "folio": adopted["folio"],
        "inForceFrom": today.isoformat(),
        "inForceUntil": None,
        **gazette,
    }
    assert seen["availableTransitions"] == [{"event": "annul", "allowed": False, "reason": {"code": "UNAUTHENTICATED"}}]
    log = [name for name in await hub.log() if name.startswith(("Instrument", "Mandate"))]
    assert log == [
        "InstrumentDrafted",
        "InstrumentTabled",
        "InstrumentAdopted",
        "InstrumentSigned",
        "InstrumentSigned",
        "InstrumentPublished",
        "MandateProposed",
        "MandateOrdered",
    ]


async def test_the_hash_is_that_of_all_it_says(hub: Talking, sitting: Sitting) -> None:
    tabled = await a_tabled_instrument(hub, sitting)
    said = {"source": "es", "translations": {"es": {"origin": "human", "text": "Acuerdo sobre el agua"}}}
    words = {"source": "es", "translations": {"es": {"origin": "human", "text": "Se ordena una consulta."}}}
    assert tabled["revision"]["contentHash"] == content_hash(
        {
            "body": str(sitting.body_id),
            "kind": "acuerdo",
            "number": 1,
            "title": said,
            "addressed_to": None,
            "sections": [{"code": "primero", "heading": None, "text": words}],
            "orders": [],
            "relations": [],
        }
    )


async def test_it_is_adopted_only_by_a_carried_vote_on_this_very_wording(hub: Talking, sitting: Sitting) -> None:
    tabled = await a_tabled_instrument(hub, sitting)
    adopting = given(instrumentId=tabled["id"])
    before = await hub.log()
    assert codes(await hub.refuse(ADOPT, adopting, by=sitting.secretary)) == ["NO_CARRIED_VOTE"]
    vote = await an_open_vote(hub, sitting, instrumentId=tabled["id"])
    assert codes(await hub.refuse(ADOPT, adopting, by=sitting.secretary)) == ["NO_CARRIED_VOTE"]
    assert codes(await hub.refuse(REWORD, adopting, by=sitting.secretary)) == ["VOTED_ON_ALREADY"]
    await all_cast(hub, sitting, vote, "AGAINST", "AGAINST", "FOR")
    await hub.act(CLOSE, given(voteEventId=vote), by=sitting.coordinator)
    assert codes(await hub.refuse(ADOPT, adopting, by=sitting.secretary)) == ["NO_CARRIED_VOTE"]
    # Reworded and tabled anew it has another hash; what was lost stays lost.
    await hub.act(REWORD, adopting, by=sitting.secretary)
    await hub.act(EDIT, given(**_rewritten(tabled["id"], "Se ordena otra cosa.")), by=sitting.secretary)
    again = (await hub.act(TABLE, adopting, by=sitting.secretary))["instrument"]
    assert (again["revision"]["number"], again["folio"]) == (2, None)
    assert again["revision"]["contentHash"] != tabled["revision"]["contentHash"]
    assert "InstrumentAdopted" not in (await hub.log())[len(before) :]
    await a_carried_vote(hub, sitting, tabled["id"], point=1)
    assert (await hub.act(ADOPT, adopting, by=sitting.secretary))["instrument"]["state"] == "ADOPTED"


def _rewritten(id_: str, words: str) -> dict[str, Any]:
    return {"instrumentId": id_, "title": text("Acuerdo sobre el agua"), "sections": [section(words=words)]}


async def test_what_was_tabled_never_changes(hub: Talking, sitting: Sitting) -> None:
    tabled = await a_tabled_instrument(hub, sitting, sections=[section(orders=[order()])])
    assert codes(await hub.refuse(EDIT, given(**_rewritten(tabled["id"], "Otra.")), by=sitting.secretary)) == [
        "INSTRUMENT_TABLED"
    ]
    for statement in (
        "UPDATE instrument_section SET code = 'otro'",
        "DELETE FROM instrument_order",
        "UPDATE instrument_revision SET content_hash = 'sha256:00'",
        "DELETE FROM instrument_revision",
    ):
        with pytest.raises(Exception, match="never changes"):
            await hub.run(statement)
    with pytest.raises(Exception, match="without the event of a lawful move"):
        await hub.run("UPDATE instrument SET state = 'draft'")


async def test_who_does_what(hub: Talking, sitting: Sitting) -> None:
    """Officers draft, table, adopt and publish; members sign; the coordinator alone annuls."""
    member, outsider = sitting.people[2], await a_citizen(hub, "Otra")
    drafts = drafting(sitting.body_id)
    await hub.forget()
    for who, code in (
        (a_visitor(), "UNAUTHENTICATED"),
        (outsider, "OFFICERS_ONLY"),
        (member, "OFFICERS_ONLY"),
        (await an_administrator(hub), "OFFICERS_ONLY"),
    ):
        assert codes(await hub.refuse(DRAFT, drafts, by=who)) == [code], who.name
    await hub.forget()
    id_ = (await a_signed_instrument(hub, sitting))["id"]
    publishing = given(instrumentId=id_, inForceFrom="2026-12-01")
    before = await hub.log()
    assert codes(await hub.refuse(PUBLISH, publishing, by=member)) == ["OFFICERS_ONLY"]
    annulling = given(instrumentId=id_, reason=text("No."))
    assert codes(await hub.refuse(ANNUL, annulling, by=sitting.secretary)) == ["COORDINATORS_ONLY"]
    # Whoever does not sit there does not know of it.
    assert codes(await hub.refuse(PUBLISH, publishing, by=outsider)) == ["NOT_FOUND"]
    assert await hub.log() == before


async def test_signing(hub: Talking, sitting: Sitting) -> None:
    adopted = await an_adopted_instrument(hub, sitting)
    hashed = adopted["revision"]["contentHash"]
    julia = sitting.coordinator
    before = await hub.log()
    wrong = given(instrumentId=adopted["id"], contentHash="sha256:00")
    assert codes(await hub.refuse(SIGN, wrong, by=julia)) == ["NOT_THIS_WORDING"]
    publishing = given(instrumentId=adopted["id"], inForceFrom="2026-12-01")
    assert codes(await hub.refuse(PUBLISH, publishing, by=julia)) == ["INSTRUMENT_NOT_SIGNED"]
    assert await hub.log() == before
    signing = given(instrumentId=adopted["id"], contentHash=hashed)
    await hub.act(SIGN, signing, by=julia)
    assert codes(await hub.refuse(SIGN, signing, by=julia)) == ["SIGNED_ALREADY"]
    with pytest.raises(Exception, match="only ever added"):
        await hub.run("UPDATE instrument_signature SET content_hash = 'x'")


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"inForceFrom": "2000-01-01"}, "IN_FORCE_BEFORE_ADOPTION"),
        ({"inForceUntil": "2999-01-01", "inForceFrom": "2999-01-01"}, "IN_FORCE_FOR_NO_DAY"),
        ({"gazettePage": "3"}, "WORDS_MISSING"),
        ({"gazette": " "}, "WORDS_MISSING"),
        ({"gazette": "x" * 201}, "WORDING_TOO_LONG"),
        ({"gazette": "DOF", "gazetteDate": "2000-01-01"}, "GAZETTE_BEFORE_ADOPTION"),
    ],
)
async def test_what_no_publication_says(hub: Talking, sitting: Sitting, known: dict[str, Any], code: str) -> None:
    signed = await a_signed_instrument(hub, sitting)
    before = await hub.log()
    publishing = {"instrumentId": signed["id"], "inForceFrom": "2998-01-01", **known}
    assert codes(await hub.refuse(PUBLISH, given(**publishing), by=sitting.secretary)) == [code]
    assert (await hub.log(), await state(hub, signed["id"])) == (before, "signed")


@pytest.mark.parametrize(
    ("known", "code", "path"),
    [
        ({"sections": []}, "OUT_OF_RANGE", "sections"),
        ({"sections": [section("Primero")]}, "BAD_PARAGRAPH_CODE", "sections.0.code"),
        ({"sections": [section(), section()]}, "DUPLICATE_PARAGRAPH", "sections.1.code"),
        ({"sections": [section(words="x" * 50_001)]}, "WORDING_TOO_LONG", "sections.0.text"),
        ({"sections": [section(orders=[order(dueOn="2000-01-01")])]}, "DUE_IN_THE_PAST", "sections.0.orders.0.dueOn"),
        (
            {"sections": [section(orders=[order(responsibleId="Nobody_1")])]},
            "UNKNOWN_RESPONSIBLE",
            "sections.0.orders.0.responsibleId",
        ),
        (
            {"relations": [{"kind": "AMENDS", "targetId": "Instrument_00000000-0000-7000-8000-000000000000"}]},
            "UNKNOWN_INSTRUMENT",
            "relations.0.targetId",
        ),
        ({"relations": [{"kind": "AMENDS", "targetId": "Body_1"}]}, "BAD_ID", "relations.0.targetId"),
        ({"title": {"source": "es", "translations": []}}, "WORDING_MISSING", "title.source"),
    ],
)
async def test_what_no_draft_says(hub: Talking, sitting: Sitting, known: dict[str, Any], code: str, path: str) -> None:
    await hub.forget()
    errors = await hub.refuse(DRAFT, drafting(sitting.body_id, **known), by=sitting.secretary)
    assert (code, path) in [(error["code"], ".".join(error["path"])) for error in errors]
    assert (await hub.log(), await hub.rows("SELECT 1 FROM instrument")) == ([], [])


async def test_a_text_exists_in_every_language_of_the_title(hub: Talking, sitting: Sitting) -> None:
    both = {"source": "es", "translations": [{"language": tag, "text": "Agua"} for tag in ("es", "en")]}
    errors = await hub.refuse(DRAFT, drafting(sitting.body_id, title=both), by=sitting.secretary)
    assert [(error["code"], error["path"]) for error in errors] == [("MISSING_LANGUAGE", ["sections", "0", "text"])]


async def test_a_draft_is_given_up(hub: Talking, sitting: Sitting) -> None:
    drafted = (await hub.act(DRAFT, drafting(sitting.body_id), by=sitting.secretary))["instrument"]
    await hub.forget()
    gone = (await hub.act(WITHDRAW, given(instrumentId=drafted["id"]), by=sitting.secretary))["instrument"]
    assert (gone["state"], gone["withdrawnAt"] is not None, gone["availableTransitions"]) == ("WITHDRAWN", True, [])
    assert codes(await hub.refuse(TABLE, given(instrumentId=drafted["id"]), by=sitting.secretary)) == [
        "INSTRUMENT_OVER"
    ]
    assert (await hub.ask(NODE, {"id": drafted["id"]}))["node"] is None
    assert await hub.log() == ["InstrumentWithdrawn"]


async def test_it_is_in_force_by_the_clock(hub: Talking, sitting: Sitting) -> None:
    today = clock.day_of(clock.now())
    first, last = today + dt.timedelta(days=2), today + dt.timedelta(days=5)
    published = await a_published_instrument(
        hub, sitting, in_force_from=first.isoformat(), in_force_until=last.isoformat()
    )
    listing = "query ($f: InstrumentFilter) { instruments(filter: $f) { totalCount nodes { inForce } } }"
    for day, expected in ((today, False), (first, True), (last - dt.timedelta(days=1), True), (last, False)):
        with hub.at(dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)):
            assert (await hub.ask(NODE, {"id": published["id"]}))["node"]["inForce"] is expected
            found = (await hub.ask(listing, {"f": {"inForce": True}}))["instruments"]
            assert found["totalCount"] == int(expected)
