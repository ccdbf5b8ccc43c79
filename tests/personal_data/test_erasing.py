"""A person who is everywhere has herself erased: nothing of her is left, and nothing of anybody else is missing."""

from __future__ import annotations

import base64
import hashlib
import subprocess
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from hub.consultations.forgetting import Gone, consultations_of
from hub.database.address import without_password
from hub.database.binaries import client, environment
from hub.identity import authenticating
from hub.personal_data.contents import KEPT
from hub.personal_data.forgetting import forget_all
from hub.viewer import SYSTEM
from tests.cast import a_citizen, a_representative_of, an_administrator, here_in_person
from tests.identity.test_signing_in import MINUTE, NOON, Mailbox, codes, signed_in
from tests.making.people import an_organization
from tests.personal_data.acting import ERASE
from tests.personal_data.everywhere import Present, World, two_people
from tests.talking import Talking

COUNTS = """query ($id: ID!) { node(id: $id) { ... on Consultation {
  responseCount results { releases { totalCount } tables { nodes { dimension categories { items { count } } } } }
  revision { questions { nodes { code tally { answered options { count } } } } } } } }"""
READ = """query ($id: ID!) { node(id: $id) { ... on Consultation {
  responses { nodes { id state respondentName consent answers { text options } organization { id } } } } } }"""


@pytest.fixture(autouse=True)
def _nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authenticating, "BELIEVED", 0.0)


def pg_dump(hub: Talking) -> str:
    """Return what an operator would carry away: the whole database, as PostgreSQL writes it out."""
    address, secret = without_password(hub.url)
    command = [client(hub.hub.settings, "pg_dump"), "--no-password", f"--dbname={address}"]
    done = subprocess.run(command, env=environment() | secret, capture_output=True, text=True, check=True)
    return done.stdout


def recognizable(her: Present) -> dict[str, str]:
    """Return her words, and every form of her address by which whoever has no key would know it again."""
    bare = her.address.encode()
    forms = {
        "base64": base64.b64encode(bare).decode(),
        "base64url": base64.urlsafe_b64encode(bare).decode().rstrip("="),
        "hex": bare.hex(),
        **{name: hashlib.new(name, bare).hexdigest() for name in ("md5", "sha1", "sha256", "sha512")},
        "local part": her.address.partition("@")[0],
    }
    ids = {"account": str(her.account_id), "person": str(her.person_id)}
    return {**her.words, **forms, **ids}


async def counted(world: World) -> dict[str, Any]:
    with world.hub.at(NOON):
        return {asked.node: await world.hub.ask(COUNTS, {"id": asked.node}) for asked in world.consultations}


async def rows_of(hub: Talking, who: Present) -> list[str]:
    """Return every row that holds a word of somebody."""
    lines = (await hub.dump()).splitlines()
    return [line for line in lines if any(word in line for word in (*who.words.values(), str(who.account_id)))]


@pytest.mark.parametrize("contributions", ["REMOVED", "KEPT_WITHOUT_NAME"])
async def test_nothing_of_her_is_left_and_all_of_him_is(hub: Talking, tmp_path: Path, contributions: str) -> None:
    world, ana, beto = await two_people(hub, tmp_path / "letters")
    before, his = await counted(world), await rows_of(hub, beto)
    said = await responses_with(hub, ana)
    assert {world.open.node, world.closed.node, world.over.node} < await led_to(hub, ana)
    found = pg_dump(hub)
    # What is encrypted is not found either; everything else is there before.
    there = {of for of, word in recognizable(ana).items() if word in found}
    assert there >= {*ana.words} - {"address", "letter"}
    with hub.at(NOON):
        payload = await hub.act(ERASE, {"contributions": contributions, "confirm": True}, by=ana.who)
        assert len(payload["kept"]) == len(KEPT)
        assert (await hub.post("{ viewer { signedIn } }", by=ana.who)).status_code == 401
        assert await forget_all(hub.hub.changes) == 1
        assert await forget_all(hub.hub.changes) == 0
    left = pg_dump(hub)
    kept = ana.public | ana.confidential if contributions == "KEPT_WITHOUT_NAME" else set()
    log = {"account", "person"}
    assert {of for of, word in recognizable(ana).items() if word in left} == kept | ana.of_the_body | log
    # The log speaks of an account by its id, which is nobody's any more; nothing else does.
    for word in (ana.account_id, ana.person_id):
        assert len(await rows_with(hub, str(word))) == len(await hub.rows(
            "SELECT 1 FROM event AS e WHERE e::text LIKE :word", word=f"%{word}%"))  # fmt: skip
    # Whoever has the keys as well finds a person's place by the id in the log, unless the place is nobody's any more.
    assert not await led_to(hub, ana) & {world.open.node, world.closed.node, world.over.node}
    # Nothing whose words are gone can be guessed from its hash.
    guarded = await hub.rows("SELECT id FROM response WHERE id = ANY(:said) AND salt <> ''", said=said)
    assert len(guarded) == (2 if contributions == "KEPT_WITHOUT_NAME" else 0)
    assert ana.anonymous in left, "Nothing leads to what she said anonymously."
    assert await rows_of(hub, beto) == his
    after = await counted(world)
    if contributions == "REMOVED":
        # What is still open is taken back, as she might have done herself; what is over stays counted.
        taken_back = {asked.node: before.pop(asked.node) for asked in (world.open, world.verified)}
        fewer = {node: after.pop(node)["node"]["responseCount"] for node in taken_back}
        assert fewer == {node: counts["node"]["responseCount"] - 1 for node, counts in taken_back.items()}
    assert after == before
    await _nameless(world, kept_words=contributions == "KEPT_WITHOUT_NAME", ana=ana)


async def led_to(hub: Talking, her: Present) -> set[str]:
    """Return the consultations in which whoever has the keys and her person's id finds something of her."""
    async with hub.hub.changes.begin(SYSTEM) as change:
        found = await consultations_of(change, Gone(person_id=her.person_id, removed=True))
    return {f"Consultation_{id_}" for id_ in found}


async def responses_with(hub: Talking, her: Present) -> list[UUID]:
    """Return the responses that hold a word of hers."""
    holding = "SELECT DISTINCT response_id FROM answer WHERE text = ANY(:words)"
    return [row["response_id"] for row in await hub.rows(holding, words=[*her.words.values()])]


async def rows_with(hub: Talking, word: str) -> list[str]:
    return [line for line in (await hub.dump()).splitlines() if word in line]


async def _nameless(world: World, *, kept_words: bool, ana: Present) -> None:
    """What everybody reads says nothing of her name; her words are there as long as she left them."""
    with world.hub.at(NOON):
        read = await world.hub.ask(READ, {"id": world.over.node})
    said = read["node"]["responses"]["nodes"]
    assert len(said) == (2 if kept_words else 1)
    names = {response["respondentName"] for response in said}
    assert ana.words["name"] not in names
    texts = {answer["text"] for response in said for answer in response["answers"]}
    assert (ana.words["over-words"] in texts) is kept_words


async def test_the_letter_says_good_bye_and_is_the_last(hub: Talking, tmp_path: Path) -> None:
    world, ana, beto = await two_people(hub, tmp_path / "letters")
    with hub.at(NOON):
        await hub.act(ERASE, {"contributions": "REMOVED", "confirm": True}, by=ana.who)
        await forget_all(hub.hub.changes)
    to_her = [m for m in await world.mailbox.messages() if m["To"] == ana.address]
    assert "Sus datos se borran" in [m["Subject"] for m in to_her]
    assert not [m for m in to_her if ana.words["letter"] in str(m)], "A letter that waited is not sent any more."
    assert await hub.rows("SELECT 1 FROM letter WHERE content IS NOT NULL") == []
    assert [m for m in await world.mailbox.messages() if beto.words["letter"] in str(m)]
    assert ana.address not in pg_dump(hub)


async def test_whoever_may_not_go_yet_is_told_why_and_nothing_happens(hub: Talking, tmp_path: Path) -> None:
    """Who they are is shown within ten minutes, they mean it, and nobody leaves what only they can do."""
    mailbox = Mailbox(hub, tmp_path / "letters")
    ana = await signed_in(hub, mailbox)
    program = await a_citizen(hub, "Somebody's program")
    alone = await here_in_person(hub, await an_administrator(hub, "Inés"), at=NOON)
    meant, unmeant = ({"contributions": "REMOVED", "confirm": sure} for sure in (True, False))
    with hub.at(NOON):
        await hub.forget()
        before = await hub.dump()
        assert codes(await hub.refuse(ERASE, unmeant, by=ana)) == ["ERASURE_NOT_CONFIRMED"]
        assert codes(await hub.refuse(ERASE, meant, by=program)) == ["SIGN_IN_NEEDED"]
        assert codes(await hub.refuse(ERASE, meant)) == ["UNAUTHENTICATED"]
        assert codes(await hub.refuse(ERASE, meant, by=alone)) == ["LAST_ADMINISTRATOR"]
    with hub.at(NOON + 11 * MINUTE):
        assert codes(await hub.refuse(ERASE, meant, by=ana)) == ["REAUTHENTICATION_NEEDED"]
    assert await forget_all(hub.hub.changes) == 0
    assert await hub.log() == []
    assert await hub.rows("SELECT 1 FROM erasure") == []
    assert before.count("\n") == (await hub.dump()).count("\n")
    # A second administrator lets the first one go.
    with hub.at(NOON):
        await an_administrator(hub, "Olga")
        await hub.act(ERASE, meant, by=alone)


async def test_whoever_alone_speaks_for_an_organization_finds_somebody_else_first(hub: Talking) -> None:
    with hub.at(NOON):
        collective = await an_organization(hub, "Colectivo Agua Clara")
        rosa = await here_in_person(hub, await a_representative_of(hub, collective), at=NOON)
        await hub.forget()
        refused = await hub.refuse(ERASE, {"contributions": "REMOVED", "confirm": True}, by=rosa)
        assert codes(refused) == ["ONLY_REPRESENTATIVE"]
        assert "Colectivo Agua Clara" in refused[0]["message"]
        assert await hub.log() == []
        assert await forget_all(hub.hub.changes) == 0
        await a_representative_of(hub, collective, "Iván Chi")
        await hub.act(ERASE, {"contributions": "REMOVED", "confirm": True}, by=rosa)
