"""What can be read of how people took part: by day and by way, how many began and did not send, how many were invited.

It counts responses and never what they say. It is public when the results are; the staff who analyse a consultation
watch it from the beginning.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Text, case, cast, func, literal_column, null, or_, select
from sqlalchemy.types import Numeric

from hub.consultations.models import IdentityPolicy, Invitation
from hub.consultations.reading import consultation, results_public
from hub.consultations.response_models import RespondentKind, Response, ResponseDraft, ResponseState
from hub.consultations.visibility import analysed_by
from hub.reading.asking import Asking
from hub.reading.facets import Facet, facet
from hub.reading.readable import Answered, Call, Embedded, Expression, Listed, Readable, Row, Rows
from hub.wording import LABELS, spoken

CHANNEL = Response.__table__.c.channel.type


def _of(model: Any, row: Row, *conditions: Any) -> ColumnElement[int]:
    counted = model.__table__.alias()
    found = select(func.count()).where(counted.c.consultation_id == row.id, *[of(counted.c) for of in conditions])
    return found.correlate_except(counted).scalar_subquery()


def _responses(row: Row, call: Call) -> ColumnElement[int]:
    return _of(Response, row, lambda response: response.state == ResponseState.ACCEPTED.value)


def _unsent(row: Row, call: Call) -> ColumnElement[int]:
    return _of(ResponseDraft, row)


def _ratio(part: ColumnElement[int], whole: ColumnElement[int]) -> ColumnElement[Any]:
    return func.round(part * literal_column("1.0", Numeric()) / func.nullif(whole, 0), 6)


def _completion(row: Row, call: Call) -> ColumnElement[Any]:
    sent = _responses(row, call)
    return _ratio(sent, sent + _unsent(row, call))


def _for_the_invited(row: Row, value: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((row.identity_policy == IdentityPolicy.INVITED, value), else_=null())


def _by(row: Row, column: Any) -> Any:
    response = Response.__table__.alias()
    value = column(response.c).label("value")
    counted = select(value, func.count().label("count")).where(
        response.c.consultation_id == row.id, response.c.state == ResponseState.ACCEPTED.value
    )
    return counted.group_by(literal_column("1")).correlate_except(response).lateral()


def _by_day(row: Row, call: Call) -> Rows:
    def day(response: Row) -> ColumnElement[Any]:
        # Of an anonymous one nothing is kept but the day in UTC; another zone would make it the day before.
        zone = case((response.respondent_kind == RespondentKind.ANONYMOUS.value, "UTC"), else_=row.zone)
        return cast(func.timezone(zone, response.received_at), Date)

    counted = _by(row, day)
    return Rows(counted.c, counted, order=[counted.c.value])


def _by_channel(row: Row, call: Call) -> Rows:
    counted = _by(row, lambda response: response.channel)
    return Rows(counted.c, counted, order=[counted.c.count.desc(), cast(counted.c.value, Text)])


def _told(row: Row, call: Call) -> ColumnElement[bool]:
    return or_(results_public(row, call), analysed_by(row.id, call.sight))


consultation.fields["participation"] = Embedded("ParticipationFigures", lambda row, call: row, _told)

participation = Readable(
    "ParticipationFigures",
    fields={
        "responses": Expression(_responses),
        "responses_by_day": Listed("DayCount", _by_day),
        "responses_by_channel": Listed("ChannelCount", _by_channel),
        "begun_not_sent": Expression(_unsent),
        "completion_rate": Expression(_completion),
        "invitations_issued": Expression(lambda row, call: _for_the_invited(row, _of(Invitation, row))),
        "response_rate": Expression(
            lambda row, call: _for_the_invited(row, _ratio(_responses(row, call), _of(Invitation, row)))
        ),
    },
)

day_count = Readable(
    "DayCount",
    fields={
        "day": Expression(lambda row, call: row.value),
        "count": Expression(lambda row, call: row.count),
    },
)

channel_count = Readable(
    "ChannelCount",
    fields={
        "channel": Expression(lambda row, call: row.value),
        "count": Expression(lambda row, call: row.count),
    },
)


# ---- facets of responses -----------------------------------------------------------------------------------------


def _label_facts(row: Facet, call: Call) -> list[ColumnElement[Any]]:
    return [literal_column(f"'{row.column}'", Text()), row.code]


def _label(asking: Asking, column: str, code: str) -> str:
    group = "language_name" if column == "language" else column
    words = LABELS[group].get(code)
    return words[spoken(asking.languages)] if words else code


def _code(row: Facet, call: Call) -> ColumnElement[Any]:
    """Enumerations are named as in a filter, in capitals."""
    return row.code if row.column == "language" else func.upper(row.code)


facets = Readable(
    "ResponseFacets",
    fields={name: facet(name) for name in ("respondent_kind", "channel", "language", "timeliness")},
)

facet_count = Readable(
    "FacetCount",
    fields={
        "code": Expression(_code),
        "label": Answered(_label_facts, _label),
        "count": Expression(lambda row, call: cast(row.count, Integer)),
        "share": Expression(lambda row, call: _ratio(row.count, row.of)),
    },
)
