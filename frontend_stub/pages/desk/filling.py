"""What the forms of the desk say of a draft, and back: texts in both languages, and times by the clock of a zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from frontend_stub.clocks import parted
from frontend_stub.drafting import Input, given_words, said_if_any, said_in, words_of
from frontend_stub.forms import Filled
from frontend_stub.languages import LANGUAGES, Words

Fault = dict[str, Any]
Read = Mapping[str, Any]

NEEDED = ("title", "purpose")
OPTIONAL = ("scope", "privacyNotice", "attribution")
OF_THE_MANDATE = ("reason", "question")
TEXTS = (*NEEDED, *OPTIONAL, *OF_THE_MANDATE)

TIMES = ("opens_date", "opens_time", "closes_date", "closes_time", "zone")
"""The fields of a timetable."""


# ---- texts ---------------------------------------------------------------------------------------------------------


def told(given: Filled) -> dict[str, dict[str, str]]:
    """Return what a form says of each text, by language."""
    return {name: given_words(given, name) for name in TEXTS}


def written(draft: Read) -> dict[str, dict[str, str]]:
    """Return what a draft says of each text, by language."""
    return {name: words_of(text_of(draft, name)) for name in TEXTS}


def shown_texts(texts: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Return texts with an empty one where there is none."""
    return {name: texts.get(name, {}) for name in TEXTS}


def text_of(draft: Read, name: str) -> Input | None:
    """Return a text of a draft by the name of its field."""
    found: Input | None = (draft.get("ownInitiative") or {}).get(name) if name in OF_THE_MANDATE else draft.get(name)
    return found


def filled_texts(given: Filled, draft: Read) -> Input:
    """Return what an edit says of the texts once a form is filled in; languages that it does not show stay."""
    source = draft.get("sourceLanguage", LANGUAGES[0])
    return {
        **{name: said_in(given, name, draft.get(name), source=source) for name in NEEDED},
        **{name: said_if_any(given, name, draft.get(name), source=source) for name in OPTIONAL},
        **_filled_order(given, draft, source),
    }


def _filled_order(given: Filled, draft: Read, source: str) -> Input:
    """Return what a consultation rests on: a mandate that was ordered, or a reason of the body's own."""
    mandate = draft.get("mandateId") or given.words("mandateId")
    if mandate is not None:
        return {"mandateId": mandate}
    reason = said_in(given, "reason", text_of(draft, "reason"), source=source)
    question = said_if_any(given, "question", text_of(draft, "question"), source=source)
    return {"ownInitiative": {"reason": reason, "question": question, "dueOn": given.words("dueOn")}}


def usual_notice() -> dict[str, str]:
    """Return a privacy notice to begin with, in every language; it says of itself that it is to be checked."""
    notices = {language: Words(language)("desk_usual.notice") for language in LANGUAGES}
    return {language: f"{_mark(language)} {notice}" for language, notice in notices.items()}


def is_usual(text: str) -> bool:
    """Whether a text still says that it is to be checked."""
    return any(_mark(language) in text for language in LANGUAGES)


def _mark(language: str) -> str:
    return str(Words(language)("desk_usual.mark"))


def reason_in(given: Filled, languages: Sequence[str]) -> Input:
    """Return the reason of an act in the languages that its form asks for."""
    said = [(language, given.words(f"reason.{language}")) for language in languages]
    source = languages[0]
    translations = [{"language": language, "text": words} for language, words in said if words]
    return {"source": source, "translations": translations}


# ---- times ---------------------------------------------------------------------------------------------------------


def times_of(opening: Read, closing: Read) -> dict[str, str]:
    """Return declared times as the fields of a form."""
    opens, closes = (parted(moment["declaredLocal"]) for moment in (opening, closing))
    return {
        "opens_date": opens[0],
        "opens_time": opens[1],
        "closes_date": closes[0],
        "closes_time": closes[1],
        "zone": opening["zone"],
    }


def filled_times(given: Mapping[str, str], draft: Read) -> Input:
    """Return what an edit says of the timetable; `time_faults` has found nothing wrong with it.

    A time that somebody declared more finely than a form shows it stays as it is, as long as nobody changes it.
    """
    said = {"opening": declared(given, "opens"), "closing": declared(given, "closes")}
    return {name: _as_fine(moment, draft.get(name)) for name, moment in said.items()}


def _as_fine(said: Input, before: Read | None) -> Input:
    if before is None or parted(before["declaredLocal"]) != parted(said["declaredLocal"]):
        return said
    return {**said, "declaredLocal": before["declaredLocal"]}


def declared(given: Mapping[str, str], name: str) -> Input:
    """Return the time that two fields say, by the clock of the zone."""
    return {"declaredLocal": f"{_local(given, name):%Y-%m-%dT%H:%M:%S}", "zone": given.get("zone", "")}


def time_faults(given: Mapping[str, str], words: Words, *, names: Iterable[str] = ("opens", "closes")) -> list[Fault]:
    """Return which times are no day and hour at all; whether they can be, the hub knows."""
    faults = []
    for name in names:
        for part, read in (("date", dt.date.fromisoformat), ("time", dt.time.fromisoformat)):
            try:
                read(given.get(f"{name}_{part}", "").strip())
            except ValueError:
                faults.append({"field": f"{name}_{part}", "message": words.named("desk_fault", f"{name}_{part}")})
    return faults


def day_faults(given: Filled, words: Words) -> list[Fault]:
    """Return whether the day on which the work is due is no day."""
    try:
        dt.date.fromisoformat(given.words("dueOn") or "2000-01-01")
    except ValueError:
        return [{"field": "dueOn", "message": words("desk_fault.dueOn")}]
    return []


def _local(given: Mapping[str, str], name: str) -> dt.datetime:
    day = dt.date.fromisoformat(given[f"{name}_date"].strip())
    # A time with a zone of its own would be another time than the one that is shown.
    time = dt.time.fromisoformat(given[f"{name}_time"].strip()).replace(tzinfo=None)
    return dt.datetime.combine(day, time)
