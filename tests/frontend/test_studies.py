"""Studies: from the order to what was answered; what was corrected or retracted stays in sight."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import AsyncIterator
from uuid import UUID

import httpx2
import pytest

from frontend_stub.languages import catalogue
from frontend_stub.pages.studies import STATES
from hub import clock
from hub.studies import contracting, delivering, publishing
from hub.studies.models import StudyState
from tests.cast import a_coordinator_of, a_secretary_of
from tests.consultations.test_ordered import an_order
from tests.frontend.answering import Outline, reading, words
from tests.making.bodies import a_body
from tests.making.people import an_organization, in_spanish
from tests.making.sittings import a_sitting
from tests.making.studies import a_member, a_published_study, a_review, a_study, begun, found, handed_in, published
from tests.studies.asking import do
from tests.studies.test_correcting import finding, wording
from tests.studies.test_the_whole_life import TERMS
from tests.talking import Talking


@pytest.fixture
async def reader(hub: Talking) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(hub.hub.endpoint) as somebody:
        yield somebody


@pytest.fixture
async def body(hub: Talking) -> UUID:
    return await a_body(hub)


async def test_a_study_from_its_order_to_its_answer(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    other = await a_body(hub, "Comisión de Archivos", acronym="CA")
    university = await an_organization(hub, "Universidad del Mar")
    julia, addressee = await a_coordinator_of(hub, body), await a_coordinator_of(hub, other, "Tomás Uc")
    study = await a_study(hub, body, answer_days=20)
    page = f"/estudios/Study_{study}"
    before = await words(reader, page)
    for told in ("Ordenado", "¿Qué se pide y qué se contesta?", "Nadie lo sabe.", "Todavía no hay equipo."):
        assert told in before
    assert "El método todavía no se publica." in before
    async with hub.change() as change:
        contract = contracting.Contract(organization_id=university, cost=250_000, currency="MXN", reference="C-7")
        await contracting.contract_study(change, study, contract)
    await a_member(hub, study)
    await begun(hub, study)
    step = await do(hub, "setMilestone", julia, study_id=study, title="Informe parcial", due_on="2020-01-31")
    late = await words(reader, page)
    assert "1. Informe parcial para el 31 de enero de 2020 Por entregar Atrasado" in late
    recommended = found("Contesten todo.", body_id=other)
    await handed_in(hub, study, found("Se contesta la mitad."), recommended)
    # Handed in is not published: what it says is told to nobody who only looks.
    assert "Se contesta la mitad." not in await words(reader, page)
    assert (await reader.get(f"{page}/revision")).status_code == 404
    await a_review(hub, study, report="Digan cómo se eligió la muestra.", answer="Ya se dice.")
    await a_review(hub, study, "Ada Poot", blind=False, report="Está bien contado.", answer="Gracias.")
    await published(hub, study)
    text = await words(reader, page)
    for told in (
        "250,000 MXN",
        "C-7",
        "Lo haceUniversidad del Mar",
        "20 días",
        "Se lee una muestra.",
        "Eva Tun Dirige",
        "Intereses que declaró: Ninguno.",
        "Hallazgo 1 Se contesta la mitad.",
        "Recomendación 1 Sin respuesta Contesten todo.",
        "Se dirige a Comisión de Archivos.",
        "Revisión anónima Contestada por sus autores · Que se acepte con cambios menores · Versión 1",
        "Ada Poot Contestada",
        "Contestan sus autores: Ya se dice.",
        f"Eva Tun ({clock.now().year}).",
    ):
        assert told in text, told
    assert "Ada Chi" not in (await reader.get(page)).text
    assert step["number"] == 1
    (row,) = await hub.rows("SELECT id FROM finding WHERE kind = 'recommendation'")
    answer = {"decision": "PARTLY", "reasons": "Se contestará lo que se pueda."}
    await do(hub, "answerRecommendation", addressee, finding_id=row["id"], **answer)
    answered = await words(reader, f"{page}/recomendaciones")
    assert "Recomendación 1 Contestada" in answered
    assert "Se acepta en parte. Se contestará lo que se pueda." in answered
    assert "Hallazgo" not in answered.partition("Recomendación 1")[2]
    found_alone = await words(reader, f"{page}/hallazgos")
    assert ("Hallazgo 1 Se contesta la mitad." in found_alone, "Contesten todo." in found_alone) == (True, False)
    whole = await words(reader, f"{page}/revision")
    for told in ("Versión 1", "En breve.", "Resultados Se contestó la mitad.", "Hallazgo 1. Se contesta la mitad."):
        assert told in whole


async def test_the_paragraph_that_ordered_it_is_read_with_it(hub: Talking, reader: httpx2.AsyncClient) -> None:
    """And an answer to what it recommends leads to the instrument by which it was given."""
    sitting = await a_sitting(hub, voting=2)
    julia = sitting.coordinator
    instrument, mandate = await an_order(hub, sitting, kind="STUDY", title="Estudio del agua")
    ordered = await do(hub, "orderStudy", julia, body_id=sitting.body_id, mandate_id=mandate, **TERMS)
    page = f"/estudios/{ordered['id']}"
    answer = await reader.get(page)
    text = Outline(answer.text).words()
    assert "Quién lo ordenó y por qué Se ordena una consulta." in text
    assert f"Es lo que dice el párrafo «primero» de Acuerdo sobre el agua ({instrument['folio']})." in text
    assert f'href="/instrumentos/{instrument["id"]}#p-primero"' in answer.text
    assert f'href="/mandatos/{mandate}"' in answer.text
    other = await a_published_study(hub, sitting.body_id, found("Contesten todo.", body_id=sitting.body_id))
    (row,) = await hub.rows("SELECT id FROM finding")
    given = {"decision": "ACCEPTED", "reasons": "Se hará.", "instrument_id": instrument["id"]}
    await do(hub, "answerRecommendation", julia, finding_id=row["id"], **given)
    told = await reader.get(f"/estudios/Study_{other}")
    assert f'Por medio de: <a href="/instrumentos/{instrument["id"]}"' in told.text


async def test_an_answer_that_is_owed_and_late_says_so(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    ago = dt.datetime(2026, 2, 3, 18, tzinfo=dt.UTC)
    study = await a_published_study(hub, body, found("Contesten.", body_id=body), at=ago, answer_days=10)
    text = await words(reader, f"/estudios/Study_{study}")
    assert "Recomendación 1 Sin respuesta Atrasado" in text
    assert "Se contesta a más tardar el 13 de febrero de 2026. El plazo pasó sin respuesta." in text
    with hub.at(ago):
        assert "Atrasado" not in await words(reader, f"/estudios/Study_{study}")


async def test_steps_are_returned_with_reasons(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    study = await a_study(hub, body)
    await a_member(hub, study)
    await begun(hub, study)
    luis = await a_secretary_of(hub, body)
    step = await do(hub, "setMilestone", luis, study_id=study, title="Informe parcial", due_on="2030-01-31")
    async with hub.change() as change:
        id_ = UUID(step["id"].partition("_")[2])
        await delivering.hand_in_milestone(change, id_, note=in_spanish("La mitad de la muestra."))
        await delivering.return_milestone(change, id_, reason=in_spanish("Faltan dos estados."))
    text = await words(reader, f"/estudios/Study_{study}")
    assert "1. Informe parcial para el 31 de enero de 2030 Devuelta (ahora)" in text
    assert "La mitad de la muestra." in text
    assert "Faltan dos estados." in text


async def test_a_correction_leaves_the_former_wording(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    study = await a_published_study(hub, body, found("Uno."), found("Dos."))
    julia = await a_coordinator_of(hub, body)
    rows = {row["number"]: row["id"] for row in await hub.rows("SELECT id, number FROM finding")}
    better = finding("Dos, bien contado.", replacesId=f"Finding_{rows[2]}")
    strikes = [f"Finding_{rows[1]}"]
    await do(hub, "writeStudy", julia, study_id=study, note="Hubo un error.", strikes=strikes, **wording(better))
    await do(hub, "correctStudy", julia, study_id=study)
    page = f"/estudios/Study_{study}"
    text = await words(reader, page)
    assert "Se corrigió: está en vigor la versión 2. Hubo un error." in text
    assert "Hallazgo 1 Ya no se sostiene: la versión 2 no lo dice. Uno." in text
    assert "corrige el número 2" in text
    (former,) = re.findall(rf'href="({page}/revision\?version=[^"]+)"', (await reader.get(page)).text)
    old = await words(reader, former)
    assert "No es la versión en vigor. Versión 2" in old
    assert "Se contestó la mitad." in old
    new = await words(reader, f"{page}/revision")
    assert ("Otra cosa." in new, "No es la versión en vigor." in new) == (True, False)
    other = await a_published_study(hub, body, title="Otro")
    assert (await reader.get(former.replace(str(study), str(other)))).status_code == 404


async def test_what_was_retracted_stays_with_its_reason(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    study = await a_published_study(hub, body, found("Uno."))
    async with hub.change() as change:
        await publishing.retract_study(change, study, reason=in_spanish("Los datos eran falsos."))
    page = f"/estudios/Study_{study}"
    text = await words(reader, page)
    assert "Retractado" in text
    assert "Se conserva a la vista, y ya no se sostiene lo que dice. Los datos eran falsos." in text
    assert "Hallazgo 1 Ya no se sostiene" in text
    whole = await words(reader, f"{page}/revision")
    assert "El estudio se retractó: ya no se sostiene lo que dice. Los datos eran falsos." in whole
    assert "Se contestó la mitad." in whole


async def test_studies_are_narrowed_down_and_go_on(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    assert "Todavía no hay estudios." in await words(reader, "/estudios")
    for n in range(21):
        await a_study(hub, body, title=f"Estudio {n:02}")
    other = await a_body(hub, "Comisión de Archivos", acronym="CA")
    await a_published_study(hub, other, title="El publicado")
    first = Outline((await reader.get("/estudios")).text)
    assert "22 estudios" in first.words()
    (onward,) = [str(a["href"]) for a in first.all("a") if a.get("rel") == "next"]
    assert "Estudio 00" in await words(reader, f"/estudios{onward}")
    for query, count in {
        "?estado=publicados": "1 estudio",
        "?estado=por-empezar": "21 estudios",
        "?estado=nada": "22 estudios",
        f"?organismo=Body_{other}": "1 estudio",
        "?clase=diagnostico": "22 estudios",
        "?clase=opinion": "0 estudios",
        "?texto=publicado": "1 estudio",
    }.items():
        assert f"{count} " in await words(reader, f"/estudios{query}"), query
    assert "Prueba con menos condiciones." in await words(reader, "/estudios?clase=opinion")


async def test_many_findings_go_on_by_links(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    study = await a_published_study(hub, body, *(found(f"Lo número {n:02}.") for n in range(1, 23)))
    page = f"/estudios/Study_{study}"
    text = await words(reader, page)
    assert ("Lo número 20." in text, "Lo número 21." in text, "Ver 2 más" in text) == (True, False, True)
    first = Outline((await reader.get(f"{page}/hallazgos")).text)
    (onward,) = [str(a["href"]) for a in first.all("a") if a.get("rel") == "next"]
    rest = await words(reader, f"{page}/hallazgos{onward}")
    assert ("Lo número 20." in rest, "Hallazgo 21 Lo número 21." in rest, "Lo número 22." in rest) == (
        False,
        True,
        True,
    )
    assert "Todavía no se publica ninguno." in await words(reader, f"{page}/recomendaciones")


PATHS = ("", "/revision", "/hallazgos", "/recomendaciones", "/datos")


@pytest.mark.parametrize("path", PATHS)
async def test_what_is_no_study_has_no_such_page(hub: Talking, reader: httpx2.AsyncClient, path: str) -> None:
    body = await a_body(hub)
    for id_ in (f"Body_{body}", "nobody", "Study_00000000-0000-0000-0000-000000000001"):
        assert (await reader.get(f"/estudios/{id_}{path}")).status_code == 404


def test_every_state_of_a_study_has_a_name_and_a_place() -> None:
    placed = [state for states in STATES.values() for state in states]
    assert sorted(placed) == sorted(state.value.upper() for state in StudyState)
    assert {f"study_states.{state}" for state in placed} <= set(catalogue())
