"""Work to look at: a study with all that a study may have, and a consultation that was answered."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hub import clock
from hub.consultations.report_models import Outcome
from hub.studies import delivering
from hub.studies.dataset_models import ColumnType, DatasetRole
from hub.studies.describing import ColumnDraft, DatasetDraft, describe_dataset
from hub.text import written
from tests.cast import a_secretary_of
from tests.consultations.asking import es
from tests.consultations.results_asked import option
from tests.making.consultations import DAY, WATER, WORDS, a_section, an_open_consultation, some_responses
from tests.making.files import ATTACH, CSV, an_upload, attaching
from tests.making.people import in_spanish
from tests.making.reports import a_published_statement, published_findings
from tests.making.studies import a_member, a_review, a_study, begun, found, handed_in, published
from tests.talking import Talking


async def a_whole_study(hub: Talking, body: UUID) -> str:
    """A published study with steps, reviews, findings, recommendations and data."""
    study = await a_study(hub, body, due_on=clock.day_of(clock.now()) + 90 * DAY)
    await a_member(hub, study)
    await begun(hub, study)
    async with hub.change() as change:
        for name, days in (("Informe parcial", -20), ("Informe final", 40)):
            due = clock.day_of(clock.now()) + dt.timedelta(days=days)
            step = await delivering.set_milestone(change, study, title=in_spanish(name), due_on=due)
            await delivering.hand_in_milestone(change, step.id, note=in_spanish("La mitad de la muestra."))
            await delivering.return_milestone(change, step.id, reason=in_spanish("Faltan dos estados."))
    async with hub.change() as change:
        columns = tuple(
            ColumnDraft(name=name, type=type_, meaning=written(es=meaning, en="What it is."))
            for name, type_, meaning in (
                ("entidad_federativa_de_quien_solicita", ColumnType.CATEGORY, "La entidad, como la escribe el INEGI."),
                ("solicitudes", ColumnType.INTEGER, "Cuántas se recibieron en el año."),
            )
        )
        data = DatasetDraft(
            role=DatasetRole.PRODUCED,
            title=in_spanish("Solicitudes leídas"),
            description=in_spanish("Mil solicitudes elegidas al azar."),
            mended=in_spanish("Se unieron dos formas de escribir un mismo estado."),
            columns=columns,
            licence="CC BY 4.0",
            row_count=1_000,
            sha256="0" * 64,
            source_url="https://datos.example/solicitudes-de-acceso-a-la-informacion-2026.csv",
        )
        described = await describe_dataset(change, study, data)
    luis = await a_secretary_of(hub, body, "Luis Ake")
    upload = await an_upload(hub, luis, name="solicitudes-leidas.csv", content=CSV, purpose="DATASET")
    await hub.act(
        ATTACH, attaching(f"StudyDataset_{described.id}", upload, title=es("Solicitudes leídas, en una tabla")), by=luis
    )
    await handed_in(hub, study, found("Se contesta la mitad."), found("Contesten todo.", body_id=body))
    await a_review(hub, study, report="Digan cómo se eligió la muestra.", answer="Ya se dice en el método.")
    await a_review(hub, study, "Ada Poot", blind=False, report="Está bien contado.", answer="Gracias.")
    await published(hub, study)
    return f"Study_{study}"


async def an_answer_in_sight(hub: Talking, body: UUID) -> tuple[str, str]:
    """A consultation of long ago whose two questions were answered; its id, and that of one statement."""
    at = clock.now() - 90 * DAY
    asked = await an_open_consultation(hub, body, at=at, sections=a_section(WATER, WORDS), smallest_cell=3)
    await some_responses(hub, asked, 4, option("agua", "si"))
    analysed = await published_findings(hub, body, asked=asked)
    statement = await a_published_statement(hub, analysed, "agua", did=Outcome.PARTLY)
    await a_published_statement(hub, analysed, "palabras", did=Outcome.NOTED)
    return asked.node, f"Statement_{statement}"
