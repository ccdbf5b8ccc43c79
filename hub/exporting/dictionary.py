"""What each column of an export means, written from the columns themselves, and the text beside the tables."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub.exporting.answer_files import REPORTS, STATEMENTS
from hub.exporting.asking import Visitor
from hub.exporting.columns import Column, File, Folder, Type
from hub.exporting.questionnaire_files import OPTIONS, QUESTIONS, TIMETABLE
from hub.exporting.response_files import ANSWERS, RESPONSES
from hub.exporting.result_files import RESULTS

DICTIONARY = File(
    "dictionary.csv",
    (
        Column("file", Type.CODE, "El archivo.", "The file."),
        Column("column", Type.CODE, "La columna.", "The column."),
        Column("type", Type.CODE, "Lo que contiene.", "What it holds."),
        Column("meaning_es", Type.TEXT, "Lo que significa, en español.", "What it means, in Spanish."),
        Column("meaning_en", Type.TEXT, "Lo que significa, en inglés.", "What it means, in English."),
    ),
)
FILES = (QUESTIONS, OPTIONS, TIMETABLE, RESPONSES, ANSWERS, RESULTS, REPORTS, STATEMENTS, DICTIONARY)
README = "README.txt"

DEFUSED_ES = " Si comienza con =, +, - o @, lleva un apóstrofo delante para que ninguna hoja de cálculo lo ejecute."
DEFUSED_EN = " Where it begins with =, +, - or @, an apostrophe leads it, so that no spreadsheet runs it."


def write_dictionary(folder: Folder) -> None:
    """Write what every column of every file means."""
    folder.start(DICTIONARY)
    for file in FILES:
        for column in file.columns:
            text = column.type is Type.TEXT
            row = {
                "file": file.name,
                "column": column.name,
                "type": column.type.value,
                "meaning_es": column.es + (DEFUSED_ES if text else ""),
                "meaning_en": column.en + (DEFUSED_EN if text else ""),
            }
            folder.write(DICTIONARY, row)


ABOUT = """query ($id: ID!) { node(id: $id) { ... on Consultation { folio state
  title { es: text(language: "es") en: text(language: "en") }
  attribution { es: text(language: "es") en: text(language: "en") }
  publisher { ... on Body { title { es: text(language: "es") en: text(language: "en") } }
    ... on Organization { title { es: text(language: "es") en: text(language: "en") } } }
  results { release { number madeAt } spanish: method { code text } } } } }"""

TEXT = """{title}
{folio}

[ES]
Datos publicados de esta consulta, tal como cualquier persona puede leerlos, al {made} (UTC).
Publica: {publisher_es}
Licencia y atribución: {attribution_es}
Resultados: {release_es}
Las celdas vacías en `count` y `share` de results.csv no se muestran para proteger a quienes respondieron; no son ceros.
Qué significa cada columna está en dictionary.csv.
{method}
[EN]
The published data of this consultation, as anybody can read it, at {made} (UTC).
Published by: {publisher_en}
Licence and attribution: {attribution_en}
Results: {release_en}
Empty cells in `count` and `share` of results.csv are suppressed, to protect those who answered; they are not zeros.
What each column means is in dictionary.csv.

{lines}
"""


async def write_readme(folder: Folder, visitor: Visitor, id_: str) -> None:
    """Write what the folder is, whom it is owed to, and what its empty cells mean."""
    about = (await visitor.ask(ABOUT, {"id": id_}))["node"]
    publisher = about["publisher"]["title"] if about["publisher"] else {"es": "-", "en": "-"}
    results = about["results"]
    release = results["release"] if results else None
    method = [f"- {note['text']}\n" for note in results["spanish"]] if results else []
    text = TEXT.format(
        title=about["title"]["es"],
        folio=about["folio"] or id_,
        made=visitor.at.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S"),
        publisher_es=publisher["es"],
        publisher_en=publisher["en"],
        attribution_es=_attribution(about, publisher, "es", "Cite a quien publica, el título y el folio."),
        attribution_en=_attribution(about, publisher, "en", "Cite the publisher, the title and the folio."),
        release_es=f"publicación {release['number']}, {release['madeAt']}" if release else "aún no publicados",
        release_en=f"release {release['number']}, {release['madeAt']}" if release else "not released yet",
        method="".join(method),
        lines="\n".join(f"{name}: {count}" for name, count in folder.lines.items()),
    )
    (folder.path / README).write_text(text, encoding="utf-8")


def _attribution(about: Any, publisher: Any, language: str, otherwise: str) -> str:
    if about["attribution"] is not None:
        return str(about["attribution"][language])
    return f"{publisher[language]}, {about['title'][language]}, {about['folio'] or ''}. {otherwise}"
