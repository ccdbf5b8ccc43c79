"""Drafts of responses: nobody else finds one, an organisation has its own, and nobody fills the hub with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from hub.consultations.drafts import SectionDraft
from hub.consultations.models import IdentityPolicy
from hub.text import written
from hub.viewer import Scope
from tests.cast import a_citizen, a_client, a_coordinator_of, a_visitor, an_administrator, an_analyst_of
from tests.consultations.asking import DISCARD, SAVE, SUBMIT, a_sheet, problems
from tests.consultations.drafts_asked import NO, YES, a_draft, as_read, by_code, kept, mine
from tests.making.bodies import a_body
from tests.making.consultations import DAY, an_open_consultation
from tests.making.people import an_organization
from tests.making.questionnaires import EVERY_KIND
from tests.making.representing import speaks_for
from tests.talking import Talking


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """A body that asks."""
    return await a_body(hub)


async def test_nobody_else_finds_a_draft(hub: Talking, body: UUID) -> None:
    asked = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.OPEN)
    ana = await a_citizen(hub)
    await hub.act(SAVE, a_draft(asked, {"question": "palabras", "text": "Canario"}), by=ana)
    saved = await hub.act(SAVE, a_draft(asked, {"question": "palabras", "text": "Canario"}))
    others = [
        a_visitor(),
        await a_citizen(hub, "Beto Luna"),
        await a_coordinator_of(hub, body),
        await an_analyst_of(hub, body),
        await an_administrator(hub),
        await a_client(hub, scopes=frozenset(Scope)),
    ]
    rows = await kept(hub)
    guesses = [f"ResponseDraft_{row['id']}" for row in rows]
    nodes = "query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }"
    for who in others:
        assert await mine(hub, asked, who) is None
        assert await hub.ask(nodes, {"ids": guesses}, by=who) == {"nodes": [None, None]}
        assert await by_code(hub, saved["code"], "", by=who) is None
        draft = a_draft(asked, YES, edition=1, draftCode=saved["code"], draftSecret="x" * 22)
        discarded = {"consultationId": asked.node, "draftCode": saved["code"], "draftSecret": "x" * 22}
        for document, given in ((SAVE, draft), (DISCARD, {"input": discarded})):
            if document is SAVE and who.viewer.signed_in:
                continue  # They begin one of their own.
            assert await hub.refuse(document, given, by=who)
    assert await hub.ask(nodes, {"ids": guesses}, by=ana) == {"nodes": [None, None]}
    assert (await kept(hub)) == rows
    # Whoever has both code and secret holds it, be it on a device where somebody else is signed in.
    assert await by_code(hub, saved["code"], saved["secret"], by=others[1]) is not None


async def test_an_organisations_draft_is_its_representatives_and_apart_from_their_own(hub: Talking, body: UUID) -> None:
    asked, ana, beto = await an_open_consultation(hub, body), await a_citizen(hub), await a_citizen(hub, "Beto Luna")
    organization = await an_organization(hub)
    for who in (ana, beto):
        for_it = await speaks_for(hub, who, organization, since=asked.opens_at)
    await hub.act(SAVE, a_draft(asked, YES), by=ana)
    await hub.act(SAVE, a_draft(asked, NO, organizationId=for_it), by=ana)
    own, theirs = await mine(hub, asked, ana), await mine(hub, asked, ana, for_it)
    assert (own["answers"], own["organization"]) == ([as_read(YES)], None)
    assert (theirs["answers"], theirs["organization"]) == ([as_read(NO)], {"id": for_it})
    assert (await mine(hub, asked, beto), await mine(hub, asked, beto, for_it)) == (None, theirs)
    assert await mine(hub, asked, await a_citizen(hub, "Noé Ku"), for_it) is None
    await hub.act(SUBMIT, a_sheet(asked, NO, organizationId=for_it), by=beto)
    assert (await mine(hub, asked, ana, for_it), await mine(hub, asked, ana)) == (None, own)


async def test_a_draft_is_bounded_by_its_questionnaire(hub: Talking, body: UUID) -> None:
    hidden = replace(EVERY_KIND[1], display_rule="agua = si")
    sections = (
        SectionDraft(title=written(es="Uno"), questions=(*EVERY_KIND[2:4], hidden)),
        SectionDraft(title=written(es="Dos"), questions=EVERY_KIND[:1]),
    )
    asked, ana = await an_open_consultation(hub, body, sections=sections), await a_citizen(hub)
    long = {"question": "relato", "text": "x" * 20_001}
    table: list[tuple[list[dict[str, Any]], dict[str, Any], list[tuple[str, str]]]] = [
        ([long], {}, [("TEXT_TOO_LONG", "answers.0.text")]),
        ([{**YES, "consent": None}] * 2, {}, [("DUPLICATE_ANSWER", "answers.1.question")]),
        ([YES], {"language": "x" * 60_000}, [("BAD_LANGUAGE", "language")]),
        ([YES], {"lastSection": 3}, [("OUT_OF_RANGE", "lastSection")]),
        ([YES], {"lastSection": 0}, [("OUT_OF_RANGE", "lastSection")]),
        ([{"question": "x" * 50_000, "text": ""}], {}, [("UNKNOWN_QUESTION", "answers.0.question")]),
        ([{"question": "agua", "option": "x" * 50_000}], {}, [("UNKNOWN_OPTION", "answers.0.option")]),
        (
            [{"question": "servicios", "options": ["luz"] * 3}],
            {},
            [
                ("DUPLICATE_CHOICE", "answers.0.options.1"),
                ("DUPLICATE_CHOICE", "answers.0.options.2"),
                ("TOO_MANY_CHOICES", "answers.0.options"),
            ],
        ),
    ]
    for answers, known, expected in table:
        assert problems(await hub.refuse(SAVE, a_draft(asked, *answers, **known), by=ana)) == expected
    assert await kept(hub) == []
    await hub.act(SAVE, a_draft(asked, {**long, "text": "x" * 20_000}, lastSection=2), by=ana)


async def test_a_visitor_cannot_fill_the_hub_with_drafts(hub: Talking, body: UUID) -> None:
    asked = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.OPEN, network_limit=3)
    async with hub.from_address("203.0.113.7") as flood, hub.from_address("203.0.113.8") as neighbour:
        with hub.at(asked.open):
            saved = [await flood.act(SAVE, a_draft(asked, YES)) for _ in range(3)]
            errors = await flood.refuse(SAVE, a_draft(asked, YES))
            assert problems(errors) == [("DRAFTS_OF_A_NETWORK", "")]
            # To throw one away gives nothing back, and to go on with one costs nothing.
            held = {"draftCode": saved[0]["code"], "draftSecret": saved[0]["secret"]}
            await flood.act(DISCARD, {"input": {"consultationId": asked.node, **held}})
            assert problems(await flood.refuse(SAVE, a_draft(asked, YES))) == [("DRAFTS_OF_A_NETWORK", "")]
            held = {"draftCode": saved[1]["code"], "draftSecret": saved[1]["secret"]}
            for edition in range(1, 5):
                await flood.act(SAVE, a_draft(asked, NO, edition=edition, **held))
            assert len(await kept(hub)) == 3
            # It is a count of its own: responses are still taken, and counted by themselves.
            for _ in range(3):
                await flood.act(SUBMIT, a_sheet(asked))
            assert problems(await flood.refuse(SUBMIT, a_sheet(asked))) == [("NETWORK_LIMIT", "")]
            await neighbour.act(SAVE, a_draft(asked, YES))
        with hub.at(asked.open + DAY):
            await flood.act(SAVE, a_draft(asked, YES))
    rows = await hub.rows("SELECT drafts, count FROM network_count WHERE day = :day", day=asked.open.date())
    assert sorted((row["drafts"], row["count"]) for row in rows) == [(False, 3), (True, 1), (True, 3)]
    assert "203.0.113" not in repr(await hub.rows("SELECT * FROM network_count"))
