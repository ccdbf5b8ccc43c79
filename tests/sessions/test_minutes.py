"""The minutes of a session: drafted from the record, circulated, observed, approved later, signed, published."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import pytest

from hub import clock
from hub.sessions.dealing import deal_with_point, defer_point
from hub.sessions.sitting import close_session
from hub.sessions.terms import MinutesMode
from hub.text import written
from tests.cast import a_citizen
from tests.making.sessions import terms
from tests.making.sittings import Sitting, a_session_of, a_sitting, text
from tests.sessions.voting import CLOSE, TABLE, WITHDRAW, all_cast, an_open_vote, codes, given, moving
from tests.talking import Somebody, Talking

FIELDS = """id state number text { text } textHash contentHash observationsUntil approvedAt publishedAt
  approvedBy { id } revisions { number contentHash } signatures { post contentHash }
  observations { nodes { id state revisionNumber text { text } answer { text } } }
  addenda { number text { text } } availableTransitions { event allowed reason { code } }"""


def act(verb: str) -> str:
    """Return the mutation of this name, which answers the minutes."""
    kind = verb[0].upper() + verb[1:]
    return f"""mutation ($input: {kind}Input!) {{ {verb}(input: $input) {{
      minutes {{ {FIELDS} }} errors {{ __typename code message path }} event }} }}"""


DRAFT, WRITE, CIRCULATE = act("draftMinutes"), act("writeMinutes"), act("circulateMinutes")
OBSERVE, APPROVE = act("observeMinutes"), act("approveMinutes")
SIGN, PUBLISH = act("signMinutes"), act("publishMinutes")
ANSWER, ADD = act("answerObservation"), act("addAddendum")
NODE = f"query ($id: ID!) {{ node(id: $id) {{ ... on Minutes {{ {FIELDS} }} }} }}"
SESSION = "query ($id: ID!) { node(id: $id) { ... on Session { state minutes { id state } } } }"


async def closed(hub: Talking, sitting: Sitting) -> None:
    """Let a session be over."""
    async with hub.change() as change:
        await deal_with_point(change, sitting.points[0], outcome=written(es="Se aprobó", en="It was approved"))
        await defer_point(change, sitting.points[1], reason=written(es="Falta tiempo", en="There is no time left"))
    async with hub.change() as change:
        await close_session(change, sitting.session_id)


async def held(hub: Talking, **known: Any) -> Sitting:
    """A session that was held, in which something was voted."""
    sitting = await a_sitting(hub, at=clock.now() - dt.timedelta(hours=3), **known)
    vote = await an_open_vote(hub, sitting)
    await all_cast(hub, sitting, vote, "FOR", "AGAINST", "FOR")
    await hub.act(CLOSE, given(voteEventId=vote), by=sitting.coordinator)
    await closed(hub, sitting)
    return sitting


async def drafted(hub: Talking, sitting: Sitting) -> str:
    """Minutes as they are first written; their id."""
    told = given(sessionId=f"Session_{sitting.session_id}")
    return str((await hub.act(DRAFT, told, by=sitting.secretary))["minutes"]["id"])


async def circulated(hub: Talking, sitting: Sitting, **known: Any) -> str:
    """Minutes that the members have; their id."""
    minutes = await drafted(hub, sitting)
    await hub.act(CIRCULATE, given(minutesId=minutes, **known), by=sitting.secretary)
    return minutes


async def shown(hub: Talking, minutes: str, by: Somebody | None = None) -> Any:
    """Return minutes as somebody sees them."""
    return (await hub.ask(NODE, {"id": minutes}, by=by))["node"]


@pytest.fixture
async def sitting(hub: Talking) -> Sitting:
    """A session that was held."""
    made = await held(hub, voting=3)
    await hub.forget()
    return made


async def test_what_is_told_reads_as_sentences(hub: Talking) -> None:
    """Words that end by themselves are given no second end, and a clock is called as people call it."""
    made = await a_sitting(hub, at=clock.now() - dt.timedelta(hours=3), voting=3)
    for words in ("Que se apruebe.", "¿Se aplaza?", "Sin punto"):
        moving = {"agendaItemId": f"AgendaItem_{made.points[0]}", "matter": "simple", "text": text(words)}
        await hub.act(TABLE, given(**moving), by=made.coordinator)
    for motion in await hub.rows("SELECT id FROM motion"):
        withdrawing = given(motionId=f"Motion_{motion['id']}")
        await hub.act(WITHDRAW, withdrawing, by=made.coordinator)
    async with hub.change() as change:
        await deal_with_point(change, made.points[0], outcome=written(es="Se vio…", en="It was seen."))
        await defer_point(change, made.points[1], reason=written(es="Falta tiempo", en="There is no time left"))
    async with hub.change() as change:
        await close_session(change, made.session_id)
    minutes = await drafted(hub, made)
    for language, clock_, outcome in (
        ("es", " (hora del centro de México).", "Resultado: Se vio…"),
        ("en", " (Central Mexico time).", "Outcome: It was seen."),
    ):
        told = (await hub.ask(NODE, {"id": minutes}, by=made.secretary, languages=language))["node"]["text"]["text"]
        lines = told.split("\n\n")
        assert outcome in lines
        assert lines[-1].endswith(clock_)
        assert "America/" not in told
        assert [line for line in lines if line[-1] not in ".?…" or line[-2] in ".?…"] == []
        assert [line for line in lines if "¿Se aplaza?" in line and line[-1] == "?"] != []
        assert [line for line in lines if line.endswith(": Sin punto.")] != []


async def test_drafted_from_what_was_recorded(hub: Talking, sitting: Sitting) -> None:
    told = given(sessionId=f"Session_{sitting.session_id}")
    for by in (sitting.coordinator, sitting.people[2]):
        assert codes(await hub.refuse(DRAFT, told, by=by)) == ["SECRETARIES_ONLY"]
    assert await hub.log() == []
    minutes = (await hub.act(DRAFT, told, by=sitting.secretary))["minutes"]
    words = minutes["text"]["text"]
    for line in (
        "Acta de la sesión «Sesión ordinaria», llamada número 1.",
        "Asistió Julia Ordaz, ",
        "Punto 1, «Asunto 1», ",
        "Propuesta 1, de Julia Ordaz, aprobada: Se aprueba.",
        "Se votó en votación nominal, con 3 lugares con voto presentes y un cuórum de 2: ",
        "2 a favor, 1 en contra y 0 abstenciones, se aprobó.",
        "Votos a favor: Julia Ordaz, Vocal 3.",
        "Votos en contra: Vocal 2.",
        "Resultado: Se aprobó.",
    ):
        assert line in words, line
    english = (await hub.ask(NODE, {"id": minutes["id"]}, by=sitting.secretary, languages="en"))["node"]
    assert "It was voted by roll call" in english["text"]["text"]
    assert codes(await hub.refuse(DRAFT, told, by=sitting.secretary)) == ["MINUTES_DRAFTED_ALREADY"]
    # A draft is for the officers.
    assert [bool(await shown(hub, minutes["id"], by)) for by in (sitting.coordinator, sitting.people[2], None)] == [
        True, False, False,
    ]  # fmt: skip
    assert await hub.log() == ["MinutesDrafted"]
    assert [event["public"] for event in await hub.events()] == [False]


async def test_a_session_that_goes_on_has_none(hub: Talking) -> None:
    sitting = await a_sitting(hub, voting=2)
    await hub.forget()
    told = given(sessionId=f"Session_{sitting.session_id}")
    assert codes(await hub.refuse(DRAFT, told, by=sitting.secretary)) == ["SESSION_NOT_CLOSED"]
    assert await hub.log() == []


async def test_what_a_reserved_point_was_about_is_not_told(hub: Talking, sitting: Sitting) -> None:
    await hub.run("UPDATE agenda_item SET public = false WHERE id = :id", id=sitting.points[0])
    minutes = await drafted(hub, sitting)
    words = (await shown(hub, minutes, sitting.secretary))["text"]["text"]
    assert "El punto 1 se trató de manera reservada." in words
    assert not any(secret in words for secret in ("Asunto 1", "Se aprueba", "Se votó"))


async def test_worded_anew_by_one_at_a_time(hub: Talking, sitting: Sitting) -> None:
    minutes = await drafted(hub, sitting)
    await hub.forget()
    told = given(minutesId=minutes, text=text("Otra versión."), basedOn=1)
    answers = await asyncio.gather(*[hub.answer(WRITE, told, by=sitting.secretary) for _ in range(3)])
    found = sorted(codes(answer["data"]["writeMinutes"]["errors"]) for answer in answers)
    assert found == [[], ["MINUTES_CHANGED_MEANWHILE"], ["MINUTES_CHANGED_MEANWHILE"]]
    assert (await shown(hub, minutes, sitting.secretary))["number"] == 2
    assert await hub.log() == ["MinutesReworded"]
    with pytest.raises(Exception, match="only ever added"):
        await hub.run("UPDATE minutes_revision SET number = 9")


async def test_observed_and_answered(hub: Talking, sitting: Sitting) -> None:
    minutes = await circulated(hub, sitting)
    stranger = await a_citizen(hub, "Ana")
    await hub.forget()
    told = given(minutesId=minutes, text=text("Falta mi voto razonado."))
    assert codes(await hub.refuse(OBSERVE, told, by=stranger)) == ["NOT_FOUND"]
    observed = (await hub.act(OBSERVE, told, by=sitting.people[2]))["minutes"]
    (observation,) = observed["observations"]["nodes"]
    assert (observed["state"], observation["state"], observation["revisionNumber"]) == ("WITH_OBSERVATIONS", "MADE", 1)
    again = given(minutesId=minutes)
    assert codes(await hub.refuse(CIRCULATE, again, by=sitting.secretary)) == ["OBSERVATIONS_UNANSWERED"]
    assert codes(await hub.refuse(APPROVE, again, by=sitting.secretary)) == ["OBSERVATIONS_UNANSWERED"]
    answer = {"observationId": observation["id"], "takenUp": True, "answer": text("Se agrega.")}
    assert codes(await hub.refuse(ANSWER, given(**answer), by=sitting.people[2])) == ["SECRETARIES_ONLY"]
    (answered,) = (await hub.act(ANSWER, given(**answer), by=sitting.secretary))["minutes"]["observations"]["nodes"]
    assert (answered["state"], answered["answer"]["text"]) == ("TAKEN_UP", "Se agrega.")
    assert codes(await hub.refuse(ANSWER, given(**answer), by=sitting.secretary)) == ["OBSERVATION_ANSWERED"]
    await hub.act(OBSERVE, told, by=sitting.people[3])
    other = (await shown(hub, minutes, sitting.secretary))["observations"]["nodes"][1]
    aside = {"observationId": other["id"], "takenUp": False, "answer": text("No consta.")}
    await hub.act(ANSWER, given(**aside), by=sitting.secretary)
    await hub.act(WRITE, given(minutesId=minutes, text=text("Con el voto."), basedOn=1), by=sitting.secretary)
    assert (await hub.act(CIRCULATE, again, by=sitting.secretary))["minutes"]["state"] == "CIRCULATED"
    assert await hub.log() == [
        "ObservationMade",
        "MinutesObserved",
        "ObservationTakenUp",
        "ObservationMade",
        "ObservationSetAside",
        "MinutesReworded",
        "MinutesCirculated",
    ]


async def test_approved_by_a_later_session_signed_and_published(hub: Talking, sitting: Sitting) -> None:
    minutes = await circulated(hub, sitting)
    later = await a_session_of(hub, sitting)
    await hub.forget()
    about = given(minutesId=minutes)
    # No earlier session, and not the session itself.
    early = moving(sitting, minutesId=minutes)
    assert codes(await hub.refuse(TABLE, early, by=sitting.coordinator)) == ["MINUTES_WAIT_FOR_A_LATER_SESSION"]
    assert codes(await hub.refuse(APPROVE, about, by=sitting.secretary)) == ["NO_CARRIED_VOTE"]
    assert await hub.log() == []
    motion = (await hub.act(TABLE, moving(later, minutesId=minutes), by=sitting.secretary))["motion"]
    assert motion["subjectHash"] == (await shown(hub, minutes, sitting.secretary))["textHash"]
    vote = await an_open_vote(hub, later, motion=motion["id"])
    await all_cast(hub, later, vote, "FOR", "FOR")
    await hub.act(CLOSE, given(voteEventId=vote), by=sitting.coordinator)
    approved = (await hub.act(APPROVE, about, by=sitting.secretary))["minutes"]
    hash_ = approved["contentHash"]
    assert (approved["state"], hash_, approved["approvedBy"]["id"]) == ("APPROVED", approved["textHash"], vote)
    await never_changes(hub, minutes, sitting)
    wrong = given(minutesId=minutes, contentHash="sha256:00")
    assert codes(await hub.refuse(SIGN, wrong, by=sitting.secretary)) == ["ANOTHER_TEXT"]
    signing = given(minutesId=minutes, contentHash=hash_)
    answers = await asyncio.gather(*[hub.answer(SIGN, signing, by=sitting.secretary) for _ in range(3)])
    assert sorted(codes(a["data"]["signMinutes"]["errors"]) for a in answers) == [[], *[["SIGNED_ALREADY"]] * 2]
    assert codes(await hub.refuse(PUBLISH, about, by=sitting.secretary)) == ["MINUTES_NOT_SIGNED"]
    assert (await hub.act(SIGN, signing, by=sitting.people[2]))["minutes"]["state"] == "APPROVED"
    signed = (await hub.act(SIGN, signing, by=sitting.coordinator))["minutes"]
    assert (signed["state"], [given_["post"] for given_ in signed["signatures"]]) == (
        "SIGNED",
        ["SECRETARY", "MEMBER", "COORDINATOR"],
    )
    assert {given_["contentHash"] for given_ in signed["signatures"]} == {hash_}
    assert await shown(hub, minutes) is None
    await hub.act(PUBLISH, about, by=sitting.secretary)
    assert (await shown(hub, minutes))["state"] == "PUBLISHED"
    session = (await hub.ask(SESSION, {"id": f"Session_{sitting.session_id}"}))["node"]
    assert session == {"state": "FINISHED", "minutes": {"id": minutes, "state": "PUBLISHED"}}
    added = await hub.act(ADD, given(minutesId=minutes, text=text("Fe de erratas.")), by=sitting.secretary)
    assert added["minutes"]["addenda"] == [{"number": 1, "text": {"text": "Fe de erratas."}}]
    assert added["minutes"]["contentHash"] == hash_
    assert [name for name in await hub.log() if "Minutes" in name or "Session" in name or "Addendum" in name] == [
        "MinutesApproved",
        *["MinutesSignatureGiven"] * 3,
        "MinutesSigned",
        "MinutesPublished",
        "SessionFinished",
        "AddendumAdded",
    ]


async def never_changes(hub: Talking, minutes: str, sitting: Sitting) -> None:
    """Try to change approved minutes, by every door."""
    other = given(minutesId=minutes, text=text("Otra."), basedOn=1)
    assert codes(await hub.refuse(WRITE, other, by=sitting.secretary)) == ["MINUTES_ARE_FIXED"]
    observed = given(minutesId=minutes, text=text("Tarde."))
    assert codes(await hub.refuse(OBSERVE, observed, by=sitting.people[2])) == ["MINUTES_NOT_CIRCULATED"]
    for change in (
        "UPDATE minutes SET content_hash = 'sha256:00'",
        "DELETE FROM minutes",
        "INSERT INTO minutes_revision SELECT gen_random_uuid(), minutes_id, 9, text, '', now() FROM minutes_revision",
    ):
        with pytest.raises(Exception, match="approved and never change"):
            await hub.run(change)


async def test_approved_where_nobody_objects_in_time(hub: Talking) -> None:
    silent = terms(minutes_mode=MinutesMode.NO_OBJECTION, minutes_days=5)
    sitting = await held(hub, voting=3, terms=silent)
    minutes = await circulated(hub, sitting)
    until = dt.datetime.fromisoformat((await shown(hub, minutes, sitting.secretary))["observationsUntil"])
    assert until - clock.now() > dt.timedelta(days=4)
    about = given(minutesId=minutes)
    await hub.forget()
    assert codes(await hub.refuse(APPROVE, about, by=sitting.secretary)) == ["OBSERVATIONS_RUN"]
    with hub.at(until):
        late = given(minutesId=minutes, text=text("Tarde."))
        assert codes(await hub.refuse(OBSERVE, late, by=sitting.people[2])) == ["OBSERVATIONS_ENDED"]
        assert await hub.log() == []
        approved = (await hub.act(APPROVE, about, by=sitting.secretary))["minutes"]
    assert (approved["state"], approved["approvedBy"]) == ("APPROVED", None)
    assert await hub.log() == ["MinutesApproved"]
