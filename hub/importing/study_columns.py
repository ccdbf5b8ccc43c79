"""The columns of the study's tables: what each is called, what it means in Spanish and in English, how it is mended."""

from __future__ import annotations

from hub.importing.study_tables import (
    Column,
    Table,
    as_it_is,
    coded,
    day,
    decimal,
    in_common,
    instant,
    outcome,
    unmixed,
    whole,
)

YEARS = range(2008, 2015)

RESOLUTIONS = {
    "sobreseer": ("sobresee", "end without a decision"),
    "desechar": ("desecha", "reject without examining"),
    "revocar": ("revoca", "revoke the answer"),
    "confirmar": ("confirma", "confirm the answer"),
    "modificar": ("modifica", "modify the answer"),
    "tramite": ("sigue en trámite", "are still under way"),
    "no _interpuesto": ("tiene por no interpuesto", "count as not filed"),
    "orden_entregar": ("ordena entregar", "order the delivery"),
    "revocar_parcial": ("revoca en parte", "revoke the answer in part"),
    "revocados": ("tiene por revocados", "are listed as revoked"),
    "improcedente": ("declara improcedente", "are inadmissible"),
    "desechado": ("tiene por desechado", "are listed as rejected"),
    "confirmar_respuesta": ("confirma la respuesta", "are listed as confirming the answer"),
}
"""Kinds of resolution, as the commissions listed them; not all used the same ones."""


def _text(name: str, source: str, es: str, en: str) -> Column:
    return Column(name, source, "text", es, en, as_it_is)


def _yearly(name: str, es: str, en: str, *, kind: str = "integer") -> list[Column]:
    mend = whole if kind == "integer" else decimal
    return [
        Column(f"{name}_{year}", f"{name}_{year}", kind, f"{es} en {year}.", f"{en} in {year}.", mend) for year in YEARS
    ]


COMMISSIONS = Table(
    "organos_garantes",
    "organos_garantes.json",
    "Las 32 comisiones estatales: presupuesto, solicitudes y recursos de 2008 a 2014",
    "The 32 state commissions: budget, requests and appeals from 2008 to 2014",
    (
        Column("id", "id", "integer", "Número de la comisión en el estudio.", "Number in the study.", whole),
        _text("entidad", "entidad", "Entidad federativa.", "State."),
        _text("siglas", "organo_siglas", "Siglas, como las escribió la comisión.", "Acronym, as it was written."),
        _text("nombre", "organo_nombre", "Nombre de la comisión.", "Name of the commission."),
        _text("sitio", "organo_url", "Sitio en internet.", "Website."),
        Column("poblacion_2016", "pob_conapo_2016", "integer", "Población en 2016.", "Population in 2016.", whole),
        *(
            Column(
                f"presupuesto_{year}",
                f"presupuesto_{year}",
                "integer",
                f"Presupuesto de {year}, en pesos.",
                f"Budget of {year}, in pesos.",
                whole,
            )
            for year in (2014, 2015, 2016)
        ),
        Column("percapita_2016", "percapita_2016", "number", "Pesos por habitante.", "Pesos per person.", decimal),
        *_yearly("solicitudes", "Solicitudes de información", "Requests for information"),
        *_yearly("recurso", "Recursos de revisión", "Appeals"),
        *_yearly("indice", "Recursos por cada cien solicitudes", "Appeals for each hundred requests", kind="number"),
        *(
            Column(
                f"resolucion_{code.replace(' ', '')}",
                f"resolucion_{code}",
                "integer",
                f"Por ciento de los recursos que {es}.",
                f"Per cent of the appeals that {en}.",
                whole,
            )
            for code, (es, en) in RESOLUTIONS.items()
        ),
        _text("nota", "nota", "Nota de la comisión.", "Note of the commission."),
    ),
)

BY_MONTH = Table(
    "solicitudes_por_dependencia_y_mes",
    "solicitudes_por_dependencia_y_mes.json",
    "Solicitudes a diez dependencias federales por mes, de 2003 a 2015",
    "Requests to ten federal bodies by month, from 2003 to 2015",
    (
        Column("dependencia", "dependencia", "text", "Dependencia.", "Federal body.", unmixed),
        Column("anio", "year", "integer", "Año.", "Year.", whole),
        Column("mes", "month", "integer", "Mes, de 1 a 12.", "Month, from 1 to 12.", whole),
        Column("total", "total", "integer", "Solicitudes recibidas.", "Requests received.", whole),
    ),
)

REQUESTS = Table(
    "solicitudes_inegi",
    "solicitudes_inegi.csv",
    "Solicitudes de información a la oficina de estadística",
    "Requests for information to the statistics office",
    (
        _text("siglas", "SIGLAS", "Siglas del sujeto obligado.", "Acronym of the obligated subject."),
        _text("folio", "FOLIO", "Folio; uno se repite en el original.", "Folio; one repeats in the source."),
        Column("recibida", "FECHA_SOLICITUD", "datetime", "Cuándo se recibió.", "When it was received.", instant),
        _text("unidad", "DEPENDENCIA", "Unidad que la atendió.", "Unit that dealt with it."),
        _text("estatus", "ESTATUS", "Estado; casi todas dicen EN PROCESO.", "State; nearly all say EN PROCESO."),
        _text("entrada", "MEDIO_ENTRADA", "Cómo llegó.", "How it came in."),
        _text("tipo", "TIPO_SOLICITUD", "Tipo de solicitud.", "Kind of request."),
        _text(
            "solicitud", "DESCRIPCION_SOLICITUD", "Qué se pidió, hasta 400 letras.", "What was asked, to 400 letters."
        ),
        _text("entrega", "MEDIO_ENTREGA", "Cómo se entregó.", "How it was delivered."),
        Column("respuesta", "RESPUESTA", "text", "Respuesta, con su clave.", "Answer, with its code.", coded),
        _text("pais", "PAIS", "País de quien la hizo.", "Country of who asked."),
        _text("estado", "ESTADO", "Estado de quien la hizo.", "State of who asked."),
    ),
)

OUTCOME = Column(
    "a_favor_de",
    "sentido",
    "code",
    "A favor de quién resultó: solicitante, autoridad, sin fondo o en proceso.",
    "For whom it went: the applicant, the authority, nobody since it was not judged, or under way.",
    in_common,
)

_APPEAL = (
    _text("entidad", "Entidad Federativa", "Entidad federativa.", "State."),
    _text("folio", "Folio del RR", "Folio del recurso.", "Folio of the appeal."),
    _text("sujeto", "Unidad de Enlace", "Unidad del sujeto obligado.", "Unit of the obligated subject."),
    _text("comisionado", "Comisionado", "Quien fue ponente, en su cargo público.", "Who reported on it, in office."),
    Column("recibido", "Fecha de recepción", "date", "Día en que se recibió.", "Day of receipt.", day),
    Column("resuelto", "Fecha de la resolución", "date", "Día en que se resolvió.", "Day of the decision.", day),
    _text("admision", "A-P-D", "Admitido, prevenido o desechado.", "Admitted, returned for mending or rejected."),
    Column("sentido", "Sentido de la Resolución", "text", "Sentido de la resolución.", "Outcome.", outcome),
)

CHIHUAHUA = Table(
    "recursos_chihuahua",
    "recursos_chihuahua.csv",
    "Recursos de revisión en Chihuahua",
    "Appeals in Chihuahua",
    (
        *_APPEAL,
        _text("folio_solicitud", "Folio de la Solicitud", "Folio de la solicitud.", "Folio of the request."),
        _text("ampliacion", "Plazos de ampliación", "Ampliación del plazo.", "Extension of the time."),
        _text("disidentes", "Votos disidentes", "Votos disidentes.", "Dissenting votes."),
        _text("particulares", "Votos particulares", "Votos particulares.", "Separate votes."),
        Column("cumplido", "Cumplimiento", "date", "Día en que se cumplió.", "Day of compliance.", day),
        _text("impugnacion", "Casos de Impugnación", "Si se impugnó.", "Whether it was contested."),
        _text("expediente", "EXPEDIENTE ICHITAIP", "Expediente.", "File number."),
    ),
    (OUTCOME,),
)

MICHOACAN = Table(
    "recursos_michoacan",
    "recursos_michoacan.csv",
    "Recursos de revisión en Michoacán",
    "Appeals in Michoacán",
    (*_APPEAL, _text("motivo", "Motivo", "Por qué se interpuso.", "Why it was filed.")),
    (OUTCOME,),
)

TABLES = (COMMISSIONS, BY_MONTH, REQUESTS, CHIHUAHUA, MICHOACAN)
"""The five tables that came back."""
