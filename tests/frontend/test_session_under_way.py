"""A session under way: its page says by a link that it changed, and never moves by itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from frontend_stub.pages.session import is_live
from hub import clock
from tests.browser import Chromium, visiting
from tests.conftest import fresh_database
from tests.frontend.answering import Outline, reading
from tests.frontend.served import Place, a_place
from tests.frontend.sitting import a_told_session, do
from tests.making.sittings import Sitting, a_sitting
from tests.making.sittings import text as said
from tests.sessions.voting import a_motion, all_cast, an_open_vote
from tests.talking import Talking

A_WHILE = 31_000
"""Milliseconds after which a page has asked once, whatever its interval is."""

HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
async def sitting(hub: Talking) -> Sitting:
    """A body in session."""
    return await a_sitting(hub)


@pytest.fixture
async def reader(hub: Talking) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(hub.hub.endpoint) as somebody:
        yield somebody


async def known(reader: httpx2.AsyncClient, sitting: Sitting) -> str:
    """Return the tag that the page of the session was made with."""
    html = (await reader.get(f"/sesiones/Session_{sitting.session_id}")).text
    (tag,) = re.findall(r'data-known="(\w+)"', html)
    return f'"{tag}"'


async def asked(reader: httpx2.AsyncClient, sitting: Sitting, tag: str) -> httpx2.Response:
    """Ask whether something changed, as the page does."""
    return await reader.get(f"/sesiones/Session_{sitting.session_id}/vivo", headers={"if-none-match": tag})


# ---- what is told ----------------------------------------------------------------------------------------------------


async def adjourned(hub: Talking, sitting: Sitting) -> None:
    await do(hub, "adjournSession", sitting.coordinator, sessionId=f"Session_{sitting.session_id}")


async def begun(hub: Talking, sitting: Sitting) -> None:
    await do(hub, "startAgendaItem", sitting.secretary, agendaItemId=f"AgendaItem_{sitting.points[0]}")


async def dealt_with(hub: Talking, sitting: Sitting) -> None:
    await do(hub, "dealWithAgendaItem", sitting.secretary, agendaItemId=f"AgendaItem_{sitting.points[1]}")


async def left(hub: Talking, sitting: Sitting) -> None:
    found = "query ($id: ID!) { node(id: $id) { ... on Session { attendance { nodes { id } } } } }"
    session = (await hub.ask(found, {"id": f"Session_{sitting.session_id}"}))["node"]
    attendance = session["attendance"]["nodes"][0]["id"]
    await do(hub, "recordDeparture", sitting.secretary, attendanceId=attendance)


async def moved(hub: Talking, sitting: Sitting) -> None:
    await a_motion(hub, sitting)


async def put(hub: Talking, sitting: Sitting) -> None:
    await an_open_vote(hub, sitting)


async def voted(hub: Talking, sitting: Sitting) -> None:
    vote = await an_open_vote(hub, sitting)
    await all_cast(hub, sitting, vote, "FOR", "FOR", "FOR")
    await do(hub, "closeVote", sitting.coordinator, voteEventId=vote)


async def charged(hub: Talking, sitting: Sitting) -> None:
    owner = f"Membership_{sitting.memberships[2]}"
    task = said("Pedir el padrón.")
    await do(
        hub,
        "assignActionItem",
        sitting.secretary,
        sessionId=f"Session_{sitting.session_id}",
        task=task,
        ownerId=owner,
    )


@pytest.mark.parametrize("happens", [adjourned, begun, dealt_with, left, moved, put, voted, charged])
async def test_whatever_a_page_would_say_otherwise_is_a_change(
    hub: Talking,
    reader: httpx2.AsyncClient,
    sitting: Sitting,
    happens: Callable[[Talking, Sitting], Awaitable[None]],
) -> None:
    tag = await known(reader, sitting)
    before = await asked(reader, sitting, tag)
    assert (before.status_code, before.content) == (304, b"")
    await happens(hub, sitting)
    after = await asked(reader, sitting, tag)
    assert after.status_code == 200
    assert after.headers["cache-control"] == "no-store"
    assert (await asked(reader, sitting, await known(reader, sitting))).status_code == 304


async def test_what_nobody_is_told_is_no_change(hub: Talking, reader: httpx2.AsyncClient, sitting: Sitting) -> None:
    """Not one vote while they are being cast, of which only the seats are told that have voted."""
    vote = await an_open_vote(hub, sitting)
    tag = await known(reader, sitting)
    await all_cast(hub, sitting, vote, "FOR")
    assert (await asked(reader, sitting, tag)).status_code == 304


async def test_only_a_session_under_way_is_asked_about(hub: Talking, reader: httpx2.AsyncClient) -> None:
    told = await a_told_session(hub)
    assert "changes.js" not in (await reader.get(f"/sesiones/{told.session}")).text


@pytest.mark.parametrize(
    ("state", "minutes", "live"),
    [
        ("IN_SESSION", -60, True),
        ("ADJOURNED", -60, True),
        ("CONVENED", 30, True),
        ("CONVENED", -30, True),
        ("CONVENED", 90, False),
        ("FINISHED", 0, False),
        ("CANCELLED", 0, False),
    ],
)
def test_it_is_followed_from_an_hour_before_it_begins(state: str, minutes: int, live: bool) -> None:
    at = clock.now()
    starts = {"instant": (at + dt.timedelta(minutes=minutes)).isoformat()}
    assert is_live({"state": state, "starts": starts}, at) == live


async def test_without_a_program_there_is_a_link_and_when_the_page_was_made(
    reader: httpx2.AsyncClient, sitting: Sitting
) -> None:
    answer = await reader.get(f"/sesiones/Session_{sitting.session_id}")
    text = Outline(answer.text).words()
    assert re.search(r"Así estaba la sesión el .*, \d\d:\d\d, hora del centro de México\. Actualizar", text)
    assert f'<a href="/sesiones/Session_{sitting.session_id}">Actualizar</a>' in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "Hay quórum. Presentes ahora: 5 de 5 lugares con voto. Se necesitan 3." in text
    assert "Sigue ahí" in text


# ---- in a browser ----------------------------------------------------------------------------------------------------


@pytest.fixture
async def place(template: str, data: Path, tmp_path: Path) -> AsyncIterator[Place]:
    async with fresh_database(template) as url, a_place(url, data, tmp_path) as opened:
        yield opened


async def test_a_link_appears_once_and_leads_to_the_page_as_it_is_now(place: Place, chromium: Chromium) -> None:
    sitting = await a_sitting(place.hub)
    async with visiting(chromium, place.home) as visitor:
        page, requests = visitor.page, watched(visitor.page)
        await page.clock.install()
        await page.goto(f"{place.home}/sesiones/Session_{sitting.session_id}")
        status = page.locator("[data-changes]")
        text = await page.inner_text("main")
        async with page.expect_response("**/vivo") as nothing_new:
            await page.clock.run_for(A_WHILE)
        assert (await nothing_new.value).status == 304
        assert await status.inner_text() == ""
        assert await page.inner_text("main") == text

        await put(place.hub, sitting)
        await page.focus("footer a")
        async with page.expect_response("**/vivo") as something:
            await page.clock.run_for(A_WHILE)
        assert (await something.value).status == 200
        await status.locator("a").wait_for()
        assert await status.get_attribute("role") == "status"
        assert await status.inner_text() == "Hay cambios – actualizar"
        # Nothing else moved, the focus least of all, and it asks no more.
        assert (await page.inner_text("main")).replace("Hay cambios – actualizar", "").split() == text.split()
        assert await page.evaluate("() => document.activeElement.closest('footer') !== null")
        count = len(requests)
        await page.clock.run_for(2 * A_WHILE)
        assert len(requests) == count
        await visitor.accessible()
        await visitor.press("Hay cambios – actualizar")
        assert "Moción 1 En votación" in await visitor.words()
        assert await status.inner_text() == ""


async def test_a_page_that_nobody_looks_at_asks_nothing(place: Place, chromium: Chromium) -> None:
    sitting = await a_sitting(place.hub)
    async with visiting(chromium, place.home) as visitor:
        page, requests = visitor.page, watched(visitor.page)
        await page.clock.install()
        await page.goto(f"{place.home}/sesiones/Session_{sitting.session_id}")
        await page.evaluate(HIDE, True)
        await page.clock.run_for(3 * A_WHILE)
        assert requests == []
        async with page.expect_response("**/vivo"):
            await page.evaluate(HIDE, False)
        assert len(requests) == 1


async def test_without_a_program_the_link_shows_what_changed(place: Place, chromium: Chromium) -> None:
    sitting = await a_sitting(place.hub)
    context = await chromium.new_context(java_script_enabled=False, locale="es-MX")
    page = await context.new_page()
    try:
        await page.goto(f"{place.home}/sesiones/Session_{sitting.session_id}")
        await put(place.hub, sitting)
        await page.click("text=Actualizar")
        assert "Moción 1 En votación" in " ".join((await page.inner_text("main")).split())
    finally:
        await context.close()


def watched(page: Any) -> list[str]:
    """Return the list of what a page asks about changes, which grows as it asks."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url) if request.url.endswith("/vivo") else None)
    return requests
