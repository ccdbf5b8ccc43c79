"""The world of the table: one of each thing that it names, made by the hub's own activities, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import asyncpg

from hub.database.address import plain
from hub.database.base import uuid7
from hub.identity.proving import identity_digest
from hub.mail.addresses import address_digest
from tests.canaries import a_canary
from tests.talking import Somebody, Talking
from tests.visibility.agreements import agreements_held
from tests.visibility.consultations import Held, everything_held
from tests.visibility.instruments import instruments_held
from tests.visibility.people import NOW, Cast, all_here, narrow_tokens, the_cast
from tests.visibility.sessions import sessions_held
from tests.visibility.studies import Studied, all_studies, mandates_of_studies, of_studies
from tests.visibility.table import LINES, VIEWERS, Line
from tests.visibility.things import TABLE_OF, own, things

UNNAMED = {
    "Person.displayName: of who answered without a name",
    "Response.respondentName: let be published",
    "RoleGrant.personName: the coordinator's",
    "Membership.reason: of who sat there once",
    "InterestDeclaration.matter: of a member",
    "RoleGrant.reason: the coordinator's",
    "RoleGrant.endReason: of who kept the papers once",
    "AgendaItem.title: for the members alone",
    "Recusal.reason: in a point for the members alone",
    "Motion.text: under a point for the members alone",
    "VoteEvent.votes: while it is open",
    "VoteEvent.votes: under a point for the members alone",
    "Minutes.text: draft",
    "Minutes.text: circulated",
    "Observation.text: on what is circulated",
    "Observation.text: on what is published",
    "ActionItem.task: of a point for the members alone",
    "Representation.evidence: asked for by Ana",
    "Client.contact: of the organisation",
    "Client.endReason: of an ended one",
    "Consultation: draft",
    "Consultation: draft of another body",
    "Consultation: hidden",
    "Kept: a mail address",
    "Kept: a provider's name for somebody",
    "Kept: what Ana began and did not send",
    *[name for name, line in LINES.items() if (line.type, line.field) == ("Response", "answers")],
}
"""The lines that are told by a word which stands nowhere else."""


@dataclass
class World:
    """Everything that the table names, and who looks at it."""

    hub: Talking
    cast: Cast
    held: Held
    studied: Studied
    viewers: dict[str, Somebody]
    narrow: dict[str, Somebody]
    """The same people by a token that was made to read what is public, and for nothing else."""
    words: dict[str, str]
    things: dict[str, list[str]]
    """The opaque ids of each line that is about things."""
    own: dict[str, dict[str, list[str]]]
    """Of the lines that speak of oneself: whose is what."""

    def ids(self, line: Line, viewer: str) -> list[str]:
        """Return the things of a line, as this viewer meets it."""
        if line.name in self.things:
            return self.things[line.name]
        owned = self.own[line.type]
        if "own" in line.name or "oneself" in line.name:
            return owned.get(viewer, [])
        return [id_ for whose, ids in owned.items() if whose != viewer for id_ in ids]

    def seen_by(self, viewer: str) -> set[str]:
        """Return the ids of everything that the table lets this viewer see."""
        told = [line for line in LINES.values() if not line.field and viewer in line.told and line.type in TABLE_OF]
        return {id_ for line in told for id_ in self.ids(line, viewer)}

    def everything(self, type_: str | None = None) -> set[str]:
        """Return the ids of everything that there is, or of a type."""
        found = {id_ for ids in self.things.values() for id_ in ids}
        found |= {id_ for owned in self.own.values() for ids in owned.values() for id_ in ids}
        return {id_ for id_ in found if type_ is None or id_.startswith(f"{type_}_")}


async def a_world(hub: Talking) -> World:
    """Make it, at one instant, and with what people wrote in words that stand nowhere else."""
    words = {name: a_canary("matrix", seen_by=[VIEWERS[letter] for letter in LINES[name].told]) for name in UNNAMED}
    cast = await the_cast(hub, words)
    await sessions_held(cast)
    await instruments_held(cast)
    await agreements_held(cast)
    held = await everything_held(cast)
    studied = await all_studies(cast)
    viewers, narrow = await all_here(cast), await narrow_tokens(cast)
    await _identities(cast, words)
    await _documents(cast, held)
    await _by_force(cast, held, studied)
    lines = {**await things(held), **await of_studies(studied)}
    lines["Mandate: ordered with what is published"] += await mandates_of_studies(studied)
    return World(hub, cast, held, studied, viewers, narrow, words, lines, await own(cast, viewers))


async def _identities(cast: Cast, words: Mapping[str, str]) -> None:
    """Ana's mail address, and the provider that knows her."""
    ana, keys = cast.viewers["O"], cast.hub.hub.keys
    address = f"{words['Kept: a mail address']}@correo.example"
    await cast.hub.run(
        "INSERT INTO mail_address (account_id, digest, wrapped, verified_at) VALUES (:id, :digest, :wrapped, :at)",
        id=ana.account_id,
        digest=address_digest(keys, address),
        wrapped=keys.wrap(address.encode(), about=ana.account_id.bytes),
        at=NOW,
    )
    await cast.hub.run(
        "INSERT INTO linked_identity (id, person_id, account_id, provider, issuer, digest, linked_at) "
        "VALUES (:id, :person, :account, 'llave', :issuer, :digest, :at)",
        id=uuid7(),
        person=ana.person_id,
        account=ana.account_id,
        issuer=words["Kept: a provider's name for somebody"],
        digest=identity_digest(keys, b"subject", "https://provider.example", "ana"),
        at=NOW,
    )


async def _documents(cast: Cast, held: Held) -> None:
    """What lies before everybody, and what lies before the members of a body."""
    file = uuid7()
    await cast.hub.run(
        "INSERT INTO stored_file (id, sha256, size, media_type, name, uploaded_at, kept_until) "
        "VALUES (:id, sha256('acta'), 4, 'text/plain', 'acta.txt', :at, :at)",
        id=file,
        at=NOW,
    )
    for entry, body, sight in [
        (cast.body, cast.body, "public"),
        (cast.body, cast.body, "members"),
        (cast.elsewhere, cast.elsewhere, "members"),
        (held.asked["draft"].id, cast.body, "public"),
        (cast.agreement, cast.body, "public"),
        (cast.agreement, cast.body, "members"),
        (held.asked["hidden"].id, cast.body, "public"),
    ]:
        await cast.hub.run(
            "INSERT INTO document (id, entry_id, file_id, body_id, sight, title, role, position, published_at) VALUES "
            "(:id, :entry, :file, :body, :sight, :title, 'other', 1, :at)",
            id=uuid7(),
            entry=entry,
            file=file,
            body=body,
            sight=sight,
            title='{"source": "es", "translations": {"es": {"text": "Acta", "origin": "human"}}}',
            at=NOW,
        )


async def _by_force(cast: Cast, held: Held, studied: Studied) -> None:
    """What no activity does yet: hide something, and annul what was counted; and one response that is like another."""
    hidden = [cast.hidden_body, cast.hidden_organization, held.asked["hidden"].id, studied.studies["hidden"]]
    connection = await asyncpg.connect(plain(cast.hub.url))
    try:
        await connection.execute("SET session_replication_role = replica")
        await connection.execute(
            "UPDATE entry SET hidden_at = now() WHERE id = ANY($1) "
            "OR id IN (SELECT mandate_id FROM consultation WHERE id = ANY($1))",
            hidden,
        )
        annulled = held.asked["annulled"].id
        await connection.execute("UPDATE consultation SET state = 'withdrawn' WHERE id = $1", annulled)
        alike, other = held.responses["counted and published"], held.responses["another's"]
        await connection.execute("UPDATE response SET similar_to_id = $2 WHERE id = $1", alike, other)
    finally:
        await connection.close()
