"""Sessions as iCalendar (RFC 5545): the calendar of a body, which every calendar program can follow, and one session.

A session is one event for all its life, wherever it is told: its UID never changes, `SEQUENCE` grows with each change
of what a calendar shows, and one that was called off stays, as CANCELLED, so that it also goes from the calendars that
have it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText

from hub.exporting.asking import Visitor
from hub.exporting.bodies import all_of

EVENT = """
fragment Event on Session {
  id folio title { text } state sequence updatedAt plannedMinutes place { text } starts { declaredLocal zone }
}
"""

SESSIONS = f"""
query ($id: ID!, $first: Int!, $after: String) {{
  node(id: $id) {{
    ... on Body {{
      name {{ text }}
      sessions(first: $first, after: $after, orderBy: STARTS_ASC) {{
        nodes {{ ...Event }}
        pageInfo {{ hasNextPage endCursor }}
      }}
    }}
  }}
}}
{EVENT}"""

SESSION = f"""
query ($id: ID!) {{
  node(id: $id) {{ ... on Session {{ ...Event body {{ name {{ text }} }} }} }}
}}
{EVENT}"""

OFF = {"CANCELLED", "FAILED"}
"""States of a session that nobody needs to come to."""

REFRESHED = dt.timedelta(hours=6)
"""How often a program that follows the calendar is asked to look again (RFC 7986)."""

A_YEAR = dt.timedelta(days=366)


async def calendar_of(visitor: Visitor, body: str, *, address: str) -> bytes | None:
    """Return the calendar of a body that everybody may see, or None if there is none.

    `address` is where the hub's pages are, so that an event leads to the page of its session.
    """
    found, sessions = await all_of(visitor, SESSIONS, body, "sessions")
    if not found:
        return None
    return written(_named(found), sessions, address=address)


async def session_of(visitor: Visitor, session: str, *, address: str) -> bytes | None:
    """Return a session that everybody may see as a calendar with this one event, or None if there is none."""
    found = (await visitor.ask(SESSION, {"id": session}))["node"]
    if not found:
        return None
    return written(_named(found["body"] or {}), [found], address=address)


def _named(body: Mapping[str, Any]) -> str:
    name = body.get("name")
    return str(name["text"]) if name else ""


def written(name: str, sessions: Iterable[Mapping[str, Any]], *, address: str) -> bytes:
    """Return sessions as a calendar with this name, with the rules of every zone that it names."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Civic Hub//Sessions//ES")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    events = [_event(session, address=address) for session in sessions]
    for event in events:
        calendar.add_component(event)
    if events:
        # What a zone did in other years than those of the sessions helps nobody.
        days = [event.DTSTART.date() for event in events if isinstance(event.DTSTART, dt.datetime)]
        calendar.add_missing_timezones(first_date=min(days) - A_YEAR, last_date=max(days) + A_YEAR)
    return bytes(calendar.to_ical())


def _event(session: Mapping[str, Any], *, address: str) -> Event:
    """Return a session as an event, at the time that was convened, in its zone."""
    page = f"{address}/sesiones/{session['id']}"
    local = dt.datetime.fromisoformat(session["starts"]["declaredLocal"])
    starts = local.replace(tzinfo=ZoneInfo(session["starts"]["zone"]))
    changed = dt.datetime.fromisoformat(session["updatedAt"])
    event = Event()
    event.add("uid", session["id"].partition("_")[2])
    event.add("sequence", session["sequence"])
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", starts)
    event.add("duration", dt.timedelta(minutes=session["plannedMinutes"]))
    event.add("summary", session["title"]["text"])
    event.add("status", "CANCELLED" if session["state"] in OFF else "CONFIRMED")
    if session["place"] is not None:
        event.add("location", session["place"]["text"])
    # Many programs show no URL, so the description says it as well.
    event.add("url", page)
    event.add("description", vText("\n".join(part for part in (session["folio"], page) if part)))
    return event
