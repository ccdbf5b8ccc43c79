"""What is done to a consultation until it closes: published, extended, shortened, suspended, resumed, withdrawn."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from frontend_stub.acting import Act, Day, Declared, Picked, Text
from frontend_stub.drafting import read_draft
from frontend_stub.pages.desk.consultations.afterwards import adopted
from frontend_stub.pages.desk.naming import Read
from frontend_stub.pages.desk.problems import problems_of
from frontend_stub.showing import shown
from frontend_stub.whoever import UNSTORED

NAMED = "consultationId"
REASON = Text("reason", label="notice_reason")


def _clock(node: Read) -> str:
    return str(node["closing"]["zone"])


async def what_it_lacks(request: Request, node: Read) -> Response | None:
    """Return all that keeps a draft from being published, with the way to each place; nothing where nothing does."""
    problems = await problems_of(request, await read_draft(request, node["id"]))
    if not problems:
        return None
    return shown(request, "desk/unfinished.html", headers=UNSTORED, consultation=node, problems=problems)


ACTS = {
    "publicar": Act(
        "publish_consultation",
        names=NAMED,
        event="schedule",
        fields=(Day("answerDueOn", optional=True, before=lambda node: None),),
        instead=what_it_lacks,
        sure=True,
    ),
    "ampliar": Act(
        "extend_consultation", names=NAMED, event="extend", fields=(Declared("closing", clock=_clock), REASON)
    ),
    "acortar": Act(
        "shorten_consultation",
        names=NAMED,
        event="shorten",
        fields=(
            Declared("closing", clock=_clock),
            Picked("instrumentId", of=adopted, optional=True, label="shortening_instrument"),
            REASON,
        ),
        sure=True,
    ),
    "suspender": Act("suspend_consultation", names=NAMED, event="suspend", fields=(REASON,)),
    "reanudar": Act(
        "resume_consultation",
        names=NAMED,
        event="resume",
        fields=(Declared("closing", clock=_clock, optional=True, before=lambda node: None), REASON),
    ),
    "retirar": Act(
        "withdraw_consultation",
        names=NAMED,
        event="withdraw_consultation",
        fields=(REASON,),
        sure=True,
        grave=True,
    ),
}
