"""An ordinary GraphQL client with a token goes the whole way: it finds a consultation, answers it, thinks again.

The client is `gql`, which knows nothing of the hub but its address: it fetches the schema by introspection, and what
it answers it makes of the questionnaire that it has read.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from gql import Client, gql
from gql.client import AsyncClientSession
from gql.transport.aiohttp import AIOHTTPTransport

from hub.bodies.models import BodyKind
from hub.bodies.registering import BodyDraft, register_body
from hub.changes.change import Changes
from hub.database.engine import write_engine
from hub.keys import load
from hub.register.models import CreatedVia
from hub.serving import demonstration_data
from hub.text import written
from hub.viewer import SYSTEM
from tests.journeys.installation import Installation

LIST = """
query { consultations(filter: {state: [OPEN]}) { totalCount nodes { id folio title { text } state } } }
"""
READ = """
query ($id: ID!) {
  node(id: $id) {
    ... on Consultation {
      noticeHash
      viewerHasResponded
      viewerResponse { id }
      responseCount
      availableTransitions { event allowed reason { code } }
      revision {
        id
        contentHash
        sections { title { text } questions(first: 100) { nodes {
          code kind required minChoices maxLength options { code label { text } }
          tally { answered options { code count } }
        } } }
      }
    }
  }
}
"""
SUBMIT = """
mutation ($input: SubmitResponseInput!) {
  act: submitResponse(input: $input) {
    response { id state mine answers { question { code } options text } }
    receipt { code contentHash state }
    errors { __typename code message path }
    event
  }
}
"""
CHANGE = SUBMIT.replace("SubmitResponse", "ChangeResponse").replace("submitResponse", "changeResponse")
WITHDRAW = SUBMIT.replace("SubmitResponse", "WithdrawResponse").replace("submitResponse", "withdrawResponse")
RECEIPT = "query ($code: String!) { receipt(code: $code) { code state contentHash consultation { id } } }"
CREATE = """
mutation ($input: CreateConsultationInput!) {
  act: createConsultation(input: $input) { consultation { id state } errors { code path } }
}
"""
PUBLISH = """
mutation ($input: PublishConsultationInput!) {
  act: publishConsultation(input: $input) { consultation { id folio state } errors { code path } }
}
"""


@asynccontextmanager
async def a_client(url: str, token: str | None = None, *, language: str = "es") -> AsyncIterator[AsyncClientSession]:
    """An ordinary client: it asks the endpoint for its schema and checks every document before it sends it."""
    headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {token}"} if token else {})
    transport = AIOHTTPTransport(url=url, headers=headers, timeout=20)
    async with Client(transport=transport, fetch_schema_from_transport=True) as session:
        yield session


async def ask(session: AsyncClientSession, document: str, **variables: Any) -> Any:
    request = gql(document)
    request.variable_values = variables
    return await session.execute(request)


async def act(session: AsyncClientSession, document: str, **given: Any) -> Any:
    return (await ask(session, document, input=given))["act"]


async def read(session: AsyncClientSession, consultation: str) -> Any:
    return (await ask(session, READ, id=consultation))["node"]


def questions(consultation: Any) -> list[Any]:
    return [q for section in consultation["revision"]["sections"] for q in section["questions"]["nodes"]]


def an_answer(question: Any, *, choose: int) -> dict[str, Any]:
    """Answer a question by what was read of it: the options from this one on, or some words."""
    codes = [option["code"] for option in question["options"]]
    match question["kind"]:
        case "SINGLE_CHOICE":
            return {"question": question["code"], "option": codes[choose]}
        case "MULTIPLE_CHOICE":
            most = max(1, question["minChoices"] or 1)
            return {"question": question["code"], "options": codes[choose : choose + most]}
        case _:
            return {"question": question["code"], "text": 'Que digan "cuándo" llega la pipa \\ del agua 💧'}


def content_of(answer: dict[str, Any]) -> list[str] | str:
    return answer.get("text") or sorted(answer.get("options") or [answer["option"]])


def counts(consultation: Any, code: str) -> dict[str, int]:
    (question,) = [q for q in questions(consultation) if q["code"] == code]
    return {option["code"]: option["count"] for option in question["tally"]["options"]}


def more(before: dict[str, int], **by: int) -> dict[str, int]:
    return {code: count + by.get(code, 0) for code, count in before.items()}


async def answers_and_thinks_again(url: str, token: str) -> None:
    """The journey of one person through the one open consultation whose results are shown as it goes."""
    async with (
        a_client(url) as visitor,
        a_client(url, token) as rosa,
        a_client(url, token, language="en") as rosa_in_english,
    ):
        (listed,) = (await ask(rosa, LIST))["consultations"]["nodes"]
        assert listed["state"] == "OPEN"
        assert listed["folio"]
        before = await read(rosa, listed["id"])
        assert before["viewerHasResponded"] is False
        revision = before["revision"]["id"]
        # She answers what is required, and what asks for her own words.
        asked = [q for q in questions(before) if q["required"] or q["kind"] == "LONG_TEXT"]
        chosen = next(q for q in asked if q["kind"] == "SINGLE_CHOICE")
        first, second = (option["code"] for option in chosen["options"][:2])
        first_counts = counts(before, chosen["code"])
        sheet = {
            "consultationId": listed["id"],
            "revisionId": revision,
            "consent": "WITHOUT_NAME",
            "noticeHash": before["noticeHash"],
            "answers": [an_answer(question, choose=0) for question in asked],
        }

        # Nobody answers without saying who they are, and nobody leaves out what is required.
        nobody = await act(visitor, SUBMIT, **sheet)
        assert [e["code"] for e in nobody["errors"]] == ["UNAUTHENTICATED"]
        required = sum(q["required"] for q in asked)
        optional = next(q for q in asked if not q["required"])
        partial = await act(rosa, SUBMIT, **{**sheet, "answers": [an_answer(optional, choose=0)]})
        assert [e["code"] for e in partial["errors"]] == ["QUESTION_REQUIRED"] * required
        assert await read(rosa, listed["id"]) == before

        # She answers, and gets a receipt.
        given = await act(rosa, SUBMIT, **sheet)
        assert given["errors"] == []
        assert given["response"]["state"] == given["receipt"]["state"] == "ACCEPTED"
        assert given["response"]["mine"] is True
        said = {a["question"]["code"]: sorted(a["options"]) or a["text"] for a in given["response"]["answers"]}
        assert said == {a["question"]: content_of(a) for a in sheet["answers"]}
        answered = await read(rosa, listed["id"])
        assert answered["viewerHasResponded"] is True
        assert answered["viewerResponse"]["id"] == given["response"]["id"]
        assert answered["responseCount"] == before["responseCount"] + 1
        assert counts(answered, chosen["code"]) == more(first_counts, **{first: 1})

        # The second time she is refused, in words, and nothing happens.
        again = await act(rosa, SUBMIT, **sheet)
        assert again["response"] is again["receipt"] is again["event"] is None
        assert [(e["__typename"], e["code"]) for e in again["errors"]] == [("ConflictError", "ALREADY_RESPONDED")]
        in_english = await act(rosa_in_english, SUBMIT, **sheet)
        words = [answer["errors"][0]["message"] for answer in (again, in_english)]
        assert [sentence.split(" ")[0] for sentence in words] == ["Usted", "You"]
        assert await read(rosa, listed["id"]) == answered

        # She changes her mind, and the results change with it.
        otherwise = [an_answer(question, choose=1 if question is chosen else 0) for question in asked]
        changed = await act(rosa, CHANGE, **{**sheet, "answers": otherwise})
        assert changed["errors"] == []
        assert changed["event"] > given["event"]
        assert changed["receipt"]["code"] != given["receipt"]["code"]
        now = await read(rosa, listed["id"])
        assert now["responseCount"] == before["responseCount"] + 1
        assert counts(now, chosen["code"]) == more(first_counts, **{second: 1})

        # Anybody who holds a receipt finds out whether that response counts, however the code was typed.
        typed = given["receipt"]["code"].lower().replace("-", " ")
        old, new = [(await ask(visitor, RECEIPT, code=code))["receipt"] for code in (typed, changed["receipt"]["code"])]
        assert old == {**given["receipt"], "state": "REPLACED", "consultation": {"id": listed["id"]}}
        assert new == {**changed["receipt"], "state": "ACCEPTED", "consultation": {"id": listed["id"]}}

        # She takes it back, and everything counts as before.
        withdrawn = await act(rosa, WITHDRAW, consultationId=listed["id"])
        assert withdrawn["errors"] == []
        assert withdrawn["response"]["state"] == withdrawn["receipt"]["state"] == "WITHDRAWN"
        assert withdrawn["receipt"]["code"] == changed["receipt"]["code"]
        assert await read(rosa, listed["id"]) == before
        assert (await ask(visitor, RECEIPT, code=new["code"]))["receipt"] == {**new, "state": "WITHDRAWN"}
        assert [e["code"] for e in (await act(rosa, WITHDRAW, consultationId=listed["id"]))["errors"]] == [
            "NO_RESPONSE"
        ]


async def a_commission(installation: Installation) -> str:
    """Register the commission. There is no command for it: bodies come with an import or by the hub's own activity."""
    engine = write_engine(installation.url, size=1)
    try:
        draft = BodyDraft(
            name=written(es="Comisión del Agua"), since=dt.date(2020, 1, 1), kind=BodyKind.COMMISSION, acronym="CDA"
        )
        changes = Changes(engine, load(installation.settings.keys_file, make=False))
        async with changes.begin(SYSTEM) as change:
            body = await register_body(change, draft, via=CreatedVia.COMMAND_LINE)
    finally:
        await engine.dispose()
    return f"Body_{body.id}"


def in_both(spanish: str, english: str) -> dict[str, Any]:
    texts = [{"language": "es", "text": spanish}, {"language": "en", "text": english}]
    return {"source": "es", "translations": texts}


def options(*labels: tuple[str, str, str]) -> list[dict[str, Any]]:
    return [{"code": code, "label": in_both(spanish, english)} for code, spanish, english in labels]


async def julia_publishes(url: str, token: str, body: str) -> dt.datetime:
    """Draft and publish a consultation about water; return when it opens."""
    async with a_client(url, token) as julia:
        # Only now: to read the whole contract takes a client its time.
        opens = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(seconds=5)
        closes = opens + dt.timedelta(days=20)
        drafted = await act(
            julia,
            CREATE,
            bodyId=body,
            title=in_both("El agua de mi colonia", "The water of my quarter"),
            purpose=in_both("Saber dónde falta.", "To know where it is lacking."),
            privacyNotice=in_both("Bajo un seudónimo.", "Under a pseudonym."),
            ownInitiative={"reason": in_both("Faltó en abril.", "It was lacking in April.")},
            resultsPolicy="LIVE",
            opening={"declaredLocal": opens.replace(tzinfo=None).isoformat(), "zone": "UTC"},
            closing={"declaredLocal": closes.replace(tzinfo=None).isoformat(), "zone": "UTC"},
            questionnaire={
                "sections": [
                    {
                        "title": in_both("El agua", "Water"),
                        "questions": [
                            {
                                "code": "llega",
                                "kind": "SINGLE_CHOICE",
                                "title": in_both("¿Llega?", "Does it come?"),
                                "required": True,
                                "options": options(("si", "Sí", "Yes"), ("no", "No", "No")),
                            },
                            {
                                "code": "dias",
                                "kind": "MULTIPLE_CHOICE",
                                "title": in_both("¿Qué días?", "On which days?"),
                                "required": True,
                                "minChoices": 2,
                                "options": options(
                                    ("lunes", "Lunes", "Monday"),
                                    ("jueves", "Jueves", "Thursday"),
                                    ("sabado", "Sábado", "Saturday"),
                                ),
                            },
                            {"code": "algo", "kind": "LONG_TEXT", "title": in_both("¿Algo más?", "Anything else?")},
                        ],
                    }
                ]
            },
        )
        assert drafted["errors"] == []
        published = await act(julia, PUBLISH, consultationId=drafted["consultation"]["id"])
        assert published["errors"] == []
        assert published["consultation"]["folio"].startswith("CDA/CONSULTA/")
    return opens


async def test_a_consultation_is_published_answered_changed_and_taken_back(installation: Installation) -> None:
    with installation.served() as served:
        body = await a_commission(installation)
        made = installation.run("token", "create", "--person", "Julia Ordaz")
        installation.said("role", "grant", made.err.split()[1].rstrip(";"), "coordinator", "--body", "CDA")
        opens = await julia_publishes(served.graphql, made.out.strip(), body)
        token = installation.token_of("Rosa Luna", "--scope", "me:read", "--scope", "responses:write")
        await asyncio.sleep(max(0.0, (opens - dt.datetime.now(dt.UTC)).total_seconds()))
        await answers_and_thinks_again(served.graphql, token)


async def test_somebody_new_answers_the_open_consultation_of_the_demonstration(home: Path) -> None:
    real = Installation(home / "data")
    with real.served(command="demo") as served:
        demonstration = Installation(demonstration_data(real.settings))
        assert f"HUB_DATA={demonstration.data} hub token create" in served.out
        token = demonstration.token_of("Rosa Luna")
        await answers_and_thinks_again(served.graphql, token)
        assert not real.data.exists()
