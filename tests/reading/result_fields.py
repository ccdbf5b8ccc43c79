"""Released results: what each of the protected figures is called, and which of them are shown."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub.wording import note
from tests.reading.ground import Thing, zoned_day
from tests.reading.parts import part
from tests.reading.tally_fields import TallyFields, share
from tests.reading.text_fields import TextFields

EPOCH = dt.date(1970, 1, 1)
"""The day from which the days of a median are counted."""


class ResultFields(TallyFields, TextFields):
    """What was published of a consultation."""

    def Consultation_results(self, row: Any) -> Thing | None:
        released = self.world.of("result_release", consultation_id=row.id)
        return Thing("ConsultationResults", row) if released and row.state != "withdrawn" else None

    def newest_release(self, consultation: Any) -> Any:
        return max(self.world.of("result_release", consultation_id=consultation.id), key=lambda made: made.number)

    def ConsultationResults_release(self, row: Any) -> Thing | None:
        return self.one("ResultRelease", self.newest_release(row).id)

    def ConsultationResults_releases(self, row: Any, **page: Any) -> Thing:
        rows = self.world.of("result_release", consultation_id=row.id)
        return self.page("ResultRelease", "ConsultationResults.releases", rows, **page)

    def ConsultationResults_tables(self, row: Any, **page: Any) -> Thing:
        rows = self.world.of("result_table", consultation_id=row.id)
        return self.page("ResultTable", "ConsultationResults.tables", rows, **page)

    def ConsultationResults_method(self, row: Any) -> list[Thing]:
        tables = self.world.of("result_table", consultation_id=row.id)
        asked = [question for table in tables for question in self.world.of("question", lineage_id=table.lineage_id)]
        kinds = {question.kind for question in asked}
        codes = ["SMALLEST_CELL", "SECONDARY", "PUBLISHED", "CATEGORIES", "RELEASES"]
        codes += ["MIDDLES"] if kinds & {"number", "date"} else []
        codes += ["RANKING"] if "ranking" in kinds else []
        facts = {"smallest_cell": self.newest_release(row).smallest_cell}
        return [part("MethodNote", code=code, text=note(code, facts, self.languages)) for code in codes]

    # ---- tables ------------------------------------------------------------------------------------------------

    def newest_wording(self, table: Any) -> Any:
        """Return the question of a table in its newest published wording."""
        wordings = self.fixed_wordings(table.lineage_id) if table.lineage_id else []
        return wordings[-1] if wordings else None

    def ResultTable_question(self, row: Any) -> Thing | None:
        wording = self.newest_wording(row)
        return self.one("Question", wording.id) if wording else None

    def ResultTable_release(self, row: Any) -> Thing | None:
        return self.one("ResultRelease", row.release_id)

    def ResultTable_categories(self, row: Any) -> list[Thing]:
        cells = sorted(self.world.of("result_cell", table_id=row.id), key=lambda cell: cell.place)
        return [self.category(row, cell, cells) for cell in cells if cell.item == ""]

    def category(self, table: Any, answered: Any, cells: list[Any]) -> Thing:
        """Return a category of a table, in a matrix one of its rows, with the figures that stand in it."""
        wording = self.newest_wording(table)
        # Only numbers and days have a middle; a day is kept as a number.
        dated = wording is not None and wording.kind == "date"
        measured = wording is not None and not dated
        at = (answered.category, answered.row_code)
        own = [cell for cell in cells if (cell.category, cell.row_code) == at and cell.item != ""]
        day = dated and answered.median is not None
        return part(
            "ResultCategory",
            code=answered.category,
            label=self.category_label(table.dimension, answered.category),
            row=answered.row_code or None,
            rowLabel=self.offered("matrix_row", table, answered.row_code) or answered.row_code or None,
            answered=answered.count,
            median=number(answered.median) if measured else None,
            lowerQuartile=number(answered.lower_quartile) if measured else None,
            upperQuartile=number(answered.upper_quartile) if measured else None,
            medianDate=zoned_day(EPOCH + dt.timedelta(days=int(answered.median))) if day else None,
            items=[self.item(table, wording, answered, cell) for cell in own],
        )

    def category_label(self, dimension: str, code: str) -> str:
        if code in ("", "other", "unknown"):
            return self.called("result", code or "total")
        if dimension == "state":
            return self.place_name(code)
        return self.called("respondent_kind" if dimension == "respondent_kind" else "language_name", code)

    def place_name(self, code: str) -> str:
        """Return the name of the place with this code; a code that no place has stands for itself."""
        return next((str(place.name) for place in self.world.of("territory", code=code)), code)

    def offered(self, table: str, results: Any, code: str) -> str | None:
        """Return what an option or a row is called in the newest published wording that has it."""
        for wording in reversed(self.fixed_wordings(results.lineage_id) if results.lineage_id else []):
            for offer in self.world.of(table, question_id=wording.id):
                if offer.code == code:
                    return self.in_words(offer.label)
        return None

    def item(self, table: Any, wording: Any, answered: Any, cell: Any) -> Thing:
        return part(
            "ResultItem",
            code=cell.item,
            label=self.offered("option", table, cell.item) or self.item_label(wording, cell.item),
            count=cell.count,
            share=share(cell.count, answered.count),
            points=cell.points,
        )

    def item_label(self, wording: Any, code: str) -> str:
        """Return what a figure is called that stands for no option: a place, whether people agreed, a point."""
        match wording and wording.kind:
            case "place":
                return self.place_name(code)
            case "consent":
                return self.called("result", code)
        return code


def number(value: Any) -> float | None:
    return None if value is None else float(value)
