"""Sessions on the desk: planned, convened, held, voted in and minuted by forms."""

from __future__ import annotations

from frontend_stub.pages.desk.acting import pages_of
from frontend_stub.pages.desk.sessions import overview
from frontend_stub.pages.desk.sessions.subjects import SUBJECTS

routes = [*overview.routes, *pages_of(*SUBJECTS)]
