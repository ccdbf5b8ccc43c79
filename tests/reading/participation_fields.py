"""How people took part, counted one by one: the figures of a consultation, and the facets of a list of responses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any
from zoneinfo import ZoneInfo

from tests.reading.ground import Thing, zoned_day
from tests.reading.parts import part
from tests.reading.tally_fields import TallyFields, share
from tests.reading.text_fields import TextFields


class ParticipationFields(TallyFields, TextFields):
    """Counts of responses, whatever they say."""

    def Consultation_participation(self, row: Any) -> Thing | None:
        told = self.results_public(row) or self.analyses(row.id)
        return Thing("ParticipationFigures", row) if told else None

    def in_force(self, row: Any) -> list[Any]:
        """Return the responses to a consultation that count."""
        return [given for given in self.world.of("response", consultation_id=row.id) if given.state == "accepted"]

    def ParticipationFigures_responses(self, row: Any) -> int:
        return len(self.in_force(row))

    def ParticipationFigures_responsesByDay(self, row: Any) -> list[Thing]:
        def day(given: Any) -> Any:
            # Of an anonymous one only a day of UTC is known, whose beginning lies in another day elsewhere.
            zone = "UTC" if given.respondent_kind == "anonymous" else row.zone
            return given.received_at.astimezone(ZoneInfo(zone)).date()

        counts = Counter(map(day, self.in_force(row)))
        return [part("DayCount", day=zoned_day(at), count=count) for at, count in sorted(counts.items())]

    def ParticipationFigures_responsesByChannel(self, row: Any) -> list[Thing]:
        counted = spread(self.in_force(row), lambda given: given.channel)
        return [part("ChannelCount", channel=channel.upper(), count=count) for channel, count in counted]

    def ParticipationFigures_begunNotSent(self, row: Any) -> int:
        # What was sent leaves no draft behind; what was thrown away leaves that it was begun.
        return len(self.world.of("response_draft", consultation_id=row.id))

    def ParticipationFigures_completionRate(self, row: Any) -> float | None:
        sent = len(self.in_force(row))
        return share(sent, sent + self.ParticipationFigures_begunNotSent(row))

    def ParticipationFigures_invitationsIssued(self, row: Any) -> int | None:
        if row.identity_policy != "invited":
            return None
        return len(self.world.of("invitation", consultation_id=row.id))

    def ParticipationFigures_responseRate(self, row: Any) -> float | None:
        return share(len(self.in_force(row)), self.ParticipationFigures_invitationsIssued(row))

    # ---- facets ------------------------------------------------------------------------------------------------

    def facet(self, rows: list[Any], column: str) -> list[Thing]:
        """Count the rows of a list by a column; a code is written as a filter takes it."""
        group, tagged = ("language_name", True) if column == "language" else (column, False)
        return [
            part(
                "FacetCount",
                code=code if tagged else code.upper(),
                label=self.called(group, code),
                count=count,
                share=share(count, len(rows)),
            )
            for code, count in spread(rows, lambda given: getattr(given, column))
        ]

    def ResponseFacets_respondentKind(self, rows: list[Any]) -> list[Thing]:
        return self.facet(rows, "respondent_kind")

    def ResponseFacets_channel(self, rows: list[Any]) -> list[Thing]:
        return self.facet(rows, "channel")

    def ResponseFacets_language(self, rows: list[Any]) -> list[Thing]:
        return self.facet(rows, "language")

    def ResponseFacets_timeliness(self, rows: list[Any]) -> list[Thing]:
        return self.facet(rows, "timeliness")


def spread(rows: Iterable[Any], of: Callable[[Any], str]) -> list[tuple[str, int]]:
    """Return how often each value is there, the most frequent first and equals by their names."""
    return sorted(Counter(map(of, rows)).items(), key=lambda pair: (-pair[1], pair[0]))
