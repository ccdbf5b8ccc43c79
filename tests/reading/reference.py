"""The reference executor: graphql-core alone, with slow and naive resolvers over rows held in memory.

It shares nothing with the planner below GraphQL itself. What may be seen (seeing.py), what the clock makes of a state
and which acts follow (transitions.py), answers and counts (the files that end in `_fields`), orders, pages and cursors
(paging.py) are written a second time, as plainly as they can be said. A resolver is named `Type_field`; one that
several types share `any_field`; whatever has neither is the column of its name, or a part of what is made whole
(parts.py). A type that has ids of its own needs `sees_<table>` in seeing.py and, where it is listed, its orders in
paging.py. What of this is missing for something new, test_reference.py names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from graphql import GraphQLEnumType, GraphQLSchema, build_schema, execute_sync, get_named_type, parse
from graphql.pyutils import camel_to_snake

from hub.keys import Keyring
from tests.reading.file_fields import FileFields
from tests.reading.ground import Hidden, Refused, Thing, zoned, zoned_day
from tests.reading.instrument_fields import InstrumentFields
from tests.reading.interest_fields import InterestFields
from tests.reading.participation_fields import ParticipationFields
from tests.reading.parts import part
from tests.reading.people_fields import PeopleFields
from tests.reading.prices import plain_price
from tests.reading.report_fields import ReportFields
from tests.reading.study_fields import StudyFields
from tests.reading.vote_fields import VoteFields
from tests.reading.worlds import World
from tests.talking import Somebody


@dataclass(frozen=True)
class Answered:
    """What the reference says."""

    data: Any
    broken: list[list[Any]]
    """The paths of the errors that null propagation made."""
    refused: bool


class Reference(
    ReportFields,
    ParticipationFields,
    PeopleFields,
    InterestFields,
    FileFields,
    StudyFields,
    InstrumentFields,
    VoteFields,
):
    """Executes operations over one world."""

    def __init__(
        self, world: World, keys: Keyring, schema: GraphQLSchema, broken: Hidden = lambda thing, field: False
    ) -> None:
        super().__init__(world, keys, schema)
        self.broken = broken
        self.price = (0, 0)

    def execute(
        self, text: str, variables: Mapping[str, Any], *, by: Somebody, at: dt.datetime, languages: tuple[str, ...]
    ) -> Answered:
        """Answer an operation as this viewer at this instant."""
        self.look(by, at, languages)
        document = parse(text)
        self.price = plain_price(self.schema, document, variables)
        result = execute_sync(
            self.schema,
            document,
            variable_values=dict(variables),
            field_resolver=self.resolve,
            type_resolver=lambda value, info, abstract: value.type,
        )
        errors = result.errors or []
        refused = any(isinstance(error.original_error, Refused) for error in errors)
        surprises = [e for e in errors if e.original_error and not isinstance(e.original_error, Refused | TypeError)]
        if surprises:
            raise surprises[0].original_error  # type: ignore[misc]
        return Answered(result.data, [list(error.path or ()) for error in errors], refused)

    def look(self, by: Somebody, at: dt.datetime, languages: tuple[str, ...]) -> None:
        """See everything as this viewer does at this instant."""
        self.now, self.languages, self.viewer = at, languages, self.bearer(by, at)
        self.this_day = at.astimezone(ZoneInfo("America/Mexico_City")).date()

    # ---- resolving ---------------------------------------------------------------------------------------------

    def resolve(self, source: Any, info: Any, **arguments: Any) -> Any:
        """Answer one field: by a method of its own, else by the column of its name."""
        name = info.field_name
        thing = source or Thing(info.parent_type.name, None)
        if self.broken(thing, name):
            return None
        if isinstance(thing.row, dict) and thing.type != "LocalizedText":
            return thing.row[name]
        method = getattr(self, f"{thing.type}_{name}", None)
        if method is None and isinstance(thing.row, SimpleNamespace):
            method = getattr(self, f"any_{name}", None)
        if method is not None:
            return method(thing.row, **arguments)
        return self.shown(getattr(thing.row, camel_to_snake(name)), get_named_type(info.return_type))

    def leads(self, thing: Thing, towards: Callable[[Any], list[str]], aim: str) -> bool:
        """Whether the viewer comes from a thing to one of the type that is aimed at, by the fields towards it."""
        if thing.type in self.nodes and not self.sees(thing.type, thing.row):
            return False
        type_ = self.schema.type_map[thing.type]
        for name in [] if thing.type == aim else towards(type_):
            field = type_.fields[name]  # type: ignore[union-attr]
            info = SimpleNamespace(field_name=name, return_type=field.type, parent_type=type_)
            found = self.resolve(thing, info)
            if any(
                self.leads(inner, towards, aim) for inner in (found if isinstance(found, list) else [found]) if inner
            ):
                return True
        return thing.type == aim

    @staticmethod
    def shown(value: Any, type_: Any) -> Any:
        """Return a column's value as the schema's type wants it."""
        if value is None:
            return None
        if type_.name == "LocalizedText":
            return Thing(type_.name, value)
        if isinstance(value, dt.datetime):
            return zoned(value)
        if isinstance(value, dt.date):
            return zoned_day(value)
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(type_, GraphQLEnumType):
            return value.upper()
        return str(value) if isinstance(value, UUID) else value

    # ---- roots -------------------------------------------------------------------------------------------------

    def Query_node(self, _: Any, id: str) -> Thing | None:  # noqa: A002 - the argument's name
        found = self.named(id)
        return self.one(*found) if found and found[0] in self.nodes else None

    def Query_nodes(self, _: Any, ids: list[str]) -> list[Thing | None]:
        if len(ids) > 100:
            raise Refused
        return [self.Query_node(None, id_) for id_ in ids]

    def Query_rateLimit(self, _: Any) -> Thing:
        # Nobody is limited who comes from this machine; the price is the same for everybody.
        points, nodes = self.price
        return part("RateLimit", limit=None, cost=points, remaining=None, used=None, resetAt=None, nodeCount=nodes)

    def Query_consultations(self, _: Any, **page: Any) -> Thing:
        return self.page("Consultation", "Query.consultations", self.world.consultation, **page)

    def Query_responses(self, _: Any, **page: Any) -> Thing:
        return self.page("Response", "Query.responses", self.world.response, **page)

    def Query_mandates(self, _: Any, **page: Any) -> Thing:
        return self.page("Mandate", "Query.mandates", self.world.mandate, **page)

    def Query_bodies(self, _: Any, **page: Any) -> Thing:
        return self.page("Body", "Query.bodies", self.world.body, **page)

    def Query_organizations(self, _: Any, **page: Any) -> Thing:
        return self.page("Organization", "Query.organizations", self.world.organization, **page)

    def Query_territories(self, _: Any, **page: Any) -> Thing:
        return self.page("Territory", "Query.territories", self.world.territory, **page)

    def Query_changes(self, _: Any, **page: Any) -> Thing:
        return self.page("Change", "Query.changes", self.world.event, **page)

    def Query_territory(self, _: Any, code: str) -> Thing | None:
        return next((Thing("Territory", row) for row in self.world.territory if row.code == code), None)

    def by_folio(self, type_: str, folio: str) -> Thing | None:
        entry = next((row for row in self.world.entry if row.folio == folio), None)
        return self.one(type_, entry.id) if entry else None

    def Query_consultationByFolio(self, _: Any, folio: str) -> Thing | None:
        return self.by_folio("Consultation", folio)

    def Query_mandateByFolio(self, _: Any, folio: str) -> Thing | None:
        return self.by_folio("Mandate", folio)

    # ---- what several types share ------------------------------------------------------------------------------

    def any_id(self, row: Any) -> str:
        return f"{self.type_of(row)}_{row.id}"

    def any_folio(self, row: Any) -> str | None:
        return self.entry(row).folio  # type: ignore[no-any-return]

    def any_title(self, row: Any) -> Thing:
        own = getattr(row, "title", None)
        return Thing("LocalizedText", own if own is not None else self.entry(row).title)

    def any_publishedAt(self, row: Any) -> str | None:
        owner = row if hasattr(row, "published_at") else self.entry(row)
        return owner.published_at and zoned(owner.published_at)

    def any_updatedAt(self, row: Any) -> str:
        return zoned(self.entry(row).updated_at)

    def any_withdrawnAt(self, row: Any) -> str | None:
        withdrawn = self.entry(row).withdrawn_at
        return withdrawn and zoned(withdrawn)

    def any_names(self, row: Any) -> list[Thing]:
        if not self.published(row.id):
            return []
        own = [name for name in self.world.dated_name if name.entry_id == row.id]
        return [Thing("DatedName", name) for name in sorted(own, key=lambda name: name.valid_from, reverse=True)]

    def today(self, row: Any) -> Any:
        """Return the name that a body or an organisation has on the day of the request."""
        day = self.this_day
        names = [name for name in self.world.dated_name if name.entry_id == row.id]
        return next((n for n in names if n.valid_from <= day and (not n.valid_until or day < n.valid_until)), None)

    def name_today(self, row: Any) -> Thing | None:
        name = self.today(row)
        return Thing("LocalizedText", name.name) if name else None

    Body_name = Organization_name = name_today

    def acronym_today(self, row: Any) -> str | None:
        name = self.today(row)
        return name.acronym if name else None

    Body_acronym = Organization_acronym = acronym_today

    def any_parent(self, row: Any) -> Thing | None:
        return self.one(self.type_of(row), row.parent_id)

    def any_predecessor(self, row: Any) -> Thing | None:
        return self.one(self.type_of(row), row.predecessor_id)

    def publisher(self, row: Any) -> Thing | None:
        return self.one("Body", row.body_id) or self.one("Organization", row.organization_id)

    Mandate_orderedBy = Consultation_publisher = publisher

    # ---- places, bodies, mandates ------------------------------------------------------------------------------

    def Territory_territories(self, row: Any, **page: Any) -> Thing:
        rows = [place for place in self.world.territory if place.parent_id == row.id]
        return self.page("Territory", "Territory.territories", rows, **page)

    def Organization_territory(self, row: Any) -> Thing | None:
        return self.one("Territory", row.territory_id)

    def Body_bodies(self, row: Any, **page: Any) -> Thing:
        rows = [body for body in self.world.body if body.parent_id == row.id]
        return self.page("Body", "Body.bodies", rows, **page)

    def Body_mandates(self, row: Any, **page: Any) -> Thing:
        rows = [mandate for mandate in self.world.mandate if mandate.body_id == row.id]
        return self.page("Mandate", "Body.mandates", rows, **page)

    def any_consultations(self, row: Any, **page: Any) -> Thing:
        type_ = self.type_of(row)
        rows = [c for c in self.world.consultation if getattr(c, f"{type_.lower()}_id") == row.id]
        return self.page("Consultation", f"{type_}.consultations", rows, **page)

    def Mandate_overdue(self, row: Any) -> bool:
        ended = row.state in ("delivered", "discharged", "cancelled")
        return row.due_on is not None and row.due_on < self.this_day and not ended

    # ---- the log -----------------------------------------------------------------------------------------------

    def Change_record(self, row: Any) -> Thing | None:
        entry = self.world.get("entry", row.entry_id)
        return self.one(entry.kind, entry.id) if entry is not None and self.published(entry.id) else None


def reference_schema(sdl: str) -> GraphQLSchema:
    """Return the schema of the reference: made of the printed contract alone."""
    schema = build_schema(sdl)
    schema.type_map["BigInt"].serialize = lambda value: value  # type: ignore[union-attr]
    return schema
