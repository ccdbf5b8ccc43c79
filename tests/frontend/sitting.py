"""Sessions to read of: one that was held, with everything that can happen in one, and its published minutes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from hub import clock
from hub.sessions.terms import MinutesMode
from tests.frontend.answering import HOSTILE
from tests.making.sessions import terms
from tests.making.sittings import Sitting, a_sitting
from tests.making.sittings import text as said
from tests.sessions.voting import CLOSE, a_motion, all_cast, an_open_vote, given
from tests.talking import Somebody, Talking

DAY = dt.timedelta(days=1)


@dataclass
class Told:
    """A session by its people, and what was done in it by its name."""

    sitting: Sitting
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def session(self) -> str:
        """The id of the session, as it stands in an address."""
        return f"Session_{self.sitting.session_id}"


async def do(hub: Talking, name: str, by: Somebody, fields: str = "", /, **known: Any) -> Any:
    """Carry out a mutation, and return the first object that it answers."""
    kind = name[0].upper() + name[1:]
    document = f"mutation ($input: {kind}Input!) {{ {name}(input: $input) {{ {fields} errors {{ code }} event }} }}"
    payload = await hub.act(document, {"input": known}, by=by)
    return next((payload[key] for key in payload if key not in ("errors", "event")), None)


async def a_told_session(hub: Talking, *, at: dt.datetime | None = None, words: str = "Se aprueba.") -> Told:
    """A session that was held five days ago: an acuerdo by roll call, a tie that was broken, a secret vote, a recusal.

    Somebody came late, a task is late, the minutes were observed, reworded, approved by silence, signed, published and
    added to.
    """
    begun = at or clock.now() - 5 * DAY
    sitting = await a_sitting(
        hub, at=begun, absent=(6,), voting=6, terms=terms(minutes_mode=MinutesMode.NO_OBJECTION, minutes_days=1)
    )
    told = Told(sitting)
    with hub.at(begun + dt.timedelta(minutes=10)):
        await _debated(hub, told)
    with hub.at(begun + dt.timedelta(minutes=70)):
        await _tied(hub, told, words)
        await _voted_in_secret(hub, told)
        await _closed(hub, told)
    await _minuted(hub, told, begun)
    return told


async def _debated(hub: Talking, told: Told) -> None:
    """Decide on an acuerdo by name, with one who is recused and one who came late and left."""
    sitting, (julia, luis, ana, *_) = told.sitting, told.sitting.people
    first, _ = (f"AgendaItem_{point}" for point in sitting.points)
    late = f"Membership_{sitting.memberships[6]}"
    attended = await do(
        hub, "recordArrival", luis, "attendance { id }", sessionId=told.session, membershipId=late, mode="IN_PERSON"
    )
    await do(hub, "recordDeparture", luis, attendanceId=attended["id"])
    drafted = await do(
        hub,
        "draftInstrument",
        luis,
        "instrument { id }",
        bodyId=f"Body_{sitting.body_id}",
        kind="ACUERDO",
        title=said("Acuerdo sobre el agua"),
        sections=[{"code": "primero", "text": said("Se publica el padrón del agua.")}],
    )
    told.ids["instrument"] = drafted["id"]
    await do(hub, "tableInstrument", luis, instrumentId=drafted["id"])
    recused = f"Membership_{sitting.memberships[5]}"
    reason = said(f"Trabajo en la empresa del agua. {HOSTILE}")
    await do(hub, "declareRecusal", luis, agendaItemId=first, membershipId=recused, reason=reason)
    motion = await a_motion(hub, sitting, by=ana, instrumentId=drafted["id"])
    vote = await an_open_vote(hub, sitting, motion=motion)
    await do(hub, "castVote", ana, voteEventId=vote, option="AGAINST", reason=said("Falta la red de riego."))
    for voter in (julia, *sitting.people[3:4]):
        await do(hub, "castVote", voter, voteEventId=vote, option="FOR")
    await hub.act(CLOSE, given(voteEventId=vote), by=julia)
    told.ids["vote"] = vote


async def _tied(hub: Talking, told: Told, words: str) -> None:
    """Move something, amend it by a vote that ties and that the chair decides, and take it back."""
    julia, ana = told.sitting.people[0], told.sitting.people[2]
    motion = await a_motion(hub, told.sitting, by=ana, point=1, text=said(words))
    wanted = said(f"{words} En formato abierto.")
    amended = await do(hub, "tableAmendment", julia, "motion { id }", motionId=motion, matter="simple", text=wanted)
    tie = await an_open_vote(hub, told.sitting, motion=amended["id"])
    await all_cast(hub, told.sitting, tie, "FOR", "FOR", "AGAINST", "AGAINST", "ABSTAIN")
    await hub.act(CLOSE, given(voteEventId=tie), by=julia)
    await do(hub, "breakTie", julia, voteEventId=tie, option="FOR")
    await do(hub, "withdrawMotion", ana, motionId=motion)
    told.ids["tie"] = tie


async def _voted_in_secret(hub: Talking, told: Told) -> None:
    motion = await a_motion(hub, told.sitting, point=1, matter="persons", text=said("Que presida Vocal 3."))
    vote = await an_open_vote(hub, told.sitting, method="SECRET", motion=motion)
    await all_cast(hub, told.sitting, vote, "FOR", "FOR", "FOR", "AGAINST", "ABSTAIN")
    await hub.act(CLOSE, given(voteEventId=vote), by=told.sitting.coordinator)
    told.ids["secret"] = vote


async def _closed(hub: Talking, told: Told) -> None:
    sitting, (julia, luis, *_) = told.sitting, told.sitting.people
    instrument = told.ids["instrument"]
    adopted = await do(hub, "adoptInstrument", luis, "instrument { revision { contentHash } }", instrumentId=instrument)
    hashed = adopted["revision"]["contentHash"]
    await do(hub, "signInstrument", julia, instrumentId=instrument, contentHash=hashed)
    await do(hub, "publishInstrument", luis, instrumentId=instrument, inForceFrom=f"{clock.day_of(clock.now())}")
    for point in sitting.points:
        await do(hub, "dealWithAgendaItem", luis, agendaItemId=f"AgendaItem_{point}", outcome=said("Se decidió."))
    await do(
        hub,
        "assignActionItem",
        luis,
        sessionId=told.session,
        agendaItemId=f"AgendaItem_{sitting.points[0]}",
        task=said("Pedir el padrón al municipio."),
        ownerId=f"Membership_{sitting.memberships[2]}",
        dueOn=f"{clock.day_of(clock.now()) + DAY}",
    )
    await do(hub, "closeSession", julia, sessionId=told.session)


async def _minuted(hub: Talking, told: Told, begun: dt.datetime) -> None:
    julia, luis, ana = told.sitting.people[:3]
    with hub.at(begun + dt.timedelta(hours=3)):
        minutes = (await do(hub, "draftMinutes", luis, "minutes { id }", sessionId=told.session))["id"]
        await do(hub, "circulateMinutes", luis, minutesId=minutes)
    with hub.at(begun + dt.timedelta(hours=4)):
        observed = await do(
            hub, "observeMinutes", ana, "minutes { observations { nodes { id } } }", minutesId=minutes,
            text=said("Falta mi razón."),
        )  # fmt: skip
        (observation,) = observed["observations"]["nodes"]
        answer = said("Está en la votación.")
        await do(hub, "answerObservation", luis, observationId=observation["id"], takenUp=False, answer=answer)
        await do(hub, "circulateMinutes", luis, minutesId=minutes)
    with hub.at(begun + 3 * DAY):
        approved = await do(hub, "approveMinutes", luis, "minutes { contentHash }", minutesId=minutes)
        for signer in (julia, luis):
            await do(hub, "signMinutes", signer, minutesId=minutes, contentHash=approved["contentHash"])
        await do(hub, "publishMinutes", luis, minutesId=minutes)
    with hub.at(begun + 4 * DAY):
        await do(hub, "addAddendum", luis, minutesId=minutes, text=said("Vocal 6 llegó con permiso."))
