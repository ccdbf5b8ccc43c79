"""The data of a study: files and dictionaries for people, and the same facts for programs that gather data."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx2
import pytest

from hub import clock
from tests.cast import a_secretary_of
from tests.consultations.asking import es
from tests.frontend.answering import HOSTILE, Outline, reading, words
from tests.making.bodies import a_body
from tests.making.files import ATTACH, CSV, WITHDRAW, an_upload, attaching
from tests.making.studies import a_member, a_study, begun, handed_in, published
from tests.studies.asking import do
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
