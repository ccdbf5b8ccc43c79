"""Consultations on the desk: what is done while they run, and what comes of them: the report, and the answers."""

from __future__ import annotations

from frontend_stub.pages.desk.consultations.subjects import CONSULTATION, REPORT, STATEMENT, SUBJECTS

__all__ = ["CONSULTATION", "REPORT", "STATEMENT", "SUBJECTS"]
