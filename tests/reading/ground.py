"""What every part of the reference stands on: the world, who asks, when, in which languages."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from graphql import GraphQLObjectType, GraphQLSchema
from graphql.pyutils import camel_to_snake

from hub.identity.tokens import digest
from hub.keys import Keyring
from tests.reading.body_worlds import roles_of
from tests.reading.worlds import NOW, World
from tests.talking import Somebody


class Refused(Exception):
    """The request itself is malformed: nothing of it is answered."""


@dataclass(frozen=True)
class Thing:
    """An object of a GraphQL type: the row it is, or whatever its fields are made of."""

    type: str
    row: Any


Hidden = Callable[[Thing, str], bool]
"""Which promises are broken on purpose: a field of a thing that is NULL although the schema says it never is."""


@dataclass(frozen=True)
class Bearer:
    """Who is asking, as the rows tell it."""

    person_id: UUID | None = None
    client_id: UUID | None = None
    scopes: frozenset[str] = frozenset()
    grants: tuple[tuple[str, UUID | None], ...] = ()
    represents: frozenset[UUID] = frozenset()
    """The organisations in whose name the person may answer."""
    verification: bytes | None = None
    """What stands for the natural person, where that was made sure of."""

    @property
    def signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def in_person(self) -> frozenset[bytes]:
        """As whom the viewer answers in their own name."""
        found = {self.person_id.bytes} if self.person_id else set()
        return frozenset(found | ({self.verification} if self.verification else set()))

    @property
    def identities(self) -> frozenset[bytes]:
        """As whom the viewer answers in any name."""
        return self.in_person | {organization.bytes for organization in self.represents}

    def holds_anywhere(self, *roles: str) -> bool:
        """Whether one of these roles is held in some body."""
        return any(role in roles and body is not None for role, body in self.grants)

    def holds(self, roles: tuple[str, ...], body_id: UUID | None) -> bool:
        """Whether one of these roles is held in this very body; no token holds any that is for the whole platform."""
        return body_id is not None and any(role in roles and body == body_id for role, body in self.grants)


class Ground:
    """One world, and one who looks at it."""

    def __init__(self, world: World, keys: Keyring, schema: GraphQLSchema) -> None:
        self.world, self.keys, self.schema = world, keys, schema
        self.now, self.languages, self.viewer = NOW, ("es",), Bearer()
        node = schema.type_map["Node"]
        self.nodes = tuple(type_.name for type_ in schema.get_possible_types(node))  # type: ignore[arg-type]
        """The types whose things have an id of their own."""
        tables = {table_of(name): name for name, type_ in schema.type_map.items() if is_object(type_)}
        self._types = {table: tables[table] for table in world.tables if table in tables}

    def bearer(self, by: Somebody, at: dt.datetime) -> Bearer:
        """Return who bears this token at this instant."""
        token = next((t for t in self.world.token if by.token and t.digest == digest(by.token)), None)
        if token is None:
            return Bearer(scopes=frozenset({"public:read"}))
        account = self.world.get("account", token.account_id)
        if account is None:
            return Bearer(client_id=token.client_id, scopes=frozenset(token.scopes))
        grants = [grant for grant in self.world.role_grant if grant.account_id == account.id]
        # No token is an administrator.
        grants = [g for g in grants if in_force(at, g.valid_from, g.valid_until) and g.role != "administrator"]
        claims = [claim for claim in self.world.verification_claim if claim.person_id == account.person_id]
        claims = [claim for claim in claims if in_force(at, claim.granted_at, claim.revoked_at or claim.expires_at)]
        newest = max(claims, key=lambda claim: claim.granted_at, default=None)
        return Bearer(
            account.person_id,
            scopes=frozenset(token.scopes),
            grants=(*((grant.role, grant.body_id) for grant in grants), *self.by_seats(account.person_id, at)),
            represents=frozenset(
                held.organization_id
                for held in self.world.representation
                if held.person_id == account.person_id
                and (held.state, "answer" in held.powers) == ("valid", True)
                and in_force(at, held.valid_from, held.valid_until)
            ),
            verification=newest.token if newest else None,
        )

    def by_seats(self, person_id: UUID, at: dt.datetime) -> list[tuple[str, UUID]]:
        """Return the roles that somebody holds by the seats in which they sit."""
        found = []
        for held in self.world.of("membership", person_id=person_id):
            if held.state == "active" and in_force(at, held.valid_from, held.valid_until):
                found += roles_of(self.world.get("seat", held.seat_id), held)
        return found

    # ---- rows and ids ------------------------------------------------------------------------------------------

    def type_of(self, row: Any) -> str:
        """Return the type whose thing a row is."""
        return self._types[self.world.table_of[id(row)]]

    def entry(self, row: Any) -> Any:
        """Return what the register says of a public thing."""
        return self.world.get("entry", row.id)

    def identified(self, id_: str, type_: str) -> UUID:
        """Return the identifier in an id that must be of this type."""
        found = self.named(id_)
        if found is None or found[0] != type_:
            raise Refused
        return found[1]

    @staticmethod
    def named(id_: str) -> tuple[str, UUID] | None:
        """Return the type and the identifier that an id names."""
        match = re.fullmatch(r"(?s)(.+)_([0-9a-fA-F-]{36})", id_)
        try:
            return (match[1], UUID(match[2])) if match else None
        except ValueError:
            return None


def table_of(type_: str) -> str:
    """Return the table that the rows of a type stand in."""
    return "event" if type_ == "Change" else camel_to_snake(type_)


def is_object(type_: Any) -> bool:
    return isinstance(type_, GraphQLObjectType)


def in_force(at: dt.datetime, since: dt.datetime, until: dt.datetime | None) -> bool:
    """Whether an instant lies in a half-open interval; without an end, it still runs."""
    return since <= at and (until is None or at < until)


def zoned(at: dt.datetime) -> str:
    """Return an instant as UTC in ISO 8601, always with its microseconds and four digits of a year."""
    day = f"{at.year:04}-{at.month:02}-{at.day:02}"
    return f"{day}T{at.hour:02}:{at.minute:02}:{at.second:02}.{at.microsecond:06}Z"


def unzoned(local: dt.datetime) -> str:
    """Return what a clock showed, without parts of a second that are none."""
    return zoned(local).removesuffix("Z").rstrip("0").rstrip(".")


def zoned_day(day: dt.date) -> str:
    """Return a day in ISO 8601, with four digits of a year."""
    return f"{day.year:04}-{day.month:02}-{day.day:02}"


def compact(value: Any) -> bytes:
    """Return JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def bare(name: str) -> str:
    """Return a name without accents and in small letters."""
    letters = unicodedata.normalize("NFD", name.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def typed(code: str) -> str:
    """Return the bare characters of a code, however it was typed: letters that look like digits, hyphens or none."""
    return code.upper().replace("O", "0").replace("I", "1").replace("L", "1").replace("-", "").replace(" ", "")
