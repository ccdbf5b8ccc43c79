"""Confidentiality: what is not public leaves by no query, no filter, no order, no count and no error.

Two worlds are compared that differ in nothing but what may not be read: everything that a caller can ask is asked in
both (everything_asked.py), and the answers must be the same, byte for byte.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from sqlalchemy import text as sql

from hub.consultations.models import ResultsPolicy
from hub.consultations.questionnaire_models import QuestionKind, Sensitivity
from hub.people.models import TerritoryKind
from hub.viewer import Scope
from tests.cast import a_citizen, a_client, a_coordinator_of, a_visitor
from tests.consultations.asking import CHANGE, SAVE, SUBMIT, WITHDRAW, a_sheet
from tests.consultations.everything_asked import WORDS, World, operations
from tests.making.bodies import a_body
from tests.making.consultations import DAY, an_open_consultation
from tests.making.people import a_territory, an_organization
from tests.making.questionnaires import a_question, in_sections, options
from tests.making.representing import speaks_for
from tests.talking import Somebody, Talking

K, S = QuestionKind, Sensitivity
SECTIONS = in_sections(
    a_question("agua", K.SINGLE_CHOICE, options=options("si", "no"), required=True),
    a_question("palabras", K.LONG_TEXT),
    a_question("secreto", K.LONG_TEXT, sensitivity=S.CONFIDENTIAL),
    a_question("voto", K.SINGLE_CHOICE, options=options("a", "b"), sensitivity=S.CONFIDENTIAL),
    a_question("pago", K.NUMBER, decimals=2, sensitivity=S.CONFIDENTIAL),
    a_question("lugar", K.PLACE, place_kind=TerritoryKind.STATE, sensitivity=S.CONFIDENTIAL),
    a_question("nacio", K.DATE, sensitivity=S.PERSONAL),
    a_question("nombre", K.SHORT_TEXT, sensitivity=S.PERSONAL),
    a_question("firma", K.CONSENT, sensitivity=S.PERSONAL),
)
PUBLIC = "Esto lo pueden leer todas las personas que quieran"


async def a_world(hub: Talking) -> World:
    """Somebody for each reason why an answer is not public."""
    asked = await an_open_consultation(
        hub, await a_body(hub), sections=SECTIONS, results_policy=ResultsPolicy.LIVE, late_days=7
    )
    jalisco, nayarit = await a_territory(hub), await a_territory(hub, "Nayarit")
    organizations = (await an_organization(hub), await an_organization(hub, "Otra asociación"))
    confidential = [
        {"question": "secreto", "text": WORDS},
        {"question": "voto", "option": "a"},
        {"question": "pago", "number": 12.5},
        {"question": "lugar", "territoryId": f"Territory_{jalisco}"},
        {"question": "nacio", "date": "1980-02-03"},
        {"question": "nombre", "text": "Canario"},
        {"question": "firma", "agreed": True},
    ]
    yes, no = {"question": "agua", "option": "si"}, {"question": "agua", "option": "no"}
    words, public = ({"question": "palabras", "text": text} for text in (WORDS, PUBLIC))
    sheets: dict[str, dict[str, Any]] = {
        "confidential": a_sheet(
            asked,
            yes,
            public,
            *confidential,
            territoryId=f"Territory_{jalisco}",
            consent="WITH_NAME",
        ),
        "not published": a_sheet(asked, yes, words, consent="NOT_PUBLISHED"),
        "not published either": a_sheet(asked, no, words, consent="NOT_PUBLISHED"),
        "an answer not published": a_sheet(asked, yes, {**words, "consent": "NOT_PUBLISHED"}),
        "an organisation without its name": a_sheet(asked, yes),
        "withdrawn": a_sheet(asked, yes, words),
        "replaced": a_sheet(asked, no, words),
        "held": a_sheet(asked, yes, words),
    }
    found: dict[str, UUID] = {}
    for what, sheet in sheets.items():
        who = await a_citizen(hub, f"Persona: {what}")
        if what.startswith("an organisation"):
            name = await speaks_for(hub, who, organizations[0], since=asked.opens_at)
            sheet["input"]["organizationId"] = name
        at = asked.closes_at + DAY if what == "held" else asked.open
        with hub.at(at):
            payload = await hub.act(SUBMIT, sheet, by=who)
            found[what] = UUID(payload["response"]["id"].removeprefix("Response_"))
            if what == "withdrawn":
                await hub.act(WITHDRAW, {"input": {"consultationId": asked.node}}, by=who)
            if what == "replaced":
                await hub.act(CHANGE, a_sheet(asked, yes), by=who)
            if what == "confidential":
                draft = {"consultationId": asked.node, "revisionId": asked.revision, "answers": [words]}
                await hub.act(SAVE, {"input": draft}, by=await a_citizen(hub, "Persona: draft"))
    ids = [asked.node, asked.revision]
    for type_, table in (("Response", "response"), ("ResponseDraft", "response_draft"), ("Question", "question")):
        ids += [f"{type_}_{row['id']}" for row in await hub.rows(f"SELECT id FROM {table} ORDER BY id")]
    return World(asked, jalisco, nayarit, organizations, found, ids)


ANSWER = """UPDATE answer SET {what} FROM question
    WHERE question.id = answer.question_id AND question.code = :code AND answer.response_id = :id"""
CHOICE = """UPDATE answer_choice SET option_code = :option FROM question
    WHERE question.id = answer_choice.question_id AND question.code = :code AND response_id = :id"""
OTHER = "Algo muy distinto que nadie había dicho nunca"


def changes(world: World) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """What is different in the other world: statements past all activities, by what they change."""
    of = world.responses

    def answer(response: str, code: str, what: str, **values: Any) -> tuple[str, dict[str, Any]]:
        return ANSWER.format(what=what), {"code": code, "id": of[response], **values}

    def choice(response: str, code: str, option: str) -> tuple[str, dict[str, Any]]:
        return CHOICE, {"code": code, "id": of[response], "option": option}

    text = "text = :text"
    return {
        "a confidential text": [answer("confidential", "secreto", text, text=OTHER)],
        "a confidential choice": [choice("confidential", "voto", "b")],
        "a confidential number": [answer("confidential", "pago", "number = 99")],
        "a confidential place": [answer("confidential", "lugar", "territory_id = :place", place=world.nayarit)],
        "a personal day": [answer("confidential", "nacio", "day = '1999-09-09'")],
        "a personal text": [answer("confidential", "nombre", text, text="Otro nombre")],
        "a personal consent": [answer("confidential", "firma", "agreed = false")],
        "the words of a response that is not published": [answer("not published", "palabras", text, text=OTHER)],
        # What they chose counts, so that two exchange it.
        "what two chose who are not published": [
            choice("not published", "agua", "no"),
            choice("not published either", "agua", "si"),
        ],
        "an answer that is not published": [answer("an answer not published", "palabras", text, text=OTHER)],
        "which organisation it was": [
            (
                "UPDATE response SET organization_id = :other WHERE id = :id",
                {"id": of["an organisation without its name"], "other": world.organizations[1]},
            )
        ],
        "a withdrawn response": [answer("withdrawn", "palabras", text, text=OTHER), choice("withdrawn", "agua", "no")],
        "a replaced response": [answer("replaced", "palabras", text, text=OTHER), choice("replaced", "agua", "si")],
        "a held response": [answer("held", "palabras", text, text=OTHER), choice("held", "agua", "no")],
        "where a respondent lives": [
            (
                "UPDATE response SET territory_id = :place WHERE id = :id",
                {"id": of["confidential"], "place": world.nayarit},
            )
        ],
        "which response is similar": [
            (
                "UPDATE response SET similar_to_id = :other WHERE id = :id",
                {"id": of["confidential"], "other": of["an answer not published"]},
            )
        ],
    }


HIDDEN_FROM_STAFF: list[tuple[str, dict[str, Any]]] = [
    ("UPDATE response_draft SET answers = jsonb_build_object('given', '[]'::jsonb), edition = 77", {}),
    ("UPDATE text_fingerprint SET bits = bits + 1", {}),
]
"""What not even the staff sees; for them nothing tells that it was changed."""


REQUEST = re.compile(r'"requestId":"[0-9a-f]+"')


async def answers(
    hub: Talking, world: World, by: Somebody, at: Any, *, only: tuple[str, ...] = ("",)
) -> dict[str, str]:
    """What somebody is answered at an instant: to everything, or only to what begins so."""
    found = {}
    with hub.at(at):
        for document, variables in operations(world):
            if not document.startswith(only):
                continue
            text = (await hub.post(document, variables, by=by)).text
            while '"TIME_OUT"' in text:  # The machine is busy; what it took is nobody's answer.
                text = (await hub.post(document, variables, by=by)).text
            assert '"errors"' not in text or '"BAD_ID"' in text, (document, text)
            found[f"{document} {variables}"] = REQUEST.sub("", text)
    return found


async def different(hub: Talking, statements: list[tuple[str, dict[str, Any]]]) -> None:
    """Make this world the other one, in which each of these statements has changed something."""
    async with hub.hub.engine.begin() as connection:
        for statement, given in statements:
            result = await connection.execute(sql(statement), given)
            assert result.rowcount >= 1, statement


STAFF_SEES = """query ($id: ID!) { responses(filter: {consultation: $id}, first: 100) { nodes {
  id organization { id } territory { id } similarTo { id }
  answers { question { code } options text number date territory { id } agreed } } } }"""


async def test_two_worlds_that_differ_in_what_is_not_public_answer_alike(hub: Talking) -> None:
    world = await a_world(hub)
    other_body = await a_body(hub, "Otra", acronym="OTRA")
    others = [
        a_visitor(),
        await a_citizen(hub, "Beto Luna"),
        await a_client(hub, scopes=frozenset(Scope)),
        await a_coordinator_of(hub, other_body, "Coordinadora de otro órgano"),
    ]
    julia = await a_coordinator_of(hub, world.asked.body_id)
    instants = (world.asked.open, world.asked.closes_at + 2 * DAY)
    # Before the closing all of these are nobody in particular: a visitor stands for them.
    pairs = [(0, instants[0]), *((n, instants[1]) for n, _ in enumerate(others))]
    before = {(n, at): await answers(hub, world, others[n], at) for n, at in pairs}
    visible = "".join(before[0, instants[1]].values())
    # It is all there to be seen, were it not for the rules.
    assert PUBLIC in visible
    assert len(before[0, instants[0]]) > 60

    async def staff() -> str:
        with hub.at(instants[1]):
            return str(await hub.ask(STAFF_SEES, {"id": world.asked.node}, by=julia))

    seen = await staff()
    for what, statements in changes(world).items():
        await different(hub, statements)
        seen, former = await staff(), seen
        assert seen != former, f"Nobody would notice {what}."
    await different(hub, HIDDEN_FROM_STAFF)
    assert await staff() == seen
    for (n, at), known in before.items():
        now = await answers(hub, world, others[n], at)
        assert [key for key in known if known[key] != now[key]] == [], n
    for texts in before.values():
        assert not re.search("jueves|distinto|Otro nombre", "".join(texts.values()).replace(WORDS, ""))
    # The comparison would notice: what everybody may read, and what everybody may count, changes answers.
    of, everybody = world.responses, ("{ responses(first: 100) ", "query ($id: ID!) { node(")
    public = (ANSWER.format(what="text = :text"), {"code": "palabras", "id": of["confidential"], "text": OTHER})
    for statement, given in (public, (CHOICE, {"code": "agua", "id": of["not published"], "option": "si"})):
        known = await answers(hub, world, others[0], instants[1], only=everybody)
        await different(hub, [(statement, given)])
        now = await answers(hub, world, others[0], instants[1], only=everybody)
        assert [key for key in known if known[key] != now[key]] != []


async def test_no_error_repeats_an_answer(hub: Talking) -> None:
    """Neither where it was wrong nor where the hub fails, even if the database repeats the row it stumbled over."""
    asked = await an_open_consultation(hub, await a_body(hub), sections=SECTIONS)
    ana = await a_citizen(hub)
    yes, secret = {"question": "agua", "option": "si"}, {"question": "secreto", "text": WORDS}
    wrong = [yes, {**secret, "text": WORDS * 1_000}, {"question": "nombre", "text": WORDS * 20}]
    refused = await hub.post(SUBMIT, a_sheet(asked, *wrong), by=ana)
    assert '"TEXT_TOO_LONG"' in refused.text
    await hub.run(f"ALTER TABLE answer ADD CONSTRAINT no_birds CHECK (text <> '{WORDS}')")
    failed = await hub.post(SUBMIT, a_sheet(asked, yes, secret), by=ana)
    assert '"INTERNAL"' in failed.text
    assert "Canario" not in refused.text + failed.text
    assert await hub.rows("SELECT 1 FROM response") == []
