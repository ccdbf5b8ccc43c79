"""A study: who ordered it and why, how it is done and by whom, what it says, and what came of that.

The pages show what everybody may see, whoever looks: they are the public record of the study.
"""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.describing import datasets_described
from frontend_stub.languages import chosen, to
from frontend_stub.narrowing import clipped, onward
from frontend_stub.showing import at_hub, shown
from frontend_stub.whoever import hub_of

SETTLED = frozenset({"ACCEPTED", "DROPPED"})
"""The states of a step about which nothing more is to be done."""

KINDS = {"hallazgos": "FINDING", "recomendaciones": "RECOMMENDATION"}
"""What a study says, as it is called in an address."""


async def page(request: Request) -> Response:
    """Show a study from its order to what came of it."""
    study = await _study(request, "study")
    return shown(
        request,
        "study.html",
        study=study,
        steps=steps(study["milestones"]["nodes"]),
        former=[one for one in study["revisions"]["nodes"] if one["id"] != (study["revision"] or one)["id"]],
        described=described(request, study),
    )


async def revision(request: Request) -> Response:
    """Show all that a study says: in the wording in force, or in a former one that is named."""
    named = clipped(request, "version")
    variables = {"version": named, "former": bool(named)}
    data = await hub_of(request).ask("study_revision", {"id": _id(request), **variables}, language=chosen(request))
    study = _found(data)
    text = data["version"] if named else study["revision"]
    if named and (text is None or text["__typename"] != "StudyRevision" or text["study"]["id"] != study["id"]):
        raise HTTPException(404)
    if text is None:
        raise HTTPException(404)
    in_force = study["revision"] is not None and study["revision"]["id"] == text["id"]
    return shown(request, "study_revision.html", study=study, revision=text, in_force=in_force)


async def findings(request: Request) -> Response:
    """Show a page of what a study found, or of what it recommends."""
    kind = request.url.path.rpartition("/")[2]
    variables = {"filter": {"kind": [KINDS[kind]]}, "after": request.query_params.get("desde")}
    study = await _study(request, "study_findings", **variables)
    return shown(
        request,
        "study_findings.html",
        study=study,
        kind=kind,
        kinds=list(KINDS),
        **onward(request, study["findings"]["pageInfo"]),
    )


async def datasets(request: Request) -> Response:
    """Show a page of the data that a study used and produced, each with its files and its dictionary."""
    study = await _study(request, "study_datasets", after=request.query_params.get("desde"))
    return shown(
        request,
        "study_datasets.html",
        study=study,
        described=described(request, study),
        **onward(request, study["datasets"]["pageInfo"]),
    )


def steps(milestones: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the steps of the calendar in their order, each with whether it is done, now, or still to come."""
    open_ones = [one["number"] for one in milestones if one["state"] not in SETTLED]
    return [
        {**one, "turn": "done" if one["state"] in SETTLED else "now" if one["number"] == open_ones[0] else "next"}
        for one in milestones
    ]


def described(request: Request, study: dict[str, Any]) -> dict[str, Any] | None:
    """Return what programs are told of the data of a study."""
    at = to(request, f"/estudios/{study['id']}")
    return datasets_described(study, at=at, file_at=lambda path: at_hub(request, path))


def _id(request: Request) -> str:
    return str(request.path_params["id"])


async def _study(request: Request, document: str, **variables: Any) -> dict[str, Any]:
    return _found(await hub_of(request).ask(document, {"id": _id(request), **variables}, language=chosen(request)))


def _found(data: dict[str, Any]) -> dict[str, Any]:
    study: dict[str, Any] | None = data["node"]
    if study is None or study["__typename"] != "Study":
        raise HTTPException(404)
    return study


routes = [
    Route("/estudios/{id}", page),
    Route("/estudios/{id}/revision", revision),
    *(Route(f"/estudios/{{id}}/{kind}", findings) for kind in KINDS),
    Route("/estudios/{id}/datos", datasets),
]
