"""What is asked: the four queries of the design, in the terms of this schema, the second one in two kinds; and four
over bodies at work, which the peers from npm are not asked.

PostGraphile names things by itself, so it is asked for the same facts by documents of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.peers import SOURCES

Q1 = """
query One($id: ID!) {
  node(id: $id) {
    ... on Consultation {
      id folio title { text } purpose { text } state
      opening { instant declaredLocal zone } closing { instant declaredLocal zone }
      publisher { __typename ... on Body { id name { text } } ... on Organization { id name { text } } }
      responseCount
    }
  }
}
"""

Q2_TERRITORIES = """
query Territories {
  territories(first: 50, filter: { kind: [MUNICIPALITY] }) {
    nodes { id code name kind population parent { id code name } }
    pageInfo { hasNextPage endCursor }
  }
}
"""

Q2_ORGANIZATIONS = """
query Organizations {
  organizations(first: 50) {
    nodes {
      id kind level website name { text } acronym
      territory { id code name }
      names { name { text } acronym validFrom validUntil }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""

Q3 = """
query Results {
  consultations(first: 20, filter: { state: [CLOSED] }) {
    nodes {
      id title { text }
      revision {
        questions(first: 10) {
          nodes {
            id code kind title { text }
            options { code label { text } }
            tally { answered options { code count share } }
          }
        }
      }
    }
  }
}
"""

Q4 = """
mutation Submit($input: SubmitResponseInput!) {
  submitResponse(input: $input) {
    errors { code message path }
    response { id state channel receivedAt contentHash answers { question { code } options text } }
    receipt { code contentHash issuedAt }
  }
}
"""

Q5 = """
query Sat($id: ID!) {
  node(id: $id) {
    ... on Session {
      folio state title { text } starts { instant declaredLocal zone } body { id name { text } }
      attendance(first: 20) { nodes { mode membership { name seat { post sector } } } }
      agenda(first: 20) {
        nodes {
          position state title { text } outcome { text }
          motions(first: 5) {
            nodes { state vote { result present votesFor votesAgainst votes { option membership { name } } } }
          }
        }
      }
    }
  }
}
"""

Q6 = """
query Sessions {
  sessions(first: 50, filter: { state: [FINISHED] }) {
    nodes { id folio state title { text } starts { instant declaredLocal zone } body { id name { text } } }
  }
}
"""

Q7 = """
query AtWork($id: ID!) {
  node(id: $id) {
    ... on Body {
      name { text }
      seats(first: 20) { nodes { post sector holder { name } } }
      sessions(first: 5) { nodes { folio state starts { instant declaredLocal zone } } }
      instruments(first: 10) { nodes { id folio mandates(first: 5) { nodes { id state dueOn overdue } } } }
    }
  }
}
"""

Q8 = """
query Board {
  mandates(first: 50, orderBy: DUE_ASC, filter: { state: [ORDERED, ACCEPTED, IN_PROGRESS] }) {
    nodes {
      id kind state title { text } dueOn overdue instrument { id folio }
      orderedBy { __typename ... on Body { id name { text } } ... on Organization { id name { text } } }
    }
  }
}
"""

ANSWERS: list[dict[str, Any]] = [
    *({"question": f"q{n}", "option": f"o{n % 4}"} for n in range(7)),
    {"question": "q7", "options": ["o0", "o2"]},
    {"question": "q8", "options": ["o1", "o2", "o3"]},
    {"question": "q9", "text": "Que no falte, dijo «alguien» de la colonia: ni hoy ni mañana."},
]


@dataclass(frozen=True)
class Asked:
    """A query with its variables, and what it is called in the report."""

    name: str
    title: str
    query: str
    variables: dict[str, Any]
    writes: bool = False
    elsewhere: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The requests of the servers that are asked in other words, by their names."""
    of_npm: bool = True
    """Whether the peers from npm are asked it too."""

    def asks(self, server: str) -> bool:
        """Whether a server is asked it at all: bytes that were there before write nothing."""
        return self.of_npm if server in NPM else not (self.writes and server == "bare")

    def body_for(self, server: str) -> Mapping[str, Any]:
        """Return the request to a server as JSON."""
        return self.elsewhere.get(server) or {"query": self.query, "variables": self.variables}


NPM = ("postgraphile", "mercurius")

OPERATION = re.compile(r"^(?:query|mutation) (\w+)[\s\S]*?^}", flags=re.MULTILINE)


def asked(ids: dict[str, str]) -> list[Asked]:
    """Return the queries for a world with these ids."""
    answers = {
        "consultationId": f"Consultation_{ids['open']}",
        "revisionId": f"QuestionnaireRevision_{ids['revision']}",
        "consent": "WITHOUT_NAME",
        "noticeHash": "sha256:notice",
        "answers": ANSWERS,
    }
    theirs = {"consultationId": ids["open"], "revisionId": ids["revision"], "consent": "without_name"}
    variables = {"Q1": {"id": ids["closed"]}, "Q4": {"input": {**theirs, "answers": ANSWERS}}}
    documents = (SOURCES / "postgraphile.graphql").read_text(encoding="utf-8")
    elsewhere = {
        found[1]: {"postgraphile": {"query": found[0], "variables": variables.get(found[1], {})}}
        for found in OPERATION.finditer(documents)
    }
    designed = [
        Asked(name, title, query, given, writes=name == "Q4", elsewhere=elsewhere[name])
        for name, title, query, given in (
            ("Q1", "one consultation by id", Q1, {"id": f"Consultation_{ids['closed']}"}),
            ("Q2t", "50 territories with their state", Q2_TERRITORIES, {}),
            ("Q2o", "50 organisations with territory and names", Q2_ORGANIZATIONS, {}),
            ("Q3", "20 consultations × 10 questions × options and tallies", Q3, {}),
            ("Q4", "submit a response with 10 answers", Q4, {"input": answers}),
        )
    ]
    at_work: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("Q5", "a session whole: who came, 6 points, 4 roll calls", Q5, {"id": f"Session_{ids['session']}"}),
        ("Q6", "50 sessions that are finished", Q6, {}),
        ("Q7", "a body: 12 seats, its sessions, instruments and mandates", Q7, {"id": f"Body_{ids['body']}"}),
        ("Q8", "the board: 50 mandates that are due soonest", Q8, {}),
    )
    return [*designed, *(Asked(name, title, query, given, of_npm=False) for name, title, query, given in at_work)]
