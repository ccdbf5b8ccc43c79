"""What made-up participants answer: by chance, but their answers hang together and are not even."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal

from hub.consultations.validating import GivenAnswer, RowAnswer

Weights = Mapping[str, float]

PLACES: Weights = {"ciudad-grande": 42, "ciudad-media": 27, "cabecera": 18, "rural": 13}

SEARCHES: Weights = {"encontre": 21, "no-encontre": 46, "no-busque": 33}

SERVICES: dict[str, Weights] = {
    "ciudad-grande": {
        "agua": 30, "basura": 14, "alumbrado": 12, "calles": 22, "seguridad": 30, "tramites": 20,
        "transporte": 24,
        "parques": 8,
    },
    "ciudad-media": {
        "agua": 32, "basura": 18, "alumbrado": 16, "calles": 26, "seguridad": 22, "tramites": 18,
        "transporte": 12,
        "parques": 8,
    },
    "cabecera": {
        "agua": 38, "basura": 22, "alumbrado": 22, "calles": 20, "seguridad": 12, "tramites": 10,
        "transporte": 8,
        "parques": 5,
    },
    "rural": {
        "agua": 46, "basura": 12, "alumbrado": 24, "calles": 24, "seguridad": 8, "tramites": 10,
        "transporte": 22,
        "parques": 2,
    },
}  # fmt: skip

WATER: Weights = {"tandeo": 34, "calidad": 22, "fugas": 26, "tarifas": 24, "obras": 18}

PACES: Weights = {"semanal": 22, "mensual": 51, "trimestral": 20, "final": 7}

FORMS: dict[str, Weights] = {
    "ciudad-grande": {"mapa": 34, "datos": 26, "mensajes": 28, "mampara": 6, "radio": 3},
    "ciudad-media": {"mapa": 28, "datos": 18, "mensajes": 32, "mampara": 12, "radio": 8},
    "cabecera": {"mapa": 16, "datos": 8, "mensajes": 30, "mampara": 28, "radio": 20},
    "rural": {"mapa": 8, "datos": 4, "mensajes": 26, "mampara": 22, "radio": 38},
}

LANGUAGES: dict[str, Weights] = {
    "ciudad-grande": {"lengua": 8, "facil": 30, "ambas": 22, "ninguna": 40},
    "ciudad-media": {"lengua": 10, "facil": 28, "ambas": 26, "ninguna": 36},
    "cabecera": {"lengua": 22, "facil": 22, "ambas": 34, "ninguna": 22},
    "rural": {"lengua": 32, "facil": 12, "ambas": 44, "ninguna": 12},
}

QUALITY: dict[str, Weights] = {
    "agua": {"util": 12, "parcial": 34, "inutil": 54},
    "basura": {"util": 28, "parcial": 44, "inutil": 28},
    "calles": {"util": 8, "parcial": 26, "inutil": 66},
}

AGES: Weights = {"menos-30": 28, "30-44": 37, "45-59": 24, "60-mas": 11}

ORDERS: dict[str, Weights] = {
    "ciudadania": {"casos": 40, "cifras": 25, "fallas": 35},
    "organizacion": {"casos": 45, "cifras": 25, "fallas": 30},
    "periodismo": {"casos": 20, "cifras": 35, "fallas": 45},
    "academia": {"casos": 15, "cifras": 60, "fallas": 25},
    "servicio-publico": {"casos": 40, "cifras": 40, "fallas": 20},
}

NEEDS = (
    "Que iba a faltar el agua cuatro días. Me enteré cuando ya no había en el tinaco.",
    "El horario real del camión de la basura, no el de hace tres años que sigue en la página.",
    "Qué papeles pide la licencia para abrir una tienda. Fui cinco veces a la ventanilla.",
    "A quién reportar una luminaria fundida y cuánto tardan en ir.",
    "Cuánto costó la obra de mi calle y quién la hizo, porque a los seis meses ya tenía baches.",
    "Por qué rutas pasa el transporte desde que cerraron la avenida.",
    "El resultado del análisis del pozo. Aquí todos compramos garrafones por si las dudas.",
    "Cómo calculan el recibo del agua: me llegó al triple y nadie supo explicarme.",
    "Las fechas de la campaña de vacunación de perros y gatos.",
    "Si el parque de la colonia es del municipio o de un particular, para saber quién lo limpia.",
    "Los puntos donde se inunda cuando llueve fuerte, en un mapa que se actualice.",
    "El directorio de las delegaciones con un teléfono que sí contesten.",
    "Cuándo sesiona el cabildo y qué se va a votar, antes y no después.",
    "En la comunidad no hay internet: que lo pongan impreso en la clínica y en la escuela.",
    "Que lo digan también en náhuatl por la bocina, porque mi mamá no lee español.",
    "Los requisitos del programa de apoyo al campo, con la fecha en que cierran de verdad.",
    "Si la banqueta rota ya está reportada, para no reportarla diez veces.",
    "Qué días hay médico en el centro de salud.",
    "Where to pay the property tax online; the page only lists an office that has moved.",
    "Qué calles van a cerrar por la feria y cómo rodearlas.",
)

PROFILES: Weights = {
    "ciudadania": 54, "organizacion": 15, "periodismo": 8, "academia": 10, "servicio-publico": 13,
}  # fmt: skip

USES: dict[str, Weights] = {
    "ciudadania": {"semanal": 6, "mensual": 21, "ocasional": 47, "nunca": 26},
    "organizacion": {"semanal": 38, "mensual": 44, "ocasional": 16, "nunca": 2},
    "periodismo": {"semanal": 66, "mensual": 28, "ocasional": 6, "nunca": 0.5},
    "academia": {"semanal": 35, "mensual": 45, "ocasional": 18, "nunca": 2},
    "servicio-publico": {"semanal": 44, "mensual": 30, "ocasional": 20, "nunca": 6},
}

MARKS: dict[str, Weights] = {
    "ciudadania": {
        "reutilizacion": 14, "tramites": 34, "comprension": 38, "oportunidad": 20, "accesibilidad": 24,
        "correccion": 12,
    },
    "organizacion": {
        "reutilizacion": 40, "tramites": 14, "comprension": 24, "oportunidad": 28, "accesibilidad": 26,
        "correccion": 24,
    },
    "periodismo": {
        "reutilizacion": 30, "tramites": 8, "comprension": 12, "oportunidad": 46, "accesibilidad": 14,
        "correccion": 34,
    },
    "academia": {
        "reutilizacion": 46, "tramites": 8, "comprension": 16, "oportunidad": 18, "accesibilidad": 24,
        "correccion": 30,
    },
    "servicio-publico": {
        "reutilizacion": 16, "tramites": 44, "comprension": 28, "oportunidad": 16, "accesibilidad": 18,
        "correccion": 10,
    },
}  # fmt: skip

NAMED: dict[str, Weights] = {
    "ciudadania": {"si": 70, "mejores": 12, "no": 18},
    "organizacion": {"si": 82, "mejores": 8, "no": 10},
    "periodismo": {"si": 92, "mejores": 3, "no": 5},
    "academia": {"si": 66, "mejores": 12, "no": 22},
    "servicio-publico": {"si": 30, "mejores": 38, "no": 32},
}

ROUNDS: Weights = {"seis-meses": 24, "un-ano": 61, "dos-anos": 15}

REMARKS = (
    "Que se cuente a las personas que la usaron, no los documentos que se subieron.",
    "Que haya un responsable con nombre y correo por si algo está mal.",
    "Que se revise si el archivo abre. La mitad son imágenes escaneadas.",
    "Preguntar antes de publicar. Casi nunca nos preguntan qué nos sirve.",
    "Que no castiguen a los municipios chicos que no tienen personal.",
    "Ejemplos. Con un caso de uso contado con claridad se entiende más que con diez indicadores.",
    "Que midan si bajaron las solicitudes de información sobre el mismo tema.",
    "Lenguas indígenas, y no solo el resumen.",
    "Que los datos históricos no desaparezcan cuando cambia la administración.",
    "Publicar también lo que salió mal y qué se aprendió.",
    "Que las organizaciones podamos registrar los usos que hicimos de los datos.",
    "Formatos abiertos y con diccionario; un tablero bonito sin descarga no sirve para investigar.",
    "Que la evaluación la haga alguien de fuera.",
    "Menos indicadores y más seguimiento.",
    "That the data can be linked: the same code for the same municipality everywhere.",
    "Que tome en cuenta a quien no tiene internet.",
)


def about_services(chance: random.Random) -> list[GivenAnswer]:
    """Answer the consultation about municipal services."""
    place = one(chance, PLACES)
    answers = [
        GivenAnswer(question="lugar", option=place),
        GivenAnswer(question="busqueda", option=one(chance, SEARCHES)),
        GivenAnswer(question="servicios", options=some(chance, SERVICES[place], most=3)),
        GivenAnswer(question="ritmo", option=one(chance, PACES)),
        GivenAnswer(question="formato", options=some(chance, FORMS[place], most=3)),
        GivenAnswer(question="lengua", option=one(chance, LANGUAGES[place])),
    ]
    if chance.random() < 0.6:
        rows = tuple(RowAnswer(row=row, option=one(chance, quality)) for row, quality in QUALITY.items())
        answers.append(GivenAnswer(question="calidad", rows=rows))
    if chance.random() < 0.8:
        answers.append(GivenAnswer(question="edad", option=one(chance, AGES)))
    if chance.random() < 0.8 and "agua" in answers[2].choices:
        answers.append(GivenAnswer(question="agua", options=some(chance, WATER, most=4)))
    if chance.random() < 0.5:
        answers.append(GivenAnswer(question="dato", text=chance.choice(NEEDS)))
    return answers


def about_criteria(chance: random.Random) -> list[GivenAnswer]:
    """Answer the consultation about criteria."""
    profile = one(chance, PROFILES)
    answers = [
        GivenAnswer(question="perfil", option=profile),
        GivenAnswer(question="uso", option=one(chance, USES[profile])),
        GivenAnswer(question="criterios", options=some(chance, MARKS[profile], most=3)),
        GivenAnswer(question="nombres", option=one(chance, NAMED[profile])),
        GivenAnswer(question="plazo", option=one(chance, ROUNDS)),
        GivenAnswer(question="orden", ranking=some(chance, ORDERS[profile], most=3)),
    ]
    if chance.random() < 0.9:
        answers.append(GivenAnswer(question="confianza", number=Decimal(round(chance.triangular(0, 10, 6)))))
    if chance.random() < 0.5:
        answers.append(GivenAnswer(question="horas", number=Decimal(round(chance.expovariate(1 / 6)) % 300)))
    if chance.random() < 0.85:
        answers.append(GivenAnswer(question="edad", option=one(chance, AGES)))
    if chance.random() < 0.3:
        answers.append(GivenAnswer(question="comentario", text=chance.choice(REMARKS)))
    return answers


def one(chance: random.Random, weights: Weights) -> str:
    """Choose one option, the heavier ones more often."""
    return chance.choices(list(weights), list(weights.values()))[0]


def some(chance: random.Random, weights: Weights, *, most: int) -> tuple[str, ...]:
    """Choose one to so many options, mostly as many as may be, the heavier ones more often."""
    wanted = most if chance.random() < 0.7 else chance.randint(1, most)
    left, chosen = dict(weights), []
    for _ in range(wanted):
        chosen.append(one(chance, left))
        del left[chosen[-1]]
    return tuple(chosen)


def moments(chance: random.Random, count: int, *, within: float) -> Sequence[float]:
    """Return so many moments of an interval, in order: many on the first days, and many again at the end."""
    found = (
        chance.betavariate(1.1, 2.4) if chance.random() < 0.7 else chance.betavariate(4, 1.2) for _ in range(count)
    )
    return sorted(moment * within for moment in found)
