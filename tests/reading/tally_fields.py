"""The exact counts of public questions: every answer in force is looked at again for each figure."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.reading.consultation_fields import ConsultationFields
from tests.reading.ground import Thing, zoned_day
from tests.reading.parts import part

MOST_EXACT = 15
"""The digits with which a middle between two numbers is told."""


class TallyFields(ConsultationFields):
    """What was answered to a question, over all its wordings."""

    def fixed_wordings(self, lineage_id: Any) -> list[Any]:
        """Return the wordings of a question that were published, in their order."""
        asked = self.world.of("question", lineage_id=lineage_id)
        numbered = [(self.world.get("questionnaire_revision", question.revision_id), question) for question in asked]
        fixed = [(revision.number, question) for revision, question in numbered if revision.state != "draft"]
        return [question for _, question in sorted(fixed, key=lambda pair: pair[0])]

    def Question_tally(self, row: Any) -> Thing | None:
        revision = self.world.get("questionnaire_revision", row.revision_id)
        consultation = self.world.get("consultation", revision.consultation_id)
        # What was confidential in one wording is in the same count as the rest, and so in none.
        wordings = self.world.of("question", lineage_id=row.lineage_id)
        public = all(question.sensitivity == "public" for question in wordings)
        return Thing("QuestionTally", row) if public and self.results_public(consultation) else None

    def counted(self, question: Any) -> list[Any]:
        """Return the answers to a question, in any of its wordings, of the responses that count."""
        given = self.world.of("answer", lineage_id=question.lineage_id)
        return [answer for answer in given if self.world.get("response", answer.response_id).state == "accepted"]

    def choices(self, question: Any, row: str) -> list[Any]:
        """Return what was chosen, for a row of a matrix or for the whole question; in a ranking that is the first."""
        chosen = [choice for answer in self.counted(question) for choice in self.chosen(answer)]
        return [choice for choice in chosen if choice.row_code == row and choice.place in (None, 1)]

    def QuestionTally_answered(self, question: Any) -> int:
        return len(self.counted(question))

    # ---- options and rows --------------------------------------------------------------------------------------

    def QuestionTally_options(self, question: Any) -> list[Thing]:
        if question.kind == "matrix":
            return []  # It has them for each row.
        return self.option_tallies(question, "", len(self.counted(question)))

    def option_tallies(self, question: Any, row: str, answered: int) -> list[Thing]:
        chosen = [choice.option_code for choice in self.choices(question, row)]
        return [
            part(
                "OptionTally",
                code=option.row.code,
                label=Thing("LocalizedText", option.row.label),
                count=chosen.count(option.row.code),
                share=share(chosen.count(option.row.code), answered),
                points=self.points(question, option.row.code) if question.kind == "ranking" else None,
            )
            for option in self.Question_options(question)
        ]

    def points(self, question: Any, code: str) -> int:
        """Count the options that this one was put before: those that came later, and those that were not ranked."""
        points = 0
        for answer in self.counted(question):
            places = {choice.option_code: choice.place for choice in self.chosen(answer)}
            if code in places:
                offered = self.world.of("option", question_id=answer.question_id)
                points += sum(places.get(other.code, math.inf) > places[code] for other in offered)
        return points

    def QuestionTally_rows(self, question: Any) -> list[Thing]:
        tallies = []
        for line in self.Question_rows(question):
            answered = len({choice.response_id for choice in self.choices(question, line.row.code)})
            options = self.option_tallies(question, line.row.code, answered)
            label = Thing("LocalizedText", line.row.label)
            tallies.append(part("RowTally", code=line.row.code, label=label, answered=answered, options=options))
        return tallies

    # ---- numbers, days, consents -------------------------------------------------------------------------------

    def numbers(self, question: Any) -> list[Decimal]:
        return sorted(answer.number for answer in self.counted(question) if answer.number is not None)

    def QuestionTally_scale(self, question: Any) -> list[Thing]:
        if question.kind != "scale":
            return []
        given, answered = self.numbers(question), len(self.counted(question))
        return [
            part(
                "PointTally", value=point, count=given.count(Decimal(point)), share=share(given.count(point), answered)
            )
            for point in range(int(question.minimum), int(question.maximum) + 1)
        ]

    def middle(self, question: Any, at: float) -> float | None:
        """Return one of the points of a scale; of a number, what lies at this part of the way through all of them."""
        given = self.numbers(question)
        if not given or question.kind not in ("scale", "number"):
            return None
        return float(nth(given, at)) if question.kind == "scale" else between([float(number) for number in given], at)

    def QuestionTally_median(self, question: Any) -> float | None:
        return self.middle(question, 0.5)

    def QuestionTally_lowerQuartile(self, question: Any) -> float | None:
        return self.middle(question, 0.25)

    def QuestionTally_upperQuartile(self, question: Any) -> float | None:
        return self.middle(question, 0.75)

    def QuestionTally_medianDate(self, question: Any) -> str | None:
        days = sorted(answer.day for answer in self.counted(question) if answer.day is not None)
        return zoned_day(nth(days, 0.5)) if days else None

    def QuestionTally_agreed(self, question: Any) -> int | None:
        if question.kind != "consent":
            return None
        return sum(bool(answer.agreed) for answer in self.counted(question))

    def QuestionTally_wordings(self, question: Any) -> list[Thing]:
        counted = [answer.question_id for answer in self.counted(question)]
        return [
            part(
                "WordingTally",
                revision=self.one("QuestionnaireRevision", wording.revision_id),
                answered=counted.count(wording.id),
            )
            for wording in self.fixed_wordings(question.lineage_id)
        ]


def share(count: int | None, whole: int | None) -> float | None:
    """Return a part of a whole with six decimal places; none where either is unknown, or there is no whole."""
    if count is None or not whole:
        return None
    return float((Decimal(count) / whole).quantize(Decimal("0.000001"), ROUND_HALF_UP))


def nth(values: list[Any], at: float) -> Any:
    """Return the first value at which this part of all of them is reached."""
    return values[max(math.ceil(at * len(values)), 1) - 1]


def between(values: list[float], at: float) -> float:
    """Return the value at this part of the way from the first to the last, between its two neighbours."""
    place = at * (len(values) - 1)
    below, above = values[math.floor(place)], values[math.ceil(place)]
    return float(f"{below + (place - math.floor(place)) * (above - below):.{MOST_EXACT}g}")
