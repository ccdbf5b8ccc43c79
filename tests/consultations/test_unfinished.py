"""Drafts that are not finished: what they may still lack, and what not even they may be."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from hub.consultations.unfinished import UNFINISHED
from tests.cast import a_coordinator_of
from tests.consultations.asking import CREATE, PUBLISH, a_draft, a_question, es, problems
from tests.making.bodies import a_body
from tests.shape.project import ROOT, tree
from tests.talking import Somebody, Talking

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)

EDIT = """mutation ($input: EditConsultationInput!) {
  editConsultation(input: $input) { consultation { id state } errors { __typename code message path } event } }"""
CHECK = """mutation ($input: CheckConsultationInput!) {
  checkConsultation(input: $input) { ok errors { __typename code message path } event } }"""

ZONE = "America/Mexico_City"
AT = "questionnaire.sections.0.questions"
QUESTION = f"{AT}.0"

Lacking = dict[str, Any]


def asking(*questions: dict[str, Any]) -> Lacking:
    """What a draft says that asks these questions."""
    return {"questionnaire": {"sections": [{"title": es("Servicios"), "questions": list(questions)}]}}


def one(kind: str, **known: Any) -> Lacking:
    """What a draft says that asks one question."""
    return asking(a_question("q", kind=kind, **{"options": [], **known}))


def ruled(rule: str, *before: dict[str, Any]) -> Lacking:
    """What a draft says whose last question has a rule."""
    return asking(*(before or [a_question()]), a_question("q", displayRule=rule))


def options(*codes: str) -> list[dict[str, Any]]:
    """Options, as a client writes them."""
    return [{"code": code, "label": es(code)} for code in codes]


def moment(local: str, zone: str = ZONE) -> dict[str, str]:
    """A declared time, as a client writes it."""
    return {"declaredLocal": local, "zone": zone}


NO_END, FEW, UPSIDE_DOWN = {"minimum": 1}, {"options": options("a", "b")}, {"minimum": 2, "maximum": 1}
CIRCLE = asking(a_question("a", displayRule="b = si"), a_question("b", displayRule="a = si"))
NEVER = "agua = si and agua = no"

NOT_FINISHED: list[tuple[str, str, Lacking]] = [
    ("MISSING_LANGUAGE", "title", {"title": {"source": "en", "translations": [{"language": "en", "text": "Water"}]}}),
    ("MISSING_LANGUAGE", f"{QUESTION}.options.1.label", one("SINGLE_CHOICE", options=[
        {"code": "si", "label": es("Sí")},
        {"code": "no", "label": {"source": "en", "translations": [{"language": "en", "text": "No"}]}}])),
    ("NO_PRIVACY_NOTICE", "privacyNotice", {"privacyNotice": None}),
    ("OPENS_IN_THE_PAST", "opening.declaredLocal", {"opening": moment("2026-10-01T09:00:00")}),
    ("NO_SECTIONS", "questionnaire.sections", {"questionnaire": {"sections": []}}),
    ("NO_QUESTIONS", AT, asking()),
    ("NO_OPTIONS", f"{QUESTION}.options", one("SINGLE_CHOICE")),
    ("NO_OPTIONS", f"{QUESTION}.options", one("RANKING", options=options("a"))),
    ("NO_ROWS", f"{QUESTION}.rows", one("MATRIX", **FEW)),
    ("NO_PLACE_KIND", f"{QUESTION}.placeKind", one("PLACE")),
    ("BAD_CHOICE_LIMITS", f"{QUESTION}.minChoices", one("MULTIPLE_CHOICE", minChoices=3, **FEW)),
    ("BAD_CHOICE_LIMITS", f"{QUESTION}.maxChoices", one("RANKING", minChoices=1, maxChoices=300, **FEW)),
    ("BAD_SCALE", f"{QUESTION}.minimum", one("SCALE")),
    ("BAD_SCALE", f"{QUESTION}.maximum", one("SCALE", **NO_END)),
    ("BAD_SCALE", f"{QUESTION}.maximum", one("SCALE", minimum=1, maximum=1)),
    ("BAD_SCALE", f"{QUESTION}.maximum", one("SCALE", minimum=-999_999_999, maximum=999_999_999)),
    ("RULE_SYNTAX", f"{AT}.1.displayRule", ruled("agua =")),
    ("RULE_SYNTAX", f"{AT}.1.displayRule", ruled(" ")),
    ("RULE_TOO_LONG", f"{AT}.1.displayRule", ruled("not " * 21 + "agua = si")),
    ("RULE_UNKNOWN_QUESTION", f"{AT}.1.displayRule", ruled("luz = si")),
    ("RULE_UNKNOWN_OPTION", f"{AT}.1.displayRule", ruled("agua = nunca")),
    ("RULE_WRONG_TYPE", f"{AT}.1.displayRule", ruled("agua > 3")),
    ("RULE_LATER_QUESTION", f"{AT}.0.displayRule", asking(a_question("q", displayRule="agua = si"), a_question())),
    ("RULE_CIRCULAR", f"{AT}.1.displayRule", CIRCLE),
    ("RULE_UNREACHABLE", f"{AT}.1.displayRule", ruled(NEVER)),
]  # fmt: skip
"""What a draft may still lack: the code, where it is told, and what the draft says."""

MISTAKES: list[tuple[str, str, Lacking]] = [
    # ---- what could not be read, so that nothing stands there that could be kept
    ("WORDING_EMPTY", "title.translations.0.text", {"title": es(" ")}),
    ("WORDING_MISSING", "title.source", {"title": {"source": "es", "translations": []}}),
    ("DUPLICATE_LANGUAGE", "title.translations.1.language", {"title": {"source": "es", "translations": [
        {"language": "es", "text": "Agua"}, {"language": "es", "text": "Luz"}]}}),
    ("BAD_LANGUAGE", "title.translations.1.language", {"title": es("Agua", español="Agua")}),
    ("BAD_LANGUAGE", "sourceLanguage", {"sourceLanguage": "español"}),
    ("ORDER_MISSING", "ownInitiative", {"ownInitiative": None}),
    ("ORDERED_TWICE", "mandateId", {"mandateId": f"Mandate_{UUID(int=7)}"}),
    ("BAD_ID", "territoryIds.0", {"territoryIds": ["Territory_x"]}),
    ("UNKNOWN_TERRITORY", "territoryIds.0", {"territoryIds": [f"Territory_{UUID(int=7)}"]}),
    # ---- what is beyond a limit
    ("WORDING_TOO_LONG", "title", {"title": es("a" * 501)}),
    ("WORDING_TOO_LONG", f"{AT}.1.displayRule", ruled("agua = si".ljust(1_001))),
    ("TOO_MANY_ITEMS", f"{QUESTION}.rows", one("MATRIX", rows=options(*[f"r{n}" for n in range(51)]), **FEW)),
    ("TOO_MANY_ITEMS", "questionnaire.sections", {
        "questionnaire": {"sections": [{"title": es("a"), "questions": []} for _ in range(51)]}}),
    ("OUT_OF_RANGE", "smallestCell", {"smallestCell": 2}),
    ("OUT_OF_RANGE", f"{QUESTION}.minChoices", one("RANKING", minChoices=-1, **FEW)),
    ("OUT_OF_RANGE", f"{QUESTION}.maxChoices", one("RANKING", maxChoices=0, **FEW)),
    ("OUT_OF_RANGE", f"{QUESTION}.maxChoices", one("RANKING", maxChoices=2**31 - 1, **FEW)),
    ("OUT_OF_RANGE", f"{QUESTION}.decimals", one("NUMBER", decimals=7)),
    ("BAD_LENGTH", f"{QUESTION}.maxLength", one("LONG_TEXT", maxLength=0)),
    ("BAD_NUMBER_LIMIT", f"{QUESTION}.minimum", one("NUMBER", minimum=0.5)),
    ("BAD_SCALE_END", f"{QUESTION}.minimum", one("SCALE", minimum=0.5)),
    ("BAD_SCALE_END", f"{QUESTION}.maximum", one("SCALE", maximum=1e300)),
    ("FILE_TYPES_NOT_TAKEN", f"{QUESTION}.fileTypes.0", one("FILE", fileTypes=["exe"])),
    # ---- what would tell who somebody is, whom nobody is to know
    ("FILE_WHERE_ANONYMOUS", f"{QUESTION}.kind", {**one("FILE"), "anonymity": "ANONYMOUS"}),
    # ---- what no table could hold
    ("BAD_TIME", "opening.declaredLocal", {"opening": moment("1800-01-01T00:00:00")}),
    ("UNKNOWN_ZONE", "opening.zone", {"opening": moment("2026-12-01T09:00:00", "Luna/Mar")}),
    ("TIME_DOES_NOT_EXIST", "closing.declaredLocal", {
        "opening": moment("2026-12-01T09:00:00", "America/New_York"),
        "closing": moment("2027-03-14T02:30:00", "America/New_York")}),
    ("TIME_IS_AMBIGUOUS", "closing.declaredLocal", {
        "opening": moment("2026-12-01T09:00:00", "America/New_York"),
        "closing": moment("2027-11-07T01:30:00", "America/New_York")}),
    ("ZONES_DIFFER", "closing.zone", {"closing": moment("2026-12-31T18:00:00", "America/Tijuana")}),
    ("CLOSES_BEFORE_OPENS", "closing.declaredLocal", {"closing": moment("2026-12-01T09:00:00")}),
    ("BAD_CODE", f"{QUESTION}.code", asking(a_question("Á"))),
    ("DUPLICATE_CODE", f"{AT}.1.code", asking(a_question(), a_question())),
    ("LIMITS_CROSSED", f"{QUESTION}.maximum", one("NUMBER", **UPSIDE_DOWN)),
    ("LIMITS_CROSSED", f"{QUESTION}.maximum", one("SCALE", **UPSIDE_DOWN)),
    ("LIMITS_CROSSED", f"{QUESTION}.maxChoices", one("RANKING", minChoices=2, maxChoices=1, **FEW)),
    ("LIMITS_CROSSED", f"{QUESTION}.latest", one("DATE", earliest="2026-02-01", latest="2026-01-01")),
    # ---- what contradicts itself, and is not mended by writing on
    ("NOT_OF_THIS_KIND", f"{QUESTION}.options", one("DATE", **FEW)),
    ("NOTICE_REQUIRED", f"{QUESTION}.required", one("NOTICE", required=True)),
    ("OTHER_NOT_HERE", f"{QUESTION}.options.0.other", one("RANKING", options=[
        {"code": "a", "label": es("a"), "other": True}, *options("b")])),
    ("SEVERAL_OTHERS", f"{QUESTION}.options.1.other", one("SINGLE_CHOICE", options=[
        {"code": code, "label": es(code), "other": True} for code in ("a", "b")])),
    ("POLICY_OF_IMPORTS", "identityPolicy", {"identityPolicy": "IMPORTED"}),
    ("ASSURANCE_OF_ACCOUNTS", "assurance", {"identityPolicy": "OPEN", "assurance": "VERIFIED_PERSON"}),
    ("OPEN_HAS_NO_LIMIT", "responsesEach", {"identityPolicy": "OPEN", "responsesEach": 2}),
    ("ANONYMOUS_ONCE_EACH", "responsesEach", {"anonymity": "ANONYMOUS", "responsesEach": 2}),
]  # fmt: skip
"""What no draft may be, in the same form."""

REFUSED_AT_THE_DOOR = {"FORBIDDEN_CHARACTER": "A request with such a character is not read at all."}
"""What a check would refuse, and does not get to see over HTTP."""


async def drafted(hub: Talking, body: UUID, by: Somebody, **known: Any) -> str:
    """Draft something that is not finished, and return its id."""
    payload = await hub.act(CREATE, {"input": a_draft(body, unfinished=True, **known)}, by=by)
    return str(payload["consultation"]["id"])


def edited(body: UUID, id_: str, **known: Any) -> dict[str, Any]:
    """The input of a draft that is written anew."""
    draft = a_draft(body, **known)
    del draft["bodyId"]
    return {"input": {"consultationId": id_, **draft}}


# ---- what a draft may lack -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "path", "lacking"), NOT_FINISHED, ids=[code for code, *_ in NOT_FINISHED])
async def test_a_draft_may_lack_what_comes_later(hub: Talking, code: str, path: str, lacking: Lacking) -> None:
    body = await a_body(hub, at=NOW)
    julia = await a_coordinator_of(hub, body, at=NOW)
    await hub.forget()
    with hub.at(NOW):
        expected = await hub.refuse(CREATE, {"input": a_draft(body, **lacking)}, by=julia)
        assert (code, path) in problems(expected)
        assert {error["code"] for error in expected} <= set(UNFINISHED)
        assert (await hub.log(), await hub.rows("SELECT 1 FROM entry WHERE kind = 'Consultation'")) == ([], [])
        id_ = await drafted(hub, body, julia, **lacking)
        assert await hub.log() == ["MandateProposed", "ConsultationCreated"]
        # An edit that says nothing of it is as strict as ever, and one that does keeps it.
        assert await hub.refuse(EDIT, edited(body, id_, **lacking), by=julia) == expected
        payload = await hub.act(EDIT, edited(body, id_, unfinished=True, **lacking), by=julia)
        assert payload["consultation"] == {"id": id_, "state": "DRAFT"}
        await hub.forget()
        # What it lacks is told by whoever asks, and by the publication, in the same words.
        for mutation in (CHECK, PUBLISH):
            assert await hub.refuse(mutation, {"input": {"consultationId": id_}}, by=julia) == expected
        assert await hub.log() == []


@pytest.mark.parametrize(("code", "path", "mistaken"), MISTAKES, ids=[code for code, *_ in MISTAKES])
async def test_no_draft_may_be_what_cannot_be_kept(hub: Talking, code: str, path: str, mistaken: Lacking) -> None:
    body = await a_body(hub, at=NOW)
    julia = await a_coordinator_of(hub, body, at=NOW)
    with hub.at(NOW):
        id_ = await drafted(hub, body, julia)
        before = await hub.dump()
        await hub.forget()
        for mutation, given in (
            (CREATE, {"input": a_draft(body, unfinished=True, **mistaken)}),
            (EDIT, edited(body, id_, unfinished=True, **mistaken)),
        ):
            errors = await hub.refuse(mutation, given, by=julia)
            assert (code, path) in problems(errors)
            # What may come later is not told where something has to be mended now.
            assert {error["code"] for error in errors} & set(UNFINISHED) == set()
        assert await hub.log() == []
        assert await hub.dump() == before


async def test_a_consultation_is_built_step_by_step_and_then_published(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    julia = await a_coordinator_of(hub, body, at=NOW)
    nothing: Lacking = {"privacyNotice": None, "questionnaire": {"sections": []}}
    empty = asking(a_question("q", options=[], displayRule="agua = si"))
    ready = asking(a_question(), a_question("q", displayRule="agua = si"))
    with hub.at(NOW):
        id_ = await drafted(hub, body, julia, **nothing)
        check = {"input": {"consultationId": id_}}
        steps: list[tuple[Lacking, list[tuple[str, str]]]] = [
            (nothing, [("NO_PRIVACY_NOTICE", "privacyNotice"), ("NO_SECTIONS", "questionnaire.sections")]),
            ({**asking(), "privacyNotice": None}, [("NO_PRIVACY_NOTICE", "privacyNotice"), ("NO_QUESTIONS", AT)]),
            (empty, [("NO_OPTIONS", f"{QUESTION}.options"), ("RULE_UNKNOWN_QUESTION", f"{QUESTION}.displayRule")]),
        ]
        for step, lacks in steps:
            await hub.act(EDIT, edited(body, id_, unfinished=True, **step), by=julia)
            assert problems(await hub.refuse(CHECK, check, by=julia)) == lacks
        await hub.act(EDIT, edited(body, id_, unfinished=True, **ready), by=julia)
        assert await hub.act(CHECK, check, by=julia) == {"ok": True, "errors": [], "event": None}
        assert (await hub.act(PUBLISH, check, by=julia))["consultation"]["state"] == "SCHEDULED"


# ---- every code is decided about -----------------------------------------------------------------------------------


FIRST = ("hub/consultations/checking.py", "graphql_schema/wording_inputs.py")
"""Where a draft is read and checked; what these import of the same packages is looked at as well."""

DRAFTING = "hub/consultations/drafting.py"
TEXT = "hub/text.py"
"""Of what is wrong with words, only what is asked of a text in several languages is about a draft."""

PACKAGES = (
    "hub.consultations.",
    "hub.timetables.",
    "graphql_schema.consultations.",
    "graphql_schema.ids",
)


def modules() -> Iterator[ast.Module]:
    """Walk through the modules that problems of a draft come from."""
    waiting, seen = [*FIRST, DRAFTING], set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        yield (module := tree(ROOT / path))
        if path == DRAFTING:
            # It imports what publishing and giving notice say, too, which is not about a draft.
            continue
        imported = [node.module or "" for node in ast.walk(module) if isinstance(node, ast.ImportFrom)]
        waiting += [f"{name.replace('.', '/')}.py" for name in imported if name.startswith(PACKAGES)]


def codes_of_drafts() -> set[str]:
    """Return the codes of every problem that reading and checking a draft can find."""
    said = [node for node in tree(ROOT / TEXT).body if getattr(node, "name", "") == "problems_with_text"]
    calls = [node for part in (*modules(), *said) for node in ast.walk(part) if isinstance(node, ast.Call)]
    named = [call for call in calls if ast.unparse(call.func) in ("Problem", "BadRequest")]
    return {str(call.args[0].value) for call in named if isinstance(call.args[0], ast.Constant)}


def test_of_every_problem_it_is_decided_whether_it_may_wait() -> None:
    """A new code of a check has to stand in the hub's list with a reason, or among the mistakes above."""
    mistakes = {code for code, *_ in MISTAKES} | set(REFUSED_AT_THE_DOOR)
    assert {code for code, *_ in NOT_FINISHED} == set(UNFINISHED)
    assert mistakes & set(UNFINISHED) == set()
    assert codes_of_drafts() == mistakes | set(UNFINISHED)
    assert all(reason.endswith(".") for reason in UNFINISHED.values())
