"""What is asked: the four queries of the design, in the terms of this schema, and two more of the second kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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

    @property
    def body(self) -> dict[str, Any]:
        """The request as JSON."""
        return {"query": self.query, "variables": self.variables}


def asked(ids: dict[str, str]) -> list[Asked]:
    """Return the queries for a world with these ids."""
    answers = {
        "consultationId": f"Consultation_{ids['open']}",
        "revisionId": f"QuestionnaireRevision_{ids['revision']}",
        "consent": "WITHOUT_NAME",
        "answers": ANSWERS,
    }
    return [
        Asked("Q1", "one consultation by id", Q1, {"id": f"Consultation_{ids['closed']}"}),
        Asked("Q2t", "50 territories with their state", Q2_TERRITORIES, {}),
        Asked("Q2o", "50 organisations with territory and names", Q2_ORGANIZATIONS, {}),
        Asked("Q3", "20 consultations × 10 questions × options and tallies", Q3, {}),
        Asked("Q4", "submit a response with 10 answers", Q4, {"input": answers}, writes=True),
    ]
