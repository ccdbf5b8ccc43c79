"""A body at the desk: seated, opened to others, kept in balance and led by forms alone."""

from __future__ import annotations

import pytest

from tests.cast import a_citizen
from tests.frontend.at_the_desk import at_the_desk
from tests.making.bodies import a_seat
from tests.making.people import an_organization
from tests.making.sessions import Commission, a_commission
from tests.talking import Talking

ASK = """mutation ($input: AskToJoinInput!) { askToJoin(input: $input) { joinRequest { id } errors { code path } } }"""


@pytest.fixture
async def commission(hub: Talking) -> Commission:
    return await a_commission(hub)


async def test_a_seat_is_created_filled_and_vacated(hub: Talking, commission: Commission) -> None:
    home = f"/escritorio/organismos/Body_{commission.body}"
    async with at_the_desk(hub, commission.julia) as desk:
        await desk.open(f"{home}/nuevo-asiento")
        assert desk.fields["title.es"] == "", "The name of the body is not that of the seat."
        await desk.send({"title.es": "Asiento de la academia", "sector": "ACADEMIA", "ordinal": "doce"})
        assert (desk.status, desk.faults) == (422, ["ordinal"])
        await desk.send({"ordinal": "12"})
        assert (desk.path, "12. Asiento de la academia" in desk.words) == (home, True)
        (seat,) = await hub.rows("SELECT id FROM seat WHERE ordinal = 12")
        await desk.open(f"/escritorio/asientos/Seat_{seat['id']}/sentar")
        await desk.send({"name": "Eva Tun", "alternate": None})
        assert "Eva Tun En funciones" in desk.words
        (held,) = await hub.rows("SELECT id FROM membership WHERE seat_id = :id", id=seat["id"])
        await desk.open(f"/escritorio/integrantes/Membership_{held['id']}/terminar")
        await desk.send({"reason": "Renunció."})
        assert (desk.status, desk.faults) == (422, ["sure"])
        await desk.send({"sure": "yes"})
        assert "Hecho: Terminar." in desk.words
        assert "Eva Tun" not in desk.words
        await desk.open(f"/escritorio/asientos/Seat_{seat['id']}/suprimir")
        await desk.send({"sure": "yes"})
        assert "Asiento de la academia" not in desk.words


async def test_whoever_asks_to_join_is_answered(hub: Talking, commission: Commission) -> None:
    home = f"/escritorio/organismos/Body_{commission.body}"
    async with at_the_desk(hub, commission.julia) as desk:
        await desk.open(f"{home}/nuevo-asiento")
        await desk.send({"title.es": "Ciudadanía", "sector": "CITIZENS", "ordinal": "9", "voting": "yes"})
        asking = {"bodyId": f"Body_{commission.body}", "statement": "Trabajo con datos del agua."}
        requests = []
        for name in ("Zoe Uc", "Leo Pat"):
            somebody = await a_citizen(hub, name)
            answer = await hub.act(ASK, {"input": asking}, by=somebody)
            requests.append(answer["joinRequest"]["id"])
        await desk.open(home)
        assert "Zoe Uc · Solicitud de ingreso" in desk.words
        await desk.open(f"/escritorio/solicitudes/{requests[0]}/rechazar")
        await desk.send({"answer": ""})
        assert (desk.status, desk.faults) == (422, ["answer"])
        await desk.send({"answer": "El asiento es para otra región."})
        assert "Zoe Uc" not in desk.words
        await desk.open(f"/escritorio/solicitudes/{requests[1]}/aceptar")
        await desk.send({"seatId": desk.choice("9. Ciudadanía"), "answer": "¡Bienvenido!"})
        assert "Leo Pat En funciones" in desk.words
    states = {row["state"] for row in await hub.rows("SELECT state FROM join_request")}
    assert states == {"accepted", "declined"}


async def test_a_rule_of_parity_is_adopted_and_ended(hub: Talking, commission: Commission) -> None:
    home = f"/escritorio/organismos/Body_{commission.body}"
    async with at_the_desk(hub, commission.julia) as desk:
        await desk.open(f"{home}/paridad")
        await desk.send({"dimension": "GENDER", "tolerance": "10", "consequence": "WARN"})
        assert "Entre géneros, hasta 10 puntos sobre la parte igual." in desk.words
        (rule,) = await hub.rows("SELECT id FROM parity_rule")
        await desk.open(f"/escritorio/paridad/ParityRule_{rule['id']}/terminar")
        await desk.send({"sure": "yes"})
        assert "Entre géneros" not in desk.words


async def test_its_charge_and_its_name_change_and_nothing_else(hub: Talking, commission: Commission) -> None:
    home = f"/escritorio/organismos/Body_{commission.body}"
    async with at_the_desk(hub, commission.julia) as desk:
        await desk.open(f"{home}/estatuto")
        await desk.send({"remit.es": "Abrir los datos del agua.", "reason.es": "El acuerdo 3 lo amplió."})
        assert "Hecho: Cambiar lo que se le encarga." in desk.words
        await desk.open(f"{home}/estatuto")
        assert desk.fields["remit.es"] == "Abrir los datos del agua."
        assert desk.fields["reason.es"] == "", "The reason of one change is not that of the next."


async def test_the_desk_of_a_body_is_for_its_officers(hub: Talking, commission: Commission) -> None:
    home = f"/escritorio/organismos/Body_{commission.body}"
    await hub.forget()
    async with at_the_desk(hub, commission.members[0]) as desk:
        await desk.open(home)
        assert desk.status == 403
        await desk.open(f"{home}/suspender")
        assert desk.fields == {}, "It is said why, and there is no form."
        await desk.open(f"{home}/nuevo-asiento")
        await desk.send({"title.es": "Otro", "sector": "ACADEMIA", "ordinal": "12"})
        assert (desk.status, desk.fields["title.es"]) == (403, "Otro")
    assert await hub.log() == []


async def test_what_a_seat_is_for_stays_where_the_list_ends_before_it(hub: Talking, commission: Commission) -> None:
    for number in range(101):
        await an_organization(hub, f"Colectivo {number:03}")
    last = await an_organization(hub, "Zona Abierta")
    seat = await a_seat(hub, commission.body, ordinal=20, organization_id=last)
    async with at_the_desk(hub, commission.julia) as desk:
        await desk.open(f"/escritorio/asientos/Seat_{seat}/editar")
        assert "Como está ahora" in desk.words
        await desk.send({"title.es": "Asiento del norte"})
        assert "Asiento del norte" in desk.words
    (row,) = await hub.rows("SELECT organization_id FROM seat WHERE id = :id", id=seat)
    assert row["organization_id"] == last
