"""What the text of a study says, as its form asks for it: parts with codes, findings and recommendations."""

from __future__ import annotations

from collections.abc import Callable

from frontend_stub.acting import Choice, Kept, Line, Option, Picked, PickedSome, Rows, Text
from frontend_stub.pages.desk.naming import Read, by_title


def organizations(node: Read) -> list[Option]:
    """Return the organisations that can be chosen, by their titles."""
    return by_title(node["organizations"]["nodes"])


def _bodies(node: Read) -> list[Option]:
    return by_title(node["bodies"]["nodes"])


def _standing(node: Read) -> list[Option]:
    """Return the published findings that hold at present, by their numbers."""
    return [
        {"code": one["id"], "label": f"{one['number']}. {one['text']['text']}", "lang": one["text"]["language"]}
        for one in node["findings"]["nodes"]
        if one["publishedAt"] is not None and one["until"] is None
    ]


def _unpublished(node: Read) -> list[Read]:
    """Return the findings of the text that is being written: all of them are written anew with it."""
    return [one for one in node["findings"]["nodes"] if one["publishedAt"] is None and one["until"] is None]


def _addressed(typename: str) -> Callable[[Read], str | None]:
    """Return what tells to whom of this kind a recommendation is addressed; nothing where it is to another kind."""

    def told(finding: Read) -> str | None:
        addressee = finding.get("addressedTo")
        return str(addressee["id"]) if addressee and addressee["__typename"] == typename else None

    return told


def _last(node: Read) -> Read:
    """Return the last wording; an empty one where nothing is written yet."""
    return next(iter(node["revisions"]["nodes"]), {})


WORDING = (
    Text("abstract", before=lambda node: _last(node).get("abstract")),
    Text("note", optional=True, rows=2),
    Rows(
        "sections",
        label="study_sections",
        before=lambda node: _last(node).get("sections"),
        fields=(
            Line("code", label="section_code"),
            Text("heading", long=False),
            Text("text", label="section_text", rows=10),
        ),
    ),
    Rows(
        "findings",
        optional=True,
        before=_unpublished,
        fields=(
            Choice(
                "kind",
                codes=("FINDING", "RECOMMENDATION"),
                group="finding_kinds",
                label="finding_kind",
                usual="FINDING",
            ),
            Text("text", label="finding_text", rows=3),
            Choice("strength", codes=("WEAK", "MODERATE", "STRONG"), group="finding_strengths", usual="MODERATE"),
            Line("section", optional=True, label="finding_section"),
            Picked("bodyId", of=_bodies, optional=True, label="addressed_body", before=_addressed("Body")),
            Picked(
                "organizationId",
                of=organizations,
                optional=True,
                label="addressed_organization",
                before=_addressed("Organization"),
            ),
            Picked("replacesId", of=_standing, optional=True),
        ),
    ),
    PickedSome("strikes", of=_standing, optional=True),
    Kept("basedOn", number=True, before=lambda node: _last(node).get("edition", 0)),
)
"""All of it: whatever a form leaves out is in the text no longer."""
