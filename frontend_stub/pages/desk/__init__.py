"""The desk of a body's officers, where consultations are begun, opened, extended, watched and closed by forms."""

from __future__ import annotations

from frontend_stub.pages.desk import (
    agreements,
    beginning,
    bodies,
    editing,
    front,
    instruments,
    inviting,
    mandates,
    overview,
    papers,
    representing,
    sessions,
    studies,
    watching,
)

routes = [
    *front.routes,
    *beginning.routes,
    *overview.routes,
    *editing.routes,
    *inviting.routes,
    *watching.routes,
    *representing.routes,
    *bodies.routes,
    *instruments.routes,
    *mandates.routes,
    *papers.routes,
    *sessions.routes,
    *studies.routes,
    *agreements.routes,
]
