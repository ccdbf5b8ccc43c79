"""Studies on the desk: ordered, contracted, written, reviewed and published by forms."""

from __future__ import annotations

from frontend_stub.pages.desk.studies.overview import routes
from frontend_stub.pages.desk.studies.subjects import SUBJECTS

__all__ = ["SUBJECTS", "routes"]
