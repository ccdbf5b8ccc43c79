"""What is computed from the clock turns at its instant, to the microsecond, though nobody writes anything."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pytest

from hub.reading.asking import Asking
from hub.reading.depending import NEVER, RememberingInstant, Span
from tests.caching.keeping import keeping, read, settled
from tests.cast import a_citizen
from tests.making.bodies import a_body
from tests.making.consultations import a_response, a_scheduled_consultation
from tests.making.people import an_organization, renamed
from tests.talking import Talking

MOMENT = dt.timedelta(microseconds=1)
NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)

QUESTIONS = {
    "state": "query($id: ID!) { node(id: $id) { ... on Consultation { state } } }",
    "count": "query($id: ID!) { node(id: $id) { ... on Consultation { responseCount } } }",
    "transitions": """query($id: ID!) {
        node(id: $id) { ... on Consultation { availableTransitions { event allowed reason { code } } } } }""",
    "responses": "query($id: ID!) { node(id: $id) { ... on Consultation { responses { totalCount } } } }",
    "open ones": "{ consultations(filter: {state: [OPEN]}) { totalCount } }",
}
"""What says something about a consultation that depends on the clock: from a column, and from a function."""


async def test_at_each_instant_of_a_consultation_the_answer_is_what_it_would_be(database_url: str, data: Path) -> None:
    """In whichever order the clock is seen; most of the time nothing is read."""
    async with keeping(database_url, data) as hub:
        asked = await a_scheduled_consultation(hub, body_id=await a_body(hub))
        await a_response(hub, asked, by=await a_citizen(hub))
        turns = [asked.opens_at, asked.closes_at, asked.counted_until, asked.late_until]
        instants = [turn + step for turn in turns for step in (-MOMENT, dt.timedelta(), MOMENT)]
        expected = {}
        for at in instants:
            for name, question in QUESTIONS.items():
                with hub.at(at), pytest.MonkeyPatch.context() as patch:
                    patch.setattr(hub.hub.cache, "_most", 0)
                    expected[name, at] = await hub.ask(question, _given(question, asked.node))
        for name in QUESTIONS:
            assert len({str(expected[name, at]) for at in instants}) > 1, f"{name} does not depend on the clock."
        chance, before = random.Random(1), hub.statements()
        order = [*instants, *instants, *reversed(instants), *chance.choices(instants, k=30)]
        for at in order:
            for name, question in QUESTIONS.items():
                with hub.at(at):
                    assert await hub.ask(question, _given(question, asked.node)) == expected[name, at], (name, at)
        assert hub.statements() - before < 0.9 * len(order) * len(QUESTIONS)


def _given(question: str, node: str) -> dict[str, Any] | None:
    return {"id": node} if "$id" in question else None


async def test_between_two_turns_nothing_is_read(database_url: str, data: Path) -> None:
    async with keeping(database_url, data) as hub:
        asked = await a_scheduled_consultation(hub, body_id=await a_body(hub))
        await settled(hub)
        for question in QUESTIONS.values():
            with hub.at(asked.open):
                await hub.ask(question, _given(question, asked.node))
            with read(hub, times=0):
                for at in (asked.opens_at + MOMENT, asked.open + dt.timedelta(days=1), asked.closes_at - MOMENT):
                    with hub.at(at):
                        await hub.ask(question, _given(question, asked.node))


async def test_what_depends_on_the_day_turns_at_midnight(database_url: str, data: Path) -> None:
    async with keeping(database_url, data) as hub:
        organization = await an_organization(hub, "Vieja", since=dt.date(2020, 1, 1))
        await renamed(hub, organization, "Nueva", since=dt.date(2026, 11, 27))
        question = "query($id: ID!) { node(id: $id) { ... on Organization { name { text } } } }"
        # The day begins in the centre of Mexico.
        midnight = dt.datetime(2026, 11, 27, 6, tzinfo=dt.UTC)
        await settled(hub)

        async def name(at: dt.datetime) -> str:
            with hub.at(at):
                found = await hub.ask(question, {"id": f"Organization_{organization}"})
            return str(found["node"]["name"]["text"])

        assert [await name(at) for at in (NOON, midnight - MOMENT, midnight, midnight - MOMENT)] == [
            "Vieja", "Vieja", "Nueva", "Vieja"]  # fmt: skip
        with read(hub, times=0):
            assert [await name(midnight - step * MOMENT) for step in (2, 3, 4)] == ["Vieja"] * 3
            assert await name(midnight - dt.timedelta(hours=24)) == "Vieja"
        with read(hub, times=1):
            assert await name(midnight - dt.timedelta(hours=24) - MOMENT) == "Vieja"


# ---- instants that remember --------------------------------------------------------------------------------------

LATER, EARLIER = NOON + dt.timedelta(hours=1), NOON - dt.timedelta(hours=1)


def test_an_instant_remembers_what_it_was_compared_with() -> None:
    """Whichever side it stood on, and the nearest on each side."""
    instant = RememberingInstant.of(NOON)
    assert (instant.certain, instant.span) == (True, Span())
    assert instant < LATER + dt.timedelta(days=1)
    assert instant <= LATER
    assert instant < LATER
    assert instant >= EARLIER
    assert not instant < EARLIER - dt.timedelta(days=1)
    assert min(instant, LATER) is instant
    assert (instant.certain, instant.span) == (True, Span(EARLIER, LATER))
    assert {instant: 1}[instant] == 1
    # What turns at this very instant holds for no time at all.
    assert instant >= NOON
    assert NOON not in instant.span
    assert Span(before=NEVER) == Span()


@pytest.mark.parametrize(
    "use",
    [str, repr, "{}".format, lambda i: f"{i:%H}", lambda i: i.date(), lambda i: i.isoformat(), lambda i: i.timestamp(),
     lambda i: i - EARLIER, lambda i: LATER - i, lambda i: i + dt.timedelta(1), lambda i: dt.timedelta(1) + i,
     lambda i: i - dt.timedelta(1), lambda i: i.year, lambda i: i.astimezone(dt.UTC), lambda i: i == "noon",
     lambda i: i == RememberingInstant.of(NOON), lambda i: i.replace(year=2027)],
)  # fmt: skip
def test_whatever_else_is_done_with_it_makes_it_uncertain(use: Any) -> None:
    instant = RememberingInstant.of(NOON)
    use(instant)
    assert not instant.certain
    assert Asking(at=NOON).at == NOON


async def test_an_uncertain_answer_is_not_kept(database_url: str, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that asks for the hour would change its answer at an instant that nobody knows."""
    from hub.consultations import rules

    async with keeping(database_url, data) as hub:
        asked = await a_scheduled_consultation(hub, body_id=await a_body(hub))
        await settled(hub)
        transitions = rules.consultation_transitions

        def by_the_hour(viewer: Any, facts: Any) -> Any:
            assert facts.now.hour < 24
            return transitions(viewer, facts)

        monkeypatch.setattr(rules, "consultation_transitions", by_the_hour)
        with hub.at(asked.open), read(hub, times=2):
            await _transitions(hub, asked.node)
            await _transitions(hub, asked.node)
        monkeypatch.undo()
        with hub.at(asked.open), read(hub, times=1):
            await _transitions(hub, asked.node)
            await _transitions(hub, asked.node)


async def _transitions(hub: Talking, node: str) -> None:
    await hub.ask(QUESTIONS["transitions"], {"id": node})
