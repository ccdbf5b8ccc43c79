"""The acts on studies as their callers send them."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from tests.consultations.asking import es
from tests.talking import Somebody, Talking

STUDY = """id folio state title { text } mandate { id state origin } body { id } organization { id } cost currency
  endReason { text } revision { number state contentHash citation }
  availableTransitions { event allowed reason { code } }"""
REVISION = "id number state contentHash citation note { text } returnReason { text }"
MEMBER = "id name role interests declaredAt leftAt mine"
MILESTONE = "id number state late handedInNote { text } decisionReason { text }"
DATASET = "id role rowCount sha256 publishedAt columns { name type meaning { text } }"
REVIEW = "id name blind mine state verdict report { text } interests reason authorsAnswer { text }"
FINDING = """id kind number state standing overdue answeredLate answerDueOn since until followUp { text }
  addressedTo { ... on Body { id } ... on Organization { id } } answers { number decision recorded reasons { text } }"""

SHOWN = {
    "study": STUDY,
    "revision": REVISION,
    "member": MEMBER,
    "milestone": MILESTONE,
    "dataset": DATASET,
    "review": REVIEW,
    "finding": FINDING,
}
OBJECT_OF = {
    "StudyMember": "member",
    "Interests": "member",
    "Milestone": "milestone",
    "Dataset": "dataset",
    "Review": "review",
    "Recommendation": "finding",
    "Study": "study",
}
"""What the payload of an act shows, by the noun that its name ends in."""

ID_OF = {
    "study_id": "Study",
    "member_id": "StudyMember",
    "milestone_id": "StudyMilestone",
    "dataset_id": "StudyDataset",
    "review_id": "PeerReview",
    "finding_id": "Finding",
    "body_id": "Body",
    "mandate_id": "Mandate",
    "organization_id": "Organization",
    "person_id": "Person",
}


def mutation(name: str) -> str:
    """Return the mutation of this name, with what its payload shows."""
    noun = next((one for one in OBJECT_OF if name.endswith(one)), "Study")
    shown = [OBJECT_OF[noun]] if name != "removeDataset" else ["study"]
    if name == "writeStudy":
        shown.append("revision")
    objects = " ".join(f"{one} {{ {SHOWN[one]} }}" for one in shown)
    return f"""mutation ($input: {name[0].upper()}{name[1:]}Input!) {{ {name}(input: $input) {{
      {objects} errors {{ __typename code message path }} event }} }}"""


def sent(given: dict[str, Any]) -> dict[str, Any]:
    """Return an input by the names of the schema: ids of rows become opaque ones, plain words Spanish texts."""
    return {"input": {_camel(name): _value(name, value) for name, value in given.items()}}


TEXTS = {"title", "questions", "terms", "ethics_note", "method", "note", "abstract", "report", "answer", "reasons"}


def _value(name: str, value: Any) -> Any:
    if name in ID_OF and isinstance(value, UUID):
        return f"{ID_OF[name]}_{value}"
    if name in TEXTS and isinstance(value, str):
        return es(value)
    return value


def _camel(name: str) -> str:
    return re.sub("_(.)", lambda match: match[1].upper(), name)


async def do(hub: Talking, act: str, by: Somebody, /, **given: Any) -> Any:
    """Do something to a study, and return what the payload shows."""
    payload = await hub.act(mutation(act), sent(given), by=by)
    (shown,) = [payload[one] for one in payload if one in SHOWN and (one != "study" or len(payload) == 3)]
    return shown


async def refused(hub: Talking, act: str, by: Somebody, /, **given: Any) -> list[str]:
    """Return the codes by which something is refused."""
    return [error["code"] for error in await hub.refuse(mutation(act), sent(given), by=by)]


def plain(id_: str) -> UUID:
    """Return the identifier in an opaque id."""
    return UUID(id_.rpartition("_")[2])
