"""The rules by which the demonstration's commission sits. They are data of the commission; other bodies have others."""

from __future__ import annotations

from sqlalchemy import select

from hub.changes.change import Changes
from hub.demonstration.seats import SEATED, Commission
from hub.demonstration.telling import ONE_DAY
from hub.sessions.adopting import adopt_rules
from hub.sessions.models import SessionKind, SessionRules
from hub.sessions.terms import Delay, DelayUnit, KindTerms, Majority, MajorityBase, Quorum, SeatBase, Share, Terms
from hub.text import written

HALF_AND_ONE = Share(1, 2, more_than=True)

SIMPLE, TWO_THIRDS, PERSONS = "simple", "reglas", "personas"

TERMS = Terms(
    kinds=(
        KindTerms(kind=SessionKind.ORDINARY, notice_days=5, point_hours=48),
        KindTerms(kind=SessionKind.EXTRAORDINARY, notice_days=1, point_hours=12),
    ),
    quorums=(Quorum(HALF_AND_ONE), Quorum(Share(1, 3), SeatBase.FILLED, least=2)),
    next_call=Delay(2, DelayUnit.WORKING_DAYS),
    majorities=(
        Majority(matter=SIMPLE, name=written(es="Mayoría simple", en="Simple majority"), share=HALF_AND_ONE),
        Majority(
            matter=TWO_THIRDS,
            name=written(es="Dos terceras partes de los lugares con voto", en="Two thirds of the seats with a vote"),
            share=Share(2, 3),
            of=MajorityBase.ENTITLED,
        ),
        Majority(
            matter=PERSONS,
            name=written(es="Designación de personas, por voto secreto", en="Choice of persons, by secret vote"),
            share=HALF_AND_ONE,
            of=MajorityBase.PRESENT,
            secret=True,
        ),
    ),
    casting_vote=True,
)

SOURCE = written(
    es="Reglas de sesión de la Comisión, aprobadas en su instalación (documento inventado para la demostración).",
    en="Rules of session of the Commission, adopted when it was constituted (made up for the demonstration).",
)


async def adopt(changes: Changes, commission: Commission) -> None:
    """Adopt the rules, once."""
    async with changes.begin(commission.coordinator, at=commission.began + SEATED + ONE_DAY) as change:
        if await change.session.scalar(select(SessionRules.id).filter_by(body_id=commission.id).limit(1)) is None:
            await adopt_rules(change, commission.id, TERMS, source=SOURCE)
