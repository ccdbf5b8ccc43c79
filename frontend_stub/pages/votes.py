"""One vote: on what and by which majority, what it came to, what each sector and each seat voted, and why."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.languages import chosen
from frontend_stub.roll_calls import of_seats
from frontend_stub.showing import shown
from frontend_stub.whoever import hub_of, token_if_any


async def page(request: Request) -> Response:
    """Show a vote with its whole roll call."""
    variables = {"id": request.path_params["id"]}
    data = await hub_of(request).ask("vote_event", variables, language=chosen(request), token=token_if_any(request))
    vote = data["node"]
    if vote is None or vote["__typename"] != "VoteEvent":
        raise HTTPException(404)
    return shown(
        request, "vote.html", vote=vote, motion=vote["motion"], majority=majority_of(vote), called=of_seats(vote)
    )


def majority_of(vote: dict[str, Any]) -> dict[str, Any] | None:
    """Return the majority that its matter takes, by the rules that its session is bound to."""
    rules = vote["session"] and vote["session"]["rules"]
    majorities = rules["terms"]["majorities"] if rules and vote["motion"] else []
    return next((one for one in majorities if one["matter"] == vote["motion"]["matter"]), None)


routes = [Route("/votaciones/{id}", page)]
