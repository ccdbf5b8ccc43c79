"""The board of mandates by the clock, each mandate with what came of it, and the work of the commission at a glance."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import pytest

from tests.frontend.answering import FakeHub, Outline, page_of, reading, said, words
from tests.frontend.deciding import Decided, in_days
from tests.making.instruments import text
from tests.making.mandates import an_ordered_mandate
from tests.making.sittings import a_sitting
from tests.talking import Talking

COMMISSION = "Comisión de Gobierno Abierto"


@pytest.fixture
async def reader(place: tuple[Talking, Decided]) -> AsyncIterator[httpx2.AsyncClient]:
    async with reading(place[0].hub.endpoint) as somebody:
        yield somebody


def between(text: str, start: str, end: str) -> str:
    """Return the part of a page from one heading to the next."""
    return text[text.index(start) : text.index(end)]


async def test_the_board_tells_what_is_overdue_first(decided: Decided, reader: httpx2.AsyncClient) -> None:
    text = await words(reader, "/mandatos")
    assert "5 mandatos" in text
    overdue = between(text, "Atrasados 2", "Vencen en 30 días")
    assert overdue.index("Informe atrasado") < overdue.index("Informe tardío")
    assert "En curso Atrasado para el" in overdue
    assert "12 días de atraso" in overdue
    assert "1 día de atraso" in overdue
    assert f"responsable: {COMMISSION} · lo ordenó por iniciativa propia" in overdue
    soon = between(text, "Vencen en 30 días o menos 1", "Para después, o sin fecha 1")
    assert "Consulta sobre el agua" in soon
    assert "faltan 20 días" in soon
    assert "lo ordena Acuerdo sobre el agua" in soon
    later = between(text, "Para después, o sin fecha 1", "Entregados, concluidos o cancelados 1")
    assert "faltan 90 días" in later
    assert "Sobra" in text[text.index("Entregados, concluidos o cancelados 1") :]


async def test_the_figures_of_each_body(decided: Decided, reader: httpx2.AsyncClient) -> None:
    response = await reader.get("/mandatos")
    page = Outline(response.text)
    assert page.words("tbody") == f"{COMMISSION}240001"
    assert "Pendientes (incluye atrasados)" in page.words("thead")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?estado=atrasados", ["Informe atrasado", "Informe tardío"]),
        ("?estado=pendientes", ["Consulta sobre el agua", "Estudio del agua"]),
        ("?estado=cancelados", ["Sobra"]),
        ("?estado=concluidos", []),
        ("?estado=pendientes&clase=estudios", ["Estudio del agua"]),
        ("?clase=informes", ["Informe atrasado", "Informe tardío", "Sobra"]),
        ("?instrumento={instrument}", ["Consulta sobre el agua", "Estudio del agua"]),
        ("?texto=tardío", ["Informe tardío"]),
        ("?organismo={body}&estado=atrasados", ["Informe atrasado", "Informe tardío"]),
        ("?clase=criterios", []),
    ],
)
async def test_the_board_is_narrowed_down(
    decided: Decided, reader: httpx2.AsyncClient, query: str, found: list[str]
) -> None:
    known = {"body": f"Body_{decided.sitting.body_id}", "instrument": decided.acuerdo["id"]}
    html = (await reader.get(f"/mandatos{query.format(**known)}")).text
    page = Outline(html)
    names = ("Informe atrasado", "Informe tardío", "Consulta sobre el agua", "Estudio del agua", "Sobra")
    register = page.words("ul")
    assert [name for name in names if name in register] == found
    count = f"{len(found)} mandato" + ("" if len(found) == 1 else "s")
    assert count in page.words()
    assert ("Ningún mandato cumple" in page.words()) is not bool(found)


async def test_a_mandate_tells_what_ordered_it(decided: Decided, reader: httpx2.AsyncClient) -> None:
    response = await reader.get(f"/mandatos/{decided.mandates['CONSULTATION']}")
    text = Outline(response.text).words()
    assert "Mandato · Consulta Consulta sobre el agua" in text
    assert "Lo que dice la orden PrimeroSe ordena una consulta sobre el agua. Acuerdo sobre el agua" in text
    assert text.count("Se ordena una consulta sobre el agua.") == 1
    assert f"ResponsableVocal 2, integrante ({COMMISSION})" in text
    assert "Consultas que lo cumplen Abierta" in text
    assert f'href="/instrumentos/{decided.acuerdo["id"]}#p-primero"' in response.text
    study = await reader.get(f"/mandatos/{decided.mandates['STUDY']}")
    assert "El estudio que lo cumple Diagnóstico del agua" in Outline(study.text).words()
    assert f'href="/estudios/{decided.study}"' in study.text


async def test_a_mandate_tells_what_happened_to_it(decided: Decided, reader: httpx2.AsyncClient) -> None:
    late = await words(reader, f"/mandatos/{decided.overdue}")
    story = late[late.index("Qué ha pasado") :]
    assert story.index("Se ordenó") < story.index("Cambió la fecha") < story.index("Faltaban datos.")
    assert "12 días de atraso. La fecha pasó sin una entrega." in late
    over = await words(reader, f"/mandatos/{decided.cancelled}")
    assert "Cancelado" in over
    assert "Por qué terminóYa no hace falta." in over
    assert "atraso" not in over


async def test_a_consultation_shows_its_order(decided: Decided, reader: httpx2.AsyncClient) -> None:
    response = await reader.get(f"/consultas/{decided.consultation}")
    text = Outline(response.text).words()
    assert "El párrafo que la ordena dice: Se ordena una consulta sobre el agua. Acuerdo sobre el agua" in text
    assert text.count("Se ordena una consulta sobre el agua.") == 1
    assert f'href="/instrumentos/{decided.acuerdo["id"]}"' in response.text
    assert f'href="/instrumentos/{decided.acuerdo["id"]}#p-primero"' in response.text


async def test_the_work_at_a_glance(decided: Decided, reader: httpx2.AsyncClient) -> None:
    response = await reader.get("/trabajo")
    text = Outline(response.text).words()
    assert "En sesión ahora Sesión ordinaria" in text
    assert "No hay sesiones convocadas." in text
    assert text.index("Acuerdo que corrige") < text.index("Acuerdo sobre el agua")
    assert "Atrasados 2 Informe atrasado" in text
    assert "Vencen en 30 días o menos 1 Consulta sobre el agua" in text
    assert "Diagnóstico del agua" in text
    for address in ("/sesiones", "/instrumentos", "/mandatos", "/estudios"):
        assert f'href="{address}"' in response.text
    assert '<a href="/trabajo" aria-current="page">Qué se decide</a>' in response.text


async def test_the_first_page_tells_what_was_decided_last(decided: Decided, reader: httpx2.AsyncClient) -> None:
    home = await reader.get("/")
    text = Outline(home.text).words()
    assert "Lo último que se decidió" in text
    assert text.index("Acuerdo que corrige") < text.index("Acuerdo sobre el agua")
    assert f'href="/instrumentos/{decided.amending["id"]}"' in home.text


async def test_one_search_finds_what_was_decided_too(decided: Decided, reader: httpx2.AsyncClient) -> None:
    text = await words(reader, "/buscar?q=agua")
    for told in ("Consultas 1", "Instrumentos 1", "Mandatos 5", "Estudios 1", "8 resultados"):
        assert told in text
    sessions = await words(reader, "/buscar?q=ordinaria")
    assert "Sesiones 1 Sesión ordinaria" in sessions


async def test_whoever_owes_the_most_stands_first_and_what_is_imported_says_so() -> None:
    fake = FakeHub()
    of_each = {
        "Archivos": {"open": 9, "overdue": 0},
        "Bosques": {"open": 0, "overdue": 0},
        "Caminos": {"open": 3, "overdue": 2},
        "Datos": {"open": 1, "overdue": 0, "cancelled": 4},
    }
    nothing = dict.fromkeys(("open", "overdue", "delivered", "deliveredLate", "discharged", "cancelled"), 0)
    bodies = [
        {"id": f"Body_{name}", "title": said(name), "mandateFigures": nothing | known}
        for name, known in of_each.items()
    ]
    ordered = {"__typename": "Organization", "id": "Organization_1", "title": said("Another Project", "en")}
    owed = {
        **dict.fromkeys(("dueOn", "paragraph", "instrument", "responsible")),
        "id": "Mandate_1",
        "origin": "IMPORT",
        "kind": "CONSULTATION",
        "state": "IN_PROGRESS",
        "overdue": False,
        "deliveredLate": False,
        "title": said("Lo de otra plataforma"),
        "orderedBy": ordered,
    }
    groups = {"overdue": page_of(), "pending": page_of(owed), "soon": {"totalCount": 0}, "over": page_of()}
    fake.data["Board"] = {**groups, "bodies": {"nodes": bodies}}
    async with reading(fake) as reader:
        page = Outline((await reader.get("/mandatos")).text)
    assert page.words("tbody") == "Caminos230000 Archivos090000 Datos010004"
    assert "Sin fecha Consulta · responsable: Another Project · viene de un registro de otra plataforma" in page.words()


async def test_with_nothing_there_it_says_so(hub: Talking) -> None:
    async with reading(hub.hub.endpoint) as reader:
        board, work = await words(reader, "/mandatos"), await words(reader, "/trabajo")
        assert "Lo último que se decidió" not in await words(reader, "/")
    assert "Todavía no hay mandatos." in board
    for told in (
        "No hay sesiones convocadas.",
        "Todavía no hay instrumentos publicados.",
        "No hay nada atrasado.",
        "Nada vence en los próximos 30 días.",
        "Todavía no hay estudios.",
    ):
        assert told in work


async def test_what_is_due_today_is_not_overdue_and_a_list_goes_on(hub: Talking) -> None:
    sitting = await a_sitting(hub, voting=1)
    for n in range(22):
        known = {"title": text(f"Trabajo {n:02}"), "dueOn": in_days(n * 2)}
        await an_ordered_mandate(hub, sitting.body_id, by=sitting.coordinator, **known)
    async with reading(hub.hub.endpoint) as reader:
        board = await reader.get("/mandatos")
        page = Outline(board.text)
        assert "No hay nada atrasado." in page.words()
        assert "vence hoy" in page.words()
        assert "Vencen en 30 días o menos 16" in page.words()
        assert "Para después, o sin fecha 6" in page.words()
        assert "Ver 2 más" in page.words()
        assert 'href="/mandatos?estado=pendientes"' in board.text
        listed = Outline((await reader.get("/mandatos?estado=pendientes")).text)
        (onward,) = [str(found["href"]) for found in listed.all("a") if found.get("rel") == "next"]
        rest = await words(reader, f"/mandatos{onward}")
    assert [n for n in range(22) if f"Trabajo {n:02}" in rest] == [20, 21]
