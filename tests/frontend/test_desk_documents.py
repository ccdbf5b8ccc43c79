"""Documents at the desk: added with their files by a form, found in their list, and withdrawn with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from frontend_stub import taking_in
from frontend_stub.pages.desk.papers.subjects import HOLDERS
from hub.files.holders import holdings
from tests.cast import a_citizen
from tests.frontend.answering import reading
from tests.frontend.at_the_desk import AtTheDesk, at_the_desk, in_parts
from tests.identity.browsing import served
from tests.journeys.installation import free_port
from tests.making.sittings import Sitting, a_sitting
from tests.making.studies import a_study
from tests.talking import Talking

PDF = b"%PDF-1.7\n" + "Acta de la sesión.".encode()
CSV = b"estado,obras\nOaxaca,12\n"
SAID = {"title.es": "Acta de la sesión", "role": "MINUTES", "sight": "PUBLIC", "licence": "CC-BY-4.0"}
ATTACHED = """
    SELECT f.name, f.size, d.role, d.sight, d.licence
    FROM document d JOIN stored_file f ON f.id = d.file_id ORDER BY d.id
"""


@pytest.fixture
async def sitting(hub: Talking) -> Sitting:
    return await a_sitting(hub)


async def documents(hub: Talking) -> list[tuple[Any, ...]]:
    """What the hub has of documents: each file's name and size, what it is, who sees it, and its licence."""
    return [tuple(row.values()) for row in await hub.rows(ATTACHED)]


async def test_a_document_is_added_found_and_withdrawn(hub: Talking, sitting: Sitting) -> None:
    dossier = f"/escritorio/expedientes/Session_{sitting.session_id}"
    async with at_the_desk(hub, sitting.coordinator) as desk:
        await desk.open(f"/escritorio/sesiones/Session_{sitting.session_id}")
        assert dossier in desk.leads()
        await desk.open(dossier)
        assert "Todavía no hay documentos." in desk.words
        await desk.open(f"{dossier}/agregar")
        await desk.send(SAID, files={"upload": ("acta «final».pdf", PDF)})
        assert (desk.status, desk.path) == (200, dossier), desk.faults
        assert "Hecho: Agregar un documento." in desk.words
        assert "Acta de la sesión (PDF, 28 bytes)" in desk.words
        assert await documents(hub) == [("acta «final».pdf", len(PDF), "minutes", "public", "CC-BY-4.0")]
        (withdrawing,) = [path for path in desk.leads() if path.endswith("/retirar")]
        await desk.open(withdrawing)
        await desk.send({"reason.es": "Era un borrador."})
        assert (desk.status, desk.faults) == (422, ["sure"])
        await desk.send({"sure": "yes"})
        assert desk.path == dossier
        assert "Era un borrador." in desk.words
        assert [path for path in desk.leads() if path.endswith("/retirar")] == []
        await desk.open(withdrawing)
        assert desk.fields == {}, "It is withdrawn once."


async def test_what_else_is_wrong_costs_no_file_and_a_file_costs_no_words(hub: Talking, sitting: Sitting) -> None:
    async with at_the_desk(hub, sitting.coordinator) as desk:
        await desk.open(f"/escritorio/puntos/AgendaItem_{sitting.points[0]}/comenzar")
        await desk.open(f"/escritorio/expedientes/AgendaItem_{sitting.points[0]}/agregar")
        await desk.send({**SAID, "title.es": ""}, files={"upload": ("obras.csv", CSV)})
        assert (desk.status, desk.faults) == (422, ["title.es"])
        assert "Ya tenemos «obras.csv» (23 bytes)" in desk.words
        assert desk.fields["licence"] == "CC-BY-4.0"
        assert await documents(hub) == []
        await desk.send({"title.es": "Obras"}, files={"upload": ("foto.png", b"no picture")})
        assert (desk.status, desk.faults) == (422, ["upload"])
        assert "El contenido no es lo que dice el nombre (image/png)" in desk.words
        assert "Ya tenemos" not in desk.words
        assert (desk.fields["title.es"], desk.fields["role"]) == ("Obras", "MINUTES")
        await desk.send(files={"upload": ("obras.csv", CSV)})
        assert "Obras (CSV, 23 bytes)" in desk.words
    assert await documents(hub) == [("obras.csv", len(CSV), "minutes", "public", "CC-BY-4.0")]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("acta.pdf", b"", "El archivo está vacío."),
        ("acta.pdf", b"MZ program", "El contenido no es lo que dice el nombre (application/pdf)"),
        ("acta.exe", b"MZ program", "No se reciben archivos de este tipo, sino estos"),
        ("acta.pdf", b"%PDF-" + b"x" * 3_000, "El archivo es demasiado grande."),
        ("", b"", "Elige un archivo."),
    ],
)
async def test_what_is_wrong_with_a_file_is_said_beside_it(
    hub: Talking, sitting: Sitting, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, told: str
) -> None:
    monkeypatch.setitem(taking_in.own_form_with_files.__wrapped__.__kwdefaults__, "largest_file", 2_000)  # type: ignore[attr-defined]
    async with at_the_desk(hub, sitting.coordinator) as desk:
        await desk.open(f"/escritorio/expedientes/Body_{sitting.body_id}/agregar")
        await desk.send(SAID, files={"upload": (name, content)})
        assert (desk.status, desk.faults) == (422, ["upload"])
        assert told in desk.words
        assert desk.fields["title.es"] == SAID["title.es"]
    assert await documents(hub) == []


async def test_data_are_data_by_their_type_and_may_be_withdrawn_from_the_study(hub: Talking, sitting: Sitting) -> None:
    study = await a_study(hub, sitting.body_id)
    async with at_the_desk(hub, sitting.coordinator) as desk:
        await desk.open(f"/escritorio/expedientes/Study_{study}/agregar")
        await desk.send({**SAID, "role": "DATASET"}, files={"upload": ("datos.pdf", PDF)})
        assert desk.faults == ["upload"]
        assert ".csv, .json, .ods, .xlsx" in desk.words
        await desk.send(files={"upload": ("datos.csv", CSV)})
    assert await documents(hub) == [("datos.csv", len(CSV), "dataset", "public", "CC-BY-4.0")]


async def test_a_file_that_is_gone_is_asked_for_again(hub: Talking, sitting: Sitting) -> None:
    async with at_the_desk(hub, sitting.coordinator) as desk:
        await desk.open(f"/escritorio/expedientes/Body_{sitting.body_id}/agregar")
        await desk.send({**SAID, "title.es": ""}, files={"upload": ("acta.pdf", PDF)})
        await hub.run("UPDATE stored_file SET kept_until = uploaded_at")
        await desk.send({"title.es": "Acta"})
        assert (desk.status, desk.faults) == (422, ["upload"])
        assert "El archivo no llegó completo o ya se borró" in desk.words
        assert "Ya tenemos" not in desk.words
        await desk.send(files={"upload": ("acta.pdf", PDF)})
    assert [name for name, *_ in await documents(hub)] == ["acta.pdf"]


async def test_nobody_without_an_office_hands_anything_in(hub: Talking, sitting: Sitting) -> None:
    path = f"/escritorio/expedientes/Body_{sitting.body_id}"
    async with at_the_desk(hub, await a_citizen(hub, "Zoe Nadie")) as stranger:
        for address in (path, f"{path}/agregar"):
            await stranger.open(address)
            assert stranger.status == 403
        await stranger.post_in_parts(f"{path}/agregar", [("form", "x")], {"upload": ("acta.pdf", PDF)})
        assert stranger.status == 403
    assert await hub.rows("SELECT id FROM stored_file") == []


async def test_a_form_of_another_site_is_refused_before_its_file_has_come(hub: Talking, sitting: Sitting) -> None:
    async with at_the_desk(hub, sitting.coordinator) as desk:
        await desk.open(f"/escritorio/expedientes/Body_{sitting.body_id}/agregar")
        token = desk.fields["form"]
        address = f"/escritorio/expedientes/Body_{sitting.body_id}/agregar"
        for pairs in ([("form", "another")], [("title.es", "x"), ("form", token)], []):
            await desk.post_in_parts(address, pairs, {"upload": ("acta.pdf", PDF)})
            assert desk.status == 403
        content, kind = in_parts([("form", token)], {"upload": ("acta.pdf", PDF)})
        for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "http://elsewhere.test"}, {}):
            answer = await desk.browser.post(address, content=content, headers={**headers, "content-type": kind})
            assert answer.status_code == 403

        read = 0

        async def coming() -> Any:
            nonlocal read
            for place in range(0, len(content), 16):
                read += 16
                yield content.replace(token.encode(), b"0" * len(token))[place : place + 16]

        headers = {"sec-fetch-site": "same-origin", "content-type": kind}
        answer = await desk.browser.post(address, content=coming(), headers=headers)
        assert answer.status_code == 403
        assert read < content.index(b"filename="), "What shows that a form is ours is looked at before a file is read."
    assert await hub.rows("SELECT id FROM stored_file") == []


async def test_signed_out_in_the_meantime_one_loses_no_words(hub: Talking, sitting: Sitting) -> None:
    async with at_the_desk(hub, sitting.coordinator) as desk:
        await desk.open(f"/escritorio/expedientes/Body_{sitting.body_id}/agregar")
        desk.browser.cookies.delete("hub-session")
        desk.browser.cookies.set("hub-session", "nobody-knows-this")
        await desk.send(SAID, files={"upload": ("acta.pdf", PDF)})
        assert desk.status == 403
        assert desk.fields["title.es"] == SAID["title.es"]
    async with at_the_desk(hub, sitting.coordinator) as again:
        again.browser.cookies.set("hub-browser", desk.browser.cookies["hub-browser"])
        again.response = desk.response
        await again.send()
        assert (again.status, again.faults) == (422, ["upload"])
        assert again.fields["title.es"] == SAID["title.es"]


async def test_pages_elsewhere_hand_files_in_over_the_network(hub: Talking, sitting: Sitting) -> None:
    large = b"%PDF-" + b"0123456789abcdef" * 100_000
    async with served(hub.app, free_port()) as home, reading(f"{home}/graphql") as browser:
        browser.cookies.set("hub-session", sitting.coordinator.token or "")
        desk = AtTheDesk(browser)
        await desk.open(f"/escritorio/expedientes/Instrument_{sitting.body_id}/agregar")
        assert desk.status == 404
        await desk.open(f"/escritorio/expedientes/Body_{sitting.body_id}/agregar")
        await desk.send(SAID, files={"upload": ("acta.pdf", b"MZ program")})
        assert "El contenido no es lo que dice el nombre" in desk.words
        await desk.send(files={"upload": ("acta.pdf", large)})
        assert "Acta de la sesión (PDF, 1.6 MB)" in desk.words
    assert await documents(hub) == [("acta.pdf", len(large), "minutes", "public", "CC-BY-4.0")]


async def test_too_many_at_once_are_asked_to_come_again(
    hub: Talking, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "AT_ONCE", 0)
    async with at_the_desk(hub, sitting.coordinator) as desk:
        await desk.open(f"/escritorio/expedientes/Body_{sitting.body_id}/agregar")
        await desk.send(SAID, files={"upload": ("acta.pdf", PDF)})
        assert (desk.status, desk.faults) == (422, ["upload"])
        assert "Se reciben demasiados archivos a la vez." in desk.words


def test_whatever_holds_papers_has_its_list_on_the_desk() -> None:
    assert set(HOLDERS) == set(holdings)
