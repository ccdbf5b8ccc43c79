"""Saving for later: kept exactly, found again by whoever holds it and by nobody else, over at its time, bounded."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from hub.consultations.models import Anonymity, IdentityPolicy
from hub.consultations.noticing import resume, suspend
from hub.consultations.timekeeping import keep_time
from hub.people.models import TerritoryKind
from hub.text import written
from tests.cast import a_citizen, a_coordinator_of
from tests.consultations.asking import DISCARD, INVITE, SAVE, SUBMIT, a_sheet, es, problems
from tests.consultations.drafts_asked import NO, YES, a_draft, as_read, by_code, kept, mine
from tests.making.bodies import a_body
from tests.making.consultations import DAY, Asked, an_open_consultation, staff_of
from tests.making.people import a_territory
from tests.making.questionnaires import EVERY_KIND, every_answer, in_sections
from tests.talking import Somebody, Talking

CORRECT = """mutation ($input: CorrectQuestionnaireInput!) {
  correctQuestionnaire(input: $input) { revision { id number } errors { code path message } } }"""


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """A body that asks."""
    return await a_body(hub)


async def test_every_kind_of_answer_comes_back_on_another_device_as_it_was_saved(hub: Talking, body: UUID) -> None:
    town = await a_territory(hub, "Guadalajara", code="14039", kind=TerritoryKind.MUNICIPALITY)
    asked = await an_open_consultation(hub, body, sections=in_sections(*EVERY_KIND))
    ana = await a_citizen(hub)
    given = every_answer(town)
    await hub.forget()
    saved = await hub.act(SAVE, a_draft(asked, *given, lastSection=1, language="nah"), by=ana)
    expected = [as_read(answer) for answer in given]
    assert saved["draft"]["answers"] == expected
    told = {key: saved["draft"][key] for key in ("edition", "lastSection", "language", "revision")}
    assert told == {"edition": 1, "lastSection": 1, "language": "nah", "revision": {"number": 1}}
    assert (saved["code"], saved["secret"], saved["event"]) == (None, None, None)
    found = await mine(hub, asked, ana)
    assert (found["answers"], found["edition"], found["lastSection"]) == (expected, 1, 1)
    # Half an answer is kept as well, and an empty one.
    half = [{"question": "nombre", "text": ""}, {"question": "agua", "option": "otra"}, {"question": "orden"}]
    half[2]["ranking"] = []  # type: ignore[assignment]
    await hub.act(SAVE, a_draft(asked, *half, edition=1), by=ana)
    assert (await mine(hub, asked, ana))["answers"] == [as_read(answer) for answer in half]
    # What is sent leaves no draft behind, and what is begun no fact.
    await hub.act(SUBMIT, a_sheet(asked, *given), by=ana)
    assert (await mine(hub, asked, ana), await kept(hub)) == (None, [])
    assert await hub.log() == ["ResponseSubmitted"]


async def test_two_devices_do_not_undo_each_other(hub: Talking, body: UUID) -> None:
    asked, ana = await an_open_consultation(hub, body), await a_citizen(hub)
    await hub.act(SAVE, a_draft(asked, YES), by=ana)
    await hub.act(SAVE, a_draft(asked, NO, edition=1), by=ana)
    for edition in (1, None, 3, -1):
        errors = await hub.refuse(SAVE, a_draft(asked, YES, edition=edition), by=ana)
        assert problems(errors) == [("DRAFT_CHANGED_ELSEWHERE", "edition")]
        assert " 2)" in errors[0]["message"]
    found = await mine(hub, asked, ana)
    assert (found["edition"], found["answers"]) == (2, [as_read(NO)])
    await hub.act(SAVE, a_draft(asked, YES, edition=2), by=ana)
    assert len(await kept(hub)) == 1


async def an_invitation(hub: Talking, asked: Asked) -> str:
    """A code that lets somebody answer."""
    julia = await a_coordinator_of(hub, asked.body_id)
    given = {"consultationId": asked.node, "count": 1, "batch": "Vecinas"}
    codes: list[str] = (await hub.act(INVITE, {"input": given}, by=julia))["codes"]
    return codes[0]


async def test_without_an_account_code_and_secret_hold_a_draft(hub: Talking, body: UUID) -> None:
    for policy in (IdentityPolicy.OPEN, IdentityPolicy.INVITED):
        asked = await an_open_consultation(hub, body, identity_policy=policy)
        invited = {"invitation": await an_invitation(hub, asked)} if policy is IdentityPolicy.INVITED else {}
        saved = await hub.act(SAVE, a_draft(asked, YES, **invited))
        code, secret = saved["code"], saved["secret"]
        assert (saved["draft"]["edition"], len(code), len(secret) >= 22) == (1, 21, True)
        (row,) = [row for row in await kept(hub) if row["consultation_id"] == asked.id]
        assert (row["pseudonym"], secret in repr(row)) == (None, False)
        sloppy = (code, code.lower(), code.replace("-", ""), f" {code.replace('0', 'o').replace('1', 'l')} ")
        for typed in sloppy:
            found = await by_code(hub, typed, secret)
            assert (found["answers"], found["consultation"]) == ([as_read(YES)], {"id": asked.node})
        holding = {"draftCode": sloppy[1], "draftSecret": secret, **invited}
        again = await hub.act(SAVE, a_draft(asked, NO, edition=1, **holding))
        # Both are told once and never again.
        assert (again["draft"]["edition"], again["code"], again["secret"]) == (2, None, None)
        wrong = [
            (code, secret[:-1]), (code, ""), (code, secret.swapcase()), ("", secret), ("x" * 5_000, secret),
            (code[:-1] + ("0" if code[-1] != "0" else "1"), secret), (saved["draft"]["savedAt"], secret),
        ]  # fmt: skip
        for typed, known in wrong:
            assert await by_code(hub, typed, known) is None
            held = {**invited, "draftCode": typed, "draftSecret": known}
            errors = await hub.refuse(SAVE, a_draft(asked, YES, edition=2, **held))
            assert problems(errors) == [("DRAFT_UNKNOWN", "draftCode")]
            discarded = {"consultationId": asked.node, **held}
            assert problems(await hub.refuse(DISCARD, {"input": discarded})) == [("DRAFT_UNKNOWN", "draftCode")]
        assert (await by_code(hub, code, secret))["answers"] == [as_read(NO)]
        # Of another consultation it opens nothing.
        other = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.OPEN)
        elsewhere = a_draft(other, YES, edition=2, draftCode=code, draftSecret=secret)
        assert problems(await hub.refuse(SAVE, elsewhere)) == [("DRAFT_UNKNOWN", "draftCode")]
        await hub.act(SUBMIT, a_sheet(asked, NO, draftCode=code, draftSecret=secret, **invited))
        assert await by_code(hub, code, secret) is None
        assert [row for row in await kept(hub) if row["consultation_id"] == asked.id] == []


async def test_of_whoever_is_promised_anonymity_no_account_holds_a_draft(hub: Talking, body: UUID) -> None:
    asked = await an_open_consultation(hub, body, anonymity=Anonymity.ANONYMOUS)
    ana = await a_citizen(hub)
    saved = await hub.act(SAVE, a_draft(asked, YES), by=ana)
    assert await mine(hub, asked, ana) is None
    (row,) = await kept(hub)
    assert row["pseudonym"] is None
    assert (await by_code(hub, saved["code"], saved["secret"]))["answers"] == [as_read(YES)]
    await hub.act(SUBMIT, a_sheet(asked, draftCode=saved["code"], draftSecret=saved["secret"]), by=ana)
    assert await kept(hub) == []


async def test_a_draft_begun_before_signing_in_goes_with_the_response(hub: Talking, body: UUID) -> None:
    asked, ana = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.OPEN), await a_citizen(hub)
    saved = await hub.act(SAVE, a_draft(asked, YES))
    await hub.act(SAVE, a_draft(asked, NO), by=ana)
    await hub.act(SUBMIT, a_sheet(asked, draftCode=saved["code"], draftSecret=saved["secret"]), by=ana)
    assert await kept(hub) == []


async def test_a_draft_is_over_at_its_time(hub: Talking, body: UUID) -> None:
    asked = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.OPEN, late_days=7)
    ana, beto = await a_citizen(hub), await a_citizen(hub, "Beto Luna")
    late_until = asked.closes_at + 7 * DAY
    begun = asked.opens_at + DAY
    with hub.at(begun):
        early = await hub.act(SAVE, a_draft(asked, YES), by=ana)
        nobodys = await hub.act(SAVE, a_draft(asked, YES))
    with hub.at(asked.closes_at - DAY):
        await hub.act(SAVE, a_draft(asked, YES), by=beto)
    assert dt.datetime.fromisoformat(early["draft"]["expiresAt"]) == begun + 30 * DAY
    assert dt.datetime.fromisoformat((await mine_at(hub, asked, beto, asked.closes_at))["expiresAt"]) == late_until
    moment = dt.timedelta(microseconds=1)
    with hub.at(begun + 30 * DAY - moment):
        assert await mine(hub, asked, ana) is not None
        assert await by_code(hub, nobodys["code"], nobodys["secret"]) is not None
    with hub.at(begun + 30 * DAY):
        # The timekeeper has not come yet: what is over is over all the same.
        assert await mine(hub, asked, ana) is None
        assert await by_code(hub, nobodys["code"], nobodys["secret"]) is None
        held = {"draftCode": nobodys["code"], "draftSecret": nobodys["secret"]}
        errors = await hub.refuse(SAVE, a_draft(asked, NO, edition=1, **held))
        assert problems(errors) == [("DRAFT_UNKNOWN", "draftCode")]
        anew = await hub.act(SAVE, a_draft(asked, NO), by=ana)
        assert anew["draft"]["edition"] == 1
    await keep_time(hub.hub.changes, at=begun + 30 * DAY)
    emptied = [row for row in await kept(hub) if row["state"] == "expired"]
    assert len(emptied) == 2
    for row in emptied:
        gone = ("pseudonym", "code", "secret_digest", "answers", "language", "last_section", "organization_id")
        assert [row[name] for name in gone] == [None] * len(gone)
        assert row["saved_at"] == begun.replace(hour=0, minute=0, second=0, microsecond=0)
    with hub.at(late_until - moment):
        assert await mine(hub, asked, beto) is not None
    with hub.at(late_until):
        assert await mine(hub, asked, beto) is None
        assert problems(await hub.refuse(SAVE, a_draft(asked, NO), by=beto)) == [("CONSULTATION_CLOSED", "")]
    await keep_time(hub.hub.changes, at=late_until)
    assert {(row["state"], row["answers"]) for row in await kept(hub)} == {("expired", None)}


async def mine_at(hub: Talking, asked: Asked, by: Somebody, at: dt.datetime) -> Any:
    """What somebody has begun, seen at an instant."""
    with hub.at(at):
        return await mine(hub, asked, by)


async def test_an_extension_puts_off_the_end_of_drafts(hub: Talking, body: UUID) -> None:
    asked, ana = await an_open_consultation(hub, body, late_days=0), await a_citizen(hub)
    with hub.at(asked.closes_at - DAY):
        await hub.act(SAVE, a_draft(asked, YES), by=ana)
    await hub.run("UPDATE consultation SET late_until = late_until + interval '5 days' WHERE id = :id", id=asked.id)
    assert await mine_at(hub, asked, ana, asked.closes_at + 2 * DAY) is not None


async def test_what_is_thrown_away_is_gone(hub: Talking, body: UUID) -> None:
    asked, ana = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.OPEN), await a_citizen(hub)
    assert problems(await hub.refuse(DISCARD, {"input": {"consultationId": asked.node}}, by=ana)) == [
        ("DRAFT_UNKNOWN", "draftCode")
    ]
    await hub.act(SAVE, a_draft(asked, {"question": "palabras", "text": "Secreto"}, language="nah"), by=ana)
    saved = await hub.act(SAVE, a_draft(asked, {"question": "palabras", "text": "Secreto"}))
    held = {"draftCode": saved["code"], "draftSecret": saved["secret"]}
    await hub.act(DISCARD, {"input": {"consultationId": asked.node}}, by=ana)
    async with hub.change(staff_of(body)) as change:
        await suspend(change, asked.id, reason=written(es="Hay un error."))
    # Whoever may not go on may still throw away.
    await hub.act(DISCARD, {"input": {"consultationId": asked.node, **held}})
    async with hub.change(staff_of(body)) as change:
        await resume(change, asked.id, closing=None, reason=written(es="Ya no lo hay."))
    rows = await kept(hub)
    assert [row["state"] for row in rows] == ["discarded", "discarded"]
    assert "Secreto" not in repr(rows)
    assert await mine(hub, asked, ana) is None
    assert (await hub.act(SAVE, a_draft(asked, YES), by=ana))["draft"]["edition"] == 1


async def test_a_draft_of_an_older_wording_is_read_and_goes_on_under_the_new_one(hub: Talking, body: UUID) -> None:
    asked, ana = await an_open_consultation(hub, body), await a_citizen(hub)
    julia = await a_coordinator_of(hub, body)
    await hub.act(SAVE, a_draft(asked, YES, {"question": "palabras", "text": "Poca"}), by=ana)
    choices = [{"code": code, "label": es(code)} for code in ("si", "no", "a-veces")]
    water = {"code": "agua", "kind": "SINGLE_CHOICE", "title": es("¿Hay agua?"), "options": choices}
    correction = {
        "consultationId": asked.node,
        "revisionClass": "SUBSTANTIVE",
        "note": es("Faltaba una opción."),
        "questionnaire": {"sections": [{"title": es("Agua"), "questions": [water]}]},
    }
    revision = (await hub.act(CORRECT, {"input": correction}, by=julia))["revision"]
    found = await mine(hub, asked, ana)
    assert (found["revision"], found["edition"]) == ({"number": 1}, 1)
    assert [answer["question"] for answer in found["answers"]] == ["agua", "palabras"]
    anew = {"revisionId": revision["id"], "edition": 1}
    errors = await hub.refuse(SAVE, a_draft(asked, *found["answers"][:0], YES, NO, **anew), by=ana)
    assert problems(errors) == [("DUPLICATE_ANSWER", "answers.1.question")]
    errors = await hub.refuse(SAVE, a_draft(asked, {"question": "palabras", "text": "Poca"}, **anew), by=ana)
    assert problems(errors) == [("UNKNOWN_QUESTION", "answers.0.question")]
    sometimes = {"question": "agua", "option": "a-veces"}
    await hub.act(SAVE, a_draft(asked, sometimes, **anew), by=ana)
    found = await mine(hub, asked, ana)
    assert (found["revision"], found["answers"]) == ({"number": 2}, [as_read(sometimes)])
