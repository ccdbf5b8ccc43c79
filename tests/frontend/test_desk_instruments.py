"""Instruments, mandates and work programmes at the desk: from the first draft to what was delivered, by forms alone."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.clock import day_of, now
from tests.cast import a_citizen
from tests.frontend.at_the_desk import at_the_desk
from tests.making.sittings import Sitting, a_sitting
from tests.talking import Talking

FIRST = "sections.0"
ORDER = f"{FIRST}.orders.0"


@pytest.fixture
async def sitting(hub: Talking) -> Sitting:
    return await a_sitting(hub)


async def test_an_instrument_is_worded_adopted_signed_and_published(hub: Talking, sitting: Sitting) -> None:
    body = f"/escritorio/organismos/Body_{sitting.body_id}"
    async with at_the_desk(hub, sitting.coordinator) as desk:
        await desk.open(f"{body}/nuevo-instrumento")
        await desk.send({"more": f"{FIRST}.orders", "title.es": "Acuerdo sobre el agua"})
        assert desk.fields["title.es"] == "Acuerdo sobre el agua"
        assert desk.fields[f"{FIRST}.orders.count"] == "2"
        said = {
            "kind": "ACUERDO",
            f"{FIRST}.code": "primero",
            f"{FIRST}.text.es": "Se ordena un estudio sobre el agua.",
            f"{ORDER}.kind": "STUDY",
            f"{ORDER}.title.es": "Estudio sobre el agua",
            f"{ORDER}.question.es": "¿Qué falta publicar sobre el agua?",
        }
        await desk.send({**said, f"{ORDER}.dueOn": "el lunes"})
        assert (desk.status, desk.faults) == (422, [f"{ORDER}.dueOn"])
        due = (day_of(now()) + dt.timedelta(days=90)).isoformat()
        await desk.send({f"{ORDER}.dueOn": due})
        assert "Hecho: Redactar un instrumento." in desk.words
        home = desk.path
        assert "Ordena (Estudio): Estudio sobre el agua" in desk.words
        await desk.open(f"{home}/editar")
        assert desk.fields[f"{ORDER}.title.es"] == "Estudio sobre el agua"
        await desk.open(f"{home}/adoptar")
        assert desk.fields == {}, "It is not tabled yet."
        await desk.open(f"{home}/presentar")
        await desk.send()
        assert "Presentado" in desk.words
        await desk.open(f"{home}/adoptar")
        await desk.send()
        assert desk.status == 409, "Nobody has voted on it."
        await desk.open(f"/escritorio/puntos/AgendaItem_{sitting.points[0]}/mocion")
        moved = {"matter": "simple", "text.es": "Adoptar el acuerdo.", "instrumentId": desk.choice("Acuerdo sobre el")}
        await desk.send(moved)
        (motion,) = await hub.rows("SELECT id FROM motion")
        await desk.open(f"/escritorio/mociones/Motion_{motion['id']}/votar")
        await desk.send({"method": "SHOW_OF_HANDS"})
        (vote,) = await hub.rows("SELECT id FROM vote_event")
        await desk.open(f"/escritorio/votaciones/VoteEvent_{vote['id']}/registrar")
        await desk.send({f"votes.{row}.option": "FOR" for row in range(5)})
        await desk.open(f"/escritorio/votaciones/VoteEvent_{vote['id']}/cerrar")
        await desk.send({"sure": "yes"})
        await desk.open(f"{home}/adoptar")
        await desk.send()
        assert "Adoptado" in desk.words
        await desk.open(f"{home}/firmar")
        await desk.send({"contentHash": "0" * 64, "sure": "yes"})
        assert desk.status in (409, 422), "Another text is not signed."
        await desk.open(f"{home}/firmar")
        await desk.send({"sure": "yes"})
        assert "Firmado" in desk.words
        await desk.open(f"{home}/publicar")
        await desk.send({"inForceFrom": day_of(now()).isoformat(), "sure": "yes"})
        assert "Publicado" in desk.words
        assert "Lo que ha ordenado Estudio sobre el agua Ordenado" in desk.words


async def test_a_mandate_is_proposed_ordered_taken_up_and_moved(hub: Talking, sitting: Sitting) -> None:
    async with at_the_desk(hub, sitting.coordinator) as desk:
        await desk.open(f"/escritorio/organismos/Body_{sitting.body_id}/nuevo-mandato")
        await desk.send({"kind": "REPORT", "title.es": "Informe anual"})
        assert (desk.status, desk.faults) == (422, ["reason.es"])
        await desk.send({"reason.es": "El reglamento lo pide cada año."})
        home = desk.path
        assert home.startswith("/escritorio/mandatos/Mandate_")
        await desk.open(f"{home}/ordenar")
        await desk.send({"sure": "yes"})
        assert "Ordenado" in desk.words
        for act, state in {"aceptar": "Aceptado", "comenzar": "En curso"}.items():
            await desk.open(f"{home}/{act}")
            await desk.send()
            assert state in desk.words
        await desk.open(f"{home}/plazo")
        due = (day_of(now()) + dt.timedelta(days=30)).isoformat()
        await desk.send({"dueOn": due, "reason.es": "Faltan datos."})
        assert f"Debe entregarse{int(due[-2:])} de" in desk.words
        await desk.open(f"{home}/encargar")
        await desk.send({"responsibleId": desk.choice(sitting.people[2].name), "reason.es": "Le toca."})
        assert f"Responsable{sitting.people[2].name}" in desk.words
    stranger = await a_citizen(hub, "Zoe Nadie")
    await hub.forget()
    async with at_the_desk(hub, stranger) as desk:
        await desk.open(f"{home}/cancelar")
        assert desk.fields == {}
        await desk.open(f"/escritorio/organismos/Body_{sitting.body_id}")
        assert desk.status == 403
        await desk.open(f"/escritorio/organismos/Body_{sitting.body_id}/nuevo-mandato")
        await desk.send({"kind": "REPORT", "title.es": "Otro", "reason.es": "Porque sí."})
        assert desk.status == 403
        assert desk.fields["title.es"] == "Otro"
    assert await hub.log() == []


async def test_a_programme_is_drafted_and_edited(hub: Talking, sitting: Sitting) -> None:
    async with at_the_desk(hub, sitting.coordinator) as desk:
        await desk.open(f"/escritorio/organismos/Body_{sitting.body_id}/nuevo-programa")
        await desk.send({"year": "2027", "title.es": "Programa 2027", "lines.0.title.es": "Datos del agua"})
        assert "2027: Programa 2027 En borrador" in desk.words
        (programme,) = await hub.rows("SELECT id FROM work_programme")
        await desk.open(f"/escritorio/programas/WorkProgramme_{programme['id']}/editar")
        assert desk.fields["lines.0.title.es"] == "Datos del agua"
        await desk.send({"lines.1.title.es": "Foros"})
        assert "Hecho: Editar el programa." in desk.words
