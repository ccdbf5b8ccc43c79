"""What the viewer can read of themself."""

from __future__ import annotations

from typing import Any

from hub.reading.asking import Asking
from hub.reading.readable import Answered, Embedded, One, Readable, roots


def _scopes(asking: Asking) -> list[str]:
    return sorted(scope.value for scope in asking.viewer.scopes)


def _grants(asking: Asking) -> list[dict[str, Any]]:
    grants = sorted(asking.viewer.grants, key=lambda grant: (grant.role, str(grant.body_id)))
    return [{"role": g.role, "body_id": f"Body_{g.body_id}" if g.body_id else None} for g in grants]


viewer = Readable(
    "Viewer",
    fields={
        "person": One("Person", lambda row, target, call: target.id == call.sight.person_id),
        "signed_in": Answered(lambda row, call: [], lambda asking: asking.viewer.signed_in),
        "scopes": Answered(lambda row, call: [], _scopes),
        "grants": Answered(lambda row, call: [], _grants),
    },
)

roots |= {"viewer": Embedded("Viewer", lambda row, call: None)}
