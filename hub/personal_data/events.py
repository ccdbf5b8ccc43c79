"""What happens to somebody's data as a whole. The log names an account, which is nobody's once the person is gone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hub.changes.event import Event
from hub.personal_data.models import Contributions


@dataclass(frozen=True, kw_only=True)
class PersonalDataRequested(Event):
    """Somebody asked for a copy of everything about them."""

    entity = "account_id"

    account_id: UUID
    link_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonalDataCopied(Event):
    """A copy of everything about somebody was made: by themself over a link, or by whoever runs the hub."""

    entity = "account_id"

    account_id: UUID
    link_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event):
    """Somebody is gone: their account, their names and addresses, and what nobody has a reason to keep."""

    entity = "account_id"

    account_id: UUID
    contributions: Contributions


@dataclass(frozen=True, kw_only=True)
class PersonForgotten(Event):
    """The last of what was kept about somebody who had themself erased is gone."""

    entity = "account_id"

    account_id: UUID
