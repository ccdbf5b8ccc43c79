"""The acts about time, corrections and late responses as a client sends them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from tests.consultations.asking import es
from tests.making.consultations import ZONE, Asked

ERRORS = "errors { __typename code message path } event"


def noticing(name: str) -> str:
    """Return the mutation that gives notice about a consultation's time; all of them answer the same."""
    return f"""
mutation ($input: {name[0].upper() + name[1:]}Input!) {{
  {name}(input: $input) {{
    consultation {{ id state withdrawnAt closing {{ instant declaredLocal zone }} }}
    notice {{
      number kind publishedAt opening {{ instant }} closing {{ instant declaredLocal zone }} reason {{ text }}
      consultation {{ id }}
    }}
    {ERRORS}
  }}
}}
"""


EXTEND, SHORTEN = noticing("extendConsultation"), noticing("shortenConsultation")
SUSPEND, RESUME = noticing("suspendConsultation"), noticing("resumeConsultation")
WITHDRAW_CONSULTATION = noticing("withdrawConsultation")

CORRECT = f"""
mutation ($input: CorrectQuestionnaireInput!) {{
  correctQuestionnaire(input: $input) {{
    consultation {{ id state revision {{ id }} }}
    revision {{
      id number state revisionClass note {{ text }} contentHash
      questions {{ nodes {{ id code lineageId title {{ text }} }} }}
    }}
    {ERRORS}
  }}
}}
"""


def deciding(name: str) -> str:
    """Return the mutation that admits or refuses a late response; both answer the same."""
    return f"""
mutation ($input: {name[0].upper() + name[1:]}Input!) {{
  {name}(input: $input) {{ response {{ id state timeliness decisionReason {{ text }} notice {{ code }} }} {ERRORS} }}
}}
"""


ADMIT, REFUSE = deciding("admitResponse"), deciding("refuseResponse")

ENTER = f"""
mutation ($input: EnterResponseInput!) {{
  enterResponse(input: $input) {{
    response {{
      id state timeliness channel respondentKind respondentName organization {{ id }} receivedAt mine
      notice {{ code }}
    }}
    receipt {{ code state timeliness issuedAt }}
    {ERRORS}
  }}
}}
"""

RECEIPT = """query ($code: String!) {
  receipt(code: $code) { state timeliness notice { code message } decisionReason { text } }
}"""

NOTICES = """query ($id: ID!) { node(id: $id) { ... on Consultation {
  state closing { instant declaredLocal }
  notices(first: 20) { nodes { number kind closing { instant } reason { text } } }
} } }"""


def local(instant: dt.datetime, zone: str = ZONE) -> str:
    """What the clock on the wall shows at an instant."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None).isoformat()


def at_zulu(instant: dt.datetime) -> str:
    """An instant as answers write it."""
    return instant.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def because(asked: Asked, reason: str | dict[str, Any] = "Faltó tiempo.", **known: Any) -> dict[str, Any]:
    """The input of an act that only needs a reason, in Spanish or as it is."""
    said = es(reason) if isinstance(reason, str) else reason
    return {"input": {"consultationId": asked.node, "reason": said, **known}}


def until(asked: Asked, closing: dt.datetime | str, zone: str = ZONE, **known: Any) -> dict[str, Any]:
    """The input of an act that names another closing: an instant, or what the clock on the wall shows."""
    shown = closing if isinstance(closing, str) else local(closing, zone)
    return because(asked, closing={"declaredLocal": shown, "zone": zone}, **known)


def a_correction(
    asked: Asked, questions: Sequence[dict[str, Any]], revision_class: str = "CLARIFICATION", **known: Any
) -> dict[str, Any]:
    """The input of a correction whose questionnaire has these questions in one section."""
    given = {
        "consultationId": asked.node,
        "revisionClass": revision_class,
        "note": es("Se corrige una palabra."),
        "questionnaire": {"sections": [{"title": es("Servicios"), "questions": list(questions)}]},
    }
    return {"input": {**given, **known}}


def the_questions(**changed: dict[str, Any]) -> list[dict[str, Any]]:
    """The questions of the tests' consultation as a client writes them, each with what changes in it, by its code."""

    def labelled(*codes: str) -> list[dict[str, Any]]:
        return [{"code": code, "label": es(code.capitalize())} for code in codes]

    water = {"kind": "SINGLE_CHOICE", "title": es("¿Hay agua en tu casa?"), "required": True}
    services = {"kind": "MULTIPLE_CHOICE", "title": es("¿Qué servicios usas?"), "minChoices": 1, "maxChoices": 2}
    words = {"kind": "LONG_TEXT", "title": es("¿Algo más?"), "maxLength": 500}
    asked = {
        "agua": {"code": "agua", **water, "options": labelled("si", "no")},
        "servicios": {"code": "servicios", **services, "options": labelled("luz", "gas", "drenaje")},
        "palabras": {"code": "palabras", **words},
    }
    return [{**question, **changed.get(code, {})} for code, question in asked.items()]
