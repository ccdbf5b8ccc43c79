"""What can be asked for can be read: each field has its column, its relationship or its declared source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLEnumType, GraphQLField, GraphQLNamedType, get_named_type
from sqlalchemy import Column, inspect

from graphql_schema.planning.lists import filter_fields
from graphql_schema.planning.selection import python_name
from graphql_schema.planning.weaving import implied
from graphql_schema.schema import graphql
from hub.database.base import Base
from hub.reading.readable import Answered, Connected, Embedded, Source, readables, roots
from hub.reading.streams import streams
from tests.shape.contract import (
    CONNECTIONS,
    EDGES,
    INTERFACES,
    OBJECTS,
    PAYLOADS,
    ROOTS,
    is_promised,
    possible,
)
from tests.shape.project import NOTHING, exceptions
from tests.shape.rules import never_seen

BY_IDS = {"node", "nodes"}
"""Roots that the planner answers from the ids themselves."""

ROWS_OF = {"DatedName": "dated_name"}
"""Types whose rows another type lists: the table that they come from."""

NOT_SHOWN = {
    "agreement.territory_ids": "Agreement.territories",
    "agreement_obligation.agreement_id": "A promise is read from its agreement.",
    "agreement_obligation.id": "A promise is read from its agreement.",
    "agreement_party.agreement_id": "A party is read from its agreement.",
    "agreement_party.body_id": "AgreementParty.party",
    "agreement_party.id": "A party is read from its agreement.",
    "agreement_party.organization_id": "AgreementParty.party",
    "agreement_party.person_id": "Who signed is told by the name.",
    "agreement_renewal.agreement_id": "A renewal is read from its agreement.",
    "agreement_renewal.id": "A renewal is read from its agreement.",
    "answer.counted": "Follows the response's state; what is counted is in the tallies.",
    "answer.day": "Answer.date",
    "answer.lineage_id": "Question.lineageId",
    "answer.response_id": "An answer is read from its response.",
    "answer_choice": "Answer.options",
    "body_charter.body_id": "A charter is read from its body.",
    "body_charter.territory_ids": "BodyCharter.territories",
    "body.folded_name": "What names are sorted by.",
    "consultation.body_id": "Consultation.publisher",
    "consultation.closes_at": "Consultation.closing",
    "consultation.closes_local": "Consultation.closing",
    "consultation.opens_at": "Consultation.opening",
    "consultation.opens_local": "Consultation.opening",
    "consultation.organization_id": "Consultation.publisher",
    "consultation.zone": "Consultation.opening and closing",
    "convocation.starts_at": "Convocation.starts",
    "convocation.starts_local": "Convocation.starts",
    "convocation.zone": "Convocation.starts",
    "dated_name.entry_id": "A name is read from who bears it.",
    "dated_name.id": "A name is read from who bears it.",
    "document.body_id": "Decides who may see it.",
    "document.entry_id": "Document.record",
    "document.file_id": "Document.name, size, mediaType and sha256",
    "document.part_id": "It is read from what it is attached to.",
    "document.position": "The order in which it is listed.",
    "entry.body_id": "Decides who may see it.",
    "entry.created_via": "Where it came from is told by its attribution.",
    "entry.hidden_at": "What is hidden is not seen.",
    "entry.imported_from": "The importer's own key.",
    "entry.kind": "The name of its type.",
    "entry.search": "What the filter `text` looks in.",
    "entry.source_url": "Where it came from is told by its attribution.",
    "entry.visibility": "What may be seen is seen.",
    "event.actor_account_id": "Who did it is in the audit trail, which is not public.",
    "event.actor_client_id": "Who did it is in the audit trail, which is not public.",
    "event.entity_id": "Change.record",
    "event.entry_id": "Change.record",
    "event.facts": "Its public projection comes with the feed's own issue.",
    "event.machine": "The type of the event says it.",
    "event.move": "The type of the event says it.",
    "event.public": "What may be seen is seen.",
    "event.request_id": "Joins the log to the operator's records.",
    "event.source": "The type of the event says it.",
    "event.target": "The type of the event says it.",
    "event.transaction": "What the database checks a change of state by.",
    "deliverable.entry_id": "Deliverable.record",
    "deliverable.id": "A delivery is read from its mandate.",
    "deliverable.mandate_id": "A delivery is read from its mandate.",
    "instrument_order.id": "An order is read from its wording.",
    "instrument_order.position": "Orders are told in their order.",
    "instrument_order.revision_id": "An order is read from its wording.",
    "instrument_order.responsible_body_id": "InstrumentOrder.responsible",
    "instrument_order.responsible_organization_id": "InstrumentOrder.responsible",
    "instrument_order.responsible_membership_id": "InstrumentOrder.responsible",
    "instrument_relation.id": "A relation is read from its instruments.",
    "instrument_relation.position": "Relations are told in their order.",
    "instrument_relation.revision_id": "InstrumentRelation.instrument",
    "instrument_section.id": "A paragraph is named by its code.",
    "instrument_section.revision_id": "A paragraph is read from its wording.",
    "instrument_signature.id": "A signature is read from its instrument.",
    "instrument_signature.instrument_id": "A signature is read from its instrument.",
    "mandate.responsible_body_id": "Mandate.responsible",
    "mandate.responsible_organization_id": "Mandate.responsible",
    "mandate.responsible_membership_id": "Mandate.responsible",
    "mandate_notice.id": "A notice is read from its mandate.",
    "mandate_notice.mandate_id": "A notice is read from its mandate.",
    "mandate_notice.responsible_body_id": "MandateNotice.responsible",
    "mandate_notice.responsible_organization_id": "MandateNotice.responsible",
    "mandate_notice.responsible_membership_id": "MandateNotice.responsible",
    "work_programme_line.id": "A line is read from its programme.",
    "work_programme_line.work_programme_id": "A line is read from its programme.",
    "mandate.body_id": "Mandate.orderedBy",
    "mandate.organization_id": "Mandate.orderedBy",
    "matrix_row.id": "A row is named by its code.",
    "matrix_row.question_id": "A row is read from its question.",
    "minutes_addendum.id": "An addendum is read from its minutes.",
    "minutes_addendum.minutes_id": "An addendum is read from its minutes.",
    "minutes_revision.id": "A wording is read from its minutes.",
    "minutes_revision.minutes_id": "A wording is read from its minutes.",
    "minutes_signature.id": "A signature is read from its minutes.",
    "minutes_signature.minutes_id": "A signature is read from its minutes.",
    "option.id": "An option is named by its code.",
    "option.question_id": "An option is read from its question.",
    "membership.appointed_by_instrument_id": "The instrument says whom it appoints.",
    "membership.appointed_by_vote_id": "The motion that was voted on says whom it appoints.",
    "organization.folded_name": "What names are sorted by.",
    "person.created_on": "When somebody came is their own business.",
    "question.revision_id": "A question is read from its revision.",
    "question.section_id": "A question is read from its section.",
    "receipt.response_id": "A receipt tells whether a response counts, and not which one it is.",
    "response.imported_from": "The importer's own key.",
    "response.named_person_id": "Whose name stands on it is told by the name, where it may be told.",
    "response.participation_id": "Who took part is told to nobody.",
    "response.replaces_id": "The earlier response is the respondent's own.",
    "response.salt": "Keeps the hash from being guessed.",
    "response_draft.code": "Whoever holds it knows it.",
    "response_draft.id": "It is found by who holds it, and by no id.",
    "response_draft.pseudonym": "Who holds it is told to nobody.",
    "response_draft.secret_digest": "Whoever holds it knows the secret.",
    "response_draft.state": "One that is over is seen by nobody.",
    "result_cell": "ResultTable.categories",
    "result_release.consultation_id": "A release is read from its consultation.",
    "result_table.consultation_id": "A table is read from its consultation.",
    "result_table.truth": "What figures were before they were protected is read by nobody.",
    "role_grant.account_id": "RoleGrant.person",
    "role_grant.ended_by": "Who ended it is in the audit trail.",
    "role_grant.granted_by": "Who gave it is in the audit trail.",
    "section.revision_id": "A section is read from its revision.",
    "linked_identity.account_id": "A linked identity is read from the viewer.",
    "linked_identity.digest": "What a provider calls somebody is kept to know them again, and for nothing else.",
    "linked_identity.issuer": "The key of the provider tells it.",
    "linked_identity.person_id": "A linked identity is read from the viewer.",
    "session.joint_body_ids": "Session.jointBodies",
    "session.resumes_at": "Session.resumes",
    "session.resumes_local": "Session.resumes",
    "session.starts_at": "Session.starts",
    "session.starts_local": "Session.starts",
    "session.zone": "Session.starts and resumes",
    "sector_count.id": "A count is read from its vote.",
    "sector_count.vote_event_id": "A count is read from its vote.",
    "vote.id": "What was voted is read from its vote.",
    "vote.vote_event_id": "What was voted is read from its vote.",
    "voting_seat.id": "A seat that can vote is read from its vote.",
    "voting_seat.vote_event_id": "A seat that can vote is read from its vote.",
    "sign_in.account_id": "A sign-in is read from the viewer.",
    "sign_in.acr": "What a provider says of how it authenticates is kept for whoever runs the hub.",
    "sign_in.session_digest": "A provider's session is kept to end what came of it, and for nothing else.",
    "sign_in.subject_digest": "A provider's subject is kept to end what came of it, and for nothing else.",
    "sign_in.confirmed_at": "SignIn.fresh",
    "sign_in.digest": "Whoever holds the token knows it.",
    "sign_in.person_id": "A sign-in is read from the viewer.",
    "dataset_column.dataset_id": "A column is read from its data.",
    "finding.body_id": "Finding.addressedTo",
    "finding.organization_id": "Finding.addressedTo",
    "finding_answer.finding_id": "An answer is read from what it answers.",
    "peer_review.person_id": "PeerReview.mine; who reviews is told by the name, where it may be told.",
    "study_member.person_id": "StudyMember.mine; who works on a study is told by the name.",
    "study_revision.strikes": "What a wording no longer says is not among its findings.",
    "study_section.revision_id": "A section is read from its wording.",
    "territory.folded_name": "What names are sorted by.",
    "timetable_notice.closes_at": "TimetableNotice.closing",
    "timetable_notice.closes_local": "TimetableNotice.closing",
    "timetable_notice.opens_at": "TimetableNotice.opening",
    "timetable_notice.opens_local": "TimetableNotice.opening",
    "timetable_notice.zone": "TimetableNotice.opening and closing",
    "token.account_id": "A token is read from the viewer.",
    "token.client_id": "A token is read from the viewer or from its program.",
    "token.digest": "Whoever holds the token knows it.",
    "token.made_by": "Who made it is in the audit trail.",
}
"""Columns of readable rows that no field shows: the field that says the same, or why nobody is told."""


# ---- declared and shown are the same -----------------------------------------------------------------------


def test_the_roots_are_declared() -> None:
    """Each root field has a source, and each source is a root field."""
    assert graphql.query_type is not None
    shown = {python_name(field) for field in graphql.query_type.fields.values()}
    assert shown - BY_IDS == set(roots)


def test_the_roots_of_following_are_declared() -> None:
    """Each root field of a subscription names what it follows by a declared argument, and each stream is a field."""
    assert graphql.subscription_type is not None
    fields = {python_name(field): field for field in graphql.subscription_type.fields.values()}
    assert set(fields) == set(streams)
    for name, stream in streams.items():
        assert str(fields[name].args[stream.argument].type) == "ID!", name
        assert get_named_type(fields[name].type).name == stream.source.type, name


def test_every_declared_source_is_a_field() -> None:
    """Nothing is declared that nobody can ask for."""
    unknown = [name for name in readables if name not in OBJECTS and name not in INTERFACES]
    assert unknown == []
    unused = [f"{name}.{key}" for name, r in readables.items() for key in set(r.fields) - set(_fields(name))]
    assert unused == []


def test_every_type_is_read_or_computed() -> None:
    """A type has a readable, is the form of a list or a payload, or is computed in Python."""
    from_python = {get_named_type(field.type).name for _, field, source in sources() if isinstance(source, Answered)}
    grown = set(from_python)
    while grown:
        inner = {get_named_type(f.type).name for name in grown & set(OBJECTS) for f in OBJECTS[name].fields.values()}
        grown = inner - from_python
        from_python |= grown
    forms = {*CONNECTIONS, *EDGES, *PAYLOADS, "PageInfo", *(root.name for root in ROOTS), *_errors()}
    assert set(OBJECTS) - set(readables) - forms - from_python == set()


def test_every_field_has_a_source() -> None:
    """A field is a column, a relationship, an id, or is declared."""
    missing = [
        place for place, name, key in _plain_fields() if key not in _columns(name) and not _is_related(name, key)
    ]
    assert missing == []


def test_what_is_promised_is_never_null_in_the_table() -> None:
    """A field that is never null stands on a column that is never null."""
    broken = []
    for place, name, key in _plain_fields():
        column = _columns(name).get(key)
        if column is not None and column.nullable and is_promised(_fields(name)[key]):
            broken.append(place)
    assert broken == []


def test_what_may_be_absent_is_nullable() -> None:
    """An object of the same row that is there only under a condition may be null."""
    optional = [(place, f) for place, f, source in sources() if isinstance(source, Embedded) and source.present]
    assert [place for place, field in optional if is_promised(field)] == []


def test_filters_and_orders_are_declared() -> None:
    """What a list can be filtered and ordered by is what its source knows."""
    for place, field, source in sources():
        if isinstance(source, Connected):
            assert set(filter_fields(field).values()) == set(source.filters), place
            offered = _stored(get_named_type(field.args["orderBy"].type)) if "orderBy" in field.args else None
            assert offered is None or offered <= set(source.orders), place
            assert source.orders, place


# ---- every column is shown, or there is a reason -----------------------------------------------------------


def test_every_column_is_shown_or_has_a_reason() -> None:
    """What is kept about public things is public, or somebody decided otherwise."""
    hidden = []
    for mapper in Base.registry.mappers:
        model = mapper.class_
        types = [name for name, readable in readables.items() if readable.model is model]
        types += [name for name, table in ROWS_OF.items() if table == model.__tablename__]
        if not types and not never_seen(model):
            hidden.append(model.__tablename__)
        shown = {key for name in types for key in _fields(name)}
        hidden += [
            f"{model.__tablename__}.{column.key}"
            for column in mapper.columns
            if types and column.key not in shown and column.key.removesuffix("_id") not in shown
        ]
    assert exceptions(hidden, NOT_SHOWN) == NOTHING


# ---- what stands behind the schema -------------------------------------------------------------------------


def sources() -> Iterator[tuple[str, GraphQLField, Source]]:
    """Give every field that has a declared source, the roots included, with its place."""
    assert graphql.query_type is not None
    for field in graphql.query_type.fields.values():
        if python_name(field) in roots:
            yield f"Query.{python_name(field)}", field, roots[python_name(field)]
    for name, readable in readables.items():
        for key, field in _fields(name).items():
            source = readable.source(key)
            if source is not None:
                yield f"{name}.{key}", field, source


def _fields(name: str) -> dict[str, GraphQLField]:
    """The fields of a readable type by their python names; those of its interfaces belong to it as well."""
    type_ = OBJECTS.get(name) or INTERFACES[name]
    return {python_name(field): field for field in type_.fields.values()}


def _plain_fields() -> Iterator[tuple[str, str, str]]:
    """Give the place, the type and the name of each field that no source declares."""
    for name, readable in readables.items():
        for key in _fields(name):
            if readable.source(key) is None and key != "id":
                yield f"{name}.{key}", name, key


def _columns(name: str) -> dict[str, Column[Any]]:
    """The columns of the rows behind a type."""
    model = readables[name].model
    if model is not None:
        return dict(inspect(model).columns.items())
    return dict(Base.metadata.tables[ROWS_OF[name]].columns.items()) if name in ROWS_OF else {}


def _is_related(name: str, key: str) -> bool:
    return readables[name].model is not None and implied(readables[name], key) is not None


def _stored(enumeration: GraphQLNamedType) -> set[str]:
    assert isinstance(enumeration, GraphQLEnumType)
    return {str(getattr(value.value, "value", value.value)) for value in enumeration.values.values()}


def _errors() -> set[str]:
    return possible(INTERFACES["UserError"])
