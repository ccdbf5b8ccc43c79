"""What is done to a study: ordered, contracted, planned, written, reviewed, published, corrected or retracted."""

from __future__ import annotations

from frontend_stub.acting import (
    EDITION,
    WRITTEN_AT,
    Act,
    Area,
    Box,
    Choice,
    Day,
    Group,
    Line,
    Number,
    Option,
    Picked,
    Rows,
    Text,
)
from frontend_stub.pages.desk.naming import Read, by_folio
from frontend_stub.pages.desk.studies.wording import WORDING, organizations

NAMED = "studyId"
REASON = Text("reason")


def _ordered(node: Read) -> list[Option]:
    """Return the mandates of the body that order a study and are not carried out yet."""
    return by_folio(one for one in node["mandates"]["nodes"] if one["kind"] == "STUDY")


OF_A_STUDY = (
    Choice(
        "kind",
        codes=("RESEARCH", "DIAGNOSIS", "EVALUATION", "OPINION"),
        group="study_kinds",
        label="study_kind",
        usual="RESEARCH",
    ),
    Text("title", long=False),
    Text("questions", label="study_questions"),
    Text("terms", label="study_terms", rows=8),
    Text("ethicsNote", optional=True),
    Day("dueOn", optional=True),
    Number("answerDays", before=lambda node: node.get("answerDays", 90)),
)
"""What the order of a study says."""

OF_A_DATASET = (
    Choice("role", codes=("USED", "PRODUCED"), group="dataset_roles", label="dataset_role", usual="PRODUCED"),
    Text("title", long=False),
    Text("description", optional=True),
    Text("mended", optional=True),
    Line("sourceUrl", optional=True),
    Line("licence", optional=True),
    Number("rowCount", optional=True),
    Line("sha256", optional=True),
    Rows(
        "columns",
        optional=True,
        spare=3,
        fields=(
            Line("name", label="column_name"),
            Choice(
                "type",
                codes=("TEXT", "CATEGORY", "INTEGER", "NUMBER", "BOOLEAN", "DATE", "DATETIME"),
                group="column_types",
                label="column_type",
                usual="TEXT",
            ),
            Text("meaning", label="column_meaning", rows=2),
        ),
    ),
)
"""What is said of a dataset, with its dictionary."""

STUDY = {
    "editar": Act("edit_study", names=NAMED, event="edit_study", fields=(*OF_A_STUDY, WRITTEN_AT)),
    "contratar": Act(
        "contract_study",
        names=NAMED,
        event="contract",
        fields=(
            Picked("organizationId", of=organizations, label="contracted"),
            Line("reference", optional=True, label="contract_reference"),
            Day("signedOn", optional=True),
            Number("cost", optional=True),
            Line("currency", optional=True),
        ),
    ),
    "planear": Act(
        "plan_study", names=NAMED, event="plan_study", fields=(Text("method", rows=8, label="study_method"),)
    ),
    "comenzar": Act("begin_study", names=NAMED, event="begin_study"),
    "escribir": Act(
        "write_study",
        names=NAMED,
        event="write_study",
        fields=WORDING,
    ),
    "entregar": Act("hand_in_study", names=NAMED, event="hand_in_study"),
    "devolver": Act("revise_study", names=NAMED, new=True, event="revise_study", fields=(REASON,)),
    "aprobar": Act("approve_study", names=NAMED, event="approve_study", sure=True),
    "publicar": Act("publish_study", names=NAMED, event="publish_study", sure=True),
    "corregir": Act("correct_study", names=NAMED, event="correct_study", sure=True),
    "retractar": Act(
        "retract_study", names=NAMED, new=True, event="retract_study", fields=(REASON,), sure=True, grave=True
    ),
    "cancelar": Act(
        "cancel_study", names=NAMED, new=True, event="cancel_study", fields=(REASON,), sure=True, grave=True
    ),
    "integrante": Act(
        "add_study_member",
        names=NAMED,
        new=True,
        fields=(
            Line("name", label="person_name"),
            Choice("role", codes=("LEAD", "RESEARCHER", "ADVISER", "SUPPORT"), group="team_roles", label="team_role"),
            Line("personId", optional=True),
            Picked("organizationId", of=organizations, optional=True, label="for_organization"),
        ),
    ),
    "etapa": Act(
        "set_milestone",
        names=NAMED,
        new=True,
        fields=(
            Text("title", long=False, label="milestone_title"),
            Day("dueOn"),
            Number("payment", optional=True),
        ),
    ),
    "datos": Act("describe_dataset", names=NAMED, new=True, fields=OF_A_DATASET),
    "revision": Act(
        "invite_review",
        names=NAMED,
        new=True,
        offered=lambda node: node["state"] == "IN_REVIEW",
        fields=(
            Line("name", label="reviewer"),
            Box("blind"),
            Line("personId", optional=True),
            Day("dueOn", optional=True),
        ),
    ),
}

MEMBER = {
    "intereses": Act(
        "declare_interests",
        names="memberId",
        event="declare_interests",
        fields=(Area("declaration", before=lambda node: node["interests"]),),
    ),
    "salida": Act("end_study_member", names="memberId", event="end_study_member", sure=True),
}

MILESTONE = {
    "entregar": Act(
        "hand_in_milestone",
        names="milestoneId",
        new=True,
        event="hand_in_milestone",
        fields=(Text("note", label="milestone_note"),),
    ),
    "aceptar": Act("accept_milestone", names="milestoneId", event="accept_milestone"),
    "devolver": Act("return_milestone", names="milestoneId", new=True, event="return_milestone", fields=(REASON,)),
    "dejar": Act(
        "drop_milestone", names="milestoneId", new=True, event="drop_milestone", fields=(REASON,), sure=True, grave=True
    ),
}

DATASET = {
    "editar": Act("edit_dataset", names="datasetId", event="edit_dataset", fields=(*OF_A_DATASET, EDITION)),
    "quitar": Act(
        "remove_dataset",
        names="datasetId",
        event="remove_dataset",
        sure=True,
        grave=True,
    ),
}

REVIEW = {
    "dictaminar": Act(
        "deliver_review",
        names="reviewId",
        event="deliver_review",
        fields=(
            Choice("verdict", codes=("ACCEPT", "MINOR", "MAJOR", "REJECT"), group="review_verdicts"),
            Text("report", label="review_report", rows=10, before=lambda node: None),
            Area("interests", label="declaration", before=lambda node: node["interests"]),
        ),
        sure=True,
    ),
    "declinar": Act(
        "decline_review",
        names="reviewId",
        new=True,
        event="decline_review",
        fields=(Area("reason"),),
    ),
    "cancelar": Act(
        "cancel_review",
        names="reviewId",
        new=True,
        event="cancel_review",
        fields=(Area("reason"),),
        sure=True,
        grave=True,
    ),
    "contestar": Act(
        "answer_review",
        names="reviewId",
        new=True,
        event="answer_review",
        fields=(Text("answer", rows=8),),
    ),
}


def _adopted(node: Read) -> list[Option]:
    addressee = node["addressedTo"] or {}
    return by_folio(addressee["instruments"]["nodes"]) if "instruments" in addressee else []


FINDING = {
    "contestar": Act(
        "answer_recommendation",
        names="findingId",
        new=True,
        event="answer_finding",
        fields=(
            Choice("decision", codes=("ACCEPTED", "PARTLY", "NOT_ACCEPTED", "NOTED"), group="done_with"),
            Text("reasons"),
            Picked("instrumentId", of=_adopted, optional=True, label="statement_instrument"),
        ),
    ),
    "seguimiento": Act(
        "follow_recommendation",
        names="findingId",
        new=True,
        offered=lambda node: any(one["event"] in ("take_up", "leave_finding") for one in node["availableTransitions"]),
        fields=(Box("takenUp", label="carried_out"), Text("note", label="follow_up")),
    ),
}

ON_A_BODY = {
    "nuevo-estudio": Act(
        "order_study",
        names="bodyId",
        new=True,
        fields=(
            *OF_A_STUDY,
            Picked("mandateId", of=_ordered, optional=True, label="ordering_mandate"),
            Group(
                "ownInitiative",
                optional=True,
                label="own_initiative",
                fields=(
                    Text("reason", label="mandate_reason"),
                    Text("question", optional=True, rows=2, label="mandate_question"),
                    Day("dueOn", optional=True),
                ),
            ),
        ),
        leads=lambda payload: f"/escritorio/estudios/{payload['study']['id']}",
    ),
}
