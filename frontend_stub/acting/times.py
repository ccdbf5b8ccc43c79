"""The fields of an act that say when: by the clock of a zone that is named, as a wall shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from frontend_stub.acting.fields import Field, Told
from frontend_stub.acting.filling import Filling, Read
from frontend_stub.clocks import parted, zones
from frontend_stub.writing import ZONE


@dataclass(frozen=True)
class Declared(Field):
    """A time that is declared by the clock of a zone, such as when a session begins."""

    clock: Callable[[Read], str] | None = None
    """How the zone is found in the thing, where it is given and nobody chooses it."""

    kind = "declared"

    def shown(self, filling: Filling, at: str, before: Any) -> Told:
        """Return its day, its hour, and the clocks to choose from."""
        day, hour = parted(before["declaredLocal"]) if before else ("", "")
        zone = self._zone(filling, at, before["zone"] if before else ZONE)
        return {
            **super().shown(filling, at, None),
            "day": filling.written(f"{at}_date", day),
            "hour": filling.written(f"{at}_time", hour),
            "zone": zone,
            "zones": zones(filling.words, zone) if self.clock is None else [],
        }

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return the time as the hub takes it; whether there is such a time in the zone, the hub knows."""
        if self.optional and self.is_blank(filling, at):
            return None
        local = local_at(filling, at)
        return local and {"declaredLocal": f"{local:%Y-%m-%dT%H:%M:%S}", "zone": self._zone(filling, at)}

    def is_blank(self, filling: Filling, at: str) -> bool:
        """Whether neither a day nor an hour was written."""
        return filling.words_at(f"{at}_date") is None and filling.words_at(f"{at}_time") is None

    def found_at(self, filling: Filling, at: str, path: Sequence[str]) -> str:
        """Return the zone where the error is about it, and the day where it is about anything else."""
        return f"{at}_zone" if path[:1] == ["zone"] and self.clock is None else f"{at}_date"

    def _zone(self, filling: Filling, at: str, before: str | None = None) -> str:
        return filling.written(f"{at}_zone", before) if self.clock is None else self.clock(filling.node)


@dataclass(frozen=True)
class Instant(Field):
    """A time that no zone belongs to, such as the end of a term: it is written by the clocks of the centre."""

    kind = "instant"

    def shown(self, filling: Filling, at: str, before: Any) -> Told:
        """Return its day and its hour."""
        local = dt.datetime.fromisoformat(before).astimezone(ZoneInfo(ZONE)) if before else None
        return {
            **super().shown(filling, at, None),
            "day": filling.written(f"{at}_date", local and f"{local:%Y-%m-%d}"),
            "hour": filling.written(f"{at}_time", local and f"{local:%H:%M}"),
        }

    def read(self, filling: Filling, at: str, before: Any) -> Any:
        """Return the instant."""
        if self.optional and self.is_blank(filling, at):
            return None
        local = local_at(filling, at)
        return local and local.replace(tzinfo=ZoneInfo(ZONE)).isoformat()

    def is_blank(self, filling: Filling, at: str) -> bool:
        """Whether neither a day nor an hour was written."""
        return filling.words_at(f"{at}_date") is None and filling.words_at(f"{at}_time") is None

    def found_at(self, filling: Filling, at: str, path: Sequence[str]) -> str:
        """Return the day."""
        return f"{at}_date"


def local_at(filling: Filling, at: str) -> dt.datetime | None:
    """Return the wall clock's time that two fields say; None where one of them says none, which is wrong."""
    day = time = None
    try:
        day = dt.date.fromisoformat(filling.words_at(f"{at}_date") or "")
    except ValueError:
        filling.wrong(f"{at}_date", "day")
    try:
        # A time with a zone of its own would be another time than the one that is shown.
        time = dt.time.fromisoformat(filling.words_at(f"{at}_time") or "").replace(tzinfo=None)
    except ValueError:
        filling.wrong(f"{at}_time", "time")
    return dt.datetime.combine(day, time) if day is not None and time is not None else None
