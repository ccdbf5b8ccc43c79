"""Mandates on the desk: proposed, ordered, taken up, moved and delivered by forms."""

from __future__ import annotations

from frontend_stub.pages.desk.mandates.overview import routes
from frontend_stub.pages.desk.mandates.subjects import SUBJECTS

__all__ = ["SUBJECTS", "routes"]
