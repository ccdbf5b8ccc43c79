"""What an officer wrote is read back whole over GraphQL, so that it can be sent again without loss."""

from __future__ import annotations

import datetime as dt
from typing import Any

from graphql import GraphQLInputObjectType, get_named_type

from graphql_schema.schema import graphql
from hub.people.models import TerritoryKind
from tests.cast import a_coordinator_of
from tests.consultations.asking import CREATE, PUBLISH, problems
from tests.making.bodies import a_body
from tests.making.people import a_territory
from tests.talking import Somebody, Talking

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
OPEN = dt.datetime(2026, 12, 10, 12, tzinfo=dt.UTC)

WORDS = "{ sourceLanguage translations { language text origin easyRead } }"
QUESTIONS = f"""fragment questions on Question {{
  code kind title {WORDS} hint {WORDS} required sensitivity displayRule maxLength minChoices maxChoices
  minimum maximum decimals unit {WORDS} lowLabel {WORDS} highLabel {WORDS} earliest latest placeKind fileTypes maxSize
  options {{ code label {WORDS} other }} rows {{ code label {WORDS} }} }}"""
QUESTIONNAIRE = f"""fragment questionnaire on QuestionnaireRevision {{
  number sections {{ title {WORDS} introduction {WORDS} questions(first: 1) {{ totalCount }} }}
  questions(first: 100) {{ totalCount nodes {{ ...questions }} }} }}
{QUESTIONS}"""
DRAFT = f"""query ($id: ID!) {{ node(id: $id) {{ ... on Consultation {{
  updatedAt title {WORDS} purpose {WORDS} scope {WORDS} privacyNotice {WORDS} attribution {WORDS}
  mandate {{ reason {WORDS} question {WORDS} dueOn }}
  sourceLanguage identityPolicy assurance anonymity resultsPolicy responsesEach networkLimit smallestCell
  graceSeconds lateDays opening {{ declaredLocal zone }} closing {{ declaredLocal zone }}
  territories(first: 100) {{ totalCount nodes {{ id }} }} revisions(last: 1) {{ nodes {{ ...questionnaire }} }}
}} }} }}
{QUESTIONNAIRE}"""
IN_FORCE = f"""query ($id: ID!) {{ node(id: $id) {{ ... on Consultation {{
  state revision {{ ...questionnaire }} }} }} }}
{QUESTIONNAIRE}"""

EDIT = """mutation ($input: EditConsultationInput!) {
  editConsultation(input: $input) { consultation { id updatedAt } errors { code message path } event } }"""
CORRECT = """mutation ($input: CorrectQuestionnaireInput!) {
  correctQuestionnaire(input: $input) { revision { number } errors { code message path } event } }"""

# ---- what a client makes of what it has read -----------------------------------------------------------------------

Read = dict[str, Any]
PLAIN = (
    "sourceLanguage", "identityPolicy", "assurance", "anonymity", "resultsPolicy", "responsesEach", "networkLimit",
    "smallestCell", "graceSeconds", "lateDays", "opening", "closing",
)  # fmt: skip
TEXTS = ("title", "purpose", "scope", "privacyNotice", "attribution")
TEXTS_OF_QUESTIONS = ("title", "hint", "unit", "lowLabel", "highLabel")


def text(read: Read | None) -> Read | None:
    """A text that was read, as it is written."""
    return None if read is None else {"source": read["sourceLanguage"], "translations": read["translations"]}


def question(read: Read) -> Read:
    """A question that was read, as it is written."""
    labels = {
        name: [{**item, "label": text(item["label"])} for item in read[name]] for name in ("options", "rows")
    }  # fmt: skip
    return {**read, **{name: text(read[name]) for name in TEXTS_OF_QUESTIONS}, **labels}


def questionnaire(read: Read) -> Read:
    """A questionnaire that was read, as it is written: the questions of a section follow those of the one before."""
    waiting = iter(read["questions"]["nodes"])
    assert read["questions"]["totalCount"] == len(read["questions"]["nodes"])
    return {
        "sections": [
            {
                "title": text(section["title"]),
                "introduction": text(section["introduction"]),
                "questions": [question(next(waiting)) for _ in range(section["questions"]["totalCount"])],
            }
            for section in read["sections"]
        ]
    }


def draft(read: Read) -> Read:
    """A draft that was read, as it is written."""
    mandate, (revision,) = read["mandate"], read["revisions"]["nodes"]
    return {
        **{name: read[name] for name in PLAIN},
        **{name: text(read[name]) for name in TEXTS},
        "ownInitiative": {
            "reason": text(mandate["reason"]),
            "question": text(mandate["question"]),
            "dueOn": mandate["dueOn"],
        },
        "territoryIds": [territory["id"] for territory in read["territories"]["nodes"]],
        "questionnaire": questionnaire(revision),
    }


# ---- a draft in which every field of the input is filled in --------------------------------------------------------


def both(said: str) -> Read:
    """A text in two languages, with all that a text can have."""
    easy = f"En fácil: {said}"
    return {
        "source": "es",
        "translations": [
            {"language": "es", "text": said, "origin": "HUMAN", "easyRead": easy},
            {"language": "nah", "text": f"Nahuatl: {said}", "origin": "MACHINE", "easyRead": None},
        ],
    }


def labelled(*codes: str, **more: Any) -> list[Read]:
    """Options, or rows."""
    return [{"code": code, "label": both(code), **more} for code in codes]


def asked(code: str, kind: str, **more: Any) -> Read:
    """A question of which everything is said, as far as its kind has it."""
    nothing = dict.fromkeys((
        "hint", "displayRule", "maxLength", "minChoices", "maxChoices", "minimum", "maximum", "decimals", "unit",
        "lowLabel", "highLabel", "earliest", "latest", "placeKind", "fileTypes", "maxSize",
    ))  # fmt: skip
    plain = {"required": False, "sensitivity": "PUBLIC", "options": [], "rows": []}
    return {"code": code, "kind": kind, "title": both(f"¿{code}?"), **nothing, **plain, **more}


FIRST = [
    asked("aviso", "NOTICE", hint=both("Lee esto.")),
    asked("agua", "SINGLE_CHOICE", required=True, options=[
        *labelled("si", "no", other=False), *labelled("otra", other=True)]),
    asked("servicios", "MULTIPLE_CHOICE", minChoices=1, maxChoices=2, options=labelled("luz", "gas", other=False)),
]  # fmt: skip
SECOND = [
    asked("orden", "RANKING", displayRule="agua = si\n  and servicios has luz", minChoices=0,
          options=labelled("z", "a", "m", other=False)),
    asked("nota", "SCALE", minimum=-3, maximum=3, lowLabel=both("mal"), highLabel=both("bien")),
    asked("cuartos", "MATRIX", options=labelled("bien", "mal", other=False), rows=labelled("patio", "cocina")),
    asked("litros", "NUMBER", minimum=0.25, maximum=999_999_999, decimals=6, unit=both("litros")),
    asked("desde", "DATE", earliest="1000-01-01", latest="2027-02-28"),
    asked("lugar", "PLACE", placeKind="MUNICIPALITY", sensitivity="CONFIDENTIAL"),
    asked("anexo", "FILE", fileTypes=[".png", ".pdf"], maxSize=1_000_000),
    asked("nombre", "SHORT_TEXT", maxLength=17, sensitivity="PERSONAL"),
    asked("acepta", "CONSENT"),
]  # fmt: skip


def everything(territories: list[str]) -> Read:
    """A draft in which every field of the input is filled in."""
    return {
        **{name: both(f'{name}:\n\t«Agua» & <luz> "…" \\ 💧') for name in TEXTS},
        "sourceLanguage": "nah",
        "identityPolicy": "ACCOUNT",
        "assurance": "SOCIAL",
        "anonymity": "PSEUDONYMOUS",
        "resultsPolicy": "LIVE",
        "responsesEach": 3,
        "networkLimit": 5,
        "smallestCell": 7,
        "graceSeconds": 0,
        "lateDays": 90,
        "opening": {"declaredLocal": "2026-12-01T09:00:07", "zone": "America/Tijuana"},
        "closing": {"declaredLocal": "2026-12-31T23:59:59.123456", "zone": "America/Tijuana"},
        "ownInitiative": {"reason": both("Faltó."), "question": both("¿Por qué?"), "dueOn": "2027-06-30"},
        "territoryIds": sorted(territories),
        "questionnaire": {
            "sections": [
                {"title": both("Uno"), "introduction": both("Al principio."), "questions": FIRST},
                {"title": both("Dos"), "introduction": None, "questions": SECOND},
            ]
        },
    }


def without_spanish(said: str) -> Read:
    """A text that lacks the consultation's own language."""
    return {"source": "en", "translations": [{"language": "en", "text": said, "origin": "HUMAN", "easyRead": None}]}


def unfinished(territories: list[str]) -> Read:
    """A draft that lacks much, and says it all the same."""
    lacking = [
        asked("regla", "LONG_TEXT", displayRule="no hay = "),
        asked("escala", "SCALE", maximum=5),
        asked("vacia", "SINGLE_CHOICE", options=labelled("sola", other=False)),
        asked("lugar", "PLACE"),
    ]
    sections = [
        {"title": without_spanish("Empty"), "introduction": None, "questions": []},
        {"title": both("Sí"), "introduction": None, "questions": lacking},
        {"title": both("Otra"), "introduction": None, "questions": []},
    ]
    return {
        **everything(territories),
        "title": without_spanish("Water"),
        "privacyNotice": None,
        "identityPolicy": "INVITED",
        "assurance": "EMAIL",
        "anonymity": "ANONYMOUS",
        "responsesEach": 1,
        "resultsPolicy": "AFTER_CLOSING",
        "networkLimit": None,
        "opening": {"declaredLocal": "2020-01-01T00:00:00", "zone": "America/Tijuana"},
        "questionnaire": {"sections": sections},
    }


async def two_territories(hub: Talking) -> list[str]:
    """Two territories, by their ids."""
    made = [await a_territory(hub), await a_territory(hub, "Colima", code="06002", kind=TerritoryKind.MUNICIPALITY)]
    return [f"Territory_{id_}" for id_ in made]


async def read_draft(hub: Talking, id_: str, by: Somebody) -> Read:
    """What a client reads of a draft, to write on."""
    read: Read = (await hub.ask(DRAFT, {"id": id_}, by=by))["node"]
    return read


def in_order(draft: Read) -> Read:
    """A draft whose territories, which have no order, are sorted."""
    return {**draft, "territoryIds": sorted(draft["territoryIds"])}


# ---- drafts --------------------------------------------------------------------------------------------------------


async def test_a_draft_is_read_back_whole_and_sent_again_without_loss(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    julia, territories = await a_coordinator_of(hub, body, at=NOW), await two_territories(hub)
    for written in (everything(territories), unfinished(territories)):
        with hub.at(NOW):
            created = {"input": {"bodyId": f"Body_{body}", **written, "unfinished": True}}
            id_ = (await hub.act(CREATE, created, by=julia))["consultation"]["id"]
            read = await read_draft(hub, id_, julia)
            assert in_order(draft(read)) == written
            again = {"consultationId": id_, "unfinished": True, "basedOn": read["updatedAt"], **draft(read)}
            await hub.act(EDIT, {"input": again}, by=julia)
            after = await read_draft(hub, id_, julia)
        assert after.pop("updatedAt") > read.pop("updatedAt")
        assert after == read


async def test_what_a_questionnaire_in_force_says_is_sent_again_as_a_correction(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    julia, territories = await a_coordinator_of(hub, body, at=NOW), await two_territories(hub)
    written = everything(territories)
    with hub.at(NOW):
        created = {"input": {"bodyId": f"Body_{body}", **written}}
        id_ = (await hub.act(CREATE, created, by=julia))["consultation"]["id"]
        await hub.act(PUBLISH, {"input": {"consultationId": id_}}, by=julia)
    lineages = await hub.rows("SELECT code, lineage_id FROM question ORDER BY position")
    with hub.at(OPEN):
        node = (await hub.ask(IN_FORCE, {"id": id_}, by=julia))["node"]
        assert (node["state"], node["revision"]["number"]) == ("OPEN", 1)
        read = questionnaire(node["revision"])
        assert read == written["questionnaire"]
        # That it passes for a clarification, which changes nothing but words, shows that nothing was lost.
        correction = {
            "consultationId": id_,
            "revisionClass": "CLARIFICATION",
            "note": both("Igual."),
            "questionnaire": read,
        }
        assert (await hub.act(CORRECT, {"input": correction}, by=julia))["revision"] == {"number": 2}
        after = (await hub.ask(IN_FORCE, {"id": id_}, by=julia))["node"]["revision"]
        assert questionnaire(after) == read
        # And it is no accident that it does.
        read["sections"][0]["questions"][1]["required"] = False
        errors = await hub.refuse(CORRECT, {"input": correction}, by=julia)
        assert problems(errors) == [
            ("NOT_A_CLARIFICATION", "questionnaire.sections.0.questions.1.required"),
        ]
    corrected = (
        "SELECT q.code, q.lineage_id FROM question AS q JOIN questionnaire_revision AS r ON r.id = q.revision_id "
    )
    assert await hub.rows(f"{corrected} WHERE r.number = 2 ORDER BY q.position") == lineages


async def test_what_cannot_be_known_of_an_unfinished_draft_is_null(hub: Talking) -> None:
    """Whatever else can be asked of a question is answered for one that is not finished, too."""
    body = await a_body(hub, at=NOW)
    julia = await a_coordinator_of(hub, body, at=NOW)
    far = asked("lejos", "SCALE", minimum=-999_999_999, maximum=999_999_999)
    open_ended = [asked("uno", "SCALE", minimum=1), asked("nada", "SCALE"), asked("filas", "MATRIX")]
    written = {**unfinished([]), "questionnaire": {"sections": [
        {"title": both("Sí"), "introduction": None, "questions": [far, *open_ended]}]}}  # fmt: skip
    counted = """query ($id: ID!) { node(id: $id) { ... on Consultation { responseCount results { release { number } }
      revisions { nodes { questions { nodes { code tally {
        answered median scale { value count } options { code count } rows { code options { count } } } } } } } } } }"""
    with hub.at(NOW):
        created = {"input": {"bodyId": f"Body_{body}", **written, "unfinished": True}}
        id_ = (await hub.act(CREATE, created, by=julia))["consultation"]["id"]
        node = (await hub.ask(counted, {"id": id_}, by=julia))["node"]
    (revision,) = node.pop("revisions")["nodes"]
    assert node == {"responseCount": None, "results": None}
    codes = ("lejos", "uno", "nada", "filas")
    assert revision["questions"]["nodes"] == [{"code": code, "tally": None} for code in codes]


# ---- the input has no field that is not tried here -----------------------------------------------------------------

NO_PART_OF_A_DRAFT = {
    "EditConsultationInput.mandateId": "It is in place of an own initiative; test_ordered.py reads it back.",
    "EditConsultationInput.consultationId": "It names the draft.",
    "EditConsultationInput.basedOn": "It names the edition of the draft.",
    "EditConsultationInput.unfinished": "It says how strictly the draft is looked at.",
    "EditConsultationInput.idempotencyKey": "It names the request.",
    "QuestionInput.continues": "It leads from one wording in force to the next, and a draft has none.",
}
"""Fields that say nothing of a draft."""


def filled_in(type_: GraphQLInputObjectType, value: Any) -> set[str]:
    """Return the fields of inputs that a value fills in somewhere."""
    if isinstance(value, list):
        return set().union(*(filled_in(type_, item) for item in value))
    found: set[str] = set()
    for name, given in value.items():
        inner = get_named_type(type_.fields[name].type)
        if given is not None:
            found.add(f"{type_.name}.{name}")
            found |= filled_in(inner, given) if isinstance(inner, GraphQLInputObjectType) else set()
    return found


def fields_of(type_: GraphQLInputObjectType) -> set[str]:
    """Return every field of an input and of those in it."""
    inner = [get_named_type(field.type) for field in type_.fields.values()]
    deeper = [fields_of(part) for part in inner if isinstance(part, GraphQLInputObjectType)]
    return {f"{type_.name}.{name}" for name in type_.fields}.union(*deeper)


def test_every_field_of_a_draft_is_tried() -> None:
    """A field that is added to the input has to be readable, and to stand in the draft above."""
    edit = graphql.type_map["EditConsultationInput"]
    assert isinstance(edit, GraphQLInputObjectType)
    tried = filled_in(edit, everything(["Territory_x"]))
    assert fields_of(edit) - tried == set(NO_PART_OF_A_DRAFT)
    create = graphql.type_map["CreateConsultationInput"]
    assert isinstance(create, GraphQLInputObjectType)
    assert set(create.fields) - set(edit.fields) == {"bodyId"}
