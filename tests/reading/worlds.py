"""Small random worlds: every state, every null, texts and times at their extremes.

A world is written row by row past the activities (they would never allow most of it), and read back whole into plain
Python rows: what the reference executor looks at.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import asyncpg

import hub.models  # noqa: F401 - registers every table
from hub.consultations.pseudonyms import pseudonym
from hub.consultations.receipts import written
from hub.database.address import plain
from hub.database.base import Base
from hub.identity.tokens import digest, new_token
from hub.keys import Keyring
from hub.people.naming import folded
from hub.viewer import Scope
from tests.reading.agreement_worlds import agreements
from tests.reading.body_worlds import seats
from tests.reading.file_worlds import documents
from tests.reading.instrument_worlds import instruments
from tests.reading.report_worlds import LATER, answers, owed
from tests.reading.result_worlds import invitations, results
from tests.reading.rules import RULES
from tests.reading.session_worlds import sessions
from tests.reading.study_worlds import studies
from tests.reading.vote_worlds import votes
from tests.talking import Somebody

SEEDS = (2, 6)
"""The worlds that are looked at: what one of them lacks the other has, public counts of each kind of question too."""

OTHER_SEEDS = (47, 59)
"""The worlds in which promises are broken."""

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
    "territory",
    "person",
    "account",
    "client",
    "token",
    "sign_in",
    "linked_identity",
    "role_grant",
    "entry",
    "dated_name",
    "body",
    "organization",
    "body_territory",
    "body_charter",
    "representation",
    "verification_claim",
    "mandate",
    "consultation",
    "consultation_territory",
    "consultation_key",
    "timetable_notice",
    "questionnaire_revision",
    "section",
    "question",
    "option",
    "matrix_row",
    "participation",
    "response",
    "answer",
    "answer_choice",
    "receipt",
    "response_draft",
    "invitation",
    "result_release",
    "result_table",
    "result_cell",
    "consultation_report",
    "statement",
    "seat",
    "membership",
    "parity_rule",
    "join_request",
    "interest_declaration",
    "session_rules",
    "session",
    "convocation",
    "quorum_count",
    "agenda_item",
    "attendance",
    "recusal",
    "minutes",
    "minutes_revision",
    "minutes_signature",
    "minutes_addendum",
    "observation",
    "motion",
    "vote_event",
    "voting_seat",
    "vote",
    "sector_count",
    "action_item",
    "study",
    "study_member",
    "study_milestone",
    "study_revision",
    "study_section",
    "finding",
    "finding_answer",
    "peer_review",
    "study_dataset",
    "dataset_column",
    "stored_file",
    "document",
    "instrument",
    "instrument_revision",
    "instrument_section",
    "instrument_order",
    "instrument_relation",
    "instrument_signature",
    "mandate_notice",
    "deliverable",
    "work_programme",
    "work_programme_line",
    "agreement",
    "agreement_party",
    "agreement_obligation",
    "agreement_renewal",
    "event",
)
KINDS = {
    "short_text": "text", "long_text": "text", "single_choice": "options", "multiple_choice": "options",
    "ranking": "ranking", "scale": "scale", "matrix": "rows", "number": "number", "date": "day",
    "place": "territory_id", "file": "file", "notice": "nothing", "consent": "agreed",
}  # fmt: skip
"""How a question of each kind is answered."""

STATES = ("draft", "checked", "scheduled", "open", "suspended", "closed", "withdrawn")
NUMBERS = ("0", "5", "-5", "0.5", "2.500000", "0.000001", "-0.000001", "1000000", "123456789.123456", "100")
CONSENTS = ("with_name", "organization_name", "without_name", "not_published")
CHANNELS = ("web", "api", "email", "paper", "hearing", "assisted", "import", "demonstration")


@dataclass
class World:
    """All rows of a database as plain objects, and the truth that the database does not tell."""

    tables: dict[str, list[SimpleNamespace]] = field(default_factory=dict)
    viewers: list[Somebody] = field(default_factory=list)
    identities: dict[UUID, bytes] = field(default_factory=dict)
    """What identifies whoever a participation or a draft belongs to, where the consultation's key still lives."""
    secrets: dict[str, str] = field(default_factory=dict)
    """The secret of each draft that a code finds."""
    words: dict[str, frozenset[UUID]] = field(default_factory=dict)
    """What PostgreSQL's own search finds for each of these words."""
    table_of: dict[int, str] = field(default_factory=dict)
    """The table that each row object stands in, by the object's identity."""
    found: dict[str, dict[UUID, SimpleNamespace]] = field(default_factory=dict)
    grouped: dict[tuple[str, str], dict[Any, list[SimpleNamespace]]] = field(default_factory=dict)

    def __getattr__(self, name: str) -> list[SimpleNamespace]:
        """Return the rows of a table."""
        try:
            return self.__dict__["tables"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(name) from None

    def get(self, table: str, id_: UUID | None) -> Any:
        """Return the row with this id."""
        if table not in self.found:
            self.found[table] = {row.id: row for row in self.tables[table]}
        return self.found[table].get(id_) if id_ is not None else None

    def of(self, table: str, **named: Any) -> list[Any]:
        """Return the rows that name this value in this column."""
        ((column, value),) = named.items()
        if (table, column) not in self.grouped:
            groups = self.grouped[table, column] = defaultdict(list)
            for row in self.tables[table]:
                groups[getattr(row, column)].append(row)
        return self.grouped[table, column].get(value, [])


class Maker:
    """Makes the rows of one world."""

    def __init__(self, chance: random.Random, keys: Keyring) -> None:
        self.chance, self.keys = chance, keys
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self.world = World()
        self.turns: dict[tuple[str, str], Any] = defaultdict(lambda: count(chance.randrange(100)))

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

    def rule(self) -> str:
        """A display rule; any other text would not have been stored."""
        return list(RULES)[len(self.words()) % len(RULES)]

    def localized(self) -> dict[str, Any]:
        languages = self.chance.sample(LANGUAGES, self.chance.randint(1, 4))
        if self.chance.random() < 0.6 and "es" not in languages:
            languages.append("es")
        return {"source": self.chance.choice(languages), "translations": {tag: self.version() for tag in languages}}

    def version(self) -> dict[str, str]:
        origin = self.chance.choice(("human", "machine", "machine_reviewed"))
        easy = {"easy": self.words()} if self.chance.random() < 0.3 else {}
        return {"text": self.words(), "origin": origin, **easy}

    def instant(self) -> dt.datetime:
        """A moment near now, often the same as another one, seldom at the ends of time."""
        if self.chance.random() < 0.1:
            return self.chance.choice((LONG_AGO, FAR_AHEAD, dt.datetime(1582, 10, 14, tzinfo=dt.UTC)))
        if self.chance.random() < 0.3:
            return NOW + self.chance.choice((-1, 0, 1)) * DAY
        return NOW + dt.timedelta(microseconds=self.chance.randint(-(10**13), 10**13))

    def code(self, table: str, column: str) -> str:
        """One of the codes of an enumeration, whichever there are by now; one after the other, so that none lacks."""
        codes = Base.metadata.tables[table].columns[column].type.enums
        return codes[next(self.turns[table, column]) % len(codes)]

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
        for _ in range(7):
            self.body()
        for _ in range(8):
            self.organization()
        self.standing()
        self.viewers()
        for _ in range(7):
            self.mandate()
        for state in self.chance.sample((*STATES, *STATES), 14):
            self.consultation(state)
        for state in LATER:
            self.consultation(state)
        self.events()
        for person, account in zip(self.rows["person"], self.rows["account"], strict=True):
            self.sign_ins(person, account)
        for body in self.rows["body"]:
            seats(self, body)
        studies(self)
        sessions(self, NOW)
        votes(self, NOW)
        instruments(self)
        agreements(self)
        documents(self)
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
        names = ("Ñuñoa", "Nuevo León", "Álamos", "Bácum", "Oaxaca", "San Juan, el Alto", "nuñez", "Nuevo León")
        for n in range(14):
            name = self.chance.choice(names) if self.chance.random() < 0.8 else self.words()
            self.add(
                "territory", id=self.id(), kind=self.code("territory", "kind"), code=f"{n:02d}", name=name,
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
        self.add(
            "body", id=id_, kind=self.code("body", "kind"), state=self.code("body", "state"),
            parent_id=self.one_of("body", 0.6), predecessor_id=self.one_of("body", 0.4),
            remit=self.maybe(self.localized()), legal_basis=self.maybe(self.localized()), state_reason=None,
            folded_name=folded(name),
        )  # fmt: skip
        self.names(id_)

    def organization(self) -> None:
        id_ = self.entry("Organization")
        self.add(
            "organization", id=id_, kind=self.code("organization", "kind"),
            level=self.maybe(self.code("organization", "level"), 0.8),
            branch=self.maybe(self.code("organization", "branch"), 0.8), state=self.code("organization", "state"),
            territory_id=self.one_of("territory", 0.6), predecessor_id=self.one_of("organization", 0.4),
            website=self.maybe(self.words()), folded_name=folded(self.words()),
        )  # fmt: skip
        self.names(id_)

    def standing(self) -> None:
        """Let people speak for organisations, and be known as natural persons: now, once, not yet, no longer."""
        for person in self.rows["person"]:
            for organization in self.chance.sample(self.rows["organization"], self.chance.randint(1, 5)):
                state = self.code("representation", "state") if self.chance.random() < 0.7 else "valid"
                days = self.chance.choice((900, 900, 0, -1)), self.chance.choice((None, None, 0, -1, 900))
                begun, ends = state != "pending", days[1] is not None and days[1] >= -days[0]
                self.add(
                    "representation", id=self.id(), person_id=person["id"], organization_id=organization["id"],
                    powers=self.chance.choice((["answer"], ["answer", "vote"], ["answer"], ["publish"], [])),
                    state=state, evidence=self.words(), decision_reason=self.maybe(self.words()),
                    asked_at=self.instant(), valid_from=NOW - days[0] * DAY if begun else None,
                    valid_until=NOW + days[1] * DAY if begun and ends else None,
                )  # fmt: skip
            for n in range(self.chance.choice((0, 0, 1, 2))):
                # The same natural person may come by several accounts.
                known = [claim["token"] for claim in self.rows["verification_claim"]]
                token = self.chance.choice(known) if known and self.chance.random() < 0.2 else self.chance.randbytes(32)
                granted = NOW - (900 - n - 900 * self.chance.choice((0, 0, 0, 1))) * DAY
                self.add(
                    "verification_claim", id=self.id(), person_id=person["id"], method="in_person", token=token,
                    granted_at=granted, expires_at=granted + self.chance.choice((1, 2_000, 2_000)) * DAY,
                    revoked_at=self.maybe(granted + DAY / 2, 0.15),
                )  # fmt: skip

    def sign_ins(self, person: dict[str, Any], account: dict[str, Any]) -> None:
        """Let somebody be signed in, or have been, and have made tokens that nobody uses any more."""
        for _ in range(self.chance.randint(0, 3)):
            since = NOW - self.chance.randint(-2, 40) * DAY
            self.add(
                "sign_in", id=self.id(), digest=self.chance.randbytes(32), account_id=account["id"],
                person_id=person["id"], method="mail", signed_in_at=since, last_used_at=self.instant(),
                expires_at=since + 30 * DAY, ended_at=self.maybe(self.instant()), assurance="email", provider=None,
                acr=None, subject_digest=None, session_digest=None, confirmed_at=None,
            )  # fmt: skip
            self.by_provider(self.rows["sign_in"][-1])
            self.token(self.words(), ("public:read",), account_id=account["id"])
            unused = {"created_at": self.instant(), "last_used_at": self.maybe(self.instant())}
            self.rows["token"][-1] |= {**unused, "revoked_at": self.maybe(self.instant())}

    def client(self, name: str, organization_id: UUID | None, **known: Any) -> dict[str, Any]:
        """A program; one that asks has not ended, and may do whatever its token may."""
        client = self.add(
            "client", id=self.id(), organization_id=organization_id, name=name, purpose=self.words(),
            contact=self.maybe("mapa@correo.example"), language="es", scopes=[scope.value for scope in Scope],
            redirect_uris=self.maybe(["https://mapa.example/vuelta"]) or [], created_at=self.instant(),
            expires_at=None, ended_at=None, end_reason=None,
        )  # fmt: skip
        client.update(known)
        return client

    def by_provider(self, row: dict[str, Any]) -> None:
        """Let some sign-ins be by an identity provider, by a chance that moves nothing else of the world."""
        chance = random.Random(row["id"].int)
        if chance.random() < 0.6:
            row |= {"method": "provider", "provider": chance.choice(("ejemplo", "llave"))}
            row |= {"assurance": chance.choice(("email", "social", "verified_person"))}
            self.add(
                "linked_identity", id=UUID(int=chance.getrandbits(128), version=4), person_id=row["person_id"],
                account_id=row["account_id"], provider=row["provider"], issuer="https://id.example",
                digest=chance.randbytes(32), linked_at=row["signed_in_at"],
            )  # fmt: skip

    def token(self, name: str, scopes: Iterable[str], **bearer: Any) -> str:
        secret = new_token()
        self.add(
            "token", id=self.id(), digest=digest(secret), account_id=None, client_id=None, made_by=None, name=name,
            scopes=sorted(scopes), created_at=LONG_AGO, expires_at=FAR_AHEAD, revoked_at=None,
            # Used later than whoever asks, so that asking changes nothing.
            last_used_at=FAR_AHEAD,
        )  # fmt: skip
        self.rows["token"][-1] |= bearer
        return secret

    def viewers(self) -> None:
        every = [scope.value for scope in Scope]
        staff, roles = ("coordinator", "secretary", "analyst"), ("coordinator", "secretary", "analyst", "administrator")
        for n, account in enumerate(self.rows["account"]):
            for m in range(0 if n < 2 else self.chance.randint(1, 3)):
                role = self.chance.choice(roles) if m else staff[n % 3]
                ended = m > 0 and self.chance.random() < 0.3
                self.add(
                    "role_grant", id=self.id(), account_id=account["id"], role=role,
                    body_id=None if role == "administrator" else self.one_of("body"), granted_by=None,
                    reason=self.maybe(self.words()), ended_at=NOW - DAY if ended else None, ended_by=None,
                    end_reason=self.maybe(self.words()), valid_from=NOW - 900 * DAY,
                    valid_until=NOW - DAY if ended else None,
                )  # fmt: skip
            # Each scope is missed by somebody who could do with it: that of the bodies by an officer.
            few = {every[1 + (n + 3) % 4], self.chance.choice(every[1:])}
            for scopes in every, [scope for scope in every if scope not in few]:
                secret = self.token("account", scopes, account_id=account["id"])
                self.world.viewers.append(Somebody(f"account {n} with {scopes}", secret))
        for name, scopes in ("Mapa", every[:1]), ("Buzón", every):
            client = self.client(name, self.one_of("organization", 0.7))
            self.world.viewers.append(Somebody(name, self.token("client", scopes, client_id=client["id"])))
        for ended in (None, self.instant(), self.instant()):
            over = {"ended_at": ended, "end_reason": self.words() if ended else None}
            client = self.client(self.words(), self.one_of("organization", 0.9), expires_at=self.instant(), **over)
            self.token(self.words(), every[:1], client_id=client["id"])
        self.world.viewers.append(Somebody("a visitor"))

    def publisher(self) -> dict[str, Any]:
        by_body = self.chance.random() < 0.6
        return {
            "body_id": self.one_of("body") if by_body else None,
            "organization_id": None if by_body else self.one_of("organization"),
        }

    def mandate(self) -> None:
        id_ = self.entry("Mandate")
        self.add(
            "mandate", id=id_, kind="consultation", origin=self.code("mandate", "origin"),
            state=self.code("mandate", "state"), **self.publisher(), title=self.rows["entry"][-1]["title"],
            reason=self.localized(), question=self.maybe(self.localized()), due_on=self.maybe(self.day()),
            created_at=self.instant(),
        )  # fmt: skip

    def consultation(self, state: str) -> None:
        id_, chance = self.entry("Consultation"), self.chance
        opens = self.instant()
        soon = opens + 9 * SECOND if opens < FAR_AHEAD else opens
        closes = chance.choice((NOW, NOW - DAY, NOW + DAY, soon, soon, FAR_AHEAD))
        if closes <= opens:
            opens = closes - DAY
        counted, late = self.afterwards(closes)
        row = self.add(
            "consultation", id=id_, mandate_id=self.one_of("mandate"), **self.publisher(), kind="questionnaire",
            state=state, title=self.rows["entry"][-1]["title"], purpose=self.localized(),
            scope=self.maybe(self.localized()), privacy_notice=self.maybe(self.localized()),
            notice_hash=self.maybe("sha256:22"), attribution=self.maybe(self.localized()), source_language="es",
            identity_policy=chance.choice(("open", "account", "account", "verified", "invited", "imported")),
            # By a chance of its own, which moves nothing else of the world.
            assurance=random.Random(id_.int).choice(("email", "email", "social", "verified_person")),
            anonymity=chance.choice(("pseudonymous", "pseudonymous", "anonymous")),
            results_policy=chance.choice(("live", "live", "after_closing")),
            responses_each=chance.choice((1, 1, 1, 2, 3)), network_limit=self.maybe(chance.randint(1, 9)),
            smallest_cell=chance.randint(3, 1_000), grace_seconds=chance.choice((0, 60)),
            late_days=chance.choice((0, 7)),
            opens_at=opens, opens_local=opens.replace(tzinfo=None, microsecond=0), closes_at=closes,
            closes_local=closes.replace(tzinfo=None, microsecond=0), counted_until=counted, late_until=late,
            zone=chance.choice(("America/Mexico_City", "UTC", "America/Tijuana")), created_at=self.instant(),
            **owed(self, id_, closes),
        )  # fmt: skip
        for territory in chance.sample(self.rows["territory"], chance.randint(0, 5)):
            self.add("consultation_territory", consultation_id=id_, territory_id=territory["id"])
        key = SimpleNamespace(consultation_id=id_, wrapped=self.keys.wrap(chance.randbytes(32), about=id_.bytes))
        self.living = chance.random() < 0.8
        if self.living:
            self.add("consultation_key", consultation_id=id_, wrapped=key.wrapped)
        self.notices(row)
        invitations(self, row)
        revisions = self.revisions(id_)
        if revisions:
            self.responses(row, revisions, key)
            self.drafts(row, revisions, key)
        results(self, row)
        answers(self, row)

    def afterwards(self, closes: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
        """Until when responses count and are taken: often near now, sometimes at the closing itself."""
        if closes == FAR_AHEAD:
            return closes, closes
        counted = max(closes, self.chance.choice((closes, closes + 60 * SECOND, closes + 60 * SECOND, NOW, NOW + DAY)))
        late = self.chance.choice((counted, counted + 7 * DAY, counted + 7 * DAY, NOW, NOW + 2 * DAY))
        return counted, max(counted, late)

    def notices(self, row: dict[str, Any]) -> None:
        kinds = ("opening", "extension", "suspension", "resumption", "withdrawal")
        for number in range(1, self.chance.randint(1, 5)):
            kind = "opening" if number == 1 else self.chance.choice(kinds)
            times = {name: row[name] for name in ("opens_at", "opens_local", "closes_at", "closes_local", "zone")}
            self.add(
                "timetable_notice", id=self.id(), consultation_id=row["id"], number=number, kind=kind, **times,
                reason=self.maybe(self.localized()) if kind == "opening" else self.localized(),
                published_at=self.instant(),
            )  # fmt: skip

    def revisions(self, consultation_id: UUID) -> list[dict[str, Any]]:
        chances = ((), ("draft",), ("published",), ("superseded", "published"), ("superseded", "published", "draft"))
        states = self.chance.choice((*chances, *chances[2:], *chances[2:]))
        # The same question has the same kind in each of its wordings, and is confidential in none of them or in some.
        lineages = [(self.id(), self.code("question", "kind"), self.chance.random() < 0.9) for _ in range(12)]
        found = []
        for number, state in enumerate(states, start=1):
            fixed = state != "draft"
            revised = "initial" if number == 1 else self.chance.choice(("clarification", "substantive", "substantive"))
            revision = self.add(
                "questionnaire_revision", id=self.id(), consultation_id=consultation_id, number=number,
                revision_class=revised, state=state, content_hash="sha256:00" if fixed else None,
                note=self.maybe(self.localized()) if revised == "initial" else self.localized(),
                published_at=self.instant() if fixed else None,
            )  # fmt: skip
            found.append(revision)
            self.questions(revision, lineages)
        return found

    def questions(self, revision: dict[str, Any], lineages: list[tuple[UUID, str, bool]]) -> None:
        count = 0
        for position in range(self.chance.randint(1, 2)):
            section = self.add(
                "section", id=self.id(), revision_id=revision["id"], position=position, title=self.localized(),
                introduction=self.maybe(self.localized()),
            )  # fmt: skip
            for _ in range(self.chance.choice((0, 3, 4, 5, 6))):
                lineage_id, kind, public = lineages[count]
                sensitivity = "public" if public else self.chance.choice(("public", "confidential", "personal"))
                question = self.add(
                    "question", id=self.id(), revision_id=revision["id"], section_id=section["id"],
                    lineage_id=lineage_id, position=count, code=f"q{count}", kind=kind, title=self.localized(),
                    sensitivity=sensitivity,
                    hint=self.maybe(self.localized()), required=self.chance.random() < 0.5,
                    display_rule=self.maybe(self.rule(), 0.3), **self.traits(kind),
                    source_moderation=self.maybe(self.chance.choice(("accepted", "rejected", "unreviewed"))),
                )  # fmt: skip
                count += 1
                self.choices_of(question)

    def traits(self, kind: str) -> dict[str, Any]:
        """What a question has besides its words: as its kind wants it, or now and then what it never would."""
        any_kind, chance = self.chance.random() < 0.1, self.chance
        low, high = (0, chance.randint(0, 9)) if kind == "scale" else sorted(map(Decimal, chance.sample(NUMBERS, 2)))
        numbers = kind == "scale" or ((kind == "number" or any_kind) and self.maybe(True))
        days = sorted((self.day(), self.day()))
        return {
            "max_length": self.maybe(500) if kind.endswith("text") or any_kind else None,
            "min_choices": self.maybe(1),
            "max_choices": self.maybe(2),
            "minimum": Decimal(low) if numbers else None,
            "maximum": Decimal(high) if numbers else None,
            "decimals": chance.choice((None, 0, 6)) if kind == "number" or any_kind else None,
            "unit": self.maybe(self.localized()) if kind == "number" or any_kind else None,
            "low_label": self.maybe(self.localized()) if kind == "scale" or any_kind else None,
            "high_label": self.maybe(self.localized()) if kind == "scale" or any_kind else None,
            "earliest": self.maybe(days[0]) if kind == "date" or any_kind else None,
            "latest": self.maybe(days[1]) if kind == "date" or any_kind else None,
            "place_kind": self.maybe(self.code("question", "place_kind"), 0.7) if kind == "place" or any_kind else None,
            "file_types": self.maybe([".png", ".pdf"]) if kind == "file" or any_kind else None,
            "max_size": self.maybe(chance.randint(1, 10 * 2**20)) if kind == "file" or any_kind else None,
        }

    def choices_of(self, question: dict[str, Any]) -> None:
        kind, at = question["kind"], {"question_id": question["id"]}
        offered = self.chance.choice((1, 3, 3)) if KINDS[kind] in ("options", "ranking", "rows") else 0
        for place in range(offered):
            other = KINDS[kind] == "options" and place == offered - 1 and self.chance.random() < 0.4
            label = self.localized()
            self.add("option", id=self.id(), **at, position=place, code=f"o{place}", label=label, other=other)
        for place in range(self.chance.randint(1, 3) if kind == "matrix" else 0):
            self.add("matrix_row", id=self.id(), **at, position=3 - place, code=f"r{place}", label=self.localized())

    # ---- who answers, and what ---------------------------------------------------------------------------------

    def responses(self, consultation: dict[str, Any], revisions: list[Any], key: Any) -> None:
        """Let people, organisations and nobody in particular answer, as far as the consultation knows them."""
        anonymous = consultation["anonymity"] == "anonymous"
        for person in self.chance.sample(self.rows["person"], self.chance.randint(0, 6)):
            for ordinal in range(1, 2 if anonymous else consultation["responses_each"] + 1):
                if ordinal == 1 or self.chance.random() < 0.4:
                    part = self.participation(consultation, self.person_as(person), key, ordinal)
                    # Where nobody is to be found again, that somebody takes part is all that leads to them.
                    self.life(consultation, revisions, None if anonymous else part, kind="individual")
        for organization in self.chance.sample(self.rows["organization"], self.chance.randint(1, 5)):
            for ordinal in range(1, consultation["responses_each"] + 1):
                part = self.participation(consultation, organization["id"].bytes, key, ordinal)
                if ordinal == 1 or self.chance.random() < 0.3:
                    kind = self.chance.choice(("organization", "public_body"))
                    self.life(consultation, revisions, part, kind=kind, organization_id=organization["id"])
        for _ in range(self.chance.randint(0, 3)):
            self.response(consultation, self.chance.choice(revisions), "accepted", None, kind="anonymous")

    def person_as(self, person: dict[str, Any]) -> bytes:
        """What identifies a person who answers in their own name."""
        verified = [claim["token"] for claim in self.rows["verification_claim"] if claim["person_id"] == person["id"]]
        return self.chance.choice([person["id"].bytes, person["id"].bytes, *verified])

    def participation(self, consultation: dict[str, Any], identity: bytes, key: Any, ordinal: int) -> UUID | None:
        name = pseudonym(identity, self.keys, key)
        known = {(part["pseudonym"], part["ordinal"]) for part in self.rows["participation"]}
        if (name, ordinal) in known:
            return None
        part = self.add(
            "participation", id=self.id(), consultation_id=consultation["id"], pseudonym=name, ordinal=ordinal
        )
        if self.living:
            self.world.identities[part["id"]] = identity
        return UUID(str(part["id"]))

    def life(
        self, consultation: dict[str, Any], revisions: list[Any], part: UUID | None, *, kind: str, **given: Any
    ) -> None:
        """Let somebody answer, change it, take it back, be held, be refused."""
        lives = (
            ("accepted",), ("accepted",), ("held",), ("refused",), ("withdrawn",), ("replaced", "accepted"),
            ("withdrawn", "replaced", "accepted"), ("replaced", "held"),
        )  # fmt: skip
        for state in self.chance.choice(lives):
            if part is None:
                kind = "anonymous"
            self.response(consultation, self.chance.choice(revisions), state, part, kind=kind, **given)

    def response(
        self,
        consultation: dict[str, Any],
        revision: Any,
        state: str,
        participation_id: UUID | None,
        *,
        kind: str,
        organization_id: UUID | None = None,
    ) -> None:
        chance, consent = self.chance, self.chance.choice((*CONSENTS, "without_name"))
        others = [r["id"] for r in self.rows["response"] if r["consultation_id"] == consultation["id"]]
        response = self.add(
            "response", id=self.id(), consultation_id=consultation["id"], revision_id=revision["id"],
            participation_id=participation_id, state=state, timeliness=chance.choice(("on_time", "grace", "late")),
            respondent_kind=kind, respondent_name=self.maybe(self.words()) if consent == "with_name" else None,
            organization_id=organization_id, territory_id=self.one_of("territory", 0.5),
            channel=chance.choice(CHANNELS), consent=consent, language=chance.choice(LANGUAGES),
            received_at=self.instant(), salt=b"\0" * 16, content_hash="sha256:11", replaces_id=None,
            decision_reason=self.maybe(self.localized(), 0.3),
            similar_to_id=chance.choice(others) if others and chance.random() < 0.4 else None, imported_from=None,
        )  # fmt: skip
        for question in [q for q in self.rows["question"] if q["revision_id"] == revision["id"]]:
            if chance.random() < 0.7 and question["kind"] != "notice":
                self.answer(response, question)
        if chance.random() < 0.8:
            self.add(
                "receipt", code=written(self.chance.getrandbits(80)), response_id=response["id"],
                content_hash="sha256:11", issued_at=response["received_at"],
            )  # fmt: skip

    def answer(self, response: dict[str, Any], question: dict[str, Any]) -> None:
        chance, way = self.chance, KINDS[question["kind"]]
        own = chance.choice((None, None, *CONSENTS))
        withheld = "not_published" in (response["consent"], own)
        at = {
            "response_id": response["id"], "question_id": question["id"], "lineage_id": question["lineage_id"],
            "counted": response["state"] == "accepted",
        }  # fmt: skip
        said: dict[str, Any] = {"text": self.words() if way == "text" or (way == "options" and self.maybe(1)) else None}
        said["number"] = Decimal(chance.randint(0, 9)) if way == "scale" else None
        said |= {"number": Decimal(chance.choice(NUMBERS))} if way == "number" else {}
        said["day"] = self.day() if way == "day" else None
        said["territory_id"] = self.one_of("territory") if way == "territory_id" else None
        # One that was changed or taken back has no file any more.
        said["file_id"] = self.file() if way == "file" and chance.random() < 0.8 else None
        said["agreed"] = chance.random() < 0.5 if way == "agreed" else None
        published = question["sensitivity"] == "public" and not withheld
        if chance.random() < 0.3:
            # As it never would be: what is shown follows from this column, whatever it was made from.
            published = chance.random() < 0.5
        self.add("answer", **at, **said, consent=own, published=published)
        codes = [o["code"] for o in self.rows["option"] if o["question_id"] == question["id"]]
        lines = [line["code"] for line in self.rows["matrix_row"] if line["question_id"] == question["id"]]
        if way == "rows":
            for line in chance.sample(lines, chance.randint(0, len(lines))):
                self.add("answer_choice", **at, row_code=line, option_code=chance.choice(codes), place=None)
        elif codes:
            few = 1 if question["kind"] == "single_choice" else chance.randint(0, len(codes))
            for place, code in enumerate(chance.sample(codes, few), start=1):
                self.add(
                    "answer_choice", **at, row_code="", option_code=code, place=place if way == "ranking" else None
                )

    def file(self) -> UUID:
        """A file that was handed in to answer a question."""
        file = self.add(
            "stored_file", id=self.id(), sha256=self.chance.randbytes(32), size=self.chance.choice((1, 100, 2**31 - 1)),
            media_type="image/png", name="respuesta.png", uploaded_by=None, uploaded_at=self.instant(),
            kept_until=self.instant(),
        )  # fmt: skip
        return UUID(str(file["id"]))

    # ---- what is begun -----------------------------------------------------------------------------------------

    def drafts(self, consultation: dict[str, Any], revisions: list[Any], key: Any) -> None:
        """Let people begin and not send: whoever is known under a pseudonym, whoever is not with code and secret."""
        people = [(somebody["id"], None) for somebody in self.chance.sample(self.rows["person"], 4)]
        named = [(somebody["id"], somebody["id"]) for somebody in self.chance.sample(self.rows["organization"], 2)]
        for id_, organization_id in (*people, *named):
            holder = pseudonym(id_.bytes, self.keys, key)
            draft = self.draft(consultation, revisions, pseudonym=holder, organization_id=organization_id)
            if self.living:
                self.world.identities[draft["id"]] = id_.bytes
        for _ in range(2):
            code, secret = written(self.chance.getrandbits(80)), f"{self.chance.getrandbits(64):x}"
            self.world.secrets[code] = secret
            self.draft(consultation, revisions, code=code, secret_digest=hashlib.sha256(secret.encode()).digest())
        # What was unlinked: still there, of nobody, and empty.
        self.draft(consultation, revisions, answers=None)

    def draft(self, consultation: dict[str, Any], revisions: list[Any], **holder: Any) -> dict[str, Any]:
        chance, revision = self.chance, self.chance.choice(revisions)
        asked = [q for q in self.rows["question"] if q["revision_id"] == revision["id"] and chance.random() < 0.7]
        expires = chance.choice((NOW, NOW + DAY, NOW + DAY, FAR_AHEAD, self.instant()))
        values = {
            "pseudonym": None, "organization_id": None, "code": None, "secret_digest": None,
            "answers": {"given": [self.begun(question) for question in asked]}, **holder,
        }  # fmt: skip
        return self.add(
            "response_draft", id=self.id(), consultation_id=consultation["id"], revision_id=revision["id"], **values,
            state=chance.choice(("active", "active", "active", "active", "expired", "discarded")),
            edition=chance.randint(1, 2**31 - 1), last_section=self.maybe(chance.randint(1, 9)),
            language=self.maybe(chance.choice(LANGUAGES)), saved_at=self.instant(), expires_at=expires,
        )  # fmt: skip

    def begun(self, question: dict[str, Any]) -> dict[str, Any]:
        """An answer as a draft keeps it: the fields that were filled in, by their names in the interface."""
        chance, way = self.chance, KINDS[question["kind"]]
        codes = [f"o{n}" for n in range(3)]
        filled: dict[str, Any] = {
            "text": self.words() if way == "text" else None,
            "option": chance.choice(codes) if question["kind"] == "single_choice" else None,
            "options": chance.sample(codes, 2) if question["kind"] == "multiple_choice" else None,
            "other": self.words() if way == "options" and chance.random() < 0.3 else None,
            "ranking": chance.sample(codes, chance.randint(0, 3)) if way == "ranking" else None,
            "rows": [{"row": code, "option": "o1"} for code in ("r1", "r0")] if way == "rows" else None,
            "number": f"{Decimal(chance.choice(NUMBERS)).normalize():f}" if way in ("number", "scale") else None,
            "date": "2026-02-28" if way == "day" else None,
            "territory": str(self.one_of("territory")) if way == "territory_id" else None,
            "file": str(chance.choice((self.file(), self.id()))) if way == "file" else None,
            "agreed": chance.random() < 0.5 if way == "agreed" else None,
            "consent": self.maybe(chance.choice(CONSENTS), 0.3),
        }
        given = {name: value for name, value in filled.items() if value is not None}
        return {"question": question["code"], **given}

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
        for row in world.tables[table] if table == "mandate" else ():
            # What is due on no day stands after all that is due on one.
            row.due_or_never = row.due_on or dt.date(9999, 12, 30)
        world.table_of |= {id(row): table for row in world.tables[table]}
    for words in WORDS:
        query = "SELECT id FROM entry WHERE search @@ websearch_to_tsquery('hub_spanish', $1)"
        world.words[words] = frozenset(row["id"] for row in await connection.fetch(query, words))
