"""The parts of things that fewer people are told than know of the thing: where each line of the table is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.visibility.world import World


def asked_about(state: str) -> Callable[[World], list[str]]:
    """Return the way to a consultation."""
    return lambda world: [world.held.asked[state].node]


def response(line: str) -> Callable[[World], list[str]]:
    """Return the way to a response."""
    return lambda world: [f"Response_{world.held.responses[line]}"]


def question(state: str, code: str) -> Callable[[World], list[str]]:
    """Return the way to a question."""
    return lambda world: [f"Question_{world.held.asked[state].questions[code]}"]


def grant(name: str) -> Callable[[World], list[str]]:
    """Return the way to the grant of a role."""
    return lambda world: [f"RoleGrant_{world.cast.grants[name]}"]


def membership(name: str) -> Callable[[World], list[str]]:
    """Return the way to who sits in a seat."""
    return lambda world: [f"Membership_{world.cast.memberships[name]}"]


def motion(name: str) -> Callable[[World], list[str]]:
    """Return the way to a motion."""
    return lambda world: [f"Motion_{world.cast.motions[name]}"]


def vote(name: str) -> Callable[[World], list[str]]:
    """Return the way to a vote."""
    return lambda world: [f"VoteEvent_{world.cast.votes[name]}"]


def blind_review(world: World) -> list[str]:
    """Return the way to what Ana says of a study without being named."""
    return [f"PeerReview_{world.studied.blind}"]


PARTS: Mapping[str, tuple[Callable[[World], list[str]], str]] = {
    "Consultation.responseCount: open": (asked_about("open"), "responseCount"),
    "Consultation.responseCount: closed": (asked_about("closed"), "responseCount"),
    "Consultation.participation: open": (asked_about("open"), "participation { responses }"),
    "Consultation.participation: closed": (asked_about("closed"), "participation { responses }"),
    "Consultation.viewerDraft: what Ana began": (asked_about("suspended"), "viewerDraft { edition }"),
    "Consultation.viewerResponse: what Ana answered": (asked_about("open"), "viewerResponse { id }"),
    "Question.tally: of what is open": (question("open", "agua"), "tally { answered }"),
    "Question.tally: of what is closed": (question("closed", "agua"), "tally { answered }"),
    "Question.tally: of what is asked in confidence": (question("closed", "secreto"), "tally { answered }"),
    "Response.respondentName: kept back": (response("counted and published"), "respondentName"),
    "Response.organization: kept back": (
        response("counted and published, an organisation's"),
        "organization { id }",
    ),
    "Response.territory: of a published response": (response("counted and published"), "territory { id }"),
    "Response.similarTo: of a published response": (response("counted and published"), "similarTo { id }"),
    "PeerReview.name: of a blind review": (blind_review, "name"),
    "RoleGrant.person: the coordinator, whose profile is not": (grant("K coordinator"), "person { id }"),
    "Membership.person: a member, whose profile is not": (membership("M"), "person { id }"),
    "Membership.gender: of a member": (membership("M"), "gender"),
    "Motion.minutes: circulated": (motion("minutes"), "minutes { id }"),
    "Motion.instrument: a draft": (motion("instrument"), "instrument { id }"),
    "VoteEvent.votesFor: while it is open": (vote("open"), "votesFor"),
    "VoteEvent.votesFor: of what was voted": (vote("closed"), "votesFor"),
    "VoteEvent.votesFor: of what was voted in secret": (vote("secret"), "votesFor"),
    "VoteEvent.viewerVote: while it is open": (vote("open"), "viewerVote { option }"),
    "VoteEvent.viewerVote: in secret": (vote("secret"), "viewerVote { option }"),
    "Session.link: of what is held": (lambda world: world.things["Session: held"], "link"),
    "Representation.person: Ana, whose profile is not public": (
        lambda world: [f"Representation_{world.cast.representations['O']}"],
        "person { id }",
    ),
}
"""The lines that are told by a field which is null for everybody else: the thing, and the field."""
