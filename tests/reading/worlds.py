"""Small random worlds: every state, every null, texts and times at their extremes.

A world is written row by row past the activities (they would never allow most of it), and read back whole into plain
Python rows: what the reference executor looks at.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import asyncpg

from hub.consultations.pseudonyms import pseudonym
from hub.consultations.receipts import written
from hub.database.address import plain
from hub.identity.tokens import digest, new_token
from hub.keys import Keyring
from hub.people.naming import folded
from hub.viewer import Scope
from tests.talking import Somebody

NOW = dt.datetime(2026, 8, 15, 12, 34, 56, 789012, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)

WORDS = ("agua", "transparencia", "árbol", "niño", "gobierno abierto", "Ñuñoa", "presupuesto", "luz")
LANGUAGES = ("es", "en", "nah", "es-MX", "esa", "yua")
EXTREMES = (
    'He said "no"',
    "back\\slash \\u0041 \\n",
    "two\nlines\r\nand\ttab",
    "astral 🜁🏳️‍🌈 𝒳",
    "'; DROP TABLE entry; --",
    "</script><!-- & %s {0} $1 :name",
    "\u2028\u2029\u0085\ufffe\u200f",
    "n\u0303 e\u0301 combining",
    "x" * 5_000,
    " edge spaces ",
    "null",
    "{}[],:",
)
# The driver takes Python's first and last moments for PostgreSQL's infinities; these are the ones next to them.
LONG_AGO = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
FAR_AHEAD = dt.datetime(9999, 12, 30, 23, 59, 59, 999999, tzinfo=dt.UTC)

TABLES = (
    "territory", "person", "account", "client", "token", "role_grant", "entry", "dated_name", "body", "organization",
    "mandate", "consultation", "consultation_territory", "consultation_key", "questionnaire_revision", "section",
    "question", "option", "participation", "response", "answer", "answer_choice", "receipt", "event",
)  # fmt: skip


@dataclass
class World:
    """All rows of a database as plain objects, and the truth that the database does not tell."""

    tables: dict[str, list[SimpleNamespace]] = field(default_factory=dict)
    viewers: list[Somebody] = field(default_factory=list)
    owners: dict[UUID, UUID] = field(default_factory=dict)
    """Who takes part, by participation, where the consultation's key still lives."""
    words: dict[str, frozenset[UUID]] = field(default_factory=dict)
    """What PostgreSQL's own search finds for each of these words."""

    def __getattr__(self, name: str) -> list[SimpleNamespace]:
        """Return the rows of a table."""
        try:
            return self.__dict__["tables"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(name) from None

    def get(self, table: str, id_: UUID | None) -> SimpleNamespace | None:
        """Return the row with this id."""
        return next((row for row in self.tables[table] if row.id == id_), None)


class Maker:
    """Makes the rows of one world."""

    def __init__(self, chance: random.Random, keys: Keyring) -> None:
        self.chance, self.keys = chance, keys
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self.world = World()

    # ---- small things ------------------------------------------------------------------------------------------

    def id(self) -> UUID:
        """An identifier that is the same in every run of the same seed."""
        return UUID(int=self.chance.getrandbits(128), version=4)

    def maybe(self, value: Any, likely: float = 0.5) -> Any:
        return value if self.chance.random() < likely else None

    def words(self) -> str:
        if self.chance.random() < 0.3:
            return self.chance.choice(EXTREMES)
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(1, 4))).capitalize()

    def localized(self) -> dict[str, Any]:
        languages = self.chance.sample(LANGUAGES, self.chance.randint(1, 4))
        if self.chance.random() < 0.6 and "es" not in languages:
            languages.append("es")
        origin = ("human", "machine", "machine_reviewed")
        translations = {tag: {"text": self.words(), "origin": self.chance.choice(origin)} for tag in languages}
        return {"source": self.chance.choice(languages), "translations": translations}

    def instant(self) -> dt.datetime:
        """A moment near now, often the same as another one, seldom at the ends of time."""
        if self.chance.random() < 0.1:
            return self.chance.choice((LONG_AGO, FAR_AHEAD, dt.datetime(1582, 10, 14, tzinfo=dt.UTC)))
        if self.chance.random() < 0.3:
            return NOW + self.chance.choice((-1, 0, 1)) * DAY
        return NOW + dt.timedelta(microseconds=self.chance.randint(-(10**13), 10**13))

    def day(self) -> dt.date:
        if self.chance.random() < 0.2:
            return self.chance.choice((LONG_AGO.date(), FAR_AHEAD.date(), NOW.date()))
        return NOW.date() + dt.timedelta(days=self.chance.randint(-2000, 400))

    def add(self, table: str, **values: Any) -> dict[str, Any]:
        self.rows[table].append(values)
        return values

    def one_of(self, table: str, likely: float = 1.0) -> Any:
        ids = [row["id"] for row in self.rows[table]]
        return self.chance.choice(ids) if ids and self.chance.random() < likely else None

    # ---- the world ---------------------------------------------------------------------------------------------

    def make(self) -> World:
        self.territories()
        self.people()
        for _ in range(5):
            self.body()
        for _ in range(7):
            self.organization()
        self.viewers()
        for _ in range(7):
            self.mandate()
        for _ in range(11):
            self.consultation()
        self.events()
        return self.world

    def entry(self, kind: str) -> UUID:
        title, chance = self.localized(), self.chance
        public = chance.random() < 0.75
        entry = self.add(
            "entry",
            id=self.id(),
            kind=kind,
            folio=f"F/{kind[:3]}/{chance.randint(0, 10**9)}" if public and chance.random() < 0.6 else None,
            body_id=None,
            visibility="public" if public else "body",
            title=title,
            search=" ".join(words["text"] for words in title["translations"].values()),
            published_at=self.instant() if public else None,
            updated_at=self.instant(),
            hidden_at=self.maybe(NOW, 0.12),
            withdrawn_at=self.maybe(NOW, 0.12),
            created_via="api",
            source_url=None,
            imported_from=None,
        )
        return UUID(str(entry["id"]))

    def names(self, entry_id: UUID) -> None:
        days = sorted({self.day() for _ in range(self.chance.randint(0, 3))})
        for n, day in enumerate(days):
            following = days[n + 1] if n + 1 < len(days) else None
            until = following
            if following is None and self.chance.random() < 0.3 and day < dt.date(9999, 1, 1):
                until = day + dt.timedelta(days=self.chance.randint(1, 900))
            self.add(
                "dated_name", id=self.id(), entry_id=entry_id, name=self.localized(),
                acronym=self.maybe(self.words()), valid_from=day, valid_until=until,
            )  # fmt: skip

    def territories(self) -> None:
        kinds = ("country", "state", "municipality")
        names = ("Ñuñoa", "Nuevo León", "Álamos", "Bácum", "Oaxaca", "San Juan, el Alto", "nuñez", "Nuevo León")
        for n in range(14):
            name = self.chance.choice(names) if self.chance.random() < 0.8 else self.words()
            self.add(
                "territory", id=self.id(), kind=self.chance.choice(kinds), code=f"{n:02d}", name=name,
                folded_name=folded(name), abbreviation=self.maybe(self.words()),
                former_names=[self.words() for _ in range(self.chance.randint(0, 2))],
                parent_id=self.one_of("territory", 0.7),
                population=self.maybe(self.chance.choice((0, 5, 2**31 - 1))), catalogue=self.words(),
            )  # fmt: skip

    def people(self) -> None:
        for _ in range(6):
            person = self.add(
                "person", id=self.id(), display_name=self.words(), public_profile=self.chance.random() < 0.4,
                languages=self.chance.sample(LANGUAGES, self.chance.randint(0, 2)), created_on=NOW.date(),
            )  # fmt: skip
            self.add(
                "account", id=self.id(), person_id=person["id"], state="active", locale="es", zone="America/Tijuana"
            )

    def body(self) -> None:
        id_ = self.entry("Body")
        name = self.words()
        kinds = ("commission", "working_group", "forum", "joint_commissions")
        self.add(
            "body", id=id_, kind=self.chance.choice(kinds), state=self.chance.choice(("planned", "constituted")),
            parent_id=self.one_of("body", 0.6), predecessor_id=self.one_of("body", 0.4),
            remit=self.maybe(self.localized()), legal_basis=self.maybe(self.localized()), folded_name=folded(name),
        )  # fmt: skip
        self.names(id_)

    def organization(self) -> None:
        id_ = self.entry("Organization")
        kinds = ("authority", "guarantor", "civil_society", "media")
        self.add(
            "organization", id=id_, kind=self.chance.choice(kinds),
            level=self.maybe(self.chance.choice(("federal", "state", "municipal"))),
            branch=self.maybe(self.chance.choice(("executive", "autonomous"))),
            state=self.chance.choice(("proposed", "verified", "inactive")),
            territory_id=self.one_of("territory", 0.6), predecessor_id=self.one_of("organization", 0.4),
            website=self.maybe(self.words()), folded_name=folded(self.words()),
        )  # fmt: skip
        self.names(id_)

    def token(self, name: str, scopes: Iterable[str], **bearer: Any) -> str:
        secret = new_token()
        self.add(
            "token", id=self.id(), digest=digest(secret), account_id=None, client_id=None, name=name,
            scopes=sorted(scopes), created_at=LONG_AGO, expires_at=FAR_AHEAD, revoked_at=None,
        )  # fmt: skip
        self.rows["token"][-1] |= bearer
        return secret

    def viewers(self) -> None:
        every = [scope.value for scope in Scope]
        roles = ("coordinator", "secretary", "analyst", "administrator")
        for n, account in enumerate(self.rows["account"]):
            for _ in range(0 if n < 2 else self.chance.randint(1, 2)):
                role = self.chance.choice(roles)
                ended = self.chance.random() < 0.2
                self.add(
                    "role_grant", id=self.id(), account_id=account["id"], role=role,
                    body_id=None if role == "administrator" else self.one_of("body"), granted_by=None,
                    valid_from=NOW - 900 * DAY, valid_until=NOW - DAY if ended else None,
                )  # fmt: skip
            scopes = every if self.chance.random() < 0.7 else self.chance.sample(every, 2)
            secret = self.token("account", scopes, account_id=account["id"])
            self.world.viewers.append(Somebody(f"account {n}", secret))
        client = self.add("client", id=self.id(), organization_id=None, name="Mapa", purpose="Mirar")
        self.world.viewers.append(Somebody("a client", self.token("client", every[:1], client_id=client["id"])))
        self.world.viewers.append(Somebody("a visitor"))

    def publisher(self) -> dict[str, Any]:
        by_body = self.chance.random() < 0.6
        return {
            "body_id": self.one_of("body") if by_body else None,
            "organization_id": None if by_body else self.one_of("organization"),
        }

    def mandate(self) -> None:
        id_ = self.entry("Mandate")
        states = ("proposed", "ordered", "in_progress", "delivered", "discharged", "cancelled")
        self.add(
            "mandate", id=id_, kind="consultation", origin=self.chance.choice(("own_initiative", "import")),
            state=self.chance.choice(states), **self.publisher(), title=self.rows["entry"][-1]["title"],
            reason=self.localized(), question=self.maybe(self.localized()), due_on=self.maybe(self.day()),
            created_at=self.instant(),
        )  # fmt: skip

    def consultation(self) -> None:
        id_, chance = self.entry("Consultation"), self.chance
        opens = self.instant()
        closes = chance.choice((NOW, NOW + DAY, opens + 9 * SECOND if opens < FAR_AHEAD else opens, FAR_AHEAD))
        if closes <= opens:
            opens = closes - DAY
        state = chance.choice(("draft", "checked", "scheduled", "open", "closed"))
        self.add(
            "consultation", id=id_, mandate_id=self.one_of("mandate"), **self.publisher(), kind="questionnaire",
            state=state, title=self.rows["entry"][-1]["title"], purpose=self.localized(),
            scope=self.maybe(self.localized()), privacy_notice=self.maybe(self.localized()),
            attribution=self.maybe(self.localized()), source_language="es",
            identity_policy=chance.choice(("account", "account", "imported")),
            results_policy=chance.choice(("live", "after_closing")), opens_at=opens,
            opens_local=opens.replace(tzinfo=None, microsecond=0), closes_at=closes,
            closes_local=closes.replace(tzinfo=None, microsecond=0),
            zone=chance.choice(("America/Mexico_City", "UTC", "America/Tijuana")), created_at=self.instant(),
        )  # fmt: skip
        for territory in chance.sample(self.rows["territory"], chance.randint(0, 5)):
            self.add("consultation_territory", consultation_id=id_, territory_id=territory["id"])
        key = SimpleNamespace(consultation_id=id_, wrapped=self.keys.wrap(chance.randbytes(32), about=id_.bytes))
        living = chance.random() < 0.8
        if living:
            self.add("consultation_key", consultation_id=id_, wrapped=key.wrapped)
        revisions = self.revisions(id_)
        if revisions:
            self.responses(id_, revisions, key, living=living)

    def revisions(self, consultation_id: UUID) -> list[dict[str, Any]]:
        chances = ((), ("draft",), ("published",), ("superseded", "published"), ("superseded", "published", "draft"))
        states = self.chance.choice((*chances, ("published",)))
        lineages = [self.id() for _ in range(6)]
        found = []
        for number, state in enumerate(states, start=1):
            fixed = state != "draft"
            revision = self.add(
                "questionnaire_revision", id=self.id(), consultation_id=consultation_id, number=number,
                revision_class="initial", state=state, content_hash="sha256:00" if fixed else None,
                published_at=self.instant() if fixed else None,
            )  # fmt: skip
            found.append(revision)
            self.questions(revision, lineages)
        return found

    def questions(self, revision: dict[str, Any], lineages: list[UUID]) -> None:
        count = 0
        for position in range(self.chance.randint(1, 2)):
            section = self.add(
                "section", id=self.id(), revision_id=revision["id"], position=position, title=self.localized(),
                introduction=self.maybe(self.localized()),
            )  # fmt: skip
            for _ in range(self.chance.randint(0, 3)):
                kind = self.chance.choice(("single_choice", "multiple_choice", "text"))
                question = self.add(
                    "question", id=self.id(), revision_id=revision["id"], section_id=section["id"],
                    lineage_id=lineages[count], position=count, code=f"q{count}", kind=kind, title=self.localized(),
                    hint=self.maybe(self.localized()), required=self.chance.random() < 0.5,
                    max_length=self.maybe(500) if kind == "text" else None,
                    min_choices=self.maybe(1), max_choices=self.maybe(2),
                    source_moderation=self.maybe(self.chance.choice(("accepted", "rejected", "unreviewed"))),
                )  # fmt: skip
                count += 1
                for place in range(0 if kind == "text" else self.chance.randint(1, 3)):
                    self.add(
                        "option", id=self.id(), question_id=question["id"], position=place, code=f"o{place}",
                        label=self.localized(),
                    )  # fmt: skip

    def responses(self, consultation_id: UUID, revisions: list[Any], key: Any, *, living: bool) -> None:
        people = self.chance.sample(self.rows["person"], self.chance.randint(0, 6))
        for person in people:
            name = pseudonym(person["id"], self.keys, key)
            part = self.add("participation", id=self.id(), consultation_id=consultation_id, pseudonym=name)
            if living:
                self.world.owners[part["id"]] = person["id"]
            states = self.chance.choice(
                (("accepted",), ("withdrawn",), ("replaced", "accepted"), ("withdrawn", "replaced", "accepted"), ())
            )
            for state in states:
                self.response(consultation_id, self.chance.choice(revisions), state, part["id"])
        for _ in range(self.chance.randint(0, 3)):
            self.response(consultation_id, self.chance.choice(revisions), "accepted", None)

    def response(self, consultation_id: UUID, revision: Any, state: str, participation_id: UUID | None) -> None:
        chance = self.chance
        response = self.add(
            "response", id=self.id(), consultation_id=consultation_id, revision_id=revision["id"],
            participation_id=participation_id, state=state,
            respondent_kind="individual" if participation_id else "anonymous",
            channel=chance.choice(("api", "import", "demonstration")),
            consent=chance.choice(("without_name", "without_name", "not_published")), language="es",
            received_at=self.instant(), salt=b"\0" * 16, content_hash="sha256:11", replaces_id=None, imported_from=None,
        )  # fmt: skip
        counted = state == "accepted"
        for question in [q for q in self.rows["question"] if q["revision_id"] == revision["id"]]:
            if chance.random() < 0.3:
                continue
            at = {"response_id": response["id"], "question_id": question["id"], "lineage_id": question["lineage_id"]}
            text = self.words() if question["kind"] == "text" else None
            self.add("answer", **at, text=text, counted=counted)
            codes = [o["code"] for o in self.rows["option"] if o["question_id"] == question["id"]]
            for code in chance.sample(codes, chance.randint(0, len(codes))):
                self.add("answer_choice", **at, option_code=code, counted=counted)
        if chance.random() < 0.8:
            self.add(
                "receipt", code=written(self.chance.getrandbits(80)), response_id=response["id"],
                content_hash="sha256:11", issued_at=response["received_at"],
            )  # fmt: skip

    def events(self) -> None:
        types = ("ConsultationScheduled", "ConsultationOpened", "BodyRegistered", "ResponseSubmitted")
        for _ in range(25):
            self.add(
                "event", at=self.instant(), type=self.chance.choice(types), entity_id=self.id(),
                entry_id=self.one_of("entry", 0.8), actor_account_id=None, actor_client_id=None, request_id=None,
                machine=None, source=None, move=None, target=None, facts={}, public=self.chance.random() < 0.8,
            )  # fmt: skip


async def made(url: str, chance: random.Random, keys: Keyring) -> World:
    """Write a random world into an empty database, and return it as it stands there."""
    maker = Maker(chance, keys)
    maker.make()
    connection = await asyncpg.connect(plain(url))
    try:
        # Rows are written without their triggers and references in order: the guards would refuse this world.
        await connection.execute("SET session_replication_role = replica")
        for table, rows in maker.rows.items():
            if rows:
                await connection.executemany(*_insertion(table, rows))
        await connection.execute("ANALYZE")
        await _read_back(connection, maker.world)
    finally:
        await connection.close()
    return maker.world


def _insertion(table: str, rows: list[dict[str, Any]]) -> tuple[str, list[list[Any]]]:
    names = list(rows[0])
    places = [f"${n}" for n in range(1, len(names) + 1)]
    if "search" in names:
        n = names.index("search")
        places[n] = f"to_tsvector('hub_spanish', {places[n]})"
    statement = f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({", ".join(places)})'
    return statement, [[json.dumps(v) if isinstance(v, dict) else v for v in (row[n] for n in names)] for row in rows]


async def _read_back(connection: asyncpg.Connection, world: World) -> None:
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads)
    for table in TABLES:
        rows = await connection.fetch(f'SELECT * FROM "{table}"')
        world.tables[table] = [SimpleNamespace(**dict(row)) for row in rows]
    for words in WORDS:
        query = "SELECT id FROM entry WHERE search @@ websearch_to_tsquery('hub_spanish', $1)"
        world.words[words] = frozenset(row["id"] for row in await connection.fetch(query, words))
