"""What each line of the table is about, by identifiers: every row of every type is in one line, and in no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from tests.talking import Somebody, Talking
from tests.visibility.consultations import Held
from tests.visibility.people import Cast

TABLE_OF: Mapping[str, str] = {
    "Territory": "territory",
    "Body": "body",
    "BodyCharter": "body_charter",
    "ParityRule": "parity_rule",
    "JoinRequest": "join_request",
    "InterestDeclaration": "interest_declaration",
    "Seat": "seat",
    "Membership": "membership",
    "Instrument": "instrument",
    "Agreement": "agreement",
    "InstrumentRevision": "instrument_revision",
    "WorkProgramme": "work_programme",
    "Session": "session",
    "SessionRules": "session_rules",
    "Convocation": "convocation",
    "QuorumCount": "quorum_count",
    "AgendaItem": "agenda_item",
    "Attendance": "attendance",
    "Recusal": "recusal",
    "Motion": "motion",
    "VoteEvent": "vote_event",
    "Minutes": "minutes",
    "Observation": "observation",
    "ActionItem": "action_item",
    "Organization": "organization",
    "Document": "document",
    "Mandate": "mandate",
    "Consultation": "consultation",
    "QuestionnaireRevision": "questionnaire_revision",
    "Section": "section",
    "Question": "question",
    "TimetableNotice": "timetable_notice",
    "ResultRelease": "result_release",
    "ResultTable": "result_table",
    "ConsultationReport": "consultation_report",
    "Statement": "statement",
    "Response": "response",
    "Person": "person",
    "SignIn": "sign_in",
    "LinkedIdentity": "linked_identity",
    "Token": "token",
    "Client": "client",
    "RoleGrant": "role_grant",
    "Representation": "representation",
    "Study": "study",
    "StudyMember": "study_member",
    "StudyMilestone": "study_milestone",
    "StudyRevision": "study_revision",
    "Finding": "finding",
    "PeerReview": "peer_review",
    "StudyDataset": "study_dataset",
}
"""Where the things of each type are kept: the guard compares it with the schema."""


STATES = {
    "scheduled": ["scheduled"],
    "open": ["open", "anonymous", "invited"],
    "suspended": ["suspended"],
    "closed": ["closed"],
    "in analysis": ["analysed"],
    "with published findings": ["reported"],
    "withdrawn": ["withdrawn", "annulled"],
    "draft": ["draft"],
    "draft of another body": ["draft of another body"],
    "hidden": ["hidden"],
}
"""The consultations of each line, as the world calls them."""

ELSEWHERE = "draft of another body"


async def rows(hub: Talking, type_: str, where: str = "true", **values: Any) -> list[str]:
    """Return the ids of the rows of a type."""
    found = await hub.rows(f'SELECT id FROM "{TABLE_OF[type_]}" AS t WHERE {where} ORDER BY id', **values)
    return [f"{type_}_{row['id']}" for row in found]


def named(type_: str, ids: Iterable[UUID]) -> list[str]:
    """Return identifiers as they are told."""
    return [f"{type_}_{id_}" for id_ in ids]


async def things(held: Held) -> dict[str, list[str]]:
    """Return the ids of each line that is about things, but for those that are somebody's own."""
    cast = held.cast
    return {
        **_registered(cast),
        "Territory: a place": named("Territory", [held.place]),
        **await _sessions(cast),
        **await _instruments(cast),
        **await _agreements(cast),
        **await _consultations(held),
        **await _wordings(held),
        **await _documents(held),
        **await _results(held),
        **_answers(held),
        **_responses(held),
        **await _of_people(cast),
    }


def _registered(cast: Cast) -> dict[str, list[str]]:
    return {
        "Body: in the register": named("Body", [cast.body, cast.elsewhere]),
        "Body: hidden": named("Body", [cast.hidden_body]),
        "BodyCharter: of a body in the register": named("BodyCharter", cast.charters["body"]),
        "BodyCharter: of a body that is hidden": named("BodyCharter", cast.charters["hidden"]),
        "ParityRule: of a body in the register": named("ParityRule", [cast.seats["rule"]]),
        "ParityRule: of a body that is hidden": named("ParityRule", [cast.seats["hidden rule"]]),
        "JoinRequest: Ana's": named("JoinRequest", [cast.memberships["asked"]]),
        "JoinRequest: an invitation to the organisation": named("JoinRequest", [cast.memberships["invited"]]),
        **_seated(cast),
        "Organization: in the register": named("Organization", [cast.organization, cast.other_organization]),
        "Organization: hidden": named("Organization", [cast.hidden_organization]),
    }


def _seated(cast: Cast) -> dict[str, list[str]]:
    """The seats of bodies, and who sits in them."""
    seats, held = cast.seats, cast.memberships
    return {
        "Seat: of a body in the register": named("Seat", [seats["body"], seats["once"], seats["proposed"]]),
        "Seat: of a body that is hidden": named("Seat", [seats["hidden"]]),
        "Membership: who sits there": named("Membership", [held["M"]]),
        "Membership: who sat there once": named("Membership", [held["F"]]),
        "Membership: Ana, who is proposed": named("Membership", [held["O"]]),
        "Membership: in a body that is hidden": named("Membership", [held["hidden"]]),
    }


async def _instruments(cast: Cast) -> dict[str, list[str]]:
    """What the body adopted, and what it means to do, published and not."""
    published = "(SELECT id FROM instrument WHERE state = 'published')"
    of = {
        "Instrument: published": "state = 'published'",
        "Instrument: a draft": "state = 'draft'",
        "InstrumentRevision: of what is published": f"instrument_id IN {published}",
        "InstrumentRevision: of a draft": f"instrument_id NOT IN {published}",
        "WorkProgramme: approved": "state = 'approved'",
        "WorkProgramme: a draft": "state = 'draft'",
    }
    return {line: await rows(cast.hub, line.partition(":")[0], where) for line, where in of.items()}


async def _agreements(cast: Cast) -> dict[str, list[str]]:
    """What the body and others agreed, and what their members declared."""
    drafted = "state = 'draft'"
    of = {
        "Agreement: signed": ("state = 'signed'", cast.body),
        "Agreement: a draft": (drafted, cast.body),
        "Agreement: a draft of others": (drafted, cast.elsewhere),
        "InterestDeclaration: of a body in the register": ("true", cast.body),
        "InterestDeclaration: of a body that is hidden": ("true", cast.hidden_body),
    }
    return {
        line: await rows(cast.hub, line.partition(":")[0], f"{where} AND body_id = :body", body=body)
        for line, (where, body) in of.items()
    }


async def _sessions(cast: Cast) -> dict[str, list[str]]:
    """The sessions with all that is in them, by the state that they are in."""
    planned, joint = "state = 'planned'", "cardinality(joint_body_ids) > 0"
    prepared = f"session_id IN (SELECT id FROM session WHERE {planned}"
    reserved = "agenda_item_id IN (SELECT id FROM agenda_item WHERE NOT public)"
    not_public = f"motion_id IN (SELECT id FROM motion WHERE {reserved})"
    published = "minutes_id IN (SELECT id FROM minutes WHERE state = 'published')"
    of = {
        "SessionRules: of a body in the register": "true",
        "Session: planned": f"{planned} AND NOT {joint}",
        "Session: planned with another body": f"{planned} AND {joint}",
        "Session: held": f"NOT {planned}",
        "Convocation: of what is held": "true",
        "QuorumCount: of what is held": "true",
        "AgendaItem: of what is planned": f"{prepared} AND NOT {joint})",
        "AgendaItem: of what is planned with another body": f"{prepared} AND {joint})",
        "AgendaItem: of what is held": f"NOT {prepared}) AND public AND state <> 'proposed'",
        "AgendaItem: for the members alone": f"NOT {prepared}) AND NOT public",
        "AgendaItem: asked for by a member": "state = 'proposed'",
        "Attendance: in what is held": "true",
        "Recusal: in what is held": f"NOT {reserved}",
        "Recusal: in a point for the members alone": reserved,
        "Motion: in what is held": f"NOT {reserved}",
        "Motion: under a point for the members alone": reserved,
        "VoteEvent: in what is held": f"NOT {not_public}",
        "VoteEvent: under a point for the members alone": not_public,
        "Minutes: being drafted": "state = 'draft'",
        "Minutes: circulated": "state = 'with_observations'",
        "Minutes: published": "state = 'published'",
        "Observation: on what is circulated": f"NOT {published}",
        "Observation: on what is published": published,
        "ActionItem: in what is held": f"agenda_item_id IS NULL OR NOT {reserved}",
        "ActionItem: of a point for the members alone": reserved,
    }
    return {line: await rows(cast.hub, line.partition(":")[0], where) for line, where in of.items()}


async def _documents(held: Held) -> dict[str, list[str]]:
    """The documents by what they are attached to, and for whom."""
    of = {
        "of a body": (held.cast.body, "public"),
        "of a body, for its members": (held.cast.body, "members"),
        "of another body, for its members": (held.cast.elsewhere, "members"),
        "of a draft": (held.asked["draft"].id, "public"),
        "of an agreement's draft": (held.cast.agreement, "public"),
        "of an agreement's draft, for the body's own": (held.cast.agreement, "members"),
        "of what is hidden": (held.asked["hidden"].id, "public"),
    }
    where, hub = "entry_id = :id AND sight = :sight", held.cast.hub
    return {
        f"Document: {line}": await rows(hub, "Document", where, id=id_, sight=sight)
        for line, (id_, sight) in of.items()
    }


async def _consultations(held: Held) -> dict[str, list[str]]:
    """The consultations by their state, with their mandates."""
    hub, found = held.cast.hub, {}
    for line, states in STATES.items():
        found[f"Consultation: {line}"] = [held.asked[state].node for state in states]
    mandates = {
        "hidden": ["hidden"],
        "of a draft": ["draft"],
        "of another body's draft": [ELSEWHERE],
        "ordered with what is published": published(held),
    }
    for line, states in mandates.items():
        ids = [held.asked[state].id for state in states]
        where = "id IN (SELECT mandate_id FROM consultation WHERE id = ANY(:ids))"
        found[f"Mandate: {line}"] = await rows(hub, "Mandate", where, ids=ids)
    return found


def published(held: Held) -> list[str]:
    """Return the consultations that everybody may see, as the world calls them."""
    return [state for state in held.asked if state not in ("draft", ELSEWHERE, "hidden")]


async def _wordings(held: Held) -> dict[str, list[str]]:
    """The questionnaires with their parts, and the notices about time."""
    hub, found = held.cast.hub, {}
    of = {
        "in force": published(held),
        "superseded": ["open"],
        "of a draft": ["draft"],
        "of another body's draft": [ELSEWHERE],
        "of what is hidden": ["hidden"],
    }
    for line, states in of.items():
        known = {"ids": [held.asked[state].id for state in states], "former": held.superseded}
        which = "id = :former" if line == "superseded" else "id <> :former"
        part = f"revision_id IN (SELECT id FROM questionnaire_revision WHERE consultation_id = ANY(:ids) AND {which})"
        where = f"consultation_id = ANY(:ids) AND {which}"
        found[f"QuestionnaireRevision: {line}"] = await rows(hub, "QuestionnaireRevision", where, **known)
        found[f"Section: {line}"] = await rows(hub, "Section", part, **known)
        found[f"Question: {line}"] = await rows(hub, "Question", part, **known)
    return found


async def _results(held: Held) -> dict[str, list[str]]:
    """What was published of results, and the notices about time."""
    hub, found = held.cast.hub, {}
    of = {
        "what is closed": ["closed", "analysed", "reported"],
        "what was withdrawn": ["annulled", "withdrawn"],
        "what is hidden": ["hidden"],
    }
    for line, states in of.items():
        ids = [held.asked[state].id for state in states]
        for type_ in ("ResultRelease", "ResultTable"):
            found[f"{type_}: of {line}"] = await rows(hub, type_, "consultation_id = ANY(:ids)", ids=ids)
    notices = {"what is published": published(held), "what is hidden": ["hidden"]}
    for line, states in notices.items():
        ids = [held.asked[state].id for state in states]
        found[f"TimetableNotice: of {line}"] = await rows(
            hub, "TimetableNotice", "consultation_id = ANY(:ids)", ids=ids
        )
    return found


def _answers(held: Held) -> dict[str, list[str]]:
    """What came of consultations."""
    found = {f"ConsultationReport: {line}": named("ConsultationReport", ids) for line, ids in held.reports.items()}
    return found | {f"Statement: {line}": named("Statement", ids) for line, ids in held.statements.items()}


def _responses(held: Held) -> dict[str, list[str]]:
    found = {f"Response: {line}": named("Response", [id_]) for line, id_ in held.responses.items()}
    found["Response: counted and published"] += found.pop("Response: another's")
    return found


async def _of_people(cast: Cast) -> dict[str, list[str]]:
    """What people hold, and what programs do."""
    hub, grants, asked = cast.hub, cast.grants, cast.representations
    clients = {letter: cast.viewers[letter].viewer.client_id for letter in "PQ"}
    tokens = {letter: await rows(hub, "Token", "client_id = :id", id=clients[letter]) for letter in "PQ"}
    roles = {
        "who leads a body or keeps its papers": ["K coordinator", "S secretary", "E coordinator", "E secretary"],
        "who did so once": ["F secretary"],
        "the analyst's": ["N analyst"],
        "an analyst's that has ended": ["F analyst"],
        "an analyst's of another body": ["E analyst"],
        "in a body that is hidden": ["hidden"],
        "an administrator's": ["D administrator"],
    }
    public = cast.others[1].person_id
    return {
        "Person: somebody with a public profile": named("Person", [public]),
        "LinkedIdentity: Ana's": await rows(hub, "LinkedIdentity"),
        "Token: of the organisation's program": tokens["P"],
        "Token: of another organisation's program": tokens["Q"],
        "Client: of the organisation": [f"Client_{clients['P']}"],
        "Client: an ended one": named("Client", [cast.ended_client]),
        "Client: of another organisation": [f"Client_{clients['Q']}"],
        **{f"RoleGrant: {line}": named("RoleGrant", [grants[name] for name in names]) for line, names in roles.items()},
        "Representation: asked for by Ana": named("Representation", [asked["O"]]),
        "Representation: Rosa's": named("Representation", [asked["R"]]),
        "Representation: one that has ended": named("Representation", [asked["F"]]),
    }


async def own(cast: Cast, viewers: Mapping[str, Somebody]) -> dict[str, dict[str, list[str]]]:
    """Return what is somebody's own, by type and by whose it is; of those who do not look, by their names."""
    found: dict[str, dict[str, list[str]]] = {"Person": {}, "SignIn": {}, "Token": {}}
    # What is public of them is in a line of its own.
    private = [cast.others[0], *cast.others[2:]]
    everybody = {**{letter: who for letter, who in viewers.items() if who.viewer.person_id}}
    everybody |= {who.name: who for who in private}
    for whose, who in everybody.items():
        found["Person"][whose] = named("Person", [who.person_id])
        found["SignIn"][whose] = await rows(cast.hub, "SignIn", "person_id = :id", id=who.person_id)
        found["Token"][whose] = await rows(cast.hub, "Token", "account_id = :id", id=who.account_id)
    found["Token"]["public"] = await rows(cast.hub, "Token", "account_id = :id", id=cast.others[1].account_id)
    return found
