"""Agreements on the desk: drafted, signed, prolonged, carried out and ended by forms."""

from __future__ import annotations

from frontend_stub.pages.desk.agreements.overview import routes
from frontend_stub.pages.desk.agreements.subjects import SUBJECTS

__all__ = ["SUBJECTS", "routes"]
