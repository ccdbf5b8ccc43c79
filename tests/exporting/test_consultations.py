"""An export is what GraphQL says to everybody, whole or not there at all, and holds nothing more."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hub import clock
from hub.consultations.questionnaire_models import QuestionKind, Sensitivity
from hub.consultations.response_models import ConsentLevel
from hub.consultations.validating import GivenAnswer
from hub.errors import SetupError
from hub.exporting import asking
from hub.exporting.asking import Unwatched, Visitor
from hub.exporting.consultations import NAMES, export_consultation
from tests.cast import a_citizen
from tests.consultations.files_asked import a_filed_response, asking_for_files
from tests.consultations.results_asked import counted, option, tables
from tests.making.bodies import a_body
from tests.making.consultations import (
    WATER,
    WORDS,
    Asked,
    a_draft_consultation,
    a_question,
    a_scheduled_consultation,
    a_section,
    an_open_consultation,
    some_responses,
)
from tests.making.files import PDF
from tests.making.people import a_territory
from tests.making.reports import a_draft_statement, a_published_statement, published_findings
from tests.talking import Talking

SECRET = a_question("enfermo", QuestionKind.SINGLE_CHOICE, "si", "no", sensitivity=Sensitivity.CONFIDENTIAL)
ORDER = a_question("orden", QuestionKind.RANKING, "a", "b")
PUBLIC = ConsentLevel.WITHOUT_NAME
RESPONSES = """query ($id: ID!) { node(id: $id) { ... on Consultation { responses(first: 100, orderBy: RECEIVED_ASC) {
  nodes { id language channel contentHash answers { question { code } options text } } } } } }"""


async def exported(
    hub: Talking, name: str, target: Path, at: dt.datetime, *, overwrite: bool = False
) -> dict[str, Any]:
    """Export a consultation, and return the lines of each file."""
    visitor = Visitor(hub.hub.executor, hub.hub.changes, at=at)
    lines = await export_consultation(visitor, name, target, overwrite=overwrite, progress=Unwatched())
    found = read(target)
    assert {name: len(rows) for name, rows in found.items()} == lines
    return found


def read(target: Path) -> dict[str, Any]:
    """Return the lines of each file of an export."""
    found = {}
    for file in target.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as stream:
            found[file.name] = list(csv.DictReader(stream))
    return found


def left_in(folder: Path) -> list[Path]:
    """Return everything that lies in a folder, hidden or not."""
    return list(folder.iterdir())


async def a_counted_one(hub: Talking) -> Asked:
    """A consultation with published, unpublished and confidential answers, and a small group."""
    places = [await a_territory(hub, name, code=code) for name, code in (("Jalisco", "14"), ("Puebla", "21"))]
    sections = a_section(WATER, SECRET, ORDER, replace(WORDS, max_length=100))
    asked = await an_open_consultation(hub, await a_body(hub), sections=sections, smallest_cell=5)
    for place in places:
        await some_responses(hub, asked, 6, option("agua", "si"), option("enfermo", "no"), territory_id=place)
        said = GivenAnswer(question="palabras", text="=HYPERLINK(1)")
        ranked = GivenAnswer(question="orden", ranking=("b", "a"))
        given = [option("agua", "no"), option("enfermo", "no"), said, ranked]
        await some_responses(hub, asked, 6, *given, territory_id=place, consent=PUBLIC)
    canary = GivenAnswer(question="palabras", text="CANARIO")
    await some_responses(hub, asked, 2, option("agua", "si"), option("enfermo", "si"), canary)
    return asked


async def test_an_export_is_what_everybody_reads(hub: Talking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "PAGE", 5)
    asked = await a_counted_one(hub)
    at = await counted(hub, asked)
    found = await exported(hub, asked.node, tmp_path / "datos", at)
    with hub.at(at):
        responses = (await hub.ask(RESPONSES, {"id": asked.node}))["node"]["responses"]["nodes"]
    assert [(r["response_id"], r["content_hash"]) for r in found["responses.csv"]] == [
        (r["id"], r["contentHash"]) for r in responses
    ]
    said = Counter(
        (r["id"], a["question"]["code"], part)
        for r in responses
        for a in r["answers"]
        for part in [*a["options"], *([f"'{a['text']}"] if a["text"] else [])]
    )
    assert Counter((a["response_id"], a["question"], a["option"] or a["text"]) for a in found["answers.csv"]) == said
    ranks = {(a["option"], a["rank"]) for a in found["answers.csv"] if a["question"] == "orden"}
    assert ranks == {("b", "1"), ("a", "2")}
    shown = await tables(hub, asked, at)
    figures = {
        (code, by, c["code"], i["code"]): "" if i["count"] is None else str(i["count"])
        for (code, by), table in shown.items()
        for c in table["categories"]
        for i in c["items"]
    }
    written = {
        (r["question"], r["dimension"], r["category"], r["item"]): r["count"] for r in found["results.csv"] if r["item"]
    }
    assert written == figures
    assert "" in written.values()


async def test_nothing_else_is_in_it(hub: Talking, tmp_path: Path) -> None:
    asked = await a_counted_one(hub)
    target = tmp_path / "datos"
    found = await exported(hub, asked.node, target, await counted(hub, asked))
    assert {path.name for path in left_in(target)} == NAMES
    text = "".join(path.read_text(encoding="utf-8") for path in left_in(target))
    assert "CANARIO" not in text
    assert len(found["responses.csv"]) == 12
    assert {answer["question"] for answer in found["answers.csv"]} == {"agua", "orden", "palabras"}
    assert {r["count"] for r in found["results.csv"] if r["question"] == "enfermo" and r["item"] == "si"} == {""}
    assert {q["code"] for q in found["options.csv"]} == {"si", "no", "a", "b"}
    readme = (target / "README.txt").read_text(encoding="utf-8")
    for words in ("Agua para todas y todos", "CGA/CONSULTA/", "no son ceros", "publicación 1"):
        assert words in readme
    assert left_in(tmp_path) == [target]


async def test_a_file_is_told_of_where_its_answer_may_be_read(hub: Talking, tmp_path: Path) -> None:
    asked, ana, berta = await asking_for_files(hub, await a_body(hub)), await a_citizen(hub), await a_citizen(hub)
    _, file = await a_filed_response(hub, asked, ana)
    await a_filed_response(hub, asked, berta, consent="NOT_PUBLISHED")
    found = await exported(hub, asked.node, tmp_path / "datos", await counted(hub, asked))
    (line,) = found["answers.csv"]
    told = {name: line[name] for name in ("question", "file_sha256", "file_type", "file_size", "file_path")}
    assert told == {
        "question": "anexo",
        "file_sha256": file["sha256"],
        "file_type": "application/pdf",
        "file_size": str(len(PDF)),
        "file_path": file["path"],
    }


async def test_what_came_of_it_is_in_it(hub: Talking, tmp_path: Path) -> None:
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body, sections=a_section(WATER, WORDS))
    analysed = await published_findings(hub, body, asked=asked)
    await a_published_statement(hub, analysed)
    await a_published_statement(hub, analysed, "agua", reasons="=1+1")
    await a_draft_statement(hub, analysed, "palabras", reasons="CANARIO")
    found = await exported(hub, asked.node, tmp_path / "datos", analysed.at)
    (row,) = await hub.rows("SELECT snapshot_hash FROM consultation_report")
    (report,) = found["reports.csv"]
    assert (report["number"], report["state"], report["method_es"], report["release"]) == (
        "1", "PUBLISHED", "Se preguntó en línea.", "1",
    )  # fmt: skip
    assert report["snapshot_hash"] == row["snapshot_hash"]
    assert [
        (line["question"], line["section"], line["did"], line["reasons_es"]) for line in found["statements.csv"]
    ] == [("", "Preguntas", "ACCEPTED", "Se ampliará la red."), ("agua", "", "ACCEPTED", "'=1+1")]


async def test_it_is_found_by_its_folio(hub: Talking, tmp_path: Path) -> None:
    asked = await a_scheduled_consultation(hub, await a_body(hub))
    (row,) = await hub.rows("SELECT folio FROM entry WHERE id = :id", id=asked.id)
    found = await exported(hub, row["folio"], tmp_path / "datos", asked.opens_at)
    assert [notice["kind"] for notice in found["timetable.csv"]] == ["OPENING"]
    assert (found["responses.csv"], found["results.csv"]) == ([], [])
    again = await exported(hub, str(asked.id), tmp_path / "otra", asked.opens_at)
    assert again == found


@pytest.mark.parametrize("name", ["CGA/CONSULTA/1999/001", "01a20aa3-e19c-7ec1-b6ef-1cd129469142", "="])
async def test_what_is_not_there_is_refused(hub: Talking, tmp_path: Path, name: str) -> None:
    with pytest.raises(SetupError, match="no public consultation"):
        await exported(hub, name, tmp_path / "datos", clock.now())
    assert left_in(tmp_path) == []


async def test_a_draft_is_not_exported(hub: Talking, tmp_path: Path) -> None:
    asked = await a_draft_consultation(hub, await a_body(hub))
    with pytest.raises(SetupError, match="no public consultation"):
        await exported(hub, asked.node, tmp_path / "datos", asked.opens_at)
    assert left_in(tmp_path) == []


async def test_only_an_export_is_replaced(hub: Talking, tmp_path: Path) -> None:
    asked = await a_scheduled_consultation(hub, await a_body(hub))
    target = tmp_path / "datos"
    target.mkdir()
    await exported(hub, asked.node, target, asked.opens_at)
    with pytest.raises(SetupError, match="--overwrite"):
        await exported(hub, asked.node, target, asked.opens_at)
    (target / "options.csv").write_text("old")
    found = await exported(hub, asked.node, target, asked.opens_at, overwrite=True)
    assert found["options.csv"]
    (target / "tesis.odt").write_text("years of work")
    with pytest.raises(SetupError, match="tesis"):
        await exported(hub, asked.node, target, asked.opens_at, overwrite=True)
    assert (target / "tesis.odt").read_text() == "years of work"
    assert left_in(tmp_path) == [target]


async def test_nothing_is_left_half_written(hub: Talking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = await a_scheduled_consultation(hub, await a_body(hub))
    target = tmp_path / "datos"
    before = await exported(hub, asked.node, target, asked.opens_at)

    def broken(folder: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hub.exporting.consultations.write_dictionary", broken)
    with pytest.raises(OSError, match="No space"):
        await exported(hub, asked.node, target, asked.opens_at, overwrite=True)
    monkeypatch.undo()
    assert left_in(tmp_path) == [target]
    assert await exported(hub, asked.node, target, asked.opens_at, overwrite=True) == before
