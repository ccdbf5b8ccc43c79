"""A study at the desk: ordered, written, reviewed and given back by forms alone."""

from __future__ import annotations

from tests.cast import a_citizen, a_coordinator_of
from tests.frontend.at_the_desk import at_the_desk
from tests.making.bodies import a_body
from tests.making.studies import a_member, a_study
from tests.talking import Talking

TERMS = {"kind": "DIAGNOSIS", "title.es": "Agua", "questions.es": "¿Qué falta?", "terms.es": "Un informe."}


async def test_a_study_is_ordered_by_own_initiative_and_planned(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body)
    async with at_the_desk(hub, julia) as desk:
        await desk.open(f"/escritorio/organismos/Body_{body}/nuevo-estudio")
        assert (desk.fields["title.es"], desk.fields["answerDays"]) == ("", "90")
        await desk.send(TERMS)
        assert desk.status == 422, "It rests on nothing yet."
        assert desk.fields["questions.es"] == "¿Qué falta?"
        await desk.send({"ownInitiative.reason.es": "Nadie lo sabe."})
        home = desk.path
        assert home.startswith("/escritorio/estudios/Study_")
        await desk.open(f"{home}/planear")
        await desk.send({"method.es": "Entrevistas en 32 estados."})
        assert "Con método publicado" in desk.words
        await desk.open(f"{home}/etapa")
        await desk.send({"title.es": "Informe parcial", "dueOn": "2031-05-04", "payment": "mucho"})
        assert (desk.status, desk.faults) == (422, ["payment"])
        await desk.send({"payment": "1,500"})
        assert "1. Informe parcial" in desk.words
    assert (await hub.rows("SELECT payment FROM study_milestone"))[0]["payment"] == 1500


async def test_its_text_and_its_findings_are_written_in_rows(hub: Talking) -> None:
    body = await a_body(hub)
    julia, eva = await a_coordinator_of(hub, body), await a_citizen(hub, "Eva Tun")
    study = await a_study(hub, body)
    await a_member(hub, study, by=eva)
    home = f"/escritorio/estudios/Study_{study}"
    async with at_the_desk(hub, julia) as desk:
        await desk.open(f"{home}/planear")
        await desk.send({"method.es": "Entrevistas."})
        await desk.open(f"{home}/comenzar")
        await desk.send()
    async with at_the_desk(hub, eva) as author:
        await author.open(f"{home}/escribir")
        said = {
            "abstract.es": "Falta casi todo.",
            "sections.0.code": "uno",
            "sections.0.heading.es": "Agua",
            "sections.0.text.es": "No se publica.",
            "findings.0.kind": "RECOMMENDATION",
            "findings.0.text.es": "Publicar los aforos.",
            "findings.0.section": "uno",
            "findings.0.bodyId": f"Body_{body}",
        }
        await author.send({**said, "more": "findings"})
        assert author.fields["findings.count"] == "2"
        assert author.fields["sections.0.text.es"] == "No se publica."
        await author.send()
        assert "Recomendación 1: Publicar los aforos." in author.words
        await author.open(f"{home}/escribir")
        assert author.fields["sections.0.code"] == "uno"
        assert author.fields["findings.0.text.es"] == "Publicar los aforos.", "What is being written is there again."
        await author.send({"abstract.es": "Falta mucho."})
        assert "Recomendación 1: Publicar los aforos." in author.words, "Who changes one thing loses no other."
        await author.open(f"{home}/entregar")
        await author.send()
        assert "En revisión" in author.words
    async with at_the_desk(hub, julia) as desk:
        await desk.open(f"{home}/devolver")
        await desk.send({"reason.es": "Faltan dos estados."})
        assert "En curso" in desk.words


async def test_what_is_not_theirs_is_refused_and_stays_written(hub: Talking) -> None:
    body = await a_body(hub)
    study, stranger = await a_study(hub, body), await a_citizen(hub, "Zoe Nadie")
    await hub.forget()
    async with at_the_desk(hub, stranger) as desk:
        await desk.open(f"/escritorio/estudios/Study_{study}/cancelar")
        assert desk.fields == {}
        await desk.open(f"/escritorio/estudios/Study_{study}/integrante")
        await desk.send({"name": "Zoe", "role": "LEAD"})
        assert (desk.status, desk.fields["name"]) == (403, "Zoe")
    assert await hub.log() == []
