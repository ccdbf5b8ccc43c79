"""A session at the desk, held from its plan to its minutes by forms alone, without a script."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast import a_citizen
from tests.frontend.at_the_desk import at_the_desk
from tests.making.sessions import (
    HOUR,
    MONDAY,
    Commission,
    a_commission,
    a_convened_session,
    a_planned_session,
    an_open_session,
    points_of,
)
from tests.making.sittings import a_sitting
from tests.sessions.voting import an_open_vote
from tests.talking import Talking


@pytest.fixture
async def commission(hub: Talking) -> Commission:
    return await a_commission(hub)


async def test_a_session_is_convened_held_and_closed(hub: Talking, commission: Commission) -> None:
    session = await a_planned_session(hub, commission.body)
    home = f"/escritorio/sesiones/Session_{session}"
    with hub.at(MONDAY):
        async with at_the_desk(hub, commission.julia) as desk:
            await desk.open(f"{home}/nuevo-punto")
            await desk.send({"title.es": "Datos abiertos", "kind": "DECISION", "public": "yes"})
            assert (desk.path, "Hecho: Agregar un punto." in desk.words) == (home, True)
            assert "Datos abiertos" in desk.words
            await desk.open(f"{home}/convocar")
            await desk.send()
            assert "Convocada" in desk.words
            assert "/SESION/" in desk.words.upper()
    (point,) = await points_of(hub, session)
    with hub.at(HOUR):
        async with at_the_desk(hub, commission.julia) as desk:
            await desk.open(f"{home}/abrir")
            assert (desk.fields, "quórum" in desk.words) == ({}, True), "Nobody is there yet."
            for name in ("Julia Ordaz", "Ana Robles", "Rosa Canul"):
                await desk.open(f"{home}/asistencia")
                await desk.send({"membershipId": desk.choice(name), "mode": "REMOTE"})
                assert f"{name} A distancia" in desk.words
            assert "Lo hay: 3 de 4 presentes; hacen falta 3." in desk.words
            await desk.open(f"{home}/abrir")
            await desk.send()
            assert "En sesión" in desk.words
            await desk.open(f"/escritorio/puntos/AgendaItem_{point}/tratado")
            await desk.send({"outcome.es": "Se tomó nota."})
            assert "Desahogado" in desk.words
            await desk.open(f"{home}/cerrar")
            await desk.send()
            assert (desk.status, desk.faults) == (422, ["sure"])
            await desk.send({"sure": "yes"})
            assert "Terminada, sin acta publicada" in desk.words


async def test_a_vote_is_opened_recorded_and_closed(hub: Talking) -> None:
    sitting = await a_sitting(hub)
    home = f"/escritorio/sesiones/Session_{sitting.session_id}"
    async with at_the_desk(hub, sitting.coordinator) as desk:
        await desk.open(f"/escritorio/puntos/AgendaItem_{sitting.points[0]}/mocion")
        await desk.send({"matter": "simple", "text.es": "Publicar el catálogo de datos."})
        assert (desk.path, "Publicar el catálogo de datos." in desk.words) == (home, True)
        (motion,) = await hub.rows("SELECT id FROM motion")
        await desk.open(f"/escritorio/mociones/Motion_{motion['id']}/votar")
        await desk.send({"method": "SHOW_OF_HANDS"})
        assert "A mano alzada: Abierta" in desk.words
        (vote,) = await hub.rows("SELECT id FROM vote_event")
        await desk.open(f"/escritorio/votaciones/VoteEvent_{vote['id']}/registrar")
        rows = sum(field.endswith(".reason.es") for field in desk.fields)
        assert rows == 5
        await desk.send({f"votes.{row}.option": "FOR" if row < 4 else "AGAINST" for row in range(rows)})
        assert desk.path == home
        await desk.open(f"/escritorio/votaciones/VoteEvent_{vote['id']}/cerrar")
        await desk.send({"sure": "yes"})
        assert "4 a favor, 1 en contra, 0 abstenciones" in desk.words
    assert (await hub.rows("SELECT result FROM vote_event"))[0]["result"] == "carried"


async def test_a_member_votes_and_nobody_else_does(hub: Talking) -> None:
    sitting = await a_sitting(hub)
    vote = await an_open_vote(hub, sitting)
    address = f"/escritorio/votaciones/{vote}/votar"
    stranger = await a_citizen(hub, "Zoe Nadie")
    async with at_the_desk(hub, stranger) as desk:
        await desk.open(address)
        assert (desk.status, desk.fields) == (200, {}), "Whoever has no vote is told so, and finds no form."
    async with at_the_desk(hub, sitting.people[2]) as desk:
        await desk.open(address)
        await desk.send({"option": "AGAINST", "reason.es": "Falta el presupuesto.", "sure": "yes"})
        assert "Hecho: Votar." in desk.words
        await desk.open(address)
        assert desk.fields == {}, "It can be cast once."
    assert len(await hub.rows("SELECT seat_id FROM vote")) == 1


async def test_what_is_written_wrongly_stays_and_is_named(hub: Talking, commission: Commission) -> None:
    session = await a_planned_session(hub, commission.body)
    await hub.forget()
    with hub.at(MONDAY):
        async with at_the_desk(hub, commission.julia) as desk:
            await desk.open(f"/escritorio/sesiones/Session_{session}/editar")
            before = desk.fields
            assert before["title.es"] == "Primera sesión ordinaria"
            assert before["starts_date"]
            await desk.send({"title.es": "Otra", "plannedMinutes": "muchos", "starts_time": "tarde"})
            assert (desk.status, desk.faults) == (422, ["starts_time", "plannedMinutes"])
            assert (desk.fields["title.es"], desk.fields["plannedMinutes"]) == ("Otra", "muchos")
            await desk.send({"title.es": "", "title.en": "", "plannedMinutes": "90", "starts_time": "10:00"})
            assert (desk.status, desk.faults) == (422, ["title.es"])
            assert await hub.log() == []
            await desk.send({"title.es": "Sesión de agua", "plannedMinutes": "90"})
            assert "Sesión de agua" in desk.words
    assert (await hub.log()) == ["SessionEdited"]


async def test_short_notice_needs_a_reason(hub: Talking, commission: Commission) -> None:
    session = await a_planned_session(hub, commission.body)
    await hub.forget()
    with hub.at(HOUR - dt.timedelta(days=1)):
        async with at_the_desk(hub, commission.julia) as desk:
            await desk.open(f"/escritorio/sesiones/Session_{session}/convocar")
            await desk.send()
            assert (desk.status, await hub.log()) == (422, [])
            assert desk.faults == ["shortNoticeReason.es"]


async def test_minutes_go_from_draft_to_published(hub: Talking, commission: Commission) -> None:
    session = await an_open_session(hub, commission)
    home = f"/escritorio/sesiones/Session_{session}"
    with hub.at(HOUR):
        async with at_the_desk(hub, commission.julia) as desk:
            (point,) = await points_of(hub, session)
            await desk.open(f"/escritorio/puntos/AgendaItem_{point}/aplazar")
            await desk.send({"reason.es": "Falta un dictamen."})
            await desk.open(f"{home}/cerrar")
            await desk.send({"sure": "yes"})
        async with at_the_desk(hub, commission.luis) as desk:
            await desk.open(f"{home}/acta")
            await desk.send()
            assert "Acta En borrador" in desk.words
            (minutes,) = await hub.rows("SELECT id FROM minutes")
            acta = f"/escritorio/actas/Minutes_{minutes['id']}"
            await desk.open(f"{acta}/redactar")
            text = desk.fields["text.es"]
            assert "Julia Ordaz" in text
            stale = desk.response
            await desk.send({"text.es": f"{text}\n\nSe levantó la sesión."})
            assert desk.path == home
            desk.response = stale
            await desk.send({"text.es": "Otra cosa."})
            assert desk.status == 409, "Somebody else has written them since."
            assert desk.fields["text.es"] == "Otra cosa."
            await desk.open(f"{acta}/circular")
            await desk.send()
            assert "Acta Circulada" in desk.words
        async with at_the_desk(hub, commission.members[0]) as desk:
            await desk.open(f"{acta}/observar")
            await desk.send({"text.es": "Falta mi nombre."})
            assert "Falta mi nombre." in desk.words
        async with at_the_desk(hub, commission.luis) as desk:
            (observation,) = await hub.rows("SELECT id FROM observation")
            await desk.open(f"/escritorio/observaciones/Observation_{observation['id']}/contestar")
            await desk.send({"takenUp": "yes", "answer.es": "Se agrega."})
            assert "Tomada en cuenta" in desk.words


async def test_nobody_finds_what_is_not_theirs_to_see(hub: Talking, commission: Commission) -> None:
    session = await a_planned_session(hub, commission.body)
    stranger = await a_citizen(hub, "Zoe Nadie")
    with hub.at(MONDAY):
        async with at_the_desk(hub, stranger) as desk:
            for path in ("", "/convocar", "/editar"):
                await desk.open(f"/escritorio/sesiones/Session_{session}{path}")
                assert desk.status == 404
    convened = await a_convened_session(hub, commission.body)
    await hub.forget()
    with hub.at(MONDAY):
        async with at_the_desk(hub, stranger) as desk:
            await desk.open(f"/escritorio/sesiones/Session_{convened}/cancelar")
            assert desk.fields == {}
    assert await hub.log() == []


async def test_rules_are_adopted_from_the_last_ones_and_a_row_more(hub: Talking, commission: Commission) -> None:
    address = f"/escritorio/organismos/Body_{commission.body}/reglas-de-sesion"
    with hub.at(MONDAY):
        async with at_the_desk(hub, commission.julia) as desk:
            await desk.open(address)
            assert desk.fields["terms.majorities.0.name.es"] == "Mayoría simple"
            rows = int(desk.fields["terms.majorities.count"])
            await desk.send({"more": "terms.majorities", "source.es": "Reglamento nuevo"})
            assert desk.fields["terms.majorities.count"] == str(rows + 1)
            assert desk.fields["source.es"] == "Reglamento nuevo", "What was written stays."
            await hub.forget()
            await desk.send({"terms.majorities.1.share.denominator": "0", "sure": "yes"})
            assert (desk.status, await hub.log()) == (422, [])
            assert "terms.majorities.1.share.denominator" in desk.faults
            await desk.send({"terms.majorities.1.share.denominator": "4", "terms.majorities.1.share.numerator": "3"})
            assert "Hecho: Adoptar reglas de sesión." in desk.words
    (newest,) = await hub.rows("SELECT terms FROM session_rules ORDER BY version DESC LIMIT 1")
    assert [one["share"] for one in newest["terms"]["majorities"]][1] == {
        "numerator": 3,
        "denominator": 4,
        "more_than": False,
    }
    assert len(newest["terms"]["majorities"]) == 3, "Rows that were left empty are not sent."


async def test_a_session_is_planned_from_the_page_of_its_body(hub: Talking, commission: Commission) -> None:
    with hub.at(MONDAY):
        async with at_the_desk(hub, commission.julia) as desk:
            await desk.open(f"/escritorio/organismos/Body_{commission.body}/nueva-sesion")
            assert desk.fields["title.es"] == "", "The name of the body is not that of its session."
            said = {"title.es": "Sesión de agua", "starts_date": "2026-06-20", "starts_time": "10:00"}
            await desk.send({**said, "plannedMinutes": "60"})
            assert desk.path.startswith("/escritorio/sesiones/Session_")
            assert "Hecho: Planear una sesión." in desk.words
            await desk.open(f"/escritorio/organismos/Body_{commission.body}")
            assert "Sesión de agua" in desk.words


async def test_who_sits_there_finds_the_door_to_the_desk_and_nobody_else(hub: Talking) -> None:
    sitting = await a_sitting(hub)
    vote = await an_open_vote(hub, sitting)
    doors = {
        f"/sesiones/Session_{sitting.session_id}": f"/escritorio/sesiones/Session_{sitting.session_id}",
        f"/votaciones/{vote}": f"/escritorio/votaciones/{vote}/votar",
    }
    stranger = await a_citizen(hub, "Zoe Nadie")
    for somebody, sits in ((sitting.people[2], True), (stranger, False)):
        async with at_the_desk(hub, somebody) as desk:
            for page, door in doors.items():
                await desk.open(page)
                assert (door in desk.leads()) is sits
    async with at_the_desk(hub, sitting.people[2]) as desk:
        body = f"Body_{sitting.body_id}"
        await desk.open(f"/organismos/{body}")
        assert f"/escritorio/organismos/{body}" not in desk.leads(), "Its desk is for its officers."
    async with at_the_desk(hub, sitting.coordinator) as desk:
        await desk.open(f"/organismos/{body}")
        assert f"/escritorio/organismos/{body}" in desk.leads()
