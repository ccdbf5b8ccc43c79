"""The acts of the desk: each says what it does, wants what the hub wants, and does it once."""

from __future__ import annotations

import csv
import datetime as dt
from io import StringIO
from itertools import pairwise

import pytest

from hub.consultations.models import IdentityPolicy
from hub.consultations.timekeeping import keep_time
from tests.cast import a_citizen, a_coordinator_of, a_secretary_of, an_analyst_of
from tests.consultations.test_reading_back import NOW
from tests.frontend.answering import Outline
from tests.frontend.at_the_desk import at_the_desk
from tests.frontend.test_desk_drafts import drafted
from tests.making.bodies import a_body
from tests.making.consultations import a_closed_consultation, a_draft_consultation, a_response, an_open_consultation
from tests.making.people import a_pending_representation, an_organization
from tests.talking import Talking

HOUR = dt.timedelta(hours=1)


async def test_a_consultation_is_published_with_what_is_fixed_by_that(hub: Talking) -> None:
    body = await a_body(hub)
    julia, draft = await a_coordinator_of(hub, body), await a_draft_consultation(hub, body)
    home = f"/escritorio/consultas/{draft.node}"
    await hub.forget()
    async with at_the_desk(hub, julia) as desk:
        await desk.open(home)
        assert "La consulta se puede publicar." in desk.words
        await desk.open(f"{home}/publicar")
        assert "Qué queda fijo para siempre" in desk.words
        page = desk.response
        await desk.send()
        assert (desk.status, desk.faults) == (422, ["sure"])
        assert await hub.log() == []
        await desk.send({"sure": "yes"})
        assert (desk.path, "La consulta está publicada." in desk.words) == (home, True)
        assert "CGA/CONSULTA/" in desk.words
        desk.response = page
        await desk.send({"sure": "yes"})
        assert "La consulta está publicada." in desk.words, "What was sent twice was done once."
        await desk.open(f"{home}/publicar")
        assert "En el punto en que está, esto no se puede hacer." in desk.words
    assert (await hub.log()).count("ConsultationScheduled") == 1


async def test_a_running_consultation_is_extended_suspended_resumed_and_withdrawn(hub: Talking) -> None:
    """Each with a reason in both of its languages, of which it is told where one is missing."""
    body = await a_body(hub, at=NOW)
    julia = await a_coordinator_of(hub, body, at=NOW)
    with hub.at(NOW):
        id_ = await drafted(hub, body, julia)
    home = f"/escritorio/consultas/{id_}"
    async with at_the_desk(hub, julia) as desk:
        with hub.at(NOW):
            await desk.open(f"{home}/publicar")
            await desk.send({"sure": "yes"})
        await hub.forget()
        open_at = dt.datetime(2026, 12, 10, 12, tzinfo=dt.UTC)
        await keep_time(hub.hub.changes, at=open_at)
        reason = {"reason.es": "Faltó tiempo.", "reason.nah": "Amo axilihki."}
        with hub.at(open_at):
            await desk.open(home)
            assert "La consulta cierra sola" in desk.words
            assert "indique un instrumento de este órgano" in desk.words
            await desk.open(f"{home}/ampliar")
            assert [field for field in desk.fields if field.startswith("reason")] == ["reason.nah", "reason.es"]
            assert "closing_zone" not in desk.fields, "It is by the clock that it was announced by."
            await desk.send({"closing_date": "2026-12-30", "reason.es": "Faltó tiempo."})
            assert (desk.status, set(desk.faults)) == (422, {"reason.nah", "closing_date"})
            assert desk.fields["reason.es"] == "Faltó tiempo."
            await desk.send({"closing_date": "2027-01-15", **reason})
            assert "El plazo quedó ampliado" in desk.words
            assert "viernes 15 de enero de 2027, 23:59" in desk.words
            assert "Ampliación del plazo" in desk.words
            await desk.open(f"{home}/suspender")
            await desk.send(reason)
            assert "Suspendida" in desk.words
            await desk.open(f"{home}/suspender")
            assert "En el punto en que está" in desk.words
            await desk.open(f"{home}/reanudar")
            await desk.send(reason)
            assert "La consulta vuelve a recibir respuestas." in desk.words
            await desk.open(f"{home}/retirar")
            await desk.send(reason)
            assert desk.faults == ["sure"]
            await desk.send({"sure": "yes"})
            assert "Retirada" in desk.words
    acts = [name for name in await hub.log() if name != "NoticePublished" and "Opened" not in name]
    assert acts == ["ConsultationSuspended", "ConsultationResumed", "ConsultationWithdrawn"]
    rows = await hub.rows("SELECT kind FROM timetable_notice ORDER BY number")
    kinds = ["opening", "extension", "suspension", "resumption", "withdrawal"]
    assert [row["kind"] for row in rows] == kinds


@pytest.mark.parametrize("name", ["ampliar", "suspender", "retirar"])
async def test_whoever_may_not_is_told_why_and_nothing_happens(hub: Talking, name: str) -> None:
    body = await a_body(hub)
    noe, asked = await an_analyst_of(hub, body), await an_open_consultation(hub, body)
    eva = await a_coordinator_of(hub, await a_body(hub, "Otra Comisión", acronym="OC"), "Eva Couoh")
    path = f"/escritorio/consultas/{asked.node}/{name}"
    await hub.forget()
    sent = [("sure", "yes"), ("reason.es", "x"), ("closing_date", "2099-01-01"), ("closing_time", "10:00")]
    async with at_the_desk(hub, noe) as desk, at_the_desk(hub, eva) as other:
        await desk.open(path)
        assert "coordinación" in desk.words
        assert "reason.es" not in desk.fields
        for one in (desk, other):
            await one.open("/cuenta")
            pairs = [("form", one.fields["form"]), *sent]
            assert (await one.post(path, pairs)).status == 403
        assert (await other.open(path)).fields == {}, "Whoever is of another body is told why."
    assert await hub.log() == []


async def test_the_codes_of_invitations_are_shown_once_and_taken_along(hub: Talking) -> None:
    body = await a_body(hub)
    noe = await an_analyst_of(hub, body)
    asked = await an_open_consultation(hub, body, identity_policy=IdentityPolicy.INVITED)
    home = f"/escritorio/consultas/{asked.node}"
    await hub.forget()
    async with at_the_desk(hub, noe) as desk:
        assert f"{home}/invitaciones" in (await desk.open(home)).leads()
        await desk.open(f"{home}/invitaciones")
        await desk.send({"count": "dos", "batch": "Consejo"})
        assert (desk.status, desk.faults, desk.fields["batch"]) == (422, ["count"], "Consejo")
        await desk.send({"count": "0"})
        assert (desk.status, desk.faults) == (422, ["count"])
        assert await hub.log() == []
        page = desk.response
        await desk.send({"count": "3"})
        assert desk.response.headers["cache-control"] == "no-store"
        codes = desk.fields["codes"].split()
        assert (len(set(codes)), "Consejo" in desk.words) == (3, True)
        await desk.send()
        assert desk.response.headers["content-disposition"] == 'attachment; filename="invitations.csv"'
        assert list(csv.reader(StringIO(desk.response.text))) == [["code"], *([code] for code in codes)]
        desk.response = page
        await desk.send({"count": "3"})
        assert "sus códigos ya se mostraron" in desk.words
    assert await hub.rows("SELECT count(*) AS n FROM invitation") == [{"n": 3}]
    kept = await hub.dump()
    assert [code for code in codes if code in kept] == []


async def test_no_cell_of_the_file_is_a_formula(hub: Talking) -> None:
    body = await a_body(hub)
    noe, asked = await an_analyst_of(hub, body), await an_open_consultation(hub, body)
    async with at_the_desk(hub, noe) as desk:
        await desk.open("/cuenta")
        pairs = [("form", desk.fields["form"]), ("codes", '=HYPERLINK("x")\r\nAB')]
        await desk.post(f"/escritorio/consultas/{asked.node}/invitaciones/archivo", pairs)
    assert list(csv.reader(StringIO(desk.response.text))) == [["code"], ['\'=HYPERLINK("x")'], ["AB"]]


# ---- watching, and late responses ------------------------------------------------------------------------------------


async def test_the_figures_are_watched_while_it_is_open(hub: Talking) -> None:
    body = await a_body(hub)
    noe, ana = await an_analyst_of(hub, body), await a_citizen(hub)
    asked = await an_open_consultation(hub, body)
    await a_response(hub, asked, ana)
    async with at_the_desk(hub, noe) as desk:
        await desk.open(f"/escritorio/consultas/{asked.node}/cifras")
        assert "1 respuesta que cuenta" in desk.words
        assert "100.0 %" in desk.words.partition("Respuestas por día")[2]
        assert "No hay respuestas tardías por decidir." in desk.words
        await desk.open("/escritorio")
        assert "1 respuesta" in desk.words


@pytest.mark.parametrize(("decision", "event"), [("admit", "ResponseAdmitted"), ("refuse", "ResponseRefused")])
async def test_a_late_response_is_decided_about_with_a_reason(hub: Talking, decision: str, event: str) -> None:
    body = await a_body(hub)
    noe, ana = await an_analyst_of(hub, body), await a_citizen(hub)
    eva = await a_coordinator_of(hub, await a_body(hub, "Otra Comisión", acronym="OC"), "Eva Couoh")
    asked = await a_closed_consultation(hub, body)
    late = await a_response(hub, asked, ana, at=asked.closes_at + HOUR / 2)
    home = f"/escritorio/consultas/{asked.node}"
    await hub.forget()
    async with at_the_desk(hub, noe) as desk, at_the_desk(hub, eva) as other:
        await desk.open("/escritorio")
        assert "1 respuesta tardía por decidir" in desk.words
        await desk.open(f"{home}/cifras")
        path = f"{home}/cifras/Response_{late.id}"
        assert path in desk.leads()
        assert (await other.open(path)).status == 404, "Nobody else knows of it."
        await desk.open(path)
        await desk.send()
        assert (desk.status, desk.faults) == (422, ["decision"])
        await desk.send({"decision": decision})
        assert (desk.status, desk.faults) == (422, ["reason.es"])
        assert await hub.log() == []
        page = desk.response
        await desk.send({"reason.es": "Falló nuestro servidor."})
        assert (desk.path, "No hay respuestas tardías" in desk.words) == (f"{home}/cifras", True)
        desk.response = page
        await desk.send({"reason.es": "Otra.", "idempotencyKey": "another-key-0001"})
        assert desk.status in (409, 422), "It is decided once."
    assert await hub.log() == [event]


async def test_results_are_published_anew_once_more_counts(hub: Talking) -> None:
    body = await a_body(hub)
    julia, ana = await a_coordinator_of(hub, body), await a_citizen(hub)
    asked = await a_closed_consultation(hub, body)
    late = await a_response(hub, asked, ana, at=asked.closes_at + HOUR / 2)
    home = f"/escritorio/consultas/{asked.node}"
    await hub.forget()
    async with at_the_desk(hub, julia) as desk:
        await desk.open(f"{home}/publicar-resultados")
        await desk.send()
        assert (desk.status, "Error: " in Outline(desk.response.text).words("title")) == (409, True)
        assert await hub.log() == []
        await desk.open(f"{home}/cifras/Response_{late.id}")
        await desk.send({"decision": "admit", "reason.es": "Falló nuestro servidor."})
        await desk.open(f"{home}/publicar-resultados")
        await desk.send()
        assert "Hay una nueva entrega de resultados." in desk.words
    assert await hub.log() == ["ResponseAdmitted", "ResultsReleased"]


# ---- who speaks for organisations ------------------------------------------------------------------------------------


async def test_requests_to_represent_are_granted_or_refused_with_a_reason(hub: Talking) -> None:
    luis = await a_secretary_of(hub, await a_body(hub))
    club, other = await an_organization(hub), await an_organization(hub, "Otra Red")
    rosa, ana = await a_citizen(hub, "Rosa Canul"), await a_citizen(hub)
    asked = [await a_pending_representation(hub, who, which) for who, which in ((rosa, club), (ana, other))]
    paths = [f"/escritorio/representaciones/Representation_{id_}" for id_ in asked]
    await hub.forget()
    async with at_the_desk(hub, luis) as desk, at_the_desk(hub, ana) as stranger:
        await desk.open("/escritorio")
        assert "2 por decidir" in desk.words
        await desk.open("/escritorio/representaciones")
        assert set(paths) <= set(desk.leads())
        await desk.open(paths[0])
        assert "Acta constitutiva, foja 3." in desk.words
        await desk.send({"decision": "deny"})
        assert (desk.status, desk.faults) == (422, ["reason"])
        assert (await stranger.open(paths[1])).status == 403
        assert await hub.log() == []
        await desk.send({"decision": "grant"})
        assert "Esa persona ya puede hablar por la organización." in desk.words
        await desk.open(paths[1])
        await desk.send({"decision": "deny", "reason": "No lo muestra."})
        assert "No hay solicitudes por decidir." in desk.words
    assert await hub.log() == ["RepresentationGranted", "RepresentationEnded"]


# ---- lists -----------------------------------------------------------------------------------------------------------


async def test_a_long_list_goes_on_and_is_of_one_s_own_bodies(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra Comisión", acronym="OC")
    julia = await a_coordinator_of(hub, body)
    for n in range(22):
        await a_draft_consultation(hub, body, title=f"Borrador {n:02}")
    address = f"/escritorio/consultas?organismo=Body_{body}&estado=drafts"
    async with at_the_desk(hub, julia) as desk:
        await desk.open("/escritorio")
        assert address in desk.leads()
        assert len(desk.response.content) < 40_000
        await desk.open(address)
        seen = [title for title in titles() if title in desk.words]
        assert len(seen) == 20
        (onward,) = [path for path in desk.leads() if "desde=" in path]
        await desk.open(onward)
        assert seen + [title for title in titles() if title in desk.words] == titles()
        assert address in desk.leads(), "And back to the beginning."
        assert (await desk.open(f"/escritorio/consultas?organismo=Body_{other}")).status == 403
        assert (await desk.open("/escritorio/consultas?estado=nada")).status == 404


def titles() -> list[str]:
    return [f"Borrador {n:02}" for n in range(22)]


# ---- every page ------------------------------------------------------------------------------------------------------


async def test_every_page_is_whole_in_both_languages(hub: Talking) -> None:
    """One first heading, none skipped, ids that are unique, and links that stay in the language."""
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body)
    draft, asked = await a_draft_consultation(hub, body), await an_open_consultation(hub, body)
    async with at_the_desk(hub, julia) as desk:
        for path in pages(draft.node, asked.node):
            spanish, english = [Outline((await desk.open(f"{to}{path}")).response.text) for to in ("", "/en")]
            for language, page in (("es", spanish), ("en", english)):
                assert page.all("html") == [{"lang": language}]
                assert page.headings.count(1) == 1, path
                assert all(after <= before + 1 for before, after in pairwise(page.headings))
                ids = [found["id"] for _, found in page.tags if "id" in found]
                assert len(ids) == len(set(ids)), path
            assert {str(a["href"]) for a in english.all("a") if str(a["href"]).startswith("/escritorio")} <= {path}
            assert spanish.words("title") != english.words("title"), path


def pages(draft: str, asked: str) -> list[str]:
    """The addresses of the desk that can be read of a draft and of an open consultation."""
    parts = ("", "/textos", "/plazos", "/reglas", "/publicar")
    acts = ("", "/cifras", "/ampliar", "/suspender", "/reanudar", "/retirar", "/publicar-resultados", "/invitaciones")
    return [
        "/escritorio",
        "/escritorio/consultas",
        "/escritorio/consultas?estado=running",
        "/escritorio/consultas/nueva",
        "/escritorio/representaciones",
        *(f"/escritorio/consultas/{draft}{part}" for part in parts),
        *(f"/escritorio/consultas/{asked}{act}" for act in acts),
    ]
