"""Sessions on the desk: planned, convened, held, voted in and minuted by forms."""

from __future__ import annotations

from frontend_stub.pages.desk.sessions.overview import routes
from frontend_stub.pages.desk.sessions.subjects import SUBJECTS

__all__ = ["SUBJECTS", "routes"]
