"""What of studies can be read: the study itself, its team, its steps and its wordings."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, select
from sqlalchemy.types import DateTime

from hub.bodies.reading import body
from hub.mandates.reading import mandate
from hub.people.reading import one_of_codes, organization, same
from hub.reading import shared
from hub.reading.asking import Asking
from hub.reading.readable import (
    Answered,
    Call,
    Connected,
    Expression,
    Listed,
    One,
    Order,
    Readable,
    Row,
    Rows,
    roots,
)
from hub.register.reading import among, by_folio, found_in_text, register_fields, updated_since
from hub.studies import rules
from hub.studies.citing import citation, cited_columns
from hub.studies.facts import columns_of_study, read_study, study_columns
from hub.studies.models import MilestoneState, Study, StudyMember, StudyMilestone
from hub.studies.revision_models import StudyRevision, StudyRevisionState, StudySection

ORDERS = {
    "created_desc": Order(lambda s: s.created_at, descending=True),
    "created_asc": Order(lambda s: s.created_at),
}

NUMBER_ORDERS = {"number_asc": Order(lambda one: one.number)}

NOT_LATE = (MilestoneState.ACCEPTED.value, MilestoneState.DROPPED.value, MilestoneState.HANDED_IN.value)


def of_study(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    """Whether a thing belongs to a study."""
    return and_(target.study_id == row.id)


def is_viewer(person_id: ColumnElement[Any], call: Call) -> ColumnElement[bool]:
    """Whether a person is the viewer, as a value: whoever has no account here is not."""
    return func.coalesce(person_id == call.sight.person_id, false()) if call.sight.signed_in else false()


def shown(asking: Asking, transitions: list[rules.Transition]) -> list[dict[str, Any]]:
    """Return transitions in the viewer's language."""
    return [shared.transition(asking, one.event, one.verdict) for one in transitions]


# ---- studies ---------------------------------------------------------------------------------------------------


def _current(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    """The wording that stands: the newest one that was published and not replaced, or that was retracted."""
    revision = StudyRevision.__table__.alias()
    stands = (StudyRevisionState.PUBLISHED.value, StudyRevisionState.RETRACTED.value)
    found = (
        select(revision.c.id)
        .where(revision.c.study_id == row.id, revision.c.state.in_(stands))
        .order_by(revision.c.number.desc())
        .limit(1)
    )
    return among(target.id, found.correlate_except(revision))


def _study_acts(asking: Asking, *facts: Any) -> list[dict[str, Any]]:
    return shown(asking, rules.study_transitions(asking.viewer, read_study(facts)))


studies = Connected(
    "Study",
    ORDERS,
    filters={
        "state": one_of_codes("state"),
        "kind": one_of_codes("kind"),
        "body": same("body_id", "Body"),
        "organization": same("organization_id", "Organization"),
        "text": found_in_text(),
        "updated_since": updated_since(DateTime(timezone=True)),
    },
)

study = Readable(
    "Study",
    Study,
    fields={
        **register_fields("title"),
        "members": Connected("StudyMember", {"joined_asc": Order(lambda m: m.joined_at)}, on=of_study),
        "milestones": Connected("StudyMilestone", NUMBER_ORDERS, on=of_study),
        "revision": One("StudyRevision", _current),
        "revisions": Connected("StudyRevision", NUMBER_ORDERS, on=of_study),
        "available_transitions": Answered(lambda row, call: study_columns(row, call.sight), _study_acts),
    },
)


def studies_of(column: str) -> Connected:
    """Return the studies that name their owner in this column."""

    def on(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
        return and_(getattr(target, column) == row.id)

    return Connected("Study", ORDERS, on=on, filters={"state": one_of_codes("state")})


body.fields["studies"] = studies_of("body_id")
organization.fields["studies"] = studies_of("organization_id")
mandate.fields["study"] = One("Study", lambda row, target, call: target.mandate_id == row.id)


# ---- who works on them, and in which steps ---------------------------------------------------------------------


def _member_facts(row: Row, call: Call) -> list[ColumnElement[Any]]:
    own, by_account = is_viewer(row.person_id, call), row.person_id.is_not(None)
    return [*columns_of_study(row.study_id, call.sight), own, by_account, row.left_at.is_not(None)]


def _member_acts(asking: Asking, *facts: Any) -> list[dict[str, Any]]:
    *known, own, by_account, left = facts
    study = read_study(known)
    return shown(asking, rules.member_transitions(asking.viewer, study, own=own, by_account=by_account, left=left))


member = Readable(
    "StudyMember",
    StudyMember,
    fields={
        "mine": Expression(lambda row, call: is_viewer(row.person_id, call)),
        "available_transitions": Answered(_member_facts, _member_acts),
    },
)


def _late(row: Row, call: Call) -> ColumnElement[bool]:
    return and_(row.due_on < call.sight.today, row.state.not_in(NOT_LATE))


def _step_acts(asking: Asking, *facts: Any) -> list[dict[str, Any]]:
    *known, state = facts
    return shown(asking, rules.milestone_transitions(asking.viewer, read_study(known), MilestoneState(state)))


milestone = Readable(
    "StudyMilestone",
    StudyMilestone,
    fields={
        "late": Expression(_late),
        "available_transitions": Answered(
            lambda row, call: [*columns_of_study(row.study_id, call.sight), row.state], _step_acts
        ),
    },
)


# ---- wordings --------------------------------------------------------------------------------------------------


def _sections(row: Row, call: Call) -> Rows:
    section = StudySection.__table__.alias()
    return Rows(section.c, section, [section.c.revision_id == row.id], [section.c.position])


def _cited(asking: Asking, *facts: Any) -> str | None:
    return citation(*facts)


revision = Readable(
    "StudyRevision",
    StudyRevision,
    fields={
        "sections": Listed("StudySection", _sections, part=True),
        "citation": Answered(lambda row, call: cited_columns(row), _cited),
    },
)

section = Readable("StudySection", StudySection, key="revision_id")

roots |= {"studies": studies, "study_by_folio": One("Study", by_folio(lambda s: s.id))}
