"""Mandates on the desk: proposed, ordered, taken up, moved and delivered by forms."""

from __future__ import annotations

from frontend_stub.pages.desk.mandates.subjects import MANDATE, SUBJECTS
from frontend_stub.pages.desk.things import overview_of

routes = [overview_of(MANDATE, document="desk_mandate", called="mandate")]

__all__ = ["SUBJECTS", "routes"]
