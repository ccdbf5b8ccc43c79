"""Every page of the front end, in a hub with the demonstration in it: where each is, and who looks at it.

A page that is new has to be entered here (`test_every_page_is_looked_at`), and is looked at from then on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.routing import Route

from frontend_stub.app import PAGES

EVERYBODY, CITIZEN, ANSWERED, OFFICER = "everybody", "a citizen", "whoever answered", "an officer"


@dataclass(frozen=True)
class Look:
    """A page to look at: the pattern of its address, what stands there, who looks, and the status."""

    pattern: str
    query: str = ""
    by: str = EVERYBODY
    of: str = "open"
    """Which of the world's things the `{id}` of the pattern is."""

    status: int = 200
    fill: dict[str, str] = field(default_factory=dict)
    """What stands in the other gaps: one of the world's things, or after `=` just that."""

    def __str__(self) -> str:
        return f"{self.pattern}{self.query} of {self.of} by {self.by}"


DESK = "/escritorio/consultas/{id}"
ACT = "/escritorio/{things}/{id}/{act}"

READ = (
    Look("/"),
    Look("/consultas"),
    Look("/consultas", "?texto=zzzz"),
    Look("/consultas/{id}"),
    Look("/consultas/{id}", of="closed"),
    Look("/consultas/{id}", of="imported"),
    Look("/consultas/{id}/cambios"),
    Look("/consultas/{id}/resultados", of="closed"),
    Look("/consultas/{id}/resultados", of="imported"),
    Look("/consultas/{id}/desgloses", "?por=capacidad", of="closed"),
    Look("/consultas/{id}/respuestas", of="closed"),
    Look("/consultas/{id}/respuestas/{response}", of="closed", fill={"response": "response"}),
    Look("/consultas/{id}", of="answered"),
    Look("/consultas/{id}/resultados", of="answered"),
    Look("/consultas/{id}/contestacion", of="answered"),
    Look("/consultas/{id}/contestacion/{statement}", of="answered", fill={"statement": "statement"}),
    Look("/recibos"),
    Look("/estudios"),
    Look("/estudios", "?clase=opinion"),
    Look("/estudios/{id}", of="study"),
    *(Look(f"/estudios/{{id}}/{part}", of="study") for part in ("revision", "hallazgos", "recomendaciones", "datos")),
    Look("/organizaciones"),
    Look("/organizaciones/{id}", of="organization"),
    Look("/organismos/{id}", of="body"),
    Look("/organismos/{id}/integrantes", of="body"),
    Look("/organismos/{id}/integrantes", "?estado=anteriores", of="body"),
    Look("/organismos/{id}/documentos", of="body"),
    Look("/organizaciones", "?clase=grupos"),
    Look("/mandatos/{id}", of="mandate"),
    Look("/convenios"),
    Look("/convenios", "?texto=zzzz"),
    Look("/convenios/{id}", of="agreement"),
    Look("/organismos/{id}/integrantes", "?estado=por-declarar", of="body"),
    Look("/sesiones"),
    Look("/sesiones", "?texto=zzzz"),
    Look("/sesiones/{id}", of="session"),
    Look("/sesiones/{id}", of="convened"),
    Look("/sesiones/{id}/acta", of="session"),
    Look("/votaciones/{id}", of="vote"),
    Look("/trabajo"),
    Look("/instrumentos"),
    Look("/instrumentos", "?texto=zzzz"),
    Look("/instrumentos/{id}", of="instrument"),
    Look("/instrumentos/{id}/cambios", of="instrument"),
    Look("/mandatos"),
    Look("/mandatos", "?estado=atrasados"),
    Look("/mandatos", "?texto=zzzz"),
    Look("/buscar"),
    Look("/buscar", "?q=ayuntamiento"),
    Look("/buscar", "?q=zzzz"),
    Look("/nada", status=404),
)

OWN = (
    Look("/consultas/{id}/responder", by=CITIZEN),
    Look("/consultas/{id}/responder", "?parte=1", by=CITIZEN),
    Look("/consultas/{id}/responder", "?parte=2", by=CITIZEN),
    Look("/consultas/{id}/responder", "?parte=4", by=CITIZEN),
    Look("/consultas/{id}/responder/revisar", by=CITIZEN),
    Look("/consultas/{id}/responder/despues", by=CITIZEN),
    Look("/consultas/{id}/responder/seguir"),
    Look("/consultas/{id}/responder/descartar", by=CITIZEN),
    Look("/consultas/{id}/responder", by=ANSWERED),
    Look("/consultas/{id}/recibo", by=ANSWERED),
    Look("/consultas/{id}/responder/publicacion", by=ANSWERED),
    Look("/consultas/{id}/responder/retirar", by=ANSWERED),
    Look("/cuenta/respuestas", by=ANSWERED),
    Look("/entrar"),
    Look("/entrar", "?code=12345678"),
    Look("/cuenta", by=CITIZEN),
    Look("/cuenta/tokens", by=CITIZEN),
    Look("/cuenta/tokens/revocar", "?id={token}", by=CITIZEN, fill={"token": "token"}),
    Look("/cuenta/programas", by=CITIZEN),
    Look("/cuenta/programas/nuevo", by=CITIZEN),
    Look("/cuenta/programas/{id}", by=CITIZEN, of="client"),
    *(Look(f"/cuenta/programas/{{id}}/{act}", by=CITIZEN, of="client") for act in ("cambiar", "revocar", "terminar")),
    Look("/cuenta/representaciones/{id}/terminar", by=CITIZEN, of="representation"),
    Look("/cuenta/representaciones", by=CITIZEN),
    Look("/organizaciones/{id}/representar", of="organization", by=CITIZEN),
    Look("/organismos/{id}/ingresar", of="body", by=CITIZEN),
    Look("/organismos/{id}/ingresar", of="body", by=ANSWERED),
    Look("/cuenta/ingresos", by=CITIZEN),
    Look("/cuenta/ingresos", by=OFFICER),
    Look("/cuenta/ingresos/{id}", of="join_request", by=CITIZEN),
    Look("/cuenta/ingresos/{id}", of="invitation", by=ANSWERED),
    Look("/cuenta/lugares", by=OFFICER),
    Look("/cuenta/lugares", by=CITIZEN),
    Look("/cuenta/lugares/{id}", of="proposal", by=CITIZEN),
    Look("/cuenta/lugares/{id}", of="membership", by=ANSWERED),
    Look("/cuenta/lugares/{id}/intereses", of="membership", by=ANSWERED),
    Look("/cuenta/respuestas", by=CITIZEN),
    Look("/cuenta/datos", by=CITIZEN),
    Look("/cuenta/datos/borrar", by=CITIZEN),
)

DESK_LOOKS = (
    Look("/escritorio", by=OFFICER),
    Look("/escritorio", by=CITIZEN, status=403),
    Look("/escritorio/consultas", by=OFFICER),
    Look("/escritorio/consultas/nueva", by=OFFICER),
    Look(DESK, by=OFFICER),
    Look(DESK, by=OFFICER, of="draft"),
    Look(DESK, by=OFFICER, of="closed"),
    *(Look(f"{DESK}/{name}", by=OFFICER, of="draft") for name in ("textos", "plazos", "reglas")),
    Look(f"{DESK}/cifras", by=OFFICER),
    *(
        Look(ACT, by=OFFICER, of=of, fill={"things": "=consultas", "act": act})
        for of, act in (
            ("draft", "=publicar"),
            ("open", "=ampliar"),
            ("open", "=acortar"),
            ("open", "=retirar"),
            ("open", "=reanudar"),
            ("closed", "=publicar-resultados"),
        )
    ),
    Look(f"{DESK}/invitaciones", by=OFFICER),
    Look(f"{DESK}/preguntas", by=OFFICER, of="draft"),
    Look(f"{DESK}/preguntas/nueva", "?parte=1", by=OFFICER, of="draft"),
    Look(f"{DESK}/preguntas/nueva", "?parte=1&tipo=MATRIX", by=OFFICER, of="draft"),
    Look(f"{DESK}/preguntas/parte/nueva", by=OFFICER, of="draft"),
    Look(f"{DESK}/preguntas/parte/{{at}}", by=OFFICER, of="draft", fill={"at": "first"}),
    Look(f"{DESK}/preguntas/pregunta/{{code}}", by=OFFICER, of="draft", fill={"code": "question"}),
    Look(f"{DESK}/preguntas/pregunta/{{code}}/condicion", by=OFFICER, of="draft", fill={"code": "question"}),
    Look(f"{DESK}/vista", by=OFFICER, of="draft"),
    Look(f"{DESK}/corregir", by=OFFICER),
    Look("/escritorio/organismos/{id}", by=OFFICER, of="body"),
    Look(ACT, by=OFFICER, of="body", fill={"things": "=organismos", "act": "=nueva-sesion"}),
    Look(
        ACT,
        by=OFFICER,
        of="body",
        fill={"things": "=organismos", "act": "=reglas-de-sesion"},
    ),
    Look("/escritorio/sesiones/{id}", by=OFFICER, of="session"),
    Look("/escritorio/sesiones/{id}", by=OFFICER, of="convened"),
    Look("/escritorio/instrumentos/{id}", by=OFFICER, of="instrument"),
    Look("/escritorio/mandatos/{id}", by=OFFICER, of="mandate"),
    Look("/escritorio/convenios/{id}", by=OFFICER, of="agreement"),
    Look(
        ACT,
        by=OFFICER,
        of="agreement",
        fill={"things": "=convenios", "act": "=prorrogar"},
    ),
    Look(
        ACT,
        by=OFFICER,
        of="body",
        fill={"things": "=organismos", "act": "=nuevo-convenio"},
    ),
    Look("/escritorio/estudios/{id}", by=OFFICER, of="study"),
    *(
        Look(ACT, by=OFFICER, of="convened", fill={"things": "=sesiones", "act": act})
        for act in ("=asistencia", "=cambiar-convocatoria", "=cancelar", "=abrir")
    ),
    Look(
        ACT,
        by=OFFICER,
        of="body",
        fill={"things": "=organismos", "act": "=nuevo-instrumento"},
    ),
    *(Look("/escritorio/expedientes/{id}", by=OFFICER, of=thing) for thing in ("body", "study", "convened")),
    *(
        Look(ACT, by=OFFICER, of=thing, fill={"things": things, "act": act})
        for thing, things, act in (("study", "=expedientes", "=agregar"), ("paper", "=documentos", "=retirar"))
    ),
    Look("/escritorio/representaciones", by=OFFICER),
    Look("/escritorio/representaciones/{id}", by=OFFICER, of="asked"),
)

ABOUT = (
    Look("/api"),
    Look("/explorador"),
    Look("/explorador", "?tipo=Consultation"),
    *(Look(f"/{name}") for name in ("accesibilidad", "privacidad", "terminos", "contacto")),
    Look("/muestrario"),
    Look("/muestrario", "?faults", status=422),
)

LOOKS = (*READ, *OWN, *DESK_LOOKS, *ABOUT)

LISTS = frozenset({
    "/",
    "/consultas",
    "/trabajo",
    "/sesiones",
    "/instrumentos",
    "/mandatos",
    "/convenios",
    "/estudios",
    "/organizaciones",
    "/organismos/{id}/integrantes",
    "/organismos/{id}/documentos",
    "/buscar",
    "/consultas/{id}/respuestas",
    "/escritorio",
})  # fmt: skip
"""Pages of which a list is the most part: they come to slow telephones in one round trip."""

ELSEWHERE = {
    "/entrar/regreso": "leads on",
    "/cuenta/enlazar/{provider}": "leads on",
    "/documentos/{id}": "leads to a file",
    "/documentos/respuestas/{id}": "leads to a file",
    "/borrada": "is seen by whoever has just been erased (test_account_in_a_browser.py)",
    "/consultas/{id}/resultados.csv": "is a file",
    "/consultas/{id}/resultados.json": "is a file",
    "/consultas/{id}/vivo": "is a stream",
    "/sesiones/{id}/vivo": "is asked by a page",
    "/escritorio/consultas/{id}/corregir/hecho": "is seen by whoever has just corrected",
    "/escritorio/consultas/{consultation}/cifras/{id}": "takes a late response",
}
"""What nobody can just go to and look at, and why."""


def patterns() -> set[str]:
    """Return the addresses of all pages that can be read."""
    return {
        route.path.replace(":int}", "}")
        for page in PAGES
        for route in page.routes
        if isinstance(route, Route) and (route.methods is None or "GET" in route.methods)
    }
