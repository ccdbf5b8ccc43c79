"""Enrolling the programs of organisations: each has a purpose, a contact, an end, and what it may do at most."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hub.changes.change import Change
from hub.errors import Invalid, Problem, require
from hub.identity.events import ClientChanged, ClientEnded, ClientRegistered
from hub.identity.granting import revoke_all
from hub.identity.models import Client
from hub.identity.redirect_uris import MOST_URIS, problem_with_uri
from hub.identity.rules import may_let_programs, may_manage_clients, may_use_client
from hub.mail.addresses import problem_with
from hub.people.models import Organization
from hub.people.representing import valid_representation
from hub.text import problems_with_words
from hub.viewer import Scope
from hub.wording import spoken

LONGEST_NAME, LONGEST_PURPOSE = 200, 2_000


@dataclass(frozen=True, kw_only=True)
class ClientDraft:
    """What is known of a program: what it is called, what it is for, whom to write to, and what it may do."""

    name: str
    purpose: str
    contact: str | None = None
    redirect_uris: tuple[str, ...] = ()
    scopes: frozenset[Scope] = frozenset({Scope.PUBLIC_READ})
    expires_at: dt.datetime | None = None


async def register_client(
    change: Change, draft: ClientDraft, *, organization_id: UUID | None, faults: tuple[Problem, ...] = ()
) -> Client:
    """Register a program that queries the hub, with the organisation that answers for it."""
    require(may_manage_clients(change.viewer, organization_id=organization_id))
    require(may_let_programs(change.viewer, draft.scopes))
    _require_sound(change, draft, faults)
    if organization_id is not None:
        await change.find(Organization, organization_id)
        await _stand_for(change, organization_id)
    client = Client(
        organization_id=organization_id,
        name=draft.name.strip(),
        purpose=draft.purpose.strip(),
        contact=draft.contact,
        language=spoken(change.viewer.languages),
        redirect_uris=list(draft.redirect_uris),
        scopes=sorted(scope.value for scope in draft.scopes),
        created_at=change.at,
        expires_at=draft.expires_at,
    )
    await change.add(client)
    change.record(ClientRegistered(client_id=client.id, organization_id=organization_id))
    change.results["client"] = str(client.id)
    return client


async def change_client(
    change: Change, client_id: UUID, given: Mapping[str, Any], *, faults: tuple[Problem, ...] = ()
) -> Client:
    """Change what is kept about a program: what of a draft is given, and nothing else. Its tokens follow at once."""
    client = await _managed(change, client_id)
    before = ClientDraft(
        name=client.name,
        purpose=client.purpose,
        contact=client.contact,
        redirect_uris=tuple(client.redirect_uris),
        scopes=frozenset(Scope(scope) for scope in client.scopes),
        expires_at=client.expires_at,
    )
    draft = dataclasses.replace(before, **given)
    require(may_let_programs(change.viewer, draft.scopes - before.scopes))
    _require_sound(change, draft, faults, renewed="expires_at" in given)
    client.name, client.purpose, client.contact = draft.name.strip(), draft.purpose.strip(), draft.contact
    client.redirect_uris = list(draft.redirect_uris)
    client.scopes = sorted(scope.value for scope in draft.scopes)
    client.expires_at = draft.expires_at
    await change.session.flush()
    change.record(ClientChanged(client_id=client.id))
    change.results["client"] = str(client.id)
    return client


async def end_client(change: Change, client_id: UUID, *, reason: str) -> Client:
    """End a program for good, with all its tokens."""
    client = await _managed(change, client_id)
    problems = problems_with_words(reason, "reason", longest=LONGEST_PURPOSE)
    if problems:
        raise Invalid(problems)
    client.ended_at, client.end_reason = change.at, reason
    await change.session.flush()
    await revoke_all(change, client_id)
    change.record(ClientEnded(client_id=client.id))
    change.results["client"] = str(client.id)
    return client


async def _managed(change: Change, client_id: UUID) -> Client:
    """Return a program that the viewer looks after, and that has not ended."""
    client = await change.take(Client, client_id)
    require(may_manage_clients(change.viewer, organization_id=client.organization_id))
    require(may_use_client(ended=client.ended_at is not None, over=False))
    if client.organization_id is not None:
        await _stand_for(change, client.organization_id)
    return client


async def _stand_for(change: Change, organization_id: UUID) -> None:
    """Hold on to the representation that the viewer acts by, so that it does not end meanwhile."""
    if not change.viewer.system and not change.viewer.administers:
        await valid_representation(change, organization_id)


def _require_sound(change: Change, draft: ClientDraft, faults: tuple[Problem, ...], *, renewed: bool = True) -> None:
    problems = list(faults)
    problems += problems_with_words(draft.name, "name", longest=LONGEST_NAME)
    problems += problems_with_words(draft.purpose, "purpose", longest=LONGEST_PURPOSE)
    if draft.contact is not None:
        wrong = problem_with(draft.contact, path=("contact",))
        problems += [wrong] if wrong is not None else []
    elif not change.viewer.system:
        problems.append(Problem("WORDS_MISSING", ("contact",)))
    if len(draft.redirect_uris) > MOST_URIS:
        problems.append(Problem("TOO_MANY_ITEMS", ("redirectUris",), {"limit": MOST_URIS}))
    for n, uri in enumerate(draft.redirect_uris):
        fault = problem_with_uri(uri, path=("redirectUris", str(n)))
        problems += [fault] if fault is not None else []
    if renewed and draft.expires_at is not None and draft.expires_at <= change.at:
        problems.append(Problem("ENDS_IN_THE_PAST", ("expiresAt",)))
    if problems:
        raise Invalid(problems)
