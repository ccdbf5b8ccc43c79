"""The figures that were released: a line for each category and each figure in it. What is not shown is empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hub.exporting.asking import Progress, Visitor
from hub.exporting.columns import Column, File, Folder, Type
from hub.exporting.questionnaire_files import LINEAGE, QUESTION

RESULTS = File(
    "results.csv",
    (
        Column("dimension", Type.CODE, "Por qué se desglosa.", "By what it is broken down."),
        QUESTION,
        LINEAGE,
        Column("category", Type.CODE, "La categoría; vacía en un total.", "The category; empty in a total."),
        Column("category_label", Type.TEXT, "Cómo se llama la categoría.", "What the category is called."),
        Column("row", Type.CODE, "El renglón de una matriz.", "The row of a matrix."),
        Column("row_label", Type.TEXT, "Cómo se llama el renglón.", "What the row is called."),
        Column(
            "item",
            Type.CODE,
            "La opción, el punto o el estado; vacío donde se cuenta quiénes respondieron.",
            "The option, point or state; empty where it is counted who answered.",
        ),
        Column("item_label", Type.TEXT, "Cómo se llama.", "What it is called."),
        Column(
            "count",
            Type.INTEGER,
            "Cuántas respuestas; vacío donde no se muestra para proteger a quienes respondieron.",
            "How many responses; empty where it is not shown, to protect those who answered.",
        ),
        Column("share", Type.NUMBER, "Esa cifra entre quienes respondieron.", "That number by how many answered."),
        Column("median", Type.NUMBER, "La mediana.", "The median."),
        Column("lower_quartile", Type.NUMBER, "El cuartil inferior.", "The lower quartile."),
        Column("upper_quartile", Type.NUMBER, "El cuartil superior.", "The upper quartile."),
        Column("median_date", Type.DATE, "La mediana de una fecha.", "The median of a date."),
        Column("points", Type.INTEGER, "Los puntos de Borda.", "The points of Borda."),
        Column("release", Type.INTEGER, "El número de la publicación.", "The number of the release."),
        Column("released_at", Type.INSTANT, "Cuándo se publicó, en UTC.", "When it was released, in UTC."),
    ),
)

TABLES = """query ($id: ID!, $first: Int!, $after: String) { node(id: $id) { ... on Consultation { results {
  tables(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes {
    dimension lineageId question { code } release { number madeAt } categories {
      code label row rowLabel answered median lowerQuartile upperQuartile medianDate
      items { code label count share points } } } } } } } }"""

PAGE = 10
"""A table can have thousands of figures, so that few of them are a page."""

MIDDLES = {
    "median": "median",
    "lower_quartile": "lowerQuartile",
    "upper_quartile": "upperQuartile",
    "median_date": "medianDate",
}


async def write_results(folder: Folder, visitor: Visitor, id_: str, *, progress: Progress) -> None:
    """Write the tables of the newest state, as far as there is one."""
    folder.start(RESULTS)
    progress.begin("results", None)
    async for tables in visitor.pages(TABLES, id_, "results", "tables", size=PAGE):
        for table in tables:
            for category in table["categories"]:
                for line in _lines(table, category):
                    folder.write(RESULTS, line)
        progress.advance(len(tables))


def _lines(table: Any, category: Any) -> Iterator[dict[str, Any]]:
    own = {
        **{column.name: None for column in RESULTS.columns},
        "dimension": table["dimension"],
        "question": table["question"] and table["question"]["code"],
        "lineage_id": table["lineageId"],
        "category": category["code"],
        "category_label": category["label"],
        "row": category["row"],
        "row_label": category["rowLabel"],
        "release": table["release"] and table["release"]["number"],
        "released_at": table["release"] and table["release"]["madeAt"],
    }
    yield {
        **own,
        "count": category["answered"],
        **{name: category[field] for name, field in MIDDLES.items()},
    }
    for item in category["items"]:
        figures = {name: item[name] for name in ("count", "share", "points")}
        yield {**own, "item": item["code"], "item_label": item["label"], **figures}
