"""The acts on what came of a consultation, and what is read of it, as a client sends them."""

from __future__ import annotations

from typing import Any

from tests.consultations.asking import es
from tests.making.consultations import Asked

ERRORS = "errors { __typename code message path } event"


def _act(name: str, shown: str) -> str:
    noun = f"{name[0].upper()}{name[1:]}"
    return f"mutation ($input: {noun}Input!) {{ {name}(input: $input) {{ {shown} {ERRORS} }} }}"


CONSULTATION = "consultation { id state answeredAt answerStanding }"
REPORT = """report { id number state method { text } limitations { text } correctionNote { text } release { number }
  snapshotHash responseCount begunNotSent invitationsIssued completionRate responseRate approvedAt publishedAt }"""
STATEMENT = """statement { id number state did position asked { text } said { text } reasons { text }
  correctionNote { text } question { code } section { id } lineageId approvedAt publishedAt }"""

START, FINDINGS = _act("startAnalysis", CONSULTATION), _act("publishFindings", f"{CONSULTATION} {REPORT}")
ANSWER, ARCHIVE = _act("answerConsultation", CONSULTATION), _act("archiveConsultation", CONSULTATION)
DRAFT_REPORT, EDIT_REPORT = _act("draftReport", REPORT), _act("editReport", REPORT)
APPROVE_REPORT, REWORK_REPORT = _act("approveReport", REPORT), _act("reworkReport", REPORT)
CORRECT_REPORT, PUBLISH_REPORT = _act("correctReport", REPORT), _act("publishReport", REPORT)
DRAFT_STATEMENT, EDIT_STATEMENT = _act("draftStatement", STATEMENT), _act("editStatement", STATEMENT)
APPROVE_STATEMENT, REWORK_STATEMENT = _act("approveStatement", STATEMENT), _act("reworkStatement", STATEMENT)
DISCARD_STATEMENT, PUBLISH_STATEMENT = _act("discardStatement", STATEMENT), _act("publishStatement", STATEMENT)
CORRECT_STATEMENT = _act("correctStatement", STATEMENT)

STANDS = """query ($id: ID!) { node(id: $id) { ... on Consultation { state answerDueOn answeredAt answerStanding
  report { number state } reports { nodes { number state } }
  statements { totalCount nodes { number state did question { code } section { title { text } } } } } } }"""
NEXT = """query ($id: ID!) { node(id: $id) {
  ... on Consultation { availableTransitions { event allowed reason { code message } } }
  ... on Response { availableTransitions { event allowed reason { code message } } }
  ... on ConsultationReport { availableTransitions { event allowed reason { code message } } }
  ... on Statement { availableTransitions { event allowed reason { code message } } } } }"""


def about(asked: Asked, /, **known: Any) -> dict[str, Any]:
    """The input of an act on a consultation."""
    return {"input": {"consultationId": asked.node, **known}}


def report(id_: str, **known: Any) -> dict[str, Any]:
    """The input of an act on a report."""
    return {"input": {"reportId": id_, **known}}


def statement(id_: str, **known: Any) -> dict[str, Any]:
    """The input of an act on a statement."""
    return {"input": {"statementId": id_, **known}}


def a_report(method: str = "Se preguntó en línea.", **known: Any) -> dict[str, Any]:
    """What a report says."""
    return {"method": es(method), "limitations": es("Contestó quien quiso."), **known}


def a_statement(reasons: str = "Se ampliará la red.", **known: Any) -> dict[str, Any]:
    """What a statement says."""
    words = {"asked": es("¿Hay agua?"), "said": es("A la mayoría le falta."), "reasons": es(reasons)}
    return {**words, "did": "ACCEPTED", **known}
