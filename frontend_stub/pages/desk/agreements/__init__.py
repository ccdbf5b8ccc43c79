"""Agreements on the desk: drafted, signed, prolonged, carried out and ended by forms."""

from __future__ import annotations

from frontend_stub.pages.desk.agreements.subjects import AGREEMENT, SUBJECTS
from frontend_stub.pages.desk.things import overview_of

routes = [overview_of(AGREEMENT, document="desk_agreement", called="agreement")]

__all__ = ["SUBJECTS", "routes"]
