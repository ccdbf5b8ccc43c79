"""Studies: from the order to what was answered, with data that people and programs find."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx2
import pytest

from frontend_stub.languages import catalogue
from frontend_stub.pages.studies import STATES
from hub import clock
from hub.studies import contracting, delivering, publishing
from hub.studies.models import StudyState
from tests.cast import a_coordinator_of, a_secretary_of
from tests.consultations.asking import es
from tests.consultations.test_ordered import an_order
from tests.frontend.answering import HOSTILE, Outline, reading
from tests.making.bodies import a_body
from tests.making.files import ATTACH, CSV, WITHDRAW, an_upload, attaching
from tests.making.people import an_organization, in_spanish
from tests.making.sittings import a_sitting
from tests.making.studies import a_member, a_published_study, a_review, a_study, begun, found, handed_in, published
from tests.studies.asking import do
from tests.studies.test_correcting import finding, wording
from tests.studies.test_the_whole_life import TERMS
from tests.talking import Talking

COLUMNS = [
    {"name": "estado", "type": "CATEGORY", "meaning": es("La entidad.", en="The state.")},
    {"name": "solicitudes", "type": "INTEGER", "meaning": es("Cuántas.", en="How many.")},
]


@pytest.fixture
async def reader(hub: Talking) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(hub.hub.endpoint) as somebody:
        yield somebody


@pytest.fixture
async def body(hub: Talking) -> UUID:
    return await a_body(hub)


async def words(reader: httpx2.AsyncClient, path: str) -> str:
    answer = await reader.get(path)
    assert answer.status_code == 200, path
    return Outline(answer.text).words()


async def data_of(hub: Talking, body: UUID, study: UUID, title: str = "Solicitudes leídas", **known: Any) -> Any:
    """Data with a dictionary and a file; what is known of the file."""
    luis = await a_secretary_of(hub, body)
    described = {"role": "PRODUCED", "title": title, "columns": COLUMNS, "row_count": 1, "licence": "CC BY 4.0"}
    data = await do(hub, "describeDataset", luis, study_id=study, **{**described, **known})
    upload = await an_upload(hub, luis, name="datos.csv", content=CSV, purpose="DATASET")
    return (await hub.act(ATTACH, attaching(data["id"], upload), by=luis))["document"]


def ld(html: str) -> Any:
    """What a page tells programs, as one that reads pages finds it."""
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return json.loads(told)


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


async def test_data_are_there_for_people(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    study = await a_study(hub, body)
    await a_member(hub, study)
    await begun(hub, study)
    file = await data_of(hub, body, study)
    page = f"/estudios/Study_{study}"
    assert "Solicitudes leídas" not in (await reader.get(page)).text
    await handed_in(hub, study)
    await published(hub, study)
    for path in (page, f"{page}/datos"):
        answer = await reader.get(path)
        assert f'href="{file["path"]}" download' in answer.text
        text = Outline(answer.text).words()
        assert f"(CSV, {len(CSV)} bytes)" in text
        assert file["sha256"] in text
        assert "licencia: CC BY 4.0" in text
        assert "1 renglón" in text
    assert "Qué significa estadocategoríaLa entidad. solicitudesnúmero enteroCuántas." in text
    english = await words(reader, f"/en{page}/datos")
    assert "estadocategoryThe state." in english


async def test_data_are_there_for_programs(hub: Talking, reader: httpx2.AsyncClient, body: UUID) -> None:
    """The same facts as JSON-LD, and nothing that somebody wrote gets out of it."""
    study = await a_study(hub, body, title=f"Título {HOSTILE}</script>")
    await a_member(hub, study)
    await begun(hub, study)
    file = await data_of(hub, body, study, f"Datos {HOSTILE}</script>")
    page = f"/estudios/Study_{study}"
    assert "ld+json" not in (await reader.get(page)).text
    await handed_in(hub, study)
    await published(hub, study)
    answer = await reader.get(f"{page}/datos")
    assert len(Outline(answer.text).all("script")) == 2
    told = ld(answer.text)
    assert told["@context"] == "https://schema.org"
    (data,) = told["@graph"]
    assert data | {"version": None, "creditText": None, "datePublished": None, "@id": None, "url": None} == {
        "@type": "Dataset",
        "@id": None,
        "url": None,
        "name": f"Datos {HOSTILE}</script>",
        "description": f"Datos {HOSTILE}</script>",
        "inLanguage": "es",
        "license": "CC BY 4.0",
        "datePublished": None,
        "isAccessibleForFree": True,
        "creator": [{"@type": "Person", "name": "Eva Tun"}],
        "publisher": {"@type": "Organization", "name": "Comisión de Gobierno Abierto"},
        "version": None,
        "creditText": None,
        "isPartOf": {
            "@type": "Report",
            "@id": page,
            "name": f"Título {HOSTILE}</script>",
            "identifier": f"CGA/ESTUDIO/{clock.now().year}/001",
        },
        "variableMeasured": [
            {"@type": "PropertyValue", "name": "estado", "description": "La entidad."},
            {"@type": "PropertyValue", "name": "solicitudes", "description": "Cuántas."},
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": "datos.csv",
                "contentUrl": file["path"],
                "encodingFormat": "text/csv",
                "contentSize": f"{len(CSV)} B",
                "sha256": file["sha256"],
            }
        ],
    }
    assert data["url"].startswith(f"{page}/datos#StudyDataset_")
    assert f'id="{data["url"].partition("#")[2]}"' in answer.text
    (short,) = ld((await reader.get(page)).text)["@graph"]
    assert short == {name: value for name, value in data.items() if name != "variableMeasured"}
    async with reading(hub.hub.endpoint, public_address="https://hub.example/graphql") as elsewhere:
        html = (await elsewhere.get(page)).text
    assert f'href="https://hub.example{file["path"]}"' in html
    assert ld(html)["@graph"][0]["distribution"][0]["contentUrl"] == f"https://hub.example{file['path']}"


async def test_a_file_that_was_withdrawn_leaves_its_reason(
    hub: Talking, reader: httpx2.AsyncClient, body: UUID
) -> None:
    study = await a_study(hub, body)
    await a_member(hub, study)
    await begun(hub, study)
    file = await data_of(hub, body, study)
    await handed_in(hub, study)
    await published(hub, study)
    luis = await a_secretary_of(hub, body, "Luis Ake")
    given = {"input": {"documentId": file["id"], "reason": es("Tenía nombres de personas.")}}
    await hub.act(WITHDRAW, given, by=luis)
    answer = await reader.get(f"/estudios/Study_{study}/datos")
    assert "Tenía nombres de personas." in Outline(answer.text).words()
    assert file["path"] not in answer.text
    (data,) = ld(answer.text)["@graph"]
    assert data.keys() & {"distribution", "isAccessibleForFree"} == set()


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
