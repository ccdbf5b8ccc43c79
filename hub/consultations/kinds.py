"""The kinds of question: what each has besides its words, and the field of an answer that it is answered by."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from hub.consultations.questionnaire_models import QuestionKind

TRAITS: Mapping[QuestionKind, frozenset[str]] = {
    QuestionKind.SHORT_TEXT: frozenset({"max_length"}),
    QuestionKind.LONG_TEXT: frozenset({"max_length"}),
    QuestionKind.SINGLE_CHOICE: frozenset({"options"}),
    QuestionKind.MULTIPLE_CHOICE: frozenset({"options", "min_choices", "max_choices"}),
    QuestionKind.RANKING: frozenset({"options", "min_choices", "max_choices"}),
    QuestionKind.SCALE: frozenset({"minimum", "maximum", "low_label", "high_label"}),
    QuestionKind.MATRIX: frozenset({"options", "rows"}),
    QuestionKind.NUMBER: frozenset({"minimum", "maximum", "decimals", "unit"}),
    QuestionKind.DATE: frozenset({"earliest", "latest"}),
    QuestionKind.PLACE: frozenset({"place_kind"}),
    QuestionKind.FILE: frozenset({"file_types", "max_size"}),
    QuestionKind.NOTICE: frozenset(),
    QuestionKind.CONSENT: frozenset(),
}
"""What a question of each kind may have; anything else on it is a mistake."""

EVERY_TRAIT = frozenset().union(*TRAITS.values())

FIELD: Mapping[QuestionKind, str] = {
    QuestionKind.SHORT_TEXT: "text",
    QuestionKind.LONG_TEXT: "text",
    QuestionKind.SINGLE_CHOICE: "option",
    QuestionKind.MULTIPLE_CHOICE: "options",
    QuestionKind.RANKING: "ranking",
    QuestionKind.SCALE: "number",
    QuestionKind.MATRIX: "rows",
    QuestionKind.NUMBER: "number",
    QuestionKind.DATE: "date",
    QuestionKind.PLACE: "territory_id",
    QuestionKind.FILE: "file",
    QuestionKind.CONSENT: "agreed",
}
"""The field of an answer that a question of each kind is answered by. A notice is read and not answered."""

CHOICES = frozenset({QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE})
"""The kinds that may have an option for one's own words."""

LONGEST_SHORT_TEXT = 500
LONGEST_LONG_TEXT = 20_000
LONGEST_TEXT = {QuestionKind.SHORT_TEXT: LONGEST_SHORT_TEXT, QuestionKind.LONG_TEXT: LONGEST_LONG_TEXT}

LONGEST_OTHER = 500
"""The most characters of what somebody says besides the options."""

LARGEST_NUMBER = Decimal(10**9 - 1)
MOST_DECIMALS = 6
"""Fifteen digits in all: what every JSON reader keeps exactly."""

MOST_POINTS = 21
"""How many points a scale may have."""
