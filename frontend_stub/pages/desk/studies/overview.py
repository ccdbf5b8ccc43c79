"""A study on the desk: where it stands, and what can be done to it, its team, its steps, its reviews and its data."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import Words, chosen
from frontend_stub.pages.desk.officers import done_of, read, signed_in
from frontend_stub.pages.desk.studies.subjects import DATASET, FINDING, MEMBER, MILESTONE, REVIEW, STUDY
from frontend_stub.showing import shown
from frontend_stub.whoever import UNSTORED

PARTS = {"members": MEMBER, "milestones": MILESTONE, "reviews": REVIEW, "datasets": DATASET, "findings": FINDING}
"""The lists of a study, by what each holds."""


@signed_in
async def page(request: Request) -> Response:
    """Show a study with everything that whoever is here can do to it."""
    study = (await read(request, "desk_study", "Study"))["node"]
    words = Words(chosen(request))
    parts = {name: [subject.with_offers(one, words) for one in study[name]["nodes"]] for name, subject in PARTS.items()}
    return shown(
        request,
        "desk/study.html",
        headers=UNSTORED,
        study=study,
        offers=STUDY.offers(study, words),
        done=done_of(request),
        parts=parts,
    )


routes = [Route("/escritorio/estudios/{id}", page, methods=["GET"])]
