"""What is done to an instrument: drafted, tabled, adopted by the vote on its wording, signed, published, annulled."""

from __future__ import annotations

from typing import Any

from frontend_stub.acting import WRITTEN_AT, Act, Choice, Day, Field, Line, Option, Picked, Rows, Shown, Text
from frontend_stub.pages.desk.mandates.acts import KIND as MANDATE_KIND
from frontend_stub.pages.desk.naming import Read, by_folio, chargeable, id_of

NAMED = "instrumentId"


def _last(name: str) -> Any:
    """Return what tells a part of the last wording; nothing where none is written yet."""
    return lambda node: (node.get("revision") or {}).get(name)


def _sections(node: Read) -> list[Read]:
    """Return the paragraphs of the last wording, each with what it orders."""
    revision = node.get("revision")
    if revision is None:
        return []
    return [
        {**section, "orders": [order for order in revision["orders"] if order["paragraph"] == section["code"]]}
        for section in revision["sections"]
    ]


def _chargeable(node: Read) -> list[Option]:
    return chargeable(node, node.get("body") or node)


def _in_force(node: Read) -> list[Option]:
    return by_folio(node["instruments"]["nodes"])


WORDING: tuple[Field, ...] = (
    Text("title", long=False, before=_last("title")),
    Text("addressedTo", optional=True, rows=2, before=_last("addressedTo")),
    Text("note", optional=True, rows=2, before=_last("note")),
    Rows(
        "sections",
        before=_sections,
        fields=(
            Line("code", label="section_code"),
            Text("heading", optional=True, long=False),
            Text("text", label="section_text"),
            Rows(
                "orders",
                optional=True,
                fields=(
                    MANDATE_KIND,
                    Text("title", long=False, label="order_title"),
                    Text("question", optional=True, rows=2, label="mandate_question"),
                    Day("dueOn", optional=True),
                    Text("budgetNote", optional=True, rows=2),
                    Picked(
                        "responsibleId",
                        of=_chargeable,
                        optional=True,
                        before=lambda order: id_of(order.get("responsible")),
                    ),
                ),
            ),
        ),
    ),
    Rows(
        "relations",
        optional=True,
        before=_last("relations"),
        fields=(
            Choice(
                "kind",
                codes=("AMENDS", "REPEALS", "IMPLEMENTS"),
                group="relation_kinds",
                label="relation_kind",
                usual="IMPLEMENTS",
            ),
            Picked("targetId", of=_in_force),
        ),
    ),
)
"""What a wording of an instrument says: its paragraphs, what each orders, and what it does to other instruments."""

ACTS = {
    "editar": Act("edit_instrument", names=NAMED, event="edit_instrument", fields=(*WORDING, WRITTEN_AT)),
    "presentar": Act("table_instrument", names=NAMED, event="table_instrument"),
    "a-redaccion": Act("reword_instrument", names=NAMED, event="reword_instrument", sure=True),
    "adoptar": Act("adopt_instrument", names=NAMED, event="adopt"),
    "firmar": Act(
        "sign_instrument",
        names=NAMED,
        event="sign",
        fields=(Shown("contentHash", before=_last("contentHash")),),
        sure=True,
    ),
    "publicar": Act(
        "publish_instrument",
        names=NAMED,
        event="publish_instrument",
        fields=(
            Day("inForceFrom"),
            Day("inForceUntil", optional=True),
            Line("gazette", optional=True),
            Day("gazetteDate", optional=True),
            Line("gazettePage", optional=True),
        ),
        sure=True,
    ),
    "anular": Act(
        "annul_instrument", names=NAMED, new=True, event="annul", fields=(Text("reason"),), sure=True, grave=True
    ),
    "retirar": Act("withdraw_instrument", names=NAMED, event="withdraw_instrument", sure=True, grave=True),
}

ON_A_BODY = {
    "nuevo-instrumento": Act(
        "draft_instrument",
        names="bodyId",
        fields=(
            Choice(
                "kind",
                codes=(
                    "ACUERDO",
                    "DICTAMEN",
                    "INFORME",
                    "OPINION",
                    "RESOLUCION",
                    "RECOMENDACION",
                    "GUIDELINE",
                    "CRITERION",
                ),
                group="instrument_kinds",
                label="instrument_kind",
                usual="ACUERDO",
            ),
            *WORDING,
        ),
        leads=lambda payload: f"/escritorio/instrumentos/{payload['instrument']['id']}",
    ),
}
