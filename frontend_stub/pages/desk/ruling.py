"""The form of the rules by which people take part in a consultation, each choice in plain words."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from frontend_stub.drafting import Draft, Input
from frontend_stub.forms import Filled
from frontend_stub.languages import Words, chosen
from frontend_stub.pages.desk.filling import Fault
from frontend_stub.whoever import hub_of, token_of

CHOICES = {
    "identityPolicy": ("OPEN", "ACCOUNT", "VERIFIED", "INVITED"),
    "assurance": ("EMAIL", "SOCIAL", "VERIFIED_PERSON"),
    "anonymity": ("PSEUDONYMOUS", "ANONYMOUS"),
    "resultsPolicy": ("AFTER_CLOSING", "LIVE"),
}
NUMBERS = ("responsesEach", "networkLimit", "smallestCell", "graceSeconds", "lateDays")
LONGEST_NUMBER = 9
MOST_ADDED = 100
"""How many places may be chosen anew at once."""


def stored(draft: Draft) -> dict[str, Any]:
    """Return the rules of a draft as the fields of the form."""
    plain = {name: draft.input[name] for name in CHOICES}
    numbers = {name: "" if draft.input[name] is None else str(draft.input[name]) for name in NUMBERS}
    return {"rules": plain | numbers, "chosen_places": list(draft.input["territoryIds"]), "search": ""}


def typed(given: Filled) -> dict[str, Any]:
    """Return what was filled in, as it was."""
    rules = {name: given.get(name, "") for name in (*CHOICES, *NUMBERS)}
    return {"rules": rules, "chosen_places": given.all("territoryIds"), "search": given.words("place") or ""}


def faults(given: Filled, words: Words) -> list[Fault]:
    """Return which choices were not made, and which numbers are none; which are too large the hub knows."""
    unmade = [name for name, codes in CHOICES.items() if given.get(name) not in codes]
    wrong = [name for name in NUMBERS if not _is_number(given.words(name), optional=name == "networkLimit")]
    return [{"field": name, "message": words("desk_fault.choose")} for name in unmade] + [
        {"field": name, "message": words("desk_fault.number")} for name in wrong
    ]


def _is_number(given: str | None, *, optional: bool) -> bool:
    if given is None:
        return optional
    return given.isascii() and given.isdigit() and len(given) <= LONGEST_NUMBER


def filled(given: Filled) -> Input:
    """Return what an edit says of the rules; `faults` has found nothing wrong with them."""
    numbers = {name: given.words(name) for name in NUMBERS}
    return {
        **{name: given[name] for name in CHOICES},
        **{name: None if number is None else int(number) for name, number in numbers.items()},
        "territoryIds": list(dict.fromkeys(given.all("territoryIds"))),
    }


async def choices(request: Request, draft: Draft, values: dict[str, Any], words: Words) -> dict[str, Any]:
    """Return what there is to choose from: each policy with what it means, and the places."""
    search = values["search"]
    named = {place["id"]: place["name"] for place in draft.territories}
    added = [id_ for id_ in values["chosen_places"] if id_ not in named][:MOST_ADDED]
    variables = {"name": search, "search": bool(search), "chosen": added}
    found = await hub_of(request).ask("places", variables, language=chosen(request), token=token_of(request))
    # The country has the name of one of its states.
    wide_ones = sorted(found["wide"]["nodes"], key=lambda place: place["kind"] != "COUNTRY")
    places = [
        {"code": one["id"], "label": words("desk_rules.country") if one["kind"] == "COUNTRY" else one["name"]}
        for one in wide_ones
    ]
    wide = {place["code"] for place in places}
    near = found.get("found", {}).get("nodes", [])
    known = named | {place["id"]: _within(place) for place in [*found["chosen"], *near] if place}
    smaller = [{"code": id_, "label": name} for id_, name in known.items() if id_ not in wide]
    return {
        "choices": {
            name: [{"code": code, **_explained(words, name, code)} for code in codes] for name, codes in CHOICES.items()
        },
        "places": places,
        "smaller": smaller,
        "searched": bool(search),
        "matches": len(near),
    }


def _within(place: dict[str, Any]) -> str:
    return f"{place['name']}, {place['parent']['name']}" if place["parent"] else str(place["name"])


def _explained(words: Words, name: str, code: str) -> dict[str, str]:
    return {
        "label": words.named("desk_choice", f"{name}-{code}"),
        "hint": words.named("desk_choice_means", f"{name}-{code}"),
    }
