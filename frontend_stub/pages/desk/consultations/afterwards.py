"""What is done to a consultation once it has closed: it is analysed, reported on, and answered question by question."""

from __future__ import annotations

from frontend_stub.acting import EDITION, Act, Choice, Option, Picked, Text
from frontend_stub.pages.desk.naming import Read, by_folio

NAMED = "consultationId"


def adopted(node: Read) -> list[Option]:
    """Return the instruments of the body that asked, on which an answer or a shortening may rest."""
    publisher = node.get("publisher") or (node.get("consultation") or {}).get("publisher")
    return by_folio(publisher["instruments"]["nodes"]) if publisher and "instruments" in publisher else []


def _asked(node: Read, kind: str) -> list[Option]:
    """Return the questions or the sections that no statement answers yet."""
    things = node["revision"]["questions"]["nodes"] if kind == "question" else node["revision"]["sections"]
    answered = {one[kind]["id"] for one in node["statements"]["nodes"] if one[kind] and one["state"] != "DISCARDED"}
    return [
        {"code": one["id"], "label": f"{number}. {one['title']['text']}", "lang": one["title"]["language"]}
        for number, one in enumerate(things, start=1)
        if one["id"] not in answered
    ]


REPORT = (Text("method", label="report_method", rows=8), Text("limitations", optional=True, rows=5))
"""What a report says of itself; the figures are the hub's own."""

NOTE = Text("note", label="correction_note", before=lambda node: None)

STATEMENT = (
    Text("asked"),
    Text("said", rows=6),
    Choice("did", codes=("ACCEPTED", "PARTLY", "NOT_ACCEPTED", "NOTED"), group="done_with"),
    Text("reasons", rows=6),
    Picked("instrumentId", of=adopted, optional=True, label="statement_instrument"),
)
"""What is answered to a question or a section: asked, said, did, and why."""

ACTS = {
    "analizar": Act("start_analysis", names=NAMED, event="start_analysis"),
    "informe": Act(
        "draft_report",
        names=NAMED,
        event="draft_report",
        fields=REPORT,
    ),
    "publicar-informe": Act("publish_findings", names=NAMED, event="publish_findings", sure=True),
    "pronunciamiento": Act(
        "draft_statement",
        names=NAMED,
        new=True,
        event="draft_statement",
        fields=(
            Picked("questionId", of=lambda node: _asked(node, "question"), optional=True),
            Picked("sectionId", of=lambda node: _asked(node, "section"), optional=True),
            *STATEMENT,
        ),
    ),
    "contestada": Act("answer_consultation", names=NAMED, event="answer", sure=True),
    "publicar-resultados": Act("release_results", names=NAMED, event="release"),
    "archivar": Act("archive_consultation", names=NAMED, event="archive", sure=True),
}

OF_A_REPORT = {
    "editar": Act("edit_report", names="reportId", event="edit_report", fields=(*REPORT, EDITION)),
    "aprobar": Act("approve_report", names="reportId", event="approve_report"),
    "devolver": Act("rework_report", names="reportId", event="rework_report"),
    "corregir": Act("correct_report", names="reportId", event="correct_report", fields=(*REPORT, NOTE)),
    "publicar": Act("publish_report", names="reportId", event="publish_report", sure=True),
}

OF_A_STATEMENT = {
    "editar": Act("edit_statement", names="statementId", event="edit_statement", fields=(*STATEMENT, EDITION)),
    "aprobar": Act("approve_statement", names="statementId", event="approve_statement"),
    "devolver": Act("rework_statement", names="statementId", event="rework_statement"),
    "publicar": Act("publish_statement", names="statementId", event="publish_statement", sure=True),
    "corregir": Act("correct_statement", names="statementId", event="correct_statement", fields=(*STATEMENT, NOTE)),
    "descartar": Act("discard_statement", names="statementId", event="discard_statement", sure=True, grave=True),
}
