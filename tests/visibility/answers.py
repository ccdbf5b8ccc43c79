"""What came of consultations: reports and statements, published, corrected, being written and given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.consultations.concluding import publish_findings, start_analysis
from hub.consultations.reporting import draft_report
from hub.consultations.stating import (
    approve_statement,
    correct_statement,
    discard_statement,
    publish_statement,
)
from hub.text import written
from tests.making.consultations import staff_of
from tests.making.reports import (
    Analysed,
    a_draft_statement,
    a_published_statement,
    an_approved_report,
    analyst_of,
    report_words,
    statement_words,
)
from tests.visibility.people import NOW

if TYPE_CHECKING:
    from tests.visibility.consultations import Held


async def concluded(held: Held) -> None:
    """Work on what has closed: one is being analysed, one has its findings and statements, one will be hidden."""
    hub, staff, analyst = held.cast.hub, staff_of(held.cast.body), analyst_of(held.cast.body)
    analysed = {state: Analysed(held.asked[state], NOW) for state in ("analysed", "reported", "hidden")}
    for one in analysed.values():
        async with hub.change(staff, at=NOW) as change:
            await start_analysis(change, one.asked.id)
    async with hub.change(analyst, at=NOW) as change:
        report = await draft_report(change, analysed["analysed"].asked.id, report_words())
    held.reports["being written"] = [report.id]
    given_up = await a_draft_statement(hub, analysed["analysed"], "palabras")
    async with hub.change(analyst, at=NOW) as change:
        await discard_statement(change, given_up)
    held.statements["given up"] = [given_up]
    held.statements["being written"] = [await a_draft_statement(hub, analysed["analysed"], "palabras")]
    for state, line in (("reported", "published"), ("hidden", "of what is hidden")):
        held.reports[line] = [await an_approved_report(hub, analysed[state])]
        async with hub.change(staff, at=NOW) as change:
            await publish_findings(change, analysed[state].asked.id)
        held.statements[line] = [await a_published_statement(hub, analysed[state], "agua")]
    held.statements["corrected"] = held.statements["published"]
    async with hub.change(analyst, at=NOW) as change:
        note = written(es="El monto era otro.")
        newer = await correct_statement(change, held.statements["corrected"][0], statement_words(), note=note)
    for act in (approve_statement, publish_statement):
        async with hub.change(staff, at=NOW) as change:
            await act(change, newer.id)
    held.statements["published"] = [newer.id]
