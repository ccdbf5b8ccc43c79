"""What the viewer can read of themself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, true

from hub.identity.models import Token
from hub.identity.provider_models import LinkedIdentity
from hub.identity.sign_in_models import SignIn
from hub.people.reading import BY_NAME, REPRESENTATION_ORDERS, represented_by
from hub.providers.configured import ProviderSettings
from hub.reading.asking import Asking
from hub.reading.readable import Answered, Call, Connected, Embedded, One, Order, Readable, Row, roots
from hub.wording import spoken


def _scopes(asking: Asking) -> list[str]:
    return sorted(scope.value for scope in asking.viewer.scopes)


def _grants(asking: Asking) -> list[dict[str, Any]]:
    grants = sorted(asking.viewer.grants, key=lambda grant: (grant.role, str(grant.body_id)))
    return [{"role": g.role, "body_id": f"Body_{g.body_id}" if g.body_id else None} for g in grants]


def _verified(asking: Asking) -> bool:
    return asking.viewer.verification is not None


def _represented(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    return represented_by(target, call.sight.person_id, call) if call.sight.signed_in else false()


def _own(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    return target.person_id == call.sight.person_id if call.sight.signed_in else false()


def _is_current(asking: Asking, id_: str) -> bool:
    return asking.viewer.sign_in_id == UUID(id_)


def _providers(asking: Asking) -> list[dict[str, Any]]:
    language = spoken(asking.languages)
    return [
        {
            "key": provider.key,
            "name": getattr(provider.names, language),
            "assurance": provider.trust,
            "address": f"/auth/{provider.key}",
            "sign_out_address": f"/auth/{provider.key}/sign-out",
        }
        for provider in asking.providers
        if isinstance(provider, ProviderSettings)
    ]


sign_in_options = Readable("SignInOptions", fields={"providers": Answered(lambda row, call: [], _providers)})

linked_identity = Readable("LinkedIdentity", LinkedIdentity)

sign_in = Readable("SignIn", SignIn, fields={"current": Answered(lambda row, call: [row.id], _is_current)})

token = Readable("Token", Token)

SIGN_IN_ORDERS = {"signed_in_desc": Order(lambda s: s.signed_in_at, descending=True)}
LINKED_ORDERS = {"linked_desc": Order(lambda i: i.linked_at, descending=True)}
TOKEN_ORDERS = {"created_desc": Order(lambda t: t.created_at, descending=True)}


def _owned(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    """Of sign-ins and tokens everybody sees their own alone, so the list needs no condition but that."""
    return true()


viewer = Readable(
    "Viewer",
    fields={
        "person": One("Person", lambda row, target, call: target.id == call.sight.person_id),
        "signed_in": Answered(lambda row, call: [], lambda asking: asking.viewer.signed_in),
        "scopes": Answered(lambda row, call: [], _scopes),
        "grants": Answered(lambda row, call: [], _grants),
        "verified": Answered(lambda row, call: [], _verified),
        "represents": Connected("Organization", BY_NAME, on=_represented),
        "sign_ins": Connected("SignIn", SIGN_IN_ORDERS, on=_owned),
        "assurance": Answered(lambda row, call: [], lambda asking: asking.viewer.assurance),
        "linked_identities": Connected("LinkedIdentity", LINKED_ORDERS, on=_owned),
        "tokens": Connected("Token", TOKEN_ORDERS, on=_owned),
        "representations": Connected("Representation", REPRESENTATION_ORDERS, on=_own),
    },
)

roots |= {
    "viewer": Embedded("Viewer", lambda row, call: None),
    "sign_in_options": Embedded("SignInOptions", lambda row, call: None),
}
