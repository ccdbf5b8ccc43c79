"""What of released results can be read: tables, their categories, the figures in them, and the method in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    literal_column,
    null,
    select,
)
from sqlalchemy.types import Numeric

from hub.consultations.divisions import OTHER, TOTAL, UNKNOWN
from hub.consultations.figures import ANSWERED
from hub.consultations.models import ConsultationState
from hub.consultations.questionnaire_models import (
    MatrixRow,
    Option,
    Question,
    QuestionKind,
    QuestionnaireRevision,
    RevisionState,
)
from hub.consultations.reading import consultation
from hub.consultations.result_models import Dimension, ResultCell, ResultRelease, ResultTable
from hub.people.models import Territory
from hub.people.reading import one_of_codes
from hub.reading.asking import Asking
from hub.reading.readable import (
    Answered,
    Call,
    Connected,
    Embedded,
    Expression,
    Filter,
    Listed,
    One,
    Order,
    Readable,
    Row,
    Rows,
)
from hub.register.reading import among
from hub.text import LocalizedText
from hub.wording import LABELS, note, spoken

# ---- the results of a consultation -------------------------------------------------------------------------------


def _released(row: Row, call: Call) -> ColumnElement[bool]:
    release = ResultRelease.__table__.alias()
    found = exists().where(release.c.consultation_id == row.id).correlate_except(release)
    return and_(row.state != ConsultationState.WITHDRAWN, found)


def _newest_release(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    return among(target.id, _newest(row, ResultRelease.__table__.c.id.key))


def _newest(row: Row, column: str) -> Any:
    release = ResultRelease.__table__.alias()
    newest = select(release.c[column]).where(release.c.consultation_id == row.id)
    return newest.order_by(release.c.number.desc()).limit(1).correlate_except(release)


def _method_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    table, asked = ResultTable.__table__.alias(), Question.__table__.alias()
    kinds = [
        exists()
        .where(table.c.consultation_id == row.id, asked.c.lineage_id == table.c.lineage_id, asked.c.kind.in_(which))
        .correlate_except(table, asked)
        for which in ([QuestionKind.RANKING.value], [QuestionKind.NUMBER.value, QuestionKind.DATE.value])
    ]
    return [_newest(row, "smallest_cell").scalar_subquery(), *kinds]


def _method(asking: Asking, smallest_cell: int, ranked: bool, measured: bool) -> list[dict[str, str]]:  # noqa: FBT001
    codes = ["SMALLEST_CELL", "SECONDARY", "PUBLISHED", "CATEGORIES", "RELEASES"]
    codes += ["MIDDLES"] if measured else []
    codes += ["RANKING"] if ranked else []
    facts = {"smallest_cell": smallest_cell}
    return [{"code": code, "text": note(code, facts, asking.languages)} for code in codes]


consultation.fields["results"] = Embedded("ConsultationResults", lambda row, call: row, _released)

results = Readable(
    "ConsultationResults",
    fields={
        "release": One("ResultRelease", _newest_release),
        "releases": Connected(
            "ResultRelease",
            {"number_asc": Order(lambda r: r.number)},
            on=lambda row, target, call: target.consultation_id == row.id,
        ),
        "method": Answered(_method_facts, _method),
        "tables": Connected(
            "ResultTable",
            {"position_asc": Order(lambda t: t.position)},
            on=lambda row, target, call: target.consultation_id == row.id,
            filters={
                "dimension": one_of_codes("dimension"),
                "lineage_id": Filter(lambda row, id_, call: cast(row.lineage_id, Text) == id_, Text()),
            },
        ),
    },
)

release = Readable("ResultRelease", ResultRelease)


# ---- tables ------------------------------------------------------------------------------------------------------


def _wordings(lineage_id: ColumnElement[Any], *columns: Any) -> Any:
    """Select from the published wordings of a question, the newest first."""
    asked, revision = Question.__table__.alias(), QuestionnaireRevision.__table__.alias()
    found = select(*[asked.c[column] for column in columns]).where(
        asked.c.lineage_id == lineage_id,
        revision.c.id == asked.c.revision_id,
        revision.c.state != RevisionState.DRAFT.value,
    )
    return found.order_by(revision.c.number.desc()).limit(1).correlate_except(asked, revision)


def _newest_wording(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    return among(target.id, _wordings(row.lineage_id, "id"))


@dataclass(frozen=True)
class Category:
    """A category of a table, in a matrix one of its rows: the figure of how many answered, and its table."""

    table: Row
    cell: Row

    @property
    def kind(self) -> ColumnElement[Any]:
        """How the question is answered; NULL where the responses themselves are counted."""
        kind: ColumnElement[Any] = _wordings(self.table.lineage_id, "kind").scalar_subquery()
        return kind


def _categories(row: Row, call: Call) -> Rows:
    cell = ResultCell.__table__.alias()
    answered = [cell.c.table_id == row.id, cell.c.item == ANSWERED]
    return Rows(Category(row, cell.c), cell, answered, [cell.c.place])


table = Readable(
    "ResultTable",
    ResultTable,
    fields={
        "question": One("Question", _newest_wording),
        "release": One("ResultRelease", lambda row, target, call: target.id == row.release_id),
        "categories": Listed("ResultCategory", _categories),
    },
)


def _territory_name(code: ColumnElement[str]) -> ColumnElement[Any]:
    place = Territory.__table__.alias()
    return select(place.c.name).where(place.c.code == code).correlate_except(place).scalar_subquery()


def _category_facts(row: Category, call: Call) -> list[ColumnElement[Any]]:
    return [row.table.dimension, row.cell.category, _territory_name(row.cell.category)]


def _category_label(asking: Asking, dimension: str, code: str, name: str | None) -> str:
    if code in (TOTAL, OTHER, UNKNOWN):
        return _said("result", code or "total", asking)
    if dimension == Dimension.STATE:
        return name or code
    return _said("respondent_kind" if dimension == Dimension.RESPONDENT_KIND else "language_name", code, asking)


def _said(group: str, code: str, asking: Asking) -> str:
    words = LABELS[group].get(code)
    return words[spoken(asking.languages)] if words else code


def _middle(column: str) -> Expression:
    """A middle as a number; that of a date is told as a day."""

    def of(row: Category, call: Call) -> ColumnElement[Any]:
        return case((row.kind != QuestionKind.DATE.value, getattr(row.cell, column)), else_=null())

    return Expression(of)


def _median_day(row: Category, call: Call) -> ColumnElement[Any]:
    epoch = literal_column("DATE '1970-01-01'", Date())
    day = cast(epoch + cast(row.cell.median, Integer), Date)
    return case((row.kind == QuestionKind.DATE.value, day), else_=null())


def _row_label(row: Category, call: Call) -> list[ColumnElement[Any]]:
    return [row.cell.row_code, _offered(MatrixRow, row.table.lineage_id, row.cell.row_code)]


def _offered(model: Any, lineage_id: ColumnElement[Any], code: ColumnElement[str]) -> ColumnElement[Any]:
    """Return the label of an option or of a row in the newest wording that has it."""
    part, asked = model.__table__.alias(), Question.__table__.alias()
    revision = QuestionnaireRevision.__table__.alias()
    found = (
        select(part.c.label)
        .where(
            asked.c.lineage_id == lineage_id,
            revision.c.id == asked.c.revision_id,
            revision.c.state != RevisionState.DRAFT.value,
            part.c.question_id == asked.c.id,
            part.c.code == code,
        )
        .order_by(revision.c.number.desc())
        .limit(1)
    )
    return found.correlate_except(part, asked, revision).scalar_subquery()


def _in_words(asking: Asking, code: str, label: Any) -> str | None:
    return LocalizedText.from_json(label).in_language(*asking.languages) if label else code or None


@dataclass(frozen=True)
class Item:
    """A figure within a category."""

    category: Category
    cell: Row


def _items(row: Category, call: Call) -> Rows:
    cell = ResultCell.__table__.alias()
    same = [cell.c.table_id == row.cell.table_id, cell.c.category == row.cell.category]
    own = [*same, cell.c.row_code == row.cell.row_code, cell.c.item != ANSWERED]
    return Rows(Item(row, cell.c), cell, own, [cell.c.place])


category = Readable(
    "ResultCategory",
    fields={
        "code": Expression(lambda row, call: row.cell.category),
        "label": Answered(_category_facts, _category_label),
        "row": Expression(lambda row, call: func.nullif(row.cell.row_code, "")),
        "row_label": Answered(_row_label, _in_words),
        "answered": Expression(lambda row, call: row.cell.count),
        "median": _middle("median"),
        "lower_quartile": _middle("lower_quartile"),
        "upper_quartile": _middle("upper_quartile"),
        "median_date": Expression(_median_day),
        "items": Listed("ResultItem", _items),
    },
)


# ---- figures -----------------------------------------------------------------------------------------------------


def _item_facts(row: Item, call: Call) -> list[ColumnElement[Any]]:
    lineage_id, code = row.category.table.lineage_id, row.cell.item
    return [code, _offered(Option, lineage_id, code), row.category.kind, _territory_name(code)]


def _item_label(asking: Asking, code: str, label: Any, kind: str, name: str | None) -> str:
    if label:
        return str(_in_words(asking, code, label))
    if kind == QuestionKind.PLACE:
        return name or code
    return _said("result", code, asking) if kind == QuestionKind.CONSENT else code


def _share(row: Item, call: Call) -> ColumnElement[Any]:
    """A NULL on either side leaves nothing to be told."""
    answered, count = row.category.cell.count, row.cell.count
    return case(
        (answered > 0, func.round(count * literal_column("1.0", Numeric()) / answered, 6)),
        else_=null(),
    )


item = Readable(
    "ResultItem",
    fields={
        "code": Expression(lambda row, call: row.cell.item),
        "label": Answered(_item_facts, _item_label),
        "count": Expression(lambda row, call: row.cell.count),
        "share": Expression(_share),
        "points": Expression(lambda row, call: row.cell.points),
    },
)
