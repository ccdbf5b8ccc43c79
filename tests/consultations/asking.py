"""The mutations of consultations as a client sends them, and inputs that are complete."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.making.consultations import Asked

CREATE = """
mutation ($input: CreateConsultationInput!) {
  createConsultation(input: $input) {
    consultation {
      id state title { text } publisher { ... on Body { id } } mandate { state reason { text } }
      opening { instant declaredLocal zone } closing { instant } folio publishedAt revision { id }
      availableTransitions { event allowed }
    }
    errors { __typename code message path } event
  }
}
"""
PUBLISH = """
mutation ($input: PublishConsultationInput!) {
  publishConsultation(input: $input) {
    consultation {
      id state folio publishedAt mandate { state folio }
      revision { number state contentHash sections { title { text } questions { nodes { code kind } } } }
    }
    errors { __typename code message path } event
  }
}
"""


def answering(verb: str) -> str:
    """Return the mutation that submits, changes or withdraws a response; all three answer the same."""
    return f"""
mutation ($input: {verb.capitalize()}ResponseInput!) {{
  {verb}Response(input: $input) {{
    response {{ id state consent language mine contentHash answers {{ question {{ code }} options text }} }}
    receipt {{ code contentHash state issuedAt consultation {{ id }} }}
    errors {{ __typename code message path }} event
  }}
}}
"""


SUBMIT, CHANGE, WITHDRAW = answering("submit"), answering("change"), answering("withdraw")

ANSWERED = """question text option options other ranking rows { row option } number date territoryId
  file { id name size mediaType sha256 path } agreed consent"""
DRAFT = f"draft {{ edition lastSection language savedAt expiresAt revision {{ number }} answers {{ {ANSWERED} }} }}"
SAVE = f"""
mutation ($input: SaveResponseDraftInput!) {{
  saveResponseDraft(input: $input) {{ {DRAFT} code secret errors {{ __typename code message path }} event }}
}}
"""
DISCARD = """
mutation ($input: DiscardResponseDraftInput!) {
  discardResponseDraft(input: $input) { consultation { id } errors { __typename code message path } event }
}
"""
CONSENT = """
mutation ($input: ChangeConsentInput!) {
  changeConsent(input: $input) {
    response { id consent respondentName answers { question { code } consent published } }
    errors { __typename code message path } event
  }
}
"""
INVITE = """
mutation ($input: IssueInvitationsInput!) {
  issueInvitations(input: $input) { codes errors { __typename code message path } event }
}
"""


def es(text: str, **others: str) -> dict[str, Any]:
    """A text in Spanish and other languages, as a client writes it."""
    words = {"es": text, **others}
    return {"source": "es", "translations": [{"language": tag, "text": said} for tag, said in words.items()]}


def a_question(code: str = "agua", **known: Any) -> dict[str, Any]:
    """A question of a single choice."""
    choices = [{"code": "si", "label": es("Sí")}, {"code": "no", "label": es("No")}]
    return {"code": code, "kind": "SINGLE_CHOICE", "title": es("¿Hay agua?"), "options": choices, **known}


def a_draft(body_id: UUID, **known: Any) -> dict[str, Any]:
    """A draft that is complete, to open on 1 December 2026."""
    return {
        "bodyId": f"Body_{body_id}",
        "title": es("Agua para todas y todos"),
        "purpose": es("Saber a quién le falta."),
        "privacyNotice": es("Bajo un seudónimo."),
        "ownInitiative": {"reason": es("Faltó en abril.")},
        "opening": {"declaredLocal": "2026-12-01T09:00:00", "zone": "America/Mexico_City"},
        "closing": {"declaredLocal": "2026-12-31T18:00:00", "zone": "America/Mexico_City"},
        "questionnaire": {"sections": [{"title": es("Servicios"), "questions": [a_question()]}]},
        **known,
    }


def a_sheet(asked: Asked, *answers: dict[str, Any], **known: Any) -> dict[str, Any]:
    """What somebody hands in; without answers, that there is water."""
    given = list(answers) or [{"question": "agua", "option": "si"}]
    sheet = {
        "consultationId": asked.node,
        "revisionId": asked.revision,
        "answers": given,
        "consent": "WITHOUT_NAME",
        "noticeHash": asked.notice_hash,
    }
    return {"input": {**sheet, **known}}


def problems(errors: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the codes of errors with their paths."""
    return [(error["code"], ".".join(error["path"] or ())) for error in errors]
