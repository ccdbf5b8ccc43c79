"""What can be read of reviews, and of the data of studies."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, null, or_

from hub.bodies.visibility import OFFICERS
from hub.identity.reading import viewer
from hub.reading.asking import Asking
from hub.reading.readable import Answered, Call, Connected, Expression, Listed, Order, Readable, Row, Rows
from hub.studies.dataset_models import DatasetColumn, StudyDataset
from hub.studies.facts import columns_of_study, read_review, read_study, review_columns
from hub.studies.reading import is_viewer, of_study, shown, study
from hub.studies.review_models import PeerReview
from hub.studies.review_rules import review_transitions
from hub.studies.rules import dataset_transitions
from hub.studies.visibility import of_body

ORDERS = {"invited_asc": Order(lambda r: r.invited_at), "invited_desc": Order(lambda r: r.invited_at, descending=True)}


def _known_to(row: Row, call: Call) -> ColumnElement[bool]:
    """Who is told who reviews: of a blind review nobody but the officers and the reviewer."""
    named: ColumnElement[bool] = ~row.blind
    if not call.sight.signed_in:
        return named
    return or_(named, is_viewer(row.person_id, call), of_body(row.study_id, call.sight, *OFFICERS))


def _told(column: str) -> Expression:
    """Return the field of what would say who reviews."""
    return Expression(lambda row, call: case((_known_to(row, call), getattr(row, column)), else_=null()))


def _acts(asking: Asking, *facts: Any) -> list[dict[str, Any]]:
    return shown(asking, review_transitions(asking.viewer, read_review(facts)))


review = Readable(
    "PeerReview",
    PeerReview,
    fields={
        "name": _told("name"),
        "interests": _told("interests"),
        "reason": _told("reason"),
        "mine": Expression(lambda row, call: is_viewer(row.person_id, call)),
        "available_transitions": Answered(lambda row, call: review_columns(row, call.sight), _acts),
    },
)

study.fields["reviews"] = Connected("PeerReview", ORDERS, on=of_study)


def _own(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    return and_(target.person_id == call.sight.person_id) if call.sight.signed_in else false()


viewer.fields["reviews"] = Connected("PeerReview", ORDERS, on=_own)


# ---- data ------------------------------------------------------------------------------------------------------


def _columns(row: Row, call: Call) -> Rows:
    column = DatasetColumn.__table__.alias()
    return Rows(column.c, column, [column.c.dataset_id == row.id], [column.c.position])


def _dataset_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    return [*columns_of_study(row.study_id, call.sight), row.published_at.is_not(None)]


def _dataset_acts(asking: Asking, *facts: Any) -> list[dict[str, Any]]:
    *known, published = facts
    return shown(asking, dataset_transitions(asking.viewer, read_study(known), published=published))


dataset = Readable(
    "StudyDataset",
    StudyDataset,
    fields={
        "columns": Listed("DatasetColumn", _columns, part=True),
        "available_transitions": Answered(_dataset_facts, _dataset_acts),
    },
)

column = Readable("DatasetColumn", DatasetColumn, key="dataset_id")

study.fields["datasets"] = Connected("StudyDataset", {"position_asc": Order(lambda d: d.position)}, on=of_study)
