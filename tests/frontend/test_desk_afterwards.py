"""What comes of a consultation, at the desk: analysed, reported on and answered by forms alone."""

from __future__ import annotations

from hub.consultations.timekeeping import keep_time
from tests.cast import a_coordinator_of, an_analyst_of
from tests.frontend.at_the_desk import at_the_desk
from tests.making.bodies import a_body
from tests.making.consultations import an_open_consultation
from tests.making.reports import MINUTE
from tests.talking import Talking

ANSWER = {"asked.es": "Qué hace falta.", "said.es": "Agua: 12 de 20.", "reasons.es": "Alcanza la mitad."}


async def test_from_the_analysis_to_the_answer(hub: Talking) -> None:
    """The analyst writes, the coordinator approves and publishes."""
    body = await a_body(hub)
    julia, noe = await a_coordinator_of(hub, body), await an_analyst_of(hub, body)
    asked = await an_open_consultation(hub, body)
    at = asked.closes_at + 2 * MINUTE
    await keep_time(hub.hub.changes, at=at)
    home = f"/escritorio/consultas/{asked.node}"
    with hub.at(at):
        async with at_the_desk(hub, julia) as coordinator, at_the_desk(hub, noe) as analyst:
            await coordinator.open(f"{home}/pronunciamiento")
            assert coordinator.fields == {}, "Nothing is answered before the analysis."
            await coordinator.open(f"{home}/analizar")
            await coordinator.send()
            assert "Hecho: Comenzar el análisis." in coordinator.words
            await analyst.open(f"{home}/informe")
            await analyst.send({"limitations.es": "Pocas respuestas."})
            assert (analyst.status, analyst.faults) == (422, ["method.es"])
            await analyst.send({"method.es": "Se contó cada respuesta."})
            assert "Informe 1 En borrador" in analyst.words
            (report,) = await hub.rows("SELECT id FROM consultation_report")
            await coordinator.open(f"/escritorio/informes/ConsultationReport_{report['id']}/aprobar")
            await coordinator.send()
            await coordinator.open(f"{home}/publicar-informe")
            await coordinator.send({"sure": "yes"})
            assert "Informe 1 Publicado" in coordinator.words
            await coordinator.open(f"{home}/contestada")
            assert coordinator.fields == {}, "Nothing of what was asked has its answer."
            (question, *_) = await hub.rows("SELECT id FROM question ORDER BY position")
            await analyst.open(f"{home}/pronunciamiento")
            await analyst.send({**ANSWER, "questionId": f"Question_{question['id']}"})
            assert (analyst.status, analyst.faults) == (422, ["did"])
            await analyst.send({"did": "PARTLY"})
            (statement,) = await hub.rows("SELECT id FROM statement")
            for act, sure in (("aprobar", None), ("publicar", "yes")):
                await coordinator.open(f"/escritorio/pronunciamientos/Statement_{statement['id']}/{act}")
                await coordinator.send({"sure": sure})
            assert "Qué hace falta.: Se acepta en parte Publicada" in coordinator.words
            await analyst.open(f"{home}/pronunciamiento")
            assert f"Question_{question['id']}" not in analyst.response.text, "It is answered already."
