"""How dates, numbers and texts in several languages are written on a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

from frontend_stub.languages import Words

LocalizedText = Mapping[str, Any]
Moment = Mapping[str, Any]

MONTHS = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "en": "January February March April May June July August September October November December",
}
WEEKDAYS = {
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
ZONE = "America/Mexico_City"
"""The clock of what has happened to somebody and was declared nowhere."""

NO_BREAK = "\N{NO-BREAK SPACE}"


def day(date: dt.date, language: str) -> str:
    """Return a day as it is written out."""
    month = MONTHS[language].split()[date.month - 1]
    return f"{date.day} de {month} de {date.year}" if language == "es" else f"{date.day} {month} {date.year}"


def moment(declared: Moment, words: Words) -> Markup:
    """Return a declared moment as the notice says it: the wall clock's time, and whose clock it is."""
    local = dt.datetime.fromisoformat(declared["declaredLocal"])
    weekday = WEEKDAYS[words.language].split()[local.weekday()]
    said = words(
        "date.moment",
        day=f"{weekday} {day(local, words.language)}",
        time=f"{local:%H:%M}",
        zone=zone_of(declared["zone"], words),
    )
    return Markup('<time datetime="{}">{}</time>').format(declared["instant"], said)


def instant(happened: str, words: Words) -> Markup:
    """Return when something happened, by the clocks of the centre, which the page names once."""
    local, _ = _local(happened, ZONE)
    said = words("date.instant", day=day(local, words.language), time=f"{local:%H:%M}")
    return Markup('<time datetime="{}">{}</time>').format(happened, said)


def hour_in(happened: str, begun: Moment, words: Words) -> Markup:
    """Return the hour at which something happened, by the clock and on the day of a moment, which are named beside it.

    On another day it is told with that day.
    """
    local, _ = _local(happened, begun["zone"])
    hour = f"{local:%H:%M}"
    if local.date() != dt.datetime.fromisoformat(begun["declaredLocal"]).date():
        hour = words("date.instant", day=day(local, words.language), time=hour)
    return Markup('<time datetime="{}">{}</time>').format(happened, hour)


def day_and_zone(declared: Moment, words: Words) -> str:
    """Return the day of a declared moment and whose clock that is, as plain words."""
    local = dt.datetime.fromisoformat(declared["declaredLocal"])
    return str(words("date.instant", day=day(local, words.language), time=zone_of(declared["zone"], words)))


def zone_of(zone: str, words: Words) -> str:
    """Return whose clock it is."""
    return words.named("zones", zone.replace("/", "-"))


def _local(instant: str, zone: str) -> tuple[dt.datetime, str]:
    """Return an instant by the clock of a zone; by universal time, where nobody knows that zone."""
    try:
        return dt.datetime.fromisoformat(instant).astimezone(ZoneInfo(zone)), zone
    except (ZoneInfoNotFoundError, ValueError):
        return dt.datetime.fromisoformat(instant).astimezone(dt.UTC), "UTC"


def clock_in(instant: str, zone: str, words: Words) -> Markup:
    """Return an instant that follows from declared ones, by the clock that they were declared in."""
    local, zone = _local(instant, zone)
    return moment({"instant": instant, "declaredLocal": local.replace(tzinfo=None).isoformat(), "zone": zone}, words)


def received(instant: str, zone: str, words: Words) -> Markup:
    """Return when a response was received by the clock of a zone; of an anonymous one the hub keeps the day alone.

    That day is one of universal time, and it is told as the instant at which it began.
    """
    at = dt.datetime.fromisoformat(instant)
    if at.astimezone(dt.UTC).time() != dt.time():
        return clock_in(instant, zone, words)
    told = words("date.day_only", day=day(at.astimezone(dt.UTC), words.language))
    return Markup('<time datetime="{}">{}</time>').format(instant[:10], told)


def published(instant: str, zone: str, words: Words) -> Markup:
    """Return the day of an instant where it was declared: before midnight there it may be the next day elsewhere."""
    try:
        local = dt.datetime.fromisoformat(instant).astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        local = dt.datetime.fromisoformat(instant)
    return Markup('<time datetime="{}">{}</time>').format(instant, day(local, words.language))


def quantity(number: float) -> str:
    """Return a number as it was worked out, without zeros that say nothing, in full and never as a power."""
    return f"{number:,.6f}".rstrip("0").rstrip(".")


def share(part: float, language: str) -> str:
    """Return a share as a percentage, always with one decimal so that they stand under each other."""
    return f"{part * 100:.1f}{NO_BREAK}%" if language == "es" else f"{part * 100:.1f}%"


def width(part: float | None) -> str:
    """Return a share as the width of a bar; this one is read by a program and not by people."""
    return f"{min(max(part or 0.0, 0.0), 1.0) * 100:.2f}%"


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def lang(text: LocalizedText, words: Words) -> Markup:
    """Return the attribute that tells a screen reader to change its voice; nothing where it need not."""
    return Markup() if words.knows(text["language"]) else Markup(' lang="{}"').format(text["language"])


def breakable(folio: str) -> Markup:
    """Return a folio that may go on in a new line where a part of it ends."""
    return Markup("/<wbr>").join(folio.split("/"))


def website(address: str | None) -> str | None:
    """Return an address that may be a link: what somebody typed is not made into one blindly."""
    return address if address and address.startswith(("https://", "http://")) else None


def left(until: str, now: dt.datetime, words: Words) -> Markup:
    """Return how much time is left until an instant: whole days, or hours on the last one, never rounded up."""
    seconds = (dt.datetime.fromisoformat(until) - now).total_seconds()
    if seconds <= 0:
        return words("date.none_left")
    days, rest = divmod(int(seconds), 24 * 3600)
    if days:
        return words.counted("date.days_left", days)
    hours = rest // 3600
    return words.counted("date.hours_left", hours) if hours else words.counted("date.minutes_left", max(rest // 60, 1))


def due(declared: str, today: dt.date, words: Words) -> Markup:
    """Return how far off the day is on which something is due, or how long ago it was."""
    days = (dt.date.fromisoformat(declared) - today).days
    if days == 0:
        return words("date.due_today")
    return words.counted("date.due_in" if days > 0 else "date.due_since", abs(days))


OVER = ("CLOSED", "IN_ANALYSIS", "FINDINGS_PUBLISHED", "ANSWERED", "ARCHIVED")
"""The states of a consultation that has closed, whatever came of it since."""


def now() -> dt.datetime:
    """Return the instant at which a page is made, from which the time that is left is told."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """Return the day by the clocks of the centre, by which the hub counts what is due."""
    return now().astimezone(ZoneInfo(ZONE)).date()


def date(declared: str, words: Words) -> Markup:
    """Return a calendar day that no clock belongs to."""
    found = dt.date.fromisoformat(declared)
    return Markup('<time datetime="{}">{}</time>').format(declared, day(found, words.language))


def size(count: int) -> str:
    """Return how large a file is, in the units that people know files by (1 kB is 1,000 bytes, as in SI)."""
    for unit, least in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if count >= least:
            return f"{count / least:.1f}{NO_BREAK}{unit}"
    return f"{count}{NO_BREAK}bytes"
