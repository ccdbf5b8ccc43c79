"""What a wording of a study says, apart from how it is stored, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from hub.errors import Problem
from hub.studies.passages import (
    HEADING,
    PROSE,
    Passage,
    Path,
    amount_problems,
    code_problems,
    passage,
    text_problems,
)
from hub.studies.revision_models import FindingKind, FindingStrength
from hub.text import LocalizedText

MOST_SECTIONS = 200
MOST_FINDINGS = 200
LONGEST_SECTION = 100_000


@dataclass(frozen=True, kw_only=True)
class SectionDraft:
    """A part of a wording, under a code that stays the same in every wording."""

    code: str
    heading: LocalizedText
    text: LocalizedText


@dataclass(frozen=True, kw_only=True)
class FindingDraft:
    """Something that was found, or that is recommended to a body or to an organisation."""

    kind: FindingKind
    text: LocalizedText
    strength: FindingStrength
    section: str | None = None
    body_id: UUID | None = None
    organization_id: UUID | None = None
    replaces_id: UUID | None = None
    """In a correction, the published finding that it says better."""


@dataclass(frozen=True, kw_only=True)
class WordingDraft:
    """A wording: what it says in short and at length, what was found, and which findings no longer hold."""

    abstract: LocalizedText
    sections: tuple[SectionDraft, ...]
    findings: tuple[FindingDraft, ...] = ()
    strikes: tuple[UUID, ...] = ()
    note: LocalizedText | None = None
    """What differs from the wording before."""
    faults: tuple[Problem, ...] = ()


def wording_problems(draft: WordingDraft) -> Iterator[Problem]:
    """Walk through everything that is wrong with a wording by itself."""
    yield from text_problems(passage("abstract", draft.abstract), passage("note", draft.note))
    yield from amount_problems(("sections",), len(draft.sections), MOST_SECTIONS)
    yield from amount_problems(("findings",), len(draft.findings), MOST_FINDINGS)
    if not draft.sections:
        yield Problem("STUDY_SAYS_NOTHING", ("sections",))
    taken: set[str] = set()
    for n, section in enumerate(draft.sections):
        path: Path = ("sections", str(n))
        yield from code_problems((*path, "code"), section.code, taken)
        yield from text_problems(
            Passage((*path, "heading"), section.heading, HEADING),
            Passage((*path, "text"), section.text, LONGEST_SECTION),
        )
    for n, finding in enumerate(draft.findings):
        yield from _finding_problems(("findings", str(n)), finding, taken)


def _finding_problems(path: Path, finding: FindingDraft, codes: set[str]) -> Iterator[Problem]:
    yield from text_problems(Passage((*path, "text"), finding.text, PROSE))
    if finding.section is not None and finding.section not in codes:
        yield Problem("UNKNOWN_SECTION", (*path, "section"), {"code": finding.section[:64]})
    addressees = [id_ for id_ in (finding.body_id, finding.organization_id) if id_ is not None]
    if finding.kind is FindingKind.RECOMMENDATION and len(addressees) != 1:
        yield Problem("ONE_ADDRESSEE", (*path, "bodyId"))
    if finding.kind is FindingKind.FINDING and addressees:
        yield Problem("FINDINGS_ARE_ADDRESSED_TO_NOBODY", (*path, "bodyId"))
