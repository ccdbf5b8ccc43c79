"""What the viewer can read of themself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, false

from hub.people.reading import BY_NAME, REPRESENTATION_ORDERS, represented_by
from hub.reading.asking import Asking
from hub.reading.readable import Answered, Call, Connected, Embedded, One, Readable, Row, roots


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


viewer = Readable(
    "Viewer",
    fields={
        "person": One("Person", lambda row, target, call: target.id == call.sight.person_id),
        "signed_in": Answered(lambda row, call: [], lambda asking: asking.viewer.signed_in),
        "scopes": Answered(lambda row, call: [], _scopes),
        "grants": Answered(lambda row, call: [], _grants),
        "verified": Answered(lambda row, call: [], _verified),
        "represents": Connected("Organization", BY_NAME, on=_represented),
        "representations": Connected("Representation", REPRESENTATION_ORDERS, on=_own),
    },
)

roots |= {"viewer": Embedded("Viewer", lambda row, call: None)}
