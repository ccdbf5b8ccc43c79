"""What comes of a consultation, on the desk: the analysis, the report, and the answer to each question."""

from __future__ import annotations

from frontend_stub.pages.desk.afterwards.subjects import CONSULTATION, REPORT, STATEMENT, SUBJECTS

__all__ = ["CONSULTATION", "REPORT", "STATEMENT", "SUBJECTS"]
