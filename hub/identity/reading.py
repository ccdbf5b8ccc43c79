"""What the viewer can read of themself, of programs, and of who holds which role."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, case, cast, false, func, null, select, true

from hub.identity.confirming import is_over
from hub.identity.models import Client, RoleGrant, Token
from hub.identity.provider_models import LinkedIdentity
from hub.identity.rules import FRESH
from hub.identity.sign_in_models import SignIn
from hub.identity.visibility import concerned, own
from hub.people.models import Account, Person
from hub.people.reading import BY_NAME, REPRESENTATION_ORDERS, one_of_codes, represented_by, same
from hub.providers.configured import ProviderSettings
from hub.reading.asking import Asking
from hub.reading.readable import (
    Answered,
    Call,
    Connected,
    Embedded,
    Expression,
    One,
    Order,
    Readable,
    Row,
    roots,
)
from hub.register.reading import among
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


def _is_fresh(asking: Asking, shown: str) -> bool:
    return asking.at - dt.datetime.fromisoformat(shown) <= FRESH


def _is_good(asking: Asking, ended: str | None, *instants: str) -> bool:
    since, used, expires = map(dt.datetime.fromisoformat, instants)
    staff = bool(asking.viewer.grants)
    over = is_over(asking.at, signed_in_at=since, used_at=used, expires_at=expires, staff=staff)
    return ended is None and not over


def _providers(asking: Asking) -> list[dict[str, Any]]:
    language = spoken(asking.languages)
    return [
        {
            "key": provider.key,
            "name": getattr(provider.names, language),
            "assurance": provider.trust,
            "address": f"/auth/{provider.key}",
            "sign_out_address": f"/auth/{provider.key}/sign-out" if provider.keeps_sessions else None,
        }
        for provider in asking.providers
        if isinstance(provider, ProviderSettings)
    ]


sign_in_options = Readable("SignInOptions", fields={"providers": Answered(lambda row, call: [], _providers)})

linked_identity = Readable("LinkedIdentity", LinkedIdentity)

sign_in = Readable(
    "SignIn",
    SignIn,
    fields={
        "current": Answered(lambda row, call: [row.id], _is_current),
        "fresh": Answered(lambda row, call: [func.coalesce(row.confirmed_at, row.signed_in_at)], _is_fresh),
        "good": Answered(
            lambda row, call: [row.ended_at, row.signed_in_at, row.last_used_at, row.expires_at], _is_good
        ),
    },
)

token = Readable("Token", Token)

SIGN_IN_ORDERS = {"signed_in_desc": Order(lambda s: s.signed_in_at, descending=True)}
LINKED_ORDERS = {"linked_desc": Order(lambda i: i.linked_at, descending=True)}
TOKEN_ORDERS = {"created_desc": Order(lambda t: t.created_at, descending=True)}


def _owned(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    """Of sign-ins everybody sees their own alone, so the list needs no condition but that."""
    return true()


def _own_tokens(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    return own(target.account_id, call.sight) if call.sight.signed_in else false()


client = Readable(
    "Client",
    Client,
    fields={"tokens": Connected("Token", TOKEN_ORDERS, on=lambda row, target, call: target.client_id == row.id)},
)

clients = Connected(
    "Client",
    {"created_desc": Order(lambda c: c.created_at, descending=True)},
    filters={"organization": same("organization_id", "Organization")},
)


# ---- who holds which role ----------------------------------------------------------------------------------------


def _holder(row: Row, target: Row, call: Call) -> ColumnElement[bool]:
    account = Account.__table__.alias()
    found = select(account.c.person_id).where(account.c.id == row.account_id)
    return among(target.id, found.correlate_except(account))


def _name_of_holder(row: Row, call: Call) -> ColumnElement[Any]:
    """Whoever sees the grant must know who it is, whether the profile is public or not."""
    somebody, account = Person.__table__.alias(), Account.__table__.alias()
    joined = select(somebody.c.display_name).where(account.c.id == row.account_id, somebody.c.id == account.c.person_id)
    return joined.correlate_except(somebody, account).scalar_subquery()


def _for_the_concerned(column: str) -> Expression:
    """Return the field of what was written about somebody, which is not for everybody who may know of the grant."""

    def of(row: Row, call: Call) -> ColumnElement[Any]:
        if not call.sight.signed_in:
            return cast(null(), Text())
        return case((concerned(row, call.sight), getattr(row, column)))

    return Expression(of)


role_grant = Readable(
    "RoleGrant",
    RoleGrant,
    fields={
        "person": One("Person", _holder),
        "person_name": Expression(_name_of_holder),
        "reason": _for_the_concerned("reason"),
        "end_reason": _for_the_concerned("end_reason"),
    },
)

role_grants = Connected(
    "RoleGrant",
    {"since_desc": Order(lambda g: g.valid_from, descending=True)},
    filters={"body": same("body_id", "Body"), "role": one_of_codes("role")},
)


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
        "tokens": Connected("Token", TOKEN_ORDERS, on=_own_tokens),
        "client": One("Client", lambda row, target, call: target.id == call.sight.client_id),
        "representations": Connected("Representation", REPRESENTATION_ORDERS, on=_own),
    },
)

roots |= {
    "viewer": Embedded("Viewer", lambda row, call: None),
    "clients": clients,
    "role_grants": role_grants,
    "sign_in_options": Embedded("SignInOptions", lambda row, call: None),
}
