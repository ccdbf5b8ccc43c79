"""Printing: a copy as one ZIP, with JSON for programs, a page for people, and a dictionary of what each name means.

::

    my-data.json       every section with its rows; codes and ids as the API writes them
    my-data.html       the same to be read, in the person's language, without script and without anything from elsewhere
    dictionary.json    each section and field in words, what is kept and not told, and what stays after an erasure
    files/             the files by which questions were answered, under the names that the answers have for them
"""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hub.files.store import Store
from hub.personal_data.collecting import IN_RESPONSES, Copy, Row, field_of
from hub.personal_data.contents import KEPT, PERSONAL
from hub.wording import LABELS, moment, note
from hub.wording import day as written_day

FORMAT = "civic-hub/my-data/1"
"""The form of `my-data.json`; the number is another one where a program that reads it must change."""

WORDED = {
    "channel": "channel",
    "timeliness": "timeliness",
    "respondentKind": "respondent_kind",
    "role": "role",
    "assurance": "assurance",
    "method": "method",
    "consent": "consent",
    "level": "consent",
    "powers": "power",
    "language": "language_name",
    "languages": "language_name",
    "locale": "language_name",
}
"""The groups of labels that word the values of a field."""

STATES = {
    "account": "account",
    "responses": "response",
    "drafts": "draft",
    "representations": "representation",
    "peer_reviews": "peer_review",
    "interests": "interest_declaration",
    "requested_points": "agenda_item",
    "motions": "motion",
    "observations": "observation",
}
"""The groups of labels that word the states of a section's rows."""

WORDED_IN = {("votes", "option"): "vote_option"}
"""The same for fields that mean something else in another section."""

WIDEST = 6
"""How many fields a section may have to be one table; of more, each row is a table of its own."""

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


IN_MEMORY = 8 * 1024 * 1024
"""How many bytes of a copy are held in memory; a larger one lies on the disk without a name until it is closed."""


def printed(copy: Copy, *, language: str, store: Store) -> IO[bytes]:
    """Return the ZIP, to be read from its beginning."""
    into = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever gets it reads and closes it
    made = copy.made_at.astimezone(dt.UTC).timetuple()[:6]
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(copy, language):
            archive.writestr(_entry(name, made), content)
        for name, sha256 in copy.files.items():
            # What is being withdrawn just now may be gone already.
            with (
                contextlib.suppress(FileNotFoundError),
                store.path(sha256).open("rb") as stream,
                archive.open(_entry(name, made), "w") as out,
            ):
                shutil.copyfileobj(stream, out)
    into.seek(0)
    return into


def _entry(name: str, made: tuple[int, ...]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, made)  # type: ignore[arg-type]  # six numbers, which a slice does not say
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return entry


def _files(copy: Copy, language: str) -> Iterator[tuple[str, bytes]]:
    told = {"format": FORMAT, "madeAt": copy.made_at.isoformat(), "language": language, "sections": copy.sections}
    yield "my-data.json", orjson.dumps(told, option=orjson.OPT_INDENT_2)
    yield "my-data.html", page(copy, language=language).encode()
    yield "dictionary.json", orjson.dumps(dictionary(language), option=orjson.OPT_INDENT_2)


def dictionary(language: str) -> dict[str, Any]:
    """Return what each section and each of its fields is, what is not told of it and why, and what stays."""
    sections = {}
    for held in PERSONAL:
        if not held.told and not held.sealed:
            continue
        within = {"within": "responses"} if held.section in IN_RESPONSES else {}
        fields = [field_of(name) for name in held.told_columns] + list(held.sealed.values())
        sections[held.section] = {
            "title": LABELS["personal_section"][held.section][language],
            **within,
            "fields": {name: label_of(name, language) for name in fields},
            "notTold": {field_of(name): LABELS["untold"][why][language] for name, why in held.untold.items()},
        }
    return {"format": FORMAT, "sections": sections, "keptAfterErasure": [note(code, {}, (language,)) for code in KEPT]}


def label_of(field: str, language: str) -> str:
    """Return what a field is called."""
    return LABELS["personal_field"][field][language]


# ---- the page ----------------------------------------------------------------------------------------------------


def page(copy: Copy, *, language: str) -> str:
    """Return the page for people."""
    writer = Writer(copy, language)
    return _templates.get_template("my_data.html").render(
        writer=writer,
        words={name: words[language] for name, words in LABELS["personal_page"].items()},
        language=language,
        made=writer.clock(copy.made_at),
        clock=LABELS["personal_page"]["clock"][language].format(zone=copy.zone),
        sections=[writer.section(name, rows) for name, rows in copy.sections.items()],
        kept=[note(code, {}, (language,)) for code in KEPT],
    )


class Writer:
    """Writes values for people, in one language and by the clock of one zone."""

    def __init__(self, copy: Copy, language: str) -> None:
        self._zone, self._language = copy.zone, language

    def section(self, name: str, rows: list[Row]) -> dict[str, Any]:
        """Return a section as the page shows it."""
        title = LABELS["personal_section"][name][self._language]
        elsewhere = {"id", "answers", "consents", "receipts"} if name == "responses" else {"id"}
        fields = [field for field in (rows[0] if rows else {}) if field not in elsewhere]
        return {"name": name, "title": title, "rows": rows, "fields": fields, "wide": len(fields) > WIDEST}

    def title(self, section: str) -> str:
        """Return the title of a section that is told within another one."""
        return LABELS["personal_section"][section][self._language]

    def caption(self, section: str, row: Row) -> str:
        """Return what one row is called: by what it is about, else by its section."""
        about = next((row[name] for name in ("consultation", "organization", "name") if row.get(name)), None)
        return str(about["name"] if isinstance(about, dict) else about or self.title(section))

    def label(self, field: str) -> str:
        """Return what a field is called."""
        return label_of(field, self._language)

    def answer(self, answer: Mapping[str, Any]) -> str:
        """Return what an answer says."""
        chosen = [self._choice(choice) for choice in answer["choices"]]
        plain = [self.value(name, answer[name]) for name in ("number", "day", "territory", "agreed", "text", "file")]
        return "\n".join([*chosen, *(text for text in plain if text)])

    @staticmethod
    def _choice(choice: Mapping[str, Any]) -> str:
        option = str(choice["option"] or choice["optionCode"])
        if choice["place"] is not None:
            return f"{choice['place']}. {option}"
        return f"{choice['row']}: {option}" if choice["rowCode"] else option

    def value(self, field: str, value: Any, section: str = "") -> str:
        """Return a value as people write it; nothing where there is none."""
        match value:
            case None | []:
                return ""
            case bool():
                return LABELS["personal_page"]["yes" if value else "no"][self._language]
            case {"name": name}:
                return str(name)
            case list() if all(isinstance(part, str) for part in value):
                return ", ".join(self._word(field, part, section) for part in value)
            case dict() | list():
                return "\n".join(_lines(value))
            case str():
                return self._date(field, value) or self._word(field, value, section)
            case _:
                return f"{value:,}" if isinstance(value, int) and field != "position" else str(value)

    def _word(self, field: str, value: str, section: str) -> str:
        group = STATES.get(section, "") if field == "state" else WORDED_IN.get((section, field), WORDED.get(field, ""))
        words = LABELS.get(group, {}).get(value)
        return value if words is None else words[self._language]

    def _date(self, field: str, value: str) -> str | None:
        if field == "day" or field.endswith("On"):
            return written_day(dt.date.fromisoformat(value), self._language)
        if not (field == "at" or field.endswith(("At", "From", "Until"))):
            return None
        return self.clock(dt.datetime.fromisoformat(value))

    def clock(self, at: dt.datetime) -> str:
        """Return an instant as the clocks of the zone show it, which is named once for all."""
        shown = at.astimezone(ZoneInfo(self._zone))
        return moment(shown.replace(microsecond=0, tzinfo=None), self._language, zone=self._zone)


def _lines(value: Any) -> Iterator[str]:
    """Give what is nested as lines of `name: value`."""
    if isinstance(value, list):
        for part in value:
            yield from _lines(part) if isinstance(part, dict | list) else [str(part)]
        return
    for name, part in value.items():
        text = "; ".join(_lines(part)) if isinstance(part, dict | list) else part
        if text is not None:
            yield f"{name}: {text}"
