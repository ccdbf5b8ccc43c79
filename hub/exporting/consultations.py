"""The folder of one consultation: found, written beside its place, and given its name when it is whole."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from uuid import UUID

from hub.errors import SetupError
from hub.exporting.answer_files import write_answers
from hub.exporting.asking import Progress, Visitor
from hub.exporting.columns import Folder
from hub.exporting.dictionary import FILES, README, write_dictionary, write_readme
from hub.exporting.questionnaire_files import write_questionnaires, write_timetable
from hub.exporting.response_files import write_responses
from hub.exporting.result_files import write_results

BY_FOLIO = "query ($folio: String!) { consultationByFolio(folio: $folio) { id } }"
BY_ID = "query ($id: ID!) { node(id: $id) { ... on Consultation { id } } }"
PREFIX = "Consultation_"
NAMES = {*(file.name for file in FILES), README}
"""What an export consists of, and what may be overwritten by another one."""


async def export_consultation(
    visitor: Visitor, name: str, target: Path, *, overwrite: bool, progress: Progress
) -> dict[str, int]:
    """Write a consultation, by its id or folio, into a folder; return how many lines each file has."""
    _require_free(target, overwrite=overwrite)
    id_ = await _found(visitor, name)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        with Folder(unfinished) as folder:
            await write_questionnaires(folder, visitor, id_)
            await write_timetable(folder, visitor, id_)
            await write_responses(folder, visitor, id_, progress=progress)
            await write_results(folder, visitor, id_, progress=progress)
            await write_answers(folder, visitor, id_)
            write_dictionary(folder)
            await write_readme(folder, visitor, id_)
        _give_name(unfinished, target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder.lines


def _require_free(target: Path, *, overwrite: bool) -> None:
    if target.exists() and not target.is_dir():
        raise SetupError(f"{target} is a file: name a directory.")
    there = {path.name for path in target.iterdir()} if target.is_dir() else set()
    if there and not overwrite:
        raise SetupError(f"{target} is not empty: name another directory, or add --overwrite to replace an export.")
    if there - NAMES:
        foreign = ", ".join(sorted(there - NAMES)[:3])
        raise SetupError(f"{target} is no export, it holds {foreign}: it is not replaced, so name another directory.")


async def _found(visitor: Visitor, name: str) -> str:
    """Return the id of a consultation that everybody may see."""
    try:
        id_ = f"{PREFIX}{UUID(name.removeprefix(PREFIX))}"
        found = (await visitor.ask(BY_ID, {"id": id_}))["node"]
    except ValueError:
        found = (await visitor.ask(BY_FOLIO, {"folio": name}))["consultationByFolio"]
    if not found:
        raise SetupError(
            f"There is no public consultation {name}: give the id or the folio of one that is published, "
            "such as CGATP/CONSULTA/2026/001."
        )
    return str(found["id"])


def _give_name(whole: Path, target: Path) -> None:
    """Put the whole folder in its place; a former export is away only once the new one can take its name."""
    whole.chmod(0o755)
    former = None
    if target.exists():
        former = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        target.rename(former)
    try:
        whole.rename(target)
    except OSError:
        if former is not None:
            former.rename(target)
        raise
    if former is not None:
        shutil.rmtree(former)
