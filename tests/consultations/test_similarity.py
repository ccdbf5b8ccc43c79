"""Near-identical texts: found in spite of small edits, never where texts differ, and shown to the staff alone."""

from __future__ import annotations

import random
from typing import Any

import pytest

from hub.consultations.similarity import NEAR, bands_of, pairs_of, resemblance, words_of
from hub.viewer import Scope
from tests.cast import (
    a_citizen,
    a_client,
    a_coordinator_of,
    a_secretary_of,
    a_visitor,
    an_administrator,
    an_analyst_of,
)
from tests.consultations.asking import CHANGE, SUBMIT, WITHDRAW, a_sheet
from tests.making.bodies import a_body
from tests.making.consultations import WATER, WORDS, Asked, an_open_consultation
from tests.making.questionnaires import NAME, STORY, in_sections
from tests.talking import Somebody, Talking

LETTER = """Solicitamos que la comisión publique cada mes los cortes de agua de nuestra colonia, con la causa de cada
uno, la fecha en que se resolvió y quién es responsable. Sin esos datos no podemos saber si las obras se hacen."""
EDITS = {
    "nothing": LETTER,
    "capitals, accents and signs": LETTER.upper().replace("Ó", "O").replace(",", " —"),
    "a word": LETTER.replace("nuestra colonia", "nuestro barrio"),
    "a name at the end": f"{LETTER} Atentamente, Ana Robles.",
    "a greeting and a word": f"Buenas tardes. {LETTER.replace('cada mes', 'cada semana')}",
    "a part left out": LETTER.replace(" y quién es responsable", ""),
}
OTHERS = {
    "another text": """En mi calle el agua llega los jueves y los domingos, siempre de madrugada, así que guardamos en
    tinacos lo que se puede y compramos pipas cuando no alcanza, que en abril es cada semana.""",
    "the same subject": """Pedimos que se publiquen los cortes de agua. Queremos saber las causas, porque en la colonia
    nadie explica cuánto va a tardar cada reparación ni quién la tiene a su cargo.""",
    "a short one": "Queremos agua todos los días.",
}


def alike(one: str, other: str) -> bool:
    """Whether the hub finds that two texts are nearly the same."""
    first, second = pairs_of(words_of([one])), pairs_of(words_of([other]))
    share_a_band = bool(set(enumerate(bands_of(first))) & set(enumerate(bands_of(second))))
    return share_a_band and resemblance(first, second) >= NEAR


@pytest.mark.parametrize("edit", EDITS)
def test_small_edits_are_found(edit: str) -> None:
    assert alike(LETTER, EDITS[edit])


@pytest.mark.parametrize("other", OTHERS)
def test_different_texts_are_not(other: str) -> None:
    assert not alike(LETTER, OTHERS[other])


VOCABULARY = LETTER.split() + " ".join(OTHERS.values()).split()


def test_of_two_thousand_different_texts_none_is_marked() -> None:
    """They are all made of the same 75 words, so that they are more alike than texts about one subject are."""
    chance = random.Random(11)
    texts = [" ".join(chance.choices(VOCABULARY, k=chance.randint(8, 200))) for _ in range(2_000)]
    known: dict[tuple[int, int], list[frozenset[int]]] = {}
    compared = marked = 0
    for text in texts:
        pairs = pairs_of(words_of([text]))
        bands = list(enumerate(bands_of(pairs)))
        for other in {other for band in bands for other in known.get(band, [])}:
            compared += 1
            marked += resemblance(pairs, other) >= NEAR
        for band in bands:
            known.setdefault(band, []).append(pairs)
    assert marked == 0
    # Measured: of two million pairs of texts 327 share a band and are compared; the nearest resemble by 0.08.
    assert compared < 2_000


def test_of_two_hundred_edited_texts_nearly_all_are_found() -> None:
    chance = random.Random(12)
    found = 0
    for _ in range(200):
        words = chance.choices(VOCABULARY, k=60)
        edited = list(words)
        for place in chance.sample(range(60), 3):
            edited[place] = chance.choice(VOCABULARY)
        found += alike(" ".join(words), " ".join(edited))
    assert found >= 195


# ---- who sees it -----------------------------------------------------------------------------------------------

MARKED = """query ($id: ID!, $marked: Boolean) {
  responses(filter: {consultation: $id, marked: $marked}) { totalCount nodes { id similarTo { id } } } }"""


def a_letter(asked: Asked, text: str, **more: str) -> dict[str, Any]:
    """A response that says this."""
    answers = [{"question": "palabras", "text": text}]
    answers += [{"question": code, "text": said} for code, said in more.items()]
    return a_sheet(asked, {"question": "agua", "option": "si"}, *answers)


async def an_asked_consultation(hub: Talking) -> Asked:
    """One that asks for words, public ones and others."""
    return await an_open_consultation(hub, await a_body(hub), sections=in_sections(WATER, WORDS, NAME, STORY))


async def marks(hub: Talking) -> dict[str, str | None]:
    """Which response is marked as nearly the same as which."""
    rows = await hub.rows("SELECT id, similar_to_id FROM response WHERE state = 'accepted'")
    return {f"Response_{row['id']}": row["similar_to_id"] and f"Response_{row['similar_to_id']}" for row in rows}


async def test_a_letter_that_many_send_is_marked_by_its_first_copy(hub: Talking) -> None:
    asked = await an_asked_consultation(hub)
    given: dict[str, str] = {}
    texts = {"first": LETTER, **EDITS, **OTHERS, "short again": OTHERS["a short one"]}
    for what, text in texts.items():
        who = await a_citizen(hub, what)
        payload = await hub.act(SUBMIT, a_letter(asked, text, nombre="Calle Olmo 12, colonia Centro"), by=who)
        given[what] = payload["response"]["id"]
    copies = {given[what]: given["first"] for what in EDITS}
    assert await marks(hub) == {given[what]: copies.get(given[what]) for what in texts}
    # Only what resembles nothing leaves a fingerprint, so a campaign of thousands is compared with one letter.
    rows = await hub.rows("SELECT DISTINCT response_id FROM text_fingerprint")
    assert {f"Response_{row['response_id']}" for row in rows} == {
        given[what] for what in ("first", "another text", "the same subject")
    }
    counted = "query ($id: ID!) { node(id: $id) { ... on Consultation { responseCount } } }"
    with hub.at(asked.closed):
        # A mark decides nothing: all count.
        assert (await hub.ask(counted, {"id": asked.node}))["node"]["responseCount"] == len(texts)


async def test_what_somebody_says_again_is_not_similar_to_itself(hub: Talking) -> None:
    asked, ana, beto = await an_asked_consultation(hub), await a_citizen(hub), await a_citizen(hub, "Beto Luna")
    await hub.act(SUBMIT, a_letter(asked, LETTER), by=ana)
    await hub.act(CHANGE, a_letter(asked, f"{LETTER} Gracias."), by=ana)
    assert set((await marks(hub)).values()) == {None}
    await hub.act(WITHDRAW, {"input": {"consultationId": asked.node}}, by=ana)
    # What was taken back is not there to be similar to.
    await hub.act(SUBMIT, a_letter(asked, LETTER), by=beto)
    assert set((await marks(hub)).values()) == {None}
    again = await hub.act(SUBMIT, a_letter(asked, LETTER), by=ana)
    assert (await marks(hub))[again["response"]["id"]] is not None


async def test_confidential_words_are_compared_and_personal_ones_are_not(hub: Talking) -> None:
    asked = await an_asked_consultation(hub)
    people = [await a_citizen(hub, f"Persona {n}") for n in range(4)]
    for who in people[:2]:
        named = a_letter(asked, "Nada.", nombre="Una casa de ocho en la calle Olmo, sí")
        await hub.act(SUBMIT, named, by=who)
    assert set((await marks(hub)).values()) == {None}
    for who in people[2:]:
        await hub.act(SUBMIT, a_letter(asked, "Nada.", relato=LETTER), by=who)
    assert len([mark for mark in (await marks(hub)).values() if mark]) == 1


async def test_only_the_staff_can_tell_that_a_response_is_marked(hub: Talking) -> None:
    asked = await an_asked_consultation(hub)
    ana, beto = await a_citizen(hub), await a_citizen(hub, "Beto Luna")
    first = (await hub.act(SUBMIT, a_letter(asked, LETTER), by=ana))["response"]["id"]
    copy = (await hub.act(SUBMIT, a_letter(asked, LETTER), by=beto))["response"]["id"]
    other_body = await a_body(hub, "Otra", acronym="OTRA")

    async def seen(by: Somebody, marked: bool | None) -> dict[str, str | None]:
        found = (await hub.ask(MARKED, {"id": asked.node, "marked": marked}, by=by))["responses"]
        assert found["totalCount"] == len(found["nodes"])
        return {node["id"]: node["similarTo"] and node["similarTo"]["id"] for node in found["nodes"]}

    staff = [
        await a_coordinator_of(hub, asked.body_id),
        await a_secretary_of(hub, asked.body_id),
        await an_analyst_of(hub, asked.body_id),
    ]
    others = [
        a_visitor(),
        ana,
        beto,
        await a_citizen(hub, "Cruz Mena"),
        await a_client(hub, scopes=frozenset(Scope)),
        await a_coordinator_of(hub, other_body, "Otra"),
        await an_administrator(hub),
        await an_analyst_of(hub, asked.body_id, "Sin alcance", scopes=frozenset(Scope) - {Scope.ANALYSIS_WRITE}),
    ]
    with hub.at(asked.closed):
        for who in staff:
            assert await seen(who, marked=True) == {copy: first}
            assert await seen(who, marked=False) == {first: None}
            assert await seen(who, marked=None) == {first: None, copy: first}
        for who in others:
            assert await seen(who, marked=None) == {first: None, copy: None}, who.name
            # Neither by what the filter finds, nor by what it leaves out.
            assert (await seen(who, marked=True), await seen(who, marked=False)) == ({}, {}), who.name
