"""A copy tells everything that is kept about somebody, to them alone, once, and nothing about anybody else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hub.errors import Invalid, NotFound
from hub.identity import authenticating
from hub.personal_data.collecting import field_of
from hub.personal_data.contents import PERSONAL
from hub.personal_data.finding import account_of_address
from hub.viewer import SYSTEM
from tests.cast import a_citizen
from tests.frontend.answering import Outline
from tests.identity.test_signing_in import CONFIRM as SIGN_IN
from tests.identity.test_signing_in import MINUTE, NOON, Mailbox, codes, signed_in
from tests.personal_data.acting import CONFIRM, REAUTHENTICATE, REQUEST, a_copy, fetched
from tests.personal_data.everywhere import two_people
from tests.talking import Talking


@pytest.fixture(autouse=True)
def _nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authenticating, "BELIEVED", 0.0)


async def test_everything_of_hers_is_in_it_and_nothing_of_his(hub: Talking, tmp_path: Path) -> None:
    _, ana, beto = await two_people(hub, tmp_path / "letters")
    with hub.at(NOON):
        archive = await a_copy(hub, ana.who)
        again = await a_copy(hub, ana.who, "en")
    assert [*archive.files] == ["my-data.json", "my-data.html", "dictionary.json"]
    for name in ("my-data.json", "my-data.html"):
        missing = {of for of, word in ana.words.items() if word not in archive.files[name]}
        assert missing == set(), name
    his = [*beto.words.values(), str(beto.account_id), str(beto.person_id), *beto.receipts]
    assert [word for word in his if word in archive.whole] == []
    # Nothing leads from what somebody said anonymously to them, and what an organisation said is its own.
    assert ana.anonymous not in archive.whole
    assert "Lo dice la organización." not in archive.whole
    assert set(ana.receipts) <= set(archive.whole.split('"'))
    data = archive.data
    assert (data["format"], data["language"]) == ("civic-hub/my-data/1", "es")
    assert [*data["sections"]] == [*again.data["sections"]]
    (named,) = data["sections"]["named_by_organizations"]
    assert named["organization"]["name"] == "Colectivo Agua Clara"
    told = {response["consultation"]["name"]: response for response in data["sections"]["responses"]}
    assert {*told} == {"Abierta", "Verificada", "Cerrada", "Pasada"}
    water = next(a for a in told["Abierta"]["answers"] if a["question"]["name"] == "¿Hay agua en tu casa?")
    assert water["choices"][0]["option"] == "Si"
    assert told["Abierta"]["receipts"][0]["code"]


async def test_every_section_has_the_fields_that_its_dictionary_names(hub: Talking, tmp_path: Path) -> None:
    _, ana, _ = await two_people(hub, tmp_path / "letters")
    with hub.at(NOON):
        archive = await a_copy(hub, ana.who)
    data, words = archive.data["sections"], json.loads(archive.files["dictionary.json"])["sections"]
    # She is everywhere, so that every section has a row, but for what she has done to nobody.
    assert {name for name, rows in data.items() if not rows} == {"roles_given", "roles_ended"}
    for held in PERSONAL:
        if data.get(held.section):
            row = data[held.section][0]
            expected = [field_of(name) for name in held.told_columns] + [*held.sealed.values()]
            assert [name for name in expected if name not in row] == [], held.section
            assert {*words[held.section]["fields"]} == {*expected}


async def test_the_page_is_read_aloud_and_holds_no_program(hub: Talking, tmp_path: Path) -> None:
    _, ana, _ = await two_people(hub, tmp_path / "letters")
    await hub.run("UPDATE person SET display_name = '<script>alert(1)</script>' WHERE id = :id", id=ana.person_id)
    with hub.at(NOON):
        spanish, english = await a_copy(hub, ana.who), await a_copy(hub, ana.who, "en")
    for archive, language, title in ((spanish, "es", "Mis datos"), (english, "en", "My data")):
        page = Outline(archive.page)
        assert page.all("html")[0]["lang"] == language
        assert page.words("h1") == title
        assert page.all("script") == []
        assert "&lt;script&gt;" in archive.page
        assert page.headings[0] == 1
        assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
        assert len(page.all("caption")) == len(page.all("table"))
        assert all(cell.get("scope") in ("row", "col") for cell in page.all("th"))
        links = {str(link["href"])[1:] for link in page.all("a")}
        assert links == {str(section["id"]) for section in page.all("section")}
        assert [tag for tag in ("img", "link", "iframe", "form") if page.all(tag)] == []
    assert "20 de noviembre de 2026" in spanish.page
    assert "20 November 2026" in english.page


async def test_a_link_is_good_once_for_a_quarter_of_an_hour_and_for_its_owner(hub: Talking, tmp_path: Path) -> None:
    mailbox = Mailbox(hub, tmp_path / "letters")
    ana = await signed_in(hub, mailbox)
    luis = await signed_in(hub, mailbox, "luis@correo.example")
    program = await a_citizen(hub, "Somebody's program")
    with hub.at(NOON):
        path = (await hub.act(REQUEST, by=ana))["path"]
        assert len(path.rpartition("/")[2]) == 43, "256 bits"
        await hub.forget()
        assert await fetched(hub, path, None) == (401, "UNAUTHENTICATED")
        assert await fetched(hub, path, luis) == (404, "LINK_UNKNOWN")
        assert await fetched(hub, path[:-1] + "_", ana) == (404, "LINK_UNKNOWN")
        assert await fetched(hub, path, program) == (403, "SIGN_IN_NEEDED")
        assert await hub.log() == []
        assert (await fetched(hub, path, ana))[0] == 200
        assert await fetched(hub, path, ana) == (410, "LINK_OVER")
        assert await hub.log() == ["PersonalDataCopied"]
        late, newer = [(await hub.act(REQUEST, by=ana))["path"] for _ in range(2)]
        assert await fetched(hub, late, ana) == (404, "LINK_UNKNOWN"), "A newer link takes the place of an older one."
    with hub.at(NOON + 15 * MINUTE):
        assert await fetched(hub, newer, ana) == (410, "LINK_OVER")
    assert newer.rpartition("/")[2] not in await hub.dump()


async def test_it_takes_having_shown_who_one_is_within_ten_minutes(hub: Talking, tmp_path: Path) -> None:
    mailbox = Mailbox(hub, tmp_path / "letters")
    ana = await signed_in(hub, mailbox)
    program = await a_citizen(hub, "Somebody's program")
    later = NOON + 11 * MINUTE
    with hub.at(later):
        await hub.forget()
        assert codes(await hub.refuse(REQUEST, by=ana)) == ["REAUTHENTICATION_NEEDED"]
        assert codes(await hub.refuse(REQUEST, by=program)) == ["SIGN_IN_NEEDED"]
        assert codes(await hub.refuse(REQUEST)) == ["UNAUTHENTICATED"]
        assert await hub.log() == []
        secret = (await hub.act(REAUTHENTICATE, by=ana))["secret"]
        letter = (await mailbox.messages(later))[-1]
        assert (letter["To"], letter["Subject"][:28]) == ("ana@correo.example", "Su código para «Mis datos»: ")
        code = letter["Subject"][-8:]
        assert f"https://hub.example/cuenta/datos?code={code}" in str(letter.get_body(("plain",)).get_content())
        wrong = f"{(int(code) + 1) % 10**8:08d}"
        assert codes(await hub.refuse(CONFIRM, {"code": wrong, "secret": secret}, by=ana)) == ["WRONG_CODE"]
        assert codes(await hub.refuse(REQUEST, by=ana)) == ["REAUTHENTICATION_NEEDED"]
        until = (await hub.act(CONFIRM, {"code": code, "secret": secret}, by=ana))["until"]
        assert until == "2026-11-20T12:21:00+00:00"
        assert (await hub.act(REQUEST, by=ana))["path"].startswith("/personal-data/")
        assert codes(await hub.refuse(CONFIRM, {"code": code, "secret": secret}, by=ana)) == ["CODE_OVER"]
    with hub.at(later + 10 * MINUTE + MINUTE):
        assert codes(await hub.refuse(REQUEST, by=ana)) == ["REAUTHENTICATION_NEEDED"]


async def test_a_code_to_show_who_one_is_signs_nobody_in_and_is_of_one_sign_in(hub: Talking, tmp_path: Path) -> None:
    mailbox = Mailbox(hub, tmp_path / "letters")
    ana, elsewhere = await signed_in(hub, mailbox), await signed_in(hub, mailbox)
    with hub.at(NOON):
        secret = (await hub.act(REAUTHENTICATE, by=ana))["secret"]
        given = {"code": (await mailbox.messages())[-1]["Subject"][-8:], "secret": secret}
        assert codes(await hub.refuse(SIGN_IN, given)) == ["CODE_UNKNOWN"]
        assert codes(await hub.refuse(CONFIRM, given, by=elsewhere)) == ["CODE_UNKNOWN"]
        assert codes(await hub.refuse(CONFIRM, given)) == ["UNAUTHENTICATED"]
        await hub.act(CONFIRM, given, by=ana)


async def test_whoever_has_no_address_signs_in_again(hub: Talking, tmp_path: Path) -> None:
    mailbox = Mailbox(hub, tmp_path / "letters")
    ana = await signed_in(hub, mailbox)
    await hub.run("DELETE FROM mail_address")
    with hub.at(NOON + 11 * MINUTE):
        assert codes(await hub.refuse(REAUTHENTICATE, by=ana)) == ["NO_ADDRESS"]


async def test_whoever_runs_the_hub_finds_an_account_by_its_address(hub: Talking, tmp_path: Path) -> None:
    mailbox = Mailbox(hub, tmp_path / "letters")
    await signed_in(hub, mailbox)
    await signed_in(hub, mailbox, "luis@correo.example")
    newest = "SELECT account_id FROM sign_in ORDER BY id DESC LIMIT 1"
    luis = (await hub.rows(newest))[0]["account_id"]
    async with hub.hub.changes.begin(SYSTEM) as change:
        assert await account_of_address(change, "luis@correo.example") == luis
        with pytest.raises(NotFound):
            await account_of_address(change, "nobody@correo.example")
        with pytest.raises(Invalid):
            await account_of_address(change, "luis")
