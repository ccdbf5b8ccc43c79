"""Who sees which rows is decided for every table, and the planner adds it wherever rows appear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import get_named_type
from sqlalchemy import inspect
from sqlalchemy.orm import aliased

from graphql_schema.planning.selection import python_name
from graphql_schema.planning.weaving import implied
from graphql_schema.schema import graphql
from hub.reading.readable import Connected, Embedded, Listed, OfRecord, One, OneOf, Source, readables, roots
from hub.viewer import SYSTEM
from hub.visibility import PlainSight, has_rule, visible_rows
from tests.shape.contract import OBJECTS, is_list, is_promised, possible
from tests.shape.project import NOTHING, exceptions
from tests.shape.rules import AT, MODELS, VIEWERS, always_seen

PARTS = {
    "InstrumentRevision.sections": "A paragraph is as visible as its wording.",
    "InstrumentRevision.orders": "What a paragraph orders is as visible as its wording.",
    "InstrumentRevision.relations": "What a wording does to others is as visible as the wording.",
    "WorkProgramme.lines": "A line is as visible as its programme.",
    "Agreement.parties": "Who makes an agreement is as visible as the agreement.",
    "Agreement.obligations": "What is promised is as visible as the agreement.",
    "Agreement.renewals": "That an agreement was prolonged is as visible as the agreement.",
    "QuestionnaireRevision.sections": "A section is as visible as its revision.",
    "QuestionnaireRevision.questions": "A question is as visible as its revision.",
    "Section.questions": "A question is as visible as its revision, and so is the section.",
    "Question.options": "An option is as visible as the revision of its question.",
    "Question.rows": "A row of a matrix is as visible as the revision of its question.",
    "StudyRevision.sections": "A section is as visible as its wording.",
    "Finding.answers": "An answer is as visible as what it answers.",
    "StudyDataset.columns": "A column is as visible as its data.",
    "Response.answers": "The list says itself which answers are read: published ones, and all for whoever sees all.",
}
"""Lists whose rows are seen whenever their owner is, so that their own condition is not asked again."""

COMPUTED = {
    "ChannelCount": "It counts responses and is public by the condition of the figures that it is in.",
    "DayCount": "It counts responses and is public by the condition of the figures that it is in.",
    "FacetCount": "It counts the rows of a list under the conditions of the list.",
    "PointTally": "Counts are public by the condition of the tally that they are in.",
    "ResultCategory": "A figure is as visible as its table.",
    "ResultItem": "A figure is as visible as its table.",
    "SectionChange": "A paragraph of two wordings of one instrument, which are as visible as the instrument.",
    "RowTally": "Counts are public by the condition of the tally that they are in.",
    "WordingTally": "Counts are public by the condition of the tally that they are in.",
    "DatedName": "A name is as visible as who bears it, who is where the list is.",
    "DraftAnswer": "It is in the row of the draft, which is seen by whoever holds it.",
    "OptionTally": "Counts are public by the condition of the tally that they are in.",
    "RowAnswer": "What an answer says to a row of a matrix; the answer is seen.",
    "Translation": "A text in each of its languages; its row is what holds the text.",
}
"""Types of lists that have no model, so that no condition is added to their rows: why none is needed."""

OPEN = {
    "Territory": "Places are public.",
    "Receipt": "Its code is the key, and receipts are never listed.",
}
"""Models of which everybody sees all rows."""

NEVER_LISTED = {"Receipt"}
"""Models that are found only by whoever knows their key."""


@pytest.mark.parametrize("model", MODELS)
def test_every_table_has_a_rule(model: type[Any]) -> None:
    """A table without a rule cannot be read, so none is forgotten; the hub itself sees everything."""
    assert has_rule(model), f"{model.__name__}: write its rule in visibility.py of its concept"
    assert str(visible_rows(model, aliased(model), PlainSight(SYSTEM, AT))) == "true"


def test_what_is_open_to_everybody_is_known() -> None:
    """A rule that hides nothing is a decision."""
    assert exceptions({model.__name__ for model in MODELS if always_seen(model)}, OPEN) == NOTHING


def test_rules_name_only_the_row_that_they_are_asked_about() -> None:
    """A condition about the table instead of the alias it was given would join it a second time."""
    for model in MODELS:
        row = aliased(model)
        table = inspect(model).local_table
        for viewer in VIEWERS.values():
            condition = visible_rows(model, row, PlainSight(viewer, AT))
            assert table not in condition._from_objects, model.__name__


def test_parts_are_named() -> None:
    """Where a list skips its rows' own condition, it is on the list above."""
    parts = {place for place, source in sources() if isinstance(source, Listed | Connected) and source.part}
    assert exceptions(parts, PARTS) == NOTHING


def test_rows_without_a_condition_are_named() -> None:
    """A list of a type without a model is read without a rule; it is on the list above."""
    free = {s.type for _, s in sources() if isinstance(s, Listed) and readables[s.type].model is None}
    assert exceptions(free, COMPUTED) == NOTHING


def test_secrets_are_not_listed() -> None:
    """What is found by its key alone is in no list."""
    listed = {source.type for _, source in sources() if isinstance(source, Listed | Connected)}
    assert listed & NEVER_LISTED == set()


def test_what_may_be_hidden_may_be_null() -> None:
    """A field with an object of another row is nullable, unless it is always seen and always there."""
    broken = []
    for name, readable in readables.items():
        for field in OBJECTS[name].fields.values() if name in OBJECTS else ():
            key = python_name(field)
            source = readable.source(key)
            related = source is None and readable.model is not None and implied(readable, key) is not None
            to_one = related or isinstance(source, One | OneOf | OfRecord)
            if not to_one or is_list(field) or not is_promised(field):
                continue
            models = [readables[type_].model for type_ in possible(get_named_type(field.type))]
            certain = related and not any(
                column.nullable for column in inspect(readable.model).relationships[key].local_columns
            )
            if not certain or not all(model is not None and always_seen(model) for model in models):
                broken.append(f"{name}.{key}")
    assert broken == []


def test_root_fields_that_find_one_thing_may_be_null() -> None:
    """Unknown, deleted and forbidden are the same answer: null."""
    assert graphql.query_type is not None
    for field in graphql.query_type.fields.values():
        name = python_name(field)
        certain = isinstance(roots.get(name), Connected | Embedded) or is_list(field)
        assert certain or not is_promised(field), name


def test_what_is_followed_may_be_null() -> None:
    """So that a subscription says the same of what is unknown, deleted and forbidden."""
    assert graphql.subscription_type is not None
    assert [key for key, field in graphql.subscription_type.fields.items() if is_promised(field)] == []


def sources() -> Iterator[tuple[str, Source]]:
    """Give every declared source with its place, by the names of the schema."""
    assert graphql.query_type is not None
    yield from ((f"Query.{name}", source) for name, source in roots.items())
    for name, readable in readables.items():
        yield from ((f"{name}.{key}", source) for key, source in readable.fields.items())
