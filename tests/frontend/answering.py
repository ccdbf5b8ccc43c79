"""A made-up hub: an ASGI application that answers each document with what the test puts there."""

from __future__ import annotations

import copy
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from typing import Any

import httpx2
from starlette.types import Receive, Scope, Send

from frontend_stub import create_app
from frontend_stub.settings import Settings

HOSTILE = "<script>alert('¡voto!')</script> & \"más\" {{ 7*7 }}"


def said(text: str, language: str = "es") -> dict[str, str]:
    return {"text": text, "language": language}


def moment(local: str, instant: str, zone: str = "America/Mexico_City") -> dict[str, str]:
    return {"instant": instant, "declaredLocal": local, "zone": zone}


COMMISSION = {
    "__typename": "Body",
    "id": "Body_1",
    "acronym": "CGA",
    "name": said("Comisión de Gobierno Abierto"),
    "remit": said("Pregunta a la gente."),
}
ELSEWHERE = {
    "__typename": "Organization",
    "id": "Organization_1",
    "acronym": None,
    "name": said("Another Project", "en"),
    "kind": "CIVIL_SOCIETY",
}
LISTED = {
    "id": "Consultation_1",
    "state": "OPEN",
    "title": said("¿Qué publicar primero?"),
    "opening": moment("2026-11-17T09:00:00", "2026-11-17T15:00:00Z"),
    "closing": moment("2026-11-29T23:59:00", "2026-11-30T05:59:00Z"),
    "responseCount": 1234,
    "revision": {"questions": {"totalCount": 3}},
    "publisher": COMMISSION,
}

AN_INSTRUMENT = {
    "id": "Instrument_1",
    "folio": "CGA/ACUERDO/2026/001",
    "kind": "ACUERDO",
    "state": "PUBLISHED",
    "inForce": True,
    "publishedAt": "2026-11-16T05:59:00Z",
    "inForceFrom": "2026-11-16",
    "inForceUntil": None,
    "title": said("Acuerdo por el que se pregunta"),
    "body": {"id": "Body_1", "title": said("Comisión de Gobierno Abierto")},
}


def page_of(*nodes: dict[str, Any], more: str | None = None) -> dict[str, Any]:
    return {
        "totalCount": len(nodes),
        "pageInfo": {"hasNextPage": more is not None, "endCursor": more},
        "nodes": list(nodes),
    }


def a_home() -> dict[str, Any]:
    closed = {
        **LISTED,
        "id": "Consultation_2",
        "state": "CLOSED",
        "title": said("A closed one", "en"),
        "publisher": ELSEWHERE,
        "responseCount": 1,
    }
    closing = {**page_of(closed), "totalCount": 7}
    return {"open": page_of(LISTED), "coming": page_of(), "closed": closing, "decisions": page_of(AN_INSTRUMENT)}


def a_question(position: int, **known: Any) -> dict[str, Any]:
    yes, no = said("Sí"), said("No")
    return {
        "id": f"Question_{position}",
        "position": position,
        "kind": "SINGLE_CHOICE",
        "required": True,
        "minChoices": None,
        "maxChoices": None,
        "sensitivity": "PUBLIC",
        "displayRule": None,
        "minimum": None,
        "maximum": None,
        "earliest": None,
        "latest": None,
        "placeKind": None,
        "unit": None,
        "lowLabel": None,
        "highLabel": None,
        "rows": [],
        "sourceModeration": None,
        "title": said(f"¿Pregunta en el lugar {position}?"),
        "hint": None,
        "options": [{"label": yes}, {"label": no}],
    } | known


def a_section(title: str, begins: int | None) -> dict[str, Any]:
    nodes = [] if begins is None else [{"position": begins}]
    return {"title": said(title), "introduction": None, "questions": {"nodes": nodes}}


def a_notice(number: int, kind: str, reason: str | None = None) -> dict[str, Any]:
    return {
        "number": number,
        "kind": kind,
        "publishedAt": "2026-11-16T05:59:00Z",
        "closing": LISTED["closing"],
        "reason": None if reason is None else said(reason),
    }


def a_consultation() -> dict[str, Any]:
    return {
        "__typename": "Consultation",
        "id": "Consultation_1",
        "folio": "CGA/CONSULTA/2026/001",
        "state": "OPEN",
        "identityPolicy": "ACCOUNT",
        "assurance": "EMAIL",
        "anonymity": "PSEUDONYMOUS",
        "responsesEach": 1,
        "resultsPolicy": "LIVE",
        "smallestCell": 10,
        "publishedAt": "2026-11-16T05:59:00Z",
        "withdrawnAt": None,
        "countedUntil": "2026-11-30T06:00:00Z",
        "lateUntil": "2026-12-07T05:59:00Z",
        "responseCount": 3,
        "noticeHash": "sha256:aa",
        "answerDueOn": None,
        "answerStanding": None,
        "report": None,
        "statements": page_of(),
        "results": None,
        "revisions": {"totalCount": 1},
        "notices": {"nodes": [a_notice(1, "OPENING")]},
        "title": said("¿Qué publicar primero?"),
        "purpose": said("Para saberlo.\n\nY para decirlo."),
        "scope": said("The order can change.", "en"),
        "privacyNotice": None,
        "attribution": said("Datos de https://datos.example/uno"),
        "opening": LISTED["opening"],
        "closing": LISTED["closing"],
        "publisher": COMMISSION,
        "mandate": {
            "id": "Mandate_1",
            "title": said("Preguntar qué publicar"),
            "reason": said("Nadie lo había preguntado."),
            "question": None,
            "paragraph": None,
            "instrument": None,
            "section": None,
        },
        "territories": {
            "totalCount": 3,
            "nodes": [{"id": "Territory_20", "name": "Oaxaca"}, {"id": "Territory_31", "name": "Yucatán"}],
        },
        "revision": {
            "id": "QuestionnaireRevision_1",
            "number": 1,
            "contentHash": "sha256:bb",
            "publishedAt": "2026-11-16T05:59:00Z",
            "note": None,
            "sections": [a_section("Primero", 0), a_section("Nada", None), a_section("Después", 2)],
            "questions": page_of(a_question(0), a_question(1), a_question(2)),
        },
    }


def an_example() -> dict[str, Any]:
    kinds = {"uno": "SINGLE_CHOICE", "varios": "MULTIPLE_CHOICE", "palabras": "LONG_TEXT"}
    questions = [{"code": code, "kind": kind, "required": True} for code, kind in kinds.items()]
    revision = {"id": "QuestionnaireRevision_1", "questions": {"nodes": questions}}
    found = {"id": "Consultation_1", "noticeHash": "sha256:00", "title": said("¿Qué?"), "revision": revision}
    return {"consultations": {"nodes": [found]}}


def a_shell(**known: Any) -> dict[str, Any]:
    return {"viewer": {"signedIn": False, "person": None, "grants": []} | known}


class FakeHub:
    """What the pages ask, and what they are answered."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.languages: list[str] = []
        self.status, self.whole = 200, None
        self.headers: list[tuple[bytes, bytes]] = []
        self.data = copy.deepcopy(
            {"Home": a_home(), "Consultation": {"node": a_consultation()}, "Example": an_example(), "Shell": a_shell()}
        )

    def fail(self, code: str, *, status: int = 200) -> None:
        """From now on, answer with an error of this code."""
        self.status = status
        self.whole: Any = {"errors": [{"message": "<b>no</b>", "extensions": {"code": code, "requestId": "abc123"}}]}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = json.loads((await receive())["body"])
        self.asked.append(asked)
        self.languages.append(dict(scope["headers"])[b"accept-language"].decode())
        name = asked["query"].split()[1].partition("(")[0]
        answer = self.whole if self.whole is not None else {"data": self.data[name]}
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def reading(graphql: Any, *, address: str = "127.0.0.1", **known: Any) -> AsyncIterator[httpx2.AsyncClient]:
    """A reader of the pages that this hub's answers make, who comes from this address."""
    app: Any = create_app(graphql, Settings(**known))
    pages = app._app._app._app
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False, client=(address, 1234))
    async with (
        pages.router.lifespan_context(pages),
        httpx2.AsyncClient(transport=transport, base_url="http://pages.test") as reader,
    ):
        yield reader


class Outline(HTMLParser):
    """What a page is made of, as a program that reads it aloud would find it."""

    VOID = frozenset({"meta", "link", "img", "br", "wbr", "rect", "input"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: dict[str, list[str]] = {}
        self.feed(html)
        self.close()
        assert self.open == [], f"These were left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.text.setdefault(tag, []).append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def headings(self) -> list[int]:
        return [int(tag[1]) for tag, _ in self.tags if re_heading(tag)]

    def words(self, tag: str = "main") -> str:
        return " ".join("".join(self.text.get(tag, [])).split())


def re_heading(tag: str) -> bool:
    return len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()


async def words(reader: httpx2.AsyncClient, path: str) -> str:
    """What a page that is there says."""
    answer = await reader.get(path)
    assert answer.status_code == 200, path
    return Outline(answer.text).words()
