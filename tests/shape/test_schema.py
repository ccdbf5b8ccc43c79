"""The public contract: it is what the snapshot says, all of it is described, lists and acts have one form."""

from __future__ import annotations

import enum
import re

import pytest
from graphql import GraphQLNonNull, get_named_type

from graphql_schema.schema import graphql, printed
from tests.shape.contract import (
    CONNECTIONS,
    EDGES,
    ENUMS,
    INPUTS,
    OBJECTS,
    PAYLOADS,
    described,
    fields,
    is_list,
    is_object,
)
from tests.shape.project import NOTHING, ROOT, exceptions

BOUNDED = {
    "Query.nodes": "At most as many as the ids that were given, of which there may be 100.",
    "LocalizedText.translations": "One for each language that somebody wrote.",
    "Organization.names": "The names that an organisation has had.",
    "Body.names": "The names that a body has had.",
    "Body.parity": "One for each dimension that a body has a rule for.",
    "Body.availableTransitions": "The events of a life cycle.",
    "Membership.availableTransitions": "The events of a life cycle.",
    "Seat.availableTransitions": "The events of a life cycle.",
    "JoinRequest.availableTransitions": "The events of a life cycle.",
    "WorkProgramme.availableTransitions": "The events of a life cycle.",
    "StudyDataset.availableTransitions": "What may be done with data.",
    "StudyMember.availableTransitions": "What may be done about somebody of a team.",
    "ParityFigure.groups": "One for each sector, gender or place that seats are there for.",
    "SignInOptions.providers": "The identity providers of an installation.",
    "Viewer.grants": "The roles of one person.",
    "Instrument.availableTransitions": "The moves of a life cycle.",
    "InstrumentRevision.sections": "At most 300, by the check of a draft.",
    "InstrumentRevision.orders": "At most 50, by the check of a draft.",
    "InstrumentRevision.relations": "At most 50, by the check of a draft.",
    "InstrumentRevision.changes": "At most the paragraphs of two wordings.",
    "Mandate.availableTransitions": "The moves of a life cycle.",
    "WorkProgramme.lines": "At most 200, by the check of a draft.",
    "Agreement.availableTransitions": "The moves of a life cycle.",
    "InterestDeclaration.availableTransitions": "The moves of a life cycle.",
    "Agreement.parties": "At most 51, by the check of a draft.",
    "Agreement.obligations": "At most 100, by the check of a draft.",
    "Agreement.renewals": "At most 50, by the act that prolongs it.",
    "Consultation.availableTransitions": "The moves of a life cycle.",
    "Response.availableTransitions": "The moves of a life cycle.",
    "Representation.availableTransitions": "The moves of a life cycle.",
    **{
        f"{name}.availableTransitions": "The moves of a life cycle."
        for name in ("Study", "StudyMilestone", "PeerReview", "Finding")
    },
    "StudyRevision.sections": "At most 200, by the check of what is written.",
    "Finding.answers": "At most 50, by the rule of answering.",
    "StudyDataset.columns": "At most 500, by the check of what is described.",
    "Motion.availableTransitions": "The moves of a life cycle.",
    "VoteEvent.availableTransitions": "The moves of a life cycle.",
    "VoteEvent.seats": "The seats of the bodies that sit.",
    "VoteEvent.votes": "At most one for each seat.",
    "VoteEvent.sectorCounts": "One for each sector.",
    "Minutes.availableTransitions": "The moves of a life cycle.",
    "Minutes.revisions": "At most 100, by the act that writes them.",
    "Minutes.signatures": "At most one for each member.",
    "Minutes.addenda": "At most 100, by the act that adds them.",
    "Observation.availableTransitions": "The moves of a life cycle.",
    "ActionItem.availableTransitions": "The moves of a life cycle.",
    "ConsultationReport.availableTransitions": "The moves of a life cycle.",
    "Statement.availableTransitions": "The moves of a life cycle.",
    "QuestionnaireRevision.sections": "At most 50, by the check before publication.",
    "Question.displayConditions": "At most 1,000, by the longest text of a rule.",
    "Question.options": "At most 300, by the check before publication.",
    "QuestionTally.options": "The options of one question.",
    "QuestionTally.rows": "The rows of one question.",
    "QuestionTally.scale": "At most 21, by the check before publication.",
    "QuestionTally.wordings": "The wordings of one question.",
    "RowTally.options": "The options of one question.",
    "ConsultationResults.method": "A sentence for each part of the method.",
    "ResultTable.categories": "The categories that are told apart, in a matrix times its rows.",
    "ResultCategory.items": "The options of one question, or the states.",
    "ParticipationFigures.responsesByDay": "The days of one consultation.",
    "ParticipationFigures.responsesByChannel": "The ways that there are.",
    **{
        f"ResponseFacets.{name}": "The values of an enumeration, or the languages of one list."
        for name in ("respondentKind", "channel", "language", "timeliness")
    },
    "Session.availableTransitions": "The moves of a life cycle, and those of its agenda.",
    "Session.quorum": "One for each body that sits, of which there may be 11.",
    "AgendaItem.availableTransitions": "The moves of a life cycle.",
    "SessionTerms.kinds": "One for each kind of session.",
    "SessionTerms.quorums": "At most 3, by the check before publication.",
    "SessionTerms.majorities": "At most 20, by the check before publication.",
    "Question.rows": "At most 50, by the check before publication.",
    "Response.answers": "At most one for each question, of which there may be 500.",
    "Answer.rows": "At most one for each row of a matrix, of which there may be 50.",
    "ResponseDraft.answers": "At most one for each question, of which there may be 500.",
    "DraftAnswer.rows": "At most one for each row of a matrix, of which there may be 50.",
}
"""Lists of objects that are no connections, and what bounds them. A payload's errors: its input."""

SENTENCE = re.compile(r"[A-Z`{0-9][^\n]*\.", flags=re.DOTALL)
ANOTHER = re.compile(r"(?<!\be\.g)(?<!\bi\.e)[.!?]\s+\S")
QUOTED = re.compile(r"`[^`]*`")

PAGE = {"first": "Int", "after": "String", "last": "Int", "before": "String"}


def test_the_snapshot_is_current() -> None:
    """`graphql_schema/schema.graphql` is what this code answers to (`hub schema` prints it)."""
    snapshot = ROOT / "graphql_schema" / "schema.graphql"
    assert snapshot.exists(), "Write it: hub schema > graphql_schema/schema.graphql"
    assert snapshot.read_text(encoding="utf-8") == printed()


def test_everything_is_described_by_one_sentence() -> None:
    """Types, fields, arguments, inputs and values of enumerations: one sentence with a full stop."""
    wrong = {place: text for place, text in described() if not text or not _is_one_sentence(text)}
    assert wrong == {}


def _is_one_sentence(text: str) -> bool:
    plain = QUOTED.sub("`x`", text)
    return SENTENCE.fullmatch(plain) is not None and ANOTHER.search(plain) is None


@pytest.mark.parametrize("name", ENUMS)
def test_an_enumeration_shows_the_stored_codes_in_capitals(name: str) -> None:
    """The planner writes codes as names without a look-up, so they must be the same word."""
    for key, value in ENUMS[name].values.items():
        stored = value.value.value if isinstance(value.value, enum.Enum) else value.value
        assert str(getattr(stored, "value", stored)).upper() == key


def test_lists_that_can_grow_are_connections() -> None:
    """A list of objects is a page of a connection, or what bounds it is known."""
    lists = {
        place
        for place, field in fields()
        if is_list(field) and is_object(field) and place.partition(".")[0] not in CONNECTIONS
    }
    errors = {f"{name}.errors" for name in PAYLOADS}
    assert exceptions(lists - errors, BOUNDED) == NOTHING


def test_connections_are_paged_alike() -> None:
    """Each has `first`, `after`, `last` and `before`, is never null, and its node type has one form."""
    for place, field in fields():
        if get_named_type(field.type).name in CONNECTIONS:
            assert isinstance(field.type, GraphQLNonNull), place
            given = {key: str(argument.type) for key, argument in field.args.items() if key in PAGE}
            assert given == PAGE, place
            others = set(field.args) - set(PAGE)
            assert others <= {"filter", "orderBy"}, place
    for name, type_ in CONNECTIONS.items():
        node = name.removesuffix("Connection")
        own = {key: str(field.type) for key, field in type_.fields.items() if key != "facets"}
        assert own == {
            "edges": f"[{node}Edge!]!",
            "nodes": f"[{node}!]!",
            "pageInfo": "PageInfo!",
            "totalCount": "Int!",
        }
        assert f"{node}Edge" in EDGES


WITHOUT_KEY = {
    "checkConsultation": "It keeps nothing, so a repetition is the same by itself.",
    "checkQuestionnaire": "It keeps nothing, so a repetition is the same by itself.",
    "confirmReauthentication": "A code is good once.",
    "confirmSignIn": "A code is good once, and the token is told once.",
    "exchangeSignIn": "A code is good once, and the token is told once.",
    "requestSignIn": "The secret is told once, and a key kept with the request would lead to the address.",
}
"""Acts that no idempotency key names."""


def test_acts_have_one_form() -> None:
    """`verbNoun(input: VerbNounInput!): VerbNounPayload!`, with a key, errors and a place in the log."""
    assert graphql.mutation_type is not None
    for name, field in graphql.mutation_type.fields.items():
        noun = name[0].upper() + name[1:]
        assert re.match(r"[a-z]+[A-Z]", name), f"{name}: a verb and a noun"
        assert {key: str(argument.type) for key, argument in field.args.items()} == {"input": f"{noun}Input!"}
        assert str(field.type) == f"{noun}Payload!"
        assert ("idempotencyKey" in INPUTS[f"{noun}Input"].fields) is (name not in WITHOUT_KEY)
        payload = OBJECTS[f"{noun}Payload"].fields
        assert str(payload["errors"].type) == "[UserError!]!"
        assert str(payload["event"].type) == "BigInt"
        promised = {key for key, part in payload.items() if isinstance(part.type, GraphQLNonNull)}
        assert promised == {"errors"}, f"{name}: an act that was refused has no object to show"


def test_inputs_are_what_acts_and_lists_take() -> None:
    """No input type is left over, and none is named otherwise than for its use."""
    used = {get_named_type(argument.type).name for _, field in fields() for argument in field.args.values()}
    used |= {get_named_type(part.type).name for given in INPUTS.values() for part in given.fields.values()}
    assert set(INPUTS) - used == set()
