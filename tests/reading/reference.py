"""The reference executor: graphql-core alone, with slow and naive resolvers over rows held in memory.

It shares nothing with the planner below GraphQL itself. What may be seen, what the clock makes of a state, counts,
orders, pages, cursors, languages and transitions are written here a second time, as plainly as they can be said.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from graphql import GraphQLSchema, build_schema, execute_sync, parse
from graphql.pyutils import camel_to_snake

from hub.keys import Keyring
from hub.wording import label, sentence
from tests.reading.worlds import NOW, World
from tests.talking import Somebody

NODES = (
    "Territory", "Person", "Organization", "Body", "Mandate", "Consultation", "Question", "Section",
    "QuestionnaireRevision", "Response",
)  # fmt: skip
TABLE = {"QuestionnaireRevision": "questionnaire_revision", "Change": "event"}
STAFF = ("coordinator", "secretary", "analyst")
UNPUBLISHED = ("draft", "checked")
BY_NAME = {"NAME_ASC": ("folded_name", False), "NAME_DESC": ("folded_name", True)}
BY_CREATION = {"CREATED_DESC": ("created_at", True), "CREATED_ASC": ("created_at", False)}
BY_RECEPTION = {"RECEIVED_DESC": ("received_at", True), "RECEIVED_ASC": ("received_at", False)}
ORDERS: dict[str, dict[str, tuple[str, bool]]] = {
    "Territory": {**BY_NAME, "CODE_ASC": ("code", False)},
    "Organization": BY_NAME,
    "Body": BY_NAME,
    "Mandate": BY_CREATION,
    "Consultation": {
        "CLOSES_DESC": ("closes_at", True),
        "CLOSES_ASC": ("closes_at", False),
        "OPENS_DESC": ("opens_at", True),
        "OPENS_ASC": ("opens_at", False),
    },
    "QuestionnaireRevision": {"NUMBER_ASC": ("number", False)},
    "Question": {"POSITION_ASC": ("position", False)},
    "Response": BY_RECEPTION,
    "Change": {"POSITION_ASC": ("position", False), "POSITION_DESC": ("position", True)},
}
"""By which column each type is put in order; the first is the default."""


def table_of(type_: str) -> str:
    """Return the table that the rows of a type stand in."""
    return TABLE.get(type_, type_.lower())


class Refused(Exception):
    """The request itself is malformed: nothing of it is answered."""


@dataclass(frozen=True)
class Thing:
    """An object of a GraphQL type: the row it is, or whatever its fields are made of."""

    type: str
    row: Any


@dataclass(frozen=True)
class Bearer:
    """Who is asking, as the rows tell it."""

    person_id: UUID | None
    client: bool
    scopes: frozenset[str]
    grants: tuple[tuple[str, UUID | None], ...]


@dataclass(frozen=True)
class Answered:
    """What the reference says."""

    data: Any
    broken: list[list[Any]]
    """The paths of the errors that null propagation made."""
    refused: bool


Hidden = Callable[[Thing, str], bool]
"""Which promises are broken on purpose: a field of a thing that is NULL although the schema says it never is."""


class Reference:
    """Executes operations over one world."""

    def __init__(
        self, world: World, keys: Keyring, schema: GraphQLSchema, broken: Hidden = lambda thing, field: False
    ) -> None:
        self.world, self.keys, self.schema, self.broken = world, keys, schema, broken
        self.now, self.languages = NOW, ("es",)
        self.viewer = Bearer(None, False, frozenset(), ())

    def execute(
        self, text: str, variables: Mapping[str, Any], *, by: Somebody, at: dt.datetime, languages: tuple[str, ...]
    ) -> Answered:
        """Answer an operation as this viewer at this instant."""
        self.now, self.languages, self.viewer = at, languages, self.bearer(by, at)
        result = execute_sync(
            self.schema,
            parse(text),
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

    def bearer(self, by: Somebody, at: dt.datetime) -> Bearer:
        from hub.identity.tokens import digest

        token = next((t for t in self.world.token if by.token and t.digest == digest(by.token)), None)
        if token is None:
            return Bearer(None, False, frozenset({"public:read"}), ())
        account = self.world.get("account", token.account_id)
        grants = [
            (grant.role, grant.body_id)
            for grant in self.world.role_grant
            if account is not None
            and grant.account_id == account.id
            and grant.valid_from <= at
            and (grant.valid_until is None or at < grant.valid_until)
            and grant.role != "administrator"
        ]
        person = account.person_id if account else None
        return Bearer(person, token.client_id is not None, frozenset(token.scopes), tuple(grants))

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
        if method is None and type(thing.row).__name__ == "SimpleNamespace":
            method = getattr(self, f"any_{name}", None)
        if method is not None:
            return method(thing.row, **arguments)
        return self.shown(getattr(thing.row, camel_to_snake(name)), info.return_type)

    def shown(self, value: Any, type_: Any) -> Any:
        named = str(type_).strip("!")
        if value is None:
            return None
        if named == "LocalizedText":
            return Thing(named, value)
        if isinstance(value, dt.datetime):
            return zoned(value)
        if isinstance(value, dt.date):
            return f"{value.year:04}-{value.month:02}-{value.day:02}"
        is_enum = self.schema.type_map.get(named).__class__.__name__ == "GraphQLEnumType"
        return value.upper() if is_enum else str(value) if isinstance(value, UUID) else value

    # ---- who may see what --------------------------------------------------------------------------------------

    def published(self, entry_id: UUID | None) -> bool:
        entry = self.world.get("entry", entry_id)
        return entry is not None and entry.visibility == "public" and entry.hidden_at is None

    def staffs(self, body_id: UUID | None) -> bool:
        own = {body for role, body in self.viewer.grants if role in STAFF}
        return self.viewer.person_id is not None and body_id is not None and body_id in own

    def own(self, response: Any) -> bool:
        person = self.world.owners.get(response.participation_id)
        return person is not None and person == self.viewer.person_id

    def sees(self, type_: str, row: Any) -> bool:
        match type_:
            case "Territory" | "Receipt":
                return True
            case "Person":
                return bool(row.public_profile) or row.id == self.viewer.person_id
            case "Body" | "Organization":
                return self.published(row.id)
            case "Mandate" | "Consultation":
                return self.published(row.id) or self.staffs(row.body_id)
            case "QuestionnaireRevision":
                consultation = self.world.get("consultation", row.consultation_id)
                public = row.state != "draft" and self.published(row.consultation_id)
                return public or (consultation is not None and self.staffs(consultation.body_id))
            case "Section" | "Question":
                return self.sees("QuestionnaireRevision", self.world.get("questionnaire_revision", row.revision_id))
            case "Response":
                consultation = self.world.get("consultation", row.consultation_id)
                assert consultation is not None
                closed = consultation.closes_at <= self.now and self.published(consultation.id)
                return self.own(row) or (row.state == "accepted" and row.consent == "without_name" and closed)
            case "Change":
                return row.public and (row.entry_id is None or self.published(row.entry_id))
        raise AssertionError(type_)

    def one(self, type_: str, id_: UUID | None) -> Thing | None:
        row = self.world.get(table_of(type_), id_)
        return Thing(type_, row) if row is not None and self.sees(type_, row) else None

    # ---- pages -------------------------------------------------------------------------------------------------

    def page(
        self,
        type_: str,
        listing: str,
        rows: Iterable[Any],
        *,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        orderBy: str | None = None,  # noqa: N803 - the argument's name in the schema
        filter: Any = None,  # noqa: A002 - the same
        everything: bool = False,
    ) -> Thing:
        if first is not None and last is not None:
            raise Refused
        if (after is not None and last is not None) or (before is not None and last is None):
            raise Refused
        name = orderBy or next(iter(ORDERS[type_]))
        column, descending = ORDERS[type_][name]
        unique = "position" if type_ == "Change" else "id"

        def place(row: Any) -> tuple[Any, ...]:
            return tuple(getattr(row, key) for key in dict.fromkeys((column, unique)))

        def weight(at: tuple[Any, ...]) -> tuple[Any, ...]:
            return tuple(part.encode() if isinstance(part, str) else part for part in at)

        for key, value in (filter or {}).items():
            if isinstance(value, str) and key not in ("text", "name", "updatedSince"):
                # An id that is none of this type is refused, whether or not there is anything to filter.
                self.identified(value, type_ if key == "parent" else key.capitalize())
        seen = [r for r in rows if everything or self.sees(type_, r)]
        seen = [r for r in seen if all(self.fits(type_, r, key, v) for key, v in (filter or {}).items())]
        seen.sort(key=lambda row: weight(place(row)), reverse=descending)
        given = before if last is not None else after
        start, end = 0, len(seen)
        if given is not None:
            at = weight(self.decoded(f"{listing}:{name.lower()}", given, place))
            passed = [row for row in seen if (weight(place(row)) >= at if descending else weight(place(row)) <= at)]
            ahead = [row for row in seen if (weight(place(row)) > at if descending else weight(place(row)) < at)]
            start, end = (0, len(ahead)) if last is not None else (len(passed), len(seen))
        size = first if first is not None else last if last is not None else 20
        if not 1 <= size <= 100:
            raise Refused
        if last is not None:
            page = seen[max(start, end - size) : end]
            has_next, has_previous = end < len(seen), end - size > start
        else:
            page = seen[start : start + size]
            has_next, has_previous = start + size < len(seen), start > 0

        def cursor(row: Any) -> str:
            return self.encoded(f"{listing}:{name.lower()}", place(row))

        nodes = [Thing(type_, row) for row in page]
        edges = [{"cursor": cursor(node.row), "node": node} for node in nodes]
        return Thing(
            f"{type_}Connection",
            {
                "nodes": nodes,
                "edges": [Thing(f"{type_}Edge", edge) for edge in edges],
                "totalCount": len(seen),
                "pageInfo": Thing(
                    "PageInfo",
                    {
                        "hasNextPage": has_next,
                        "hasPreviousPage": has_previous,
                        "startCursor": edges[0]["cursor"] if edges else None,
                        "endCursor": edges[-1]["cursor"] if edges else None,
                    },
                ),
            },
        )

    def encoded(self, listing: str, place: tuple[Any, ...]) -> str:
        """Return the cursor of a place: base64url of `[1, tag, …]`, the tag a keyed digest of list and place."""
        parts = [zoned(p).replace("Z", "+00:00") if isinstance(p, dt.datetime) else p for p in place]
        parts = [str(part) if isinstance(part, UUID) else part for part in parts]
        tag = self.keys.digest("cursor", listing.encode() + b"\0" + compact(parts))[:9]
        packed = compact([1, base64.urlsafe_b64encode(tag).decode(), *parts])
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")

    def decoded(self, listing: str, cursor: str, place: Callable[[Any], tuple[Any, ...]]) -> tuple[Any, ...]:
        """Return the place that a cursor names, found by encoding the place of every row there is."""
        for rows in self.world.tables.values():
            for row in rows:
                try:
                    at = place(row)
                except AttributeError:
                    break
                if self.encoded(listing, at) == cursor:
                    return at
        raise Refused

    # ---- filters -----------------------------------------------------------------------------------------------

    def fits(self, type_: str, row: Any, key: str, value: Any) -> bool:
        if value is None:
            return True
        match key:
            case "state" if type_ == "Consultation":
                return self.Consultation_state(row) in value
            case "kind" | "level" | "channel" | "state":
                return (getattr(row, key) or "").upper() in value
            case "sourceModeration":
                return (row.source_moderation or "").upper() in value
            case "parent":
                return row.parent_id == self.identified(value, type_)
            case "body" | "organization" | "consultation":
                return getattr(row, f"{key}_id") == self.identified(value, key.capitalize())
            case "territory":
                return self.identified(value, "Territory") in self.places(row)
            case "name":
                return bare(row.name).startswith(bare(value))
            case "text":
                return row.id in self.world.words[value]
            case "updatedSince":
                return self.entry(row).updated_at >= dt.datetime.fromisoformat(value)
            case "types":
                return row.type in value
        raise AssertionError(key)

    def places(self, row: Any) -> set[UUID]:
        """Return the territories that a consultation is about, or that an organisation works in."""
        if hasattr(row, "territory_id"):
            return {row.territory_id}
        return {link.territory_id for link in self.world.consultation_territory if link.consultation_id == row.id}

    def identified(self, id_: str, type_: str) -> UUID:
        found = self.named(id_)
        if found is None or found[0] != type_:
            raise Refused
        return found[1]

    @staticmethod
    def named(id_: str) -> tuple[str, UUID] | None:
        match = re.fullmatch(r"(?s)(.+)_([0-9a-fA-F-]{36})", id_)
        try:
            return (match[1], UUID(match[2])) if match else None
        except ValueError:
            return None

    # ---- roots -------------------------------------------------------------------------------------------------

    def Query_node(self, _: Any, id: str) -> Thing | None:  # noqa: A002 - the argument's name
        found = self.named(id)
        return self.one(*found) if found and found[0] in NODES else None

    def Query_nodes(self, _: Any, ids: list[str]) -> list[Thing | None]:
        if len(ids) > 100:
            raise Refused
        return [self.Query_node(None, id_) for id_ in ids]

    def Query_viewer(self, _: Any) -> Thing:
        return Thing("Viewer", "the viewer")

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

    def Query_receipt(self, _: Any, code: str) -> Thing | None:
        # Codes are read as they are typed: small letters, letters for digits, with or without hyphens.
        typed = code.upper().replace("O", "0").replace("I", "1").replace("L", "1").replace("-", "").replace(" ", "")
        return next((Thing("Receipt", row) for row in self.world.receipt if row.code.replace("-", "") == typed), None)

    # ---- what several types share ------------------------------------------------------------------------------

    def any_id(self, row: Any) -> str:
        return f"{self.type_of(row)}_{row.id}"

    def type_of(self, row: Any) -> str:
        found = next(table for table, rows in self.world.tables.items() if any(other is row for other in rows))
        return next((type_ for type_ in NODES if table_of(type_) == found), found)

    def entry(self, row: Any) -> Any:
        return self.world.get("entry", row.id)

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
        day = self.now.astimezone(dt.UTC).date()
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

    def any_consultation(self, row: Any) -> Thing | None:
        return self.one("Consultation", row.consultation_id)

    def publisher(self, row: Any) -> Thing | None:
        return self.one("Body", row.body_id) or self.one("Organization", row.organization_id)

    Mandate_orderedBy = Consultation_publisher = publisher

    # ---- texts -------------------------------------------------------------------------------------------------

    def spoken(self, text: Any, language: str | None) -> str:
        tried = (language, "es") if language is not None else (*self.languages[:2], "es")
        return next((tag for tag in tried if tag in text["translations"]), text["source"])

    def LocalizedText_text(self, text: Any, language: str | None = None) -> str:
        return text["translations"][self.spoken(text, language)]["text"]  # type: ignore[no-any-return]

    def LocalizedText_language(self, text: Any, language: str | None = None) -> str:
        return self.spoken(text, language)

    def LocalizedText_sourceLanguage(self, text: Any) -> str:
        return text["source"]  # type: ignore[no-any-return]

    def LocalizedText_translations(self, text: Any) -> list[Thing]:
        return [
            Thing("Translation", {"language": tag, "text": words["text"], "origin": words["origin"].upper()})
            for tag, words in sorted(text["translations"].items())
        ]

    # ---- places and bodies -------------------------------------------------------------------------------------

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
        return row.due_on is not None and row.due_on < self.now.date() and not ended

    # ---- consultations -----------------------------------------------------------------------------------------

    def Consultation_state(self, row: Any) -> str:
        if row.state in UNPUBLISHED:
            return row.state.upper()  # type: ignore[no-any-return]
        if self.now < row.opens_at:
            return "SCHEDULED"
        return "OPEN" if self.now < row.closes_at else "CLOSED"

    def moment(self, row: Any, which: str) -> Thing:
        at, local = getattr(row, f"{which}s_at"), getattr(row, f"{which}s_local")
        declared = zoned(local)[:19]
        return Thing("Moment", {"instant": zoned(at), "declaredLocal": declared, "zone": row.zone})

    def Consultation_opening(self, row: Any) -> Thing:
        return self.moment(row, "open")

    def Consultation_closing(self, row: Any) -> Thing:
        return self.moment(row, "close")

    def Consultation_mandate(self, row: Any) -> Thing | None:
        return self.one("Mandate", row.mandate_id)

    def Consultation_territories(self, row: Any, **page: Any) -> Thing:
        ids = {link.territory_id for link in self.world.consultation_territory if link.consultation_id == row.id}
        rows = [place for place in self.world.territory if place.id in ids]
        return self.page("Territory", "Consultation.territories", rows, **page)

    def Consultation_revision(self, row: Any) -> Thing | None:
        own = [r for r in self.world.questionnaire_revision if r.consultation_id == row.id and r.state == "published"]
        newest = max(own, key=lambda revision: revision.number, default=None)
        return self.one("QuestionnaireRevision", newest.id) if newest else None

    def Consultation_revisions(self, row: Any, **page: Any) -> Thing:
        rows = [r for r in self.world.questionnaire_revision if r.consultation_id == row.id]
        return self.page("QuestionnaireRevision", "Consultation.revisions", rows, **page)

    def results_public(self, row: Any) -> bool:
        state = self.Consultation_state(row)
        return state == "CLOSED" or (state == "OPEN" and row.results_policy == "live")

    def Consultation_responseCount(self, row: Any) -> int | None:
        if not self.results_public(row):
            return None
        return sum(r.consultation_id == row.id and r.state == "accepted" for r in self.world.response)

    def Consultation_responses(self, row: Any, **page: Any) -> Thing:
        rows = [r for r in self.world.response if r.consultation_id == row.id]
        return self.page("Response", "Consultation.responses", rows, **page)

    def my_response(self, row: Any) -> Any:
        found = (r for r in self.world.response if r.consultation_id == row.id and r.state == "accepted")
        return next((response for response in found if self.own(response)), None)

    def Consultation_viewerHasResponded(self, row: Any) -> bool:
        return self.my_response(row) is not None

    def Consultation_viewerResponse(self, row: Any) -> Thing | None:
        response = self.my_response(row)
        return Thing("Response", response) if response else None

    # ---- questionnaires ----------------------------------------------------------------------------------------

    def QuestionnaireRevision_sections(self, row: Any) -> list[Thing]:
        own = [section for section in self.world.section if section.revision_id == row.id]
        return [Thing("Section", section) for section in sorted(own, key=lambda section: section.position)]

    def QuestionnaireRevision_questions(self, row: Any, **page: Any) -> Thing:
        rows = [question for question in self.world.question if question.revision_id == row.id]
        return self.page("Question", "QuestionnaireRevision.questions", rows, everything=True, **page)

    def Section_questions(self, row: Any, **page: Any) -> Thing:
        rows = [question for question in self.world.question if question.section_id == row.id]
        return self.page("Question", "Section.questions", rows, everything=True, **page)

    def offered(self, question: Any) -> list[Any]:
        own = [option for option in self.world.option if option.question_id == question.id]
        return sorted(own, key=lambda option: option.position)

    def Question_options(self, row: Any) -> list[Thing]:
        return [Thing("Option", option) for option in self.offered(row)]

    def Question_tally(self, row: Any) -> Thing | None:
        revision = self.world.get("questionnaire_revision", row.revision_id)
        consultation = self.world.get("consultation", revision and revision.consultation_id)
        return Thing("QuestionTally", row) if consultation and self.results_public(consultation) else None

    def counted(self, question: Any) -> list[Any]:
        accepted = {response.id for response in self.world.response if response.state == "accepted"}
        return [a for a in self.world.answer if a.lineage_id == question.lineage_id and a.response_id in accepted]

    def QuestionTally_answered(self, question: Any) -> int:
        return len(self.counted(question))

    def QuestionTally_options(self, question: Any) -> list[Thing]:
        counted = {(answer.response_id, answer.question_id) for answer in self.counted(question)}
        tallies = []
        for option in self.offered(question):
            choices = [c for c in self.world.answer_choice if c.option_code == option.code]
            count = sum((choice.response_id, choice.question_id) in counted for choice in choices)
            share = Decimal(count) / len(counted) if counted else None
            tally = {
                "code": option.code,
                "label": Thing("LocalizedText", option.label),
                "count": count,
                "share": None if share is None else float(share.quantize(Decimal("0.000001"), ROUND_HALF_UP)),
            }
            tallies.append(Thing("OptionTally", tally))
        return tallies

    # ---- responses ---------------------------------------------------------------------------------------------

    def Response_revision(self, row: Any) -> Thing | None:
        return self.one("QuestionnaireRevision", row.revision_id)

    def Response_mine(self, row: Any) -> bool:
        return self.own(row)

    def Response_answers(self, row: Any) -> list[Thing]:
        own = [answer for answer in self.world.answer if answer.response_id == row.id]
        asked = {question.id: question.position for question in self.world.question}
        return [Thing("Answer", answer) for answer in sorted(own, key=lambda answer: asked[answer.question_id])]

    def Answer_question(self, row: Any) -> Thing | None:
        return self.one("Question", row.question_id)

    def Answer_options(self, row: Any) -> list[str]:
        at = (row.response_id, row.question_id)
        own = [c for c in self.world.answer_choice if (c.response_id, c.question_id) == at]
        return sorted(choice.option_code for choice in own)

    def Receipt_state(self, row: Any) -> str:
        response = self.world.get("response", row.response_id)
        assert response is not None
        return str(response.state).upper()

    def Receipt_consultation(self, row: Any) -> Thing | None:
        response = self.world.get("response", row.response_id)
        return self.one("Consultation", response.consultation_id) if response else None

    # ---- what may happen next ----------------------------------------------------------------------------------

    def refusal_to_answer(self, row: Any) -> tuple[str, dict[str, Any]] | None:
        if self.viewer.person_id is None:
            return ("CLIENTS_DO_NOT_ANSWER" if self.viewer.client else "UNAUTHENTICATED"), {}
        if "responses:write" not in self.viewer.scopes:
            return "SCOPE_MISSING", {"scope": "responses:write"}
        if row.state in UNPUBLISHED:
            return "CONSULTATION_NOT_PUBLISHED", {}
        if row.identity_policy != "account":
            return "CONSULTATION_IMPORTED", {}
        if self.now < row.opens_at:
            return "CONSULTATION_NOT_OPEN_YET", {"opens_at": row.opens_at, "zone": row.zone}
        if self.now >= row.closes_at:
            return "CONSULTATION_CLOSED", {"closes_at": row.closes_at, "zone": row.zone}
        return None

    def refusal_to_publish(self, row: Any) -> tuple[str, dict[str, Any]] | None:
        if self.viewer.person_id is None:
            return "UNAUTHENTICATED", {}
        if "bodies:write" not in self.viewer.scopes:
            return "SCOPE_MISSING", {"scope": "bodies:write"}
        if row.body_id is None or ("coordinator", row.body_id) not in self.viewer.grants:
            return "COORDINATORS_ONLY", {}
        return None

    def transition(self, event: str, refusal: tuple[str, dict[str, Any]] | None) -> Thing:
        reason = None
        if refusal is not None:
            reason = Thing("Reason", {"code": refusal[0], "message": sentence(*refusal, self.languages)})
        shown = {"event": event, "label": label(event, self.languages), "allowed": refusal is None, "reason": reason}
        return Thing("Transition", shown)

    def Consultation_availableTransitions(self, row: Any) -> list[Thing]:
        found = []
        match self.Consultation_state(row):
            case "DRAFT" | "CHECKED":
                found.append(self.transition("schedule", self.refusal_to_publish(row)))
            case "SCHEDULED":
                facts = {"opens_at": row.opens_at, "zone": row.zone}
                found.append(self.transition("open", ("OPENS_BY_ITSELF", facts)))
            case "OPEN":
                facts = {"closes_at": row.closes_at, "zone": row.zone}
                found.append(self.transition("close", ("CLOSES_BY_ITSELF", facts)))
        responded = self.my_response(row) is not None
        refused = self.refusal_to_answer(row)
        again = refused or (("ALREADY_RESPONDED", {}) if responded else None)
        never = refused or (None if responded else ("NO_RESPONSE", {}))
        return [
            *found, self.transition("submit", again), self.transition("replace", never),
            self.transition("withdraw", never),
        ]  # fmt: skip

    def Response_availableTransitions(self, row: Any) -> list[Thing]:
        if row.state != "accepted":
            return []
        refused: tuple[str, dict[str, Any]] | None = ("NOT_YOUR_RESPONSE", {})
        if self.own(row):
            refused = self.refusal_to_answer(self.world.get("consultation", row.consultation_id))
        return [self.transition("replace", refused), self.transition("withdraw", refused)]

    # ---- the log and the viewer --------------------------------------------------------------------------------

    def Change_record(self, row: Any) -> Thing | None:
        entry = self.world.get("entry", row.entry_id)
        return self.one(entry.kind, entry.id) if entry is not None and self.published(entry.id) else None

    def Viewer_signedIn(self, _: Any) -> bool:
        return self.viewer.person_id is not None

    def Viewer_person(self, _: Any) -> Thing | None:
        return self.one("Person", self.viewer.person_id)

    def Viewer_scopes(self, _: Any) -> list[str]:
        return sorted(self.viewer.scopes)

    def Viewer_grants(self, _: Any) -> list[Thing]:
        ordered = sorted(self.viewer.grants, key=lambda grant: (grant[0], str(grant[1])))
        return [
            Thing("RoleGrant", {"role": role.upper(), "bodyId": f"Body_{body}" if body else None})
            for role, body in ordered
        ]

    def Viewer_responses(self, _: Any, **page: Any) -> Thing:
        return self.page("Response", "Viewer.responses", filter_own(self), **page)


def filter_own(reference: Reference) -> list[Any]:
    """Return the viewer's own responses."""
    return [response for response in reference.world.response if reference.own(response)]


def zoned(at: dt.datetime) -> str:
    """Return an instant as UTC in ISO 8601, always with its microseconds and four digits of a year."""
    day = f"{at.year:04}-{at.month:02}-{at.day:02}"
    return f"{day}T{at.hour:02}:{at.minute:02}:{at.second:02}.{at.microsecond:06}Z"


def compact(value: Any) -> bytes:
    """Return JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def bare(name: str) -> str:
    """Return a name without accents and in small letters."""
    letters = unicodedata.normalize("NFD", name.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def reference_schema(sdl: str) -> GraphQLSchema:
    """Return the schema of the reference: made of the printed contract alone."""
    schema = build_schema(sdl)
    schema.type_map["BigInt"].serialize = lambda value: value  # type: ignore[union-attr]
    return schema
