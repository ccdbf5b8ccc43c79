"""What can be read of what studies found, of what came of it, and how those keep their days who owe an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Date, and_, cast, exists, func, or_, select

from hub.bodies.reading import body
from hub.clock import OFFICIAL_ZONE
from hub.mandates.reading import PUBLISHER
from hub.people.reading import one_of_codes, organization, same
from hub.reading.asking import Asking
from hub.reading.readable import (
    Answered,
    Call,
    Connected,
    Embedded,
    Expression,
    Filter,
    Listed,
    Order,
    Readable,
    Row,
    Rows,
    roots,
)
from hub.register.visibility import published_entry
from hub.studies.facts import finding_columns, read_finding, standing
from hub.studies.reading import of_study, revision, shown, study
from hub.studies.review_rules import finding_transitions
from hub.studies.revision_models import Finding, FindingAnswer, FindingKind, FindingState

ORDERS = {
    "number_asc": Order(lambda f: f.number),
    "created_desc": Order(lambda f: f.created_at, descending=True),
    "created_asc": Order(lambda f: f.created_at),
}


def overdue(row: Row, call: Call) -> ColumnElement[bool]:
    """Whether a recommendation that is still said waits for its answer after its day."""
    waiting = and_(row.state == FindingState.OPEN.value, row.answer_due_on < call.sight.today)
    return func.coalesce(and_(waiting, standing(row)), False)


def _late(row: Row) -> ColumnElement[bool]:
    late: ColumnElement[bool] = cast(func.timezone(OFFICIAL_ZONE, row.answered_at), Date) > row.answer_due_on
    return late


def _acts(asking: Asking, *facts: Any) -> list[dict[str, Any]]:
    return shown(asking, finding_transitions(asking.viewer, read_finding(facts)))


def _answers(row: Row, call: Call) -> Rows:
    answer = FindingAnswer.__table__.alias()
    return Rows(answer.c, answer, [answer.c.finding_id == row.id], [answer.c.number])


FILTERS = {
    "kind": one_of_codes("kind"),
    "state": one_of_codes("state"),
    "body": same("body_id", "Body"),
    "organization": same("organization_id", "Organization"),
    "overdue": Filter(lambda row, wanted, call: overdue(row, call) == wanted, Boolean()),
}

finding = Readable(
    "Finding",
    Finding,
    fields={
        "addressed_to": PUBLISHER,
        "standing": Expression(lambda row, call: standing(row)),
        "overdue": Expression(overdue),
        "answered_late": Expression(lambda row, call: func.coalesce(_late(row), False)),
        "answers": Listed("FindingAnswer", _answers, part=True),
        "available_transitions": Answered(lambda row, call: finding_columns(row, call.sight), _acts),
    },
)

answer = Readable("FindingAnswer", FindingAnswer, key="finding_id")

findings = Connected("Finding", ORDERS, filters=FILTERS)

study.fields["findings"] = Connected("Finding", ORDERS, on=of_study, filters=FILTERS)


def _said(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    """Whether a wording says that something was found: from its own on, unless it strikes it or says it better."""
    newer = Finding.__table__.alias()
    replaced = exists().where(newer.c.replaces_id == target.id, newer.c.since == row.number)
    return and_(
        target.study_id == row.study_id,
        target.since <= row.number,
        or_(target.until.is_(None), target.until > row.number),
        target.id != func.all(row.strikes),
        ~replaced.correlate_except(newer),
    )


revision.fields["findings"] = Connected("Finding", ORDERS, on=_said, filters=FILTERS)


# ---- figures ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Addressee:
    """To whom things are recommended: the column that names them, and who they are."""

    column: str
    id: ColumnElement[Any]


def _count(*conditions: Any) -> Expression:
    """Return the field that counts what is recommended to somebody in public, and still is, of which this is true."""

    def of(row: Addressee, call: Call) -> ColumnElement[int]:
        one = Finding.__table__.alias()
        counted = select(func.count()).where(
            getattr(one.c, row.column) == row.id,
            one.c.kind == FindingKind.RECOMMENDATION.value,
            one.c.published_at.is_not(None),
            standing(one.c),
            published_entry(one.c.study_id),
            *[condition(one.c, call) for condition in conditions],
        )
        return counted.correlate_except(one).scalar_subquery()

    return Expression(of)


def _in(state: FindingState) -> Any:
    return lambda row, call: row.state == state.value


figures = Readable(
    "RecommendationFigures",
    fields={
        "received": _count(),
        "open": _count(_in(FindingState.OPEN)),
        "overdue": _count(overdue),
        "answered": _count(lambda row, call: row.answered_at.is_not(None)),
        "answered_late": _count(lambda row, call: _late(row)),
        "taken_up": _count(_in(FindingState.TAKEN_UP)),
        "not_taken_up": _count(_in(FindingState.NOT_TAKEN_UP)),
    },
)


def recommended_to(column: str) -> Connected:
    """Return the findings that are addressed to their owner in this column."""

    def on(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
        return and_(getattr(target, column) == row.id)

    return Connected("Finding", ORDERS, on=on, filters={name: FILTERS[name] for name in ("state", "overdue")})


def figures_of(column: str) -> Embedded:
    """Return how many things are recommended to their owner in this column, and what came of them."""
    return Embedded("RecommendationFigures", lambda row, call: Addressee(column, row.id))


body.fields["recommendations"] = recommended_to("body_id")
organization.fields["recommendations"] = recommended_to("organization_id")
body.fields["recommendation_figures"] = figures_of("body_id")
organization.fields["recommendation_figures"] = figures_of("organization_id")

roots |= {"findings": findings}
