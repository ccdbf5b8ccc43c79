"""Notices about a consultation's time: numbered, with a reason, never changed, and what follows from each."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from hub.consultations.drafts import QuestionDraft, SectionDraft
from hub.consultations.questionnaire_models import QuestionKind
from hub.consultations.timekeeping import keep_time
from hub.mandates.ordering import OwnInitiative
from hub.text import written
from hub.viewer import Scope
from tests.cast import a_citizen, a_client, a_coordinator_of, a_secretary_of, a_visitor, an_analyst_of
from tests.consultations.asking import SUBMIT, a_sheet, es, problems
from tests.consultations.timing import (
    EXTEND,
    NOTICES,
    RESUME,
    SHORTEN,
    SUSPEND,
    WITHDRAW_CONSULTATION,
    at_zulu,
    because,
    local,
    until,
)
from tests.making.bodies import a_body
from tests.making.consultations import (
    Asked,
    a_draft_consultation,
    a_scheduled_consultation,
    an_open_consultation,
)
from tests.making.notices import a_resumption, a_suspension, a_withdrawal
from tests.talking import Talking

NOON = dt.datetime(2026, 9, 1, 18, tzinfo=dt.UTC)
"""Noon in Mexico City, which is six hours behind."""

TICK = dt.timedelta(microseconds=1)
DAY = dt.timedelta(days=1)


async def notices(hub: Talking, asked: Asked) -> list[dict[str, Any]]:
    """The notices that everybody sees, in order."""
    node = (await hub.ask(NOTICES, {"id": asked.node}))["node"]
    found: list[dict[str, Any]] = node["notices"]["nodes"]
    return found


async def closings(hub: Talking, asked: Asked) -> list[tuple[int, str, str]]:
    """Number, kind and closing of each notice."""
    return [(each["number"], each["kind"], each["closing"]["instant"]) for each in await notices(hub, asked)]


# ---- what a notice is ----------------------------------------------------------------------------------------------


async def test_publishing_gives_the_first_notice(hub: Talking) -> None:
    body = await a_body(hub)
    draft, asked = await a_draft_consultation(hub, body), await a_scheduled_consultation(hub, body)
    assert (await hub.ask(NOTICES, {"id": draft.node}))["node"] is None
    assert await notices(hub, asked) == [
        {"number": 1, "kind": "OPENING", "closing": {"instant": at_zulu(asked.closes_at)}, "reason": None}
    ]
    julia = await a_coordinator_of(hub, body)
    assert (await hub.ask(NOTICES, {"id": draft.node}, by=julia))["node"]["notices"]["nodes"] == []


async def test_an_extension_is_a_numbered_notice_with_its_reason(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub), at=NOON)
    julia = await a_coordinator_of(hub, asked.body_id, at=NOON)
    ana, beto = await a_citizen(hub, at=NOON), await a_citizen(hub, "Beto Luna", at=NOON)
    await hub.forget()
    later, latest = asked.closes_at + DAY, asked.closes_at + 2 * DAY
    with hub.at(asked.open):
        payload = await hub.act(EXTEND, until(asked, later), by=julia)
        assert payload["event"] == (await hub.events())[-1]["position"]
        moved = {"instant": at_zulu(later), "declaredLocal": local(later), "zone": "America/Mexico_City"}
        assert payload["notice"] == {
            "number": 2,
            "kind": "EXTENSION",
            "publishedAt": at_zulu(asked.open),
            "opening": {"instant": at_zulu(asked.opens_at)},
            "closing": moved,
            "reason": {"text": "Faltó tiempo."},
            "consultation": {"id": asked.node},
        }
        assert payload["consultation"] == {"id": asked.node, "state": "OPEN", "withdrawnAt": None, "closing": moved}
        await hub.act(EXTEND, until(asked, latest), by=julia)
    assert await hub.log() == ["NoticePublished", "NoticePublished"]
    assert [(e["actor_account_id"], e["facts"]["number"]) for e in await hub.events()] == [
        (julia.account_id, 2),
        (julia.account_id, 3),
    ]
    assert await closings(hub, asked) == [
        (1, "OPENING", at_zulu(asked.closes_at)),
        (2, "EXTENSION", at_zulu(later)),
        (3, "EXTENSION", at_zulu(latest)),
    ]
    # What was the closing is an instant like any other now.
    assert await keep_time(hub.hub.changes, at=asked.closes_at) == 0
    for at, who in ((asked.closes_at, ana), (latest - TICK, beto)):
        with hub.at(at):
            assert (await hub.act(SUBMIT, a_sheet(asked), by=who))["response"]["state"] == "ACCEPTED"
    rows = await hub.rows("SELECT DISTINCT timeliness::text FROM response")
    assert [row["timeliness"] for row in rows] == ["on_time"]


async def test_it_is_extended_before_it_opens_and_while_it_is_suspended(hub: Talking) -> None:
    asked = await a_scheduled_consultation(hub, await a_body(hub), at=NOON)
    julia = await a_coordinator_of(hub, asked.body_id, at=NOON)
    with hub.at(NOON):
        payload = await hub.act(EXTEND, until(asked, asked.closes_at + DAY), by=julia)
        assert payload["consultation"]["state"] == "SCHEDULED"
    await a_suspension(hub, asked)
    with hub.at(asked.open):
        payload = await hub.act(EXTEND, until(asked, asked.closes_at + 2 * DAY), by=julia)
        assert (payload["consultation"]["state"], payload["notice"]["number"]) == ("SUSPENDED", 4)
    # Without grace while it is suspended, and with it again once it is resumed.
    ends = "SELECT counted_until - closes_at AS grace, late_until - closes_at AS late FROM consultation"
    assert await hub.rows(ends) == [{"grace": dt.timedelta(0), "late": 7 * DAY}]
    await a_resumption(hub, asked)
    assert await hub.rows(ends) == [{"grace": dt.timedelta(seconds=60), "late": 7 * DAY}]


async def test_a_closing_that_is_not_later_or_means_nothing_is_refused(hub: Talking) -> None:
    zone = "America/Tijuana"
    opens_at = dt.datetime(2026, 2, 1, 17, tzinfo=dt.UTC)
    closes_at = dt.datetime(2026, 3, 7, 2, tzinfo=dt.UTC)
    asked = await an_open_consultation(
        hub, await a_body(hub), at=opens_at + dt.timedelta(hours=1), closes_at=closes_at, zone=zone
    )
    julia = await a_coordinator_of(hub, asked.body_id, at=opens_at)
    await hub.forget()
    table = [
        (local(closes_at - TICK, zone), zone, ("NOT_AN_EXTENSION", "closing.declaredLocal")),
        (local(closes_at, zone), zone, ("NOT_AN_EXTENSION", "closing.declaredLocal")),
        (local(closes_at + DAY), "America/Mexico_City", ("ZONES_DIFFER", "closing.zone")),
        ("2026-03-07T18:00:00", "Tijuana", ("UNKNOWN_ZONE", "closing.zone")),
        ("2026-03-08T02:30:00", zone, ("TIME_DOES_NOT_EXIST", "closing.declaredLocal")),
        ("2026-11-01T01:30:00", zone, ("TIME_IS_AMBIGUOUS", "closing.declaredLocal")),
        ("2200-01-01T00:00:00", zone, ("BAD_TIME", "closing.declaredLocal")),
    ]
    with hub.at(asked.open):
        for shown, where, problem in table:
            errors = await hub.refuse(EXTEND, until(asked, shown, where), by=julia)
            assert problems(errors) == [problem], shown
            assert errors[0]["__typename"] == "ValidationError"
        both = await hub.refuse(EXTEND, until(asked, closes_at, zone, reason=es(" ")), by=julia)
    assert problems(both) == [
        ("WORDING_EMPTY", "reason.translations.0.text"),
        ("NOT_AN_EXTENSION", "closing.declaredLocal"),
    ]
    assert await hub.log() == []
    assert await closings(hub, asked) == [(1, "OPENING", at_zulu(closes_at))]


async def test_a_reason_is_given_in_every_language_of_the_consultation(hub: Talking) -> None:
    def both(word: str) -> Any:
        return written(es=word, en=word)

    question = QuestionDraft(code="agua", kind=QuestionKind.LONG_TEXT, title=both("Agua"))
    asked = await an_open_consultation(
        hub,
        await a_body(hub),
        title=both("Agua"),
        purpose=both("Agua"),
        privacy_notice=both("Agua"),
        own_initiative=OwnInitiative(reason=both("Agua")),
        sections=[SectionDraft(title=both("Agua"), questions=(question,))],
    )
    julia = await a_coordinator_of(hub, asked.body_id)
    later = asked.closes_at + DAY
    await hub.forget()
    easy = es("Faltó.", en="Sorry.")
    easy["translations"][0]["easyRead"] = "x" * 4001
    wrong = [
        ("MISSING_LANGUAGE", es("Faltó.")),
        ("WORDING_TOO_LONG", es("x" * 4001, en="Sorry.")),
        ("WORDING_TOO_LONG", easy),
    ]
    for code, reason in wrong:
        acts = ((EXTEND, until(asked, later, reason=reason)), (SUSPEND, because(asked, reason)))
        for act, asking in (*acts, (WITHDRAW_CONSULTATION, because(asked, reason))):
            assert problems(await hub.refuse(act, asking, by=julia)) == [(code, "reason")]
    assert await hub.log() == []
    await hub.act(EXTEND, until(asked, later, reason=es("Faltó.", en="Too short.")), by=julia)
    node = (await hub.ask(NOTICES, {"id": asked.node}, languages="en"))["node"]
    assert [each["reason"] and each["reason"]["text"] for each in node["notices"]["nodes"]] == [None, "Too short."]


@pytest.mark.parametrize(
    "statement", ["UPDATE timetable_notice SET number = 7", "DELETE FROM timetable_notice WHERE number = 1"]
)
async def test_a_notice_never_changes(hub: Talking, statement: str) -> None:
    await a_scheduled_consultation(hub, await a_body(hub))
    with pytest.raises(DBAPIError, match="only ever added"):
        await hub.run(statement)


# ---- who and when --------------------------------------------------------------------------------------------------


def every_act(asked: Asked) -> list[tuple[str, dict[str, Any]]]:
    """Each act about time, as it would be right."""
    later = until(asked, asked.closes_at + DAY)
    reason = because(asked)
    return [(EXTEND, later), (SHORTEN, later), (SUSPEND, reason), (RESUME, reason), (WITHDRAW_CONSULTATION, reason)]


async def test_the_coordinator_alone_gives_notice(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra", acronym="OTRA")
    asked = await an_open_consultation(hub, body)
    table = [
        (a_visitor(), "UNAUTHENTICATED"),
        (await a_client(hub, scopes=frozenset(Scope)), "UNAUTHENTICATED"),
        (await a_citizen(hub), "COORDINATORS_ONLY"),
        (await a_secretary_of(hub, body), "COORDINATORS_ONLY"),
        (await an_analyst_of(hub, body), "COORDINATORS_ONLY"),
        (await a_coordinator_of(hub, other), "COORDINATORS_ONLY"),
        (await a_coordinator_of(hub, body, scopes=frozenset(Scope) - {Scope.BODIES_WRITE}), "SCOPE_MISSING"),
    ]
    await hub.forget()
    for who, code in table:
        for act, asking in every_act(asked):
            (error,) = await hub.refuse(act, asking, by=who)
            assert (error["__typename"], error["code"]) == ("PermissionError", code), (who.name, act)
    assert await hub.log() == []


async def test_the_closing_is_not_brought_forward_without_an_instrument(hub: Talking) -> None:
    asked = await an_open_consultation(hub, await a_body(hub))
    julia = await a_coordinator_of(hub, asked.body_id)
    await hub.forget()
    for closing in (asked.closes_at - DAY, asked.closes_at + DAY):
        (error,) = await hub.refuse(SHORTEN, until(asked, closing), by=julia)
        assert (error["__typename"], error["code"]) == ("StateError", "SHORTENING_NEEDS_INSTRUMENT")
        assert "instrumento de este órgano" in error["message"]
    assert await hub.log() == []


async def test_each_act_has_its_time(hub: Talking) -> None:
    body = await a_body(hub, at=NOON)
    julia = await a_coordinator_of(hub, body, at=NOON)
    draft = await a_draft_consultation(hub, body, at=NOON)
    scheduled, suspended, withdrawn = [await a_scheduled_consultation(hub, body, at=NOON) for _ in range(3)]
    await a_suspension(hub, suspended)
    await a_withdrawal(hub, withdrawn)
    opened, closed = ["NOT_SUSPENDED"], ["CONSULTATION_CLOSED"] * 5
    shortened, early = "SHORTENING_NEEDS_INSTRUMENT", "CONSULTATION_NOT_OPEN_YET"
    every: list[str | None] = ["CONSULTATION_NOT_PUBLISHED"] * 5
    table: list[tuple[Asked, dt.datetime, list[str | None]]] = [
        (draft, NOON, every),
        (scheduled, scheduled.opens_at - TICK, [None, shortened, early, early, None]),
        (scheduled, scheduled.opens_at, [None, shortened, None, *opened, None]),
        (suspended, suspended.open, [None, shortened, "CONSULTATION_SUSPENDED", None, None]),
        (scheduled, scheduled.closes_at, [*closed]),
        (suspended, suspended.closes_at, [*closed]),
        (withdrawn, withdrawn.open, ["CONSULTATION_WITHDRAWN"] * 5),
        (withdrawn, withdrawn.closed, ["CONSULTATION_WITHDRAWN"] * 5),
    ]
    await hub.forget()
    events = ("extend", "shorten", "suspend", "resume", "withdraw_consultation")
    seen = """query ($id: ID!) { node(id: $id) { ... on Consultation {
      availableTransitions { event allowed reason { code } } } } }"""
    for asked, at, codes in table:
        with hub.at(at):
            told = (await hub.ask(seen, {"id": asked.node}, by=julia))["node"]["availableTransitions"]
            offered = {each["event"]: each["reason"] and each["reason"]["code"] for each in told}
            for (act, asking), event, code in zip(every_act(asked), events, codes, strict=True):
                if event in offered:
                    assert offered[event] == code, (event, at)
                if code is not None:
                    (error,) = await hub.refuse(act, asking, by=julia)
                    assert (error["__typename"], error["code"]) == ("StateError", code), (event, at)
                else:
                    assert event in offered
    assert await hub.log() == []
