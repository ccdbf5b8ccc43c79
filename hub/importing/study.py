"""The study of 2015: what the transparency commission ordered, and the tables that the states sent back.

It is brought in as what it was: a study by own initiative whose method was a questionnaire to 32 state commissions.
Each table that came back is a dataset with its dictionary, the list of what was put right in it, and its file.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, text

import hub.studies.papers  # noqa: F401 - what of a study holds documents
from hub.bodies.models import BodyKind
from hub.bodies.registering import BodyDraft, register_body
from hub.changes.change import Change, Changes
from hub.files.attaching import DocumentDraft, attach_kept
from hub.files.models import DocumentRole, DocumentSight
from hub.files.store import Store
from hub.importing.keeping import keep_content
from hub.importing.rows import directory_with
from hub.importing.study_columns import TABLES
from hub.importing.study_tables import MENDS, Mended, mended
from hub.importing.summary import Progress, Summary, Unwatched
from hub.mandates.ordering import OwnInitiative
from hub.register.models import CreatedVia, Entry
from hub.studies.contracting import plan_study
from hub.studies.dataset_models import ColumnType, DatasetRole, StudyDataset
from hub.studies.describing import ColumnDraft, DatasetDraft, describe_dataset
from hub.studies.models import StudyKind
from hub.studies.ordering import StudyTerms, order_study
from hub.text import LocalizedText, written
from hub.viewer import SYSTEM

BODY, STUDY = "inai-2015:comision", "inai-2015:estudio"
SINCE = dt.date(2015, 5, 5)
"""The day on which the General Law of Transparency came into force, which gave the commission its name of that time."""

LOCK = 0x65737475
"""The advisory lock of this import: two runs at once take turns."""

TYPES = {"code": ColumnType.CATEGORY}
"""What a column's type is called where the hub has another word for it."""

TITLE = written(
    es="Diagnóstico sobre el derecho de acceso a la información, 2015",
    en="Diagnosis of the right of access to information, 2015",
)
NAME = written(
    es="Instituto Nacional de Transparencia, Acceso a la Información y Protección de Datos Personales",
    en="National Institute for Transparency, Access to Information and Personal Data Protection",
)
REASON = written(
    es="La comisión quiso saber cómo ejercen las personas el derecho de acceso a la información en los estados.",
    en="The commission wanted to know how people use the right of access to information in the states.",
)
QUESTIONS = written(
    es="¿Cuántas solicitudes y cuántos recursos recibe cada estado, y cómo se resuelven?",
    en="How many requests and appeals does each state receive, and how are they decided?",
)
ON_TERMS = written(
    es="Cada organismo contesta un cuestionario y entrega sus tablas de solicitudes y recursos.",
    en="Each body answers a questionnaire and hands in its tables of requests and appeals.",
)
METHOD = written(
    es="Un cuestionario a las 32 comisiones estatales, y una plantilla para sus solicitudes y recursos.",
    en="A questionnaire to the 32 state commissions, and a template for their requests and appeals.",
)


async def import_study(changes: Changes, directory: Path, store: Store, *, progress: Progress | None = None) -> Summary:
    """Bring in the study from the directory that holds its tables. Idempotent: a second run changes nothing."""
    directory_with(directory, *(table.file for table in TABLES))
    summary = Summary(str(directory), progress or Unwatched())
    async with changes.begin(SYSTEM) as change:
        study_id = await _the_study(change, summary)
    summary.progress.begin("datasets", len(TABLES))
    for table in TABLES:
        found = mended(table, directory, summary=summary)
        async with changes.begin(SYSTEM) as change:
            await _the_dataset(change, study_id, found, store, summary)
        summary.progress.advance(1)
        summary.notes += [f"{table.key}: {line}" for line in put_right(found, "en")]
    return summary


def put_right(found: Mended, language: str) -> list[str]:
    """Return what was put right in a table and how often, in Spanish or English."""
    words = {code: pair[0 if language == "es" else 1] for code, pair in MENDS.items()}
    return [f"{words[code]} ({count:,})" for code, count in sorted(found.mends.items())]


async def _known(change: Change, key: str) -> UUID | None:
    await change.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    return await change.session.scalar(select(Entry.id).filter_by(imported_from=key))


async def _the_study(change: Change, summary: Summary) -> UUID:
    study_id = await _known(change, STUDY)
    if study_id is not None:
        summary.unchanged["studies"] += 1
        return study_id
    body_id = await _known(change, BODY)
    if body_id is None:
        draft = BodyDraft(name=NAME, since=SINCE, kind=BodyKind.COMMISSION, acronym="INAI")
        body_id = (await register_body(change, draft, via=CreatedVia.IMPORT, imported_from=BODY)).id
        summary.added["bodies"] += 1
    study = await order_study(
        change,
        StudyTerms(kind=StudyKind.DIAGNOSIS, title=TITLE, questions=QUESTIONS, terms=ON_TERMS),
        body_id=body_id,
        own_initiative=OwnInitiative(reason=REASON, question=QUESTIONS),
        via=CreatedVia.IMPORT,
        imported_from=STUDY,
    )
    await plan_study(change, study.id, method=METHOD)
    summary.added["studies"] += 1
    return study.id


async def _the_dataset(change: Change, study_id: UUID, found: Mended, store: Store, summary: Summary) -> None:
    await _known(change, STUDY)
    content = as_csv(found)
    file = await keep_content(change, Path(found.table.file).with_suffix(".csv").name, content, store)
    described = select(StudyDataset).filter_by(study_id=study_id, sha256=file.sha256.hex())
    if await change.session.scalar(described) is not None:
        summary.unchanged["datasets"] += 1
        return
    columns = (*found.table.columns, *found.table.derived)
    draft = DatasetDraft(
        role=DatasetRole.PRODUCED,
        title=written(es=found.table.es, en=found.table.en),
        mended=_listed(found),
        row_count=len(found.rows),
        sha256=file.sha256.hex(),
        columns=tuple(
            ColumnDraft(
                name=column.name,
                type=TYPES.get(column.type) or ColumnType(column.type),
                meaning=written(es=column.es, en=column.en),
            )
            for column in columns
        ),
    )
    dataset = await describe_dataset(change, study_id, draft)
    document = DocumentDraft(
        title=draft.title, sight=DocumentSight.PUBLIC, role=DocumentRole.DATASET, licence="Información pública"
    )
    await attach_kept(change, "StudyDataset", dataset.id, document, file=file)
    # It has been public since 2015: nobody has to wait until the study is published here.
    dataset.published_at = change.at
    summary.added["datasets"] += 1


def _listed(found: Mended) -> LocalizedText | None:
    """Return the list of what was put right, where something was."""
    if not found.mends:
        return None
    return written(es="\n".join(put_right(found, "es")), en="\n".join(put_right(found, "en")))


def as_csv(found: Mended) -> bytes:
    """Return a table as it is given out: UTF-8, RFC 4180, with the names of its columns on top."""
    names = [column.name for column in (*found.table.columns, *found.table.derived)]
    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, names)
    writer.writeheader()
    writer.writerows(found.rows)
    return lines.getvalue().encode()
