"""Who writes drafts on the desk, and until when: officers of the body, signed in, as long as nothing is published."""

from __future__ import annotations

from tests.cast import a_citizen, a_coordinator_of, an_analyst_of
from tests.consultations.test_reading_back import NOW
from tests.frontend.answering import reading
from tests.frontend.at_the_desk import AtTheDesk, at_the_desk
from tests.frontend.test_desk_drafts import FIRST, NEW, PARTS, drafted
from tests.frontend.test_drafting import as_read
from tests.making.bodies import a_body
from tests.making.consultations import a_draft_consultation
from tests.talking import Talking


async def test_what_was_typed_outlives_a_sign_in_that_has_ended(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    julia = await a_coordinator_of(hub, body, at=NOW)
    with hub.at(NOW):
        id_ = await drafted(hub, body, julia)
        async with at_the_desk(hub, julia) as desk:
            await desk.open(f"/escritorio/consultas/{id_}/textos")
            desk.browser.cookies.set("hub-session", "hub_pat_no-more")
            await desk.send({"title.es": "Lo que escribí"})
            assert (desk.status, desk.fields["title.es"]) == (403, "Lo que escribí")
            desk.browser.cookies.set("hub-session", julia.token or "")
            await desk.send()
            assert desk.path == f"/escritorio/consultas/{id_}"
        assert (await as_read(hub, id_, julia)).name == "Lo que escribí"


async def test_what_is_published_is_no_draft_any_more(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await a_coordinator_of(hub, body)
    draft = await a_draft_consultation(hub, body)
    home = f"/escritorio/consultas/{draft.node}"
    async with at_the_desk(hub, julia) as desk, at_the_desk(hub, julia) as other:
        await other.open(f"{home}/textos")
        await desk.open(f"{home}/publicar")
        await desk.send({"sure": "yes"})
        await hub.forget()
        assert (await other.send({"title.es": "Otro"})).status == 409
        assert (await other.open(f"{home}/textos")).status == 409
        assert other.words.startswith("Esta consulta ya se publicó")
    assert await hub.log() == []


# ---- who may not -----------------------------------------------------------------------------------------------------


async def refused_everywhere(hub: Talking, desk: AtTheDesk, id_: str, *, status: int) -> None:
    """No page of a draft is shown, and no form of it is taken."""
    home = f"/escritorio/consultas/{id_}"
    pairs = [("form", await own(desk)), ("title.es", "Robada"), ("sure", "yes"), ("reason.es", "x"), ("count", "1")]
    for rest in ("", *(f"/{part}" for part in PARTS), "/cifras", "/invitaciones"):
        assert (await desk.open(f"{home}{rest}")).status == status, rest
        if rest not in ("", "/cifras"):
            assert (await desk.post(f"{home}{rest}", pairs)).status == status, rest
    # The page of an act is for whoever sees the thing; a draft is not there for anybody else.
    assert (await desk.open(f"{home}/publicar")).status == 404
    assert (await desk.post(f"{home}/publicar", pairs)).status == 404


async def own(desk: AtTheDesk) -> str:
    """What shows that a form is of this browser."""
    await desk.open("/cuenta")
    return desk.fields["form"]


async def test_a_stranger_and_an_officer_of_another_body_are_refused(hub: Talking) -> None:
    body, other = await a_body(hub), await a_body(hub, "Otra Comisión", acronym="OC")
    draft = await a_draft_consultation(hub, body)
    ana, eva = await a_citizen(hub), await a_coordinator_of(hub, other, "Eva Couoh")
    await hub.forget()
    async with at_the_desk(hub, ana) as desk:
        await refused_everywhere(hub, desk, draft.node, status=403)
        for path in ("/escritorio", NEW, "/escritorio/representaciones"):
            assert (await desk.open(path)).status == 403
            assert "Tu cuenta no tiene ninguno de esos cargos" in desk.words
        assert (await desk.open("/en/escritorio")).words.startswith("The desk is for the staff of a body")
    async with at_the_desk(hub, eva) as desk:
        await refused_everywhere(hub, desk, draft.node, status=404)
        assert (await desk.open(f"{NEW}?organismo=Body_{body}")).status == 403
        await desk.open(NEW)
        assert (await desk.send({**FIRST, "organismo": f"Body_{body}"})).status == 403
    async with reading(hub.hub.endpoint) as nobody:
        response = await nobody.get(f"/escritorio/consultas/{draft.node}/textos")
        assert response.headers["location"].startswith("/entrar?return_to=/escritorio/consultas/")
    assert await hub.log() == []
    assert (await hub.rows("SELECT count(*) AS n FROM consultation")) == [{"n": 1}]


async def test_another_site_s_form_is_refused(hub: Talking) -> None:
    body = await a_body(hub)
    julia, draft = await a_coordinator_of(hub, body), await a_draft_consultation(hub, body)
    await hub.forget()
    async with at_the_desk(hub, julia) as desk:
        await own(desk)
        for rest in ("textos", "plazos", "reglas", "publicar", "invitaciones", "invitaciones/archivo"):
            path = f"/escritorio/consultas/{draft.node}/{rest}"
            assert (await desk.post(path, [("form", "0" * 64), ("sure", "yes")])).status == 403, rest
        assert (await desk.post(NEW, [("form", "0" * 64)])).status == 403
    assert await hub.log() == []


async def test_an_analyst_writes_and_does_not_publish(hub: Talking) -> None:
    body = await a_body(hub)
    noe, draft = await an_analyst_of(hub, body), await a_draft_consultation(hub, body)
    home = f"/escritorio/consultas/{draft.node}"
    await hub.forget()
    async with at_the_desk(hub, noe) as desk:
        await desk.open(home)
        assert f"{home}/publicar" not in desk.leads()
        assert "coordinación" in desk.words.partition("Publicar la consulta")[2]
        await desk.open(f"{home}/publicar")
        assert "sure" not in desk.fields
        pairs = [("form", await own(desk)), ("sure", "yes")]
        assert (await desk.post(f"{home}/publicar", pairs)).status == 403
        assert await hub.log() == []
        await desk.open(f"{home}/textos")
        await desk.send({"title.es": "De Noé"})
        assert "Los textos quedaron guardados." in desk.words
    assert await hub.log() == ["MandateReworded", "ConsultationEdited"]
