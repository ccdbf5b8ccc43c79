"""Who is asking: the person or the client behind a token, what the token allows, which roles were granted."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from uuid import UUID


class Scope(enum.StrEnum):
    """What a token may be used for. Necessary, never sufficient: the role must also allow it."""

    PUBLIC_READ = "public:read"
    BULK_READ = "bulk:read"
    ME_READ = "me:read"
    RESPONSES_WRITE = "responses:write"
    BODIES_WRITE = "bodies:write"
    ANALYSIS_WRITE = "analysis:write"


OF_A_PERSON = frozenset(Scope) - {Scope.BULK_READ}
"""What somebody may do by being signed in. To read in bulk is given to programs, by whoever runs the hub."""


OF_A_PROGRAM = frozenset({Scope.PUBLIC_READ, Scope.BULK_READ})
"""What a program of an organisation may do by itself: it is no person, holds no role and answers for nobody."""


class Assurance(enum.StrEnum):
    """How sure it is who somebody is, from the least to the most."""

    EMAIL = "email"
    SOCIAL = "social"
    VERIFIED_PERSON = "verified_person"

    def reaches(self, wanted: Assurance) -> bool:
        """Whether it is as sure as is wanted."""
        return list(Assurance).index(self) >= list(Assurance).index(wanted)


class Role(enum.StrEnum):
    """What somebody is, on the platform or within a body: by a grant, or by the seat that they sit in."""

    COORDINATOR = "coordinator"
    SECRETARY = "secretary"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"


BY_GRANT = frozenset(Role) - {Role.MEMBER}
"""The roles that are granted by an act. A member is who sits in a seat; a seat's post gives its role as well."""


OF_EVERYBODY = frozenset({Scope.PUBLIC_READ, Scope.BULK_READ})
"""What lets nothing be read but what everybody may read, however much of it."""


@dataclass(frozen=True)
class Grant:
    """A role in force: where `body_id` is None it holds on the whole platform."""

    role: Role
    body_id: UUID | None


@dataclass(frozen=True)
class Viewer:
    """Who is asking, with everything that a rule may want to know of them."""

    account_id: UUID | None = None
    person_id: UUID | None = None
    client_id: UUID | None = None
    sign_in_id: UUID | None = None
    """The sign-in by which a person is here; None for whoever comes with a token that was made for a program."""
    scopes: frozenset[Scope] = frozenset({Scope.PUBLIC_READ})
    grants: tuple[Grant, ...] = ()
    represents: tuple[UUID, ...] = ()
    """The organisations in whose name the person may answer."""
    verification: bytes | None = None
    """What stands for the natural person behind the account, where a verification is in force."""
    signed_in_by: Assurance = Assurance.EMAIL
    """What the sign-in was worth by which a person is here; a token that was made for a program is worth the least."""
    languages: tuple[str, ...] = field(default=("es",), compare=False)
    system: bool = False
    """The hub itself: an import, the timekeeper, the demonstration. Never the bearer of a token."""

    @property
    def principal(self) -> str:
        """Name the one who is asking, for limits and idempotency; never shown and never stored in clear."""
        if self.system:
            return "system"
        if self.account_id is not None:
            return f"account:{self.account_id}"
        return f"client:{self.client_id}" if self.client_id is not None else "anonymous"

    @property
    def signed_in(self) -> bool:
        """Whether a person is asking."""
        return self.person_id is not None

    @property
    def assurance(self) -> Assurance:
        """How sure it is who is asking: that somebody is one natural person is as sure as their verification."""
        if self.verification is not None:
            return Assurance.VERIFIED_PERSON
        return Assurance.EMAIL if self.signed_in_by is Assurance.EMAIL else Assurance.SOCIAL

    def holds(self, *roles: Role, body_id: UUID | None) -> bool:
        """Whether one of these roles is held in this body."""
        return any(grant.role in roles and grant.body_id == body_id for grant in self.grants)

    @property
    def administers(self) -> bool:
        """Whether the viewer runs the platform."""
        return self.holds(Role.ADMINISTRATOR, body_id=None)

    @property
    def reads_as_themself(self) -> bool:
        """Whether the token lets more be read than what is public: what is one's own, and what one's roles show.

        One that was made to read what is public and for nothing else is told what everybody is told, whoever made it.
        """
        return bool(self.scopes - OF_EVERYBODY)

    @property
    def identities(self) -> tuple[bytes, ...]:
        """What makes the viewer the same respondent when they come again: in person, verified, for an organisation."""
        own = () if self.person_id is None else (self.person_id.bytes,)
        verified = () if self.verification is None else (self.verification,)
        return (*own, *verified, *(organization_id.bytes for organization_id in self.represents))

    def bodies(self, *roles: Role, scope: Scope | None = None) -> tuple[UUID, ...]:
        """The bodies in which one of these roles is held; none, where the token lacks the scope that is needed."""
        if scope is not None and scope not in self.scopes:
            return ()
        return tuple(g.body_id for g in self.grants if g.role in roles and g.body_id is not None)


ANONYMOUS = Viewer()
SYSTEM = Viewer(system=True, scopes=frozenset(Scope))
