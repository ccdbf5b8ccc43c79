"""A consultation as a professional runs it, from the first draft to the results, all of it over GraphQL.

Julia coordinates, Noé analyses, Luis is the clerk; Ana, Beto and Carla answer, and Carla also for her organisation.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub.consultations.timekeeping import keep_time
from hub.timetables.zones import declared_at
from tests.cast import a_citizen, a_coordinator_of, a_secretary_of, an_analyst_of
from tests.consultations.asking import CHANGE, CREATE, PUBLISH, SUBMIT, a_draft, a_question, es, problems
from tests.making.bodies import a_body
from tests.making.people import an_organization
from tests.talking import Somebody, Talking

ZONE = "America/Mexico_City"
DAY = dt.timedelta(days=1)
OPENING = dt.datetime(2026, 12, 1, 15, tzinfo=dt.UTC)
CLOSING = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)

CHECK = "mutation ($input: CheckQuestionnaireInput!) { checkQuestionnaire(input: $input) { ok errors { code path } } }"
READ = """query ($id: ID!) { node(id: $id) { ... on Consultation {
  state noticeHash closing { instant } viewerIsAskedAgain viewerHasResponded
  viewerDraft { edition lastSection answers { question option number } }
  revision { id number } notices { nodes { number kind reason { text } } } responseCount
} } }"""
SAVE = """mutation ($input: SaveResponseDraftInput!) { saveResponseDraft(input: $input) {
  draft { edition } code secret errors { code path } } }"""
CORRECT = """mutation ($input: CorrectQuestionnaireInput!) { correctQuestionnaire(input: $input) {
  revision { id number revisionClass note { text } } errors { code path message } } }"""
EXTEND = """mutation ($input: ExtendConsultationInput!) { extendConsultation(input: $input) {
  notice { number kind } consultation { closing { instant } } errors { code path } } }"""
ENTER = """mutation ($input: EnterResponseInput!) { enterResponse(input: $input) {
  response { id state channel timeliness respondentKind } receipt { code } errors { code path } } }"""
ADMIT = """mutation ($input: AdmitResponseInput!) { admitResponse(input: $input) {
  response { id state timeliness decisionReason { text } } errors { code path } } }"""
ASK = """mutation ($input: AskRepresentationInput!) { askRepresentation(input: $input) {
  representation { id state } errors { code path } } }"""
GRANT = """mutation ($input: GrantRepresentationInput!) { grantRepresentation(input: $input) {
  representation { id state } errors { code path } } }"""
RESULTS = """query ($id: ID!) { node(id: $id) { ... on Consultation {
  state responseCount
  responses(first: 50, orderBy: RECEIVED_ASC) { totalCount nodes {
    respondentKind respondentName channel timeliness consent organization { id }
    answers { question { code } options text number }
  } }
  revision { number questions { nodes { code kind tally { answered options { code count } } } } }
} } }"""


def options(*codes: str) -> list[dict[str, Any]]:
    return [{"code": code, "label": es(code.capitalize())} for code in codes]


def the_questionnaire(*, clearer: bool = False, wider: bool = False) -> dict[str, Any]:
    """What people are asked; in clearer words, or about one thing more."""
    water = a_question("agua", required=True)
    if clearer:
        water["hint"] = es("Por tubería, aunque sea por tandeo.")
    trust = {"code": "confianza", "kind": "SCALE", "title": es("¿Cuánta confianza?"), "minimum": 0, "maximum": 10}
    why = {
        "code": "motivo",
        "kind": "LONG_TEXT",
        "title": es("¿Por qué no hay?"),
        "displayRule": "agua = no",
    }
    age = a_question("edad", sensitivity="CONFIDENTIAL", options=options("joven", "mayor"))
    questions = [water, trust, why, age]
    if wider:
        questions.append({"code": "horas", "kind": "NUMBER", "title": es("¿Cuántas horas al día?"), "maximum": 24})
    return {"sections": [{"title": es("Servicios"), "questions": questions}]}


def with_six_faults() -> dict[str, Any]:
    """The same with six deliberate faults."""
    return {
        "sections": [
            {
                "title": es("Servicios", en="Services"),
                "questions": [
                    a_question("agua", options=options("si")),
                    a_question("agua"),
                    {"code": "confianza", "kind": "SCALE", "title": es("¿Cuánta?"), "minimum": 5, "maximum": 5},
                    {"code": "calidad", "kind": "MATRIX", "title": es("¿Cómo es?"), "options": options("b", "m")},
                    a_question("tarde", displayRule="despues = si"),
                    {"code": "Mal Código", "kind": "NOTICE", "title": es("Lee."), "required": True},
                ],
            }
        ]
    }


class Journey:
    """What is asked again and again on the way."""

    def __init__(self, hub: Talking, consultation: str) -> None:
        self.hub, self.consultation = hub, consultation

    async def read(self, by: Somebody | None = None) -> dict[str, Any]:
        node: dict[str, Any] = (await self.hub.ask(READ, {"id": self.consultation}, by=by))["node"]
        return node

    async def sheet(self, *answers: dict[str, Any], **known: Any) -> dict[str, Any]:
        node = await self.read()
        given = {
            "consultationId": self.consultation,
            "revisionId": node["revision"]["id"],
            "answers": list(answers),
            "consent": "WITHOUT_NAME",
            "noticeHash": node["noticeHash"],
        }
        return {"input": {**given, **known}}


async def test_from_the_first_draft_to_the_results(hub: Talking) -> None:
    # ---- who takes part: from a day of the journey's own calendar, whatever the day of the run
    with hub.at(OPENING - 6 * DAY):
        body = await a_body(hub)
        julia, noe, luis = (
            await a_coordinator_of(hub, body),
            await an_analyst_of(hub, body),
            await a_secretary_of(hub, body),
        )
        ana, beto, carla = [await a_citizen(hub, name) for name in ("Ana Robles", "Beto Luna", "Carla Pech")]
        organization = f"Organization_{await an_organization(hub)}"
    yes, no = {"question": "agua", "option": "si"}, {"question": "agua", "option": "no"}

    # ---- design: six faults at once, then none, and it is published
    with hub.at(OPENING - 5 * DAY):
        wrong = await hub.refuse(CHECK, {"input": {"questionnaire": with_six_faults()}}, by=noe)
        assert {code for code, _ in problems(wrong)} >= {
            "NO_OPTIONS",
            "DUPLICATE_CODE",
            "BAD_SCALE",
            "NO_ROWS",
            "RULE_UNKNOWN_QUESTION",
            "BAD_CODE",
            "MISSING_LANGUAGE",
        }
        asked = {"questionnaire": the_questionnaire()}
        assert (await hub.act(CHECK, {"input": asked}, by=noe))["ok"] is True
        draft = a_draft(body, **asked, resultsPolicy="LIVE")
        created = await hub.act(CREATE, {"input": draft}, by=noe)
        journey = Journey(hub, created["consultation"]["id"])
        await hub.act(PUBLISH, {"input": {"consultationId": journey.consultation}}, by=julia)
    await keep_time(hub.hub.changes, at=OPENING)

    # ---- Ana answers in part, and goes on elsewhere; Beto answers
    with hub.at(OPENING + DAY):
        revision = (await journey.read())["revision"]["id"]
        part = {"consultationId": journey.consultation, "revisionId": revision, "answers": [no], "lastSection": 1}
        saved = await hub.act(SAVE, {"input": part}, by=ana)
        assert (saved["draft"]["edition"], saved["code"]) == (1, None)
    with hub.at(OPENING + 2 * DAY):
        resumed = (await journey.read(by=ana))["viewerDraft"]
        assert resumed["answers"] == [{"question": "agua", "option": "no", "number": None}]
        why = {"question": "motivo", "text": "Se descompuso la bomba del pozo."}
        await hub.act(SUBMIT, await journey.sheet(no, why, {"question": "edad", "option": "mayor"}), by=ana)
        assert (await journey.read(by=ana))["viewerDraft"] is None
        trust = {"question": "confianza", "number": 7}
        await hub.act(SUBMIT, await journey.sheet(yes, trust, consent="WITH_NAME"), by=beto)

    # ---- corrected while open: clearer words ask nobody again, another question does
    with hub.at(OPENING + 3 * DAY):
        correction = {
            "consultationId": journey.consultation,
            "revisionClass": "CLARIFICATION",
            "note": es("Se explica qué cuenta como agua."),
            "questionnaire": the_questionnaire(clearer=True),
        }
        assert (await hub.act(CORRECT, {"input": correction}, by=julia))["revision"]["number"] == 2
        assert (await journey.read(by=beto))["viewerIsAskedAgain"] is False
        wider = the_questionnaire(clearer=True, wider=True)
        substantive = {
            **correction,
            "revisionClass": "SUBSTANTIVE",
            "note": es("Se agrega una."),
            "questionnaire": wider,
        }
        assert (await hub.act(CORRECT, {"input": substantive}, by=julia))["revision"]["number"] == 3
        assert (await journey.read(by=beto))["viewerIsAskedAgain"] is True
        hours = {"question": "horas", "number": 6}
        await hub.act(CHANGE, await journey.sheet(yes, trust, hours, consent="WITH_NAME"), by=beto)
        assert (await journey.read(by=beto))["viewerIsAskedAgain"] is False

    # ---- an organisation answers through its representative, and a paper sheet is written down
    with hub.at(OPENING + 4 * DAY):
        asking = {"organizationId": organization, "powers": ["ANSWER"], "evidence": "Acta 12 de la asamblea."}
        representation = (await hub.act(ASK, {"input": asking}, by=carla))["representation"]
        await hub.act(GRANT, {"input": {"representationId": representation["id"]}}, by=julia)
    with hub.at(OPENING + 5 * DAY):
        hub.hub.authenticator._known.clear()
        for_all = await journey.sheet(no, consent="ORGANIZATION_NAME", organizationId=organization)
        await hub.act(SUBMIT, for_all, by=carla)
        paper = await journey.sheet(yes, channel="PAPER", received="2026-12-04T10:00:00")
        entered = (await hub.act(ENTER, paper, by=luis))["response"]
        assert (entered["channel"], entered["timeliness"], entered["state"]) == ("PAPER", "ON_TIME", "ACCEPTED")

    # ---- a week more; after that Carla is late, and an analyst admits her
    later = CLOSING + 7 * DAY
    with hub.at(CLOSING - DAY):
        declared = declared_at(later, ZONE)
        closing = {"declaredLocal": declared.local.isoformat(), "zone": ZONE}
        more = {"consultationId": journey.consultation, "closing": closing, "reason": es("Lo pidió la gente.")}
        assert (await hub.act(EXTEND, {"input": more}, by=julia))["notice"] == {"number": 2, "kind": "EXTENSION"}
    with hub.at(later + DAY):
        late = await hub.act(SUBMIT, await journey.sheet(yes), by=carla)
        assert late["response"]["state"] == "HELD"
        assert (await journey.read())["responseCount"] == 4
        await keep_time(hub.hub.changes, at=later + DAY)
        held = {"responseId": late["response"]["id"], "reason": es("Su municipio estuvo sin luz.")}
        admitted = (await hub.act(ADMIT, {"input": held}, by=noe))["response"]
        assert (admitted["state"], admitted["timeliness"]) == ("ACCEPTED", "LATE")

    # ---- results
    with hub.at(later + 2 * DAY):
        found = (await hub.ask(RESULTS, {"id": journey.consultation}))["node"]
        assert (found["state"], found["responseCount"], found["responses"]["totalCount"]) == ("CLOSED", 5, 5)
        tallies = {q["code"]: q["tally"] for q in found["revision"]["questions"]["nodes"]}
        assert tallies["agua"]["answered"] == 5
        assert {o["code"]: o["count"] for o in tallies["agua"]["options"]} == {"si": 3, "no": 2}
        assert tallies["horas"]["answered"] == 1
        assert tallies["edad"] is None
        seen = found["responses"]["nodes"]
        assert {r["respondentName"] for r in seen} == {None, "Beto Luna"}
        assert [r["organization"] for r in seen if r["respondentKind"] == "ORGANIZATION"] == [{"id": organization}]
        said = {answer["question"]["code"] for response in seen for answer in response["answers"]}
        assert "edad" not in said
