"""Reviewing: by somebody who had no part in a study, named or blind; and what the team may and may not do."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.cast import a_citizen, a_coordinator_of, a_secretary_of, a_visitor, an_analyst_of
from tests.consultations.asking import es
from tests.making.bodies import a_body
from tests.making.studies import a_member, a_review, a_study, begun, found, handed_in, published
from tests.studies.asking import do, plain, refused
from tests.talking import Somebody, Talking

REVIEWS = """query ($id: ID!) { node(id: $id) { ... on Study { reviews { totalCount nodes {
  name blind mine interests reason report { text } } }
  revisions { nodes { number } } datasets { totalCount } } } }"""
OWN = "{ viewer { reviews { nodes { id state study { id } revision { number sections { code } } } } } }"
SAID = {"verdict": "ACCEPT", "report": "Bien hecho.", "interests": "Ninguno."}


@pytest.fixture
async def body(hub: Talking) -> UUID:
    """A body that orders studies."""
    return await a_body(hub)


@pytest.fixture
async def luis(hub: Talking, body: UUID) -> Somebody:
    """Its secretary."""
    return await a_secretary_of(hub, body)


async def in_review(hub: Talking, body: UUID, author: Somebody) -> UUID:
    """A study that was handed in."""
    study = await a_study(hub, body)
    await a_member(hub, study, by=author)
    await begun(hub, study)
    await handed_in(hub, study, found())
    return study


async def test_a_blind_reviewer_is_known_to_the_officers_alone(hub: Talking, body: UUID, luis: Somebody) -> None:
    eva, ada = await a_citizen(hub, "Eva Tun"), await a_citizen(hub, "Ada Chi")
    julia, noe = await a_coordinator_of(hub, body), await an_analyst_of(hub, body)
    study = await in_review(hub, body, eva)
    await a_review(hub, study, "Ada Chi", by=ada, report="Bien.", answer="Gracias.", interests="Soy su prima.")
    await a_review(hub, study, "Iván Poot", blind=False, report="Regular.", answer="Gracias.")

    async def told(who: Somebody) -> list[tuple[str | None, str | None]]:
        node = (await hub.ask(REVIEWS, {"id": f"Study_{study}"}, by=who))["node"]
        assert node["reviews"]["totalCount"] == len(node["reviews"]["nodes"])
        return [(one["name"], one["interests"]) for one in node["reviews"]["nodes"]]

    named = ("Iván Poot", "Ninguno.")
    known, blind = [("Ada Chi", "Soy su prima."), named], [(None, None), named]
    assert [await told(who) for who in (luis, julia, ada)] == [known, known, known[:1]]
    assert [await told(who) for who in (eva, noe)] == [blind, blind]
    assert [await told(who) for who in (a_visitor(), await a_citizen(hub, "Otra"))] == [[], []]
    await published(hub, study)
    assert [await told(who) for who in (a_visitor(), eva, await a_citizen(hub, "Otra"))] == [blind] * 3
    assert [await told(who) for who in (ada, luis)] == [known, known]
    # Neither does the change feed say who it was.
    events = await hub.rows("SELECT facts::text AS facts, public FROM event WHERE type LIKE 'Review%'")
    assert [row["public"] for row in events] == [False] * len(events)
    assert [row for row in events if str(ada.person_id) in row["facts"]] == []


async def test_a_reviewer_reads_what_was_handed_in(hub: Talking, body: UUID, luis: Somebody) -> None:
    eva, ada = await a_citizen(hub, "Eva Tun"), await a_citizen(hub, "Ada Chi")
    study = await in_review(hub, body, eva)
    wordings = (await hub.ask(REVIEWS, {"id": f"Study_{study}"}, by=ada))["node"]["revisions"]["nodes"]
    assert wordings == []
    review = await a_review(hub, study, "Ada Chi", by=ada)
    (own,) = (await hub.ask(OWN, by=ada))["viewer"]["reviews"]["nodes"]
    assert own == {
        "id": f"PeerReview_{review}",
        "state": "INVITED",
        "study": {"id": f"Study_{study}"},
        "revision": {"number": 1, "sections": [{"code": "resultados"}]},
    }
    assert (await hub.ask(OWN, by=eva))["viewer"]["reviews"]["nodes"] == []
    declined = await do(hub, "declineReview", ada, review_id=review, reason="Conozco a la autora.")
    assert (declined["state"], declined["reason"]) == ("DECLINED", "Conozco a la autora.")
    # Whoever declined reads no further.
    assert (await hub.ask(REVIEWS, {"id": f"Study_{study}"}, by=ada))["node"]["revisions"]["nodes"] == []
    assert await refused(hub, "deliverReview", ada, review_id=review, **SAID) == ["REVIEW_STATE"]


async def test_nobody_reviews_what_they_work_on(hub: Talking, body: UUID, luis: Somebody) -> None:
    eva, ada = await a_citizen(hub, "Eva Tun"), await a_citizen(hub, "Ada Chi")
    study = await in_review(hub, body, eva)
    await a_review(hub, study, "Ada Chi", by=ada)
    await hub.forget()
    given = {"study_id": study, "name": "Alguien", "blind": False}
    assert await refused(hub, "inviteReview", luis, **given, person_id=eva.person_id) == ["WORKED_ON_THE_STUDY"]
    assert await refused(hub, "inviteReview", luis, **given, person_id=ada.person_id) == ["INVITED_ALREADY"]
    assert await refused(hub, "inviteReview", eva, **given) == ["OFFICERS_ONLY"]
    member = {"study_id": study, "name": "Ada", "role": "RESEARCHER", "person_id": ada.person_id}
    assert await refused(hub, "addStudyMember", luis, **member) == ["REVIEWS_THE_STUDY"]
    nobody = UUID("00000000-0000-7000-8000-000000000000")
    assert await refused(hub, "inviteReview", luis, **given, person_id=nobody) == ["NOT_FOUND"]
    assert await hub.log() == []


async def test_a_returned_study_calls_its_open_reviews_off(hub: Talking, body: UUID, luis: Somebody) -> None:
    eva, julia = await a_citizen(hub, "Eva Tun"), await a_coordinator_of(hub, body)
    study = await in_review(hub, body, eva)
    review = await a_review(hub, study)
    cancelled = await a_review(hub, study, "Otro")
    await do(hub, "cancelReview", luis, review_id=cancelled, reason="Ya hay quien.")
    await hub.forget()
    await do(hub, "reviseStudy", julia, study_id=study, reason=es("Falta un capítulo."))
    assert await hub.log() == ["RevisionReturned", "ReviewCancelled", "StudyReturned"]
    assert await refused(hub, "deliverReview", luis, review_id=review, **SAID) == ["REVIEW_STATE"]
    given = {"study_id": study, "name": "Alguien", "blind": False}
    assert await refused(hub, "inviteReview", luis, **given) == ["STUDY_NOT_IN_REVIEW"]


async def test_the_team_comes_and_goes(hub: Talking, body: UUID, luis: Somebody) -> None:
    eva = await a_citizen(hub, "Eva Tun")
    study = await a_study(hub, body)
    member = {"study_id": study, "name": "Eva Tun", "role": "LEAD", "person_id": eva.person_id}
    added = await do(hub, "addStudyMember", luis, **member)
    assert await refused(hub, "addStudyMember", luis, **member) == ["IN_TEAM_ALREADY"]
    assert await refused(hub, "addStudyMember", eva, **{**member, "name": "Otra"}) == ["OFFICERS_ONLY"]
    assert await refused(hub, "addStudyMember", luis, **{**member, "name": " "}) == ["WORDS_MISSING"]
    by_paper = await do(hub, "addStudyMember", luis, study_id=study, name="Sin cuenta", role="SUPPORT")
    declared = {"member_id": plain(by_paper["id"]), "declaration": "Ninguno."}
    assert (await do(hub, "declareInterests", luis, **declared))["interests"] == "Ninguno."
    left = await do(hub, "endStudyMember", eva, member_id=plain(added["id"]))
    assert left["leftAt"] is not None
    assert await refused(hub, "endStudyMember", luis, member_id=plain(added["id"])) == ["LEFT_THE_TEAM"]
    await do(hub, "addStudyMember", luis, **member)


async def test_data_have_a_dictionary_in_both_languages(hub: Talking, body: UUID, luis: Somebody) -> None:
    eva = await a_citizen(hub, "Eva Tun")
    study = await in_review(hub, body, eva)
    column = {"name": "estado", "type": "CATEGORY", "meaning": es("La entidad.")}
    data = {"study_id": study, "role": "PRODUCED", "title": "Datos"}
    assert await refused(hub, "describeDataset", eva, **data) == ["DICTIONARY_MISSING"]
    assert await refused(hub, "describeDataset", eva, **data, columns=[column]) == ["MISSING_LANGUAGE"]
    both = {**column, "meaning": es("La entidad.", en="The state.")}
    wrong = {"columns": [both, both], "sha256": "zz", "row_count": -1, "source_url": "ftp://x.example.org"}
    assert await refused(hub, "describeDataset", eva, **data, **wrong) == [
        "OUT_OF_RANGE",
        "BAD_HASH",
        "BAD_ADDRESS_OF_SOURCE",
        "DUPLICATE_COLUMN",
    ]
    made = await do(hub, "describeDataset", eva, **data, columns=[both], row_count=32)
    id_ = plain(made["id"])
    again = {"dataset_id": id_, "role": "PRODUCED", "title": "Datos", "columns": [both], "row_count": 33}
    assert (await do(hub, "editDataset", eva, **again))["rowCount"] == 33
    other = await do(hub, "describeDataset", eva, **data, columns=[both])
    await do(hub, "removeDataset", eva, dataset_id=plain(other["id"]))
    assert (await hub.ask(REVIEWS, {"id": f"Study_{study}"}))["node"]["datasets"] == {"totalCount": 0}
    await published(hub, study)
    assert (await hub.ask(REVIEWS, {"id": f"Study_{study}"}))["node"]["datasets"] == {"totalCount": 1}
    for name, given in (("editDataset", again), ("removeDataset", {"dataset_id": id_})):
        assert await refused(hub, name, eva, **given) == ["DATASET_PUBLISHED"]


async def test_steps_are_dropped_with_reasons(hub: Talking, body: UUID, luis: Somebody) -> None:
    study = await a_study(hub, body)
    step = await do(hub, "setMilestone", luis, study_id=study, title="Informe", due_on="2020-01-31", payment=10)
    assert (step["number"], step["late"]) == (1, True)
    id_ = plain(step["id"])
    assert await refused(hub, "acceptMilestone", luis, milestone_id=id_) == ["MILESTONE_STATE"]
    dropped = await do(hub, "dropMilestone", luis, milestone_id=id_, reason=es("Ya no hace falta."))
    assert (dropped["state"], dropped["late"]) == ("DROPPED", False)
    assert await refused(hub, "handInMilestone", luis, milestone_id=id_, note="Aquí.") == ["MILESTONE_STATE"]
