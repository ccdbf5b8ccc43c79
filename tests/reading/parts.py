"""Objects that no row stands for: each is made with all its fields at once, and which those are is said here.

An object with another set of fields than its type is refused where it is made, and what stands here is compared with
the schema by test_reference.py.
"""

from __future__ import annotations

from typing import Any

from tests.reading.ground import Thing

PARTS: dict[str, str] = {
    "AnswerFile": "id name size mediaType sha256 path",
    "AnsweringFigures": "owed overdue answered answeredLate",
    "BodyQuorum": "bodyId seats needed present met",
    "ChannelCount": "channel count",
    "DayCount": "day count",
    "DelayTerms": "amount unit",
    "DisplayCondition": "level operator question row values",
    "DraftAnswer": "question text option options other ranking rows number date territoryId file agreed consent",
    "FacetCount": "code label count share",
    "HeldRole": "role bodyId",
    "MandateFigures": "open overdue delivered deliveredLate discharged cancelled",
    "MajorityTerms": "matter name share of abstentionsCount secret",
    "MethodNote": "code text",
    "Moment": "instant declaredLocal zone",
    "OptionTally": "code label count share points",
    "PageInfo": "hasNextPage hasPreviousPage startCursor endCursor",
    "ParityFigure": "dimension version tolerance consequence met counted unknown groups",
    "ParityGroup": "code count share",
    "PointTally": "value count share",
    "QuorumTerms": "share of least",
    "RateLimit": "limit cost remaining used resetAt nodeCount",
    "Reason": "code message",
    "ResultCategory": "code label row rowLabel answered median lowerQuartile upperQuartile medianDate items",
    "ResultItem": "code label count share points",
    "RecommendationFigures": "received open overdue answered answeredLate takenUp notTakenUp",
    "RowAnswer": "row option",
    "RowTally": "code label answered options",
    "SectionChange": "code kind heading text formerHeading formerText",
    "SessionKindTerms": "kind noticeDays workingDays pointHours convenedBy",
    "SessionTerms": "kinds quorums nextCall majorities castingVote remoteVoice remoteVote alternates minutesMode"
    " minutesDays holidays",
    "Share": "numerator denominator moreThan",
    "SignInOptions": "providers",
    "SignInProvider": "key name assurance address signOutAddress",
    "TakenFiles": "endings mediaTypes maxSize",
    "Transition": "event label allowed reason",
    "Translation": "language text easyRead origin authentic",
    "WordingTally": "revision answered",
}
"""The fields of each made type. Those of pages and of their edges follow from their names."""

FACETED = ("Response",)
"""The types whose lists are counted by facets."""


def fields_of(type_: str) -> set[str]:
    """Return the names of the fields that an object of this type is made with; none for what is no made type."""
    if type_.endswith("Edge"):
        return {"cursor", "node"}
    if type_.endswith("Connection"):
        faceted = type_.removesuffix("Connection") in FACETED
        return {"nodes", "edges", "pageInfo", "totalCount", *(("facets",) if faceted else ())}
    return set(PARTS.get(type_, "").split())


def part(type_: str, **fields: Any) -> Thing:
    """Return an object of a made type."""
    assert set(fields) == fields_of(type_), f"{type_} is not made with {sorted(fields)}"
    return Thing(type_, fields)
