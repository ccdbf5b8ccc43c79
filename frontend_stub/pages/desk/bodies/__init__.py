"""Bodies on the desk: seated, opened to others, and led by forms."""

from __future__ import annotations

from frontend_stub.pages.desk.bodies.overview import routes
from frontend_stub.pages.desk.bodies.subjects import SUBJECTS

__all__ = ["SUBJECTS", "routes"]
