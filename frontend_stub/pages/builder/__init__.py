"""The workshop of questionnaires on the desk, where questions are written, ordered, tried and corrected by forms."""

from __future__ import annotations

from frontend_stub.pages.builder import correction, display_rule, overview, preview, question, section

routes = [
    *overview.routes,
    *question.routes,
    *section.routes,
    *display_rule.routes,
    *preview.routes,
    *correction.routes,
]
