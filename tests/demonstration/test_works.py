"""What a visitor sees of what the demonstration's commission ordered, of its study in review and of its group."""

from __future__ import annotations

from typing import Any

from tests.demonstration.test_loading import NOW
from tests.talking import Talking

MANDATES = """
query ($id: ID!) { node(id: $id) { ... on Body { mandates(filter: {state: [IN_PROGRESS, DELIVERED]}, orderBy: DUE_ASC) {
  nodes { kind state overdue dueOn deliverables { nodes { document { name mediaType } } } } } } } }
"""

STUDY = """
{ studies(first: 10) { nodes {
  folio state cost currency organization { acronym } method { text }
  mandate { paragraph instrument { folio } }
  team { nodes { name role interests } }
  milestones { nodes { state } }
  datasets { nodes { role rowCount sha256 columns { name } documents { nodes { name path sha256 } } } }
} } }
"""

GROUP = """
query ($id: ID!) { node(id: $id) { ... on Body {
  parent { acronym } remit { text } charters { nodes { number } }
  seats { nodes { sector state } }
  documents { nodes { name } }
  parity { dimension met groups { group seats } }
} } }
"""


async def known(hub: Talking, name: str, kind: str) -> str:
    """The id of something of the demonstration."""
    (row,) = await hub.rows("SELECT id FROM entry WHERE imported_from = :name", name=name)
    return f"{kind}_{row['id']}"


async def asked(hub: Talking, query: str, **given: Any) -> Any:
    """What anybody reads on the day of the demonstration."""
    with hub.at(NOW):
        return await hub.ask(query, given)
