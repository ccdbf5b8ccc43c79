"""What is done with papers: one is added with its file to whatever holds papers, and one is withdrawn."""

from __future__ import annotations

from frontend_stub.acting import Act, Choice, File, Line, Text
from frontend_stub.acting.filling import Filling
from frontend_stub.pages.desk.naming import Read, Told

ROLES = ("BACKGROUND", "CONVOCATION", "MINUTES", "ANNEX", "TERMS", "REPORT", "DATASET", "CONTRACT", "OTHER")
USUAL = {
    "Agreement": "CONTRACT",
    "AgendaItem": "BACKGROUND",
    "Consultation": "BACKGROUND",
    "Instrument": "ANNEX",
    "StudyDataset": "DATASET",
    "StudyMilestone": "REPORT",
    "StudyRevision": "REPORT",
}
"""What a paper mostly is to a thing of each type; nothing in particular to any other."""


def _usual(node: Read) -> str:
    return USUAL.get(node["__typename"], "OTHER")


def _meant(filling: Filling) -> Told:
    """Return what a file is handed in for: data may be larger, and of fewer types."""
    return {"purpose": "DATASET" if filling.words_at("role") == "DATASET" else "DOCUMENT"}


HOLDER = {
    "agregar": Act(
        "attach_document",
        names="holderId",
        fields=(
            File("upload", label="document_file", asked=_meant),
            Text("title", long=False, label="document_title", before=lambda node: None),
            Choice("role", codes=ROLES, group="document_roles", label="document_role", before=_usual),
            Choice(
                "sight",
                codes=("PUBLIC", "MEMBERS"),
                group="document_sights",
                usual="MEMBERS",
                before=lambda node: None,
            ),
            Line("licence", optional=True, before=lambda node: None),
        ),
    ),
}

DOCUMENT = {
    "retirar": Act(
        "withdraw_document",
        names="documentId",
        offered=lambda node: node["withdrawnAt"] is None,
        fields=(Text("reason", before=lambda node: None),),
        sure=True,
        grave=True,
    ),
}
