"""Verifying: one natural person answers once, whatever accounts they have, and their CURP is nowhere."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from typer.testing import CliRunner

from hub import clock
from hub.__main__ import app
from hub.consultations.models import IdentityPolicy
from hub.errors import Invalid, Refusal
from hub.identity.models import VerificationMethod
from hub.identity.verifying import grant_verification, revoke_verification, valid_verification
from hub.keys import Keyring
from hub.viewer import SYSTEM, Viewer
from tests.cast import a_citizen, a_coordinator_of, a_verified_citizen, an_administrator
from tests.consultations.asking import CHANGE, SUBMIT, WITHDRAW, a_sheet, problems
from tests.making.bodies import a_body
from tests.making.consultations import Asked, an_open_consultation
from tests.talking import Somebody, Talking

CURP = "BEML920313HCMLNS09"
OTHER = "HEGG560427MVZRRL04"
DAY = dt.timedelta(days=1)
MOMENT = dt.timedelta(microseconds=1)
CHECKOUT = Path(__file__).parents[2]


async def granted(
    hub: Talking,
    account_id: UUID,
    document: str = CURP,
    *,
    days: int = 365,
    at: dt.datetime | None = None,
    **known: Any,
) -> None:
    """Verify an account."""
    async with hub.change(known.get("viewer", SYSTEM), at=at) as change:
        await grant_verification(change, account_id, method=VerificationMethod.IN_PERSON, document=document, days=days)


async def revoked(hub: Talking, account_id: UUID) -> None:
    """Take the verification of an account back."""
    async with hub.change() as change:
        await revoke_verification(change, account_id)


async def refused(act: Any) -> str:
    """Return the code with which an act is refused."""
    with pytest.raises(Refusal) as refusal:
        await act
    return refusal.value.code


@pytest.fixture
async def asked(hub: Talking) -> Asked:
    """A consultation for people who are verified."""
    return await an_open_consultation(hub, await a_body(hub), identity_policy=IdentityPolicy.VERIFIED)


# ---- granting and revoking -------------------------------------------------------------------------------------


async def test_a_claim_holds_a_keyed_token_and_no_number(hub: Talking) -> None:
    ana = await a_citizen(hub)
    await hub.forget()
    now = clock.now()
    await granted(hub, ana.account_id, " beml-920313 hcmlns09", at=now)
    (claim,) = await hub.rows("SELECT * FROM verification_claim")
    assert claim["token"] == hub.hub.keys.lasting_digest("person", b"curp:" + CURP.encode())
    assert (claim["method"], claim["person_id"]) == ("in_person", ana.person_id)
    assert (claim["granted_at"], claim["expires_at"], claim["revoked_at"]) == (now, now + 365 * DAY, None)
    (event,) = await hub.events()
    assert (event["type"], event["public"]) == ("VerificationGranted", False)
    assert set(event["facts"]) == {"claim_id", "account_id", "expires_at"}
    await revoked(hub, ana.account_id)
    assert await hub.log() == ["VerificationGranted", "VerificationRevoked"]
    assert await refused(revoked(hub, ana.account_id)) == "NOT_VERIFIED"


async def test_what_is_wrong_with_a_document_is_told_without_it(hub: Talking) -> None:
    ana = await a_citizen(hub)
    await hub.forget()
    for document, days, codes in (
        ("BEML920313HCMLNS08", 365, ["CURP_CHECK_DIGIT"]),
        ("BEML920313", 0, ["CURP_LENGTH", "OUT_OF_RANGE"]),
        (CURP, 1_096, ["OUT_OF_RANGE"]),
    ):
        with pytest.raises(Invalid) as invalid:
            await granted(hub, ana.account_id, document, days=days)
        assert [problem.code for problem in invalid.value.problems] == codes
        assert "BEML" not in repr(invalid.value.problems) + str(invalid.value)
    nobody = UUID("01a20aa3-e19c-7ec1-b6ef-1cd129469142")
    assert await refused(granted(hub, nobody)) == await refused(revoked(hub, nobody)) == "NOT_FOUND"
    assert (await hub.log(), await hub.rows("SELECT 1 FROM verification_claim")) == ([], [])


async def test_who_verifies(hub: Talking) -> None:
    ana = await a_citizen(hub)
    julia = await a_coordinator_of(hub, await a_body(hub))
    ines = await an_administrator(hub)
    await hub.forget()
    table = ((Viewer(), "UNAUTHENTICATED"), (ana.viewer, "ADMINISTRATORS_ONLY"), (julia.viewer, "ADMINISTRATORS_ONLY"))
    for viewer, code in (*table, (ines.viewer, "ADMINISTRATORS_ONLY")):
        assert await refused(granted(hub, ana.account_id, viewer=viewer)) == code
    assert await hub.log() == []


async def test_two_claims_of_one_account_are_of_one_person(hub: Talking) -> None:
    ana = await a_citizen(hub)
    begun = clock.now() - 30 * DAY
    await granted(hub, ana.account_id, days=10, at=begun)
    await hub.forget()
    # Also after it has expired: an account does not change hands.
    assert await refused(granted(hub, ana.account_id, OTHER)) == "VERIFIED_AS_SOMEBODY_ELSE"
    assert await hub.log() == []
    await granted(hub, ana.account_id)
    # A mistake is revoked first.
    await revoked(hub, ana.account_id)
    await granted(hub, ana.account_id, OTHER)
    assert await refused(granted(hub, ana.account_id)) == "VERIFIED_AS_SOMEBODY_ELSE"


async def test_two_claims_at_the_same_moment_are_of_one_person(hub: Talking) -> None:
    ana = await a_citizen(hub)
    acts = [granted(hub, ana.account_id, document) for document in (CURP, OTHER) * 3]
    outcomes = await asyncio.gather(*acts, return_exceptions=True)
    refusals = [outcome.code for outcome in outcomes if isinstance(outcome, Refusal)]
    assert refusals == ["VERIFIED_AS_SOMEBODY_ELSE"] * 3
    assert len(await hub.rows("SELECT DISTINCT token FROM verification_claim")) == 1


def test_the_token_of_a_person_outlives_a_new_key() -> None:
    before, after = Keyring({1: b"a" * 32}, 1), Keyring({1: b"a" * 32, 2: b"b" * 32}, 2)
    assert before.lasting_digest("person", b"x") == after.lasting_digest("person", b"x")
    assert before.digest("person", b"x") != after.digest("person", b"x")
    assert before.lasting_digest("person", b"x") != before.lasting_digest("other", b"x")


# ---- answering -------------------------------------------------------------------------------------------------


async def test_without_a_claim_in_force_nobody_answers(hub: Talking, asked: Asked) -> None:
    ana, now = await a_citizen(hub), clock.now()
    await hub.forget()
    assert problems(await hub.refuse(SUBMIT, a_sheet(asked), by=ana)) == [("VERIFICATION_NEEDED", "")]
    expiring = await a_verified_citizen(hub, "Expira", days=2, at=now)
    assert (await hub.ask("{ viewer { verified } }", by=expiring))["viewer"] == {"verified": True}
    await hub.forget()
    with hub.at(now + 2 * DAY):
        assert problems(await hub.refuse(SUBMIT, a_sheet(asked), by=expiring)) == [("VERIFICATION_NEEDED", "")]
        assert (await hub.ask("{ viewer { verified } }", by=expiring))["viewer"] == {"verified": False}
    # The rule is asked again in the transaction: what the door remembers for a moment is not enough.
    await revoked(hub, expiring.account_id)
    assert problems(await hub.refuse(SUBMIT, a_sheet(asked), by=expiring)) == [("VERIFICATION_NEEDED", "")]
    assert await hub.log() == ["VerificationRevoked"]
    for table in ("response", "participation"):
        assert await hub.rows(f"SELECT 1 FROM {table}") == []
    await granted(hub, expiring.account_id, days=2, at=now)
    with hub.at(now + 2 * DAY - MOMENT):
        await hub.act(SUBMIT, a_sheet(asked), by=expiring)


async def test_the_door_forgets_a_revoked_one_within_two_seconds(hub: Talking) -> None:
    bea = await a_verified_citizen(hub)
    assert (await hub.ask("{ viewer { verified } }", by=bea))["viewer"]["verified"] is True
    await revoked(hub, bea.account_id)
    began = time.monotonic()
    while (await hub.ask("{ viewer { verified } }", by=bea))["viewer"]["verified"]:
        assert time.monotonic() - began < 2, "The verification still holds after two seconds."
        await asyncio.sleep(0.05)


async def test_one_person_with_two_accounts_answers_once(hub: Talking, asked: Asked) -> None:
    one, two = await a_verified_citizen(hub, "Bea"), await a_verified_citizen(hub, "Beatriz")
    other = await a_verified_citizen(hub, "Gloria", curp=OTHER)
    await hub.forget()
    answers = await asyncio.gather(*[hub.answer(SUBMIT, a_sheet(asked), by=who) for who in (one, two) * 5])
    payloads = [answer["data"]["submitResponse"] for answer in answers]
    assert [len(payload["errors"]) for payload in payloads].count(0) == 1
    assert {e["code"] for payload in payloads for e in payload["errors"]} == {"ALREADY_RESPONDED"}
    assert await hub.log() == ["ResponseSubmitted"]
    # It is one person's response, by whichever account they come.
    changed = await hub.act(CHANGE, a_sheet(asked, {"question": "agua", "option": "no"}), by=two)
    assert changed["response"]["mine"] is True
    await hub.act(SUBMIT, a_sheet(asked), by=other)
    assert problems(await hub.refuse(SUBMIT, a_sheet(asked), by=one)) == [("ALREADY_RESPONDED", "")]
    await hub.act(WITHDRAW, {"input": {"consultationId": asked.node}}, by=one)
    assert problems(await hub.refuse(CHANGE, a_sheet(asked), by=two)) == [("NO_RESPONSE", "")]
    in_force = await hub.rows("SELECT respondent_kind FROM response WHERE state = 'accepted'")
    assert in_force == [{"respondent_kind": "individual"}]


async def test_a_renewed_claim_is_still_the_same_person(hub: Talking, asked: Asked) -> None:
    now = clock.now()
    bea = await a_verified_citizen(hub, days=1, at=now)
    await hub.act(SUBMIT, a_sheet(asked), by=bea)
    await granted(hub, bea.account_id, days=20, at=now + DAY)
    with hub.at(now + 2 * DAY):
        async with hub.change(bea.viewer, at=now + 2 * DAY) as change:
            assert await valid_verification(change) == bea.viewer.verification
    assert len(await hub.rows("SELECT DISTINCT token FROM verification_claim")) == 1


# ---- the command line ------------------------------------------------------------------------------------------


@pytest.fixture
def environment(hub: Talking, data: Path) -> dict[str, str]:
    """The environment in which commands work on the database of the test."""
    return {"HUB_DATABASE_URL": hub.url, "HUB_DATA": str(data), "TERM": "dumb", "COLUMNS": "200"}


async def command(environment: dict[str, str], *line: str, given: str = "") -> Any:
    """Run a command of the operator with something on its standard input."""
    return await asyncio.to_thread(CliRunner().invoke, app, line, input=given, env=environment)


async def test_the_operator_is_asked_for_the_number_and_it_is_nowhere(
    hub: Talking, environment: dict[str, str], asked: Asked
) -> None:
    ana = await a_citizen(hub)
    asking = await command(environment, "verification", "grant", str(ana.account_id), given=f"{CURP}\n")
    assert asking.exit_code == 0, asking.output
    script = await command(
        environment, "verification", "grant", str(ana.account_id), "--stdin", "--days", "10", given=f"{CURP}\n"
    )
    assert script.exit_code == 0, script.output
    wrong = await command(environment, "verification", "grant", str(ana.account_id), "--stdin", given=f"{CURP[:-1]}8\n")
    assert isinstance(wrong.exception, Refusal)
    assert wrong.exception.code == "CURP_CHECK_DIGIT"
    await hub.act(SUBMIT, a_sheet(asked), by=ana)
    dump = await hub.dump()
    logged = await command(environment, "log")
    assert "VerificationGranted" in logged.output
    said = [answer.output + answer.stderr for answer in (asking, script, wrong, logged)]
    for shown in (dump, *said, repr(wrong.exception), repr(await hub.events())):
        assert CURP[:10] not in shown
        assert CURP[-8:] not in shown
        assert CURP.lower() not in shown
        assert CURP.encode().hex() not in shown
    # The canary would sing: what is in the tables is in the dump.
    assert str(ana.account_id) in dump
    assert (await command(environment, "verification", "revoke", str(ana.account_id))).exit_code == 0
    again = await command(environment, "verification", "revoke", str(ana.account_id))
    assert isinstance(again.exception, Refusal)
    assert again.exception.code == "NOT_VERIFIED"


async def test_the_terminal_does_not_show_what_is_typed(hub: Talking, environment: dict[str, str]) -> None:
    ana = await a_citizen(hub)
    main, side = pty.openpty()

    def typing() -> tuple[int, str]:
        line = [sys.executable, "-m", "hub", "verification", "grant", str(ana.account_id)]
        known = {**os.environ, **environment}
        with subprocess.Popen(
            line, cwd=CHECKOUT, env=known, stdin=side, stdout=side, stderr=side, start_new_session=True
        ) as running:
            os.close(side)
            try:
                shown = _read(main, until=b"CURP: ")
                os.write(main, CURP.encode() + b"\n")
                return running.wait(60), (shown + _read(main)).decode()
            finally:
                running.kill()

    status, shown = await asyncio.to_thread(typing)
    os.close(main)
    assert status == 0, shown
    assert "is verified until" in shown
    assert CURP not in shown


def _read(terminal: int, *, until: bytes | None = None) -> bytes:
    """Return what a terminal shows, until these words or until nobody writes there any more."""
    shown = b""
    while until is None or until not in shown:
        assert select.select([terminal], [], [], 60)[0], shown
        try:
            shown += os.read(terminal, 1024)
        except OSError:
            break
    return shown


async def test_the_operator_grants_a_representation_where_there_are_no_officers(
    hub: Talking, environment: dict[str, str]
) -> None:
    from tests.making.people import a_pending_representation, an_organization

    rosa: Somebody = await a_citizen(hub, "Rosa")
    asked = await a_pending_representation(hub, rosa, await an_organization(hub))
    await hub.forget()
    done = await command(environment, "representation", "grant", f"Representation_{asked}")
    assert done.exit_code == 0, done.output
    assert await hub.log() == ["RepresentationGranted"]
    again = await command(environment, "representation", "grant", str(asked))
    assert isinstance(again.exception, Refusal)
    assert again.exception.code == "REPRESENTATION_DECIDED"
    assert "is no id" in str((await command(environment, "representation", "grant", "Rosa")).exception)
