"""The gallery: every part that pages are made of, once each, as a new page would use it. The tests look at it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from frontend_stub.showing import form_shown

WRONG = [
    {"field": "name", "message": "Escribe tu nombre."},
    {"field": "why", "message": "Son 12 caracteres de más."},
    {"field": "text.es", "message": "Falta el texto en español."},
    {"field": "one", "message": "Elige una opción."},
    {"field": "some", "message": "Elige tres opciones como máximo."},
    {"field": "sure", "message": "Marca la casilla para seguir."},
    {"field": "place", "message": "Elige un estado."},
    {"field": "order", "message": "Da cada lugar una sola vez, desde el 1 y sin saltos."},
]
LONG = (
    "Una opción con un nombre tan largo que en una pantalla pequeña ocupa varios renglones y no por eso se sale de ella"
)
CHOICES = [
    {"code": "a", "label": "Primera opción"},
    {"code": "b", "label": LONG, "hint": "Esto explica un poco más."},
    {"code": "c", "label": "Supercalifragilísticoespialidosoinstitucionalmenteconstitucional"},
]


async def page(request: Request) -> Response:
    """Show every part; with `?faults`, the forms as they are after something was wrong."""
    wrong = WRONG if "faults" in request.query_params else []
    return form_shown(request, "gallery.html", status=200, errors=wrong, choices=CHOICES, long=LONG, thread=_thread())


def _thread() -> list[dict[str, object]]:
    """Return a conversation that goes deeper than a page follows it."""
    replies: list[dict[str, object]] = []
    for depth in (4, 3, 2, 1):
        replies = [
            {
                "id": f"c{depth}",
                "author": f"Persona {depth}",
                "when": "3 de marzo de 2031, 10:00",
                "text": f"Nivel {depth}.\n\n{LONG}",
                "replies": replies,
                "more": "?seguir=c4",
            }
        ]
    return replies


routes = [Route("/muestrario", page)]
