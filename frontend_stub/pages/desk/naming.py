"""What things are called on the desk, and how they are offered to choose among."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from frontend_stub.acting import Option
from frontend_stub.languages import LANGUAGES, Words

Read = Mapping[str, Any]
Told = dict[str, Any]


def by_title(things: Iterable[Read]) -> list[Option]:
    """Return things by their titles, each in its own language."""
    return [
        {"code": thing["id"], "label": thing["title"]["text"], "lang": thing["title"]["language"]} for thing in things
    ]


def seated(memberships: Iterable[Read]) -> list[Option]:
    """Return those who sit now: each by their name, and whom they sit for."""
    return [{"code": one["id"], "label": _seated(one)} for one in memberships if one["inForce"]]


def _seated(membership: Read) -> str:
    title, organization = membership["seat"]["title"], membership["organization"]
    behind = [text["text"] for text in (title, organization and organization["title"]) if text]
    return f"{membership['name']} ({', '.join(behind)})" if behind else str(membership["name"])


def text_of(name: str) -> Any:
    """Return what tells the words of a thing by one of its texts."""

    def told(node: Read, words: Words) -> Told:
        return {"text": node[name]["text"], "language": node[name]["language"]}

    return told


def by_folio(things: Iterable[Read]) -> list[Option]:
    """Return things by their titles, and by their folios where they have one."""
    found = []
    for thing in things:
        (option,) = by_title([thing])
        found.append({**option, "label": f"{option['label']} ({thing['folio']})"} if thing["folio"] else option)
    return found


def chargeable(node: Read, body: Read) -> list[Option]:
    """Return who may be charged with a work: bodies, those who sit in the one that orders it, and organisations."""
    sitting = seated(body["memberships"]["nodes"])
    return [*by_title(node["bodies"]["nodes"]), *sitting, *by_title(node["organizations"]["nodes"])]


def id_of(thing: Read | None) -> str | None:
    """Return the id of a thing; None where there is none."""
    return None if thing is None else str(thing["id"])


def languages_of(consultation: Read) -> list[str]:
    """Return the languages that a consultation is in, its own first: what is published with it has to be in them."""
    spoken = [one["language"] for one in consultation["title"]["translations"]]
    return list(dict.fromkeys([consultation.get("sourceLanguage", LANGUAGES[0]), *spoken]))
