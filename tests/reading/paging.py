"""Lists, as plainly as they can be said: all rows, sorted, filtered, cut."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from graphql.pyutils import camel_to_snake

from tests.reading.ground import Refused, Thing, bare, compact, table_of, zoned
from tests.reading.parts import FACETED, part
from tests.reading.seeing import Seeing

BY_NAME = {"NAME_ASC": ("folded_name", False), "NAME_DESC": ("folded_name", True)}
BY_CREATION = {"CREATED_DESC": ("created_at", True), "CREATED_ASC": ("created_at", False)}
BY_NUMBER = {"NUMBER_ASC": ("number", False)}
BY_POSITION = {"POSITION_ASC": ("position", False)}
ORDERS: dict[str, dict[str, tuple[str, bool]]] = {
    "Territory": {**BY_NAME, "CODE_ASC": ("code", False)},
    "Organization": BY_NAME,
    "Body": BY_NAME,
    "BodyCharter": {"NUMBER_DESC": ("number", True), "NUMBER_ASC": ("number", False)},
    "ParityRule": {"ADOPTED_DESC": ("adopted_at", True)},
    "JoinRequest": {"SENT_DESC": ("sent_at", True), "SENT_ASC": ("sent_at", False)},
    "InterestDeclaration": {"DECLARED_DESC": ("declared_at", True), "DECLARED_ASC": ("declared_at", False)},
    "Seat": {"ORDINAL_ASC": ("ordinal", False)},
    "Membership": {"SINCE_DESC": ("valid_from", True), "SINCE_ASC": ("valid_from", False)},
    "Mandate": {**BY_CREATION, "DUE_ASC": ("due_or_never", False), "DUE_DESC": ("due_or_never", True)},
    "MandateNotice": BY_NUMBER,
    "Deliverable": {"DELIVERED_ASC": ("delivered_at", False)},
    "WorkProgramme": {"YEAR_DESC": ("year", True)},
    "Instrument": BY_CREATION,
    "Agreement": BY_CREATION,
    "InstrumentRevision": BY_NUMBER,
    "InstrumentRelation": BY_POSITION,
    "InstrumentSignature": {"SIGNED_ASC": ("signed_at", False)},
    "Document": {"POSITION_ASC": ("position", False), "PUBLISHED_DESC": ("published_at", True)},
    "Consultation": {
        "CLOSES_DESC": ("closes_at", True),
        "CLOSES_ASC": ("closes_at", False),
        "OPENS_DESC": ("opens_at", True),
        "OPENS_ASC": ("opens_at", False),
    },
    "TimetableNotice": {**BY_NUMBER, "NUMBER_DESC": ("number", True)},
    "QuestionnaireRevision": BY_NUMBER,
    "Question": BY_POSITION,
    "Response": {"RECEIVED_DESC": ("received_at", True), "RECEIVED_ASC": ("received_at", False)},
    "Representation": {"ASKED_DESC": ("asked_at", True), "ASKED_ASC": ("asked_at", False)},
    "LinkedIdentity": {"LINKED_DESC": ("linked_at", True)},
    "SignIn": {"SIGNED_IN_DESC": ("signed_in_at", True)},
    "Token": {"CREATED_DESC": ("created_at", True)},
    "Client": {"CREATED_DESC": ("created_at", True)},
    "RoleGrant": {"SINCE_DESC": ("valid_from", True)},
    "ResultRelease": BY_NUMBER,
    "ResultTable": BY_POSITION,
    "Session": {"STARTS_DESC": ("starts_at", True), "STARTS_ASC": ("starts_at", False)},
    "SessionRules": {"VERSION_DESC": ("version", True), "VERSION_ASC": ("version", False)},
    "Convocation": BY_NUMBER,
    "QuorumCount": {"COUNTED_ASC": ("counted_at", False)},
    "AgendaItem": BY_POSITION,
    "Attendance": {"CAME_ASC": ("came_at", False), "CAME_DESC": ("came_at", True)},
    "Recusal": {"DECLARED_ASC": ("declared_at", False)},
    "Motion": {**BY_NUMBER, "NUMBER_DESC": ("number", True)},
    "VoteEvent": {"OPENED_ASC": ("opened_at", False), "OPENED_DESC": ("opened_at", True)},
    "Observation": {"MADE_ASC": ("made_at", False)},
    "ActionItem": BY_NUMBER,
    "Study": BY_CREATION,
    "StudyMember": {"JOINED_ASC": ("joined_at", False)},
    "StudyMilestone": BY_NUMBER,
    "StudyRevision": BY_NUMBER,
    "Finding": {**BY_NUMBER, **BY_CREATION},
    "PeerReview": {"INVITED_ASC": ("invited_at", False), "INVITED_DESC": ("invited_at", True)},
    "StudyDataset": BY_POSITION,
    "ConsultationReport": BY_NUMBER,
    "Statement": BY_POSITION,
    "Change": {**BY_POSITION, "POSITION_DESC": ("position", True)},
}
"""By which column each type is put in order; the first is the default."""

WORDS = ("text", "name", "updatedSince", "lineageId", "dueBefore", "startsFrom", "startsBefore")
"""The filters whose values are words and no ids."""


NAMED = {"responsibleBody": "Body", "responsibleOrganization": "Organization"}
"""The types that filters name otherwise than by their own name."""


def named_by(key: str, node: str) -> str:
    """Return the type whose id a filter of a list of this type takes."""
    return node if key == "parent" else NAMED.get(key, key.capitalize())


class Paging(Seeing):
    """Pages of what the viewer may see."""

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
        """Return a page of a list, of whose rows only those count that may be seen."""
        if first is not None and last is not None:
            raise Refused
        if (after is not None and last is not None) or (before is not None and last is None):
            raise Refused
        name = orderBy or next(iter(ORDERS[type_]))
        column, descending = ORDERS[type_][name]
        unique = "position" if type_ == "Change" else "id"

        def place(row: Any) -> tuple[Any, ...]:
            return tuple(getattr(row, key) for key in dict.fromkeys((column, unique)))

        for key, value in (filter or {}).items():
            if isinstance(value, str) and key not in WORDS:
                # An id that is none of this type is refused, whether or not there is anything to filter.
                self.identified(value, named_by(key, type_))
        seen = [r for r in rows if everything or self.sees(type_, r)]
        seen = [r for r in seen if all(self.fits(type_, r, key, v) for key, v in (filter or {}).items())]
        seen.sort(key=lambda row: weight(place(row)), reverse=descending)
        given = before if last is not None else after
        start, end = 0, len(seen)
        if given is not None:
            at = weight(self.decoded(type_, f"{listing}:{name.lower()}", given, place))
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
        cursors = [self.encoded(f"{listing}:{name.lower()}", place(row)) for row in page]
        info = part(
            "PageInfo",
            hasNextPage=has_next,
            hasPreviousPage=has_previous,
            startCursor=cursors[0] if cursors else None,
            endCursor=cursors[-1] if cursors else None,
        )
        nodes = [Thing(type_, row) for row in page]
        edges = [part(f"{type_}Edge", cursor=at, node=node) for at, node in zip(cursors, nodes, strict=True)]
        whole = {"nodes": nodes, "edges": edges, "totalCount": len(seen), "pageInfo": info}
        # A facet counts the whole list, and only what of it may be seen.
        spread = {"facets": Thing(f"{type_}Facets", seen)} if type_ in FACETED else {}
        return part(f"{type_}Connection", **whole, **spread)

    # ---- cursors -----------------------------------------------------------------------------------------------

    def encoded(self, listing: str, place: tuple[Any, ...]) -> str:
        """Return the cursor of a place: base64url of `[1, tag, …]`, the tag a keyed digest of list and place."""
        parts = [zoned(p).replace("Z", "+00:00") if isinstance(p, dt.datetime) else p for p in place]
        parts = [str(part) if isinstance(part, UUID | dt.date) else part for part in parts]
        tag = self.keys.digest("cursor", listing.encode() + b"\0" + compact(parts))[:9]
        packed = compact([1, base64.urlsafe_b64encode(tag).decode(), *parts])
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")

    def decoded(
        self, type_: str, listing: str, cursor: str, place: Callable[[Any], tuple[Any, ...]]
    ) -> tuple[Any, ...]:
        """Return the place that a cursor names, found by encoding the place of every row that there may be."""
        for row in self.world.tables[table_of(type_)]:
            if self.encoded(listing, place(row)) == cursor:
                return place(row)
        raise Refused

    # ---- filters -----------------------------------------------------------------------------------------------

    def fits(self, type_: str, row: Any, key: str, value: Any) -> bool:
        """Whether a row has what a filter wants; a filter of its own type comes first."""
        if value is None:
            return True
        name = camel_to_snake(key)
        own = getattr(self, f"fits_{table_of(type_)}_{name}", None) or getattr(self, f"fits_any_{name}", None)
        if own is not None:
            return bool(own(row, value))
        if isinstance(value, list):
            return (getattr(row, name) or "").upper() in value
        return bool(getattr(row, f"{name}_id") == self.identified(value, named_by(key, type_)))

    def fits_any_parent(self, row: Any, value: str) -> bool:
        return bool(row.parent_id == self.identified(value, self.type_of(row)))

    def fits_any_territory(self, row: Any, value: str) -> bool:
        return self.identified(value, "Territory") in self.places(row)

    def fits_any_name(self, row: Any, value: str) -> bool:
        return bare(row.name).startswith(bare(value))

    def fits_any_text(self, row: Any, value: str) -> bool:
        return row.id in self.world.words[value]

    def fits_any_updated_since(self, row: Any, value: str) -> bool:
        return bool(self.entry(row).updated_at >= dt.datetime.fromisoformat(value))

    def fits_event_types(self, row: Any, value: list[str]) -> bool:
        return row.type in value

    def fits_any_lineage_id(self, row: Any, value: str) -> bool:
        return row.lineage_id is not None and str(row.lineage_id) == value

    def places(self, row: Any) -> set[UUID]:
        """Return the territories that a consultation is about, or that an organisation works in."""
        if hasattr(row, "territory_id"):
            return {row.territory_id}
        return {link.territory_id for link in self.world.consultation_territory if link.consultation_id == row.id}

    def fits_response_organization(self, row: Any, value: str) -> bool:
        """Whoever is not told which organisation answered does not find it out by asking for its responses."""
        return row.organization_id == self.identified(value, "Organization") and self.names_its_organization(row)

    def fits_response_marked(self, row: Any, value: bool) -> bool:
        """The mark is heard of by those who analyse; nobody else finds out by asking for what has it or has not."""
        return self.analyses(row.consultation_id) and (row.similar_to_id is not None) == value


def weight(at: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a place as it is sorted: words by their bytes."""
    return tuple(part.encode() if isinstance(part, str) else part for part in at)
