"""Instruments on the desk: worded, tabled, adopted, signed and published by forms."""

from __future__ import annotations

from frontend_stub.pages.desk.instruments.subjects import INSTRUMENT, SUBJECTS
from frontend_stub.pages.desk.things import overview_of

routes = [overview_of(INSTRUMENT, document="desk_instrument", called="instrument")]

__all__ = ["SUBJECTS", "routes"]
