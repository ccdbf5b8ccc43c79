"""What is done about interests: declared by whoever has them, written down for whoever has no account, reviewed."""

from __future__ import annotations

from frontend_stub.acting import Act, Area, Choice, Day, Option, Picked
from frontend_stub.languages import Words
from frontend_stub.pages.desk.naming import Read, Told, by_title

KINDS = ("NONE", "EMPLOYMENT", "OWNERSHIP", "CONTRACT", "POSITION", "FAMILY", "OTHER")


def _organizations(node: Read) -> list[Option]:
    return by_title(node["organizations"]["nodes"])


def _said(node: Read) -> list[Option]:
    """Return what was declared and still stands, in the words of whoever declared it."""
    return [{"code": one["id"], "label": one["summary"]} for one in node["interestDeclarations"]["nodes"]]


DECLARE = Act(
    "declare_member_interest",
    names="membershipId",
    event="declare_interest",
    new=True,
    fields=(
        Choice("kind", codes=KINDS, group="interest_kinds", usual="NONE", label="interest_kind"),
        Area("summary", rows=2, label="interest_summary"),
        Picked("organizationId", of=_organizations, optional=True, label="interest_organization"),
        Area("matter", rows=3, optional=True, label="interest_matter"),
        Day("since", optional=True, label="interest_since"),
        Day("until", optional=True, label="interest_until"),
        Picked("replacesId", of=_said, optional=True, label="interest_replaced"),
    ),
)
"""The form by which interests are declared, wherever it stands."""

INTEREST = {
    "revisar": Act(
        "review_member_interest",
        names="interestDeclarationId",
        event="review_interest",
        fields=(Area("note", rows=3, optional=True, label="interest_note"),),
    )
}


def declared(node: Read, words: Words) -> Told:
    """Return what an interest is called: who declared it, and of which kind it is."""
    name = (node["membership"] or {}).get("name") or words("body.erased")
    return {"text": f"{name}: {words.named('interest_kinds', node['kind'])}", "language": words.language}
