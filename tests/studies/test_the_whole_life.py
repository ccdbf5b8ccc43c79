"""A study from its order to what came of it, told over GraphQL by those who take part."""

from __future__ import annotations

from typing import Any

from hub import clock
from tests.cast import a_citizen, a_coordinator_of, a_secretary_of
from tests.consultations.asking import es
from tests.making.bodies import a_body
from tests.making.people import an_organization
from tests.studies.asking import do, plain, refused
from tests.talking import Talking

TERMS = {
    "kind": "DIAGNOSIS",
    "title": "Qué se pide y qué se contesta",
    "questions": "¿Cuántas solicitudes se contestan a tiempo?",
    "terms": "Un informe con sus datos.",
}
PUBLIC = """query ($folio: String!) { studyByFolio(folio: $folio) {
  state method { text } organization { id } cost currency mandate { reason { text } study { id } }
  members { nodes { name role interests } } milestones { nodes { state } }
  revision { number contentHash citation sections { code heading { text } } findings { nodes { kind number } } }
  reviews { nodes { name blind verdict report { text } authorsAnswer { text } } }
  datasets { nodes { role rowCount columns { name type } } }
  findings(filter: {kind: [RECOMMENDATION]}) { nodes { number state answers { decision } } } } }"""


def wording(**known: Any) -> dict[str, Any]:
    """What the authors write."""
    section = {"code": "resultados", "heading": es("Resultados"), "text": es("Se contestó la mitad.")}
    return {"abstract": "En breve.", "sections": [section], **known}


async def test_from_the_order_to_the_answer(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Comisión de Archivos", acronym="CA")
    julia, luis = await a_coordinator_of(hub, body), await a_secretary_of(hub, body)
    eva, ada = await a_citizen(hub, "Eva Tun"), await a_citizen(hub, "Ada Chi")
    addressee = await a_coordinator_of(hub, other, "Tomás Uc")
    university = await an_organization(hub, "Universidad")
    await hub.forget()

    why = {"reason": es("Nadie lo sabe.")}
    study = await do(hub, "orderStudy", julia, body_id=body, own_initiative=why, **TERMS)
    id_ = plain(study["id"])
    year = clock.now().year
    assert (study["state"], study["folio"]) == ("ORDERED", f"CGA/ESTUDIO/{year}/001")
    assert study["mandate"]["state"] == "IN_PROGRESS"
    contract = {"organization_id": university, "cost": 250_000, "currency": "MXN", "reference": "C-7"}
    await do(hub, "contractStudy", julia, study_id=id_, **contract)
    await do(hub, "planStudy", julia, study_id=id_, method="Se lee una muestra de mil.")

    assert await refused(hub, "beginStudy", luis, study_id=id_) == ["STUDY_HAS_NO_TEAM"]
    member = await do(hub, "addStudyMember", luis, study_id=id_, name="Eva Tun", role="LEAD", person_id=eva.person_id)
    assert await refused(hub, "beginStudy", luis, study_id=id_) == ["INTERESTS_UNDECLARED"]
    declared = {"member_id": plain(member["id"]), "declaration": "Trabajé en un sujeto obligado en 2019."}
    assert await refused(hub, "declareInterests", luis, **declared) == ["DECLARES_THEMSELF"]
    assert (await do(hub, "declareInterests", eva, **declared))["mine"] is True
    await do(hub, "beginStudy", luis, study_id=id_)

    step = await do(hub, "setMilestone", luis, study_id=id_, title="Informe parcial", due_on="2030-01-31")
    await do(hub, "handInMilestone", eva, milestone_id=plain(step["id"]), note="La mitad de la muestra.")
    reason = es("Faltan los datos de dos estados.")
    assert await refused(hub, "acceptMilestone", eva, milestone_id=plain(step["id"])) == ["OFFICERS_ONLY"]
    returned = await do(hub, "returnMilestone", luis, milestone_id=plain(step["id"]), reason=reason)
    assert (returned["state"], returned["decisionReason"]["text"]) == ("RETURNED", "Faltan los datos de dos estados.")
    await do(hub, "handInMilestone", eva, milestone_id=plain(step["id"]), note="Completo.")
    accepted = await do(hub, "acceptMilestone", luis, milestone_id=plain(step["id"]))
    assert (accepted["state"], accepted["decisionReason"]) == ("ACCEPTED", None)

    columns = [{"name": "estado", "type": "CATEGORY", "meaning": es("La entidad.", en="The state.")}]
    data = {"role": "PRODUCED", "title": "Solicitudes leídas", "columns": columns, "row_count": 1_000}
    await do(hub, "describeDataset", eva, study_id=id_, **data)
    found = [
        {"kind": "FINDING", "text": es("Se contesta la mitad."), "section": "resultados"},
        {"kind": "RECOMMENDATION", "text": es("Contesten todo."), "bodyId": f"Body_{other}"},
    ]
    assert await refused(hub, "handInStudy", eva, study_id=id_) == ["NO_WORDING"]
    await do(hub, "writeStudy", eva, study_id=id_, **wording(findings=found[:1]))
    await do(hub, "handInStudy", eva, study_id=id_)
    assert await refused(hub, "writeStudy", eva, study_id=id_, **wording()) == ["STUDY_NOT_BEING_WRITTEN"]
    await do(hub, "reviseStudy", julia, study_id=id_, reason=es("No recomienda nada."))
    written = await do(hub, "writeStudy", eva, study_id=id_, **wording(findings=found))
    assert (written["number"], written["state"], written["contentHash"]) == (2, "DRAFT", None)
    await do(hub, "handInStudy", eva, study_id=id_)

    invited = await do(hub, "inviteReview", luis, study_id=id_, name="Ada Chi", blind=True, person_id=ada.person_id)
    review = plain(invited["id"])
    assert await refused(hub, "approveStudy", julia, study_id=id_) == ["REVIEWS_OPEN"]
    said = {"verdict": "MINOR", "report": "Digan cómo se eligió la muestra.", "interests": "Ninguno."}
    assert await refused(hub, "deliverReview", luis, review_id=review, **said) == ["REVIEWER_ONLY"]
    await do(hub, "deliverReview", ada, review_id=review, **said)
    assert await refused(hub, "approveStudy", julia, study_id=id_) == ["REVIEWS_OPEN"]
    assert await refused(hub, "answerReview", ada, review_id=review, answer="Bien.") == ["NOT_ONES_OWN_REVIEW"]
    answered = await do(hub, "answerReview", eva, review_id=review, answer="Ya se dice en el método.")
    assert (answered["name"], answered["state"]) == (None, "ANSWERED")

    await do(hub, "approveStudy", julia, study_id=id_)
    whole = await do(hub, "publishStudy", julia, study_id=id_)
    assert whole["mandate"]["state"] in ("IN_PROGRESS", "DELIVERED")
    seen = (await hub.ask(PUBLIC, {"folio": study["folio"]}))["studyByFolio"]
    recommended = (await hub.ask("{ findings(filter: {kind: [RECOMMENDATION]}) { nodes { id } } }"))["findings"]
    answer = {"decision": "PARTLY", "reasons": "Se contestará lo que se pueda."}
    finding = plain(recommended["nodes"][0]["id"])
    assert await refused(hub, "answerRecommendation", julia, finding_id=finding, **answer) == ["ADDRESSEE_ONLY"]
    await do(hub, "answerRecommendation", addressee, finding_id=finding, **answer)

    hash_ = seen["revision"]["contentHash"]
    assert hash_.startswith("sha256:")
    cited = (
        f"Eva Tun ({year}). Qué se pide y qué se contesta. Comisión de Gobierno Abierto. {study['folio']}, v2. {hash_}"
    )
    assert seen == {
        "state": "PUBLISHED",
        "method": {"text": "Se lee una muestra de mil."},
        "organization": {"id": f"Organization_{university}"},
        "cost": 250_000,
        "currency": "MXN",
        "mandate": {"reason": {"text": "Nadie lo sabe."}, "study": {"id": study["id"]}},
        "members": {
            "nodes": [{"name": "Eva Tun", "role": "LEAD", "interests": "Trabajé en un sujeto obligado en 2019."}]
        },
        "milestones": {"nodes": [{"state": "ACCEPTED"}]},
        "revision": {
            "number": 2,
            "contentHash": hash_,
            "citation": cited,
            "sections": [{"code": "resultados", "heading": {"text": "Resultados"}}],
            "findings": {"nodes": [{"kind": "FINDING", "number": 1}, {"kind": "RECOMMENDATION", "number": 1}]},
        },
        "reviews": {
            "nodes": [
                {
                    "name": None,
                    "blind": True,
                    "verdict": "MINOR",
                    "report": {"text": "Digan cómo se eligió la muestra."},
                    "authorsAnswer": {"text": "Ya se dice en el método."},
                }
            ]
        },
        "datasets": {
            "nodes": [{"role": "PRODUCED", "rowCount": 1_000, "columns": [{"name": "estado", "type": "CATEGORY"}]}]
        },
        "findings": {"nodes": [{"number": 1, "state": "OPEN", "answers": []}]},
    }
