"""Two officers with the same form in front of them: who comes second is told, and loses nothing of what they wrote."""

from __future__ import annotations

import pytest

from frontend_stub.pages.acting import SUBJECTS
from tests.cast import a_coordinator_of, an_analyst_of
from tests.changes.test_overtaken import EDITS
from tests.frontend.at_the_desk import AtTheDesk, at_the_desk
from tests.making.bodies import a_body
from tests.talking import Talking

OVERTAKEN = "Alguien más guardó esto mientras escribías"

FORMS = {
    f"{document.partition('_')[0]}{''.join(part.title() for part in document.split('_')[1:])}": (subject, name, act)
    for subject in SUBJECTS.values()
    for name, act in subject.acts.items()
    for document in (act.document,)
}
"""The forms of the desk, by the mutation that each sends."""

FIRST_TEXTS = ("remit.es", "method.es", "asked.es", "title.es", "sections.0.text.es")


def text_of(desk: AtTheDesk) -> str:
    """Return the first field of the form in which somebody writes."""
    return next(name for name in FIRST_TEXTS if name in desk.fields)


@pytest.mark.parametrize("mutation", [name for name in EDITS if name != "editAgreement"])
async def test_who_comes_second_is_told_and_keeps_what_they_wrote(hub: Talking, mutation: str) -> None:
    body = await a_body(hub)
    who = an_analyst_of if mutation in ("editReport", "editStatement") else a_coordinator_of
    ana, luz = await who(hub, body, "Ana Cruz"), await who(hub, body, "Luz Paz")
    _, id_, _ = await EDITS[mutation][1](hub, body, ana)
    subject, name, _ = FORMS[mutation]
    path = f"/escritorio/{subject.path}/{id_}/{name}"
    async with at_the_desk(hub, ana) as first, at_the_desk(hub, luz) as second:
        await first.open(path)
        await second.open(path)
        field = text_of(first)
        await first.send({field: "Lo de Ana."})
        assert "Hecho:" in first.words
        await second.send({field: "Lo de Luz."})
        assert (second.status, OVERTAKEN in second.words) == (409, True)
        assert second.fields[field] == "Lo de Luz."
        assert "Lo de Luz." not in await hub.dump()
        # The newest version is one link away, and whoever saves after they were told does so knowingly.
        assert path in second.leads()
        await first.open(path)
        assert first.fields[field] == "Lo de Ana."
        await second.send()
        assert "Hecho:" in second.words
        await first.open(path)
        assert first.fields[field] == "Lo de Luz."
