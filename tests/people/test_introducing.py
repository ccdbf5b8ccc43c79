"""The name that somebody wants to be shown by: chosen in person, seen everywhere, and never another's."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.cast import a_citizen, a_coordinator_of, a_visitor, here_in_person
from tests.making.bodies import a_body
from tests.making.people import an_organization, renamed
from tests.talking import Talking

NAME = """mutation ($name: String!) { changeDisplayName(input: {displayName: $name}) {
  person { id displayName } event errors { code path } } }"""


def codes(errors: list[dict[str, Any]]) -> list[str]:
    return [error["code"] for error in errors]


async def test_a_name_is_seen_wherever_its_bearer_was_named_before(hub: Talking) -> None:
    body = await a_body(hub)
    julia = await here_in_person(hub, await a_coordinator_of(hub, body, "Participante"))
    await hub.forget()
    payload = await hub.act(NAME, {"name": "  Julia Ordaz Tello "}, by=julia)
    assert payload["person"] == {"id": f"Person_{julia.person_id}", "displayName": "Julia Ordaz Tello"}
    assert (await hub.ask("{ roleGrants { nodes { personName } } }"))["roleGrants"]["nodes"] == [
        {"personName": "Julia Ordaz Tello"}
    ]
    (event,) = await hub.events()
    assert (event["type"], event["public"]) == ("PersonRenamed", False)
    assert "Tello" not in str(event)


async def test_a_name_is_visible_letters_on_one_line(hub: Talking) -> None:
    ana = await here_in_person(hub, await a_citizen(hub))
    await hub.forget()
    for name, code in [
        ("", "NAME_WITHOUT_LETTERS"),
        (" ", "NAME_WITHOUT_LETTERS"),
        ("123 · 456", "NAME_WITHOUT_LETTERS"),
        ("x" * 81, "WORDING_TOO_LONG"),
        ("Ana\nRobles", "NAME_UNSEEN"),
        ("Ana\u202eselboR", "NAME_UNSEEN"),
        ("Ana\u200bRobles", "NAME_UNSEEN"),
        ("Ana\u2028Robles", "NAME_UNSEEN"),
    ]:
        assert codes(await hub.refuse(NAME, {"name": name}, by=ana)) == [code], ascii(name)
    # What no text of the hub may hold is refused with the request.
    assert await hub.ask(NAME, {"name": "Ana\x00"}, by=ana, expect_errors=True)
    assert await hub.log() == []
    assert await hub.rows("SELECT display_name FROM person") == [{"display_name": "Ana Robles"}]


async def test_nobody_is_called_like_a_body_an_organisation_or_an_office(hub: Talking) -> None:
    await a_body(hub, "Comisión de Gobierno Abierto", acronym="CGA")
    organization = await an_organization(hub, "Colectivo Ñandú")
    await renamed(hub, organization, "Agua Clara", since=dt.date(2020, 1, 1))
    ana = await here_in_person(hub, await a_citizen(hub))
    await hub.forget()
    for name in (
        "COMISION  de gobierno abierto",
        "«Comisión de Gobierno Abierto»",
        "cga",
        "colectivo ñandú",
        "Agua clara",
        "Administración",
        "Secretary",
    ):
        assert codes(await hub.refuse(NAME, {"name": name}, by=ana)) == ["NAME_OF_ANOTHER"], name
    assert await hub.log() == []
    for name in ("Colectivo Nandu", "Clara", "Ana de la Comisión"):
        await hub.act(NAME, {"name": name}, by=ana)


async def test_only_whoever_is_here_in_person_says_what_they_are_called(hub: Talking) -> None:
    ana = await a_citizen(hub)
    await hub.forget()
    assert codes(await hub.refuse(NAME, {"name": "Otra"}, by=a_visitor())) == ["UNAUTHENTICATED"]
    assert codes(await hub.refuse(NAME, {"name": "Otra"}, by=ana)) == ["SIGN_IN_NEEDED"]
    assert await hub.log() == []
