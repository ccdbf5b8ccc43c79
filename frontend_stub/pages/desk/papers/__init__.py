"""Papers on the desk: what is attached to a thing, added with its file, and withdrawn with a reason."""

from __future__ import annotations

from frontend_stub.pages.desk.papers.overview import routes
from frontend_stub.pages.desk.papers.subjects import SUBJECTS

__all__ = ["SUBJECTS", "routes"]
