"""Instruments on the desk: worded, tabled, adopted, signed and published by forms."""

from __future__ import annotations

from frontend_stub.pages.desk.instruments.overview import routes
from frontend_stub.pages.desk.instruments.subjects import SUBJECTS

__all__ = ["SUBJECTS", "routes"]
