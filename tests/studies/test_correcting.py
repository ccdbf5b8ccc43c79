"""Wordings: handed in they never change, returned they are followed by another, corrected they can still be read."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from tests.cast import a_citizen, a_coordinator_of, a_secretary_of, an_analyst_of
from tests.consultations.asking import es
from tests.making.bodies import a_body
from tests.making.studies import a_member, a_published_study, a_study, begun, found, handed_in
from tests.studies.asking import do, mutation, refused, sent
from tests.studies.test_the_whole_life import TERMS
from tests.talking import Somebody, Talking

SAID = """query ($id: ID!) { node(id: $id) { ... on Study { state revision { number contentHash }
  revisions { nodes { number state note { text } findings { nodes { kind number text { text } } } } }
  findings { nodes { kind number since until standing state } } endReason { text } } } }"""


def wording(*findings: dict[str, Any], **known: Any) -> dict[str, Any]:
    """What the authors write."""
    section = {"code": "resultados", "heading": es("Resultados"), "text": es("Otra cosa.")}
    return {"abstract": "En breve.", "sections": [section], "findings": list(findings), **known}


def finding(text: str, **known: Any) -> dict[str, Any]:
    """Something that was found."""
    return {"kind": "FINDING", "text": es(text), **known}


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """A body that orders studies."""
    return await a_body(hub)


@pytest.fixture
async def julia(hub: Talking, body: UUID) -> Somebody:
    """Its coordinator."""
    return await a_coordinator_of(hub, body)


async def said(hub: Talking, study: UUID, by: Somebody | None = None) -> Any:
    """Return what a study says, to everybody unless somebody is named."""
    return (await hub.ask(SAID, {"id": f"Study_{study}"}, by=by))["node"]


async def test_a_correction_says_better_and_strikes(hub: Talking, body: UUID, julia: Somebody) -> None:
    study = await a_published_study(hub, body, found("Uno."), found("Dos."), found("Tres."))
    before = await said(hub, study)
    rows = await hub.rows("SELECT id FROM finding ORDER BY number")
    first, second, _ = (row["id"] for row in rows)
    assert await refused(hub, "correctStudy", julia, study_id=study) == ["NO_WORDING"]
    assert await refused(hub, "writeStudy", julia, study_id=study, **wording()) == ["CORRECTION_NEEDS_NOTE"]
    better = finding("Dos, bien contado.", replacesId=f"Finding_{second}")
    await do(hub, "writeStudy", julia, study_id=study, note="Error.", strikes=[f"Finding_{first}"], **wording(better))
    assert await said(hub, study) == before
    await do(hub, "correctStudy", julia, study_id=study)
    after = await said(hub, study)
    assert (after["state"], after["revision"]["number"]) == ("CORRECTED", 2)
    assert after["revision"]["contentHash"] != before["revision"]["contentHash"]
    assert after["revisions"]["nodes"] == [
        {
            "number": 1,
            "state": "CORRECTED",
            "note": None,
            "findings": {
                "nodes": [
                    {"kind": "FINDING", "number": n, "text": {"text": text}}
                    for n, text in enumerate(("Uno.", "Dos.", "Tres."), start=1)
                ]
            },
        },
        {
            "number": 2,
            "state": "PUBLISHED",
            "note": {"text": "Error."},
            "findings": {
                "nodes": [
                    {"kind": "FINDING", "number": 3, "text": {"text": "Tres."}},
                    {"kind": "FINDING", "number": 4, "text": {"text": "Dos, bien contado."}},
                ]
            },
        },
    ]
    assert [(one["number"], one["until"], one["standing"]) for one in after["findings"]["nodes"]] == [
        (1, 2, False),
        (2, 2, False),
        (3, None, True),
        (4, None, True),
    ]
    # What is said no longer cannot be said better.
    again = wording(finding("Otra vez.", replacesId=f"Finding_{first}"), note="Otra.")
    assert await refused(hub, "writeStudy", julia, study_id=study, **again) == ["UNKNOWN_FINDING"]
    # A corrected study may be corrected again.
    await do(hub, "writeStudy", julia, study_id=study, note="Otra errata.", **wording())
    assert (await do(hub, "correctStudy", julia, study_id=study))["revision"]["number"] == 3


async def test_the_hash_is_of_all_that_is_said(hub: Talking, body: UUID, julia: Somebody) -> None:
    hashes = set()
    for findings in ([], [finding("Uno.")], [finding("Uno.", strength="WEAK")]):
        study = await a_study(hub, body)
        await a_member(hub, study)
        await begun(hub, study)
        await do(hub, "writeStudy", julia, study_id=study, **wording(*findings))
        await do(hub, "handInStudy", julia, study_id=study)
        rows = await hub.rows("SELECT content_hash FROM study_revision WHERE study_id = :id", id=study)
        hashes.add(rows[0]["content_hash"])
    assert len(hashes) == 3


async def test_what_was_handed_in_never_changes(hub: Talking, body: UUID) -> None:
    study = await a_study(hub, body)
    await a_member(hub, study)
    await begun(hub, study)
    await handed_in(hub, study, found())
    for statement in (
        "UPDATE study_section SET code = 'otro'",
        "DELETE FROM study_section",
        "UPDATE study_revision SET abstract = '{}'",
        "DELETE FROM study_revision",
    ):
        with pytest.raises(DBAPIError, match="never changes"):
            await hub.run(statement)
    published = await a_published_study(hub, body, found("Otro."))
    for statement in (
        "UPDATE finding SET text = '{}' WHERE study_id = :id",
        "DELETE FROM finding WHERE study_id = :id",
    ):
        with pytest.raises(DBAPIError, match="never changes"):
            await hub.run(statement, id=published)


async def test_a_retracted_study_stays_visible_with_the_reason(hub: Talking, body: UUID, julia: Somebody) -> None:
    luis = await a_secretary_of(hub, body)
    study = await a_published_study(hub, body, found())
    reason = es("La muestra estaba mal elegida.")
    await hub.forget()
    assert await refused(hub, "retractStudy", luis, study_id=study, reason=reason) == ["COORDINATORS_ONLY"]
    assert await hub.log() == []
    await do(hub, "retractStudy", julia, study_id=study, reason=reason)
    after = await said(hub, study)
    assert (after["state"], after["endReason"]["text"]) == ("RETRACTED", "La muestra estaba mal elegida.")
    assert after["revision"]["number"] == 1
    assert [one["standing"] for one in after["findings"]["nodes"]] == [False]
    assert await hub.log() == ["RevisionRetracted", "StudyRetracted"]
    for name in ("correctStudy", "publishStudy"):
        assert await refused(hub, name, julia, study_id=study) == ["WRONG_STATE"]
    assert await refused(hub, "writeStudy", julia, study_id=study, **wording()) == ["STUDY_IS_OVER"]


async def test_who_may_let_a_study_go_on(hub: Talking, body: UUID, julia: Somebody) -> None:
    study = await a_study(hub, body)
    luis, noe = await a_secretary_of(hub, body), await an_analyst_of(hub, body)
    ana = await a_citizen(hub)
    other = await a_coordinator_of(hub, await a_body(hub, "Otra", acronym="OTRA"), "Otra coordinadora")
    await hub.forget()
    reason = es("No.")
    acts: dict[str, tuple[dict[str, Any], str]] = {
        "planStudy": ({"method": "Leer."}, "COORDINATORS_ONLY"),
        "approveStudy": ({}, "COORDINATORS_ONLY"),
        "publishStudy": ({}, "COORDINATORS_ONLY"),
        "reviseStudy": ({"reason": reason}, "COORDINATORS_ONLY"),
    }
    for name, (given, code) in acts.items():
        for who in (luis, noe, ana, other):
            assert await refused(hub, name, who, study_id=study, **given) == [code], (name, who.name)
    for who in (noe, ana, other):
        assert await refused(hub, "cancelStudy", who, study_id=study, reason=reason) == ["OFFICERS_ONLY"]
    for who in (ana, other):
        assert await refused(hub, "handInStudy", who, study_id=study) == ["NOT_OF_THE_STUDY"]
    assert await refused(hub, "approveStudy", julia, study_id=study) == ["WRONG_STATE"]
    assert await hub.log() == []
    await do(hub, "cancelStudy", luis, study_id=study, reason=reason)


async def test_two_who_hand_in_at_once(hub: Talking, body: UUID, julia: Somebody) -> None:
    study = await a_study(hub, body)
    await a_member(hub, study)
    await begun(hub, study)
    noe = await an_analyst_of(hub, body)
    await do(hub, "writeStudy", noe, study_id=study, **wording(finding("Uno.")))
    await hub.forget()
    answers = await asyncio.gather(
        *[hub.answer(mutation("handInStudy"), sent({"study_id": study}), by=who) for who in (noe, julia) * 3]
    )
    codes = sorted(error["code"] for answer in answers for error in answer["data"]["handInStudy"]["errors"])
    assert codes == ["WRONG_STATE"] * 5
    assert await hub.log() == ["RevisionSubmitted", "StudyHandedIn"]


async def test_folios_are_given_once_also_at_the_same_moment(hub: Talking, body: UUID, julia: Somebody) -> None:
    why = {"reason": es("Nadie lo sabe.")}
    given = sent({"body_id": body, "own_initiative": why, **TERMS})
    answers = await asyncio.gather(*[hub.answer(mutation("orderStudy"), given, by=julia) for _ in range(6)])
    folios = sorted(answer["data"]["orderStudy"]["study"]["folio"] for answer in answers)
    assert [folio[-3:] for folio in folios] == [f"{n:03d}" for n in range(1, 7)]


async def test_terms_are_written_anew_until_somebody_relies_on_them(hub: Talking, body: UUID, julia: Somebody) -> None:
    study = await a_study(hub, body)
    edited = await do(hub, "editStudy", julia, study_id=study, **{**TERMS, "title": "Otro título"})
    assert edited["title"]["text"] == "Otro título"
    long = {**TERMS, "title": "x" * 501, "answer_days": 0}
    assert await refused(hub, "editStudy", julia, study_id=study, **long) == ["WORDING_TOO_LONG", "OUT_OF_RANGE"]
    await do(hub, "planStudy", julia, study_id=study, method="Leer.")
    await hub.forget()
    assert await refused(hub, "editStudy", julia, study_id=study, **TERMS) == ["STUDY_TERMS_STAND"]
    assert await hub.log() == []


@pytest.mark.parametrize(("known", "code", "path"), [
    ({"sections": []}, "STUDY_SAYS_NOTHING", "sections"),
    ({"sections": [{"code": "Á", "heading": es("A"), "text": es("A")}]}, "BAD_CODE", "sections.0.code"),
    ({"sections": [{"code": "a", "heading": es("A"), "text": es("A")}] * 2}, "DUPLICATE_SECTION_CODE",
     "sections.1.code"),
    ({"findings": [finding("A", section="otra")]}, "UNKNOWN_SECTION", "findings.0.section"),
    ({"findings": [{"kind": "RECOMMENDATION", "text": es("A")}]}, "ONE_ADDRESSEE", "findings.0.bodyId"),
    ({"findings": [finding("A", bodyId="Body_00000000-0000-7000-8000-000000000000")]},
     "FINDINGS_ARE_ADDRESSED_TO_NOBODY", "findings.0.bodyId"),
    ({"findings": [finding("A", bodyId="x")]}, "BAD_ID", "findings.0.bodyId"),
    ({"abstract": {"source": "en", "translations": []}}, "WORDING_MISSING", "abstract.source"),
])  # fmt: skip
async def test_what_no_wording_says(
    hub: Talking, body: UUID, julia: Somebody, known: dict[str, Any], code: str, path: str
) -> None:
    study = await a_study(hub, body)
    await a_member(hub, study)
    await begun(hub, study)
    await hub.forget()
    errors = await hub.refuse(mutation("writeStudy"), sent({"study_id": study, **wording(), **known}), by=julia)
    assert (errors[0]["code"], ".".join(errors[0]["path"])) == (code, path)
    assert (await hub.log(), await hub.rows("SELECT 1 FROM study_revision")) == ([], [])


async def test_a_mandate_has_one_study(hub: Talking, body: UUID, julia: Somebody) -> None:
    study = await a_study(hub, body)
    rows = await hub.rows("SELECT mandate_id FROM study WHERE id = :id", id=study)
    given = {"body_id": body, "mandate_id": rows[0]["mandate_id"], **TERMS}
    assert await refused(hub, "orderStudy", julia, **given) == ["MANDATE_HAS_STUDY"]
    assert await refused(hub, "orderStudy", julia, body_id=body, **TERMS) == ["ONE_ORIGIN"]
