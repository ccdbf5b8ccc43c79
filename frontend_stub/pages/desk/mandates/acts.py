"""What is done to mandates and work programmes: ordered, taken up, moved, delivered, closed."""

from __future__ import annotations

from frontend_stub.acting import EDITION, WRITTEN_AT, Act, Choice, Day, Number, Option, Picked, Rows, Text
from frontend_stub.pages.desk.naming import Read, by_folio, by_title, chargeable, id_of

NAMED = "mandateId"
KIND = Choice(
    "kind",
    codes=(
        "CONSULTATION",
        "STUDY",
        "PROPOSAL_CALL",
        "POLICY",
        "ACTION",
        "ACTIVITY",
        "RESEARCH",
        "EVALUATION",
        "PLATFORM",
        "THEMATIC_PROJECT",
        "SECTORAL_PROJECT",
        "OUTREACH_MATERIAL",
        "GUIDELINE",
        "CRITERION",
        "REPORT",
        "OPINION",
    ),
    group="mandate_kinds",
    label="mandate_kind",
)


def _own_body(node: Read) -> Read:
    """Return the body that orders: the thing itself, where a mandate is only being proposed by it."""
    ordering: Read = node.get("orderedBy") or node
    return ordering


def _chargeable(node: Read) -> list[Option]:
    return chargeable(node, _own_body(node))


RESPONSIBLE = Picked("responsibleId", of=_chargeable, optional=True, before=lambda node: id_of(node.get("responsible")))
REASON = Text("reason", before=lambda node: None)

OF_A_MANDATE = (
    Text("title", long=False),
    Text("reason", label="mandate_reason"),
    Text("question", optional=True, label="mandate_question"),
    Day("dueOn", optional=True),
    Text("budgetNote", optional=True, rows=2),
    RESPONSIBLE,
)
"""What a mandate says before it is ordered."""


def _instruments(node: Read) -> list[Option]:
    return by_folio(_own_body(node)["instruments"]["nodes"])


def _documents(node: Read) -> list[Option]:
    return by_title(_own_body(node)["documents"]["nodes"])


MANDATE = {
    "editar": Act("edit_mandate", names=NAMED, event="edit_mandate", fields=(*OF_A_MANDATE, WRITTEN_AT)),
    "ordenar": Act("order_mandate", names=NAMED, event="order", sure=True),
    "aceptar": Act("accept_mandate", names=NAMED, event="accept"),
    "comenzar": Act("start_mandate", names=NAMED, event="start"),
    "entregar": Act(
        "deliver_mandate",
        names=NAMED,
        event="deliver",
        fields=(
            Picked("instrumentId", of=_instruments, optional=True, label="delivered_instrument"),
            Picked("documentId", of=_documents, optional=True, label="delivered_document"),
        ),
    ),
    "encargar": Act("reassign_mandate", names=NAMED, new=True, event="reassign", fields=(RESPONSIBLE, REASON)),
    "plazo": Act("reschedule_mandate", names=NAMED, event="reschedule", fields=(Day("dueOn", optional=True), REASON)),
    "concluir": Act("discharge_mandate", names=NAMED, new=True, event="discharge", fields=(REASON,), sure=True),
    "cancelar": Act("cancel_mandate", names=NAMED, new=True, event="cancel", fields=(REASON,), sure=True, grave=True),
}

LINES = Rows("lines", fields=(Text("title", long=False), Text("explanation", optional=True, rows=2)), spare=3)

PROGRAMME = {
    "editar": Act(
        "edit_work_programme",
        names="workProgrammeId",
        event="edit_programme",
        fields=(Text("title", long=False), LINES, EDITION),
    ),
    "aprobar": Act(
        "approve_work_programme",
        names="workProgrammeId",
        event="approve_programme",
        fields=(Picked("instrumentId", of=lambda node: by_folio(node["body"]["instruments"]["nodes"])),),
        sure=True,
    ),
    "enlazar": Act(
        "link_work_programme_line",
        names="workProgrammeId",
        event="carry_out_line",
        fields=(
            Number("position", label="programme_line"),
            Picked("mandateId", of=lambda node: by_folio(node["body"]["mandates"]["nodes"])),
        ),
    ),
    "cerrar": Act(
        "close_work_programme",
        names="workProgrammeId",
        event="close_programme",
        sure=True,
    ),
}

ON_A_BODY = {
    "nuevo-mandato": Act(
        "propose_mandate",
        names="bodyId",
        new=True,
        fields=(KIND, *OF_A_MANDATE),
        leads=lambda payload: f"/escritorio/mandatos/{payload['mandate']['id']}",
    ),
    "nuevo-programa": Act(
        "draft_work_programme",
        names="bodyId",
        new=True,
        fields=(Number("year"), Text("title", long=False), LINES),
    ),
}
